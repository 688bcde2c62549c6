#!/usr/bin/env node
// Runs backends.bats once for each network back end of Debian and prints one TAP stream. Arguments: back ends to run only those.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { container, repository } from "../docker/container.mjs";
import { dockerClient } from "../docker/engine.mjs";
import { ensureBackendsImage } from "./image.mjs";

const here = import.meta.dirname;
const bats = join(repository, "node_modules/bats/bin/bats");

/** Milliseconds that one back end may take. */
const LIMIT = 15 * 60_000;

/** Back ends, with the word that the description has for them. */
const BACKENDS = {
  ifupdown: "ifupdown",
  ifupdown2: "ifupdown",
  networkmanager: "networkmanager",
  netplan: "netplan",
  networkd: "networkd",
};

/** Scripts for a back end, by the lvsgen under test. */
async function buildBundle(network) {
  const { compile } = await import(join(repository, "dist/index.mjs"));
  const out = join(repository, "test/report/backends", network);
  const text = readFileSync(join(here, "cluster.json"), "utf8").replace("BACKEND", network);
  const { bundle, diagnostics } = await compile(text);
  if (bundle === null) throw new Error(JSON.stringify(diagnostics, null, 2));
  rmSync(out, { recursive: true, force: true });
  for (const { path, chunks } of bundle.files) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), chunks.join(""));
  }
  return out;
}

/** One back end; its TAP lines as they come, each test named with it. */
async function run(backend, image, print) {
  const bundle = await buildBundle(BACKENDS[backend]);
  const env = {
    ...process.env,
    DOCKER: dockerClient(),
    BACKEND: backend,
    IMAGE: image,
    BUNDLE: bundle,
    LVSGEN_TEST_OWNER: String(process.pid),
  };
  const child = spawn(bats, ["--tap", join(here, "backends.bats")], { env, cwd: repository, detached: true });
  const limit = setTimeout(() => process.kill(-child.pid, "SIGKILL"), LIMIT);
  let rest = "";
  let planned;
  let seen = 0;
  const take = (line) => {
    const plan = /^1\.\.(\d+)/.exec(line);
    const result = /^(not ok|ok) \d+ (.*)$/.exec(line);
    if (plan) planned = Number(plan[1]);
    else if (result) {
      seen += 1;
      print(`${result[1]} - ${backend}: ${result[2]}`);
    } else if (line !== "") print(line.startsWith("#") ? line : `# ${line}`);
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop();
      for (const line of lines) take(line);
    });
  }
  await new Promise((done) => child.on("close", done));
  clearTimeout(limit);
  take(rest);
  if (planned === undefined || seen < planned)
    print(`not ok - ${backend}: ${seen} of ${planned ?? "unknown"} tests reported`);
}

const wanted = process.argv.slice(2);
const chosen = Object.keys(BACKENDS).filter((backend) => wanted.length === 0 || wanted.includes(backend));
let failed = chosen.length === 0;
let tests = 0;
const print = (line) => {
  if (line.startsWith("not ok")) failed = true;
  if (/^(not )?ok /.test(line)) tests += 1;
  process.stdout.write(`${line}\n`);
};
container("reap");
const image = await ensureBackendsImage((line) => print(`# ${line}`));
// All at a time: they wait for each other's boots.
await Promise.all(chosen.map((backend) => run(backend, image, print)));
print(`1..${tests}`);
process.exitCode = failed ? 1 : 0;
