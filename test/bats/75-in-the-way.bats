#!/usr/bin/env bats
# What stands in the way of an apply, or would take back at the next boot what it does: found before anything changes, named with its line,
# by check too; taken over by --adopt where that can be, and given back.
# platforms: el7 debian12
# shellcheck disable=SC2154

load helper
load life

# ---- kernel settings ---------------------------------------------------------------------------------------------------

# A file whose name sorts behind takes a setting back at each boot (openshift/openshift-ansible#6818 and awslabs/amazon-eks-ami#746 with
# ip_forward, vyos/vyos-1x#2255 with the tables of neighbours).
@test "a later file of sysctl.d that takes settings back: named with its line, taken out by --adopt, and put back" {
  prepared realserver 'printf "%s\n" "# of the site" " -net/ipv4/conf/all/arp_ignore = 0" "kernel.panic = 10" "net.ipv4.conf.lo.arp_ignore = 0" "net.ipv4.conf.lo.arp_ignore = 1" "-net.ipv4.conf.all.arp_announce" "net.ipv4.conf.*.arp_announce = 0" "net.ipv4.conf.*.arp_ignore = 0" > /etc/sysctl.d/zz-site.conf; chmod 640 /etc/sysctl.d/zz-site.conf; touch -d "2021-02-03 04:05:06.7" /etc/sysctl.d/zz-site.conf
    printf "net.ipv4.conf.all.arp_announce = 0\n" > /etc/sysctl.d/50-site.conf'
  local said='at the next boot /etc/sysctl.d/zz-site.conf:2 sets net.ipv4.conf.all.arp_ignore to 0, and described is 1'
  run -69 script realserver check
  assert_output --partial "file /etc/sysctl.d/99-zz-lvsgen-life-realserver.conf  ($said"
  # Which alone keeps a setting from patterns, and takes back the line for it; a pattern does not.
  assert_output --partial 'zz-site.conf:6 leaves net.ipv4.conf.all.arp_announce as the kernel has it, and described is 2'
  refute_output --partial conf.lo.
  run -69 script realserver
  assert_output --partial "$said"
  as_before realserver
  run -1 on realserver 'bash doctor.sh'
  assert_line --partial 'another file takes back settings at the next boot: /etc/sysctl.d/zz-site.conf:2'
  run -0 script realserver --adopt
  run -0 script realserver
  assert_count changed 0
  run -0 on realserver 'cat /etc/sysctl.d/zz-site.conf'
  assert_output $'# of the site\nkernel.panic = 10\nnet.ipv4.conf.lo.arp_ignore = 0\nnet.ipv4.conf.lo.arp_ignore = 1\nnet.ipv4.conf.*.arp_announce = 0\nnet.ipv4.conf.*.arp_ignore = 0'
  container reboot "$(guest realserver)"
  run -0 on realserver 'cd /proc/sys/net/ipv4/conf; cat all/arp_ignore lo/arp_ignore all/arp_announce'
  assert_output $'1\n1\n2'
  run -0 script realserver uninstall
  run -0 on realserver 'sed -n 2p /etc/sysctl.d/zz-site.conf; stat -c "%a %y" /etc/sysctl.d/zz-site.conf'
  assert_line ' -net/ipv4/conf/all/arp_ignore = 0'
  assert_line --partial '640 2021-02-03 04:05:06.7'
}

