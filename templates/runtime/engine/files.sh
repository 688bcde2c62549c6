# ---- files: written whole or not at all, and brought back ---------------------------------------------------------

# Writes a file whole or not at all: beside it, synced, renamed. An editor's or ifup's pattern for
# backups never matches the temporary name (ifup reads every ifcfg-lo:*).
replace_file() { # PATH MODE TEXT [OWNER GROUP]
  local status=0 named squashed_to=''
  reach "$1" || return 1
  if ! run_as "write $1" write_reached "$2" "$3" "${4:-}" "${5:-}" && ! write_squashed "$@"; then
    named "$output"
    failure="cannot write $1: $named"
    [[ -z $squashed_to ]] || failure+=$'\n'"The server of the share takes root for $squashed_to (root_squash): describe neither owner nor group of it, or export it there with no_root_squash."
    rm -f -- "$at/$new_leaf" "$state_dir/.lvsgen.ready" 2>/dev/null || :
    status=1
  fi
  leave
  return "$status"
}

write_reached() { # MODE TEXT OWNER GROUP
  local prepare=prepare_here
  [[ -z $shared ]] || prepare=prepare_elsewhere
  remove_at "$new_leaf" && "$prepare" "$@" && put_in_place
}

remove_at() { # NAME, in the directory that was reached
  [[ ! -e $at/$1 && ! -L $at/$1 ]] || rm -f -- "$at/$1"
}

# Exclusively, and nobody's to read before its owner and mode are right.
write_new() { # PATH TEXT
  (umask 077 && printf '%s' "$2" 2>/dev/null | dd of="$1" bs=64k conv=excl,fsync status=none)
}

set_rights() { # PATH MODE OWNER GROUP
  if [[ $3 || $4 ]]; then chown -h -- "$3${4:+:$4}" "$1" || return 1; fi
  chmod -- "$2" "$1"
}

# In a directory that only root can change.
prepare_here() { # MODE TEXT OWNER GROUP
  local new=$at/$new_leaf
  write_new "$new" "$2" && set_rights "$new" "$1" "$3" "$4" || return 1
  [[ ! -e /sys/fs/selinux/enforce || $root ]] || chcon --reference="$at/$leaf" -- "$new" 2>/dev/null || :
}

# What others can exchange for a link as soon as it has a name must not be changed by its name any more: it is made ready where
# only root can go, and copied by cp, which makes the copy exclusively, and sets owner and mode of what it opened.
prepare_elsewhere() { # MODE TEXT OWNER GROUP
  local ready=$state_dir/.lvsgen.ready status=0
  rm -f -- "$ready" && write_new "$ready" "$2" && set_rights "$ready" "$1" "$3" "$4" &&
    cp --preserve="mode${3:+,ownership}${4:+,ownership}" --remove-destination --no-target-directory -- "$ready" "$at/$new_leaf" &&
    sync_reached || status=1
  rm -f -- "$ready" || status=1
  return "$status"
}

put_in_place() {
  mv -fT -- "$at/$new_leaf" "$at/$leaf" || return 1
  [[ ! -e /sys/fs/selinux/enforce || $root || $shared ]] || restorecon -- "$at/$leaf" 2>/dev/null || :
  sync_paths "$at/."
}

remove_temporary() { # PATH of the file it was to become, which may be in a link's place, or where that leads
  local failure lacking last # where there is no safe way to it, there is no file of lvsgen's
  for last in '' last; do
    reach "$1" "$last" || continue
    remove_at "$new_leaf" || :
    leave
  done
}

# Brings a kept copy back, with everything that belongs to it.
restore_blob() { # PATH BLOB
  local blob=$state_dir/blobs/$2 status=0 named squashed_to=''
  [[ -f $blob || -L $blob ]] || { failure="the kept copy $blob is missing" && return 1; }
  make_parents "$1" && reach "$1" || return 1
  if ! run_as "bring back $1 from $blob" copy_to_reached "$blob" && ! copy_squashed "$1" "$blob"; then
    named "$output"
    failure="cannot bring back $1: $named"
    remove_at "$new_leaf" 2>/dev/null || :
    status=1
  fi
  leave
  return "$status"
}

copy_to_reached() { # BLOB
  cp -a --remove-destination --no-target-directory -- "$1" "$at/$new_leaf" && sync_copy && put_in_place
}

sync_copy() {
  if [[ $shared ]]; then
    sync_reached
  elif [[ ! -L $at/$new_leaf ]]; then
    sync_paths "$at/$new_leaf"
  fi
}

remove_file() { # PATH
  local status=0 named
  reach "$1" || return 1
  if [[ -d $at/. ]]; then
    if ! run_as "rm $1" rm -f -- "$at/$leaf" "$at/$new_leaf"; then
      named "$output"
      failure="cannot remove $1: $named"
      status=1
    fi
    sync_paths "$at/."
  fi
  leave
  return "$status"
}

missing_parents() { # PATH -> ${unmade[@]}, the highest first
  local parent
  unmade=()
  walk "$1" || return 1
  parent=${real%/*}
  while [[ $parent && ! -d $root$parent ]]; do
    unmade=("$parent" ${unmade[@]+"${unmade[@]}"})
    parent=${parent%/*}
  done
}

# Missing parents of a path are written down before it, so that an undo takes them away after it.
journal_parents() { # PATH
  local i
  local -a unmade records=()
  missing_parents "$1" || return 1
  for ((i = 0; i < ${#unmade[@]}; i++)); do
    journaled "${traits[parent]}" "${unmade[i]}" || records+=("${traits[parent]}" "${unmade[i]}" absent)
  done
  ((${#records[@]} == 0)) || journal "${records[@]}" # never empty
}

sum_of_text() { # TEXT -> $sum
  sum=$(printf '%s' "$1" 2>/dev/null | sha256sum) || { failure='sha256sum failed' && return 1; }
  sum=${sum%% *}
}

sum_of_file() { # PATH -> $sum
  local status=0
  reach "$1" || return 1
  sum_of_reached "$at/$leaf" || { failure="cannot read $1" && status=1; }
  leave
  return "$status"
}

# Of a file in a directory that is open, or that only root can change.
sum_of_reached() { # FILE -> $sum
  sum=$(dd if="$1" iflag=nofollow,nonblock bs=64k status=none 2>/dev/null | sha256sum) || return 1
  sum=${sum%% *}
}
