#!/usr/bin/env bats
# rollback and uninstall: files with content, owner, mode and time, and everything live, as before.
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

# On the director somebody's file stands at a name of lvsgen's own: --adopt takes it over, and each way back gives it back.

# Packages stay, so they are there before; so is what an operator had made of the same things.
setup_file() {
  local role
  for role in director realserver nfs; do
    start_guest "$role"
    install_packages "$role"
    on "$role" 'touch -d "2020-02-02 02:02:02" /etc/fstab; mkdir -p /etc/exports.d'
  done
  on director 'modprobe ip_vs; ipvsadm -A -t 192.168.80.188:80 -s wrr; ipvsadm -a -t 192.168.80.188:80 -r 192.168.80.55:80 -m -w 5
    echo 1 > /proc/sys/net/ipv4/ip_forward; echo "# mine" > /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf; chmod 640 /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf
    chown daemon:nogroup /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf; touch -d "2019-01-01 01:01:01.123456789" /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf'
  on realserver 'printf "first page\n" > /var/www/html/index.html; touch -d 2018-01-01 /var/www/html/index.html; ip addr add 192.168.80.188/24 dev lo'
  on nfs 'mkdir -m 700 /opt/kgc; printf "precious\n" > /opt/kgc/data; exportfs -ra'
  for role in director realserver nfs; do snapshot "$role" before --without own; done
}
teardown_file() { stop_guests; }

undone_by_rollback() {
  run -0 script "$1" apply --adopt
  assert_output --regexp 'changed=[1-9]'
  run -0 script "$1" rollback
  assert_line --regexp 'failed=0$'
  snapshot "$1" after --without own
  same_state "$1" before after
}
for_each_role 'rollback puts all back that the apply changed' undone_by_rollback

applied_again() {
  run -0 script "$1" apply --adopt
  assert_output --regexp 'changed=[1-9]'
  snapshot "$1" applied --without own,times
  case $1 in
    director) on director 'ip addr del 192.168.80.188/32 dev ens33; echo "# hand" >> /etc/modules-load.d/lvsgen-kgc-director.conf' ;;
    realserver) on realserver 'echo hand > /var/www/html/index.html; echo 0 > /proc/sys/net/ipv4/conf/all/arp_ignore' ;;
    nfs) on nfs 'chmod 711 /opt/kgc; rm /etc/exports.d/lvsgen-usr-share.exports' ;;
  esac
  snapshot "$1" by-hand --without own
  run -0 script "$1" apply --adopt
  run -0 script "$1" rollback
  snapshot "$1" after --without own
  same_state "$1" by-hand after
}
for_each_role 'rollback of a repair puts back what was repaired' applied_again

uninstalled() {
  run -0 script "$1" apply --adopt
  run -0 script "$1" uninstall
  assert_line --regexp 'failed=0$'
  snapshot "$1" after --without own
  same_state "$1" before after
  # Nothing is left but what a hand had written over lvsgen's text, and an apply then overwrote.
  run -0 on "$1" 'find /var/lib/lvsgen -type f -exec grep -L "^\(# \)*hand$" {} + 2>/dev/null || true; rm -rf /var/lib/lvsgen/kept-by-hand; rmdir /var/lib/lvsgen 2>/dev/null; ! find /var/lib/lvsgen 2>/dev/null'
  assert_output ''
}
for_each_role 'uninstall returns to what was before the first apply' uninstalled

rollback_of_nothing() {
  run script "$1" rollback
  assert_output
  snapshot "$1" after --without own
  same_state "$1" before after
}
for_each_role 'with nothing to undo, rollback and uninstall say so and change nothing' rollback_of_nothing

@test "what two roles on one host hold stays until the second goes" {
  container rm "$(guest nfs)"
  start_guest nfs
  install_packages nfs
  on nfs 'mkdir -p /etc/exports.d'
  snapshot nfs before --without own
  run -0 on nfs 'bash nfs.sh'
  snapshot nfs nfs-alone --without own
  run -0 on nfs 'bash realserver.sh'
  run -0 on nfs 'bash realserver.sh uninstall'
  snapshot nfs after --without own
  same_state nfs nfs-alone after
  run -0 on nfs 'bash realserver.sh'
  run -0 on nfs 'bash nfs.sh uninstall'
  run -0 on nfs 'systemctl is-active rpcbind'
  run ! on nfs 'systemctl -q is-active firewalld'
  run -0 on nfs 'bash realserver.sh uninstall'
  # It was not empty when nfs.sh went: the real server's page lay in it.
  on nfs '[[ ! -d /opt/benet ]] || rmdir /opt/benet'
  snapshot nfs after --without own
  same_state nfs before after
}
