#!/usr/bin/env bats
# doctor.sh says before an apply what would stop it, and what to do; it changes nothing.
# platforms: el7 debian12-bare
# shellcheck disable=SC2154 # bats sets status and output

load helper

case $PLATFORM in
  el7) folder=packages/el7/x86_64 kind=rpm ;;
  debian12) folder=packages/debian12/amd64 kind=deb ;;
esac

setup_file() { start_guest director && start_guest realserver; }
teardown_file() { stop_guests; }

doctor() { on "$1" bash doctor.sh "${@:2}"; }

# finds LEVEL CHECK WORD: a finding of this level; everything but ok has a remedy.
finds() {
  assert_line --regexp "^$1 +$2 .*$3"
}

@test 'a fresh host: nothing stops an apply, and nothing is changed' {
  for role in director realserver; do
    snapshot "$role" before --live
    run -0 doctor "$role"
    finds ok system described
    finds ok packages local
    assert_line --regexp '^doctor .* stop=0 '
    refute_line --regexp '^stop'
    snapshot "$role" after --live
    same_state "$role" before after
  done
  run -0 on director 'ls -d /sys/module/ip_vs /tmp/lvsgen* 2>/dev/null || true'
  assert_output ''
}

@test 'JSON is one object a line, with the sum at the end' {
  run -0 doctor director --json
  for line in "${lines[@]}"; do node -e 'JSON.parse(process.argv[1])' "$line"; done
  assert_line --regexp '^\{"event":"summary",.*"stop":0,'
}

# stops GUEST LEVEL CHECK WORD HARM HEAL: with a line of bash done to the guest it is found, and an exit code says so.
harmed() {
  local name=$1 level=$2 check=$3 word=$4 harm=$5 heal=$6 expected=0
  [[ $level != stop ]] || expected=1
  on "$name" "$harm"
  run doctor "$name"
  local code=$status
  on "$name" "$heal"
  assert_equal "$code" "$expected"
  finds "$level" "$check" "$word"
  assert_line --regexp '^ +do '
}

bats_test_function --description 'another system' -- harmed director stop system 'described is' \
  'cp /etc/os-release /root/os-release; sed -i s/^VERSION_ID=.*/VERSION_ID=99/ /etc/os-release' 'cp /root/os-release /etc/os-release'
bats_test_function --description 'a module that modprobe is told not to load' -- harmed director stop modules 'ip_vs' \
  'mv /usr/sbin/modprobe /usr/sbin/modprobe.away; printf "#!/bin/sh\necho install /bin/false\n" > /usr/sbin/modprobe; chmod +x /usr/sbin/modprobe' \
  'mv -f /usr/sbin/modprobe.away /usr/sbin/modprobe'
bats_test_function --description 'a module that the kernel does not have' -- harmed director stop modules 'ip_vs' \
  'mv /usr/sbin/modprobe /usr/sbin/modprobe.away; printf "#!/bin/sh\nexit 1\n" > /usr/sbin/modprobe; chmod +x /usr/sbin/modprobe' \
  'mv -f /usr/sbin/modprobe.away /usr/sbin/modprobe'
bats_test_function --description 'no repository within reach' -- harmed director stop packages 'ipvsadm' \
  'mv /repo /repo.away; rm -rf /root/lists; [[ ! -d /var/lib/apt/lists ]] || mv /var/lib/apt/lists /root/lists' \
  'mv /repo.away /repo; [[ ! -d /root/lists ]] || { rm -rf /var/lib/apt/lists; mv /root/lists /var/lib/apt/lists; }'
bats_test_function --description 'a masked unit' -- harmed director stop units 'ipvsadm' 'systemctl mask ipvsadm.service' 'systemctl unmask ipvsadm.service'
bats_test_function --description 'a missing address' -- harmed director stop address '192.168.80.10 is on lo' \
  'ip addr add 192.168.80.10/24 dev lo; ip addr del 192.168.80.10/24 dev ens33' 'ip addr add 192.168.80.10/24 dev ens33; ip addr del 192.168.80.10/24 dev lo'
bats_test_function --description 'a wrong prefix length' -- harmed director warn address '/16' \
  'ip addr add 192.168.80.10/16 dev ens33; ip addr del 192.168.80.10/24 dev ens33' 'ip addr add 192.168.80.10/24 dev ens33; ip addr del 192.168.80.10/16 dev ens33'
bats_test_function --description 'an interface that is down' -- harmed director warn interface 'ens33 is down' \
  'ip link set ens33 down' 'ip link set ens33 up'
