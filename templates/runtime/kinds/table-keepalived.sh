# ---- keepalived: that it runs, and by the file that is described -----------------------------------------------------
#
# The state is the mark of that file: `lvsgen-` and what its first line has behind it. A process of keepalived's has the mark for its name as
# soon as the file was read; releases that cannot name it are known by what was last started or reloaded. A file that was written since
# then is not in force, whatever its mark: a hand leaves the first line as it is.

kind keepalived last stale='unit service address'

watched_file='' watched_text='' # keepalived's file, and what is described of it, drains aside
checks_named='' checks_tested='' zero_weight=''
mark_page=/run/lvsgen-keepalived

keepalived_declare() { # FILE named|unnamed tested|untested keeps|raises [`sorry SERVICE SERVER` | `removes SERVICE`]..., the file from standard input
  local path=$1 text word weighed mark
  IFS= read -r -d '' text || :
  watched=keepalived.service watched_file=$path watched_text=$text
  checks_named=$2 checks_tested=$3 zero_weight=$4
  shift 4
  for word in "$@"; do
    case $word in
      'sorry '*) is_sorry[${word#sorry }]=1 ;;
      'removes '*) may_be_missing[${word#removes }]=1 ;;
    esac
  done
  read_drained
  if [[ $drained != ' ' ]]; then
    weigh_checks "$text" "$drained" ' '
    text=$weighed
  fi
  mark_of_checks "$text"
  paths+=("$root$path") units+=(keepalived.service)
  describe file "$path" 'file 0644 root root' "$text"
  describe unit keepalived.service 'enabled active'
  describe keepalived keepalived.service "$mark" "$text"
  describe_sync "$text"
}

# Directors alone tell each other of connections.
describe_sync() { # TEXT of keepalived's file
  local line interface='' id='' multicast=''
  [[ $1 == *$'\nvrrp_instance '* ]] || return 0
  while IFS= read -r line; do
    [[ $line != *' lvs_sync_daemon '* ]] || read -r _ interface _ _ id _ multicast <<<"$line"
  done <<<"$1"
  if [[ $interface ]]; then describe synced connections "$interface $id${multicast:+ $multicast}"; else describe synced connections off; fi
}

keepalived_probe() { # UNIT
  local name
  have=inactive
  health_decides || return 0
  have='another file'
  if [[ $checks_named == unnamed ]]; then
    ! { read -r name <"$mark_page"; } 2>/dev/null || [[ $name != lvsgen-* ]] || have=$name
  else
    name_of_process
  fi
  ! was_written_since || have='another file'
}

was_written_since() {
  [[ -e $mark_page && $watched_file -nt $mark_page ]]
}

name_of_process() { # with $state -> $have, where it has a mark
  local comm name
  for comm in /proc/[0-9]*/comm; do
    { read -r name <"$comm"; } 2>/dev/null || continue
    [[ $name == lvsgen-???????? ]] || continue
    have=$name
    [[ $name != "$state" ]] || return 0
  done
}

# By which file it ran before the new one was written.
keepalived_record() {
  local name have=$have
  if [[ $have == 'another file' && $checks_named == unnamed ]]; then
    ! { read -r name <"$mark_page"; } 2>/dev/null || [[ $name != lvsgen-* ]] || have=$name
  elif [[ $have == 'another file' ]]; then
    name_of_process
  fi
  record=$have
}

# What does not run reads its file when it starts; what runs is reloaded and never restarted, for it keeps its table and its role.
keepalived_set() { # UNIT STATE
  local state=$2 had record
  unset 'loaded[unit]'
  [[ $2 == lvsgen-* ]] || run rm -f -- "$mark_page" || return 1
  health_decides || return 0
  # It may have been started a moment ago.
  [[ $have != 'another file' || $2 != lvsgen-* || $checks_named == unnamed ]] || was_written_since || ! await_mark 3 || return 0
  keepalived_record
  had=$record
  # A service that is described no longer it takes out of the table itself, whoever is connected.
  [[ $command != apply ]] || let_leftovers_leave || return 1
  run systemctl reload -- "$1" || { failure+=$'\n'"See: journalctl -u $1 -b" && return 1; }
  if [[ $2 == lvsgen-* ]]; then write_mark "$2" || return 1; fi
  # Where the mark stays the same, or nobody but this run has written it, nothing tells when the file was read: it has a moment.
  if [[ $checks_named == unnamed || $had == "$2" ]]; then sleep 1; fi
  reload_limit
  await_mark "$limit" ||
    { failure="it did not take its file over within $limit s"$'\n'"See: journalctl -u $1 -b" && return 1; }
  await_still_table
}

write_mark() { # MARK
  replace_file "$mark_page" 0644 "$1"$'\n' || return 1
  # Where the clock was set back.
  [[ ! $watched_file -nt $mark_page ]] || run touch -r "$watched_file" -- "$mark_page"
}

# Whether it runs at all is the matter of its unit. What its start wrote down would be taken for that of another one's start.
keepalived_undone() { # UNIT RECORD
  local state=$2
  [[ $2 == lvsgen-* || ! -e $mark_page ]] || { have=$mark_page && return 1; }
  keepalived_probe "$1"
  [[ $have == inactive || $2 == inactive || $have == "$2" ]]
}

# An undo on a host that is described no longer knows it by the journal alone.
keepalived_facts() { # UNIT
  units+=("$1") watched=${watched:-$1}
}

keepalived_differs() { # with $have and $state
  case $have in
    inactive) printf 'does not run: the table is frozen, and nothing takes out who dies' ;;
    *) printf 'runs by %s, described: %s; systemctl reload keepalived' "$have" "$state" ;;
  esac
}

# Up to 2.2 a reload takes longer by the square of the number of real servers.
reload_limit() { # -> $limit, in seconds
  local line servers=0
  while IFS= read -r line; do
    [[ $line != '    real_server '* ]] || servers=$((servers + 1))
  done <<<"$watched_text"
  limit=$((10 + servers * servers / 2000000))
}

await_mark() { # SECONDS, with $state
  local have tenths
  for ((tenths = 0; tenths < $1 * 10; tenths++)); do
    keepalived_probe keepalived.service
    [[ $have != "$state" ]] || return 0
    sleep 0.1
  done
  return 1
}

# The mark is there before the kernel has everything; a busy machine may pause in between.
await_still_table() {
  local before now tries still=0
  before=$(ipvsadm -S -n 2>/dev/null) || return 0
  for ((tries = 0; tries < limit * 5 && still < 3; tries++)); do
    sleep 0.2
    now=$(ipvsadm -S -n 2>/dev/null) || return 0
    if [[ $now == "$before" ]]; then still=$((still + 1)); else still=0 before=$now; fi
  done
  unset 'loaded[service]'
}
