# ---- another director on the segment, which takes over from this one: verify proves that it is there ----------------------

kind peer expected

peers=() # `NAME ADDRESS...` of the other directors

peer_declare() { # NAME DEVICE ADDRESS [ADDRESS...]: the one that it speaks VRRP by, and its others
  peers+=("$1 ${*:3}")
  describe peer "$1 $3 $2" answers
}

peer_probe() { # `NAME ADDRESS DEVICE`
  local name address device mac=''
  read -r name address device <<<"$1"
  have='does not answer'
  load_addresses
  if [[ $address != *:* ]] && is_arping; then
    [[ ${answered_by["$address $device"]:-} ]] || ask_wire "$address $device"
    mac=${answered_by["$address $device"]}
  else
    neighbour_of "$address" "$device"
  fi
  [[ -z $mac ]] || have=answers
}

peer_differs() { # with $name
  local peer address device
  read -r peer address device <<<"$name"
  printf '%s does not answer on %s: nobody would take over from this director. Is it up, is its cable in, are both in one VLAN?' "$address" "$device"
}

# verify says what it could not ask.
peer_tell() {
  [[ $command == verify ]] || return 0
  [[ -z $unasked ]] || say "${yellow}unproved${plain}  %s" "whether another machine has the virtual addresses of IPv6 that are here: $unasked"
  [[ $unheld ]] || return 0
  say "${yellow}unproved${plain}  %s" "whether another machine has the virtual addresses that are here: $unheld (Debian, Ubuntu: iputils-arping; else iputils)"
}
