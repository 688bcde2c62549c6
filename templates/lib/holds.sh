# ---- holds: what several roles on one host need is given back by the last of them ---------------

# The keys that this run describes, a line each.
described_keys() { # -> $keys
  local i escaped
  keys=''
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    escape "${r_name[i]}"
    keys+="${r_kind[i]} $escaped"$'\n'
  done
}

# Before the first change, so that a script that leaves meanwhile finds them held.
hold_described() {
  local keys='' content
  [[ -z $only ]] || return 0
  described_keys
  keys_held=$keys previous_holds=''
  if read_text "$state_dir/holds"; then previous_holds=$content; fi
  [[ $keys != "$previous_holds" ]] || return 0
  if ! failure=$(umask 077 && mkdir -p -- "$state_dir" 2>&1); then
    failure="cannot make $state_dir: $failure"
    return 1
  fi
  replace_file "$state_dir/holds" 0600 "$keys"
}

# Does another role's script on this host hold this resource? (Each has a block, and a link, of its own.)
held_elsewhere() { # KEY -> $holder
  local file line escaped
  [[ $1 != block\ * && $1 != networkd\ * ]] || return 1
  escape "$1"
  for file in "$state_home"/*/*/holds; do
    [[ -f $file && $file != "$state_dir/holds" ]] || continue
    while IFS= read -r line; do
      if [[ $line == "$escaped" ]]; then
        holder=${file%/holds}
        return 0
      fi
    done <"$file"
  done
  return 1
}

# What a start brought along may serve another role's units too: the last role on the host stops it.
needed_elsewhere() { # KIND -> $holder
  local file
  [[ $1 == pulled ]] || return 1
  for file in "$state_home"/*/*/holds; do
    [[ -s $file && $file != "$state_dir/holds" ]] || continue
    holder=${file%/holds}
    return 0
  done
  return 1
}

# The other role becomes the one that gives it back, unless it knows an older state itself.
hand_over() { # KIND NAME RECORD
  local line lines record=$3 blob='' file kind name old stop escaped
  escape "$2"
  for file in "$holder/base" "$holder"/generations/[0-9]*; do
    [[ -f $file ]] || continue
    while IFS=$'\t' read -r kind name old stop; do
      [[ $stop != . || $kind != "$1" || $name != "$escaped" ]] || return 0
    done <"$file"
  done
  if [[ $record == 'saved '* ]]; then
    blob=$role.${record#saved }
    mkdir -p -- "$holder/blobs" && cp -a --remove-destination -- "$state_dir/blobs/${record#saved }" "$holder/blobs/$blob" || return 1
    sync_paths "$holder/blobs/$blob" "$holder/blobs"
    record="saved $blob"
  fi
  record_line "$1" "$2" "$record"
  lines=$line
  if [[ $1 == file && ${written[$2]:-} ]]; then
    wrote_line "$2"
    lines+=$'\n'$line
  fi
  (umask 077 && append_durably "$holder/base" "$lines")
}
