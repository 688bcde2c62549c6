# ---- leftovers: what an earlier apply put here and the description no longer has ----------------------------

# It goes back to what it was, and is not lvsgen's any more.
load_leftovers() {
  local i
  [[ -z $only ]] || return 0
  load_records 0
  undo_paths
  [[ -z $root ]] || return 0
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} != mount ]] || ! is_leftover mount "${u_name[i]}" || refuse_dead_mount "${u_name[i]}"
  done
}

# Below a mount point lies something else when another share is mounted there, or none. What was written there goes back while it
# is reached, also where the description has the same again: for there it is another file.
leave_mount_points() {
  local i j state text target
  local -a targets=() leaving=()
  [[ -z $root ]] || return 0
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} != mount ]] || ! is_leftover mount "${u_name[i]}" || { targets+=("${u_name[i]}") && leaving+=("$i"); }
  done
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    state=${r_state[i]} text=${r_text[i]}
    [[ ${r_kind[i]} != mount ]] || is_same mount "${r_name[i]}" || targets+=("${r_name[i]}")
  done
  for ((i = ${#u_kind[@]} - 1; i >= 0; i--)); do
    [[ ${u_kind[i]} && " $file_kinds " == *" ${u_kind[i]} "* ]] || continue
    for target in ${targets[@]+"${targets[@]}"}; do
      [[ ${u_name[i]} != "$target"/* ]] || drop_record "$i" 'something else is mounted here now: as it was before' || return 1
    done
  done
  # What is described below a share that goes would be written to it.
  for i in ${leaving[@]+"${leaving[@]}"}; do
    for ((j = 0; j < ${#r_kind[@]}; j++)); do
      [[ " $file_kinds " == *" ${r_kind[j]} "* && ${r_name[j]} == "${u_name[i]}"/* ]] || continue
      drop_leftover "$i" || return 1
    done
  done
}

drop_leftovers() {
  local i drain_seconds=$drain_seconds
  if [[ $mutating == yes ]]; then
    drain_leftovers || return 1
    drain_seconds=0
  fi
  for ((i = ${#u_kind[@]} - 1; i >= 0; i--)); do
    drop_leftover "$i" || return 1
  done
}

drop_leftover() { # INDEX
  ! is_leftover "${u_kind[$1]}" "${u_name[$1]}" || drop_record "$1" 'no longer described: as it was before'
}

declare -A unreached=() # mount points of shares that are not mounted, with something on them that was not put back

drop_record() { # INDEX NOTE
  local kind=${u_kind[$1]} name=${u_name[$1]} record=${u_record[$1]} have state='' text='' mount_point
  [[ $kind ]] || return 0
  if [[ -z $root ]] && was_on_mount "$1"; then
    unreached[$mount_point]=1
    return 0
  fi
  if undo_is_done "$kind" "$name" "$record"; then
    [[ -z ${unreached[$name]:-} ]] || return 0
    [[ -z $generation ]] || release "$kind" "$name" || return 1
    u_kind[$1]=''
    return 0
  fi
  if [[ $mutating != yes ]]; then
    report pending "$kind" "$name" 'no longer described'
    return 0
  fi
  failure=''
  if begin_changes && journal_resource "$kind" "$name" && keep_hand_made "$kind" "$name" && put_back "$kind" "$name" "$record" &&
    release "$kind" "$name"; then
    u_kind[$1]=''
    report changed "$kind" "$name" "$2"
  else
    report failed "$kind" "$name" "${failure%%$'\n'*}"
    [[ $failure != *$'\n'* ]] || complain_lines "${failure#*$'\n'}"
    return 1
  fi
}

is_leftover() { # KIND NAME
  local key="$1 $2" holder
  [[ $1 && -z ${described[$key]:-} && " package holds drained pulled " != *" $1 "* ]] || return 1
  [[ -z $root || " $file_kinds " == *" $1 "* ]] || return 1
  ! still_described "$1" "$2" && ! held_elsewhere "$key"
}

# Connections of services that go end while their address is still here.
drain_leftovers() {
  local i have edits='' removals=''
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == service ]] || continue
    is_leftover service "${u_name[i]}" || continue
    service_probe "${u_name[i]}"
    [[ $have != "${u_record[i]}" ]] || continue
    if ! begin_changes || ! journal_resource service "${u_name[i]}"; then return 1; fi
    service_edits "${u_name[i]}" "$have" "${u_record[i]}"
  done
  drain_first
}

# What was written down along with something that is described still: a directory above a described file,
# what ip_forward takes along.
still_described() { # KIND NAME
  local key
  case $1 in
    directory)
      for key in "${!described[@]}"; do
        [[ $key != *" $2/"* ]] || return 0
        [[ $key != 'networkd '* || $2 != "$networkd_dir"/*.network.d ]] || return 0
      done
      ;;
    sysctl) [[ $2 == */* && ${described['sysctl net.ipv4.ip_forward']:-} ]] && return 0 ;;
  esac
  return 1
}
