# ---- a mode alone: rc.local runs only if it is executable

kind mode path=part stale='stat mount unit'

mode_declare() { # PATH MODE
  paths+=("$root$1")
  describe mode "$1" "$2"
}

mode_probe() { # PATH
  local stat
  walk "$root$1" last || { have=unreachable && return 0; }
  stat_path "$root$real"
  have=${stat%% *}
  have=${have:-absent}
}

mode_same() { # PATH
  [[ $have == 0* && $((8#0${have//[!0-7]/})) == $((8#0${state//[!0-7]/})) ]]
}

mode_set() { # PATH STATE
  local changeable
  walk "$root$1" last || return 1
  if [[ $shared ]]; then
    owner_of_shared
    unsafe "its mode is not changed where it may be another file by then: $changeable"
    is_shared_by_all || failure+=$'\n'"Let nobody but root change $root$shared: chown root $root$shared; chmod go-w $root$shared"
    return 1
  fi
  [[ $2 == absent || ! -e $root$real ]] || run chmod -- "$2" "$root$real" || return 1
  # systemd-rc-local-generator(8) makes a unit of rc.local where it is executable.
  reload_needed=1
}
