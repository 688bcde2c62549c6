import { analyse } from "../../compile.ts";
import { safe } from "../../diagnostics/excerpt.ts";
import { isError, toJson } from "../../diagnostics/index.ts";
import { type ExitCode, exitCode } from "../../exit-code.ts";
import {
  type Comparison,
  compareImported,
  type Imported,
  importable,
  importInputs,
  isSame,
  titleOf,
} from "../../import/index.ts";
import { english, type Language, type Say } from "../../language/index.ts";
import { printComparison } from "../../terminal/comparison.ts";
import { printFindings } from "../../terminal/findings.ts";
import { countsOf, linesByFile, printImported } from "../../terminal/imported.ts";
import { jsonLine } from "../../terminal/json.ts";
import { type Problem, printProblem, printProblems, problemToJson } from "../../terminal/problem.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { inTheWay, writeNewFile } from "../new-file.ts";
import { sourcesBeside } from "../sources.ts";
import { readArguments } from "./arguments.ts";
import { includesBeside } from "./includes.ts";
import { readInputs } from "./inputs.ts";
import type { ImportCommandOptions } from "./options.ts";

/** Writes the description of what the inputs say; with `--check` compares only, with `--json` prints the ledger. */
export async function importFiles(
  paths: readonly string[],
  given: ImportCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const reading = readArguments(given);
  if (reading.kind === "wrong") return misused(reading.message, terminal);
  const output = given.check ? null : (given.output ?? (given.json ? null : "cluster.json"));
  const obstacle = output === null || output === "-" ? null : inTheWay(output, given.force === true);
  if (obstacle !== null) return fail(obstacle, given, terminal);
  if (output === "-" && given.json)
    return misused("-o - and --json would both print: with --json the text stands in it", terminal);

  const read = await readInputs(paths);
  if (read.kind === "problem") return fail(read.problem, given, terminal);
  const examine = (text: string, file: string) => analyse(text, { file, readSource: sourcesBeside(file) });
  // Tools get English, in comments too.
  const spoken = given.json ? english : terminal.err.language;
  const options = { ...reading.options, spoken };
  const found = await importInputs(read.inputs, options, includesBeside(paths), examine);
  const imported = inFile(found, output, spoken.imported);
  const problems = [...read.problems, ...imported.refusals.map(refused)];
  const nothing = imported.files.length === 0;
  const comparison = given.check && !nothing ? await compareImported(imported, examine) : null;
  // A folder in which nothing is known leaves no word otherwise.
  if (nothing && problems.length === 0) problems.push(unfound(paths));
  const unwritten = output === null || nothing ? null : write(imported.text, output, given.force === true, terminal);
  if (unwritten !== null) problems.push(unwritten);

  if (given.json) terminal.out.write(jsonLine(toJsonForm(imported, problems, comparison)));
  else report(imported, problems, comparison, given, output, terminal);
  return (
    problems[0]?.exitCode ??
    (imported.diagnostics.some(isError) || differs(comparison) ? exitCode.findings : exitCode.ok)
  );
}

/** Findings about the text name the file that it is written to. */
function inFile(imported: Imported, output: string | null, say: Say): Imported {
  const file = output === null || output === "-" ? say("the description") : output;
  return { ...imported, diagnostics: imported.diagnostics.map((one) => ({ ...one, file })) };
}

function differs(comparison: Comparison | null): boolean {
  return comparison !== null && !isSame(comparison);
}

function report(
  imported: Imported,
  problems: readonly Problem[],
  comparison: Comparison | null,
  { quiet }: ImportCommandOptions,
  output: string | null,
  { out, err }: Terminal,
): void {
  if (imported.files.length > 0 && !quiet) printImported(imported, titleOf, err);
  const { imported: say } = err.language;
  const errors = imported.diagnostics.filter(isError);
  if (imported.files.length > 0) {
    if (errors.length > 0) err.write("\n");
    printFindings(
      errors,
      { file: output === null || output === "-" ? say("the description") : output, text: imported.text },
      err,
    );
  }
  printProblems(
    problems.map((one) => saidIn(one, err.language)),
    err,
  );
  if (comparison !== null) printComparison(comparison, out);
  if (
    output === null ||
    output === "-" ||
    problems.some(({ exitCode: code }) => code === exitCode.cannotWrite) ||
    imported.files.length === 0
  )
    return;
  const then =
    errors.length === 0
      ? `It builds as it is: lvsgen build ${safe(output)}`
      : "It does not build yet: the errors above say what is missing.";
  out.write(`${quiet ? "" : "\n"}${say(`${safe(output)} written. ${say(then)}`)}\n`);
}

function toJsonForm(imported: Imported, problems: readonly Problem[], comparison: Comparison | null) {
  const { files, lines, assumptions, diagnostics, text } = imported;
  const linesOf = linesByFile(lines);
  return {
    files: files.map(({ file, kind }) => ({
      file,
      kind,
      counts: countsOf(linesOf.get(file) ?? []),
    })),
    ledger: lines,
    assumptions,
    builds: files.length > 0 && !diagnostics.some(isError),
    diagnostics: diagnostics.map(toJson),
    problems: problems.map(problemToJson),
    skipped: imported.skipped,
    ...(comparison === null ? {} : { comparison }),
    text,
  };
}

function write(text: string, output: string, force: boolean, { out }: Terminal): Problem | null {
  if (output === "-") {
    out.write(text);
    return null;
  }
  return writeNewFile(output, text, force);
}

function refused({ file, line, message, hint }: Imported["refusals"][number]): Problem {
  return { code: "NOT_IMPORTED", file: `${file}:${line}`, message, hint, exitCode: exitCode.findings };
}

function unfound(paths: readonly string[]): Problem {
  return {
    code: "NOT_IMPORTED",
    file: paths.join(", "),
    message: "holds nothing that can be imported",
    hint: importable,
    exitCode: exitCode.findings,
  };
}

/** A problem with an input as people read it. */
function saidIn(problem: Problem, { imported: say }: Language): Problem {
  return { ...problem, message: say(problem.message), hint: say(problem.hint) };
}

function fail(problem: Problem, { json }: ImportCommandOptions, { out, err }: Terminal): ExitCode {
  if (json)
    out.write(
      jsonLine({
        files: [],
        ledger: [],
        assumptions: [],
        builds: false,
        diagnostics: [],
        problems: [problemToJson(problem)],
        text: "",
      }),
    );
  else printProblem(saidIn(problem, err.language), err);
  return problem.exitCode;
}

function misused(message: string, { err }: Terminal): ExitCode {
  const { imported, terminal: say } = err.language;
  err.write(`${say("error")}${say(": ")}${safe(imported(message))}\n${say('Run "lvsgen import --help" for usage.')}\n`);
  return exitCode.usage;
}
