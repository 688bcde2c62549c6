# ---- NFS: mounts ---------------------------------------------------------------------------------------

kind mount carrier boot look lasts=/etc/fstab stale='stat mount unit'

# A mount's state is `TYPE SOURCE`; the block in fstab makes it last. In a record it is `TYPE:OPTIONS SOURCE` where it is a share, else as
# mount-back.sh has it.
mount_declare() { # TARGET TYPE SOURCE OPTIONS
  describe mount "$1" "$2 $3" "$4"
  mount_facts "$1"
}

mount_probe() { # TARGET
  load_mounts
  [[ ${mount_of[$1]:-} ]] || mount_by_other_name "$1"
  if [[ ${mount_of[$1]:-} == autofs* ]]; then
    # It is mounted as soon as somebody looks there.
    { timeout -s KILL 20 stat -t -- "$1/."; } >/dev/null 2>&1 || :
    unset 'loaded[mount]'
    load_mounts
  fi
  have=${mount_of[$1]:-absent}
}

# The kernel knows a mount point by its path without links.
mount_by_other_name() { # TARGET
  local real shared in_the_way failure
  walk "$1" last && [[ ${mount_of[$real]:-} ]] || return 0
  mount_of[$1]=${mount_of[$real]} mount_options_of[$1]=${mount_options_of[$real]} mount_root_of[$1]=${mount_root_of[$real]}
}

# A hard mount whose server is away keeps whoever looks below it waiting for ever.
mount_guard() { # TARGET
  load_mounts
  [[ ${mount_of[$1]:-} == nfs* ]] || return 0
  # The group takes what this shell says of a command that ends by SIGKILL.
  { timeout -s KILL 20 stat -t -- "$1"; } >/dev/null 2>&1 && return 0
  if is_watchdog; then
    take_off_silent "$1"
    return
  fi
  report failed mount "$1" "${mount_of[$1]#* } does not answer"
  die 1 "the NFS server of $1 does not answer, and what lies below it cannot be looked at" \
    "Bring the server back; or take the mount off (umount -f -l $1) and run this again"
}

