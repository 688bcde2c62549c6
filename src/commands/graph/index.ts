import { graph as graphOf } from "../../compile.ts";
import { safe } from "../../diagnostics/excerpt.ts";
import { isError } from "../../diagnostics/index.ts";
import { type ExitCode, exitCode } from "../../exit-code.ts";
import type { GraphFormat } from "../../graph/index.ts";
import { printFindings } from "../../terminal/findings.ts";
import { type Problem, printProblem } from "../../terminal/problem.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { readDescription } from "../input.ts";
import { inTheWay, writeNewFile } from "../new-file.ts";
import { sourcesBeside } from "../sources.ts";
import type { GraphOptions } from "./options.ts";

/** Draws the cluster of a description; what has errors is not drawn. */
export async function graph(file: string | undefined, options: GraphOptions, terminal: Terminal): Promise<ExitCode> {
  const { output, force } = options;
  const otherKind = options.format === undefined ? /\.(png|jpe?g|gif|webp|pdf|e?ps)$/i.exec(output) : null;
  if (otherKind !== null) return fail(notDrawn(output, otherKind[1] ?? ""), terminal);
  const obstacle = output === "-" ? null : inTheWay(output, force === true);
  if (obstacle !== null) return fail(obstacle, terminal);
  const input = await readDescription(file);
  if (input.kind === "problem") return fail(input.problem, terminal);

  const { description } = input;
  const format = options.format ?? formatOf(output);
  const { picture, diagnostics } = await graphOf(description.text, {
    file: description.file,
    format,
    readSource: sourcesBeside(description.file),
  });
  if (picture === null) {
    printFindings(diagnostics.filter(isError), description, terminal.err);
    return exitCode.findings;
  }
  if (output === "-") {
    terminal.out.write(picture);
    return exitCode.ok;
  }
  const problem = writeNewFile(output, picture, force === true);
  if (problem !== null) return fail(problem, terminal);
  terminal.out.write(terminal.out.language.terminal(`${safe(output)} written.\n`));
  return exitCode.ok;
}

/** The usual ends of files with pictures as text. */
function formatOf(file: string): GraphFormat {
  if (/\.(?:mmd|mermaid)$/i.test(file)) return "mermaid";
  return /\.(?:dot|gv)$/i.test(file) ? "dot" : "svg";
}

function notDrawn(file: string, ending: string): Problem {
  return {
    code: "NOT_DRAWN",
    file,
    message: `lvsgen draws SVG, Mermaid and DOT, and no ${ending.toUpperCase()}`,
    hint: "end the name in .svg, .mmd or .dot; what shows SVG can make another kind of it (rsvg-convert, Inkscape, a browser)",
    exitCode: exitCode.usage,
  };
}

function fail(problem: Problem, { err }: Terminal): ExitCode {
  printProblem(problem, err);
  return problem.exitCode;
}
