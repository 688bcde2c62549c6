#!/usr/bin/env bats
# Two roles on one host, and what they share: whichever goes first, the second leaves the host as it was, bit for bit.
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

setup_file() {
  start_guest nfs
  install_packages nfs
  on nfs 'printf "# no line end\nproc /proc proc defaults 0 0" > /etc/fstab; touch -d "2020-01-01 01:01:01.5" /etc/fstab
    mkdir -p /etc/exports.d; echo 0 > /proc/sys/net/ipv4/conf/all/arp_ignore
    [[ ! -e /etc/rc.d/rc.local ]] || { printf "#!/bin/bash\r\ntouch /var/lock/subsys/local\r\nif false; then\n  exit 0\nfi\nexit 0" > /etc/rc.d/rc.local; chmod 644 /etc/rc.d/rc.local; }
    systemctl daemon-reload'
  snapshot nfs before --without own
}
teardown_file() { stop_guests; }

in_order() { # FIRST SECOND LEAVES-FIRST LEAVES-SECOND
  run -0 on nfs "bash $1.sh"
  run -0 on nfs "bash $2.sh"
  run -0 on nfs "bash $1.sh check"
  run -0 on nfs "bash $3.sh uninstall"
  run -0 on nfs "bash $4.sh check"
  run -0 on nfs "bash $4.sh verify"
  run -0 on nfs "bash $4.sh uninstall"
  snapshot nfs after --without own
  same_state nfs before after
}
bats_test_function --description "nfs, realserver; realserver leaves first" -- in_order nfs realserver realserver nfs
bats_test_function --description "nfs, realserver; nfs leaves first" -- in_order nfs realserver nfs realserver

@test "rollback of one leaves the other alone" {
  run -0 on nfs 'bash nfs.sh'
  run -0 on nfs 'bash realserver.sh'
  run -0 on nfs 'bash realserver.sh rollback'
  run -0 on nfs 'bash nfs.sh check'
  run -0 on nfs 'bash nfs.sh uninstall'
  run -0 on nfs 'bash realserver.sh uninstall'
  snapshot nfs after --without own
  same_state nfs before after
}

@test "rc.local: the block stands before the exit that ends it, not in the if before" {
  [[ $PLATFORM == el7 ]] || return 0
  run -0 on nfs 'bash nfs.sh && bash realserver.sh'
  run -0 on nfs 'cat /etc/rc.d/rc.local'
  assert_line --index 4 'fi'
  assert_line --index 5 '# BEGIN lvsgen kgc realserver'
  assert_line --index -1 'exit 0'
  run -0 on nfs 'bash realserver.sh uninstall && bash nfs.sh uninstall'
}

@test "rc.local: an exit that is not the end of it is passed, whatever it belongs to; and what never ran there is told" {
  [[ $PLATFORM == el7 ]] || return 0
  on nfs 'cp -p /etc/rc.d/rc.local /run/was; printf "%s\n" "#!/bin/bash" "# by hand" "" "if [ -e /etc/director ]; then" "exit 0" "fi" "logger started" > /etc/rc.d/rc.local; chmod 644 /etc/rc.d/rc.local'
  run -0 on nfs 'bash nfs.sh'
  run on nfs 'bash realserver.sh check'
  assert_output --partial '/etc/rc.d/rc.local was not executable, so no boot ran what stands in it; from the next one on that runs too: if [ -e /etc/director ]; then'
  run -0 on nfs 'bash realserver.sh'
  assert_output --partial 'so no boot ran what stands in it'
  run -0 on nfs 'cat /etc/rc.d/rc.local'
  assert_line --index 2 '# BEGIN lvsgen kgc realserver'
  assert_line --index -2 'fi'
  run -0 on nfs 'bash realserver.sh check'
  refute_output --partial 'so no boot ran'
  run -0 on nfs 'bash realserver.sh uninstall && bash nfs.sh uninstall'
  run -0 on nfs 'head -4 /etc/rc.d/rc.local | tail -1; stat -c %a /etc/rc.d/rc.local; cp -p /run/was /etc/rc.d/rc.local'
  assert_output $'if [ -e /etc/director ]; then\n644'
}
