# ---- what the start of a unit brought along ---------------------------------------------------------------------

kind pulled recorded common stale='unit firewall ports'

# What a start brings along (sockets, mounts, helpers) is written down before it, so that an undo stops that too.
journal_pulled() { # UNIT
  local line id='' active='' needs='' complete level=1
  local -a pulled_units=("$1") shown_units=() mounts=() sockets=() services=() words=()
  local -A seen=(["$1"]=1)
  while ((${#pulled_units[@]} && level++ < 6)); do
    shown_units=("${pulled_units[@]}") needs='' # never empty
    pulled_units=() complete=''
    while IFS= read -r line; do
      case $line in
        complete) complete=1 ;;
        Id=*) id=${line#*=} ;;
        ActiveState=*) active=${line#*=} ;;
        Requires=* | Wants=* | BindsTo=*) needs+=" ${line#*=}" ;;
        '')
          # What is active already was not brought along, nor what it needs.
          if [[ $active == inactive || $id == "$1" ]]; then
            split_words "$needs"
            for line in ${words[@]+"${words[@]}"}; do
              [[ $line == *.@(service|socket|mount|target) && -z ${seen[$line]:-} ]] || continue
              seen[$line]=1
              pulled_units+=("$line")
            done
            case $id in
              "$1" | *.target) ;;
              *.mount) mounts+=("$id") ;;
              *.socket) sockets+=("$id") ;;
              *) services+=("$id") ;;
            esac
          fi
          id='' active='' needs=''
          ;;
      esac
    done < <(systemctl show --property=Id,ActiveState,Requires,Wants,BindsTo -- "${shown_units[@]}" && printf '\ncomplete\n') # never empty
    [[ $complete ]] || cannot_read "what $1 brings along" 'systemctl show'
  done
  # An undo goes backwards: the services, what they listen on, then the mounts that they used.
  for id in ${mounts[@]+"${mounts[@]}"} ${sockets[@]+"${sockets[@]}"} ${services[@]+"${services[@]}"}; do
    [[ ${described["unit $id"]:-} ]] || journaled pulled "$id" || journal pulled "$id" inactive || return 1
  done
}

pulled_probe() { # UNIT
  load_units
  have=inactive
  [[ ${unit_of[$1]:-} != *' active' ]] || have=active
}

pulled_set() { # UNIT STATE
  [[ $2 != inactive ]] || try systemctl stop -- "$1"
}

pulled_facts() { # UNIT
  units+=("$1")
}
