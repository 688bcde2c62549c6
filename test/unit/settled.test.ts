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

test("nobody is told to close a directory like /tmp", () => {
  const sticky = { "/srv": "1777 0 0 root root directory", "/srv/www": "" };
  expect(said(sticky, settled("/srv/www/a"))).toBe(
    "it could go: others than root can change /srv (it is root's, with mode 1777)\nEverybody may put a name into /srv: have a directory of root's at /srv/www (mkdir /srv/www, or chown root /srv/www), or take another place.\n",
  );
});

test.each([
  ["directory 0755 root root", theirs, "yes"],
  ["directory - root -", theirs, "yes"],
  ["directory - 0 -", theirs, "yes"],
  ["directory 0755 - -", "", "yes"],
  ["directory 0775 - -", "", "no"],
  ["directory - root -", "775 33 33 www-data www-data directory", "no"],
  ["directory 0755 - -", theirs, "no"],
  ["directory 0755 - -", "775 0 50 root staff directory", "yes"],
  ["directory 0775 root -", theirs, "no"],
  ["directory 0755 www-data -", theirs, "no"],
  ["directory 0755 root root", "777 0 0 root root symbolic link", "no"],
])("described as %j, %j will be root's alone: %s", (state, now, answer) => {
  const command = `described['directory /srv']=0 r_state=('${state}'); foreseen=1; is_foreseen /srv && echo yes || echo no`;
  expect(said({ "/srv": now }, command)).toBe(`${answer}\n`);
});

const foreseen = (path: string, ...directories: string[]) =>
  `${directories.map((name, index) => `described['directory ${name}']=${index} r_state[${index}]='directory 0755 root root'`).join("; ")}
will_be_settled ${path} last && echo yes || echo no`;

test("what is not described stays as it is, each directory on the way counts", () => {
  expect(said({ "/srv": theirs }, foreseen("/srv/www"))).toBe("no\n");
  expect(said({ "/srv": theirs }, foreseen("/srv/www", "/srv"))).toBe("yes\n");
  expect(said({ "/srv": theirs, "/srv/www": theirs }, foreseen("/srv/www/a", "/srv"))).toBe("no\n");
  expect(said({ "/srv": theirs, "/srv/www": theirs }, foreseen("/srv/www/a", "/srv", "/srv/www"))).toBe("yes\n");
});

test("a directory of root's that is to be made stays in its place in one like /tmp, what is not described is anybody's", () => {
  const sticky = { "/srv": "1777 0 0 root root directory", "/srv/www": "" };
  expect(said(sticky, foreseen("/srv/www/a", "/srv/www"))).toBe("yes\n");
  expect(said(sticky, foreseen("/srv/www/a"))).toBe("no\n");
});

test("a link of root's is followed below a directory that will be root's", () => {
  const linked = { "/srv": theirs, "/srv/www": "777 0 0 root root symbolic link" };
  const leads = "readlink() { echo /data; }";
  expect(said(linked, `${leads}; ${foreseen("/srv/www/a", "/srv")}`)).toBe("yes\n");
  expect(said(linked, `${leads}; ${foreseen("/srv/www/a")}`)).toBe("no\n");
  const others = { ...linked, "/srv/www": "777 33 33 www-data www-data symbolic link" };
  expect(said(others, `${leads}; ${foreseen("/srv/www/a", "/srv")}`)).toBe("no\n");
});
