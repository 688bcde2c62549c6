# ---- systemd reads its files again where one of them changed ---------------------------------------------------

reload_needed=''
noted_units=() # units whose own file was written or went

note_systemd_file() { # PATH
  [[ $1 != /etc/systemd/system/*.* || $1 == /etc/systemd/system/*/* ]] || noted_units+=("${1##*/}")
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
  forget_failed
}

# systemd remembers a unit that failed, though its file is gone.
forget_failed() {
  local unit
  for unit in ${noted_units[@]+"${noted_units[@]}"}; do
    [[ -e /etc/systemd/system/$unit ]] || ! systemctl -q is-failed "$unit" 2>/dev/null || try systemctl reset-failed "$unit"
  done
  noted_units=()
}
