# ---- where replies leave, which verify proves

kind gateway expected

# ADDRESS, or `not` ADDRESS: the default route leads there, or must not. `not ADDRESS to CLIENT from VIP`: there is a way to the client for
# what comes from the virtual address, and it does not lead there.
gateway_declare() {
  if [[ $1 == not ]]; then
    describe gateway "$*" "not $2"
  else
    describe gateway "$1" "$1"
  fi
}

# Each router that a way leads to, for of several ways one reply takes this and another that; `neighbour` where it leads to none.
gateway_probe() { # NAME
  local line family client vip ways
  have=none
  load_routes
  family_of "${1#not }"
  best_default
  if [[ $1 == *' to '* ]]; then
    client=${1##* to } client=${client%% *} vip=${1##* }
    line=$(ip route get "$client" from "$vip" 2>/dev/null) || return 0
    line=${line%%$'\n'*}
    # Kernels as old as that of EL7 answer for IPv6 where there is none, too (inet6_rtm_getroute).
    [[ $line != @(unreachable|blackhole|prohibit|throw)' '* && $line != *' error '* ]] || return 0
    all_ways
  fi
  [[ -z $ways ]] || next_hops
}

# Of the lowest metric, which ip shows first. Older ones show each way of a route of IPv6 as a route.
best_default() { # with $family -> $ways
  local line metric first=''
  ways=''
  while IFS= read -r line; do
    metric=0
    [[ ! $line =~ \ metric\ ([0-9]+) ]] || metric=${BASH_REMATCH[1]}
    [[ -z $first || ($family == 6 && $metric == "$first") ]] || break
    ways+=${line:+$line$'\n'} first=$metric
  done <<<"${route_of["$family default"]:-}"
}

# `get` names the way that this one client is given, and `fibmatch` all that the route has. Where ip does not know that (EL7), the
# default route is what has several.
all_ways() { # with $client, $vip, $line of the one way, and $ways of the default route -> $ways
  local all hop=${line#* via }
  if all=$(ip route get "$client" from "$vip" fibmatch 2>/dev/null); then
    ways=$all
  elif [[ $line != *' via '* || $ways != *" via ${hop%% *} "* ]]; then
    ways=$line
  fi
}

next_hops() { # with $ways -> $have
  local hop
  have=''
  while [[ $ways == *' via '* ]]; do
    ways=${ways#* via }
    ways=${ways#inet6 }
    hop=${ways%%[[:blank:]]*}
    [[ " $have " == *" $hop "* ]] || have+=${have:+ }$hop
  done
  have=${have:-neighbour}
}

gateway_same() { # NAME
  if [[ $state != 'not '* ]]; then
    [[ $have == "$state" ]]
  else
    [[ " $have " != *" ${state#not } "* && ($have != none || $1 != *' to '*) ]]
  fi
}

gateway_differs() { # with $name, $have and $state
  local client=${name##* to }
  if [[ $name == *' to '* && $have == none ]]; then
    printf 'there is no way to %s for what comes from %s: ip route get %s from %s' "${client%% *}" "${name##* }" "${client%% *}" "${name##* }"
  elif [[ $state == "not $have" ]]; then
    printf 'replies go to the director %s, which does not take them' "$have"
  elif [[ $state == 'not '* ]]; then
    printf 'a part of the replies goes to the director %s, which does not take them: the way leads to %s' "${state#not }" "${have// /, }"
  else
    printf 'it is %s, described: %s' "${have// /, }" "$state"
  fi
}

# Clients of this host's own networks are reached without a router, and whether there are others nobody has described.
gateway_tell() {
  local i have name state family
  local -a picked
  local -A told=() # families
  [[ $command == verify ]] || return 0
  pick gateway
  for i in ${picked[@]+"${picked[@]}"}; do
    name=${r_name[i]} state=${r_state[i]}
    [[ $state == 'not '* && $name != *' to '* ]] || continue
    family_of "${state#not }"
    gateway_probe "$name"
    [[ $have == none && -z ${told[$family]:-} ]] || continue
    told[$family]=1
    say "${yellow}unproved${plain}  %s" "that replies reach clients of other networks: this host has no default route for IPv$family, and the description has no such client"
  done
}
