#!/usr/bin/env node
// Several clusters on one host, in guests: applied, changed, renamed and taken off in any order, with boots between:
//   clusters.mjs [--seed S] [--sequences N] [--steps N] [--seconds N] [--workers N]
// TAP; the figures stand in `## ` lines. What is not begun after so many seconds (an hour) is left out and said: a busy machine is no fault.
// --plants [WORD…]: the same with a fault in the scripts, which has to be found (clusters/plants.json; those that have the words in their name).
// SIMULATE_TRACE=1 with --sequences 1 --seed S shows what each run said.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureImage } from "../docker/image.mjs";
import { scriptsOf } from "./bundles.mjs";
import { SharedGuest } from "./clusters/guest.mjs";
import { ClustersPlay, scriptFiles } from "./clusters/play.mjs";
import { clustersSequence } from "./clusters/steps.mjs";
import { Targets } from "./clusters/targets.mjs";
import { plantedText } from "./plants.mjs";

const text = { type: "string" };
const { values: options, positionals: words } = parseArgs({
  allowPositionals: true,
  options: { seconds: text, seed: text, sequences: text, steps: text, workers: text, plants: { type: "boolean" } },
});
const firstSeed = Number(options.seed ?? 1);
const most = Number(options.sequences ?? 4);
const deadline = Date.now() + 1000 * Number(options.seconds ?? 3600);
const print = (line) => process.stdout.write(`${line}\n`);

const directory = join(tmpdir(), `lvsgen-clusters-${process.pid}`);
const images = {};
for (const platform of ["debian12", "el7"]) images[platform] = await ensureImage(platform, () => {});

const totals = {};
const seeds = [];
let played = 0;
let failed = 0;

/** What sets of clusters make of a host, for all sequences that have the same. */
const learnt = new Map();
function targetsFor({ platform, shape }, plant) {
  const key = `${platform} ${shape}`;
  if (plant || !learnt.has(key)) learnt.set(key, new Targets());
  return learnt.get(key);
}

async function playSequence(sequence, name, plant) {
  const began = Date.now();
  let guest;
  let play;
  let fault;
  try {
    const files = await scriptFiles(sequence, (description) => scriptsOf(description, directory));
    guest = await SharedGuest.start(images[sequence.platform], plant ? plantInto(files, plant) : files);
    play = new ClustersPlay(guest, sequence, targetsFor(sequence, plant));
    fault = await play.play();
  } catch (error) {
    fault = { index: -1, oracle: "the driver itself", lines: error.stack.split("\n") };
  } finally {
    await guest?.remove();
  }
  played += 1;
  for (const [what, count] of Object.entries(play?.counts ?? {})) totals[what] = (totals[what] ?? 0) + count;
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  const { platform, shape, steps } = sequence;
  return { fault, what: `${platform} ${shape} ${name}: ${steps.length} steps, ${seconds} s` };
}

/** A copy of the scripts with the fault in each that has the place. */
function plantInto(files, plant) {
  mkdirSync(directory, { recursive: true });
  const folder = mkdtempSync(join(directory, "planted-"));
  let places = 0;
  const planted = {};
  for (const [name, file] of Object.entries(files)) {
    const bent = plantedText(readFileSync(file, "utf8"), plant);
    if (bent === undefined) planted[name] = file;
    else {
      places += 1;
      planted[name] = join(folder, name);
      writeFileSync(planted[name], bent);
    }
  }
  if (places === 0) throw new Error(`no script has the place for the fault: ${plant.name}`);
  return planted;
}

function tell(ok, what, fault, steps) {
  print(`${ok ? "ok" : "not ok"} ${played} - ${what}`);
  if (ok) return;
  failed += 1;
  if (!fault) return;
  print(`# ${fault.oracle}; after step ${fault.index + 1}:`);
  for (const line of fault.lines) print(`#   ${line}`);
  for (const step of steps.slice(0, fault.index + 1)) print(`#   ${JSON.stringify(step)}`);
}

const ofSeed = (seed) => clustersSequence(seed, Number(options.steps ?? 7));

async function playSound(seed) {
  const sequence = ofSeed(seed);
  seeds.push(seed);
  const { fault, what } = await playSequence(sequence, `seed ${seed}`);
  tell(!fault, what, fault, sequence.steps);
}

/** A sequence with a fault in its scripts: the oracle that is there for it has to find it. */
async function playPlanted(plant) {
  const sequence = plant.steps ? plant : ofSeed(plant.seed);
  const { fault, what } = await playSequence(sequence, plant.steps ? "as written down" : `seed ${plant.seed}`, plant);
  const found = fault !== undefined && new RegExp(plant.oracle).test(fault.oracle);
  const finding = found ? `"${fault.oracle}" finds it` : "is not found";
  tell(found, `planted: ${plant.name}: ${finding} (${what})`, fault, sequence.steps);
}

const plants = () => JSON.parse(readFileSync(join(import.meta.dirname, "clusters/plants.json"), "utf8"));
const jobs = options.plants
  ? plants()
      .filter(({ name }) => words.every((word) => name.includes(word)))
      .map((plant) => () => playPlanted(plant))
  : Array.from({ length: most }, (_, index) => () => playSound(firstSeed + index));
await Promise.all(
  Array.from({ length: Number(options.workers ?? 2) }, async () => {
    while (jobs.length > 0 && (played === 0 || Date.now() < deadline)) await jobs.shift()();
  }),
);
rmSync(directory, { recursive: true, force: true });
for (let number = 1; number <= jobs.length; number += 1)
  print(`ok ${played + number} - a sequence that the time was over for # SKIP`);
print(`1..${played + jobs.length}`);
const figures = Object.entries(totals).map(([what, count]) => `${count} ${what}`);
print(
  `## simulate, clusters: ${options.plants ? "planted faults" : `seeds ${seeds.join(" ")}`}: ${played} sequences; ${figures.join(", ")}`,
);
if (jobs.length > 0) print(`## simulate, clusters: the time was over: ${jobs.length} sequences were left out`);
process.exitCode = failed === 0 && played > 0 ? 0 : 1;
