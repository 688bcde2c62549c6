# ---- a unit on and off: what systemd calls it besides enabled and disabled ------------------------------------------------
#
# A unit file elsewhere is linked where systemd looks, or not found (systemctl link; systemd.unit(5)); `systemctl disable` takes that link
# away too. So a record has `linked:FILE`, or `enabled:FILE`, where there was such a link.

# To a file of the same name outside of it: that of another name is an alias.
find_link() { # UNIT -> $linked_file
  local file=/etc/systemd/system/$1
  linked_file=''
  [[ -L $file ]] || return 0
  linked_file=$(readlink -- "$file") || linked_file=''
  [[ $linked_file == /*/"$1" && $linked_file != @(/etc|/run|/lib|/usr/lib|/usr/local/lib)/systemd/system/* ]] || linked_file=''
}

# What goes on, comes off the link's way back; what goes off, loses it.
add_link() { # UNIT, with $have and $state -> $record
  local linked_file escaped
  [[ $have == @(enabled|disabled)' '* ]] || return 0
  find_link "$1"
  [[ $linked_file ]] || return 0
  escape "$linked_file"
  record=:${escaped// /\\040}" ${record#* }"
  if [[ $have == enabled* ]]; then record=enabled$record; else record=linked$record; fi
}

split_unit_record() { # STATE or RECORD -> $enabled $linked_file $active $beside
  local unescaped
  read -r enabled active beside <<<"$1"
  linked_file=''
  [[ $enabled == *:* ]] || return 0
  unescape "${enabled#*:}"
  linked_file=$unescaped enabled=${enabled%%:*}
}

is_linked() { # UNIT
  local unit load file active sub
  read_unit "$1"
  [[ $file == linked ]]
}

turn_on() { # UNIT FILE-that-it-was-linked-to
  local unit load file active sub have
  read_unit "$1"
  [[ $file != static ]] || { not_reached "it has no [Install] section" "$1" && return 1; } || return 1
  if [[ $load == not-found && $2 ]]; then
    run systemctl enable -- "$2"
    return
  fi
  run systemctl enable -- "$1" || return 1
  # It has others in its place, a socket say: is one of them of use?
  [[ $file == indirect ]] || return 0
  unset 'loaded[unit]'
  unit_probe "$1"
  [[ $have == enabled* ]] || not_reached 'its [Install] section names only others' "$1"
}

not_reached() { # WHY UNIT
  failure="no boot starts it: $1, and nothing that a boot starts wants it"
  failure+=$'\n'"Let the boot start it: systemctl add-wants multi-user.target $2; then run this again. Or see who is meant to: systemctl cat $2"
  return 1
}

turn_off() { # UNIT
  local unit load file active sub
  read_unit "$1"
  if [[ $file == static ]]; then
    # An undo goes on: nothing of that is lvsgen's.
    [[ $command == apply ]] || { log "$1: it has no [Install] section, and is left to who wants it:${unit_pullers[$unit]:-}" && return 0; }
    failure="a boot starts it, though nobody enabled it: units want it that a boot starts:${unit_pullers[$unit]:-}"
    failure+=$'\n'"Turn those off, or keep it off: systemctl mask $1; then run this again."
    return 1
  fi
  run systemctl disable -- "$1"
}

turn_off_linked() { # UNIT FILE
  local unit load file active sub
  read_unit "$1"
  [[ $file != linked ]] || return 0
  [[ $load == not-found ]] || run systemctl disable -- "$1" || return 1
  if [[ ! -f $2 ]]; then
    log "$1: it was linked to $2, which is there no longer"
    return 0
  fi
  run systemctl link -- "$2"
}

# A unit may start, end, and be started again by systemd without end: that is no service. And it may wait for what does not come, as for a
# share whose server is silent: whoever puts things back has more to do.
start_unit() { # UNIT
  run timeout 180 systemctl start -- "$1" || { not_started "$1" && return 1; }
  ! ends_again "$1" || { crash_loops "$1" && return 1; }
}

# What a limit of time has ended is the waiting alone, and not the start.
not_started() { # UNIT, with $failure of `run`
  if [[ ${failure%%$'\n'*} == *' (exit code 124)' ]]; then
    failure='it has not started within 180 s, and systemd goes on with it'
    failure+=$'\n'"See what it waits for: systemctl list-jobs; systemctl status $1. Once it is active, run this again."
  else
    failure+=$'\n'"See: journalctl -u $1 -b"
  fi
}

crash_loops() { # UNIT
  failure="it starts and ends again: journalctl -u $1 -b"$'\n'"Find out there why; then run this again."
}

# Those of which systemd knows only that they were begun: a second tells, whether it begins them again or not.
ends_again() { # UNIT
  local line type='' sub='' active='' since='' first='' tries=0
  while ((tries++ < 6)); do
    while IFS= read -r line; do
      case $line in
        Type=*) type=${line#*=} ;;
        ActiveState=*) active=${line#*=} ;;
        SubState=*) sub=${line#*=} ;;
        ExecMainStartTimestampMonotonic=*) since=${line#*=} ;;
      esac
    done < <(systemctl show --property=Type,ActiveState,SubState,ExecMainStartTimestampMonotonic -- "$1" 2>/dev/null || :)
    [[ $sub != auto-restart* ]] || return 0
    [[ $type == @(simple|exec|idle) ]] || return 1
    first=${first:-$since}
    # One that has ended well, systemd calls inactive, as the probe after this will.
    [[ $active == @(active|activating) && $since == "$first" ]] || return 0
    sleep 0.2
  done
  return 1
}

unit_differs() { # with $name, $have and $state
  local unit load file active sub
  printf 'is %s, described: %s' "$have" "$state"
  [[ $have != absent ]] || return 0
  read_unit "$name"
  [[ $have != *' restarting' ]] || printf '; it starts and ends again: journalctl -u %s -b' "$name"
  [[ $state != enabled* || $have != disabled* || $file != @(linked|*-runtime|static|indirect) ]] || printf '; it is %s: no boot starts it' "$file"
}
