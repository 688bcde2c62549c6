# ---- sysctls, live; the file in /etc/sysctl.d makes them last

kind sysctl boot look lasts='/etc/sysctl.d/99-zz-lvsgen-*'

sysctl_path() { # KEY -> $sysctl_file; with a slash in it dots are part of a name (ens33.100)
  if [[ $1 == */* ]]; then sysctl_file=/proc/sys/$1; else sysctl_file=/proc/sys/${1//.//}; fi
}

sysctl_declare() { # KEY VALUE
  describe sysctl "$1" "$2"
}

# A setting of an interface that is not here, or that this kernel does not have. (What a module brings is known when that is loaded.)
sysctl_obstacle() { # KEY
  local sysctl_file device present remedy
  sysctl_path "$1"
  [[ ! -e $sysctl_file ]] || return 0
  case $sysctl_file in
    /proc/sys/net/ipv[46]/conf/*/* | /proc/sys/net/ipv[46]/neigh/*/*)
      device=${sysctl_file%/*} device=${device##*/}
      [[ $device != @(all|default|tunl*|sit*|gre*|ip6tnl*) && ! -e /sys/class/net/$device ]] || return 0
      absent_interface "$device"
      obstacle="no interface $device on this host; its interfaces: $present"
      obstacle+=$'\n'$remedy
      ;;
    /proc/sys/net/ipv[46]/* | /proc/sys/net/core/* | /proc/sys/kernel/* | /proc/sys/vm/*)
      [[ -d ${sysctl_file%/*} ]] || return 0
      obstacle="this kernel has no such setting"$'\n'"Take it out of the description, or mend its name."
      ;;
  esac
}

sysctl_probe() { # KEY
  local sysctl_file
  sysctl_path "$1"
  have=absent
  [[ -r $sysctl_file ]] || return 0
  read -r have <"$sysctl_file" || :
  have=${have//$'\t'/ }
}

# Writing ip_forward takes other settings along (inet_forward_change in net/ipv4/devinet.c): they are kept first, so that they come back
# after it. (send_redirects is none of them: what another cluster made of it would come back.)
sysctl_record() { # KEY
  local file key before
  local -a records=() along=()
  # Its value now is what it goes back to.
  [[ $have != absent ]] || no_such_sysctl || return 1
  record=$have
  case $1 in
    net.ipv4.ip_forward) along=(/proc/sys/net/ipv4/conf/*/{forwarding,accept_redirects}) ;;
    net.ipv6.conf.all.forwarding) along=(/proc/sys/net/ipv6/conf/*/forwarding) ;;
    *) return 0 ;;
  esac
  for file in "${along[@]}"; do # never empty
    key=${file#/proc/sys/}
    read -r before <"$file" || continue
    journaled sysctl "$key" || records+=(sysctl "$key" "$before")
  done
  ((${#records[@]} == 0)) || journal "${records[@]}" # never empty
}

sysctl_set() { # KEY STATE
  local sysctl_file
  sysctl_path "$1"
  [[ $2 != absent ]] || return 0
  if is_function would_answer && would_answer "$1" "$2"; then return 0; fi
  [[ -e $sysctl_file ]] || no_such_sysctl || return 1
  note_announced "$1"
  [[ $2 == 0 ]] || may_forward || return 1
  run_as "sysctl $1 = $2" write_sysctl "$sysctl_file" "$2" || { failure="the kernel refuses the value $2" && return 1; }
  keep_redirects "$1" "$2" || return 1
  # A kernel may round a value, or show nothing of one that is an order: such a setting would differ for ever.
  sysctl_probe "$1"
  [[ $have == "$2" ]] || { failure="the kernel shows '$have' where '$2' was written: describe the value as it shows it" && return 1; }
  is_announced_still
}

announced='' # default routes that IPv6 routers announced, before forwarding was written

note_announced() { # KEY
  announced=''
  [[ $1 == net.ipv6.conf.all.forwarding ]] && is_function load_routes || return 0
  unset 'loaded[route]'
  load_routes
  announced=${route_of['6 default']:-}
  [[ $announced == *'proto ra'* ]] || announced=''
}

# As soon as this is written the kernel drops such a route where accept_ra is 1, whichever interface it is of.
may_forward() {
  local line device value
  while IFS= read -r line; do
    [[ $line == *' dev '*'proto ra'* ]] || continue
    device=${line#* dev } device=${device%% *} value=0
    read -r value 2>/dev/null <"/proc/sys/net/ipv6/conf/$device/accept_ra" || :
    [[ $value == 1 ]] || continue
    failure="the default route that a router announced would be gone with it: ${line% }"
    failure+=$'\n'"Let $device hear routers although this host forwards, and again at boot: sysctl net.ipv6.conf.$device.accept_ra=2"
    return 1
  done <<<"$announced"
}

is_announced_still() {
  [[ $announced ]] || return 0
  unset 'loaded[route]'
  load_routes
  [[ ${route_of['6 default']:-} != *'proto ra'* ]] || return 0
  failure="the default route that a router announced is gone with it: ${announced%%$'\n'*}"
  failure+=$'\n'"Let the interface hear routers although this host forwards (sysctl net.ipv6.conf.INTERFACE.accept_ra=2), or give this host a route of its own."
  return 1
}

# Whoever ceases to forward is made to hear ICMP redirects (inet_forward_change of the kernel). A boot has nothing to cease: there, what
# a file of this host says of them holds.
keep_redirects() { # KEY STATE
  local redirects=/proc/sys/net/ipv4/conf/all/accept_redirects now file content line key value wanted='' by_pattern=''
  [[ ${1//\//.} == net.ipv4.ip_forward && $2 == 0 ]] && read -r now <"$redirects" && [[ $now != 0 ]] || return 0
  find_boot_files ''
  for file in ${boot_files[@]+"${boot_files[@]}"}; do
    read_text "$file" || continue
    while IFS= read -r line; do
      # (A line for the very setting comes before any pattern.)
      [[ ! $line =~ ^[[:blank:]]*-?[[:blank:]]*net[./]ipv4[./]conf[./]\*[./]accept_redirects[[:blank:]]*=[[:blank:]]*([0-9]+) ]] || by_pattern=${BASH_REMATCH[1]}
      ! split_boot_setting "$line" || [[ $key != net/ipv4/conf/all/accept_redirects ]] || wanted=$value
    done <<<"$content"
  done
  [[ ${wanted:-$by_pattern} == 0 ]] || return 0
  run_as 'sysctl net.ipv4.conf.all.accept_redirects = 0' write_sysctl "$redirects" 0
}

write_sysctl() { # FILE VALUE
  printf '%s\n' "$2" >"$1"
}

no_such_sysctl() {
  failure='this kernel has no such setting; is its module loaded, does the interface exist?'
  return 1
}

# One that went with its interface or module has nothing to put back.
sysctl_undone() { # KEY RECORD
  sysctl_probe "$1"
  [[ $have == "$2" || $have == absent || $2 == absent ]]
}

# What writing a setting takes along, and was written down for that: stays as long as that one does. Its own name may be written with dots.
sysctl_along() { # KEY -> ${along[@]}
  along=()
  case $1 in
    net/ipv4/conf/*/forwarding | net/ipv4/conf/*/accept_redirects) along=('sysctl net.ipv4.ip_forward') ;;
    # As older ones wrote it down; of a VLAN it is a setting of its own.
    net/ipv4/conf/*.*/send_redirects) return 1 ;;
    net/ipv4/conf/*/send_redirects) ;;
    net/ipv6/conf/*/forwarding) along=('sysctl net.ipv6.conf.all.forwarding') ;;
    *) return 1 ;;
  esac
  [[ $1 == *.* ]] || along+=("sysctl ${1//\//.}")
}
