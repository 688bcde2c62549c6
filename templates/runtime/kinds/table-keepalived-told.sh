# ---- what keepalived knows and the table does not say: who is master since when, who is out, since when and why -----------

keepalived_tell() {
  [[ $watched && -z $root ]] && health_decides || return 0
  load_services
  if [[ $command == status ]]; then
    load_history
    tell_master
    tell_health every
  else
    tell_health down
  fi
}

tell_master() {
  local line instance='' state since address
  while IFS= read -r line; do
    case $line in
      'vrrp_instance '*)
        instance=${line#vrrp_instance } instance=${instance%% *}
        state=${vrrp_state[$instance]:-} since=${vrrp_since[$instance]:-}
        ;;
      '        '*' dev '*)
        [[ $instance ]] || continue
        # Where the journal does not go back so far the address tells.
        address=${line#"${line%%[! ]*}"} address=${address%%/*}
        [[ $state ]] || { [[ ${address_of[$address]:-} ]] && state=MASTER || state=BACKUP; }
        say "${bold}%s$plain  %s%s" "$(word_of_state "$state")" "$instance" "${since:+ since $since}"
        [[ -z $events ]] || event director instance "$instance" state "$(word_of_state "$state")" since "${since:-}"
        instance=''
        ;;
    esac
  done <<<"$watched_text"
}

word_of_state() { # STATE
  case $1 in
    MASTER) printf master ;;
    BACKUP) printf backup ;;
    *) printf fault ;;
  esac
}

# Who is out by a check is told, and is no difference.
tell_health() { # every|down
  local i line server wanted live health since why key history name in_brackets
  local -a text_lines
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    [[ ${r_kind[i]} == service ]] || continue
    key=${r_name[i]}
    name_in_journal "$key"
    split_lines "${r_state[i]}"
    for line in "${text_lines[@]}"; do # never empty
      [[ $line == '-a '* ]] || continue
      server=${line#* -r } server=${server%% *}
      wanted=${line#* -w } wanted=${wanted%%[!0-9]*}
      live_weight "$key" "$server"
      health_of
      [[ $1 == every || $health == @(down|sorry) ]] || continue
      history="$name $server"
      bracketed "$server"
      since=${failed_at[$history]:-} why=${failed_why[$in_brackets]:-}
      [[ $health == down || $since ]] || why=''
      tell_server
    done
  done
}

# -> $health, with $key, $server, $wanted and $live
health_of() {
  if [[ ${is_sorry["$key $server"]:-} ]]; then
    [[ ${live:-0} == 0 ]] && health=spare || health=sorry
  elif [[ $wanted == 0 ]]; then
    health=drained
  elif [[ ${live:-0} == 0 ]]; then
    health=down
  else
    health=up
  fi
}

tell_server() { # with what tell_health knows
  event health service "$key" server "$server" state "$health" weight "${live:-0}" failed "${since:-}" back "${back_at[$history]:-}" why "${why:-}"
  case $health in
    down) say "${yellow}down${plain}  %s" "$server of $key: it does not answer, and gets no clients${since:+; since $since}${why:+: $why}" ;;
    sorry) say "${yellow}sorry${plain}  %s" "$server of $key: it stands in, for no real server answers" ;;
    *) say "${dim}%s$plain  %s%s%s" "$health" "$server of $key" "${since:+; last failed $since}" "${back_at[$history]:+, back ${back_at[$history]}}" ;;
  esac
}

# `-t 192.168.80.188:80` is 192.168.80.188:80 there, `-f 7 -6` is FWM 7.
name_in_journal() { # KEY -> $name
  local rest=${1#-? }
  case $1 in
    '-f '*) name="FWM ${rest% -6}" ;;
    *) name=${1##* } ;;
  esac
}

bracketed() { # SERVER -> $in_brackets
  in_brackets=$1
  [[ $1 == \[* ]] || in_brackets="[${1%:*}]:${1##*:}"
}
