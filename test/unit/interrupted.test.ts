/** What becomes of a run that is ended, or fails, at a bad moment. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const runtime = join(import.meta.dirname, "../../templates/runtime");

/** What is said, a line each, with these files of the runtime. */
function said(files: readonly string[], command: string): readonly string[] {
  const { stdout, stderr } = spawnSync(
    "bash",
    [
      "-c",
      `set -Eeuo pipefail
runtime=$1
offer() { :; }
accept() { :; }
kind() { :; }
complain() { printf '%s\\n' "$@"; }
log() { :; }
failure=''
${files.map((file) => `source "$runtime/${file}.sh"`).join("\n")}
${command}`,
      "bash",
      runtime,
    ],
    { encoding: "utf8" },
  );
  expect(stderr).toBe("");
  return stdout.split("\n").slice(0, -1);
}

const ended = (state: string) =>
  said(["engine/main"], `generation='' closed_as='' putting_back=''; ${state}; ended 'ended by SIGINT'`);

test("whoever ends a run is told what is true of it", () => {
  expect(ended(":")).toEqual(["ended by SIGINT"]);
  expect(ended("generation=0007")).toEqual([
    "ended by SIGINT; generation 0007 holds what was changed: apply again, or rollback",
  ]);
  // A drain is no apply: a rollback would undo the apply before it.
  expect(ended("generation=0008 closed_as=aside command=drain")).toEqual([
    "ended by SIGINT; what was drained stays so: the same command again goes on, undrain goes back",
  ]);
  expect(ended("generation=0008 closed_as=aside command=undrain")).toEqual([
    "ended by SIGINT; what was put back into rotation stays there: the same command again goes on, drain goes back",
  ]);
  expect(ended("putting_back=1")).toEqual([
    "ended by SIGINT; part of it may have been put back: the same command again goes on with the rest",
  ]);
});

test.each([
  ["generation='' putting_back=''", "Nothing was changed."],
  ["generation='' putting_back=1", "Part of it may have been put back: the same command again goes on with the rest."],
  [
    "generation=0003 putting_back=''",
    "generation 0003 holds what was changed: apply again, or undo it: bash x.sh rollback",
  ],
])("where %s, what cannot be read ends the run with %j", (state, remedy) => {
  expect(
    said(
      ["engine/main"],
      `die() { shift; printf '%s\\n' "$@"; }; script=x.sh; ${state}; end_unread 'the table' ipvsadm`,
    ),
  ).toEqual(["cannot read the table: 'ipvsadm' failed", remedy]);
});

const exchange = `
finally() { at_end=$1; }
with_weight() { weighted="\${1% -w *} -w $2"; }
count_active() { active=0 ending=0; }
restore_rules() { printf '%s' "$1"; }
sleep() { :; }`;

test("entries that are exchanged are in the table again, however the run ends", () => {
  const line = "-a -t 192.0.2.1:80 -r 10.0.0.1:80 -g -w 3";
  const away = "-d -t 192.0.2.1:80 -r 10.0.0.1:80";
  const back = "-a -t 192.0.2.1:80 -r 10.0.0.1:80 -g -w 0";
  const run = (more: string) =>
    said(["kinds/service-exchanges"], `${exchange}\n${more}\nexchange_entries $'${line}\\n' || :\n"$at_end"`);
  expect(run(":")).toEqual([away, back, line.replace("-a", "-e")]);
  // A signal comes while it waits.
  const entered = [line, line.replace("-a", "-e")];
  expect(run(`trap '"$at_end"' EXIT; sleep() { exit 1; }`)).toEqual([away, ...entered]);
  expect(run(`trap '"$at_end"' EXIT; count_active() { exit 1; }`)).toEqual([away, back, ...entered]);
});

const confirm = `
state_dir=/none state_home=/none cluster=c role=r root='' confirm_seconds=60 watchdog=w
end_on_signals() { echo heard; trap - INT TERM HUP; }
try() { :; }
run() { echo "$1 $2"; [[ "$1 $2" != "$fails" ]] || { failure=no && return 1; }; }
disarm_confirm() { echo disarmed; }
fails='' was_armed=''`;

test("a timer of --confirm that is not to be known again is taken away", () => {
  const arm = (fails: string) =>
    said(["engine/confirm"], `${confirm}; fails='${fails}'; arm_watchdog || echo "$failure"`);
  const timer = "systemd-run --on-active=60";
  expect(arm("")).toEqual(["systemctl daemon-reload", timer, "systemctl enable", "heard"]);
  expect(arm("systemctl enable")).toEqual([
    ...["systemctl daemon-reload", timer, "systemctl enable"],
    ...["disarmed", "heard", "no"],
  ]);
  expect(arm(timer)).toEqual(["systemctl daemon-reload", timer, "disarmed", "heard", "no"]);
  // What an earlier apply has not confirmed goes on being watched.
  const before = `${confirm}; was_armed=1 fails='systemctl daemon-reload'; arm_watchdog || echo "$failure"`;
  expect(said(["engine/confirm"], before)).toEqual(["systemctl daemon-reload", timer, "heard", "no"]);
});

test.each([
  ["k a\\nk b\\n", "k a\\nk b\\nk c\\n", "k a\\nk b\\nk c\\n"],
  ["k a\\nk d\\n", "k a\\nk b\\n", "k a\\nk d\\nk b\\n"],
  ["k d\\n", "", "k d\\n"],
  ["", "k a\\n", "k a\\n"],
  // What is described again with another state has one line.
  ["state k a\\tnew\\n", "state k a\\told\\nstate k b\\told\\n", "state k a\\tnew\\nstate k b\\told\\n"],
])("with --only %j goes onto a page of %j", (keys, previous, page) => {
  const plain = (text: string) => text.replaceAll("\\n", "\n").replaceAll("\\t", "\t");
  const command = `previous_holds=$'${previous}' keys=$'${keys}'; keep_left_out; printf '%s' "$keys"; echo .`;
  expect(`${said(["engine/holds"], command).join("\n")}\n`).toBe(`${plain(page)}.\n`);
});
