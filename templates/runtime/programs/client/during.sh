# ---- --during: ask all the while, for somebody pulls a plug, and tell the longest time without an answer ------------------

during_seconds=0 longest_allowed=5

# A request to each target five times a second, whether the one before has been answered or not; of targets, and of requests that
# wait at a time, no more than that.
asked_every=0.2 most_targets=8 most_waiting=40 longest_patience=10

during_command() {
  local t i
  local -a asked=()
  for i in ${selected[@]+"${selected[@]}"}; do
    for ((t = 0; t < ${#target_services[@]}; t++)); do
      ((target_services[t] == i)) && [[ ${target_probes[t]} == @(http|https|tcp) ]] && asked+=("$t")
    done
  done
  ((${#asked[@]})) || die 64 '--during asks by http, https and tcp, and no such service is selected'
  if ((${#asked[@]} > most_targets)); then
    warning "only the first $most_targets of ${#asked[@]} targets are asked: --service names others"
    asked=("${asked[@]:0:most_targets}") # never empty
  fi
  plan "${#asked[@]}"
  note "asking ${#asked[@]} target(s) for $during_seconds s, every $asked_every s: now is the time"
  for t in "${asked[@]}"; do # never empty
    ask_all_the_while "$t" &
  done
  wait
  for t in "${asked[@]}"; do judge_gap "$t"; done # never empty
  summary
  ((tally[failed] == 0)) || exit 1
}

now_ms() { # -> $now
  now=$(date +%s%3N)
}

ask_all_the_while() { # TARGET
  local n now end end_s=$((SECONDS + during_seconds)) patience=${service_timeouts[target_services[$1]]}
  ((patience <= longest_patience)) || patience=$longest_patience
  share_end=$((end_s + patience + 1))
  now_ms
  printf 'begun %s\n' "$now" >"$work/during.$1"
  for ((n = 0; SECONDS < end_s; n++)); do
    while (($(jobs -pr | wc -l) >= most_waiting)); do sleep 0.1; done
    ask_once "$1" "$n" "$patience" &
    sleep "$asked_every"
  done
  now_ms
  end=$now
  wait
  printf 'ended %s\n' "$end" >>"$work/during.$1"
}

# A line for each: when the answer was there, and what was wrong with it.
ask_once() { # TARGET NUMBER SECONDS
  local i=${target_services[$1]} fault='' problem='' now url='' place=$work/during.$1.$2 all=$work/during.$1
  local -a url_options=()
  if [[ ${target_probes[$1]} == tcp ]]; then
    connect "${target_vips[$1]}" "${target_ports[$1]}" "$3"
  else
    url_of "$i" "${target_probes[$1]}" "${target_vips[$1]}" "${target_ports[$1]}"
    # Several are under way at a time: each has its answer in a place of its own.
    mkdir -- "$place"
    local work=$place
    fetch "$url" "$3"
    examine "$i"
    rm -rf -- "$place"
  fi
  now_ms
  printf '%s %s %s\n' "${fault:-ok}" "$now" "${problem//$'\n'/ }" >>"$all"
}

judge_gap() { # TARGET
  local word time rest name words requests=0 failures=0 begun=0 ended=0 last=0 gap=0 longest=0 longest_at=0 served=0 example=''
  local result=ok service=${service_names[target_services[$1]]}
  target_name "$1"
  while read -r word time rest; do
    case $word in
      begun) begun=$time last=$time ;;
      ended) ended=$time ;;
      *) requests=$((requests + 1)) ;;
    esac
    case $word in
      begun | ended) continue ;;
      ok)
        served=1 gap=$((time - last)) last=$time
        ((gap <= longest)) || longest=$gap longest_at=$((time - gap - begun))
        ;;
      *)
        failures=$((failures + 1))
        [[ $example ]] || example="$word: $rest"
        ;;
    esac
  done < <(sort -n -k2,2 -s -- "$work/during.$1" || :)
  # From the last answer on nobody answers any more.
  gap=$((ended - last))
  ((gap <= longest)) || longest=$gap longest_at=$((last - begun))
  in_seconds "$longest"
  words="$name: longest gap $seconds_text s, $requests requests, $failures failed"
  ((served && longest <= longest_allowed * 1000)) || result=failed
  point "$result" "$service" "$words"
  event during service "$service" target "$name" requests "$requests" failed "$failures" longest_gap_ms "$longest" begins_ms "$longest_at"
  if ((longest > 1000)); then
    in_seconds "$longest_at"
    note "the longest gap began $seconds_text s after the start"
  fi
  [[ -z $example ]] || note "of those that failed the first: $example"
  [[ $result == failed ]] || return 0
  if ((!served)); then
    because 'There was no answer at all: bash client-test.sh without --during says why.'
  elif ((last + longest_allowed * 1000 < ended)); then
    because 'Nobody has answered since. On each director: bash director.sh verify'
  else
    because "No answer for longer than $longest_allowed s (--gap)."
  fi
}

in_seconds() { # MILLISECONDS -> $seconds_text
  printf -v seconds_text '%d.%02d' "$(($1 / 1000))" "$(($1 % 1000 / 10))"
}
