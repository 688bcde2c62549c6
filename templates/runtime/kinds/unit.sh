# ---- systemd units ---------------------------------------------------------------------------------

# keepalived has addresses while it runs, and so may others.
kind unit stale='unit firewall ports address'

units=()

# ENABLED and ACTIVE: `enabled active`, `disabled inactive`, - for what is left alone.
unit_declare() { # NAME ENABLED ACTIVE
  units+=("$1")
  describe unit "$1" "$2 $3"
}

unit_probe() { # NAME
  local unit load file active sub link
  read_unit "$1"
  if [[ $load == not-found ]]; then
    have=absent
    return 0
  fi
  case $file in
    generated) # a SysV init script: enabled where a run level starts it
      file=disabled
      for link in /etc/rc[2345].d/S[0-9][0-9]"${1%.service}"; do
        [[ ! -e $link ]] || file=enabled
      done
      ;;
    enabled | alias) file=enabled ;;
    # What has no [Install] of its own, or names only others there, is on where something that a boot starts brings it along.
    static | indirect) if boot_reaches "$unit"; then file=enabled; else file=disabled; fi ;;
    masked | masked-runtime) file=masked ;;
    # So is what is linked: systemd finds its file, and no boot starts it. What is on until the next boot (*-runtime) is off by then.
    *) file=disabled ;;
  esac
  case $active:$sub in
    activating:auto-restart*) active=restarting ;; # it has ended, and waits for its next try
    active:* | reloading:* | activating:*) active=active ;;
    *) active=inactive ;;
  esac
  have="$file $active"
}

# Only another name of a unit that is described itself (iptables.service of netfilter-persistent): it is turned on and off by its own.
is_other_name() { # NAME
  local id=${unit_id[$1]:-$1}
  [[ $id != "$1" && ${described["unit $id"]:-} ]]
}

read_unit() { # NAME -> $unit $load $file $active $sub
  load_units
  unit=$1
  [[ ${unit_of[$unit]:-} ]] || unit=${1%.service}.service
  read -r load file active <<<"${unit_of[$unit]:-not-found none inactive}"
  sub=${unit_sub[$unit]:-}
}

unit_same() { # NAME
  local enabled=${state% *} active=${state#* }
  ! is_other_name "$1" || return 0
  if [[ $have == absent ]]; then
    [[ $enabled != enabled && $active != active ]]
    return
  fi
  [[ $enabled == - || ${have% *} == "$enabled" || ($enabled == disabled && ${have% *} == masked) ]] &&
    [[ $active == - || ${have#* } == "$active" ]]
}

unit_record() { # NAME
  # What it is before lvsgen changes it, is known when it is there.
  [[ $have != absent || ! $state =~ ^enabled|\ active$ ]] || no_such_unit || return 1
  record=${have/%restarting/active} # it was meant to be
  add_link "$1"
  # (Where it is described no longer, nothing says to what it goes.)
  if [[ ! $state || ${state#* } != @(-|"${have#* }") ]] || loads_anew "$1"; then
    journal_booted || return 1
  fi
  [[ ${state#* } != active || $have != *' inactive' ]] || journal_pulled "$1" || return 1
  case ${state% *}:$have in
    enabled:disabled* | disabled:enabled*)
      local -a beside
      units_beside "$1" "${state% *}"
      record+=${beside[*]+" ${beside[*]}"}
      ;;
  esac
}

# A firewall that is enabled again may have to be started again for it (unit_set).
loads_anew() { # UNIT, with $have and $state
  [[ " ${firewall_units[*]} " == *" $1 "* && ${state% *} != "${have% *}" ]] # never empty
}

no_such_unit() {
  failure='there is no such unit; which package brings it?'
  return 1
}

unit_set() { # NAME STATE, in a record with the units beside it
  local enabled active beside is=${have#* } turned_off='' read_again='' linked_file
  local -a words
  split_unit_record "$2"
  [[ $2 != absent ]] || return 0
  reload_systemd || return 1
  if [[ $have == absent && -z $linked_file ]]; then
    [[ $enabled != enabled && $active != active ]] || no_such_unit
    return
  fi
  [[ $have != absent ]] || is=inactive
  if [[ ${have% *} == masked && $enabled == enabled ]]; then
    failure="it is masked: someone keeps it off on purpose. If that is over: systemctl unmask $1"
    return 1
  fi
  case $enabled in
    enabled)
      if [[ ${have% *} != enabled ]] || run_levels_back "$1" enabled; then
        turn_on "$1" "$linked_file" || return 1
        read_again=1
      fi
      ;;
    linked) turn_off_linked "$1" "$linked_file" && turned_off=1 || return 1 ;;
    disabled)
      if [[ ${have% *} == enabled ]] || run_levels_back "$1" disabled; then
        turn_off "$1" || return 1
        turned_off=1
      fi
      ;;
    masked) [[ ${have% *} == masked ]] || run systemctl mask -- "$1" || return 1 ;;
  esac
  split_words "$beside"
  # What was linked was off.
  turn_beside "${enabled/linked/disabled}" ${words[@]+"${words[@]}"} || return 1
  # A unit gets its other names when it is enabled (netfilter-persistent is iptables.service too). Where another unit named one of them
  # before, as firewalld's does, systemd has that as one that is not there, and takes its state for that of both.
  if [[ $read_again && $is == active ]] && ! systemctl -q is-active -- "$1"; then is=inactive; fi
  case $active in
    active)
      [[ $is == active ]] || start_or_stop "$1" start_unit "$1" || return 1
      ;;
    inactive)
      if [[ $is == inactive ]]; then return 0; fi
      # A name server may be what this host serves.
      if is_vital "$1" && [[ $1 != @(named|unbound|dnsmasq)* ]]; then
        goes_on="it goes on${turned_off:+ until the next boot}: this host's network, names, time or logs need it"
        log "$1: $goes_on"
        return 0
      fi
      # It may wait for a server that does not answer any more.
      start_or_stop "$1" run timeout 180 systemctl stop -- "$1" ||
        { failure="it did not stop: $failure"$'\n'"See: systemctl status $1; journalctl -u $1 -b" && return 1; }
      stop_booted_with "$1"
      ;;
  esac
}

unit_undone() { # NAME RECORD
  local enabled active beside other linked_file
  local -a words
  unit_probe "$1"
  split_unit_record "$2"
  if [[ $enabled == linked ]]; then
    is_linked "$1" || return 1
    enabled=disabled
  fi
  [[ ${have/%restarting/active} == "$enabled${active:+ $active}" ]] || return 1
  ! run_levels_lag "$1" "$enabled" || return 1
  split_words "$beside"
  for other in ${words[@]+"${words[@]}"}; do
    ! is_turned "$other" "$enabled" || return 1
  done
}

unit_facts() { # NAME
  units+=("$1")
}
