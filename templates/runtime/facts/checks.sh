# ---- what keepalived asks real servers, by its file; and the same question asked by this script ---------------------------
#
# check_of["SERVICE SERVER"]="TYPE PORT TIMEOUT INTERVAL STATUS HOST PATH", as the table names service and server; `-` where the file has
# none. TYPE is keepalived's: TCP_CHECK, HTTP_GET, SSL_GET, UDP_CHECK.

declare -A check_of=() text_of_check=() # what an answer has to hold, where it has to
checked=()                              # the keys of check_of, in the file's order

load_checks() { # with $watched_text
  local line first second third server='' type='' port timeout interval='' status host path
  local frontend='' protocol='' family='' service='' vhost=''
  local -a text_lines=()
  [[ -z ${loaded[check]:-} ]] || return 0
  loaded[check]=1 check_of=() text_of_check=() checked=()
  split_lines "$watched_text"
  for line in "${text_lines[@]}"; do # never empty
    [[ $line =~ ^[[:blank:]]*([^[:blank:]]*)[[:blank:]]*([^[:blank:]]*)[[:blank:]]*([^[:blank:]]*) ]]
    first=${BASH_REMATCH[1]} second=${BASH_REMATCH[2]} third=${BASH_REMATCH[3]}
    case $first in
      virtual_server) frontend="$second $third" protocol='' family='' interval=1 vhost=- server='' type='' ;;
      delay_loop) interval=$second ;;
      protocol) protocol=$second ;;
      ip_family) family=$second ;;
      virtualhost) [[ $type ]] && host=$second || vhost=$second ;;
      real_server)
        frontend_key
        server_key "$second" "$third"
        type=''
        ;;
      TCP_CHECK | HTTP_GET | SSL_GET | UDP_CHECK)
        type=$first port=${server##*:} timeout=5 status=- host=$vhost path=-
        ;;
      path) path=$second ;;
      status_code) status=$second ;;
      regex) pattern_text "${line#*regex }" && text_of_check["$service $server"]=$text_found ;;
      connect_port) port=$second ;;
      connect_timeout) timeout=$second ;;
      warmup)
        checked+=("$service $server")
        check_of["$service $server"]="$type $port $timeout $interval $status $host $path"
        ;;
    esac
  done
}

# `-t 192.168.80.188:80`, `-f 7 -6`: as the table names it.
frontend_key() { # with $frontend, $protocol and $family -> $service
  local address=${frontend% *}
  if [[ $address == fwmark ]]; then
    service="-f ${frontend#* }"
    [[ $family != inet6 ]] || service+=' -6'
    return 0
  fi
  [[ $address != *:* ]] || address="[$address]"
  case $protocol in
    UDP) service=-u ;;
    SCTP) service=--sctp-service ;;
    *) service=-t ;;
  esac
  service+=" $address:${frontend#* }"
}

server_key() { # ADDRESS PORT -> $server
  server=$1
  [[ $1 != *:* ]] || server="[$1]"
  server+=":$2"
}

# A pattern of lvsgen's is a text with `\\x2e` for what means something to PCRE.
pattern_text() { # "PATTERN" -> $text_found
  local pattern=${1#\"}
  pattern=${pattern%\"}
  printf -v text_found %b "${pattern//\\\\/\\}"
}

# The question that keepalived asks, from the host that it asks from. 0: it answers as it has to; 1: it does not; 2: it cannot be asked here.
ask_check() { # "SERVICE SERVER"
  local type port timeout interval status host path address=${1##* } code=0 seconds
  read -r type port timeout interval status host path <<<"${check_of[$1]}"
  address=${address%:*} address=${address#\[} address=${address%\]} seconds=${timeout%.*}
  case $type in
    TCP_CHECK | HTTP_GET)
      [[ $type == HTTP_GET ]] || path=-
      ask_plainly "$address" "$port" "$((seconds + 1))" "$path" "$status" "$host" "${text_of_check[$1]:-}" || code=1
      ;;
    SSL_GET)
      command -v curl >/dev/null || return 2
      ask_with_tls "$address" "$port" "$((seconds + 1))" "$path" "$status" "$host" "${text_of_check[$1]:-}" || code=1
      ;;
    *) return 2 ;;
  esac
  return "$code"
}

# As keepalived does: HTTP/1.0, no redirection followed, a status that is one or from-to.
ask_plainly() { # ADDRESS PORT SECONDS PATH|- STATUS HOST TEXT
  # By SIGTERM: of a command that ends by SIGKILL, as timeout would itself, this shell prints the whole text.
  # shellcheck disable=SC2016 # the inner bash expands it
  timeout -k 1 "$3" "$BASH" -c '
    export LC_ALL=C
    exec 3<>"/dev/tcp/$1/$2" || exit 1
    [[ $4 != - ]] || exit 0
    name=$6
    [[ $name != - || $1 != *:* ]] || name="[$1]:$2"
    [[ $name != - ]] || name=$1:$2
    printf "GET %s HTTP/1.0\r\nUser-Agent: lvsgen\r\nHost: %s\r\n\r\n" "$4" "$name" >&3
    IFS=" " read -r _ code _ <&3 || exit 1
    code=${code%%[!0-9]*}
    [[ $code ]] && ((code >= ${5%-*} && code <= ${5#*-})) || exit 1
    [[ $7 ]] || exit 0
    body=$(head -c 1048576 <&3 | tr -d "\0")
    [[ $body == *"$7"* ]]' bash "$1" "$2" "$3" "$4" "$5" "$6" "$7" 2>/dev/null
}

# keepalived verifies no certificate.
ask_with_tls() { # ADDRESS PORT SECONDS PATH STATUS HOST TEXT
  local name=$6 address=$1 code body
  [[ $1 != *:* ]] || address="[$1]"
  [[ $name != - ]] || name=$address
  body=$(curl -q -s -k -g -m "$3" --noproxy '*' --resolve "$name:$2:$1" -w '\n%{http_code}' "https://$name:$2$4" 2>/dev/null | tr -d '\0') || return 1
  code=${body##*$'\n'}
  [[ $code =~ ^[0-9]+$ ]] && ((10#$code >= ${5%-*} && 10#$code <= ${5#*-})) && [[ -z $7 || $body == *"$7"* ]]
}

most_asked_together=32

# -> $answering, a line each, without those that cannot be asked from here
ask_together() { # ENTRIES
  local entry code
  answering=''
  while read -r code entry; do
    [[ $code != 0 ]] || answering+=$entry$'\n'
  done < <(answers_together "$1" || :)
}

answers_together() { # ENTRIES: prints the code of ask_check and the entry, a line each
  local entry running=0
  while IFS= read -r entry; do
    [[ $entry ]] || continue
    answer_of "$entry" &
    running=$((running + 1))
    ((running % most_asked_together)) || wait
  done <<<"$1"
  wait
}

answer_of() { # ENTRY
  local code=0
  ask_check "$1" || code=$?
  printf '%s %s\n' "$code" "$1"
}
