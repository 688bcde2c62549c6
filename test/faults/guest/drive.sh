#!/usr/bin/env bash
# Tries fault points inside a guest that stands in the state before, and tells of each on a line of its own.
#   drive.sh SCRIPT SCENARIO FAULT,… SKIP all|share I M|sample N SEED   the points it tries with each fault: every one, the I-th (from 0)
#            of M parts, or N of them at random; without the first SKIP of all these
#   drive.sh SCRIPT noop                                                counts the processes of an apply that has nothing to do
# With BRIEF set, each of the two ways on from a state is tried by another point where several leave the same: the same command again by the
# first, the way back by all that follow, whose commands are marked with `= `; where none follows, by the first once more, at the end. Where
# that is the state that the command began in, the guest stays in it after these two.
# Lines: `points COUNT`, then `ok FAULT NUMBER COMMAND` or `not ok FAULT NUMBER COMMAND` with `# ` lines that say what differs. After a
# `not ok` the guest is no longer in the state before, and the driver ends.
# SCRIPT.next, if there, is the script of the changed description.
set -uo pipefail
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin
cd "$(dirname "$0")" || exit 1

readonly script=$1 scenario=$2 faults=${3:-none} work=/run/faults
mkdir -p "$work"

# points.sh for a run with a fault, with a function for every command that exists here and that the script names; and for an undisturbed
# run, which starts no more processes than the script does by itself, with functions for what waits for the disk alone.
prepare_points() {
  local word path
  local -A words=()
  while read -r word; do words[$word]=1; done < <(grep -oE '[A-Za-z][A-Za-z0-9_.+-]*' "$script" | sort -u)
  cp points.sh "$work/points.sh"
  cp points.sh "$work/undisturbed.sh"
  for path in /usr/sbin/* /usr/bin/*; do
    word=${path##*/}
    [[ ${words[$word]:-} && $(type -t -- "$word") == file ]] || continue
    printf '%s() { _fault_point %s "$@"; }\n' "$word" "$word"
  done >> "$work/points.sh"
  grep -E '^(sync|dd)\(\)' "$work/points.sh" >> "$work/undisturbed.sh"
}

# The other share that is mounted on a real server, as lived-in.sh has it.
taken_over() { # SCRIPT COMMAND -> $adopt
  adopt=''
  [[ $1 != *realserver.sh* || $2 != apply ]] || adopt=--adopt
}

# The script with a fault, as the leader of a process group of its own.
with_fault() { # SCRIPT FAULT POINT ARGUMENT...
  local file=$1 adopt
  taken_over "$1" "$4"
  : > "$work/calls"
  # In a shell of its own, which keeps to itself that something was killed.
  # shellcheck disable=SC2086 # a word or none
  (BASH_ENV=$work/points.sh FAULTS_CALLS=$work/calls FAULT=$2 FAULT_AT=$3 setsid --wait bash "$file" "${@:4}" $adopt > "$work/out" 2>&1 < /dev/null; exit) 2> /dev/null
}

undisturbed() { # EXIT-CODE ARGUMENT...
  local status=0 adopt
  taken_over "$2" "$3"
  # shellcheck disable=SC2086 # a word or none
  BASH_ENV=$work/undisturbed.sh FAULTS_CALLS='' bash "${@:2}" $adopt > "$work/out.after" 2>&1 < /dev/null || status=$?
  ((status == $1)) || { differ "${*:2} ended with $status, not $1" "$(tail -n 15 "$work/out.after")"; return 1; }
}

keep() { ./state.sh "${@:2}" > "$work/state.$1"; }

same() { # NAME WHAT WORD...
  local difference
  ./state.sh "${@:3}" > "$work/state.now"
  cmp -s "$work/state.$1" "$work/state.now" && return
  difference=$(diff -U0 "$work/state.$1" "$work/state.now" | tail -n +3 | grep -v '^@@' | head -n 30)
  differ "$2: - $1, + now" "$difference"
  return 1
}

why=''
differ() { why+=$(printf '%s\n' "$@")$'\n'; }

