# ---- words: a text that is a list, as an array; and a text as its lines
#
# What stands behind <<< is a file in a temporary directory, or from bash 5.1 on a pipe, of which bash reads a byte a call. Its own splitting of
# words needs neither, with `set -f` so that no word is matched against file names.

split_words() { # TEXT -> ${words[@]}
  if [[ $1 == *$odd_in_words* ]]; then
    read -r -d '' -a words <<<"$1" || :
  else
    set -f
    # shellcheck disable=SC2206 # it is to be split
    words=($1)
    set +f
  fi
}

# Bash itself marks with these what it must not split.
odd_in_words=[$'\1\177']

# A long text is made longer than a pipe holds, 64 KiB: then it is a file, which bash reads by blocks.
printf -v no_pipe '%65536s' ''

# Without room for such a file another process writes it. Where that cannot be either there is no answer, which must not pass for an
# empty one.
split_lines() { # TEXT -> ${text_lines[@]}: one at least
  # shellcheck disable=SC2034,SC2206 # in fetch and in the client's test nobody asks for it; it is to be split
  if ((${#1} < 16384)) && [[ $1 && $1 != $'\n'* && $1 != *$'\n' && $1 != *$'\n\n'* && $1 != *$odd_in_words* ]]; then
    # No line is empty.
    local IFS=$'\n'
    set -f
    text_lines=($1)
    set +f
  elif ((${#1} < 16384)); then
    mapfile -t text_lines 2>/dev/null <<<"$1"
  else
    mapfile -s 1 -t text_lines 2>/dev/null <<<"$no_pipe"$'\n'"$1"
  fi || {
    text_lines=()
    mapfile -t text_lines < <(printf '%s\n' "$1")
    ((${#text_lines[@]} > 0))
  } || die_without_room
}

die_without_room() {
  die 1 "no temporary file can be written in ${TMPDIR:-/tmp}, nor in /tmp" "Make room there: df -h ${TMPDIR:-/tmp}"
}
