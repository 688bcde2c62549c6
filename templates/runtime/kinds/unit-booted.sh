# ---- lvsgen's own unit, as a boot leaves it ------------------------------------------------------------------------

# Inactive, it hears nothing of what takes its work away: a reload of a firewall, a restart of what configures the network. Started, it
# does its steps once more: so it comes last, when all that they bring is here.
kind booted own again steps stale=all

booted_units=()
started_steps='' # text of the units that this run has started

booted_declare() { # UNIT
  units+=("$1")
  booted_units+=("$1")
  describe booted "$1" active
}

booted_probe() { # UNIT
  load_units
  # It may run on when its file is gone.
  case ${unit_of[$1]:-} in
    *' active' | *' reloading' | *' activating') have=active ;;
    *) have=inactive ;;
  esac
}

booted_set() { # UNIT STATE
  local index=${described["file /etc/systemd/system/$1"]:-}
  if [[ $2 != active ]]; then
    run timeout 180 systemctl stop -- "$1"
    return
  fi
  reload_systemd || return 1
  # What a firewall's start has set off waits for the end of this run, to do the same.
  try timeout 180 systemctl stop -- "${1%.service}-again.service"
  # The network that it waits for at boot is up, or is not to be brought up for its sake.
  run timeout 180 systemctl restart --job-mode=ignore-requirements -- "$1" ||
    { failure+=$'\n'"See: systemctl status $1; journalctl -u $1 -b" && return 1; }
  [[ -z $state || -z $index ]] || started_steps+=${r_text[index]}
}

# What a start or stop that is undone has taken away again, a rollback brings by the steps.
booted_undone() { # UNIT RECORD
  booted_probe "$1"
  [[ $have == "$2" && ($2 != active || $command != rollback) ]]
}

booted_differs() {
  printf 'is %s: what a reload of a firewall or a restart of the network takes away would not come again; apply starts it' "$have"
}

booted_facts() { # UNIT
  units+=("$1")
}

# A firewall takes its rules away when it stops: inactive, it does its steps once more in the end.
stop_booted_with() { # UNIT
  local unit have
  [[ " ${firewall_units[*]} " == *" $1 "* ]] || return 0 # never empty
  loaded[unit]=''
  for unit in ${booted_units[@]+"${booted_units[@]}"}; do
    booted_probe "$unit"
    [[ $have != active ]] || run timeout 180 systemctl stop -- "$unit" || return 1
  done
}

# A unit that starts or stops may take it along, or its work, now or when that is undone: it is PartOf= what may do so.
journal_booted() {
  local unit have
  for unit in ${booted_units[@]+"${booted_units[@]}"}; do
    booted_probe "$unit"
    [[ $have != active ]] || journaled booted "$unit" || journal booted "$unit" active || return 1
  done
}
