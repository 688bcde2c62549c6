# ---- leftovers: what an earlier apply put here and the description no longer has ----------------------------

# It goes back to what it was, and is not lvsgen's any more.
load_leftovers() {
  local i
  load_records all
  undo_paths
  take_back_rights
  # Where --only leaves something out, that is not a leftover.
  if [[ $only ]]; then
    u_kind=() u_name=() u_record=()
    return 0
  fi
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
  local key kind path name=$2
  [[ " $file_kinds " == *" $1 "* ]] || return 1
  [[ $1 != setting ]] || name=${name% *}
  for key in "${!described[@]}"; do
    kind=${key%% *} path=${key#* }
    [[ " $file_kinds " == *" $kind "* ]] || continue
    [[ $kind != setting ]] || path=${path% *}
    if [[ $path == "$name" ]]; then
      [[ $kind == "$1" || " $kind $1 " != *' file '* && " $kind $1 " != *' directory '* ]] || return 0
    elif [[ $name == "$path"/* ]]; then
      [[ $kind == directory ]] || return 0
    elif [[ $path == "$name"/* ]]; then
      [[ $1 == directory ]] || return 0
    fi
  done
  return 1
}

drop_leftovers() {
  local i drain_seconds=$drain_seconds
  if [[ $mutating == yes ]]; then
    drain_leftovers || return 1
    drain_seconds=0
  fi
  for ((i = ${#u_kind[@]} - 1; i >= 0; i--)); do
    give_to_holder "$i" && drop_leftover "$i" || return 1
  done
  [[ $mutating == yes ]] || return 0
  # Directories in which something lay that went later.
  emptied_last=''
  for ((i = ${#u_kind[@]} - 1; i >= 0; i--)); do
    [[ ${u_kind[i]} != directory ]] || drop_leftover "$i" || return 1
  done
}

emptied_last=1 # while a directory that is not empty may become so

drop_leftover() { # INDEX
  ! is_leftover "${u_kind[$1]}" "${u_name[$1]}" || drop_record "$1" 'no longer described: as it was before'
}

# What another role still needs stays, and that one gives it back: this one may not run again before the other leaves.
give_to_holder() { # INDEX
  local kind=${u_kind[$1]} name=${u_name[$1]} holder
  is_undescribed "$kind" "$name" && held_elsewhere "$kind $name" || return 0
  if [[ $mutating != yes ]]; then
    report pending "$kind" "$name" "no longer described; ${holder#"$state_home"/} needs it"
    return 0
  fi
  failure='' lacking=1
  if ! begin_changes || ! hand_over "$kind" "$name" "${u_record[$1]}" || ! release "$kind" "$name"; then
    report_failure "$kind" "$name"
    return 1
  fi
  u_kind[$1]=''
  report changed "$kind" "$name" "no longer described: from now on it is of ${holder#"$state_home"/}"
}

declare -A unreached=() # mount points of shares that are not mounted, with something on them that was not put back

drop_record() { # INDEX NOTE
  local kind=${u_kind[$1]} name=${u_name[$1]} record=${u_record[$1]} have='' state='' text='' mount_point holder
  local -a unmade=()
  [[ $kind ]] || return 0
  if [[ -z $root ]] && was_on_mount "$1"; then
    unreached[$mount_point]=1
    return 0
  fi
  if is_taken "$kind" "$name" "$record"; then return 0; fi
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
  failure='' lacking=1
  [[ $record == absent || " file directory " != *" $kind "* ]] || missing_parents "$root$name" || unmade=()
  if begin_changes && journal_resource "$kind" "$name" && journal_put_back "$kind" "$name" "$record" &&
    put_back "$kind" "$name" "$record" && hand_over_rest "$kind" "$name" "$record"; then
    [[ $kind != directory || $record != absent || $holder || -z $emptied_last || ! -d $root$name ]] || return 0
    if ! release "$kind" "$name" || ! release_parents; then
      report_failure "$kind" "$name"
      return 1
    fi
    u_kind[$1]=''
    report changed "$kind" "$name" "$2"
  else
    report_failure "$kind" "$name"
    return 1
  fi
}

# Directories that were there before lvsgen, like what lies in them, and that a hand removed: made again, they are nobody's.
release_parents() { # with ${unmade[@]}
  local i parent
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    for ((parent = 0; parent < ${#unmade[@]}; parent++)); do
      [[ ${u_kind[i]} != directory || ${u_name[i]} != "${unmade[parent]}" ]] || unmade[parent]=''
    done
  done
  for parent in ${unmade[@]+"${unmade[@]}"}; do
    [[ -z $parent ]] || ! journaled directory "$parent" || release directory "$parent" || return 1
  done
}

# A way back has to tell what was put back now from what a hand writes there later.
journal_put_back() { # KIND NAME RECORD
  local sum=absent
  [[ $1 == file ]] || return 0
  if [[ $3 != absent ]]; then
    [[ ! -L $state_dir/blobs/${3#saved } && -f $state_dir/blobs/${3#saved } ]] || return 0
    sum_of_file "$state_dir/blobs/${3#saved }" || return 1
  fi
  journal wrote "$2" "$sum"
}

# Has something of another type taken its place, or that of a directory above it, which is needed, here or by another role? As long
# as that is described, what was there before cannot come back.
is_taken() { # KIND NAME RECORD -> $holder: the other role; empty where it is this one
  local path=$2 above real shared in_the_way='' stat=''
  holder=''
  [[ " $file_kinds " == *" $1 "* && $3 != absent ]] || return 1
  [[ $1 != setting ]] || path=${path% *}
  if can_reach "$1" "$2"; then
    stat_path "$root$real"
    if [[ $1 == directory ]]; then [[ $stat != *' directory' ]] || return 1; else [[ -z $stat || $stat == *' directory' ]] || return 1; fi
    [[ -z $stat ]] || in_the_way=$path
  elif [[ -z $in_the_way ]]; then
    return 1
  fi
  failure='' lacking=1
  if [[ $in_the_way ]]; then
    if held_elsewhere "file $in_the_way" || { [[ $stat == *' directory' ]] && { held_elsewhere "directory $path" || held_below "$path"; }; }; then return 0; fi
  fi
  if [[ $1 != directory ]]; then
    if [[ ${described["directory $path"]:-} ]] || still_described directory "$path"; then return 0; fi
  fi
  above=$path
  [[ $1 == directory ]] || above=${path%/*}
  while [[ $above ]]; do
    [[ -z ${described["file $above"]:-} ]] || return 0
    above=${above%/*}
  done
  return 1
}

# What another role has a part of stays, and from now on that role gives it back: a directory that lvsgen made, with something of
# its in it, or a file with its block in it.
hand_over_rest() { # KIND NAME RECORD -> $holder
  local rights
  holder=''
  if [[ $1 == block ]]; then
    hand_over_file "$2" "$3"
    return
  fi
  [[ $1 == directory && $3 == absent && -d $root$2 && ! -L $root$2 ]] && held_below "$2" || return 0
  plain_rights "$2" "$3"
  [[ $rights == '- - -' ]] || directory_set "$2" "directory $rights" || return 1
  hand_over "$1" "$2" "$3"
}

hand_over_file() { # PATH RECORD of this role's block in it
  local content line own="# BEGIN lvsgen $cluster $role" holder other
  walk "$root$1" last && read_found || return 0
  while IFS= read -r line; do
    [[ $line == '# BEGIN lvsgen '* && $line != "$own" ]] || continue
    other=${line#'# BEGIN lvsgen '}
    holder=$state_home/${other/ //}
    [[ $other != */* && -d $holder ]] || continue
    hand_over block "$1" "$2" || return 1
  done <<<"$content"
}

# What is only the parent of something else has not the rights that this role once described for it.
plain_rights() { # DIRECTORY RECORD -> $rights: mode, owner and group to reach; - what stays
  local before
  rights='- - -'
  [[ ${rights_of["directory $1"]:-} ]] && rights_before directory "$2" || return 0
  rights_to_reach "$1" "$rights" "${rights_of["directory $1"]}" "$before"
}

# Before anything is made in it.
plain_parents() {
  local i last=${#r_kind[@]} name rights
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    name=${u_name[i]}
    [[ ${u_kind[i]} == directory && -z ${described["directory $name"]:-} && ${rights_of["directory $name"]:-} ]] || continue
    still_described directory "$name" || continue
    plain_rights "$name" "${u_record[i]}"
    [[ $rights != '- - -' ]] || continue
    described_rights["directory $name"]='- - -'
    r_kind+=(directory) r_name+=("$name") r_state+=("directory $rights") r_text+=('')
    reconcile "$last" || return 1
    r_kind=("${r_kind[@]:0:last}") r_name=("${r_name[@]:0:last}") r_state=("${r_state[@]:0:last}") r_text=("${r_text[@]:0:last}") # never empty
  done
}

is_leftover() { # KIND NAME
  local holder
  is_undescribed "$1" "$2" && ! held_elsewhere "$1 $2"
}

is_undescribed() { # KIND NAME
  [[ $1 && -z ${described["$1 $2"]:-}${leads["$1 $2"]:-} && " package holds drained pulled " != *" $1 "* ]] || return 1
  [[ -z $root || " $file_kinds " == *" $1 "* ]] || return 1
  ! still_described "$1" "$2"
}

# Connections of services that go end while their address is still here.
drain_leftovers() {
  local i have state='' text='' edits='' removals=''
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
  local key path
  case $1 in
    directory)
      for path in ${led_to[@]+"${led_to[@]}"}; do [[ $path != "$2"/* ]] || return 0; done
      for key in "${!described[@]}"; do
        [[ $key != *" $2/"* ]] || return 0
        [[ $key != 'networkd '* || $2 != "$networkd_dir"/*.network.d ]] || return 0
      done
      ;;
    sysctl) [[ $2 == */* && ${described['sysctl net.ipv4.ip_forward']:-} ]] && return 0 ;;
  esac
  return 1
}

declare -A described_rights=() # `KIND PATH` -> mode, owner and group as they are described, where another state is to be reached

# A mode, an owner or a group that is not described any more becomes what it was before, where it is still what lvsgen made it.
take_back_rights() {
  local i key rights before
  local -A record_of=()
  ((${#rights_of[@]})) || return 0
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} != file && ${u_kind[i]} != directory ]] || record_of["${u_kind[i]} ${u_name[i]}"]=${u_record[i]}
  done
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    key="${r_kind[i]} ${r_name[i]}" rights=${r_state[i]#* }
    [[ ${rights_of[$key]:-} && " $rights " == *' - '* && ${record_of[$key]:-} ]] || continue
    rights_before "${r_kind[i]}" "${record_of[$key]}" || continue
    described_rights[$key]=$rights
    rights_to_reach "${r_name[i]}" "$rights" "${rights_of[$key]}" "$before"
    r_state[i]="${r_kind[i]} $rights"
  done
}

rights_before() { # KIND RECORD -> $before: mode, owner and group; fails where they are not known
  local stat mode uid gid _
  case $1:$2 in
    file:absent) before='0644 0 0' ;;
    directory:absent) before='0755 0 0' ;;
    directory:directory\ *) before=${2#* } ;;
    file:saved\ *)
      stat_path "$state_dir/blobs/${2#saved }"
      read -r mode uid gid _ <<<"$stat"
      before="$mode $uid $gid"
      [[ $stat ]]
      ;;
    *) return 1 ;;
  esac
}

rights_to_reach() { # PATH DESCRIBED DESCRIBED-LAST BEFORE -> $rights
  local stat mode uid gid user group _ now part
  local -a described_words last_words before_words now_names
  stat_path "$root$1"
  [[ $stat ]] || return 0
  read -r mode uid gid user group _ <<<"$stat"
  read -r -a described_words <<<"$2"
  read -r -a last_words <<<"$3"
  read -r -a before_words <<<"$4"
  now_names=("$mode 0$mode ${mode#0}" "$uid $user" "$gid $group")
  for part in 0 1 2; do
    [[ ${described_words[part]} == - && ${last_words[part]} != - && " ${now_names[part]} " == *" ${last_words[part]} "* ]] || continue
    described_words[part]=${before_words[part]}
  done
  rights="${described_words[*]}" # never empty
}
