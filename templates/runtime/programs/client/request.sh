# ---- one request: each over a connection of its own -------------------------------------------

# Of what a server sends, so much is kept, in KiB; the page of a health check never has as much. Of its headers, so
# much is looked at, in bytes.
most_kept=16384
most_headers=65536
curl_extra=()
share_end=0 share_seconds=0

# A path with /../ in it is sent as it is, where curl can do that (7.42).
prepare_curl() {
  local option=--path-as-is
  ! curl -q "$option" --version >/dev/null 2>&1 || curl_extra=("$option")
}

# Authorities of the description stand alone: an empty directory takes the place of the machine's own.
keep_authorities() {
  local number
  ((${#authority_texts[@]} > 0)) || return 0
  mkdir -- "$work/no-authorities"
  for number in "${!authority_texts[@]}"; do # never empty
    printf '%s' "${authority_texts[number]}" >"$work/authority.$number"
  done
}

# Where to send a request for a service, by the name that it is for, else by the address; a # is data here, not the
# start of a fragment.
url_of() { # SERVICE SCHEME ADDRESS PORT -> $url, $url_options
  local address=$3 host=${page_hosts[$1]} trusted=${page_trusts[$1]}
  url_options=()
  [[ $address != *:* ]] || address="[$address]"
  if [[ $host ]]; then
    url_options+=(--resolve "$host:$4:$3")
    address=$host
  fi
  url="$2://$address:$4${page_paths[$1]//#/%23}"
  [[ $2 == https ]] || return 0
  case $trusted in
    system) ;;
    none) url_options+=(-k) ;;
    *) url_options+=(--cacert "$work/authority.$trusted" --capath "$work/no-authorities") ;;
  esac
}

# How long the next question may take: no longer than what is left for all that this target is asked.
time_left() { # SECONDS -> $seconds
  seconds=$((share_end - SECONDS))
  ((seconds <= $1)) || seconds=$1
  ((seconds > 0))
}

# No .curlrc, no proxy, no globbing, no redirection followed, nothing unpacked; and no file grows beyond the limit, whatever
# length a server announces.
fetch() { # URL SECONDS, with $url_options -> $curl_code $status $curl_error; the answer is in $work
  local seconds
  : >"$work/body"
  : >"$work/head"
  status='' curl_code=0 curl_error=''
  time_left "$2" || { curl_code=28 curl_error='the time of this test is over' && return; }
  status=$(
    trap '' XFSZ
    ulimit -f "$most_kept" 2>/dev/null || :
    exec curl -q -s -S -g --noproxy '*' -A lvsgen-client-test -m "$seconds" ${curl_extra[@]+"${curl_extra[@]}"} \
      ${url_options[@]+"${url_options[@]}"} -o "$work/body" -D "$work/head" -w '%{http_code}' "$1" 2>"$work/error"
  ) || curl_code=$?
  IFS= read -r -n 300 curl_error <"$work/error" || :
}

# Whether it is the limit that curl could not write beyond.
is_cut_off() {
  local size
  while read -r size; do
    ((size < most_kept * 1024)) || return 0
  done < <(stat -c %s -- "$work/body" "$work/head" 2>/dev/null || :)
  return 1
}

# What is wrong with an answer: a class that hints go by, and words.
examine() { # SERVICE -> $fault $problem, both empty when nothing is
  local wanted=${page_statuses[$1]}
  fault='' problem=''
  if ((curl_code == 23)) && is_cut_off; then
    fault=endless problem="it sends more than $((most_kept / 1024)) MiB: cut off there"
  elif [[ $curl_error == *'Too large response headers'* ]]; then
    fault=endless problem='it sends headers without an end'
  elif ((curl_code != 0)); then
    problem="curl exit code $curl_code: ${curl_error#curl: (*) }"
    case $curl_code in
      7) fault=connect ;;
      28) fault=silence ;;
      51 | 60 | 77 | 83) fault=certificate ;;
      35 | 5[3489] | 66 | 8[02] | 9[01]) fault=tls ;;
      *) fault=broken ;;
    esac
  elif [[ $wanted == - && $status != [23]* || $wanted != - && $status != "$wanted" ]]; then
    fault=status problem="HTTP status $status instead of ${wanted/#-/2xx or 3xx}"
  elif [[ ${page_texts[$1]} ]] && ! body_has "${page_texts[$1]}"; then
    fault=text problem="the answer does not contain the text that the description wants"
  fi
}

# grep takes lines, and a text may have several: a line end is a \002 on both sides. A NUL, which no text has, ends a line.
body_has() { # TEXT
  local line_end=$'\002' text
  text=${1//$'\n'/"$line_end"}
  grep -qF -e "$text" <(tr '\n\0' '\002\n' <"$work/body" 2>/dev/null)
}

# A TCP connection, closed at once.
connect() { # ADDRESS PORT SECONDS -> $fault $problem
  local code=0 output seconds
  time_left "$3" || { fault=silence problem='the time of this test is over' && return; }
  fault='' problem=''
  # shellcheck disable=SC2016 # expanded by the inner shell
  output=$(timeout "$seconds" "$BASH" -c 'exec 3<>"/dev/tcp/$1/$2"' connect "$1" "$2" 2>&1) || code=$?
  problem=${output##*: }
  case $code in
    0) problem='' ;;
    124) fault=silence problem="no answer within $seconds s" ;;
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

# A datagram. Nobody has to answer it: all that can be known is whether it is refused, or answered after all, be it by a NUL
# or by an empty datagram, which read takes for the end.
datagram() { # ADDRESS PORT -> $outcome: answered, refused or silence
  local code=0 output
  # shellcheck disable=SC2016 # expanded by the inner shell
  output=$(timeout 5 "$BASH" -c 'exec 3<>"/dev/udp/$1/$2" && printf "\n" >&3 && IFS= read -r -d "" -t 0.5 -n 1 -u 3 x' \
    datagram "$1" "$2" 2>&1) || code=$?
  case $code:$output in
    0:*) outcome=answered ;;
    1:) outcome=answered ;;
    1:*) outcome=refused ;;
    *) outcome=silence ;;
  esac
}
