/**
 * What the executable costs beside npm's package: its size, and how long a start and a small build take, as whole processes in turns with
 * `node -e 0`.
 *
 *   npm run bench -- start [--json] [--rounds N]     after `npm run dist`
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compare } from "./measure.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const release = join(root, "dist", "release");
const { values: options } = parseArgs({
  options: { json: { type: "boolean" }, rounds: { type: "string", default: "41" } },
});
const rounds = Number(options.rounds);

/** The architecture as executables are called by it. */
const machine = { x64: "x86_64", arm64: "aarch64" }[process.arch] ?? process.arch;

/** Everything that a release consists of; none where it was not built. */
function filesOfRelease() {
  try {
    return readdirSync(release).map((name) => ({ name, bytes: statSync(join(release, name)).size }));
  } catch {
    return [];
  }
}

const files = filesOfRelease();
const executable = files.find(({ name }) => name.endsWith(`-linux-${machine}`));
if (executable === undefined) {
  console.error(`bench: no executable for ${machine} in ${release}: make it with npm run dist`);
  process.exit(69);
}

const scratch = mkdtempSync(join(tmpdir(), "lvsgen-bench-start-"));
const reference = { program: process.execPath, args: ["-e", "0"] };
const ways = [
  { name: `npm's, by Node ${process.version}`, program: process.execPath, before: [join(root, "dist", "start.cjs")] },
  { name: `the executable (${machine})`, program: join(release, executable.name), before: [] },
];
const tasks = [
  { name: "--version", args: () => ["--version"] },
  {
    name: "build of the procedure's cluster",
    args: (round) => ["build", "--quiet", join(root, "examples", "kgc.json"), "-o", join(scratch, String(round))],
  },
];

try {
  const results = tasks.flatMap(({ name: task, args }) =>
    ways.map(({ name: way, program, before }) => {
      const subject = (round) => ({
        program,
        args: [...before, ...args(`${ways.findIndex((one) => one.name === way)}-${round}`)],
      });
      return { task, way, ...compare(reference, subject, rounds) };
    }),
  );
  if (options.json) console.log(JSON.stringify({ node: process.version, files, results }, null, 2));
  else print(results);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Columns; numbers stand at their right. */
function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  const cell = (text, column) =>
    /^\d/.test(rows[1][column]) ? text.padStart(widths[column]) : text.padEnd(widths[column]);
  for (const cells of rows) console.log(cells.map(cell).join("  ").trimEnd());
  console.log("");
}

function print(results) {
  printTable([
    ["start of …", "by", "median", "× node -e 0"],
    ...results.map(({ task, way, milliseconds, ratio }) => [
      task,
      way,
      `${milliseconds.toFixed(0)} ms`,
      ratio.toFixed(2),
    ]),
  ]);
  const large = files.filter(({ bytes }) => bytes > 1e6);
  printTable([["size of …", "megabytes"], ...large.map(({ name, bytes }) => [name, (bytes / 1e6).toFixed(1)])]);
  console.log(`node -e 0 takes ${results[0].reference.toFixed(0)} ms here (${cpus().length} CPUs).`);
}
