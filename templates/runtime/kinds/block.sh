# ---- a marked block in a file that belongs to the system ------------------------------------------
#
# Everything outside stays bit for bit. Back means: where nothing else changed meanwhile, the very file
# that was there, time stamp included; where something did, only lvsgen's part goes.

kind block path=part own brief stale='stat mount unit'

block_marker() { # PATH: several blocks of one role in one file do not occur
  begin_mark="# BEGIN lvsgen $cluster $role"
  end_mark="# END lvsgen $cluster $role"
}

# Takes the block out of $text; $block is what it was (empty: none), $before and $after what is around it.
split_block() { # TEXT
  local begin_mark end_mark
  block_marker
  block='' before=$1 after=''
  [[ $'\n'$1 == *$'\n'"$begin_mark"$'\n'* && $1 == *$'\n'"$end_mark"* ]] || return 0
  before=$'\n'$1
  before=${before%%$'\n'"$begin_mark"$'\n'*}
  [[ -z $before ]] || before=${before#$'\n'}$'\n'
  block=${1:${#before}}
  after=${block#*$'\n'"$end_mark"}
  block=${block:0:${#block}-${#after}}
  [[ $after != $'\n'* ]] || { after=${after#$'\n'} && block+=$'\n'; }
}

# One mark without the other, or several: what lies between them is not known to be lvsgen's.
block_obstacle() { # PATH
  local begin_mark end_mark content='' line number=0 begins='' ends='' real shared in_the_way
  walk "$root$1" last && read_found || return 0
  block_marker
  [[ $content == *"$begin_mark"* || $content == *"$end_mark"* ]] || return 0
  while IFS= read -r line; do
    number=$((number + 1))
    [[ $line != "$begin_mark" ]] || begins+=" $number"
    [[ $line != "$end_mark" ]] || ends+=" $number"
  done <<<"$content"
  [[ $begins$ends != '' ]] || return 0
  [[ $begins != ' '*' '* && $ends != ' '*' '* && $begins && $ends ]] && ((begins < ends)) && return 0
  obstacle="the marks of lvsgen's part are not a pair: '$begin_mark' in line${begins:- (none)}, '$end_mark' in line${ends:- (none)}"
  obstacle+=$'\n'"Put the one that is missing in its place, around what lvsgen wrote (bash $script show $1), or take out the marks with what is between them."
  [[ $content != *@("$begin_mark"|"$end_mark")$'\r'* ]] ||
    obstacle+=$'\n'"Lines that end in CR LF, as editors of Windows have them, are others: sed -i 's/\\r$//' $1 makes them lines of Linux."
}

block_declare() { # PATH PLACE [TEXT]: PLACE is `end` or `before-exit`
  if (($# > 2)); then text=$3; else IFS= read -r -d '' text || :; fi
  paths+=("$root$1")
  describe block "$1" "block $2" "$text"
}

# The block as it stands in the file.
framed() { # TEXT -> $framed
  local begin_mark end_mark
  block_marker
  framed=$begin_mark$'\n'$1$end_mark$'\n'
}

block_probe() { # PATH
  local content before after block
  have=absent
  walk "$root$1" last || { have=unreachable && return 0; }
  read_found || return 0
  lines_each "$1"
  split_block "$content"
  have=${block:-absent}
}

block_same() { # PATH
  local framed content real shared in_the_way
  framed "$text"
  if [[ $have == "$framed" ]]; then
    walk "$root$1" last && read_found && is_in_order "$1"
  else
    [[ $state == 'block unless-sourced' && $have == absent ]] && is_sourced "$1"
  fi
}

block_record() { # PATH
  record_part "$1"
}

block_set() { # PATH STATE, with $text
  local path content='' before after block mode=- owner=- group=- framed='' old='' part=$1 whole=''
  read_for_change "$1" || return 1
  lines_each "$1"
  split_block "$content"
  case $2 in
    absent | saved\ *)
      if leads_nowhere "$1"; then return 0; fi
      if [[ $2 != absent ]]; then
        read_kept "${2#saved }" || { failure="the kept copy of $1 is missing or damaged" && return 1; }
        old=$content
        # One in which a line counts twice does not come back as a whole.
        ! is_in_order "$1" || whole=1
        content=$old
        lines_each "$1"
        old=$content
      fi
      undo_block "$path" "$2"
      ;;
    'block before-exit')
      framed "$text"
      [[ -e $path ]] || before=$'#!/bin/bash\n'
      [[ $block ]] || split_before_exit "$before"
      make_parents "$path" && write_around "$path" "$before$framed$after"
      ;;
    *)
      framed "$text"
      [[ -z $before || $before == *$'\n' ]] || before+=$'\n'
      make_parents "$path" && write_around "$path" "$before$framed$after"
      ;;
  esac && note_systemd_file "$1"
}

# Back to the kept file where only the block differs; else only the block goes back to what it was.
undo_block() { # PATH STATE, with $old, whether that may come back as a $whole, and $before, $block and $after as the file is now
  local now_before=$before now_block=$block now_after=$after rest kept
  split_block "$old"
  rest=$now_before$now_after kept=$before$after
  if [[ $2 != absent && ! -e $1 ]]; then
    restore_blob "$1" "${2#saved }"
  elif [[ $2 == absent ]] && is_bare "$rest"; then
    remove_file "$1"
  elif [[ $whole && ($rest == "$kept" || $rest == "$kept"$'\n' || $rest$'\n' == "$kept") ]] && has_rights_of_blob "$1" "${2#saved }"; then
    restore_blob "$1" "${2#saved }"
  else
    # A block that is not there any more comes back where it stood: at the end, or before an `exit`.
    if [[ -z $now_block && $block && $after == exit* ]]; then
      split_before_exit "$now_before"
      now_before=$before now_after=$after
    fi
    [[ -z $block || -z $now_before || $now_before == *$'\n' ]] || now_before+=$'\n'
    write_around "$1" "$now_before$block$now_after"
  fi
}

# The next role with a block in the file is the one that gives it back from now on.
block_rest() { # PATH RECORD of this role's block in it
  local content line holder
  walk "$root$1" last && read_found || return 0
  while IFS= read -r line; do
    if ! role_of_mark "$line" || [[ $holder == "$state_dir" ]]; then continue; fi
    hand_over block "$1" "$2" || return 1
  done <<<"$content"
}

block_undone() { # PATH RECORD
  if [[ $2 == 'saved '* ]]; then
    is_kept_copy "$1" "${2#saved }" || is_back_behind_link "$1" "${2#saved }"
  else
    block_probe "$1"
    [[ $have == "$2" ]] && ! is_left_bare "$1"
  fi
}

# A link that stands there since leads to a file of others: of that, lvsgen's part alone is to be as it was.
is_back_behind_link() { # PATH BLOB
  local content real shared in_the_way before after block was
  walk "$root$1" last && [[ $real != "$1" ]] && read_kept "$2" || return 1
  split_block "$content"
  was=${block:-absent}
  block_probe "$1"
  [[ $have == "$was" ]]
}

block_text() { # PATH, with $text -> $embedded
  local framed
  framed "$text"
  embedded=$framed
}

block_written() { # PATH -> $key
  key="block $1"
}

block_found() { # PATH -> $sum
  block_probe "$1"
  [[ $have == absent || $have == unreachable ]] || sum_of_text "$have"
}

block_diff() { # PATH, with $text
  local framed have
  framed "$text"
  block_probe "$1"
  [[ $have != absent ]] || have=''
  show_texts "$1" "$have" "$framed"
}
