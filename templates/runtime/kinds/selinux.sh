# ---- the mode of SELinux

kind selinux boot

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
