# ---- a marked block, or one setting, in a file that belongs to the system --------------------------
#
# Everything outside stays bit for bit. Back means: where nothing else changed meanwhile, the very file
# that was there, time stamp included; where something did, only lvsgen's part goes.

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
  block=${1:${#before}}
  before=${before#$'\n'}
  [[ -z $before ]] || before+=$'\n'
  block=${1:${#before}}
  after=${block#*$'\n'"$end_mark"}
  block=${block:0:${#block}-${#after}}
  [[ $after != $'\n'* ]] || { after=${after#$'\n'} && block+=$'\n'; }
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
  read_text "$root$1" || return 0
  split_block "$content"
  have=${block:-absent}
}

block_same() { # PATH
  local framed
  framed "$text"
  [[ $have == "$framed" ]]
}

block_record() { # PATH
  local blob
  record=absent
  if [[ ! -e $root$1 ]]; then
    journal_parents "$root$1"
    return
  fi
  keep_blob "$(readlink -f -- "$root$1")" || return 1
  record="saved $blob"
}

block_set() { # PATH STATE, with $text
  local path=$root$1 content='' before after block mode=0644 owner='' group='' framed='' old
  [[ ! -L $path ]] || path=$(readlink -f -- "$path")
  if [[ -e $path ]]; then
    read_text "$path" || { failure="cannot read $1 (or it holds a NUL byte)" && return 1; }
    read -r mode owner group < <(stat -c '0%a %u %g' -- "$path")
  fi
  split_block "$content"
  case $2 in
    absent | saved\ *)
      if [[ $2 == absent ]]; then
        old=''
      else
        read_text "$state_dir/blobs/${2#saved }" || { failure="the kept copy of $1 is missing" && return 1; }
        old=$content
      fi
      undo_block "$path" "$2" "$before$after"
      ;;
    'block before-exit')
      framed "$text"
      [[ -e $path ]] || before=$'#!/bin/bash\n'
      [[ $block ]] || split_before_exit "$before"
      make_parents "$path" && replace_file "$path" "$mode" "$before$framed$after" "$owner" "$group"
      ;;
    *)
      framed "$text"
      [[ -z $before || $before == *$'\n' ]] || before+=$'\n'
      make_parents "$path" && replace_file "$path" "$mode" "$before$framed$after" "$owner" "$group"
      ;;
  esac && note_unit_files "$1"
}

# An `exit 0` at the end of rc.local would keep everything after it from running.
split_before_exit() { # TEXT -> $before $after
  before=$1 after=''
  [[ -z $before || $before == *$'\n' ]] || before+=$'\n'
  if [[ $'\n'$before =~ ^(.*$'\n')([[:blank:]]*exit([[:blank:]]+0)?[[:blank:]]*$'\n'.*)$ ]]; then
    before=${BASH_REMATCH[1]#$'\n'} after=${BASH_REMATCH[2]}
  fi
}

# Back to the kept file where only the block differs; else only the block goes back.
undo_block() { # PATH STATE REST, with $old
  local before after block rest=$3
  split_block "$old"
  if [[ $rest == "$before$after" || $rest == "$before$after"$'\n' ]]; then
    if [[ $2 == absent ]]; then remove_file "$1"; else restore_blob "$1" "${2#saved }"; fi
  elif [[ $2 == absent && $rest == $'#!/bin/bash\n' ]]; then
    remove_file "$1"
  else
    [[ -z $block ]] || rest=${rest%$'\n'}${rest:+$'\n'}$block
    replace_file "$1" "$mode" "$rest" "$owner" "$group"
  fi
}

# ---- one KEY=VALUE line of a shell-like configuration file

setting_declare() { # NAME=`PATH KEY` VALUE
  paths+=("$root${1% *}")
  describe setting "$1" "$2"
}

# The value of the last line that sets the key; absent where none does.
setting_probe() { # `PATH KEY`
  local content line key=${1##* }
  have=absent
  read_text "$root${1% *}" || return 0
  while IFS= read -r line; do
    [[ $line != "$key="* ]] || have=${line#*=}
  done <<<"$content"
}

setting_record() { # `PATH KEY`
  block_record "${1% *}"
}

setting_set() { # `PATH KEY` STATE
  local path=$root${1% *} key=${1##* } mode=0644 owner='' group='' content='' line out='' found='' old value=$2
  [[ ! -L $path ]] || path=$(readlink -f -- "$path")
  if [[ $value == 'saved '* ]]; then
    read_text "$state_dir/blobs/${value#saved }" || { failure="the kept copy of ${1% *} is missing" && return 1; }
    old=$content value=absent
    while IFS= read -r line; do [[ $line != "$key="* ]] || value=${line#*=}; done <<<"$old"
  fi
  [[ -f $path ]] || { [[ $2 == absent ]] && return 0; }
  if [[ -f $path ]]; then
    read_text "$path" || { failure="cannot read ${1% *}" && return 1; }
    read -r mode owner group < <(stat -c '0%a %u %g' -- "$path")
  else
    content=''
    make_parents "$path" || return 1
  fi
  [[ -z $content || $content == *$'\n' ]] || content+=$'\n'
  while IFS= read -r line; do
    if [[ $line == "$key="* ]]; then
      [[ $value != absent && -z $found ]] || continue
      line=$key=$value found=1
    fi
    out+=$line$'\n'
  done < <(printf '%s' "$content")
  [[ $found || $value == absent ]] || out+=$key=$value$'\n'
  if [[ $2 == 'saved '* && ($out == "$old" || $out == "$old"$'\n') ]]; then
    restore_blob "$path" "${2#saved }"
  else
    replace_file "$path" "$mode" "$out" "$owner" "$group"
  fi
}
