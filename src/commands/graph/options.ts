import type { GraphFormat } from "../../graph/index.ts";

/** What commander gives. */
export interface GraphOptions {
  readonly format?: GraphFormat;
  readonly output: string;
  readonly force?: true;
}
