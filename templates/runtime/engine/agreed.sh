# ---- agreed: of what a host has one state, what another role describes of it ---------------------------------------------
#
# Two clusters may describe the options of one export otherwise, and the one that was applied last has its own. (--adopt took it over.) So
# the page of each says what it describes: `state KIND NAME`, a tab, the state, a tab, the text. A role that leaves, or has it no longer,
# leaves what the other describes, and not what it wrote itself.

is_agreed() { # KIND NAME
  is_function "$1_agrees" && "$1_agrees" "$2"
}

agreed_line() { # INDEX in r_kind, added to $keys
  local escaped
  escape "${r_name[$1]}"
  keys+="state ${r_kind[$1]} $escaped"
  escape "${r_state[$1]}"
  keys+=$'\t'$escaped
  escape "${r_text[$1]}"
  keys+=$'\t'$escaped$'\n'
}

# What another role describes of it, the first where several do. Fails where none does, and where it is as any of them has it.
differs_from_theirs() { # KIND NAME -> $first: the state directory of that role; $state, $text
  local file line escaped unescaped first_state='' first_text=''
  first=''
  is_agreed "$1" "$2" || return 1
  escape "$2"
  for file in "$state_home"/*/*/holds; do
    [[ -f $file && $file != "$state_dir/holds" ]] || continue
    while IFS= read -r line; do
      [[ $line == "state $1 $escaped"$'\t'*$'\t'* ]] || continue
      line=${line#*$'\t'}
      unescape "${line%%$'\t'*}"
      state=$unescaped
      unescape "${line#*$'\t'}"
      text=$unescaped
      ! is_same "$1" "$2" || return 1
      [[ $first ]] || first=${file%/holds} first_state=$state first_text=$text
    done <"$file"
  done
  [[ $first ]] || return 1
  state=$first_state text=$first_text
  ! is_same "$1" "$2"
}

# Brings it to that. With `journaled` the way back is written down before.
become_theirs() { # KIND NAME [journaled] -> $became: the state directory of that role, where something was changed
  local state='' text='' first
  became=''
  differs_from_theirs "$1" "$2" || return 0
  if [[ ${3:-} ]]; then
    journal_resource "$1" "$2" || return 1
  else
    can_reach "$1" "$2" && keep_hand_made "$1" "$2" || return 1
  fi
  tell_written "$first" "$1" "$2" && "$1_set" "$2" "$state" || return 1
  forget_snapshots "$1"
  is_same "$1" "$2" || { failure="it was set to what ${first#"$state_home"/} describes, but is still: ${have:-absent}" && return 1; }
  became=$first
}

# It may have found its text there, and written none: this is not to be a hand's for it.
tell_written() { # STATE-DIRECTORY KIND NAME, with $text
  local key embedded sum line
  is_function "$2_written" || return 0
  "$2_written" "$3" && "$2_text" "$3" && sum_of_text "$embedded" || return 1
  record_line wrote "$key" "$sum"
  append_to_base "$1" "$line" || return 1
  written_by["${1#"$state_home"/} $key"]=1
}
