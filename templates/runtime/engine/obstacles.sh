# ---- obstacles: what stands in the way and is not lvsgen's, and what a change would take from this host ----------
#
# Every resource is asked before anything changes, so that all of it is named at once. KIND_obstacle NAME sets $obstacle: the first
# line says what, the others what to do about it. Where it sets $adoptable too, --adopt takes over what stands there: the journal has it,
# and a rollback or an uninstall gives it back. KIND_adopt NAME takes it away, where nothing else does that.

adopt=''

accept --adopt adopt "take over what stands in the way: it goes to the journal, and uninstall gives it back"

refuse_obstacles() {
  local i kind name state text have='' obstacle adoptable found='' all_adoptable=1 lacking=69
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]} obstacle='' adoptable=''
    is_function "${kind}_obstacle" || continue
    "${kind}_obstacle" "$name"
    [[ $obstacle ]] || continue
    [[ -z $adoptable || -z $adopt ]] || continue
    [[ $adoptable ]] || all_adoptable=''
    failure=$obstacle
    report_failure "$kind" "$name"
    found=1
  done
  failure=''
  [[ $found ]] || return 0
  if [[ $all_adoptable ]]; then
    die 69 'something else stands in the way' "Nothing was changed. Look at it; --adopt takes it over, and uninstall gives it back: bash $script apply --adopt"
  fi
  die 69 'apply would take from this host what it needs, or meets what it cannot take over' 'Nothing was changed.'
}

# What stands in the way goes, with --adopt.
adopt_obstacles() {
  local i kind name state text obstacle adoptable
  [[ $adopt ]] || return 0
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]} obstacle='' adoptable=''
    is_function "${kind}_adopt" || continue
    "${kind}_obstacle" "$name"
    [[ $obstacle ]] || continue
    failure='' lacking=1
    if ! "${kind}_adopt" "$name"; then
      report_failure "$kind" "$name"
      return 1
    fi
    report changed "$kind" "$name" "taken over: ${obstacle%%$'\n'*}"
  done
}
