#!/usr/bin/env node
// Is what these files have what node_exporter takes, all together? Strict: what the text format leaves open for a person who writes by hand
// (blanks, order, comments) is a fault here, and so is what `promtool check metrics` warns of.
//   exposition.mjs FILE…      faults go to standard error, samples to standard output as NAME{LABELS} VALUE; exit code 1 where there are faults
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const NAME = "[a-z][a-z0-9]*(?:_[a-z0-9]+)*";
const LABELS = String.raw`(?:${NAME}="(?:[^"\\\n]|\\[\\n"])*"(?:,(?!\}))?)+`;
const SAMPLE = new RegExp(String.raw`^(${NAME})\{(${LABELS})\} (-?[0-9]+(?:\.[0-9]+)?)$`);
const UNIT_WORDS = /_(?:ms|msec|milliseconds|minutes|hours|days|kb|mb|kilobytes|megabytes|percent)(?:_|$)/;

/** What is wrong with them, and their samples. `texts`: by file name, as node_exporter reads them all at one scrape. */
export function lint(texts) {
  const faults = [];
  const samples = new Map();
  const helps = new Map();
  for (const [file, text] of Object.entries(texts)) {
    const fault = (line, what) => faults.push(`${file}:${line}: ${what}`);
    if (!text.endsWith("\n")) fault(0, "no line end at the end");
    const types = new Map();
    let family = null;
    let help = null;
    let hasSamples = true;
    text
      .split("\n")
      .slice(0, -1)
      .forEach((line, index) => {
        const at = index + 1;
        const comment = /^# (HELP|TYPE) ([^ ]+) (.+)$/.exec(line);
        if (comment?.[1] === "HELP") {
          if (!hasSamples) fault(at, `no sample of ${family}`);
          const [, , name, said] = comment;
          if (types.has(name)) fault(at, `${name} a second time`);
          if ((helps.get(name) ?? said) !== said) fault(at, `another help of ${name} than before: ${helps.get(name)}`);
          if (/\\(?![\\n])/.test(said)) fault(at, "a backslash that escapes nothing");
          helps.set(name, said);
          help = name;
          hasSamples = false;
          return;
        }
        if (comment) {
          const [, , name, type] = comment;
          if (help !== name) fault(at, `no help above the type of ${name}`);
          if (!["gauge", "counter"].includes(type)) fault(at, `type ${type}`);
          if ((type === "counter") !== name.endsWith("_total")) fault(at, `${name} is a ${type}`);
          if (UNIT_WORDS.test(name)) fault(at, `${name} is in no base unit`);
          types.set(name, type);
          family = name;
          return;
        }
        const sample = SAMPLE.exec(line);
        if (sample === null) {
          fault(at, `neither a sample without a time nor a comment: ${line}`);
          return;
        }
        const [, name, labels, value] = sample;
        if (name !== family) fault(at, `${name} stands below ${family}`);
        const names = [...labels.matchAll(/([a-z0-9_]+)="/g)].map(([, label]) => label);
        if (new Set(names).size !== names.length) fault(at, `a label twice: ${labels}`);
        const key = `${name}{${labels}}`;
        if (samples.has(key)) fault(at, `${key} a second time`);
        samples.set(key, value);
        hasSamples = true;
      });
    if (!hasSamples) fault(0, `no sample of ${family}`);
  }
  return { faults, samples };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const texts = Object.fromEntries(process.argv.slice(2).map((file) => [file, readFileSync(file, "utf8")]));
  const { faults, samples } = lint(texts);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  for (const [key, value] of samples) process.stdout.write(`${key} ${value}\n`);
  process.exitCode = faults.length === 0 && samples.size > 0 ? 0 : 1;
}
