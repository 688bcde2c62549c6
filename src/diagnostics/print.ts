import pc from "picocolors";
import { catalogue } from "./catalogue.ts";
import type { LocatedDiagnostic, Position, Severity } from "./diagnostic.ts";
import type { CatalogueEntry } from "./entry.ts";
import { type Excerpt, excerptOf, lineReader, safe, usualWidth } from "./excerpt.ts";
import { columns as columnsOf } from "./width.ts";
import { broken, brokenLines } from "./wrap.ts";

export interface PrintOptions {
  /** The text that the positions are of. */
  readonly text: string;
  readonly color: boolean;
  /** Words that stand between what the findings say. Left out: English. */
  readonly words?: PrintWords;
  /** How many columns the terminal has. Left out: it is none; lines of the description are cut where hardly any terminal would break them. */
  readonly columns?: number;
}

/** What is said around findings, with the punctuation behind it. */
export interface PrintWords {
  readonly severities: Readonly<Record<Severity, string>>;
  /** Behind the code. */
  readonly colon: string;
  readonly help: string;
}

const english: PrintWords = { severities: { error: "error", warning: "warning" }, colon: ": ", help: "help: " };

type Colors = ReturnType<typeof pc.createColors>;

/**
 * Findings for people: place and message, the line with carets under what is meant, the lines of what else is
 * involved, the remedy. Nothing of the description reaches the terminal unescaped.
 */
export function printDiagnostics(
  found: readonly LocatedDiagnostic[],
  { text, color, columns, words = english }: PrintOptions,
): string {
  const colors = pc.createColors(color);
  const line = lineReader(text);
  return found.map((one) => print(one, line, { colors, words, columns })).join("\n");
}

function print(found: LocatedDiagnostic, lineOf: (line: number) => string, { colors, words, columns }: Look): string {
  const { file, line, column, severity, code, message, hint, related } = found;
  const gutter = String(Math.max(line, ...related.map((other) => other.line))).length;
  const sheet: Sheet = { gutter, colors, width: columns === undefined ? usualWidth : columns - gutter - bar.length };
  const room = { columns: columns ?? null, indent: gutter + bar.length };
  const place = `${safe(file)}:${line}:${column}:`;
  const head = `${words.severities[severity]}[${code}]${words.colon}`;
  const said = brokenLines(safe(message), { ...room, start: columnsOf(`${place} ${head}`) });
  // A blank behind the last word of a line may be one column too many.
  const kind = said[0] === "" ? head.trimEnd() : head;
  const { hidden = false }: CatalogueEntry = catalogue[code];
  const help = gutter + columnsOf(` = ${words.help}`);
  const shown = [
    `${colors.bold(place)} ${label(paint(severity, colors), kind)}${said.map(colors.bold).join(`\n${" ".repeat(room.indent)}`)}`,
    ...(hidden ? [] : excerpt(found, lineOf, sheet, paint(severity, colors), "^")),
    ...related.flatMap((other) => [
      `${" ".repeat(gutter)} ${colors.blue("::")} ${broken(`${safe(file)}:${other.line}:${other.column}: ${safe(other.message)}`, { ...room, start: gutter + 4 })}`,
      ...(hidden ? [] : excerpt(other, lineOf, sheet, colors.blue, "-")),
    ]),
    `${" ".repeat(gutter)} ${colors.cyan("=")} ${label(colors.cyan, words.help)}${broken(safe(hint), { columns: room.columns, start: help, indent: help })}`,
  ];
  return `${shown.join("\n")}\n`;
}

interface Look {
  readonly colors: Colors;
  readonly words: PrintWords;
  readonly columns: number | undefined;
}

/** Painted, but for a space at its end. */
export function label(paint: (text: string) => string, text: string): string {
  return text.endsWith(" ") ? `${paint(text.trimEnd())} ` : paint(text);
}

/** Between the number of a line and its text. */
const bar = " | ";

/** What excerpts are set on. */
interface Sheet {
  /** Columns for the numbers of lines. */
  readonly gutter: number;
  /** Columns for their text. */
  readonly width: number;
  readonly colors: Colors;
}

function excerpt(
  position: Position,
  lineOf: (line: number) => string,
  { gutter, width: room, colors }: Sheet,
  highlight: (text: string) => string,
  caret: string,
): string[] {
  const { text, indent, width }: Excerpt = excerptOf(lineOf(position.line), position, room);
  const number = String(position.line).padStart(gutter);
  return [
    `${colors.blue(`${number}${bar.trimEnd()}`)} ${text}`,
    `${colors.blue(`${" ".repeat(gutter)}${bar.trimEnd()}`)} ${" ".repeat(indent)}${highlight(caret.repeat(width))}`,
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
