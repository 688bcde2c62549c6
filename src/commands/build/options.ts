export interface BuildOptions {
  readonly output: string;
  /** False: as if nothing had been there. */
  readonly since?: string | false;
  readonly perHost?: true;
  readonly check?: true;
  readonly strict?: true;
  readonly watch?: true;
  readonly force?: true;
  /** The file of a key. */
  readonly sign?: string;
  /** Comes with `sign` alone. */
  readonly serial?: number;
  readonly json?: true;
  readonly quiet?: true;
}
