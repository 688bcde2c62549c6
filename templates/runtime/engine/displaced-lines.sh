# ---- lines of others in a file: out of it, and back to where they stood --------------------------------------------------

without_lines() { # TEXT LINES -> $kept
  local line block=''
  kept=''
  [[ $1 ]] || return 0
  while IFS= read -r line; do
    mark_block "$line"
    [[ -z $block && $'\n'$2 == *$'\n'"$line"$'\n'* ]] || kept+=$line$'\n'
  done <<<"${1%$'\n'}"
}

# Each line that is missing, behind what stood before it and is there still.
with_lines() { # TEXT LINES TEXT-BEFORE -> $merged
  local line block='' theirs=$'\n' above='' below=$1 rest
  while IFS= read -r line; do
    mark_block "$line"
    [[ $block ]] || theirs+=$line$'\n'
  done <<<"$1"
  [[ -z $below || $below == *$'\n' ]] || below+=$'\n'
  while IFS= read -r line; do
    if [[ $'\n'$2 == *$'\n'"$line"$'\n'* && $theirs != *$'\n'"$line"$'\n'* ]]; then
      above+=$line$'\n'
    elif [[ $line && $'\n'$below == *$'\n'"$line"$'\n'* ]]; then
      rest=$'\n'$below
      rest=${rest#*$'\n'"$line"$'\n'}
      above+=${below:0:${#below}-${#rest}} below=$rest
    fi
  done <<<"${3%$'\n'}"
  merged=$above$below
}
