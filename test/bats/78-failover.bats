#!/usr/bin/env bats
# The life of a director with keepalived: what is in force, what is health and what is drift, and the ways back. keepalived is a stand-in.
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

BUNDLE=${BUNDLE%/*}/failover-$PLATFORM
vip=192.168.80.188 web1=192.168.80.12 web2=192.168.80.13 sorry=192.168.80.60
conf=/etc/keepalived/keepalived.conf
case $PLATFORM in
  el7) rules=/etc/sysconfig/ipvsadm ;;
  debian12) rules=/etc/ipvsadm.rules ;;
esac

setup_file() {
  start_guest director
  install_packages director
  case $PLATFORM in
    # With the page of what setsebool said last.
    el7) on director 'yum -y -q install keepalived && systemctl -q start rpcbind.socket rpcbind.service && setsebool -P keepalived_connect_any off' ;;
    debian12) on director 'apt-get -y -q install keepalived' ;;
  esac > /dev/null
  on director 'modprobe -a ip_vs ip_vs_rr && printf "%s\n" "-A -u 192.168.80.189:53 -s rr" "-a -u 192.168.80.189:53 -r 192.168.80.53:53 -g" | ipvsadm -R'
  on director 'ip address add 192.168.80.189/24 dev ens33'
  other_scripts heavier 's/"weight": 3/"weight": 6/'
  other_scripts moved 's/192.168.80.189/192.168.80.190/'
  other_scripts smaller 's/, { "host": "web2" }\]/]/'
  other_scripts silent 's/"routerId": 80/"routerId": 80, "sync": false/'
  other_scripts renumbered 's/"routerId": 80/"routerId": 80, "sync": { "id": 81 }/'
  snapshot director before --without own,times
}
teardown_file() { stop_guests; }

# The scripts of the same cluster with an edit of its description, at /run/NAME.
other_scripts() { # NAME SED-SCRIPT
  sed "$2" "$top/test/bats/clusters/failover-$PLATFORM.json" > "$BATS_FILE_TMPDIR/$1.json"
  node "$LVSGEN" build "$BATS_FILE_TMPDIR/$1.json" -o "$BATS_FILE_TMPDIR/$1" > /dev/null 2>&1
  on director "mkdir -p /root/$1"
  tar -C "$BATS_FILE_TMPDIR/$1" -c director.sh | enter -i "$(guest director)" tar -x -C "/root/$1"
}

around() { # LINE...: what happens around this host
  printf '%s\n' "$@" | enter -i "$(guest director)" bash -c 'cat > /run/guest/keepalived.new && mv /run/guest/keepalived.new /run/guest/keepalived'
}

# It takes the daemon a moment.
table_has() { # LINE
  on director "for ((i = 0; i < 300; i++)); do ipvsadm -Sn | grep -qxF -- '$1' && exit 0; sleep 0.1; done; ipvsadm -Sn; exit 1"
}
table_lacks() { # TEXT
  on director "for ((i = 0; i < 300; i++)); do ipvsadm -Sn | grep -qF -- '$1' || exit 0; sleep 0.1; done; ipvsadm -Sn; exit 1"
}
has_address() { # ADDRESS
  on director "for ((i = 0; i < 300; i++)); do [[ \$(ip -o address show to $1) ]] && exit 0; sleep 0.1; done; exit 1"
}
lacks_address() { # ADDRESS
  on director "for ((i = 0; i < 300; i++)); do [[ \$(ip -o address show to $1) ]] || exit 0; sleep 0.1; done; exit 1"
}
# Which run of the daemon it is.
run_of() { on director 'systemctl show --property=InvocationID,MainPID keepalived.service'; }

@test "apply: the file is in force, the table and the addresses are there" {
  run -0 script director apply
  assert_count failed 0
  run -0 on director 'systemctl is-enabled keepalived.service; systemctl is-active keepalived.service; ! systemctl -q is-enabled ipvsadm.service 2> /dev/null'
  assert_line --index 0 enabled
  assert_line --index 1 active
  mark=$(on director "head -n 1 $conf")
  if [[ $PLATFORM == debian12 ]]; then
    on director "grep -qx '${mark#\# }' /proc/[0-9]*/comm"
  else
    on director "grep -qx '${mark#\# }' /run/lvsgen-keepalived"
  fi
  has_address "$vip/32"
  has_address 192.168.80.189/32
  run -0 on director 'ipvsadm -Sn; ipvsadm -Ln --thresholds'
  assert_line -- "-a -t $vip:80 -r $web1:80 -g -w 3"
  assert_line --regexp "$web1:80 +500 +400 "
  [[ $PLATFORM == el7 ]] || assert_line -- "-a -t $vip:80 -r $sorry:80 -g -w 0"
}

