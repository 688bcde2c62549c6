# ---- what people read, in their language. Scripts of a description in another one have a file of their own in this one's place. ----

speaks_english=1

# What $shown is in the language of whoever looks at it: English.
spoken() { # with $shown
  :
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
