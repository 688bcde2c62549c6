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

# A directory's entries on the disk. EL7's sync takes no operand and then syncs everything.
sync_paths() { # PATH...
  sync -- "$@" 2>/dev/null || sync
}
