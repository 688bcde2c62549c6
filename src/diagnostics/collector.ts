import type { Code } from "./catalogue.ts";
import { type Diagnostic, diagnostic, type Finding } from "./diagnostic.ts";

/** Nobody reads more findings of one kind; a generated description can have a million. */
const maxOfOneCode = 1000;

/** How many findings of a kind a message of {@link createCollector} stands for besides its own. */
export function moreFindings(message: string): number {
  return Number(/ \(and ([0-9]+) more findings like this\)$/.exec(message)?.[1] ?? 0);
}

export interface Collector {
  /** What a finding says may come late: of one that is only counted, nobody asks. */
  report(code: Code, finding: Finding | (() => Finding)): void;
  /** What was reported, in its order; the last of too many of a kind says how many more there were. */
  collected(): Diagnostic[];
}

/** Collects the findings of a stage, at most {@link maxOfOneCode} of a code. */
export function createCollector(): Collector {
  const diagnostics: Diagnostic[] = [];
  const counts = new Map<Code, number>();
  return {
    report: (code, finding) => {
      const count = (counts.get(code) ?? 0) + 1;
      counts.set(code, count);
      if (count <= maxOfOneCode)
        diagnostics.push(diagnostic(code, typeof finding === "function" ? finding() : finding));
    },
    collected: () => {
      const seen = new Map<Code, number>();
      return diagnostics.map((found) => {
        const nth = (seen.get(found.code) ?? 0) + 1;
        seen.set(found.code, nth);
        const more = (counts.get(found.code) ?? 0) - maxOfOneCode;
        return nth === maxOfOneCode && more > 0
          ? { ...found, message: `${found.message} (and ${more} more findings like this)` }
          : found;
      });
    },
  };
}
