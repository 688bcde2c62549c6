import { isError, toJson } from "../../diagnostics/index.ts";
import { type Difference, difference, differenceToJson, markdownOf, type NoBundle } from "../../diff/index.ts";
import { type ExitCode, exitCode } from "../../exit-code.ts";
import { printDifference } from "../../terminal/difference.ts";
import { printFindings } from "../../terminal/findings.ts";
import { jsonLine } from "../../terminal/json.ts";
import { type Problem, printProblem, problemToJson } from "../../terminal/problem.ts";
import { said } from "../../terminal/said.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import type { DiffOptions } from "./options.ts";
import { type Side, sidesOf } from "./sides.ts";

/** Says what leads from one description or bundle to another. */
export async function diff(
  old: string | undefined,
  next: string | undefined,
  options: DiffOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (old === "-" && next === "-") {
    const refused = 'error: standard input can be one of the two only\nRun "lvsgen diff --help" for usage.\n';
    terminal.err.write(said(refused, terminal.err.language));
    return exitCode.usage;
  }
  const sides = await sidesOf(old, next);
  const [before, after] = sides;
  if (before.kind !== "bundle" || after.kind !== "bundle") return refuse(sides, options, terminal);
  const found = difference(before.text, after.text);
  if (found.kind === "unreadable") {
    const { name } = found.side === "old" ? before : after;
    return refuse([{ kind: "problem", problem: unreadable(name, found) }], options, terminal);
  }
  tell(found, [before.name, after.name], options, terminal);
  return found.changes.length === 0 ? exitCode.ok : exitCode.differs;
}

function tell(
  found: Difference,
  names: readonly [string, string],
  { json, markdown }: DiffOptions,
  { out }: Terminal,
): void {
  if (json)
    out.write(jsonLine({ ...differenceToJson(found), old: names[0], new: names[1], diagnostics: [], problems: [] }));
  else if (markdown) out.write(markdownOf(found, names, out.language));
  else printDifference(found, names, out);
}

/** What keeps one side, or both, from being compared. */
function refuse(sides: readonly Side[], { json }: DiffOptions, { out, err }: Terminal): ExitCode {
  const all = sides.flatMap((side) => (side.kind === "problem" ? [side.problem] : []));
  // Both sides may lack the same thing.
  const problems = all.filter(
    ({ code, file }, at) => all.findIndex((one) => one.code === code && one.file === file) === at,
  );
  const faulty = sides.flatMap((side) => (side.kind === "faulty" ? [side] : []));
  if (json) {
    const diagnostics = faulty.flatMap((side) => side.diagnostics.map(toJson));
    out.write(
      jsonLine({ same: null, changes: [], order: [], notes: [], diagnostics, problems: problems.map(problemToJson) }),
    );
  } else {
    for (const problem of problems) printProblem(problem, err);
    for (const { description, diagnostics } of faulty) printFindings(diagnostics.filter(isError), description, err);
  }
  return problems[0]?.exitCode ?? exitCode.findings;
}

function unreadable(name: string, { file, message, hint }: NoBundle): Problem {
  return {
    code: "UNREADABLE_BUNDLE",
    file: `${name}/${file}`,
    message,
    hint: hint ?? "build it again from its description with this version of lvsgen, or compare the descriptions",
    exitCode: exitCode.findings,
  };
}
