# ---- words: a text that is a list, as an array. Unquoted, its words would be matched against file names as well.

split_words() { # TEXT -> ${words[@]}
  read -r -d '' -a words <<<"$1" || :
}

# Prints a text in lines of up to 80 columns, broken between words: the first line after FIRST, the others after REST.
print_text() { # FIRST REST TEXT
  local line=$1 in=$2 word
  local -a words=()
  split_words "$3"
  line+=${words[0]-}
  for word in ${words[@]+"${words[@]:1}"}; do
    if ((${#line} + ${#word} < 80)); then
      line+=" $word"
    else
      printf '%s\n' "$line"
      line=$in$word
    fi
  done
  printf '%s\n' "$line"
}

# Of a pipe bash reads a byte a call, and from 5.1 on what stands behind <<< is one, up to 64 KiB. A longer text is a file, which it reads by
# blocks; a loop of `read` has a call or two a line of that too.
printf -v no_pipe '%65536s' ''

split_lines() { # TEXT -> ${text_lines[@]}: one at least
  # shellcheck disable=SC2034 # in fetch nobody asks for it
  mapfile -s 1 -t text_lines <<<"$no_pipe"$'\n'"$1"
}
