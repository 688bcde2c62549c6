# ---- program: how it ends -------------------------------------------------------------------------------------------

at_end=() # functions that are called however the program ends, each once
declare -A is_at_end=()

finally() { # FUNCTION
  [[ -z ${is_at_end[$1]:-} ]] || return 0
  at_end+=("$1") is_at_end[$1]=1
}

# What was asked for last is done first. The exit code stays what it is.
finish() { # EXIT-CODE
  local code=$1 i
  trap - ERR
  # Who is in a hurry ends what runs, and not the list of what is left to do.
  trap : INT TERM HUP
  set +e
  for ((i = ${#at_end[@]} - 1; i >= 0; i--)); do "${at_end[i]}"; done
}

after_error='' # what there is to do about an error of the script's own

on_error() { # LINE COMMAND
  trap - ERR
  complain "internal error in line $1: $2" ${after_error:+"$after_error"}
  log "internal error in line $1: $2"
  exit 1
}

# A signal ends a program with what its function `ended` says. Where it comes just before bash 5.2 reads the inside of a `$(`, that takes
# the trap for a part of it: without a parenthesis that closes it, the trap would be an error of syntax, and the signal lost. Elsewhere
# the first line ends the program, and the second is never read.
end_on_signals() {
  local close=$'\n)'
  trap 'on_signal INT 130'"$close" INT
  trap 'on_signal TERM 143'"$close" TERM
  trap 'on_signal HUP 129'"$close" HUP
}

on_signal() { # NAME CODE
  trap '' INT TERM HUP
  # It may have come while words were split.
  set +f
  IFS=$' \t\n'
  ended "ended by SIG$1"
  log "ended by SIG$1"
  exit "$2"
}
