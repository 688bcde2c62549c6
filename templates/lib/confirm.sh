# ---- lock, and the watchdog of --confirm ---------------------------------------------------------------

lock_file=/run/lock/lvsgen.lock

# One run at a time on a host, whatever its role.
take_lock() {
  [[ -d ${lock_file%/*} ]] || mkdir -p -- "${lock_file%/*}"
  : 2>/dev/null >>"$lock_file" || die 1 "cannot write the lock file $lock_file"
  exec 9>>"$lock_file"
  flock -n 9 && return 0
  if ((wait_seconds > 0)); then
    complain "waiting up to $wait_seconds s for $(lock_holder)"
    flock -w "$wait_seconds" 9 && return 0
  fi
  die 75 "another run holds the lock: $(lock_holder)" "Let it end, or wait for it: --wait SECONDS"
}

# Found by its open descriptor, so that a run that changes nothing need not write its name anywhere.
lock_holder() {
  local process line=''
  for process in /proc/[0-9]*; do
    [[ $process != "/proc/$$" && $process/fd/9 -ef $lock_file ]] || continue
    { IFS= read -r -d '' line && IFS= read -r -d '' line; } 2>/dev/null <"$process/cmdline" || continue
    line=$(tr '\0' ' ' <"$process/cmdline")
    printf 'process %s (%s)' "${process#/proc/}" "${line% }"
    return
  done
  printf 'a process that has just ended'
}

watchdog=''

watchdog_name() {
  watchdog=lvsgen-confirm-$cluster-$role
}

# Set before the first change: it survives the session, this process, and a reboot.
arm_confirm() {
  local unit generations=() target=0
  [[ $confirm_seconds && -z $root ]] || return 0
  watchdog_name
  unit=/etc/systemd/system/$watchdog.service
  if [[ ! -d /run/systemd/system ]]; then
    failure='--confirm needs systemd, which outlives the session'
    return 1
  fi
  list_generations
  if ((${#generations[@]})); then
    target=$((10#${generations[${#generations[@]} - 1]}))
    generation_is_closed "${generations[${#generations[@]} - 1]}" || target=$((target - 1))
  fi
  (umask 077 && mkdir -p -- "$state_dir") || return 1
  run cp -- "$script_path" "$state_dir/script" && run chmod 0700 -- "$state_dir/script" || return 1
  replace_file "$unit" 0644 "# Puts back what $script applied unless '$script confirm' comes in time. It removes itself.
[Unit]
Description=lvsgen: put back what was not confirmed ($cluster $role)
After=network.target remote-fs.target ipvsadm.service

[Service]
Type=oneshot
ExecStart=/bin/bash $state_dir/script rollback --to $target --host $host --wait 600 --drain 0

[Install]
WantedBy=multi-user.target
" || return 1
  run systemctl daemon-reload && run systemctl enable "$watchdog.service" || return 1
  sync_paths "$state_dir/script" "$state_dir" "$unit" /etc/systemd/system/multi-user.target.wants
  start_timer
}

start_timer() {
  systemctl stop "$watchdog.timer" >/dev/null 2>&1 || :
  run systemd-run --on-active="$confirm_seconds" --timer-property=AccuracySec=1s --unit="$watchdog.service"
}

# The time counts from the end of the apply, so that a person has all of it.
restart_confirm() {
  [[ $watchdog && $generation ]] || return 0
  start_timer || { complain "cannot set the timer anew: $failure" && return 1; }
  say "$bold$confirm_seconds s to confirm:$plain sudo bash $script confirm   (else everything is put back, after a reboot too)"
}

confirm_is_pending() {
  watchdog_name
  [[ -e /etc/systemd/system/$watchdog.service ]]
}

disarm_confirm() {
  [[ -z $root ]] && confirm_is_pending || return 0
  systemctl stop "$watchdog.timer" >/dev/null 2>&1 || :
  systemctl disable "$watchdog.service" >/dev/null 2>&1 || :
  rm -f -- "/etc/systemd/system/$watchdog.service" "/etc/systemd/system/multi-user.target.wants/$watchdog.service"
  systemctl daemon-reload >/dev/null 2>&1 || :
  sync_paths /etc/systemd/system
}

confirm_command() {
  if ! confirm_is_pending; then
    complain 'nothing to confirm: no apply with --confirm is pending, or its time is over and everything was put back' \
      "See: bash $script status"
    exit 1
  fi
  disarm_confirm
  say "confirmed: what was applied stays"
}
