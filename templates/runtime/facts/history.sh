# ---- what keepalived has said, from the journal: who was master since when, and which real server failed, when and why ----
#
# Its own dumps go to /tmp under names that anybody knows beforehand, and so are not asked for.

declare -A vrrp_state=() vrrp_since=() # INSTANCE -> MASTER, BACKUP or FAULT, and the time
declare -A failed_at=() back_at=()     # "SERVICE SERVER" -> the time; SERVICE as keepalived has it: 192.168.80.188:80, or FWM 7
declare -A failed_why=()               # SERVER -> the last thing that was said of it

load_history() { # of this boot
  local line time said
  local -a text_lines=()
  [[ -z ${loaded[history]:-} ]] || return 0
  loaded[history]=1
  # Years of a real server that is down are a line every few seconds: the last ones say why.
  said=$(timeout 20 journalctl -u keepalived.service -b -o short-iso --no-pager -q 2>/dev/null | awk '
    / Entering .* STATE/ || /ing service .* VS / { print; next }
    / failed|rror |imeout/ { last[n++ % 2000] = $0 }
    END { for (i = n > 2000 ? n - 2000 : 0; i < n; i++) print last[i % 2000] }') || :
  split_lines "$said"
  for line in "${text_lines[@]}"; do # never empty
    time=${line%% *} said=${line#*: }
    time=${time%[+-]????} time=${time/T/ }
    case $said in
      *' Entering '*' STATE'*) note_state "$time" "$said" ;;
      *'ing service '*' VS '*) note_service "$time" "$said" ;;
      *' failed'* | *'rror '* | *imeout*) note_failure "$said" ;;
    esac
  done
}

# `(pair-v4) Entering MASTER STATE`; 1.3.5 has VRRP_Instance before it.
note_state() { # TIME TEXT
  [[ $2 =~ \(([A-Za-z0-9_.-]+)\)\ Entering\ (MASTER|BACKUP|FAULT)\ STATE ]] || return 0
  [[ ${vrrp_state[${BASH_REMATCH[1]}]:-} != "${BASH_REMATCH[2]}" ]] || return 0
  vrrp_state[${BASH_REMATCH[1]}]=${BASH_REMATCH[2]} vrrp_since[${BASH_REMATCH[1]}]=$1
}

# `Disabling service [192.168.80.12]:tcp:80 from VS [192.168.80.188]:tcp:80`; 1.3.5 has no protocol in it.
note_service() { # TIME TEXT
  local key verb
  local entry='(\[[0-9A-Fa-f.:]+\]):(tcp:|udp:|sctp:)?([0-9]+)'
  [[ $2 =~ (Disabl|Remov|Enabl|Add)ing\ service\ $entry\ [a-z]+\ VS\ ($entry|FWM\ [0-9]+) ]] || return 0
  verb=${BASH_REMATCH[1]} key="${BASH_REMATCH[5]} ${BASH_REMATCH[2]}:${BASH_REMATCH[4]}"
  key=${key//tcp:/} key=${key//udp:/} key=${key//sctp:/}
  plain_brackets "$key"
  case $verb in
    Disabl | Remov) failed_at[$plain_key]=$1 ;;
    *) back_at[$plain_key]=$1 ;;
  esac
}

# [192.168.80.12] -> 192.168.80.12: IPv6 alone has them in the table.
plain_brackets() { # TEXT -> $plain_key
  local rest=$1
  plain_key=''
  while [[ $rest =~ ^([^[]*)\[([0-9.]+)\](.*)$ ]]; do
    plain_key+=${BASH_REMATCH[1]}${BASH_REMATCH[2]} rest=${BASH_REMATCH[3]}
  done
  plain_key+=$rest
}

note_failure() { # TEXT
  [[ $1 =~ (\[[0-9A-Fa-f.:]+\]):(tcp:|udp:|sctp:)?([0-9]+) ]] || return 0
  # How often says less than why.
  [[ $1 != *'_CHECK on service '* || -z ${failed_why["${BASH_REMATCH[1]}:${BASH_REMATCH[3]}"]:-} ]] || return 0
  failed_why["${BASH_REMATCH[1]}:${BASH_REMATCH[3]}"]=$1
}
