# ---- undo: what was changed, back as it was --------------------------------------------------------------------

# What needs time to go (a real server's connections) is told before anything goes. What another role needs does not go.
let_leave() { # INDEX... of records
  local i kind holder
  local -a words
  local -A of_kind=()
  for i in "$@"; do
    kind=${u_kind[i]}
    is_function "${kind}_leave" || continue
    stays_as_described "$kind" "${u_name[i]}" || held_elsewhere "$kind ${u_name[i]}" || of_kind[$kind]+=" $i"
  done
  for kind in ${of_kind[@]+"${!of_kind[@]}"}; do
    split_words "${of_kind[$kind]}"
    "${kind}_leave" ${words[@]+"${words[@]}"} || return 1
  done
}

goes_on='' # why what an undo is to stop goes on, by the kind's set
declare -A went_along=() # `KIND NAME` of what KIND_set has put back with another of its kind, and is to be told yet

# Sets a resource back, and looks whether it is, where the command that did it does not say.
put_back() { # KIND NAME RECORD
  "$1_set" "$2" "$3" || return 1
  forget_snapshots "$1"
  [[ $goes_on ]] || ! has "$1" look || undo_is_done "$1" "$2" "$3" || { failure=${failure:-it was put back, but is still: $have} && return 1; }
}

putting_back='' # while, and after, an undo puts back what is loaded
undoes_all='' # while all in u_* is put back, whatever is described

# What is loaded at the end may change what was put back before.
put_back_again() { # INDEX...
  local i kind name record have='' text='' state='' failed=0
  for i in "$@"; do
    kind=${u_kind[i]} name=${u_name[i]} record=${u_record[i]}
    forget_snapshots "$kind"
    ! undo_is_done "$kind" "$name" "$record" || continue
    failure=''
    if put_back "$kind" "$name" "$record"; then
      report changed "$kind" "$name" 'as before, once more'
    else
      report_failure "$kind" "$name"
      failed=1
    fi
  done
  return "$failed"
}

# Everything in u_*, in that order.
undo_loaded() {
  local i kind name record have text='' state failed=0 keeper holder heir became carrier drain_seconds=$drain_seconds stuck path
  local -a not_back=() order=() last=() again=() not_empty=()
  # shellcheck disable=SC2034 # kinds ask for it
  undoes_all=1
  undo_paths
  load_stats
  putting_back=1
  [[ $root ]] || let_leave ${u_kind[@]+"${!u_kind[@]}"} || { untold_failure && failed=1; }
  drain_seconds=0
  order_undo
  for i in ${order[@]+"${order[@]}"} ${last[@]+"${last[@]}"}; do
    kind=${u_kind[i]} name=${u_name[i]} record=${u_record[i]} text='' state=''
    [[ $kind ]] || continue
    [[ -z $root ]] || has "$kind" path || has "$kind" page || continue
    find_keeper "$i"
    if [[ $keeper == purge ]]; then
      tell_keeper
      continue
    fi
    if [[ ${unwritten["$kind $name"]:-} ]]; then
      failure=${unwritten["$kind $name"]}
      report_failure "$kind" "$name"
      failed=1
      continue
    fi
    if ! pass_on "$kind" "$name" "$record" "$holder"; then
      report_failure "$kind" "$name"
      failed=1
      continue
    fi
    if [[ $keeper == role ]]; then
      failure=''
      ! has "$kind" parent || "${kind}_probe" "$name"
      if ! become_theirs "$kind" "$name"; then
        report_failure "$kind" "$name"
        failed=1
      elif [[ $became ]]; then
        report changed "$kind" "$name" "as ${became#"$state_home"/} describes it, which needs it still"
      elif ! has "$kind" parent || [[ $have != "$kind "* ]] || make_plain "$name" "$record"; then
        tell_keeper
      else
        report_failure "$kind" "$name"
        failed=1
      fi
      continue
    fi
    if [[ $keeper == share ]]; then
      tell_keeper
      continue
    fi
    if [[ -z $root ]] && is_cut_off "$i"; then
      report_failure "$kind" "$name"
      not_back+=("$name")
      failed=1
      continue
    fi
    if has "$kind" path; then
      path_of "$kind" "$name"
      remove_temporary "$root$path"
      # Done by a run that was ended before systemd read it, perhaps.
      note_systemd_file "$path"
    fi
    if undo_is_done "$kind" "$name" "$record"; then
      # A run that was ended before may have put it back, and handed nothing over.
      if is_function "${kind}_rest" && ! hand_over_rest "$kind" "$name" "$record"; then
        report_failure "$kind" "$name"
        failed=1
        continue
      fi
      if [[ ${went_along["$kind $name"]:-} ]]; then
        report changed "$kind" "$name" 'as before'
      elif ! has "$kind" page; then
        report ok "$kind" "$name"
      fi
      ! has "$kind" look again || again+=("$i")
      continue
    fi
    if has "$kind" carrier && stuck_below "$name"; then
      report failed "$kind" "$name" "it stays, since $stuck on it was not put back"
      failed=1
      continue
    fi
    failure='' goes_on=''
    if is_taken "$kind" "$name" "$record" && [[ $holder ]]; then
      if hand_over "$kind" "$name" "$record"; then
        tell_taken
      else
        report_failure "$kind" "$name"
        failed=1
      fi
      continue
    fi
    if can_reach "$kind" "$name" && keep_hand_made "$kind" "$name" && adopt_parents "$kind" "$name" "$record" &&
      put_back "$kind" "$name" "$record" && hand_over_rest "$kind" "$name" "$record"; then
      if has "$kind" parent && [[ $record == absent && -d $root$name && ! -L $root$name ]]; then
        if [[ $holder ]]; then report kept "$kind" "$name" "still needed: ${holder#"$state_home"/}"; else not_empty+=("$name"); fi
      elif [[ $goes_on ]]; then
        report kept "$kind" "$name" "$goes_on"
      elif ! has "$kind" page; then
        ! waits "$kind" "$name" "$record" || goes_on_waiting "$kind" "$name"
        report changed "$kind" "$name" 'as before'
      fi
      ! has "$kind" look again || again+=("$i")
    else
      report_failure "$kind" "$name"
      not_back+=("$name")
      failed=1
    fi
  done
  if ((${#last[@]})); then put_back_again ${again[@]+"${again[@]}"} || failed=1; fi
  remove_emptied || failed=1
  reload_systemd || { untold_failure && failed=1; }
  return "$failed"
}

# Directories in which something lay that went later, by name in ${not_empty[@]}.
remove_emptied() {
  local name progress=1
  local -a left
  while [[ $progress ]]; do
    progress='' left=()
    for name in ${not_empty[@]+"${not_empty[@]}"}; do
      put_back "${traits[parent]}" "$name" absent || { report_failure "${traits[parent]}" "$name" && return 1; }
      if [[ -d $root$name ]]; then
        left+=("$name")
      else
        report changed "${traits[parent]}" "$name" 'as before'
        progress=1
      fi
    done
    not_empty=(${left[@]+"${left[@]}"})
  done
  for name in ${not_empty[@]+"${not_empty[@]}"}; do report kept "${traits[parent]}" "$name" 'it is not empty'; done
}

# Of no resource, but it counts.
untold_failure() {
  complain "$failure"
  count[failed]=$((count[failed] + 1))
}
