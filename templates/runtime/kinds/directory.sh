# ---- directories ----------------------------------------------------------------------------------------------

kind directory path=whole parent rights=0755 stale='stat mount unit'

directory_declare() { # PATH MODE OWNER GROUP
  local first=${described["directory $1"]:-} mode owner group _
  if [[ $first ]]; then
    # A mount point, or an exported directory, that is described as a directory too: what either says, holds.
    read -r _ mode owner group <<<"${r_state[first]}"
    [[ $2 == - ]] || mode=$2
    [[ $3 == - ]] || owner=$3
    [[ $4 == - ]] || group=$4
    r_state[first]="directory $mode $owner $group"
    return 0
  fi
  paths+=("$root$1")
  describe directory "$1" "directory $2 $3 $4"
}

directory_probe() { # PATH
  local stat
  walk "$root$1" || { have=unreachable && return 0; }
  stat_path "$root$real"
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
  local _ mode owner group status=0
  if [[ $2 == absent ]]; then
    reach "$root$1" || return 1
    # One that is not empty stays.
    [[ ! -d $at/$leaf || -L $at/$leaf ]] || try rmdir -- "$at/$leaf"
    leave
    return 0
  fi
  [[ $have != other* ]] || { failure='something else of that name is there' && return 1; }
  read -r _ mode owner group <<<"$2"
  make_parents "$root$1" && reach "$root$1" || return 1
  set_directory "$mode" "$owner" "$group" || status=1
  [[ -z $handle ]] || failure=${failure//"/proc/self/fd/$handle/."/"$root$1"}
  leave
  return "$status"
}

# A new one is nobody else's to enter before its owner and mode are right, but for what everybody may in the end: a run that is killed here has
# no mode to mend where only what is in it is described.
set_directory() { # MODE OWNER GROUP of the directory that was reached
  local mode=$1 new=00755 bits it=$at/$leaf named
  if [[ ! -e $it && ! -L $it ]]; then
    if [[ $mode != - ]]; then
      bits=$((8#0${mode//[!0-7]/}))
      printf -v new '%05o' $((8#700 | bits & 8#5 | bits & bits << 3 & 8#50))
    fi
    run_as "mkdir $root$real" mkdir -m "$new" -- "$it" || { named "$output" && failure=$named && return 1; }
  fi
  if [[ $shared ]]; then
    descend "$leaf" && may_give "$mode" "$2" "$3" || return 1
    it=/proc/self/fd/$handle/.
  fi
  if [[ $2 != - ]]; then run chown -h -- "$2" "$it" || return 1; fi
  if [[ $3 != - ]]; then run chgrp -h -- "$3" "$it" || return 1; fi
  # With five digits chmod takes set-group-id off a directory as well. (Nothing but digits: arithmetic would run what is in a journal.)
  if [[ $mode != - ]]; then printf -v mode '%05o' "$((8#0${mode//[!0-7]/}))" && run chmod -- "$mode" "$it" || return 1; fi
}

# Whoever can rename in a directory can put another of root's directories, from beside it, into this one's place: it must not
# come to be his, or open to him. Only what is the owner's of the directory above, or holds nothing but what lvsgen wrote, is given away.
may_give() { # MODE OWNER GROUP, of the open directory
  local now_mode uid user gid now_group above changeable _
  { IFS=: read -r now_mode uid user gid now_group && IFS=: read -r _ above _; } < <(stat --printf '0%a:%u:%U:%g:%G\n' -- "/proc/self/fd/$handle/." "/proc/self/fd/$handle/.." 2>/dev/null || :) ||
    { failure='cannot read its owner' && return 1; }
  [[ $uid == 0 || $uid != "$above" ]] || return 0
  [[ $2 == - || $2 == "$uid" || $2 == "$user" || $2 == 0 || $2 == root ]] &&
    [[ $3 == - || $3 == "$gid" || $3 == "$now_group" || $3 == 0 || $3 == root ]] &&
    [[ $1 == - || $((8#0${1//[!0-7]/} & ~8#0${now_mode//[!0-7]/} & 8#777)) == 0 ]] && return 0
  holds_others || return 0
  owner_of_shared
  unsafe "it is $user's, with mode $now_mode, and holds what lvsgen did not write; it is not opened or given to others, for $changeable, and may have put another directory there"
  failure+=$'\n'"Look whether it is the right one. If so, set its owner and mode by hand; else move it away."
  return 1
}

# Is anything in the open directory but files, as lvsgen wrote them to this very place?
holds_others() { # with $real
  local entry sum
  for entry in "/proc/self/fd/$handle/."/* "/proc/self/fd/$handle/."/.[!.]* "/proc/self/fd/$handle/."/..?*; do
    [[ -e $entry || -L $entry ]] || continue
    [[ ${written["$real/${entry##*/}"]:-} && -f $entry && ! -L $entry ]] || return 0
    sum_of_reached "$entry" && [[ ${written["$real/${entry##*/}"]} == *" $sum "* ]] || return 0
  done
  return 1
}

directory_undone() { # PATH RECORD
  directory_probe "$1"
  case $2 in
    # Of lvsgen 0.1, which wrote it down and then refused.
    other*) ;;
    directory\ *) [[ "$have " == "${2% } "* ]] ;;
    *) [[ $have == "$2" ]] ;;
  esac
}
