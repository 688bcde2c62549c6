#!/usr/bin/env node
// The fault harness: kills scripts, and makes their commands fail, at every external command that they run, and looks whether the same
// command again ends where an undisturbed one would, and rollback where it began. TAP; what it counted stands in `## ` lines.
//   run.mjs [--all [--brief] [--parts N]] [--places N] [--seed N] [--turn K] [WORD…]      WORDs pick what has all of them in its name: `el7 director drain`, `director ha rollback`; a
//   fault (`kill`) of all is tried alone. --brief: from states that several points leave, each way on once. --places: how many guests at
//   once; --parts: among how many a command's points are shared out. Without --all, six runs try every point of every role's apply
//   between them: each commit has its turn (0 to 5; by its hash), which --turn chooses
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureImage } from "../docker/image.mjs";
import { turnOfCommit } from "../run/turn.mjs";
import { buildBundles } from "./changed.mjs";
import { tryPoints } from "./guest.mjs";
import { fullPlan, quickPlan, RUNS } from "./plan.mjs";

// A guest waits most of its time: for answers to arping, for a daemon to settle.
const PLACES = "6";
const NOOP_LIMIT = 25;

function options() {
  try {
    return parseArgs({
      options: {
        all: { type: "boolean" },
        brief: { type: "boolean" },
        seed: { type: "string", default: "20" },
        turn: { type: "string" },
        places: { type: "string", default: PLACES },
        parts: { type: "string" },
      },
      allowPositionals: true,
    });
  } catch (error) {
    process.stderr.write(
      `${error.message}\nUsage: run.mjs [--all [--brief] [--parts N]] [--places N] [--seed N] [--turn 0|…|${RUNS - 1}] [WORD…]\n`,
    );
    process.exit(64);
  }
}

const { values, positionals: words } = options();
const { all: everything, brief } = values;
const seed = Number(values.seed);

const turn = values.turn === undefined ? turnOfCommit(RUNS) : Number(values.turn);
if (!Number.isInteger(turn) || turn < 0 || turn >= RUNS) {
  process.stderr.write(`--turn ${values.turn}: must be from 0 to ${RUNS - 1}\n`);
  process.exit(64);
}

const print = (line) => process.stdout.write(`${line}\n`);
const nameOf = ({ platform, role, variant }, { scenario }) =>
  [platform, role, ...(variant ? [variant] : []), scenario].join(" ");

const matches = (job, one) => words.every((word) => [...nameOf(job, one).split(" "), ...one.faults].includes(word));
const asked = (one) => {
  const faults = one.faults.filter((fault) => words.includes(fault));
  return faults.length > 0 ? { ...one, faults } : one;
};
const numberOf = (option) => {
  const number = Number(values[option]);
  if (Number.isInteger(number) && number > 0) return number;
  process.stderr.write(`--${option} ${values[option]}: must be a number from 1\n`);
  process.exit(64);
};
const places = numberOf("places");
const parts = values.parts === undefined ? undefined : numberOf("parts");
const plan = (everything ? fullPlan(brief, parts) : quickPlan(seed, turn))
  .map((job) => ({ ...job, tries: job.tries.filter((one) => matches(job, one)).map(asked) }))
  .filter(({ tries }) => tries.length > 0);
const platforms = [...new Set(plan.map(({ platform }) => platform))];
const directory = join(tmpdir(), `lvsgen-faults-${process.pid}`);
const images = new Map();
const bundles = new Map();
for (const platform of platforms) {
  images.set(platform, await ensureImage(platform, () => {}));
  bundles.set(platform, buildBundles(platform, directory));
}

let failed = 0;
let tests = 0;
/** What was counted: name of the try, to the points tried, those of them that only repeated a state, and all that there are. */
const counts = new Map();

function verdict(name, { ok, fault, number, command, notes }) {
  tests += 1;
  print(`${ok ? "ok" : "not ok"} - ${name} ${fault} ${number}: ${command}`);
  if (ok) return;
  for (const note of notes) print(note.startsWith("#") ? note : `# ${note}`);
  failed += 1;
}

function record(job, one, result) {
  const name = nameOf(job, one);
  const count = counts.get(name) ?? { tried: 0, repeated: 0, points: 0 };
  counts.set(name, count);
  if (result.points !== undefined) {
    count.points = result.points;
    if (one.scenario !== "noop") return;
    const ok = job.role !== "director" || result.points <= NOOP_LIMIT;
    const command = `an apply with nothing to do starts ${result.points} processes`;
    verdict(name, { ok, fault: "none", number: 0, command, notes: [] });
    return;
  }
  verdict(name, result);
  if (result.number > 0) count.tried += 1;
  if (result.command.startsWith("= ")) count.repeated += 1;
}

const queue = [...plan];
await Promise.all(
  Array.from({ length: places }, async () => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      await tryPoints(job, images.get(job.platform), bundles.get(job.platform), (one, result) =>
        record(job, one, result),
      ).catch((error) =>
        verdict(`${job.platform} ${job.role}`, {
          ok: false,
          fault: "none",
          number: 0,
          command: "runs",
          notes: error.stack.split("\n"),
        }),
      );
    }
  }),
);
rmSync(directory, { recursive: true, force: true });

print(`1..${tests}`);
let total = 0;
for (const [name, { tried, repeated, points }] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
  total += tried;
  const same = repeated > 0 ? `, ${repeated} of them left the state of an earlier one` : "";
  if (name.endsWith(" noop"))
    print(`## ${name.replace(" noop", "")}: an apply with nothing to do starts ${points} processes`);
  else print(`## ${name}: ${tried} points tried of a command that has ${points}${same}`);
}
const which = everything ? "" : `; seed ${seed}, turn ${turn} of ${RUNS} (from 0) at every point of an apply`;
print(`## ${total} points tried, ${failed} failed${which}`);
process.exitCode = failed === 0 && plan.length > 0 ? 0 : 1;
