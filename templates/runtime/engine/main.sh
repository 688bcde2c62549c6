# ---- main: how a role's script runs a command -------------------------------------------------------------------

after_error='What was changed is in the journal: apply again, or rollback.'

# (Who is drained is no apply: a rollback would undo the one before it.)
ended() { # WHAT
  if [[ $putting_back ]]; then
    complain "$1; part of it may have been put back: the same command again goes on with the rest"
  elif [[ $generation && $closed_as && $command == drain ]]; then
    complain "$1; what was drained stays so: the same command again goes on, undrain goes back"
  elif [[ $generation && $closed_as ]]; then
    complain "$1; what was put back into rotation stays there: the same command again goes on, drain goes back"
  else
    complain "$1${generation:+; generation $generation holds what was changed: apply again, or rollback}"
  fi
}

unread=end_unread

end_unread() { # WHAT COMMAND
  local remedy='Nothing was changed.'
  [[ -z $putting_back ]] || remedy='Part of it may have been put back: the same command again goes on with the rest.'
  [[ -z $generation ]] || remedy="generation $generation holds what was changed: apply again, or undo it: bash $script rollback"
  die 1 "cannot read $1: '$2' failed" "$remedy"
}

program() { # OPERAND...
  local -a generations
  check_options
  if [[ ${command_has["$command shows"]:-} ]]; then
    begin_reported_run
    "${command}_command" "$@"
    return
  fi
  ((EUID == 0)) || die 77 "$command needs root" "Run: sudo bash $script ${command}"
  # Before anything is read that another run may be changing.
  if [[ -z ${command_has["$command reads"]:-} && -z $dry_run ]]; then
    mutating=yes
    refuse_unsigned
    end_on_signals
    take_lock
  fi
  read -r kernel_release </proc/sys/kernel/osrelease
  if [[ ${command_has["$command undescribed"]:-} ]] && has_left; then
    take_as_undescribed
  else
    find_host
    check_platform
    state_paths
  fi
  # Bash keeps what stands in a script, or in a variable, in a file while it is read (up to 5.0 always): a loop over one that cannot be written is
  # passed over.
  { true <<<'room?'; } 2>/dev/null || die_without_room
  # What runs is a copy of the function, which is as long as the table that it has.
  declares_once=1
  resources
  declares_once=''
  [[ -z $root ]] || leave_out_on_share
  begin_reported_run
  guard_described
  paths+=("$state_dir/generations" "$state_dir/blobs")
  refuse_foreign_state
  refuse_newer_state
  [[ -z $mutating ]] || remove_torn_state
  "${command}_command" "$@"
  exit
}
