# ---- systemd reads its files again where one of them changed ---------------------------------------------------

reload_needed=''

note_systemd_file() { # PATH
  case $1 in
    # netplan writes what networkd reads by a generator of systemd.
    /etc/systemd/system/* | /etc/fstab | /etc/init.d/* | /etc/netplan/*) reload_needed=1 ;;
  esac
}

reload_systemd() {
  [[ $reload_needed && -z $root ]] || return 0
  [[ -d /run/systemd/system ]] || return 0
  run systemctl daemon-reload || return 1
  reload_needed=''
}