@test "what comes up behind lvsgen's file later, verify tells: where it is read, and whether --adopt may have it" {
  prepared realserver ''
  run -0 script realserver
  local line='net.ipv4.conf.all.arp_ignore = 0'
  behind() { # COMMANDS WORDS ADVICE
    on realserver "$1"
    run -1 script realserver verify
    assert_line --partial "failed   file /etc/sysctl.d/99-zz-lvsgen-life-realserver.conf  ($2"
    assert_output --partial "$3"
  }
  ahead() { # COMMANDS
    on realserver "$1"
    run script realserver verify
    refute_output --partial 'at the next boot'
  }
  behind "printf '$line\n' > /etc/sysctl.d/zz.conf" 'at the next boot /etc/sysctl.d/zz.conf:1 sets' '--adopt takes it out'
  behind 'mkdir -p /run/sysctl.d; mv /etc/sysctl.d/zz.conf /run/sysctl.d' 'at the next boot /run/sysctl.d/zz.conf:1 sets' 'a file of the same name in /etc/sysctl.d'
  run -69 script realserver --adopt
  behind 'mkdir -p /usr/lib/sysctl.d; mv /run/sysctl.d/zz.conf /usr/lib/sysctl.d' 'at the next boot /usr/lib/sysctl.d/zz.conf:1 sets' 'a file of the same name in /etc/sysctl.d'
  # A link to what a package brings is no file of the site's: the next version would be as before.
  behind 'mv /usr/lib/sysctl.d/zz.conf /usr/lib/sysctl.d/shipped; ln -s /usr/lib/sysctl.d/shipped /etc/sysctl.d/zz.conf' 'at the next boot /etc/sysctl.d/zz.conf:1 sets' 'see that it is not read'
  on realserver 'rm /etc/sysctl.d/zz.conf; mv /usr/lib/sysctl.d/shipped /usr/lib/sysctl.d/zz.conf'
  # A file of the same name in a directory before its own is read in its place.
  ahead 'ln -s /dev/null /etc/sysctl.d/zz.conf'
  # /etc/sysctl.conf counts by the name of its link, and where tuned reads it once more, behind all of them (replicatedhq/kURL#2174).
  ahead "rm /etc/sysctl.d/zz.conf /usr/lib/sysctl.d/zz.conf; printf '$line\n' >> /etc/sysctl.conf"
  run on realserver 'bash doctor.sh'
  assert_line --partial '/etc/sysctl.conf sets otherwise'
  behind 'mkdir -p /etc/tuned /etc/systemd/system/multi-user.target.wants; printf "reapply_sysctl = 1\n" > /etc/tuned/tuned-main.conf; ln -s /usr/lib/systemd/system/tuned.service /etc/systemd/system/multi-user.target.wants/tuned.service' \
    'at the next boot /etc/sysctl.conf:' '--adopt takes it out'
  ahead 'sed -i s/1/0/ /etc/tuned/tuned-main.conf'
  # ufw has settings of its own.
  behind "mkdir -p /etc/ufw /etc/default; printf 'ENABLED=yes\n' > /etc/ufw/ufw.conf; printf 'IPT_SYSCTL=/etc/ufw/sysctl.conf\n' > /etc/default/ufw; printf '#net/ipv4/ip_forward=1\nnet/ipv4/conf/all/arp_ignore=0\n' > /etc/ufw/sysctl.conf" \
    'at the next boot /etc/ufw/sysctl.conf:2 sets net.ipv4.conf.all.arp_ignore to 0' '--adopt takes it out'
  ahead 'sed -i s/yes/no/ /etc/ufw/ufw.conf'
}

@test "forwarding by its other name, with slashes" {
  prepared director 'printf "net/ipv4/conf/all/forwarding=1\n" > /etc/sysctl.d/zz-router.conf'
  other_bundle director 's/"interface": "ens33"/"interface": "ens33", "forwarding": "off"/'
  run -69 on director 'bash /run/other/director.sh'
  assert_output --partial '/etc/sysctl.d/zz-router.conf:1 sets net.ipv4.ip_forward to 1, and described is 0'
  # Left to the host, there is nothing to take back.
  run -0 script director check --only file,sysctl || run -2 script director check --only file,sysctl
  refute_output --partial 'at the next boot'
}

# ROLE FILE WORDS: refused, with nothing changed.
kept_from_boots() {
  local words
  for words in check apply '--adopt'; do
    # shellcheck disable=SC2086 # none, or several
    run -69 script "$1" $words
    assert_output --partial "file $2  ($3"
  done
  as_before "$1"
}

