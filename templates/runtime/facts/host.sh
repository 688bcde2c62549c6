# ---- this host: which of the described it is, and whether it is the described system ---------------

host_names=() host_platforms=() host_addresses=()

host() { # NAME PLATFORM ADDRESS...
  host_names+=("$1")
  host_platforms+=("$2")
  shift 2
  host_addresses+=("$*")
}

find_host() {
  local found
  look_for_host
  [[ $found ]] || refuse_host
  host=${host_names[found]} platform=${host_platforms[found]}
}

# -> $found: which of the described hosts this is; empty where it is none
look_for_host() {
  local i address
  local -a words=()
  found=''
  ((${#host_names[@]})) || hosts
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
}

refuse_host() {
  local i
  if [[ $host ]]; then
    die 78 "no host $host is described here, but ${host_names[*]}" # never empty
  fi
  die 78 "this script is not for this host: none of its addresses is that of $role_title" \
    "It is for:$(for ((i = 0; i < ${#host_names[@]}; i++)); do printf ' %s (%s)' "${host_names[i]}" "${host_addresses[i]}"; done)" \
    "If it is one of them under another address: --host NAME"
}
