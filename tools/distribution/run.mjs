/** Runs programs of a build. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

/**
 * What a program prints; it has to end with 0.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import("node:child_process").ExecFileOptions} [options]
 * @returns {Promise<string>}
 */
export async function run(program, args, options = {}) {
  try {
    const { stdout } = await promisify(execFile)(program, args, { maxBuffer: 64 * 1024 * 1024, ...options });
    return stdout;
  } catch (error) {
    const said = `${error.stdout ?? ""}${error.stderr ?? ""}`.trim() || error.message;
    throw new Error(`${program} ${args.join(" ")} ended with ${error.code}:\n${said}`);
  }
}
