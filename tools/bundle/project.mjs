/** What dist/ has taken in, as npm sees it: no package is a dependency of lvsgen, so that npm by itself would look at nothing. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A project that depends on these packages and nothing else, as package-lock.json of this one has them. */
function projectOf(bundled, lock) {
  if (bundled.length === 0) throw new Error("dist/bundled.json names no package");
  const packages = { "": { name: "lvsgen-bundled", version: "0.0.0", dependencies: {} } };
  for (const { path, name, version } of bundled) {
    const locked = lock.packages[path];
    if (locked?.version !== version)
      throw new Error(`${path} is ${version} in dist and ${locked?.version} in package-lock.json`);
    const { resolved, integrity, license } = locked;
    packages[path] = { version, resolved, integrity, license };
    if (path === `node_modules/${name}`) packages[""].dependencies[name] = version;
  }
  return { name: "lvsgen-bundled", version: "0.0.0", lockfileVersion: lock.lockfileVersion, requires: true, packages };
}

/**
 * Runs npm on a project that depends on exactly what is bundled.
 *
 * @param {string} root the project, built
 * @param {readonly string[]} args
 * @returns {import("node:child_process").SpawnSyncReturns<string>}
 */
export function npmOfBundled(root, args) {
  const readJson = (...path) => JSON.parse(readFileSync(join(root, ...path), "utf8"));
  const project = projectOf(readJson("dist", "bundled.json"), readJson("package-lock.json"));
  const directory = mkdtempSync(join(tmpdir(), "lvsgen-bundled-"));
  try {
    writeFileSync(join(directory, "package.json"), JSON.stringify(project.packages[""]));
    writeFileSync(join(directory, "package-lock.json"), JSON.stringify(project));
    return spawnSync("npm", args, {
      cwd: directory,
      encoding: "utf8",
      shell: process.platform === "win32",
      timeout: 120_000,
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
