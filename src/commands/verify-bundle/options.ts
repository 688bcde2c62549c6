/** What commander gives. */
export interface VerifyOptions {
  readonly allowedSigners?: string;
  readonly leastSerial?: number;
  readonly description?: string;
  readonly json?: true;
}
