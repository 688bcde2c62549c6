# ---- booleans of SELinux that a role needs

kind boolean

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
