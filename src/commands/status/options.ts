/** What commander gives. */
export interface StatusOptions {
  readonly bundle?: string;
  readonly olderThan?: number;
  readonly html?: string;
  readonly json?: true;
}
