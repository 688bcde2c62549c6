# ---- for which system, and for which architecture -------------------------------------------------

platform_names=() platform='' own_architecture=''
declare -A manager_of=() releases_of=() packages_of=() hosts_of=()

platform() { # NAME PACKAGE-MANAGER RELEASES
  platform_names+=("$1")
  manager_of[$1]=$2 releases_of[$1]=$3
}

hosts() { # PLATFORM HOST...
  local name=$1
  shift
  hosts_of[$name]=$*
}

packages() { # PLATFORM PACKAGE...
  local name=$1
  shift
  packages_of[$name]=$*
}

choose_platform() { # -> $platform $package_manager ${wanted[@]}
  local name fitting=''
  targets
  read_release /etc/os-release /usr/lib/os-release
  for name in "${platform_names[@]}"; do # never empty
    ! is_release "${releases_of[$name]}" || fitting+=" $name"
  done
  if [[ $wanted_platform ]]; then
    platform=$wanted_platform
    [[ ${manager_of[$platform]:-} ]] || bad_usage "--platform: no host is $platform; there are: ${platform_names[*]}" # never empty
    [[ "$fitting " == *" $platform "* ]] || other_system
  else
    [[ $fitting ]] || other_system
    fitting=${fitting:-" ${platform_names[*]}"} # never empty
    platform=${fitting# }
    [[ $platform != *' '* ]] || bad_usage "say for which platform: --platform NAME, one of:$fitting"
  fi
  package_manager=${manager_of[$platform]}
  read -r -a wanted <<<"${packages_of[$platform]:-}"
}

# Packages of another release would not go together with what the hosts have.
other_system() {
  local described=${platform:-${platform_names[*]}} # never empty
  if [[ $force_platform ]]; then
    complain "this is $release_name, and the packages are for $described: going on"
    return 0
  fi
  die 78 "this is $release_name ($release_id:$release_version), and the packages are for $described" \
    "Run this script on a machine or in a container of that system; or try with --force-platform"
}

# What `uname -m` calls x86_64 is amd64 in a deb's name, and so on.
choose_architecture() { # -> $architecture $own_architecture
  package_architecture
  own_architecture=$architecture
  architecture=${wanted_architecture:-$architecture}
  case $package_manager:$architecture in
    apt:x86_64) architecture=amd64 ;;
    apt:aarch64) architecture=arm64 ;;
    apt:*) ;;
    *:amd64) architecture=x86_64 ;;
    *:arm64) architecture=aarch64 ;;
  esac
}
