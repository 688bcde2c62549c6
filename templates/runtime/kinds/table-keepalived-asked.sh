# ---- a check that would take out all: asked before it is in force --------------------------------------------------------
#
# Every real server that fails its check is taken out, and a check that is wrong fails them all. Where clients are served now, and real
# servers take connections while none answers the described check, it is the check: the apply stops before anything is changed.

most_sampled=8 # of each service

# With $text; sets $obstacle.
find_fatal_checks() {
  local watched_text=$text key samples='' answering='' connecting='' one
  local -A asked_of=() former=()
  read_former_checks
  unset 'loaded[check]'
  load_checks
  load_services
  list_samples
  if [[ $samples ]]; then
    ask_together "$samples"
    for key in "${!asked_of[@]}"; do # never empty
      while IFS= read -r one; do
        [[ ! $one || $'\n'$answering != *$'\n'"$one"$'\n'* ]] || asked_of[$key]=''
      done <<<"${asked_of[$key]}"
      [[ ${asked_of[$key]} ]] || continue
      connect_together "${asked_of[$key]}"
      [[ -z $connecting || $obstacle ]] || say_fatal "$key"
    done
  fi
  unset 'loaded[check]'
}

# -> $former: what is asked now, by the file that is there
read_former_checks() {
  local content='' watched_text entry
  health_decides && read_text "$root$watched_file" || return 0
  watched_text=$content
  unset 'loaded[check]'
  load_checks
  for entry in ${checked[@]+"${checked[@]}"}; do former[$entry]="${check_of[$entry]} ${text_of_check[$entry]:-}"; done
}

# Of services that serve clients now and get another check. -> $samples, ${asked_of[@]} by service
list_samples() {
  local entry key count
  local -A count_of=()
  for entry in ${checked[@]+"${checked[@]}"}; do
    key=${entry% *}
    [[ ${service_of[$key]:-} == *' -w '[1-9]* && ${former[$entry]:-} != "${check_of[$entry]} ${text_of_check[$entry]:-}" ]] || continue
    # What cannot be asked from here may be right.
    [[ ${check_of[$entry]} == @(TCP_CHECK|HTTP_GET)' '* || (${check_of[$entry]} == 'SSL_GET '* && -x $(type -P curl)) ]] || continue
    live_weight "$key" "${entry##* }"
    [[ ${live:-0} != 0 ]] || continue
    count=$((${count_of[$key]:-0} + 1))
    count_of[$key]=$count
    ((count <= most_sampled)) || continue
    samples+=$entry$'\n' asked_of[$key]+=$entry$'\n'
  done
}

# Who takes a connection where clients go. -> $connecting
connect_together() { # ENTRIES
  local entry port answering=''
  local -A check_of_then=()
  while IFS= read -r entry; do
    [[ $entry ]] || continue
    port=${entry##*:} check_of_then[$entry]=${check_of[$entry]}
    # Behind a mark an entry has no port: that of the check.
    [[ $port != 0 ]] || { read -r _ port _ <<<"${check_of[$entry]}"; }
    check_of[$entry]="TCP_CHECK $port 2 1 - - -"
  done <<<"$1"
  ask_together "$1"
  connecting=$answering
  for entry in ${check_of_then[@]+"${!check_of_then[@]}"}; do check_of[$entry]=${check_of_then[$entry]}; done
}

say_fatal() { # KEY, with $connecting
  local entry type port status host path
  entry=${connecting%%$'\n'*}
  read -r type port _ _ status host path <<<"${check_of[$entry]}"
  obstacle="no real server of $1 answers its described check, though ${entry##* } takes connections: all would be out, and clients refused"
  if [[ $path == - ]]; then
    obstacle+=$'\n'"The check connects to port $port. Is that the right one? Mend \"check\" in the description, or the real servers."
  else
    [[ $host != - ]] || host=${entry##* }
    obstacle+=$'\n'"It asks port $port for $path of $host and wants $status${text_of_check[$entry]:+ with a text}. Ask it by hand from here; mend \"check\" in the description, or the real servers."
  fi
}
