/** A `sync` that does not come back, as where the server of a share is away: no run waits for it without end, and it has no lock. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bash, not JavaScript
import { spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bash, inDirectory } from "./scripts/bundle.ts";

const durable = join(import.meta.dirname, "../../templates/runtime/engine/durable.sh");

/** What is said where `sync` is this, in a run that has the lock; and whether the lock is free when the run has ended. */
function said(sync: string, commands: string) {
  return inDirectory((directory) => {
    const stand = join(directory, "sync");
    writeFileSync(stand, `#!${bash.startsWith("/") ? bash : "/bin/bash"}\n${sync}\n`);
    chmodSync(stand, 0o755);
    const script = `set -Eeuo pipefail
PATH=$PWD:$PATH
source "$1"
log() { printf 'log %s\\n' "$*"; }
complain() { printf 'complain %s\\n' "$@"; }
exec 9>>lock
flock -n 9
${commands}`;
    const { stdout, stderr, signal } = spawnSync(bash, ["-c", script, "bash", durable], {
      cwd: directory,
      encoding: "utf8",
      timeout: 20_000,
    });
    const free = spawnSync("flock", ["-n", "lock", "true"], { cwd: directory }).status === 0;
    spawnSync(bash, ["-c", "[[ ! -e pid ]] || kill $(cat pid)"], { cwd: directory });
    return { said: stdout.split("\n").slice(0, -1), stderr, ended: signal === null, free };
  });
}

const well = { stderr: "", ended: true, free: true };
const hangs = "echo $$ >pid; exec sleep 60";

test("everything: after a while the run goes on, says so once, and has left the lock", () => {
  expect(said(hangs, "sync_seconds=2; sync_all; echo on; sync_all; echo end")).toEqual({
    ...well,
    said: [
      "log sync has not ended after 2 s, and goes on",
      "complain not everything is on the disks after 2 s: a file system does not answer, as where the server of a share is away; the kernel goes on",
      "complain Until it has written all, a power cut may take back what this run has changed: run check after one.",
      "on",
      "end",
    ],
  });
});

test("everything: one that works, and one that fails", () => {
  expect(said("exit 0", "sync_all; echo end")).toEqual({ ...well, said: ["end"] });
  expect(said("exit 1", "sync_all; echo end")).toEqual({ ...well, said: ["log sync failed", "end"] });
});

test.each([
  ["sync_paths a b", ["-- a b", "all"]],
  ["sync_reached", ["log sync failed", "all"]],
])("whoever waits for %s has not the lock", (command, expected) => {
  const told = 'printf "%s\\n" "$*" >>asked; [[ ! -e /proc/self/fd/9 ]] || echo locked >>asked';
  expect(said(`${told}; exit 1`, `${command} || :; sed 's/^$/all/' asked`)).toEqual({
    ...well,
    said: expected,
  });
});