@test "who sets settings and loads modules at boot is masked, or denied a module: refused by name, and no verify says ok" {
  prepared realserver 'systemctl -q mask systemd-sysctl.service'
  kept_from_boots realserver /etc/sysctl.d/99-zz-lvsgen-life-realserver.conf 'systemd-sysctl.service is masked: nothing sets these at the next boot'
  assert_output --partial 'systemctl unmask systemd-sysctl.service'
  on realserver 'systemctl -q unmask systemd-sysctl.service'
  run -0 script realserver
  on realserver 'systemctl -q mask systemd-sysctl.service'
  run -1 script realserver verify
  assert_output --partial 'systemd-sysctl.service is masked'
  run -1 on realserver 'bash doctor.sh'
  assert_line --regexp '^stop +in-the-way +.*systemd-sysctl.service is masked'
  # A mask until the next boot keeps nothing from it.
  on realserver 'systemctl -q unmask systemd-sysctl.service; systemctl -q mask --runtime systemd-sysctl.service'
  run -0 script realserver check
  on realserver 'systemctl -q unmask --runtime systemd-sysctl.service'

  prepared director 'systemctl -q mask systemd-modules-load.service'
  kept_from_boots director /etc/modules-load.d/lvsgen-life-director.conf 'systemd-modules-load.service is masked: nothing loads these at the next boot'
  on director 'systemctl -q unmask systemd-modules-load.service; mkdir -p /etc/modprobe.d; printf "# blacklist ip_vs_rr\nblacklist ip_vs_ftp\n  blacklist ip-vs\n" > /etc/modprobe.d/site.conf'
  snapshot director before --without own
  kept_from_boots director /etc/modules-load.d/lvsgen-life-director.conf '/etc/modprobe.d/site.conf:3 keeps ip_vs from being loaded at the next boot'
  refute_output --partial site.conf:1
  on director 'rm /etc/modprobe.d/site.conf'
  run -0 script director
}

@test "two clusters with two values of one setting: the second is refused with the first one's name, until both have one" {
  prepared director ''
  local command
  other_bundle director 's/"interface": "ens33"/"interface": "ens33", "forwarding": "off"/'
  run -0 on director 'bash /run/other/director.sh'
  snapshot director first --without own
  other_bundle director 's/"name": "life"/"name": "second"/; s/"interface": "ens33"/"interface": "ens33", "forwarding": "on"/; s/192.168.80.18/192.168.80.17/'
  for command in check apply 'apply --adopt' 'check --adopt'; do
    run -69 on director "bash /run/other/director.sh $command"
    assert_output --partial 'net.ipv4.ip_forward is 0 for life/director (/etc/sysctl.d/99-zz-lvsgen-life-director.conf:2), and 1 is described here'
  done
  run -1 on director 'bash /run/other/doctor.sh'
  assert_line --partial 'another cluster on this host has other values: /etc/sysctl.d/99-zz-lvsgen-life-director.conf:2: net.ipv4.ip_forward = 0'
  snapshot director refused --without own
  same_state director first refused
  other_bundle director 's/"name": "life"/"name": "second"/; s/"interface": "ens33"/"interface": "ens33", "forwarding": "off"/; s/192.168.80.18/192.168.80.17/'
  run -0 on director 'bash /run/other/director.sh && bash /run/other/director.sh check'
}

# ---- what check says --------------------------------------------------------------------------------------------------

@test "check --adopt says in the same words what apply --adopt takes over, and check alone what stands in the way" {
  local what
  prepared realserver 'mkdir -p /var/www/html; printf "192.168.80.13:/opt/kgc /var/www/html/ nfs rw 0 0\n" > /etc/fstab; printf "net.ipv4.conf.all.arp_ignore = 0\n" > /etc/sysctl.d/zz-site.conf
    ip address add 192.168.80.188/32 dev ens33; mkdir -p /etc/systemd/system/var-www-html.mount.d; echo "# x" > /etc/systemd/system/var-www-html.mount.d/lvsgen-life-realserver.conf; systemctl daemon-reload'
  run -69 script realserver check
  for what in 'it mounts something at' 'at the next boot' 'it is on ens33 already' 'lvsgen did not write it'; do assert_output --partial "$what"; done
  run -2 script realserver check --adopt
  printf '%s\n' "$output" | sed -n 's/^pending  \(.*(taken over: .*\)/\1/p' > "$BATS_TEST_TMPDIR/said"
  as_before realserver
  run -0 script realserver --adopt
  printf '%s\n' "$output" | sed -n 's/^changed  \(.*(taken over: .*\)/\1/p' > "$BATS_TEST_TMPDIR/done"
  run -0 diff "$BATS_TEST_TMPDIR/said" "$BATS_TEST_TMPDIR/done"
  run -0 grep -c . "$BATS_TEST_TMPDIR/done"
  assert_output 4
  run -0 script realserver uninstall
  as_before realserver
}

