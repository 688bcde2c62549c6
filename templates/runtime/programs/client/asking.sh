# ---- asking: the requests to a service's targets ----------------------------------------------

# Of the service being tested: its real servers are those from $first_server to before $end_server; $got counts the
# answers of each by number; $sequence has who answered, in order, as `TARGET:SERVER`; $unknown counts good answers of
# nobody known, $failed those that were missing or wrong.
declare -A fault_count=() fault_example=()
got=() sequence=() unknown=0 failed=0
holder=''

test_service() { # SERVICE
  local t speaks_http=''
  first_server=${server_starts[$1]} end_server=$((${server_starts[$1]} + ${server_counts[$1]}))
  got=() sequence=() unknown=0 failed=0
  for ((t = 0; t < ${#target_services[@]}; t++)); do
    ((target_services[t] == $1)) || continue
    case ${target_probes[t]} in
      http | https)
        warn_of_trust "$t"
        next_share
        [[ $speaks_http ]] || learn_marks "$1" "$t"
        speaks_http=1
        ask_target "$1" "$t"
        ;;
      tcp)
        next_share
        ask_target "$1" "$t"
        ;;
      udp)
        next_share
        ask_datagrams "$1" "$t"
        ;;
      none)
        next_share
        target_name "$t"
        point skipped "${service_names[$1]}" "requests to $name are answered" "${target_reasons[t]}"
        ;;
    esac
  done
  [[ -z $speaks_http ]] || report_distribution "$1"
}

ask_target() { # SERVICE TARGET
  local i=$1 t=$2 n name wanted=${service_requests[$1]} bad=0 late='' seconds fault problem who words url=''
  local vip=${target_vips[$2]} port=${target_ports[$2]} probe=${target_probes[$2]} patience=${service_timeouts[$1]}
  local -a url_options=()
  fault_count=() fault_example=()
  target_name "$t"
  [[ ${service_expects[i]} != 'shares '*' hold' || $probe == tcp ]] || start_holding
  [[ $probe == tcp ]] || url_of "$i" "$probe" "$vip" "$port"
  for ((n = 1; n <= wanted; n++)); do
    if ! time_left "$patience"; then
      late=1 n=$((n - 1))
      break
    fi
    if [[ $probe == tcp ]]; then
      connect "$vip" "$port" "$patience"
    else
      fetch "$url" "$patience"
      examine "$i"
    fi
    if [[ $fault ]]; then
      bad=$((bad + 1))
      fault_count[$fault]=$((${fault_count[$fault]:-0} + 1))
      [[ ${fault_example[$fault]:-} ]] || fault_example[$fault]=$problem
      # Nothing at all: every further request would only take its time.
      ((bad < 3 || bad < n)) || break
      continue
    fi
    [[ $probe == tcp ]] || count_answer "$i" "$t"
    [[ -z $holder ]] || hold "$vip" "$port" "$patience"
  done
  stop_holding
  ((n <= wanted)) || n=$wanted
  [[ $probe == tcp ]] || failed=$((failed + bad))
  words="requests to $name are answered"
  [[ $probe != tcp ]] || words="connections to $name are accepted"
  ! is_unverified "$t" || words+=' (certificate NOT verified)'
  if ((bad == 0)) && [[ -z $late ]]; then
    point ok "${service_names[i]}" "$wanted $words"
  else
    point failed "${service_names[i]}" "$wanted $words"
    if [[ $late ]]; then
      because "The $share_seconds s that were for it are over after $n of them: the other $((wanted - n)) were not sent. --deadline gives a run more time, --requests asks less."
    elif ((n < wanted)); then
      because "None of the first $n succeeded: the other $((wanted - n)) were not sent."
    fi
    explain_faults "$i" "$t" "$n"
  fi
  [[ $probe != tcp || -z ${target_reasons[t]} ]] || note "$name: ${target_reasons[t]}"
  [[ $probe != tcp ]] || note "$name: a connection alone does not tell which real server accepted it"
}

count_answer() { # SERVICE TARGET
  local who
  recognise
  if [[ -z $who && $mark_kind ]]; then
    learn_changed_pages "$1" "$2"
    recognise
  fi
  if [[ $who ]]; then
    got[who]=$((${got[who]:-0} + 1))
    sequence+=("$2:$who")
  else
    unknown=$((unknown + 1))
    sequence+=("$2:?")
  fi
}

ask_datagrams() { # SERVICE TARGET
  local name outcome n sent=6 seconds text=''
  local -A seen=([answered]=0 [refused]=0 [silence]=0)
  target_name "$2"
  ((${service_requests[$1]} >= sent)) || sent=${service_requests[$1]}
  for ((n = 0; n < sent; n++)); do
    time_left 5 || break
    datagram "${target_vips[$2]}" "${target_ports[$2]}"
    seen[$outcome]=$((${seen[$outcome]} + 1))
  done
  sent=$n
  text="$sent datagrams to $name are not refused"
  if ((seen[refused] > 0)); then
    point failed "${service_names[$1]}" "$text"
    because "${seen[refused]} of $sent were refused (ICMP port unreachable): nothing listens there on a real server, or the director has no such service."
    hint refused "$1"
  else
    point ok "${service_names[$1]}" "$text"
    note "$name: ${seen[answered]} of $sent were answered; silence says nothing about a UDP service, since what it understands is not known here"
  fi
}

# ---- connections held open, for schedulers that count them

# A process of its own opens them one by one and tells of each; with its end all are closed.
start_holding() {
  coproc HOLD { hold_connections; }
  holder=$HOLD_PID hold_out=${HOLD[0]} hold_in=${HOLD[1]}
}

hold_connections() {
  local vip port connection
  trap - ERR EXIT
  while read -r vip port; do
    if exec {connection}<>"/dev/tcp/$vip/$port"; then printf 'up %s\n' "$connection"; else printf 'down\n'; fi
  done 2>/dev/null
}

# Where one cannot be opened, or not in time, no more are: the requests go on without.
hold() { # VIP PORT SECONDS
  local reply=''
  printf '%s %s\n' "$1" "$2" 1>&"$hold_in" 2>/dev/null || :
  IFS= read -r -t "$3" reply <&"$hold_out" || :
  [[ $reply == up* ]] || stop_holding
}

stop_holding() {
  [[ $holder ]] || return 0
  kill "$holder" 2>/dev/null || :
  wait "$holder" 2>/dev/null || :
  exec {hold_in}>&-
  exec {hold_out}<&-
  holder=''
}
