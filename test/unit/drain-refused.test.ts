/** What `drain` says where a scheduler that hashes goes on sending clients to a real server with weight 0. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const runtime = join(import.meta.dirname, "../../templates/runtime");
const key = "-t 192.0.2.80:80";

function told(head: string, addresses = "192.0.2.12"): string {
  const state = [`-A ${key} ${head}`, `-a ${key} -r 192.0.2.12:80 -g -w 0`, `-a ${key} -r 192.0.2.13:80 -g -w 1`];
  const { stdout, stderr } = spawnSync(
    "bash",
    [
      "-c",
      `set -Eeuo pipefail
offer() { :; }; accept() { :; }; cannot_read() { exit 9; }
for file in engine/words facts/table-texts programs/drain; do source "$1/$file.sh"; done
complain() { printf '%s\\n' "$@"; }
r_kind=(rules service) r_name=(/etc/ipvsadm.rules '${key}') r_state=(services "$2")
tell_refused "$3"`,
      "bash",
      runtime,
      state.join("\n"),
      addresses,
    ],
    { encoding: "utf8" },
  );
  expect(stderr).toBe("");
  return stdout;
}

test.each(["sh", "mh"])("%s refuses its clients, and has a flag against that", (scheduler) => {
  expect(told(`-s ${scheduler}`)).toBe(
    `${key}: clients that ${scheduler} sends there are refused, until it is back or out of the table\nThe flag ${scheduler}-fallback in the description lets the kernel look for another one.\n`,
  );
  expect(told(`-s ${scheduler} -b ${scheduler}-port`)).toContain("are refused");
});

test.each(["-s wlc", "-s sh -b sh-fallback", "-s mh -b mh-fallback,mh-port"])("nothing with %s", (head) => {
  expect(told(head)).toBe("");
});

test("dh has no such flag", () => {
  expect(told("-s dh")).toBe(`${key}: clients that dh sends there are refused, until it is back or out of the table\n`);
});

test("nothing of a service that it has no part in", () => {
  expect(told("-s sh", "192.0.2.99")).toBe("");
});
