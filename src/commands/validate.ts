import { analyse } from "../compile.ts";
import { safe } from "../diagnostics/excerpt.ts";
import { type LocatedDiagnostic, stops, toJson } from "../diagnostics/index.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { printFindings } from "../terminal/findings.ts";
import { jsonLine } from "../terminal/json.ts";
import { printProblem, problemToJson } from "../terminal/problem.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { type Input, readDescription } from "./input.ts";
import { sourcesBeside } from "./sources.ts";

export interface ValidateOptions {
  readonly json?: true;
  readonly quiet?: true;
  readonly strict?: true;
}

type Analysed = Awaited<ReturnType<typeof analyseInput>>;

/** Checks every description, whatever the ones before it had. A file that cannot be read outweighs findings. */
export async function validate(
  files: readonly string[],
  options: ValidateOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const analysed: Analysed[] = [];
  for (const file of files.length > 0 ? files : [undefined]) {
    const one = await analyseInput(await readDescription(file));
    analysed.push(one);
    if (!options.json) print(one, options, terminal);
  }
  const isStrict = options.strict === true;
  if (options.json) terminal.out.write(jsonLine(validationToJson(analysed, isStrict)));
  return worst(analysed, isStrict);
}

async function analyseInput(input: Input) {
  if (input.kind === "problem") return input;
  const { file, text } = input.description;
  const { diagnostics } = await analyse(text, { file, readSource: sourcesBeside(file) });
  return { kind: "analysed", description: input.description, diagnostics } as const;
}

function print(one: Analysed, options: ValidateOptions, { out, err }: Terminal): void {
  if (one.kind === "problem") {
    printProblem(one.problem, err);
    return;
  }
  const { description, diagnostics } = one;
  const [quiet, strict] = [options.quiet === true, options.strict === true];
  printFindings(diagnostics, description, err, { quiet, strict });
  if (!quiet && !diagnostics.some((found) => stops(found, strict)))
    out.write(out.language.terminal(`${out.colors.bold(safe(description.file))}: valid\n`));
}

/** The same members as `build --json` has, as far as they apply. */
function validationToJson(analysed: readonly Analysed[], isStrict: boolean) {
  return {
    diagnostics: analysed.flatMap((one) => (one.kind === "analysed" ? one.diagnostics.map(toJson) : [])),
    problems: analysed.flatMap((one) => (one.kind === "problem" ? [problemToJson(one.problem)] : [])),
    valid: worst(analysed, isStrict) === exitCode.ok,
  };
}

function worst(analysed: readonly Analysed[], isStrict: boolean): ExitCode {
  for (const one of analysed) if (one.kind === "problem") return one.problem.exitCode;
  const isStopped = (found: LocatedDiagnostic): boolean => stops(found, isStrict);
  const hasFindings = analysed.some((one) => one.kind === "analysed" && one.diagnostics.some(isStopped));
  return hasFindings ? exitCode.findings : exitCode.ok;
}
