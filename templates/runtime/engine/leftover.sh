# ---- what becomes of one leftover: as it was before, or another role's from now on ---------------------------------

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
    [[ -z ${went_along["$kind $name"]:-} ]] || report changed "$kind" "$name" "$note"
    return 0
  fi
  if [[ $record == absent ]] && has "$kind" parent && keeps_something "$name" && ! held_below "$name"; then
    [[ $mutating == yes && $emptied_last ]] || report kept "$kind" "$name" 'it is not empty'
    return 0
  fi
  if [[ $mutating != yes ]]; then
    tell_return "$kind" "$name" "$record"
    return 0
  fi
  failure='' lacking=1 goes_on=''
  [[ $record == absent ]] || ! has "$kind" path whole || missing_parents "$root$name" || unmade=()
  # With what lies on it not put back, its record stays.
  if [[ ${unreached[$name]:-} ]] && has "$kind" carrier; then
    if ! begin_changes || ! journal_resource "$kind" "$name" || ! put_back "$kind" "$name" "$record"; then
      report_failure "$kind" "$name"
      return 1
    fi
    report changed "$kind" "$name" "$note"
    return 0
  fi
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

# What it goes back to, where a few words say that.
tell_return() { # KIND NAME RECORD
  local detail='no longer described'
  [[ $3 == @(absent|saved *) || $3 == *$'\n'* || ${#3} -gt 200 ]] || detail+=": back to $3"
  report pending "$1" "$2" "$detail"
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
