# ---- what --adopt took away: a rollback or an uninstall puts it back, once nobody needs it away any more -------------------------
#
# Lines of a file, or a file as a whole. Known from journals alone. The name is `PATH SUM for KIND NAME`: the sum tells what was taken out
# now from what a hand writes there later; KIND and NAME say what for. A role of any cluster may need it away for that: the last of
# them gives it back, also where it is only described no longer.

kind displaced path=part last recorded stale='stat mount unit'

displaced_path() { # NAME -> $path
  path=${1%% for *}
  path=${path% *}
}

# What a file brings about at the next boot, or what KIND_away NAME says.
displaced_away_for() { # NAME -> $key
  local kind=${1#* for }
  key=$kind kind=${kind%% *}
  if is_function "${kind}_away"; then "${kind}_away" "${key#* }"; else key="lasts $key"; fi
}

# Takes lines out of a file; what it was is written down first.
displace() { # PATH `KIND NAME` LINES, each with a line end
  local path content='' mode=- owner=- group=- kept
  begin_changes && read_for_change "$1" && journal_displaced "$path" "$1" "$2" "$3" || return 1
  without_lines "$content" "$3" || { failure="cannot work on the text of $1" && return 1; }
  replace_file "$path" "$mode" "$kept" "$owner" "$group" || return 1
  note_systemd_file "$1"
  forget_snapshots displaced
}

# A file that is in the way as a whole.
displace_file() { # PATH `KIND NAME`
  local content='' real shared in_the_way
  begin_changes && walk "$root$1" || return 1
  [[ -L $root$real ]] || read_found || { failure="cannot read $1: it is no regular file, or holds a NUL byte" && return 1; }
  journal_displaced "$root$real" "$1" "$2" "$content" && remove_file "$root$real" || return 1
  note_systemd_file "$1"
  forget_snapshots displaced
}

journal_displaced() { # FILE PATH `KIND NAME` TEXT
  local sum name blob
  [[ $2 != *' for '* ]] || { failure="$2: move it away by hand" && return 1; }
  sum_of_text "$4" || return 1
  name="$2 ${sum:0:12} for $3"
  journaled displaced "$name" || { keep_blob "$1" && journal displaced "$name" "saved $blob" wrote "displaced $name" absent; }
}

# -> $lines: those of the text that are in the way of what it was displaced for; fails where that was the file as a whole.
displaced_lines() { # NAME, with $content
  local whose=${1#* for } kind numbers
  kind=${whose%% *}
  is_function "${kind}_displaced" || return 1
  "${kind}_displaced" "${whose#* }"
}

displaced_probe() { # NAME
  have=displaced
}

# Where it is described no longer, the way back leads to where it was away.
displaced_record() { # NAME
  record=absent
}

displaced_undone() { # NAME RECORD -> $have
  local path real shared in_the_way now content='' lines='' merged
  displaced_path "$1"
  have=displaced
  if [[ -L $state_dir/blobs/${2#saved } ]]; then
    walk "$root$path" && [[ -L $root$real && $(readlink -- "$root$real") == "$(readlink -- "$state_dir/blobs/${2#saved }")" ]]
    return
  fi
  [[ $2 == absent ]] || ! is_kept_copy "$path" "${2#saved }" || return 0
  walk "$root$path" last || return 1
  if [[ ! -e $root$real && ! -L $root$real ]]; then
    [[ $2 == absent ]]
    return
  fi
  read_found || return 1
  if [[ $2 == absent ]]; then
    displaced_lines "$1" && [[ -z $lines ]]
    return
  fi
  now=${content%$'\n'}
  read_kept "${2#saved }" && displaced_lines "$1" || return 1
  with_lines "$now" "$lines" "$content"
  # With the text of before it is to be the very file again.
  [[ ${merged%$'\n'} == "$now" && $now != "${content%$'\n'}" ]]
}

displaced_set() { # NAME RECORD
  local path blob=$state_dir/blobs/${2#saved }
  displaced_path "$1"
  if [[ $2 == absent ]]; then
    take_out "$1" "$path"
  elif [[ -L $blob ]]; then
    restore_blob "$root$path" "${2#saved }"
  else
    put_in_again "$1" "$path" "${2#saved }"
  fi && note_systemd_file "$path"
}

take_out() { # NAME PATH
  local path content='' mode=- owner=- group=- lines='' kept
  read_for_change "$2" || return 1
  if displaced_lines "$1"; then
    without_lines "$content" "$lines" || { failure="cannot work on the text of $2" && return 1; }
    replace_file "$path" "$mode" "$kept" "$owner" "$group"
  else
    remove_file "$path"
  fi
}

# The very file where nothing else changed, and where it was away as a whole: what a hand has put in its place is kept aside before. Else the
# lines that were taken out, where they stood.
put_in_again() { # NAME PATH BLOB
  local path content='' mode=- owner=- group=- lines='' now merged
  read_for_change "$2" || return 1
  now=$content
  read_kept "$3" || { failure="the kept copy of $2 is missing or damaged" && return 1; }
  if ! displaced_lines "$1"; then
    restore_blob "$path" "$3"
    return
  fi
  with_lines "$now" "$lines" "$content"
  if [[ -e $path && $merged == "$now" && ${now%$'\n'} != "${content%$'\n'}" ]]; then
    return 0
  elif [[ ! -e $path ]] || { [[ ${merged%$'\n'} == "${content%$'\n'}" ]] && has_rights_of_blob "$path" "$3"; }; then
    restore_blob "$path" "$3"
  else
    replace_file "$path" "$mode" "$merged" "$owner" "$group"
  fi
}

# Lines that are back in a file with a part of this role's in it: it is the very file again when that goes, so the record stays.
displaced_waits() { # NAME RECORD
  local marks
  [[ $2 != absent ]] && lines_of_others "$1" && [[ $'\n'$marks == *$'\n'"# BEGIN lvsgen $cluster $role"$'\n'* ]]
}

# Or a part of another's: that one gives the very file back.
displaced_rest() { # NAME RECORD -> $holder
  local marks mark
  if [[ $2 == absent ]] || ! lines_of_others "$1" || displaced_waits "$1" "$2"; then return 0; fi
  while IFS= read -r mark; do
    role_of_mark "$mark" || continue
    hand_over displaced "$1" "$2"
    return
  done <<<"$marks"
}

# -> $marks: those of lvsgen's parts in the file; fails where it was displaced as a whole.
lines_of_others() { # NAME
  local path content='' lines='' line real shared in_the_way
  marks=''
  displaced_path "$1"
  displaced_lines "$1" && walk "$root$path" last && read_found || return 1
  while IFS= read -r line; do
    [[ $line != '# BEGIN lvsgen '* ]] || marks+=$line$'\n'
  done <<<"$content"
}

displaced_written() { # NAME -> $key
  key="displaced $1"
}

# Of lines, what a hand changed in the file beside them stays there.
displaced_found() { # NAME -> $sum
  local path content='' lines=''
  displaced_path "$1"
  walk "$root$path" || return 1
  if displaced_lines "$1" || [[ ! -f $root$real || -L $root$real ]]; then return 0; fi
  sum_of_file "$root$path"
}
