/**
 * Asks the registry for known faults of exactly what dist/ has taken in, which is all that runs at its users': no package is
 * a dependency of lvsgen, so that `npm audit --omit=dev` would look at nothing. Ends with 1 where there are faults, and with 69
 * where the registry gives no answer.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const readJson = (...path) => JSON.parse(readFileSync(join(root, ...path), "utf8"));
const unavailable = 69;

/** A project that depends on these packages and nothing else, as package-lock.json of this one has them. */
function projectOf(bundled, lock) {
  const packages = { "": { name: "lvsgen-bundled", version: "0.0.0", dependencies: {} } };
  for (const { path, name, version } of bundled) {
    const locked = lock.packages[path];
    if (locked?.version !== version)
      throw new Error(`${path} is ${version} in dist and ${locked?.version} in package-lock.json`);
    const { resolved, integrity } = locked;
    packages[path] = { version, resolved, integrity };
    if (path === `node_modules/${name}`) packages[""].dependencies[name] = version;
  }
  return { name: "lvsgen-bundled", version: "0.0.0", lockfileVersion: lock.lockfileVersion, requires: true, packages };
}

/** What `npm audit --json` says, or the reason why it says nothing. */
function audit(project) {
  const directory = mkdtempSync(join(tmpdir(), "lvsgen-audit-"));
  try {
    writeFileSync(join(directory, "package.json"), JSON.stringify(project.packages[""]));
    writeFileSync(join(directory, "package-lock.json"), JSON.stringify(project));
    const { stdout, stderr } = spawnSync("npm", ["audit", "--package-lock-only", "--json"], {
      cwd: directory,
      encoding: "utf8",
      shell: process.platform === "win32",
      timeout: 120_000,
    });
    const report = stdout?.startsWith("{") ? JSON.parse(stdout) : {};
    if (report.vulnerabilities !== undefined) return { faults: Object.values(report.vulnerabilities) };
    return { reason: report.error?.summary || report.message || stderr || "npm said nothing" };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const bundled = readJson("dist", "bundled.json");
if (bundled.length === 0) throw new Error("dist/bundled.json names no package");
const { faults, reason } = audit(projectOf(bundled, readJson("package-lock.json")));
const names = bundled.map(({ name, version }) => `${name} ${version}`).join(", ");
if (faults === undefined) {
  console.error(
    `audit: the registry gave no answer about ${bundled.length} packages, so that nothing is known of them:\n${reason.trim()}\nTry again where the registry of npm itself answers: a mirror often has packages only (npm config get registry)`,
  );
  process.exitCode = unavailable;
} else {
  for (const { name, severity, via } of faults) {
    const advisories = via
      .filter((one) => typeof one === "object")
      .map(({ title, url, range }) => `  ${title} (${range}) ${url}`);
    console.log([`${name}: ${severity}`, ...advisories].join("\n"));
  }
  console.log(`audit: ${faults.length} of the ${bundled.length} packages in dist have known faults (${names})`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
