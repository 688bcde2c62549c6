# ---- lines of fstab that mount something where a described share goes ------------------------------------------------
#
# The first line of a mount point wins at boot (systemd-fstab-generator(8)), and lvsgen's are the last.

mount_obstacle() { # TARGET
  local lines numbers
  foreign_mount_lines "$1"
  [[ $lines ]] || return 0
  adoptable=1
  obstacle="/etc/fstab mounts something there already, in line${numbers}: ${lines%$'\n'}"
  obstacle=${obstacle//$'\n'/; }$'\n'"Take it out if it is meant to be lvsgen's, or the mount out of the description; --adopt takes it out, and uninstall puts it back."
}

mount_adopt() { # TARGET
  local lines numbers
  foreign_mount_lines "$1"
  [[ -z $lines ]] || displace /etc/fstab "mount $1" "$lines"
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
    case $line in
      '# BEGIN lvsgen '*) block=1 ;;
      '# END lvsgen '*) block='' ;;
    esac
    [[ -z $block && $line != *([[:blank:]])'#'* ]] || continue
    read -r device target _ <<<"$line" || :
    printf -v target '%b' "${target//\\/\\0}"
    [[ $device && ${target%/} == "${1%/}" ]] || continue
    lines+=$line$'\n' numbers+=" $number"
  done <<<"$content"
}
