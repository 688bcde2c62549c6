# ---- firewall: does what is open get in? --------------------------------------------------------------------------------

# Open is what lvsgen has opened: whether it gets in, others may decide.
firewall_prove() { # NAME
  local manager place what kept_out who="that no firewall's unit has loaded"
  split_opening "$1"
  fresh_firewall
  [[ $what != @(answers|forwarding)' '* ]] || return 0
  if [[ $manager ]] && "${manager}_is_active"; then
    ! is_function "${manager}_prove" || "${manager}_prove" "$what" || return 1
    who="beside what $manager lets in, or ahead of it,"
  fi
  find_kept_what "$what" "$manager"
  if [[ -z $kept_out && $rules_unread ]]; then
    failure="which rules keep it out is not known: $rules_unread failed"$'\n'"Run it by hand and see why"
    return 1
  fi
  [[ $kept_out ]] || return 0
  failure="rules $who keep it out ($kept_out)"$'\n'"Let it in there, before what refuses the rest."
  return 1
}

# Rules of another program see what comes in as well as those of the firewall in charge: what is open in that has to get through both.
tell_kept_beside() {
  local i manager place what kept_out have where='' list=''
  local -A told=()
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    [[ ${r_kind[i]} == firewall && ${r_name[i]} != *@(answers|forwarding)' from '* ]] || continue
    split_opening "${r_name[i]}"
    [[ -z ${told["$manager $what"]:-} ]] || continue
    told["$manager $what"]=1
    firewall_probe "${r_name[i]}"
    [[ $have == open ]] || continue
    find_kept_what "$what" "$manager"
    [[ $kept_out && ", $list, " != *", $what, "* ]] || continue
    list+="${list:+, }$what" where=$kept_out
  done
  [[ -z $list ]] || complain "rules beside what lvsgen opens, or ahead of it, keep out what this role needs ($where): let in there $list"
}
