#!/usr/bin/env bash
# One step inside a guest, and all that is to be seen after it, in one process:
#   turn.sh SCRIPT|- SETTLED|- FAULT NUMBER COMMAND…
# Runs `SCRIPT COMMAND…`, disturbed at the NUMBERth program that it calls (kill, killed, fail: see test/faults/guest/points.sh) or not (none).
# Where that came through, what SETTLED describes has to be there: it is applied once more, checked and verified.
# Says it in parts, each after a line with a record separator, the part's name and perhaps a number.
set -uo pipefail
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin
cd /root/faults || exit 1
readonly script=$1 settled=$2 fault=$3 number=$4 work=/run/simulate
mkdir -p "$work"

part() { printf '\036%s\n' "$*"; }

# The functions of points.sh for every program that exists here and that the script names. (Made anew for each run: an apply may bring some.)
prepare_points() {
  local word path
  local -A words=()
  while read -r word; do words[$word]=1; done < <(grep -oE '[A-Za-z][A-Za-z0-9_.+-]*' "$script" | sort -u)
  cp points.sh "$work/disturbed.sh"
  for path in /usr/sbin/* /usr/bin/*; do
    word=${path##*/}
    [[ ${words[$word]:-} && $(type -t -- "$word") == file ]] || continue
    printf '%s() { _fault_point %s "$@"; }\n' "$word" "$word"
  done >> "$work/disturbed.sh"
}

# Nothing has to be on the disk of the machine that the guests share: no power is cut here.
undisturbed() { # ARGUMENT…
  [[ -e $work/undisturbed.sh ]] || {
    cat points.sh
    printf 'sync() { :; }\ndd() { _fault_run dd "$@"; }\n'
  } > "$work/undisturbed.sh"
  BASH_ENV=$work/undisturbed.sh FAULTS_CALLS='' bash "$@" < /dev/null 2>&1
}

disturbed() { # ARGUMENT…
  prepare_points
  : > "$work/calls"
  # In a shell of its own, which keeps to itself that something was killed.
  exec 3>&1
  (BASH_ENV=$work/disturbed.sh FAULTS_CALLS=$work/calls FAULT=$fault FAULT_AT=$number setsid --wait bash "$@" < /dev/null >&3 2>&3 3>&-; exit) 2> /dev/null
}

run_it() { # COMMAND…
  local status=0 struck
  # The other share that is mounted on a real server, as lived-in.sh has it.
  [[ $script != */realserver.* || $1 != apply ]] || set -- "$@" --adopt
  part run
  if [[ $fault == none ]]; then undisturbed "$script" "$@" || status=$?; else disturbed "$script" "$@" || status=$?; fi
  part code "$status"
  if [[ $fault != none ]]; then
    struck=$(sed -n "${number}s/^[0-9]* //p" "$work/calls")
    [[ -z $struck ]] || part struck "$struck"
  fi
  return "$status"
}

look_again() { # COMMAND
  local status=0
  part "$1"
  undisturbed "$settled" "$1" || status=$?
  part "$1-code" "$status"
}

status=0
if [[ $script != - ]]; then run_it "${@:5}" || status=$?; fi
part generations
(cd "/var/lib/lvsgen/kgc/${ROLE:?}/generations" 2> /dev/null && ls)
part drained
cat "/var/lib/lvsgen/kgc/$ROLE/drained" 2> /dev/null
part state
./state.sh own times
[[ $status == 0 && $settled != - ]] || exit 0
look_again apply
look_again check
look_again verify
part after
./state.sh own times
