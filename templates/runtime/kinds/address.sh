# ---- addresses, live; the files of the network back end make them last ------------------

kind address boot look stale='address route'

declare -A taken_along=() # `ADDRESS DEVICE` of those that keepalived has from now on

# The name of an address is `ADDRESS DEVICE`, its state `PREFIX` or `PREFIX LABEL`; `PREFIX moves` where keepalived puts it on one director
# and takes it off another.
address_declare() { # CIDR DEVICE [LABEL | moves]
  describe address "${1%/*} $2" "${1#*/}${3:+ $3}"
}

address_probe() { # `ADDRESS DEVICE`
  load_addresses
  have=${address_of[$1]:-absent}
  have=${have% }
}

address_same() { # `ADDRESS DEVICE`
  local strays
  if [[ $state == *' moves' ]]; then
    # What is here before keepalived runs is written down: keepalived takes it off when it starts, and another length nobody does.
    [[ $have == absent || ${taken_along[$1]:-} ]] || { [[ $have == "${state%% *}" ]] && health_decides; }
    return
  fi
  [[ $have == "${state%% *}" ]] || return 1
  find_strays "$1"
  [[ -z $strays ]]
}

address_differs() { # with $name, $have and $state
  local strays
  find_strays "$name"
  if [[ $strays ]]; then
    printf 'it is on %s as well, which answers ARP for it' "${strays// /, }"
  else
    printf 'is %s, described: %s' "${have:-empty}" "$state"
  fi
}

# Broadcast, scope, label and flags come back with it. Where one of a wrong length has to go, the order of its network does too.
address_record() { # `ADDRESS DEVICE`
  record=${words_of[$1]:-absent}
  [[ $have == absent || $1 == *:* ]] || journal_order "$1" "$have"
}

# STATE: what is described, or a line for each of what was recorded: `PREFIX WORDS...`, as ip takes them.
address_set() { # `ADDRESS DEVICE` STATE
  local address=${1% *} device=${1##* } prefix old=$have recorded=${words_of[$1]:-} lines line present remedy wanted=' '
  local -a words=()
  if [[ $2 == *' moves' ]]; then
    taken_along[$1]=1
    return 0
  fi
  if [[ $2 == absent ]]; then
    split_words "$old"
    for prefix in ${words[@]+"${words[@]}"}; do
      [[ $prefix == absent ]] || take_off "$address" "$prefix" "$device" || return 1
    done
    return 0
  fi
  if [[ ! -d /sys/class/net/$device ]]; then
    absent_interface "$device"
    failure="no interface $device on this host; its interfaces: $present"$'\n'$remedy
    return 1
  fi
  if [[ $old == absent && $2 == *' scope '* ]] && is_function address_is_elsewhere && address_is_elsewhere "$1" "$2"; then return 0; fi
  note_come_up "$address" "$device"
  lines=$2
  [[ $lines == *' scope '* ]] || described_address "$address" "$device" "$2"
  while IFS= read -r line; do
    prefix=${line%% *}
    wanted+="$prefix "
    if [[ " $old " == *" $prefix "* ]]; then
      [[ $2 == *' scope '* && $'\n'$recorded$'\n' != *$'\n'"$line"$'\n'* ]] || continue
      take_off "$address" "$prefix" "$device" || return 1
    fi
    split_words "${line#"$prefix"}"
    run ip address add "$address/$prefix" dev "$device" ${words[@]+"${words[@]}"} || address_is_by_now on "$address" "$prefix" "$device" || return 1
  done <<<"$lines"
  # A wrong mask goes only once the right one is there.
  split_words "$old"
  for prefix in ${words[@]+"${words[@]}"}; do
    [[ $prefix == absent || $wanted == *" $prefix "* ]] || take_off "$address" "$prefix" "$device" || return 1
  done
  if [[ $device == tunl* || $device == sit* || $device == gre* || $device == ip6tnl* ]]; then run ip link set dev "$device" up || return 1; fi
}

# With another length than keepalived's it would stay here when another director takes over. It goes once keepalived runs.
address_again() {
  local entry index length prefix
  local -a words=()
  ((${#taken_along[@]})) && [[ -z $root ]] && health_decides || return 0
  unset 'loaded[address]'
  for entry in ${taken_along[@]+"${!taken_along[@]}"}; do
    index=${described["address $entry"]}
    length=${r_state[index]%% *}
    load_addresses
    split_words "${address_of[$entry]:-}"
    for prefix in ${words[@]+"${words[@]}"}; do
      [[ $prefix == "$length" ]] || take_off "${entry% *}" "$prefix" "${entry##* }" || return 1
    done
  done
}

described_address() { # ADDRESS DEVICE STATE -> $lines
  lines=${3%% *}
  if [[ $1 == *:* ]]; then
    # A VIP is no source of the host's own connections, and nobody asks the wire whether it is taken.
    lines+=' nodad preferred_lft 0'
    return
  fi
  [[ $3 != *' '* ]] || lines+=" label ${3##* }"
  # On lo the address is this host's alone: it never becomes the source of what the host sends itself.
  [[ $2 != lo ]] || lines+=' scope host'
}

address_undone() { # `ADDRESS DEVICE` RECORD
  local record
  address_probe "$1"
  address_record "$1"
  [[ $record == "$2" ]] || return 1
  [[ $2 == absent ]] || note_brought "${1% *}" "${1##* }"
}
