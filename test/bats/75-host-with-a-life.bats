#!/usr/bin/env bats
# Hosts as people have them: what stood there before, what others put beside, what a hand did. Each row is one situation: the state
# before, what apply says and does, what a boot leaves, and the state after a rollback or an uninstall, which is that before.
# platforms: el7 debian12
# shellcheck disable=SC2154

load helper
load life

addresses() { on "$1" 'ip -o -4 address show dev ens33 | sed -E "s/.*inet ([^ ]+).*(scope.*)\\\\.*/\1 \2/"'; }

# ---- addresses --------------------------------------------------------------------------------------------------

# The VIP by hand with the segment's mask, before the host's own address: Debian has promote_secondaries off, and `ip address del`
# takes the own address along. (Seen at people who follow a tutorial: ifconfig ens33:0 VIP netmask 255.255.255.0; bluerobotics/BlueOS#3083, acassen/keepalived#442.)
by_hand='for device in all ens33; do echo 0 > /proc/sys/net/ipv4/conf/$device/promote_secondaries; done
  ip address flush dev ens33
  ip address add 192.168.80.188/24 brd + dev ens33 label ens33:0
  ip address add 192.168.80.10/24 brd + dev ens33
  ip address add 192.168.80.77/24 dev ens33 label ens33:9
  ip route replace default via 192.168.80.1 dev ens33
  ip route replace 10.9.0.0/16 via 192.168.80.7 dev ens33 src 192.168.80.10'

@test "the VIP by hand with the segment's mask, the own address its secondary: that one stays, and the order comes back" {
  prepared director "$by_hand"
  addresses director > "$BATS_TEST_TMPDIR/before"
  run -0 script director
  run -0 addresses director
  assert_line --partial '192.168.80.10/24'
  assert_line --partial '192.168.80.77/24'
  assert_line --partial '192.168.80.188/32'
  refute_output --partial '192.168.80.188/24'
  run -0 on director 'ip route show'
  assert_line --partial 'default via 192.168.80.1 dev ens33'
  assert_line --partial '10.9.0.0/16 via 192.168.80.7'
  assert_line --partial '192.168.80.0/24 dev ens33'
  run -0 script director
  assert_count changed 0
  run -0 script director rollback
  addresses director > "$BATS_TEST_TMPDIR/after"
  run -0 diff "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
  as_before director
}

@test "an address that a hand took away meanwhile does not come back with the order, and a route that expires is not taken for lost" {
  prepared director "for device in all ens33; do echo 0 > /proc/sys/net/ipv6/conf/\$device/disable_ipv6; done; $by_hand
    ip -6 route add 2001:db8:9::/64 dev ens33 expires 300"
  addresses director | grep -v 192.168.80.77 > "$BATS_TEST_TMPDIR/before"
  run -0 script director
  on director 'ip address del 192.168.80.77/24 dev ens33; sleep 1.1'
  run -0 script director
  assert_count changed 0
  run -0 script director rollback
  addresses director > "$BATS_TEST_TMPDIR/after"
  run -0 diff "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
  run -0 on director 'ip -6 route show 2001:db8:9::/64'
  assert_output --partial expires
}

@test "the same with --confirm, which lapses" {
  prepared director "$by_hand"
  addresses director > "$BATS_TEST_TMPDIR/before"
  run -0 script director --confirm 1
  run -0 on director 'for i in {1..200}; do ! ip -4 address show dev ens33 | grep -q 188/24 || ! ls /etc/systemd/system/lvsgen-life-director-confirm* >/dev/null 2>&1 || exit 0; sleep 0.1; done; ip address; ls /run/systemd /etc/systemd/system >&2; true'
  addresses director > "$BATS_TEST_TMPDIR/after"
  run -0 diff "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
}

@test "the VIP is the only address of its network: refused before anything changes" {
  prepared director 'ip address flush dev ens33; ip address add 192.168.80.188/24 dev ens33'
  run -69 script director --host lvs1
  assert_output --partial 'the only address of ens33 in that network'
  as_before director
}

@test "a session that has come to the VIP: uninstall leaves that address, and says so" {
  prepared director ''
  run -0 script director
  run -1 on director 'SSH_CONNECTION="192.168.80.200 50022 192.168.80.188 22" bash director.sh uninstall'
  assert_output --partial 'this session has come to 192.168.80.188'
  run -0 on director 'ip -4 address show dev ens33'
  assert_output --partial '192.168.80.188/32'
  # sudo takes the variable away: a process above has it.
  run -1 on director 'env SSH_CONNECTION="192.168.80.200 50022 192.168.80.188 22" bash -c "env -u SSH_CONNECTION bash director.sh uninstall; exit \$?"'
  run -0 on director 'SSH_CONNECTION="192.168.80.200 50022 192.168.80.10 22" bash director.sh uninstall'
  as_before director
}

# ---- aliases -----------------------------------------------------------------------------------------------------

named_aliases() {
  prepared director 'cd /etc/sysconfig/network-scripts
    printf "DEVICE=ens33:0\nIPADDR=192.168.80.50\nPREFIX=24\n" > ifcfg-ens33:0
    printf "DEVICE=ens33:1\nIPADDR=192.168.80.51\nPREFIX=24\n" > ifcfg-ens33:1'
  run -0 script director
  run -0 on director 'cd /etc/sysconfig/network-scripts && ls && cat ifcfg-ens33:0 ifcfg-ens33:life ifcfg-ens33:lifeV2'
  assert_line 'IPADDR=192.168.80.50'
  assert_line 'IPADDR=192.168.80.188'
  assert_line 'IPADDR=192.168.80.189'
  run -0 script director uninstall
  as_before director
}
# Files of aliases: where the back end has some.
[[ $PLATFORM != el7 ]] || bats_test_function --description 'aliases are named after the cluster, beside those of others' -- named_aliases

