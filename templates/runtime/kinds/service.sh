# ---- a service of the IPVS table: what a kind needs; service-edits.sh has what leads from one state to another

kind service brief look stale=service

service_probe() { # KEY
  load_services
  have=${service_of[$1]:-absent}
}

# Equal as sets where the order differs: ipvsadm's is none for addresses that lie far apart.
service_same() {
  local line
  local -A entries=()
  [[ $have != "$state" ]] || return 0
  [[ ${#have} == "${#state}" && ${have%%$'\n'*} == "${state%%$'\n'*}" ]] || return 1
  while IFS= read -r line; do entries[$line]=1; done <<<"$have"
  while IFS= read -r line; do [[ ${entries[$line]:-} ]] || return 1; done <<<"$state"
}

service_set() { # KEY STATE
  local edits='' removals=''
  service_edits "$1" "$have" "$2"
  edit_table
}

service_undone() { # KEY RECORD
  local state=$2
  service_probe "$1"
  service_same "$1"
}
