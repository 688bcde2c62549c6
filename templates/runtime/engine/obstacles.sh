# ---- obstacles: what stands in the way and is not lvsgen's, and what a change would take from this host ----------
#
# Every resource is asked before anything changes, so that all of it is named at once. KIND_obstacle NAME sets $obstacle: the first
# line says what, the others what to do about it. Where it sets $adoptable too, --adopt takes over what stands there: the journal has it,
# and a rollback or an uninstall gives it back.

adopt=''

accept --adopt adopt "take over what stands in the way and is not lvsgen's: it goes to the journal, and uninstall gives it back"

refuse_obstacles() {
  local i kind name state text have='' obstacle adoptable found='' all_adoptable=1 lacking=69
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]} obstacle='' adoptable=''
    is_function "${kind}_obstacle" || continue
    "${kind}_obstacle" "$name"
    [[ $obstacle ]] || continue
    if [[ $adoptable ]]; then
      [[ -z $adopt ]] && ! is_ours "$kind" "$name" || continue
    else
      all_adoptable=''
    fi
    failure=$obstacle
    report_failure "$kind" "$name"
    found=1
  done
  failure=''
  [[ $found ]] || return 0
  if [[ $all_adoptable ]]; then
    die 69 "what stands in the way is not lvsgen's" "Nothing was changed. Look at it; --adopt takes it over, and uninstall gives it back: bash $script apply --adopt"
  fi
  die 69 'apply would take from this host what it needs, or meets what it cannot take over' 'Nothing was changed.'
}

# Has this role a record of it, or does another one hold it?
is_ours() { # KIND NAME
  local escaped holder
  load_roles
  escape "$2"
  [[ ${roles_with["$1 $escaped"]:-} == *" $cluster/$role "* ]] || held_elsewhere "$1 $2"
}
