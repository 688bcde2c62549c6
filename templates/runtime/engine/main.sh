# ---- main ---------------------------------------------------------------------------------------------------------

on_error() { # LINE COMMAND
  trap - ERR
  complain "internal error in line $1: $2" "What was changed is in the journal: apply again, or rollback."
  log "internal error in line $1: $2"
  exit 1
}

on_signal() { # NAME CODE
  trap '' INT TERM HUP
  complain "ended by SIG$1${generation:+; generation $generation holds what was changed: apply again, or rollback}"
  log "ended by SIG$1"
  exit "$2"
}

unread=end_unread

end_unread() { # WHAT COMMAND
  local remedy='Nothing was changed.'
  [[ -z $generation ]] || remedy="generation $generation holds what was changed: apply again, or undo it: bash $script rollback"
  die 1 "cannot read $1: '$2' failed" "$remedy"
}

main() {
  local shown
  local -a generations
  set -Eeuo pipefail
  shopt -s extglob
  unset -v CDPATH GLOBIGNORE GREP_OPTIONS POSIXLY_CORRECT
  export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin
  umask 022
  script_path=${BASH_SOURCE[0]}
  visible "${script_path##*/}"
  script=$shown
  parse_options "$@"
  use_colors
  trap 'on_error "$LINENO" "$BASH_COMMAND"' ERR
  trap '' PIPE
  if [[ ${command_has["$command shows"]:-} ]]; then
    "${command}_command" ${operands[@]+"${operands[@]}"}
    return
  fi
  ((EUID == 0)) || die 77 "$command needs root" "Run: sudo bash $script ${command}"
  read -r kernel_release </proc/sys/kernel/osrelease
  find_host
  check_platform
  state_paths
  if [[ -z ${command_has["$command reads"]:-} ]]; then
    mutating=yes
    trap 'on_signal INT 130' INT
    trap 'on_signal TERM 143' TERM
    trap 'on_signal HUP 129' HUP
    take_lock
  fi
  resources
  guard_described
  paths+=("$state_dir/generations" "$state_dir/blobs")
  refuse_foreign_state
  [[ -z $mutating ]] || remove_torn_state
  "${command}_command" ${operands[@]+"${operands[@]}"}
  exit
}
