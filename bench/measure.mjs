/** Runs processes in turns and measures them from outside, as their users wait for them. */
import { spawnSync } from "node:child_process";

/**
 * @typedef {object} Run
 * @property {string} program
 * @property {readonly string[]} args
 * @property {string} [cwd]
 */

/** Milliseconds that a process takes, from its start to its end. */
function milliseconds({ program, args, cwd }) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(program, args, { cwd, stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
  const end = process.hrtime.bigint();
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}:\n${stderr}`);
  return Number(end - start) / 1e6;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The exponent `e` of the fit `time = a · size^e`: the slope of the logarithms. */
export function exponent(sizes, times) {
  const [x, y] = [sizes.map(Math.log), times.map(Math.log)];
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [middleX, middleY] = [mean(x), mean(y)];
  const above = x.reduce((sum, value, index) => sum + (value - middleX) * (y[index] - middleY), 0);
  return above / x.reduce((sum, value) => sum + (value - middleX) ** 2, 0);
}

/**
 * Medians of a process and of one to compare it with. They take turns, so that whatever else the machine does
 * meets both alike.
 *
 * @param {Run} reference
 * @param {(round: number) => Run} subject
 * @returns {{ milliseconds: number, reference: number, ratio: number }}
 */
export function compare(reference, subject, rounds) {
  const times = { reference: [], subject: [] };
  for (let round = 0; round < rounds; round++) {
    times.reference.push(milliseconds(reference));
    times.subject.push(milliseconds(subject(round)));
  }
  const [ours, theirs] = [median(times.subject), median(times.reference)];
  return { milliseconds: ours, reference: theirs, ratio: ours / theirs };
}

/**
 * Says at the end of a process what it had in memory at most, by the kernel's own accounting. Linux counts into getrusage(2) what the process that
 * started it had at that moment, which may be more; not into VmHWM.
 */
const report = `import { readFileSync } from "node:fs";
const peak = () => {
  try {
    return /VmHWM:\\s+(\\d+)/.exec(readFileSync("/proc/self/status", "latin1"))[1];
  } catch {
    return process.resourceUsage().maxRSS;
  }
};
process.on("exit", () => process._rawDebug("maxRSS=" + peak()));`;

/** The most memory that a Node process had, in megabytes. It is run for this alone. */
export function peakMegabytes({ program, args, cwd }) {
  const hook = `--import=data:text/javascript,${encodeURIComponent(report)}`;
  const { stderr } = spawnSync(program, [hook, ...args], {
    cwd,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  const kilobytes = /maxRSS=(\d+)/.exec(stderr)?.[1];
  if (kilobytes === undefined) throw new Error(`no memory report:\n${stderr}`);
  return Number(kilobytes) / 1024;
}
