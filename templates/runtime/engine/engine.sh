# ---- engine: described resources, and the one way to bring one to its state -------------------
#
# A kind of resource is four functions:
#   KIND_declare NAME ARGUMENT...   sets $state (and $text) to what is described
#   KIND_probe NAME                 sets $have to the state on this host, in the same words
#   KIND_record NAME                sets $record to what KIND_set needs to get back here ($have if missing)
#   KIND_set NAME STATE             makes it so, through run; fails with $failure set
# and KIND_same NAME, where $have and $state may differ in words but not in meaning.

r_kind=() r_name=() r_state=() r_text=()
left_out=() # KIND NAME STATE of what --only leaves out
declare -A described=() # "KIND NAME" -> index
all_kinds='package module sysctl file directory block setting mode backend networkd address route mount export unit service timeouts netfilter fou selinux boolean firewall listener gateway'
file_kinds='file directory block setting mode'

# A line of the declarative part.
want() { # KIND NAME [ARGUMENT...]
  local kind=$1 name=$2 state='' text=''
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

describe() { # KIND NAME STATE [TEXT]
  local kind=$1 name=$2
  [[ -z $root || " $file_kinds " == *" $kind "* ]] || return 0
  if [[ $only && ",$only," != *",$kind,"* ]]; then
    left_out+=("$kind" "$name" "$3")
    return 0
  fi
  described["$kind $name"]=${#r_kind[@]}
  r_kind+=("$kind") r_name+=("$name") r_state+=("$3") r_text+=("${4:-}")
}

is_function() { # NAME
  declare -F "$1" >/dev/null
}

# Is the resource as described? Sets $have.
is_same() { # KIND NAME, with $state and $text set
  "$1_probe" "$2"
  if is_function "$1_same"; then "$1_same" "$2"; else [[ $have == "$state" ]]; fi
}

# Writes down how to get back, durably, before anything changes; and keeps aside what a hand wrote.
journal_resource() { # KIND NAME
  local record=$have sum framed rights
  local -a records=()
  can_reach "$1" "$2" && keep_hand_made "$1" "$2" && journal_left_out "$1" || return 1
  if ! journaled "$1" "$2"; then
    if is_function "$1_record"; then "$1_record" "$2" || return 1; fi
    records=("$1" "$2" "$record")
  fi
  case $1:$state in
    file:file\ *) sum_of_text "$text" && records+=(wrote "$2" "$sum") || return 1 ;;
    block:block\ *) framed "$text" && sum_of_text "$framed" && records+=(wrote "block $2" "$sum") || return 1 ;;
  esac
  case $1:$state in
    file:file\ * | directory:directory\ *)
      rights=${described_rights["$1 $2"]:-${state#* }}
      [[ $rights == "${rights_of["$1 $2"]:-- - -}" ]] || records+=(rights "$1 $2" "$rights")
      ;;
  esac
  ((${#records[@]} == 0)) || journal "${records[@]}" # never empty
}

# The next boot brings into force what files say, also where --only leaves the live state out: how it was before is written down
# before the first of the files.
journal_left_out() { # KIND of what is about to change
  local i kind name state text='' have record
  local -a missed
  [[ $only && -z $root && " $file_kinds " == *" $1 "* && ${#left_out[@]} != 0 ]] || return 0
  missed=("${left_out[@]}") left_out=() # never empty
  for ((i = 0; i < ${#missed[@]}; i += 3)); do
    kind=${missed[i]} name=${missed[i + 1]} state=${missed[i + 2]} have=''
    case $kind in module | sysctl | address | route | mount | export) ;; *) continue ;; esac
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
  failure='' lacking=1
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
  case $1 in
    service | file | block) [[ $before != absent ]] && printf 'differs' || printf 'absent' ;;
    *) ((${#before} + ${#after} > 100)) || printf '%s -> %s' "$before" "$after" ;;
  esac
}
