# ---- firewall: a zone of firewalld, its ports and rich rules -----------------------------------------------------------

load_zone() { # ZONE now|boot
  local answer
  [[ -z ${zone_text["$1 $2"]:-} ]] || return 0
  answer_of_firewalld "$2" --zone="$1" --list-all
  zone_text["$1 $2"]=${answer:-none}
}

zone_state() { # ZONE WHAT now|boot -> $state_there
  local text line rule ports=''
  load_zone "$1" "$3"
  text=${zone_text["$1 $3"]}
  if [[ $2 == *' from '* ]]; then
    rich_rule "$2"
    while IFS= read -r line; do
      [[ ${line#"${line%%[![:space:]]*}"} != "$rule" ]] || state_there=open
    done <<<"$text"
  else
    while IFS= read -r line; do
      [[ $line != '  ports: '* ]] || ports=${line#  ports: }
    done <<<"$text"
    ports_within "$2" "$ports"
  fi
}

# As firewall-cmd prints it.
rich_rule() { # `protocol NUMBER from ADDRESS`, `port NUMBER/PROTOCOL from ADDRESS` -> $rule
  local ip=ipv4 what=${1% from *}
  [[ $1 != *:* ]] || ip=ipv6
  rule="rule family=\"$ip\" source address=\"${1##* }\""
  case $what in
    'port '*) what=${what#port } && rule+=" port port=\"${what%/*}\" protocol=\"${what#*/}\" accept" ;;
    *) rule+=" protocol value=\"${what#protocol }\" accept" ;;
  esac
}

# open, where one of the listed ports or ranges holds all of it; else what of it is listed, with commas, or closed.
# (firewalld puts neighbours together and takes ranges apart.)
ports_within() { # `80-90/tcp` LIST -> $state_there
  local first=${1%%[-/]*} last=${1%/*} one low high found=''
  local -a words
  last=${last#*-}
  split_words "$2"
  for one in ${words[@]+"${words[@]}"}; do
    [[ $one =~ ^([0-9]+)(-([0-9]+))?/([a-z]+)$ && ${BASH_REMATCH[4]} == "${1#*/}" ]] || continue
    low=${BASH_REMATCH[1]} high=${BASH_REMATCH[3]:-${BASH_REMATCH[1]}}
    if ((low <= first && last <= high)); then
      state_there=open
      return 0
    fi
    ((low > last || high < first)) || found+=${found:+ }$one
  done
  state_there=${found:-closed}
}

zone_set() { # ZONE WHAT now|boot STATE
  local rule port
  local -a words
  if [[ $2 == *' from '* ]]; then
    rich_rule "$2"
    case $4 in
      open) tell_firewalld "$3" --zone="$1" --add-rich-rule="$rule" ;;
      *) tell_firewalld "$3" --zone="$1" --remove-rich-rule="$rule" ;;
    esac
    return
  fi
  if [[ $4 == open ]]; then
    tell_firewalld "$3" --zone="$1" --add-port="$2"
    return
  fi
  tell_firewalld "$3" --zone="$1" --remove-port="$2" && reopen_needed "$1" "$2" "$3" || return 1
  [[ $4 != closed ]] || return 0
  # What of it was open before.
  split_words "$4"
  for port in ${words[@]+"${words[@]}"}; do tell_firewalld "$3" --zone="$1" --add-port="$port" || return 1; done
}

# What of it is described by another name, a part of a range say, or is held by another role: what is described no longer is closed after
# the rest was opened.
reopen_needed() { # ZONE PORTS now|boot
  local file line port state_there text=''
  [[ $command != apply ]] || printf -v text '%s\n' "${!described[@]}" # never empty
  for file in "$state_home"/*/*/holds; do
    [[ -f $file && $file != "$state_dir/holds" ]] || continue
    while IFS= read -r line; do text+=$line$'\n'; done <"$file"
  done
  while IFS= read -r line; do
    [[ $line == "firewall firewalld:$1 "[0-9]* ]] || continue
    port=${line#"firewall firewalld:$1 "}
    ports_within "$port" "$2"
    [[ $state_there == closed ]] || tell_firewalld "$3" --zone="$1" --add-port="$port" || return 1
  done <<<"$text"
}
