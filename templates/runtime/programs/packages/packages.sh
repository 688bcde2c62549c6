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