# A file of somebody else's where lvsgen's own goes: FILE of ROLE.
foreign() {
  prepared "$1" "mkdir -p '${2%/*}'; echo '# not of lvsgen' > '$2'; chmod 640 '$2'; touch -d '2021-02-03 04:05:06.7' '$2'"
  run -2 script "$1" check --adopt
  run -69 script "$1" check
  run -69 script "$1"
  assert_output --partial "$2"
  assert_output --partial 'lvsgen did not write it'
  assert_output --partial '--adopt'
  as_before "$1"
  run -0 script "$1" --adopt
  run -0 script "$1"
  assert_count changed 0
  run -0 script "$1" rollback
  as_before "$1"
}

own_files() {
  case $PLATFORM in
    el7) printf '%s\n' /etc/sysconfig/network-scripts/ifcfg-ens33:life /etc/systemd/system/ipvsadm.service.d/lvsgen-life-director.conf ;;
    debian12) printf '%s\n' /etc/network/interfaces.d/lvsgen-life-director /etc/systemd/system/ipvsadm.service.d/lvsgen-life-director.conf ;;
  esac
}
while IFS= read -r file; do
  bats_test_function --description "somebody else's ${file##*/} is refused by name, taken over by --adopt, and given back" -- foreign director "$file"
done < <(own_files)

# Others' services went with those of a balancer: kubernetes/kubernetes#55857, kubernetes-retired/contrib#2696.
# ---- the table ----------------------------------------------------------------------------------------------------

rules_file() { case $PLATFORM in el7) printf /etc/sysconfig/ipvsadm ;; *) printf /etc/ipvsadm.rules ;; esac; }

@test "services that are not described survive: those in the rules file, and live those that the unit kept at a stop" {
  local file
  file=$(rules_file)
  prepared director "printf '# by hand\n-A -t 192.168.80.99:80 -s wlc\n-a -t 192.168.80.99:80 -r 192.168.80.12:80 -g -w 3\n' > $file; chmod 640 $file; touch -d '2021-02-03 04:05:06.7' $file
    modprobe ip_vs; ! [[ -e /etc/redhat-release ]] || systemctl start ipvsadm; ipvsadm -C; grep ^- $file | ipvsadm -R; ipvsadm -A -u 192.168.80.99:53 -s rr; ipvsadm -a -u 192.168.80.99:53 -r 192.168.80.12:53 -m"
  run -0 script director
  run -0 script director
  assert_count changed 0
  run -0 on director "cat $file"
  assert_line '# by hand'
  assert_line -- '-a -t 192.168.80.99:80 -r 192.168.80.12:80 -g -w 3'
  assert_line -- '-A -t 192.168.80.188:80 -s rr'
  # A drain is of what is described: somebody else's service of the same real server goes on.
  run -0 script director drain web1
  run -0 on director 'ipvsadm -Sn'
  assert_line -- '-a -t 192.168.80.99:80 -r 192.168.80.12:80 -g -w 3'
  assert_line -- '-a -t 192.168.80.188:80 -r 192.168.80.12:80 -g -w 0'
  run -0 script director undrain web1
  container reboot "$(guest director)"
  run -0 script director verify
  run -0 on director 'ipvsadm -Sn'
  assert_line -- '-a -t 192.168.80.99:80 -r 192.168.80.12:80 -g -w 3'
  [[ $PLATFORM != el7 ]] || assert_line -- '-a -u 192.168.80.99:53 -r 192.168.80.12:53 -m -w 1'
  # A hand puts one more beside them, which stays as well when lvsgen's go.
  on director "printf '%s\n' '-A -t 192.168.80.98:80 -s rr' >> $file"
  run -0 script director
  assert_count changed 0
  run -0 script director uninstall
  run -0 on director "cat $file; stat -c %a $file"
  assert_line -- '-A -t 192.168.80.98:80 -s rr'
  assert_line -- '-A -t 192.168.80.99:80 -s wlc'
  assert_line 640
  refute_output --partial 192.168.80.188
}

@test "with nothing but comments in it the rules file is the table's text, and comes back" {
  local file
  file=$(rules_file)
  prepared director "printf '# nothing here\n\n' > $file; touch -d '2021-02-03 04:05:06.7' $file"
  run -0 script director
  run -0 on director "diff $file <(ipvsadm -Sn) && stat -c '%a %U' $file"
  assert_output '600 root'
  run -0 script director uninstall
  as_before director
}

# ---- mounts and exports ----------------------------------------------------------------------------------------------

@test "a line of fstab for the same mount point is named, taken out by --adopt, and put back" {
  prepared realserver 'mkdir -p /var/www/html; printf "proc /proc proc defaults 0 0\n192.168.80.13:/opt/kgc /var/www/html/ nfs rw 0 0\n# end" > /etc/fstab; chmod 640 /etc/fstab; touch -d "2021-02-03 04:05:06.7" /etc/fstab; systemctl daemon-reload'
  run -69 script realserver
  assert_output --partial 'in line 2: 192.168.80.13:/opt/kgc /var/www/html/ nfs rw 0 0'
  as_before realserver
  run -69 script realserver check
  run -0 script realserver --adopt
  run -0 script realserver
  assert_count changed 0
  # What systemd's own generator makes of it is lvsgen's, and it has no complaint.
  run -0 on realserver 'grep -v "^#" /etc/fstab; mkdir -p /tmp/g && SYSTEMD_LOG_TARGET=console /usr/lib/systemd/system-generators/systemd-fstab-generator /tmp/g /tmp/g /tmp/g 2>&1; cat /tmp/g/var-www-html.mount; rm -r /tmp/g'
  refute_output --partial 'nfs rw 0 0'
  refute_output --partial 'uplicate'
  assert_output --regexp 'Options=ro,_netdev,nofail'
  run -0 script realserver uninstall
  as_before realserver
}

