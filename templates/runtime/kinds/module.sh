# ---- kernel modules

kind module boot

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
    try modprobe -r -- "$1"
  elif ! run modprobe -- "$1"; then
    lacking=69
    failure="cannot load the kernel module $1: $failure"$'\n'"This kernel ($kernel_release) has no such module, or may not load it. Boot the distribution's own kernel."
    return 1
  fi
}
