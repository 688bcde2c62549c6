// Are the shell scripts below the directories given within bash 4.2 and EL7's tools? TAP, one test a file.
// Where BASH42 names a real bash 4.2, that has to parse each of them too.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { checkBash42 } from "./bash42.ts";
import { shellFiles } from "./files.ts";
import { printTap } from "./tap.ts";

const bash42 = process.env.BASH42;
const results = new Map<string, readonly string[]>();
for (const file of shellFiles(process.argv.slice(2))) {
  const findings = checkBash42(readFileSync(file, "utf8"));
  const complaints = findings.map(
    ({ line, column, message, since, source, rule }) =>
      `${file}:${line}:${column}: ${message}: since ${since} (${source}) [${rule}]`,
  );
  results.set(`bash 4.2: ${file}`, complaints);
  if (bash42 === undefined) continue;
  const { status, stderr } = spawnSync(bash42, ["-n", file], { encoding: "utf8" });
  results.set(`${bash42} -n ${file}`, status === 0 ? [] : stderr.trim().split("\n"));
}
printTap(results);
