/** `uninstall --purge`: a package that others were installed on top of stays, and they with it. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const install = join(import.meta.dirname, "../../templates/runtime/programs/packages/install.sh");

/** What is run, and why it stays. */
function removed(manager: string, programs: string, name: string): string {
  const { stdout, stderr } = spawnSync(
    "bash",
    [
      "-c",
      `set -Eeuo pipefail
shopt -s extglob
source "$1"
package_manager=$2 goes_on='' failure='' held='' u_kind=(package package file) u_name=(rpcbind nfs-utils mod_ssl) u_record=(absent absent absent)
held_elsewhere() { [[ $1 == "$held" ]]; }
run() { printf 'run %s\\n' "$*"; }
${programs}
package_set "$3" absent || printf 'failed: %s\\n' "$failure"
printf '%s' "$goes_on"`,
      "bash",
      install,
      manager,
      name,
    ],
    { encoding: "utf8" },
  );
  expect(stderr).toBe("");
  return stdout;
}

const stays = "it stays, since others need it that would go with it:";
const apt = (...names: readonly string[]): string =>
  `apt-get() { printf '%s\\n' 'Reading package lists...' ${names.map((name) => `'Purg ${name} [1.0-1]'`).join(" ")}; }`;

test.each([
  [
    "nobody needs it",
    apt("rpcbind"),
    "run env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get purge -y -- rpcbind\n",
  ],
  [
    "one that leaves as well",
    apt("nfs-utils:amd64", "rpcbind"),
    "run env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get purge -y -- rpcbind\n",
  ],
  ["one that was installed on top", apt("php", "nfs-utils", "mod_ssl", "rpcbind"), `${stays} php mod_ssl`],
  ["one that another role needs", `${apt("nfs-utils", "rpcbind")}; held='package nfs-utils'`, `${stays} nfs-utils`],
  [
    "apt cannot say",
    "apt-get() { echo broken; return 100; }",
    "failed: apt-get does not say what else it would remove with it\nbroken\n",
  ],
])("apt: %s", (_, programs, expected) => {
  expect(removed("apt", programs, "rpcbind")).toBe(expected);
});

/** What rpm says with that many names behind it. */
const rpm = (...answers: readonly string[]): string =>
  `rpm() { local answers=(${answers.map((text) => `$'${text}'`).join(" ")}); [[ \${answers[$# - 5]} ]] || return 0; printf '%s\\n' 'error: Failed dependencies:' "\${answers[$# - 5]}" >&2; return 1; }`;

test.each([
  ["nobody needs it", rpm(""), "run yum -y --setopt=clean_requirements_on_remove=0 remove -- rpcbind\n"],
  [
    "one that was installed on top",
    rpm("\\tx = 1 is needed by (installed) mod_ssl-1:2.4.6-97.el7.x86_64"),
    `${stays} mod_ssl`,
  ],
  [
    "one that leaves as well",
    rpm("\\trpcbind is needed by (installed) nfs-utils-1:1.3.0-0.68.el7.x86_64", ""),
    "run yum -y --setopt=clean_requirements_on_remove=0 remove -- rpcbind\n",
  ],
  [
    "one on top of that",
    rpm(
      "\\trpcbind is needed by (installed) nfs-utils-1:1.3.0-0.68.el7.x86_64",
      "\\tnfs-utils is needed by (installed) other-tool-2-1.noarch",
    ),
    `${stays} other-tool`,
  ],
])("rpm: %s", (_, programs, expected) => {
  expect(removed("yum", programs, "rpcbind")).toBe(expected);
});
