# ---- kernel modules, and settings that another file would take back ---------------------------------------

check_modules() {
  local name said absent='' blocked='' disabled=0
  ((${#modules[@]})) || return 0
  for name in "${modules[@]}"; do # never empty
    if is_in_kernel "$name"; then continue; fi
    if ! said=$(modprobe -n -v -- "$name" 2>&1); then
      absent+=" $name"
    elif [[ $said == *'install /bin/false'* || $said == *'install /bin/true'* || $said == *'install /usr/bin/'@(true|false)* ]]; then
      blocked+=" $name"
    elif [[ -r /proc/sys/kernel/modules_disabled ]]; then
      read -r disabled </proc/sys/kernel/modules_disabled || :
    fi
  done
  if [[ $absent && ! -d /lib/modules/$kernel_release ]]; then
    finding stop modules "the modules of the kernel that runs ($kernel_release) are gone, and$absent is not loaded" \
      "An update replaced the kernel on the disk." "Reboot into the kernel that is installed"
  elif [[ $absent ]]; then
    finding stop modules "this kernel ($kernel_release) has no$absent" "The table needs it: IPVS itself, a scheduler, or a tunnel." \
      "Boot the distribution's own kernel, install its package of further modules (kernel-modules-extra, linux-modules-extra), or choose another scheduler"
  fi
  [[ -z $blocked ]] || finding stop modules "modprobe is told not to load$blocked" "A file in /etc/modprobe.d replaces the module by a program that does nothing." \
    "Find it: grep -rE 'install +($(printf '%s' "${blocked# }" | tr ' ' '|'))' /etc/modprobe.d /usr/lib/modprobe.d"
  ((disabled == 0)) || finding stop modules "this kernel loads no more modules (kernel.modules_disabled is 1)" "It stays so until a reboot." \
    "Reboot, and load what is needed before that is set"
  [[ $absent$blocked ]] || ((disabled)) || finding ok modules "${modules[*]}" # never empty
}

is_in_kernel() { # MODULE: loaded, or built in
  local line
  [[ ! -d /sys/module/$1 ]] || return 0
  [[ -r /lib/modules/$kernel_release/modules.builtin ]] || return 1
  while IFS= read -r line; do
    line=${line##*/} line=${line%%.ko*}
    [[ ${line//-/_} != "${1//-/_}" ]] || return 0
  done <"/lib/modules/$kernel_release/modules.builtin"
  return 1
}

# Asked of the package manager: ipvsadm itself loads IPVS, whatever it is asked.
check_ipvsadm() {
  local version=''
  [[ " $roles " == *' director '* ]] || return 0
  case $package_manager in
    apt) version=$(dpkg-query -W -f '${Version}' ipvsadm 2>/dev/null) || return 0 ;;
    *) version=$(rpm -q --qf '%{VERSION}' ipvsadm 2>/dev/null) || return 0 ;;
  esac
  version=${version#*:}
  [[ $version ]] || return 0
  if older "$version" "$ipvsadm_released"; then
    finding warn ipvsadm "ipvsadm $version is older than $platform's own ($ipvsadm_released)" "It may not know what the table says." "Update the package ipvsadm"
  else
    finding ok ipvsadm "ipvsadm $version"
  fi
}

# An apply refuses what sets them otherwise at the next boot, and what another cluster sets.
check_sysctls() {
  local entry key value shown file later='' others='' again='' strict='' name lines
  local -A described_value=()
  ((${#sysctls[@]})) || return 0
  for entry in "${sysctls[@]}"; do # never empty
    canonical_setting "${entry%% *}"
    described_value[$key]=${entry#* }
  done
  find_boot_files 99-zz-lvsgen
  for file in ${boot_files[@]+"${boot_files[@]}"}; do
    name=${file##*/}
    if [[ $name != 99-zz-lvsgen-* ]]; then
      lines=$later && add_other_values "$file" && later=$lines
    elif is_of_another_cluster "$name"; then
      lines=$others && add_other_values "$file" && others=$lines
    fi
  done
  [[ " ${boot_files[*]+"${boot_files[*]}"} " == *' /etc/sysctl.conf '* ]] || { lines='' && add_other_values /etc/sysctl.conf && again=$lines; }
  if [[ $later ]]; then
    finding stop sysctl "another file takes back settings at the next boot:${later//$'\n'/ }" "It is read after lvsgen's, so apply refuses it." "Take these lines out; of files below /etc 'apply --adopt' does so${later}"
  elif [[ -z $others ]]; then
    finding ok sysctl "no file takes back the ${#sysctls[@]} settings at boot"
  fi
  [[ -z $others ]] || finding stop sysctl "another cluster on this host has other values:${others//$'\n'/ }" "A host has one value of a setting: each apply would take it from the other." "Describe the same in both clusters"
  [[ -z $again ]] || finding warn sysctl "/etc/sysctl.conf sets otherwise:${again//$'\n'/ }" "Boots go by lvsgen's file, but 'sysctl -p' and 'sysctl --system' read this one last." "Take these lines out${again}"
  for entry in "${sysctls[@]}"; do # never empty
    key=${entry%% *}
    [[ $key == *rp_filter ]] || continue
    file=/proc/sys/${key//.//}
    [[ $key != */* ]] || file=/proc/sys/$key
    [[ -r $file ]] || continue
    read -r value <"$file" || :
    [[ $value != 1 ]] || strict+=" $key"
  done
  [[ -z $strict ]] || finding ok rp_filter "strict now:$strict; apply makes it loose, so that packets for the virtual address are taken"
}

# Lines of a file that set a described setting otherwise.
add_other_values() { # FILE, with $described_value, added to $lines
  local content='' line number=0 key value shown
  read_text "$1" || return 0
  while IFS= read -r line; do
    number=$((number + 1))
    split_boot_setting "$line" || continue
    [[ ${described_value[$key]-$value} != "$value" ]] || continue
    shown_setting "$key"
    lines+=$'\n'"$1:$number: "
    if [[ $value == - ]]; then lines+=-$shown; else lines+="$shown = $value"; fi
  done <<<"$content"
}

is_of_another_cluster() { # NAME of a file
  local directory other
  for directory in /var/lib/lvsgen/*/*/; do
    directory=${directory%/} other=${directory#/var/lib/lvsgen/}
    [[ ${other%/*} == "$cluster" || $1 != "99-zz-lvsgen-${other/\//-}"[.-]* ]] || return 0
  done
  return 1
}
