# ---- a service of the IPVS table: what a kind needs; service-edits.sh has what leads from one state to another

# Put back, it is looked at again after keepalived's last reload, which takes out what the file before it had, a service of a hand as well.
kind service brief look=again stale=service

service_probe() { # KEY
  load_services
  have=${service_of[$1]:-absent}
}

# Equal as sets where the order differs: ipvsadm's is none for addresses that lie far apart.
service_same() { # KEY
  local state=$state serves
  local -a only_had=() only_wanted=()
  with_health "$1" now
  [[ $have != "$state" ]] || return 0
  [[ ${#have} == "${#state}" && ${have%%$'\n'*} == "${state%%$'\n'*}" ]] || return 1
  set_apart "$have" "$state"
  ((${#only_had[@]} + ${#only_wanted[@]} == 0))
}

# An undo alone comes here: health is that of now, not that of then.
service_set() { # KEY STATE
  local edits='' removals='' exchanges='' pauses='' paused='' state=$2
  with_health "$1" former
  service_edits "$1" "$have" "$state"
  edit_table
}

service_undone() { # KEY RECORD
  local state=$2
  service_probe "$1"
  with_health "$1" former
  service_same "$1"
}
