// Runs a script as a process of its own, undisturbed or not, inside the surroundings that host/enter made.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";

const { signals } = constants;
const AT = "/run/simulate";
/** The tmpfs that can be filled, and the host's tree in it. */
export const IMAGE = `${AT}/image`;
export const ROOT = `${IMAGE}/root`;

const DISTURB = join(import.meta.dirname, "host/disturb");
const LIMIT = 60_000;

/**
 * Resolves to `{ code, output, struck, hung }`: the exit code (128 and the number of the signal that ended it), everything it printed, and the call at which the
 * disturbance came, undefined where the script ended before it.
 */
export async function run(file, words, how, root = ROOT) {
  const args = [file, ...words, "--root", root];
  const [command, full] = how ? [DISTURB, [how.fault, String(how.at), ...args]] : ["bash", args];
  const child = spawn(command, full, { stdio: ["ignore", "pipe", "pipe"], detached: how === undefined });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  let hung = false;
  const limit = setTimeout(() => {
    hung = true;
    // What a hung script waits for has its output open: the whole group goes.
    for (const group of [-child.pid, child.pid]) {
      try {
        process.kill(group, "SIGKILL");
      } catch {
        // Ended meanwhile.
      }
    }
  }, LIMIT);
  const code = await new Promise((done) =>
    child.on("close", (status, signal) => done(status ?? 128 + signals[signal])),
  );
  clearTimeout(limit);
  let struck;
  if (how) {
    if (existsSync(`${AT}/struck`)) struck = readFileSync(`${AT}/struck`, "utf8").trim();
    rmSync(`${IMAGE}/fill`, { force: true });
  }
  return { code, output, struck, hung };
}

/** What stands below a root of lvsgen's state. */
export const stateOf = (root, { cluster, role }) => `${root}/var/lib/lvsgen/${cluster}/${role}`;
