// Runs suites side by side on two places, keeps each one's output in a log of its own, and tells as it goes.
import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../docker/container.mjs";
import { progress, readResults } from "./results.mjs";
import { need } from "./setup.mjs";

const PLACES = 2;
const HEARTBEAT = 30_000;

/** A suite has a process group of its own, so that it can be ended with all it started: what ends the run is passed on. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Milliseconds that a suite may take before it is ended and counted as failed; none takes half of it on a quiet machine. */
const LIMIT = 25 * 60_000;

/** Where logs and machine-readable reports go; not in git. */
export const reports = join(repository, "test/report");

const seconds = (since) => Math.round((Date.now() - since) / 1000);

function runSuite(suite, say) {
  const begun = Date.now();
  const chunks = [];
  const log = join(reports, `${suite.name}.log`);
  rmSync(join(reports, `${suite.name}.json`), { force: true });
  const [command, ...args] = suite.command;
  const child = spawn(command, args, { cwd: repository, stdio: ["ignore", "pipe", "pipe"], detached: true });
  child.stdout.on("data", (chunk) => chunks.push(chunk));
  child.stderr.on("data", (chunk) => chunks.push(chunk));
  const output = () => Buffer.concat(chunks).toString("utf8");
  const beat = setInterval(
    () => say(`  … ${suite.name}: ${seconds(begun)} s${progress(suite.results, output())}`),
    HEARTBEAT,
  );
  const limit = setTimeout(() => {
    chunks.push(Buffer.from(`\nnot ok - ended after ${LIMIT / 60_000} minutes\n`));
    process.kill(-child.pid, "SIGTERM");
    setTimeout(() => process.kill(-child.pid, "SIGKILL"), 20_000).unref();
  }, LIMIT);
  const ended = (signal) => {
    process.kill(-child.pid, signal);
    process.exit(130);
  };
  for (const signal of SIGNALS) process.on(signal, ended);
  return new Promise((done) => {
    const finish = (status) => {
      clearInterval(beat);
      clearTimeout(limit);
      for (const signal of SIGNALS) process.off(signal, ended);
      writeFileSync(log, output());
      const figures = suite.figures?.(output()) ?? [];
      done({ ...readResults(suite.results, output(), status), figures, seconds: seconds(begun), log });
    };
    child.on("error", (error) => {
      chunks.push(Buffer.from(String(error)));
      finish(1);
    });
    child.on("close", (status, signal) => finish(status ?? signal));
  });
}

async function prepareAndRun(suite, say) {
  const begun = Date.now();
  try {
    for (const name of suite.needs) {
      const reason = await need(name, say);
      if (reason) return { passed: 0, failed: 0, leftOut: 1, reason, failures: [], seconds: seconds(begun) };
    }
  } catch (error) {
    return { passed: 0, failed: 1, leftOut: 0, failures: [error.message], seconds: seconds(begun) };
  }
  say(`▶ ${suite.name}`);
  return runSuite(suite, say);
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

/** Runs the suites, two places at a time in the order given; resolves to `[suite, result]` in that order. */
export async function runSuites(suites, say) {
  mkdirSync(reports, { recursive: true });
  const results = new Map();
  const waiting = [...suites];
  const running = new Set();
  let free = PLACES;
  while (waiting.length > 0 || running.size > 0) {
    while (waiting.length > 0 && waiting[0].places <= free) {
      const suite = waiting.shift();
      free -= suite.places;
      const run = prepareAndRun(suite, say).then((result) => {
        results.set(suite, result);
        tell(suite.name, result, say);
        free += suite.places;
        running.delete(run);
      });
      running.add(run);
    }
    await Promise.race(running);
  }
  return suites.map((suite) => [suite, results.get(suite)]);
}
