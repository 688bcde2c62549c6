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
  esac && note_systemd_file "$1"
}
