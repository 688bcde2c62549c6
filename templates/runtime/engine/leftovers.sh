# ---- leftovers: what an earlier apply put here and the description no longer has ----------------------------

declare -A put_here=() # with --only: `KIND NAME` of what was not there before an apply

# It goes back to what it was, and is not lvsgen's any more.
load_leftovers() {
  local i
  load_records all
  undo_paths
  take_back_rights
  # Where --only leaves something out, that is not a leftover.
  if [[ $only ]]; then
    for ((i = 0; i < ${#u_kind[@]}; i++)); do
      if [[ ${u_record[i]} == absent ]] && has "${u_kind[i]}" path; then put_here["${u_kind[i]} ${u_name[i]}"]=1; fi
    done
    u_kind=() u_name=() u_record=()
    return 0
  fi
  [[ -z $root ]] || return 0
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    if is_function "${u_kind[i]}_guard" && is_leftover "${u_kind[i]}" "${u_name[i]}"; then "${u_kind[i]}_guard" "${u_name[i]}"; fi
  done
}

# Below a mount point lies something else when another share is mounted there, or none. What was written there goes back while it
# is reached, also where the description has the same again: for there it is another file.
leave_carriers() {
  local i j state text target
  local -a targets=() leaving=()
  [[ -z $root ]] || return 0
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    if has "${u_kind[i]}" carrier && is_leftover "${u_kind[i]}" "${u_name[i]}"; then targets+=("${u_name[i]}") && leaving+=("$i"); fi
  done
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    state=${r_state[i]} text=${r_text[i]}
    ! has "${r_kind[i]}" carrier || is_same "${r_kind[i]}" "${r_name[i]}" || targets+=("${r_name[i]}")
  done
  for ((i = ${#u_kind[@]} - 1; i >= 0; i--)); do
    has "${u_kind[i]}" path || continue
    for target in ${targets[@]+"${targets[@]}"}; do
      [[ ${u_name[i]} != "$target"/* ]] || drop_record "$i" 'something else is mounted here now: as it was before' || return 1
    done
  done
  # What is described below a share that goes would be written to it.
  for i in ${leaving[@]+"${leaving[@]}"}; do
    for ((j = 0; j < ${#r_kind[@]}; j++)); do
      if has "${r_kind[j]}" path && [[ ${r_name[j]} == "${u_name[i]}"/* ]]; then drop_leftover "$i" || return 1; fi
    done
  done
}

# What takes the place of something else that is to be described there no longer: a directory that becomes a file, say.
clear_the_way() {
  local i
  plain_parents || return 1
  for ((i = ${#u_kind[@]} - 1; i >= 0; i--)); do
    ! is_leftover "${u_kind[i]}" "${u_name[i]}" || ! stands_in_the_way "${u_kind[i]}" "${u_name[i]}" || drop_leftover "$i" || return 1
  done
}

# Is something else described at the path of a leftover, a file above it, or anything below a leftover that is a file?
stands_in_the_way() { # KIND NAME
  local key kind path name
  has "$1" path || return 1
  path_of "$1" "$2"
  name=$path
  for key in "${!described[@]}"; do
    kind=${key%% *}
    has "$kind" path || continue
    path_of "$kind" "${key#* }"
    if [[ $path == "$name" ]]; then
      [[ $kind != "$1" ]] && { has "$kind" path whole || has "$1" path whole; } && return 0
    elif [[ $name == "$path"/* ]]; then
      has "$kind" parent || return 0
    elif [[ $path == "$name"/* ]]; then
      has "$1" parent || return 0
    fi
  done
  return 1
}

drop_leftovers() {
  local i drain_seconds=$drain_seconds
  if [[ $mutating == yes ]]; then
    let_leftovers_leave || return 1
    drain_seconds=0
  fi
  for ((i = ${#u_kind[@]} - 1; i >= 0; i--)); do
    comes_last "$i" || { give_to_holder "$i" && drop_leftover "$i"; } || return 1
  done
  for ((i = ${#u_kind[@]} - 1; i >= 0; i--)); do
    ! comes_last "$i" || { give_to_holder "$i" && drop_leftover "$i"; } || return 1
  done
  [[ $mutating == yes ]] || return 0
  # Directories in which something lay that went later; and what is said of those that stay.
  emptied_last=''
  for ((i = ${#u_kind[@]} - 1; i >= 0; i--)); do
    ! has "${u_kind[i]}" parent || drop_leftover "$i" || return 1
  done
}

emptied_last=1 # while a directory that is not empty may become so

# Does anything lie in a directory that is not to go with it?
keeps_something() { # DIRECTORY
  local entry
  [[ -d $root$1 && ! -L $root$1 ]] || return 1
  for entry in "$root$1"/* "$root$1"/.[!.]* "$root$1"/..?*; do
    [[ ! -e $entry && ! -L $entry ]] || { [[ $emptied_last ]] && goes "${entry#"$root"}"; } || return 0
  done
  return 1
}

goes() { # PATH
  local i path
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    has "${u_kind[i]}" path || continue
    [[ ${u_record[i]} == absent ]] || continue
    path_of "${u_kind[i]}" "${u_name[i]}"
    [[ $path == "$1" ]] || continue
    is_leftover "${u_kind[i]}" "${u_name[i]}" || continue
    ! has "${u_kind[i]}" parent || ! keeps_something "$1" || continue
    return 0
  done
  return 1
}

drop_leftover() { # INDEX
  ! is_leftover "${u_kind[$1]}" "${u_name[$1]}" || drop_record "$1" 'no longer described: as it was before'
}

# What another role still needs stays, and that one gives it back: this one may not run again before the other leaves.
give_to_holder() { # INDEX
  local kind=${u_kind[$1]} name=${u_name[$1]} have='' holder heir became='' needed
  is_undescribed "$kind" "$name" && held_elsewhere "$kind $name" || return 0
  # That one has taken it away itself; this record waits for its file.
  ! waits "$kind" "$name" "${u_record[$1]}" || ! has_one "$holder" "$kind" "$name" || return 0
  if [[ $mutating != yes ]]; then
    report pending "$kind" "$name" "no longer described; ${holder#"$state_home"/} needs it"
    return 0
  fi
  failure='' lacking=1 needed=$holder
  if ! begin_changes || ! become_theirs "$kind" "$name" journaled || ! journal_as_left "$kind" "$name" ||
    ! pass_on "$kind" "$name" "${u_record[$1]}" "$needed" || ! release "$kind" "$name"; then
    report_failure "$kind" "$name"
    return 1
  fi
  u_kind[$1]=''
  report changed "$kind" "$name" "no longer described: ${became:+as ${became#"$state_home"/} describes it; }from now on it is of ${heir#"$state_home"/}"
}

# Whoever it is of from now on may take it away before a rollback leads back to where this role described it.
journal_as_left() { # KIND NAME
  local have='' state='' text='' record
  if journaled "$1" "$2" || ! can_reach "$1" "$2"; then return 0; fi
  "$1_probe" "$2"
  # What a hand put in its place is nothing to bring back.
  [[ $have != other* && $have != unreachable ]] || return 0
  record=$have
  if [[ $have != absent ]] && is_function "$1_record"; then "$1_record" "$2" || return 1; fi
  journal "$1" "$2" "$record"
}

declare -A unreached=() # carriers that are not as they were, with something on them that was not put back

drop_record() { # INDEX NOTE
  local note=$2 kind=${u_kind[$1]} name=${u_name[$1]} record=${u_record[$1]} have='' state='' text='' carrier holder heir
  local -a unmade=()
  [[ $kind ]] || return 0
  if [[ -z $root ]] && was_carried "$1"; then
    unreached[$carrier]=1
    return 0
  fi
  if is_taken "$kind" "$name" "$record"; then return 0; fi
  if undo_is_done "$kind" "$name" "$record"; then
    if [[ ${unreached[$name]:-} ]] || waits "$kind" "$name" "$record"; then return 0; fi
    [[ -z $generation ]] || { pass_on "$kind" "$name" "$record" && hand_over_rest "$kind" "$name" "$record" && release "$kind" "$name"; } || return 1
    u_kind[$1]=''
    return 0
  fi
  if [[ $record == absent ]] && has "$kind" parent && keeps_something "$name" && ! held_below "$name"; then
    [[ $mutating == yes && $emptied_last ]] || report kept "$kind" "$name" 'it is not empty'
    return 0
  fi
  if [[ $mutating != yes ]]; then
    report pending "$kind" "$name" 'no longer described'
    return 0
  fi
  failure='' lacking=1 goes_on=''
  [[ $record == absent ]] || ! has "$kind" path whole || missing_parents "$root$name" || unmade=()
  if begin_changes && journal_resource "$kind" "$name" && journal_put_back "$kind" "$name" "$record" &&
    pass_on "$kind" "$name" "$record" && put_back "$kind" "$name" "$record" && hand_over_rest "$kind" "$name" "$record"; then
    [[ $record != absent || $holder || ! -d $root$name ]] || ! has "$kind" parent || return 0
    if ! waits "$kind" "$name" "$record" && ! release "$kind" "$name" || ! release_parents; then
      report_failure "$kind" "$name"
      return 1
    fi
    u_kind[$1]=''
    [[ -z $holder ]] || note="no longer described: from now on it is of ${heir#"$state_home"/}"
    if [[ $goes_on ]]; then report kept "$kind" "$name" "no longer described: $goes_on"; else report changed "$kind" "$name" "$note"; fi
  else
    report_failure "$kind" "$name"
    return 1
  fi
}

# Has it still to become the very thing that it was?
waits() { # KIND NAME RECORD
  is_function "$1_waits" && "$1_waits" "$2" "$3"
}

# Directories that were there before lvsgen, like what lies in them, and that a hand removed: made again, they are nobody's.
release_parents() { # with ${unmade[@]}
  local i n parent
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    for ((n = 0; n < ${#unmade[@]}; n++)); do
      [[ ${u_name[i]} != "${unmade[n]}" ]] || ! has "${u_kind[i]}" parent || unmade[n]=''
    done
  done
  for parent in ${unmade[@]+"${unmade[@]}"}; do
    [[ -z $parent ]] || ! journaled "${traits[parent]}" "$parent" || release "${traits[parent]}" "$parent" || return 1
  done
}

# A way back has to tell what was put back now from what a hand writes there later.
journal_put_back() { # KIND NAME RECORD
  local sum=absent key
  is_function "$1_written" && ! has "$1" own || return 0
  if [[ $3 != absent ]]; then
    [[ ! -L $state_dir/blobs/${3#saved } && -f $state_dir/blobs/${3#saved } ]] || return 0
    if is_function "$1_kept"; then "$1_kept" "$2" "${3#saved }"; else sum_of_file "$state_dir/blobs/${3#saved }" || return 1; fi
  fi
  "$1_written" "$2"
  journal wrote "$key" "$sum"
}

# What another role has a part of stays, and from now on that role gives it back: a directory that lvsgen made, with something of
# its in it, or a file with its block in it.
hand_over_rest() { # KIND NAME RECORD -> $holder
  holder=''
  if is_function "$1_rest"; then
    "$1_rest" "$2" "$3"
    return
  fi
  has "$1" parent && [[ $3 == absent && -d $root$2 && ! -L $root$2 ]] && held_below "$2" || return 0
  make_plain "$2" "$3" || return 1
  hand_over "$1" "$2" "$3"
}

is_leftover() { # KIND NAME
  local holder
  is_undescribed "$1" "$2" && ! held_elsewhere "$1 $2"
}

is_undescribed() { # KIND NAME
  local key
  [[ $1 && -z ${described["$1 $2"]:-}${leads["$1 $2"]:-} ]] && ! has "$1" kept || return 1
  [[ -z $root ]] || has "$1" path || return 1
  if is_function "$1_away_for"; then
    "$1_away_for" "$2" && ! describes "$key"
    return
  fi
  ! has "$1" recorded || return 1
  ! still_described "$1" "$2"
}

# What needs time to go gets it while everything else is still here.
let_leftovers_leave() {
  local i kind name have state='' text=''
  local -a leaving=()
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    kind=${u_kind[i]} name=${u_name[i]}
    if ! is_function "${kind}_leave" || ! is_leftover "$kind" "$name" || undo_is_done "$kind" "$name" "${u_record[i]}"; then continue; fi
    if ! begin_changes || ! journal_resource "$kind" "$name"; then return 1; fi
    leaving+=("$i")
  done
  let_leave ${leaving[@]+"${leaving[@]}"}
}

# What was written down along with something that is described still: a directory above a described file,
# what ip_forward takes along.
still_described() { # KIND NAME
  local key path
  if is_function "$1_along"; then
    "$1_along" "$2"
    return
  fi
  has "$1" parent || return 1
  for path in ${led_to[@]+"${led_to[@]}"}; do [[ $path != "$2"/* ]] || return 0; done
  for key in "${!described[@]}"; do [[ $key != *" $2/"* ]] || return 0; done
  return 1
}
