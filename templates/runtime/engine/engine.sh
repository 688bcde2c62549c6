# ---- engine: described resources, and the one way to bring one to its state -------------------
#
# What a kind has to have, and may have, is in templates/runtime/README.md.

r_kind=() r_name=() r_state=() r_text=()
run_at=() run_kind='' # the first index of each run of resources of one kind, and the kind of the last one
declares_once='' # whether nobody will ask for them again
left_out=() # KIND NAME STATE of what --only leaves out
declare -A described=() # "KIND NAME" -> index

# A line of the declarative part.
want() { # KIND NAME [ARGUMENT...]
  local kind=$1 name=$2 state='' text='' word=$1
  if [[ $declares_once ]]; then unset -f resources && declares_once=''; fi
  shift 2
  "${kind}_declare" "$name" "$@"
}

# What `verify` proves and `apply` cannot bring about.
expect() { # KIND NAME [ARGUMENT...]
  want "$@"
}

title() { # TEXT: heads a group of resources
  :
}

# Without STATE it is what $state and $text have: of a long text each copy counts, and an argument is two.
describe() { # KIND NAME [STATE [TEXT]], with the $word of `want` that it is part of
  local kind=$1 name=$2 at=${#r_kind[@]}
  if [[ $root ]] && ! has "$kind" path; then
    ! has "$kind" carrier || shares_away+=("$name")
    return 0
  fi
  if [[ $only && ",$only," != *",$kind,"* && ",$only," != *",${word:-},"* ]]; then
    left_out+=("$kind" "$name" "${3-$state}")
    return 0
  fi
  [[ $kind == "$run_kind" ]] || run_at+=("$at") run_kind=$kind
  described["$kind $name"]=$at r_kind[at]=$kind r_name[at]=$name
  if (($# > 2)); then r_state[at]=$3 r_text[at]=${4:-}; else r_state[at]=$state r_text[at]=$text; fi
}

forget_described() {
  r_kind=() r_name=() r_state=() r_text=() run_at=() run_kind='' described=()
}

# The resources of this kind, or whose kind has one of these traits or functions (`rules`, `path`, `_guard`). Those of a kind stand together,
# often by the thousand, and their kind is asked once.
pick() { # KIND|TRAIT|_FUNCTION... -> ${picked[@]}: indices in r_kind
  local run i end kind asked
  picked=()
  for ((run = 0; run < ${#run_at[@]}; run++)); do
    i=${run_at[run]} end=${run_at[run + 1]:-${#r_kind[@]}}
    kind=${r_kind[i]}
    for asked in "$@"; do
      [[ $kind == "$asked" ]] || has "$kind" "$asked" || is_function "$kind$asked" || continue
      for (( ; i < end; i++)); do picked+=("$i"); done
    done
  done
}

# Is the resource as described? Sets $have.
is_same() { # KIND NAME, with $state and $text set
  "$1_probe" "$2"
  [[ ${is_defined["$1_same"]:-} ]] || is_function "$1_same" || :
  if [[ ${is_defined["$1_same"]} == yes ]]; then "$1_same" "$2"; else [[ $have == "$state" ]]; fi
}

# Writes down how to get back, durably, before anything changes; and keeps aside what a hand wrote.
journal_resource() { # KIND NAME
  local record=$have sum key embedded rights
  local -a records=()
  can_reach "$1" "$2" && keep_hand_made "$1" "$2" && journal_left_out "$1" || return 1
  if ! journaled "$1" "$2"; then
    if is_function "$1_record"; then "$1_record" "$2" || return 1; fi
    records=("$1" "$2" "$record")
  elif [[ $state && $have == absent ]] && has "$1" path; then
    # In a generation that was left open: another role may have taken the directory away meanwhile that was there then.
    can_reach "$1" "$2" && journal_parents "$root$real" || return 1
  fi
  if [[ $state ]] && is_function "$1_written"; then
    "$1_written" "$2" && "$1_text" "$2" && sum_of_text "$embedded" && records+=(wrote "$key" "$sum") || return 1
  fi
  if [[ $state ]] && has "$1" rights; then
    rights=${described_rights["$1 $2"]:-${state#* }}
    [[ $rights == "${rights_of["$1 $2"]:-- - -}" ]] || records+=(rights "$1 $2" "$rights")
  fi
  ((${#records[@]} == 0)) || journal "${records[@]}" # never empty
}

# The next boot brings into force what files say, also where --only leaves the live state out, and so does what has the steps of a boot:
# how it was before is written down before the first of them.
journal_left_out() { # KIND of what is about to change
  local i kind name state text='' have record
  local -a missed
  [[ $only && -z $root && ${#left_out[@]} != 0 ]] && { has "$1" path || has "$1" steps; } || return 0
  missed=("${left_out[@]}") left_out=() # never empty
  for ((i = 0; i < ${#missed[@]}; i += 3)); do
    kind=${missed[i]} name=${missed[i + 1]} state=${missed[i + 2]} have=''
    has "$kind" boot || continue
    if is_same "$kind" "$name" || journaled "$kind" "$name"; then continue; fi
    record=$have
    if is_function "${kind}_record"; then "${kind}_record" "$name" || continue; fi
    journal "$kind" "$name" "$record" || return 1
  done
  failure=''
}

failure=''

# The beats of every resource: probe; equal: ok; else journal, change, probe again.
reconcile() { # INDEX
  local kind=${r_kind[$1]} name=${r_name[$1]} state=${r_state[$1]} text=${r_text[$1]} have='' before place
  if is_same "$kind" "$name"; then
    report ok "$kind" "$name"
    return 0
  fi
  before=$have
  if [[ $mutating != yes ]]; then
    report pending "$kind" "$name" "$(change_of "$kind" "$before" "$state")"
    show_diff "$kind" "$name"
    return 0
  fi
  show_diff "$kind" "$name"
  failure='' lacking=1 goes_on=''
  if begin_changes && place_of "$kind" "$name" && journal_resource "$kind" "$place" && "${kind}_set" "$name" "$state"; then
    forget_snapshots "$kind"
    if is_same "$kind" "$name"; then
      report changed "$kind" "$name" "$(change_of "$kind" "$before" "$state")"
      return 0
    fi
    failure="it was set, but is still: ${have:-absent}"
  fi
  report_failure "$kind" "$name"
  return 1
}

# The first line of $failure is the resource's; what follows says more, or what to do.
report_failure() { # KIND NAME
  report failed "$1" "$2" "${failure%%$'\n'*}"
  [[ $failure != *$'\n'* ]] || complain_lines "${failure#*$'\n'}"
}

complain_lines() { # TEXT
  local line
  while IFS= read -r line; do
    complain "  $line"
  done <<<"$1"
}

# "0644 -> 0755" for short states; long ones speak for themselves in --diff.
change_of() { # KIND BEFORE AFTER
  local before=${2:-absent} after=$3
  if has "$1" brief; then
    [[ $before != absent ]] && printf 'differs' || printf 'absent'
  else
    ((${#before} + ${#after} > 100)) || printf '%s -> %s' "${before//$'\n'/, }" "${after//$'\n'/, }"
  fi
}
