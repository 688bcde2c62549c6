# ---- where files go: room, and leave to write -----------------------------------------------------------

existing_parent() { # PATH -> $parent: the nearest directory above it that is there
  parent=$1
  while [[ $parent && ! -d $parent ]]; do parent=${parent%/*}; done
  parent=${parent:-/}
}

check_room() {
  local parent _ free inodes
  existing_parent /var/lib/lvsgen
  read -r _ _ _ free _ < <(df -Pk -- "$parent" | tail -n 1 || :) || :
  read -r _ _ _ inodes _ < <(df -Pi -- "$parent" | tail -n 1 || :) || :
  if [[ ! $free =~ ^[0-9]+$ ]]; then
    finding skip room "df does not say how much room there is in $parent"
  elif ((free < 16384)) || [[ $inodes =~ ^[0-9]+$ && $inodes -lt 200 ]]; then
    finding stop room "$parent has $((free / 1024)) MiB and $inodes inodes left" "lvsgen writes down there how to get back before it changes anything." "Make room on that file system"
  elif ((free < 262144)); then
    finding warn room "$parent has $((free / 1024)) MiB left" "Packages that are to be installed may not fit." "Make room on that file system"
  else
    finding ok room "$((free / 1024)) MiB where lvsgen keeps its state"
  fi
}

# Every directory that something goes to, once.
check_writable() {
  local path parent options read_only='' immutable='' taken='' line
  local -A seen=()
  local -a there=()
  for path in /var/lib/lvsgen/state /var/log/lvsgen/log "$lock_file" ${files[@]+"${files[@]}"}; do
    if [[ -e $path && ! -f $path && ! -L $path ]]; then taken+=" $path"; fi
    [[ ! -f $path || -L $path ]] || there+=("$path")
    existing_parent "${path%/*}"
    [[ -z ${seen[$parent]:-} ]] || continue
    seen[$parent]=1
    there+=("$parent")
    options=$(findmnt -n -o OPTIONS -T "$parent" 2>/dev/null) || options=''
    [[ ",$options," != *,ro,* ]] || read_only+=" $parent"
  done
  if command -v lsattr >/dev/null; then
    while read -r options line; do
      [[ $options != *[ia]* || $options != ?*-* ]] || immutable+=" $line"
    done < <(lsattr -d -- ${there[@]+"${there[@]}"} 2>/dev/null || :)
  fi
  [[ -z $read_only ]] || finding stop writable "read-only:$read_only" "Files go there." "Mount it read-write (after an error of the disk: look at dmesg first)"
  [[ -z $immutable ]] || finding stop writable "made immutable with chattr:$immutable" "Nobody can replace them, not even root." "chattr -ia$immutable; and again after the apply, if the site wants it so"
  [[ -z $taken ]] || finding stop writable "a directory or device stands where a file goes:$taken" "Apply replaces files and links, nothing else." "Move it away"
  [[ $read_only$immutable$taken ]] || finding ok writable "${#seen[@]} directories that files go to"
}
