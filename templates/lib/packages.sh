# ---- packages: installed by the system's own package manager ---------------------------------------
#
# From a carried folder alone where there is one, else from the repositories that the host has configured; `$package_source`
# of the description narrows that down to one of them, or to none.

packages=() journaled_packages=() # what is described; what an undo would ask about, which is not installed for that

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

ways_out() {
  local place=/etc/yum.repos.d refresh=''
  [[ $package_manager != apt ]] || place=/etc/apt/sources.list.d refresh=', then apt-get update'
  failure+=$'\n'"Two ways out:"
  failure+=$'\n'"  - a carried folder: run fetch-packages.sh of this bundle on a connected machine of the same system, put packages/$platform/$architecture beside this script or name it with --packages DIR"
  failure+=$'\n'"  - a local repository: a DVD or a mirror within reach, in $place$refresh"
  [[ $package_source == repository ]] || failure+=" (and packages.source 'repository' in the description)"
  failure+=$'\n'"Then run this script again."
}

carried_plan=()

# What of the folder, once checked, these packages need beyond what the host has: found out without changing anything.
plan_carried() { # NAME... -> ${carried_plan[@]}
  carried_plan=()
  case $package_manager in
    apt) plan_debs "$@" ;;
    *) plan_rpms "$@" ;;
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
