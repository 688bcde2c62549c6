# ---- ports that something listens on, which verify proves

kind listener expected

listener_declare() { # PROTOCOL PORT, or FIRST-LAST where one of them is enough
  describe listener "$1 $2" listening
}

listener_probe() { # `PROTOCOL PORTS`
  local netid local_address _ protocol=${1% *} first last port
  local -a words
  if [[ -z ${loaded[ports]:-} ]]; then
    loaded[ports]=1 listening=' '
    while read -r netid _ _ _ local_address _; do
      listening+="$netid:${local_address##*:} "
    done < <(ss -ltun 2>/dev/null || :)
  fi
  have=closed first=${1#* } last=${1##*[ -]}
  if [[ $first != *-* ]]; then
    [[ $listening != *" $protocol:$first "* ]] || have=listening
    return 0
  fi
  first=${first%-*}
  split_words "$listening"
  for port in ${words[@]+"${words[@]}"}; do
    [[ $port == "$protocol":* ]] || continue
    port=${port#*:}
    ((port < first || port > last)) || have=listening
  done
}
