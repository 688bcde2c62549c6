# ---- other addresses of the same interface: none goes along with one that lvsgen takes off -------------------------
#
# The kernel takes an IPv4 address's secondaries along with it: those of the same network that came to the interface later, of which one
# may be the host's own. With promote_secondaries the first of them takes its place (ip-sysctl.rst).

take_off() { # ADDRESS PREFIX DEVICE
  local address=$1 prefix=$2 device=$3 setting='' promotes=1 noted='' failed='' others routes
  may_take_off "$address" "$device" || return 1
  note_others "$address" "$prefix" "$device"
  if [[ $address != *:* && $others ]]; then
    setting=/proc/sys/net/ipv4/conf/$device/promote_secondaries
    read -r promotes <"$setting" || promotes=1
    if [[ $promotes == 0 ]]; then
      # A run that is killed in between leaves it on: the next one, or a rollback, turns it off again.
      if [[ $generation ]] && ! journaled sysctl "$(promote_key "$device")"; then
        journal sysctl "$(promote_key "$device")" 0 || return 1
        is_recorded sysctl "$(promote_key "$device")" || noted=1
      fi
      run_as "sysctl $(promote_key "$device") = 1" write_sysctl "$setting" 1 || return 1
    fi
  fi
  run ip address del "$address/$prefix" dev "$device" || address_is_by_now off "$address" "$prefix" "$device" || failed=1
  [[ $promotes != 0 ]] || run_as "sysctl $(promote_key "$device") = 0" write_sysctl "$setting" 0 || failed=1
  [[ -z $failed ]] && keep_others "$device" || return 1
  # It is as it was: what a boot makes of it later is no change of lvsgen's that would have to go back.
  [[ -z $noted ]] || release sysctl "$(promote_key "$device")"
}

# keepalived gives and takes addresses as well, a moment after its reload too.
address_is_by_now() { # on|off ADDRESS PREFIX DEVICE
  local now=off
  unset 'loaded[address]'
  load_addresses
  [[ " ${address_of["$2 $4"]:-}" != *" $3 "* ]] || now=on
  [[ $now == "$1" ]] && failure=''
}

# Has an earlier generation a record of it?
is_recorded() { # KIND NAME
  local i
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} != "$1" || ${u_name[i]} != "$2" ]] || return 0
  done
  return 1
}

promote_key() { # DEVICE
  printf 'net/ipv4/conf/%s/promote_secondaries' "$1"
}

