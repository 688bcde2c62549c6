# ---- interfaces, addresses, and what configures them -------------------------------------------------------

check_interfaces() {
  local i name cidr state present remedy all_there
  local -a words=()
  load_addresses
  for ((i = 0; i < ${#interface_names[@]}; i++)); do
    name=${interface_names[i]}
    if [[ ! -e /sys/class/net/$name ]]; then
      absent_interface "$name"
      finding stop interface "no interface $name; this host has $present" "Virtual addresses and kernel settings go to it." "${remedy//$'\n'/ }"
      continue
    fi
    state=unknown
    read -r state <"/sys/class/net/$name/operstate" || :
    if [[ $state == down || $state == lowerlayerdown ]]; then
      finding warn interface "$name is $state" "Nobody reaches this host over it." "ip link set $name up; look at the cable or the switch's port"
    fi
    all_there=1
    split_words "${interface_addresses[i]}"
    for cidr in ${words[@]+"${words[@]}"}; do check_address "$name" "$cidr" || all_there=''; done
    [[ -z $all_there ]] || finding ok interface "$name has ${interface_addresses[i]}"
  done
}

check_address() { # INTERFACE ADDRESS/PREFIX
  local address=${2%/*} have
  have=${address_of["$address $1"]:-}
  [[ " $have" != *" ${2#*/} "* ]] || return 0
  if [[ $have ]]; then
    finding warn address "$1 has $address/${have% }, described is $2" "Who is on the segment follows from the prefix length." "Mend the one that is wrong"
  elif [[ ${address_of[$address]:-} ]]; then
    finding stop address "$address is on ${address_of[$address]% }, described is $1" "Virtual addresses and kernel settings would go to the wrong interface." \
      "Mend the interface of $host in the description and build again"
  else
    finding stop address "$1 has no $2" "Real servers, directors and clients are to reach this host by it." "Give it that address by the system's own means, or mend the description"
  fi
  return 1
}

# The described back end has to be the one that configures this host: asked as the scripts ask it.
check_backend() {
  local name have lacking failure
  for name in ${backends[@]+"${backends[@]}"}; do
    backend_probe "$name"
    if [[ $have == 'in charge' ]]; then
      finding ok network "$name is in charge"
    else
      lacking=''
      backend_set "$name" 'in charge' || :
      [[ -z $lacking ]] || finding_failure stop network 'Virtual addresses would be gone after a reboot, or taken away by what is in charge.'
    fi
  done
  [[ -z $network || -z $units_known ]] || check_network_manager
}

check_network_manager() {
  local active='' version name state managed='' line
  [[ ${unit_of[NetworkManager.service]:-} != *' active' ]] || active=1
  if [[ -z $active ]]; then
    [[ $network != networkmanager ]] || finding stop network 'NetworkManager does not run here, and the description counts on it' 'Nobody would read the profiles that apply writes.' \
      'systemctl enable --now NetworkManager; or say in the description what configures this host ("network")'
    [[ $network != ifcfg || ${unit_of[network.service]:-} == *' enabled '* || ${unit_of[network.service]:-} == *' generated '* ]] ||
      finding warn network 'neither NetworkManager nor network.service brings up ifcfg files here' 'The virtual addresses may be missing after a reboot.' 'systemctl enable network.service'
    return 0
  fi
  command -v nmcli >/dev/null || return 0
  while IFS= read -r line; do
    state=${line##*:} name=${line%:*}
    [[ " ${interface_names[*]} " != *" $name "* || $state == unmanaged ]] || managed+=" $name" # never empty
  done < <(timeout 10 nmcli -t -f DEVICE,STATE device 2>/dev/null || :)
  read -r _ _ _ version < <(nmcli --version 2>/dev/null || :) || version=unknown
  case $network:${managed:+managed} in
    networkmanager:managed) finding ok network "NetworkManager $version manages$managed" ;;
    networkmanager:)
      name=${interface_names[*]} # never empty
      finding stop network "NetworkManager $version manages none of $name" 'Its profiles would not be used for them.' \
        "Let it manage them (nmcli device set NAME managed yes), or say in the description what does ('network')"
      ;;
    ifcfg:managed) finding ok network "NetworkManager $version manages$managed and reads ifcfg files" ;;
    *:managed)
      finding warn network "NetworkManager $version manages$managed beside $network" 'It takes addresses away that it does not know when it brings an interface up again.' \
        "Make them unmanaged: a file in /etc/NetworkManager/conf.d with [keyfile] unmanaged-devices=interface-name:..."
      ;;
  esac
}

# NFS servers that this host mounts from, by a connection to their port.
check_nfs() {
  local server
  for server in ${nfs_servers[@]+"${nfs_servers[@]}"}; do
    # shellcheck disable=SC2016 # the inner bash expands it
    if timeout 3 bash -c 'exec 3<>"/dev/tcp/$1/2049"' bash "$server" 2>/dev/null; then
      finding ok nfs "$server answers on port 2049"
    else
      finding warn nfs "$server does not answer on port 2049" 'Mounting its shares would fail.' 'Run nfs.sh on it first, and see that its firewall lets this host in'
    fi
  done
}