bats_test_function --description 'a read-only file system' -- harmed director stop writable 'read-only: /etc/sysctl.d' \
  'mount --bind /etc/sysctl.d /etc/sysctl.d; mount -o remount,ro,bind /etc/sysctl.d' 'umount /etc/sysctl.d'
bats_test_function --description 'a directory where a file goes' -- harmed director stop writable 'lvsgen-kgc-director.conf' \
  'mkdir /etc/modules-load.d/lvsgen-kgc-director.conf' 'rmdir /etc/modules-load.d/lvsgen-kgc-director.conf'
bats_test_function --description 'a full file system' -- harmed director stop room '/var/lib/lvsgen' \
  'mkdir -p /var/lib/lvsgen && mount -t tmpfs -o size=1m tmpfs /var/lib/lvsgen' 'umount /var/lib/lvsgen; rmdir /var/lib/lvsgen'
bats_test_function --description 'a file system with hardly an inode left' -- harmed director stop room 'has [0-9]+ inodes left' \
  'mkdir -p /var/lib/lvsgen && mount -t tmpfs -o size=512m,nr_inodes=150 tmpfs /var/lib/lvsgen' 'umount /var/lib/lvsgen; rmdir /var/lib/lvsgen'
bats_test_function --description 'a file that takes settings back' -- harmed director stop sysctl '99-zzz-site.conf' \
  'printf "net.ipv4.ip_forward = 1\n" > /etc/sysctl.d/99-zzz-site.conf' 'rm /etc/sysctl.d/99-zzz-site.conf'
bats_test_function --description 'another cluster of lvsgen' -- harmed director warn state 'other/director' \
  'mkdir -p /var/lib/lvsgen/other/director/generations' 'rm -r /var/lib/lvsgen/other'
bats_test_function --description 'an apply that was interrupted' -- harmed director warn state 'kgc/director' \
  'mkdir -p /var/lib/lvsgen/kgc/director/generations; printf "generation 0001\n" > /var/lib/lvsgen/kgc/director/generations/0001' 'rm -r /var/lib/lvsgen/kgc'
bats_test_function --description 'another run that holds the lock' -- harmed director warn lock 'another run' \
  '(umask 077; : > /run/lvsgen.lock); (flock 9; touch /run/held; sleep 20) 9> /run/lvsgen.lock > /dev/null 2>&1 & until [[ -e /run/held ]]; do sleep 0.1; done' \
  'pkill -x sleep || true; rm -f /run/held /run/lvsgen.lock'
bats_test_function --description 'an NFS server that is away' -- harmed realserver warn nfs '192.168.80.13' : :

# As btrfs has none (monitoring-plugins 1717, nagios-plugins 568, OpenSMTPD 246).
@test 'a file system without a table of inodes has room' {
  on director 'mkdir -p /var/lib/lvsgen && mount -t tmpfs -o size=512m,nr_inodes=0 tmpfs /var/lib/lvsgen'
  run doctor director
  on director 'stat -f -c "inodes: %c, free: %d" /var/lib/lvsgen; umount /var/lib/lvsgen; rmdir /var/lib/lvsgen' >"$BATS_TEST_TMPDIR/inodes"
  assert_equal "$(<"$BATS_TEST_TMPDIR/inodes")" 'inodes: 0, free: 0'
  finds ok room 'MiB where lvsgen'
}

# The other end of the cable, in a name space of its own: whoever is there has the virtual address.
neighbour='ip netns add other; ip link set fabric0 netns other; ip -n other link set fabric0 up; ip -n other addr add 192.168.80.188/24 dev fabric0'
alone='ip netns del other; ip link show ens33 > /dev/null'

@test 'a virtual address that somebody else has' {
  on realserver "$neighbour"
  run -1 doctor realserver
  finds stop arp '192.168.80.188 is taken on ens33'
}

@test 'a virtual address that a director answers for' {
  on realserver 'ip -n other addr add 192.168.80.10/24 dev fabric0'
  run -0 doctor realserver
  finds ok arp 'lvs1'
}

@test 'kube-proxy in mode ipvs, which takes services out that it does not know (kubernetes/kube-proxy#6)' {
  on director 'ip link add kube-ipvs0 type veth peer name kube-peer'
  run doctor director
  finds warn others 'kube-ipvs0 is here: kube-proxy writes the same IPVS table'
  on director 'ip link del kube-ipvs0'
  run doctor director
  refute_output --partial kube-ipvs0
}

