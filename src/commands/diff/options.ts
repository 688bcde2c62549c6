/** What commander gives. */
export interface DiffOptions {
  readonly json?: true;
  readonly markdown?: true;
}
