# ---- one KEY=VALUE line of a shell-like configuration file

kind setting path=part stale='stat mount unit'

setting_declare() { # NAME=`PATH KEY` VALUE
  paths+=("$root${1% *}")
  describe setting "$1" "$2"
}

setting_probe() { # `PATH KEY`
  local content value
  have=absent
  walk "$root${1% *}" last || { have=unreachable && return 0; }
  read_found || return 0
  setting_value "$content" "${1##* }"
  have=$value
}

# SELinux that is off altogether is in nobody's way. With "permissive" the next boot would turn it on, and label every file anew.
setting_same() { # `PATH KEY`, with $state
  [[ $have == "$state" || ($1 == '/etc/selinux/config SELINUX' && $state == permissive && $have == disabled) ]]
}

setting_record() { # `PATH KEY`
  record_part "${1% *}"
}

setting_set() { # `PATH KEY` STATE
  local path key=${1##* } mode=- owner=- group=- content='' now out value=$2
  local -a key_lines=()
  read_for_change "${1% *}" || return 1
  now=$content
  if [[ $2 == 'saved '* ]]; then
    if leads_nowhere "${1% *}"; then return 0; fi
    read_kept "${2#saved }" || { failure="the kept copy of ${1% *} is missing or damaged" && return 1; }
    # Back to the kept file where only this setting differs.
    setting_value "$now" "$key"
    lines_of_setting "$now" "$key"
    with_setting "$content" "$key" "$value" ${key_lines[@]+"${key_lines[@]}"}
    if [[ ! -e $path ]] || { [[ $out == "$now" ]] && has_rights_of_blob "$path" "${2#saved }"; }; then
      restore_blob "$path" "${2#saved }"
      return
    fi
    setting_value "$content" "$key"
    lines_of_setting "$content" "$key"
  fi
  # Of several lines that set it, each goes back to its own.
  with_setting "$now" "$key" "$value" ${key_lines[@]+"${key_lines[@]}"}
  if [[ $2 == absent && -z $out ]]; then
    remove_file "$path"
  elif [[ $out == "$now" ]]; then
    return 0
  else
    make_parents "$path" && replace_file "$path" "$mode" "$out" "$owner" "$group"
  fi
}

# The value of the last line that sets the key; absent where none does.
setting_value() { # TEXT KEY -> $value
  local line
  value=absent
  while IFS= read -r line; do
    [[ $line != "$2="* ]] || value=${line#*=}
  done < <(printf '%s\n' "$1" 2>/dev/null)
}

lines_of_setting() { # TEXT KEY -> ${key_lines[@]}
  local line
  key_lines=()
  while IFS= read -r line; do
    [[ $line != "$2="* ]] || key_lines+=("$line")
  done <<<"$1"
}

# Every line that sets the key sets it to the value, for which of several counts, differs by reader; or becomes the LINE of its turn.
with_setting() { # TEXT KEY VALUE [LINE...] -> $out
  local text=$1 key=$2 value=$3 line end found=''
  shift 3
  out=''
  while end=$'\n' && IFS= read -r line || { end='' && [[ $line ]]; }; do
    if [[ $line == "$key="* ]]; then
      found=1
      [[ $value != absent ]] || continue
      line=${1:-$key=$value}
      (($# == 0)) || shift
    fi
    out+=$line$end
  done < <(printf '%s' "$text" 2>/dev/null)
  [[ -z $found && $value != absent ]] || return 0
  [[ -z $out || $out == *$'\n' ]] || out+=$'\n'
  out+=$key=$value$'\n'
}

setting_path() { # `PATH KEY` -> $path
  path=${1% *}
}

setting_undone() { # `PATH KEY` RECORD
  if [[ $2 == 'saved '* ]]; then
    is_kept_copy "${1% *}" "${2#saved }"
  else
    setting_probe "$1"
    [[ $have == "$2" ]] && ! is_left_bare "${1% *}"
  fi
}

setting_text() { # `PATH KEY`, with $state -> $embedded
  embedded=${1##* }=$state$'\n'
}

setting_written() { # `PATH KEY` -> $key
  key="setting $1"
}

setting_found() { # `PATH KEY` -> $sum
  setting_probe "$1"
  [[ $have == absent || $have == unreachable ]] || sum_of_text "${1##* }=$have"$'\n'
}

setting_kept() { # `PATH KEY` BLOB -> $sum
  local content value
  read_kept "$2" || return 0
  setting_value "$content" "${1##* }"
  [[ $value == absent ]] || sum_of_text "${1##* }=$value"$'\n'
}
