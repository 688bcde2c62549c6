# ---- packages: installed by the system's own package manager ---------------------------------------
#
# From a carried folder alone where there is one, else from the repositories that the host has configured; `$package_source`
# of the description narrows that down to one of them, or to none.

packages=()

package_declare() { # NAME
  packages+=("$1")
  describe package "$1" installed
}

package_probe() { # NAME
  load_packages
  have=${package_of[$1]:-absent}
}

query_packages() { # NAME... -> lines `NAME STATUS`, or what says that there is no such package
  case $package_manager in
    apt) dpkg-query -W -f '${Package} ${db:Status-Status}\n' -- "$@" 2>&1 || : ;;
    *) rpm -q --qf '%{NAME} installed\n' -- "$@" 2>&1 || : ;;
  esac
}

missing_packages() { # -> ${missing[@]}
  local name
  load_packages
  missing=()
  for name in ${packages[@]+"${packages[@]}"}; do
    [[ ${package_of[$name]:-} ]] || missing+=("$name")
  done
}

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
      complain "installing $* ..."
      from_repositories "$@" && return 0
      failure="cannot install $*: $failure"
      ways_out
      return 1
      ;;
  esac
}

ways_out() {
  local place=/etc/yum.repos.d refresh=''
  [[ $package_manager != apt ]] || place=/etc/apt/sources.list.d refresh=', then apt-get update'
  failure+=$'\n'"Two ways out:"
  failure+=$'\n'"  - a carried folder: run fetch-packages.sh of this bundle on a connected machine of the same system, put packages/$platform/$architecture beside this script or name it with --packages DIR"
  failure+=$'\n'"  - a local repository: a DVD or a mirror within reach, in $place$refresh"
  [[ $package_source == repository ]] || failure+=" (and packages.source 'repository' in the description)"
  failure+=$'\n'"Then run this script again."
}

# Fix-Broken: an interrupted transaction left packages unpacked whose dependencies never came.
apt_get=(env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -y --no-install-recommends --no-remove
  -o APT::Get::Fix-Broken=true -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=60)

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

# ---- from the folder alone

carried_plan=()

from_carried() { # NAME...
  local status=0
  check_carried && mend_packages && plan_carried "$@" && install_carried || status=1
  drop_scratch
  return "$status"
}

# What of the folder, once checked, these packages need beyond what the host has: found out without changing anything.
plan_carried() { # NAME... -> ${carried_plan[@]}
  carried_plan=()
  case $package_manager in
    apt) plan_debs "$@" ;;
    *) plan_rpms "$@" ;;
  esac
}

install_carried() { # with ${carried_plan[@]}
  case $package_manager in
    apt) install_debs ;;
    *) install_rpms ;;
  esac
}

lacks_packages() { # WHAT...: fails, saying that the folder has no such thing
  failure="the carried packages in $carried are not enough: $1"
  shift
  while (($#)); do
    failure+=$'\n'"  $1"
    shift
  done
  failure+=$'\n'"Nothing was installed. Fetch them again with fetch-packages.sh of this bundle, and carry the whole folder."
  return 1
}
