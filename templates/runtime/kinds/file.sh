# ---- a file of lvsgen's own

file_declare() { # PATH MODE OWNER GROUP [TEXT], the text from standard input unless given; - leaves one alone
  if (($# > 4)); then text=$5; else IFS= read -r -d '' text || :; fi
  paths+=("$root$1")
  describe file "$1" "file $2 $3 $4" "$text"
}

file_probe() { # PATH
  local stat
  walk "$root$1" || { have=unreachable && return 0; }
  stat_path "$root$real"
  case $stat in
    '') have=absent ;;
    *' regular file' | *' regular empty file') have="file $stat" ;;
    *' symbolic link') have='a symbolic link' ;;
    *) have="other $stat" ;;
  esac
}

# Equal in text, and in mode and owner where those are described.
file_same() { # PATH
  local content
  [[ $have == 'file '* ]] && read_found $((${#text} + 1)) && [[ $content == "$text" ]] && same_rights
}

# Of $have and $state, each KIND MODE ... OWNER GROUP; - in the described one leaves it open.
same_rights() {
  local mode uid gid user group _ want_mode want_owner want_group
  read -r _ mode uid gid user group _ <<<"$have"
  read -r _ want_mode want_owner want_group <<<"$state"
  [[ $want_mode == - || $((8#0${mode//[!0-7]/})) == $((8#0${want_mode//[!0-7]/})) ]] || return 1
  [[ $want_owner == - || $want_owner == "$user" || $want_owner == "$uid" ]] || return 1
  [[ $want_group == - || $want_group == "$group" || $want_group == "$gid" ]]
}

file_record() { # PATH
  local blob
  if [[ $have == absent ]]; then
    journal_parents "$root$1"
    return
  fi
  [[ $have == 'file '* || $have == 'a symbolic link' ]] ||
    { failure="it is there, but not a regular file (${have##*[+-]???? }): move it away first" && return 1; }
  keep_blob "$root$1" || return 1
  record="saved $blob"
}

file_set() { # PATH STATE, with $text
  local path=$root$1 _ mode owner group
  case $2 in
    absent) remove_file "$path" ;;
    saved\ *) restore_blob "$path" "${2#saved }" ;;
    *)
      read -r _ mode owner group <<<"$2"
      [[ $have != *' directory' ]] || { failure='a directory of that name is there' && return 1; }
      make_parents "$path" && kept_rights "$path" && replace_file "$path" "$mode" "$text" "$owner" "$group"
      ;;
  esac && note_unit_files "$1"
}

# What is not described stays as it is. But in a directory that others can change, a file that is neither root's nor the
# directory's owner's may have been put there to choose owner and mode of what follows it; a mode goes with its owner; and
# set-id bits are never taken over.
kept_rights() { # PATH [part: most of the text stays, and is not opened to others] -> $mode $owner $group, where they are -
  local now_mode='' uid='' gid='' user='' type='' above
  [[ $mode == - || $owner == - || $group == - ]] || return 0
  reach "$1" || return 1
  {
    if IFS=: read -r _ above _; then IFS=: read -r now_mode uid gid user type || :; fi
  } < <(stat --printf '%a:%u:%g:%U:%F\n' -- "$at/." "$at/$leaf" 2>/dev/null || :)
  leave
  if [[ $type != regular* ]]; then
    now_mode=644 uid='' gid=''
  elif [[ $shared && $uid != 0 && $uid != "$above" ]]; then
    if [[ ${2:-} ]]; then now_mode=$((8#0${now_mode//[!0-7]/} & 8#644)) && printf -v now_mode '%o' "$now_mode"; else now_mode=644; fi
    uid='' gid=''
  elif [[ $owner != - && $owner != "$uid" && $owner != "$user" ]]; then
    now_mode=644
  fi
  [[ $mode != - ]] || printf -v mode '%04o' "$((8#0${now_mode//[!0-7]/} & 8#777))"
  [[ $owner != - ]] || owner=$uid
  [[ $group != - ]] || group=$gid
}
