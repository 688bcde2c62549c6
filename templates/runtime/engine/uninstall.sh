# ---- the command uninstall -----------------------------------------------------------------------------------------

# It leads past all generations: where it is ended, an apply goes on in the last one.
begin_uninstall() {
  local last
  last_generation
  [[ $last ]] && generation_is_closed "$last" || return 0
  append_durably "$state_dir/generations/$last" undo || log "$failure"
}

hold_nothing() {
  run rm -f -- "$state_dir/holds" "$state_dir/.lvsgen.holds" || log "$failure"
}

offer uninstall 'undo everything; the host is as before the first apply (--purge: packages and log too)' --root --purge --dry-run undescribed

uninstall_command() {
  local gone=${state_dir%/*}/.gone-$role
  if [[ $dry_run ]]; then
    read_previous_holds
    load_records all
    foretell_undo
    end_foretelling
  fi
  log_open
  read_previous_holds
  begin_uninstall
  load_records all
  if undo_loaded; then
    sync_all
    disarm_confirm || die 1 "everything is put back, but the watchdog is still there: $failure"
    # At once: half of the records would lead back to a state in between.
    run rm -rf -- "$gone" || die 1 "everything is put back, but $gone cannot be removed: $failure"
    if [[ -d $state_dir ]]; then
      hold_nothing
      if ! run mv -T -- "$state_dir" "$gone" || ! run rm -rf -- "$gone"; then
        die 1 "everything is put back, but $state_dir cannot be removed: $failure"
      fi
    fi
    rmdir -- "${state_dir%/*}" "${state_dir%/*/*}" 2>/dev/null || :
    if [[ $purge ]]; then
      remove_log
    fi
    sync_all
  fi
  closing ok changed kept failed
  ((count[failed] == 0)) || exit 1
}
