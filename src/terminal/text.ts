/** Plain text that a person reads: columns and paragraphs. */
import { stripVTControlCharacters } from "node:util";

/** Rows as columns that are as wide as their widest cell; colours have no width. */
export function table(rows: readonly (readonly string[])[], indent = ""): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, width(cell));
  }
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - width(cell))).join("  ");
  return rows.map((row) => `${indent}${line(row).trimEnd()}\n`).join("");
}

function width(cell: string): number {
  return stripVTControlCharacters(cell).length;
}

/** Paragraphs broken at word ends; lines that are indented already stay as they are. */
export function wrapped(text: string, indent: string, columns = 100): string {
  return text
    .split("\n")
    .flatMap((line) => (line.startsWith(" ") ? [line] : filled(line, columns - indent.length)))
    .map((line) => (line === "" ? "" : indent + line))
    .join("\n");
}

function filled(paragraph: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of paragraph.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