@test "doctor takes the keepalived that is described for no rival" {
  run on director bash doctor.sh
  assert_line --regexp '^ok +keepalived '
  refute_output --partial 'keepalived is active'
}

# keepalived takes off the length alone that it has put on: the other would stay with another director as master.
@test "an address that a hand has put on with another length goes" {
  run -0 on director 'ip -o address show to 192.168.80.189'
  refute_output --partial 192.168.80.189/24
  around peer
  lacks_address 192.168.80.189
  around ''
  has_address 192.168.80.189/32
  on director 'ip address add 192.168.80.189/24 dev ens33'
  run -2 script director check
  run -0 script director apply
  run -0 on director 'ip -o address show to 192.168.80.189'
  refute_output --partial 192.168.80.189/24
}

@test "a second apply changes nothing, writes nothing and reloads nothing" {
  snapshot director applied --live
  run -0 script director apply
  assert_count changed 0
  run -0 script director check
  snapshot director again --live
  same_state director applied again
}

@test "who does not answer is out, and that is no drift" {
  around "down $web1"
  table_has "-a -t $vip:80 -r $web1:80 -g -w 0"
  table_lacks "-a -u 192.168.80.189:53 -r $web1:53"
  run -0 script director check
  assert_line --regexp "^down +$web1:80 of -t $vip:80"
  run -0 script director apply
  assert_count changed 0
  table_has "-a -t $vip:80 -r $web1:80 -g -w 0"
  around ''
  table_has "-a -t $vip:80 -r $web1:80 -g -w 3"
  table_has "-a -u 192.168.80.189:53 -r $web1:53 -g -w 1"
}

@test "nobody answers: the sorry server serves, and that is no drift" {
  around "down $web1" "down $web2"
  table_has "-a -t $vip:80 -r $sorry:80 -g -w 1"
  run -0 script director check
  run -0 script director apply
  assert_count changed 0
  around ''
  table_has "-a -t $vip:80 -r $sorry:80 -g -w 0"
  run -0 script director check
}

@test "what a hand bent is drift, and an apply mends it while the dead stay out" {
  around "down $web2"
  table_has "-a -t $vip:80 -r $web2:80 -g -w 0"
  on director "ipvsadm -e -t $vip:80 -r $web1:80 -g -w 3; ipvsadm -a -t $vip:80 -r 192.168.80.99:80 -g; ipvsadm -E -t $vip:80 -s rr"
  run -2 script director check
  run -0 script director apply --drain 0
  run -0 on director 'ipvsadm -Sn; ipvsadm -Ln --thresholds'
  assert_line -- "-A -t $vip:80 -s wrr"
  assert_line -- "-a -t $vip:80 -r $web1:80 -g -w 3"
  assert_line --regexp "$web1:80 +500 +400 "
  assert_line -- "-a -t $vip:80 -r $web2:80 -g -w 0"
  refute_output --partial 192.168.80.99
  # Nobody answers in this guest: what lvsgen weighs again itself is out until keepalived says otherwise.
  on director "ipvsadm -e -t $vip:80 -r $web1:80 -g -w 9"
  run -2 script director check
  run -0 script director apply
  table_has "-a -t $vip:80 -r $web1:80 -g -w 0"
  around ''
  on director 'systemctl restart keepalived'
  table_has "-a -t $vip:80 -r $web1:80 -g -w 3"
  table_has "-a -t $vip:80 -r $web2:80 -g -w 1"
}

@test "a cleared table is drift, and comes back with the dead out" {
  around "down $web2"
  table_has "-a -t $vip:80 -r $web2:80 -g -w 0"
  on director 'ipvsadm -C'
  run -2 script director check
  run -0 script director apply
  table_has "-a -t $vip:80 -r $web1:80 -g -w 3"
  around ''
  run -0 on director 'systemctl restart keepalived'
  table_has "-a -t $vip:80 -r $web2:80 -g -w 1"
  run -0 script director check
}

@test "a changed description is reloaded, never restarted" {
  before=$(run_of)
  around 'slow 1'
  run -0 on director 'bash /root/heavier/director.sh'
  table_has "-a -t $vip:80 -r $web1:80 -g -w 6"
  run -0 on director 'bash /root/heavier/director.sh check'
  run -0 on director 'bash /root/smaller/director.sh --drain 0'
  table_lacks "$web2:80"
  around ''
  run -0 script director apply
  table_has "-a -t $vip:80 -r $web2:80 -g -w 1"
  run -0 script director check
  [[ $(run_of) == "$before" ]]
}

