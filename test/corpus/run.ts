/**
 * npm run corpus -- DIR…: imports every file below the folders, each for itself, and prints what became of it: its kind, its
 * lines by outcome, whether the description builds, and whether what it builds is what was imported (`import --check`), with
 * each difference below. Ends with 1 where a line has no outcome, a description does not build and nothing says why, or rules of
 * ipvsadm-save differ without a word.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { includesBeside } from "../../src/commands/import/includes.ts";
import { analyse } from "../../src/compile.ts";
import {
  type Comparison,
  compareImported,
  type Imported,
  importInputs,
  noOptions,
  type Outcome,
  titleOf,
} from "../../src/import/index.ts";

const folders = process.argv.slice(2).filter((argument) => argument !== "--");
if (folders.length === 0) {
  process.stderr.write("usage: npm run corpus -- DIR…\n");
  process.exit(64);
}

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .filter((name) => !/^(?:README.*|LICEN[CS]E.*|\..*)$/.test(name))
    .flatMap((name) => filesBelow(join(path, name)));
}

function countOf({ lines }: Imported, wanted: Outcome): number {
  return lines.filter(({ outcome }) => outcome === wanted).length;
}

interface Row {
  readonly cells: readonly string[];
  /** What differs, and what could not be compared. */
  readonly details: readonly string[];
  readonly isFault: boolean;
}

/** All that is compared beside the rules. */
function restOf({ counts, notCompared }: Comparison): string {
  const sum = (kind: "same" | "differs" | "meant"): number => counts.reduce((all, one) => all + one[kind], 0);
  return `${sum("same")} same, ${sum("differs")} differ, ${sum("meant")} on purpose, ${notCompared.length} not compared`;
}

function detailsOf({ differences, notCompared }: Comparison): string[] {
  return [
    ...differences.map(
      ({ verdict, topic, what, place, was, becomes }) =>
        `${verdict} ${topic}: ${what} (line ${place?.line ?? "-"}): ${was} -> ${becomes}`,
    ),
    ...notCompared.map(({ what, why }) => `not compared: ${what}: ${why}`),
  ];
}

async function tryFile(file: string): Promise<Row> {
  const text = readFileSync(file).toString("utf8");
  const started = performance.now();
  const examine = (written: string, name: string) => analyse(written, { file: name });
  const imported = await importInputs([{ file, text, folder: null }], noOptions, includesBeside([file]), examine);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const [refusal] = imported.refusals;
  if (refusal !== undefined)
    return {
      cells: [basename(file), `refused: ${refusal.message}`, "", "", "", "", "", "", "", seconds],
      details: [],
      isFault: refusal.hint === "",
    };
  const errors = imported.diagnostics.filter(({ severity }) => severity === "error");
  const comparison = await compareImported(imported, examine);
  const counts = (["taken", "default", "ignored", "not-expressible"] as const).map((outcome) =>
    String(countOf(imported, outcome)),
  );
  const rules = `${comparison.same} same, ${comparison.reworded} reworded, ${comparison.missing.length} missing, ${comparison.added.length} added`;
  const isSilent = (errors.length > 0 || comparison.missing.length > 0) && imported.misses.length === 0;
  const isIncomplete = imported.lines.some(({ outcome, reason }) => outcome !== "taken" && reason === "");
  const kind = imported.files[0]?.kind;
  return {
    cells: [
      basename(file),
      kind === undefined ? "?" : titleOf(kind),
      ...counts,
      errors.length === 0 ? "builds" : `no: ${errors[0]?.message}`,
      rules,
      restOf(comparison),
      seconds,
    ],
    details: detailsOf(comparison),
    isFault: isSilent || isIncomplete,
  };
}

const rows: Row[] = [];
for (const file of folders.flatMap(filesBelow)) rows.push(await tryFile(file));
const table = [
  ["file", "kind", "taken", "default", "ignored", "not expressible", "builds", "rules", "the rest", "s"],
  ...rows.map(({ cells }) => cells),
];
const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
for (const row of table)
  process.stdout.write(
    `${row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd()}\n`,
  );
for (const { cells, details } of rows)
  if (details.length > 0) process.stdout.write(`\n${cells[0]}\n${details.map((one) => `  ${one}\n`).join("")}`);
const faults = rows.filter(({ isFault }) => isFault);
if (faults.length > 0) {
  process.stdout.write(`\nin silence: ${faults.map(({ cells }) => cells[0]).join(", ")}\n`);
  process.exitCode = 1;
}
