# ---- what listens on this host, and at which of its addresses -----------------------------------------------------------

# Local addresses of the sockets on a port.
sockets_on() { # PROTOCOL PORT
  local local_address list=''
  while read -r _ _ _ local_address _; do
    [[ ${local_address##*:} != "$2" ]] || list+=${list:+ }${local_address%:*}
  done < <(ss -ln "--$1" 2>/dev/null || :)
  printf '%s' "$list"
}

# Does one of them take what comes for an address? Its own does, and the wildcards; that of IPv6 takes IPv4 as well unless told otherwise.
listens_for() { # ADDRESS SOCKETS
  local one
  local -a words=()
  split_words "$2"
  for one in ${words[@]+"${words[@]}"}; do
    one=${one#\[} one=${one%\]} one=${one%%%*}
    case $one in
      "$1" | '*' | ::) return 0 ;;
      0.0.0.0) [[ $1 == *:* ]] || return 0 ;;
    esac
  done
  return 1
}
