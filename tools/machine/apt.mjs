/** Programs that a tool or a test needs and this machine lacks. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Installs Debian packages; returns why that failed, or undefined. */
export function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const run = (args) => spawnSync("apt-get", args, { env, encoding: "utf8" });
  const install = ["-o", "DPkg::Lock::Timeout=300", "install", "-y", "-q", "--no-install-recommends", ...packages];
  let result = run(install);
  if (result.status !== 0) {
    run(["update", "-q"]);
    result = run(install);
  }
  return result.status === 0
    ? undefined
    : `apt-get install ${packages.join(" ")} failed: ${result.stderr.trim().split("\n").at(-1)}`;
}

/** Those of `tools` (a program: its Debian package) that are not on PATH. */
export function missingPrograms(tools) {
  return Object.keys(tools).filter((tool) => spawnSync("/bin/sh", ["-c", 'command -v "$0"', tool]).status !== 0);
}

/**
 * Makes sure that the programs are there.
 *
 * @param {Record<string, string>} tools a program: its Debian package
 * @param {(line: string) => void} say
 * @returns {string | undefined} why they are not, with what to do
 */
export function ensurePrograms(tools, say) {
  const missing = missingPrograms(tools);
  if (missing.length === 0) return undefined;
  const packages = missing.map((tool) => tools[tool]);
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get"))
    return `no ${missing.join(", ")} here and not root on Debian or Ubuntu: install ${packages.join(", ")}`;
  say(`installing ${packages.join(", ")}`);
  return aptInstall(packages);
}
