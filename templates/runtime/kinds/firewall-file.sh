# ---- firewall: the files that firewalls load at boot -------------------------------------------------------------------
#
# Before anything is opened in such a file it is kept, so that the very file comes back, time stamp included, once nothing of
# lvsgen's is in it and nothing else was changed.

kind opened recorded path=part stale='stat'

keep_rules_file() { # FILE
  local blob real shared in_the_way
  ! journaled opened "$1" || return 0
  walk "$root$1" last || return 1
  if [[ -e $root$real || -L $root$real ]]; then
    keep_blob "$root$real" && journal opened "$1" "saved $blob"
  else
    journal opened "$1" absent
  fi
}

# A line is lvsgen's by the comment in it.
without_mark() { # TEXT MARK -> $rest, and $marked: the others
  local line
  local -a text_lines
  rest='' marked=''
  [[ $1 ]] || return 0
  split_lines "${1%$'\n'}"
  for line in "${text_lines[@]}"; do # never empty
    if [[ $line == *"\"$2\""* ]]; then marked+=$line$'\n'; else rest+=$line$'\n'; fi
  done
}

opened_probe() { # PATH
  local content
  have=absent
  walk "$root$1" last || { have=unreachable && return 0; }
  ! read_found || have=$content
}

# What was opened there is closed by the records of what was opened, and what a hand has changed stays. Where that has led to the
# rules of before, there is something left to do: the very text, its time stamp, its owner.
opened_undone() { # PATH RECORD
  if [[ $2 == absent ]]; then
    opened_probe "$1"
    [[ $have == absent ]] || ! has_rules_of_before "$1" absent
    return
  fi
  ! is_kept_copy "$1" "${2#saved }" || return 0
  opened_probe "$1"
  [[ $have != absent ]] && ! has_rules_of_before "$1" "${2#saved }"
}

opened_set() { # PATH RECORD
  walk "$root$1" last || return 1
  if [[ $2 == absent ]]; then remove_file "$root$real"; else restore_blob "$root$real" "${2#saved }"; fi
}

has_rules_of_before() { # PATH BLOB|absent, with the text in $have
  local content='' elements_of shipped=/usr/lib/firewalld/${1#/etc/firewalld/}
  case $1 in
    # The copy that firewalld makes before it writes, of a file that is back.
    /etc/firewalld/*.xml.old) main_is_back "${1%.old}" ;;
    /etc/firewalld/*.xml)
      if [[ $2 != absent ]]; then
        read_kept "$2" || return 1
      elif ! read_text "$shipped"; then
        # Of its own, with nothing in it.
        [[ $have != *'<rule'* && $have != *'<port '* ]]
        return
      fi
      rules_in_xml "$content"
      content=$elements_of
      rules_in_xml "$have"
      [[ $elements_of == "$content" ]]
      ;;
    # A last line without an end got one when others followed it.
    *) [[ $2 != absent ]] && read_kept "$2" && [[ ${have%$'\n'} == "${content%$'\n'}" ]] ;;
  esac
}

main_is_back() { # PATH
  local i
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == opened && ${u_name[i]} == "$1" ]] || continue
    if [[ ${u_record[i]} == absent ]]; then [[ ! -e $1 ]]; else is_kept_copy "$1" "${u_record[i]#saved }"; fi
    return
  done
  return 1
}

# firewalld writes a file anew, without comments and in an order of its own: its elements, each with its attributes, sorted.
rules_in_xml() { # TEXT -> $elements_of
  local text=$1
  while [[ $text == *'<!--'*'-->'* ]]; do text=${text%%<!--*}${text#*-->}; done
  elements_of=$(awk '
    BEGIN { RS = "<" }
    index($0, ">") && !/^[?\/]/ {
      element = substr($0, 1, index($0, ">") - 1)
      sub(/\/$/, "", element)
      count = split(element, words)
      for (i = 2; i <= count; i++)
        for (j = i; j > 1 && words[j] "" < words[j - 1] ""; j--) { word = words[j]; words[j] = words[j - 1]; words[j - 1] = word }
      element = words[1]
      for (i = 2; i <= count; i++) element = element " " words[i]
      print element
    }' <<<"$text" | sort) || cannot_read 'a rules file of the firewall' awk
}
