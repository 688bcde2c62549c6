# ---- yum and dnf: the packages and all that they depend on, as for an empty host ------------------------------------

declare -A present=() # what was there before this run's download

fetch_rpms() {
  local file release
  local -a options rpms=()
  ((EUID == 0)) || die 77 "$package_manager resolves for an empty host only as root" "Run: sudo bash $script (it installs nothing)"
  command -v "$package_manager" >/dev/null ||
    die 69 "there is no $package_manager on this machine" "Run this script on a machine or in a container of $platform"
  find_release
  options=(-y --installroot="$scratch/root" --releasever="$release")
  dnf_options
  reuse_former
  for file in "$stage"/*.rpm; do
    ! is_package_file "${file##*/}" || [[ ! -f $file ]] || present[${file##*/}]=1
  done
  attempt 'asking the repositories and downloading' download_rpms
  drop_superseded
  for file in "$stage"/*; do
    is_package_file "${file##*/}" || { rm -rf -- "$file" && continue; }
    if ! rpm -K --nosignature -- "$file" >"$scratch/said" 2>&1; then
      rm -f -- "$file"
      die 1 "${file##*/} is damaged" "Run it again: it is fetched anew"
    fi
    rpms+=("${file##*/}")
  done
  complete_folder "${rpms[@]}" # never empty
}

download_rpms() {
  "$package_manager" "${options[@]}" --downloadonly --downloaddir="$stage" install -- "${wanted[@]}" # never empty
}

# By the metadata that were fetched.
is_offered_rpm() { # NAME
  "$package_manager" "${options[@]}" -q -C list available -- "$1" >/dev/null 2>&1 </dev/null # never empty
}

# An empty host has no release of its own: this machine's, as the addresses of its repositories need it.
find_release() { # -> $release
  local line
  release=${release_version%%.*}
  while IFS= read -r line; do
    [[ $line != 'system-release(releasever) = '* ]] || release=${line##* }
  done < <(rpm -q --provides --whatprovides 'system-release(releasever)' 2>/dev/null || :)
}

# EL7's yum knows none of these.
dnf_options() {
  local line
  if ! "$package_manager" --help 2>/dev/null | grep -q -e --forcearch; then
    [[ $architecture == "$own_architecture" ]] ||
      die 69 "$package_manager cannot fetch for another architecture" "Run this script on a machine or in a container of $platform on $architecture"
    return 0
  fi
  options+=(--setopt=install_weak_deps=False)
  [[ $architecture == "$own_architecture" ]] || options+=(--forcearch="$architecture")
  # Modules (EL8) belong to a platform, which an empty host does not name.
  while IFS= read -r line; do
    [[ $line != PLATFORM_ID=* ]] || options+=(--setopt=module_platform_id="${line#*=}")
  done < <(tr -d "\"'" </etc/os-release || :)
}

# Where a newer version of a package came, the one that was there before goes.
drop_superseded() {
  local file other came file_name file_architecture
  for file in "$stage"/*.rpm; do
    is_package_file "${file##*/}" || continue
    [[ -f $file && -z ${present[${file##*/}]:-} ]] || continue
    name_of "${file##*/}"
    came=$file_name.$file_architecture
    for other in "${!present[@]}"; do
      name_of "$other"
      [[ $file_name.$file_architecture != "$came" ]] || rm -f -- "$stage/$other"
    done
  done
}
