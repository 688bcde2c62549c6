# ---- firewall: firewalld ------------------------------------------------------------------------------------------------
#
# Places are the zones of interfaces (firewalld:public), and those with sources that refuse only what they do not list: whoever comes from
# there meets that zone, by whatever interface (firewalld.zones(5)). What is forwarded, and what is not tracked, belongs to no zone: that
# is firewalld alone, and a matter of its policies or direct rules.

declare -A zone_text=() policy_text=() direct_text=()

firewalld_is_active() {
  unit_is_active firewalld.service
}

firewalld_starts_at_boot() {
  unit_is_enabled firewalld.service
}

firewalld_files() { # PLACE
  local stem
  local -a stems=(direct policies/lvsgen-forward)
  [[ $1 == firewalld ]] || stems=("zones/${1#firewalld:}")
  for stem in "${stems[@]}"; do files+=("/etc/firewalld/$stem.xml.old" "/etc/firewalld/$stem.xml"); done # never empty
}

# Zones of interfaces are those of now, which NetworkManager may have chosen, and those of the next boot.
firewalld_places() { # WHAT DEVICE...
  local what=$1 device zone
  shift
  case $what in
    # All zones let answers through.
    'answers from '*) ;;
    # Zones of nftables take what is not tracked for what is new.
    'untracked '*) ! firewalld_uses_iptables || places=(firewalld) ;;
    'forwarding from '*) places=(firewalld) ;;
    *)
      load_zones
      for device in "$@"; do
        zone_at_boot "$device"
        places+=("firewalld:${zone_of["$device now"]:-$zone}" "firewalld:$zone")
      done
      for zone in ${source_zones[@]+"${source_zones[@]}"}; do
        ! lets_in_by_list "$zone" || places+=("firewalld:$zone")
      done
      ;;
  esac
}

firewalld_probe() { # PLACE WHAT
  now=closed boot=closed
  if firewalld_is_active; then firewalld_state "$1" "$2" now && now=$state_there; fi
  firewalld_state "$1" "$2" boot && boot=$state_there
}

firewalld_state() { # PLACE WHAT now|boot -> $state_there
  state_there=closed
  case $2 in
    'untracked '*) direct_state "$2" "$3" ;;
    'forwarding from '*) if firewalld_uses_iptables; then direct_state "$2" "$3"; else policy_state "$2" "$3"; fi ;;
    *) zone_state "${1#firewalld:}" "$2" "$3" ;;
  esac
}

firewalld_set() { # PLACE WHAT now|boot STATE
  case $2 in
    'untracked '*) direct_set "$2" "$3" "$4" ;;
    'forwarding from '*) if firewalld_uses_iptables; then direct_set "$2" "$3" "$4"; else policy_set "$2" "$3" "$4"; fi ;;
    *) zone_set "${1#firewalld:}" "$2" "$3" "$4" ;;
  esac
}

# firewall-cmd asks the daemon; what it loads at boot is in files, which can be changed while it does not run.
firewalld_command() { # now|boot -> ${firewalld_command[@]}
  if [[ $1 == now ]]; then
    firewalld_command=(firewall-cmd)
  elif firewalld_is_active; then
    firewalld_command=(firewall-cmd --permanent)
  else
    firewalld_command=(firewall-offline-cmd)
  fi
}

ask_firewalld() { # now|boot ARGUMENT...
  local -a firewalld_command
  firewalld_command "$1"
  shift
  "${firewalld_command[@]}" "$@" 2>/dev/null # never empty
}

# What does not answer must not pass for what is closed: that would be written down as the state before. A reload may keep firewalld busy.
answer_of_firewalld() { # now|boot ARGUMENT... -> $answer, empty where it has no such zone or policy, or is not here
  local tries=0 status
  local -a firewalld_command
  firewalld_command "$1"
  while :; do
    if answer=$(ask_firewalld "$@"); then return 0; else status=$?; fi
    answer=''
    case $status in
      # INVALID_ZONE, INVALID_POLICY; no such option, in an older one; not installed
      112 | 140 | 2 | 127) return 0 ;;
    esac
    ((++tries < 4)) || cannot_read 'the rules of the firewall' "${firewalld_command[*]} ${*:2}" # never empty
    sleep "$tries"
  done
}

tell_firewalld() { # now|boot ARGUMENT...
  local -a firewalld_command
  firewalld_command "$1"
  shift
  run "${firewalld_command[@]}" "$@" # never empty
}
