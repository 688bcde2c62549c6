/** A share whose server does not answer: it ends a run, but for the one that puts back what nobody has confirmed. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const runtime = join(import.meta.dirname, "../../templates/runtime");

/** What is said and run, a line each. `$mounted` is how often the share is mounted. */
function said(command: string): readonly string[] {
  const { stdout, stderr } = spawnSync(
    "bash",
    [
      "-c",
      `set -Eeuo pipefail
shopt -s extglob
declare -A loaded=() mount_of=() hidden_by=()
kind() { :; }
source "$1/engine/words.sh"; source "$1/kinds/mount.sh"; source "$1/kinds/mount-silent.sh"; source "$1/kinds/mount-fstab.sh"; source "$1/kinds/mount-unit.sh"; source "$1/kinds/mount-options.sh"
state_dir=/state script_path=/state/script root='' mounted=1 failure='' fstab='' reason='' target=/www
r_kind=(file mount) r_name=(/etc/fstab /www) u_kind=() u_name=() u_record=()
load_mounts() { mount_of=(); ((mounted == 0)) || mount_of[$target]='nfs4 192.0.2.13:/srv'; }
# Whoever looks at it waits until it is killed.
timeout() { [[ $* != *stat* ]]; }
is_watchdog() { [[ $script_path == "$state_dir/script" ]]; }
log_open() { :; }
reload_systemd() { :; }
walk() { :; }
read_found() { content=$fstab; }
mark_block() { :; }
mount_by_other_name() { :; }
find_keeper() { keeper=$reason; }
complain() { printf 'complain %s\\n' "$*"; }
report() { printf 'report %s\\n' "$*"; }
report_failure() { printf 'failed %s: %s\\n' "$*" "$failure"; }
die() { printf 'die %s\\n' "$2"; exit 0; }
run() { printf 'run %s\\n' "$*"; [[ $* != *umount* ]] || mounted=$((mounted - 1)); }
${command}`,
      "bash",
      runtime,
    ],
    { encoding: "utf8" },
  );
  expect(stderr).toBe("");
  return stdout.split("\n").slice(0, -1);
}

test("an apply, or whoever rolls back by hand, decides what becomes of it", () => {
  expect(said("script_path=director.sh; mount_guard /www")).toEqual([
    "report failed mount /www 192.0.2.13:/srv does not answer",
    "die the NFS server of /www does not answer, and what lies below it cannot be looked at",
  ]);
});

test("the watchdog takes it off, and goes on", () => {
  expect(said("mounted=2; mount_guard /www; echo on")).toEqual([
    "complain the NFS server of /www does not answer: its share is taken off, so that all the rest can be put back",
    "run timeout -s KILL 60 umount -f -l -- /www",
    "run timeout -s KILL 60 umount -f -l -- /www",
    "on",
  ]);
});

test("what cannot be taken off ends this try", () => {
  expect(said("run() { failure=busy; return 1; }; mount_guard /www; echo on").at(-1)).toBe(
    "die the share of /www cannot be taken off: busy",
  );
});

const line = "192.0.2.13:/srv /www nfs ro,nofail 0 0";
const back = ["run timeout 90 mount -- /www", "report changed mount /www mounted again"];

test.each([
  ["it was mounted before the apply too", ":", back],
  ["it is mounted still", "mounted=1", []],
  ["the rollback has taken it off", "u_kind=(mount) u_name=(/www) u_record=(absent)", []],
  ["another role needs it", "u_kind=(mount) u_name=(/www) u_record=(absent) reason=role", back],
  ["fstab has it no more", "fstab='/dev/sda1 / ext4 defaults 0 1'", []],
  ["it is no watchdog's run", "script_path=director.sh", []],
])("it is mounted again once everything is back: %s", (_, how, expected) => {
  expect(said(`mounted=0 fstab='${line}'; ${how}; mount_returned`)).toEqual(expected);
});

test("where it cannot be mounted again yet, it says what is to be done once it can", () => {
  expect(said(`mounted=0 fstab='${line}'; run() { failure=late; return 1; }; mount_returned`)).toEqual([
    "failed mount /www: late",
    "Once its server answers: mount /www",
  ]);
});

