#!/usr/bin/env bash
# One step with the scripts of several clusters inside a guest, and all that is to be seen after it, in one process:
#   clusters-turn.sh COMMAND SCRIPT… [-- SCRIPT…]     COMMAND - : nothing is run
# Runs `SCRIPT COMMAND` for each, with what is live at each moment (moments.sh). Where that came through, the scripts behind -- are of all that is
# on the host then: each is applied once more and checked.
# Says it in parts, each after a line with a record separator, the part's name and perhaps a number.
set -uo pipefail
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin
cd /root/faults || exit 1
readonly command=$1 work=/run/simulate
shift
mkdir -p "$work"

part() { printf '\036%s\n' "$*"; }

run_script() { # SCRIPT COMMAND [AS-IT-IS: what stands in the way is not taken over]
  local -a words=("$2")
  [[ $2 != apply || ${3:-} ]] || words+=(--adopt)
  printf '$ %s %s\n' "$1" "${words[*]}"
  BASH_ENV=/root/faults/moments.sh MOMENTS=$work/moments bash "/root/faults/$1" "${words[@]}" < /dev/null 2>&1
}

# Files that several clusters write to, and others too: which part comes first, depends on who came first.
readonly shared=(/etc/fstab /etc/exports /etc/ipvsadm.rules /etc/sysconfig/ipvsadm /etc/network/interfaces /etc/rc.d/rc.local)
state() {
  local file
  # Whose name an address shows that several describe, is that of the first of them: a label is changed only by taking the address off.
  ./state.sh own times | sed -E 's/ (ens33|lo):[A-Za-z0-9_-]+$/ \1:LABEL/'
  printf '== lines\n'
  for file in "${shared[@]}"; do
    [[ ! -e $file ]] || sort "$file" | uniq -c | sed "s,^ *,$file ,"
  done
}

status=0
: > "$work/moments"
part run
if [[ $command != - ]]; then
  while (($#)) && [[ $1 != -- ]]; do
    run_script "$1" "$command" || status=$?
    shift
  done
fi
[[ ${1:-} != -- ]] || shift
part code "$status"
part moments
cat "$work/moments"
part state
state
((status == 0 && $#)) || exit 0
for script; do
  for look in apply check; do
    code=0
    : > "$work/moments"
    part "$look-$script"
    run_script "$script" "$look" 'as it is' || code=$?
    part "code-$look-$script" "$code"
  done
done
part after
state
