# ---- words: a text that is a list, as an array. Unquoted, its words would be matched against file names as well.

split_words() { # TEXT -> ${words[@]}
  read -r -d '' -a words <<<"$1" || :
}

# Of a pipe bash reads a byte a call, and from 5.1 on what stands behind <<< is one, up to 64 KiB. A long text is made longer than that: then it is a
# file, which bash reads by blocks. A short one is not worth a file: with nothing to do, nothing is written.
printf -v no_pipe '%65536s' ''

# Without room for such a file there is no answer, which must not pass for an empty one.
split_lines() { # TEXT -> ${text_lines[@]}: one at least
  # shellcheck disable=SC2034 # in fetch and in the client's test nobody asks for it
  if ((${#1} < 16384)); then
    mapfile -t text_lines <<<"$1"
  else
    mapfile -s 1 -t text_lines <<<"$no_pipe"$'\n'"$1"
  fi || die 1 "no temporary file can be written in ${TMPDIR:-/tmp}, nor in /tmp" "Make room there: df -h ${TMPDIR:-/tmp}"
}
