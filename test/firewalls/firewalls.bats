#!/usr/bin/env bats
# What is described gets through one of Debian's firewalls, and nothing else: by packets. run.mjs gives FIREWALL, IMAGE and BUNDLES.
# shellcheck disable=SC2154 # bats sets status, output and lines

bats_require_minimum_version 1.11.0
top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
load "$top/node_modules/bats-support/load"
load "$top/node_modules/bats-assert/load"

# shellcheck source=test/docker/enter.bash
. "$top/test/docker/enter.bash"

container() { "$top/test/docker/container" "$@"; }
guest() { cat "$BATS_FILE_TMPDIR/guest"; }
on() { enter "$(guest)" bash -c "$1"; } # LINE-OF-BASH

# BUNDLE ROLE COMMAND…; the guest plays the real server web1 as well.
script() {
  local bundle=$1 role=$2 host=lvs1
  shift 2
  [[ $role == director ]] || host=web1
  enter -w "/media/usb/$bundle" "$(guest)" bash "$role.sh" "$@" --host "$host"
}

packets='python3 /usr/lib/guest/packets.py'
clients="ip netns exec clients $packets"
behind="ip netns exec behind $packets"

setup_file() {
  container start "$IMAGE" lvs1 --nic ens33=192.168.80.10/24 --nic ens34=10.0.0.1/24 --mount "$BUNDLES:/media/usb" -- \
    --sysctl net.ipv6.conf.all.disable_ipv6=0 --sysctl net.ipv6.conf.default.disable_ipv6=0 > "$BATS_FILE_TMPDIR/guest"
  on "/usr/lib/guest/firewall $FIREWALL"
  wire
}
teardown_file() { container rm "$(guest)"; }

# The two networks with who is in them, and somebody who answers here.
wire() {
  on "/usr/lib/guest/firewall wire
    $packets answer tcp 8443 8444 8080 9999 >/dev/null 2>&1; $packets answer udp 8000 8050 8099 8100 >/dev/null 2>&1
    $behind answer tcp 8080 >/dev/null 2>&1; $clients answer tcp 7000 >/dev/null 2>&1"
}

# By packets: a port answers a client, however busy this machine is, or does not.
open() { run -0 on "$clients knock ${2:-tcp} ${3:-192.168.80.10} $1 10"; }
closed() { run -1 on "$clients knock ${2:-tcp} ${3:-192.168.80.10} $1"; }

# firewalld is up before its rules are.
settled() {
  [[ $FIREWALL != firewalld ]] || on 'until nft list ruleset | grep -q "IN_public_allow"; do sleep 0.1; done; sleep 0.3; until [[ $(nft list ruleset | cksum) == $(sleep 0.4; nft list ruleset | cksum) ]]; do :; done'
}

# What the firewall is like: in force, and in the files that it loads; with --times also when those were written.
state() {
  on 'nft list ruleset | sed "s/counter packets [0-9]* bytes [0-9]*//"
    for tool in iptables ip6tables; do "$tool-save" 2>/dev/null | grep -v -e "^#" -e "^:.*LVSGEN" | sed "s/\[[0-9:]*\]//"; done
    if systemctl -q is-active firewalld; then firewall-cmd --list-all-zones; firewall-cmd --permanent --list-all-zones; firewall-cmd --direct --get-all-rules; fi
    find /etc/firewalld /etc/ufw /etc/iptables /etc/nftables.conf -type f 2>/dev/null | sort | xargs sha256sum'
  [[ -z ${1:-} ]] || on 'find /etc/firewalld /etc/ufw /etc/iptables /etc/nftables.conf 2>/dev/null -type f -printf "%p %m %u %T@\n" | sort'
}
remember() { state "$@" > "$BATS_FILE_TMPDIR/before"; }
as_before() {
  state "$@" > "$BATS_FILE_TMPDIR/after"
  run diff -U1 "$BATS_FILE_TMPDIR/before" "$BATS_FILE_TMPDIR/after"
  ((status == 0)) || printf '%s\n' "$output" | head -40 | batslib_decorate 'firewall: - before, + after' | fail
}

assert_none_changed() { assert_output --regexp "changed=0 failed=0$"; }

@test "a service's port: closed before, open after apply, still after a boot, closed and as before after rollback" {
  closed 8443
  remember --times
  run -0 script dr director apply
  open 8443
  closed 9999
  run -0 script dr director apply
  assert_none_changed
  run -0 script dr director verify
  container reboot "$(guest)"
  wire
  settled
  open 8443
  closed 9999
  run -0 script dr director check
  run -0 script dr director rollback
  closed 8443
  as_before --times
}

# Clients' packets of 1,000 connections to the VIP, and how many of each kind came through.
count_connections() { # -> $output
  on "echo SYN=0 ACK=0 FIN=0 > /run/count; $packets count 192.168.80.188 8443 /run/count & sleep 0.3
    $clients clients 192.168.80.188 8443 1000; sleep 0.3; kill %1"
  run -0 on 'cat /run/count'
}

@test "DR: of 1,000 connections whose replies go elsewhere every FIN comes through (firewalld#1498, firehol#208)" {
  # As IPVS does, nothing here answers.
  on 'nft add table inet silent; nft "add chain inet silent out { type filter hook output priority -500; }"; nft add rule inet silent out tcp sport 8443 drop'
  run -0 script dr director apply
  on '/etc/lvsgen/fw/load-untracked remove'
  count_connections
  printf '# %s: tracked %s\n' "$FIREWALL" "$output" >&3
  [[ $FIREWALL == iptables || $FIREWALL == nftables ]] || assert_output --partial 'FIN=0'
  run -1 script dr director verify
  run -0 script dr director apply
  count_connections
  printf '# %s: untracked %s\n' "$FIREWALL" "$output" >&3
  assert_output 'SYN=1000 ACK=1000 FIN=1000'
  run -0 script dr director uninstall
  on 'nft delete table inet silent'
}

# What somebody else has opened, in force and in its file.
open_by_hand() {
  case $FIREWALL in
    firewalld) on 'firewall-cmd -q --add-port=8443/tcp; firewall-cmd -q --permanent --add-port=8443/tcp' ;;
    ufw) on 'ufw allow 8443/tcp comment "the old one"' ;;
    nftables) on "sed -i '/dport 22/a tcp dport 8443 accept' /etc/nftables.conf; systemctl reload nftables" ;;
    iptables) on "for v in 4 6; do sed -i '/dport 22/i -A INPUT -p tcp -m tcp --dport 8443 -j ACCEPT' /etc/iptables/rules.v\$v; done; systemctl restart netfilter-persistent" ;;
  esac
}
close_by_hand() {
  case $FIREWALL in
    firewalld) on 'firewall-cmd -q --remove-port=8443/tcp; firewall-cmd -q --permanent --remove-port=8443/tcp' ;;
    ufw) on 'ufw delete allow 8443/tcp' ;;
    nftables) on "sed -i '/dport 8443/d' /etc/nftables.conf; systemctl reload nftables" ;;
    iptables) on "sed -i '/dport 8443/d' /etc/iptables/rules.v?; systemctl restart netfilter-persistent" ;;
  esac
}

@test "what somebody else has opened stays open after uninstall" {
  open_by_hand
  remember
  open 8443
  run -0 script dr director apply --only firewall
  run -0 script dr director uninstall
  open 8443
  as_before
  close_by_hand
  closed 8443
}

# MADE GONE SHOWN: rules that somebody else makes, and takes away again; what is said of them.
kept_out_by() {
  local command
  on "$1"
  closed 8443
  for command in check apply verify; do
    run script dr director "$command" --only firewall
    assert_output --partial "rules beside what lvsgen opens, or ahead of it, keep out what this role needs ($3"
    assert_output --partial '): let in there 8443/tcp'
  done
  run -1 script dr director verify --only firewall
  assert_line --regexp "^failed +firewall [^ ]+ 8443/tcp +\\(rules beside what [a-z0-9]+ lets in, or ahead of it, keep it out"
  on "$2"
  open 8443
  run -0 script dr director verify --only firewall
  refute_output --partial 'keep out'
}

@test "rules of others beside those of the firewall in charge, or ahead of them, keep nothing out unsaid" {
  run -0 script dr director apply --only firewall
  refute_output --partial 'keep out'
  open 8443
  kept_out_by 'iptables -t raw -A PREROUTING -p tcp --dport 8443 -j DROP' 'iptables -t raw -F; nft delete table ip raw' 'nft chain ip raw PREROUTING: tcp dport 8443 drop'
  kept_out_by 'iptables-legacy -P INPUT DROP; iptables-legacy -A INPUT -p tcp --dport 22 -j ACCEPT' 'iptables-legacy -P INPUT ACCEPT; iptables-legacy -F' 'iptables-legacy INPUT: DROP'
  # In nftables' own charge it would be opened.
  [[ $FIREWALL == nftables ]] || kept_out_by 'nft -f - << "END"
    table inet site { chain in { type filter hook prerouting priority -150; policy drop; ct state established accept; tcp dport { 22, 80 } accept; }; }
END' 'nft delete table inet site' 'nft chain inet site in: policy drop'
  # What is about other ports, or about some of the clients, keeps nobody else out.
  on 'iptables -t raw -A PREROUTING -p tcp --dport 22:23 -j DROP; iptables -t raw -A PREROUTING -s 192.168.80.7 -p tcp --dport 8443 -j DROP; iptables -t raw -A PREROUTING -p udp --dport 8443 -j DROP'
  run -0 script dr director verify --only firewall
  refute_output --partial 'keep out'
  open 8443
  on 'iptables -t raw -F; nft delete table ip raw'
  run -0 script dr director uninstall
}

@test "two clusters need one port: the first that leaves keeps it open, the last closes it" {
  remember --times
  run -0 script dr director apply --only firewall
  run -0 script other director apply --only firewall
  open 8443
  open 8444
  run -0 script dr director uninstall
  open 8443
  run -0 script other director check --only firewall
  run -0 script other director uninstall
  closed 8443
  closed 8444
  as_before --times
}

