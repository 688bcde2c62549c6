# ---- where a block goes, and what else the file says already -----------------------------------------------------------

# Does the file bring in already what the block's `source FILE` names? (interfaces(5))
is_sourced() { # PATH, with $text
  local content word pattern _ file=${text%$'\n'}
  file=${file##*source }
  walk "$root$1" last && read_found || return 1
  while read -r word pattern _; do
    [[ $pattern == /* ]] || pattern=${1%/*}/$pattern
    # shellcheck disable=SC2053 # a pattern: /etc/network/interfaces.d/*
    case $word in
      source) [[ $file != $pattern || ${file%/*} != "${pattern%/*}" ]] || return 0 ;;
      source-directory) [[ ${file%/*} != "${pattern%/}" ]] || return 0 ;;
    esac
  done <<<"$content"
  return 1
}

# Nothing runs after an `exit` in rc.local. One that is indented belongs to an `if` or a function.
split_before_exit() { # TEXT -> $before $after
  local line rest=$1
  before='' after=''
  while [[ $rest ]]; do
    line=${rest%%$'\n'*}
    case $line in
      exit | exit[[:space:]\;\#]*)
        after=$rest
        return 0
        ;;
    esac
    before+=$line$'\n' rest=${rest#"$line"} rest=${rest#$'\n'}
  done
}

# Of what another role has in its block too, does a line count once?
is_in_order() { # PATH, with $content
  local as_found=$content
  lines_each "$1"
  lines_once "$1"
  [[ $content == "$as_found" ]]
}

write_around() { # PATH TEXT, with $part, $mode, $owner and $group
  local content=$2
  lines_once "$part"
  replace_file "$1" "$mode" "$content" "$owner" "$group"
}
