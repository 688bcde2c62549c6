export interface SecretsOptions {
  readonly output: string;
  /** The file of a key. */
  readonly sign?: string;
  /** Comes with `sign`. */
  readonly serial?: number;
  readonly json?: true;
}