# Whoever runs doctor first is not to hear of it from the apply.
doctor_too() { # ROLE BUNDLE
  run -69 on "$1" "bash $2/$1.sh check"
  printf '%s\n' "$output" | sed -n 's/^failed   //p' | sort > "$BATS_TEST_TMPDIR/check"
  run -1 on "$1" "bash $2/doctor.sh"
  printf '%s\n' "$output" | sed -n 's/^stop  in-the-way //p' | sort > "$BATS_TEST_TMPDIR/doctor"
  assert_line --partial "why  $1.sh check ends with 69: "
  run -0 diff "$BATS_TEST_TMPDIR/check" "$BATS_TEST_TMPDIR/doctor"
  run -1 on "$1" "bash $2/doctor.sh --quiet"
  printf '%s\n' "$output" | sed -n 's/^stop  in-the-way //p' | sort > "$BATS_TEST_TMPDIR/quiet"
  run -0 diff "$BATS_TEST_TMPDIR/check" "$BATS_TEST_TMPDIR/quiet"
  run -0 grep -c . "$BATS_TEST_TMPDIR/doctor"
  assert_output "$3"
}

@test "doctor stops at what check stops at, in the same words: a line of fstab and a VIP made by hand" {
  local alias='mkdir -p /etc/network/interfaces.d; printf "auto lo:0\niface lo:0 inet static\naddress 192.168.80.188/32\n" > /etc/network/interfaces.d/vip'
  [[ $PLATFORM != el7 ]] || alias='printf "DEVICE=lo:0\nIPADDR=192.168.80.188\nNETMASK=255.255.255.255\nONBOOT=yes\n" > /etc/sysconfig/network-scripts/ifcfg-lo:0'
  prepared realserver "mkdir -p /var/www/html; printf '192.168.80.13:/opt/kgc /var/www/html/ nfs rw 0 0\n' > /etc/fstab; $alias"
  doctor_too realserver /media/usb 2
  as_before realserver
  on realserver 'rm -f /etc/network/interfaces.d/vip /etc/sysconfig/network-scripts/ifcfg-lo:0'
  run -0 script realserver --adopt
  run on realserver 'bash doctor.sh'
  assert_line 'ok    in-the-way nothing that realserver.sh would meet'
  # Without that script, and with another cluster's, it says that it has not looked.
  other_bundle realserver 's/"name": "life"/"name": "second"/'
  on realserver 'mkdir /run/alone /run/mixed && cp doctor.sh /run/alone && cp doctor.sh /run/other/realserver.sh /run/mixed'
  run on realserver 'bash /run/alone/doctor.sh'
  assert_line --partial 'skip  in-the-way realserver.sh is not beside this script'
  run -1 on realserver 'bash /run/mixed/doctor.sh'
  assert_line --partial 'stop  in-the-way realserver.sh beside this script is not that of life: realserver.sh: cluster second'
  # What another user could have put there is not run.
  on realserver 'printf "touch /run/ran\n" > /run/mixed/realserver.sh; chmod 0777 /run/mixed'
  run on realserver 'bash /run/mixed/doctor.sh; [[ ! -e /run/ran ]] || echo it was run'
  assert_line --partial 'skip  in-the-way another user could have changed /run/mixed/realserver.sh'
  refute_line 'it was run'
}

@test "the same of exports: an entry of a hand's, and another cluster's with other options" {
  prepared nfs 'mkdir -p /opt/kgc; printf "/opt/kgc 192.168.80.0/24(rw,sync)\n" > /etc/exports'
  doctor_too nfs /media/usb 1
  run -0 script nfs --adopt
  other_bundle nfs 's/"name": "life"/"name": "second"/; s/192.168.80.188/192.168.80.178/; s/192.168.80.189/192.168.80.179/; s/\["ro"\] } }\]/["rw"] } }]/'
  doctor_too nfs /run/other 1
  # What it says of another cluster is what an apply does.
  run -1 on nfs 'bash /run/other/doctor.sh'
  assert_line --partial 'lvsgen has put another cluster on this host: life/nfs'
  assert_output --partial 'A kernel setting, an export or a mount point that they describe differently is refused (69)'
}

