# ---- what keeps a real server quiet about the virtual addresses that it has -----------------------------------------------------
#
# Where arp_ignore and arp_announce do not say otherwise, a host answers ARP for whatever address it has, on any interface (ip-sysctl.rst), and
# draws all clients of a virtual address to itself. So they come before such an address, and go after it.

is_about_arp() { # KEY
  [[ ${1//\//.} == net.ipv4.conf.*.@(arp_ignore|arp_announce) ]]
}

sysctl_late() { # KEY
  is_about_arp "$1"
}

# Would this host say more with that value, and has it an address that the role describes and no apply has put there, or changed? (As in an
# image, which lvsgen's own files bring up at boot: no record takes it off.) What a rollback leads to is what was.
would_answer() { # KEY VALUE -> $goes_on
  local i entry device now sysctl_file ours=$'\n'
  [[ $command == uninstall && $putting_back && -z $root && $2 =~ ^[0-9]+$ ]] && is_about_arp "$1" || return 1
  sysctl_path "$1"
  read -r now 2>/dev/null <"$sysctl_file" && [[ $now =~ ^[0-9]+$ ]] && ((10#$2 < 10#$now)) || return 1
  for ((i = 0; i < ${#u_kind[@]}; i++)); do ours+="${u_kind[i]} ${u_name[i]}"$'\n'; done
  unset 'loaded[address]'
  load_addresses
  for entry in ${described[@]+"${!described[@]}"}; do
    [[ $entry == 'address '* && $ours != *$'\n'"$entry"$'\n'* ]] || continue
    device=${entry##* } entry=${entry#address } entry=${entry% *}
    [[ $entry != *:* && ($device == lo || $device == tunl*) && ${address_of["$entry $device"]:-} ]] || continue
    goes_on="it stays: this host has $entry on $device, and would answer ARP for it (ip address del $entry/32 dev $device takes it off)"
    log "sysctl $1: $goes_on"
    return 0
  done
  return 1
}

