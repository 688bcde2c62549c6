/**
 * The code cache: V8 compiles the program when the package is built, and a start takes the code that is there.
 *
 * Gain: 32 % of the processor time of a small build (`bench.mjs`, 81 rounds: 131 ms with it, 193 ms without).
 * `LVSGEN_WITHOUT=code-cache` builds without it; start.cjs and warm-up.cjs are the rest of it.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const directory = dirname(fileURLToPath(import.meta.url));

/**
 * Flags of V8 that have it store the same code each time, and that it takes a cache in spite of. The hashes of names come of its random
 * numbers. Whether a function stands in a queue of the compiler's other threads (Sparkplug, Node 22 and later) is a bit in the cache, so
 * that there are no other threads. Which code a run goes through is a matter of the language too: it gets no environment but its own.
 */
const sameEachTime = ["--random-seed=1", "--predictable"];

/**
 * Runs a program once and gives the code that V8 compiled for it, which start.cjs hands to V8 at each start.
 *
 * @param {string} program file of the program, with its build line
 * @param {readonly string[]} args a run that goes through most of it; `OUT` becomes a directory that is removed again
 * @param {string} [node] the Node that is to take it
 * @returns {Promise<Buffer>}
 */
export async function codeCache(program, args, node = process.execPath) {
  const scratch = await mkdtemp(join(tmpdir(), "lvsgen-warm-up-"));
  try {
    const cache = join(scratch, "cache");
    const given = args.map((arg) => (arg === "OUT" ? join(scratch, "out") : arg));
    const run = [...sameEachTime, join(directory, "warm-up.cjs"), program, cache, ...given];
    // Windows starts no program without its SystemRoot.
    const env = { LC_ALL: "C.UTF-8", TZ: "UTC", SystemRoot: process.env.SystemRoot };
    await promisify(execFile)(node, run, { env });
    return await readFile(cache);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Puts a line after the `#!` line that names the build by its content: start.cjs compares it with the one in the cache. */
export function withBuildLine(text) {
  const [first] = text.split("\n", 1);
  const id = createHash("sha256").update(text).digest("hex");
  return `${first}\n// build ${id}${text.slice(first.length)}`;
}
