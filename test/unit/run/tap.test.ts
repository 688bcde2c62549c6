// What the test runner counts when a suite reports in TAP.
import { expect, test } from "vitest";
import { Reading } from "../../run/results.mjs";
import { readTap } from "../../run/tap.mjs";

const counts = (...lines: string[]) => {
  const { passed, failed, leftOut } = readTap(`${lines.join("\n")}\n`);
  return { passed, failed, leftOut };
};

test("passed, failed and left out, with or without numbers", () => {
  expect(counts("ok - a", "not ok - b", "ok 3 - c # skip no kernel", "1..3")).toEqual({
    passed: 1,
    failed: 1,
    leftOut: 1,
  });
});

test("a failed test comes with what is said about it, and with nothing of the next", () => {
  const { failures } = readTap("1..3\nnot ok 1 - a\n# why\n#   and where\nok 2 - b\n# not this\nnot ok 3 - c\n");
  expect(failures).toEqual(["not ok 1 - a\n# why\n#   and where", "not ok 3 - c"]);
});

test("planned tests that did not report have failed", () => {
  expect(counts("1..5", "ok - a", "ok - b")).toEqual({ passed: 2, failed: 3, leftOut: 0 });
});

test("more tests than planned is a failure", () => {
  expect(counts("ok - a", "ok - b", "1..1")).toEqual({ passed: 2, failed: 1, leftOut: 0 });
});

test("a stream that is cut off before its plan is a failure", () => {
  expect(counts("ok - a", "ok - b")).toEqual({ passed: 2, failed: 1, leftOut: 0 });
});

test("nothing at all is a failure", () => {
  expect(counts("")).toEqual({ passed: 0, failed: 1, leftOut: 0 });
});

test("one that gives up has failed", () => {
  expect(counts("1..3", "ok 1 - a", "Bail out! no engine")).toEqual({ passed: 1, failed: 1, leftOut: 0 });
});

test("other lines are no tests", () => {
  expect(counts("1..1", "ok 1 - a", "a warning", "## 5 points tried")).toEqual({ passed: 1, failed: 0, leftOut: 0 });
});

test("where nothing says why it ended, the last lines it wrote are told", () => {
  const reading = new Reading("tap");
  reading.write("Error: no description has a text there\n", "stderr");
  const { failed, failures } = reading.end(1);
  expect(failed).toBe(1);
  expect(failures.join("\n")).toMatch(/no test reported[\s\S]*ended with 1[\s\S]*no description has a text there/);
});

test("where a test failed by name, nothing else is told", () => {
  const reading = new Reading("tap");
  reading.write("much else\n", "stderr");
  reading.write("1..1\nnot ok 1 - a\n# why\n", "stdout");
  expect(reading.end(1)).toMatchObject({ failed: 1, failures: ["not ok 1 - a\n# why"] });
});
