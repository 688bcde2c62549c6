# ---- carried packages: only from where nobody else could have put or changed them ------------------------------

carried_copy='' carried_origin=''

# A folder that another user made, or could change after the look at its sums, vouches for nothing. What does then is the sum that was
# carried another way: it is compared with a copy that only root can reach, and the copy is what is used.
secure_carried() { # -> $carried, the folder or its copy
  local file untrusted
  local -a held=()
  for file in "$carried"/*; do
    if [[ ${file##*/} == SHA256SUMS ]] || is_package_file "${file##*/}"; then held+=("${file##*/}"); fi
  done
  if is_trusted_place "$carried" ${held[@]+"${held[@]}"}; then
    [[ -z $packages_sum ]] || has_packages_sum "$carried"
  elif [[ $packages_sum ]]; then
    copy_carried
  else
    failure="the packages in $carried may be another user's:$untrusted"
    failure+=$'\n'"Nothing was installed. Two ways out:"
    failure+=$'\n'"  - copy the folder, as root, to where only root can write: cp -r $carried /root/packages; then --packages /root/packages"
    failure+=$'\n'"  - name it with the sum that fetch-packages.sh printed: --packages $carried --packages-sum SUM"
    return 1
  fi
}

packages_sum_value() { # OPTION
  [[ $value =~ ^[0-9a-f]{64}$ ]] || bad_usage "$1 takes the SHA-256 that fetch-packages.sh printed, 64 hexadecimal digits, not '$value'"
}

has_packages_sum() { # DIRECTORY with its SHA256SUMS
  local sum='' _
  if [[ -f $1/SHA256SUMS ]]; then read -r sum _ < <(sha256sum <"$1/SHA256SUMS" || :) || :; fi
  [[ $sum != "$packages_sum" ]] || return 0
  failure="$carried/SHA256SUMS is not the one of --packages-sum: its SHA-256 is ${sum:-missing}"
  failure+=$'\n'"Nothing was installed. Compare it with what fetch-packages.sh printed, and carry the whole folder again."
  return 1
}

copy_carried() { # -> $carried, the copy
  local told=''
  make_carried_copy || return 1
  carried_origin=$carried
  copy_from "$carried_origin" SHA256SUMS && has_packages_sum "$carried_copy" || return 1
  carried=$carried_copy
  list_sums && copy_from "$carried_origin" "${carried_files[@]}" # never empty
}

make_carried_copy() { # -> $carried_copy
  # Of a run that installs, a fixed one on the disk: what a killed run left there goes with the next.
  if [[ $mutating == yes ]]; then
    carried_copy=$state_dir/packages
    rm -rf -- "$carried_copy" && failure=$(umask 077 && mkdir -p -- "$carried_copy" 2>&1) && return 0
  else
    carried_copy=$(mktemp -d "${TMPDIR:-/tmp}/lvsgen-carried.XXXXXX" 2>&1) && return 0
    failure=$carried_copy carried_copy=''
  fi
  failure="cannot make a directory for a copy of the packages: $failure"
  return 1
}

# No link, no pipe and nothing without an end is followed, waited for or copied for ever. What is missing is missed by its sum.
copy_from() { # DIRECTORY NAME...
  local name
  local -a limits=(bs=1M count=4096 "iflag=nofollow,nonblock" conv=excl status=none)
  failure=$(
    cd -- "$1" 2>&1 || exit 1
    shift
    for name; do
      [[ ! -f $name || -L $name ]] || dd if="./$name" of="$carried_copy/$name" "${limits[@]}" 2>&1 || exit 1 # never empty
    done
  ) && return 0
  failure="cannot copy the packages from $1: $failure"
  return 1
}
