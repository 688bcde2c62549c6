# ---- lines of others in a file: out of it, and back to where they stood --------------------------------------------------

without_lines() { # TEXT LINES -> $kept
  local line block=''
  local -a text_lines
  kept=''
  [[ $1 ]] || return 0
  split_lines "${1%$'\n'}"
  for line in "${text_lines[@]}"; do # never empty
    mark_block "$line"
    [[ -z $block && $'\n'$2 == *$'\n'"$line"$'\n'* ]] || kept+=$line$'\n'
  done
}

# Each line that is missing, behind what stood before it and is there still.
with_lines() { # TEXT LINES TEXT-BEFORE -> $merged
  local line block='' theirs=$'\n' above='' below=$1 rest
  local -a text_lines
  split_lines "$1"
  for line in "${text_lines[@]}"; do # never empty
    mark_block "$line"
    [[ $block ]] || theirs+=$line$'\n'
  done
  [[ -z $below || $below == *$'\n' ]] || below+=$'\n'
  split_lines "${3%$'\n'}"
  for line in "${text_lines[@]}"; do # never empty
    if [[ $'\n'$2 == *$'\n'"$line"$'\n'* && $theirs != *$'\n'"$line"$'\n'* ]]; then
      above+=$line$'\n'
    elif [[ $line && $'\n'$below == *$'\n'"$line"$'\n'* ]]; then
      rest=$'\n'$below
      rest=${rest#*$'\n'"$line"$'\n'}
      above+=${below:0:${#below}-${#rest}} below=$rest
    fi
  done
  merged=$above$below
}
