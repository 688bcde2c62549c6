#!/usr/bin/env node
// Runs the bats files of a folder, each on the platforms that it names in its head (`# platforms: el7 debian12`), a few at a time, and
// prints one TAP stream. `none` is this machine itself, without a guest.
//   run.mjs [--in FOLDER] [--turn N] [WORD…]      FOLDER: test/bats if not given; WORDs: parts of file names to run only those (`10-apply`), or a
//   platform. With --turn a file of several platforms runs on one of them, the next on the next one: 0, 1, … between them run all; `commit`: the
//   turn of this commit (test/run/turn.mjs), unless everything is to be run
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { container, repository } from "../docker/container.mjs";
import { dockerClient } from "../docker/engine.mjs";
import { ensureImage } from "../docker/image.mjs";
import { bundlesDirectory, lvsgen } from "../run/bundles.mjs";
import { isEvery, turnOfCommit, wayInTurn } from "../run/turn.mjs";

const bats = join(repository, "node_modules/bats/bin/bats");

/** The bundle that a platform's scripts come from. */
const BUNDLE = { el7: "kgc", debian12: "kgc-debian12" };

/** Milliseconds after which one file on one platform hangs: the longest takes ten minutes beside three others, and twice that on a machine that has more to do. */
const LIMIT = 40 * 60_000;

/** Files that take longest, and so begin first: begun last, one of them would run alone at the end. */
const LONGEST = [
  "75-host-with-a-life",
  "78-failover",
  "75-adopted",
  "64-journal",
  "75-in-the-way",
  "61-confirm",
  "63-storage",
  "65-packages",
  "20-drift",
  "72-netfilter",
  "60-undo",
  "11-root",
  "10-paths",
];

const { values, positionals: wanted } = parseArgs({
  options: { in: { type: "string", default: "test/bats" }, turn: { type: "string" } },
  allowPositionals: true,
});
const folder = resolve(repository, values.in);
const platformOf = (image) => image.replace(/-.*/, "");

function rank(file) {
  const index = LONGEST.findIndex((name) => file.startsWith(name));
  return index < 0 ? LONGEST.length : index;
}

/** Two turns are all: no file has more platforms. */
const TURNS = 2;
const turn =
  values.turn === "commit" ? (isEvery() ? undefined : turnOfCommit(TURNS)) : values.turn && Number(values.turn);
if (turn !== undefined && !(Number.isInteger(turn) && turn >= 0)) {
  process.stderr.write(`--turn ${values.turn}: must be a number from 0, or commit\n`);
  process.exit(64);
}
/** How many files run on one of their platforms. */
let shared = 0;

/** Those of a file's platforms that have their turn. */
function inTurn(platforms, index) {
  if (platforms.length > TURNS) throw new Error(`${platforms.join(" ")}: more than ${TURNS} platforms`);
  if (turn === undefined || platforms.length === 1) return platforms;
  shared++;
  return [wayInTurn(platforms, index, turn)];
}

function jobs() {
  const all = readdirSync(folder)
    .filter((file) => file.endsWith(".bats"))
    .sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1))
    .flatMap((file, index) => {
      const platforms = /^# platforms: (.+)$/m.exec(readFileSync(join(folder, file), "utf8"))?.[1];
      if (platforms === undefined) throw new Error(`${file} names no platforms`);
      return inTurn(platforms.split(" "), index).map((image) => ({ file, image }));
    });
  return wanted.length === 0
    ? all
    : all.filter(({ file, image }) => wanted.some((word) => file.includes(word) || image === word));
}

/** What a file finds in its environment; README.md of each folder says how it is used. */
async function environment(image) {
  const every = { LVSGEN: lvsgen(), LVSGEN_BUNDLES: bundlesDirectory };
  if (image === "none") return every;
  const platform = platformOf(image);
  return {
    ...every,
    DOCKER: dockerClient(),
    PLATFORM: platform,
    IMAGE: await ensureImage(image, () => {}),
    BUNDLE: join(bundlesDirectory, BUNDLE[platform]),
    LVSGEN_TEST_OWNER: String(process.pid),
  };
}

/** One bats file on one platform; its TAP lines as they come, each test named with file and platform. */
async function runJob({ file, image }, print) {
  const env = { ...process.env, ...(await environment(image)) };
  // In a process group of its own, so that a file that hangs can be ended with all that it started. (bats' own time limit
  // keeps the stream open until it is over.)
  const child = spawn(bats, ["--tap", join(folder, file)], { env, cwd: repository, detached: true });
  const limit = setTimeout(() => process.kill(-child.pid, "SIGKILL"), LIMIT);
  const prefix = `${file.replace(".bats", "")} ${image}`;
  let planned;
  let seen = 0;
  // A result and what is said about it stay together, whatever runs beside it.
  const block = [];
  const flush = () => block.splice(0).forEach(print);
  const take = (line) => {
    const plan = /^1\.\.(\d+)/.exec(line);
    const result = /^(not ok|ok) \d+ (.*)$/.exec(line);
    if (plan) planned = Number(plan[1]);
    else if (result) {
      flush();
      seen += 1;
      block.push(`${result[1]} - ${prefix}: ${result[2]}`);
      if (result[1] === "ok") flush();
    } else if (line !== "") block.push(line.startsWith("#") ? line : `# ${line}`);
  };
  createInterface({ input: child.stdout }).on("line", take);
  createInterface({ input: child.stderr }).on("line", take);
  await new Promise((done) => child.on("close", done));
  clearTimeout(limit);
  flush();
  // A file that could not be read or set up, or whose tests vanished, is a failure of its own.
  if (planned === undefined || seen < planned)
    print(`not ok - ${prefix}: ${seen} of ${planned ?? "unknown"} tests reported`);
  return planned !== undefined && seen === planned;
}

/** Of the jobs that are done: what, and seconds. */
const took = [];

async function timed(job, print) {
  const begun = Date.now();
  await runJob(job, print);
  took.push([`${job.file.replace(".bats", "")} ${job.image}`, Math.round((Date.now() - begun) / 1000)]);
}

const queue = jobs();
if (queue.some(({ image }) => image !== "none")) container("reap");
let failed = queue.length === 0;
let tests = 0;
const print = (line) => {
  if (line.startsWith("not ok")) failed = true;
  if (/^(not )?ok /.test(line)) tests += 1;
  process.stdout.write(`${line}\n`);
};
// Guests that boot and watchdogs that wait leave the processors to others.
const places = Math.min(8, 2 * availableParallelism());
await Promise.all(
  Array.from({ length: places }, async () => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) await timed(job, print);
  }),
);
print(`1..${tests}`);
const longest = took
  .sort(([, one], [, other]) => other - one)
  .slice(0, 12)
  .map(([what, seconds]) => `${what} ${seconds}`);
if (turn !== undefined)
  print(
    `## turn ${turn % TURNS} of ${TURNS} (from 0): ${shared} files on one of their two platforms, in the other turn on the other`,
  );
print(`## longest, in seconds beside ${places - 1} others: ${longest.join(", ")}`);
process.exitCode = failed ? 1 : 0;