/** With `$state_there`, what systemd says of the unit. */
const undone = `
declare -A unit_of=()
units=() mount_of=() text='' mounted=0 state_there='loaded generated activating'
load_units() { unit_of=([www.mount]=$state_there); }
is_way_back() { return 1; }
run() { printf 'run %s\\n' "$*"; state_there='loaded generated inactive'; }
undo() { if mount_undone /www absent; then echo "done"; else mount_set /www absent; fi; }
`;

test("what systemd still tries to mount is not gone: it is stopped", () => {
  expect(said(`${undone} mount_facts /www; echo "$units"; undo; undo`)).toEqual([
    "www.mount",
    "run timeout 120 systemctl stop -- www.mount",
    "done",
  ]);
  expect(said(`${undone} state_there='loaded generated failed'; undo`)).toEqual(["done"]);
});

test("it may have come through in that very moment", () => {
  const late = `${undone} run() { printf 'run %s\\n' "$*"; if [[ $* == *stop* ]]; then mounted=1 state_there=active; else mounted=0; fi; }`;
  expect(said(`${late}; declare -A automounted=(); reload_systemd() { :; }; stop_automount() { :; }; undo`)).toEqual([
    "run timeout 120 systemctl stop -- www.mount",
    "run timeout -s KILL 60 umount -- /www",
  ]);
});

test("what is only on its way is nothing that could come back, and carries nothing", () => {
  expect(said("have=activating; mount_record /www; echo $record")).toEqual(["absent"]);
  const reached = `source "$1/engine/undo-reach.sh"
has() { [[ "$1 $2" == 'file path' || "$1 $2" == 'mount carrier' ]]; }
u_kind=(mount file) u_name=(/www /www/page) u_record=(absent 'saved 0001.1') carrier=''
mount_undone() { have=$state_there; [[ $have == "$2" ]]; }
asked() { if was_carried 1; then echo "of $carrier"; else echo reached; fi; }`;
  expect(said(`${reached}; state_there=activating; asked`)).toEqual(["of /www"]);
  expect(said(`${reached}; state_there=absent; asked`)).toEqual(["of /www"]);
  expect(said(`${reached}; state_there='nfs4 a:/b'; asked`)).toEqual(["reached"]);
  // The share of somebody else that was there before is not there either.
  const other = `${reached}; u_record=('nfs4:rw c:/d' 'saved 0001.1')`;
  expect(said(`${other}; state_there=absent; asked`)).toEqual(["of /www"]);
  expect(said(`${other}; state_there='nfs4 a:/b'; asked`)).toEqual(["reached"]);
  expect(said(`${other}; state_there='nfs4:rw c:/d'; asked`)).toEqual(["of /www"]);
});

const tried =
  'systemctl() { echo What=192.0.2.13:/srv; }; try() { local failure; run "$@" || :; }; has_options() { :; }';

test("before another source is mounted, the attempt of the boot ends", () => {
  const other = `${undone} ${tried}; may_mount() { :; }; have=absent; mount_facts /www`;
  expect(said(`${other}; mount_set /www 'nfs 192.0.2.14:/new'`)).toEqual([
    "run timeout 120 systemctl stop -- www.mount",
    "run timeout 90 mount -t nfs -o defaults -- 192.0.2.14:/new /www",
  ]);
  expect(said(`${other}; state_there='loaded generated inactive'; mount_set /www 'nfs 192.0.2.14:/new'`)).toEqual([
    "run timeout 90 mount -t nfs -o defaults -- 192.0.2.14:/new /www",
  ]);
});

test("a mount of now is not made in the background, and holds nothing of the run open", () => {
  const other = `${undone} ${tried}; may_mount() { :; }; have=absent; mount_facts /www; exec 9</dev/null
run() { printf 'run %s\\n' "$*"; [[ $* != *mount\\ -t* || ! -e /proc/self/fd/9 ]] || echo 'has the lock'; }`;
  expect(said(`${other}; mount_set /www 'nfs:bg,retry=5,ro,soft 192.0.2.14:/new'`).at(-1)).toBe(
    "run timeout 90 mount -t nfs -o ro,soft -- 192.0.2.14:/new /www",
  );
});

