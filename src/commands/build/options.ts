export interface BuildOptions {
  readonly output: string;
  readonly check?: true;
  readonly watch?: true;
  readonly force?: true;
  readonly json?: true;
  readonly quiet?: true;
}
