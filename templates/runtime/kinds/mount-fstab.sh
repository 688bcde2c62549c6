# ---- lines of fstab that mount something where a described share goes ------------------------------------------------
#
# The first line of a mount point wins at boot (systemd-fstab-generator(8)), and lvsgen's are the last. A unit of that name in
# /etc/systemd/system wins over all of them (systemd.unit(5)).

mount_rivals() { # /etc/fstab, with lvsgen's lines in $text
  local lines numbers target unit found='' by_unit='' misfits='' clashes=''
  local -a targets=()
  described_clashes
  if [[ $clashes ]]; then
    tell_clashes
    return 0
  fi
  described_targets
  for target in ${targets[@]+"${targets[@]}"}; do
    foreign_mount_lines "$target"
    [[ -z $lines ]] || found+="${found:+; }it mounts something at $target already, in line${numbers}: ${lines%$'\n'}"
    foreign_mount_unit "$target"
    [[ -z $unit ]] || by_unit+=" $unit"
    mount_misfits "$target"
  done
  if [[ $misfits ]]; then
    obstacle=$misfits
    return 0
  fi
  if [[ $by_unit ]]; then
    obstacle="what it says counts for nothing at boot beside${by_unit// / \/etc\/systemd\/system\/}${found:+; ${found//$'\n'/; }}"$'\n'
    obstacle+="Take that unit away if the mount is meant to be lvsgen's, or the mount out of the description: systemctl disable --now --$by_unit; then move its file away, and systemctl daemon-reload."
    return 0
  fi
  [[ $found ]] || return 0
  adoptable=1
  obstacle=${found//$'\n'/; }$'\n'"Take it out if it is meant to be lvsgen's, or the mount out of the description; --adopt takes it out, and uninstall puts it back."
}

mount_oust() { # /etc/fstab, with lvsgen's lines in $text
  local lines numbers target
  local -a targets=()
  described_targets
  for target in ${targets[@]+"${targets[@]}"}; do
    foreign_mount_lines "$target"
    [[ -z $lines ]] || { journal_mounted "$target" && displace "$1" "mount $target" "$lines"; } || return 1
  done
}

# What is mounted by such a line comes back by it: it is written down while that can be read.
journal_mounted() { # TARGET, with $text of the file
  local have record='' line device target
  [[ -z $root ]] || return 0
  mount_probe "$1"
  if [[ $have == absent ]] || is_share "$have"; then return 0; fi
  begin_changes || return 1
  ! journaled mount "$1" || return 0
  mount_record "$1" && journal mount "$1" "$record"
}

mount_lasting() { # with $text -> ${lasting[@]}
  local -a targets=()
  described_targets
  lasting=(${targets[@]+"${targets[@]}"})
}

described_clashes() { # with $text -> $clashes
  local line share target options
  while IFS= read -r line; do
    ! split_mount_fields || mount_clashes "$target" "$share" "$options"
  done <<<"$text"
}

described_targets() { # with $text -> ${targets[@]}
  local line device target
  targets=()
  while IFS= read -r line; do
    split_mount_line || continue
    targets+=("$target")
  done <<<"$text"
}

split_mount_line() { # with $line -> $device $target
  [[ $line != *([[:blank:]])'#'* ]] || return 1
  read -r device target _ <<<"$line" || :
  printf -v target '%b' "${target//\\/\\0}"
  [[ $device && $target ]]
}

# -> $lines, and their $numbers: outside of what lvsgen has put there
foreign_mount_lines() { # TARGET
  local content='' real shared in_the_way
  lines='' numbers=''
  walk "$root/etc/fstab" last && read_found || return 0
  mount_displaced "$1"
}

mount_displaced() { # TARGET, with $content -> $lines, $numbers
  local line number=0 device target block=''
  lines='' numbers=''
  while IFS= read -r line; do
    number=$((number + 1))
    mark_block "$line"
    if [[ $block ]] || ! split_mount_line || ! is_mount_point "$target" "$1"; then continue; fi
    lines+=$line$'\n' numbers+=" $number"
  done <<<"$content"
}

# As systemd reads them: /var//www/./html/ is /var/www/html.
is_mount_point() { # PATH-OF-A-LINE TARGET
  local path=$1/
  while [[ $path == *//* ]]; do path=${path//\/\///}; done
  while [[ $path == */./* ]]; do path=${path//\/.\///}; done
  [[ ${path%/} == "${2%/}" ]]
}
