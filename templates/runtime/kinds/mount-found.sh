# ---- what is mounted where a described share goes, and below it ----------------------------------------------------

mount_obstacle() { # TARGET, with $state
  local have what failure='' record='' below=''
  find_clash "$1"
  [[ -z $obstacle ]] || return 0
  mount_probe "$1"
  [[ $have == absent || ${have#* } != "${state#* }" ]] || return 0
  mounts_below "$1"
  if [[ $below ]]; then
    obstacle="mounted below it, and out of reach once the share is: $below"$'\n'
    obstacle+="Take them off before (umount), and mount them again after it, at directories that the share has; or take the mount out of the description."
    return 0
  fi
  if [[ $have == absent ]] || is_lvsgens_mount "$1" "$have"; then return 0; fi
  describe_mount "$1"
  if [[ ${automounted[$1]:-} ]]; then
    obstacle="an automount unit mounts $what there as soon as somebody looks"$'\n'
    obstacle+="Stop and disable that .automount unit, or take x-systemd.automount out of the line in /etc/fstab; or take the mount out of the description."
  elif ! mount_record "$1"; then
    obstacle=$failure
  else
    adoptable=1
    obstacle="something else is mounted there: $what"$'\n'"Take it off if nobody needs it (umount -- $1), or the mount out of the description; --adopt takes it off, and uninstall mounts it again."
  fi
}

# Those of others: what lies below a described share is mounted after it.
mounts_below() { # TARGET -> $below
  local target
  for target in "${!mount_of[@]}"; do
    if [[ $target != "${1%/}"/* ]] || is_lvsgens_mount "$target" "${mount_of[$target]}"; then continue; fi
    below+="${below:+, }$target (${mount_of[$target]})"
  done
}

# By a line of lvsgen's in fstab, of any cluster; or by an apply that was ended when it had written another already.
is_lvsgens_mount() { # TARGET `TYPE SOURCE`
  local content='' real shared in_the_way line device target block='' i
  if walk "$root/etc/fstab" last && read_found; then
    while IFS= read -r line; do
      mark_block "$line"
      if [[ ! $block ]] || ! split_mount_line; then continue; fi
      printf -v device '%b' "${device//\\/\\0}"
      [[ $device != "${2#* }" ]] || ! is_mount_point "$target" "$1" || return 0
    done <<<"$content"
  fi
  is_share "$2" || return 1
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} != mount || ${u_name[i]} != "$1" ]] || return 0
  done
  return 1
}