# In /etc/systemd/system it wins over what systemd makes of fstab.
@test "a mount unit of a hand's for the same mount point is refused by its name, by verify too" {
  local unit=/etc/systemd/system/var-www-html.mount
  prepared realserver "mkdir -p /var/www/html; printf '%s\n' '[Mount]' What=192.168.80.99:/old Where=/var/www/html Type=nfs > $unit; systemctl daemon-reload"
  for command in check apply 'apply --adopt'; do
    # shellcheck disable=SC2086 # with its option
    run -69 script realserver $command
    assert_output --partial "beside $unit"
    assert_output --partial 'systemctl disable --now -- var-www-html.mount'
  done
  as_before realserver
  on realserver "rm $unit; systemctl daemon-reload"
  snapshot realserver before --without own
  run -0 script realserver
  on realserver "ln -s /dev/null $unit; systemctl daemon-reload"
  run -1 script realserver verify
  assert_output --partial "beside $unit"
  on realserver "rm $unit; systemctl daemon-reload"
  run script realserver verify
  refute_output --partial fstab
  run -0 script realserver uninstall
  as_before realserver
}

@test "an entry of /etc/exports for the same path and client likewise; one that shares its line is left to the operator" {
  prepared nfs 'mkdir -p /opt/kgc /etc/exports.d; printf "# by hand\n/srv 10.0.0.0/8(ro)\n/opt/kgc 192.168.80.0/24(rw,sync)\n" > /etc/exports; touch -d "2021-02-03 04:05:06.7" /etc/exports; mkdir -p /srv'
  run -69 script nfs
  assert_output --partial '/etc/exports:3: /opt/kgc 192.168.80.0/24(rw,sync)'
  as_before nfs
  run -0 script nfs --adopt
  run -0 script nfs
  assert_count changed 0
  # exportfs itself: nothing is said twice.
  run -0 on nfs 'exportfs -ra 2>&1; exportfs -s'
  refute_output --partial 'duplicated'
  run -0 script nfs uninstall
  run -0 on nfs 'cat /etc/exports; stat -c %y /etc/exports'
  assert_line '/opt/kgc 192.168.80.0/24(rw,sync)'
  assert_line --partial '2021-02-03 04:05:06.7'
  on nfs 'printf "/opt/kgc 10.0.0.0/8(ro) 192.168.80.0/24(rw)\n" > /etc/exports'
  run -69 script nfs --adopt
  assert_output --partial 'in a line with others'
}

# What exportfs takes for an entry of the same path and client is one for lvsgen.
rival() { # ENTRY-AS-PRINTF-TAKES-IT
  on nfs "printf '%b' '$1' > /etc/exports"
  run -69 script nfs
  assert_output --partial 'it is exported already: /etc/exports:'
  # exportfs itself takes it for the same.
  on nfs "printf '/opt/kgc 192.168.80.0/24(ro,no_subtree_check)\n' > /etc/exports.d/proof.exports"
  run on nfs 'exportfs -r 2>&1; rm /etc/exports.d/proof.exports'
  assert_output --partial duplicated
}

@test "entries of others as exports(5) lets them be written: indented, over several lines, quoted, in octal, by way of a link" {
  prepared nfs 'mkdir -p /opt/kgc /etc/exports.d /srv; ln -s /opt/kgc /srv/link'
  rival '   /opt/kgc 192.168.80.0/24(rw)\n'
  rival '\t/opt/kgc\t192.168.80.0/24(rw) # of ours\n'
  rival '/opt/kgc \\\n  192.168.80.0/24(rw)\n'
  rival '# of ours \\\n/opt/kgc 10.0.0.1(ro) \\\n  192.168.80.0/24(rw)\n'
  rival '"/opt/kgc" 192.168.80.0/24(rw)\n'
  rival '/o"pt/k"gc "192.168.80.0/24(rw)"\n'
  rival '/opt/\\153gc 192.168.80.0/24(rw)\n'
  rival '/srv/link 192.168.80.0/24(rw)\n'
  rival '/opt//kgc/ -ro 192.168.80.0/24\n'
  # One of several lines, and those that name the path in a comment, are none.
  on nfs 'printf "# /opt/kgc \\\\\n/srv 192.168.80.0/24(ro)\n/opt/kgc 10.0.0.1(ro) # 192.168.80.0/24(ro)\n" > /etc/exports'
  run script nfs check
  refute_output --partial 'exported already'
  on nfs 'printf "/srv 10.0.0.1(ro)\n   /opt/kgc 192.168.80.0/24(rw)\n" > /etc/exports'
  run -0 script nfs --adopt
  run -0 on nfs 'exportfs -r 2>&1; cat /etc/exports'
  refute_output --partial duplicated
  refute_line --regexp '^ */opt/kgc'
  run -0 script nfs uninstall
  run -0 on nfs 'cat /etc/exports'
  assert_line '   /opt/kgc 192.168.80.0/24(rw)'
}

@test "an entry that names nobody is for everybody" {
  prepared nfs 'mkdir -p /opt/kgc /etc/exports.d'
  other_bundle nfs 's|"192.168.80.0/24": \["ro"\]|"*": ["ro"]|'
  local entry
  for entry in '/opt/kgc (ro)' '/opt/kgc' '/opt/kgc -ro' '/opt/kgc 10.0.0.1 (ro)'; do
    on nfs "printf '%s\n' '$entry' > /etc/exports"
    run -69 on nfs 'bash /run/other/nfs.sh'
    assert_output --partial "it is exported already: /etc/exports:1: $entry"
  done
}