# What this host is known by stays, and what the session of whoever runs this came to.
may_take_off() { # ADDRESS DEVICE
  local i session_local='' session_peer=''
  unset 'loaded[address]'
  load_addresses
  for ((i = 0; i < ${#host_names[@]}; i++)); do
    if [[ ${host_names[i]} == "$host" && " ${host_addresses[i]} " == *" $1 "* && ${address_of[$1]:-} == "$2 " ]] && is_last_of "$1" "$2"; then
      failure="$1 is the address by which $host is known: it stays on $2"$'\n'"Give $host another address in the description, and on the host, first."
      return 1
    fi
  done
  find_session
  [[ $session_local == "$1" ]] && is_last_of "$1" "$2" || return 0
  failure="this session has come to $1: it would end in the middle"$'\n'"Come to another address of this host, or run it on the console."
  return 1
}

# Has the address one length only, so that nothing of it stays?
is_last_of() { # ADDRESS DEVICE
  local prefixes=${address_of["$1 $2"]:-}
  [[ ${prefixes% } != *' '* ]]
}

# -> $others, in the kernel's order, of those on the device in the network of the one that goes; $routes over the device.
note_others() { # ADDRESS PREFIX DEVICE
  local line net
  others='' routes=''
  unset 'loaded[address]' 'loaded[route]'
  load_addresses
  load_routes
  if [[ $1 != *:* ]]; then
    network_of "$1" "$2"
    net=$network
    while IFS= read -r line; do
      [[ $line && $line != "$1/$2 "* && ${line%% *} == */"$2" ]] || continue
      network_of "${line%%/*}" "$2"
      [[ $network != "$net" ]] || others+=$line$'\n'
    done <<<"${order_of[$3]:-}"
  fi
  routes_over "$3"
  routes=$over
}

# Routes over a device without what changes when another address becomes the primary one; -> $over
routes_over() { # DEVICE
  local key line
  over=''
  for key in ${route_of[@]+"${!route_of[@]}"}; do
    while IFS= read -r line; do
      [[ " $line " == *" dev $1 "* ]] || continue
      over+="${key%% *} $line"$'\n'
    done <<<"${route_of[$key]}"
  done
}

# Everything that was there is there still, or comes back; with $others and $routes of before.
keep_others() { # DEVICE
  local line over missing=''
  local -a words
  unset 'loaded[address]' 'loaded[route]'
  load_addresses
  while IFS= read -r line; do
    [[ $line && $'\n'${order_of[$1]:-} != *$'\n'"${line%% *} "* ]] || continue
    log "address ${line%% *} of $1 went along: it comes back"
    split_words "$line"
    run ip address add "${words[0]}" dev "$1" "${words[@]:1}" || missing+=" ${words[0]}" # never empty
  done <<<"$others"
  load_routes
  routes_over "$1"
  while IFS= read -r line; do
    [[ $line ]] || continue
    ! has_route "${line#* }" "$over" || continue
    # The route to the network of the address itself, where no other is in it.
    [[ $line != *' proto kernel '* || $others ]] || continue
    log "route ${line#* } went along: it comes back"
    split_words "${line#* }"
    run ip "-${line%% *}" route replace "${words[@]}" || missing+=" ${line#* }" # never empty
  done <<<"$routes"
  unset 'loaded[address]' 'loaded[route]'
  [[ -z $missing ]] || { failure="went along with it, and does not come back:$missing" && return 1; }
}

has_route() { # LINE ROUTES: but for the address that it begins with, which is another where that has become the primary one
  local line wanted=$1 sourceless
  [[ $wanted != *' proto kernel '* ]] || wanted=${wanted%% src *}
  while IFS= read -r line; do
    sourceless=${line#* }
    [[ $wanted == *' src '* ]] || sourceless=${sourceless%% src *}
    [[ ${sourceless% } != "${wanted% }" ]] || return 0
  done <<<"$2"
  return 1
}

network_of() { # ADDRESS PREFIX -> $network, as a number
  local a b c d
  IFS=. read -r a b c d <<<"$1"
  network=$((((a << 24) | (b << 16) | (c << 8) | d) >> (32 - $2)))
}

# An interface that a description turns it on for gets that first. (ip-sysctl.rst: disable_ipv6)
takes_no_ipv6() { # `ADDRESS DEVICE`, with $have
  local device value=0
  [[ $1 == *:* && $have == absent ]] || return 1
  # Keys are as they were written, with dots or with slashes.
  for device in "${1##* }" all; do
    [[ -z ${described["sysctl net.ipv6.conf.$device.disable_ipv6"]:-}${described["sysctl net/ipv6/conf/$device/disable_ipv6"]:-} ]] || return 1
  done
  [[ -e /proc/sys/net/ipv6/conf/${1##* } ]] && read -r value <"/proc/sys/net/ipv6/conf/${1##* }/disable_ipv6" && [[ $value == 1 ]]
}

# Without the interface it cannot be. The only address in its network: with /32 in its place the host would have no route to its neighbours.
address_obstacle() { # `ADDRESS DEVICE`, with $state
  local prefix network others routes strays present remedy setting
  local -a words=()
  if [[ ! -e /sys/class/net/${1##* } && ${1##* } != @(tunl*|sit*|gre*|ip6tnl*) ]]; then
    absent_interface "${1##* }"
    obstacle="no interface ${1##* } on this host; its interfaces: $present"
    obstacle+=$'\n'$remedy
    return 0
  fi
  address_probe "$1"
  if [[ $have == absent ]] && answers_without "$1"; then
    obstacle="this host would answer ARP for it: $setting is not in force, and --only leaves it out"
    obstacle+=$'\n'"Take it along (--only address,sysctl), or run it without --only."
    return 0
  fi
  if takes_no_ipv6 "$1"; then
    obstacle="IPv6 is turned off on ${1##* }, which takes no such address: net.ipv6.conf.${1##* }.disable_ipv6 is 1"
    obstacle+=$'\n'"Turn it on, and take out what turns it off at boot: sysctl -w net.ipv6.conf.${1##* }.disable_ipv6=0; grep -rs disable_ipv6 /etc/sysctl.conf /etc/sysctl.d"
    return 0
  fi
  find_strays "$1"
  if [[ $strays ]]; then
    adoptable=1
    obstacle="it is on ${strays// /, } already, where this host answers ARP for it: the director alone may"
    obstacle+=$'\n'"Take it off there, with what brings it up at boot; --adopt takes it off, and uninstall puts it back."
    return 0
  fi
  [[ $have != absent && $1 != *:* && $1 != *' lo' ]] && ! address_same "$1" || return 0
  split_words "$have"
  for prefix in ${words[@]+"${words[@]}"}; do
    [[ $prefix != 32 && $prefix != "${state%% *}" ]] || continue
    note_others "${1% *}" "$prefix" "${1##* }"
    [[ "${routes//$'\n'/ } " == *' proto kernel '*" src ${1% *} "* && -z $others ]] || continue
    obstacle="it is there as ${1% *}/$prefix, the only address of ${1##* } in that network: as a /32 it would take the route to the neighbours along"
    obstacle+=$'\n'"Give ${1##* } an address of its own in that network first."
  done
}
