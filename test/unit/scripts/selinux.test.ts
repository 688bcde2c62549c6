/** The mode of SELinux, which a boot sets by /etc/selinux/config: written down before an apply with --only changes that file alone. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const runtime = join(import.meta.dirname, "../../../templates/runtime");

/** What goes to the journal, as KIND NAME RECORD, before the setting in the file changes. */
function journaled(mode: string, kind: string): string {
  const program = `set -Eeuo pipefail
shopt -s extglob
source "$1/engine/kinds.sh"; source "$1/engine/engine.sh"; source "$1/kinds/setting.sh"; source "$1/kinds/selinux.sh"
root='' only=setting
selinux_probe() { have=${mode}; }
journaled() { return 1; }
journal() { echo "$*"; }
want selinux mode permissive
journal_left_out ${kind}`;
  const { stdout, stderr } = spawnSync("bash", ["-c", program, "bash", runtime], { encoding: "utf8" });
  return stdout + stderr;
}

test.each([
  ["enforcing", "setting", "selinux mode enforcing\n"],
  // SELinux that is off is permissive here too.
  ["permissive", "setting", ""],
  ["enforcing", "selinux", ""],
])("%s, before a change of a %s", (mode, kind, lines) => {
  expect(journaled(mode, kind)).toBe(lines);
});
