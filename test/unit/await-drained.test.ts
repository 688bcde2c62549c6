/** What is said where connections outlast `--drain`: `drain` removes nothing, an apply does. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const runtime = join(import.meta.dirname, "../../templates/runtime");

function said(command: string): string {
  const { stdout, stderr } = spawnSync(
    "bash",
    [
      "-c",
      `set -Eeuo pipefail
source "$1/kinds/service-edits.sh"
quiet='' json='' drain_seconds=1 exchanges='' edits='' pauses='' removals='' paused=''
complain() { printf '%s\\n' "$@"; }
count_active() { active=3 ending=0; }
restore_rules() { :; }
event() { :; }
sleep() { :; }
${command}`,
      "bash",
      runtime,
    ],
    { encoding: "utf8" },
  );
  expect(stderr).toBe("");
  return stdout.split("\n").at(-2) ?? "";
}

test("a drain leaves them", () => {
  expect(said("await_drained '-d -t 192.0.2.80:80 -r 192.0.2.11:80'")).toBe("1 s are over: 3 connection(s) are left");
});

test("an apply ends them, whatever comes of their real server", () => {
  const ends = "1 s are over: 3 connection(s) end by what comes now";
  expect(said("removals='-d -t 192.0.2.80:80 -r 192.0.2.11:80'; edit_table")).toBe(ends);
  expect(said("paused='-d -t 192.0.2.80:80 -r 192.0.2.11:80'; edit_table")).toBe(ends);
});

test("what is taken off ends them with it", () => {
  expect(said("removals='-D -t 192.0.2.80:80'; drain_first")).toBe(
    "1 s are over: 3 connection(s) end with the real server's removal",
  );
});
