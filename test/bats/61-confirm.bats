#!/usr/bin/env bats
# apply --confirm: everything is put back unless someone who can still reach the host says that it stays.
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

unit=lvsgen-confirm-kgc-director

setup_file() {
  start_guest director
  install_packages director
  # What a reboot brings up by itself is there before.
  on director 'systemctl -q start rpcbind.socket rpcbind.service; modprobe ip_vs'
  snapshot director before --without own
}
teardown_file() { stop_guests; }

# The watchdog has done its work, or is not there: nothing of it is left.
disarmed() {
  run on director "systemctl list-units --all --plain --no-legend '$unit*'; ls /etc/systemd/system /etc/systemd/system/multi-user.target.wants | grep -F $unit"
  assert_output ''
}

as_before() {
  snapshot director after --without own
  same_state director before after
  disarmed
}

# The watchdog's rollback has ended: its unit is gone.
# Its run ends a moment after its unit is gone.
wait_until_put_back() {
  on director "for ((i = 0; i < 600; i++)); do [[ -e /etc/systemd/system/$unit.service ]] || break; sleep 0.1; done; [[ ! -e /etc/systemd/system/$unit.service ]] && flock -w 60 /run/lvsgen.lock true"
}

put_back_in_the_end() {
  wait_until_put_back
  # A container's systemd may still be about to forget the timer.
  on director "for ((i = 0; i < 100; i++)); do [[ \$(systemctl is-active $unit.service $unit.timer) == *active*inactive* ]] && break; sleep 0.1; done; systemctl reset-failed '$unit*' 2>/dev/null; true"
  as_before
}

@test "time over: everything is as before" {
  run -0 script director apply --confirm 2
  assert_output --partial 'confirm'
  put_back_in_the_end
}

@test "confirmed in time: it stays, after a reboot too" {
  run -0 script director apply --confirm 600
  run -0 script director status
  assert_output --partial confirm
  run -0 script director confirm
  disarmed
  container reboot "$(guest director)"
  run -0 script director check
  run -1 script director confirm
  run -0 script director rollback
}

@test "confirmed after an apply that stopped half way: it says that it did" {
  on director 'systemctl -q mask ipvsadm'
  run -1 script director apply --confirm 600
  run -0 script director confirm
  assert_output --partial 'confirmed: what was changed stays'
  assert_output --partial 'the apply stopped half way: mend the cause and apply again'
  disarmed
  run -0 script director rollback
  on director 'systemctl -q unmask ipvsadm'
  as_before
}

@test "nothing changed: nothing to confirm" {
  run -0 script director apply
  run -0 script director apply --confirm 1
  assert_output --partial 'nothing was changed, so there is nothing to confirm'
  disarmed
  sleep 2
  run -0 script director check
  run -0 script director rollback
  on director 'modprobe ip_vs'
  as_before
}

@test "too late: while everything is put back, nobody is told to wait and confirm then" {
  # The kept script at work, as the watchdog starts it.
  on director 'setsid bash -c "exec 9>>/run/lvsgen.lock; flock 9; : > /run/held; sleep 600; exit" bash /var/lib/lvsgen/kgc/director/script rollback > /dev/null 2>&1 < /dev/null & echo "$!" > /run/holder
    until [[ -e /run/held ]]; do sleep 0.1; done'
  run -75 script director confirm
  assert_output --partial 'too late to confirm: the time is over, and everything is being put back (process '
  assert_output --partial 'director.sh status'
  refute_output --partial 'wait for it'
  run -75 script director apply
  assert_output --partial 'another run holds the lock'
  on director 'kill -KILL -- "-$(< /run/holder)"; rm /run/held /run/holder'
}

@test "the session is killed half way: the watchdog puts it back" {
  on director 'mv /usr/sbin/ipvsadm /usr/sbin/ipvsadm.real
    printf "#!/bin/sh\ncase \$* in *-R*) touch /run/waiting; sleep 1000;; esac\nexec ipvsadm.real \"\$@\"\n" > /usr/sbin/ipvsadm; chmod +x /usr/sbin/ipvsadm
    setsid bash director.sh apply --confirm 3 > /run/first.log 2>&1 & until [[ -e /run/waiting ]]; do sleep 0.1; done; kill -KILL -- -$!
    mv /usr/sbin/ipvsadm.real /usr/sbin/ipvsadm; rm /run/waiting'
  run -0 on director 'cat /run/first.log'
  refute_line --partial 'failed=0'
  put_back_in_the_end
}