@test "an export below a link: live by where it leads, as after a boot, and gone with uninstall" {
  prepared nfs 'mkdir -p /srv/data/kgc /etc/exports.d; ln -s /srv/data /srv/link'
  other_bundle nfs 's|/opt/kgc|/srv/link/kgc|'
  run -0 on nfs 'bash /run/other/nfs.sh'
  run -0 on nfs 'bash /run/other/nfs.sh'
  assert_count changed 0
  run -0 on nfs 'cat /var/lib/nfs/etab'
  assert_line --partial /srv/data/kgc
  on nfs 'exportfs -r'
  run -0 on nfs 'bash /run/other/nfs.sh verify --only export'
  # As an lvsgen before put it there.
  on nfs 'exportfs -u 192.168.80.0/24:/srv/data/kgc; exportfs -i -o ro,no_subtree_check 192.168.80.0/24:/srv/link/kgc'
  run -0 on nfs 'bash /run/other/nfs.sh && bash /run/other/nfs.sh uninstall'
  run -0 on nfs 'cat /var/lib/nfs/etab'
  assert_output ''
}

@test "changed options of a mount: remounted, and verify looks at what the kernel shows" {
  prepared realserver ''
  run -0 script realserver
  run -0 on realserver 'findmnt -n -o OPTIONS /var/www/html'
  assert_output --regexp '^ro,'
  # By hand, which verify sees and apply mends.
  on realserver 'umount /var/www/html; mount -t nfs -o rw 192.168.80.13:/opt/kgc /var/www/html'
  run -1 script realserver verify --only mount
  assert_output --partial 'mounted otherwise than described: +ro'
  run -0 script realserver
  run -0 script realserver verify --only mount
  other_bundle realserver 's/"options": \["ro"\]/"options": ["rw"]/'
  run -0 on realserver 'bash /run/other/realserver.sh && bash /run/other/realserver.sh verify --only mount && findmnt -n -o OPTIONS /var/www/html'
  assert_line --regexp '^rw,'
  run -0 on realserver 'bash /run/other/realserver.sh'
  assert_count changed 0
  run -0 on realserver 'bash /run/other/realserver.sh rollback && findmnt -n -o OPTIONS /var/www/html'
  assert_line --regexp '^ro,'
  run -0 script realserver verify --only mount
  run -0 script realserver uninstall
  as_before realserver
}

# ---- what serves the VIP -------------------------------------------------------------------------------------------------

@test "a web server on the host's own address or on 127.0.0.1 alone serves no client, and verify says so" {
  prepared realserver ''
  run -0 script realserver
  on realserver 'systemctl stop httpd apache2 2>/dev/null || :; mkdir -p /srv/page && cd /srv/page && for port in 80 443; do (exec setsid perl -MIO::Socket::INET -e "\$s = IO::Socket::INET->new(LocalAddr => shift, LocalPort => $port, Listen => 5, ReuseAddr => 1) or die; while (\$c = \$s->accept) { print \$c qq(HTTP/1.0 200 OK\r\n\r\n); close \$c }" 192.168.80.12 </dev/null >/dev/null 2>&1 &) ; done; for port in 80 443; do for i in {1..300}; do ss -Hltn | grep -q ":$port[^0-9]" && break; sleep 0.1; done; done'
  run -1 script realserver verify --only answer,listener
  assert_line --partial 'failed   answer tcp 192.168.80.188 80  (what listens on port 80 does so on 192.168.80.12 alone)'
  on realserver 'while pkill -x perl; do sleep 0.1; done; for port in 80 443; do (exec setsid perl -MIO::Socket::INET -e "\$s = IO::Socket::INET->new(LocalPort => $port, Listen => 5, ReuseAddr => 1) or die; while (\$c = \$s->accept) { print \$c qq(HTTP/1.0 200 OK\r\n\r\n); close \$c }" </dev/null >/dev/null 2>&1 &) ; done; for port in 80 443; do for i in {1..300}; do ss -Hltn | grep -q ":$port[^0-9]" && break; sleep 0.1; done; done'
  run -0 script realserver verify --only answer,listener
  assert_line --partial 'ok       answer tcp 192.168.80.189 443'
  # What is asked by HTTP has to answer by it.
  other_bundle realserver 's/"port": 80,/"port": 80, "check": { "type": "http", "path": "\/" },/'
  for answer in "220 ready|what answers is not HTTP" "HTTP/1.0 503 Service Unavailable|HTTP status 503 instead of 2xx or 3xx" "|the connection was closed without an answer"; do
    on realserver "while pkill -x perl; do sleep 0.1; done; (exec setsid perl -MIO::Socket::INET -e '\$s = IO::Socket::INET->new(LocalPort => 80, Listen => 5, ReuseAddr => 1) or die; while (\$c = \$s->accept) { <\$c>; print \$c qq(${answer%|*}); close \$c }' </dev/null >/dev/null 2>&1 &) ; for i in {1..300}; do ss -Hltn | grep -q :80[^0-9] && break; sleep 0.1; done"
    run -1 on realserver 'bash /run/other/realserver.sh verify --only answer'
    assert_line --partial "failed   answer tcp 192.168.80.188 80  (${answer#*|})"
  done
  # A socket of IPv6 alone looks like one for both, and refuses what comes by IPv4: with a path and without.
  on realserver "while pkill -x perl; do sleep 0.1; done; (exec setsid perl -MSocket -e 'for my \$port (80, 443) { socket(my \$socket, AF_INET6, SOCK_STREAM, 0) or die; setsockopt(\$socket, 41, 26, 1) or die; bind(\$socket, pack_sockaddr_in6(\$port, Socket::IN6ADDR_ANY)) or die; listen(\$socket, 5) or die; push @sockets, \$socket } sleep' </dev/null >/dev/null 2>&1 &) ; for i in {1..300}; do ss -Hltn | grep -q :443[^0-9] && break; sleep 0.1; done"
  run -1 on realserver 'bash /run/other/realserver.sh verify --only answer'
  assert_line --partial "failed   answer tcp 192.168.80.188 80  (what listens on port 80 does so on [::] alone)"
  assert_line --partial "failed   answer tcp 192.168.80.189 443  (what listens on port 443 does so on [::] alone)"
  # ss before iproute2 4.12 does not say which kind it is: the request itself shows it.
  on realserver 'ss=$(command -v ss) && mv "$ss" "$ss.whole" && printf "#!/bin/sh\n%s.whole \"\$@\" | sed \"s/ v6only:1//\"\n" "$ss" > "$ss" && chmod +x "$ss"'
  run -1 on realserver 'bash /run/other/realserver.sh verify --only answer'
  assert_line --partial "failed   answer tcp 192.168.80.188 80  (the connection was refused)"
  assert_line --partial "failed   answer tcp 192.168.80.189 443  (the connection was refused)"
}

