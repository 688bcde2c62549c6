# ---- a directory in which lvsgen's own program puts reports while no script runs -----------------------------------
#
# A role has it to itself, for root's eyes alone, and it goes with the reports in it.

kind reports path=whole folder own stale=stat

reports_declare() { # PATH
  paths+=("$root$1")
  describe reports "$1" 'directory 0700 0 0'
}

reports_probe() { # PATH
  local stat mode uid gid _
  walk "$root$1" || { have=unreachable && return 0; }
  stat_path "$root$real"
  case $stat in
    '') have=absent ;;
    *' directory')
      read -r mode uid gid _ <<<"$stat"
      printf -v mode '%04o' "$((8#0${mode//[!0-7]/}))"
      have="directory $mode $uid $gid"
      ;;
    *) have=other ;;
  esac
}

reports_record() { # PATH
  [[ $have != other ]] || { failure='it is there, but not a directory: move it away first' && return 1; }
  [[ $have != absent ]] || journal_parents "$root$1"
}

reports_set() { # PATH STATE
  local _ mode uid gid status=0
  if [[ $2 == absent ]]; then
    [[ $have != directory* ]] || remove_reports "$1"
    return
  fi
  read -r _ mode uid gid <<<"$2"
  make_parents "$root$1" && reach "$root$1" || return 1
  make_reports "$mode" "$uid" "$gid" || status=1
  [[ -z $handle ]] || failure=${failure//"/proc/self/fd/$handle/."/"$root$1"}
  leave
  return "$status"
}

# Of lvsgen 0.1, a record has no mode and no owner: it is one that was there before, and stays as it is.
make_reports() { # MODE UID GID of the directory that was reached
  local it=$at/$leaf
  if [[ ! -e $it && ! -L $it ]]; then run_as "mkdir $root$real" mkdir -m 0700 -- "$it" || return 1; fi
  [[ $1 ]] || return 0
  # Nobody who can rename there puts another one in its place meanwhile.
  if [[ $shared ]]; then
    descend "$leaf" || return 1
    it=/proc/self/fd/$handle/.
  fi
  # Closed first, and opened last; with five digits chmod takes set-group-id off as well.
  run chmod -- 00700 "$it" && run chown -h -- "$2:$3" "$it" || return 1
  printf -v mode '%05o' "$((8#0${1//[!0-7]/}))"
  [[ $mode == 00700 ]] || run chmod -- "$mode" "$it"
}

# The directory stays where somebody else has something in it.
remove_reports() { # PATH
  local file
  reach "$root$1" || return 1
  for file in "$at/$leaf"/*.jsonl "$at/$leaf"/.*.jsonl.new; do
    [[ ! -f $file || -L $file ]] || run rm -f -- "$file" || { leave && return 1; }
  done
  try rmdir -- "$at/$leaf"
  [[ ! -d $at/$leaf ]] || goes_on='it is not empty'
  leave
}

reports_undone() { # PATH RECORD
  reports_probe "$1"
  [[ $have == "$2" || ($2 == absent && $have == other) || ($2 == directory && $have == 'directory '*) ]]
}
