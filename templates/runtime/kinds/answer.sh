# ---- answers to requests that are made to an address of this very host, which verify proves -----------------------------
#
# A server that listens on another address alone (127.0.0.1, the host's own) has its port open, and serves no client of the VIP.

kind answer expected

# The path of a request by http; the status that is an answer, or from-to (any, without one); and the name that is asked for.
answer_declare() { # PROTOCOL ADDRESS PORT [PATH [STATUS [NAME]]]
  describe answer "$1 $2 $3" "answered${4:+ ${*:4}}"
}

answer_probe() { # `PROTOCOL ADDRESS PORT`, with $state
  local protocol address port sockets path='' status='' name='' _
  read -r protocol address port <<<"$1"
  read -r _ path status name <<<"$state"
  have=$state
  sockets=$(sockets_on "$protocol" "$port")
  if [[ -z $sockets ]]; then
    have='nothing listens there'
  elif ! listens_for "$address" "$sockets"; then
    have="what listens on port $port does so on $sockets alone"
  elif [[ $protocol == tcp ]]; then
    ask_answer "$address" "$port" "$path" "$status" "$name"
  fi
}

answer_seconds=5

# As client-test.sh has it: without a status in the description, any 2xx or 3xx is an answer.
ask_answer() { # ADDRESS PORT PATH STATUS NAME -> $have, where it is not as described
  local code=0 answered
  # By SIGTERM: of a command that ends by SIGKILL, as timeout would itself, this shell prints the whole text.
  # shellcheck disable=SC2016 # the inner bash expands it
  answered=$(timeout -k 1 "$answer_seconds" bash -c '
    exec 3<>"/dev/tcp/$1/$2" || exit 1
    [[ $3 ]] || exit 0
    host=$1
    [[ $host != *:* ]] || host="[$host]"
    host=${5:-$host}
    printf "GET %s HTTP/1.0\r\nHost: %s\r\nConnection: close\r\n\r\n" "$3" "$host" >&3
    IFS= read -r line <&3 || [[ $line ]] || exit 3
    [[ $line == HTTP/* ]] || exit 4
    [[ $4 ]] || exit 0
    [[ $line =~ ^HTTP/[0-9.]+\ +([1-9][0-9][0-9])([^0-9]|$) ]] || exit 4
    answered=${BASH_REMATCH[1]}
    ((answered >= ${4%-*} && answered <= ${4#*-})) && exit 0
    printf %s "$answered"
    exit 5' bash "$1" "$2" "$3" "$4" "$5" 2>/dev/null) || code=$?
  case $code in
    0) ;;
    3) have='the connection was closed without an answer' ;;
    4) have='what answers is not HTTP' ;;
    5) have="HTTP status $answered instead of ${4/#200-399/2xx or 3xx}" ;;
    124 | 137) have="no answer within $answer_seconds s" ;;
    *) have='the connection was refused' ;;
  esac
}

answer_differs() { # with $have
  printf '%s' "$have"
}
