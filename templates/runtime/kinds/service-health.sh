# ---- who is out of the table by a health check, and should not be: what verify proves of a service ------------------------
#
# keepalived writes a weight when its own mind changes, and never looks at the table. A real server that answers comes back with the next
# check; one that answers and does not come back is at 0 for another reason: a hand, or a keepalived that was killed.

stuck=$'\n' # "SERVICE SERVER" of those, a line each

service_prove() { # KEY, with $state
  local line server weight sorry='' down=0 up=0 names=''
  health_decides || return 0
  load_checks
  find_stuck
  while IFS= read -r line; do
    [[ $line == '-a '* ]] || continue
    server=${line#* -r } server=${server%% *}
    weight=${line#* -w } weight=${weight%% *}
    live_weight "$1" "$server"
    if [[ ${is_sorry["$1 $server"]:-} ]]; then
      [[ ${live:-0} == 0 ]] || sorry=$server
    elif [[ $weight == 0 ]]; then
      continue
    elif [[ ${live:-0} == 0 ]]; then
      down=$((down + 1))
      [[ $stuck != *$'\n'"$1 $server"$'\n'* ]] || names+=${names:+, }$server
    else
      up=$((up + 1))
    fi
  done <<<"$state"
  if [[ $names ]]; then
    failure="$names gets no clients, and answers its check: keepalived takes it for dead, or a hand wrote the 0"
    failure+=$'\n'"Its next start makes the table anew, and the connections stay: systemctl restart keepalived.service"
    [[ ${#peers[@]} == 0 ]] || failure+=$'\n'"(Where this director has the virtual addresses, another one takes over and keeps them.)"
    return 1
  fi
  ((down > 0 && up == 0)) && [[ -z $sorry ]] || return 0
  failure="no real server answers, and no sorry server stands in: clients are refused"
  failure+=$'\n'"Do they run? bash realserver.sh verify on each. Is the check right? What it asks: bash $script show $watched_file"
  return 1
}

# All suspects of all services at once: each is asked until the time is over in which keepalived would have let it in again.
find_stuck() {
  local entry seconds longest=0 end suspects answering
  [[ -z ${loaded[stuck]:-} ]] || return 0
  loaded[stuck]=1
  list_suspects
  [[ $suspects ]] || return 0
  ask_together "$suspects"
  suspects=$answering
  while IFS= read -r entry; do
    [[ $entry ]] || continue
    check_seconds "$entry"
    ((seconds <= longest)) || longest=$seconds
  done <<<"$suspects"
  end=$((SECONDS + longest))
  while [[ $suspects ]] && ((SECONDS < end)); do
    sleep 1
    unset 'loaded[service]'
    still_out
    ask_together "$suspects"
    suspects=$answering
  done
  unset 'loaded[service]'
  still_out
  stuck+=$suspects
}

# An interval until it is asked, the time of the answer, and a second of grace.
check_seconds() { # "SERVICE SERVER" -> $seconds
  local timeout interval
  read -r _ _ timeout interval _ <<<"${check_of[$1]}"
  seconds=$((${timeout%.*} + ${interval%.*} + 2))
}

# Described with a weight, and at 0 or gone. -> $suspects, a line each
list_suspects() {
  local i entry key server weight rest
  local -A described_weight=()
  suspects=''
  load_services
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    [[ ${r_kind[i]} == service ]] || continue
    while IFS= read -r rest; do
      [[ $rest == '-a '* ]] || continue
      server=${rest#* -r } server=${server%% *}
      weight=${rest#* -w } described_weight["${r_name[i]} $server"]=${weight%% *}
    done <<<"${r_state[i]}"
  done
  for entry in ${checked[@]+"${checked[@]}"}; do
    [[ ${described_weight[$entry]:-0} != 0 ]] || continue
    key=${entry% *}
    live_weight "$key" "${entry##* }"
    [[ ${service_of[$key]:-} && ${live:-0} == 0 ]] && suspects+=$entry$'\n'
  done
  return 0
}

still_out() { # with $suspects -> $suspects
  local entry rest=''
  load_services
  while IFS= read -r entry; do
    [[ $entry ]] || continue
    live_weight "${entry% *}" "${entry##* }"
    [[ ${live:-0} != 0 ]] || rest+=$entry$'\n'
  done <<<"$suspects"
  suspects=$rest
}
