# ---- Chinese for a person: what a text becomes on a terminal that shows it -------------------------------------

# The caller's locale, which main replaces. The text console of Linux (TERM=linux) has no glyphs for Chinese.
speaks_chinese=''
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) speaks_chinese=yes ;; esac
[[ ${TERM:-dumb} != linux && ${LVSGEN_LANGUAGE:-zh} != en ]] || speaks_chinese=''
speaks_english=1
[[ ! $speaks_chinese ]] || speaks_english=''

declare -A chinese_of=() # TEXT -> what it is in Chinese, or nothing; the catalogue's, and those that were said before
chinese_room=2000        # how many more of these are kept
pattern_from=() pattern_to=()
pattern_next=() # of those that begin, or end, with the same word
declare -A pattern_by_first=() pattern_by_last=()
pattern_by_none='' catalogue_read=''

# A reader of a pipe, a file, the log or JSON gets English.
spoken() { # with $shown
  local said=''
  [[ $speaks_chinese && -z $json && -t 1 ]] || return 0
  if [[ -z $catalogue_read ]]; then
    catalogue_read=yes
    catalogue
  fi
  ! translate "$shown" 0 || shown=$said
}

# An entry of the catalogue. `{1}` in it stands for anything, or nothing; `{1*}` in the Chinese for what has a translation
# itself. The last one that fits is taken.
chinese() { # ENGLISH CHINESE
  local n=${#pattern_from[@]} head=${1%%\{*} tail=${1##*\}}
  if [[ $1 != *\{* ]]; then
    chinese_of["$1"]=$2
    return 0
  fi
  pattern_from+=("$1") pattern_to+=("$2")
  if [[ $head == *' '* ]]; then
    pattern_next+=("${pattern_by_first[${head%% *}]:-}")
    pattern_by_first[${head%% *}]=$n
  elif [[ $tail == *' '* ]]; then
    pattern_next+=("${pattern_by_last[${tail##* }]:-}")
    pattern_by_last[${tail##* }]=$n
  else
    pattern_next+=("$pattern_by_none")
    pattern_by_none=$n
  fi
}

# Blanks around a text stay; behind it they fill the columns that they filled.
translate() { # TEXT DEPTH -> $said; fails where it stays as it is
  local text=$1 before after columns
  [[ $text == *[a-z]* && $2 -lt 5 && ${#text} -le 2000 ]] || return 1
  text=${text#"${text%%[! ]*}"}
  before=${1%"$text"}
  after=${text##*[! ]}
  text=${text%"$after"}
  if [[ ! ${chinese_of["$text"]+known} ]]; then
    find_said "$text" "$2" || said=''
    if ((chinese_room > 0)); then
      chinese_room=$((chinese_room - 1))
      chinese_of["$text"]=$said
    fi
  else
    said=${chinese_of["$text"]}
  fi
  [[ $said ]] || return 1
  if [[ $after ]]; then
    count_columns "$said"
    columns=$((${#text} + ${#after} - columns))
    printf -v after '%*s' "$((columns > 0 ? columns : 0))" ''
  fi
  said=$before$said$after
}

find_said() { # TEXT DEPTH -> $said
  local chain n
  local -a values
  [[ $1 == *' '* ]] || return 1
  for chain in "${pattern_by_first[${1%% *}]:-}" "$pattern_by_none" "${pattern_by_last[${1##* }]:-}"; do
    n=$chain
    while [[ $n ]]; do
      values=()
      if read_values "$1" "${pattern_from[n]}" && may_be_one "${pattern_from[n]}" && write_values "${pattern_to[n]}" "$2" ${values[@]+"${values[@]}"}; then return 0; fi
      n=${pattern_next[n]}
    done
  done
  return 1
}

# What stands where PATTERN has its numbers: each as short as it can be, the last one up to the end.
read_values() { # TEXT PATTERN -> ${values[@]}
  local rest=$1 pattern=$2 literal value
  literal=${pattern%%\{*}
  [[ $rest == "$literal"* ]] || return 1
  rest=${rest#"$literal"} pattern=${pattern#"$literal"}
  while [[ $pattern ]]; do
    pattern=${pattern#*\}}
    literal=${pattern%%\{*}
    pattern=${pattern#"$literal"}
    if [[ $pattern ]]; then
      [[ $rest == *"$literal"* ]] || return 1
      value=${rest%%"$literal"*}
      rest=${rest#"$value$literal"}
    else
      [[ $rest == *"$literal" ]] || return 1
      value=${rest%"$literal"}
    fi
    values+=("$value")
  done
}

# Of few words behind what may be anything, `{1} has {2}`, another program's sentences would be some as well: there it is one word.
may_be_one() { # PATTERN, with ${values[@]}
  [[ $1 != \{* || ${#1} -gt 18 || $1 == *[\;\(]* || ${values[0]} != *' '* ]]
}

# A value may be a message itself.
write_values() { # CHINESE DEPTH VALUE... -> $said
  local rest=$1 depth=$2 result='' number value
  shift 2
  while [[ $rest == *\{* ]]; do
    result+=${rest%%\{*}
    rest=${rest#*\{}
    number=${rest%%\}*}
    rest=${rest#*\}}
    value=${*:${number%\*}:1}
    if translate "$value" "$((depth + 1))"; then
      value=$said
    elif [[ $number == *\* ]]; then
      return 1
    fi
    [[ -z $value ]] || join_value
  done
  said=$result$rest
}

# A blank parts ASCII from Chinese, but for its punctuation; none stands within Chinese.
join_value() { # with $value, $result and $rest
  case $result in
    *'：' | *'，' | *'；' | *'。' | *'、' | *'（' | *'“') value=${value# } ;;
    *[!\ -~]) [[ $value != [!\ ]* || $value != [\ -~]* ]] || result+=' ' ;;
    *) [[ $value == [\ -~]* ]] || result=${result% } ;;
  esac
  result+=$value
  case $rest in
    '：'* | '，'* | '；'* | '。'* | '、'* | '）'* | '（'* | '”'* | '？'*) ;;
    [!\ -~]*) [[ $value != *[!-~] ]] || result+=' ' ;;
    *) [[ $value == *[\ -~] ]] || rest=${rest# } ;;
  esac
}

# Beside ASCII a Chinese text has characters of three bytes, which are two columns wide.
count_columns() { # TEXT -> $columns
  local narrow=${1//[! -~]/}
  columns=$((${#narrow} + (${#1} - ${#narrow}) * 2 / 3))
}

# Chinese is broken between any two characters, but before what closes and behind what opens. English comes out as ever.
print_text() { # FIRST REST TEXT
  local line=$1 in=$2 shown rest piece blank='' columns width begun=''
  local -a words=()
  split_words "$3"
  shown=${words[*]} # never empty
  spoken
  rest=$shown
  count_columns "$line"
  width=$columns
  while [[ $rest ]]; do
    next_piece
    count_columns "$blank$piece"
    if [[ $begun ]] && ((width + columns > 80)); then
      printf '%s\n' "$line"
      line=$in blank=''
      count_columns "$line$piece"
      width=0
    fi
    line+=$blank$piece width=$((width + columns)) begun=yes
    blank=''
    if [[ $rest == ' '* ]]; then rest=${rest# } blank=' '; fi
  done
  printf '%s\n' "$line"
}

next_piece() { # with $rest -> $piece, without it $rest
  piece=''
  while :; do
    if [[ $rest == [\ -~]* ]]; then
      piece+=${rest%%[!!-~]*}
      rest=${rest#"${rest%%[!!-~]*}"}
    else
      piece+=${rest:0:3}
      rest=${rest:3}
    fi
    case $rest in '，'* | '。'* | '、'* | '；'* | '：'* | '）'* | '”'* | '？'* | '！'*) continue ;; esac
    case $piece in *'（' | *'“') [[ $rest != [!\ ]* ]] || continue ;; esac
    return 0
  done
}