@test "a mark: real servers open every port of it, each with its protocol, and expect who listens" {
  closed 8444
  closed 8050 udp
  run -0 script range realserver apply --only firewall
  open 8443
  open 8444
  open 8000 udp
  open 8099 udp
  closed 8100 udp
  run -0 script range realserver verify --only firewall,listener
  assert_line --regexp '^ok +listener tcp 8444'
  run -0 script range realserver rollback
  closed 8444
  closed 8050 udp
}

# -> $output: which of these sources, by protocol, got a packet through.
tunnelled() {
  on "cd /run; for n in 4 41 47; do $packets hear \$n /run/heard.\$n & done; sleep 0.3
    for n in 4 41 47; do for from in 192.168.80.10 192.168.80.77; do
      ip netns exec clients $packets send \$n \$from 192.168.80.12
    done; done; sleep 0.2; kill %1 %2 %3"
  run -0 on 'for n in 4 41 47; do while read -r from; do echo "$n from $from"; done < /run/heard.$n; done | sort -u'
}

@test "TUN: packets of IPIP, 6in4 and GRE come through from the director, and from nobody else" {
  # This host is web1 here, and the director stands among the clients.
  on 'ip address del 192.168.80.10/24 dev ens33; ip address add 192.168.80.12/24 dev ens33; ip -n clients address add 192.168.80.10/24 dev fabric0; ip -n clients address add 192.168.80.77/24 dev fabric0'
  tunnelled
  assert_output ''
  run -0 script tun realserver apply --only firewall
  tunnelled
  assert_output $'4 from 192.168.80.10\n41 from 192.168.80.10\n47 from 192.168.80.10'
  run -0 script tun realserver apply --only firewall
  assert_none_changed
  reload_firewall
  tunnelled
  assert_output $'4 from 192.168.80.10\n41 from 192.168.80.10\n47 from 192.168.80.10'
  run -0 script tun realserver rollback
  tunnelled
  assert_output ''
  on 'ip -n clients address del 192.168.80.10/24 dev fabric0; ip address del 192.168.80.12/24 dev ens33; ip address add 192.168.80.10/24 dev ens33; ip -n clients route replace default via 192.168.80.10'
}

# lvs2's own keepalived among the clients, by the file that is written for it; without IPVS, which is not here. It speaks as soon as it is master.
start_other_director() { # BUNDLE
  local file=/media/usb/$1/files/lvs2/etc/keepalived/keepalived.conf
  on "sed -e s/ens33/fabric0/ -e /vrrp_startup_delay/d -e /lvs_sync_daemon/d -e '/^virtual_server/,\$d' $file > /run/lvs2.conf
    setsid -f ip netns exec clients /usr/lib/stand-in-real/keepalived --vrrp --dont-fork --log-console --use-file=/run/lvs2.conf > /run/lvs2.log 2>&1
    for ((i = 0; i < 100; i++)); do ((\$(grep -c 'Entering MASTER STATE' /run/lvs2.log) < 2)) || exit 0; sleep 0.1; done; cat /run/lvs2.log; exit 1"
}
stop_other_director() {
  on 'pkill -o -x keepalived; while pgrep -x keepalived > /dev/null; do sleep 0.05; done'
}

# -> $output: what comes through to a director, once it is so many lines: of what lvs2's keepalived says, of its sync of connections, which is
# the kernel's, by either NIC, and of all that in the name of somebody else.
heard() { # LINES
  on "rm -f /run/heard; $packets listen ens33 ens34 /run/heard & until [[ -e /run/heard ]]; do sleep 0.05; done
    $clients speak fabric0 sync=192.168.80.11 sync=192.168.80.77 vrrp=192.168.80.77 vrrp=fd00:80::77
    $behind speak fabric1 sync=fe80::11 sync=fd00:10::77; sleep 0.7
    for ((i = 0; i < 50 && \$(sort -u /run/heard | wc -l) < $1; i++)); do sleep 0.1; done; kill %1"
  run -0 on 'sort -u /run/heard'
}

@test "two directors: VRRP and the sync of connections come through from the other one, and from nobody else" {
  on 'ip address add fd00:80::10/64 dev ens33 nodad; ip -n clients address add 192.168.80.11/24 dev fabric0; ip -n clients address add fd00:80::11/64 dev fabric0 nodad
    ip -n behind address add fe80::11/64 dev fabric1 nodad
    ip -n clients neighbour replace fd00:80::10 lladdr $(cat /sys/class/net/ens33/address) dev fabric0 nud permanent'
  remember
  start_other_director pair
  heard 0
  assert_output ''
  run -0 script pair director apply --only firewall
  heard 3
  assert_output $'sync 192.168.80.11 224.0.0.81\nvrrp 192.168.80.11 192.168.80.10\nvrrp fd00:80::11 fd00:80::10'
  run -0 script pair director apply --only firewall
  assert_none_changed
  reload_firewall
  heard 3
  assert_output $'sync 192.168.80.11 224.0.0.81\nvrrp 192.168.80.11 192.168.80.10\nvrrp fd00:80::11 fd00:80::10'
  run -0 script pair director rollback
  heard 0
  assert_output ''
  as_before
  stop_other_director
  # By multicast IPv6 comes from an address of the link.
  start_other_director multicast
  heard 0
  assert_output ''
  run -0 script multicast director apply --only firewall
  heard 3
  assert_output --regexp $'^sync fe80::11 ff12::8848\nvrrp 192.168.80.11 224.0.0.18\nvrrp fe80:[0-9a-f:]+ ff02::12$'
  run -0 script multicast director uninstall
  heard 0
  assert_output ''
  as_before
  stop_other_director
  on 'ip -n behind address del fe80::11/64 dev fabric1; ip -n clients address flush dev fabric0 to 192.168.80.11; ip -n clients address flush dev fabric0 to fd00:80::11; ip address del fd00:80::10/64 dev ens33'
}

# As the next boot would load it.
reload_firewall() {
  case $FIREWALL in
    firewalld) on 'firewall-cmd -q --reload' ;;
    ufw) on 'ufw reload' ;;
    nftables) on 'systemctl reload nftables' ;;
    iptables) on 'systemctl restart netfilter-persistent' ;;
  esac
}

@test "source NAT: what machines behind begin is forwarded, and no longer after rollback" {
  on 'echo 1 > /proc/sys/net/ipv4/ip_forward'
  run -1 on "$behind knock tcp 192.168.80.200 7000"
  remember
  run -0 script source director apply --only firewall
  run -0 on "$behind knock tcp 192.168.80.200 7000"
  run -0 script source director apply --only firewall
  assert_none_changed
  reload_firewall
  run -0 on "$behind knock tcp 192.168.80.200 7000"
  run -0 script source director rollback
  run -1 on "$behind knock tcp 192.168.80.200 7000"
  as_before
}

@test "NAT: real servers' answers are forwarded, and IPVS shows its connections to the firewall (kubernetes#17470, kubernetes#59656)" {
  on 'echo 1 > /proc/sys/net/ipv4/ip_forward'
  # What firewalld and ufw know for answers, they forward by themselves; the rules by hand forward none.
  [[ $FIREWALL == firewalld || $FIREWALL == ufw ]] || closed 8080 tcp 10.0.0.12
  run -0 script nat director apply --only module,sysctl,firewall
  run -0 on 'cat /proc/sys/net/ipv4/vs/conntrack'
  assert_output 1
  [[ $FIREWALL == firewalld || $FIREWALL == ufw ]] || open 8080 tcp 10.0.0.12
  # What they begin is not.
  run -1 on "$behind knock tcp 192.168.80.200 7000"
  run -0 script nat director rollback
  [[ $FIREWALL == firewalld || $FIREWALL == ufw ]] || closed 8080 tcp 10.0.0.12
}

@test "off where it is described as off, after a boot too; and back with rollback" {
  remember
  run -0 script disable director apply
  open 9999
  run -0 script disable director apply
  assert_none_changed
  container reboot "$(guest)"
  wire
  open 9999
  run -0 script disable director verify --only filtering,unfiltered
  # What is needed may be kept out while nothing keeps out the rest.
  on 'nft -f - <<< "table inet site { chain in { type filter hook input priority 5; tcp dport 8443 drop; }; }"'
  run -1 script disable director verify --only unfiltered
  assert_line --regexp '^failed +unfiltered input .*8443/tcp: '
  run -0 script disable director check
  assert_output --partial '8443/tcp: '
  on 'nft delete table inet site'
  run -0 script disable director verify --only unfiltered
  run -0 script disable director rollback
  settled
  closed 9999
  as_before
}

# As Docker makes its rules, and takes them away.
docker_starts() { on 'iptables -t nat -N DOCKER; iptables -t nat -A PREROUTING -j DOCKER; iptables -t nat -A DOCKER -p tcp --dport 80 -j RETURN'; }
docker_stops() {
  on 'iptables -t nat -D PREROUTING -j DOCKER; iptables -t nat -F DOCKER; iptables -t nat -X DOCKER'
  on 'nft delete table ip nat 2>/dev/null || :'
}

@test "off: what the stop takes along of others is named before anything is changed, and else it stays (moby#9395, firewalld#863)" {
  docker_starts
  remember
  if [[ $FIREWALL == nftables || $FIREWALL == firewalld ]]; then
    for command in check apply; do
      run -69 script disable director "$command"
      assert_output --regexp 'its stop takes the rules of others along, and nothing here brings them back: .*nat DOCKER'
      assert_output --partial "systemctl disable --now $FIREWALL"
    done
    as_before
    # It is true.
    on "systemctl stop $FIREWALL"
    run ! on 'iptables -t nat -S DOCKER'
    on "systemctl start $FIREWALL"
    settled
  else
    run -0 script disable director apply
    run -0 on 'iptables -t nat -S DOCKER'
    run -0 script disable director rollback
    run -0 on 'iptables -t nat -S DOCKER'
  fi
  docker_stops 2>/dev/null || :
}