@test "the VIP on a NIC of a real server: doctor stops, apply names it, --adopt takes it off, verify finds it again" {
  prepared realserver 'for device in all ens33; do echo 0 > /proc/sys/net/ipv4/conf/$device/promote_secondaries; done
    ip address flush dev ens33; ip address add 192.168.80.188/24 dev ens33 label ens33:0; ip address add 192.168.80.12/24 dev ens33
    ! [[ -e /etc/redhat-release ]] || printf "DEVICE=ens33:0\nIPADDR=192.168.80.188\nPREFIX=24\n" > /etc/sysconfig/network-scripts/ifcfg-ens33:0'
  addresses realserver > "$BATS_TEST_TMPDIR/before"
  run -1 on realserver 'bash doctor.sh'
  assert_line --regexp '^stop  arp +192.168.80.188 is on ens33 of this real server'
  run -69 script realserver
  assert_output --partial 'it is on ens33 already, where this host answers ARP for it'
  [[ $PLATFORM != el7 ]] || assert_output --partial 'ifcfg-ens33:0 brings the same address up'
  as_before realserver
  run -0 script realserver --adopt
  run -0 addresses realserver
  assert_output --partial '192.168.80.12/24'
  refute_output --partial 192.168.80.188
  run -0 script realserver
  assert_count changed 0
  on realserver 'ip address add 192.168.80.188/32 dev ens33'
  run -1 script realserver verify --only address
  assert_output --partial 'it is on ens33 as well, which answers ARP for it'
  on realserver 'ip address del 192.168.80.188/32 dev ens33'
  run -0 script realserver uninstall
  addresses realserver > "$BATS_TEST_TMPDIR/after"
  run -0 diff "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
  as_before realserver
}

@test "a firewall mark of 2^31 and more, which ipvsadm prints as a negative number" {
  prepared director 'mv /usr/sbin/ipvsadm /usr/sbin/ipvsadm.plain; printf "%s\n" "#!/bin/bash" "set -o pipefail" "case \" \$* \" in *\" -S \"*|*\" -Sn \"*) ipvsadm.plain \"\$@\" | perl -pe \"s/ -f (\\d+)/sprintf q( -f %d), \\\$1 >= 2**31 ? \\\$1 - 2**32 : \\\$1/e\" ;; *) exec ipvsadm.plain \"\$@\" ;; esac" > /usr/sbin/ipvsadm; chmod 755 /usr/sbin/ipvsadm; ipvsadm -A -f 3516183003 -s rr; ipvsadm -S -n; ipvsadm -C'
  other_bundle director 's/"vip": "192.168.80.189",/"fwmark": 3516183003, "match": [{ "vip": "192.168.80.189", "protocol": "tcp", "port": 443 }],/; s/^      "port": 443,$//'
  run -0 on director 'bash /run/other/director.sh --only table'
  run -0 on director 'ipvsadm -S -n'
  assert_line -- '-A -f -778784293 -s rr'
  run -0 on director 'bash /run/other/director.sh --only table'
  assert_count changed 0
  run -0 on director 'bash /run/other/director.sh drain web1 --drain 0 && bash /run/other/director.sh undrain web1 && bash /run/other/director.sh verify --only table'
  run -0 on director 'bash /run/other/director.sh uninstall'
}

# ---- units ------------------------------------------------------------------------------------------------------------

@test "what carries the network is not stopped by an undo, though a start of lvsgen's pulled it in" {
  # Enabled and inactive while its interfaces are up, as after one failed stanza; stopping it takes them off.
  prepared realserver 'printf "%s\n" "[Service]" Type=oneshot RemainAfterExit=yes ExecStart=/bin/true "ExecStop=/sbin/ip link set ens33 down" "[Install]" WantedBy=network-online.target > /etc/systemd/system/networking.service
    printf "%s\n" "[Service]" Type=oneshot RemainAfterExit=yes ExecStart=/bin/true > /etc/systemd/system/helper.service
    printf "%s\n" "[Service]" Type=oneshot RemainAfterExit=yes ExecStart=/bin/true > /etc/systemd/system/shared.service
    printf "%s\n" "[Unit]" Wants=shared.service "[Service]" "ExecStart=/bin/sleep 1000" > /etc/systemd/system/theirs.service
    mkdir -p /etc/systemd/system/rpcbind.service.d
    printf "%s\n" "[Unit]" "Wants=network-online.target helper.service shared.service" > /etc/systemd/system/rpcbind.service.d/site.conf
    systemctl daemon-reload; systemctl -q enable networking.service; systemctl stop rpcbind.socket rpcbind.service; systemctl stop network-online.target networking.service 2>/dev/null; ip link set ens33 up
    ip address add 192.168.80.12/24 dev ens33 2>/dev/null || :'
  run -0 script realserver
  run -0 on realserver 'systemctl is-active networking helper shared'
  # Somebody else has come to need it meanwhile.
  on realserver 'systemctl start theirs'
  run -0 script realserver uninstall
  assert_line --partial 'kept     pulled shared.service  (it goes on: theirs.service needs it)'
  refute_line --partial 'changed  pulled shared.service'
  run on realserver 'ip -br link show ens33; systemctl is-active networking helper shared theirs'
  assert_line --regexp '^ens33@?[^ ]* +UP'
  assert_line --index 1 active
  assert_line --index 2 inactive
  assert_line --index 3 active
  assert_line --index 4 active
}

