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
  local -a words=()
  hosts
  for ((i = 0; i < ${#host_names[@]}; i++)); do
    if [[ $host ]]; then
      [[ $host != "${host_names[i]}" ]] || found=$i
      continue
    fi
    load_addresses
    split_words "${host_addresses[i]}"
    for address in ${words[@]+"${words[@]}"}; do
      [[ ${address_of[$address]:-} ]] || continue
      [[ -z $found || $found == "$i" ]] ||
        die 78 "this host has addresses of both ${host_names[found]} and ${host_names[i]}" "Say which it is: --host NAME"
      found=$i
    done
  done
  if [[ -z $found ]]; then
    if [[ $host ]]; then
      die 78 "no host $host is described here, but ${host_names[*]}" # never empty
    fi
    die 78 "this script is not for this host: none of its addresses is that of $role_title" \
      "It is for:$(for ((i = 0; i < ${#host_names[@]}; i++)); do printf ' %s (%s)' "${host_names[i]}" "${host_addresses[i]}"; done)" \
      "If it is one of them under another address: --host NAME"
  fi
  host=${host_names[found]} platform=${host_platforms[found]}
}

# The system against the description.
check_platform() {
  local name
  local -a files=()
  platform_facts
  paths+=("$root/etc/os-release" "$root/usr/lib/os-release")
  # Below --root a link leads to what lies below it too.
  for name in /etc/os-release /usr/lib/os-release; do
    if walk "$root$name" last; then files+=("$root$real"); fi
  done
  lacking=1
  read_release ${files[@]+"${files[@]}"}
  ! is_release "$platform_releases" || return 0
  if [[ $force_platform || -n $root && -z $release_id ]]; then
    complain "this is $release_name, described is $platform: going on"
    return 0
  fi
  die 78 "this is $release_name ($release_id:$release_version), but $host is described as $platform ($platform_releases)" \
    "Mend the platform in the description and build again, or try with --force-platform"
}
