#!/usr/bin/env bats
# VIPs, routes and ARP settings stand after an apply, whatever the network back end does later. run.mjs gives BACKEND, IMAGE and BUNDLE.
# shellcheck disable=SC2154 # bats sets status, output and lines

bats_require_minimum_version 1.11.0
top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
load "$top/node_modules/bats-support/load"
load "$top/node_modules/bats-assert/load"

# shellcheck source=test/docker/enter.bash
. "$top/test/docker/enter.bash"

container() { "$top/test/docker/container" "$@"; }
guest() { cat "$BATS_FILE_TMPDIR/$1.guest"; }
on() { # ROLE LINE-OF-BASH
  enter -w /media/usb "$(guest "$1")" bash -c "$2"
}
script() { # ROLE COMMAND…
  local role=$1
  shift
  enter -w /media/usb "$(guest "$role")" bash "$role.sh" "$@"
}

start_guest() { # ROLE HOST ADDRESS
  container start "$IMAGE" "$2" --nic "ens33=$3" --mount "$BUNDLE:/media/usb" -- --sysctl net.ipv6.conf.all.disable_ipv6=0 \
    --sysctl net.ipv6.conf.default.disable_ipv6=0 > "$BATS_FILE_TMPDIR/$1.guest"
  on "$1" "/usr/lib/guest/backend $BACKEND $3"
  container reboot "$(guest "$1")"
}

setup_file() {
  start_guest director lvs1 192.168.80.10/24
  start_guest realserver web1 192.168.80.12/24
}
teardown_file() { container rm "$(guest director)" "$(guest realserver)"; }

state() { # ROLE: what the network is like, without what changes by itself
  on "$1" 'ip -o addr show | grep -v -e fabric -e fe80 | sed -E "s/^[0-9]+: //; s/ valid_lft.*//; s/metric [0-9]+ //; s/ noprefixroute//" | sort
    ip route show | grep -v -e fabric -e '^127' | sort; cat /proc/sys/net/ipv4/conf/{all,lo}/arp_{ignore,announce}
    ls -R /etc/network /etc/netplan /etc/systemd/network /etc/NetworkManager; cat /etc/network/interfaces'
}

# What is described stands soon, and nothing is left to change. NetworkManager's dispatcher runs after the event, and starts lvsgen's own unit anew,
# so that it may stand, not stand for as long as announcing takes, and stand again; once the network is online, for which
# NetworkManager-wait-online.service waits up to a minute.
stands() { # ROLE
  local since=$SECONDS
  until script "$1" verify --quiet && script "$1" check --quiet; do
    ((SECONDS - since < 180)) || break
    sleep 0.2
  done > /dev/null 2>&1
  ((SECONDS - since >= 180)) || return 0
  # What systemd says of lvsgen's own unit, where it does not stand: the last lines first, for what shows this may be short.
  on "$1" 'journalctl -b -r --no-pager -o short-monotonic -u "lvsgen-*" -u "NetworkManager*" | grep -v "<info>" | head -60
    systemctl list-jobs --no-pager; systemctl status --no-pager "lvsgen-*"' || :
  run -0 script "$1" verify
  run -0 script "$1" check
}

both() { # FUNCTION: for both roles
  "$1" director
  "$1" realserver
}

applied() {
  state "$1" > "$BATS_FILE_TMPDIR/$1.before"
  run -0 script "$1" apply
  stands "$1"
  run -0 script "$1" apply
  assert_line --partial 'changed=0'
}
@test "apply makes it stand, a second one changes nothing" { both applied; }

survives() { # ROLE LINE-OF-BASH
  on "$1" "$2"
  stands "$1"
}
rebooted() {
  container reboot "$(guest "$1")"
  stands "$1"
}

after() { # LINE-OF-BASH WHEN
  bats_test_function --description "$2: director stands after: $1" -- survives director "$1" "$2"
  bats_test_function --description "$2: real server stands after: $1" -- survives realserver "$1" "$2"
}

