# Which rules keep out what is described to get in.

# What names an address is of one family, and so is what iptables lets in.
find_kept_what() { # WHAT [MANAGER] -> $kept_out
  local family=4
  kept_out=''
  load_rules_in_force
  ((${#base_chains[@]})) || return 0
  ! describes_ipv6 || family=both
  case ${2:-}:$1 in
    *' from '*:* | *:'untracked '*:*) family=6 ;;
    *' from '* | *:'untracked '* | iptables:*) family=4 ;;
    ip6tables:*) if [[ $family == both ]]; then family=6; else family=''; fi ;;
  esac
  [[ -z $family ]] || find_kept_from "$1" "$family"
}

# Is an address of IPv6 described, in this run or left out of it?
describes_ipv6() {
  local i
  for ((i = 0; i < ${#r_kind[@]}; i++)); do [[ ${r_kind[i]} != address || ${r_name[i]} != *:* ]] || return 0; done
  for ((i = 0; i < ${#left_out[@]}; i += 3)); do [[ ${left_out[i]} != address || ${left_out[i + 1]} != *:* ]] || return 0; done
  return 1
}