@test "the host loses power meanwhile: it is put back at boot" {
  run -0 script director apply --confirm 600
  container reset "$(guest director)"
  put_back_at_boot
}

@test "the host reboots meanwhile: it is put back at boot" {
  run -0 script director apply --confirm 600
  container reboot "$(guest director)"
  put_back_at_boot
}

# What a boot leaves by itself of what the kernel held before, is no part of the comparison.
put_back_at_boot() {
  wait_until_put_back
  run -0 on director 'ip -o addr show'
  refute_output --partial 192.168.80.188
  on director 'modprobe ip_vs'
  as_before
}

@test "on a system that is not the described one (--force-platform): it is put back all the same" {
  on director 'mv /etc/os-release /run/os-release.was; printf "ID=other\nVERSION_ID=1\nPRETTY_NAME=other\n" > /etc/os-release'
  run -78 script director apply --confirm 2
  run -0 script director apply --force-platform --confirm 2
  wait_until_put_back
  on director 'rm /etc/os-release; mv /run/os-release.was /etc/os-release'
  put_back_in_the_end
}

@test "what cannot be put back at first is tried again until it is" {
  # A minute passes in between; here a second.
  on director "mkdir -p /run/systemd/system/$unit.service.d; printf '[Service]\nRestartSec=1\n' > /run/systemd/system/$unit.service.d/soon.conf"
  run -0 script director apply --confirm 600
  on director "chattr +i /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf; systemctl start $unit.service
    for ((i = 0; i < 300; i++)); do (( \$(grep -c 'rollback on lvs1 ends, exit code 1' /var/log/lvsgen/kgc.log) < 2 )) || break; sleep 0.1; done"
  run -0 on director "grep -c 'rollback on lvs1 ends, exit code 1' /var/log/lvsgen/kgc.log"
  # Else it would be undone as soon as it has ended.
  run -75 script director apply --wait 60
  assert_output --partial 'was not confirmed: it is being put back'
  on director 'chattr -i /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf'
  wait_until_put_back
  on director "rm -r /run/systemd/system/$unit.service.d; systemctl daemon-reload"
  put_back_in_the_end
}

@test "an apply that takes longer than the time has all of it at its end" {
  on director 'mv /usr/sbin/ipvsadm /usr/sbin/ipvsadm.real
    printf "#!/bin/sh\ncase \$* in *-R*) sleep 3;; esac\nexec ipvsadm.real \"\$@\"\n" > /usr/sbin/ipvsadm; chmod +x /usr/sbin/ipvsadm'
  run script director apply --confirm 600 # the unit's path, once
  run -0 script director confirm
  on director 'ipvsadm.real -C'
  run -0 script director apply --confirm 2
  on director 'mv /usr/sbin/ipvsadm.real /usr/sbin/ipvsadm'
  run -0 script director confirm
  sleep 3
  run -0 script director check
  disarmed
  run -0 script director rollback --to 0
  on director 'modprobe ip_vs'
  as_before
}

@test "a second apply --confirm forgets the first one no more than the first forgot what was before" {
  run -0 script director apply --confirm 600
  on director 'ipvsadm -C'
  run -0 script director apply --confirm 2
  put_back_in_the_end
}

@test "a plain apply says that something is not confirmed; rollback ends the matter" {
  run -0 script director apply --confirm 600
  run -0 script director apply
  assert_output --partial 'confirm'
  run -0 script director rollback
  as_before
}

@test "a rollback of what came after it leaves it pending: it goes back in its time, and is said to" {
  run -0 script director apply --confirm 30
  on director 'ipvsadm -C'
  run -0 script director apply
  run -0 script director rollback --to 1
  assert_output --partial 'an earlier apply --confirm is not confirmed yet'
  run -0 script director status
  assert_output --partial confirm
  put_back_in_the_end
}

@test "the watchdog ends a way back by hand that stopped half way" {
  run -0 script director apply
  on director 'ipvsadm -C'
  run -0 script director apply --confirm 5
  on director 'chattr +i /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf 2> /dev/null || mount --bind -o ro /etc/sysctl.d /etc/sysctl.d'
  run -1 script director rollback --to 0
  on director 'chattr -i /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf 2> /dev/null; ! mountpoint -q /etc/sysctl.d || umount /etc/sysctl.d'
  put_back_in_the_end
}

@test "uninstall ends the matter" {
  run -0 script director apply --confirm 600
  run -0 script director uninstall
  as_before
}

@test "confirm with nothing pending: 1, and it says so" {
  run -1 script director confirm
  assert_output --partial 'nothing to confirm'
}
