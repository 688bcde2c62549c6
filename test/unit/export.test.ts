/** A live export: under which name exportfs has it. */
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
declare -A loaded=() export_of=()
kind() { :; }
source "$1/kinds/export.sh"
have=''
load_exports() { :; }
realpath() { echo "\${@: -1}"; }
timeout() { shift; "$@"; }
getent() { [[ $2 == web1 ]] && printf '%s\\n' '10.0.0.11       STREAM web1.example.org' '10.0.0.11       DGRAM  '; }
probed() { export_probe "$1"; echo "$have"; }
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
