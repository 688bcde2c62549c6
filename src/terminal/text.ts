/** Plain text that a person reads: columns and paragraphs. */
import { stripVTControlCharacters } from "node:util";
import { Help } from "commander";
import { columns, printable } from "../diagnostics/width.ts";
import { hasHan, wrapColumns } from "../diagnostics/wrap.ts";

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

/** Such rows with their last cell broken at word ends, so that no line is longer than `limit`. */
export function wrappedTable(rows: readonly (readonly string[])[], limit: number, left = ""): string {
  const before = rows.map((row) => row.slice(0, -1));
  const widths = before[0]?.map((_, column) => Math.max(...before.map((row) => width(row[column] ?? "")))) ?? [];
  const indent = widths.reduce((sum, one) => sum + one + 2, left.length);
  return table(
    rows.flatMap((row, index) =>
      wrapped(row.at(-1) ?? "", "", limit - indent)
        .split("\n")
        .map((line, nth) => [...(nth === 0 ? (before[index] ?? []) : widths.map(() => "")), line]),
    ),
    left,
  );
}

function width(cell: string): number {
  return printable.test(cell) ? cell.length : columns(stripVTControlCharacters(cell));
}

/** Paragraphs broken at word ends; lines that are indented already stay as they are. */
export function wrapped(text: string, indent: string, limit = 100): string {
  const help = Object.assign(new Help(), { minWidthToWrap: 0 });
  return text
    .split("\n")
    .flatMap((line) => {
      if (line.startsWith(" ")) return [line];
      const room = limit - indent.length;
      return hasHan(line) ? wrapColumns(line, room) : help.boxWrap(line, room).split("\n");
    })
    .map((line) => (line === "" ? "" : indent + line))
    .join("\n");
}
