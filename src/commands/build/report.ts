/** The outcome of a build: as JSON for tools (docs/cli.md has the format), and for a person. */

import type { BundleChange } from "../../bundle.ts";
import { safe } from "../../diagnostics/excerpt.ts";
import { type DiagnosticJson, toJson } from "../../diagnostics/index.ts";
import { largestSerial } from "../../sign/index.ts";
import type { Colors } from "../../terminal/colors.ts";
import { printFindings } from "../../terminal/findings.ts";
import { type Problem, printProblem, printProblems, problemToJson } from "../../terminal/problem.ts";
import { said } from "../../terminal/said.ts";
import { refusedLine, type SignatureFacts, signatureLine, unsignedLine } from "../../terminal/signature.ts";
import {
  changeLine,
  changeList,
  changeSummary,
  countsOf,
  hostTable,
  perHostLine,
  type StatusCounts,
  sumLine,
  sumOfSums,
  unwatched,
} from "../../terminal/summary.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import type { FileChange } from "../../write/index.ts";
import { type Departures, departureLines, nobodyLeft } from "./departures.ts";
import type { BuildOptions } from "./options.ts";
import { isStale, type Outcome } from "./outcome.ts";

export interface BuildJson {
  readonly diagnostics: readonly DiagnosticJson[];
  /** What went wrong outside the description: files and directories. `OPEN_TO_OTHERS` is a warning of what is written. */
  readonly problems: readonly ReturnType<typeof problemToJson>[];
  /** The output directory as given. */
  readonly output: string;
  /** Whether the output directory holds what the description gives. */
  readonly upToDate: boolean;
  readonly files: readonly FileChange[];
  readonly counts: StatusCounts;
  /** The SHA-256 of SHA256SUMS, to be compared on the hosts; null where nothing was built. */
  readonly sumOfSums: string | null;
  /** The signature that stands beside the bundle; null: none. */
  readonly signature: (SignatureFacts & { readonly unverified: readonly string[] }) | null;
  /** The serial of a signature that is not of these sums, which a build takes off; null: there was none. */
  readonly unsigned: number | null;
  /** The former name of the cluster, where the output directory held another one; else null. */
  readonly formerName: string | null;
  /** Hosts that have left a role since the former build, and the script whose `uninstall` they need. */
  readonly left: Departures["left"];
  /** What the former build had for hosts and this one has not. */
  readonly gone: Departures["gone"];
  /** What RUNBOOK.md leads from; null: nothing was there, or nothing was built. */
  readonly change: BundleChange | null;
}

export function outcomeToJson(outcome: Outcome, { output }: BuildOptions): BuildJson {
  const files = "changes" in outcome ? outcome.changes : [];
  return {
    diagnostics: "diagnostics" in outcome ? outcome.diagnostics.map(toJson) : [],
    problems: [...problemsOf(outcome), ...warningsOf(outcome)].map(problemToJson),
    output,
    upToDate: outcome.kind === "written" || (outcome.kind === "compared" && !isStale(outcome)),
    files,
    counts: countsOf(files),
    sumOfSums: sumOfSums(files),
    signature: "signature" in outcome ? outcome.signature : null,
    unsigned: "changes" in outcome ? outcome.unsigned : null,
    ...("departures" in outcome ? outcome.departures : nobodyLeft),
    change: "change" in outcome ? outcome.change : null,
  };
}

/** Results go to standard output, findings and problems to standard error. */
export function printOutcome(outcome: Outcome, file: string, options: BuildOptions, { out, err }: Terminal): void {
  if ("diagnostics" in outcome) {
    const { diagnostics, description } = outcome;
    const { quiet = false, strict = false } = options;
    printFindings(diagnostics, description, err, { quiet, strict });
  }
  printProblems(problemsOf(outcome), err);
  for (const warning of warningsOf(outcome)) printProblem(warning, err, "warning");
  if (options.quiet) return;
  const tell = (text: string): void => out.write(said(text, out.language));
  if (outcome.kind === "written") {
    out.write(`${hostTable(outcome.scripts, out)}\n`);
    tell(changeSummary(outcome.changes, options.output, out.colors));
    if (isStale(outcome)) out.write(changeLine(outcome.change, options.output, out));
    if (options.perHost) out.write(perHostLine(options.output, out));
    out.write(sumLine(outcome.changes, options.output, out));
    const { signature, unsigned } = outcome;
    if (signature !== null) out.write(signatureLine(signature, signature.unverified, out));
    if (unsigned !== null) out.write(unsignedLine(unsigned, unsigned < largestSerial ? unsigned + 1 : null, out));
    else if (signature === null && outcome.signedOnly) out.write(refusedLine(out));
    if (!outcome.healthChecks) out.write(unwatched(out));
  }
  if (outcome.kind === "compared") tell(comparison(outcome, file, options.output, out.colors));
  if (outcome.kind === "written" || outcome.kind === "compared")
    tell(departureLines(outcome.departures, options.output, out.colors));
}

function warningsOf(outcome: Outcome): readonly Problem[] {
  return outcome.kind === "written" && outcome.open !== null ? [outcome.open] : [];
}

function problemsOf(outcome: Outcome): readonly Problem[] {
  switch (outcome.kind) {
    case "unreadable":
    case "unsigned":
      return [outcome.problem];
    case "unwritable":
      return outcome.problems;
    case "compared":
      return outcome.obstacles;
    case "rejected":
    case "written":
      return [];
  }
}

function comparison(
  built: Extract<Outcome, { kind: "compared" }>,
  description: string,
  directory: string,
  colors: Colors,
): string {
  const file = safe(description);
  const output = safe(directory);
  if (!isStale(built)) return `${colors.bold(output)}: up to date with ${file}\n`;
  const { added, changed, removed } = countsOf(built.changes);
  const counts = [`${changed} differ`, `${added} missing`, `${removed} no longer wanted`];
  const summary = counts.filter((count) => !count.startsWith("0 ")).join(", ");
  const command = `lvsgen build ${file} -o ${output}`;
  const remedy =
    built.obstacles.length === 0
      ? `Bring it up to date with: ${command}\n`
      : `A build stops at the files that are named above; what is not worth keeping of them goes with: ${command} --force\n`;
  return `${colors.bold(output)}: stale (${summary})\n${changeList(built.changes, colors)}${remedy}`;
}
