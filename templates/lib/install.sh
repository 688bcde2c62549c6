# ---- installing and removing: one transaction of the system's package manager ----------------------------

# The first one that is missing brings all that are: one transaction.
package_set() { # NAME STATE
  local name
  local -a missing records=()
  if [[ $2 == absent ]]; then
    remove_packages "$1"
    return
  fi
  missing_packages
  for name in "${missing[@]}"; do # never empty
    journaled package "$name" || records+=(package "$name" absent)
  done
  ((${#records[@]} == 0)) || journal "${records[@]}" || return 1 # never empty
  lacking=69
  install_packages "${missing[@]}" && lacking=1 # never empty
}

install_packages() { # NAME...
  find_carried
  case $package_source:${carried:+folder} in
    installed:*)
      failure="not installed: $*"$'\n'"The description says that packages are installed beforehand (packages.source is 'installed'), so this script installs none. Install them, and run it again."
      return 1
      ;;
    *:folder)
      complain "installing $* from $carried ..."
      from_carried "$@"
      ;;
    carried:)
      failure="not installed: $*"$'\n'"The description says that packages are carried along, and there is no folder packages/$platform/$architecture beside this script."
      ways_out
      return 1
      ;;
    repository:)
      if [[ $packages_sum ]]; then
        failure="not installed: $*"$'\n'"--packages-sum says which folder to install from, and there is no folder packages/$platform/$architecture beside this script."
        failure+=$'\n'"Nothing was installed. Say where it is: --packages DIR --packages-sum $packages_sum"
        return 1
      fi
      complain "installing $* ..."
      from_repositories "$@" && return 0
      failure="cannot install $*: $failure"
      ways_out
      return 1
      ;;
  esac
}

from_repositories() { # NAME...
  case $package_manager in
    apt) mend_packages; apt_install "${apt_get[@]}" install -- "$@" ;; # never empty
    *) run "$package_manager" -y install -- "$@" ;;
  esac
}

# A dpkg that outlived the run that was killed may end only now, and leave something to mend.
apt_install() { # COMMAND...
  run "$@" && return 0
  [[ $failure == *'dpkg was interrupted'* ]] || return 1
  mend_packages
  run "$@"
}

# An interrupted transaction is repaired before the next: here what needs nothing more, by apt then what does.
mend_packages() {
  local update
  [[ $package_manager == apt ]] || return 0
  for update in /var/lib/dpkg/updates/*; do
    [[ -e $update || $(dpkg --audit 2>/dev/null) ]] || return 0
  done
  run dpkg --configure -a --force-confold || log "dpkg --configure -a left some packages to apt"
}

remove_packages() { # NAME...
  case $package_manager in
    apt) run env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get purge -y -- "$@" ;;
    *) run "$package_manager" -y remove -- "$@" ;;
  esac
}

from_carried() { # NAME...
  local status=0
  secure_carried && check_carried && mend_packages && plan_carried "$@" && install_carried || status=1
  drop_scratch
  return "$status"
}

install_carried() { # with ${carried_plan[@]}
  case $package_manager in
    apt) install_debs ;;
    *) install_rpms ;;
  esac
}

install_debs() { # with ${carried_plan[@]} and $scratch
  apt_install "${apt_command[@]}" install -- "${carried_plan[@]}" # never empty
}

# All repositories off. dnf takes no package of a module (EL8's httpd) without the metadata of its repository; rpm does.
install_rpms() { # with ${carried_plan[@]}
  local file
  local -a files=()
  for file in "${carried_plan[@]}"; do files+=("$carried/$file"); done # never empty
  if [[ "${carried_plan[*]}" == *.module[+_]* ]]; then # never empty
    run rpm -U -- "${files[@]}" # never empty
  else
    run "$package_manager" -y --disablerepo='*' install -- "${files[@]}" # never empty
  fi
}
