/** Which addresses the neighbours are told of: those that came up, however the run ends that brought them, or a later one. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const runtime = join(import.meta.dirname, "../../templates/runtime");
const folder = mkdtempSync(join(tmpdir(), "announced-"));
afterAll(() => rmSync(folder, { recursive: true }));

const record = (name: string, was: string): string => `address\t${name}\t=${was}\t.\n`;
mkdirSync(join(folder, "generations"));
writeFileSync(
  join(folder, "generations/0001"),
  `generation 1 boot=x started=1\n${record("192.0.2.80 ens33", "absent")}${record("192.0.2.81 ens33", "24 brd +")}${record("192.0.2.82 lo", "absent")}${record("192.0.2.83 ens33", "absent")}${record("192.0.2.84 ens33", "absent")}`,
);

/** What the announcer is called with, a line each time. */
function told(command: string): string {
  const { stdout, stderr } = spawnSync(
    "bash",
    [
      "-c",
      `set -Eeuo pipefail
shopt -s extglob
source "$1/engine/program.sh"; source "$1/engine/program-end.sh"; source "$1/facts/snapshot.sh"; source "$1/engine/journal.sh"; source "$1/kinds/address-announce.sh"
state_dir=$2 generation=0001 role=director root='' cluster=c started_steps='' command=apply resumed=''
r_kind=(address address address address address) r_name=('192.0.2.80 ens33' '192.0.2.81 ens33' '192.0.2.82 lo' '192.0.2.83 ens33' '192.0.2.84 ens33')
r_state=(32 32 32 32 '32 moves')
address_of=(['192.0.2.80 ens33']='32 ' ['192.0.2.81 ens33']='32 ' ['192.0.2.82 lo']='32 ' ['192.0.2.84 ens33']='32 ')
load_addresses() { :; }
# The announcer is not here; where it would be looked for, it is.
eval "$(declare -f tell_neighbours | sed 's/-x $announcer && -O $announcer/1/')"
try() { printf '%s\\n' "\${*:4}"; }
trap 'finish "$?"' EXIT
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

test.each([
  [
    "a run that came through tells once",
    "have=absent note_come_up 192.0.2.80 ens33; address_tell; exit 0",
    "ens33 192.0.2.80\n",
  ],
  ["one that fails tells as well", "have=absent note_come_up 192.0.2.80 ens33; exit 1", "ens33 192.0.2.80\n"],
  [
    "and so does one that a signal ends",
    "trap 'exit 143' TERM; have=absent note_come_up 192.0.2.80 ens33; kill $$",
    "ens33 192.0.2.80\n",
  ],
  ["of what was here before nothing is told", "have=24 note_come_up 192.0.2.80 ens33; exit 1", ""],
  [
    "one that goes on tells what a killed one brought and moves nowhere",
    "resumed=1; address_tell",
    "ens33 192.0.2.80\n",
  ],
  [
    "and what it brought itself, once",
    "resumed=1; have=absent note_come_up 192.0.2.80 ens33; address_tell",
    "ens33 192.0.2.80\n",
  ],
  ["an apply that finds all as it is tells nothing", "address_tell", ""],
])("%s", (_, command, expected) => {
  expect(told(command)).toBe(expected);
});
