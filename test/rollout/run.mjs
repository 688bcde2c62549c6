#!/usr/bin/env node
// Twenty hosts, rolled out over OpenSSH: a failing fourth, stopped and resumed; then killed at ten random points and resumed.
//   run.mjs [--seed N] [--kills N]
// TAP; what was seen stands in `## ` lines.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { container, repository } from "../docker/container.mjs";
import { ensureLayer } from "../docker/layer.mjs";
import { buildScripts } from "../docker/variants.mjs";
import { DESCRIPTION, HOSTS, openWays, SERVERS, startGuests, truthOf } from "./cluster.mjs";

const { values: options } = parseArgs({
  options: { seed: { type: "string", default: "17" }, kills: { type: "string", default: "10" } },
});
const print = (line) => process.stdout.write(`${line}\n`);
const place = join(repository, "test/report/rollout");
const lvsgen = join(repository, "dist/start.cjs");

/** Mulberry32: the same points for the same seed. */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
const random = randomOf(Number(options.seed));

let environment = process.env;
const words = ["rollout", "out", "--ssh", "--json"];

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [lvsgen, ...args], {
    cwd: place,
    env: environment,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status, out: stdout, err: stderr };
}

/** Rolls out, and kills it at a random moment after so many runs on hosts have ended; how it ended. */
async function killed(runs, milliseconds) {
  const child = spawn(process.execPath, [lvsgen, ...words], {
    cwd: place,
    env: environment,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = new Promise((done) => child.once("close", (code, signal) => done(signal ?? code)));
  let seen = 0;
  const reached = new Promise((done) => {
    child.once("close", done);
    child.stdout.setEncoding("utf8").on("data", (text) => {
      seen += text.split('"event":"run"').length - 1;
      if (seen >= runs) done();
    });
  });
  await reached;
  await setTimeout(milliseconds);
  child.kill("SIGKILL");
  return ended;
}

const roleOf = (host) => (host === "lvs1" ? "director" : "realserver");

/** What `status` and `rollout` say of each host, beside what is true there; what does not fit is a line. */
async function compared(guests) {
  const { code, out } = run("status", "rollout-state", "--bundle", "out", "--json");
  const states = new Map(
    JSON.parse(out)
      .rows.filter(({ role }) => role !== "doctor")
      .map(({ host, state }) => [host, state]),
  );
  const plan = JSON.parse(run("rollout", "out", "--json").out);
  const tasks = new Map(
    plan.steps.flatMap(({ batches }) => batches.flatMap(({ hosts }) => hosts)).map((task) => [task.host, task.state]),
  );
  const wrong = [];
  const counts = {};
  for (const host of HOSTS) {
    const { generations, isWaiting } = await truthOf(guests.get(host), roleOf(host));
    const [state, task] = [states.get(host), tasks.get(host)];
    counts[state] = (counts[state] ?? 0) + 1;
    const told = `${host}: ${state} and ${task}; ${generations} generations${isWaiting ? ", one waits" : ""}`;
    const isThere = generations > 0 && !isWaiting;
    if ((state === "as-described" || task === "done") && !isThere) wrong.push(`${told}: said to be well, and is not`);
    // What has begun on a host and has said nothing yet is known to be unknown.
    if ((state === "never-seen" || state === "pending") && generations > 0 && task !== "unknown")
      wrong.push(`${told}: something has happened there`);
    if (task === "to-do" && generations > 0) wrong.push(`${told}: said to be untouched`);
    if (state === "confirm-pending" && task !== "unknown") wrong.push(`${told}: who confirms it?`);
    if (state === undefined || task === undefined) wrong.push(`${told}: is not told of`);
  }
  return { code, wrong, counts, states, tasks };
}

let number = 0;
let failures = 0;
function check(what, wrong) {
  number += 1;
  if (wrong.length > 0) failures += 1;
  print(`${wrong.length === 0 ? "ok" : "not ok"} ${number} - ${what}`);
  for (const line of wrong.slice(0, 40)) print(`#   ${line}`);
}
const unlike = (is, should) =>
  JSON.stringify(is) === JSON.stringify(should)
    ? []
    : [`is ${JSON.stringify(is)}`, `should be ${JSON.stringify(should)}`];
const told = (counts) =>
  Object.entries(counts)
    .map(([state, count]) => `${state} ${count}`)
    .sort()
    .join(", ");

container("reap");
rmSync(place, { recursive: true, force: true });
mkdirSync(join(place, "rollout-state"), { recursive: true });
const image = await ensureLayer("rollout", join(repository, "test/rollout"), (line) => print(`# ${line}`));
await buildScripts(JSON.stringify(DESCRIPTION), join(place, "out"));
const guests = await startGuests(image, 2 * availableParallelism());
try {
  environment = await openWays(join(place, "ways"), guests);
  await play();
} finally {
  await Promise.all([...guests.values()].map((guest) => guest.remove()));
}

async function play() {
  const before = await compared(guests);
  check("before: nothing was seen of anybody", [
    ...before.wrong,
    ...unlike([before.code, told(before.counts)], [2, "never-seen 20"]),
  ]);

  await guests.get("web4").shell("touch /etc/site-is-broken");
  const first = run(...words, "--batch", "1");
  const stopped = await compared(guests);
  check("the fourth fails: stopped, and nobody behind it was begun", [
    ...unlike(first.code, 2),
    ...stopped.wrong,
    ...unlike(told(stopped.counts), "as-described 3, failed 1, never-seen 16"),
    ...unlike([stopped.states.get("web4"), stopped.tasks.get("web4")], ["failed", "failed"]),
    ...(stopped.wrong.length > 0 ? first.out.split("\n").slice(-8) : []),
  ]);
  for (const host of HOSTS.filter((name) => !["web1", "web2", "web3", "web4"].includes(name))) {
    const { generations, left } = await truthOf(guests.get(host), roleOf(host));
    if (generations + left > 0) check(`${host} is untouched`, [`${generations} generations, ${left} directories`]);
  }

  const still = run(...words, "--batch", "1");
  check("called again before it is mended: the same host is tried, and nobody behind it", [
    ...unlike(still.code, 2),
    ...unlike(told((await compared(guests)).counts), "as-described 3, failed 1, never-seen 16"),
  ]);

  await guests.get("web4").shell("rm /etc/site-is-broken");
  const kills = Number(options.kills);
  for (let turn = 1; turn <= kills; turn += 1) {
    const [runs, milliseconds] = [Math.floor(random() * 16), Math.floor(random() * 900)];
    const how = await killed(runs, milliseconds);
    const { wrong, counts } = await compared(guests);
    check(`killed ${turn}, ${milliseconds} ms after ${runs} runs: what is told is true (${told(counts)})`, [
      ...wrong,
      ...(how === "SIGKILL" ? [] : [`it had ended by then, with ${how}`]),
    ]);
  }

  const last = run(...words);
  const { code, wrong, counts } = await compared(guests);
  check("resumed: through, and status says so", [
    ...unlike(last.code, 0),
    ...(last.code === 0 ? [] : last.out.split("\n").slice(-8)),
    ...wrong,
    ...unlike([code, told(counts)], [0, "as-described 20"]),
  ]);
  const again = run("rollout", "out", "--ssh");
  check("once more: nothing is left to do", unlike([again.code, again.out], [0, "20 of 20 done\n"]));

  const lines = [];
  let generations = 0;
  for (const host of HOSTS) {
    const guest = guests.get(host);
    const truth = await truthOf(guest, roleOf(host));
    generations += truth.generations;
    // The one that failed went on from what was there.
    if (truth.generations !== 1 && host !== "web4")
      lines.push(`${host}: ${truth.generations} applies changed something`);
    if (truth.isWaiting) lines.push(`${host}: an apply waits to be confirmed`);
    if (truth.left > 0) lines.push(`${host}: ${truth.left} directories are left in /tmp`);
    guest.copy(join(place, "out", `${roleOf(host)}.sh`), `/root/${roleOf(host)}.sh`);
    const { code: checked, output } = await guest.exec("bash", `/root/${roleOf(host)}.sh`, "check");
    if (checked !== 0) lines.push(`${host}: check ends with ${checked}: ${output.trim().split("\n").at(-1)}`);
  }
  check("on every host: as described by its own script, changed once, confirmed, and nothing left behind", lines);
  print(`1..${number}`);
  print(
    `## rolled out: ${SERVERS.length + 1} hosts, ${kills} kills (seed ${options.seed}), ${generations} applies that changed something`,
  );
  process.exitCode = failures === 0 ? 0 : 1;
}