test("where that fails, systemd goes on trying what it tried", () => {
  const failing = `${undone} ${tried}; may_mount() { :; }; have=absent; mount_facts /www
run() { printf 'run %s\\n' "$*"; failure=$*; [[ $* != *mount\\ -t* ]]; }`;
  expect(said(`${failing}; mount_set /www 'nfs 192.0.2.14:/new' || echo "$failure"`)).toEqual([
    "run timeout 120 systemctl stop -- www.mount",
    "run timeout 90 mount -t nfs -o defaults -- 192.0.2.14:/new /www",
    "run systemctl start --no-block -- www.mount",
    expect.stringContaining("mount -t nfs"),
    "Is the NFS server applied and reachable? Run nfs.sh there first; showmount -e tells what it exports.",
  ]);
});

test("the very source that the boot still tries is waited for, as units of others wait for it", () => {
  const same = `${undone} ${tried}; may_mount() { :; }; have=absent; mount_facts /www
run() { printf 'run %s\\n' "$*"; if [[ $server ]]; then mounted=1; else failure=$*; return 1; fi; }`;
  expect(said(`${same}; server=1; mount_set /www 'nfs 192.0.2.13:/srv' && echo "$have"`)).toEqual([
    "run timeout 90 systemctl start -- www.mount",
    "nfs4 192.0.2.13:/srv",
  ]);
  expect(said(`${same}; server=''; mount_set /www 'nfs 192.0.2.13:/srv' || echo "$failure"`)).toEqual([
    "run timeout 90 systemctl start -- www.mount",
    "timeout 90 systemctl start -- www.mount",
    "Is the NFS server applied and reachable? Run nfs.sh there first; showmount -e tells what it exports.",
  ]);
});

/** A rollback to a generation in which the share was there already; `$mounted` says whether it still is. */
const older = `source "$1/engine/undo-reach.sh"
declare -A stays_owned=(["mount /www"]=1 ["file /etc/a"]=1)
has() { [[ "$1 $2" == 'file path' || "$1 $2" == 'mount carrier' ]]; }
path_of() { path=$2; }
u_kind=(file) u_name=(/www/page) u_record=('saved 0002.1') carrier=''
asked() { if is_cut_off 0; then echo "$failure"; else echo reached; fi; }`;

test("what lies on a share that is older, and not mounted now, is out of a rollback's reach", () => {
  expect(said(`${older}; mounted=0; asked`)).toEqual([
    "it lies on the share of /www, which is not mounted",
    "Mount it, and run this again.",
  ]);
  expect(said(`${older}; asked`)).toEqual(["reached"]);
  expect(said(`${older}; mounted=0; u_name=(/etc/page); asked`)).toEqual(["reached"]);
  // Its own record decides (was_carried).
  expect(said(`${older}; mounted=0; u_kind+=(mount) u_name+=(/www); asked`)).toEqual(["reached"]);
});

test.each([
  ["the watchdog mounts it first", ":", ["run timeout 60 systemctl start -- www.mount"]],
  ["not where it is mounted", "mounted=1", []],
  ["not what it took off itself", "taken_off[/www]=1", []],
  ["not where nothing of it goes back", "u_name=(/etc/page)", []],
  ["not where fstab has it no more", "fstab=''", []],
  ["nor does a hand's rollback", "script_path=director.sh", []],
])("what lies on a share that a boot has not come to yet: %s", (_, how, expected) => {
  expect(
    said(
      `has() { [[ "$1 $2" == 'file path' ]]; }; forget_snapshots() { :; }; try() { run "$@" || :; }
mounted=0 fstab='${line}' u_kind=(file) u_name=(/www/page) u_record=(absent); ${how}; mount_returning`,
    ),
  ).toEqual(expected);
});
