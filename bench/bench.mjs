/**
 * How long `lvsgen build` takes as a whole process, in multiples of `node -e 0` measured in the same run, and
 * how much memory it needs (the kernel's VmHWM); beside it, what a plain loop takes that writes the same. Prints the limits beside the figures and judges
 * nothing: a figure is a matter of the machine and of what else it does.
 *
 *   npm run bench -- [--json] [--only WORDS] [--rounds N] [--dir DIRECTORY]
 *
 * The bundles are written to a file system in memory where there is one with room: how long a disk's file system
 * takes to make 5,000 directories depends on its past more than on lvsgen.
 */
import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ansibleVersion, playbookRun } from "./ansible.mjs";
import {
  addressedRealServers,
  anchoredRealServers,
  describedRealServers,
  pooledRealServers,
  unlikeRealServers,
  writtenRealServers,
} from "./clusters.mjs";
import { compare, peakMegabytes } from "./measure.mjs";
import { listTree } from "./plain-tree.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const lvsgen = join(root, "dist", "start.cjs");
const plainLoop = join(root, "bench", "plain-loop.mjs");
const plainTree = join(root, "bench", "plain-tree.mjs");
const { values: options } = parseArgs({
  options: {
    json: { type: "boolean" },
    only: { type: "string" },
    rounds: { type: "string" },
    dir: { type: "string", default: hasRoom("/dev/shm") ? "/dev/shm" : tmpdir() },
  },
});

/** Whether there are the two gigabytes that all bundles take together. */
function hasRoom(directory) {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize > 2 * 1024 ** 3;
  } catch {
    return false;
  }
}

// Nothing is deleted before the end: ext4 is slow to create directories where many were just removed.
const scratch = mkdtempSync(join(options.dir, "lvsgen-bench-"));
const node = { program: process.execPath, args: ["-e", "0"] };

/** Written when its turn comes: some have 61 MB. */
function description(file, make) {
  return () => {
    const path = join(scratch, file);
    if (!existsSync(path)) writeFileSync(path, make());
    return path;
  };
}

const procedure = join(root, "examples", "kgc.json");
const described = description("described.json", () => describedRealServers(1000));
// What a build may take, in times of `node -e 0`, and the most memory. A table that is the same and shorter to write takes no more.
const cases = [
  { name: "the procedure's cluster", file: () => procedure, rounds: 41, ratio: 1.3 },
  { name: "1,000 described real servers", file: described, rounds: 9, ratio: 5 },
  { name: "1,000 described real servers, nothing changed", file: described, rounds: 9, again: true },
  { name: "a plain loop that makes the same 17,000 directories and files", tree: described, rounds: 9 },
  {
    name: "1 service over 10,000 addresses",
    file: description("one.json", () => addressedRealServers(1, 10_000)),
    rounds: 15,
    ratio: 2,
  },
  {
    name: "100 services over 10,000 addresses (1,000,000 rules)",
    file: description("hundred.json", () => addressedRealServers(100, 10_000)),
    rounds: 5,
    ratio: 15,
    megabytes: 350,
  },
  {
    name: "100 services with a pool of 10,000 (1,000,000 rules)",
    file: description("pool.json", () => pooledRealServers(100, 10_000, "addresses")),
    rounds: 9,
    ratio: 10,
    megabytes: 200,
  },
  {
    name: "100 ports of a service with a pool of 10,000 (1,000,000 rules)",
    file: description("ports.json", () => pooledRealServers(100, 10_000, "ports")),
    rounds: 9,
    ratio: 10,
    megabytes: 200,
  },
  {
    name: "1,000,000 rules written out with weights (61 MB of JSON)",
    file: description("written.json", () => writtenRealServers(100, 10_000)),
    rounds: 5,
    ratio: 15,
    megabytes: 350,
  },
  {
    name: "1,000,000 rules with other weights in each service (61 MB of JSON)",
    file: description("unlike.json", () => unlikeRealServers(100, 10_000)),
    rounds: 5,
  },
  {
    name: "1,000,000 rules with weights by an alias (YAML)",
    file: description("anchored.yaml", () => anchoredRealServers(100, 10_000)),
    rounds: 5,
    ratio: 40,
  },
  { name: "a plain loop that writes 1,000,000 rules to two files", plain: [100, 10_000], rounds: 9 },
];

function measure({ name, file, plain, tree, rounds, ratio = null, megabytes = null, again = false }, index) {
  const list = join(scratch, `${index}.json`);
  const build = (round) => {
    const target = join(scratch, again ? `${index}-again` : `${index}-${round}`);
    if (tree) return { program: process.execPath, args: [plainTree, list, target] };
    const args = plain ? [plainLoop, target, ...plain.map(String)] : [lvsgen, "build", file(), "-o", target];
    return { program: process.execPath, args };
  };
  if (file) file();
  if (tree) {
    const bundle = join(scratch, `${index}-bundle`);
    compare(node, () => ({ program: process.execPath, args: [lvsgen, "build", tree(), "-o", bundle] }), 1);
    writeFileSync(list, JSON.stringify(listTree(bundle)));
  }
  if (again) compare(node, build, 1);
  const result = compare(node, build, Number(options.rounds ?? rounds));
  return { name, ...result, target: ratio, megabytes: peakMegabytes(build("memory")), megabytesTarget: megabytes };
}

/** The files of the procedure's cluster, by Ansible; null where it is not installed. */
function measureAnsible() {
  const version = ansibleVersion();
  if (version === null) return null;
  const bundle = join(scratch, "ansible-bundle");
  compare(node, () => ({ program: process.execPath, args: [lvsgen, "build", procedure, "-o", bundle] }), 1);
  const result = compare(node, (round) => playbookRun(bundle, scratch, round), 3);
  return { name: `the same files as the first, copied by ${version}`, ...result, target: null };
}

function row({ name, milliseconds, ratio, target, megabytes, megabytesTarget }) {
  const time = `${milliseconds.toFixed(0)} ms`;
  const limit = target === null ? "" : `≤ ${target}`;
  const memory = megabytes === undefined ? "" : `${megabytes.toFixed(0)} MB`;
  return [name, time, ratio.toFixed(2), limit, memory, megabytesTarget ? `≤ ${megabytesTarget} MB` : ""];
}

function print(results, ansible) {
  const rows = [
    ["lvsgen build of …", "median", "× node -e 0", "limit", "memory", "limit"],
    ...[...results, ...(ansible === null ? [] : [ansible])].map(row),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  for (const cells of rows) {
    const line = cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])));
    console.log(line.join("  "));
  }
  if (ansible === null) console.log("\nansible-playbook is not installed: no comparison with Ansible.");
  const reference = results[0]?.reference.toFixed(0);
  console.log(
    `\nnode -e 0 takes ${reference} ms here (Node ${process.version}, ${cpus().length} CPUs); bundles go to ${options.dir}.`,
  );
}

try {
  const chosen = cases.filter(({ name }) => name.includes(options.only ?? ""));
  const results = chosen.map(measure);
  const ansible = options.only === undefined ? measureAnsible() : null;
  if (options.json)
    console.log(JSON.stringify({ node: process.version, directory: options.dir, results, ansible }, null, 2));
  else print(results, ansible);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
