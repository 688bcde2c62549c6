# ---- taken: what was there before, and something that is needed stands in its place now ------------------------------

# Has something of another type taken its place, or that of a directory above it, which is needed, here or by another role? As long
# as that is described, what was there before cannot come back.
is_taken() { # KIND NAME RECORD -> $holder: the other role; empty where it is this one
  local path above real shared in_the_way='' stat=''
  holder=''
  [[ $3 != absent ]] && has "$1" path || return 1
  if can_reach "$1" "$2"; then
    stat_path "$root$real"
    ! is_of_its_type "$1" "$stat" || return 1
    path_of "$1" "$2"
    [[ -z $stat ]] || in_the_way=$path
  elif [[ $in_the_way ]]; then
    path_of "$1" "$2"
  else
    return 1
  fi
  failure='' lacking=1
  [[ -z $in_the_way ]] || ! is_needed_elsewhere "$path" "$stat" || return 0
  above=$path
  if ! has "$1" parent; then
    if [[ ${described["${traits[parent]} $path"]:-} ]] || still_described "${traits[parent]}" "$path"; then return 0; fi
    above=${path%/*}
  fi
  while [[ $above ]]; do
    ! is_described_whole "$above" || return 0
    above=${above%/*}
  done
  return 1
}

is_of_its_type() { # KIND STATE of what is at its path
  if is_directory "$1"; then [[ $2 == *' directory' ]]; else [[ $2 && $2 != *' directory' ]]; fi
}

# What is in the way belongs to another role: a file, or a directory with or without something in it.
is_needed_elsewhere() { # PATH STATE, with $in_the_way -> $holder
  local kind
  local -a words
  if [[ $2 == *' directory' ]]; then
    held_elsewhere "${traits[parent]} $1" || held_below "$1"
    return
  fi
  split_words "$all_kinds"
  for kind in "${words[@]}"; do # never empty
    if writes_whole "$kind" && held_elsewhere "$kind $in_the_way"; then return 0; fi
  done
  return 1
}

is_described_whole() { # PATH
  local kind
  local -a words
  split_words "$all_kinds"
  for kind in "${words[@]}"; do # never empty
    if writes_whole "$kind" && [[ ${described["$kind $1"]:-} ]]; then return 0; fi
  done
  return 1
}
