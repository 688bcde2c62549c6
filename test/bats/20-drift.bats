#!/usr/bin/env bats
# Whatever someone changed by hand, check says so and changes nothing, and an apply repairs it and nothing else.
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

setup_file() {
  local role
  for role in director realserver nfs; do
    start_guest "$role"
    script "$role" apply
    snapshot "$role" described --without own,times
  done
}
teardown_file() { stop_guests; }

# drifts ROLE KIND LINE-OF-BASH: after that line, check and apply name a resource of that KIND, and the state is as described again.
repaired() {
  local role=$1 kind=$2 command=$3
  on "$role" "$command"
  run -2 script "$role" check
  assert_line --regexp "^pending  $kind "
  run -0 script "$role" apply
  assert_line --regexp "^changed  $kind "
  snapshot "$role" repaired --without own,times
  same_state "$role" described repaired
}

drifts() { bats_test_function --description "$1: $2: $3" -- repaired "$@"; }

sysctl_file() { printf '/etc/sysctl.d/99-zz-lvsgen-kgc-%s.conf' "$1"; }
case $PLATFORM in
  el7) rules=/etc/sysconfig/ipvsadm web=httpd alias_director=/etc/sysconfig/network-scripts/ifcfg-ens33:0 alias_real=/etc/sysconfig/network-scripts/ifcfg-lo:0 ;;
  debian12) rules=/etc/ipvsadm.rules web=apache2 alias_director=/etc/network/interfaces.d/lvsgen-kgc-director alias_real=/etc/network/interfaces.d/lvsgen-kgc-realserver ;;
esac
vip=192.168.80.188

drifts director file "echo '# by hand' >> $(sysctl_file director)"
drifts director file "chmod 0600 $(sysctl_file director)"
drifts director file "chown nobody $(sysctl_file director)"
drifts director file "rm $alias_director"
drifts director rules ": > $rules"
drifts director sysctl 'echo 1 > /proc/sys/net/ipv4/conf/ens33/send_redirects'
drifts director sysctl 'echo 1 > /proc/sys/net/ipv4/ip_forward'
drifts director address "ip addr del $vip/32 dev ens33"
drifts director address "ip addr del $vip/32 dev ens33; ip addr add $vip/24 dev ens33"
drifts director unit 'systemctl -q disable ipvsadm'
drifts director service 'ipvsadm -C'
drifts director service "ipvsadm -e -t $vip:80 -r 192.168.80.12:80 -g -w 7"
drifts director service "ipvsadm -e -t $vip:80 -r 192.168.80.12:80 -i -w 1"
drifts director service "ipvsadm -E -t $vip:80 -s rr -p 60"
drifts director service "ipvsadm -d -t $vip:80 -r 192.168.80.13:80"
drifts director service "ipvsadm -e -t $vip:80 -r 192.168.80.13:80 -g -w 1 -x 9 -y 3"
drifts director service "ipvsadm -a -t $vip:80 -r 192.168.80.99:80 -g -w 1"
drifts director module 'ipvsadm -C; rmmod ip_vs_rr; rmmod ip_vs'

drifts realserver sysctl 'echo 0 > /proc/sys/net/ipv4/conf/all/arp_ignore'
drifts realserver sysctl 'echo 0 > /proc/sys/net/ipv4/conf/lo/arp_announce'
drifts realserver address "ip addr del $vip/32 dev lo"
drifts realserver address "ip addr del $vip/32 dev lo; ip addr add $vip/8 dev lo"
drifts realserver file "sed -i s/32/24/ $alias_real"
drifts realserver route "ip route del $vip"
drifts realserver unit "systemctl stop $web"
drifts realserver unit "systemctl -q disable $web"
drifts realserver mount "systemctl stop $web; umount /var/www/html"
drifts realserver block "sed -i '/^$/N;/BEGIN lvsgen/,/END lvsgen/d' /etc/fstab"
drifts realserver block "sed -i 's/_netdev/defaults/' /etc/fstab"
drifts realserver file 'echo other > /var/www/html/index.html'

drifts nfs file 'rm /etc/exports.d/lvsgen-opt-kgc@192.168.80.0-24.exports; exportfs -ra'
drifts nfs export 'exportfs -u 192.168.80.0/24:/opt/kgc'
drifts nfs export 'exportfs -i -o rw,sync,no_root_squash 192.168.80.0/24:/opt/kgc'
drifts nfs export 'exportfs -i -o rw,sync,fsid=7,anonuid=0,all_squash 192.168.80.0/24:/opt/kgc'
drifts nfs directory 'chmod 0755 /opt/kgc'
drifts nfs directory 'rmdir /opt/benet'
drifts nfs unit 'systemctl stop nfs-server'

if [[ $PLATFORM == el7 ]]; then
  drifts director unit 'systemctl -q enable firewalld; systemctl start firewalld'
  drifts director selinux 'setenforce 1'
  drifts director setting 'sed -i s/SELINUX=permissive/SELINUX=enforcing/ /etc/selinux/config'
  drifts realserver block "sed -i '/^$/N;/BEGIN lvsgen/,/END lvsgen/d' /etc/rc.d/rc.local"
  drifts realserver mode 'chmod 0644 /etc/rc.d/rc.local'
else
  drifts director setting "sed -i 's/^AUTO=.*/AUTO=\"false\"/' /etc/default/ipvsadm"
fi

check_reads_only() {
  case $1 in
    director) on director "rm $alias_director; ip addr del $vip/32 dev ens33; ipvsadm -C; rmmod ip_vs_rr; rmmod ip_vs; chmod 600 $rules" ;;
    realserver) on realserver "systemctl stop $web; umount /var/www/html; ip addr del $vip/32 dev lo; echo 0 > /proc/sys/net/ipv4/conf/all/arp_ignore; sed -i '/^$/N;/BEGIN lvsgen/,/END lvsgen/d' /etc/fstab" ;;
    nfs) on nfs 'systemctl stop nfs-server; rm -r /opt/benet /etc/exports.d; mkdir /etc/exports.d' ;;
  esac
  snapshot "$1" drifted --live
  run -2 script "$1" check --diff
  run script "$1" status
  run -1 script "$1" verify
  snapshot "$1" checked --live
  same_state "$1" drifted checked
  run -0 script "$1" apply
  snapshot "$1" repaired --without own,times
  same_state "$1" described repaired
}
for_each_role 'check, status and verify mend nothing, an apply mends it all' check_reads_only

@test "director: a service that someone else added is left alone and told" {
  on director 'ipvsadm -A -t 192.168.80.188:8080 -s rr; ipvsadm -a -t 192.168.80.188:8080 -r 192.168.80.12:8080 -g'
  run -0 script director apply
  assert_count changed 0
  assert_output --partial '192.168.80.188:8080'
  run -0 on director 'ipvsadm -Sn'
  assert_line -- '-a -t 192.168.80.188:8080 -r 192.168.80.12:8080 -g -w 1'
}
