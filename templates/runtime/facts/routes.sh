declare -A route_of=() # by `FAMILY DESTINATION`

load_routes() {
  local line family complete key=''
  [[ -z ${loaded[route]:-} ]] || return 0
  loaded[route]=1 route_of=()
  for family in 4 6; do
    complete=''
    # A kernel without IPv6 has no such routes.
    [[ $family == 4 || -e /proc/net/if_inet6 ]] || continue
    while read -r line; do
      # How long a router's word still holds: another second is no other route, and ip does not take it back.
      [[ ! $line =~ ^(.*)\ expires\ -?[0-9]+sec(.*)$ ]] || line=${BASH_REMATCH[1]}${BASH_REMATCH[2]}
      if [[ $line == complete ]]; then
        complete=1
      elif [[ $line == 'nexthop '* && $key ]]; then
        # One of several ways of the route in the line before.
        route_of[$key]="${route_of[$key]%$'\n'} $line"$'\n'
      else
        key="$family ${line%% *}"
        route_of[$key]+=$line$'\n'
      fi
    done < <(ip "-$family" route show table main && printf 'complete\n' 2>/dev/null)
    [[ $complete ]] || cannot_read 'the routes of this host' "ip -$family route show"
  done
}

family_of() { # DESTINATION -> $family
  family=4
  [[ $1 != *:* ]] || family=6
}
