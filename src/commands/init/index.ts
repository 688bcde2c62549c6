import { compile } from "../../compile.ts";
import { safe } from "../../diagnostics/excerpt.ts";
import { isError } from "../../diagnostics/index.ts";
import { type ExitCode, exitCode } from "../../exit-code.ts";
import { printFindings } from "../../terminal/findings.ts";
import { type Problem, printProblem } from "../../terminal/problem.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { inTheWay, writeNewFile } from "../new-file.ts";
import { type Answers, complete, fromOptions, missingOptions } from "./answers.ts";
import { clusterText } from "./describe.ts";
import type { InitOptions } from "./options.ts";

/** Writes a first description. It is compiled before it is written, so that what is written builds. */
export async function init(options: InitOptions, terminal: Terminal): Promise<ExitCode> {
  const { output } = options;
  const obstacle = output === "-" ? null : inTheWay(output, options.force === true);
  if (obstacle !== null) return fail(obstacle, terminal);
  const reading = fromOptions(options);
  if (reading.kind === "wrong") return misused(reading.message, terminal);

  const answers = await completed(reading.answers, terminal);
  if (answers === "cancelled") return exitCode.findings;
  if (answers === null) return misused(`missing: ${missingOptions(reading.answers).join(", ")}`, terminal);

  const text = clusterText(answers);
  const description = { file: output === "-" ? "<stdout>" : output, text };
  const { diagnostics } = await compile(text, { file: description.file });
  if (diagnostics.some(isError)) {
    printFindings(diagnostics.filter(isError), description, terminal.err);
    terminal.err.write("Nothing was written: the description that these answers give would not build.\n");
    return exitCode.findings;
  }
  return write(text, options, terminal);
}

async function completed(known: Partial<Answers>, { isInteractive }: Terminal): Promise<Answers | "cancelled" | null> {
  if (!isInteractive || missingOptions(known).length === 0) return complete(known);
  const { ask } = await import("./ask.ts");
  const answers = await ask(known);
  return answers === null ? "cancelled" : complete(answers);
}

function write(text: string, { output, force }: InitOptions, terminal: Terminal): ExitCode {
  if (output === "-") {
    terminal.out.write(text);
    return exitCode.ok;
  }
  const problem = writeNewFile(output, text, force === true);
  if (problem !== null) return fail(problem, terminal);
  const file = output === "cluster.json" ? "" : ` ${output}`;
  terminal.out.write(`${safe(output)} written. It builds as it is: lvsgen build${safe(file)}\n`);
  return exitCode.ok;
}

function fail(problem: Problem, { err }: Terminal): ExitCode {
  printProblem(problem, err);
  return problem.exitCode;
}

function misused(message: string, { err }: Terminal): ExitCode {
  err.write(`error: ${safe(message)}\nRun "lvsgen init --help" for usage.\n`);
  return exitCode.usage;
}
