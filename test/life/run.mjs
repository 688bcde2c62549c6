#!/usr/bin/env node
// The table of hosts that have a life: each row goes from the state before through apply, boot, verify, rollback and uninstall back to it.
//   run.mjs [--turn] [--workers N] [WORD…]      WORDs: rows that have one of them in their id, platform, role or title. --turn: every other row,
//   by this commit's turn (test/run/turn.mjs)
// TAP; the table and its count stand in `## ` lines.
import { mkdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { container, containerMeanwhile, repository } from "../docker/container.mjs";
import { Guest, HOST } from "../docker/guest.mjs";
import { ensureImage } from "../docker/image.mjs";
import { ensureLayer } from "../docker/layer.mjs";
import { buildScripts } from "../docker/variants.mjs";
import { isEvery, turnOfCommit } from "../run/turn.mjs";
import { Fault } from "../simulate/fault.mjs";
import { RowPlay } from "./play.mjs";
import { ROWS } from "./rows/index.mjs";

const { values: options, positionals: words } = parseArgs({
  allowPositionals: true,
  // Guests that boot, and VIPs that are announced, leave the processors to others.
  options: {
    turn: { type: "boolean" },
    workers: { type: "string", default: String(Math.min(8, 2 * availableParallelism())) },
  },
});
const bundles = join(repository, "test/report/life");
const print = (line) => process.stdout.write(`${line}\n`);

const nameOf = ({ id, platform, role, title }) => `${id} ${platform} ${role}: ${title}`;
const TURNS = 2;
const turn = options.turn && !isEvery() ? turnOfCommit(TURNS) : undefined;
const chosen = ROWS.filter(
  (row, index) =>
    (turn === undefined || index % TURNS === turn) &&
    (words.length === 0 || words.some((word) => nameOf(row).includes(word))),
);

/** `firewalls` are the guests of test/firewalls, with Debian's real ones in them. */
const IMAGES = {
  el7: () => ensureImage("el7", () => {}),
  debian12: () => ensureImage("debian12", () => {}),
  firewalls: () => ensureLayer("firewalls", join(repository, "test/firewalls"), (line) => print(`# ${line}`)),
};
const images = {};

async function startGuest(row, number) {
  const scripts = join(bundles, String(number));
  await buildScripts(JSON.stringify(row.description), join(scripts, "now"));
  if (row.next) await buildScripts(JSON.stringify(row.next), join(scripts, "next"));
  const [name, address] = row.host ?? HOST[row.role];
  const nics = [`ens33=${address.includes("/") ? address : `${address}/24`}`, ...(row.nics ?? [])];
  const id = await containerMeanwhile(
    "start",
    images[row.image ?? row.platform],
    name,
    ...nics.flatMap((nic) => ["--nic", nic]),
    "--mount",
    `${scripts}:/media/usb`,
    "--",
    ...(row.ipv6 ? ["all", "default"] : []).flatMap((which) => ["--sysctl", `net.ipv6.conf.${which}.disable_ipv6=0`]),
  );
  return new Guest(id);
}

async function playRow(row, number) {
  const began = Date.now();
  let guest;
  let play;
  let fault;
  try {
    guest = await startGuest(row, number);
    play = new RowPlay(row, guest);
    await play.play();
  } catch (error) {
    fault = error instanceof Fault ? error : { oracle: "the driver itself", lines: error.stack.split("\n") };
  } finally {
    await guest?.remove();
  }
  return { row, fault, counts: play?.counts ?? {}, seconds: (Date.now() - began) / 1000 };
}

container("reap");
rmSync(bundles, { recursive: true, force: true });
mkdirSync(bundles, { recursive: true });
for (const image of new Set(chosen.map(({ image, platform }) => image ?? platform)))
  images[image] = await IMAGES[image]();

const results = [];
const queue = chosen.map((row, index) => [row, index]);
await Promise.all(
  Array.from({ length: Number(options.workers) }, async () => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      const result = await playRow(...job);
      results.push(result);
      print(`${result.fault ? "not ok" : "ok"} ${results.length} - ${nameOf(result.row)}`);
      if (result.fault) for (const line of [result.fault.oracle, ...result.fault.lines]) print(`#   ${line}`);
    }
  }),
);
print(`1..${results.length}`);

const total = (what) => results.reduce((sum, { counts }) => sum + (counts[what] ?? 0), 0);
const passed = results.filter(({ fault }) => !fault).length;
for (const { row, fault, counts, seconds } of [...results].sort(
  (one, other) => ROWS.indexOf(one.row) - ROWS.indexOf(other.row),
))
  print(
    `## ${fault ? "✘" : "✔"} ${row.id.padEnd(3)} ${row.platform.padEnd(8)} ${row.role.padEnd(10)} ${String(counts.boots ?? 0).padStart(2)} boots ${String(counts.states ?? 0).padStart(2)} states ${seconds.toFixed(1).padStart(5)} s  ${row.title}`,
  );
print(
  `## hosts with a life: ${passed} of ${results.length} rows${turn === undefined ? "" : ` (turn ${turn} of ${TURNS} from 0: every other row)`}; ${total("runs")} runs, ${total("boots")} boots, ${total("states")} states compared, ${total("looks")} looks`,
);
process.exitCode = passed === results.length && passed > 0 ? 0 : 1;
