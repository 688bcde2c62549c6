#!/usr/bin/env node
// Runs the bats files against guests, each on the platforms that it names in its head (`# platforms: el7 debian12`), a few at a time,
// and prints one TAP stream. Arguments: parts of file names to run only those (`10-apply`), or a platform.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { container, repository } from "../docker/container.mjs";
import { dockerClient } from "../docker/engine.mjs";
import { ensureImage } from "../docker/image.mjs";
import { bundlesDirectory } from "../run/bundles.mjs";

const here = join(repository, "test/bats");
const bats = join(repository, "node_modules/bats/bin/bats");

/** The bundle that a platform's scripts come from. */
const BUNDLE = { el7: "kgc", debian12: "kgc-debian12" };

/** Milliseconds that one file on one platform may take. */
const LIMIT = 15 * 60_000;

const wanted = process.argv.slice(2);
const platformOf = (image) => image.replace(/-.*/, "");

function jobs() {
  const all = readdirSync(here)
    .filter((file) => file.endsWith(".bats"))
    .sort()
    .flatMap((file) => {
      const platforms = /^# platforms: (.+)$/m.exec(readFileSync(join(here, file), "utf8"))?.[1];
      if (platforms === undefined) throw new Error(`${file} names no platforms`);
      return platforms.split(" ").map((image) => ({ file, image }));
    });
  return wanted.length === 0
    ? all
    : all.filter(({ file, image }) => wanted.some((word) => file.includes(word) || image === word));
}

/** One bats file on one platform; its TAP lines as they come, each test named with file and platform. */
async function runJob({ file, image }, print) {
  const platform = platformOf(image);
  const env = {
    ...process.env,
    DOCKER: dockerClient(),
    PLATFORM: platform,
    IMAGE: await ensureImage(image, () => {}),
    BUNDLE: join(bundlesDirectory, BUNDLE[platform]),
    LVSGEN_TEST_OWNER: String(process.pid),
  };
  // In a process group of its own, so that a file that hangs can be ended with all that it started. (bats' own time limit
  // keeps the stream open until it is over.)
  const child = spawn(bats, ["--tap", join(here, file)], { env, cwd: repository, detached: true });
  const limit = setTimeout(() => process.kill(-child.pid, "SIGKILL"), LIMIT);
  const prefix = `${file.replace(".bats", "")} ${image}`;
  let planned;
  let seen = 0;
  // A result and what is said about it stay together, whatever runs beside it.
  const block = [];
  const flush = () => block.splice(0).forEach(print);
  const take = (line) => {
    const plan = /^1\.\.(\d+)/.exec(line);
    const result = /^(not ok|ok) \d+ (.*)$/.exec(line);
    if (plan) planned = Number(plan[1]);
    else if (result) {
      flush();
      seen += 1;
      block.push(`${result[1]} - ${prefix}: ${result[2]}`);
      if (result[1] === "ok") flush();
    } else if (line !== "") block.push(line.startsWith("#") ? line : `# ${line}`);
  };
  createInterface({ input: child.stdout }).on("line", take);
  createInterface({ input: child.stderr }).on("line", take);
  await new Promise((done) => child.on("close", done));
  clearTimeout(limit);
  flush();
  // A file that could not be read or set up, or whose tests vanished, is a failure of its own.
  if (planned === undefined || seen < planned)
    print(`not ok - ${prefix}: ${seen} of ${planned ?? "unknown"} tests reported`);
  return planned !== undefined && seen === planned;
}

container("reap");
const queue = jobs();
let failed = queue.length === 0;
const print = (line) => {
  if (line.startsWith("not ok")) failed = true;
  process.stdout.write(`${line}\n`);
};
// Guests that boot and watchdogs that wait leave the processors to others.
const places = Math.min(8, 2 * availableParallelism());
await Promise.all(
  Array.from({ length: places }, async () => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) await runJob(job, print);
  }),
);
process.exitCode = failed ? 1 : 0;
