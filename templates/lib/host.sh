# ---- this host: which of the described it is, and whether it is the described system ---------------

host_names=() host_platforms=() host_addresses=()

host() { # NAME PLATFORM ADDRESS...
  host_names+=("$1")
  host_platforms+=("$2")
  shift 2
  host_addresses+=("$*")
}

find_host() {
  local i address found=''
  hosts
  for ((i = 0; i < ${#host_names[@]}; i++)); do
    if [[ $host ]]; then
      [[ $host != "${host_names[i]}" ]] || found=$i
      continue
    fi
    load_addresses
    for address in ${host_addresses[i]}; do
      [[ ${address_of[$address]:-} ]] || continue
      [[ -z $found || $found == "$i" ]] ||
        die 78 "this host has addresses of both ${host_names[found]} and ${host_names[i]}" "Say which it is: --host NAME"
      found=$i
    done
  done
  if [[ -z $found ]]; then
    if [[ $host ]]; then
      die 78 "no host $host has this role; described are: ${host_names[*]}"
    fi
    die 78 "this host is not in the description: none of its addresses is one of a $role" \
      "Described are: $(for ((i = 0; i < ${#host_names[@]}; i++)); do printf '%s (%s) ' "${host_names[i]}" "${host_addresses[i]}"; done)" \
      "If it is one of them under another address: --host NAME"
  fi
  host=${host_names[found]} platform=${host_platforms[found]}
}

# The system against the description: os-release(5).
check_platform() {
  local line id='' version='' release='' name='' pattern
  platform_facts
  release=$root/etc/os-release
  [[ -r $release ]] || release=$root/usr/lib/os-release
  if [[ -r $release ]]; then
    while IFS= read -r line; do
      line=${line//[\"\']/}
      case $line in
        ID=*) id=${line#*=} ;;
        VERSION_ID=*) version=${line#*=} ;;
        PRETTY_NAME=*) name=${line#*=} ;;
      esac
    done <"$release"
  fi
  for pattern in $platform_releases; do
    # shellcheck disable=SC2053 # a pattern: centos:7*
    [[ $id:$version != $pattern ]] || return 0
  done
  if [[ $force_platform || -n $root && -z $id ]]; then
    complain "this is ${name:-$id $version}, described is $platform: going on"
    return 0
  fi
  die 78 "this is ${name:-an unknown system} ($id:$version), but $host is described as $platform ($platform_releases)" \
    "Mend the platform in the description and build again, or try with --force-platform"
}
