// Runs one bats file several times, each time for another variant of a guest, and prints one TAP stream.
import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { repository } from "./container.mjs";
import { dockerClient } from "./engine.mjs";

const bats = join(repository, "node_modules/bats/bin/bats");

/** Writes the scripts of a description, by the lvsgen under test, to a directory of their own. */
export async function buildScripts(description, out) {
  const { compile } = await import(join(repository, "dist/index.mjs"));
  const { bundle, diagnostics } = await compile(description);
  if (bundle === null) throw new Error(`${out}: ${JSON.stringify(diagnostics, null, 2)}`);
  rmSync(out, { recursive: true, force: true });
  for (const { path, chunks } of bundle.files) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), chunks.join(""));
  }
}

/** One variant; its TAP lines as they come, each test named with it. */
async function runOne(file, variant, environment, limit, print) {
  const env = { ...process.env, ...environment, DOCKER: dockerClient(), LVSGEN_TEST_OWNER: String(process.pid) };
  const child = spawn(bats, ["--tap", file], { env, cwd: repository, detached: true });
  const timer = setTimeout(() => process.kill(-child.pid, "SIGKILL"), limit);
  let rest = "";
  let planned;
  let seen = 0;
  const take = (line) => {
    const plan = /^1\.\.(\d+)/.exec(line);
    const result = /^(not ok|ok) \d+ (.*)$/.exec(line);
    if (plan) planned = Number(plan[1]);
    else if (result) {
      seen += 1;
      print(`${result[1]} - ${variant}: ${result[2]}`);
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
  clearTimeout(timer);
  take(rest);
  if (planned === undefined || seen < planned)
    print(`not ok - ${variant}: ${seen} of ${planned ?? "unknown"} tests reported`);
}

/**
 * All variants at a time, for they wait for each other's boots; the plan, and the exit code, at the end.
 *
 * @param environment what a variant's tests get, by its name
 * @param limit milliseconds that one may take
 */
export async function runVariants(file, variants, environment, limit) {
  let failed = variants.length === 0;
  let tests = 0;
  const print = (line) => {
    if (line.startsWith("not ok")) failed = true;
    if (/^(not )?ok /.test(line)) tests += 1;
    process.stdout.write(`${line}\n`);
  };
  await Promise.all(variants.map(async (variant) => runOne(file, variant, await environment(variant), limit, print)));
  print(`1..${tests}`);
  process.exitCode = failed ? 1 : 0;
}
