// Makes sure that node_modules holds what package-lock.json asks for. Runs before any dependency is there.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const readPackages = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : undefined);

/** True when every package of the lock that this platform needs is installed in that version. */
export function modulesAreCurrent(top) {
  const wanted = readPackages(join(top, "package-lock.json"));
  const installed = readPackages(join(top, "node_modules/.package-lock.json"));
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === "" || optional || installed[path]?.version === version,
  );
}

/** Runs `npm ci` when node_modules is missing or not what the lock says. Throws with what to do when that fails. */
export function ensureModules(top, say) {
  if (modulesAreCurrent(top)) return;
  say("installing dependencies (npm ci)");
  const result = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd: top,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (result.status === 0) return;
  const output = `${result.stdout ?? ""}${result.stderr ?? ""}`;
  const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH/.test(output);
  const remedy = offline
    ? "\nThe npm registry cannot be reached. Connect this machine, name a mirror (npm config set registry URL), or copy node_modules from a connected one."
    : "";
  throw new Error(`npm ci failed:\n${output.trim().split("\n").slice(-15).join("\n")}${remedy}`);
}
