# ---- the weight that a real server is put back with, where keepalived will not say it again -------------------------------
#
# keepalived writes a weight when its mind changes. An entry that a hand took out, or gave another weight, is put right here: with its
# described weight where it answers, with 0 where it does not. One that keepalived does not know yet it takes for up itself.

# With $have and $state -> $state
with_answers() { # KEY
  local line server weight entries='' answering='' weighted exchanged serves
  local -a only_had=() only_wanted=()
  local -A live_line=() instead=()
  health_decides && [[ $have != absent && $state != absent ]] || return 0
  set_apart "$have" "$state"
  for line in ${only_had[@]+"${only_had[@]}"}; do
    server=${line#* -r } live_line[${server%% *}]=$line
  done
  for line in ${only_wanted[@]+"${only_wanted[@]}"}; do
    is_put_right "$1" "$line" && entries+="$1 $server"$'\n'
  done
  [[ $entries ]] || return 0
  ask_as_the_daemon "$entries"
  [[ $entries ]] || return 0
  for line in ${only_wanted[@]+"${only_wanted[@]}"}; do
    server=${line#* -r } server=${server%% *}
    if [[ $line == '-a '* && $'\n'$entries == *$'\n'"$1 $server"$'\n'* && $'\n'$answering != *$'\n'"$1 $server"$'\n'* ]]; then
      with_weight "$line" 0
      instead[$line]=$weighted
    fi
  done
  exchange_lines "$state"$'\n'
  state=${exchanged%$'\n'}
}

# Is it missing, or has a weight that neither keepalived nor the description gives? -> $server
is_put_right() { # KEY LINE, with ${live_line[@]}
  local weight live
  [[ $2 == '-a '* ]] || return 1
  server=${2#* -r } server=${server%% *} weight=${2#* -w } weight=${weight%%[!0-9]*}
  [[ $weight != 0 && -z ${is_sorry["$1 $server"]:-} ]] || return 1
  live=${live_line[$server]:-} live=${live#* -w } live=${live%%[!0-9]*}
  [[ $live != "$weight" ]]
}

# By the file that it runs by: -> $entries that are in it, and $answering of them
ask_as_the_daemon() { # ENTRIES
  local content='' watched_text entry tries known=''
  read_text "$root$watched_file" || return 0
  watched_text=$content
  unset 'loaded[check]'
  load_checks
  while IFS= read -r entry; do
    [[ -z $entry || -z ${check_of[$entry]:-} ]] || known+=$entry$'\n'
  done <<<"$1"
  entries=$known
  # One that misses a single question is not dead yet.
  for tries in 1 2 3; do
    [[ $entries ]] || break
    ask_together "$entries"
    [[ $answering != "$entries" && $tries != 3 ]] || break
    sleep 1
  done
  unset 'loaded[check]'
}

# After the last resource: what a reload has made of the table besides (up to 2.0 keepalived takes a service out and in again).
service_again() {
  local i have state text=''
  [[ -z $root ]] && health_decides || return 0
  unset 'loaded[service]'
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    [[ ${r_kind[i]} == service ]] || continue
    state=${r_state[i]}
    is_same service "${r_name[i]}" || service_together "$i" "$i" || return 1
  done
}
