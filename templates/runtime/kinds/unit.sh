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
  local load file active link
  load_units
  read -r load file active <<<"${unit_of[$1]:-${unit_of[${1%.service}.service]:-not-found none inactive}}"
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
    enabled | enabled-runtime | linked | linked-runtime | static | indirect | alias) file=enabled ;;
    masked | masked-runtime) file=masked ;;
    *) file=disabled ;;
  esac
  case $active in
    active | reloading | activating) active=active ;;
    *) active=inactive ;;
  esac
  have="$file $active"
}

# Only another name of a unit that is described itself (iptables.service of netfilter-persistent): it is turned on and off by its own.
is_other_name() { # NAME
  local id=${unit_id[$1]:-$1}
  [[ $id != "$1" && ${described["unit $id"]:-} ]]
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
  record=$have
  # (Where it is described no longer, nothing says to what it goes.)
  [[ $state && (${state#* } == - || ${state#* } == "${have#* }") ]] || journal_booted || return 1
  [[ ${state#* } != active || $have != *' inactive' ]] || journal_pulled "$1" || return 1
  case ${state% *}:$have in
    enabled:disabled* | disabled:enabled*)
      local -a beside
      units_beside "$1" "${state% *}"
      record+=${beside[*]+" ${beside[*]}"}
      ;;
  esac
}

no_such_unit() {
  failure='there is no such unit; which package brings it?'
  return 1
}

unit_set() { # NAME STATE, in a record with the units beside it
  local enabled active beside is=${have#* } turned_off='' read_again=''
  local -a words
  read -r enabled active beside <<<"$2"
  [[ $2 != absent ]] || return 0
  reload_systemd || return 1
  if [[ $have == absent ]]; then
    [[ $enabled != enabled && $active != active ]] || no_such_unit
    return
  fi
  if [[ ${have% *} == masked && $enabled == enabled ]]; then
    failure="it is masked: someone keeps it off on purpose. If that is over: systemctl unmask $1"
    return 1
  fi
  case $enabled in
    enabled) [[ ${have% *} == enabled ]] || { run systemctl enable -- "$1" && read_again=1; } || return 1 ;;
    disabled) [[ ${have% *} != enabled ]] || { run systemctl disable -- "$1" && turned_off=1; } || return 1 ;;
    masked) [[ ${have% *} == masked ]] || run systemctl mask -- "$1" || return 1 ;;
  esac
  split_words "$beside"
  turn_beside "$enabled" ${words[@]+"${words[@]}"} || return 1
  # A unit gets its other names when it is enabled (netfilter-persistent is iptables.service too). Where another unit named one of them
  # before, as firewalld's does, systemd has that as one that is not there, and takes its state for that of both.
  if [[ $read_again && $is == active ]] && ! systemctl -q is-active -- "$1"; then is=inactive; fi
  case $active in
    active)
      [[ $is == active ]] || run systemctl start -- "$1" ||
        { failure+=$'\n'"See: journalctl -u $1 -b" && return 1; }
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
      run timeout 180 systemctl stop -- "$1" ||
        { failure="it did not stop: $failure"$'\n'"See: systemctl status $1; journalctl -u $1 -b" && return 1; }
      stop_booted_with "$1"
      ;;
  esac
}

unit_undone() { # NAME RECORD
  local enabled active beside other
  local -a words
  unit_probe "$1"
  read -r enabled active beside <<<"$2"
  [[ $have == "$enabled${active:+ $active}" ]] || return 1
  split_words "$beside"
  for other in ${words[@]+"${words[@]}"}; do
    ! is_turned "$other" "$enabled" || return 1
  done
}

unit_facts() { # NAME
  units+=("$1")
}
