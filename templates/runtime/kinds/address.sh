# ---- addresses and routes, live; the files of the network back end make them last ------------------

# The name of an address is `ADDRESS DEVICE`, its state `PREFIX` or `PREFIX LABEL`.
address_declare() { # CIDR DEVICE [LABEL]
  describe address "${1%/*} $2" "${1#*/}${3:+ $3}"
}

address_probe() { # `ADDRESS DEVICE`
  load_addresses
  have=${address_of[$1]:-absent}
  have=${have% }
}

address_same() {
  [[ $have == "${state%% *}" ]]
}

# Broadcast, scope, label and flags come back with it.
address_record() { # `ADDRESS DEVICE`
  record=${words_of[$1]:-absent}
}

# STATE: what is described, or a line for each of what was recorded: `PREFIX WORDS...`, as ip takes them.
address_set() { # `ADDRESS DEVICE` STATE
  local address=${1% *} device=${1##* } prefix old=$have recorded=${words_of[$1]:-} lines line wanted=' '
  local -a words=()
  if [[ $2 == absent ]]; then
    split_words "$old"
    for prefix in ${words[@]+"${words[@]}"}; do
      [[ $prefix == absent ]] || run ip address del "$address/$prefix" dev "$device" || return 1
    done
    return 0
  fi
  if [[ ! -d /sys/class/net/$device ]]; then
    failure="no interface $device on this host; its interfaces: $(cd /sys/class/net && printf '%s ' *)"
    return 1
  fi
  lines=$2
  [[ $lines == *' scope '* ]] || described_address "$address" "$device" "$2"
  while IFS= read -r line; do
    prefix=${line%% *}
    wanted+="$prefix "
    if [[ " $old " == *" $prefix "* ]]; then
      [[ $2 == *' scope '* && $'\n'$recorded$'\n' != *$'\n'"$line"$'\n'* ]] || continue
      run ip address del "$address/$prefix" dev "$device" || return 1
    fi
    split_words "${line#"$prefix"}"
    run ip address add "$address/$prefix" dev "$device" ${words[@]+"${words[@]}"} || return 1
  done <<<"$lines"
  # A wrong mask goes only once the right one is there.
  split_words "$old"
  for prefix in ${words[@]+"${words[@]}"}; do
    [[ $prefix == absent || $wanted == *" $prefix "* ]] || run ip address del "$address/$prefix" dev "$device" || return 1
  done
  if [[ $device == tunl* || $device == sit* || $device == gre* || $device == ip6tnl* ]]; then run ip link set dev "$device" up || return 1; fi
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

# ---- routes: `route DESTINATION dev X` or `via GATEWAY [dev X]`

route_family() { # DESTINATION -> $family
  family=4
  [[ $1 != *:* ]] || family=6
}

route_declare() { # DESTINATION WORDS...
  local name=$1
  shift
  describe route "$name" "$*"
}

# What ip prints for it, without the words that say who set it.
route_probe() { # DESTINATION
  local family line destination
  load_routes
  route_family "$1"
  have=absent
  destination=${1%/32} destination=${destination%/128}
  [[ $1 != ::/0 ]] || destination=default
  while IFS= read -r line; do
    # A route with a metric stands beside this one (that of DHCP, of NetworkManager) and is left alone.
    [[ $line && ($line != *' metric '* || ($family == 6 && $line == *' metric 1024 '*)) ]] || continue
    have=${line#* }
    have=${have% } have=${have% linkdown}
    return 0
  done <<<"${route_of["$family $destination"]:-}"
}

route_same() {
  [[ " $have " == *" $state "* ]]
}

route_set() { # DESTINATION STATE
  local family
  local -a words=()
  route_family "$1"
  if [[ $2 == absent ]]; then
    split_words "$have"
    [[ $have == absent ]] || run ip "-$family" route del "$1" ${words[@]+"${words[@]}"}
    return
  fi
  split_words "$2"
  run ip "-$family" route replace "$1" ${words[@]+"${words[@]}"}
}

# ---- a UDP port that unwraps GUE: ip-fou(8)

fou_declare() { # PORT gue
  describe fou "$1" "$2"
}

fou_probe() { # PORT
  local line
  have=absent
  while read -r line; do
    [[ "$line " != "port $1 gue "* ]] || have=gue
  done < <(ip fou show 2>/dev/null || :)
}

fou_set() { # PORT STATE
  if [[ $2 == absent ]]; then run ip fou del port "$1"; else run ip fou add port "$1" gue; fi
}

# ---- what verify proves

gateway_declare() { # ADDRESS, or `not` ADDRESS: the default route leads there, or must not
  if [[ $1 == not ]]; then
    describe gateway "not $2" "not $2"
  else
    describe gateway "$1" "$1"
  fi
}

gateway_probe() {
  local line family
  load_routes
  route_family "${1#not }"
  line=${route_of["$family default"]:-}
  have=none
  [[ $line != *' via '* ]] || { have=${line#* via } && have=${have%% *}; }
}

gateway_same() {
  if [[ $state == 'not '* ]]; then [[ $have != "${state#not }" ]]; else [[ $have == "$state" ]]; fi
}

listener_declare() { # PROTOCOL PORT
  describe listener "$1 $2" listening
}

listener_probe() { # `PROTOCOL PORT`
  local netid local_address _
  if [[ -z ${loaded[ports]:-} ]]; then
    loaded[ports]=1 listening=' '
    while read -r netid _ _ _ local_address _; do
      listening+="$netid:${local_address##*:} "
    done < <(ss -ltun 2>/dev/null || :)
  fi
  have=closed
  [[ $listening != *" ${1/ /:} "* ]] || have=listening
}
