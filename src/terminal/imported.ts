import { excerptOf, safe, usualWidth } from "../diagnostics/excerpt.ts";
import { label } from "../diagnostics/index.ts";
import { columns as columnsOf } from "../diagnostics/width.ts";
import { broken } from "../diagnostics/wrap.ts";
import type { Entry, Imported, Line, Outcome } from "../import/index.ts";
import type { Language } from "../language/index.ts";
import type { Output } from "./terminal.ts";
import { table, wrappedTable } from "./text.ts";

/** More rows than that nobody reads; `--json` has all of them. */
export const mostRows = 60;

const outcomes: readonly Outcome[] = ["taken", "default", "ignored", "not-expressible"];

const outcomeNames: Readonly<Record<Outcome, string>> = {
  taken: "taken",
  default: "default",
  ignored: "ignored",
  "not-expressible": "not expressible",
};

export function countsOf(lines: readonly Line[]): Record<Outcome, number> {
  const counts = { taken: 0, default: 0, ignored: 0, "not-expressible": 0 };
  for (const { outcome } of lines) counts[outcome]++;
  return counts;
}

/** The lines of each file, in one walk through all of them. */
export function linesByFile(lines: readonly Line[]): ReadonlyMap<string, readonly Line[]> {
  const byFile = new Map<string, Line[]>();
  for (const line of lines) {
    const own = byFile.get(line.file);
    if (own === undefined) byFile.set(line.file, [line]);
    else own.push(line);
  }
  return byFile;
}

/** `31 lines: 20 taken, 3 default, 6 ignored, 2 not expressible` */
function countsText(lines: readonly Line[], { imported: say, terminal }: Language): string {
  const counts = countsOf(lines);
  const parts = outcomes.filter((one) => counts[one] > 0).map((one) => say(`${counts[one]} ${outcomeNames[one]}`));
  const all = say(lines.length === 1 ? "1 line" : `${lines.length} lines`);
  return parts.length === 0 ? all : `${all}${terminal(": ")}${parts.join(terminal(", "))}`;
}

/** What became of the inputs: each file with its counts, then everything that somebody has to look at. */
export function printImported(
  imported: Imported,
  titleOf: (kind: Imported["files"][number]["kind"]) => string,
  output: Output,
): void {
  const { write, colors, language } = output;
  const { imported: say, terminal } = language;
  const linesOf = linesByFile(imported.lines);
  for (const { file, kind } of imported.files) {
    const own = linesOf.get(file) ?? [];
    const counts = countsText(own, language);
    write(`${colors.bold(safe(file))}${terminal(": ")}${say(titleOf(kind))}${terminal(", ")}${counts}\n`);
  }
  if (imported.assumptions.length > 0) {
    write(`\n${colors.bold(say("Assumed, since no input says it:"))}\n`);
    const rows = imported.assumptions.map(({ what, why }) => [safe(say(what)), safe(say(why))]);
    write(output.columns === null ? table(rows, "  ") : assumedText(rows, output.columns));
  }
  printMisses(imported, output);
  const { skipped } = imported;
  if (skipped.length === 0) return;
  const shown = skipped.slice(0, 8).map(safe).join(", ");
  const more = skipped.length > 8 ? ` and ${skipped.length - 8} more` : "";
  write(`\n${say(`Not read, for they are backups, or nothing that import knows: ${shown}${more}`)}\n`);
}

/** In columns where the second has room for some words, else one below the other. */
function assumedText(rows: readonly (readonly string[])[], columns: number): string {
  const first = Math.max(...rows.map(([what = ""]) => columnsOf(what)));
  if (columns - first >= 40) return wrappedTable(rows, columns, "  ");
  const line = (text: string, indent: number): string =>
    `${" ".repeat(indent)}${broken(text, { columns, start: indent, indent: indent + 2 })}\n`;
  return rows.map(([what = "", why = ""]) => line(what, 2) + line(why, 6)).join("");
}

function printMisses({ misses, files, lines }: Imported, output: Output): void {
  const { write, colors } = output;
  if (misses.length === 0) return;
  const was = new Map(lines.map((line) => [`${line.file}:${line.line}`, line.was]));
  write(`\n${colors.bold(output.language.imported("Not carried over as it was:"))}\n`);
  const width = String(Math.max(...misses.slice(0, mostRows).map(({ place }) => place.line))).length;
  for (const miss of misses.slice(0, mostRows))
    write(missText(miss, was.get(`${miss.place.file}:${miss.place.line}`) ?? "", width, files, output));
  const more = misses.length - mostRows;
  if (more > 0) write(`${output.language.imported(`… and ${more} more: --json has them all`)}\n`);
}

function missText(
  { place, reason, remedy }: Entry,
  was: string,
  width: number,
  files: Imported["files"],
  { colors, columns, language }: Output,
): string {
  const { imported: say, terminal } = language;
  const via = place.via === undefined ? "" : ` (${safe(say(place.via))})`;
  const title = terminal("help: ");
  const raw = files.find(({ file }) => file === place.file)?.lines[place.line - 1] ?? "";
  const lead = raw.length - raw.trimStart().length;
  // Where something of the line is not shown, a caret would point beside it.
  const isWhole = raw.trim().startsWith(was) && place.length > 0 && place.via === undefined;
  const {
    text,
    indent,
    width: carets,
  } = excerptOf(
    was,
    isWhole
      ? { line: place.line, column: Math.max(1, place.column - lead), length: place.length }
      : { line: place.line, column: 1, length: 0 },
    columns === null ? usualWidth : columns - width - 3,
  );
  const gutter = " ".repeat(width);
  const help = width + columnsOf(` = ${title}`);
  return [
    `${colors.bold(`${safe(place.file)}:${place.line}:`)} ${broken(`${safe(say(reason))}${via}`, { columns, start: columnsOf(`${safe(place.file)}:${place.line}: `), indent: 4 })}`,
    `${colors.blue(`${String(place.line).padStart(width)} |`)} ${text}`,
    ...(isWhole ? [`${colors.blue(`${gutter} |`)} ${" ".repeat(indent)}${colors.yellow("^".repeat(carets))}`] : []),
    `${gutter} ${colors.cyan("=")} ${label(colors.cyan, title)}${broken(safe(say(remedy)), { columns, start: help, indent: help })}\n`,
  ].join("\n");
}
