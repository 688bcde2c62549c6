/** Nothing that is asked in order to tell, and nothing that hangs, ends a way back in the middle. */
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import { bash, inDirectory, textOf } from "./bundle.ts";

const { bundle } = await compile(readFileSync(join(import.meta.dirname, "../../../examples/kgc.json"), "utf8"));
if (bundle === null) throw new Error("the example is not accepted");
const runtime = textOf(bundle, "realserver.sh")
  .replace(/^.*?\n# Part 3 of 3[^\n]*\n/s, "")
  .replace(/main "\$@"\n$/, "");

/** What is said by this piece of bash over the runtime, a line each, with these programs. Limits of time end after a moment. */
function said(programs: Readonly<Record<string, string>>, command: string): readonly string[] {
  return inDirectory((directory) => {
    writeFileSync(join(directory, "runtime"), runtime);
    writeFileSync(join(directory, "swappiness"), "60\n");
    for (const [name, text] of Object.entries(programs)) {
      writeFileSync(join(directory, name), `#!/bin/sh\n${text}\n`);
      chmodSync(join(directory, name), 0o755);
    }
    const { status, stdout, stderr } = spawnSync(
      bash,
      [
        "-c",
        `set -Eeuo pipefail; shopt -s extglob
cluster=kgc role=realserver script=test lvsgen_sum=0
source ./runtime
PATH=$PWD:$PATH root='' state_home=$PWD/state state_dir=$PWD/state/kgc/realserver mutating=yes host=web1 package_manager=yum
sysctl_path() { sysctl_file=$PWD/\${1##*.}; }
timeout() {
  while [[ $1 == -* ]]; do shift 2; done
  command timeout 0.5 "\${@:2}"
}
report() { echo "$1 $2 $3\${4:+ ($4)}"; }
die() { echo "die $1: $2"; exit "$1"; }
log() { echo "log $1"; }
sleep() { :; }
for name in sync_all pass_on after_return; do eval "$name() { :; }"; done
held_elsewhere() { return 1; }
failure=''
${command}`,
      ],
      { cwd: directory, encoding: "utf8", timeout: 60_000 },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    return stdout.split("\n").slice(0, -1);
  });
}

const broken = `echo asked >>asked
echo 'error: rpmdb: BDB0113 Thread/process 1234/1404 failed: BDB1507 Thread died in Berkeley DB library'
echo 'error: cannot open Packages database in /var/lib/rpm' >&2
exit 1`;
const hangs = "echo asked >>asked\nexec sleep 600";
const undo = (command: string): string => `command=${command}
u_kind=(sysctl package package) u_name=(vm.swappiness httpd nfs-utils) u_record=(10 absent absent)
undo_loaded
echo "swappiness is $(<swappiness), asked $(wc -l <asked) time(s)"`;
const stays = "(it stays; uninstall --purge takes it away)";

test.each([
  ["does not answer", broken],
  ["hangs", hangs],
])("a package database that %s is told of, and the rest goes on", (_, rpm) => {
  expect(said({ rpm }, undo("rollback")).filter((line) => !line.startsWith("log run:"))).toEqual([
    "log which packages are installed is not known: the package manager does not answer",
    `kept package nfs-utils ${stays}`,
    `kept package httpd ${stays}`,
    "changed sysctl vm.swappiness (as before)",
    "swappiness is 10, asked 1 time(s)",
  ]);
});

test("one that answers is asked once, and what is not there is not told of", () => {
  const rpm = "echo asked >>asked; echo 'httpd installed'; echo 'package nfs-utils is not installed'; exit 1";
  expect(said({ rpm }, undo("rollback")).filter((line) => !line.startsWith("log run:"))).toEqual([
    `kept package httpd ${stays}`,
    "changed sysctl vm.swappiness (as before)",
    "swappiness is 10, asked 1 time(s)",
  ]);
});

test("where it decides something, it ends the run as before", () => {
  const unread = `unread=ends; ends() { echo "cannot read $1"; exit 0; }; packages=(httpd)`;
  const know = `package_stays httpd absent && echo stays\npackage_probe httpd; echo "$have"`;
  for (const rpm of [broken, hangs])
    expect(said({ rpm }, `${unread}\n${know}`)).toEqual([
      "log which packages are installed is not known: the package manager does not answer",
      "stays",
      "cannot read which packages are installed",
    ]);
});

const start = (systemctl: string): readonly string[] =>
  said({ systemctl }, 'start_unit httpd.service && echo started || echo "$failure"');

test("a start that waits for what does not come is waited for no longer, and said to go on", () => {
  expect(start('[ "$1" != start ] || exec sleep 600\necho Type=notify')).toEqual([
    "log run: timeout 180 systemctl start -- httpd.service",
    "it has not started within 180 s, and systemd goes on with it",
    "See what it waits for: systemctl list-jobs; systemctl status httpd.service. Once it is active, run this again.",
  ]);
});

test("one that fails, and one that is slow and well, are as before", () => {
  expect(start("echo 'Job for httpd.service failed.'; exit 1").slice(1)).toEqual([
    "timeout 180 systemctl start -- httpd.service (exit code 1)",
    "Job for httpd.service failed.",
    "See: journalctl -u httpd.service -b",
  ]);
  expect(start('[ "$1" != start ] || exec sleep 0.2\necho Type=notify').slice(1)).toEqual(["started"]);
});
