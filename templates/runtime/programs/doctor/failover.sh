# ---- failover: keepalived, the other directors, and who else speaks VRRP with this router id --------------------------

# Its release, and the file that is to be lvsgen's.
check_keepalived() {
  local version='' content='' second owner
  [[ $keepalived_file ]] || return 0
  case $package_manager in
    apt) version=$(dpkg-query -W -f '${Version}' keepalived 2>/dev/null) || version='' ;;
    *) version=$(rpm -q --qf '%{VERSION}' keepalived 2>/dev/null) || version='' ;;
  esac
  version=${version#*:} version=${version%%-*}
  if [[ $version && $version != "$keepalived_released" && $(printf '%s\n' "$version" "$keepalived_released" | sort -V | head -n 1) == "$version" ]]; then
    finding stop keepalived "keepalived $version is older than $platform's own ($keepalived_released)" \
      'Words of its file that it does not know it refuses, or takes for something else.' 'Update the package keepalived'
  elif [[ $version ]]; then
    finding ok keepalived "keepalived $version"
  fi
  read_text "$keepalived_file" || return 0
  second=${content#*$'\n'} second=${second%%$'\n'*}
  if [[ $content != '# lvsgen-'* ]]; then
    is_untouched "$keepalived_file" || finding stop keepalived "$keepalived_file is there, and lvsgen did not write it" \
      'Apply refuses to take its place: what it does would be gone.' \
      "Describe what it does (lvsgen import $keepalived_file writes the description), then: bash director.sh apply --adopt. Uninstall puts it back."
    return 0
  fi
  owner=${second##* in the cluster } owner=${owner%%. *}
  [[ $owner == "$cluster" ]] || finding stop keepalived "$keepalived_file is of the cluster $owner" \
    'A host runs one keepalived, by one file.' 'Let one cluster describe all services of its directors'
}

# The sample that an rpm brings along.
is_untouched() { # FILE
  local said
  command -v rpm >/dev/null && rpm -qf -- "$1" >/dev/null 2>&1 || return 1
  said=$(rpm -Vf --nodeps --nomtime -- "$1" 2>/dev/null) || :
  [[ $'\n'$said$'\n' != *" $1"$'\n'* ]]
}

# Each director has to reach each other one by the address that it speaks VRRP by.
check_directors() {
  local i entry device name address mac
  local -a entries=()
  ((${#vrrp[@]})) || return 0
  load_addresses
  for ((i = 0; i < ${#vrrp[@]}; i++)); do
    device=${vrrp[i]% *}
    [[ -e /sys/class/net/$device ]] || continue
    IFS=';' read -r -a entries <<<"${vrrp_peers[i]}"
    for entry in ${entries[@]+"${entries[@]}"}; do
      name=${entry% *} address=${entry#* } mac=''
      if [[ $address != *:* && $EUID == 0 ]] && is_arping; then
        ask_wire "$address $device"
        mac=${answered_by["$address $device"]}
      else
        neighbour_of "$address" "$device"
      fi
      if [[ $mac ]]; then
        finding ok directors "$name answers as $address on $device"
      else
        finding warn directors "$name does not answer as $address on $device" 'Directors that do not reach each other both take the virtual addresses.' \
          "Is $name up, are both in one VLAN? Over this segment they hear each other"
      fi
    done
  done
}

listen_seconds=4

# Two clusters on one segment need two numbers. What speaks by multicast is heard by whoever listens; what keepalived has refused it has said.
check_router_ids() {
  local i device number known sender heard='' strangers
  local -a words=()
  local -A adverts=()
  ((${#vrrp[@]} && EUID == 0)) || return 0
  load_senders -1hour
  known=" ${vrrp_peers[*]} " # never empty
  known=${known//;/ }
  command -v tcpdump >/dev/null ||
    finding skip routerid 'nobody listened for other clusters: there is no tcpdump here' '' "On any machine of the segment: tcpdump -ni INTERFACE 'ip proto 112 or ip6 proto 112'"
  for ((i = 0; i < ${#vrrp[@]}; i++)); do
    device=${vrrp[i]% *}
    [[ ${adverts[$device]+heard} ]] || adverts[$device]=$(hear_vrrp "$device")
    number=${vrrp[i]#* } strangers=''
    while read -r sender heard; do
      [[ $heard == "$number" ]] || continue
      is_director "$sender" || [[ " $strangers " == *" $sender "* ]] || strangers+=${strangers:+ }$sender
    done <<<"${adverts[$device]:-}"
    split_words "$heard_from"
    for sender in ${words[@]+"${words[@]}"}; do
      is_director "$sender" || [[ " $strangers " == *" $sender "* ]] || strangers+=${strangers:+ }$sender
    done
    if [[ $strangers ]]; then
      finding stop routerid "$strangers speaks VRRP with router id $number on $device, and is no director of this cluster" \
        'Two clusters with one number take the addresses from each other.' 'Give one of them another "routerId", and stop keepalived on all of its directors but one while it changes'
    elif command -v tcpdump >/dev/null; then
      finding ok routerid "nobody else has router id $number on $device (listened for $listen_seconds s)"
    fi
  done
}

is_director() { # ADDRESS, with $known
  # By multicast IPv6 comes from the link's own addresses.
  [[ $known == *" $1 "* || ${address_of[$1]:-} || $1 == fe80:* ]]
}

# `SENDER ROUTER-ID` a line. (tcpdump: `IP 192.168.80.77 > 224.0.0.18: VRRPv2, Advertisement, vrid 80, prio 100, ...`)
hear_vrrp() { # DEVICE
  local line
  command -v tcpdump >/dev/null && [[ -e /sys/class/net/$1 ]] || return 0
  while IFS= read -r line; do
    [[ ! $line =~ IP6?\ ([0-9A-Fa-f.:]+)\ \>.*\ vrid\ ([0-9]+), ]] || printf '%s %s\n' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
  done < <(timeout "$listen_seconds" tcpdump -n -l -p -i "$1" 'ip proto 112 or ip6 proto 112' 2>/dev/null || :)
}
