# ---- a service of the IPVS table: what a kind needs; service-edits.sh has what leads from one state to another

# Put back, it is looked at again after keepalived's last reload, which takes out what the file before it had, a service of a hand as well.
kind service brief look=again stale=service

service_probe() { # KEY
  load_services
  have=${service_of[$1]:-absent}
}

# Equal as sets where the order differs: ipvsadm's is none for addresses that lie far apart.
service_same() { # KEY
  local serves
  local -a only_had=() only_wanted=()
  if is_state_live; then return 0; fi
  local state=$state
  with_health "$1" now
  if is_state_live; then return 0; fi
  [[ ${#have} == "${#state}" && ${have%%$'\n'*} == "${state%%$'\n'*}" ]] || return 1
  set_apart "$have" "$state"
  ((${#only_had[@]} + ${#only_wanted[@]} == 0))
}

# Of a long text `==` needs seven copies, and this three.
is_state_live() { # with $have and $state
  [[ ! $have < $state && ! $have > $state ]]
}

declare -A leaves=() # by name: the index of its record

# An undo alone comes here: health is that of now, not that of then. Those that were written down one after the other go back with the
# first of them, in one ipvsadm: each alone, a table of a thousand would be read a thousand times.
service_set() { # KEY STATE
  local edits='' removals='' exchanges='' pauses='' paused='' state=$2 name
  local -a along=()
  with_health "$1" former
  service_edits "$1" "$have" "$state"
  leave_along "$1"
  edit_table || return 1
  for name in ${along[@]+"${along[@]}"}; do went_along["service $name"]=1; done
}

# Those that leave too, and lie next to it among the records. -> $edits and what goes with them; ${along[@]}: their names
leave_along() { # KEY
  local i at=${leaves[$1]:-} name have state
  [[ $at ]] || return 0
  for ((i = at - 1; i >= 0; i--)); do
    # (What was put back already has no kind any more.)
    [[ ${u_kind[i]} ]] || continue
    [[ ${u_kind[i]} == service ]] || break
    name=${u_name[i]} state=${u_record[i]}
    [[ ${leaves[$name]:-} && -z ${unwritten["service $name"]:-} ]] || continue
    leaves[$name]=''
    if service_undone "$name" "$state"; then continue; fi
    with_health "$name" former
    service_edits "$name" "$have" "$state"
    along+=("$name")
  done
}

service_undone() { # KEY RECORD
  local state=$2
  service_probe "$1"
  with_health "$1" former
  service_same "$1"
}
