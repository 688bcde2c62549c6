/**
 * npm run corpus -- DIR…: imports every file below the folders, each for itself, and prints what became of it: its kind, its
 * lines by outcome, whether the description builds and whether its rules are those that were imported. Ends with 1 where a
 * line has no outcome, a description does not build and nothing says why, or rules of ipvsadm-save differ without a word.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { includesBeside } from "../../src/commands/import/includes.ts";
import { analyse } from "../../src/compile.ts";
import { compareRules, type Imported, importInputs, noOptions, type Outcome, titleOf } from "../../src/import/index.ts";

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
  readonly isFault: boolean;
}

async function tryFile(file: string): Promise<Row> {
  const text = readFileSync(file).toString("utf8");
  const started = performance.now();
  const imported = await importInputs(
    [{ file, text, folder: null }],
    noOptions,
    includesBeside([file]),
    (written, name) => analyse(written, { file: name }),
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const [refusal] = imported.refusals;
  if (refusal !== undefined)
    return {
      cells: [basename(file), `refused: ${refusal.message}`, "", "", "", "", "", "", seconds],
      isFault: refusal.hint === "",
    };
  const errors = imported.diagnostics.filter(({ severity }) => severity === "error");
  const { cluster } = await analyse(imported.text, { file: "cluster.json" });
  const comparison = cluster === null ? null : compareRules(imported.facts, imported.files, cluster);
  const counts = (["taken", "default", "ignored", "not-expressible"] as const).map((outcome) =>
    String(countOf(imported, outcome)),
  );
  const rules =
    comparison === null
      ? "-"
      : `${comparison.same} same, ${comparison.reworded} reworded, ${comparison.missing.length} missing, ${comparison.added.length} added`;
  const isSilent = (errors.length > 0 || (comparison?.missing.length ?? 0) > 0) && imported.misses.length === 0;
  const isIncomplete = imported.lines.some(({ outcome, reason }) => outcome !== "taken" && reason === "");
  const kind = imported.files[0]?.kind;
  return {
    cells: [
      basename(file),
      kind === undefined ? "?" : titleOf(kind),
      ...counts,
      errors.length === 0 ? "builds" : `no: ${errors[0]?.message}`,
      rules,
      seconds,
    ],
    isFault: isSilent || isIncomplete,
  };
}

const rows: Row[] = [];
for (const file of folders.flatMap(filesBelow)) rows.push(await tryFile(file));
const table = [
  ["file", "kind", "taken", "default", "ignored", "not expressible", "builds", "rules", "s"],
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
const faults = rows.filter(({ isFault }) => isFault);
if (faults.length > 0) {
  process.stdout.write(`\nin silence: ${faults.map(({ cells }) => cells[0]).join(", ")}\n`);
  process.exitCode = 1;
}
