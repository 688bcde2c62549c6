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

# Nothing runs after an `exit` in rc.local. One that is indented belongs to an `if` or a function; and so does, perhaps, one that something
# follows: what is to run in any case stands before all that, then.
split_before_exit() { # TEXT -> $before $after
  local line rest=$1
  before='' after=''
  while [[ $rest ]]; do
    line=${rest%%$'\n'*}
    case $line in
      exit | exit[[:space:]\;\#]*)
        after=$rest
        has_command "${rest#"$line"}" || return 0
        split_behind_head "$1"
        return 0
        ;;
    esac
    before+=$line$'\n' rest=${rest#"$line"} rest=${rest#$'\n'}
  done
}

# Is there more in it than comments and blank lines?
has_command() { # TEXT
  local line
  local -a text_lines
  split_lines "$1"
  for line in "${text_lines[@]}"; do # never empty
    [[ $line =~ ^[[:space:]]*(#|$) ]] || return 0
  done
  return 1
}

# The comments that it begins with stay in front.
split_behind_head() { # TEXT -> $before $after
  local line
  before='' after=$1
  while [[ $after ]]; do
    line=${after%%$'\n'*}
    [[ $line =~ ^[[:space:]]*(#|$) ]] || return 0
    before+=$line$'\n' after=${after#"$line"} after=${after#$'\n'}
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
