# ---- a share whose server does not answer while the watchdog of --confirm puts everything back ---------------------------
#
# What is about to be put back (a route, a firewall) may be why it does not answer, and nobody is there to take the share off. Once
# everything is back, it is mounted again where it was mounted before.

declare -A taken_off=() # targets of shares that this run has taken off

take_off_silent() { # TARGET
  taken_off[$1]=1
  log_open
  complain "the NFS server of $1 does not answer: its share is taken off, so that all the rest can be put back"
  # One of old may be mounted on top of itself.
  while [[ ${mount_of[$1]:-} == nfs* ]]; do
    run timeout -s KILL 60 umount -f -l -- "$1" ||
      die 1 "the share of $1 cannot be taken off: $failure" "The watchdog tries again in a minute. Bring the NFS server back, or take the share off: umount -f -l $1"
    unset 'loaded[mount]'
    load_mounts
  done
}

# A boot may not have come to it yet, and what lies on it is to be put back where it lies.
mount_returning() {
  local i target have unit failure=''
  is_watchdog && [[ -z $root ]] || return 0
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    target=${r_name[i]}
    if [[ ${r_kind[i]} != mount || ${taken_off[$target]:-} ]] || ! goes_back_below "$target" || ! mounts_at_boot "$target"; then continue; fi
    unset 'loaded[mount]'
    mount_probe "$target"
    [[ $have == absent ]] || continue
    mount_unit_of "$target"
    try timeout 60 systemctl start -- "$unit"
    forget_snapshots mount
  done
}

goes_back_below() { # TARGET
  local i
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_name[i]} != "$1"/* ]] || ! has "${u_kind[i]}" path || return 0
  done
  return 1
}

# In a try that comes after one that failed, it is off already. So what counts is fstab, whose line is there again by now.
mount_returned() {
  local i target have failure
  is_watchdog && [[ -z $root ]] || return 0
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    target=${r_name[i]}
    if [[ ${r_kind[i]} != mount ]] || is_put_back "$target" || ! mounts_at_boot "$target"; then continue; fi
    unset 'loaded[mount]'
    mount_probe "$target"
    [[ $have == absent ]] || continue
    failure=''
    if reload_systemd && run timeout 90 mount -- "$target" 9>&-; then
      report changed mount "$target" 'mounted again'
    else
      failure+=$'\n'"Once its server answers: mount $target"
      report_failure mount "$target"
    fi
  done
}

# Has the rollback itself decided what is mounted there?
is_put_back() { # TARGET
  local i kind=mount name=$1 keeper holder carrier
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == mount && ${u_name[i]} == "$1" ]] || continue
    find_keeper "$i"
    [[ $keeper ]] || return 0
  done
  return 1
}

mounts_at_boot() { # TARGET
  local content='' real shared in_the_way line device target
  walk /etc/fstab last && read_found || return 1
  while IFS= read -r line; do
    if split_mount_line && is_mount_point "$target" "$1"; then return 0; fi
  done <<<"$content"
  return 1
}
