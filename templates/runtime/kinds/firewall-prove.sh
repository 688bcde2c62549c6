# ---- firewall: does what is open get in? --------------------------------------------------------------------------------

# Open is what lvsgen has opened: whether it gets in, others may decide.
firewall_prove() { # NAME
  local manager place what kept_out
  split_opening "$1"
  fresh_firewall
  [[ $what != @(answers|forwarding)' '* ]] || return 0
  if [[ $manager ]] && "${manager}_is_active"; then
    ! is_function "${manager}_prove" || "${manager}_prove" "$what"
    return
  fi
  if describes_ipv6; then find_kept_from "$what" both; else find_kept_from "$what" 4; fi
  [[ $kept_out ]] || return 0
  failure="rules that no firewall's unit has loaded keep it out ($kept_out)"$'\n'"Let it in there, before what refuses the rest."
  return 1
}

# Is an address of IPv6 described, in this run or left out of it?
describes_ipv6() {
  local i
  for ((i = 0; i < ${#r_kind[@]}; i++)); do [[ ${r_kind[i]} != address || ${r_name[i]} != *:* ]] || return 0; done
  for ((i = 0; i < ${#left_out[@]}; i += 3)); do [[ ${left_out[i]} != address || ${left_out[i + 1]} != *:* ]] || return 0; done
  return 1
}
