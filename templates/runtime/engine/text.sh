# ---- text: what may stand in it when it goes to a terminal, a log or a JSON reader -------------

# Names, answers of servers and what commands say are somebody else's: a control character in them moves the cursor or
# ends a line of the log, a bidirectional one turns a name round, others cannot be seen. Both lists are alternatives of a
# regular expression over bytes (LC_ALL=C).
# Well-formed UTF-8 (RFC 3629, section 4) that can be seen; with U+0020 to U+007E for a beginning:
seen_bytes=$'[ -~]|\xc2[\xa0-\xac\xae-\xbf]|[\xc3-\xd7\xd9-\xdf][\x80-\xbf]|\xd8[\x80-\x9b\x9d-\xbf]'
seen_bytes+=$'|\xe0[\xa0-\xbf][\x80-\xbf]|\xe1([\x80-\x9f\xa1-\xbf][\x80-\xbf]|\xa0[\x80-\x8d\x8f-\xbf])'
seen_bytes+=$'|\xe2(\x80[\x80-\x8a\x90-\xa7\xaf-\xbf]|\x81[\x80-\x9f\xb0-\xbf]|[\x82-\xbf][\x80-\xbf])'
seen_bytes+=$'|[\xe3-\xec\xee][\x80-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]'
seen_bytes+=$'|\xef([\x80-\xba\xbc-\xbe][\x80-\xbf]|\xbb[\x80-\xbe]|\xbf[\x80-\xb8\xbc\xbd])'
seen_bytes+=$'|\xf0[\x90-\xbf][\x80-\xbf][\x80-\xbf]|[\xf1\xf2][\x80-\xbf][\x80-\xbf][\x80-\xbf]'
seen_bytes+=$'|\xf3([\x80-\x9f\xa1-\xbf][\x80-\xbf]|\xa0[\x82-\xbf])[\x80-\xbf]|\xf4[\x80-\x8f][\x80-\xbf][\x80-\xbf]'
# And what cannot: C1, U+00AD, 061C, 180E, 200B to 200F, 2028 to 202E, 2060 to 206F, FEFF, FFF9 to FFFB, FFFE, FFFF, E0000 to E007F.
unseen_bytes=$'\xc2[\x80-\x9f\xad]|\xd8\x9c|\xe1\xa0\x8e|\xe2(\x80[\x8b-\x8f\xa8-\xae]|\x81[\xa0-\xaf])'
unseen_bytes+=$'|\xef(\xbb\xbf|\xbf[\xb9-\xbb\xbe\xbf])|\xf3\xa0[\x80\x81][\x80-\xbf]'

# As a person is to see it: `evil<U+202E>gpj.sh`, and a byte that is no UTF-8 as `<0x9B>`.
visible() { # TEXT [KEEP] -> $shown; KEEP: a control character that stays
  local replaced
  shown=$1
  [[ $1 == *[^\ -~]* ]] || return 0
  replace_unseen terminal "$@"
  shown=$replaced
}

json_string() { # TEXT -> $quoted, a JSON string
  local text=$1 replaced
  text=${text//\\/\\\\} text=${text//\"/\\\"} text=${text//$'\n'/\\n} text=${text//$'\t'/\\t} text=${text//$'\r'/\\r}
  if [[ $text == *[^\ -~]* ]]; then
    replace_unseen json "$text"
    text=$replaced
  fi
  quoted=\"$text\"
}

replace_unseen() { # FOR TEXT [KEEP] -> $replaced
  local text=$2 stays="${3:+$3|}$seen_bytes" at width piece code
  replaced=''
  # By pieces: the time of a regular expression must not grow with the square of a text that somebody else made long.
  for ((at = 0; at < ${#text}; at += width)); do
    piece=${text:at:256}
    [[ $piece =~ ^($stays)* ]]
    width=${#BASH_REMATCH[0]}
    if ((width > 0)); then
      replaced+=${BASH_REMATCH[0]}
    else
      code_point "$piece"
      "write_for_$1" "$code"
    fi
  done
}

# Of the first character. A byte that is no UTF-8 has its number below 0.
code_point() { # TEXT -> $code, and how many bytes it has: $width
  local i byte
  width=1 code=0
  if [[ $1 =~ ^($unseen_bytes) ]]; then
    width=${#BASH_REMATCH[0]}
  elif [[ $1 != [[:cntrl:]]* ]]; then
    printf -v byte %d "'$1"
    code=$((-(byte & 255)))
    return
  fi
  for ((i = 0; i < width; i++)); do
    printf -v byte %d "'${1:i:1}"
    if ((i > 0)); then code=$((code << 6 | byte & 63)); else code=$((width == 1 ? byte : byte & 127 >> width)); fi
  done
}

write_for_terminal() { # CODE, with $replaced
  local mark
  if (($1 < 0)); then printf -v mark '<0x%02X>' "$((-$1))"; else printf -v mark '<U+%04X>' "$1"; fi
  replaced+=$mark
}

# JSON has \u for 16 bits, and a pair of them for more; for what is no text it has nothing.
write_for_json() { # CODE, with $replaced
  local mark='\ufffd'
  if (($1 > 65535)); then
    printf -v mark '\\u%04x\\u%04x' "$((0xd800 | ($1 - 65536) >> 10))" "$((0xdc00 | ($1 - 65536) & 1023))"
  elif (($1 >= 0)); then
    printf -v mark '\\u%04x' "$1"
  fi
  replaced+=$mark
}
