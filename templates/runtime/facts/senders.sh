# ---- who sent an advertisement that keepalived did not take as it was, by the journal ---------------------------------------

heard_from=' '

load_senders() { # SINCE, as journalctl has it
  local said
  [[ -z ${loaded[sender]:-} ]] || return 0
  loaded[sender]=1
  while IFS= read -r said; do
    [[ $said =~ (advert\ from|unicast\ source\ address)\ ([0-9A-Fa-f.:]+) ]] || continue
    note_sender "${BASH_REMATCH[2]%:}"
  done < <(timeout 20 journalctl -u keepalived.service -b -o cat --no-pager -q --since="$1" 2>/dev/null || :)
}

note_sender() { # ADDRESS
  [[ $heard_from == *" $1 "* ]] || heard_from+="$1 "
}
