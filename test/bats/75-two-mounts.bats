#!/usr/bin/env bats
# Two clusters mount something at one mount point of a host: one share, and one line of fstab for it, which stays until the last of them leaves.
# platforms: el7 debian12
# shellcheck disable=SC2154

load helper
load life

second='s/"name": "life"/"name": "second"/; s/192.168.80.188/192.168.80.178/; s/192.168.80.189/192.168.80.179/'

# What systemd makes of fstab at boot: the options of the mount's unit, and what its generator complains of.
booted() {
  on realserver 'rm -rf /tmp/g; mkdir -p /tmp/g; SYSTEMD_LOG_TARGET=console /usr/lib/systemd/system-generators/systemd-fstab-generator /tmp/g /tmp/g /tmp/g 2>&1; echo "exit code $?"; grep -E "^(What|Options)=" /tmp/g/var-www-html.mount'
}

line='192.168.80.13:/opt/kgc /var/www/html nfs ro,_netdev,nofail,retry=1440 0 0'

@test "another share at the same mount point is refused with the other cluster's name; so are other options" {
  local command said='life/realserver mounts 192.168.80.13:/opt/kgc at /var/www/html (/etc/fstab:'
  prepared realserver ''
  run -0 script realserver
  snapshot realserver first --without own
  other_bundle realserver "$second; s#:/opt/kgc#:/srv/shop#"
  for command in check apply 'apply --adopt' 'check --adopt' 'apply --only mount' 'check --only mount,block'; do
    # shellcheck disable=SC2086 # with its options
    run -69 on realserver "bash /run/other/realserver.sh $command"
    assert_output --partial "$said"
    assert_output --partial 'described here is 192.168.80.13:/srv/shop'
    assert_output --partial 'A host has one share at a mount point'
  done
  run -0 on realserver 'findmnt -n -o SOURCE /var/www/html'
  assert_output '192.168.80.13:/opt/kgc'
  other_bundle realserver "$second; s/\"options\": \[\"ro\"\]/\"options\": [\"rw\"]/"
  run -69 on realserver 'bash /run/other/realserver.sh check'
  assert_output --partial "with ro,_netdev,nofail,retry=1440, and described here is rw,_netdev,nofail,retry=1440"
  snapshot realserver refused --without own
  same_state realserver first refused
  # A newer description of the first's own is no other cluster's; and where the first has left it, the second may.
  other_bundle realserver 's#:/opt/kgc#:/srv/shop#'
  run -2 on realserver 'bash /run/other/realserver.sh check'
  run -0 script realserver uninstall
  other_bundle realserver "$second; s#:/opt/kgc#:/srv/shop#"
  run -0 on realserver 'bash /run/other/realserver.sh && findmnt -n -o SOURCE /var/www/html'
  assert_line '192.168.80.13:/srv/shop'
  run -0 on realserver 'bash /run/other/realserver.sh uninstall'
  as_before realserver
}

@test "the same mount of two clusters, or of two names of one: one line of fstab, which stays until the last leaves" {
  prepared realserver 'printf "proc /proc proc defaults 0 0\n" > /etc/fstab; chmod 640 /etc/fstab'
  one_line() { # CLUSTER that has it
    run -0 on realserver "grep -c '^192' /etc/fstab; sed -n '/^# BEGIN lvsgen $1 /,/^# END/p' /etc/fstab; findmnt -n -o SOURCE /var/www/html"
    assert_line --index 0 1
    assert_line "$line"
    assert_line '192.168.80.13:/opt/kgc'
    run -0 booted
    assert_line 'exit code 0'
    refute_output --partial 'uplicate'
    assert_line 'What=192.168.80.13:/opt/kgc'
  }
  other_bundle realserver "$second"
  run -0 script realserver
  run -0 on realserver 'bash /run/other/realserver.sh'
  one_line life
  run -0 on realserver "grep '^# mounted above: ' /etc/fstab"
  assert_output "# mounted above: $line"
  # It is as described for both.
  run -0 script realserver
  assert_count changed 0
  run -0 on realserver 'bash /run/other/realserver.sh check && bash /run/other/realserver.sh verify --only mount'
  container reboot "$(guest realserver)"
  one_line life
  on realserver 'modprobe nf_conntrack'
  other_bundle realserver "$second"
  # A hand's duplicate of one in it, as older scripts have left it, is mended by either.
  on realserver "sed -i 's/^# mounted above: //' /etc/fstab"
  run -2 script realserver check
  run -0 script realserver
  one_line life
  # One has left, and comes back.
  run -0 script realserver uninstall
  one_line second
  run -0 on realserver 'grep -c "^# mounted above" /etc/fstab || :; bash /run/other/realserver.sh'
  assert_line --index 0 0
  assert_count changed 0
  run -0 script realserver
  one_line second
  run -0 script realserver rollback
  one_line second
  run -0 script realserver
  run -0 on realserver 'bash /run/other/realserver.sh uninstall'
  one_line life
  run -0 on realserver 'bash /run/other/realserver.sh'
  # Described no longer by one.
  other_bundle realserver 's/"mounts": .*/"mounts": []/'
  run -0 on realserver 'bash /run/other/realserver.sh'
  one_line second
  run -0 script realserver uninstall
  other_bundle realserver "$second"
  one_line second
  run -0 on realserver 'bash /run/other/realserver.sh uninstall'
  # The boot has started it, and nothing else has to do with it here.
  on realserver 'systemctl stop rc-local.service 2>/dev/null || :'
  as_before realserver
}

@test "an apply, and an uninstall, that are ended before anything else: the next run has one line again" {
  local step
  prepared realserver ''
  other_bundle realserver "$second"
  run -0 script realserver
  # Written by a run that was killed behind the block.
  for step in apply uninstall; do
    on realserver "(bash /run/other/realserver.sh $step >/dev/null 2>&1 & p=\$!; while kill -0 \$p 2>/dev/null; do if [[ $step == apply ]]; then grep -q '^# BEGIN lvsgen second' /etc/fstab && kill -9 \$p; else ! grep -q '^# BEGIN lvsgen second' /etc/fstab && kill -9 \$p; fi; done; wait) || :"
    run -0 booted
    assert_line 'exit code 0'
    run -0 on realserver "bash /run/other/realserver.sh $step; grep -c '^192' /etc/fstab"
    assert_line 1
  done
  run -0 script realserver uninstall
  as_before realserver
}
