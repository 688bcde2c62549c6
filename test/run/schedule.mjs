// Runs suites side by side as far as their resources go round, keeps each one's output in a log of its own, and tells as it goes.
import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../docker/container.mjs";
import { Resources } from "./resources.mjs";
import { Reading } from "./results.mjs";
import { need } from "./setup.mjs";

/**
 * processors: suites that compute share them out. guests: the places of suites whose hosts boot, wait for watchdogs and for each other;
 * two of them beside one that computes leave no processor idle. A suite with guests that may have either keeps both sides busy to the end.
 */
const CAPACITY = { processors: 2, guests: 2 };

const HEARTBEAT = 30_000;

/** A suite has a process group of its own, so that it can be ended with all it started: what ends the run is passed on. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Milliseconds that a suite may take before it is ended and counted as failed; none takes half of it on a quiet machine. */
const LIMIT = 60 * 60_000;

/** Where logs and machine-readable reports go; not in git. */
export const reports = join(repository, "test/report");

/** Has what a suite runs start quicker. */
const QUICKER = join(repository, "test/run/quicker");

const seconds = (since) => Math.round((Date.now() - since) / 1000);

const running = new Set();

/** Signals a suite with all that it started; one that has just ended needs none. */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

function endAll(signal) {
  for (const { pid } of running) signalGroup(pid, signal);
  process.exit(130);
}

function runSuite(suite, say) {
  const begun = Date.now();
  const reading = new Reading(suite.results);
  const log = join(reports, `${suite.name}.log`);
  rmSync(join(reports, `${suite.name}.json`), { force: true });
  const [command, ...args] = suite.asIs ? suite.command : [QUICKER, ...suite.command];
  // A bash of level 1 whose input is a socket, as Node's pipes are, reads ~/.bashrc (bash(1), INVOCATION).
  const env = { ...process.env, SHLVL: "2" };
  const child = spawn(command, args, { cwd: repository, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  running.add(child);
  for (const name of ["stdout", "stderr"]) {
    child[name].setEncoding("utf8");
    child[name].on("data", (text) => reading.write(text, name));
  }
  const beat = setInterval(() => say(`  … ${suite.name}: ${seconds(begun)} s${reading.progress}`), HEARTBEAT);
  let last;
  const limit = setTimeout(() => {
    reading.write(`\nnot ok - ended after ${LIMIT / 60_000} minutes\n`, "stdout");
    signalGroup(child.pid, "SIGTERM");
    last = setTimeout(() => signalGroup(child.pid, "SIGKILL"), 20_000).unref();
  }, LIMIT);
  return new Promise((done) => {
    const finish = (status) => {
      clearInterval(beat);
      clearTimeout(limit);
      clearTimeout(last);
      running.delete(child);
      const { output } = reading;
      writeFileSync(log, output);
      done({ ...reading.end(status), figures: suite.figures?.(output) ?? [], seconds: seconds(begun), log });
    };
    child.on("error", (error) => {
      reading.write(String(error), "stderr");
      finish(1);
    });
    child.on("close", (status, signal) => finish(status ?? signal));
  });
}

/** Makes what a suite needs; resolves to `undefined`, or to the outcome of a suite that cannot run. */
async function prepare(suite, say) {
  const begun = Date.now();
  const none = { passed: 0, failed: 0, leftOut: 0, failures: [] };
  try {
    for (const name of suite.needs) {
      const reason = await need(name, say);
      if (reason) return { ...none, leftOut: 1, reason, seconds: seconds(begun) };
    }
    return undefined;
  } catch (error) {
    return { ...none, failed: 1, failures: [error.message], seconds: seconds(begun) };
  }
}

function tell(name, { passed, failed, leftOut, reason, failures, figures = [], seconds, log }, say) {
  if (reason) return say(`- ${name} left out: ${reason}`);
  say(
    `${failed > 0 ? "✘" : "✔"} ${name}: ${passed} passed, ${failed} failed${leftOut > 0 ? `, ${leftOut} left out` : ""} (${seconds} s)`,
  );
  for (const line of figures) say(`    ${line}`);
  for (const failure of failures.slice(0, 20)) say(failure.replace(/^/gm, "    "));
  if (failures.length > 20) say(`    … and ${failures.length - 20} more`);
  if (failed > 0 && log) say(`    all of it: ${log}`);
}

/** Runs the suites, each as soon as what it needs is made and its resources are free; resolves to `[suite, result]` in the order given. */
export async function runSuites(suites, say) {
  mkdirSync(reports, { recursive: true });
  for (const signal of SIGNALS) process.once(signal, endAll);
  const resources = new Resources(CAPACITY);
  const results = new Map();
  const finish = (suite, result) => {
    results.set(suite, result);
    tell(suite.name, result, say);
  };
  await Promise.all(
    suites.map(async (suite) => {
      const hindrance = await prepare(suite, say);
      if (hindrance) return finish(suite, hindrance);
      await resources.use(suite.takes, suites.indexOf(suite), async () => {
        say(`▶ ${suite.name}`);
        finish(suite, await runSuite(suite, say));
      });
    }),
  );
  return suites.map((suite) => [suite, results.get(suite)]);
}
