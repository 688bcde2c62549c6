/** What commander gives. */
export interface ImportCommandOptions {
  readonly output?: string;
  readonly force?: true;
  readonly check?: true;
  readonly json?: true;
  readonly quiet?: true;
  readonly name?: string;
  readonly platform?: string;
  readonly interface?: string;
  readonly director?: readonly string[];
  readonly realserver?: readonly string[];
  readonly resolve?: readonly string[];
  readonly mark?: readonly string[];
  readonly id?: string;
}
