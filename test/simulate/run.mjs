#!/usr/bin/env node
// A simulated year of operations, many times: random sequences of what people do to a host, each with --root on a tree of its own.
//   run.mjs [--seconds N | --minutes N] [--seed S] [--sequences N] [--workers N] [--no-cases] [--no-shrink] [--keep DIR] [--turns N]
//   run.mjs --replay FILE…     plays saved cases
// --turns: so many runs have these sequences and those that follow between them, each the turn of its commit (test/run/turn.mjs).
// TAP; the figures stand in `## ` lines. What is found is made small and printed as commands and as a case to save; --keep DIR saves it.
import { fork } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { seedsOfTurn } from "../run/turn.mjs";
import { sequence } from "./generate.mjs";
import { asShell } from "./tell.mjs";

const HERE = import.meta.dirname;
const SHRINK_SECONDS = 90;

const number = { type: "string" };
const { values: options, positionals } = parseArgs({
  options: {
    seconds: number,
    minutes: number,
    seed: number,
    sequences: number,
    workers: number,
    turns: number,
    keep: { type: "string" },
    "no-cases": { type: "boolean" },
    "no-shrink": { type: "boolean" },
    replay: { type: "boolean" },
  },
  allowPositionals: true,
});
// A soak takes another path each time; `npm test` the same one.
const { first: firstSeed, count: most } = seedsOfTurn(
  Number(options.seed ?? (options.minutes ? 10_000 + (Math.floor(Date.now() / 1000) % 1_000_000) * 100 : 1000)),
  Number(options.sequences ?? Number.POSITIVE_INFINITY),
  Number(options.turns ?? 1),
);
const limit = options.minutes ? 60 * Number(options.minutes) : Number(options.seconds ?? 150);
const deadline = Date.now() + 1000 * limit;
const print = (line) => process.stdout.write(`${line}\n`);

function caseFiles() {
  if (options.replay) return positionals;
  if (options["no-cases"]) return [];
  const directory = join(HERE, "cases");
  return readdirSync(directory)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(directory, name));
}

function* work() {
  for (const file of caseFiles()) {
    const saved = JSON.parse(readFileSync(file, "utf8"));
    yield { name: `case: ${saved.name}`, sequence: saved, shrinkFor: 0 };
  }
  if (options.replay) return;
  for (let seed = firstSeed; seed < firstSeed + most && Date.now() < deadline; seed += 1)
    yield {
      name: `seed ${seed}`,
      sequence: sequence(seed),
      shrinkFor: options["no-shrink"] ? 0 : 1000 * SHRINK_SECONDS,
      seed,
    };
}

const totals = {};
const seeds = [];
let tests = 0;
let failed = 0;

function report({ name, sequence: played, seed }, { counts, seconds, fault, small }) {
  tests += 1;
  for (const [what, count] of Object.entries(counts)) totals[what] = (totals[what] ?? 0) + count;
  if (seed !== undefined) seeds.push(seed);
  print(
    `${fault ? "not ok" : "ok"} ${tests} - ${name}${seed === undefined ? "" : `: ${counts.steps} steps, ${seconds.toFixed(1)} s`}`,
  );
  if (!fault) return;
  failed += 1;
  const shown = small ?? { ...played, steps: played.steps.slice(0, fault.index + 1) };
  print(`# ${fault.oracle}; after step ${fault.index + 1}${fault.struck ? `, disturbed at: ${fault.struck}` : ""}:`);
  for (const line of fault.lines) print(`#   ${line}`);
  if (seed === undefined) return;
  for (const line of asShell(shown)) print(`#   ${line}`);
  if (options.keep === undefined) return;
  mkdirSync(options.keep, { recursive: true });
  writeFileSync(
    join(options.keep, `seed-${seed}.json`),
    `${JSON.stringify({ name: fault.oracle, ...shown }, null, 1)}\n`,
  );
}

const queue = work();
function hire() {
  return fork(join(HERE, "worker.mjs"), {
    execPath: join(HERE, "host/enter"),
    execArgv: [process.execPath],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

async function workUntilDone() {
  let worker = hire();
  let deaths = 0;
  for (const one of queue) {
    if (!worker.connected) worker = hire();
    worker.send({ sequence: one.sequence, shrinkFor: one.shrinkFor });
    const answer = await new Promise((done) => {
      worker.once("message", done);
      worker.once("exit", (code) => done(died(code)));
      worker.once("error", ({ message }) => done(died(message)));
    });
    worker.removeAllListeners();
    report(one, answer);
    deaths = worker.connected ? 0 : deaths + 1;
    // Where no worker can be started, none of them goes on.
    if (deaths === 3) return;
  }
  if (worker.connected) worker.disconnect();
}

const died = (code) => ({
  counts: {},
  seconds: 0,
  fault: { index: 0, oracle: "the worker goes on", lines: [`it ended with ${code}`] },
});

const began = Date.now();
await Promise.all(Array.from({ length: Number(options.workers ?? 2) }, workUntilDone));
// A soak is over with its time; of a fixed number of sequences none is left out without a word.
const asked = options.minutes || options.replay || !Number.isFinite(most) ? 0 : most;
for (let seed = firstSeed + seeds.length; seed < firstSeed + asked; seed += 1) {
  tests += 1;
  print(`ok ${tests} - seed ${seed} # SKIP the time was over`);
}
print(`1..${tests}`);
const of = (what) => totals[what] ?? 0;
const named = (pattern) =>
  Object.keys(totals)
    .filter((what) => pattern.test(what))
    .sort()
    .map((what) => `${of(what)} ${what}`)
    .join(", ");
if (seeds.length) {
  seeds.sort((a, b) => a - b);
  print(
    `## simulate: seeds ${seeds[0]} to ${seeds.at(-1)}: ${seeds.length} sequences, ${of("steps")} steps in ${Math.round((Date.now() - began) / 1000)} s`,
  );
}
print(`## simulate: ${named(/ runs$/)}; ${named(/ struck$/)}`);
print(`## simulate: ${of("clean applies")} clean applies, each looked at a second time; ${named(/^compared/)}`);
process.exitCode = failed === 0 && tests > 0 ? 0 : 1;
