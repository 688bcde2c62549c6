# ---- what somebody else had mounted there, and how it comes back ---------------------------------------------------
#
# `mount -t TYPE SOURCE` brings back a share, and no bind mount, subvolume or overlay: that would mount the whole file system, or nothing. Those
# come back by the line of fstab that had mounted them, and only where there is one. Their record is
# `line DEVICE TYPE OPTIONS is TYPE ROOT SOURCE`: the words of that line, and what has to be mounted then, as mountinfo has it.

# What a server names, and its kernel or FUSE needs nothing else for.
is_share() { # `TYPE SOURCE`
  case $1 in
    fuse* | ceph* | autofs*) return 1 ;;
    *' '*:/*) return 0 ;;
  esac
  return 1
}

record_by_line() { # TARGET, with $have -> $record
  local type=${have%% *} source=${have#* } part=${mount_root_of[$1]} line_words='' what
  describe_mount "$1"
  if [[ $type == tmpfs || $type == ramfs ]] && ! is_empty_directory "$1"; then
    failure="$what is mounted there, and what lies in it would be lost"$'\n'"Copy that to where it is safe, and take it off: umount -- $1"
    return 1
  fi
  find_own_line "$1"
  if [[ -z $line_words && $part == / && $source == /dev/* && $source != /dev/loop* ]]; then
    case $type in
      # What the kernel shows of these is what they are mounted with.
      ext[234] | xfs) line_words="$source $type ${mount_options_of[$1]:-defaults}" ;;
    esac
  fi
  if [[ -z $line_words ]]; then
    failure="$what is mounted there, and no line of /etc/fstab says how: once taken off, it could not come back"$'\n'
    failure+="Write such a line (--adopt then takes it out, and uninstall mounts it again), or take the mount off: umount -- $1"
    return 1
  fi
  record="line $line_words is $type $part $source"
}

describe_mount() { # TARGET, with $have -> $what
  what="${have%% *} ${have#* }"
  [[ ${mount_root_of[$1]:-/} == / ]] || what+=" (of which it is ${mount_root_of[$1]})"
}

is_empty_directory() { # DIRECTORY
  local entry
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    [[ ! -e $entry && ! -L $entry ]] || return 1
  done
}

# The line of fstab that what is mounted there came by.
find_own_line() { # TARGET, with $type, $part and $source -> $line_words
  local lines='' numbers line device of_type options text_words
  foreign_mount_lines "$1"
  while read -r device _ of_type options _; do
    [[ $device ]] || continue
    options=${options:-defaults} text_words="$device ${of_type:-auto} $options"
    printf -v device '%b' "${device//\\/\\0}"
    if is_bind "$options"; then
      # The very directory.
      [[ -d $device && $device -ef $1 ]] || continue
    else
      [[ ${of_type:-auto} == auto || $of_type == "$type" ]] || continue
      if ! is_device_of "$device" "$source" || ! is_part_of "$options"; then continue; fi
    fi
    line_words=$text_words
    return 0
  done <<<"$lines"
}

is_bind() { # OPTIONS
  [[ ,$1, == *,bind,* || ,$1, == *,rbind,* ]]
}

is_device_of() { # DEVICE-OF-A-LINE SOURCE
  local path=$1 tag value
  [[ $1 != "$2" ]] || return 0
  case $1 in
    UUID=* | LABEL=* | PARTUUID=* | PARTLABEL=*)
      tag=${1%%=*} value=${1#*=}
      value=${value#\"} value=${value%\"}
      path=/dev/disk/by-${tag,,}/${value// /\\x20}
      ;;
  esac
  [[ -b $path && $path -ef $2 ]]
}

# Of btrfs it is a subvolume that is mounted, at its root or at what its options say; of others a file system as a whole.
is_part_of() { # OPTIONS, with $type and $part
  local subvolume
  [[ $type == btrfs ]] || { [[ $part == / ]] && return; }
  [[ ,$1, != *,subvolid=* ]] || return 0
  subvolume=,$1,
  [[ $subvolume == *,subvol=* ]] || return 0 # that of the file system's own choice
  subvolume=${subvolume##*,subvol=} subvolume=/${subvolume%%,*}
  [[ ${subvolume/#\/\//\/} == "$part" ]]
}

# Anything but a share: a line; or what older versions wrote down of it, which says nothing of the directory.
is_way_back() { # RECORD
  local type=${1%% *}
  [[ $1 == 'line '* ]] || { [[ $type == *:* ]] && ! is_share "${type%%:*} ${1#* }"; }
}

mount_back() { # TARGET RECORD
  local text_words='' device type options of_type=${2%% *} source=${2#* }
  reload_systemd || return 1
  if [[ $have != absent ]]; then unmount "$1" lazily || return 1; fi
  if [[ $2 == 'line '* ]]; then
    text_words=${2#line } text_words=${text_words%% is *}
  else
    find_line_of_old "$1" "${of_type%%:*}" "$source" || return 1
  fi
  may_mount "$1" || return 1
  read -r device type options <<<"$text_words"
  printf -v device '%b' "${device//\\/\\0}"
  mount_now "$type" "$options" "$device" "$1" || return 1
  unset 'loaded[mount]'
  mount_probe "$1"
  mount_undone "$1" "$2" && return 0
  failure="its line of fstab mounts something else now: $have"
  unmount "$1" || :
  return 1
}

# -> $text_words: a line that is there now, or that --adopt took out.
find_line_of_old() { # TARGET TYPE SOURCE
  local i content lines='' numbers device of_type options
  foreign_mount_lines "$1"
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == displaced && ${u_name[i]} == "/etc/fstab "*" for mount $1" && ${u_record[i]} == 'saved '* ]] || continue
    ! read_kept "${u_record[i]#saved }" || mount_displaced "$1"
  done
  while read -r device _ of_type options _; do
    [[ $device ]] || continue
    options=${options:-defaults} text_words="$device ${of_type:-auto} $options"
    printf -v device '%b' "${device//\\/\\0}"
    is_bind "$options" || is_device_of "$device" "$3" || continue
    return 0
  done <<<"$lines"
  text_words='' failure="$2 $3 was mounted there, and what is written down of it does not say which directory of it"
  failure+=$'\n'"Mount it by hand as it was, and run this again."
  return 1
}

is_mounted_back() { # TARGET RECORD, with $have
  local text_words=${2#* is }
  [[ $have == "${text_words%% *} ${text_words#* * }" ]] || return 1
  text_words=${text_words#* }
  [[ ${mount_root_of[$1]:-} == "${text_words%% *}" ]]
}
