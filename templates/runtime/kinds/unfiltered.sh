# ---- unfiltered: where the firewall is described as off, nothing keeps packets out -------------------------------------------

kind unfiltered expected

to_reach=() # what this role needs, such as 80/tcp

unfiltered_declare() { # input WHAT...
  describe unfiltered "$1" open
  shift
  to_reach=("$@")
}

unfiltered_probe() { # input
  local kept_out
  find_what_is_kept
  have=${kept_out:-${rules_unread:+unknown}}
  have=${have:-open}
}

# Everything, or what is needed for itself.
find_what_is_kept() { # -> $kept_out
  local what
  find_kept_out
  [[ -z $kept_out ]] || return 0
  for what in ${to_reach[@]+"${to_reach[@]}"}; do
    find_kept_what "$what"
    [[ $kept_out ]] || continue
    kept_out="$what: $kept_out"
    return 0
  done
}

unfiltered_differs() {
  if [[ $have == unknown ]]; then
    printf 'which rules keep packets out is not known: %s failed' "$rules_unread"
    return
  fi
  printf 'rules keep packets out, and no unit of a firewall has loaded them: %s' "$have"
}

# What is about to be turned off is no matter yet, and verify has said it.
unfiltered_tell() {
  local i kept_out kind name state text have
  [[ ${described['unfiltered input']:-} && $command != verify ]] || return 0
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]} have=''
    [[ $kind == filtering || ($kind == unit && " ${firewall_units[*]} " == *" $name "*) ]] || continue # never empty
    is_same "$kind" "$name" || return 0
  done
  find_what_is_kept
  tell_unread_rules
  [[ -z $kept_out ]] || complain "the firewall is off, as described, and yet rules keep packets out ($kept_out): no unit of a firewall has loaded them. Take them away where they are made, or have them let in what this role needs"
}
