/**
 * Asks the registry for known faults of exactly what dist/ has taken in, which is all that runs at its users': no package is
 * a dependency of lvsgen, so that `npm audit --omit=dev` would look at nothing. Ends with 1 where there are faults, and with 69
 * where the registry gives no answer.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { npmOfBundled } from "./project.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const unavailable = 69;

/** What `npm audit --json` says, or the reason why it says nothing. */
function audit() {
  const { stdout, stderr } = npmOfBundled(root, ["audit", "--package-lock-only", "--json"]);
  const report = stdout?.startsWith("{") ? JSON.parse(stdout) : {};
  if (report.vulnerabilities !== undefined) return { faults: Object.values(report.vulnerabilities) };
  return { reason: report.error?.summary || report.message || stderr || "npm said nothing" };
}

const bundled = JSON.parse(readFileSync(join(root, "dist", "bundled.json"), "utf8"));
const { faults, reason } = audit();
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