# systemd turns what a unit names in Also= on and off with it; beside.service was on before it.
@test "a unit that another one turns on and off along with itself is on again after the way back" {
  prepared realserver 'printf "%s\n" "[Service]" "ExecStart=/bin/sleep 1000" "[Install]" WantedBy=multi-user.target "Also=beside.service along.service" > /etc/systemd/system/rpcbind.service
    for unit in beside along; do printf "%s\n" "[Service]" Type=oneshot RemainAfterExit=yes ExecStart=/bin/true "[Install]" WantedBy=multi-user.target > "/etc/systemd/system/$unit.service"; done
    systemctl daemon-reload; systemctl stop rpcbind.socket rpcbind.service; systemctl -q disable rpcbind.service; systemctl -q enable beside.service'
  local way
  for way in rollback uninstall; do
    run -0 script realserver
    run -0 on realserver 'systemctl is-enabled rpcbind beside along'
    assert_output $'enabled\nenabled\nenabled'
    run -0 script realserver
    assert_count changed 0
    run -0 script realserver "$way"
    as_before realserver
  done
}

# `systemctl enable` follows Also= from unit to unit.
@test "so is one that is turned along with one that is turned along" {
  prepared realserver 'printf "%s\n" "[Service]" "ExecStart=/bin/sleep 1000" "[Install]" WantedBy=multi-user.target "Also=along.service" > /etc/systemd/system/rpcbind.service
    for unit in along beside; do printf "%s\n" "[Service]" Type=oneshot RemainAfterExit=yes ExecStart=/bin/true "[Install]" WantedBy=multi-user.target > "/etc/systemd/system/$unit.service"; done
    printf "%s\n" Also=beside.service >> /etc/systemd/system/along.service
    systemctl daemon-reload; systemctl stop rpcbind.socket rpcbind.service; systemctl -q disable rpcbind.service; systemctl -q enable beside.service'
  run -0 script realserver
  run -0 on realserver 'systemctl is-enabled rpcbind along beside'
  assert_output $'enabled\nenabled\nenabled'
  run -0 script realserver rollback
  as_before realserver
}

# Inactive, it would hear of no reload and no restart before the first boot.
@test "lvsgen's own unit is as after a boot, and nothing is started for it: check and verify miss it, undo gives it back" {
  prepared director 'printf "%s\n" "[Service]" Type=oneshot RemainAfterExit=yes ExecStart=/bin/true "[Install]" WantedBy=network-online.target > /etc/systemd/system/carrier.service
    systemctl daemon-reload; systemctl -q enable carrier.service; systemctl stop network-online.target carrier.service'
  other_bundle director 's|"services":|"timeouts": { "tcp": 901 }, "services":|'
  run -0 on director 'bash /run/other/director.sh'
  assert_line --partial 'booted lvsgen-life-director.service  (inactive -> active)'
  run on director 'systemctl is-active lvsgen-life-director network-online.target carrier; grep -c "run: timeout 30 .*/announce" /var/log/lvsgen/life.log'
  # Where its steps tell the neighbours, nobody else does.
  case $PLATFORM in
    el7) assert_output $'active\ninactive\ninactive\n1' ;;
    debian12) assert_output $'active\ninactive\ninactive\n0' ;;
  esac
  run -0 on director 'bash /run/other/director.sh'
  assert_count changed 0
  on director 'systemctl stop lvsgen-life-director; ipvsadm --set 500 0 0'
  run -2 on director 'bash /run/other/director.sh check'
  assert_line --regexp '^pending  booted lvsgen-life-director.service '
  run -1 on director 'bash /run/other/director.sh verify'
  assert_line --partial 'booted lvsgen-life-director.service  (is inactive: what'
  run -0 on director 'bash /run/other/director.sh'
  assert_count changed 2
  run -0 on director 'bash /run/other/director.sh rollback; ! systemctl is-active lvsgen-life-director'
  run -0 on director 'bash /run/other/director.sh; systemctl is-active lvsgen-life-director; bash /run/other/director.sh check'
  run -0 on director 'bash /run/other/director.sh uninstall'
  as_before director
}

# ---- neighbours -----------------------------------------------------------------------------------------------------------

# The neighbour knows the VIPs by the hardware address of the machine that had them (acassen/keepalived#2459, cybertec-postgresql/vip-manager#420).
stale='ip netns exec lan ip neigh replace 192.168.80.188 lladdr 02:00:00:00:00:01 dev fabric0 nud stale; ip netns exec lan ip -6 neigh replace fd80::188 lladdr 02:00:00:00:00:01 dev fabric0 nud stale'

