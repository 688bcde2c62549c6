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

gateway_probe() { # NAME
  local line family client vip
  have=none
  if [[ $1 == *' to '* ]]; then
    client=${1##* to } client=${client%% *} vip=${1##* }
    line=$(ip route get "$client" from "$vip" 2>/dev/null) || return 0
    line=${line%%$'\n'*}
    # Kernels as old as that of EL7 answer for IPv6 where there is none, too (inet6_rtm_getroute).
    [[ $line != @(unreachable|blackhole|prohibit|throw)' '* && $line != *' error '* ]] || return 0
    have=neighbour
  else
    load_routes
    family_of "${1#not }"
    line=${route_of["$family default"]:-}
  fi
  [[ $line != *' via '* ]] || { have=${line#* via } && have=${have%% *}; }
}

gateway_same() { # NAME
  if [[ $state != 'not '* ]]; then
    [[ $have == "$state" ]]
  else
    [[ $have != "${state#not }" && ($have != none || $1 != *' to '*) ]]
  fi
}

gateway_differs() { # with $name, $have and $state
  local client=${name##* to }
  if [[ $name == *' to '* && $have == none ]]; then
    printf 'there is no way to %s for what comes from %s: ip route get %s from %s' "${client%% *}" "${name##* }" "${client%% *}" "${name##* }"
  elif [[ $state == 'not '* ]]; then
    printf 'replies go to the director %s, which does not take them' "$have"
  else
    printf 'it is %s, described: %s' "$have" "$state"
  fi
}
