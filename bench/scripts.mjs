/**
 * How long a director's script takes as its table grows: one service whose real servers all have thresholds, or with `--services` so many of
 * them on ports of one address. It runs in a container whose ipvsadm keeps its table in a file (test/docker/stand-in), which takes longer
 * than the kernel's: so the yardstick is what this very machine needs to print the table twice and to read the script.
 *
 *   npm run bench -- scripts [--counts 10,100,1000,10000,100000] [--services N] [--image debian12|el7] [--rounds N] [--json]
 *
 * Times are seconds of a processor, of all processes that took part, for what else the machine does is not in them. Prints the limits beside
 * the figures and judges nothing.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { container } from "../test/docker/container.mjs";
import { ensureImage } from "../test/docker/image.mjs";
import { thresholdTable } from "./clusters.mjs";
import { exponent, median } from "./measure.mjs";
import { buildBundle, secondsOf, stopwatch } from "./stopwatch.mjs";

const { values: options } = parseArgs({
  options: {
    counts: { type: "string", default: "10,100,1000,10000,100000" },
    services: { type: "string", default: "1" },
    image: { type: "string", default: "debian12" },
    rounds: { type: "string", default: "3" },
    json: { type: "boolean" },
  },
});
const scratch = mkdtempSync(join(tmpdir(), "lvsgen-bench-"));

const inGuest = (guest, ...words) => container("exec", guest, "bash", "-c", stopwatch, "bench", ...words);

/** The bundle of so many entries. */
function build(count, { changed = false } = {}) {
  const services = Math.min(Number(options.services), count);
  const description = thresholdTable(options.image, services, count / services, changed);
  return buildBundle(scratch, description, `${count}${changed ? "-changed" : ""}`);
}

/** What is measured at one number of entries. */
function measure(guest, count) {
  const plain = build(count);
  const changed = build(count, { changed: true });
  const run = (...words) => secondsOf(inGuest(guest, ...words));
  const often = (...words) => median(Array.from({ length: Number(options.rounds) }, () => run(...words)));
  run("bash", plain.script, "apply", "--drain", "0");
  const yardstick =
    often("ipvsadm", "-S", "-n") + often("ipvsadm", "-L", "-n", "--thresholds") + often("bash", "-n", plain.script);
  const steps = {
    build: plain.seconds,
    "no-op apply": often("bash", plain.script, "apply"),
    "no-op check": often("bash", plain.script, "check"),
    verify: often("bash", plain.script, "verify"),
    status: often("bash", plain.script, "status"),
    "one weight": median([
      run("bash", changed.script, "apply"),
      run("bash", plain.script, "apply"),
      run("bash", changed.script, "apply"),
    ]),
    rollback: run("bash", changed.script, "rollback"),
    drain: run("bash", plain.script, "drain", "10.1.0.3"),
    undrain: run("bash", plain.script, "undrain", "10.1.0.3"),
  };
  const peak = Number(inGuest(guest, "peak", "bash", plain.script, "check")) * 1024;
  return { count, yardstick, steps, memory: peak, text: plain.bytes };
}

function print(results) {
  const names = Object.keys(results[0].steps);
  const cell = (value) => value.toFixed(2).padStart(9);
  const [last, before] = [results.at(-1), results.at(-2)];
  console.log(
    `\nseconds of a processor; ${options.services} service(s), thresholds on all real servers, ${options.image}`,
  );
  const heads = results.map(({ count }) => String(count).padStart(9)).join("");
  console.log(`${"entries".padEnd(14)}${heads}   exponent, of the last two   at ${last.count}, × the yardstick`);
  const row = (name, values, share) => {
    const fit = exponent(results.map(({ count }) => count), values); // biome-ignore format: a call in one line
    const late = before === undefined ? Number.NaN : exponent([before.count, last.count], values.slice(-2));
    console.log(
      `${name.padEnd(14)}${values.map(cell).join("")}   ${fit.toFixed(2).padStart(8)}${late.toFixed(2).padStart(8)}${share}`,
    );
  };
  const sum = results.map(({ yardstick }) => yardstick);
  row("yardstick", sum, "");
  for (const name of names) {
    const values = results.map(({ steps }) => steps[name]);
    row(name, values, name === "build" ? "" : `   ${(values.at(-1) / sum.at(-1)).toFixed(2).padStart(12)}`);
  }
  console.log(
    `${"memory ÷ text".padEnd(14)}${results.map(({ memory, text }) => cell(memory / text)).join("")}   ` +
      "of the script's process at most, and the script's own length",
  );
  console.log("\nThe yardstick: `ipvsadm -S -n`, `ipvsadm -L -n --thresholds` and `bash -n director.sh` together.");
  console.log(
    "Limits: a no-op apply and a check ≤ 3 × the yardstick, no exponent above 1.1, memory ≤ 8 × the text at 100,000.",
  );
}

const image = await ensureImage(options.image, (line) => console.error(line));
const guest = container("start", image, "lvs1", "--nic", "ens33=10.0.0.1/8", "--mount", `${scratch}:/media/usb`);
try {
  const results = options.counts.split(",").map((count) => {
    console.error(`${count} entries …`);
    return measure(guest, Number(count));
  });
  if (options.json) console.log(JSON.stringify({ image: options.image, services: options.services, results }, null, 2));
  else print(results);
} finally {
  container("rm", guest);
  rmSync(scratch, { recursive: true, force: true });
}
