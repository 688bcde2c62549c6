# ---- directories, and the mode of a file alone ------------------------------------------------------------------

directory_declare() { # PATH MODE OWNER GROUP
  paths+=("$root$1")
  describe directory "$1" "directory $2 $3 $4"
}

directory_probe() { # PATH
  local stat
  stat_path "$root$1"
  case $stat in
    '') have=absent ;;
    *' directory') have="directory $stat" ;;
    *) have="other $stat" ;;
  esac
}

directory_same() { # PATH
  [[ $have == 'directory '* ]] && same_rights
}

directory_record() { # PATH
  local mode uid gid _
  if [[ $have == absent ]]; then
    journal_parents "$root$1"
    return
  fi
  [[ $have == 'directory '* ]] || { failure='it is there, but not a directory: move it away first' && return 1; }
  read -r _ mode uid gid _ <<<"$have"
  record="directory $mode $uid $gid"
}

directory_set() { # PATH STATE
  local path=$root$1 _ mode owner group
  if [[ $2 == absent ]]; then
    [[ ! -d $path ]] || rmdir -- "$path" 2>/dev/null || log "$path is not empty and stays"
    return 0
  fi
  [[ $have != other* ]] || { failure='something else of that name is there' && return 1; }
  read -r _ mode owner group <<<"$2"
  if [[ ! -d $path ]]; then
    make_parents "$path" && run mkdir -m 0755 -- "$path" || return 1
  fi
  if [[ $owner != - ]]; then run chown -- "$owner" "$path" || return 1; fi
  if [[ $group != - ]]; then run chgrp -- "$group" "$path" || return 1; fi
  # With five digits chmod takes set-group-id off a directory as well.
  if [[ $mode != - ]]; then printf -v mode '%05o' "$((8#$mode))" && run chmod -- "$mode" "$path" || return 1; fi
}

# ---- a mode alone: rc.local runs only if it is executable

mode_declare() { # PATH MODE
  paths+=("$root$1")
  describe mode "$1" "$2"
}

mode_probe() { # PATH
  local stat
  stat_path "$root$1"
  have=${stat%% *}
  have=${have:-absent}
}

mode_same() { # PATH
  [[ $have != absent && $((8#$have)) == $((8#$state)) ]]
}

mode_set() { # PATH STATE
  [[ $2 == absent || ! -e $root$1 ]] || run chmod -- "$2" "$root$1" || return 1
  # systemd-rc-local-generator(8) makes a unit of rc.local where it is executable.
  reload_needed=1
}
