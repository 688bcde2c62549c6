/** Whether a file has the rights of its kept copy, where stat does not always answer. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const part = join(import.meta.dirname, "../../templates/runtime/engine/part.sh");

/** `fails` calls of stat come to nothing before one works; `mode` is the file's, that of the copy is 644. */
function asked({ fails, mode = "644" }: { fails: number; mode?: string }): string {
  const script = `set -euo pipefail
source "$1"
state_dir=$(mktemp -d); trap 'rm -r "$state_dir"' EXIT
mkdir "$state_dir/blobs"; touch "$state_dir/file" "$state_dir/blobs/1"; chmod ${mode} "$state_dir/file"; chmod 644 "$state_dir/blobs/1"
stat() { printf x >>"$state_dir/calls"; (($(wc -c <"$state_dir/calls") > ${fails})) && command stat "$@"; }
cannot_read() { printf 'cannot read'; exit 0; }
has_rights_of_blob "$state_dir/file" 1 && printf same || printf other`;
  const { stdout, stderr } = spawnSync("bash", ["-c", script, "bash", part], { encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout;
}

test.each([
  ["the same", { fails: 0 }, "same"],
  ["others", { fails: 0, mode: "600" }, "other"],
  ["the same, by the second answer", { fails: 1 }, "same"],
  ["nobody knows", { fails: 1000 }, "cannot read"],
])("rights: %s", (_name, how, said) => {
  expect(asked(how)).toBe(said);
});
