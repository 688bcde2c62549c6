export interface BuildOptions {
  readonly output: string;
  /** False: as if nothing had been there. */
  readonly since?: string | false;
  readonly check?: true;
  readonly strict?: true;
  readonly watch?: true;
  readonly force?: true;
  readonly json?: true;
  readonly quiet?: true;
}
