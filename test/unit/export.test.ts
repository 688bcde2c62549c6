/** A live export: under which name exportfs has it, and whose it is. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const runtime = join(import.meta.dirname, "../../templates/runtime");

/** What is said, a line each, with `live` exports: `CLIENT PATH` -> options, as etab has them. */
function said(live: Readonly<Record<string, string>>, command: string): readonly string[] {
  const exports = Object.entries(live).map(([key, options]) => `export_of['${key}']='${options}'`);
  const { stdout, stderr } = spawnSync(
    "bash",
    [
      "-c",
      `set -Eeuo pipefail
shopt -s extglob
declare -A loaded=() export_of=() roles_with=() described=()
kind() { :; }
source "$1/engine/words.sh"; source "$1/kinds/export.sh"; source "$1/kinds/export-others.sh"
root='' role=nfs cluster=shop elsewhere='' in_files='' state='' have='' obstacle='' adoptable=''
load_exports() { :; }
load_roles() { :; }
escape() { escaped=$1; }
held_elsewhere() { [[ $elsewhere == "$1" ]]; }
find_foreign_files() { foreign_files=(/etc/exports); }
foreign_entries() { entries=$in_files lines=''; }
realpath() { echo "\${@: -1}"; }
timeout() { shift; "$@"; }
getent() { [[ $2 == web1 ]] && printf '%s\\n' '10.0.0.11       STREAM web1.example.org' '10.0.0.11       DGRAM  '; }
probed() { export_probe "$1"; echo "$have"; }
met() { state=$2; export_obstacle "$1"; echo "\${adoptable:-no}: \${obstacle%%$'\\n'*}"; }
${exports.join("\n")}
${command}`,
      "bash",
      runtime,
    ],
    { encoding: "utf8" },
  );
  expect(stderr).toBe("");
  return stdout.split("\n").slice(0, -1);
}

test("a client that is described by name is found as the resolver calls it", () => {
  const live = { "web1.example.org /srv": "ro,sync" };
  expect(said(live, "probed 'web1 /srv'; probed 'web2 /srv'; probed '10.0.0.0/24 /srv'")).toEqual([
    "ro,sync",
    "absent",
    "absent",
  ]);
  expect(said({ "web1 /srv": "rw", ...live }, "probed 'web1 /srv'")).toEqual(["rw"]);
  // A pattern is no name.
  expect(said(live, "getent() { echo asked >&2; }; probed '*.example.org /srv'; probed '10.0.0.11 /srv'")).toEqual([
    "absent",
    "absent",
  ]);
});

test("what somebody else exports live with other options is in the way, and is taken over by --adopt alone", () => {
  const live = { "10.0.0.0/24 /srv": "rw,sync,no_root_squash,fsid=1,sec=sys" };
  const met = "met '10.0.0.0/24 /srv' 'rw,sync'";
  expect(said(live, met)).toEqual([
    "1: it is exported already, by a hand or another program: rw,sync,no_root_squash,fsid=1,sec=sys",
  ]);
  const none = ["no: "];
  expect(said(live, "met '10.0.0.0/24 /srv' 'rw,sync,no_root_squash,fsid=1'")).toEqual(none);
  expect(said({}, met)).toEqual(none);
  // lvsgen's own, of this role or another; and what a file says is named by its line.
  expect(said(live, `roles_with['export 10.0.0.0/24 /srv']=' shop/nfs '; ${met}`)).toEqual(none);
  expect(said(live, `elsewhere='export 10.0.0.0/24 /srv'; ${met}`)).toEqual(none);
  expect(said(live, `in_files='/etc/exports:1: /srv 10.0.0.0/24(rw)'; ${met}`)).toEqual(none);
});
