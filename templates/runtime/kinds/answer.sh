# ---- answers to requests that are made to an address of this very host, which verify proves -----------------------------
#
# A server that listens on another address alone (127.0.0.1, the host's own) has its port open, and serves no client of the VIP.

kind answer expected

answer_declare() { # PROTOCOL ADDRESS PORT [PATH], the path of a request by http
  describe answer "$1 $2 $3" "answered${4:+ $4}"
}

answer_probe() { # `PROTOCOL ADDRESS PORT`, with $state
  local protocol address port path=''
  read -r protocol address port <<<"$1"
  [[ $state != 'answered '* ]] || path=${state#answered }
  have=$state
  if [[ -z $(sockets_on "$protocol" "$port") ]]; then
    have='nothing listens there'
  elif [[ -z $(sockets_for "$protocol" "$address" "$port") ]]; then
    have="what listens on port $port does so on $(sockets_on "$protocol" "$port") alone"
  elif [[ $protocol == tcp ]]; then
    ask_answer "$address" "$port" "$path"
  fi
}

# Local addresses of the sockets on a port.
sockets_on() { # PROTOCOL PORT
  local local_address list=''
  while read -r _ _ _ local_address _; do
    [[ ${local_address##*:} != "$2" ]] || list+=${list:+ }${local_address%:*}
  done < <(ss -ln "--$1" 2>/dev/null || :)
  printf '%s' "$list"
}

# Those that take what comes for an address: its own, and the wildcards; that of IPv6 takes IPv4 as well unless told otherwise.
sockets_for() { # PROTOCOL ADDRESS PORT
  local one
  local -a words=()
  split_words "$(sockets_on "$1" "$3")"
  for one in ${words[@]+"${words[@]}"}; do
    one=${one#\[} one=${one%\]} one=${one%%%*}
    case $one in
      "$2" | '*' | ::) printf '%s ' "$one" ;;
      0.0.0.0) [[ $2 == *:* ]] || printf '%s ' "$one" ;;
    esac
  done
}

answer_seconds=5

ask_answer() { # ADDRESS PORT PATH -> $have, where it is not as described
  local code=0
  # By SIGTERM: of a command that ends by SIGKILL, as timeout would itself, this shell prints the whole text.
  # shellcheck disable=SC2016 # the inner bash expands it
  timeout -k 1 "$answer_seconds" bash -c '
    exec 3<>"/dev/tcp/$1/$2" || exit 1
    [[ $3 ]] || exit 0
    host=$1
    [[ $host != *:* ]] || host="[$host]"
    printf "GET %s HTTP/1.0\r\nHost: %s\r\nConnection: close\r\n\r\n" "$3" "$host" >&3
    IFS= read -r line <&3 || [[ $line ]] || exit 3
    [[ $line == HTTP/* ]] || exit 4' bash "$1" "$2" "$3" 2>/dev/null || code=$?
  case $code in
    0) ;;
    3) have='the connection was closed without an answer' ;;
    4) have='what answers is not HTTP' ;;
    124 | 137) have="no answer within $answer_seconds s" ;;
    *) have='the connection was refused' ;;
  esac
}

answer_differs() { # with $have
  printf '%s' "$have"
}
