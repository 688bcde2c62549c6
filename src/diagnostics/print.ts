import pc from "picocolors";
import type { LocatedDiagnostic, Position, Severity } from "./diagnostic.ts";
import { type Excerpt, excerptOf, lineReader, safe } from "./excerpt.ts";

export interface PrintOptions {
  /** The text that the positions are of. */
  readonly text: string;
  readonly color: boolean;
}

type Colors = ReturnType<typeof pc.createColors>;

/**
 * Findings for people: place and message, the line with carets under what is meant, the lines of what else is
 * involved, the remedy. Nothing of the description reaches the terminal unescaped.
 */
export function printDiagnostics(found: readonly LocatedDiagnostic[], { text, color }: PrintOptions): string {
  const colors = pc.createColors(color);
  const line = lineReader(text);
  return found.map((one) => print(one, line, colors)).join("\n");
}

function print(found: LocatedDiagnostic, lineOf: (line: number) => string, colors: Colors): string {
  const { file, line, column, severity, code, message, hint, related } = found;
  const gutter = String(Math.max(line, ...related.map((other) => other.line))).length;
  const shown = [
    `${colors.bold(`${safe(file)}:${line}:${column}:`)} ${paint(severity, colors)(`${severity}[${code}]:`)} ${colors.bold(safe(message))}`,
    ...excerpt(found, lineOf, gutter, colors, paint(severity, colors), "^"),
    ...related.flatMap((other) => [
      `${" ".repeat(gutter)} ${colors.blue("::")} ${safe(file)}:${other.line}:${other.column}: ${safe(other.message)}`,
      ...excerpt(other, lineOf, gutter, colors, colors.blue, "-"),
    ]),
    `${" ".repeat(gutter)} ${colors.cyan("=")} ${colors.cyan("help:")} ${safe(hint)}`,
  ];
  return `${shown.join("\n")}\n`;
}

function excerpt(
  position: Position,
  lineOf: (line: number) => string,
  gutter: number,
  colors: Colors,
  highlight: (text: string) => string,
  caret: string,
): string[] {
  const { text, indent, width }: Excerpt = excerptOf(lineOf(position.line), position);
  const number = String(position.line).padStart(gutter);
  return [
    `${colors.blue(`${number} |`)} ${text}`,
    `${colors.blue(`${" ".repeat(gutter)} |`)} ${" ".repeat(indent)}${highlight(caret.repeat(width))}`,
  ];
}

function paint(severity: Severity, colors: Colors): (text: string) => string {
  switch (severity) {
    case "error":
      return colors.red;
    case "warning":
      return colors.yellow;
  }
}
