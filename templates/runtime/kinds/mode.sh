# ---- a mode alone: rc.local runs only if it is executable

kind mode path=part stale='stat mount unit'

declare -A mode_found=() # by path, before this run

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
  [[ ${mode_found[$1]:-} ]] || mode_found[$1]=$have
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

# What stood in it and never ran, runs from the next boot on.
mode_tell() {
  local i path content line found inside
  local -a picked text_lines
  pick mode
  for i in ${picked[@]+"${picked[@]}"}; do
    path=${r_name[i]} found='' inside=''
    [[ ${mode_found[$path]:-} =~ ^0*[0246][0246][0246]$ && ${r_state[i]} =~ [1357] ]] || continue
    if ! walk "$root$path" last || ! read_found; then continue; fi
    split_lines "$content"
    for line in "${text_lines[@]}"; do # never empty
      line=${line%$'\r'}
      case $line in
        '# BEGIN lvsgen '*) inside=1 ;;
        '# END lvsgen '*) inside='' ;;
        'touch /var/lock/subsys/local' | exit | 'exit 0') ;;
        *) [[ $inside || $line =~ ^[[:space:]]*(#|$) ]] || { found=$line && break; } ;;
      esac
    done
    [[ -z $found ]] ||
      complain "$path was not executable, so no boot ran what stands in it; from the next one on that runs too: $found" "Where it is not meant to: take it out."
  done
}
