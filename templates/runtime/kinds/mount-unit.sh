# ---- mount units beside lines of fstab, and other names of a mount point --------------------------------------------
#
# systemd makes VAR-WWW.mount of a line, after the name of the mount point; a unit and drop-ins of that name count before it.

# A hand's, or a link that masks it: systemd reads it in place of what it makes of fstab.
foreign_mount_unit() { # TARGET -> $unit
  mount_unit_of "$1"
  [[ -e $root/etc/systemd/system/$unit || -L $root/etc/systemd/system/$unit ]] || unit=''
}

mount_unit_of() { # TARGET -> $unit
  unit=${1#/} unit=${unit%/}
  if [[ $unit == *[!A-Za-z0-9:_./-]* || $unit == .* ]]; then
    unit=$(systemd-escape --path -- "$1" 2>/dev/null) || unit=''
  else
    unit=${unit//-/\\x2d} unit=${unit//\//-}
  fi
  unit+=.mount
}

# What mounts it again as soon as somebody looks (x-systemd.automount): else taking it off would have no end.
stop_automount() { # TARGET -> $have, as it is then
  local unit
  [[ ${automounted[$1]:-} ]] || return 0
  mount_unit_of "$1"
  unit=${unit%.mount}.automount
  # systemd makes it of a line of fstab; that of a hand is the hand's.
  if [[ ! -e /etc/systemd/system/$unit ]]; then
    try timeout 90 systemctl stop -- "$unit"
    unset 'loaded[mount]'
    mount_probe "$1"
    [[ ${automounted[$1]:-} ]] || return 0
  fi
  failure="it is mounted again as soon as somebody looks there, by $unit or by autofs"
  failure+=$'\n'"Stop that (systemctl stop $unit; or its line in the maps of /etc/auto.master), and run this again."
  return 1
}

# What nobody but the operator can put right: at boot the share would not be mounted as it is described, whatever fstab says.
mount_misfits() { # TARGET, added to $misfits
  local unit changing='' others='' real shared in_the_way failure
  if walk "$root$1" last && [[ $real != "${1%/}" ]]; then
    misfits+="${misfits:+; }it is to mount at $1, which is another name of $real: systemd mounts nothing at a path with a symbolic link in it"
    misfits+=$'\n'"Describe $real as the target."
    return 0
  fi
  mount_unit_of "$1"
  foreign_dropins "$unit"
  if [[ $changing ]]; then
    misfits+="${misfits:+; }what it mounts at $1 is changed at boot by$changing"
    misfits+=$'\n'"Take those settings out if the mount is meant to be lvsgen's, and systemctl daemon-reload; or take the mount out of the description."
  fi
  lines_by_other_name "$1"
  if [[ $others ]]; then
    misfits+="${misfits:+; }it mounts something at another name of $1: $others"
    misfits+=$'\n'"Take it out if the mount is meant to be lvsgen's, or the mount out of the description."
  fi
}

# Of all that change the unit, those that say what is mounted, and how. One in /etc stands for those of its name elsewhere.
foreign_dropins() { # UNIT -> $changing
  local name=$1 rest=${1%.mount} directory file line
  local -a unit_dirs=("$1")
  local -A dropins=()
  # Those of shorter names too: var-www-html.mount has var-www-.mount.d and var-.mount.d, and all have mount.d.
  while [[ $rest == ?*-* ]]; do
    rest=${rest%-*}
    unit_dirs+=("$rest-.mount")
  done
  unit_dirs+=(mount)
  for name in "${unit_dirs[@]}"; do # never empty
    for directory in etc run usr/local/lib usr/lib lib; do
      for file in "$root/$directory/systemd/system/$name.d"/*.conf; do
        [[ (-e $file || -L $file) && -z ${dropins["$name ${file##*/}"]:-} ]] || continue
        dropins["$name ${file##*/}"]=1
        # A link to /dev/null is there for nothing but that.
        [[ -f $file && ${file##*/} != lvsgen-* ]] || continue
        ! changes_mount "$file" || changing+=" ${file#"$root"}"
      done
    done
  done
}

changes_mount() { # FILE
  local content line section=''
  read_text "$1" || return 1
  while IFS= read -r line; do
    line=${line//[[:blank:]]/}
    case $section$line in
      *'['*']') section=$line ;;
      '[Mount]What='* | '[Mount]Where='* | '[Mount]Type='* | '[Mount]Options='*) return 0 ;;
    esac
  done <<<"$content"
  return 1
}

# Lines whose mount point leads to the same directory by a link.
lines_by_other_name() { # TARGET -> $others
  local content='' real shared in_the_way line number=0 device target block=''
  walk "$root/etc/fstab" last && read_found || return 0
  while IFS= read -r line; do
    number=$((number + 1))
    mark_block "$line"
    if [[ $block ]] || ! split_mount_line || ! leads_to "$target" "$1"; then continue; fi
    others+="${others:+; }line $number: $line"
  done <<<"$content"
}

# What is mounted by its own name is no other. The rest may lie on a share whose server is away.
leads_to() { # PATH TARGET
  local real shared in_the_way
  [[ $1 == /?* ]] && ! is_mount_point "$1" "$2" || return 1
  if [[ $root ]]; then
    walk "$root$1" last && [[ $real == "${2%/}" ]]
  else
    load_mounts
    [[ -z ${mount_of[$1]:-} && $(timeout -s KILL 5 readlink -m -- "$1" 2>/dev/null) == "${2%/}" ]]
  fi
}
