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

# Can these packages be had from the folder, once checked, beyond what the host has? The package manager is asked, and changes nothing.
# Whatever the host has in a version that satisfies stays as it is.
resolve_carried() { # NAME... -> ${carried_command[@]} that installs
  local name output lacking_names=''
  local -A carried_names=()
  make_scratch || return 1
  case $package_manager in
    apt) index_debs && configure_apt || return 1 ;;
    *) index_rpms && configure_yum || return 1 ;;
  esac
  for name; do
    [[ ${carried_names[${name%%:*}]:-} ]] || lacking_names+=" $name"
  done
  if [[ $lacking_names ]]; then
    lacks_packages "there is no package$lacking_names in it"
    return
  fi
  case $package_manager in
    apt) output=$(resolve_by_apt "$@" 2>&1 </dev/null) && return 0 ;;
    *) output=$("${carried_command[@]}" --setopt=tsflags=test install -- "$@" 2>&1 </dev/null) && return 0 ;; # never empty
  esac
  failure="$package_manager finds no way to install $* from the packages in $carried and what this host has"
  failure+=$'\n'$output$'\n'"Nothing was installed. Where something is missing, fetch the packages again with fetch-packages.sh of this bundle, on a machine"
  failure+=$'\n'"of the same system and release as this host, and carry the whole folder."
  return 1
}

lacks_packages() { # WHAT: fails, saying that the folder has no such thing
  failure="the carried packages in $carried are not enough: $1"
  failure+=$'\n'"Nothing was installed. Fetch them again with fetch-packages.sh of this bundle, and carry the whole folder."
  return 1
}