told() {
  prepared director "for device in all default ens33; do echo 0 > /proc/sys/net/ipv6/conf/\$device/disable_ipv6; done; ip netns add lan; ip link set fabric0 netns lan; ip netns exec lan ip link set lo up; ip netns exec lan ip link set fabric0 up; ip netns exec lan ip address add 192.168.80.200/24 dev fabric0
    ip netns exec lan ip address add fd80::200/64 dev fabric0 nodad; ip address add fd80::10/64 dev ens33 nodad; sleep 1; $stale; $1"
  other_bundle director 's|"lvs1": { "address": "192.168.80.10/24" }|"lvs1": { "address": "192.168.80.10/24", "address6": "fd80::10/64" }|; s|"vip": "192.168.80.189"|"vip": "fd80::188"|; s|{ "host": "web1" }, { "host": "web2" }\]$|{ "address": "REAL1" }, { "address": "REAL2" }]|; /fd80::188/,$ s/REAL/fd80::2/g; 1,/fd80::188/ s/REAL/192.168.80.2/g'
  run -0 on director 'bash /run/other/director.sh'
  run -0 on director 'cat /sys/class/net/ens33/address; ip netns exec lan ip neigh show dev fabric0'
  assert_output --regexp "192.168.80.188 lladdr ${lines[0]} "
  assert_output --regexp "fd80::188 lladdr ${lines[0]} "
  # As at boot.
  run -0 on director "$stale; bash /etc/lvsgen/life/announce; sleep 0.5; cat /sys/class/net/ens33/address; ip netns exec lan ip neigh show dev fabric0; cat /proc/sys/net/ipv4/conf/ens33/arp_notify"
  assert_output --regexp "192.168.80.188 lladdr ${lines[0]} "
  assert_output --regexp "fd80::188 lladdr ${lines[0]} "
  assert_line --index -1 0
  run -0 on director 'grep -rs announce /etc/systemd/system/lvsgen-life-director.service'
  # As a rollback brings it back.
  run -0 script director
  run -0 on director "$stale; bash /run/other/director.sh rollback; sleep 0.5; cat /sys/class/net/ens33/address; ip netns exec lan ip neigh show dev fabric0"
  assert_output --regexp "fd80::188 lladdr $(on director cat /sys/class/net/ens33/address) "
}
bats_test_function --description 'neighbours learn of a VIP that has come here, by arping and by the kernel' -- told :
bats_test_function --description 'the same without an arping' -- told 'mv "$(command -v arping)" /root/arping.away'

# A real server without its ARP settings, the old machine that nobody has turned off: two with one address.
@test "verify: another machine that answers for a VIP, and not another card of this host" {
  prepared director 'ip netns add lan; ip link set fabric0 netns lan; ip netns exec lan ip link set fabric0 up'
  run -0 script director
  run -0 script director verify --only address
  on director 'ip netns exec lan ip address add 192.168.80.188/32 dev fabric0'
  run -1 script director verify --only address
  assert_line --regexp '^failed +address 192.168.80.188 ens33 +\([0-9a-f:]{17} answers for it on ens33, and is no director'
  assert_line --regexp '^ok +address 192.168.80.189 ens33'
  on director 'ip netns exec lan ip address del 192.168.80.188/32 dev fabric0'
  run -0 script director verify --only address
  # The segment's other end here: a bridge on which another card of this host answers as well.
  on director 'ip netns exec lan ip link set fabric0 netns 1; ip link add br9 type bridge; ip link add own0 type veth peer name own1
    for one in fabric0 own1; do ip link set $one master br9; done; for one in fabric0 own1 own0 br9; do ip link set $one up; done; sleep 1'
  run -0 script director verify --only address
}

# ---- forwarding -----------------------------------------------------------------------------------------------------------

@test "a director in DR that routes for containers goes on with it" {
  prepared director 'echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv4/conf/lo/forwarding'
  run -0 script director
  run -0 on director 'cat /proc/sys/net/ipv4/ip_forward /etc/sysctl.d/99-zz-lvsgen-life-director.conf'
  assert_line --index 0 1
  refute_output --partial ip_forward
  other_bundle director 's/"interface": "ens33"/"interface": "ens33", "forwarding": "off"/'
  run -0 on director 'bash /run/other/director.sh; cat /proc/sys/net/ipv4/ip_forward'
  assert_line --index -1 0
  run -0 script director
  run -0 on director 'cat /proc/sys/net/ipv4/ip_forward'
  assert_output 1
  run -0 script director uninstall
  as_before director
}

@test "a director that ceases to forward refuses ICMP redirects as before, where a file of the host's says so" {
  prepared director 'echo 1 > /proc/sys/net/ipv4/ip_forward; echo net.ipv4.conf.all.accept_redirects=0 > /etc/sysctl.d/50-hardening.conf'
  other_bundle director 's/"interface": "ens33"/"interface": "ens33", "forwarding": "off"/'
  run -0 on director 'cat /proc/sys/net/ipv4/conf/all/accept_redirects; bash /run/other/director.sh; cat /proc/sys/net/ipv4/conf/all/accept_redirects /proc/sys/net/ipv4/ip_forward'
  assert_line --index 0 0
  assert_line --index -2 0
  assert_line --index -1 0
  run -0 on director 'bash /run/other/director.sh uninstall'
  as_before director
}

# A router on the wire of a NIC that announces itself (RFC 4861, section 4.2).
advertise() { # FABRIC
  printf '%s' 'ip netns exec lan perl -MSocket=:all -e "socket(my \$s, AF_INET6, SOCK_RAW, 58) or die; setsockopt(\$s, 41, 18, pack(q(i), 255)); setsockopt(\$s, 41, 17, pack(q(I), shift)); send(\$s, pack(q(CCnCCnNN), 134, 0, 0, 64, 0, 1800, 0, 0), 0, pack_sockaddr_in6(0, inet_pton(AF_INET6, q(ff02::1)))) or die \$!"'
  printf ' "$(ip netns exec lan cat /sys/class/net/%s/ifindex)"' "$1"
}

