# ---- what the start of a unit brought along ---------------------------------------------------------------------

kind pulled recorded common stale='unit firewall ports'

# What carries the host's network, names, time, logs and sessions: no undo stops it, whoever started it.
is_vital() { # UNIT
  case $1 in
    network.service | networking.service | network-online.target | network.target | network-pre.target) ;;
    NetworkManager*.service | systemd-networkd* | systemd-resolved* | wpa_supplicant* | ifup@* | ifupdown* | netplan-* | wicked*) ;;
    dhclient* | dhcpcd* | dnsmasq* | unbound* | named* | nscd* | sssd*) ;;
    chrony* | ntp* | systemd-time* | openntpd*) ;;
    rsyslog* | syslog* | systemd-journald* | auditd* | dbus* | systemd-logind* | systemd-udevd* | ssh.* | sshd* | ssh@*) ;;
    *) return 1 ;;
  esac
}

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
            if is_vital "$id"; then id='' active='' needs=''; fi
            case $id in
              '' | "$1" | *.target) ;;
              *.mount) mounts+=("$id") ;;
              *.socket) sockets+=("$id") ;;
              *) services+=("$id") ;;
            esac
          fi
          id='' active='' needs=''
          ;;
      esac
    done < <(systemctl show --property=Id,ActiveState,Requires,Wants,BindsTo -- "${shown_units[@]}" && printf '\ncomplete\n' 2>/dev/null) # never empty
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
  # An older journal may have it.
  ! is_vital "$1" || return 0
  [[ ${unit_of[$1]:-} != *' active' ]] || have=active
}

pulled_set() { # UNIT STATE
  local needed_by
  [[ $2 == inactive ]] || return 0
  find_dependents "$1"
  if [[ $needed_by ]]; then
    goes_on="it goes on: $needed_by needs it"
    log "$1: $goes_on"
  else
    run timeout 120 systemctl stop -- "$1" || goes_on="it goes on: $failure"
    failure=''
  fi
}

# Is it to be stopped by this undo as well?
stops_too() { # UNIT
  local i
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_name[i]} == "$1" && ${u_kind[i]} == @(pulled|unit) && ${u_record[i]} != *' active'?(' '*) ]] || continue
    return 0
  done
  return 1
}

# What runs and needs the unit, though lvsgen did not start it. -> $needed_by
find_dependents() { # UNIT
  local line asking='' i=0
  local -a words=()
  needed_by=''
  while IFS= read -r line; do
    asking+=" ${line#*=}"
  done < <(systemctl show --property=RequiredBy,BoundBy,WantedBy,RequisiteOf -- "$1" 2>/dev/null || :)
  split_words "$asking"
  line=''
  for needed_by in ${words[@]+"${words[@]}"}; do
    [[ $needed_by == *.target || ${described["unit $needed_by"]:-} ]] || stops_too "$needed_by" || line+=" $needed_by"
  done
  needed_by=''
  split_words "$line"
  ((${#words[@]})) || return 0
  while IFS= read -r line; do
    [[ $line != active && $line != activating ]] || needed_by=${words[i]}
    i=$((i + 1))
  done < <(systemctl is-active -- "${words[@]}" 2>/dev/null || :) # never empty
}

pulled_facts() { # UNIT
  units+=("$1")
}