# It came back with weight 0 after its weight had been changed while it was out (acassen/keepalived#187), or with the old one (#1354).
@test "who is out while its weight changes comes back with the new one" {
  before=$(run_of)
  around "down $web1"
  table_has "-a -t $vip:80 -r $web1:80 -g -w 0"
  run -0 on director 'bash /root/heavier/director.sh'
  table_has "-a -t $vip:80 -r $web1:80 -g -w 0"
  run -0 on director 'bash /root/heavier/director.sh check'
  assert_line --regexp "^down +$web1:80 of -t $vip:80"
  around ''
  table_has "-a -t $vip:80 -r $web1:80 -g -w 6"
  run -0 script director apply
  table_has "-a -t $vip:80 -r $web1:80 -g -w 3"
  [[ $(run_of) == "$before" ]]
}

@test "a service that is described no longer is as before, and keepalived goes on" {
  before=$(run_of)
  run -0 on director 'bash /root/moved/director.sh --drain 0'
  table_has '-a -u 192.168.80.189:53 -r 192.168.80.53:53 -g -w 1'
  table_has "-a -u 192.168.80.190:53 -r $web1:53 -g -w 1"
  has_address 192.168.80.190/32
  has_address 192.168.80.189/24
  run -0 on director 'bash /root/moved/director.sh check'
  run -0 script director apply --drain 0
  table_has "-a -u 192.168.80.189:53 -r $web1:53 -g -w 1"
  has_address 192.168.80.189/32
  [[ $(run_of) == "$before" ]]
}

# keepalived's reload takes it out of the table: what it was has to be in the journal by then, and its connections have their time.
@test "a service that is described no longer comes back with a rollback" {
  on director "printf 'UDP 10.9.8.7:4000 192.168.80.189:53 $web1:53 ESTABLISHED 300\n' > /run/guest/connections"
  run -0 on director 'bash /root/moved/director.sh --drain 1'
  assert_line --partial 'draining: 1 connection(s) left'
  on director 'rm /run/guest/connections'
  run -0 on director 'bash /root/moved/director.sh rollback --drain 0'
  table_has "-a -u 192.168.80.189:53 -r $web1:53 -g -w 1"
  has_address 192.168.80.189/32
  run -0 script director check
}

# (keepalived 1.3.5 does not tell.)
lost_reload() {
  around deaf
  run -1 on director 'bash /root/heavier/director.sh'
  assert_line --partial 'it did not take its file over within'
  run -2 on director 'bash /root/heavier/director.sh check'
  assert_line --regexp '^pending +keepalived keepalived.service'
  around ''
  run -0 on director 'bash /root/heavier/director.sh'
  table_has "-a -t $vip:80 -r $web1:80 -g -w 6"
  run -0 script director rollback
  run -0 script director check
}
if [[ $PLATFORM == debian12 ]]; then
  bats_test_function --description "a reload that is lost: told, and the next apply reloads" -- lost_reload
fi

@test "its file changed by hand: check says so, and an apply puts it into force again" {
  on director "sed -i 's/weight 3/weight 7/' $conf && systemctl reload keepalived"
  table_has "-a -t $vip:80 -r $web1:80 -g -w 7"
  run -2 script director check
  before=$(run_of)
  run -0 script director apply
  table_has "-a -t $vip:80 -r $web1:80 -g -w 3"
  [[ $(run_of) == "$before" ]]
}

sync_threads() { on director 'ipvsadm -L --daemon'; }

@test "the sync of connections: what a reload leaves as it is, an apply brings about" {
  before=$(run_of)
  run -0 sync_threads
  assert_line --partial 'master sync daemon (mcast=ens33, syncid=80'
  run -0 on director 'bash /root/silent/director.sh'
  run -0 sync_threads
  refute_output --partial 'sync daemon'
  run -0 on director 'bash /root/silent/director.sh check'
  run -0 on director 'bash /root/renumbered/director.sh'
  run -0 sync_threads
  assert_line --partial 'master sync daemon (mcast=ens33, syncid=81'
  run -0 on director 'bash /root/renumbered/director.sh apply'
  assert_count changed 0
  run -0 script director apply
  on director 'ipvsadm --stop-daemon master'
  run -2 script director check
  assert_line --regexp '^pending +synced connections'
  run -0 script director apply
  run -0 sync_threads
  assert_line --partial 'master sync daemon (mcast=ens33, syncid=80'
  [[ $(run_of) == "$before" ]]
}

