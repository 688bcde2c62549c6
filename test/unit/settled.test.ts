/** What a daemon is told by its name may only lie where root alone can exchange it, or will by what is described. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const runtime = join(import.meta.dirname, "../../templates/runtime");

/** What `command` says where directories have these states, as `MODE UID GID OWNER GROUP TYPE`; all others are root's. */
function said(states: Readonly<Record<string, string>>, command: string): string {
  const cases = Object.entries(states).map(([path, state]) => `${path}) stat='${state}' ;;`);
  const { stdout, stderr } = spawnSync(
    "bash",
    [
      "-c",
      `set -Eeuo pipefail
kind() { :; }
declare -A described=() traits=([parent]=directory)
r_state=() root='' failure=''
for file in engine/walk engine/path; do source "$1/$file.sh"; done
stat_path() { case $1 in ${cases.join(" ")} *) stat='755 0 0 root root directory' ;; esac; }
${command}`,
      "bash",
      runtime,
    ],
    { encoding: "utf8" },
  );
  expect(stderr).toBe("");
  return stdout;
}

const theirs = "755 33 33 www-data www-data directory";
const settled = (path: string) => `is_settled ${path} 'it could go' && echo yes || echo "$failure"`;

test("the directory itself may be anybody's, those above may not", () => {
  expect(said({ "/srv/www": theirs }, settled("/srv/www"))).toBe("yes\n");
  expect(said({ "/srv": theirs }, settled("/srv/www"))).toBe(
    "it could go: others than root can change /srv (it is www-data's, with mode 755)\nLet only root change the directories above it: chown root /srv; chmod go-w /srv\n",
  );
  expect(said({ "/srv": "2775 0 50 root staff directory" }, settled("/srv/www"))).toContain(
    "(it is root's, with mode 2775)",
  );
  // In a directory like /tmp, what is root's stays in its place.
  expect(said({ "/srv": "1777 0 0 root root directory" }, settled("/srv/www/a"))).toBe("yes\n");
  expect(said({ "/srv": "1777 0 0 root root directory", "/srv/www": theirs }, settled("/srv/www/a"))).not.toBe("yes\n");
});

test.each([
  ["directory 0755 root root", theirs, "yes"],
  ["directory - root -", theirs, "yes"],
  ["directory - root -", "775 33 33 www-data www-data directory", "no"],
  ["directory 0755 - -", theirs, "no"],
  ["directory 0755 - -", "775 0 50 root staff directory", "yes"],
  ["directory 0775 root -", theirs, "no"],
  ["directory 0755 www-data -", theirs, "no"],
])("described as %j, %j will be root's alone: %s", (state, now, answer) => {
  const command = `described['directory /srv']=0 r_state=('${state}'); will_be_settled /srv/www && echo yes || echo no`;
  expect(said({ "/srv": now }, command)).toBe(`${answer}\n`);
});

test("what is not described stays as it is", () => {
  expect(said({ "/srv": theirs }, "will_be_settled /srv/www && echo yes || echo no")).toBe("no\n");
});
