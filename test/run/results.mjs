// Reads what a suite's run says: how many passed, failed and were left out, and which failed. Anything that does not add up is a failure.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../docker/container.mjs";

const tail = (text, lines) => text.trimEnd().split("\n").slice(-lines).join("\n");

/** TAP, as bats and our own lints write it; `# skip` is a test left out. */
export function readTap(output) {
  const failures = [];
  let planned = 0;
  let passed = 0;
  let failed = 0;
  let leftOut = 0;
  let current;
  for (const line of output.split("\n")) {
    const plan = /^1\.\.(\d+)/.exec(line);
    const result = /^(not )?ok\b(.*)$/.exec(line);
    if (plan) planned += Number(plan[1]);
    else if (result) {
      current = undefined;
      if (/# skip/i.test(result[2])) leftOut++;
      else if (result[1]) {
        failed++;
        current = [line];
        failures.push(current);
      } else passed++;
    } else if (current && /^\s*#/.test(line)) current.push(line);
  }
  const missing = planned - passed - failed - leftOut;
  if (missing > 0) {
    failed += missing;
    failures.push([`${missing} planned tests did not report`]);
  }
  return { passed, failed, leftOut, failures: failures.map((lines) => lines.join("\n")) };
}

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

const READERS = {
  exit: (output, status) => ({
    passed: status === 0 ? 1 : 0,
    failed: status === 0 ? 0 : 1,
    leftOut: 0,
    failures: status === 0 ? [] : [tail(output, 40)],
  }),
  tap: readTap,
  vitest: readVitest,
  summary: readSummary,
};

/** The outcome of a finished run. A run that ended badly without naming a failure, or in which nothing ran, has one failure. */
export function readResults(kind, output, status) {
  const result = READERS[kind](output, status);
  if (result.failed === 0 && (status !== 0 || result.passed + result.leftOut === 0)) {
    return {
      ...result,
      failed: 1,
      failures: [`ended with ${status} after ${result.passed} passed\n${tail(output, 40)}`],
    };
  }
  return result;
}

/** How far a running suite is, if its output tells. */
export function progress(kind, output) {
  if (kind !== "tap") return "";
  const { passed, failed } = readTap(output.replace(/^1\.\..*$/gm, ""));
  return `, ${passed} passed, ${failed} failed so far`;
}