# A scenario: the command that the fault hits, on which start, and what has to be after it and the way from there.
# (before: nothing of lvsgen on the host; applied: after an undisturbed apply)
at_once=(--wait 0) # without waiting for connections, which the director's script alone does
[[ $script != *director.sh ]] || at_once+=(--drain 0)
words=() # what a comparison with the target looks at besides
case $scenario in
  apply) faulted=(apply) target=applied ;;
  rollback) faulted=(rollback) target=before words=(times) ;;
  uninstall) faulted=(uninstall) target=before words=(own times) ;;
  drain) faulted=(drain web1 --drain 0) target=drained ;;
  undrain) faulted=(undrain web1 --drain 0) target=applied ;;
  update) faulted=(apply "${at_once[@]}") target=updated ;;
  noop) faulted=(apply) target=applied ;;
  *) exit 64 ;;
esac
faulty=$script
[[ $scenario != update ]] || faulty=$script.next

enter() { # the state that the faulted command starts from
  case $scenario in
    rollback | uninstall | drain) undisturbed 0 "$script" apply ;;
    update) undisturbed 0 "$script" apply && keep applied.times times ;;
    undrain) undisturbed 0 "$script" apply && undisturbed 0 "$script" drain web1 --drain 0 ;;
  esac
}

leave() { # back to before, whatever was done
  undisturbed 0 "$faulty" uninstall "${at_once[@]}" && same before "after uninstall" own times
}

# States to compare with, each reached without a fault; once in a guest, whatever is tried in it.
prepare_states() {
  [[ ! -e $work/prepared ]] || return 0
  keep before own times
  undisturbed 0 "$script" apply && keep applied &&
    undisturbed 0 "$script" uninstall "${at_once[@]}" && same before 'after an undisturbed uninstall' own times &&
    undisturbed 0 "$script" apply && undisturbed 0 "$script" rollback "${at_once[@]}" && same before 'after an undisturbed rollback' times &&
    undisturbed 0 "$script" uninstall && same before 'after an undisturbed uninstall of nothing' own times && : > "$work/prepared"
}

# An undisturbed run of the scenario: how many points it has, which of them write, and what it makes where no other state is that.
count_points() {
  enter || return 1
  with_fault "$faulty" none 0 "${faulted[@]}" || { differ "the run to count: $(tail -n 3 "$work/out")" && return 1; }
  last=$(wc -l < "$work/calls")
  writes=" $(grep -nE '^[0-9]+ dd ' "$work/calls" | cut -d: -f1 | tr '\n' ' ')"
  case $target in
    drained | updated) keep "$target" ;;
    *) same "$target" 'after an undisturbed run' "${words[@]}" ;;
  esac && leave
}

strike() { # FAULT POINT: the faulted run, which has to end as the fault wants, or to do its work in spite of it
  local status=0
  with_fault "$faulty" "$1" "$2" "${faulted[@]}" || status=$?
  reached=$(sed -n "$2{s/^[0-9]* //;p}" "$work/calls")
  case $1:$status in
    kill*:137) ;;
    fail:0 | short:0) same "$target" 'the run said that all is well' "${words[@]}" ;;
    torn:137) ;;
    short:1) ;;
    fail:1 | fail:69 | fail:75 | fail:78) ;;
    *) differ "the run ended with $status" "$(tail -n 15 "$work/out")" && return 1 ;;
  esac
}

# (a) the same command again ends where an undisturbed one would; (b) rollback ends where it began.
try_point() { # FAULT POINT
  why='' repeated=''
  if [[ ! $brief ]]; then
    enter && strike "$1" "$2" && again && there_and_back "$1" "$2"
    return
  fi
  if [[ ! $entered ]]; then
    enter || return 1
    entered=1 start=${start:-$(state)}
  fi
  strike "$1" "$2" && try_one_way "$1 $2"
}

again() { undisturbed 0 "$faulty" "${faulted[@]}" && same "$target" 'the same again after the fault' "${words[@]}" && leave; }

there_and_back() { enter && strike "$1" "$2" && way_back && forget; } # FAULT POINT

# States that faults left, and of those from which no way back was tried yet, the point.
declare -A seen=() owed=()
start=''   # the state that the faulted command starts from
entered='' # while the guest is in it
try_one_way() { # POINT
  local state
  state=$(state)
  if [[ ! ${seen[$state]:-} ]]; then
    seen[$state]=1 owed[$state]=$1 entered=''
    again
    return
  fi
  repeated=1
  # A fault that left nothing, once both ways from there were tried: the next begins here.
  [[ $state != "$start" || ${owed[$state]:-} ]] || return 0
  entered=''
  way_back && forget && unset "owed[$state]"
}

state() { ./state.sh own | sha256sum; }