@test "another director is master: no address here, and that is no drift" {
  around peer
  lacks_address "$vip"
  run -0 script director check
  run -0 script director apply
  assert_count changed 0
  around ''
  has_address "$vip/32"
}

# keepalived 2.1.5 makes weight 1 of 0 (acassen/keepalived#1757), and what a hand wrote is gone at a restart.
for_each_event() {
  bats_test_function --description "drained it stays so, and comes back: $1" -- drained_through "$2"
}
drained_through() { # LINE-OF-BASH
  run -0 script director drain web1 --drain 0
  table_has "-a -t $vip:80 -r $web1:80 -g -w 0"
  $1
  table_has "-a -t $vip:80 -r $web2:80 -g -w 1"
  on director 'sleep 1'
  table_has "-a -t $vip:80 -r $web1:80 -g -w 0"
  run -0 script director check
  assert_line --regexp '^drained +web1'
  run -0 script director apply
  assert_count changed 0
  run -0 script director undrain web1
  table_has "-a -t $vip:80 -r $web1:80 -g -w 3"
  run -0 on director "cat $rules $conf"
  refute_output --partial -- "-r $web1:80 -g -w 0"
  refute_line '        weight 0'
}
failure_and_recovery() {
  around "down $web1"
  on director 'sleep 1'
  around ''
}
failure_of_the_other() {
  around "down $web2"
  table_has "-a -t $vip:80 -r $sorry:80 -g -w 1"
  around ''
}
reload() { on director 'systemctl reload keepalived'; }
restart() { on director 'systemctl restart keepalived'; }
killed() { on director 'kill -KILL $(systemctl show --property=MainPID keepalived | cut -d= -f2); sleep 1.5; until [[ $(systemctl is-active keepalived) == active ]]; do sleep 0.1; done'; }
failover() {
  around peer
  lacks_address "$vip"
  around ''
}
booted() { container reboot "$(guest director)"; }
power_cut() { container reset "$(guest director)"; }
changed_description() {
  on director 'bash /root/heavier/director.sh && bash director.sh' > /dev/null
}
for_each_event 'failure and recovery' failure_and_recovery
for_each_event 'failure of the other, which the sorry server stands in for' failure_of_the_other
for_each_event reload reload
for_each_event restart restart
for_each_event 'kill -9' killed
for_each_event failover failover
for_each_event 'another description and back' changed_description
for_each_event reboot booted
for_each_event 'power cut' power_cut

@test "undrained while it does not answer, it stays out until it does" {
  run -0 script director drain web1 --drain 0
  around "down $web1"
  on director 'sleep 0.5'
  run -0 script director undrain web1
  on director 'sleep 0.5'
  table_has "-a -t $vip:80 -r $web1:80 -g -w 0"
  run -0 script director check
  around ''
  table_has "-a -t $vip:80 -r $web1:80 -g -w 3"
}

@test "killed, it comes back, and what it would never look at is mended" {
  on director "ipvsadm -e -t $vip:80 -r $web1:80 -g -w 0; ipvsadm -a -t $vip:80 -r 192.168.80.99:80 -g; ipvsadm -A -u 192.168.80.5:53 -s rr"
  killed
  run -0 on director 'ipvsadm -Sn; ipvsadm -Ln --thresholds'
  assert_line -- "-a -t $vip:80 -r $web1:80 -g -w 3"
  assert_line --regexp "$web1:80 +500 +400 "
  assert_line -- '-A -u 192.168.80.5:53 -s rr'
  refute_output --partial 192.168.80.99
  has_address "$vip/32"
  run -0 script director check
  on director 'ipvsadm -D -u 192.168.80.5:53'
}

# What was killed left its address behind, and another director took it as well (acassen/keepalived#2361, aledbf/kube-keepalived-vip#65).
@test "killed while another director takes over: the address does not stay" {
  around peer
  lacks_address "$vip"
  around ''
  has_address "$vip/32"
  on director 'systemctl stop keepalived; ip address add 192.168.80.188/32 dev ens33; printf peer > /run/guest/keepalived; systemctl start keepalived'
  lacks_address "$vip"
  around ''
  has_address "$vip/32"
  on director 'printf peer > /run/guest/keepalived; systemctl kill --signal=KILL keepalived; sleep 0.3'
  lacks_address "$vip"
  around ''
  has_address "$vip/32"
}

