# ---- the kernel's own thread that tells the other directors of connections ---------------------------------------------------
#
# keepalived starts and stops it when it starts, stops, or changes its role. A reload from 2.1 on leaves it as it is where the file has none any more,
# starts none where the file has one now, and only stops it where its interface or number changed (reload_vrrp_thread in vrrp_daemon.c):
# that is done here. The state is `INTERFACE ID`, `INTERFACE ID GROUP` where the group is none of IPv4, or `off`; its role is keepalived's.

kind synced look=again

sync_roles=() # of the threads that run

synced_probe() {
  local tries
  have=off
  ipvs_is_loaded && command -v ipvsadm >/dev/null || return 0
  # At a change of role one is stopped before the other is started.
  for tries in 1 2 3; do
    read_sync
    if [[ $have != off || $state == off ]] || ! health_decides; then break; fi
    sleep 0.2
  done
}

read_sync() { # -> $have, ${sync_roles[@]}
  local line said one=''
  sync_roles=() have=off
  said=$(ipvsadm -L --daemon) || cannot_read 'the sync of connections' 'ipvsadm -L --daemon'
  while IFS= read -r line; do
    [[ $line =~ ^(master|backup)\ sync\ daemon\ \(mcast=([^,]+),\ syncid=([0-9]+) ]] || continue
    one="${BASH_REMATCH[2]} ${BASH_REMATCH[3]}"
    sync_roles+=("${BASH_REMATCH[1]}")
    [[ ! $line =~ \ group=([0-9a-f:]*:[0-9a-f:]*) ]] || one+=" ${BASH_REMATCH[1]}"
    if [[ $have == off ]]; then have=$one; elif [[ $have != "$one" ]]; then have+=", $one"; fi
  done <<<"$said"
}

# It ends with keepalived: that keepalived does not run is the matter of its unit.
synced_same() {
  [[ $have == "$state" ]] || ! health_decides
}

synced_set() { # NAME STATE
  local state=$2 sync_role one tenths limit=50 interface id multicast
  local -a words
  unset 'loaded[unit]'
  # keepalived may be about to do it itself: started or reloaded a moment ago, it comes to that after its checks.
  for ((tenths = 0; tenths < limit; tenths++)); do
    read_sync
    [[ $have != "$state" ]] || return 0
    [[ $have == off ]] || limit=20
    sleep 0.1
  done
  which_role
  for one in ${sync_roles[@]+"${sync_roles[@]}"}; do
    run ipvsadm --stop-daemon "$one" || is_by_now off || return 1
  done
  [[ $state != off ]] || return 0
  read -r interface id multicast <<<"$state"
  words=(--mcast-interface "$interface" --syncid "$id")
  [[ -z $multicast ]] || words+=(--mcast-group "$multicast")
  run ipvsadm --start-daemon "$sync_role" "${words[@]}" || is_by_now "$state" || # never empty
    { failure+=$'\n'"A restart of keepalived does it too: systemctl restart keepalived.service" && return 1; }
}

# keepalived may have done it in the same moment.
is_by_now() { # STATE
  read_sync
  [[ $have == "$1" ]] && failure=''
}

# That of the thread there is, else that of the addresses. -> $sync_role
which_role() {
  local i
  sync_role=backup
  if ((${#sync_roles[@]})); then
    sync_role=${sync_roles[0]}
    return
  fi
  load_addresses
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    [[ ${r_kind[i]} != address || ${r_state[i]} != *' moves' || ! ${address_of[${r_name[i]}]:-} ]] || sync_role=master
  done
}

synced_undone() { # NAME RECORD
  local state=$2
  synced_probe
  [[ $have == "$state" ]]
}

synced_differs() { # with $have and $state
  printf 'is: %s; described: %s. A reload of keepalived leaves it so, apply does not' "$have" "$state"
}
