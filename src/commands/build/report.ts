/** The outcome of a build: as JSON for tools (docs/cli.md has the format), and for a person. */
import { type DiagnosticJson, isError, toJson } from "../../diagnostics/index.ts";
import type { Colors } from "../../terminal/colors.ts";
import { printFindings } from "../../terminal/findings.ts";
import { type Problem, printProblems, problemToJson } from "../../terminal/problem.ts";
import { changeList, changeSummary, countsOf, hostTable, type StatusCounts } from "../../terminal/summary.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import type { FileChange } from "../../write/index.ts";
import type { BuildOptions } from "./options.ts";
import { type Built, isStale, type Outcome } from "./outcome.ts";

export interface BuildJson {
  readonly diagnostics: readonly DiagnosticJson[];
  /** What went wrong outside the description: files and directories. */
  readonly problems: readonly ReturnType<typeof problemToJson>[];
  /** The output directory as given. */
  readonly output: string;
  /** Whether the output directory holds what the description gives. */
  readonly upToDate: boolean;
  readonly files: readonly FileChange[];
  readonly counts: StatusCounts;
}

export function outcomeToJson(outcome: Outcome, { output }: BuildOptions): BuildJson {
  const files = "changes" in outcome ? outcome.changes : [];
  return {
    diagnostics: "diagnostics" in outcome ? outcome.diagnostics.map(toJson) : [],
    problems: problemsOf(outcome).map(problemToJson),
    output,
    upToDate: outcome.kind === "written" || (outcome.kind === "compared" && !isStale(outcome)),
    files,
    counts: countsOf(files),
  };
}

/** Results go to standard output, findings and problems to standard error. */
export function printOutcome(outcome: Outcome, file: string, options: BuildOptions, { out, err }: Terminal): void {
  if ("diagnostics" in outcome) {
    const { diagnostics, description } = outcome;
    printFindings(options.quiet ? diagnostics.filter(isError) : diagnostics, description, err);
  }
  printProblems(problemsOf(outcome), err);
  if (options.quiet) return;
  if (outcome.kind === "written") {
    out.write(`${hostTable(outcome.scripts, out.colors)}\n`);
    out.write(changeSummary(outcome.changes, options.output, out.colors));
  }
  if (outcome.kind === "compared") out.write(comparison(outcome, file, options.output, out.colors));
}

function problemsOf(outcome: Outcome): readonly Problem[] {
  switch (outcome.kind) {
    case "unreadable":
      return [outcome.problem];
    case "unwritable":
      return outcome.problems;
    case "rejected":
    case "compared":
    case "written":
      return [];
  }
}

function comparison(built: Built, file: string, output: string, colors: Colors): string {
  if (!isStale(built)) return `${colors.bold(output)}: up to date with ${file}\n`;
  const { added, changed, removed } = countsOf(built.changes);
  const counts = [`${changed} differ`, `${added} missing`, `${removed} no longer wanted`];
  const summary = counts.filter((count) => !count.startsWith("0 ")).join(", ");
  const remedy = `Bring it up to date with: lvsgen build ${file} -o ${output}\n`;
  return `${colors.bold(output)}: stale (${summary})\n${changeList(built.changes, colors)}${remedy}`;
}
