# ---- undo: the ways to what it puts back, and what lies on something that has gone ---------------------------------

# What could not be put back has to be found by the next try: its share stays mounted.
stuck_below() { # CARRIER -> $stuck, of $not_back
  for stuck in ${not_back[@]+"${not_back[@]}"}; do [[ $stuck != "$1"/* ]] || return 0; done
  return 1
}

# What keeps a resource where it is, whatever its record says: `purge`, that it goes with --purge alone; `role`, that others need it
# ($holder: the state directory of one); `share`, that it lies on one that is not mounted any more ($carrier).
find_keeper() { # INDEX, with $kind and $name -> $keeper
  keeper='' holder=''
  if has "$kind" kept && [[ -z $purge ]]; then
    keeper=purge
  elif ! has "$kind" page && ! stays_as_described "$kind" "$name" && { held_elsewhere "$kind $name" || needed_elsewhere "$kind"; }; then
    keeper=role
  elif [[ $root ]]; then
    ! was_on_share "$1" || keeper=share
  elif was_carried "$1"; then
    keeper=share
  fi
}

tell_keeper() { # with $keeper, $kind, $name and $record, and $holder or $carrier
  case $keeper in
    purge)
      if [[ $command == uninstall ]]; then
        report kept "$kind" "$name" 'it stays without --purge'
      elif is_still_there "$kind" "$name" "$record"; then
        report kept "$kind" "$name" 'it stays; uninstall --purge takes it away'
      fi
      ;;
    role) report kept "$kind" "$name" "still needed: ${holder#"$state_home"/}" ;;
    share)
      if [[ $root ]]; then
        report kept "$kind" "$name" "it lies on the share of $carrier, which an image does not have"
      else
        report kept "$kind" "$name" "it lies on the share of $carrier, which is not mounted any more"
      fi
      ;;
  esac
}

# Asked in order to tell alone.
is_still_there() { # KIND NAME RECORD
  if is_function "$1_stays"; then
    "$1_stays" "$2" "$3"
    return
  fi
  ! undo_is_done "$1" "$2" "$3" || return 1
}

tell_taken() { # with $kind, $name and $holder
  report kept "$kind" "$name" "something else is there now, still needed: ${holder#"$state_home"/}"
}

# What lies on a share is put back while it is mounted: by a run that ended after it had unmounted it, or not at all where
# the share cannot be mounted again. What lies below the mount point then is something else.
was_carried() { # INDEX -> $carrier
  local i carries
  has "${u_kind[$1]}" path || return 1
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    if ! has "${u_kind[i]}" carrier || [[ ${u_name[$1]} != "${u_name[i]}"/* ]]; then continue; fi
    carrier=${u_name[i]}
    # What changed before the carrier did is reached when that is as before again; what changed after it, as long as it is not.
    "${u_kind[i]}_carries" "$carrier" "${u_record[i]}"
    if [[ $carries == before ]] && ((i > $1)); then continue; fi
    if [[ $carries == since ]] && ((i < $1)); then continue; fi
    return 0
  done
  return 1
}

# Does it lie on a share that a rollback leaves as it is, for that is older, and that is not mounted now? What lies below the mount point
# is something else.
is_cut_off() { # INDEX -> $carrier, $failure
  local i key path have
  has "${u_kind[$1]}" path || return 1
  path_of "${u_kind[$1]}" "${u_name[$1]}"
  for key in ${stays_owned[@]+"${!stays_owned[@]}"}; do
    carrier=${key#* }
    if ! has "${key%% *}" carrier || [[ $path != "$carrier"/* ]]; then continue; fi
    for ((i = 0; i < ${#u_kind[@]}; i++)); do [[ "${u_kind[i]} ${u_name[i]}" != "$key" ]] || continue 2; done
    "${key%% *}_probe" "$carrier"
    if [[ $have == absent ]]; then
      failure="it lies on the share of $carrier, which is not mounted"$'\n'"Mount it, and run this again."
      return 0
    fi
  done
  return 1
}

# Their state is asked for in one process.
undo_paths() {
  local i kind path
  local -A knows=() # by kind
  mounted_before=()
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    kind=${u_kind[i]}
    [[ $kind ]] || continue
    [[ ${knows[$kind]:-} ]] || knows_kind "$kind"
    case ${knows[$kind]} in
      path)
        path_of "$kind" "${u_name[i]}"
        paths+=("$root$path")
        ;;
      facts) "${kind}_facts" "${u_name[i]}" ;;
    esac
    [[ ${u_record[i]} != 'saved '* ]] || paths+=("$state_dir/blobs/${u_record[i]#saved }")
  done
}

knows_kind() { # KIND -> ${knows[KIND]}: what there is to be read for it, path, facts or nothing
  is_function "$1_set" ||
    die 69 "the journal in $state_dir has a $1, which this script does not know" "A script of another version wrote it: use that one."
  knows[$1]=nothing
  if has "$1" path; then knows[$1]=path; elif is_function "$1_facts"; then knows[$1]=facts; fi
}