case $BACKEND in
  ifupdown)
    events=('ifup -a' 'ifdown ens33 2>/dev/null; ifup ens33' 'ifdown lo; ifup lo' 'systemctl restart networking')
    ;;
  ifupdown2)
    events=('ifreload -a' 'ifdown ens33; ifup ens33' 'systemctl restart networking' 'systemctl reload networking')
    ;;
  networkmanager)
    events=('nmcli connection reload' 'nmcli general reload' 'nmcli connection up lan' 'nmcli device reapply ens33' 'nmcli device reapply lo'
      'systemctl restart NetworkManager' 'nmcli connection down lan; nmcli connection up lan')
    ;;
  netplan)
    events=('netplan apply' 'networkctl reload' 'networkctl reconfigure ens33' 'systemctl restart systemd-networkd' 'ip link set ens33 down; sleep 1; ip link set ens33 up')
    ;;
  networkd)
    events=('networkctl reload' 'networkctl reconfigure ens33' 'systemctl restart systemd-networkd' 'ip link set ens33 down; sleep 1; ip link set ens33 up')
    ;;
esac
for event in "${events[@]}"; do after "$event" 'before a reboot'; done

@test "both stand after a reboot" { both rebooted; }
for event in "${events[@]}"; do after "$event" 'after a reboot'; done

# CumulusNetworks/ifupdown2#68: "a service suddenly listened on a different address after booting". A server that is told no address asks
# which families have one (AI_ADDRCONFIG): here the NIC has IPv4 by then, and no other address of IPv6 answers that than the VIP.
if [[ $BACKEND == ifupdown* ]]; then
  units=/etc/systemd/system
  late() {
    on realserver "mkdir -p $units/{networking,apache2}.service.d
      printf '[Service]\nExecStartPre=/bin/sleep 4\n' > $units/networking.service.d/slow.conf
      printf '%s\n' '[Service]' 'ExecStartPre=/sbin/sysctl -q net.ipv6.conf.ens33.addr_gen_mode=1 net.ipv6.conf.fabric0.addr_gen_mode=1' \
        'ExecStartPre=/sbin/ip -6 address flush scope link' 'ExecStartPre=/sbin/ip address replace 192.168.80.12/24 dev ens33' > $units/apache2.service.d/alone.conf"
    rebooted realserver
    on realserver "rm $units/{networking.service.d/slow,apache2.service.d/alone}.conf
      rmdir --ignore-fail-on-non-empty $units/{networking,apache2}.service.d; systemctl daemon-reload"
  }
  @test "what serves a VIP starts after it, however long the network takes at boot" { late; }
fi

undone() {
  run -0 script "$1" uninstall
  state "$1" > "$BATS_FILE_TMPDIR/$1.after"
  run -0 diff "$BATS_FILE_TMPDIR/$1.before" "$BATS_FILE_TMPDIR/$1.after"
  container reboot "$(guest "$1")"
  # networkd and NetworkManager bring addresses up when the boot is over already.
  local tries
  for tries in {1..200}; do
    state "$1" > "$BATS_FILE_TMPDIR/$1.rebooted"
    ! cmp -s "$BATS_FILE_TMPDIR/$1.before" "$BATS_FILE_TMPDIR/$1.rebooted" || break
    sleep 0.2
  done
  run -0 diff "$BATS_FILE_TMPDIR/$1.before" "$BATS_FILE_TMPDIR/$1.rebooted"
}
@test "uninstall takes it all away, for good" { both undone; }

# ---- what the back end alone has to do -----------------------------------------------------------

refused() { # ROLE LINE-OF-BASH THAT-SPOILS-IT LINE-THAT-MENDS-IT
  on "$1" "$2"
  state "$1" > "$BATS_FILE_TMPDIR/$1.before"
  run -69 script "$1" apply
  assert_output --partial '"network": "'
  assert_output --partial 'Nothing was changed.'
  run -69 script "$1" check
  assert_output --partial '"network": "'
  state "$1" > "$BATS_FILE_TMPDIR/$1.after"
  run -0 diff "$BATS_FILE_TMPDIR/$1.before" "$BATS_FILE_TMPDIR/$1.after"
  on "$1" "$3"
}

