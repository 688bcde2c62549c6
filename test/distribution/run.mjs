#!/usr/bin/env node
// `npm run test:dist`: builds the release three times, the second time elsewhere and in another environment, the third on another machine, and
// tries what came out as its users do: on a Debian 12 without Node, by apt and by rpm. Takes a quarter of an hour on two idle processors; ends
// with the line `N passed, N failed`.
// With --quick, the suite of `npm test`: builds what is for this processor once, of dist/ as it stands, and tries that.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { aarch64 } from "./aarch64.mjs";
import { debian } from "./debian.mjs";
import { anotherMachine, lists, processors, quick, twice } from "./files.mjs";
import { npm } from "./npm.mjs";
import { redHat } from "./red-hat.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const scratch = mkdtempSync(join(tmpdir(), "lvsgen-test-dist-"));
const say = (line) => console.log(line);

/** Runs a command in a shell; throws with all that it said unless it ends with 0. */
function shell(command, options = {}) {
  const { status, stdout, stderr } = spawnSync("bash", ["-euo", "pipefail", "-c", command], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  if (status !== 0) throw new Error(`${command}\nended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

const isQuick = process.argv.includes("--quick");
const site = {
  root,
  release: isQuick ? join(scratch, "release") : join(root, "dist", "release"),
  architectures: isQuick ? ["x86_64"] : ["x86_64", "aarch64"],
  scratch,
  shell,
  say,
};
const made = isQuick ? quick(site) : [...twice(site), ...anotherMachine(site), ...processors(site), ...aarch64(site)];
const steps = [...made, ...lists(site), ...debian(site), ...redHat(site), ...npm(site)];
let [passed, failed] = [0, 0];
try {
  for (const [name, run] of steps) {
    const begun = Date.now();
    try {
      const remark = await run();
      say(`ok: ${name} (${Math.round((Date.now() - begun) / 1000)} s)${remark ? `: ${remark}` : ""}`);
      passed++;
    } catch (error) {
      say(`not ok: ${name}\n${error.message.replaceAll(/^/gm, "  ")}`);
      failed++;
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
