/** Hosts that are directories: what lvsgen sends runs in a real bash, behind a program that takes the place of ssh; only the scripts of the bundle are played. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const ssh = String.raw`#!/bin/bash
printf '%s\n' "$*" >>"$HOSTS/ssh.log"
[[ $1 != -G ]] || { [[ ! -e $HOSTS/config ]] || cat "$HOSTS/config"; exit 0; }
while [[ $1 != -- ]]; do shift; done
name=${"$"}{2#*@} command=$3
export HOST_DIR=$HOSTS/$name TMPDIR=$HOSTS/$name/tmp PATH=$HOSTS/programs:$PATH
# What it says where it lets nobody in, and how often that is.
if [[ -e $HOST_DIR/refuse ]]; then cat "$HOST_DIR/refuse" >&2; exit 255; fi
[[ ! -e $HOST_DIR/noise ]] || cat "$HOST_DIR/noise"
echo $$ >"$HOST_DIR/session"
exec $command
`;

const sudo = `#!/bin/bash
[[ ! -e $HOST_DIR/sudo ]] || { cat "$HOST_DIR/sudo" >&2; exit 1; }
[[ $1 == -n ]] && shift
exec "$@"
`;

const bash = `#!/bin/bash
case $1 in
  */director.sh | */realserver.sh | */nfs.sh | */doctor.sh) exec /bin/bash "$HOSTS/programs/played" "$@" ;;
esac
exec /bin/bash "$@"
`;

/**
 * Applied: the file of the role's name; waiting to be confirmed: with ".waiting" behind it; what fails: its name in "broken"; what loses its
 * connection: "drop", and nobody comes in from then on: "refuse-after". Described no longer: "left", with what it calls itself.
 */
const played = String.raw`
script=$1 role=${"$"}{1##*/} role=${"$"}{role%.sh} command=$2
shift 2
[[ $role != doctor ]] || command=doctor
cd "$HOST_DIR" || exit 70
host=${"$"}{PWD##*/} state=$PWD/$role what=$command dry='' left=''
if [[ $* == *--dry-run* ]]; then dry=1 what+=' --dry-run'; fi
if [[ -e left ]]; then left=1 host=$(cat left); fi
echo "$role $command $*" >>calls
# What it was given of what is secret.
for given in "${"$"}{script%/*}"/secrets-*; do [[ ! -e $given ]] || echo "$command $(cat "$given")" >>given; done
# What reads standard input gets none of what is not for it.
cat >>stdin
at=$(grep -c . calls)
sum=$(sed -n 's/^lvsgen_sum=\([0-9a-f]*\) .*/\1/p' "$script" | head -1)
code=0 error=''
is() { [[ -e $1 ]] && grep -qx -- "$what" "$1"; }
# What has left knows no more of a role than its journal.
if [[ $left && ! -e $state ]]; then code=78 error='this script is not for this host' host=''; fi
printf '{"event":"run","time":"2026-11-29T%02d:%02d:%02d+00:00","run":"%s","host":"%s","machine":"%s","role":"%s","cluster":"%s","command":"%s","bundle":"%s","runtime":"x","lvsgen":"0.1.0","format":1,"root":"","only":"","dry_run":"%s","undescribed":"%s","uptime":"%s.00"}\n' \
  $((at / 3600)) $((at / 60 % 60)) $((at % 60)) "$RANDOM$RANDOM$at$host" "$host" "$host" "$role" "$CLUSTER" "$command" "$sum" "$dry" "$left" "$at"
if is drop; then rm drop; [[ ! -e refuse-after ]] || mv refuse-after refuse; kill -9 "$(cat session)"; fi
# Nobody confirmed it in time.
if is late; then rm -f "$state" "$state.waiting"; touch "$state"; fi
if [[ -e slow ]]; then until [[ -e go-on ]]; do sleep 0.02; done; fi
if ((code)); then
  :
elif is broken; then
  code=1
  echo '{"event":"resource","time":"2026-11-29T00:00:00+00:00","host":"'"$host"'","result":"failed","kind":"unit","name":"httpd.service","detail":"it does not start"}'
elif is lacking; then
  code=69
  echo '{"event":"error","time":"2026-11-29T00:00:00+00:00","code":69,"message":"ipvsadm cannot be installed"}'
else
  case $command in
    check) [[ -e $state ]] || { code=2; echo '{"event":"resource","time":"2026-11-29T00:00:00+00:00","host":"'"$host"'","result":"pending","kind":"file","name":"/etc/x","detail":"absent"}'; } ;;
    apply) echo "$sum" >"$state"; [[ $* != *--confirm* ]] || echo "$sum" >"$state.waiting" ;;
    verify) [[ -e $state ]] || code=1 ;;
    confirm) if [[ -e $state.waiting ]]; then rm "$state.waiting"; else code=1; error='nothing to confirm: its time is over'; fi ;;
    uninstall)
      if [[ -z $dry ]]; then rm -f "$state"; elif [[ -e $state ]]; then code=2; fi
      ;;
    status) for name in $(cat master 2>/dev/null); do echo '{"event":"director","time":"x","instance":"'"$name"'","state":"master","since":""}'; done ;;
  esac
fi
[[ -z $error ]] || echo '{"event":"error","time":"x","code":'"$code"',"message":"'"$error"'"}'
if [[ $role != doctor ]]; then
  waits=no made=''
  [[ ! -e $state.waiting ]] || waits=pending
  [[ ! -e $state ]] || made=$(cat "$state")
  echo '{"event":"standing","time":"x","generation":1,"sha256":"'"$made"'","state":"closed","confirm":"'"$waits"'"}'
fi
echo '{"event":"end","time":"x","code":'"$code"',"seconds":1}'
exit $code
`;

export interface Hosts {
  /** What `PATH` and the rest of the environment are to be. */
  readonly environment: NodeJS.ProcessEnv;
  /** The runs of scripts on a host, without what every run has. */
  readonly calls: (host: string) => readonly string[];
  readonly set: (host: string, file: string, text: string) => void;
  readonly unset: (host: string, file: string) => void;
  readonly has: (host: string, file: string) => boolean;
  readonly read: (host: string, file: string) => string;
  /** How ssh was called, a line each. */
  readonly sshLog: () => readonly string[];
  readonly path: string;
}

/** Makes them below a directory. */
export function playHosts(path: string, cluster: string, names: readonly string[]): Hosts {
  const programs = join(path, "programs");
  mkdirSync(programs, { recursive: true });
  for (const [name, text] of Object.entries({ ssh, sudo, bash, played })) {
    writeFileSync(join(programs, name), text);
    chmodSync(join(programs, name), 0o755);
  }
  for (const name of names) mkdirSync(join(path, name, "tmp"), { recursive: true });
  const read = (host: string, file: string): string => {
    const place = join(path, host, file);
    return existsSync(place) ? readFileSync(place, "utf8") : "";
  };
  const lines = (text: string): readonly string[] => text.split("\n").filter((line) => line !== "");
  return {
    path,
    environment: {
      ...process.env,
      PATH: `${programs}${delimiter}${process.env["PATH"]}`,
      HOSTS: path,
      CLUSTER: cluster,
    },
    calls: (host) => lines(read(host, "calls")).map((line) => line.replace(/ --json.*$/, "").trim()),
    set: (host, file, text) => writeFileSync(join(path, host, file), text),
    unset: (host, file) => rmSync(join(path, host, file), { force: true }),
    has: (host, file) => existsSync(join(path, host, file)),
    read,
    sshLog: () => lines(existsSync(join(path, "ssh.log")) ? readFileSync(join(path, "ssh.log"), "utf8") : ""),
  };
}