without_source_line() {
  on director "sed -i 's/^source/#source/' /etc/network/interfaces"
  state director > "$BATS_FILE_TMPDIR/director.before"
  run -0 script director apply
  assert_line 'changed  block /etc/network/interfaces  (absent)'
  rebooted director
  run -0 script director uninstall
  state director > "$BATS_FILE_TMPDIR/director.after"
  run -0 diff "$BATS_FILE_TMPDIR/director.before" "$BATS_FILE_TMPDIR/director.after"
}

others_on_loopback() {
  run -0 script realserver apply
  on realserver 'ip addr add 10.9.9.9/32 dev lo; nmcli connection reload; sleep 1; systemctl restart NetworkManager; sleep 1'
  run -0 on realserver 'ip addr show dev lo'
  assert_output --partial '10.9.9.9/32'
}

# networkd took off what keepalived had put there: Debian bug 860151, acassen/keepalived#836 and #1385.
moving_addresses() { # LINE-OF-BASH...
  local event
  on director 'ip addr add 192.168.80.188/32 dev ens33; networkctl reconfigure ens33; sleep 1'
  run -0 on director 'ip -4 -o addr show dev ens33'
  refute_output --partial 192.168.80.188
  run -0 on director 'bash moving/director.sh --only file,block,networkd'
  on director 'systemctl restart systemd-networkd; sleep 1; ip addr add 192.168.80.188/32 dev ens33; ip addr add fd00:80::188/128 dev ens33 nodad'
  for event in "$@"; do
    on director "$event; sleep 1"
    run -0 on director 'ip -o addr show dev ens33'
    assert_output --partial 'inet 192.168.80.188/32'
    assert_output --partial 'inet6 fd00:80::188/128'
  done
  on director 'ip addr del 192.168.80.188/32 dev ens33; ip addr del fd00:80::188/128 dev ens33'
  run -0 on director 'bash moving/director.sh uninstall'
  state director > "$BATS_FILE_TMPDIR/director.after"
  run -0 diff "$BATS_FILE_TMPDIR/director.before" "$BATS_FILE_TMPDIR/director.after"
}

case $BACKEND in
  networkd) restarts=('systemctl restart systemd-networkd' 'networkctl reconfigure ens33') ;;
  netplan) restarts=('systemctl restart systemd-networkd' 'networkctl reconfigure ens33' 'netplan apply') ;;
  *) restarts=() ;;
esac
if ((${#restarts[@]})); then
  bats_test_function --description 'VIPs that another program has here stay where directors take over from each other' -- moving_addresses "${restarts[@]}"
fi

case $BACKEND in
  ifupdown)
    bats_test_function --description 'a host without ifup is refused' -- refused realserver 'mv /sbin/ifup /sbin/away' 'mv /sbin/away /sbin/ifup'
    bats_test_function --description 'a NIC that something else configures is refused' -- refused director \
      "sed -i 's/ ens33/ ens99/' /etc/network/interfaces" "sed -i 's/ ens99/ ens33/' /etc/network/interfaces"
    bats_test_function --description 'interfaces(5) without a source line gets one' -- without_source_line
    ;;
  networkmanager)
    bats_test_function --description "other people's addresses on lo stay" -- others_on_loopback
    ;;
  netplan)
    bats_test_function --description 'an interface of another name in netplan is refused' -- refused director \
      "sed -i 's/    ens33:/    lan:\n      match: {name: ens33}/' /etc/netplan/50-installer.yaml; netplan generate" \
      "sed -i '/match:/d; s/    lan:/    ens33:/' /etc/netplan/50-installer.yaml; netplan generate"
    ;;
  networkd)
    bats_test_function --description 'a host without networkd is refused' -- refused director 'systemctl stop systemd-networkd; systemctl -q mask --runtime systemd-networkd.service' \
      'systemctl unmask --runtime systemd-networkd.service'
    ;;
esac
