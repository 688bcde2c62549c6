# ---- options of a mount: what the kernel shows of them, and how they change ------------------------------------------

has_options() { # TARGET OPTIONS
  local differing
  load_mounts
  differing_options "${mount_options_of[$1]:-}" "$2"
  [[ -z $differing ]]
}

# -> $differing: `+ro` is described and not there, `-soft` there and not described, `vers=3 instead of 4.2` otherwise.
differing_options() { # LIVE DESCRIBED
  local word key live=,$1, wanted=,$2, value described
  local -a words=()
  differing=''
  # rw undoes a ro before it, and others do likewise: the last counts.
  [[ $wanted != *,rw,* || ${wanted##*,rw,} == *ro,* ]] || wanted=${wanted//,ro,/,}
  differing_flag ro
  # The rest as the kernel shows it for NFS.
  [[ $live =~ ,vers= ]] || return 0
  for word in soft noac nodiratime noatime; do differing_flag "$word"; done
  # Version 4 has no such lock to leave out, and shows none (nfs(5)).
  [[ $live == *,vers=4* ]] || differing_flag nolock
  # Who may mount it by hand gets these along with that (mount(8)).
  if [[ ! $wanted =~ ,(user|users|owner|group), ]]; then for word in nosuid nodev noexec; do differing_flag "$word"; done; fi
  split_words "${2//,/ }"
  for word in ${words[@]+"${words[@]}"}; do
    key=${word%%=*} described=${word#*=}
    case $key in
      nfsvers) key=vers ;;
      vers | proto | timeo | retrans | sec | port) ;;
      *) continue ;;
    esac
    [[ $word == *=* && $live == *",$key="* ]] || continue
    value=${live#*",$key="} value=${value%%,*}
    # What is described as vers=4 is mounted as the newest of it.
    [[ $value == "$described" || $key$described == "vers${value%%.*}" ]] || differing+=" $key=$value instead of $described"
  done
}

differing_flag() { # OPTION, with $live and $wanted; added to $differing
  if [[ $live == *",$1,"* ]]; then
    [[ $wanted == *",$1,"* ]] || differing+=" -$1"
  else
    [[ $wanted != *",$1,"* ]] || differing+=" +$1"
  fi
}

# A remount changes flags; what it does not change wants the share to be taken off and mounted again: only while nobody uses it.
mount_otherwise() { # TARGET OPTIONS, with $have
  local differing how=remount
  # Of anything else than NFS it is the mount's own flags that are looked at.
  [[ $have == nfs* ]] || how+=,bind
  if run timeout 90 mount -o "$how,$(remount_options "$2")" -- "$1"; then
    unset 'loaded[mount]'
    ! has_options "$1" "$2" || return 0
  fi
  load_mounts
  differing_options "${mount_options_of[$1]:-}" "$2"
  if ! unmount "$1"; then
    failure="it is in use, and a remount does not change$differing"
    failure+=$'\n'"Stop what uses it (fuser -mv $1 shows that) and apply again. From the next boot on it is mounted as described."
    return 1
  fi
}

# Those of fstab alone would be refused.
remount_options() { # OPTIONS
  local option list=''
  local -a words=()
  split_words "${1//,/ }"
  for option in ${words[@]+"${words[@]}"}; do
    case $option in
      _netdev | nofail | auto | noauto | bg | fg | defaults | x-* | comment=* | retry=* | addr=* | clientaddr=* | mountaddr=*) ;;
      *) list+=,$option ;;
    esac
  done
  # What is on by default goes off by its contrary only.
  for option in ro:rw nosuid:suid nodev:dev noexec:exec noatime:relatime; do
    [[ ",$1," == *",${option%:*},"* || ",$1," == *",${option#*:},"* ]] || list=,${option#*:}$list
  done
  printf '%s' "${list#,}"
}

# Now or not at all: a `bg` that goes on asking (mount.nfs becomes a daemon) would keep the lock of this run for as long, and mount over
# what stands there by then. At boot it counts, as fstab has it.
mount_now() { # TYPE OPTIONS SOURCE TARGET
  local option list=''
  local -a words=()
  split_words "${2//,/ }"
  for option in ${words[@]+"${words[@]}"}; do
    [[ $option == @(bg|fg|retry=*) ]] || list+=,$option
  done
  list=${list#,}
  run timeout 90 mount -t "$1" -o "${list:-defaults}" -- "$3" "$4" 9>&-
}

# With a limit: the server may be dead, and umount then waits for ever.
unmount() { # TARGET [lazily]
  run timeout -s KILL 60 umount -- "$1" && return 0
  [[ ${2:-} ]] && run timeout -s KILL 30 umount -l -- "$1"
}
