# ---- one run at a time ---------------------------------------------------------------------------------------

# One run at a time on a host, whatever its role. Commands that this run starts hold it too: where only
# this run is killed, the next one waits for its package manager.
take_lock() {
  local holder holder_parent ended='a process that has just ended'
  (umask 077 && : >>"$lock_file") 2>/dev/null || die 1 "cannot write the lock file $lock_file"
  exec 9>>"$lock_file"
  flock -n 9 && return 0
  lock_holder
  # What a run had started may end behind it, on a busy host: a part of one that a signal has just ended, too.
  [[ $holder && $holder_parent != 1 ]] || ! flock -w 5 9 || return 0
  if ((wait_seconds > 0)); then
    complain "waiting up to $wait_seconds s for ${holder:-$ended}"
    ! flock -w "$wait_seconds" 9 || return 0
  fi
  lock_holder
  [[ $command != confirm || $holder != *" $state_home/$cluster/$role/script "* ]] ||
    die 75 "too late to confirm: the time is over, and everything is being put back ($holder)" "Let it end, then see: bash $script status"
  die 75 "another run holds the lock: ${holder:-$ended}" "Let it end, or wait for it: --wait SECONDS"
}

# Has another run the lock for itself? What only reads asks, and keeps nobody waiting by that.
another_is_at_work() {
  local status=0
  [[ -z $mutating && -e $lock_file ]] || return 1
  flock -n -s "$lock_file" true 2>/dev/null || status=$?
  ((status == 1))
}
