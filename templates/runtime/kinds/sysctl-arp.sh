# ---- what keeps a real server quiet about the virtual addresses that it has -----------------------------------------------------
#
# Where arp_ignore and arp_announce do not say otherwise, a host answers ARP for whatever address it has, on any interface (ip-sysctl.rst), and
# draws all clients of a virtual address to itself. So they come before such an address, and go after it.

# By a tunnel comes no ARP: what is set there has no say, and goes before the module that has made it.
is_about_arp() { # KEY
  local key=${1//\//.}
  [[ $key == net.ipv4.conf.*.@(arp_ignore|arp_announce) && $key != net.ipv4.conf.@(tunl|sit|gre|ip6tnl)+([0-9]).* ]]
}

# The greater of two values says less.
read_arp() { # KEY VALUE -> $now
  local sysctl_file
  [[ -z $root && $2 =~ ^[0-9]+$ ]] && is_about_arp "$1" || return 1
  sysctl_path "$1"
  read -r now 2>/dev/null <"$sysctl_file" && [[ $now =~ ^[0-9]+$ ]]
}

# Where this host is to say less again, an address may come back with it; where it is to say more, one may have to go.
sysctl_turn() { # KEY RECORD -> $turn
  local now
  read_arp "$1" "$2" || return 0
  if ((10#$2 > 10#$now)); then
    turn=first
  elif ((10#$2 < 10#$now)); then
    turn=late
  fi
}

# Would this host say more with that value, for good, and has it an address of the role's that no record has taken off? (As in an image, which
# lvsgen's own files bring up at boot.) What a rollback leads to is what was.
would_answer() { # KEY VALUE, with $state -> $goes_on
  local entry device now known
  [[ ($command == uninstall && $putting_back) || ($command == apply && -z $state) ]] && read_arp "$1" "$2" && ((10#$2 < 10#$now)) || return 1
  unset 'loaded[address]'
  load_addresses
  find_known
  while read -r entry device; do
    [[ $entry && $entry != *:* && ($device == lo || $device == tunl*) && ${address_of["$entry $device"]:-} ]] || continue
    goes_on="it stays: this host has $entry on $device, and would answer ARP for it (ip address del $entry/32 dev $device takes it off)"
    log "sysctl $1: $goes_on"
    return 0
  done <<<"$known"
  return 1
}

# Addresses that are described, or were. What an uninstall has a record of is as that says.
find_known() { # -> $known: lines `ADDRESS DEVICE`
  local i key keys=$held_before ours=$'\n'
  known=''
  for key in ${described[@]+"${!described[@]}"}; do keys+=$key$'\n'; done
  if [[ $command == uninstall ]]; then
    for ((i = 0; i < ${#u_kind[@]}; i++)); do ours+="${u_kind[i]} ${u_name[i]}"$'\n'; done
  fi
  while IFS= read -r key; do
    [[ $key != 'address '* || $ours == *$'\n'"$key"$'\n'* ]] || known+=${key#address }$'\n'
  done <<<"$keys"
}
