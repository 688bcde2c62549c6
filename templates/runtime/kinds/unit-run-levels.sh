# ---- the run levels beside a unit ---------------------------------------------------------------------------
#
# Of a unit that has a SysV script as well, `systemctl enable` and `disable` turn the script's links first (systemd-sysv-install: update-rc.d,
# chkconfig), and the unit's own after them. A power cut between the two leaves them apart, and systemd tells the unit's own alone.

# Do its run levels say the contrary yet? (Links of both letters are those of a script that is on.)
run_levels_lag() { # UNIT enabled|disabled
  local link started='' stopped=''
  [[ -x /etc/init.d/${1%.service} ]] || return 1
  for link in /etc/rc[2345S].d/[SK][0-9][0-9]"${1%.service}"; do
    case ${link##*/} in
      S*) started=1 ;;
      K*) stopped=1 ;;
    esac
  done
  case $2 in
    enabled) [[ ! $started && $stopped ]] ;;
    disabled) [[ $started ]] ;;
    *) return 1 ;;
  esac
}

# An undo turns them along, though the unit itself is as before.
run_levels_back() { # UNIT enabled|disabled, with $have
  [[ $putting_back && ${have% *} == "$2" ]] && run_levels_lag "$1" "$2"
}