@test 'a carried folder is tried, and nothing of it installed' {
  snapshot realserver before --live
  on realserver "mkdir -p /root/usb/$folder && cp /media/usb/*.sh /root/usb && find /repo -name '*.$kind' -exec cp -t /root/usb/$folder {} + && cd /root/usb/$folder && sha256sum *.$kind > SHA256SUMS"
  run -0 on realserver 'bash /root/usb/doctor.sh'
  finds ok packages 'sums are right'
  on realserver "cd /root/usb/$folder && printf x >> \$(ls | grep ^rpcbind)"
  run -1 doctor realserver --packages /root/usb/packages
  finds stop packages 'not those that were fetched'
  assert_output --partial 'changed or unreadable: rpcbind'
  on realserver 'rm -r /root/usb'
  snapshot realserver after --live
  same_state realserver before after
}

@test 'a host that is not described is refused; one without root is told what is left out' {
  on director 'ip addr flush dev ens33 scope global'
  run -78 doctor director
  run -1 doctor director --host lvs1
  finds stop address 192.168.80.10/24
  run -78 doctor director --host nobody
  run -64 doctor director now
  on director 'ip addr add 192.168.80.10/24 dev ens33; useradd someone'
  run on director 'su someone -c "bash doctor.sh"'
  finds skip root 'not root'
  assert_line --regexp '^doctor lvs1: '
}

bats_test_function --description 'a card that joins the packets it receives' -- harmed director warn offload 'ens33 joins packets' \
  'printf "#!/bin/sh\necho Features for ens33:\necho large-receive-offload: on\n" > /usr/local/sbin/ethtool; chmod +x /usr/local/sbin/ethtool; ln -sf /usr/local/sbin/ethtool /usr/sbin/ethtool' \
  'rm -f /usr/local/sbin/ethtool; [ ! -L /usr/sbin/ethtool ] || rm -f /usr/sbin/ethtool'

# Of a host that no description has yet: its network, its table, its files, and nothing that opens a door elsewhere.
@test '--collect: what a host has of its own, without its secrets, as lvsgen import takes it' {
  on director "mkdir -p /etc/keepalived /etc/NetworkManager/system-connections
    cat > /etc/keepalived/keepalived.conf << 'END'
global_defs {
    notification_email { ops@bank.example }
    router_id lvs1
}
vrrp_instance one {
    state MASTER
    interface ens33
    virtual_router_id 80
    authentication { auth_type PASS
        auth_pass opensesame
    }
    virtual_ipaddress { 192.168.80.188 }
}
virtual_server 192.168.80.188 80 {
    lb_algo rr
    lb_kind DR
    protocol TCP
    real_server 192.168.80.12 80 { weight 1 }
}
END"
  on director "printf '[connection]\nid=lan\n[wifi-security]\npsk=opensesame\n' > /etc/NetworkManager/system-connections/lan.nmconnection
    printf '//nas/share /mnt/nas cifs username=svc,password=opensesame 0 0\n' >> /etc/fstab
    printf -- '-----BEGIN PRIVATE KEY-----\nopensesame\n-----END PRIVATE KEY-----\n' > /etc/keepalived/key.conf; mkfifo /etc/keepalived/fifo"
  snapshot director before
  run -0 on director bash doctor.sh --collect /root/collected
  assert_line --regexp '^taken +/etc/keepalived/keepalived.conf +\(2 line'
  assert_line --regexp '^taken +/etc/NetworkManager/system-connections/lan.nmconnection +\(1 line'
  assert_line --regexp '^left +/etc/keepalived/fifo +\(no file\)'
  assert_line --regexp '^collected: [0-9]+ file\(s\) in /root/collected, 7 line\(s\) with secrets'
  run -1 on director 'grep -rE "opensesame|bank.example|svc" /root/collected'
  run -0 on director 'stat -c %a /root/collected; find /root/collected -perm /077'
  assert_output 700
  on director 'tar -C /root -cf - collected' | tar -C "$BATS_TEST_TMPDIR" -xf -
  run -0 node "$LVSGEN" import "$BATS_TEST_TMPDIR/collected" --director lvs1=192.168.80.10/24 -o "$BATS_TEST_TMPDIR/cluster.json"
  run -0 cat "$BATS_TEST_TMPDIR/cluster.json"
  assert_output --partial '192.168.80.188'
  run -64 on director bash doctor.sh --collect /root/collected
  assert_output --partial 'is there already'
  on director 'rm -r /root/collected'
  snapshot director after
  same_state director before after
  on director 'rm -rf /etc/keepalived /etc/NetworkManager/system-connections; sed -i /nas/d /etc/fstab'
}
