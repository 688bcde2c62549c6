// Finds a Docker engine, or installs and starts one where this is root on Debian.
import { spawn, spawnSync } from "node:child_process";
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { aptInstall } from "../../tools/machine/apt.mjs";

const CLIENTS = ["docker", "/usr/bin/docker"];
const LOG = "/var/log/lvsgen-test/dockerd.log";

/** The first client that an engine answers; undefined when there is none. (A client may stand on PATH without an engine.) */
function answeringClient() {
  const wanted = process.env.DOCKER ? [process.env.DOCKER] : CLIENTS;
  return wanted.find(
    (client) =>
      spawnSync(client, ["info", "--format", "{{.ServerVersion}}"], {
        stdio: ["ignore", "pipe", "ignore"],
        timeout: 20_000,
      }).status === 0,
  );
}

let known;

/** The client to call; `ensureEngine` has to have found an engine, else this looks for one itself. */
export function dockerClient() {
  known ??= answeringClient();
  if (known === undefined) throw new Error("no Docker engine answers");
  return known;
}

/** Runs the client and gives its result; output is text. */
export function docker(args, options = {}) {
  return spawnSync(dockerClient(), args, { encoding: "utf8", maxBuffer: 256 * 1024 * 1024, ...options });
}

/** inotify instances that all guests together may need: systemd and its daemons have four in each, and without one PID 1 ends at once. */
const WATCHERS = 1024;

/** Raises the machine's limit of them where it is lower (128 is usual, enough for thirty guests) and this process may. */
function allowWatchers() {
  const file = "/proc/sys/fs/inotify/max_user_instances";
  try {
    accessSync(file, constants.W_OK);
    if (Number(readFileSync(file, "utf8")) < WATCHERS) writeFileSync(file, String(WATCHERS));
  } catch {
    // Another machine's engine, or not root: a guest that does not come up says so.
  }
}

/**
 * Makes sure that an engine answers: one that runs already, else Debian's, started in a session of its own with its log under /var/log.
 * Returns why not, with what to do, or undefined when one answers.
 */
export async function ensureEngine(say) {
  allowWatchers();
  known = answeringClient();
  if (known !== undefined) return undefined;
  if (process.getuid?.() !== 0)
    return "no Docker engine answers and this is not root: start one, or run as root on Debian or Ubuntu";
  if (!existsSync("/usr/bin/apt-get"))
    return "no Docker engine answers and there is no apt-get to install one: install and start Docker";
  if (!existsSync("/usr/sbin/dockerd") && spawnSync("dockerd", ["--version"], { stdio: "ignore" }).status !== 0) {
    say("installing a Docker engine (docker.io, iptables)");
    const failed = aptInstall(["docker.io", "iptables"]);
    if (failed) return failed;
  }
  say(`starting dockerd (log: ${LOG})`);
  mkdirSync("/var/log/lvsgen-test", { recursive: true });
  const log = openSync(LOG, "a");
  const daemon = spawn("dockerd", [], { detached: true, stdio: ["ignore", log, log] });
  daemon.on("error", () => {});
  daemon.unref();
  closeSync(log);
  for (let tries = 0; tries < 120 && known === undefined && daemon.exitCode === null; tries++) {
    await sleep(500);
    known = answeringClient();
  }
  return known === undefined ? `dockerd does not come up here: see ${LOG}` : undefined;
}
