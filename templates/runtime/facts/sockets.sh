# ---- what listens on this host, and at which of its addresses -----------------------------------------------------------

# Local addresses of the sockets on a port. The wildcard of IPv6 is one for both families unless ss says that it is not (v6only:1, iproute2
# 4.12 and newer, whose own word for one of both is *).
sockets_on() { # PROTOCOL PORT
  local local_address more addresses=''
  while read -r _ _ _ local_address more; do
    [[ ${local_address##*:} == "$2" ]] || continue
    local_address=${local_address%:*}
    [[ $local_address != @(::|\[::\]) || " $more " == *' v6only:1 '* ]] || local_address='*'
    addresses+=${addresses:+ }$local_address
  done < <(ss -lne "--$1" 2>/dev/null || :)
  printf '%s' "$addresses"
}

# Does one of them take what comes for an address? Its own does, and the wildcards.
listens_for() { # ADDRESS SOCKETS
  local one
  local -a words=()
  split_words "$2"
  for one in ${words[@]+"${words[@]}"}; do
    one=${one#\[} one=${one%\]} one=${one%%%*}
    # An IPv4 address of a socket of IPv6, as Java has them (RFC 4291, 2.5.5.2).
    [[ $one != ::ffff:*.* ]] || one=${one#::ffff:}
    case $one in
      "$1" | '*') return 0 ;;
      ::) [[ $1 != *:* ]] || return 0 ;;
      0.0.0.0) [[ $1 == *:* ]] || return 0 ;;
    esac
  done
  return 1
}