@test "stopped: the table stays, check says that it is frozen, and an apply starts it" {
  on director 'systemctl stop keepalived'
  lacks_address "$vip"
  table_has "-a -t $vip:80 -r $web1:80 -g -w 3"
  run -2 script director check
  run -1 script director verify
  run -0 script director apply
  run -0 on director 'systemctl is-active keepalived'
  has_address "$vip/32"
}

@test "rollback: the file before in force, membership of then, health of now" {
  run -0 on director 'bash /root/smaller/director.sh --drain 0'
  around "down $web1"
  table_has "-a -t $vip:80 -r $web1:80 -g -w 0"
  before=$(run_of)
  run -0 script director rollback
  table_has "-a -t $vip:80 -r $web2:80 -g -w 1"
  table_has "-a -t $vip:80 -r $web1:80 -g -w 0"
  run -0 script director check
  [[ $(run_of) == "$before" ]]
  around ''
  table_has "-a -t $vip:80 -r $web1:80 -g -w 3"
}

@test "--confirm: time over, the file before is in force again" {
  run -0 on director 'bash /root/heavier/director.sh apply --confirm 2'
  table_has "-a -t $vip:80 -r $web1:80 -g -w 6"
  on director 'for ((i = 0; i < 600; i++)); do [[ -e /etc/systemd/system/lvsgen-confirm-pair-director.service ]] || break; sleep 0.1; done; flock -w 60 /run/lvsgen.lock true'
  table_has "-a -t $vip:80 -r $web1:80 -g -w 3"
  run -0 script director check
}

@test "uninstall: as before, and keepalived does not run" {
  run -0 script director uninstall --drain 0
  lacks_address "$vip"
  snapshot director after --without own,times
  same_state director before after
}

# A keepalived that somebody runs already, with a service and an address of his own. The table has a service of a hand besides, which is
# described too: keepalived takes it out when it goes back to his file.
foreign() {
  table_has '-a -u 192.168.80.189:53 -r 192.168.80.53:53 -g -w 1'
  enter -i "$(guest director)" bash -c "cat > $conf && systemctl -q enable --now keepalived" << 'END'
global_defs {
    router_id theirs
}
vrrp_instance theirs {
    interface ens33
    virtual_router_id 7
    virtual_ipaddress {
        192.168.80.70/32 dev ens33
    }
}
virtual_server 192.168.80.70 80 {
    lvs_sched rr
    lvs_method DR
    protocol TCP
    real_server 192.168.80.71 80 {
        weight 1
        TCP_CHECK {
            connect_timeout 3
        }
    }
}
END
  has_address 192.168.80.70/32
  table_has '-a -t 192.168.80.70:80 -r 192.168.80.71:80 -g -w 1'
}

@test "a keepalived.conf that somebody wrote is refused, and nothing is changed" {
  foreign
  snapshot director foreign --without own,times
  run -69 script director apply
  assert_line --partial "$conf"
  assert_line --partial -- --adopt
  snapshot director refused --without own,times
  same_state director foreign refused
}

@test "--adopt takes it over, and uninstall gives it back, in force" {
  run -0 script director apply --adopt
  has_address "$vip/32"
  lacks_address 192.168.80.70
  run -0 script director check
  run -0 script director apply
  assert_count changed 0
  run -0 script director uninstall --drain 0
  has_address 192.168.80.70/32
  lacks_address "$vip"
  run -0 on director 'sleep 2; ipvsadm -Sn'
  assert_line -- '-a -u 192.168.80.189:53 -r 192.168.80.53:53 -g -w 1'
  snapshot director given --without own,times
  same_state director foreign given
}

@test "--root: the files alone" {
  on director "systemctl -q disable --now keepalived; ipvsadm -C; rm -f $conf; mkdir -p /srv/image/etc && cp /etc/os-release /srv/image/etc"
  [[ $PLATFORM != el7 ]] || on director 'cp -a /etc/sysconfig /etc/selinux /srv/image/etc'
  snapshot director live --without own,files
  run -0 script director apply --root /srv/image --host lvs1
  on director "grep -q '^# lvsgen-' /srv/image$conf && [[ -x /srv/image/etc/lvsgen/pair/load-table ]]"
  run -0 script director apply --root /srv/image --host lvs1
  assert_count changed 0
  run -0 script director uninstall --root /srv/image --host lvs1
  on director "[[ ! -e /srv/image$conf ]]"
  snapshot director after --without own,files
  same_state director live after
}
