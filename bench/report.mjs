/**
 * docs/performance.md: every measurement in one run, with the limits beside, as it says itself.
 *
 *   npm run bench -- report [--counts 10,100,1000,10000,100000] [--services 1000] [--output docs/performance.md]
 *
 * Takes half an hour; nothing else should run meanwhile. What it finds is written, within the limits or not.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { exponent } from "./measure.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    counts: { type: "string", default: "10,100,1000,10000,100000" },
    services: { type: "string", default: "1000" },
    output: { type: "string", default: join(here, "..", "docs", "performance.md") },
  },
});

/** What a measurement prints with --json. */
function measured(...words) {
  console.error(`bench: ${words.join(" ") || "build"} …`);
  const { status, stdout } = spawnSync(process.execPath, [join(here, "main.mjs"), ...words, "--json"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`bench ${words.join(" ")} ended with ${status}`);
  return JSON.parse(stdout);
}

const table = (heads, rows) =>
  [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
const thousands = (number) => String(number).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
const judged = (value, limit) =>
  limit === null || limit === undefined ? "" : value <= limit ? `≤ ${limit}` : `≤ ${limit}: **above**`;

function buildTable({ results, ansible }) {
  const rows = [...results, ...(ansible === null ? [] : [ansible])].map((one) => [
    one.name,
    `${one.milliseconds.toFixed(0)} ms`,
    one.ratio.toFixed(2),
    judged(one.ratio, one.target),
    one.megabytes === undefined ? "" : `${one.megabytes.toFixed(0)} MB`,
    judged(one.megabytes, one.megabytesTarget),
  ]);
  return table(["`lvsgen build` of", "median", "× `node -e 0`", "limit", "memory", "limit"], rows);
}

/** Seconds by entries, the exponent of the fit, and at the largest table how many times the yardstick. */
function growthTable({ results }) {
  const counts = results.map(({ count }) => count);
  const yardsticks = results.map(({ yardstick }) => yardstick);
  const row = (name, values, times) => [
    name,
    ...values.map((value) => value.toFixed(2)),
    exponent(counts, values).toFixed(2),
    exponent(counts.slice(-2), values.slice(-2)).toFixed(2),
    times,
  ];
  const rows = [row("yardstick", yardsticks, "")];
  for (const name of Object.keys(results[0].steps)) {
    const values = results.map(({ steps }) => steps[name]);
    rows.push(row(name, values, name === "build" ? "" : (values.at(-1) / yardsticks.at(-1)).toFixed(2)));
  }
  rows.push(["memory ÷ text", ...results.map(({ memory, text }) => (memory / text).toFixed(1)), "", "", ""]);
  return table(["", ...counts.map(thousands), "exponent", "of the last two", "× the yardstick"], rows);
}

const peerTable = ({ results }) =>
  table(
    ["entries", "by", "nothing to do", "one weight", "writes for it", "table empty meanwhile"],
    results.map((one) => [
      thousands(one.count),
      one.name,
      `${one.nothing.toFixed(2)} s`,
      `${one.change.toFixed(2)} s`,
      thousands(one.writes),
      one.isCleared ? "yes" : "no",
    ]),
  );

const load = loadavg()[0].toFixed(2);
const builds = measured();
const growth = measured("scripts", "--counts", options.counts);
const many = measured("scripts", "--services", options.services, "--counts", options.counts);
const peers = measured("peers");

const page = `# Performance

Written by \`npm run bench -- report\`: all of it in one run, on a machine with ${cpus().length} processors (${cpus()[0].model.trim()}), ${Math.round(totalmem() / 1024 ** 3)} GB,
Linux ${release()}, Node ${process.version}; load before it ${load}. Times are this machine's; what carries over are the ratios, whose two sides were measured in turns,
and the exponents. No test asserts a time.

## Building

A whole process, with its start and end; beside it an empty program of the same run. Memory is the kernel's own figure (VmHWM).

${buildTable(builds)}

## A director's script as its table grows

In a container whose ipvsadm keeps its table in a file. Seconds of a processor, of all processes that took part. The yardstick is what this machine needs to
print the table twice and to read the script: \`ipvsadm -S -n\`, \`ipvsadm -L -n --thresholds\` and \`bash -n director.sh\`. Limits: a no-op apply and a check at most 3 × the
yardstick, no exponent above 1.1, memory at most 8 × the script's text at 100,000 entries.

One service whose real servers all have thresholds:

${growthTable(growth)}

${thousands(options.services)} services (or as many as there are entries), thresholds on all real servers:

${growthTable(many)}

On a real kernel's table, and what the kernel itself takes: [scale](scale.md).

## The same job by other means

In the same container: a script written by hand that compares \`ipvsadm -S -n\` with the rules file, and where they differ clears the table and loads the file; and an Ansible playbook
that copies the file, whose handler does the same. lvsgen's apply looks at all else that the role has as well (files, units, settings, addresses, thresholds); the playbook looks at the file
alone, whatever the kernel holds. The program is \`bench/peers.mjs\`.

${peerTable(peers)}
`;
writeFileSync(options.output, page);
console.error(`bench: wrote ${options.output}`);
