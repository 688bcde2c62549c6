# ---- main ---------------------------------------------------------------------------------------

wanted=()

after_error='Run it again: it goes on where it was.'

ended() { # WHAT
  complain "$1: run it again, it goes on where it was"
}

# Runs what downloads, shows what it says, and keeps that for the message of a failure.
attempt() { # WHAT COMMAND...
  local what=$1 status=0
  shift
  say "$bold%s: %s$plain" "$script" "$what"
  if [[ $quiet ]]; then
    "$@" >"$scratch/said" 2>&1 </dev/null || status=$?
  else
    "$@" 2>&1 </dev/null | tee -- "$scratch/said" | tell_lines || status=$?
  fi
  ((status == 0)) || explain_failure "$what"
}

# The same for what has nothing to show unless it fails.
ask() { # WHAT COMMAND...
  local what=$1 status=0
  shift
  "$@" >"$scratch/said" 2>&1 </dev/null || status=$?
  ((status == 0)) && return 0
  [[ $quiet ]] || tell_lines <"$scratch/said" >&2
  explain_failure "$what"
}

# The causes that people meet, each with what to do. What the package manager said of them is shown, not understood.
explain_failure() { # WHAT
  local name unknown=''
  [[ -z $quiet ]] || tell_lines <"$scratch/said" >&2
  refuse_full_disk "$1" "$stage"
  refuse_full_disk "$1" "$scratch"
  for name in "${wanted[@]}"; do # never empty
    is_offered "$name" || unknown+=" $name"
  done
  if [[ $unknown == " ${wanted[*]}" ]]; then # never empty
    die 69 "$1: the repositories of this machine cannot be reached, or have none of the packages (above)" \
      "Is this machine connected? Does its package manager know the proxy? Are the system's repositories enabled? Then run it again"
  elif [[ $unknown ]]; then
    die 69 "$1: no repository of this machine has:$unknown" \
      "Enable the repository that has it, or mend the name in the description"
  fi
  die 69 "$1: the repositories broke off, or lack what the packages depend on (above)" \
    "Run it again: it goes on where it was" \
    "If it says the same, enable the system's complete repositories, base and updates, as its vendor configures them"
}

refuse_full_disk() { # WHAT DIRECTORY
  local blocks size free=%a
  ((EUID)) || free=%f
  read -r blocks size < <(stat -f -c "$free %S" -- "$2" || :) || return 0
  ((blocks * size >= 1048576)) ||
    die 1 "$1: the disk of $2 is full" "Make room, or name another place (--output DIR, TMPDIR for temporary files); then run it again"
}

is_offered() { # NAME
  case $package_manager in
    apt) is_offered_deb "$1" ;;
    *) is_offered_rpm "$1" ;;
  esac
}

# What a program says, as it comes.
tell_lines() {
  local line
  while IFS= read -r line || [[ $line ]]; do tell_line "$line"; done
}

program() {
  local package
  choose_platform
  if [[ $list ]]; then
    for package in ${wanted[@]+"${wanted[@]}"}; do tell "$package"; done
    return
  fi
  choose_architecture
  finally on_exit
  end_on_signals
  say "for ${hosts_of[$platform]} ($platform $architecture): ${wanted[*]}" # never empty
  place_folder
  if is_complete; then
    say "complete already; --refresh fetches newer versions"
  else
    refuse_foreign
    case $package_manager in
      apt) fetch_debs ;;
      *) fetch_rpms ;;
    esac
  fi
  tell_folder
}
