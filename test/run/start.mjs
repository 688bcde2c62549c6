#!/usr/bin/env node
// `npm start`: sets up what is missing and builds the example cluster into out/.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { lvsgen } from "./bundles.mjs";
import { ensureModules } from "./modules.mjs";

const top = fileURLToPath(new URL("../..", import.meta.url));
const say = (line) => process.stdout.write(`${line}\n`);

function step(what, command, ...args) {
  say(what);
  const { status } = spawnSync(command, args, {
    cwd: top,
    stdio: "inherit",
    shell: process.platform === "win32" && command === "npm",
  });
  if (status !== 0) process.exit(status ?? 1);
}

if (Number(process.versions.node.split(".")[0]) < 20) {
  process.stderr.write(`lvsgen needs Node 20 or newer; this is ${process.version}\n`);
  process.exit(1);
}
try {
  ensureModules(top, say);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
step("generating types, validator and templates", "npm", "run", "--silent", "generate");
step("bundling lvsgen into dist/", "npm", "run", "--silent", "build");
// The example is nobody's cluster: its runbook is that of a first installation, whatever stood in out/.
step(
  "lvsgen build --no-since examples/kgc.json",
  process.execPath,
  lvsgen(),
  "build",
  "--no-since",
  "examples/kgc.json",
);
