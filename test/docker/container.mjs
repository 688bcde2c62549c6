// The container helper for Node: the same bash script that bats calls, so that there is one way to start a guest.
import { execFile, spawnSync } from "node:child_process";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { dockerClient } from "./engine.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** The top of the checkout. */
export const repository = resolve(here, "../..");

/** Where it is, for who has to follow its output. */
export const containerProgram = resolve(here, "container");
const options = () => ({
  encoding: "utf8",
  env: { ...process.env, DOCKER: dockerClient(), LVSGEN_TEST_OWNER: String(process.pid) },
  maxBuffer: 64 * 1024 * 1024,
});

/** Runs `test/docker/container` with the arguments; its output without the final newline. Throws when it fails. */
export function container(...args) {
  const { status, stdout, stderr } = spawnSync(containerProgram, args, options());
  if (status !== 0) throw new Error(`container ${args.join(" ")}: ${stderr}`);
  return stdout.replace(/\n$/, "");
}

/** The same, while other things go on. */
export async function containerMeanwhile(...args) {
  const { stdout } = await promisify(execFile)(containerProgram, args, options());
  return stdout.replace(/\n$/, "");
}
