# Connections of real servers that the way back takes out of the table end first.
drain_before_undo() {
  local i edits='' removals='' have
  [[ -z $root ]] || return 0
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == service ]] || continue
    service_probe "${u_name[i]}"
    [[ $have == "${u_record[i]}" ]] || service_edits "${u_name[i]}" "$have" "${u_record[i]}"
  done
  drain_first
}

# Sets a resource back, and looks whether it is, where the command that did it does not say.
put_back() { # KIND NAME RECORD
  "$1_set" "$2" "$3" || return 1
  forget_snapshots "$1"
  case $1 in
    service | address | export | mount | sysctl | netfilter)
      undo_is_done "$1" "$2" "$3" && return 0
      failure=${failure:-it was put back, but is still: $have}
      return 1
      ;;
  esac
}

# Everything in u_*, the newest first; rules of netfilter at the end, for they are loaded from files that come back.
undo_loaded() {
  local i kind name record have text='' state failed=0 holder mount_point drain_seconds=$drain_seconds stuck
  local -a not_back=() order=() rules=() not_empty=()
  undo_paths
  load_stats
  drain_before_undo || { untold_failure && failed=1; }
  drain_seconds=0
  for ((i = ${#u_kind[@]} - 1; i >= 0; i--)); do
    if [[ ${u_kind[i]} == netfilter && ${u_record[i]} != absent ]]; then rules+=("$i"); else order+=("$i"); fi
  done
  for i in ${order[@]+"${order[@]}"} ${rules[@]+"${rules[@]}"}; do
    kind=${u_kind[i]} name=${u_name[i]} record=${u_record[i]} text='' state=''
    [[ $kind ]] || continue
    [[ -z $root || " $file_kinds holds " == *" $kind "* ]] || continue
    if [[ $kind == package && -z $purge ]]; then
      [[ $command != uninstall ]] || report kept package "$name" 'packages stay without --purge'
      continue
    fi
    if [[ $kind != holds && $kind != drained ]] && { held_elsewhere "$kind $name" || needed_elsewhere "$kind"; }; then
      if hand_over "$kind" "$name" "$record"; then
        report kept "$kind" "$name" "still needed: ${holder#"$state_home"/}"
      else
        report_failure "$kind" "$name"
        failed=1
      fi
      continue
    fi
    if [[ -z $root ]] && was_on_mount "$i"; then
      report kept "$kind" "$name" "it lies on the share of $mount_point, which is not mounted any more"
      continue
    fi
    case $kind in
      file | block)
        remove_temporary "$root$name"
        # Done by a run that was ended before systemd read it, perhaps.
        note_unit_files "$name"
        ;;
      setting) remove_temporary "$root${name% *}" ;;
    esac
    if undo_is_done "$kind" "$name" "$record"; then
      [[ $kind == holds || $kind == drained ]] || report ok "$kind" "$name"
      continue
    fi
    if [[ $kind == mount ]] && stuck_below "$name"; then
      report failed mount "$name" "it stays, since $stuck on it was not put back"
      failed=1
      continue
    fi
    failure=''
    if is_taken "$kind" "$name" "$record" && [[ $holder ]]; then
      if hand_over "$kind" "$name" "$record"; then
        report kept "$kind" "$name" "something else is there now, still needed: ${holder#"$state_home"/}"
      else
        report_failure "$kind" "$name"
        failed=1
      fi
      continue
    fi
    if can_reach "$kind" "$name" && keep_hand_made "$kind" "$name" &&
      put_back "$kind" "$name" "$record" && hand_over_rest "$kind" "$name" "$record"; then
      if [[ $kind == directory && $record == absent && -d $root$name && ! -L $root$name ]]; then
        if [[ $holder ]]; then report kept directory "$name" "still needed: ${holder#"$state_home"/}"; else not_empty+=("$name"); fi
      elif [[ $kind != holds && $kind != drained ]]; then
        report changed "$kind" "$name" 'as before'
      fi
    else
      report_failure "$kind" "$name"
      not_back+=("$name")
      failed=1
    fi
  done
  remove_emptied || failed=1
  reload_units || { untold_failure && failed=1; }
  return "$failed"
}

# Directories in which something lay that went later, by name in ${not_empty[@]}.
remove_emptied() {
  local name progress=1
  local -a left
  while [[ $progress ]]; do
    progress='' left=()
    for name in ${not_empty[@]+"${not_empty[@]}"}; do
      put_back directory "$name" absent || { report_failure directory "$name" && return 1; }
      if [[ -d $root$name ]]; then
        left+=("$name")
      else
        report changed directory "$name" 'as before'
        progress=1
      fi
    done
    not_empty=(${left[@]+"${left[@]}"})
  done
  for name in ${not_empty[@]+"${not_empty[@]}"}; do report kept directory "$name" 'it is not empty'; done
}

# Of no resource, but it counts.
untold_failure() {
  complain "$failure"
  count[failed]=$((count[failed] + 1))
}

# What could not be put back has to be found by the next try: its share stays mounted.
stuck_below() { # MOUNT-POINT -> $stuck, of $not_back
  for stuck in ${not_back[@]+"${not_back[@]}"}; do [[ $stuck != "$1"/* ]] || return 0; done
  return 1
}

# What lies on a share is put back while it is mounted: by a run that ended after it had unmounted it, or not at all where
# the share cannot be mounted again. What lies below the mount point then is something else.
was_on_mount() { # INDEX -> $mount_point
  local i have state
  [[ " $file_kinds " == *" ${u_kind[$1]} "* ]] || return 1
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == mount && ${u_name[$1]} == "${u_name[i]}"/* ]] || continue
    mount_point=${u_name[i]}
    # What changed before the mount did is reached when that is as before again; what changed after it, as long as it is not.
    if undo_is_done mount "$mount_point" "${u_record[i]}"; then ((i > $1)) || return 0; else ((i < $1)) || return 0; fi
  done
  return 1
}

# Their state is asked for in one process.
undo_paths() {
  local i
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    case ${u_kind[i]} in
      file | directory | block | mode) paths+=("$root${u_name[i]}") ;;
      setting) paths+=("$root${u_name[i]% *}") ;;
      unit | pulled) units+=("${u_name[i]}") ;;
      package) journaled_packages+=("${u_name[i]}") ;;
    esac
    [[ ${u_record[i]} != 'saved '* ]] || paths+=("$state_dir/blobs/${u_record[i]#saved }")
  done
}

# What was changed by hand after lvsgen wrote it is kept aside before it goes: the file, also where the hand was in lvsgen's block of it.
keep_hand_made() { # KIND PATH
  local aside number=1 sum have key=$2
  case $1 in
    file)
      [[ ${written[$key]:-} ]] || return 0
      walk "$root$2" || return 1
      [[ -f $root$real && ! -L $root$real ]] || return 0
      sum_of_file "$root$2" || return 1
      ;;
    block)
      key="block $2"
      [[ ${written[$key]:-} ]] || return 0
      block_probe "$2"
      [[ $have != absent && $have != unreachable ]] || return 0
      sum_of_text "$have" || return 1
      ;;
    *) return 0 ;;
  esac
  [[ ${written[$key]} != *" $sum "* ]] || return 0
  # A run that was ended before it wrote left what was there before: that is in the journal.
  for ((number = 0; number < ${#u_kind[@]}; number++)); do
    [[ ${u_kind[number]} == "$1" && ${u_name[number]} == "$2" && ${u_record[number]} == 'saved '* ]] || continue
    ! same_content "$state_dir/blobs/${u_record[number]#saved }" || return 0
  done
  number=1
  aside=$state_home/kept-by-hand
  (umask 077 && mkdir -p -- "$aside") || { failure="cannot make $aside" && return 1; }
  aside+=/${2//\//_}
  while [[ -e $aside.$number ]]; do
    ! same_content "$aside.$number" || return 0
    number=$((number + 1))
  done
  keep_copy "$root$real" "$aside.$number" || return 1
  complain "$2 was changed by hand; that version is kept as $aside.$number"
}
