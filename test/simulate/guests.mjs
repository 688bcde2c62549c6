#!/usr/bin/env node
// A simulated year in guests, with live state, boots and drains: guests.mjs [--seconds N] [--seed S] [--sequences N] [--steps N] [--workers N]
// TAP; the figures stand in `## ` lines. What is found is not made small here: try its steps by --sequences 1 --seed S.
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureImage } from "../docker/image.mjs";
import { buildBundles } from "../faults/changed.mjs";
import { GuestHost } from "./guest-host.mjs";
import { GuestPlay } from "./guest-play.mjs";
import { guestSequence } from "./guest-steps.mjs";

const text = { type: "string" };
const { values: options } = parseArgs({
  options: { seconds: text, seed: text, sequences: text, steps: text, workers: text },
});
const firstSeed = Number(options.seed ?? 10);
const most = Number(options.sequences ?? Number.POSITIVE_INFINITY);
const deadline = Date.now() + 1000 * Number(options.seconds ?? 120);
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

async function playSeed(seed) {
  const sequence = guestSequence(seed, Number(options.steps ?? 14));
  const { platform, role, steps } = sequence;
  const began = Date.now();
  const host = new GuestHost(images[platform], bundles[platform], role);
  const play = new GuestPlay(host, sequence);
  let fault;
  try {
    fault = await play.play();
  } catch (error) {
    fault = { index: -1, oracle: "the driver itself", lines: error.stack.split("\n") };
  } finally {
    host.remove();
  }
  seeds.push(seed);
  for (const [what, count] of Object.entries(play.counts)) totals[what] = (totals[what] ?? 0) + count;
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  print(
    `${fault ? "not ok" : "ok"} ${seeds.length} - ${platform} ${role} seed ${seed}: ${play.counts.steps} steps, ${seconds} s`,
  );
  if (!fault) return;
  failed += 1;
  print(`# ${fault.oracle}; after step ${fault.index + 1}${fault.struck ? `, disturbed at: ${fault.struck}` : ""}:`);
  for (const line of fault.lines) print(`#   ${line}`);
  for (const step of steps.slice(0, fault.index + 1)) print(`#   ${JSON.stringify(step)}`);
}

let next = firstSeed;
await Promise.all(
  Array.from({ length: Number(options.workers ?? 2) }, async () => {
    while (next < firstSeed + most && Date.now() < deadline) await playSeed(next++);
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
  `## simulate, guests: seeds ${firstSeed} to ${next - 1}: ${seeds.length} sequences, ${totals.steps ?? 0} steps; ${named(/ runs$/)}`,
);
print(`## simulate, guests: ${named(/ struck$|boots$|resets$|confirmed$/)}; ${named(/^compared/)}`);
process.exitCode = failed === 0 && seeds.length > 0 ? 0 : 1;
