# ---- leftovers: what an earlier apply put here and the description no longer has ----------------------------

declare -A put_here=() # with --only: `KIND NAME` of what was not there before an apply

# Indices in u_* of all that may be left over, in the order of the records. What is described later, or leads elsewhere, is none any more.
going=()
own_are_loaded='' # u_* have all records of this role, as they are on the disk

# It goes back to what it was, and is not lvsgen's any more.
load_leftovers() {
  local i
  going=()
  read_previous_holds
  load_records all
  own_are_loaded=1
  undo_paths
  take_back_rights
  # Where --only leaves something out, that is not a leftover.
  if [[ $only ]]; then
    for ((i = 0; i < ${#u_kind[@]}; i++)); do
      if [[ ${u_record[i]} == absent ]] && has "${u_kind[i]}" path; then put_here["${u_kind[i]} ${u_name[i]}"]=1; fi
    done
    u_kind=() u_name=() u_record=() own_are_loaded=''
    return 0
  fi
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    ! is_undescribed "${u_kind[i]}" "${u_name[i]}" || going+=("$i")
  done
  [[ -z $root ]] || return 0
  for i in ${going[@]+"${going[@]}"}; do
    if is_function "${u_kind[i]}_guard" && is_leftover "${u_kind[i]}" "${u_name[i]}"; then "${u_kind[i]}_guard" "${u_name[i]}"; fi
  done
}

is_leftover() { # KIND NAME
  local holder
  is_undescribed "$1" "$2" && ! held_elsewhere "$1 $2"
}

declare -A never_left=() # kinds that are no leftovers, whatever is described

is_undescribed() { # KIND NAME
  local key carrier
  [[ $1 && -z ${never_left[$1]:-}${described["$1 $2"]:-}${leads["$1 $2"]:-} ]] && ! has "$1" kept || return 1
  [[ -z $root ]] || { has "$1" path && { ! lies_on "$1" "$2" || ! was_mounted "$carrier"; }; } || return 1
  if is_function "$1_away_for"; then
    "$1_away_for" "$2" && ! describes "$key"
    return
  fi
  if has "$1" recorded; then
    never_left[$1]=1
    return 1
  fi
  ! still_described "$1" "$2"
}

# What was written down along with something that is described still: a directory above a described file,
# what ip_forward takes along.
still_described() { # KIND NAME
  local key path
  local -a along
  if is_function "$1_along"; then
    "$1_along" "$2" || return 1
    for key in "${along[@]}"; do [[ -z ${described[$key]:-} ]] || return 0; done # never empty
    return 1
  fi
  has "$1" parent || return 1
  for path in ${led_to[@]+"${led_to[@]}"}; do [[ $path != "$2"/* ]] || return 0; done
  for key in "${!described[@]}"; do [[ $key != *" $2/"* ]] || return 0; done
  return 1
}
