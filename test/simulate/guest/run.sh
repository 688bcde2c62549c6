#!/usr/bin/env bash
# One run inside a guest: run.sh none|kill|killed|fail NUMBER SCRIPT ARGUMENT…
# Disturbs it as test/faults does, by points.sh, which lies beside this. The call that was reached is in /run/simulate/struck.
set -uo pipefail
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin
readonly fault=$1 number=$2 script=$3 work=/run/simulate
mkdir -p "$work"
if [[ $fault == none ]]; then exec bash "${@:3}"; fi

declare -A words=()
while read -r word; do words[$word]=1; done < <(grep -oE '[A-Za-z][A-Za-z0-9_.+-]*' "$script" | sort -u)
cp /root/faults/points.sh "$work/points.sh"
for path in /usr/sbin/* /usr/bin/*; do
  word=${path##*/}
  [[ ${words[$word]:-} && $(type -t -- "$word") == file ]] || continue
  printf '%s() { _fault_point %s "$@"; }\n' "$word" "$word"
done >> "$work/points.sh"
: > "$work/calls"
rm -f "$work/struck"
# In a shell of its own, which keeps to itself that something was killed.
exec 3>&2
(BASH_ENV=$work/points.sh FAULTS_CALLS=$work/calls FAULT=$fault FAULT_AT=$number setsid --wait bash "${@:3}" < /dev/null 2>&3 3>&-; exit) 2> /dev/null
status=$?
(($(wc -l < "$work/calls") < number)) || sed -n "${number}s/^[0-9]* //p" "$work/calls" > "$work/struck"
exit "$status"