# What was asked for as nfs is mounted as nfs4.
mount_same() { # TARGET, with the options in $text
  [[ $have != absent && ${have#* } == "${state#* }" ]] && has_options "$1" "$text"
}

# Whatever its options are: what lies below it lies there.
mount_there() { # TARGET, with $state
  mount_probe "$1"
  [[ $have != absent && ${have#* } == "${state#* }" ]]
}

mount_differs() { # with $have and $state
  local differing
  if [[ $have == absent && ${hidden_by[$name]:-} ]]; then
    printf 'is mounted, and out of sight: hidden by a mount on a directory above it, %s' "${hidden_by[$name]}"
  elif [[ $have == absent || ${have#* } != "${state#* }" ]]; then
    printf 'is %s, described: %s' "$have" "$state"
  else
    differing_options "${mount_options_of[$name]:-}" "$text"
    printf 'is mounted otherwise than described:%s' "$differing"
  fi
}

mount_record() { # TARGET
  record=$have
  if [[ $have == activating ]]; then
    record=absent
  elif [[ $have != absent ]] && is_share "$have"; then
    record="${have%% *}:${mount_options_of[$1]:-defaults} ${have#* }"
  elif [[ $have != absent ]]; then
    record_by_line "$1"
  fi
}

# mount(8) takes a name: what others put in its place meanwhile would be covered.
may_mount() { # TARGET
  is_settled "$1" 'a share mounted there could be mounted anywhere'
}

mount_set() { # TARGET STATE, with the options in $text
  local type=${2%% *} mount_options=$text was=$have stopped=''
  load_mounts
  if [[ -z ${mount_of[$1]:-} && ${hidden_by[$1]:-} ]]; then
    failure="it is mounted, and out of sight: hidden by a mount on a directory above it, ${hidden_by[$1]}"
    failure+=$'\n'"Take that off first, or mount it elsewhere."
    return 1
  fi
  if [[ $have == activating ]] || { [[ $have == absent ]] && is_being_mounted "$1"; }; then
    end_attempt "$1" "$2" || return 1
    was=$have
  fi
  if is_way_back "$2"; then
    mount_back "$1" "$2"
    return
  fi
  if [[ $type == *:* ]]; then mount_options=${type#*:} type=${type%%:*}; fi
  reload_systemd || return 1
  if [[ $have != absent && ${have#* } == "${2#* }" ]]; then
    ! has_options "$1" "$mount_options" || return 0
    mount_otherwise "$1" "$mount_options" || return 1
    ! has_options "$1" "$mount_options" || return 0
  elif [[ $have != absent ]]; then
    [[ $2 != absent ]] || stop_automount "$1" || return 1
    [[ $have == absent ]] || unmount "$1" lazily || return 1
    # One of old may have mounted it again on top of itself.
    while [[ $2 == absent ]]; do
      unset 'loaded[mount]'
      mount_probe "$1"
      [[ $have == "$was" ]] || break
      unmount "$1" lazily || return 1
    done
  fi
  [[ $2 != absent ]] || return 0
  may_mount "$1" || return 1
  ! mount_now "$type" "$mount_options" "${2#* }" "$1" || return 0
  ask_for_server
  [[ -z $stopped ]] || try systemctl start --no-block -- "$stopped"
  return 1
}

ask_for_server() {
  failure+=$'\n'"Is the NFS server applied and reachable? Run nfs.sh there first; showmount -e tells what it exports."
}

mount_reach() { # TARGET
  local have
  mount_probe "$1"
  [[ $have != absent ]] || may_mount "$1" || will_be_settled "$1"
}

mount_undone() { # TARGET RECORD
  local type=${2%% *}
  mount_probe "$1"
  if [[ $2 == absent ]]; then
    [[ $have != absent || -z ${hidden_by[$1]:-} ]] || { have="out of sight, below ${hidden_by[$1]}" && return 1; }
    [[ $have == absent ]] || return 1
    ! is_being_mounted "$1" || { have=activating && return 1; }
  elif [[ $2 == 'line '* ]]; then
    is_mounted_back "$1" "$2"
  else
    [[ $have == "${type%%:*} ${2#* }" ]] && { [[ $type != *:* ]] || has_options "$1" "${type#*:}"; }
  fi
}

# What lies below it, as far as it is there: what lay there before lvsgen mounted anything, what lies on what is mounted since, or neither.
mount_carries() { # TARGET RECORD -> $carries: before, since or nothing
  local have
  if mount_undone "$1" "$2" || [[ $have == activating ]]; then
    carries=before
  elif [[ $have == @(absent|'out of sight'*) ]]; then
    carries=''
  else
    carries=since
  fi
}

mount_facts() { # TARGET
  local unit
  mount_unit_of "$1"
  units+=("$unit")
}

# Does systemd try it since the boot, and for a day (retry=1440)? Without its line in fstab too, it would mount it once the server is back.
is_being_mounted() { # TARGET
  local unit
  mount_unit_of "$1"
  load_units
  [[ ${unit_of[$unit]:-} == *' activating' ]]
}

# What a boot still tries. It goes on with its own source, for whose sake other units wait; what it would mount of another one, or once
# it is to go, would come on top of what is mounted here as soon as its server is back.
end_attempt() { # TARGET STATE -> $have, as it is then; $stopped: the unit that tries no more
  local unit source
  mount_unit_of "$1"
  source=$(systemctl show --property=What -- "$unit" 2>/dev/null) || :
  if [[ $2 != absent && ${source#What=} == "${2#* }" ]]; then
    run timeout 90 systemctl start -- "$unit" || { ask_for_server && return 1; }
  else
    run timeout 120 systemctl stop -- "$unit" || return 1
    stopped=$unit
  fi
  unset 'loaded[mount]'
  mount_probe "$1"
}
