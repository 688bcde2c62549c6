# ---- where files go: room, and leave to write -----------------------------------------------------------

existing_parent() { # PATH -> $parent: the nearest directory above it that is there
  parent=$1
  while [[ $parent && ! -d $parent ]]; do parent=${parent%/*}; done
  parent=${parent:-/}
}

# (btrfs and others have no table of inodes: of these statfs(2) gives 0 in all, and 0 free.)
check_room() {
  local parent blocks size inodes free_inodes free short=''
  existing_parent /var/lib/lvsgen
  if ! read -r blocks size inodes free_inodes < <(stat -f -c '%a %S %c %d' -- "$parent" 2>/dev/null || :); then
    finding skip room "the file system does not say how much room there is in $parent"
    return
  fi
  free=$((blocks * (size / 512) / 2048))
  ((free >= 16)) || short="$free MiB"
  ((inodes == 0 || free_inodes >= 200)) || short+="${short:+ and }$free_inodes inodes"
  if [[ $short ]]; then
    finding stop room "$parent has $short left" "lvsgen writes down there how to get back before it changes anything." "Make room on that file system"
  elif ((free < 256)); then
    finding warn room "$parent has $free MiB left" "Packages that are to be installed may not fit." "Make room on that file system"
  else
    finding ok room "$free MiB where lvsgen keeps its state"
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