# What an apply would meet half way.
in_the_way() { # ROLE COMMANDS WORDS
  prepared "$1" "$2"
  run -69 script "$1" check --adopt
  assert_output --partial "$3"
  run -69 script "$1" --adopt
  assert_output --partial "$3"
  assert_output --partial 'Nothing was changed.'
  as_before "$1"
}
bats_test_function --description "a directory in the place of lvsgen's file" -- in_the_way director 'mkdir -p /etc/sysctl.d/99-zz-lvsgen-life-director.conf' \
  'file /etc/sysctl.d/99-zz-lvsgen-life-director.conf  (it is a directory, where a regular file is to be)'
bats_test_function --description 'a FIFO in the place of a file that lvsgen has a part of' -- in_the_way realserver 'rm -f /etc/fstab; mkfifo /etc/fstab' \
  'block /etc/fstab  (it is a FIFO, where a regular file is to be)'
bats_test_function --description 'a file that is no text' -- in_the_way realserver 'printf "a\0b\n" > /etc/fstab' 'block /etc/fstab  (/etc/fstab holds a NUL byte)'
bats_test_function --description 'a file in the place of a directory' -- in_the_way nfs 'rm -rf /opt/kgc; : > /opt/kgc' 'directory /opt/kgc  (it is a file, where a directory is to be)'
bats_test_function --description 'a BEGIN mark without its END' -- in_the_way realserver 'printf "%s\n" "proc /proc proc defaults 0 0" "# BEGIN lvsgen life realserver" "a b c d 0 0" > /etc/fstab' \
  "not a pair: '# BEGIN lvsgen life realserver' in line 2, '# END lvsgen life realserver' in line (none)"
bats_test_function --description 'an END mark before its BEGIN' -- in_the_way realserver 'printf "%s\n" "# END lvsgen life realserver" "# BEGIN lvsgen life realserver" > /etc/fstab' \
  "not a pair: '# BEGIN lvsgen life realserver' in line 2, '# END lvsgen life realserver' in line 1"
bats_test_function --description 'marks of which one ends in CR LF' -- in_the_way realserver 'printf "%s\n" "# BEGIN lvsgen life realserver"$'"'\\r'"' "a b c d 0 0" "# END lvsgen life realserver" > /etc/fstab' \
  "Lines that end in CR LF, as editors of Windows have them, are others: sed -i 's/\\r\$//' /etc/fstab makes them lines of Linux."

@test "an interface that this host does not have" {
  local command
  prepared director ''
  other_bundle director 's/"interface": "ens33"/"interface": "ens99"/'
  for command in check apply; do
    run -69 on director "bash /run/other/director.sh $command --host lvs1"
    assert_output --partial 'sysctl net.ipv4.conf.ens99.send_redirects  (no interface ens99 on this host; its interfaces: ens33'
    assert_output --partial 'address 192.168.80.188 ens99  (no interface ens99 on this host'
  done
  as_before director
}

@test "a VLAN, or a bridge, that nothing has made here: what it is by its name, and who has to make it" {
  local name what
  prepared director ''
  for what in 'ens33.100=VLAN 100 of ens33.' 'ens98.7=VLAN 7 of ens98, which is not here either.' 'br0=a bridge.'; do
    name=${what%%=*}
    other_bundle director "s/\"interface\": \"ens33\"/\"interface\": \"$name\"/"
    run -69 on director 'bash /run/other/director.sh apply --host lvs1'
    assert_output --partial "(no interface $name on this host; its interfaces: ens33"
    assert_output --partial "By its name it is ${what#*=} lvsgen makes none: have what configures this host's network make it and bring it up, and run this again."
    run -1 on director 'bash /run/other/doctor.sh --host lvs1'
    assert_output --partial "By its name it is ${what#*=} lvsgen makes none"
  done
  as_before director
}

@test "drain where nothing was applied yet: what to do first, and nothing is written" {
  prepared director ''
  run -69 script director drain web1
  assert_output --partial 'no table of life stands on this host: there is nothing to take web1 out of'
  assert_output --partial 'bash director.sh apply'
  run -0 on director '! ls -d /var/lib/lvsgen 2>/dev/null'
  as_before director
}
