#!/usr/bin/env node
// A simulated year in guests, with live state, boots and drains: guests.mjs [--seed S] [--sequences N] [--steps N] [--seconds N] [--workers N]
// TAP; the figures stand in `## ` lines. What is not done after so many seconds (an hour) is left out and said: a busy machine is no fault.
// --plants [WORD…]: the same with a fault in the scripts, which has to be found (plants.json; those that have the words in their name).
// What is found is not made small here: SIMULATE_TRACE=1 with --sequences 1 --seed S shows what each run said.
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureImage } from "../docker/image.mjs";
import { buildBundles } from "../faults/changed.mjs";
import { GuestHost } from "./guest-host.mjs";
import { GuestPlay } from "./guest-play.mjs";
import { guestSequence } from "./guest-steps.mjs";
import { PLANTS, planted } from "./plants.mjs";

const text = { type: "string" };
const { values: options, positionals: words } = parseArgs({
  allowPositionals: true,
  options: { seconds: text, seed: text, sequences: text, steps: text, workers: text, plants: { type: "boolean" } },
});
const firstSeed = Number(options.seed ?? 12);
const most = Number(options.sequences ?? 6);
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
let failed = 0;
let leftOut = 0;

async function playSeed(seed, scripts) {
  const sequence = guestSequence(seed, Number(options.steps ?? 50));
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
  seeds.push(seed);
  for (const [what, count] of Object.entries(play?.counts ?? {})) totals[what] = (totals[what] ?? 0) + count;
  leftOut += play?.leftOut ?? 0;
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  return {
    ...sequence,
    fault,
    what: `${platform} ${role} seed ${seed}: ${play?.counts.steps ?? 0} steps, ${seconds} s`,
  };
}

function tell(ok, what, fault, steps) {
  print(`${ok ? "ok" : "not ok"} ${seeds.length} - ${what}`);
  if (ok) return;
  failed += 1;
  if (!fault) return;
  print(`# ${fault.oracle}; after step ${fault.index + 1}${fault.struck ? `, disturbed at: ${fault.struck}` : ""}:`);
  for (const line of fault.lines) print(`#   ${line}`);
  for (const step of steps.slice(0, fault.index + 1)) print(`#   ${JSON.stringify(step)}`);
}

async function playSound(seed) {
  const { fault, what, steps } = await playSeed(seed, (platform) => bundles[platform]);
  tell(!fault, what, fault, steps);
}

/** A sequence with a fault in its scripts: the oracle that is there for it has to find it. */
async function playPlanted(plant, index) {
  const scripts = (platform) => planted(bundles[platform], join(directory, `planted-${index}`), plant);
  const { fault, what, steps } = await playSeed(plant.seed, scripts);
  const found = fault !== undefined && plant.oracle.test(fault.oracle);
  tell(
    found,
    `planted: ${plant.name}: ${found ? `"${fault.oracle}" finds it` : "is not found"} (${what})`,
    fault,
    steps,
  );
}

const jobs = options.plants
  ? PLANTS.filter(({ name }) => words.every((word) => name.includes(word))).map(
      (plant, index) => () => playPlanted(plant, index),
    )
  : Array.from({ length: most }, (_, index) => () => playSound(firstSeed + index));
await Promise.all(
  Array.from({ length: Number(options.workers ?? 2) }, async () => {
    while (jobs.length > 0 && (seeds.length === 0 || Date.now() < deadline)) await jobs.shift()();
  }),
);
rmSync(directory, { recursive: true, force: true });
print(`1..${seeds.length}`);
const named = (pattern) =>
  Object.keys(totals)
    .filter((what) => pattern.test(what))
    .sort()
    .map((what) => `${totals[what]} ${what}`)
    .join(", ");
print(
  `## simulate, guests: seeds ${[...new Set(seeds)].sort((a, b) => a - b).join(" ")}: ${seeds.length} sequences, ${totals.steps ?? 0} steps; ${named(/ runs$/)}`,
);
print(
  `## simulate, guests: ${named(/ struck$|^reboots$|^resets$|confirmed$|by hand$/)}; ${named(/^compared|^second/)}`,
);
if (leftOut + jobs.length > 0)
  print(`## simulate, guests: the time was over: ${leftOut} steps and ${jobs.length} sequences were left out`);
process.exitCode = failed === 0 && seeds.length > 0 ? 0 : 1;
