# ---- installing and removing: one transaction of the system's package manager ----------------------------

prepared='' # the packages that were found to be had from $carried, with $carried_command

# Whatever is refused is refused before anything is written down, so that no generation begins with what never was.
package_record() { # NAME
  local -a missing
  missing_packages
  lacking=69
  prepare_packages "${missing[@]}" && lacking=1 # never empty
}

# The first one that is missing brings all that are: one transaction.
package_set() { # NAME STATE
  local name status=0
  local -a missing records=()
  if [[ $2 == absent ]]; then
    remove_packages "$1"
    return
  fi
  missing_packages
  for name in "${missing[@]}"; do # never empty
    journaled package "$name" || records+=(package "$name" absent)
  done
  if ((${#records[@]})) && ! journal "${records[@]}"; then # never empty
    drop_scratch
    return 1
  fi
  lacking=69
  # A run that goes on where another was interrupted has its records already.
  [[ $prepared == "${missing[*]}" ]] || prepare_packages "${missing[@]}" || return 1 # never empty
  if install_packages "${missing[@]}"; then lacking=1; else status=1; fi # never empty
  drop_scratch
  prepared=''
  return "$status"
}

# What can be known without changing anything: is there a place to install from, and is all that is needed in the folder?
prepare_packages() { # NAME...
  # However the run ends.
  finally drop_scratch
  find_carried
  case $package_source:${carried:+folder} in
    installed:*)
      failure="not installed: $*"$'\n'"The description says that packages are installed beforehand (packages.source is 'installed'), so this script installs none. Install them, and run it again."
      return 1
      ;;
    *:folder)
      complain "looking at $carried for $* ..."
      if ! secure_carried || ! check_carried || ! resolve_carried "$@"; then
        drop_scratch
        return 1
      fi
      ;;
    carried:)
      failure="not installed: $*"$'\n'"The description says that packages are carried along, and there is no folder packages/$platform/$architecture beside this script."
      ways_out
      return 1
      ;;
    repository:)
      [[ $packages_sum ]] || { prepared=$* && return 0; }
      failure="not installed: $*"$'\n'"--packages-sum says which folder to install from, and there is no folder packages/$platform/$architecture beside this script."
      failure+=$'\n'"Nothing was installed. Say where it is: --packages DIR --packages-sum $packages_sum"
      return 1
      ;;
  esac
  prepared=$*
}

install_packages() { # NAME..., prepared
  local -a manager=("$package_manager" -y)
  if [[ $carried ]]; then
    complain "installing $* from ${carried_origin:-$carried} ..."
    manager=("${carried_command[@]}") # never empty
    run_manager "$@"
    return
  fi
  complain "installing $* ..."
  [[ $package_manager != apt ]] || manager=("${apt_get[@]}") # never empty
  run_manager "$@" && return 0
  failure="cannot install $*: $failure"
  ways_out
  return 1
}

# A dpkg that outlived the run that was killed may end only now, and leave something to mend.
run_manager() { # NAME..., with ${manager[@]}
  mend_packages
  run "${manager[@]}" install -- "$@" && return 0 # never empty
  is_interrupted || return 1
  mend_packages
  run "${manager[@]}" install -- "$@" # never empty
}

# An interrupted transaction is repaired before the next: by dpkg what needs nothing more, by apt what does.
mend_packages() { # with ${manager[@]}
  ! is_interrupted || run dpkg --configure -a --force-confold || run "${manager[@]}" install || # never empty
    log "the interrupted transaction is not repaired: $failure"
}

is_interrupted() {
  local update
  [[ $package_manager == apt ]] || return 1
  for update in /var/lib/dpkg/updates/*; do
    [[ ! -e $update ]] || return 0
  done
  [[ $(dpkg --audit 2>/dev/null) ]]
}

# What the package manager would remove along with it, and is nobody's who leaves: it stays for that.
remove_packages() { # NAME -> $goes_on, where it stays
  local others=''
  find_needing "$1" || return 1
  if [[ $others ]]; then
    goes_on="it stays, since others need it that would go with it:$others"
    return 0
  fi
  case $package_manager in
    apt) run env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get purge -y -- "$1" ;;
    # What it needed itself may be in use by now.
    *) run "$package_manager" -y --setopt=clean_requirements_on_remove=0 remove -- "$1" ;;
  esac
}

find_needing() { # NAME -> $others
  local line said name more
  local -a going=("$1")
  if [[ $package_manager == apt ]]; then
    said=$(apt-get -s purge -- "$1" 2>&1) || { failure="apt-get does not say what else it would remove with it"$'\n'$said && return 1; }
    while read -r line name _; do
      [[ $line != @(Purg|Remv) ]] || note_dependent "${name%%:*}"
    done <<<"$said"
    return 0
  fi
  # Of what needs it rpm names the next ones alone.
  while :; do
    said=$(rpm -e --test --allmatches -- "${going[@]}" 2>&1) && return 0 # never empty
    more=''
    while IFS= read -r line; do
      [[ $line == *' is needed by (installed) '* ]] || continue
      name=${line##* (installed) } name=${name%-*-*}
      note_dependent "$name" || continue
      [[ " ${going[*]} " == *" $name "* ]] || { going+=("$name") && more=1; } # never empty
    done <<<"$said"
    [[ $more && -z $others ]] || return 0
  done
}

note_dependent() { # NAME, added to $others; success where it leaves as well
  local i holder
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == package && ${u_name[i]} == "$1" && ${u_record[i]} == absent ]] || continue
    held_elsewhere "package $1" || return 0
  done
  [[ " $others " == *" $1 "* ]] || others+=" $1"
  return 1
}
