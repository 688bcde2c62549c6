# ---- firewall: what ufw refuses before it comes to what lets in --------------------------------------------------------
#
# The first of its rules that is about a packet decides, and a new one is the last.

ufw_tell() {
  local key what i does
  local -a refusals
  command -v ufw >/dev/null || return 0
  ufw_load || return 0
  for key in "${!described[@]}"; do
    [[ $key == 'firewall ufw '[0-9]* ]] || continue
    what=${key#firewall ufw }
    find_ufw_refusals "$what" both
    for ((i = 0; i < ${#refusals[@]}; i += 2)); do
      refusal_does "${refusals[i]}"
      complain "ufw: \"${refusals[i]}\"${refusals[i + 1]} stands before what lets in $what, and $does: ufw delete ${refusals[i]}, or a narrower rule in its place"
    done
  done
}

# What comes in by IPv6 is no matter where no address of it is described.
ufw_prove() { # WHAT
  local i family=4 said='' mends='' does=''
  local -a refusals
  [[ $1 == [0-9]* ]] && command -v ufw >/dev/null && ufw_load || return 0
  ! describes_ipv6 || family=both
  find_ufw_refusals "$1" "$family"
  ((${#refusals[@]})) || return 0
  for ((i = 0; i < ${#refusals[@]}; i += 2)); do
    [[ $does == 'keeps it out' ]] || refusal_does "${refusals[i]}"
    said+="${said:+, }\"${refusals[i]}\"${refusals[i + 1]}"
    mends+="ufw delete ${refusals[i]}, "
  done
  failure="ufw: $said stands before what lets it in, and $does"$'\n'"${mends}or a narrower rule in its place"
  return 1
}

refusal_does() { # WORDS -> $does
  does='keeps it out'
  [[ $1 != limit* ]] || does='keeps out whoever begins six connections within 30 seconds'
}

find_ufw_refusals() { # PORTS/PROTOCOL 4|both -> ${refusals[@]}: the words of each, and ` (IPv4 alone)` or the like
  local line='' line6='' only=''
  refusals=()
  # The others stand in before.rules, ahead of all these.
  ufw_has_word "$1" || return 0
  if ufw_has_ipv6; then
    ufw_refusal_before "$1" 6
    line6=$line
  fi
  ufw_refusal_before "$1" 4
  [[ $line == "$line6" ]] || ! ufw_has_ipv6 || only=' (IPv4 alone)'
  [[ -z $line ]] || refusals=("$line" "$only")
  [[ -z $line6 || $line == "$line6" || $2 == 4 ]] || refusals+=("$line6" ' (IPv6 alone)')
}

# A refusal of any source and to any address, of more than the very same words (which gives way).
ufw_refusal_before() { # PORTS/PROTOCOL FAMILY -> $line: its words, empty where there is none
  local tuple verb log device profile covers any='0.0.0.0/0 any 0.0.0.0/0'
  local -a words
  [[ $2 == 4 ]] || any='::/0 any ::/0'
  line=''
  while IFS= read -r tuple; do
    [[ $tuple == "$2 "* ]] || continue
    split_words "${tuple%% comment=*}"
    [[ ${words[2]-} == @(any|"${1#*/}") && "${words[4]-} ${words[5]-} ${words[6]-}" == "$any" ]] || continue
    ufw_comes_in || continue
    ufw_covers "$1" "${words[3]}" || continue
    if [[ -z $device ]]; then
      # Here stands what lets it in, or will; and what has been let in does not come to what stands behind.
      [[ $covers != alike || ${words[2]} == any || $profile ]] || return 0
      [[ $verb != allow || $covers == part ]] || return 0
    fi
    if [[ $verb == @(deny|reject|limit) ]] && ufw_is_of "$1" "$device"; then
      ufw_refusal_words
      return 0
    fi
  done <<<"$ufw_added"
}

# Is a rule about what comes in?
ufw_comes_in() { # with ${words[@]} -> $verb $log $device $profile
  local direction=in
  profile=''
  # One without a direction is.
  case ${#words[@]} in
    8) direction=${words[7]} ;;
    9) profile=${words[7]} ;;
    10) profile=${words[7]} direction=${words[9]} ;;
  esac
  verb=${words[1]%%_*} device=${direction#in}
  log=${words[1]#"$verb"}
  log=${log/_/ } device=${device#_} profile=${profile#-}
  profile=${profile//%20/ }
  [[ $verb != *:* && $direction == @(in|in_*) ]]
}

ufw_covers() { # PORTS/PROTOCOL PORTS -> $covers: alike, all or part; fails where none is among them
  local one ports=${1%/*}
  local first=${ports%-*} last=${ports#*-}
  local -a ranges
  covers=''
  IFS=, read -r -a ranges <<<"${2/any/0:65535}"
  for one in "${ranges[@]}"; do # never empty
    ((${one%:*} <= last && ${one#*:} >= first)) || continue
    covers=${covers:-part}
    ((${one%:*} > first || ${one#*:} < last)) || covers=all
  done
  [[ $2 != "${ports/-/:}" ]] || covers=alike
  [[ $covers ]]
}

# Does it come in there? ufw takes `ens+` for all that begin so.
ufw_is_of() { # PORTS/PROTOCOL DEVICE, empty for any
  local i device
  local -a words
  for ((i = 0; i < ${#openings[@]}; i++)); do
    [[ ${openings[i]} == "$1" ]] || continue
    [[ $2 && ${openings_by[i]} ]] || return 0
    split_words "${openings_by[i]}"
    for device in "${words[@]}"; do # never empty
      [[ $device != "$2" && ("$2" != *+ || $device != "${2%+}"*) ]] || return 0
    done
  done
  return 1
}

# As `ufw show added` says it, and `ufw delete` takes it.
ufw_refusal_words() { # -> $line
  local ports=${words[3]}
  line=$verb
  [[ $profile != *' '* ]] || profile="'$profile'"
  if [[ $device ]]; then
    line+=" in on $device$log"
    [[ $ports == any && ${words[2]} == any ]] || line+=' to any'
    if [[ $profile ]]; then line+=" app $profile"; elif [[ $ports != any ]]; then line+=" port $ports"; fi
  elif [[ $profile || $ports != any ]]; then
    line+="$log ${profile:-$ports}"
    [[ $profile || ${words[2]} == any ]] || line+=/${words[2]}
    return
  else
    line+="$log to any"
  fi
  [[ $profile || ${words[2]} == any ]] || line+=" proto ${words[2]}"
}
