# ---- undo: is it as it was already? -----------------------------------------------------------------------------

# Is the resource in the state that the record names already?
undo_is_done() { # KIND NAME RECORD -> $have
  local in_the_way=''
  have='' # a kind that asks nobody leaves none
  if is_function "$1_undone"; then
    ! "$1_undone" "$2" "$3" || return 0
  else
    "$1_probe" "$2"
    [[ $have != "$3" ]] || return 0
  fi
  # Below what is no directory there is nothing.
  [[ $3 == absent && $have == unreachable && $in_the_way ]] && has "$1" path
}

# diff and cmp need not be there. (A file with a NUL byte counts as different and is put back.)
same_content() { # PATH of a kept copy, that of what walk found
  local content first
  read_text "$1" || return 1
  first=$content
  read_found $((${#first} + 1)) && [[ $content == "$first" ]]
}
