# ---- a default route that an IPv6 router announced: a host that forwards hears such routers no more, unless told to -----

kind advertised

# As soon as forwarding is written, the kernel drops what it learned where accept_ra is 1 (addrconf.c, rt6_purge_dflt_routers).

advertised_declare() { # DEVICE FILE
  local key=net/ipv6/conf/$1/accept_ra value=0 text
  [[ -z $root ]] || return 0
  if [[ ! -e $2 ]]; then
    read -r value 2>/dev/null <"/proc/sys/$key" || return 0
    # 2 without a file: a run that was killed in between, or who else has set it.
    [[ $value == [12] ]] && is_advertised "$1" || return 0
  fi
  paths+=("$2")
  text="# The default route of this host comes from a router that announces it; with 1 a host that forwards would not hear it."$'\n'"$key = 2"$'\n'
  # First the file: by it the next run knows the setting as lvsgen's.
  describe file "$2" 'file 0644 root root' "$text"
  describe sysctl "$key" 2
}

is_advertised() { # DEVICE
  local line
  load_routes
  while IFS= read -r line; do
    [[ "$line " != default*" dev $1 "*'proto ra '* ]] || return 0
  done <<<"${route_of['6 default']:-}"
  return 1
}