@test "off: what the start takes along of others when it is on again is told" {
  remember
  run -0 script disable director apply
  docker_starts
  run -0 script disable director rollback
  settled
  if [[ $FIREWALL == nftables || $FIREWALL == firewalld ]]; then
    assert_output --regexp "$FIREWALL: the rules of others went along with it: .*nat DOCKER"
    run ! on 'iptables -t nat -S DOCKER'
  else
    refute_output --partial 'went along with it'
    run -0 on 'iptables -t nat -S DOCKER'
  fi
  docker_stops 2>/dev/null || :
  as_before
}

unit_is() { # STATE
  run on 'systemctl is-active lvsgen-fw-director.service'
  assert_output "$1"
}

systemd_tree() { on 'find /etc/systemd/system -printf "%p %y %l\n" | sort'; }
quiet() { on 'until [[ ! $(systemctl list-jobs --no-legend) ]]; do sleep 0.1; done'; }

# Docker, fail2ban and others lose theirs so: fail2ban#2313, fail2ban#1251, moby#9395. And a unit that is PartOf= two firewalls of which one
# stops the other keeps that one from being restarted: firewalld#662.
@test "a firewall that a hand stops and starts, restarts, reloads: clients' packets stay untracked (fail2ban#2313, firewalld#662)" {
  local unit=$FIREWALL way
  [[ $unit != iptables ]] || unit=netfilter-persistent
  run -0 script dr director uninstall
  settled
  remember
  systemd_tree > "$BATS_TEST_TMPDIR/before"
  run -0 script dr director apply
  for way in "systemctl restart $unit" "systemctl stop $unit; systemctl start $unit" "systemctl stop $unit; /etc/lvsgen/fw/load-untracked remove; systemctl start $unit" \
    "/etc/lvsgen/fw/load-untracked remove; systemctl restart $unit" "/etc/lvsgen/fw/load-untracked remove; systemctl reload $unit"; do
    # Units of these two have nothing to reload them by; what `ufw reload` takes away is ufw's own alone.
    [[ $unit/$way != @(netfilter-persistent|ufw)/*reload* ]] || continue
    on "set -e; $way"
    quiet
    settled
    unit_is active
    run -0 script dr director check
    run -0 script dr director verify
    on 'nft add table inet silent; nft "add chain inet silent out { type filter hook output priority -500; }"; nft add rule inet silent out tcp sport 8443 drop'
    count_connections
    assert_output 'SYN=1000 ACK=1000 FIN=1000'
    on 'nft delete table inet silent'
  done
  # A rescue shell has the firewall, and no network for it.
  run on "systemctl list-dependencies --plain $unit"
  assert_output --partial lvsgen-fw-director-again.service
  refute_output --partial network-online.target
  container reboot "$(guest)"
  wire
  settled
  unit_is active
  run -0 script dr director check
  run -0 script dr director uninstall
  settled
  as_before
  systemd_tree > "$BATS_TEST_TMPDIR/after"
  run -0 diff -U0 "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
}

@test "an apply that stops a firewall stops lvsgen's own unit with it: it is active in the end, and after the way back" {
  run -0 script dr director uninstall
  settled
  remember
  run -0 script dr director apply
  unit_is active
  run -0 script disable director apply
  unit_is active
  run -0 script disable director apply
  assert_none_changed
  run -0 script disable director rollback
  settled
  unit_is active
  run -0 script dr director check
  run -0 script dr director uninstall
  unit_is inactive
  settled
  as_before
}

@test "a firewall that the description starts: what is needed gets through it after this very apply" {
  local unit=$FIREWALL
  [[ $unit != iptables ]] || unit=netfilter-persistent
  on "systemctl -q disable --now $unit"
  remember
  run -2 script "started/$unit" director check
  assert_line "note     $unit.service: apply starts it, and opens in it what this role needs"
  run -0 script "started/$unit" director apply
  settled
  open 8443
  closed 9999
  run -0 script "started/$unit" director apply
  assert_none_changed
  run -0 script "started/$unit" director verify
  run -0 script "started/$unit" director check
  refute_output --partial note
  container reboot "$(guest)"
  wire
  settled
  open 8443
  closed 9999
  run -0 script "started/$unit" director rollback
  as_before
  on "systemctl -q enable --now $unit"
  settled
  closed 8443
}

unit_of_firewall() { if [[ $FIREWALL == iptables ]]; then echo netfilter-persistent; else echo "$FIREWALL"; fi; }
firewall_unit_is() { # ENABLED ACTIVE
  run on "systemctl is-enabled $(unit_of_firewall); systemctl is-active $(unit_of_firewall)"
  assert_output "$1"$'\n'"$2"
}

# Its rules are gone, and the next boot loads them. (netfilter-persistent leaves them where they are, ufw its empty chains.)
stop_firewall() {
  on "systemctl start $(unit_of_firewall); systemctl stop $(unit_of_firewall); nft flush ruleset"
}

# The rules are in force, and the unit is not: as after `ufw enable`, `nft -f`, or a stop of netfilter-persistent.
load_beside_unit() {
  case $FIREWALL in
    ufw) on 'systemctl start ufw; systemctl stop ufw; ufw --force enable' ;;
    nftables) on 'systemctl stop nftables; nft -f /etc/nftables.conf' ;;
    iptables) on 'systemctl stop netfilter-persistent' ;;
  esac
}

doctor_says() { # PATTERN [BUNDLE]
  run enter -w "/media/usb/${2:-dr}" "$(guest)" bash doctor.sh --host lvs1
  assert_line --regexp "$1"
}

@test "a firewall that is enabled and stopped: what is needed gets through it from the next boot on, and not after rollback" {
  remember --times
  cp "$BATS_FILE_TMPDIR/before" "$BATS_TEST_TMPDIR/active"
  stop_firewall
  # Whatever asks ufw makes these, empty.
  [[ $FIREWALL != ufw ]] || on 'nft add table ip filter; nft add table ip6 filter'
  open 9999
  remember --times
  doctor_says "^ok +firewall +enabled, and not active: $(unit_of_firewall); apply opens .*8443/tcp"
  run -2 script dr director check --only firewall
  assert_line --regexp '^pending +firewall .* 8443/tcp +\(now open, at boot closed -> open\)'
  run -0 script dr director apply
  refute_output --partial 'keep packets out'
  open 9999
  firewall_unit_is enabled inactive
  run -0 script dr director apply
  assert_none_changed
  run -0 script dr director verify
  run -0 script dr director rollback
  firewall_unit_is enabled inactive
  as_before --times
  run -0 script dr director apply
  container reboot "$(guest)"
  wire
  settled
  open 8443
  closed 9999
  run -0 script dr director check
  run -0 script dr director rollback
  closed 8443
  cp "$BATS_TEST_TMPDIR/active" "$BATS_FILE_TMPDIR/before"
  as_before --times
}

@test "a firewall that is enabled and stopped, and described as off: off after a boot, and on again after rollback and another" {
  stop_firewall
  remember
  run -0 script disable director apply
  run -0 script disable director apply
  assert_none_changed
  run -0 script disable director verify
  firewall_unit_is disabled inactive
  container reboot "$(guest)"
  wire
  open 9999
  run -0 script disable director verify
  run -0 script disable director rollback
  firewall_unit_is enabled inactive
  as_before
  container reboot "$(guest)"
  wire
  settled
  closed 9999
}

if [[ $FIREWALL != firewalld ]]; then
  @test "a firewall whose rules are in force beside its stopped unit: opened now and at boot, and back" {
    load_beside_unit
    firewall_unit_is enabled inactive
    closed 8443
    remember --times
    doctor_says "^ok +firewall .*$(unit_of_firewall).*; apply opens .*8443/tcp"
    run -0 script dr director apply
    refute_output --partial 'keep packets out'
    open 8443
    closed 9999
    firewall_unit_is enabled inactive
    run -0 script dr director apply
    assert_none_changed
    run -0 script dr director verify
    run -0 script dr director rollback
    closed 8443
    firewall_unit_is enabled inactive
    as_before --times
    run -0 script dr director apply
    container reboot "$(guest)"
    wire
    open 8443
    closed 9999
    run -0 script dr director check
    run -0 script dr director rollback
    closed 8443
  }

  @test "a firewall whose rules are in force beside its stopped unit, and described as off: off now too, or told of" {
    load_beside_unit
    remember --times
    on 'iptables -S; ip6tables -S' > "$BATS_TEST_TMPDIR/rules"
    closed 9999
    if [[ $FIREWALL == nftables ]]; then
      # What a hand has loaded, no unit takes away.
      run -0 script disable director apply
      assert_output --partial 'the firewall is off, as described, and yet rules keep packets out (nft chain inet guard input: policy drop)'
      run -1 script disable director verify
      assert_line --regexp '^failed +unfiltered input'
      on 'nft flush ruleset'
      run -0 script disable director verify
      run -0 script disable director rollback
      on 'nft -f /etc/nftables.conf'
    else
      run -2 script disable director check
      refute_output --partial 'keep packets out'
      run -0 script disable director apply
      refute_output --partial 'keep packets out'
      open 9999
      run -0 script disable director apply
      assert_none_changed
      run -0 script disable director verify
      run -0 script disable director rollback
      closed 9999
      as_before --times
      run -0 script disable director apply
      container reboot "$(guest)"
      wire
      open 9999
      run -0 script disable director rollback
      closed 9999
    fi
    firewall_unit_is enabled inactive
    # In tables that the boot made anew, iptables makes a chain that takes everything when it is asked for.
    on 'iptables -S; ip6tables -S' | diff "$BATS_TEST_TMPDIR/rules" -
    [[ $FIREWALL == iptables ]] || as_before --times
    container reboot "$(guest)"
    wire
    closed 9999
  }
fi

if [[ $FIREWALL == firewalld ]]; then
  @test "firewalld: the zone of the NIC that carries the VIP, live and after a reload, and no other" {
    on 'firewall-cmd -q --permanent --zone=external --change-interface=ens33; firewall-cmd -q --permanent --zone=internal --change-interface=ens34; firewall-cmd -q --reload'
    remember --times
    closed 8443
    run -0 script dr director apply --only firewall
    assert_line --partial 'firewall firewalld:external 8443/tcp'
    open 8443
    on 'firewall-cmd -q --reload'
    open 8443
    run -1 on 'firewall-cmd --zone=public --query-port=8443/tcp'
    run -1 on 'firewall-cmd --zone=internal --query-port=8443/tcp'
    # Opened in the default zone by hand: it is of no use, and does not count as open (as it did).
    run -0 script dr director uninstall
    on 'firewall-cmd -q --add-port=8443/tcp; firewall-cmd -q --permanent --add-port=8443/tcp'
    closed 8443
    run -2 script dr director check --only firewall
    on 'firewall-cmd -q --remove-port=8443/tcp; firewall-cmd -q --permanent --remove-port=8443/tcp'
  }

  @test "firewalld: whoever comes from a source of a zone of its own gets in, but for one that keeps its sources out" {
    on 'for one in home=192.168.80.0/25 block=192.168.80.128/26 trusted=10.0.0.128/25; do firewall-cmd -q --permanent --zone="${one%=*}" --add-source="${one#*=}"; done
      firewall-cmd -q --permanent --zone=home --add-source=192.168.80.200; firewall-cmd -q --reload'
    remember --times
    closed 8443
    run -0 script dr director apply --only firewall
    assert_line --regexp '^changed +firewall firewalld:external 8443/tcp'
    assert_line --regexp '^changed +firewall firewalld:home 8443/tcp'
    refute_output --regexp 'firewalld:(block|trusted)'
    refute_output --partial 'is left as it is'
    open 8443
    closed 9999
    run -0 script dr director apply --only firewall
    assert_none_changed
    on 'firewall-cmd -q --reload'
    open 8443
    run -0 script dr director uninstall
    closed 8443
    as_before --times
    on 'for one in home=192.168.80.0/25 block=192.168.80.128/26 trusted=10.0.0.128/25 home=192.168.80.200; do firewall-cmd -q --permanent --zone="${one%=*}" --remove-source="${one#*=}"; done; firewall-cmd -q --reload'
  }

  @test "firewalld: a NIC that moves to another zone takes its openings along" {
    run -0 script dr director apply
    on 'firewall-cmd -q --permanent --zone=work --change-interface=ens33; firewall-cmd -q --reload'
    closed 8443
    run -0 script dr director apply
    assert_line --regexp '^changed +firewall firewalld:external 8443/tcp'
    open 8443
    run -1 on 'firewall-cmd --zone=external --query-port=8443/tcp'
    run -0 script dr director uninstall
    closed 8443
    run -1 on 'firewall-cmd --zone=external --query-port=8443/tcp'
    on 'firewall-cmd -q --permanent --zone=work --remove-interface=ens33; firewall-cmd -q --permanent --zone=internal --remove-interface=ens34; firewall-cmd -q --reload'
  }

  @test "firewalld: what was open of a range before stays open" {
    on 'firewall-cmd -q --add-port=8050/udp; firewall-cmd -q --permanent --add-port=8050/udp'
    run -0 script range realserver apply --only firewall
    open 8000 udp
    run -0 script range realserver uninstall
    open 8050 udp
    closed 8000 udp
    run -0 on 'firewall-cmd --permanent --list-ports'
    assert_output '8050/udp'
    on 'firewall-cmd -q --remove-port=8050/udp; firewall-cmd -q --permanent --remove-port=8050/udp'
  }

  @test "firewalld: a NIC that a hand has put into another zone for now: open in that one, and in the one of the next boot" {
    on 'firewall-cmd -q --zone=work --change-interface=ens33'
    remember --times
    run -0 script dr director apply
    assert_line --regexp '^changed +firewall firewalld:work 8443/tcp'
    assert_line --regexp '^changed +firewall firewalld:public 8443/tcp'
    open 8443
    closed 9999
    run -0 script dr director apply
    assert_none_changed
    run -0 script dr director uninstall
    closed 8443
    as_before --times
    run -0 script dr director apply
    container reboot "$(guest)"
    wire
    settled
    run on 'firewall-cmd --get-zone-of-interface=ens33'
    refute_output work
    open 8443
    run -0 script dr director uninstall
    closed 8443
    run -1 on 'firewall-cmd --permanent --zone=work --query-port=8443/tcp'
  }

  @test "firewalld: a zone of the site's that drops what it does not list is left, and told of" {
    on 'firewall-cmd -q --permanent --new-zone=site; firewall-cmd -q --permanent --zone=site --set-target=DROP; firewall-cmd -q --permanent --zone=site --add-service=ssh
      firewall-cmd -q --permanent --zone=site --add-source=192.168.80.0/25; firewall-cmd -q --permanent --zone=drop --add-source=192.168.80.128/26; firewall-cmd -q --reload'
    remember --times
    for command in check apply verify; do
      run script dr director "$command" --only firewall
      assert_output --partial 'firewalld: zone site (target DROP) takes what comes from 192.168.80.0/25, and is left as it is: it does not let in what this role needs (8443/tcp). Where it is to: firewall-cmd --permanent --zone=site --add-port='
      refute_output --partial 'zone drop'
    done
    run -0 script dr director uninstall
    as_before --times
    on 'firewall-cmd -q --permanent --delete-zone=site; firewall-cmd -q --permanent --zone=drop --remove-source=192.168.80.128/26; firewall-cmd -q --reload'
  }

  @test "firewalld: a rule of a zone or a policy that refuses before what lets in is told of" {
    local rule refused
    local to_all='rule priority="-5" family="ipv4" drop' to_some='rule family="ipv4" port port="8000-9000" protocol="tcp" reject'
    run -0 script dr director apply --only firewall
    for rule in "$to_some" "$to_all"; do
      on "firewall-cmd -q --add-rich-rule='$rule'"
      closed 8443
      refused="firewalld: '$rule' of zone public comes before what lets"
      for command in check apply verify; do
        run script dr director "$command" --only firewall
        assert_output --partial "$refused in 8443/tcp, and keeps it out"
      done
      run -1 script dr director verify --only firewall
      assert_line --regexp '^failed +firewall firewalld:public 8443/tcp +\(firewalld: .* comes before what lets it in'
      # What somebody lets in before that.
      on "firewall-cmd -q --add-rich-rule='rule priority=-9 port port=8443 protocol=tcp accept'"
      open 8443
      run -0 script dr director verify --only firewall
      refute_output --partial 'comes before'
      on "firewall-cmd -q --remove-rich-rule='rule priority=-9 port port=8443 protocol=tcp accept'; firewall-cmd -q --remove-rich-rule='$rule'"
    done
    on 'firewall-cmd -q --permanent --new-policy=site; set_site() { firewall-cmd -q --permanent --policy=site "$@"; }
      set_site --add-ingress-zone=ANY; set_site --add-egress-zone=HOST; set_site --set-priority=-10; set_site --set-target=REJECT; set_site --add-service=ssh; firewall-cmd -q --reload'
    settled
    closed 8443
    run -1 script dr director verify --only firewall
    assert_line --regexp '^failed +firewall firewalld:public 8443/tcp +\(firewalld: policy site \(priority -10\) comes before'
    # One that comes behind the zones, one of some clients, and one that lets it in.
    on 'firewall-cmd -q --permanent --policy=site --set-priority=10; firewall-cmd -q --reload
      firewall-cmd -q --add-rich-rule="rule family=ipv4 source address=192.168.80.7 reject"; firewall-cmd -q --add-rich-rule="rule priority=5 family=ipv4 drop"'
    settled
    open 8443
    run -0 script dr director verify --only firewall
    refute_output --partial 'comes before'
    on 'firewall-cmd -q --permanent --policy=site --set-priority=-10; firewall-cmd -q --permanent --policy=site --add-port=8000-9000/tcp; firewall-cmd -q --reload'
    settled
    open 8443
    run -0 script dr director verify --only firewall
    refute_output --partial 'comes before'
    on 'firewall-cmd -q --permanent --delete-policy=site; firewall-cmd -q --reload'
    settled
    run -0 script dr director uninstall
  }

  # A policy comes into force by a reload, and goes with one: that would forget what somebody opened for now.
  @test "firewalld: what is open for now alone outlives what is forwarded, and its way back" {
    settled
    remember --times
    on 'firewall-cmd -q --add-port=7777/tcp'
    run -1 script source director apply --only firewall
    assert_output --partial 'comes into force by a reload of firewalld, which would forget what was set there for now alone'
    assert_output --partial 'firewall-cmd --runtime-to-permanent'
    on 'firewall-cmd -q --query-port=7777/tcp'
    run -0 script source director rollback
    on 'firewall-cmd -q --remove-port=7777/tcp'
    run -0 script source director apply --only firewall
    on 'firewall-cmd -q --add-port=7777/tcp'
    run -0 script source director rollback
    on 'firewall-cmd -q --query-port=7777/tcp'
    on 'firewall-cmd -q --reload'
    settled
    as_before --times
  }

  # Of a policy as well: firewalld saves zones' interfaces, direct rules and sets over a reload.
  @test "firewalld: what a policy has for now alone outlives what is forwarded" {
    settled
    on 'firewall-cmd -q --permanent --new-policy=site; firewall-cmd -q --permanent --policy=site --add-ingress-zone=public
      firewall-cmd -q --permanent --policy=site --add-egress-zone=HOST; firewall-cmd -q --reload'
    settled
    on 'firewall-cmd -q --policy=site --add-port=7778/tcp'
    run -1 script source director apply --only firewall
    assert_output --partial 'which would forget what was set there for now alone'
    on 'firewall-cmd -q --policy=site --query-port=7778/tcp'
    run -0 script source director rollback
    on 'firewall-cmd -q --policy=site --remove-port=7778/tcp'
    run -0 script source director apply --only firewall
    run -0 script source director apply --only firewall
    assert_none_changed
    on 'firewall-cmd -q --policy=site --add-port=7778/tcp'
    run -0 script source director rollback
    on 'firewall-cmd -q --policy=site --query-port=7778/tcp'
    on 'firewall-cmd -q --permanent --delete-policy=site; firewall-cmd -q --reload'
    settled
  }

  # firewall-cmd with its answers to QUESTION left out so many times, as while a long reload goes on (D-Bus: NoReply).
  silent() { # TIMES QUESTION
    on "[[ -e /usr/bin/firewall-cmd.real ]] || mv /usr/bin/firewall-cmd /usr/bin/firewall-cmd.real; echo $1 > /run/silent
      printf '%s\n' '#!/bin/bash' 'read -r left < /run/silent' 'case \" \$* \" in *\" $2 \"*) if ((left > 0)); then echo \$((left - 1)) > /run/silent; exit 254; fi ;; esac' 'exec /usr/bin/firewall-cmd.real \"\$@\"' > /usr/bin/firewall-cmd
      chmod 755 /usr/bin/firewall-cmd"
  }

  @test "firewalld: no answer is not the answer that it is closed" {
    local question bundle
    settled
    on 'firewall-cmd -q --add-port=8443/tcp; firewall-cmd -q --permanent --add-port=8443/tcp'
    # Once: it is asked again, and what the site had opened stays.
    silent 1 --list-all
    run -0 script dr director apply
    run -0 script dr director uninstall
    on 'firewall-cmd -q --query-port=8443/tcp && firewall-cmd -q --permanent --query-port=8443/tcp'
    # For good: nothing is opened, and nothing written down.
    for question in 'dr --list-all' 'source --info-policy=lvsgen-forward'; do
      bundle=${question% *}
      silent 1000 "${question#* }"
      run script "$bundle" director apply
      assert_failure
      assert_output --partial 'cannot read the rules of the firewall'
      assert_output --partial "${question#* }"
      silent 0 "${question#* }"
      run -0 script "$bundle" director uninstall
    done
    on 'firewall-cmd -q --query-port=8443/tcp && firewall-cmd -q --permanent --query-port=8443/tcp'
    on 'mv /usr/bin/firewall-cmd.real /usr/bin/firewall-cmd; firewall-cmd -q --remove-port=8443/tcp; firewall-cmd -q --permanent --remove-port=8443/tcp'
  }

  @test "firewalld with iptables, as on EL7: what is not tracked is let in, and outlives a reload" {
    on 'sed -i s/FirewallBackend=nftables/FirewallBackend=iptables/ /etc/firewalld/firewalld.conf; systemctl restart firewalld; nft add table inet silent
      nft "add chain inet silent out { type filter hook output priority -500; }"; nft add rule inet silent out tcp sport 8443 drop'
    settled
    run -0 script dr director apply
    run -0 script dr director apply
    assert_none_changed
    on 'firewall-cmd -q --reload'
    count_connections
    assert_output 'SYN=1000 ACK=1000 FIN=1000'
    run -0 script dr director uninstall
    # A reload puts the chains in another order, so that these are compared by what firewalld says of them.
    run -0 on 'firewall-cmd --direct --get-all-rules; firewall-cmd --permanent --direct --get-all-rules; nft list ruleset | grep 192.168.80.188 || :; ls /etc/firewalld/direct.xml* 2>/dev/null || :'
    refute_output --partial 188
    refute_output --partial direct.xml
    on 'nft delete table inet silent; sed -i s/FirewallBackend=iptables/FirewallBackend=nftables/ /etc/firewalld/firewalld.conf; systemctl restart firewalld'
  }
fi

if [[ $FIREWALL == nftables ]]; then
  @test "nftables: rules of a chain that its file does not make keep nothing from being loaded at the next boot" {
    on 'nft add table inet live; nft "add chain inet live input { type filter hook input priority 5; policy drop; }"; nft add rule inet live input tcp dport 22 accept'
    remember
    run -0 script dr director apply --only firewall
    open 8443
    run -0 on 'unshare --net nft -f /etc/nftables.conf'
    run -0 script dr director apply --only firewall
    assert_none_changed
    run -0 script dr director rollback
    as_before
    on 'nft delete table inet live'
  }

  @test "nftables: a file that names interfaces, and one that includes the chains of another" {
    on "sed -i 's/iif lo accept/iif lo accept\n    iif \"ens34\" tcp dport 5000 accept/' /etc/nftables.conf; systemctl reload nftables"
    run -0 script dr director apply --only firewall
    on 'systemctl reload nftables'
    open 8443
    run -0 script dr director rollback
    closed 8443
    on 'cp /etc/nftables.conf /etc/guard.nft; printf "flush ruleset\ninclude \"/etc/guard.nft\"\n" > /etc/nftables.conf; sed -i "/ens34\" tcp/d" /etc/guard.nft; systemctl reload nftables'
    run -0 script dr director apply --only firewall
    on 'systemctl reload nftables'
    open 8443
    run -0 script dr director apply --only firewall
    assert_none_changed
    run -0 script dr director rollback
    closed 8443
  }

  @test "nftables: tables of iptables-nft, as Docker's, stay such as its own commands take" {
    on 'iptables-nft -N DOCKER-USER; iptables-nft -A FORWARD -j DOCKER-USER; iptables-nft -A INPUT -p tcp --dport 22 -j ACCEPT'
    remember
    run -0 script dr director apply --only firewall
    open 8443
    run -0 on 'iptables-nft -S; iptables-nft -C INPUT -p tcp --dport 22 -j ACCEPT; nft list table ip filter'
    refute_output --partial incompatible
    refute_output --partial lvsgen
    run -0 script dr director apply --only firewall
    assert_none_changed
    run -0 script dr director rollback
    as_before
    on 'nft delete table ip filter'
  }

  # As fail2ban and CrowdSec have theirs: what is put at its head would let in whoever is banned.
  @test "nftables: whoever is banned by a chain that only bans stays banned, for what is opened too" {
    ban() { # RULE
      on "nft -f - <<< 'table inet f2b-table {
        set addr-set-web { type ipv4_addr; flags interval; elements = { 192.168.80.0/24 }; }
        chain f2b-chain { type filter hook input priority -1; policy accept; $1; }
      }'"
    }
    local rule
    for rule in 'tcp dport { 80, 8443 } ip saddr @addr-set-web reject with icmp port-unreachable' 'ip saddr @addr-set-web counter drop'; do
      ban "$rule"
      remember
      run -0 script dr director apply --only firewall
      run -1 on 'nft list table inet f2b-table | grep lvsgen'
      closed 8443
      run -0 script dr director apply --only firewall
      assert_none_changed
      on 'nft flush set inet f2b-table addr-set-web'
      open 8443
      on 'nft add element inet f2b-table addr-set-web { 192.168.80.0/24 }'
      run -0 script dr director uninstall
      as_before
      on 'nft delete table inet f2b-table'
    done
    # What lets in those alone that it names, keeps out all others.
    ban 'tcp dport 8443 ip saddr != 10.9.8.7 drop'
    closed 8443
    run -0 script dr director apply --only firewall
    open 8443
    run -0 script dr director uninstall
    on 'nft delete table inet f2b-table'
  }

  @test "nftables: where lvsgen starts and stops it, which empties its tables, lvsgen's rules stand in the end" {
    on 'systemctl -q disable --now nftables'
    remember
    run -0 script marks director apply
    run -0 script unit director apply
    assert_line --regexp '^changed  netfilter .*load-marks'
    run -0 script unit director check
    # Stopped by the way back,
    run -0 script unit director rollback
    run -0 script marks director check
    # and where it is described no longer.
    run -0 script unit director apply
    run -0 script marks director apply
    assert_line --regexp '^changed  unit nftables.service  .no longer described'
    run -0 script marks director apply
    assert_none_changed
    unit_is active
    run -0 script marks director uninstall
    as_before
    on 'systemctl -q enable --now nftables'
  }

  # A line for one of two chains is in the file, and a site adds the second: that one drops it.
  add_chain_by_hand() {
    on 'printf "%s\n" "table inet bans {" "  chain in {" "    type filter hook input priority 10; policy drop; tcp dport 22 accept" "  }" "}" >> /etc/nftables.conf; systemctl reload nftables'
  }
  assert_closed_until_applied() {
    closed 8443
    run -2 script dr director check --only firewall
    assert_line --regexp '^pending +firewall nftables 8443/tcp +\(closed -> open\)'
    run -0 script dr director apply --only firewall
    open 8443
    on 'systemctl reload nftables'
    open 8443
    run -0 script dr director apply --only firewall
    assert_none_changed
  }

  @test "nftables: a second chain in the file needs a rule of its own, and a line that is a comment is none" {
    on 'cp -p /etc/nftables.conf /root/nftables.conf'
    run -0 script dr director apply --only firewall
    add_chain_by_hand
    assert_closed_until_applied
    on "sed -i 's/^insert rule/#&/' /etc/nftables.conf; systemctl reload nftables"
    assert_closed_until_applied
    run -0 script dr director uninstall
    closed 8443
    run -1 on 'grep lvsgen /etc/nftables.conf'
    # The same where the file cannot be loaded by itself.
    on "cp -p /root/nftables.conf /etc/nftables.conf; sed -i 's/iif lo accept/iif lo accept\n    iif \"ens34\" tcp dport 5000 accept/' /etc/nftables.conf; systemctl reload nftables"
    run -0 script dr director apply --only firewall
    assert_line --regexp '^changed +firewall nftables 8443/tcp'
    add_chain_by_hand
    assert_closed_until_applied
    on "sed -i 's/^insert rule/#&/' /etc/nftables.conf; systemctl reload nftables"
    assert_closed_until_applied
    # As people save what is in force.
    on '{ echo flush ruleset; nft list ruleset; } > /etc/nftables.conf; systemctl reload nftables'
    open 8443
    run -0 script dr director apply --only firewall
    assert_none_changed
    run -0 script dr director uninstall
    closed 8443
    run -1 on 'grep lvsgen /etc/nftables.conf'
    on 'cp -p /root/nftables.conf /etc/nftables.conf; systemctl reload nftables'
  }

  @test "nftables: it is opened in the file that the unit loads, by a drop-in too, not in one of a former life" {
    on 'mkdir -p /etc/sysconfig /etc/systemd/system/nftables.service.d; cp -p /etc/nftables.conf /root/nftables.conf
      cp -p /etc/nftables.conf /etc/sysconfig/nftables.conf; echo "flush ruleset" > /etc/nftables.conf
      printf "%s\n" "[Service]" ExecStart= "ExecStart=/usr/sbin/nft -f /etc/sysconfig/nftables.conf" > /etc/systemd/system/nftables.service.d/el.conf
      systemctl daemon-reload; systemctl restart nftables'
    closed 8443
    run -0 script dr director apply --only firewall
    open 8443
    on 'systemctl restart nftables'
    open 8443
    run -0 script dr director apply --only firewall
    assert_none_changed
    run -0 script dr director uninstall
    run -0 on 'cmp /root/nftables.conf /etc/sysconfig/nftables.conf; cat /etc/nftables.conf'
    assert_output 'flush ruleset'
    # As the older units of EL have it.
    on "printf '%s\n' '[Service]' ExecStart= 'ExecStart=/usr/sbin/nft \"flush ruleset; include \\\"/etc/sysconfig/nftables.conf\\\";\"' > /etc/systemd/system/nftables.service.d/el.conf
      systemctl daemon-reload; systemctl restart nftables"
    closed 8443
    run -0 script dr director apply --only firewall
    on 'systemctl restart nftables'
    open 8443
    run -0 script dr director uninstall
    on 'cp -p /root/nftables.conf /etc/nftables.conf; rm -r /etc/sysconfig/nftables.conf /etc/systemd/system/nftables.service.d; systemctl daemon-reload; systemctl restart nftables'
    closed 8443
  }

  @test "nftables: a file that names interfaces, of a unit that is enabled and stopped" {
    on "sed -i 's/iif lo accept/iif lo accept\n    iif \"ens34\" tcp dport 5000 accept/' /etc/nftables.conf; systemctl stop nftables"
    run -0 script dr director apply --only firewall
    on 'systemctl start nftables'
    open 8443
    closed 9999
    # Of two chains of the file, neither of which is in force, one has no rule yet.
    on 'cp -p /etc/nftables.conf /root/opened.conf; systemctl stop nftables; nft flush ruleset
      sed -i "s/^insert rule/table inet bans {\nchain in {\ntype filter hook input priority 10; policy drop; tcp dport 22 accept\n}\n}\n&/" /etc/nftables.conf'
    run -2 script dr director check --only firewall
    assert_line --regexp '^pending +firewall nftables 8443/tcp +\(now open, at boot closed -> open\)'
    run -0 script dr director apply --only firewall
    on 'systemctl start nftables'
    open 8443
    on 'systemctl stop nftables; cp -p /root/opened.conf /etc/nftables.conf; systemctl start nftables'
    run -0 script dr director uninstall
    closed 8443
    on "sed -i '/ens34\" tcp/d' /etc/nftables.conf; systemctl reload nftables"
  }

  @test "nftables: firewalld, which the next boot may start in its place, is opened for it" {
    on 'systemctl -q enable firewalld; firewall-offline-cmd -q --zone=public --query-port=8443/tcp' || :
    remember --times
    run -0 script dr director apply
    assert_line --regexp '^changed +firewall nftables 8443/tcp'
    assert_line --regexp '^changed +firewall firewalld:public 8443/tcp +\(now open, at boot closed -> open\)'
    open 8443
    run -0 on 'firewall-offline-cmd --zone=public --query-port=8443/tcp'
    run -0 script dr director apply
    assert_none_changed
    container reboot "$(guest)"
    wire
    on 'systemctl stop nftables; systemctl start firewalld; until nft list ruleset | grep -q IN_public_allow; do sleep 0.1; done'
    open 8443
    closed 9999
    run -0 script dr director check --only firewall
    run -0 script dr director uninstall
    closed 8443
    on 'systemctl -q disable --now firewalld; systemctl start nftables'
    as_before --times
  }

  @test "nftables: a firewall whose package was removed meanwhile ends no run" {
    run -0 script dr director apply --only firewall
    on 'systemctl -q disable --now nftables; nft flush ruleset; mv "$(command -v nft)" /root/nft.away'
    run -0 script dr director apply --only firewall
    run -0 script dr director check --only firewall
    run -0 script dr director uninstall
    on 'mv /root/nft.away /usr/sbin/nft; systemctl -q enable --now nftables'
  }
fi

if [[ $FIREWALL == iptables ]]; then
  @test "iptables: rules that no service has loaded are told of, by doctor too" {
    on 'nft flush ruleset; systemctl restart netfilter-persistent'
    run -2 script dr director check --only firewall
    refute_output --partial 'keep packets out'
    # It leaves them in force.
    on 'systemctl -q disable --now netfilter-persistent'
    for command in check apply verify; do
      run script dr director "$command" --only firewall
      assert_output --partial "no firewall's unit is active, and yet rules keep packets out (nft chain ip filter INPUT: policy drop"
      assert_output --partial '8443/tcp'
    done
    # They are known to keep it out, until something of theirs may let it in.
    run -1 script dr director verify --only firewall
    assert_line --regexp "^failed +firewall 8443/tcp +\\(rules that no firewall's unit has loaded keep it out \\(nft chain ip filter INPUT: policy drop; "
    run -1 script dr director verify --only firewall --json
    assert_line --regexp '"result":"failed","kind":"firewall","name":"8443/tcp"'
    for rule in '-p tcp --dport 8443' '! -i lo'; do
      on "iptables -I INPUT $rule -j ACCEPT"
      open 8443
      run -0 script dr director verify --only firewall
      on "iptables -D INPUT $rule -j ACCEPT"
    done
    run enter -w /media/usb/dr "$(guest)" bash doctor.sh --host lvs1
    assert_line --regexp "^warn +firewall +no firewall's unit is active, and yet rules keep packets out: nft chain ip filter INPUT: policy drop"
    on 'systemctl -q enable --now netfilter-persistent'
    run enter -w /media/usb/dr "$(guest)" bash doctor.sh --host lvs1
    assert_line --regexp '^ok +firewall +active: netfilter-persistent'
    run -0 script dr director uninstall
  }

  @test "iptables: what was saved from the kernel meanwhile is closed there too" {
    run -0 script dr director apply --only firewall
    on 'netfilter-persistent save'
    run -0 script dr director apply --only firewall
    assert_none_changed
    run -0 script dr director uninstall
    closed 8443
    run -1 on 'grep -r lvsgen /etc/iptables'
    on 'systemctl restart netfilter-persistent'
    closed 8443
  }

  @test "iptables: active after the way back, though systemd forgets that where another unit names one of its names" {
    on 'printf "%s\n" "[Unit]" After=iptables.service "[Service]" Type=oneshot RemainAfterExit=yes ExecStart=/bin/true > /etc/systemd/system/holder.service
      systemctl daemon-reload; systemctl start holder'
    # In every second process of systemd, by the order in which it happens to keep its units.
    for round in {1..6}; do
      on 'systemctl daemon-reexec'
      run -0 script disable director apply
      run -0 script disable director rollback
      run -0 on 'systemctl is-active netfilter-persistent'
    done
    closed 9999
    run -0 script dr director apply --only firewall
    open 8443
    run -0 script dr director uninstall
    closed 8443
    on 'systemctl stop holder; rm /etc/systemd/system/holder.service; systemctl daemon-reload'
  }

  @test "iptables: whom fail2ban has banned before stays banned, for what is opened too" {
    on 'iptables -N f2b-web; iptables -A f2b-web -s 192.168.80.0/24 -j REJECT; iptables -A f2b-web -j RETURN
      for ports in 80,8443 22; do iptables -I INPUT -p tcp -m multiport --dports $ports -j f2b-web; done'
    remember
    run -0 script dr director apply --only firewall
    closed 8443
    run -0 script dr director check --only firewall
    on 'iptables -D f2b-web 1'
    open 8443
    closed 9999
    on 'iptables -I f2b-web -s 192.168.80.0/24 -j REJECT'
    closed 8443
    run -0 script dr director uninstall
    as_before
    on 'for ports in 80,8443 22; do iptables -D INPUT -p tcp -m multiport --dports $ports -j f2b-web; done; iptables -F f2b-web; iptables -X f2b-web'
  }

  @test "iptables: what was filtered comes back with rollback, though what others had before it in the chain has gone" {
    remember
    on 'iptables -N f2b-sshd; iptables -A f2b-sshd -j RETURN; iptables -I INPUT -p tcp --dport 22 -j f2b-sshd; iptables -I INPUT -p tcp --dport 23 -j f2b-sshd'
    run -0 script disable director apply
    open 9999
    on 'iptables -F INPUT; iptables -F f2b-sshd; iptables -X f2b-sshd'
    run -0 script disable director rollback
    closed 9999
    as_before
  }

  # The iptables of before 1.8 that EL7 has: while somebody holds the lock it fails at once, where it is not told to wait.
  make_el7_tools() {
    enter -i "$(guest)" tee /usr/lib/guest/el7-iptables << 'END' > /dev/null
#!/bin/bash
name=${0##*/}
if [[ -e /run/fails-once.$name ]]; then rm "/run/fails-once.$name"; exit 4; fi
[[ ! -e /run/fails.$name || $* == *--version ]] || exit 4
if [[ -e /run/no-table.$name ]]; then
  echo "iptables v1.4.21: can't initialize iptables table \`filter': Table does not exist (do you need to insmod?)" >&2
  exit 3
fi
if [[ $name == *-restore || $name != *-save && " $* " != *" -w "* ]] && ! flock -n /run/xtables.lock true; then
  echo 'Another app is currently holding the xtables lock. Perhaps you want to use the -w option?' >&2
  exit 4
fi
exec /usr/sbin/xtables-legacy-multi "$name" "$@"
END
    on 'chmod +x /usr/lib/guest/el7-iptables; systemctl stop netfilter-persistent; nft flush ruleset
      for name in {iptables,ip6tables}{,-restore,-save}; do ln -sfn /usr/lib/guest/el7-iptables "/usr/sbin/$name"; done
      systemctl start netfilter-persistent; iptables -S INPUT | grep -q DROP'
  }
  take_el7_tools_away() {
    on 'systemctl stop netfilter-persistent
      for tool in iptables ip6tables; do
        "$tool" -F; "$tool" -X; for chain in INPUT FORWARD; do "$tool" -P "$chain" ACCEPT; done
        for name in "$tool"{,-restore,-save}; do ln -sfn "/etc/alternatives/$name" "/usr/sbin/$name"; done
      done
      systemctl start netfilter-persistent'
  }
  hold_lock() { on 'setsid -f flock /run/xtables.lock sleep 2; while flock -n /run/xtables.lock true; do :; done'; }

  @test "iptables of EL7: while somebody holds its lock, nothing passes for open or for off (docker, kube-proxy, fail2ban)" {
    make_el7_tools
    closed 8443
    hold_lock
    run -2 script dr director check --only firewall
    assert_line --regexp '^pending +firewall iptables 8443/tcp +\(closed -> open\)'
    hold_lock
    run -0 script dr director apply --only firewall
    open 8443
    closed 9999
    hold_lock
    run -0 script dr director uninstall
    closed 8443
    on 'touch /run/fails-once.iptables'
    run -2 script dr director check --only firewall
    hold_lock
    run -0 script disable director apply
    open 9999
    hold_lock
    run -0 script disable director rollback
    closed 9999
    # What does not answer at all is not `open`.
    on 'touch /run/fails.iptables'
    run -1 script dr director apply --only firewall
    assert_output --partial "cannot read the rules of the firewall: 'iptables -w -S' failed"
    on 'rm /run/fails.iptables'
  }

  @test "iptables of EL7: what its kernel has no table for is not filtered" {
    on 'touch /run/no-table.iptables'
    run -2 script dr director check --only firewall
    assert_line --regexp '^pending +firewall iptables 8443/tcp +\(now open, at boot closed -> open\)'
    on 'rm /run/no-table.iptables; iptables -F INPUT; systemctl restart netfilter-persistent'
  }

  @test "iptables of EL7: the rules of lvsgen's own are loaded once, and taken away, whoever holds the lock" {
    on 'mv "$(command -v nft)" /root/nft.away'
    run -0 script dr director apply
    on '/etc/lvsgen/fw/load-untracked remove; for one in 1 2 3; do setsid -f flock /run/xtables.lock sleep 1; sleep 0.2; /etc/lvsgen/fw/load-untracked || exit; done'
    run -0 on 'iptables -w -t raw -S PREROUTING | grep -c LVSGEN'
    assert_output 1
    hold_lock
    run -0 script dr director verify --only netfilter
    # As the loaders of before have left it.
    on 'iptables -w -t raw -A PREROUTING -j LVSGEN-RAW-fw'
    hold_lock
    run -0 script dr director uninstall
    run -1 on 'iptables -w -t raw -S | grep LVSGEN'
    on 'touch /run/fails-once.iptables-restore'
    run -0 script dr director apply
    run -0 script dr director uninstall
    on 'mv /root/nft.away /usr/sbin/nft'
  }

  @test "iptables of EL7: a file that makes a chain with -N is loaded as it always was" {
    make_el7_tools
    on 'cp -p /etc/iptables/rules.v4 /root/rules.v4
      sed -i -e "/^:OUTPUT/a -N LOGDROP\n-A LOGDROP -j DROP" -e "s/^-A INPUT -j REJECT.*/-A INPUT -j LOGDROP/" /etc/iptables/rules.v4; systemctl restart netfilter-persistent'
    remember --times
    run -0 script dr director apply --only firewall
    open 8443
    on 'systemctl restart netfilter-persistent'
    open 8443
    run -0 script dr director uninstall
    closed 8443
    as_before --times
    # What would not be loaded is still refused.
    on 'sed -i "/^COMMIT/i -A INPUT -p nonsense" /etc/iptables/rules.v4'
    run -1 script dr director apply --only firewall
    assert_output --partial 'would not be loaded at the next boot any more'
    run -0 script dr director uninstall
    on 'cp -p /root/rules.v4 /etc/iptables/rules.v4'
    take_el7_tools_away
    closed 8443
  }

  @test "iptables: netfilter-persistent, which is iptables.service and ip6tables.service too, is turned off and on once" {
    run -2 script disable director check
    assert_line --regexp '^pending +unit netfilter-persistent.service'
    assert_line --regexp '^ok +unit iptables.service'
    run -0 script disable director apply
    assert_line --regexp '^changed +unit netfilter-persistent.service'
    refute_line --regexp '^changed +unit ip'
    run -0 script disable director rollback
    refute_line --regexp '^undone +unit ip'
    run -0 on 'systemctl is-active netfilter-persistent iptables ip6tables'
    closed 9999
  }

  @test "iptables.service, as on EL: opened in its file, off and back with the unit" {
    on "systemctl disable netfilter-persistent; mkdir -p /etc/sysconfig; mv /etc/iptables/rules.v4 /etc/sysconfig/iptables; rm /etc/iptables/rules.v6; ip6tables -F INPUT; ip6tables -P INPUT ACCEPT
      mv /lib/systemd/system/netfilter-persistent.service /root/; rm -f /etc/systemd/system/ip*tables.service
      printf '%s\n' '[Service]' Type=oneshot RemainAfterExit=yes 'ExecStart=/bin/sh -c \"iptables-restore < /etc/sysconfig/iptables\"' \
        'ExecStop=/bin/sh -c \"iptables -F; iptables -P INPUT ACCEPT; iptables -P FORWARD ACCEPT\"' '[Install]' WantedBy=multi-user.target > /etc/systemd/system/iptables.service
      systemctl daemon-reload; systemctl enable --now iptables"
    closed 8443
    remember --times
    run -0 script dr director apply --only firewall
    assert_line --partial 'firewall iptables 8443/tcp'
    open 8443
    on 'systemctl restart iptables'
    open 8443
    run -0 script dr director rollback
    closed 8443
    as_before --times
  }

  @test "iptables.service, as on EL: rules.v4 of a former life is not what it loads" {
    on 'systemctl stop netfilter-persistent; mv /etc/init.d/netfilter-persistent /root/; systemctl daemon-reload; systemctl restart iptables
      printf "%s\n" "*filter" ":INPUT ACCEPT [0:0]" COMMIT > /etc/iptables/rules.v4'
    closed 8443
    run -0 script dr director apply --only firewall
    open 8443
    on 'systemctl restart iptables'
    open 8443
    run -0 script dr director uninstall
    closed 8443
    run -1 on 'grep -r lvsgen /etc/iptables /etc/sysconfig'
  }

  # (Which of the two is loaded first, and so stands first in the ruleset, is nobody's matter.)
  site_state() {
    on 'for tool in iptables ip6tables; do "$tool-save" 2>/dev/null | grep -v "^#" | sed "s/\[[0-9:]*\]//"; done
      find /etc/iptables -type f -printf "%p %m %u %T@ " -exec sha256sum {} \; | sort; systemctl is-active iptables ip6tables'
  }

  # As in many a tutorial: nothing flushes at their stop, and their files stand anywhere.
  @test "a site's own iptables.service and ip6tables.service: off where described so, open live and in their files, through boots and back" {
    on "systemctl stop netfilter-persistent; systemctl -q disable --now iptables; mv /etc/sysconfig/iptables /etc/iptables/site.4
      sed 's/icmp-host/icmp6-adm/' /etc/iptables/site.4 > /etc/iptables/site.6
      for tool in iptables ip6tables; do v=4; [[ \$tool == iptables ]] || v=6
        printf '%s\n' '[Unit]' 'Before=network-pre.target' '[Service]' Type=oneshot RemainAfterExit=yes \"ExecStart=/sbin/\$tool-restore /etc/iptables/site.\$v\" \
          '[Install]' WantedBy=multi-user.target > /etc/systemd/system/\$tool.service
      done; systemctl daemon-reload; systemctl enable -q --now iptables ip6tables"
    closed 9999
    systemd_tree > "$BATS_TEST_TMPDIR/before"
    site_state > "$BATS_TEST_TMPDIR/state"
    run -2 script disable director check
    assert_line --regexp '^pending +unit iptables.service'
    assert_line --regexp '^pending +unit ip6tables.service'
    run enter -w /media/usb/disable "$(guest)" bash doctor.sh --host lvs1
    assert_line --regexp '^ok +firewall +active: iptables, ip6tables; apply turns that off'
    run -0 script disable director apply
    open 9999
    run -0 script disable director apply
    assert_none_changed
    run -0 script disable director verify
    container reboot "$(guest)"
    wire
    open 9999
    run -0 script disable director verify
    run -0 script disable director rollback
    closed 9999
    run -0 diff -U1 "$BATS_TEST_TMPDIR/state" <(site_state)
    run -0 script dr director apply
    open 8443
    for way in 'systemctl restart iptables ip6tables' 'systemctl stop iptables; nft flush ruleset; systemctl start iptables; systemctl start ip6tables'; do
      on "$way"
      quiet
      open 8443
      closed 9999
      run -0 script dr director check
    done
    container reboot "$(guest)"
    wire
    open 8443
    run -0 script dr director check
    run -0 script dr director uninstall
    closed 8443
    run -0 diff -U1 "$BATS_TEST_TMPDIR/state" <(site_state)
    systemd_tree > "$BATS_TEST_TMPDIR/after"
    run -0 diff -U0 "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
  }
fi

if [[ $FIREWALL == ufw ]]; then
  @test "ufw: a wider refusal that stands before is told of" {
    on 'ufw deny 8000:9000/tcp'
    remember --times
    for command in check apply verify; do
      run script dr director "$command" --only firewall
      assert_output --partial 'ufw: "deny 8000:9000/tcp" stands before what lets in 8443/tcp, and keeps it out: ufw delete deny 8000:9000/tcp'
    done
    closed 8443
    run -1 script dr director verify --only firewall
    assert_line --regexp '^failed +firewall ufw 8443/tcp +\(ufw: "deny 8000:9000/tcp" stands before'
    run -1 script dr director verify --only firewall --json
    assert_line --regexp '"result":"failed","kind":"firewall","name":"ufw 8443/tcp"'
    run -0 script dr director uninstall
    as_before --times
    on 'ufw delete deny 8000:9000/tcp; ufw deny 8443'
    run -0 script dr director apply --only firewall
    assert_output --partial 'ufw: "deny 8443" stands before'
    # What stands behind, is about other ports or other people, keeps nothing out.
    on 'ufw delete deny 8443; ufw deny 8443,9000/tcp; ufw deny 80/tcp; ufw deny 8443/udp; ufw deny from 192.168.80.7 to any port 8443'
    run -0 script dr director verify --only firewall
    refute_output --partial 'stands before'
    open 8443
    on 'ufw delete deny 8443,9000/tcp; ufw delete deny 80/tcp; ufw delete deny 8443/udp; ufw delete deny from 192.168.80.7 to any port 8443'
    run -0 script dr director uninstall
  }

  @test "ufw: a limit that stands before, of more ports or of an interface, is told of" {
    local limit
    for limit in 'limit 8000:9000/tcp' 'limit in on ens33'; do
      on "ufw $limit"
      for command in check apply verify; do
        run script dr director "$command" --only firewall
        assert_output --regexp "ufw: \"$limit[^\"]*\"[^:]* stands before what lets in 8443/tcp, and keeps out whoever begins six connections within 30 seconds: ufw delete $limit"
      done
      for _ in 1 2 3 4 5 6; do on "$clients knock tcp 192.168.80.10 8443 || :"; done
      closed 8443
      run -1 script dr director verify --only firewall
      assert_line --regexp '^failed +firewall ufw 8443/tcp +\(ufw: "limit .* stands before'
      on "ufw delete $limit"
      open 8443
      run -0 script dr director verify --only firewall
      refute_output --partial 'stands before'
      run -0 script dr director uninstall
    done
  }

  @test "ufw: a limit for the same port gives way, and comes back" {
    on 'ufw limit 8443/tcp comment "not too many"'
    remember
    run -0 script dr director apply --only firewall
    run -0 on 'ufw show added'
    assert_line 'ufw allow 8443/tcp'
    # As journals of before have it.
    on 'grep -qr "=limit 8443/tcp comment .not too many" /var/lib/lvsgen/fw/director/generations'
    run -0 script dr director rollback
    run -0 on 'ufw show added'
    assert_line "ufw limit 8443/tcp comment 'not too many'"
    as_before
    on 'ufw delete limit 8443/tcp'
  }

  # What stands behind it shows that it is back in its place.
  @test "ufw: a rule for the same port that logs stays where it lets in, and else gives way and comes back" {
    for rule in 'allow log' 'allow log-all' 'deny log' 'limit log-all' 'reject log'; do
      on "ufw $rule 8443/tcp comment 'für alle; IPv6 auch, so'; ufw allow 9/udp"
      remember
      run script dr director check --only firewall
      refute_output --partial 'stands before'
      run -0 script dr director apply --only firewall
      if [[ $rule == allow* ]]; then
        refute_output --regexp '^changed +firewall ufw 8443/tcp'
        as_before
      else
        assert_line --regexp '^changed +firewall ufw 8443/tcp'
      fi
      open 8443
      run -0 script dr director apply --only firewall
      assert_none_changed
      run -0 script dr director verify --only firewall
      run -0 script dr director rollback
      as_before
      run -0 script dr director apply --only firewall
      run -0 script dr director uninstall
      as_before
      on "ufw delete $rule 8443/tcp; ufw delete allow 9/udp"
    done
  }

  by_ipv6() { # add|del
    local nodad=''
    [[ $1 == del ]] || nodad=nodad
    on "ip address $1 fd00:80::10/64 dev ens33 $nodad; ip -n clients address $1 fd00:80::200/64 dev fabric0 $nodad"
  }

  # What a client can do by each.
  families() { # 4=open|closed 6=open|closed
    local one
    for one in "$@"; do
      case $one in
        4=*) "${one#*=}" 8443 ;;
        6=*) "${one#*=}" 8443 tcp fd00:80::10 ;;
      esac
    done
  }

  @test "ufw: a rule of one family is none of the other" {
    by_ipv6 add
    four='proto tcp from 0.0.0.0/0 to 0.0.0.0/0 port 8443' six='proto tcp from ::/0 to ::/0 port 8443'
    before=()
    for one in "allow $four|4=open 6=closed" "allow log $six|4=closed 6=open" "deny log $four|4=closed 6=closed" \
      "deny $four; ufw allow log $six|4=closed 6=open" "deny log-all $four; ufw limit $six comment \"few\"|4=closed 6=open"; do
      on "ufw ${one%|*}; ufw allow 9/udp"
      remember
      read -r -a before <<< "${one#*|}"
      families "${before[@]}"
      run -2 script dr director check --only firewall
      run -0 script dr director apply --only firewall
      families 4=open 6=open
      run -0 script dr director apply --only firewall
      assert_none_changed
      run -0 script dr director verify --only firewall
      run -0 script dr director rollback
      families "${before[@]}"
      as_before
      run -0 script dr director apply --only firewall
      run -0 script dr director uninstall
      as_before
      on "ufw delete allow 9/udp; for rule in 'allow' 'allow log' 'deny' 'deny log' 'deny log-all' 'limit'; do ufw delete \$rule 8443/tcp; done"
    done
    by_ipv6 del
  }

  @test "ufw: rules from before it was given IPv6 let in IPv4 alone" {
    by_ipv6 add
    on 'sed -i s/^IPV6=yes/IPV6=no/ /etc/default/ufw; systemctl restart ufw; ufw allow 8443/tcp'
    run -2 script dr director check --only firewall
    assert_line --regexp '^ok +firewall ufw 8443/tcp'
    assert_line --regexp '^pending +holds fw/director +\(not of this role yet'
    on 'sed -i s/^IPV6=no/IPV6=yes/ /etc/default/ufw; systemctl restart ufw'
    remember
    families 4=open 6=closed
    run -2 script dr director check --only firewall
    run -0 script dr director apply --only firewall
    families 4=open 6=open
    run -0 script dr director apply --only firewall
    assert_none_changed
    run -0 script dr director uninstall
    families 4=open 6=closed
    as_before
    on 'ufw delete allow 8443/tcp'
    # What gave way before, comes back for the family that it was of.
    on 'sed -i s/^IPV6=yes/IPV6=no/ /etc/default/ufw; systemctl restart ufw; ufw deny log 8443/tcp; cp /etc/ufw/user.rules /etc/ufw/user6.rules /root/'
    run -0 script dr director apply --only firewall
    run -0 script dr director apply --only firewall
    assert_none_changed
    on 'sed -i s/^IPV6=no/IPV6=yes/ /etc/default/ufw; systemctl restart ufw'
    run -0 script dr director apply --only firewall
    families 4=open 6=open
    run -0 script dr director uninstall
    families 4=closed 6=closed
    on 'cmp /etc/ufw/user.rules /root/user.rules; cmp /etc/ufw/user6.rules /root/user6.rules; ufw delete deny log 8443/tcp'
    by_ipv6 del
  }

  @test "ufw: a refusal that logs, of one interface, of one family or of all ports is told of" {
    for refusal in 'deny log 8443' 'reject log-all 8000:9000/tcp' 'deny in on ens33 to any port 8443' 'deny in on ens+ log to any port 8443 proto tcp' 'deny log to any'; do
      on "ufw $refusal"
      for command in check apply verify; do
        run script dr director "$command" --only firewall
        assert_output --partial "ufw: \"$refusal\" stands before what lets in 8443/tcp, and keeps it out: ufw delete $refusal, or"
      done
      closed 8443
      # As it is told to.
      on "ufw delete $refusal"
      run -0 script dr director verify --only firewall
      refute_output --partial 'stands before'
      open 8443
      run -0 script dr director uninstall
    done
    on 'ufw deny from ::/0 to ::/0 port 8443'
    run -0 script dr director apply --only firewall
    assert_output --partial 'ufw: "deny 8443" (IPv6 alone) stands before what lets in 8443/tcp'
    open 8443
    # No address of IPv6 is described.
    run -0 script dr director verify --only firewall
    run -0 script dr director uninstall
    # By another interface, of what goes out or is forwarded, and behind what has let it in.
    on 'ufw delete deny 8443; ufw deny in on ens34 to any port 8443; ufw deny out log 8443; ufw route deny log to any port 8443; ufw allow 8443; ufw deny 8000:9000/tcp'
    run -0 script dr director apply --only firewall
    refute_output --partial 'stands before'
    open 8443
    run -0 script dr director uninstall
    on 'ufw delete deny in on ens34 to any port 8443; ufw delete deny out log 8443; ufw route delete deny log to any port 8443; ufw delete allow 8443; ufw delete deny 8000:9000/tcp'
  }
fi
