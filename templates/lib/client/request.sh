# ---- one request: each over a connection of its own -------------------------------------------

curl_extra=()

# A path with /../ in it is sent as it is, where curl can do that (7.42).
prepare_curl() {
  local option=--path-as-is
  ! curl -q "$option" --version >/dev/null 2>&1 || curl_extra=("$option")
}

url_of() { # SCHEME ADDRESS PORT PATH -> $url; a # is data here, not the start of a fragment
  local address=$2
  [[ $address != *:* ]] || address="[$address]"
  url="$1://$address:$3${4//#/%23}"
}

# No .curlrc, no proxy, no globbing; the certificate is for a name and not for an address, so it is not looked at.
fetch() { # URL SECONDS -> $curl_code $status $curl_error; the answer is in $work
  : >"$work/body"
  : >"$work/head"
  curl_code=0 curl_error=''
  status=$(curl -q -s -S -g -k --noproxy '*' -A lvsgen-client-test -m "$2" ${curl_extra[@]+"${curl_extra[@]}"} \
    -o "$work/body" -D "$work/head" -w '%{http_code}' "$1" 2>"$work/error") || curl_code=$?
  IFS= read -r curl_error <"$work/error" || :
}

# What is wrong with an answer: a class that hints go by, and words.
examine() { # SERVICE -> $fault $problem, both empty when nothing is
  local wanted=${page_statuses[$1]} text=${page_texts[$1]} body
  fault='' problem=''
  if ((curl_code != 0)); then
    problem="curl exit code $curl_code: ${curl_error#curl: (*) }"
    case $curl_code in
      7) fault=connect ;;
      28) fault=silence ;;
      35 | 5[13489] | 60 | 66 | 77 | 8[023] | 9[01]) fault=tls ;;
      *) fault=broken ;;
    esac
  elif [[ $wanted == - && $status != [23]* || $wanted != - && $status != "$wanted" ]]; then
    fault=status problem="HTTP status $status instead of ${wanted/#-/2xx or 3xx}"
  elif [[ $text ]]; then
    body=$(tr -d '\0' <"$work/body" && printf x)
    [[ $body == *"$text"* ]] || fault=text problem="the answer does not contain the text that the description wants"
  fi
}

# A TCP connection, closed at once.
connect() { # ADDRESS PORT SECONDS -> $fault $problem
  local code=0 output
  fault='' problem=''
  # shellcheck disable=SC2016 # expanded by the inner shell
  output=$(timeout "$3" "$BASH" -c 'exec 3<>"/dev/tcp/$1/$2"' connect "$1" "$2" 2>&1) || code=$?
  problem=${output##*: }
  case $code in
    0) problem='' ;;
    124) fault=silence problem="no answer within $3 s" ;;
    *)
      case $problem in
        *refused*) fault=refused ;;
        *unreachable* | *'No route'*) fault=unreachable ;;
        *timed\ out*) fault=silence ;;
        *) fault=broken ;;
      esac
      ;;
  esac
}

# A datagram. Nobody has to answer it: all that can be known is whether it is refused, or answered after all.
datagram() { # ADDRESS PORT -> $outcome: answered, refused or silence
  local code=0
  # shellcheck disable=SC2016 # expanded by the inner shell
  timeout 5 "$BASH" -c 'exec 3<>"/dev/udp/$1/$2" && printf "\n" >&3 && IFS= read -r -t 0.5 -n 1 -u 3 x' \
    datagram "$1" "$2" >/dev/null 2>&1 || code=$?
  case $code in
    0) outcome=answered ;;
    1) outcome=refused ;;
    *) outcome=silence ;;
  esac
}
