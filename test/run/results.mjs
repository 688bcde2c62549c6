// Reads what a suite's run says: how many passed, failed and were left out, and which failed. Anything that does not add up is a failure.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../docker/container.mjs";
import { TapReader } from "./tap.mjs";

const tail = (text, lines) => text.trimEnd().split("\n").slice(-lines).join("\n");

function readVitest() {
  const file = join(repository, "test/report/unit.json");
  if (!existsSync(file)) return { passed: 0, failed: 1, leftOut: 0, failures: [] };
  const report = JSON.parse(readFileSync(file, "utf8"));
  const broken = report.testResults.filter(
    (suite) => suite.status === "failed" && suite.assertionResults.every(({ status }) => status !== "failed"),
  );
  const failing = report.testResults.flatMap((suite) =>
    suite.assertionResults.filter(({ status }) => status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    leftOut: report.numPendingTests + report.numTodoTests,
    failures: [
      ...failing.map((test) => `${test.fullName}\n${tail(test.failureMessages.join("\n"), 20)}`),
      ...broken.map((suite) => `${suite.name}\n${suite.message}`),
    ],
  };
}

/** Suites that say it themselves in their last such line: `12 passed, 0 failed`, and perhaps `, 1 left out`. */
export function readSummary(output) {
  const found = [...output.matchAll(/^.*?(\d+) passed, (\d+) failed(?:, (\d+) (?:left out|skipped))?/gm)].at(-1);
  if (!found) return { passed: 0, failed: 1, leftOut: 0, failures: [tail(output, 30)] };
  const failed = Number(found[2]);
  return {
    passed: Number(found[1]),
    failed,
    leftOut: Number(found[3] ?? 0),
    failures: failed > 0 ? [tail(output, 40)] : [],
  };
}

const readExit = (output, status) => ({
  passed: status === 0 ? 1 : 0,
  failed: status === 0 ? 0 : 1,
  leftOut: 0,
  failures: status === 0 ? [] : [tail(output, 40)],
});

/** What looks at a run's output only when it is over. */
const AT_THE_END = { exit: readExit, vitest: readVitest, summary: readSummary };

/** Reads a run's output as it comes; `end` gives the outcome. A run that ended badly without naming a failure, or in which nothing ran, has one failure. */
export class Reading {
  #kind;
  #chunks = [];
  #tap;

  constructor(kind) {
    this.#kind = kind;
    this.#tap = kind === "tap" ? new TapReader() : undefined;
  }

  /** TAP comes on standard output; what comes on the other does not break into its lines. */
  write(text, stream) {
    this.#chunks.push(text);
    if (stream === "stdout") this.#tap?.write(text);
  }

  get output() {
    return this.#chunks.join("");
  }

  /** How far the run is, if its output tells. */
  get progress() {
    return this.#tap ? `, ${this.#tap.passed} passed, ${this.#tap.failed} failed so far` : "";
  }

  end(status) {
    const result = this.#tap ? this.#tap.end() : AT_THE_END[this.#kind](this.output, status);
    const named = this.#tap === undefined || this.#tap.named > 0;
    if (result.failed > 0 ? named : status === 0 && result.passed + result.leftOut > 0) return result;
    const failure = `ended with ${status} after ${result.passed} passed\n${tail(this.output, 40)}`;
    return { ...result, failed: Math.max(1, result.failed), failures: [...result.failures, failure] };
  }
}
