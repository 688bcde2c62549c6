# ---- a file of lvsgen's own

kind file path=whole rights=0644 brief stale='stat mount unit'

public_texts=()           # described for their owner's eyes alone, and yet no secret
declare -A secret_texts=() # secrets, by path: the text is known, withheld from this run, or was written by it

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
  [[ $have == 'file '* ]] || return 1
  if [[ ${secret_texts[$1]:-} ]]; then
    is_secret_in_place "$1" && same_rights
  else
    read_found $((${#text} + 1)) && is_content_described && same_rights
  fi
}

file_record() { # PATH
  local blob
  # Before anything is written down of a text that is not here.
  if is_withheld "$1"; then
    failure='its text is not here'
    return 1
  fi
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
      ! is_withheld "$1" || { failure='its text is not here' && return 1; }
      make_parents "$path" && kept_rights "$path" && replace_file "$path" "$mode" "$text" "$owner" "$group" || return 1
      [[ -z ${secret_texts[$1]:-} ]] || secret_texts[$1]=written
      ;;
  esac && note_systemd_file "$1"
}

file_undone() { # PATH RECORD
  local blob=$state_dir/blobs/${2#saved } stat
  file_probe "$1"
  if [[ $2 != 'saved '* ]]; then
    # A directory that took its place is not lvsgen's file, which is gone.
    [[ $have == "$2" || ($2 == absent && $have == *' directory') ]]
    return
  fi
  walk "$root$1" || return 1
  if [[ -L $blob || -L $root$real ]]; then
    [[ -L $blob && -L $root$real && $(readlink -- "$blob") == "$(readlink -- "$root$real")" ]]
    return
  fi
  stat_path "$blob"
  [[ $have == "file $stat" ]] && same_content "$blob"
}

file_text() { # PATH, with $text -> $embedded
  embedded=$text
}

file_written() { # PATH -> $key
  key=$1
}

file_found() { # PATH -> $sum
  walk "$root$1" || return 1
  [[ ! -f $root$real || -L $root$real ]] || sum_of_file "$root$1"
}

file_diff() { # PATH, with $state and $text
  local content=''
  if is_secret "$1" || is_closed "$1"; then
    say "$1 is not shown: it is a secret, or only its owner may read it"
    return 0
  fi
  if walk "$root$1" && [[ -e $root$real || -L $root$real ]]; then
    if [[ ! -f $root$real || -L $root$real ]]; then
      say "$1 is no regular file: what is in it, or what it leads to, is not shown"
      return 0
    fi
    read_found || content=''
  fi
  show_texts "$1" "$content" "$text"
}

# Is what stands there kept from others, and what is described not, as where a secret is described as one no longer?
is_closed() { # PATH, with $have and $state
  local now=${have#file } mode=${state#file }
  now=${now%% *} mode=${mode%% *}
  [[ $have == 'file '* && " ${public_texts[*]+"${public_texts[*]}"} " != *" $1 "* ]] || return 1
  (((8#0${now//[!0-7]/} & 4) == 0)) && { [[ $mode == - ]] || (((8#0${mode//[!0-7]/} & 4) != 0)); }
}

# Is the file described for its owner's eyes alone?
is_secret() { # PATH, with $state
  local mode=${state#file }
  mode=${mode%% *}
  [[ -z ${secret_texts[$1]:-} ]] || return 0
  [[ $mode != - && " ${public_texts[*]+"${public_texts[*]}"} " != *" $1 "* ]] && (((8#0${mode//[!0-7]/} & 8#077) == 0))
}
