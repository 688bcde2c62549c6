# ---- run: which run this is, for whoever reads its events, and --report ------------------------------------------
#
# The first event says who tells (`run`), the last ones how this host stands and how the run ended (`end`). docs/status.md has them all.

run_id='' run_began=0 report_path='' report_lost=''

# By its own arithmetic: what printf makes of TZ is not the same in every bash.
utc_now() { # -> $utc, as 2026-01-31T23:59:59+00:00, and $seconds since 1970
  local day rest era year_of_era year day_of_year month
  printf -v seconds '%(%s)T' -1
  day=$((seconds / 86400 + 719468)) rest=$((seconds % 86400))
  era=$((day / 146097)) day=$((day % 146097))
  year_of_era=$(((day - day / 1460 + day / 36524 - day / 146096) / 365))
  day_of_year=$((day - (365 * year_of_era + year_of_era / 4 - year_of_era / 100)))
  # Of a year that begins in March.
  month=$(((5 * day_of_year + 2) / 153)) day=$((day_of_year - (153 * month + 2) / 5 + 1))
  year=$((year_of_era + era * 400 + month / 10)) month=$(((month + 2) % 12 + 1))
  printf -v utc '%04d-%02d-%02dT%02d:%02d:%02d+00:00' "$year" "$month" "$day" "$((rest / 3600))" "$((rest % 3600 / 60))" "$((rest % 60))"
}

# Before anything else is told. Fails with $unreported where there is no place for the report.
begin_run() {
  local utc seconds uptime='' rest status=0
  [[ $events && -z $run_id ]] || return 0
  utc_now
  run_began=$seconds
  # The number tells runs apart; and nobody guesses the name of a file that has it.
  IFS= read -r run_id </proc/sys/kernel/random/uuid || run_id=$utc-$$
  # Two runs may begin in one second.
  read -r uptime rest </proc/uptime || :
  [[ -z $report_to ]] || open_report || status=1
  finally end_run
  # Uncaught, a signal would end the run with the code of the command before it.
  end_on_signals
  put_event "$utc" run run "$run_id" host "$host" machine "${HOSTNAME:-}" undescribed "${undescribed:-}" role "$role" cluster "$cluster" command "$command" \
    bundle "$lvsgen_sum" runtime "$lvsgen_runtime" lvsgen "$lvsgen_version" format 1 \
    root "${root:-}" only "${only:-}" dry_run "${dry_run:-}" uptime "$uptime"
  return "$status"
}

# Where a report is asked for and cannot be written, nothing is begun.
begin_reported_run() {
  if [[ ${command_has["$command plain"]:-} ]]; then
    [[ -z $report_to ]] || bad_usage "--report does not go with $command"
    return 0
  fi
  begin_run || die 69 "--report: ${unreported%%$'\n'*}" "${unreported#*$'\n'}" 'Nothing was done.'
}

end_run() { # with $code
  local kind utc seconds
  local -a words=()
  if is_standing; then
    tell_standing
    split_words "${all_kinds:-}"
    for kind in ${words[@]+"${words[@]}"}; do
      ! declare -F "${kind}_stands" >/dev/null || "${kind}_stands"
    done
  fi
  utc_now
  # (A clock that was set back meanwhile.)
  ((seconds >= run_began)) || seconds=$run_began
  event end code "$code" seconds "$((seconds - run_began))"
  close_report
}

# Has a role's script got so far that it knows where its state is?
is_standing() {
  [[ ${state_dir:-} ]] && declare -F tell_standing >/dev/null
}

# ---- --report --------------------------------------------------------------------------------------------------

accept '--report FILE|DIR' report_to:report 'write the objects of --json to this new file as well, or to a new one in this folder'

report_value() { # OPTION
  local folder=.
  [[ ! -d $value ]] || return 0
  [[ ! -e $value && ! -L $value ]] || bad_usage "$1: $value is there already, and a report takes no file's place: name a new one, or a folder"
  [[ $value != */* ]] || folder=${value%/*}
  [[ $value != */ && -d ${folder:-/} ]] || bad_usage "$1: no directory ${folder:-/}"
}

# A new file, which only this user reads, in the very directory that was looked at. Where others can write there too, its name has a
# number that nobody can guess: nothing can lie there in wait for it. -> $report_descriptor, or $unreported: what, and what to do
open_report() {
  local folder=$report_to name='' opened at mask remedy='Name another folder.'
  report_lost=1
  if [[ ! -d $folder ]]; then
    name=${report_to##*/}
    if [[ $report_to == */* ]]; then folder=${report_to%/*}; else folder=.; fi
  fi
  folder=${folder:-/}
  { exec {opened}<"$folder/."; } 2>/dev/null || { unreported="cannot open the folder $folder"$'\n'$remedy && return 1; }
  at=/proc/self/fd/$opened
  name_report || { exec {opened}<&- && return 1; }
  report_path=${folder%/}/$name
  mask=$(umask)
  umask 077
  set -o noclobber
  { exec {report_descriptor}>"$at/$name"; } 2>/dev/null || report_descriptor=''
  set +o noclobber
  umask "$mask"
  exec {opened}<&-
  [[ $report_descriptor && -f /proc/self/fd/$report_descriptor ]] || { report_descriptor='' unreported="cannot write $report_path"$'\n'$remedy && return 1; }
  report_lost=''
  # A limit of files' size is an error of the write, and not the end of this run.
  trap '' XFSZ
}

name_report() { # with $at, $folder and $utc -> $name
  local mode uid time=${utc%+*} who=${host:-${HOSTNAME:-}} shared='' taken=1
  IFS=: read -r mode uid < <(stat --printf '%a:%u\n' -- "$at/." 2>/dev/null || :) || { unreported="cannot read the rights of $folder"$'\n'$remedy && return 1; }
  # Whoever has called sudo is no other.
  [[ $uid == 0 || $uid == "$EUID" || $uid == "${SUDO_UID:-}" ]] || shared=1
  (((8#0${mode//[!0-7]/} & 8#022) == 0)) || shared=1
  if [[ $name ]]; then
    [[ -e $at/$name || -L $at/$name ]] || taken=''
    [[ $shared || $taken ]] || return 0
    unreported="$report_to is there already"$'\n'$remedy
    [[ $taken ]] || unreported="others can write to $folder, where they could have put something in the place of ${name}"$'\n''Name the folder alone: the file gets a name there that nobody can guess.'
    return 1
  fi
  who=${who//[!A-Za-z0-9._-]/_}
  name=${who/#[.-]/_}-$role-$command-${time//[-:]/}Z
  [[ -z $shared && ! -e $at/$name.jsonl && ! -L $at/$name.jsonl ]] || name+=-$run_id
  name+=.jsonl
}

# What was changed stays changed, whatever becomes of the report: it is told that it breaks off, and the exit code is the command's.
write_report() { # LINE
  ! { printf '%s\n' "$1" >&"$report_descriptor"; } 2>/dev/null || return 0
  exec {report_descriptor}>&-
  report_descriptor='' report_lost=1 events=$json
  complain "the report $report_path breaks off: it cannot be written any more (a full disk?)" 'What this run does and says is not touched by that.'
}

close_report() {
  [[ -z $report_to || $report_lost ]] || say "report: $report_path"
  [[ -z $report_descriptor ]] || exec {report_descriptor}>&-
  report_descriptor=''
}
