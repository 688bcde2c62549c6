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

# The causes that people meet, each with what to do.
explain_failure() { # WHAT
  local line said='' unknown='' names_package="^(E: Unable to locate package |No package |No match for argument: |E: Package ')([^ ']+)"
  while IFS= read -r line; do
    said+=$line$'\n'
    [[ ! $line =~ $names_package ]] || unknown+=" ${BASH_REMATCH[2]}"
  done <"$scratch/said"
  [[ -z $quiet ]] || tell_lines <"$scratch/said" >&2
  if [[ $said == *'o space left on device'* || $said == *'enough free space'* || $said == *'more space needed'* ]]; then
    die 1 "$1: the disk is full" "Make room, or name another place (--output DIR, TMPDIR for temporary files); then run it again"
  elif [[ $unknown ]]; then
    die 69 "$1: no repository of this machine has:$unknown" \
      "Enable the repository that has it, or mend the name in the description"
  elif [[ $said == *'nothing provides'* || $said == *'unmet dependencies'* || $said == *'Requires: '* ]]; then
    die 69 "$1: the repositories of this machine lack what the packages depend on (above)" \
      "Enable the system's complete repositories, base and updates, as its vendor configures them"
  fi
  die 69 "$1: the repositories cannot be reached, or broke off (above)" \
    "Is this machine connected? Does its package manager know the proxy? Then run it again: it goes on where it was"
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
  trap on_exit EXIT
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
