#!/usr/bin/env bats
# What lvsgen remembers is bounded, survives a torn record, and leads back to the very beginning.
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

# On the director somebody's file stands at a name of lvsgen's own: --adopt takes it over, and each way back gives it back.

setup_file() {
  local role
  for role in director realserver; do
    start_guest "$role"
    install_packages "$role"
  done
  on director 'modprobe ip_vs; echo "# the first" > /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf; touch -d 2001-01-01 /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf'
  for role in director realserver; do snapshot "$role" before --without own; done
}
teardown_file() { stop_guests; }

as_before() {
  snapshot "$1" after --without own
  same_state "$1" before after
}

@test "forty changes by hand, each repaired: ten generations and a base, few copies, and the way back to the first" {
  # shellcheck disable=SC2016 # the guest's bash counts
  run -0 on director 'bash director.sh apply --quiet --adopt || exit 1
    for ((i = 1; i <= 40; i++)); do
      echo "# change $i" >> /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf
      ((i % 3)) || ip address del 192.168.80.188/32 dev ens33
      ((i % 5)) || ipvsadm -C
      bash director.sh apply --quiet --drain 0 2>/dev/null || exit 1
    done
    ls /var/lib/lvsgen/kgc/director/generations | wc -l
    ls /var/lib/lvsgen/kgc/director/blobs | wc -l
    du -sk /var/lib/lvsgen | cut -f1'
  assert_line --index 0 10
  (("${lines[1]}" <= 16))
  (("${lines[2]}" <= 400))
  run -64 script director rollback --to 3
  run -0 script director rollback
  run -0 on director 'tail -n 1 /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf'
  assert_output '# change 40'
  run -0 script director uninstall --drain 0
  as_before director
}

@test "the state directory is for root alone, and a repair makes a generation, a no-op none" {
  run -0 script director apply --adopt
  run -0 on director 'find /var/lib/lvsgen -type d -perm /077'
  assert_output ''
  run -0 script director apply
  run -0 on director 'ls /var/lib/lvsgen/kgc/director/generations | wc -l'
  assert_output 1
  run -0 script director uninstall
}

@test "an empty journal, and one with half a first line" {
  for size in 0 5; do
    on director "mkdir -p /var/lib/lvsgen/kgc/director/{generations,blobs}; head -c $size /dev/zero | tr '\\0' g > /var/lib/lvsgen/kgc/director/generations/0001"
    run -0 script director status
    run -0 script director apply --adopt
    run -0 script director rollback
    as_before director
    run -0 script director uninstall
  done
}

@test "the clock jumps back between two applies: the order of changes does not depend on it" {
  run -0 script director apply --adopt
  on director 'sed -i "s/started=[0-9]*/started=4102444800/" /var/lib/lvsgen/kgc/director/generations/0001; echo "# later" >> /etc/modules-load.d/lvsgen-kgc-director.conf'
  run -0 script director apply
  run -0 script director status
  run -0 script director rollback
  run -0 on director 'tail -n 1 /etc/modules-load.d/lvsgen-kgc-director.conf'
  assert_output '# later'
  run -0 script director rollback --to 0
  run -0 script director uninstall
  as_before director
}

@test "a signal at any moment: the same again comes through, and the way back leads to the beginning" {
  local signal code moment
  for moment in 0.1 0.3 0.7; do
    for signal in INT:130 HUP:129 TERM:143; do
      code=${signal#*:}
      run on realserver "setsid bash realserver.sh > /run/out 2>&1 & sleep $moment; kill -${signal%:*} -- -\$! 2>/dev/null; wait \$!"
      ((status == code || status == 0 || status == 1)) || fail "ended with $status after SIG${signal%:*}"
      run -0 script realserver apply
      run -0 script realserver check
      run -0 script realserver uninstall
    done
  done
  as_before realserver
}

@test "what a run that was ended leaves behind for a moment is waited for, and another run is not" {
  on realserver "bash -c '(exec 9>>/run/lvsgen.lock; flock 9; sleep 2) >/dev/null 2>&1 & exit 0'"
  run -0 script realserver apply
  run on realserver "(exec 9>>/run/lvsgen.lock; flock 9; sleep 4) & bash realserver.sh apply; code=\$?; wait; exit \$code"
  ((status == 75)) || fail "ended with $status"
  run -0 script realserver uninstall
}

@test "a file that changed by hand is kept aside before it goes, each version of it" {
  run -0 script director apply --adopt
  on director 'echo "# by hand" > /etc/modules-load.d/lvsgen-kgc-director.conf'
  run -0 script director uninstall
  assert_output --partial kept-by-hand
  run -0 script director apply
  on director 'echo "# by hand, again" > /etc/modules-load.d/lvsgen-kgc-director.conf'
  run -0 script director uninstall
  run -0 on director 'cat /var/lib/lvsgen/kept-by-hand/*'
  assert_line '# by hand'
  assert_line '# by hand, again'
  on director 'rm -r /var/lib/lvsgen'
  as_before director
}

@test "packages that an apply installed are known as its own even after a rollback" {
  case $PLATFORM in
    el7) on director 'rpm -e --nodeps ipvsadm' ;;
    debian12) on director 'dpkg --purge --force-depends ipvsadm' ;;
  esac
  run -0 script director apply --adopt
  run -0 script director rollback
  run -0 script director apply
  run -0 script director uninstall --purge
  run ! on director 'command -v ipvsadm'
}

@test "a log of a mebibyte is put aside by the next run, and --purge takes all that was put aside" {
  run -0 script director apply
  run -0 on director 'stat -c "%a %U:%G" /var/log/lvsgen /var/log/lvsgen/kgc.log /etc/logrotate.d/lvsgen'
  assert_output $'750 root:root\n640 root:root\n644 root:root'
  on director 'head -c 1048577 /dev/zero | tr "\0" x >/var/log/lvsgen/kgc.log; echo "# by hand" >>/etc/modules-load.d/lvsgen-kgc-director.conf'
  # Where logrotate is, it is for logrotate to do.
  on director 'printf "#!/bin/sh\n" >/usr/sbin/logrotate; chmod 755 /usr/sbin/logrotate'
  run -0 script director apply
  run -0 on director 'ls /var/log/lvsgen'
  assert_output kgc.log
  on director 'rm /usr/sbin/logrotate; echo "# by hand" >>/etc/modules-load.d/lvsgen-kgc-director.conf'
  run -0 script director apply
  run -0 on director 'ls /var/log/lvsgen; grep -c ^xxx /var/log/lvsgen/kgc.log.1'
  assert_output $'kgc.log\nkgc.log.1\n1'
  on director 'cd /var/log/lvsgen && touch kgc.log.2.gz kgc.log-20260101 kgc.log-20260201.gz others.log others.log.1'
  run -0 script director uninstall --purge
  run -0 on director 'ls /var/log/lvsgen'
  assert_output $'others.log\nothers.log.1'
}
