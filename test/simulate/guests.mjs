#!/usr/bin/env node
// A simulated year in guests, with live state, boots and drains: guests.mjs [--seed S] [--sequences N] [--steps N] [--seconds N] [--workers N] [--turns N]
// TAP; the figures stand in `## ` lines. What is not done after so many seconds (an hour) is left out and said: a busy machine is no fault.
// --turns: so many runs have these sequences and those that follow between them, each the turn of its commit (test/run/turn.mjs).
// --plants [WORD…]: the same with a fault in the scripts, which has to be found (plants.json; those that have the words in their name).
// What is found is not made small here: SIMULATE_TRACE=1 with --sequences 1 --seed S shows what each run said.
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureImage } from "../docker/image.mjs";
import { buildBundles } from "../faults/changed.mjs";
import { seedsOfTurn } from "../run/turn.mjs";
import { GuestHost } from "./guest-host.mjs";
import { GuestPlay } from "./guest-play.mjs";
import { guestSequence } from "./guest-steps.mjs";
import { PLANTS, planted } from "./plants.mjs";

const text = { type: "string" };
const { values: options, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: text,
    seed: text,
    sequences: text,
    steps: text,
    workers: text,
    turns: text,
    plants: { type: "boolean" },
  },
});
const { first: firstSeed, count: most } = seedsOfTurn(
  Number(options.seed ?? 12),
  Number(options.sequences ?? 8),
  Number(options.turns ?? 1),
);
const deadline = Date.now() + 1000 * Number(options.seconds ?? 3600);
/** The oracle of a find that is none. */
const DRIVER = "the driver itself";
const print = (line) => process.stdout.write(`${line}\n`);

const directory = join(tmpdir(), `lvsgen-simulate-${process.pid}`);
const images = {};
const bundles = {};
for (const platform of ["debian12", "el7"]) {
  images[platform] = await ensureImage(platform, () => {});
  bundles[platform] = buildBundles(platform, directory);
}

const totals = {};
const seeds = [];
let played = 0;
let failed = 0;
let leftOut = 0;

async function playSequence(sequence, name, scripts) {
  const { platform, role } = sequence;
  const began = Date.now();
  let host;
  let play;
  let fault;
  try {
    host = await GuestHost.start(images[platform], scripts(platform), role);
    play = new GuestPlay(host, sequence, deadline);
    fault = await play.play();
  } catch (error) {
    fault = { index: -1, oracle: DRIVER, lines: error.stack.split("\n") };
  } finally {
    await host?.remove();
  }
  played += 1;
  for (const [what, count] of Object.entries(play?.counts ?? {})) totals[what] = (totals[what] ?? 0) + count;
  leftOut += play?.leftOut ?? 0;
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  return { fault, what: `${platform} ${role} ${name}: ${play?.counts.steps ?? 0} steps, ${seconds} s` };
}

function tell(ok, what, fault, steps) {
  print(`${ok ? "ok" : "not ok"} ${played} - ${what}`);
  if (ok) return;
  failed += 1;
  if (!fault) return;
  print(`# ${fault.oracle}; after step ${fault.index + 1}${fault.struck ? `, disturbed at: ${fault.struck}` : ""}:`);
  for (const line of fault.lines) print(`#   ${line}`);
  for (const step of steps.slice(0, fault.index + 1)) print(`#   ${JSON.stringify(step)}`);
}

const ofSeed = (seed) => guestSequence(seed, Number(options.steps ?? 50));

async function playSound(sequence, name) {
  const { fault, what } = await playSequence(sequence, name, (platform) => bundles[platform]);
  tell(!fault, what, fault, sequence.steps);
}

/** A sequence with a fault in its scripts: the oracle that is there for it has to find it. */
async function playPlanted(plant, index) {
  const scripts = (platform) => planted(bundles[platform], join(directory, `planted-${index}`), plant);
  const sequence = ofSeed(plant.seed);
  const { fault, what } = await playSequence(sequence, `seed ${plant.seed}`, scripts);
  const found = fault !== undefined && plant.oracle.test(fault.oracle);
  const finding = found ? `"${fault.oracle}" finds it` : "is not found";
  tell(found, `planted: ${plant.name}: ${finding} (${what})`, fault, sequence.steps);
}

/** Sequences that once found something, kept; a seed that is named is played alone. */
const cases =
  options.seed === undefined ? JSON.parse(readFileSync(join(import.meta.dirname, "guest-cases.json"), "utf8")) : [];

const jobs = options.plants
  ? PLANTS.filter(({ name }) => words.every((word) => name.includes(word))).map(
      (plant, index) => () => playPlanted(plant, index),
    )
  : [
      ...cases.map((one) => () => playSound({ ...one, ending: one.steps.length }, `"${one.name}"`)),
      ...Array.from({ length: most }, (_, index) => async () => {
        seeds.push(firstSeed + index);
        await playSound(ofSeed(firstSeed + index), `seed ${firstSeed + index}`);
      }),
    ];
await Promise.all(
  Array.from({ length: Number(options.workers ?? 2) }, async () => {
    while (jobs.length > 0 && (played === 0 || Date.now() < deadline)) await jobs.shift()();
  }),
);
rmSync(directory, { recursive: true, force: true });
const skipped = jobs.length + (leftOut > 0 ? 1 : 0);
for (let number = 1; number <= skipped; number += 1)
  print(`ok ${played + number} - steps and sequences that the time was over for # SKIP`);
print(`1..${played + skipped}`);
const named = (pattern) =>
  Object.keys(totals)
    .filter((what) => pattern.test(what))
    .sort()
    .map((what) => `${totals[what]} ${what}`)
    .join(", ");
print(
  `## simulate, guests: ${options.plants ? "planted faults" : `cases and seeds ${seeds.join(" ")}`}: ${played} sequences, ${totals.steps ?? 0} steps; ${named(/ runs$/)}`,
);
print(
  `## simulate, guests: ${named(/ struck$|^reboots$|^resets$|confirmed$|by hand$/)}; ${named(/^compared|^second/)}`,
);
if (leftOut + jobs.length > 0)
  print(`## simulate, guests: the time was over: ${leftOut} steps and ${jobs.length} sequences were left out`);
process.exitCode = failed === 0 && played > 0 ? 0 : 1;
