#!/usr/bin/env node
// `npm test`: sets up what is missing, runs every suite (or those named), and ends with the line `N passed, N failed`.
// With CI=true whatever is left out counts as failed.
import { repository } from "../docker/container.mjs";
import { ensureModules } from "./modules.mjs";
import { SUITES } from "./suites.mjs";

const begun = Date.now();
const strict = process.env.CI === "true";
const say = (line) => process.stdout.write(`${line}\n`);

function chosen(names) {
  const unknown = names.filter((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    process.stderr.write(
      `no such suite: ${unknown.join(", ")}; there are ${SUITES.map(({ name }) => name).join(", ")}\n`,
    );
    process.exit(64);
  }
  return names.length === 0 ? SUITES : SUITES.filter(({ name }) => names.includes(name));
}

function table(rows) {
  const heads = ["suite", "passed", "failed", "left out", "seconds"];
  const cells = rows.map((row) => row.map(String));
  const widths = heads.map((head, column) => Math.max(head.length, ...cells.map((row) => row[column].length)));
  const line = (row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join("  ");
  return [line(heads), ...cells.map(line)].join("\n");
}

const suites = chosen(process.argv.slice(2));
let passed = 0;
let failed = 0;
try {
  ensureModules(repository, say);
  // What reads the results is a package that may just have been installed.
  const { runSuites } = await import("./schedule.mjs");
  const results = await runSuites(suites, say);
  say(
    `\n${table(results.map(([{ name }, result]) => [name, result.passed, result.failed, result.leftOut, result.seconds]))}`,
  );
  for (const [{ name }, { reason }] of results) if (reason) say(`left out: ${name}: ${reason}`);
  // Each was told where it happened, which may be thousands of lines above.
  for (const [{ name }, { failures = [] }] of results)
    for (const failure of failures.slice(0, 20))
      say(`failed: ${name}: ${failure.split("\n").slice(0, 12).join("\n  ")}`);
  for (const [, result] of results) {
    passed += result.passed;
    failed += result.failed + (strict ? result.leftOut : 0);
  }
} catch (error) {
  failed += 1;
  say(error.message);
}
say(`${Math.round((Date.now() - begun) / 1000)} seconds${strict ? ", whatever was left out counted as failed" : ""}`);
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
