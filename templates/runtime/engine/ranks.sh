# ---- ranks: which of several roles' records of a resource is the oldest ------------------------------------------

# Which roles on this host have a record of a resource: roles_with["KIND NAME"]=" CLUSTER/ROLE ...", and
# rank_with["KIND NAME CLUSTER/ROLE"] its rank; the name escaped.
declare -A roles_with=() rank_with=()
declare -A given_up_by=() # `KIND NAME` -> CLUSTER/ROLE GENERATION RANK ... of others that could get it back by a rollback to before that generation
declare -A written_elsewhere=() # as ${written[@]}, by the other roles
declare -A written_by=()        # CLUSTER/ROLE and such a key, where that role wrote it
roles_are_loaded=''

load_roles() {
  local directory
  [[ -z $roles_are_loaded ]] || return 0
  roles_are_loaded=1
  for directory in "$state_home"/*/*/; do
    load_role "${directory%/}"
  done
}

load_role() { # STATE-DIRECTORY
  local name state_dir=$1 other=${1#"$state_home"/}
  # This role's own are loaded already, as long as it has written none.
  if [[ $other == "$cluster/$role" && $own_are_loaded && -z $begun ]]; then
    enter_records "$other"
    return
  fi
  local -a u_kind u_name u_record handed
  local -A written rights_of rank_of given_up
  load_records all
  enter_records "$other"
  [[ $other != "$cluster/$role" ]] || return 0
  for name in ${written[@]+"${!written[@]}"}; do
    [[ ${written[$name]} ]] || continue
    written_elsewhere[$name]+=${written[$name]} written_by["$other $name"]=1
  done
  for name in ${given_up[@]+"${!given_up[@]}"}; do
    [[ -z ${given_up[$name]} ]] || given_up_by["$name"]+=" $other ${given_up[$name]}"
  done
}

enter_records() { # CLUSTER/ROLE, with its records in u_*
  local i escaped
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    if [[ -z ${u_kind[i]} ]] || has "${u_kind[i]}" page; then continue; fi
    escaped=${u_name[i]}
    [[ $escaped != *[\\$'\t\n']* ]] || escape "$escaped"
    has_record "$1" "${u_kind[i]} $escaped" "${rank_of["${u_kind[i]} ${u_name[i]}"]:-0}"
    given_up["${u_kind[i]} ${u_name[i]}"]=''
  done
}

has_record() { # CLUSTER/ROLE KEY RANK
  [[ ${roles_with[$2]:-} == *" $1 "* ]] || roles_with[$2]+=" $1 "
  rank_with["$2 $1"]=${3:-0}
}

# The state that this role finds at first may be another one's work: then that one's record leads to the state before lvsgen.
rank_line() { # KIND NAME, added to $lines
  local escaped line rank
  case $1 in -* | wrote | rights) return 0 ;; esac
  if has "$1" page || has "$1" kept; then return 0; fi
  load_roles
  escape "$2"
  [[ ${roles_with["$1 $escaped"]:-} != *" $cluster/$role "* ]] || return 0
  next_rank "$1" "$2"
  has_record "$cluster/$role" "$1 $escaped" "$rank"
  ((rank == 0)) || { record_line rank "$1 $2" "$rank" && lines+=$'\n'$line; }
}

next_rank() { # KIND NAME -> $rank, higher than those of all roles
  local escaped key other theirs
  local -a words
  load_roles
  escape "$2"
  key="$1 $escaped" rank=0
  split_words "${roles_with[$key]:-}"
  for other in ${words[@]+"${words[@]}"}; do
    theirs=$((10#${rank_with["$key $other"]}))
    ((theirs < rank)) || rank=$((theirs + 1))
  done
}

# Is this no way back to before lvsgen? For another role knows an older state than this one, or the same (from a run that was ended),
# or this one keeps an older record itself ($stays_owned; $heir is then what it was).
older_is_known() { # KIND NAME RANK of this role's record -> $heir: the state directory of the other role that does
  local escaped key other
  local -a words
  [[ -z ${stays_owned["$1 $2"]:-} ]] || return 0
  load_roles
  escape "$2"
  key="$1 $escaped"
  split_words "${roles_with[$key]:-}"
  for other in ${words[@]+"${words[@]}"}; do
    [[ $other != "$cluster/$role" ]] || continue
    ((10#${rank_with["$key $other"]} > 10#$3)) || { heir=$state_home/$other && return 0; }
  done
  return 1
}