# A host with IPv6 and a default route by such a router, which is on the wire of one of its NICs.
announced() { # NIC
  local fabric=fabric$((${1#ens} - 33)) # its other end (test/docker/guest/boot)
  printf '%s\n' 'for device in all default ens33; do echo 0 > /proc/sys/net/ipv6/conf/$device/disable_ipv6; done' \
    "ip netns add lan; ip link set $fabric netns lan; ip netns exec lan ip link set $fabric up; ip link set $1 down; ip link set $1 up" \
    "ip address add fd80::10/64 dev ens33 nodad; ip address show dev ens33 | grep -q 192.168.80.10/24 || ip address add 192.168.80.10/24 dev ens33; sleep 2" \
    "$(advertise "$fabric"); sleep 0.5; ip -6 route show default | grep 'dev $1 proto ra'"
}

# NAT over IPv6, for which a director forwards.
forwarding_bundle() {
  other_bundle director 's|"lvs1": { "address": "192.168.80.10/24" }|"lvs1": { "address": "192.168.80.10/24", "address6": "fd80::10/64" }|; s|"vip": "192.168.80.189"|"vip": "fd80::188", "mode": "nat"|; s|{ "host": "web1" }, { "host": "web2" }\]$|{ "address": "REAL1" }, { "address": "REAL2" }]|; /fd80::188/,$ s/REAL/fd80::2/g; 1,/fd80::188/ s/REAL/192.168.80.2/g'
}

@test "a default route that an IPv6 router announced outlives the forwarding of NAT" {
  prepared director "$(announced ens33)"
  forwarding_bundle
  run -0 on director 'bash /run/other/director.sh'
  run -0 on director 'cat /proc/sys/net/ipv6/conf/all/forwarding; ip -6 route show default'
  assert_line --index 0 1
  assert_output --partial 'proto ra'
  run -0 on director 'bash /run/other/director.sh'
  assert_count changed 0
  run -0 on director 'cat /etc/sysctl.d/99-zz-lvsgen-life-director-ens33.conf'
  assert_line 'net/ipv6/conf/ens33/accept_ra = 2'
  run -0 on director 'bash /run/other/director.sh uninstall; cat /proc/sys/net/ipv6/conf/{all/forwarding,ens33/accept_ra}; ip -6 route show default'
  assert_output --partial $'\n0\n1\n'
  assert_output --partial 'proto ra'
}

# As after a run that was killed between the setting and its file, or where somebody set it for now alone.
@test "the same where the NIC hears routers already: the file makes that last, and the setting stays when it goes" {
  prepared director "$(announced ens33); echo 2 > /proc/sys/net/ipv6/conf/ens33/accept_ra"
  forwarding_bundle
  run -0 on director 'bash /run/other/director.sh'
  run -0 on director 'cat /etc/sysctl.d/99-zz-lvsgen-life-director-ens33.conf'
  assert_line 'net/ipv6/conf/ens33/accept_ra = 2'
  run -0 on director 'bash /run/other/director.sh'
  assert_count changed 0
  run -2 on director 'bash /run/other/director.sh uninstall; cat /proc/sys/net/ipv6/conf/{all/forwarding,ens33/accept_ra}; ip -6 route show default; ls /etc/sysctl.d/*lvsgen-life*'
  assert_output --partial $'\n0\n2\n'
  assert_output --partial 'proto ra'
  assert_line --partial 'No such file'
}

# A NIC that is not described: lvsgen does not set what is not its own, and does not take the route either.
@test "a router on a NIC that is not described: forwarding is not written as long as its route would go" {
  start_guest director lvs1 --nic ens34=10.0.0.1/24
  install_packages director
  on director "echo 0 > /proc/sys/net/ipv6/conf/ens34/disable_ipv6; $(announced ens34)"
  forwarding_bundle
  run -1 on director 'bash /run/other/director.sh'
  assert_output --partial 'the default route that a router announced would be gone with it: default via fe80'
  assert_output --partial 'sysctl net.ipv6.conf.ens34.accept_ra=2'
  run -0 on director 'cat /proc/sys/net/ipv6/conf/{all/forwarding,ens34/accept_ra}; ip -6 route show default'
  assert_line --index 0 0
  assert_line --index 1 1
  assert_output --partial 'dev ens34 proto ra'
  on director 'echo 2 > /proc/sys/net/ipv6/conf/ens34/accept_ra'
  run -0 on director 'bash /run/other/director.sh'
  run -0 on director 'cat /proc/sys/net/ipv6/conf/all/forwarding; ip -6 route show default'
  assert_line --index 0 1
  assert_output --partial 'dev ens34 proto ra'
}

@test "a default route by hand on the described NIC, and one that a router announced on another: the described one hears no routers" {
  start_guest director lvs1 --nic ens34=10.0.0.1/24
  install_packages director
  on director "echo 0 > /proc/sys/net/ipv6/conf/ens34/disable_ipv6; $(announced ens34)
    echo 2 > /proc/sys/net/ipv6/conf/ens34/accept_ra; ip -6 route add default via fd80::1 dev ens33 metric 10"
  forwarding_bundle
  run -0 on director 'bash /run/other/director.sh'
  run -0 on director 'ip -6 route show default; cat /proc/sys/net/ipv6/conf/ens33/accept_ra; ls /etc/sysctl.d'
  assert_line --index 0 --partial 'dev ens33'
  assert_line --index 1 --partial 'dev ens34 proto ra'
  assert_line --index 2 1
  refute_output --partial lvsgen-life-director-ens33.conf
}
