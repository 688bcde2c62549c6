# ---- durable: on the disk before it counts --------------------------------------------------------------------------

# Appends to a file and has it on the disk before it returns.
append_durably() { # FILE TEXT
  local failed
  failed=$(printf '%s\n' "$2" 2>/dev/null | dd of="$1" bs=64k oflag=append conv=notrunc,fsync status=none 2>&1) && return 0
  failure="cannot write $1: $failed"
  return 1
}

# What another role, or this one when it forgets its generations, has to know of a resource.
append_to_base() { # STATE-DIRECTORY LINES
  local lines=$2
  if [[ -s $1/base ]]; then repair_torn_line "$1/base" || return 1; else lines="base 0"$'\n'$lines; fi
  (umask 077 && append_durably "$1/base" "$lines") && return 0
  failure="cannot write $1/base (is the file system full or read-only?)"
  return 1
}

repair_torn_line() { # FILE: a record that a power cut tore gets a line end, so that the next starts anew
  local line=''
  while IFS= read -r line; do line=''; done <"$1"
  [[ -z $line ]] || append_durably "$1" ''
}

# A directory's entries on the disk. EL7's sync takes no operand and then syncs everything. It may wait for a server that is away, and nothing
# ends it then: here and below it has not the lock, which is to be free when the run has been ended.
sync_paths() { # PATH...
  sync -- "$@" 2>/dev/null 9>&- || sync 9>&-
}

# Of a directory that others can change: a name in it that they can exchange for that of a device is not opened, so everything is synced.
# (EL7's sync knows no file system alone.)
sync_reached() {
  sync_all
}

sync_seconds=60 # for everything; a moment, where it has once taken longer

# Everything on the disk. Where that fails, or a file system does not answer, the kernel writes it later; nothing else is to be done about it
# here, and what the way back needs is there already.
sync_all() {
  local ended='' status=0
  # Nobody waits for the end of its output, or for the lock.
  read -r -t "$sync_seconds" ended < <(exec 9>&- </dev/null 2>/dev/null && sync && echo ended || :) || status=$?
  [[ -z $ended ]] || return 0
  if ((status <= 128)); then
    log 'sync failed'
  elif ((sync_seconds > 1)); then
    log "sync has not ended after $sync_seconds s, and goes on"
    complain "not everything is on the disks after $sync_seconds s: a file system does not answer, as where the server of a share is away; the kernel goes on" \
      'Until it has written all, a power cut may take back what this run has changed: run check after one.'
    sync_seconds=1
  fi
}
