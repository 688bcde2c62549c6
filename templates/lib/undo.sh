# ---- undo: rollback and uninstall ------------------------------------------------------------------------

# Is the resource in the state that the record names already?
undo_is_done() { # KIND NAME RECORD
  local stat blob block before after text state=''
  case $1 in
    block | setting) ;;
    *) "$1_probe" "$2" ;;
  esac
  case $1:$3 in
    file:saved\ *)
      blob=$state_dir/blobs/${3#saved }
      if [[ -L $blob || -L $root$2 ]]; then
        [[ -L $blob && -L $root$2 && $(readlink -- "$blob") == "$(readlink -- "$root$2")" ]]
        return
      fi
      stat_path "$blob"
      [[ $have == "file $stat" ]] && cmp -s -- "$blob" "$root$2"
      ;;
    block:saved\ * | setting:saved\ *)
      local path=$root${2% *}
      [[ $1 == setting ]] || path=$root$2
      [[ ! -L $path ]] || path=$(readlink -f -- "$path")
      blob=$state_dir/blobs/${3#saved }
      stat_path "$blob"
      before=$stat
      stat_path "$path"
      [[ $before == "$stat" ]] && cmp -s -- "$blob" "$path"
      ;;
    block:absent | setting:absent) "$1_probe" "$2" && [[ $have == absent ]] ;;
    directory:directory\ *) [[ "$have " == "${3% } "* ]] ;;
    *) [[ $have == "$3" ]] ;;
  esac
}

# The pages that record what every role holds, and who is drained, are state like any other.
holds_probe() { have=''; }
holds_set() { # NAME TEXT
  if [[ $2 ]]; then replace_file "$state_dir/holds" 0600 "$2"; else run rm -f -- "$state_dir/holds"; fi
}
drained_probe() {
  local content=''
  read_text "$state_dir/drained" || :
  have=$content
}
drained_set() { # NAME TEXT
  if [[ $2 ]]; then replace_file "$state_dir/drained" 0600 "$2"; else run rm -f -- "$state_dir/drained"; fi
}

# Connections of real servers that the way back takes out of the table end first.
drain_before_undo() {
  local i edits='' removals='' have
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == service ]] || continue
    service_probe "${u_name[i]}"
    [[ $have == "${u_record[i]}" ]] || service_edits "${u_name[i]}" "$have" "${u_record[i]}"
  done
  [[ $removals ]] || return 0
  [[ -z $edits ]] || restore_rules "$edits" || return 1
  await_drained "$removals"
}

# Everything in u_*, the newest first.
undo_loaded() {
  local i kind name record have text='' state failed=0 holder drain_seconds=$drain_seconds
  undo_paths
  load_stats
  drain_before_undo || failed=1
  drain_seconds=0
  for ((i = ${#u_kind[@]} - 1; i >= 0; i--)); do
    kind=${u_kind[i]} name=${u_name[i]} record=${u_record[i]} text='' state=''
    [[ $kind ]] || continue
    [[ -z $root || " $file_kinds holds " == *" $kind "* ]] || continue
    if [[ $kind == package && -z $purge ]]; then
      [[ $command != uninstall ]] || report kept package "$name" 'packages stay without --purge'
      continue
    fi
    if [[ $kind != holds && $kind != drained ]] && held_elsewhere "$kind $name"; then
      hand_over "$kind" "$name" "$record" || failed=1
      report kept "$kind" "$name" "still needed: ${holder#"$root"/var/lib/lvsgen/}"
      continue
    fi
    if undo_is_done "$kind" "$name" "$record"; then
      [[ $kind == holds || $kind == drained ]] || report ok "$kind" "$name"
      continue
    fi
    keep_hand_made "$kind" "$name"
    failure=''
    if "${kind}_set" "$name" "$record"; then
      forget_snapshots "$kind"
      if [[ $kind == directory && $record == absent && -d $root$name ]]; then
        report kept directory "$name" 'it is not empty'
      elif [[ $kind != holds && $kind != drained ]]; then
        report changed "$kind" "$name" 'as before'
      fi
    else
      report failed "$kind" "$name" "${failure%%$'\n'*}"
      [[ $failure != *$'\n'* ]] || complain_lines "${failure#*$'\n'}"
      failed=1
    fi
  done
  reload_units || failed=1
  return "$failed"
}

# Their state is asked for in one process.
undo_paths() {
  local i
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    case ${u_kind[i]} in
      file | directory | block | mode) paths+=("$root${u_name[i]}") ;;
      setting) paths+=("$root${u_name[i]% *}") ;;
      unit) units+=("${u_name[i]}") ;;
      package) packages+=("${u_name[i]}") ;;
    esac
    [[ ${u_record[i]} != 'saved '* ]] || paths+=("$state_dir/blobs/${u_record[i]#saved }")
  done
}

# A file that was changed by hand after lvsgen wrote it is kept aside before it goes.
keep_hand_made() { # KIND PATH
  local index=${described["$1 $2"]:-} content aside
  [[ $1 == file && $index && -f $root$2 ]] || return 0
  read_text "$root$2" && [[ $content == "${r_text[index]}" ]] && return 0
  aside=$root/var/lib/lvsgen/kept-by-hand
  (umask 077 && mkdir -p -- "$aside") && cp -a -- "$root$2" "$aside/${2//\//_}" &&
    complain "$2 was changed by hand; that version is kept as $aside/${2//\//_}"
}

rollback_command() {
  local target last
  local -a generations
  list_generations
  if ((${#generations[@]} == 0)); then
    disarm_confirm
    say "nothing to roll back: no apply has changed anything here"
    closing ok changed failed
    return 0
  fi
  last=$((10#${generations[${#generations[@]} - 1]}))
  target=$((last - 1))
  if [[ $to_generation ]]; then
    target=$to_generation
    ((target <= last)) || die 64 "there is no generation $target; the last is $last"
    ((target == last)) || ((target >= 10#${generations[0]} - 1)) ||
      die 64 "generation $target is no longer kept; the oldest way back is --to $((10#${generations[0]} - 1))"
  fi
  log_open
  load_records "$target"
  if undo_loaded; then
    for number in "${generations[@]}"; do
      ((10#$number <= target)) || rm -f -- "$state_dir/generations/$number"
    done
    ((target > 0)) || rm -f -- "$state_dir/base"
    drop_unused_blobs
    disarm_confirm
    sync
    say "generation $target is in force again"
  fi
  closing ok changed failed
  ((count[failed] == 0)) || exit 1
}

uninstall_command() {
  log_open
  load_records 0
  if undo_loaded; then
    disarm_confirm
    rm -rf -- "$state_dir"
    rmdir -- "${state_dir%/*}" "${state_dir%/*/*}" 2>/dev/null || :
    if [[ $purge ]]; then
      rm -f -- "$log_file" "$log_file.1"
      rmdir -- "${log_file%/*}" 2>/dev/null || :
      log_file=''
    fi
    sync
  fi
  closing ok changed kept failed
  ((count[failed] == 0)) || exit 1
}
