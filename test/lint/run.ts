// Are the shell scripts below the directories given within bash 4.2 and EL7's tools, and is there no text in them that becomes a
// command? TAP, two tests a file.
// Where BASH42 names a real bash 4.2, that has to parse each of them too.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { checkBash42 } from "./bash42.ts";
import { shellFiles } from "./files.ts";
import { associativeArrays, checkInjection } from "./injection.ts";
import { printTap } from "./tap.ts";

const bash42 = process.env.BASH42;
const files = shellFiles(process.argv.slice(2)).map((file) => ({ file, text: readFileSync(file, "utf8") }));
// A part of the runtime uses arrays that others declare.
const associative = new Set(files.flatMap(({ text }) => [...associativeArrays(text)]));
const results = new Map<string, readonly string[]>();
for (const { file, text } of files) {
  const findings = checkBash42(text);
  const complaints = findings.map(
    ({ line, column, message, since, source, rule }) =>
      `${file}:${line}:${column}: ${message}: since ${since} (${source}) [${rule}]`,
  );
  results.set(`bash 4.2: ${file}`, complaints);
  results.set(
    `no text is run: ${file}`,
    checkInjection(text, associative).map(({ line, message, rule }) => `${file}:${line}: ${message} [${rule}]`),
  );
  if (bash42 === undefined) continue;
  const { status, stderr } = spawnSync(bash42, ["-n", file], { encoding: "utf8" });
  results.set(`${bash42} -n ${file}`, status === 0 ? [] : stderr.trim().split("\n"));
}
printTap(results);
