/** What a suite's run came to; each failure is text for people. */
export interface Result {
  readonly passed: number;
  readonly failed: number;
  readonly leftOut: number;
  readonly failures: readonly string[];
}

export class Reading {
  constructor(kind: "tap" | "vitest" | "summary" | "exit");
  write(text: string, stream: "stdout" | "stderr"): void;
  end(status: number | null): Result;
}
