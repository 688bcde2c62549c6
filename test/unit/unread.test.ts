/** What cannot be read does not pass for what is not there. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const runtime = join(import.meta.dirname, "../../templates/runtime");
const folder = mkdtempSync(join(tmpdir(), "unread-"));
afterAll(() => rmSync(folder, { recursive: true }));

function printed(command: string): string {
  const { stdout, stderr } = spawnSync(
    "bash",
    [
      "-c",
      `set -Eeuo pipefail
shopt -s extglob
export LC_ALL=C
source "$1/facts/snapshot.sh"
unread=ends
ends() { printf 'cannot read %s (%s)' "$@"; exit 0; }
${command}`,
      "bash",
      runtime,
      folder,
    ],
    { encoding: "utf8" },
  );
  expect(stderr).toBe("");
  return stdout;
}

/** \`read\`, which comes to an error of the disk after that many bytes. */
const breaksOff = (bytes: number): string => `read() { printf -v content '%*s' ${bytes} ''; return 1; }`;

test.each([
  ["whole", 5000, "", "5000"],
  ["of a whole block", 4096, "", "4096"],
  ["empty", 0, "", "0"],
  ["an error at its beginning", 10, breaksOff(0).replace("printf -v content '%*s' 0 ''", "content=''"), "cannot read"],
  ["an error behind its first block", 5000, breaksOff(4096), "cannot read"],
])("a file: %s", (name, size, programs, expected) => {
  writeFileSync(join(folder, name), "x".repeat(size));
  const path = join(folder, name);
  expect(printed(`${programs}\nread_text "$2/${name}"; printf '%s' "\${#content}"`)).toBe(
    expected === "cannot read" ? `cannot read ${path} (cat)` : expected,
  );
});

test("what the kernel makes has no size, and needs none", () => {
  expect(printed(`stat() { echo asked; }; read_text /proc/sys/kernel/ostype; printf '%s' "$content"`)).toBe("Linux\n");
});

const firewalld = (status: number): string => `
declare -A policy_text=()
source "$1/kinds/firewall-firewalld.sh"; source "$1/kinds/firewall-firewalld-refusal.sh"
sleep() { :; }
firewall-cmd() { return ${status}; }
firewalld_policy_refuses 80/tcp public
printf 'refused by: %s' "$refusal"`;

test("firewalld without policies is another thing than one that does not answer", () => {
  expect(printed(firewalld(2))).toBe("refused by: ");
  expect(printed(firewalld(252))).toBe("cannot read the rules of the firewall (firewall-cmd --list-all-policies)");
});
