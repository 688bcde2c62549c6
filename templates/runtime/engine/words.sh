# ---- words: a text that is a list, as an array. Unquoted, its words would be matched against file names as well.

split_words() { # TEXT -> ${words[@]}
  read -r -d '' -a words <<<"$1" || :
}