try_owed() {
  local state
  [[ ! $entered ]] || leave || broken 'the end'
  entered=''
  for state in "${!owed[@]}"; do
    read -r fault number <<< "${owed[$state]}"
    why='' repeated=''
    there_and_back "$fault" "$number" || failed "$fault" "$number"
  done
}

way_back() {
  case $scenario in
    apply) undisturbed 0 "$script" rollback "${at_once[@]}" && same before 'rollback after the fault' times ;;
    update) undisturbed 0 "$faulty" rollback --to 1 "${at_once[@]}" && same applied.times 'rollback after the fault' times ;;
    # Who is out of rotation outlives a rollback: whatever the fault left of it, undrain ends it.
    drain | undrain)
      undisturbed 0 "$script" rollback --to 1 "${at_once[@]}" && undisturbed 0 "$script" undrain web1 --drain 0 &&
        same applied 'rollback and undrain after the fault'
      ;;
    rollback | uninstall) undisturbed 0 "$script" apply && same applied 'apply after the fault' ;;
  esac
}

# Where a rollback led back to before, only lvsgen's own knowledge is left.
forget() {
  if [[ $scenario == apply ]]; then rm -rf /var/lib/lvsgen; else leave; fi
}

broken() { # WHAT
  printf 'not ok none 0 %s\n' "$1"
  printf '%s' "$why" | sed 's/^/# /'
  exit 1
}

# An apply that has nothing to do: its processes, and whether it wrote any file on any disk.
no_op() {
  local written
  undisturbed 0 "$script" apply || broken 'apply'
  touch "$work/stamp"
  sleep 0.02
  with_fault "$script" none 0 apply || broken "a second apply: $(tail -n 3 "$work/out")"
  written=$(find / -xdev -cnewer "$work/stamp" -not -path '/var/log/journal/*' -not -path '/var/lib/rpm/*' | head)
  [[ -z $written ]] || differ 'written:' "$written"
  printf 'points %d\n' "$(wc -l < "$work/calls")"
  [[ -z $why ]] || broken 'an apply with nothing to do writes no file'
  printf 'ok none 0 an apply with nothing to do writes no file\n'
  undisturbed 0 "$script" uninstall || broken 'uninstall'
}

failed() { # FAULT POINT
  printf 'not ok %s %d %s%s\n' "$1" "$2" "${repeated:+= }" "${reached//[[:cntrl:]]/ }"
  printf '%s' "$why" | sed 's/^/# /'
  exit 1
}

# Fisher and Yates' shuffle, by a generator that every bash computes alike.
sample() { # COUNT SEED NUMBER... -> $chosen
  local i j count=$1 seed=$2
  shift 2
  local -a numbers=("$@")
  chosen=' '
  for ((i = 0; i < count && i < ${#numbers[@]}; i++)); do
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    j=$((i + seed / 65536 % (${#numbers[@]} - i)))
    chosen+="${numbers[j]} "
    numbers[j]=${numbers[i]}
  done
}

picked() { # NUMBER LAST PICK...
  # Only what dd writes can be half there.
  [[ $fault != torn && $fault != short || $writes == *" $1 "* ]] || return 1
  case $3 in
    share) (($1 > $2 * $4 / $5 && $1 <= $2 * ($4 + 1) / $5)) ;;
    sample) [[ $chosen == *" $1 "* ]] ;;
  esac
}

main() { # SKIP PICK...
  local fault number last writes reached repeated skip=${1:-0} chosen=' ' brief=${BRIEF:-}
  prepare_points
  if [[ $scenario == noop ]]; then
    no_op
    exit
  fi
  prepare_states && count_points || broken 'undisturbed'
  printf 'points %d\n' "$last"
  for fault in ${faults//,/ }; do
    if [[ $2 == sample && ($fault == torn || $fault == short) ]]; then
      # shellcheck disable=SC2086 # numbers
      sample "$3" "$4" $writes
    elif [[ $2 == sample ]]; then
      # shellcheck disable=SC2046 # numbers
      sample "$3" "$(($4 + ${#fault}))" $(seq "$last")
    fi
    for ((number = 1; number <= last; number++)); do
      picked "$number" "$last" "${@:2}" || continue
      ((skip-- > 0)) && continue
      try_point "$fault" "$number" || failed "$fault" "$number"
      printf 'ok %s %d %s%s\n' "$fault" "$number" "${repeated:+= }" "${reached//[[:cntrl:]]/ }"
    done
  done
  try_owed
}

main "${@:4}"
