# ---- modules, sysctls, SELinux ---------------------------------------------------------------------

# ---- kernel modules

module_declare() { # NAME
  describe module "$1" loaded
}

module_probe() { # NAME
  local name rest
  have=absent
  if [[ -d /sys/module/$1 ]]; then
    have=loaded
    return 0
  fi
  if [[ -r /proc/modules ]]; then
    while read -r name rest; do
      [[ $name != "$1" ]] || have=loaded
    done </proc/modules
  fi
  [[ $have == absent && -r /lib/modules/$kernel_release/modules.builtin ]] || return 0
  while IFS= read -r name; do
    name=${name##*/} name=${name%%.ko*}
    [[ ${name//-/_} != "${1//-/_}" ]] || have=loaded
  done <"/lib/modules/$kernel_release/modules.builtin"
}

module_set() { # NAME STATE
  if [[ $2 == absent ]]; then
    modprobe -r -- "$1" 2>/dev/null || log "module $1 is in use and stays loaded"
  elif ! run modprobe -- "$1"; then
    lacking=69
    failure="cannot load the kernel module $1: $failure"$'\n'"This kernel ($kernel_release) has no such module, or may not load it. Boot the distribution's own kernel."
    return 1
  fi
}

# ---- sysctls, live; the file in /etc/sysctl.d makes them last

sysctl_path() { # KEY -> $sysctl_file; with a slash in it dots are part of a name (ens33.100)
  if [[ $1 == */* ]]; then sysctl_file=/proc/sys/$1; else sysctl_file=/proc/sys/${1//.//}; fi
}

sysctl_declare() { # KEY VALUE
  describe sysctl "$1" "$2"
}

sysctl_probe() { # KEY
  local sysctl_file
  sysctl_path "$1"
  have=absent
  [[ -r $sysctl_file ]] || return 0
  read -r have <"$sysctl_file" || :
  have=${have//$'\t'/ }
}

# Writing ip_forward takes per-interface settings along (inet_forward_change in net/ipv4/devinet.c):
# they are kept first, so that they come back after it.
sysctl_record() { # KEY
  local file key before
  local -a records=()
  # Its value now is what it goes back to.
  [[ $have != absent ]] || no_such_sysctl || return 1
  record=$have
  [[ $1 == net.ipv4.ip_forward ]] || return 0
  for file in /proc/sys/net/ipv4/conf/*/{forwarding,accept_redirects,send_redirects}; do
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
  [[ -e $sysctl_file ]] || no_such_sysctl || return 1
  log "run: sysctl $1 = $2"
  printf '%s\n' "$2" 2>/dev/null >"$sysctl_file" || { failure="the kernel refuses the value $2" && return 1; }
}

no_such_sysctl() {
  failure='this kernel has no such setting; is its module loaded, does the interface exist?'
  return 1
}

# ---- SELinux: the mode, and booleans that a role needs

selinux_declare() { # mode permissive
  describe selinux "$1" "$2"
}

selinux_probe() {
  local enforcing
  have=permissive # also where there is no SELinux at all: nothing is in the way
  [[ -r /sys/fs/selinux/enforce ]] || return 0
  read -r enforcing </sys/fs/selinux/enforce || :
  [[ $enforcing != 1 ]] || have=enforcing
}

selinux_set() { # NAME STATE
  case $2 in
    permissive) run setenforce 0 ;;
    *) run setenforce 1 ;;
  esac
}

boolean_declare() { # NAME on
  describe boolean "$1" "$2"
}

boolean_probe() { # NAME
  local now rest
  have=$state
  [[ -r /sys/fs/selinux/booleans/$1 ]] || return 0
  read -r now rest <"/sys/fs/selinux/booleans/$1" || :
  have=off
  [[ $now != 1 ]] || have=on
}

boolean_record() {
  record=$have
}

boolean_set() { # NAME STATE
  run setsebool -P "$1" "$2"
}
