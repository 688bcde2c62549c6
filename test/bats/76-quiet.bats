#!/usr/bin/env bats
# A real server has the virtual address only while it says nothing of it.
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets output

load helper

vip=192.168.80.188

setup_file() { start_guest realserver; }
teardown_file() { stop_guests; }

# The same cluster in NAT, in which a real server has no virtual address, at /run/nat.
nat() {
  local example=kgc-$PLATFORM
  [[ $PLATFORM != el7 ]] || example=kgc
  sed 's|"mode": "dr"|"mode": "nat"|; s|"forwarding": "off"|"forwarding": "on"|; s|"address": "192.168.80.1[23]/24",|& "gateway": "192.168.80.10",|' "$top/examples/$example.json" > "$BATS_FILE_TMPDIR/nat.json"
  node "$LVSGEN" build "$BATS_FILE_TMPDIR/nat.json" -o "$BATS_FILE_TMPDIR/nat" > "$BATS_FILE_TMPDIR/nat.log" 2>&1 || fail "$(cat "$BATS_FILE_TMPDIR/nat.log")"
  on realserver mkdir -p /run/nat
  tar -C "$BATS_FILE_TMPDIR/nat" -c . | enter -i "$(guest realserver)" tar -x -C /run/nat
}

# Of the address and the setting, the kinds in the order of what was said.
order() { grep -E "address $vip lo|sysctl net.ipv4.conf.all.arp_ignore" <<<"$output" | awk '{print $2}' | xargs; }

quiet() { on realserver 'cat /proc/sys/net/ipv4/conf/all/arp_ignore'; }
has_address() { on realserver "ip -o address show to $vip" | grep -q "$vip"; }

@test "--only does not put it on without what keeps it quiet" {
  run -69 script realserver apply --only address
  assert_output --partial 'this host would answer ARP for it: net.ipv4.conf.all.arp_ignore = 1 is not in force, and --only leaves it out'
  run ! has_address
  run -0 script realserver apply --only address,sysctl
  assert_equal "$(quiet)" 1
  has_address
}

@test "an uninstall takes it off before it is heard again, whichever was there first" {
  # In a generation of its own, later than the address: somebody had set it to 0.
  on realserver 'echo 0 >/proc/sys/net/ipv4/conf/all/arp_ignore'
  run -0 script realserver apply --only address,sysctl
  run -0 script realserver uninstall
  assert_equal "$(order)" 'address sysctl'
  assert_equal "$(quiet)" 0
  run ! has_address
}

@test "an apply that describes it no longer does so as well" {
  nat
  on realserver 'echo 1 >/proc/sys/net/ipv4/conf/all/arp_ignore'
  run -0 script realserver apply
  on realserver 'echo 0 >/proc/sys/net/ipv4/conf/all/arp_ignore'
  run -0 script realserver apply
  run -0 on realserver 'bash /run/nat/realserver.sh'
  assert_equal "$(order)" 'address sysctl'
  assert_equal "$(quiet)" 0
  run ! has_address
}

@test "the way back from there keeps the host quiet before it has the address again" {
  run -2 on realserver 'bash /run/nat/realserver.sh rollback --dry-run'
  assert_equal "$(order)" 'sysctl address'
  run -0 on realserver 'bash /run/nat/realserver.sh rollback'
  assert_equal "$(order)" 'sysctl address'
  assert_equal "$(quiet)" 1
  has_address
}

@test "the same where nobody confirms it" {
  run -0 on realserver 'bash /run/nat/realserver.sh apply --confirm 2'
  run ! has_address
  on realserver "for ((i = 0; i < 600; i++)); do [[ -e /etc/systemd/system/lvsgen-confirm-kgc-realserver.service ]] || break; sleep 0.1; done; flock -w 60 /run/lvsgen.lock true"
  assert_equal "$(quiet)" 1
  has_address
  run -0 on realserver 'journalctl -b -o cat -u lvsgen-confirm-kgc-realserver.service'
  assert_equal "$(order)" 'sysctl address'
  run -0 script realserver uninstall
}

@test "one that was there before the first apply is kept quiet, and said to be there" {
  on realserver "cd /proc/sys/net/ipv4/conf; for card in all lo; do echo 1 >\$card/arp_ignore; echo 2 >\$card/arp_announce; done; ip address add $vip/32 dev lo"
  run -0 script realserver apply
  on realserver 'echo 0 >/proc/sys/net/ipv4/conf/all/arp_ignore'
  run -0 script realserver apply
  run -0 script realserver uninstall
  assert_output --regexp "kept +sysctl net.ipv4.conf.all.arp_ignore  \(it stays: this host has $vip on lo, and would answer ARP for it"
  assert_equal "$(quiet)" 1
  has_address
}
