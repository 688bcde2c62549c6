# ---- rules of nftables or iptables, live; lvsgen's own unit brings them back at boot ------------------------

kind netfilter boot look last again

# The name is the loader, a file of the bundle; the state the comments of its rules, a line each.
netfilter_declare() { # LOADER ID...
  local loader=$1
  shift
  printf -v state '%s\n' "$@"
  describe netfilter "$loader" "${state%$'\n'}"
}

netfilter_probe() { # LOADER
  have=absent
  [[ ! -x $1 ]] || have=$("$1" list 2>/dev/null) || :
  have=${have:-absent}
}

# The order is that of the loader: IPv4 and IPv6 one after the other, where iptables has them.
netfilter_same() { # with $have and $state
  local line
  local -a text_lines=()
  local -A rules_found=()
  ((${#have} == ${#state})) || return 1
  split_lines "$have"
  for line in "${text_lines[@]}"; do rules_found["line $line"]=1; done # never empty
  split_lines "$state"
  for line in "${text_lines[@]}"; do [[ ${rules_found["line $line"]:-} ]] || return 1; done # never empty
}

netfilter_set() { # LOADER STATE
  if [[ $2 == absent ]]; then
    [[ ! -x $1 ]] || run "$1" remove
  elif [[ ! -x $1 ]]; then
    failure='the rules of an earlier apply are gone; apply puts them back'
    return 1
  elif ! run "$1" load; then
    failure+=$'\n'"Neither nftables nor iptables can take these rules here: is one of the packages nftables and iptables installed?"
    return 1
  fi
}
