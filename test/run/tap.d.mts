export interface TapResult {
  readonly passed: number;
  readonly failed: number;
  readonly leftOut: number;
  readonly failures: readonly string[];
}
export declare function readTap(text: string): TapResult;
