#!/usr/bin/env bats
# Two providers: which way the kernel sends what comes from each VIP, before, after, after a reboot and after the way back.
# platforms: debian12
# shellcheck disable=SC2154

load helper

BUNDLE=${BUNDLE%/*}/uplinks

setup_file() {
  start_guest realserver web1 --nic ens34=198.51.100.21/24 -- --sysctl net.ipv6.conf.all.disable_ipv6=0 --sysctl net.ipv6.conf.default.disable_ipv6=0
  on realserver 'ip address flush dev ens33 && ip address add 203.0.113.21/24 dev ens33 && ip route replace default via 203.0.113.1
    ip address add 2001:db8:1::21/64 dev ens33 nodad; ip address add 2001:db8:2::21/64 dev ens34 nodad
    ip -6 route replace default via 2001:db8:1::1 dev ens33'
  on realserver 'until ! ip -6 address show tentative | grep -q .; do sleep 0.2; done'
  # What somebody else has set.
  on realserver 'ip rule add from 10.99.0.1 lookup 99 && ip route add default via 203.0.113.9 table 99'
  # And for the very address, with a table of his own that other rules may lead to as well.
  on realserver 'ip -6 rule add from 2001:db8:2::80 lookup 98 && ip -6 route add default via 2001:db8:2::9 dev ens34 table 98'
  snapshot realserver before --without own,modules
}
teardown_file() { stop_guests; }

# By which device and router a reply from the address leaves.
leaves() { # ADDRESS
  local family=4 far=192.0.2.7
  [[ $1 != *:* ]] || family=6 far=2001:db8:77::7
  on realserver "ip -$family route get $far from $1" | sed -n 's/.* via \([^ ]*\) dev \([^ ]*\).*/\1 \2/p' | head -1
}

@test "each VIP's replies leave by its own router" {
  run -0 script realserver apply --only sysctl,address,route,uplink
  assert_line --regexp '^changed  uplink 198.51.100.80'
  run -0 leaves 203.0.113.80
  assert_output '203.0.113.1 ens33'
  run -0 leaves 198.51.100.80
  assert_output '198.51.100.1 ens34'
  run -0 leaves 2001:db8:2::80
  assert_output '2001:db8:2::1 ens34'
  run -0 leaves 203.0.113.21
  assert_output '203.0.113.1 ens33'
  run -0 on realserver 'ip -6 rule show; ip -6 route show table 98'
  assert_line --partial 'from 2001:db8:2::80 lookup 98'
  assert_line --partial 'default via 2001:db8:2::9'
  run -0 script realserver apply --only sysctl,address,route,uplink
  assert_count changed 0
}

mended() { # LINE-OF-BASH
  on realserver "$1"
  run -2 script realserver check --only uplink
  run -0 script realserver apply --only uplink
  assert_count changed 1
  run -0 leaves 198.51.100.80
  assert_output '198.51.100.1 ens34'
}
bats_test_function --description 'a rule that someone deleted comes back' -- mended 'ip rule del from 198.51.100.80'
bats_test_function --description 'a route that someone changed comes back' -- mended 'ip route replace default via 198.51.100.9 dev ens34 table 3325256784'
bats_test_function --description 'a table that someone flushed comes back' -- mended 'ip route flush table 3325256784'

@test "the boot unit sets them, and a second time adds no second rule" {
  run -0 script realserver show /etc/systemd/system/lvsgen-uplinks-realserver.service
  printf '%s\n' "$output" | sed -n 's/^ExecStart=-//p' > "$BATS_TEST_TMPDIR/commands"
  on realserver 'ip rule del from 198.51.100.80; ip route flush table 3325256784'
  enter -i "$(guest realserver)" bash -c 'cat > /run/commands' < "$BATS_TEST_TMPDIR/commands"
  on realserver 'for time in 1 2; do while read -r command; do $command; done < /run/commands; done 2>/dev/null'
  run -0 on realserver 'ip rule show | grep -c "from 198.51.100.80 "'
  assert_output 1
  run -0 script realserver apply --only uplink
  assert_count changed 0
}

@test "uninstall leaves the rules and tables of others, and none of its own" {
  run -0 script realserver uninstall
  snapshot realserver after --without own,modules
  same_state realserver before after
}

@test "--only booted does the steps of a boot, and its rollback undoes what they brought" {
  run -0 script realserver apply --only file,unit
  run -0 on realserver 'ip rule show; ip route show table 3325256784 2>/dev/null || :'
  refute_output --partial 198.51.100
  run -0 script realserver apply --only booted
  assert_count changed 1
  run -0 on realserver 'ip rule show; ip route show table 3325256784'
  assert_line --partial 'from 198.51.100.80 lookup 3325256784'
  assert_line --partial 'default via 198.51.100.1 dev ens34'
  run -0 script realserver rollback
  run -0 on realserver 'ip rule show; ip route show table 3325256784 2>/dev/null || :'
  refute_output --partial 198.51.100
  run -0 script realserver rollback
  snapshot realserver after --without own,modules
  same_state realserver before after
}
