# ---- answers to requests that are made to an address of this very host, which verify proves -----------------------------
#
# A server that listens on another address alone (127.0.0.1, the host's own) has its port open, and serves no client of the VIP.

kind answer expected

answer_declare() { # PROTOCOL ADDRESS PORT [PATH], the path of a request by http
  describe answer "$1 $2 $3" "answered${4:+ $4}"
}

answer_probe() { # `PROTOCOL ADDRESS PORT`, with $state
  local protocol address port sockets path=''
  read -r protocol address port <<<"$1"
  [[ $state != 'answered '* ]] || path=${state#answered }
  have=$state
  sockets=$(sockets_on "$protocol" "$port")
  if [[ -z $sockets ]]; then
    have='nothing listens there'
  elif ! listens_for "$address" "$sockets"; then
    have="what listens on port $port does so on $sockets alone"
  elif [[ $protocol == tcp ]]; then
    ask_answer "$address" "$port" "$path"
  fi
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
