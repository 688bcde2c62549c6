# ---- routes: `route DESTINATION dev X` or `via GATEWAY [dev X]`

kind route boot stale=route

route_declare() { # DESTINATION WORDS...
  local name=$1
  shift
  describe route "$name" "$*"
}

# What ip prints for it, without the words that say who set it.
route_probe() { # DESTINATION
  local family line destination
  load_routes
  family_of "$1"
  have=absent
  destination=${1%/32} destination=${destination%/128}
  [[ $1 != ::/0 ]] || destination=default
  while IFS= read -r line; do
    # A route with a metric stands beside this one (that of DHCP, of NetworkManager) and is left alone.
    [[ $line && ($line != *' metric '* || ($family == 6 && $line == *' metric 1024 '*)) ]] || continue
    have=${line#* }
    have=${have% } have=${have// dead/} have=${have// linkdown/}
    # The kernel's own metric of IPv6 stands in the midst of the words.
    have=${have/ metric 1024/}
    return 0
  done <<<"${route_of["$family $destination"]:-}"
}

# Where it has several ways, the described one is not all of it.
route_same() {
  [[ " $have " == *" $state "* && ($have != *'nexthop '* || $state == *'nexthop '*) ]]
}

route_set() { # DESTINATION STATE
  local family
  local -a words=()
  family_of "$1"
  if [[ $2 == absent ]]; then
    split_words "$have"
    [[ $have == absent ]] || run ip "-$family" route del "$1" ${words[@]+"${words[@]}"}
    return
  fi
  split_words "$2"
  run ip "-$family" route replace "$1" ${words[@]+"${words[@]}"}
}

# The way by which the session of whoever runs this gets its answers goes only where something brings it back. The described route comes
# before those with a metric, so it takes the place of them all.
route_obstacle() { # DESTINATION, with $state
  local session_peer session_local way have gateway family destination line
  route_probe "$1"
  [[ $mutating == yes && -z $confirm_seconds ]] && ! route_same || return 0
  find_session
  [[ $session_peer ]] || return 0
  way=$(ip route get "$session_peer" 2>/dev/null) || return 0
  way=${way%%$'\n'*}
  [[ $way == *' via '* ]] || return 0
  gateway=${way#* via } gateway=${gateway%% *}
  [[ "$state " != *"via $gateway "* ]] || return 0
  family_of "$1"
  destination=${1%/32} destination=${destination%/128}
  [[ $1 != ::/0 ]] || destination=default
  while IFS= read -r line; do
    [[ "$line " == *" via $gateway "* ]] || continue
    obstacle="this session comes from $session_peer by the route that would be replaced: ${line% }"
    obstacle+=$'\n'"Run it with --confirm 120 (it comes back unless the command confirm follows), on the console, or from a host of this network."
    return 0
  done <<<"${route_of["$family $destination"]:-}"
}
