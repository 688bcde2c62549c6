# ---- ports that something listens on, which verify proves

kind listener expected

listener_declare() { # PROTOCOL PORT
  describe listener "$1 $2" listening
}

listener_probe() { # `PROTOCOL PORT`
  local netid local_address _
  if [[ -z ${loaded[ports]:-} ]]; then
    loaded[ports]=1 listening=' '
    while read -r netid _ _ _ local_address _; do
      listening+="$netid:${local_address##*:} "
    done < <(ss -ltun 2>/dev/null || :)
  fi
  have=closed
  [[ $listening != *" ${1/ /:} "* ]] || have=listening
}
