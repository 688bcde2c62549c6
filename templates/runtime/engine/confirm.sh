# ---- the watchdog of --confirm -------------------------------------------------------------------------------

watchdog='' watchdog_unit='' watchdog_link=''
watchdog_after='network.target remote-fs.target' # what a boot has to have behind it

watchdog_name() {
  watchdog=lvsgen-confirm-$cluster-$role
  watchdog_unit=/etc/systemd/system/$watchdog.service
  watchdog_link=/etc/systemd/system/multi-user.target.wants/$watchdog.service
}

# Set before the first change: it survives the session, this process, and a reboot. The timer first, then
# what a reboot would start: where this is killed in between, nothing lies in wait for a reboot months later.
# Nor where the rollback fails (another run holds the lock, firewalld does not answer): it is tried again each minute until it comes
# through and removes all this. (Before systemd 244 no Type=oneshot is started again.)
arm_confirm() {
  local last target=0 folded drain='' was_armed='' confirm_target
  [[ $confirm_seconds && -z $root ]] || return 0
  watchdog_name
  if [[ ! -d /run/systemd/system ]]; then
    failure='--confirm needs systemd, which outlives the session'
    return 1
  fi
  last_generation
  last_folded
  target=$((10#${last:-$folded}))
  [[ -z $last ]] || generation_is_closed "$last" || target=$((target - 1))
  # What an earlier --confirm put in force is not confirmed either.
  if confirm_is_pending; then
    was_armed=1
    find_confirm_target
    ((confirm_target >= target)) || target=$confirm_target
  fi
  if ! failure=$(umask 077 && mkdir -p -- "$state_dir" 2>&1); then
    failure="cannot make $state_dir: $failure"
    return 1
  fi
  [[ -z ${option_text[--drain]:-} ]] || drain=' --drain 0'
  keep_script || return 1
  replace_file "$watchdog_unit" 0644 "# Puts back what was applied unless it is confirmed in time: bash $state_dir/script confirm. It removes itself.
[Unit]
Description=lvsgen: put back what was not confirmed ($cluster $role)
After=$watchdog_after

[Service]
Restart=on-failure
RestartSec=60
ExecStart=/bin/bash $state_dir/script rollback --to $target --host $host --wait 600$drain${force_platform:+ --force-platform}

[Install]
WantedBy=multi-user.target
" || return 1
  arm_watchdog || return 1
  sync_paths "$state_dir/script" "$state_dir" "${watchdog_link%/*}"
}

# The generation that the watchdog goes back to.
find_confirm_target() { # -> $confirm_target
  local line
  confirm_target=0
  while IFS= read -r line; do
    [[ ! $line =~ ' --to '([0-9]+)' ' ]] || confirm_target=$((10#${BASH_REMATCH[1]}))
  done <"$watchdog_unit"
}

# After a rollback to TARGET: all that was not confirmed is gone, or what is older than what went stays pending.
settle_confirm() { # TARGET
  local confirm_target
  if [[ -z $root ]] && confirm_is_pending; then
    find_confirm_target
    if ((confirm_target < $1)); then
      say_unconfirmed
      return 0
    fi
  fi
  disarm_confirm
}

# Is this the watchdog's own run, which puts back what nobody has confirmed?
is_watchdog() {
  [[ $script_path == "$state_dir/script" ]]
}

# The watchdog runs the script that runs now, which whoever owns its directory may have replaced meanwhile: the copy is read once, is within
# nobody else's reach, and has to be what this script found itself to be when it began.
keep_script() { # -> $state_dir/script
  local copy=$state_dir/.script.new
  run rm -f -- "$copy" &&
    run dd if="$script_path" of="$copy" bs=1M count="$((lvsgen_size / 1048576 + 1))" iflag=nonblock,fullblock conv=excl,fsync &&
    run chmod 0700 -- "$copy" || return 1
  if [[ $(sed "3s/$lvsgen_sum//" <"$copy" | sha256sum) != "$lvsgen_sum  -" ]]; then
    rm -f -- "$copy"
    failure="$script_path is not the script that runs: it was replaced meanwhile"$'\n'"Nothing was changed. Keep it where only root can write, and run it again."
    return 1
  fi
  run mv -fT -- "$copy" "$state_dir/script"
}

# This run holds the lock, so where the watchdog has begun, it waits for it and has done nothing yet.
stop_watchdog() {
  try systemctl stop "$watchdog.timer" "$watchdog.service"
  try systemctl reset-failed "$watchdog.service"
}

# A signal between two of these would leave no timer, or one that nobody knows of; so would a failure.
arm_watchdog() { # with $was_armed
  local why
  trap '' INT TERM HUP
  if run systemctl daemon-reload && set_timer && run systemctl enable "$watchdog.service"; then
    end_on_signals
    return 0
  fi
  why=$failure
  # What is pending from an earlier apply stays so.
  if [[ $was_armed ]]; then set_timer || log "$failure"; else disarm_confirm || log "$failure"; fi
  failure=$why
  end_on_signals
  return 1
}

start_timer() {
  local status=0
  trap '' INT TERM HUP
  set_timer || status=1
  end_on_signals
  return "$status"
}

set_timer() {
  stop_watchdog
  run systemd-run --on-active="$confirm_seconds" --timer-property=AccuracySec=1s --unit="$watchdog.service"
}

# An apply that comes while what was not confirmed is put back, or is tried again in a minute, would be undone as soon as it has ended.
refuse_while_put_back() {
  [[ -z $root && -z $confirm_seconds ]] && confirm_is_pending && is_putting_back || return 0
  die 75 'what an apply with --confirm made was not confirmed: it is being put back, and that is tried again every minute until it succeeds' \
    "Nothing was changed. Let it end: bash $script status" "Or keep what was made, and apply then: bash $script confirm"
}

# The watchdog is at work, waits for this run to end, or for its next try.
is_putting_back() {
  local state
  state=$(systemctl is-active "$watchdog.service" 2>/dev/null) || :
  [[ $state == active || $state == activating ]]
}

# The time counts from the end of the apply, so that a person has all of it.
restart_confirm() {
  local what=nothing again
  if [[ -z $confirm_seconds || -z $begun ]]; then
    tell_unconfirmed
    # What this role holds from now on is a page of its own.
    ((count[changed] == 0)) || what='nothing of this host'
    [[ -z $confirm_seconds ]] || confirm_is_pending || say "$what was changed, so there is nothing to confirm"
    return
  fi
  name_again
  start_timer || die 1 "the timer of --confirm cannot be set anew: $failure" \
    "Everything is applied. Keep it: bash $again confirm. Or put it back: bash $again rollback"
  say "$bold%s$plain sudo bash %s confirm   %s" "$confirm_seconds s to confirm:" "$again" '(else everything is put back, after a reboot too)'
}

confirm_is_pending() {
  watchdog_name
  [[ -e $watchdog_unit ]] || return 1
  # A run that was killed before it came to the link has set the timer already.
  [[ -L $watchdog_link ]] || systemctl --quiet is-active "$watchdog.timer" 2>/dev/null
}

tell_unconfirmed() {
  [[ -z $root ]] && confirm_is_pending || return 0
  ! is_putting_back || die 75 'an earlier apply with --confirm was not confirmed in time: all of it is put back now, and with it what this one has made' \
    "Let it end, then apply again: bash $script status"
  say_unconfirmed
}

say_unconfirmed() {
  complain "an earlier apply --confirm is not confirmed yet: keep what it made: bash $script confirm"
}

disarm_confirm() {
  watchdog_name
  [[ -z $root && (-e $watchdog_unit || -L $watchdog_link) ]] || return 0
  # The watchdog itself ends by ending; it must not stop its own unit.
  if is_watchdog; then
    try systemctl stop "$watchdog.timer"
  else
    stop_watchdog
  fi
  run rm -f -- "$watchdog_link" "$watchdog_unit" && remove_temporary "$watchdog_unit" || return 1
  sync_paths "${watchdog_link%/*}" "${watchdog_unit%/*}"
  run systemctl daemon-reload || log 'systemd was not reloaded'
}

# Somebody may have a minute for it, and it changes nothing but what would take back what a signed script has made.
offer confirm 'keep what an apply with --confirm made' unsigned

confirm_command() {
  local last again
  if ! confirm_is_pending; then
    disarm_confirm || die 1 "$failure"
    complain 'nothing to confirm: no apply with --confirm is pending, or its time is over and everything was put back' \
      "See: bash $script status"
    exit 1
  fi
  disarm_confirm || die 1 "the watchdog is still there: $failure"
  last_generation
  if [[ $last ]] && ! generation_is_closed "$last"; then
    say "confirmed: what was changed stays"
    name_again
    complain "the apply stopped half way: mend the cause and apply again, or go back to what was before: bash $again rollback"
    return 0
  fi
  say "confirmed: what was applied stays"
}
