# ---- the log of what changed, beside the system's others, and what the journal of the host has of it ---------------
#
# A run that changes nothing leaves it alone. It is looked at and opened once: nothing that takes its place can keep a run
# waiting, least of all one that a signal ends.

log_file=''
told_begin='' # 1 where the journal has the beginning of this run

log_open() {
  local failure='' lacking=0 status=0
  [[ -z $log_descriptor ]] || return 0
  log_file=$root/var/log/lvsgen/$cluster.log
  [[ $told_begin ]] || tell_begin
  umask 027
  open_log || status=1
  umask 022
  leave
  if ((status)); then
    complain "nothing is written to the log: ${failure%%$'\n'*}"
    return 0
  fi
  log "$command on $host begins"
}

open_log() {
  local making=1 mode uid
  reach "$log_file" || return 1
  if ! IFS=: read -r mode uid < <(stat --printf '%a:%u\n' -- "$at/." 2>/dev/null || :) || [[ $uid != 0 ]] || ((8#0${mode//[!0-7]/} & 8#022)); then
    failure="${log_file%/*} is not a directory of root's that nobody else can write to"
    return 1
  fi
  [[ (-f $at/$leaf && ! -L $at/$leaf) || (! -e $at/$leaf && ! -L $at/$leaf) ]] ||
    { failure="$log_file is not a regular file" && return 1; }
  [[ ! -f $at/$leaf || $(stat -c %s -- "$at/$leaf") -lt $(longest_log) ]] || mv -fT -- "$at/$leaf" "$at/$leaf.1" 2>/dev/null || :
  { exec {log_descriptor}>>"$at/$leaf"; } 2>/dev/null || { failure="cannot write $log_file" log_descriptor='' && return 1; }
}

# /etc/logrotate.d/lvsgen has logrotate put it aside from 1 MiB on. Where there is none, or it does not come to that, a run does.
longest_log() {
  if [[ -z $root ]] && command -v logrotate >/dev/null; then echo 8388608; else echo 1048576; fi
}

# With --purge the log goes too, and what was put aside of it, with the last role of the cluster that is on this host.
remove_log() {
  [[ $log_descriptor ]] || return 0
  if [[ -d ${state_dir%/*} ]]; then
    say "$log_file stays: other roles of $cluster on this host write to it"
    return 0
  fi
  exec {log_descriptor}>&-
  log_descriptor=''
  reach "$log_file" || return 0
  rm -f -- "$at/$leaf" "$at/$leaf"[.-][0-9]* || complain "the log $log_file cannot be removed"
  leave
  rmdir -- "${log_file%/*}" 2>/dev/null || :
}

# The journal, or what syslog the host has, is told when something begins to change, and how that ended: sites collect it.
tell_begin() {
  local by=''
  told_begin=1
  finally tell_end
  who_runs
  log_to_host notice "$command begins${by:+, by $by}, lvsgen $lvsgen_version, script ${lvsgen_sum:0:16}"
}

tell_end() { # with $code
  local priority=notice number=''
  ((code == 0)) || priority=err
  [[ -z $generation ]] || number=$((10#$generation))
  log "$command on $host ends, exit code $code"
  log_to_host "$priority" "$command ends, exit code $code${number:+, generation $number}${closed_with:+: ${closed_with#*: }}"
}

# Whatever becomes of it is no matter of this run, and nothing waits long for who does not answer.
log_to_host() { # PRIORITY TEXT
  local shown
  [[ -z $root ]] && command -v logger >/dev/null || return 0
  visible "$cluster $role $host: $2"
  timeout 5 logger -t lvsgen -p "user.$1" -- "$shown" </dev/null >/dev/null 2>&1 9>&- || :
}
