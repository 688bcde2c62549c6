# ---- the commands rollback and uninstall -----------------------------------------------------------------------

rollback_command() {
  local target last
  local -a generations
  list_generations
  if ((${#generations[@]} == 0)); then
    [[ -e $state_dir/base ]] || hold_nothing
    disarm_confirm || die 1 "everything is put back, but the watchdog is still there: $failure"
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
    sync
    forget_generations "$target" || die 1 "$failure"
    disarm_confirm || die 1 "everything is put back, but the watchdog is still there: $failure"
    sync
    say "generation $target is in force again"
  fi
  closing ok changed failed
  ((count[failed] == 0)) || exit 1
}

# The newest first: what is left at any moment leads from a state that was to the one before it.
forget_generations() { # TARGET, with the records that were undone in u_*
  local i line packages_kept=''
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == package ]] || continue
    record_line package "${u_name[i]}" "${u_record[i]}"
    packages_kept+=$line$'\n'
  done
  # Packages stay, and with them the knowledge of whose they are.
  if (($1 > 0)); then
    [[ -z $packages_kept ]] || (umask 077 && append_durably "$state_dir/base" "${packages_kept%$'\n'}") || return 1
  elif [[ $packages_kept ]]; then
    replace_file "$state_dir/base" 0600 "$packages_kept" || return 1
  else
    rm -f -- "$state_dir/base"
  fi
  for ((i = ${#generations[@]} - 1; i >= 0; i--)); do
    ((10#${generations[i]} <= $1)) || rm -f -- "$state_dir/generations/${generations[i]}"
  done
  (($1 > 0)) || hold_nothing
  drop_unused_blobs
}

hold_nothing() {
  rm -f -- "$state_dir/holds" "$state_dir/.lvsgen.holds"
}

uninstall_command() {
  local gone=${state_dir%/*}/.gone-$role
  log_open
  load_records 0
  if undo_loaded; then
    sync
    disarm_confirm || die 1 "everything is put back, but the watchdog is still there: $failure"
    rm -rf -- "$gone"
    if [[ -d $state_dir ]]; then
      # At once: half of the records would lead back to a state in between.
      hold_nothing
      mv -T -- "$state_dir" "$gone" || die 1 "everything is put back, but $state_dir cannot be removed"
      rm -rf -- "$gone"
    fi
    rmdir -- "${state_dir%/*}" "${state_dir%/*/*}" 2>/dev/null || :
    if [[ $purge ]]; then
      remove_log
    fi
    sync
  fi
  closing ok changed kept failed
  ((count[failed] == 0)) || exit 1
}
