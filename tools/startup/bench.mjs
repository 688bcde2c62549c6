/**
 * What each trick of this directory gains: builds the program without it and lets the two take turns, so that whatever else
 * the machine does meets both alike.
 *
 *   node tools/startup/bench.mjs [--rounds N] [--only TRICK] [--json]
 *
 * Prints for each trick the time with and without it, and the gain in percent of the time without. The times are processor
 * times, of which a busy machine takes less than of the time on the clock.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { median } from "../../bench/measure.mjs";
import { tricks } from "./switches.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const { values: options } = parseArgs({
  options: { rounds: { type: "string", default: "61" }, only: { type: "string" }, json: { type: "boolean" } },
});
const scratch = mkdtempSync(join(tmpdir(), "lvsgen-startup-"));

/** Builds the program without a trick, and gives the file that starts it. */
function built(without) {
  const dist = join(scratch, without === "" ? "all" : `without-${without}`);
  const env = { ...process.env, LVSGEN_WITHOUT: without };
  execFileSync(process.execPath, [join(root, "tools", "bundle", "index.mjs"), dist], { env, stdio: "pipe" });
  return join(dist, "start.cjs");
}

/** Says at the end of a process what it has taken of the processor. */
const report =
  'process.on("exit", () => { const { user, system } = process.cpuUsage(); process._rawDebug("cpu=" + (user + system)); });';

/** Milliseconds of processor time that a build of the procedure's cluster takes. */
function cost(program) {
  const hook = `--import=data:text/javascript,${encodeURIComponent(report)}`;
  const args = [hook, program, "build", join(root, "examples", "kgc.json"), "-o", join(scratch, "out")];
  const { status, stderr } = spawnSync(process.execPath, args, {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  // A description that is refused costs less than one that is built.
  if (status !== 0) throw new Error(`the build ended with ${status}:\n${stderr}`);
  const microseconds = /cpu=(\d+)/.exec(stderr)?.[1];
  if (microseconds === undefined) throw new Error(`no report of the time:\n${stderr}`);
  return Number(microseconds) / 1000;
}

function compared(name, all) {
  const lacking = built(name);
  const times = { with: [], without: [] };
  for (let round = 0; round < Number(options.rounds); round++) {
    times.with.push(cost(all));
    times.without.push(cost(lacking));
  }
  const [given, missing] = [median(times.with), median(times.without)];
  return { name, with: given, without: missing, gain: (1 - given / missing) * 100 };
}

try {
  const all = built("");
  const results = tricks
    .filter((name) => options.only === undefined || name === options.only)
    .map((name) => compared(name, all));
  if (options.json) console.log(JSON.stringify(results, null, 2));
  else
    for (const { name, gain, ...times } of results)
      console.log(`${name}: ${times.with.toFixed(1)} ms, without ${times.without.toFixed(1)} ms: ${gain.toFixed(1)} %`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
