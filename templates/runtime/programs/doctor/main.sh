# ---- main ---------------------------------------------------------------------------------------

kernel_release='' state_dir='' failure='' units_known=1

after_error='Nothing was changed.'

ended() { # WHAT
  complain "$1"
}

on_exit() {
  drop_scratch
}

# The scripts end there; here the other questions are still worth asking.
unread=tell_unread

tell_unread() { # WHAT COMMAND
  [[ $2 != systemctl* ]] || units_known=''
  finding skip reading "cannot read $1" "'$2' failed." 'Run it by hand and see why'
}

program() {
  if [[ $collect_dir ]]; then
    begin_reported_run
    collect
    return
  fi
  find_host
  begin_reported_run
  platform_facts
  directors
  interfaces
  needs
  units+=(firewalld.service ufw.service nftables.service iptables.service ip6tables.service netfilter-persistent.service NetworkManager.service network.service keepalived.service ldirectord.service rc-local.service)
  finally on_exit
  say "$bold%s$plain  %s" "$host" "cluster $cluster, ${roles// /, } on $platform"
  if check_system; then
    check_root || :
    check_place
    check_programs
    check_systemd
    check_kernel
    check_modules
    load_units
    check_packages
    check_ipvsadm
    check_keepalived
    check_package_manager
    check_lock
    if [[ $units_known ]]; then
      check_units
      check_firewall
    fi
    check_selinux
    check_sysctls
    check_backend
    check_rc_local
    check_room
    check_writable
    check_others
    check_nfs
    check_in_the_way
  fi
  check_interfaces
  check_offload
  check_listening
  check_vips
  check_directors
  check_router_ids
  check_time
  closing ok warn stop skip
  ((count[stop] == 0)) || exit 1
}
