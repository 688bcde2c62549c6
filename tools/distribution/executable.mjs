/** Single executables: Node's own program, without its symbols, with lvsgen in it. */
import { chmod, copyFile, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { codeCache } from "../startup/code-cache.mjs";
import { architectures, postject } from "./architectures.mjs";
import { fetched } from "./fetch.mjs";
import { run } from "./run.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/**
 * Writes the executable of an architecture. Code for V8 comes along where this machine can run that executable: one for another processor
 * compiles at each start.
 *
 * @param {string} root the project, built
 * @param {typeof architectures[number]} architecture
 * @param {string} target file to write
 * @returns {Promise<{ licence: string }>} file of Node's licence, which copies of it carry
 */
export async function writeExecutable(root, architecture, target) {
  const own = architectures.find(({ node }) => node === process.arch);
  if (process.platform !== "linux" || own === undefined)
    throw new Error(
      `executables are built on Linux on x86_64 or aarch64, and this is ${process.platform} on ${process.arch}`,
    );
  const node = await fetched(root, architecture.package);
  const runner = join(await fetched(root, own.package), "bin", "node");
  const injector = await fetched(root, postject);
  const scratch = await mkdtemp(join(tmpdir(), "lvsgen-executable-"));
  try {
    const blob = await preparedBlob(root, runner, architecture === own, scratch);
    const program = join(scratch, "lvsgen");
    await copyFile(join(node, "bin", "node"), program);
    await run("eu-strip", [program]);
    await run(process.execPath, [join(here, "inject.mjs"), injector, program, blob]);
    await chmod(program, 0o755);
    await copyFile(program, `${target}.${process.pid}`);
    await rename(`${target}.${process.pid}`, target);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return { licence: join(node, "LICENSE") };
}

/** What Node finds in itself and starts: made by a Node of that very version, for whatever processor. */
async function preparedBlob(root, runner, isCached, scratch) {
  const program = join(root, "dist", "lvsgen.cjs");
  const assets = { "lvsgen.cjs": program };
  if (isCached) {
    assets["lvsgen.cache"] = join(scratch, "cache");
    const cache = await codeCache(program, ["build", join(root, "examples", "kgc.json"), "-o", "OUT"], runner);
    // The line at its end is for start.cjs of the npm package.
    const [, buildLine] = (await readFile(program, "latin1")).split("\n", 2);
    await writeFile(assets["lvsgen.cache"], cache.subarray(0, -(buildLine.length + 1)));
  }
  // The name of the main program stands in the blob: not with a folder of the machine that builds.
  await copyFile(join(here, "start.cjs"), join(scratch, "start.cjs"));
  const settings = {
    main: "start.cjs",
    output: "blob",
    assets,
    disableExperimentalSEAWarning: true,
    useSnapshot: false,
    useCodeCache: false,
    // NODE_OPTIONS is for people's own programs.
    execArgvExtension: "none",
  };
  await writeFile(join(scratch, "sea.json"), JSON.stringify(settings));
  await run(runner, ["--experimental-sea-config", "sea.json"], { cwd: scratch });
  return join(scratch, "blob");
}
