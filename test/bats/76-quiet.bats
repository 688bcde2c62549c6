#!/usr/bin/env bats
# A real server has the virtual address only while it says nothing of it.
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets output

load helper

vip=192.168.80.188

setup_file() { start_guest realserver; }
teardown_file() { stop_guests; }

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
  local order
  order=$(grep -nE "address $vip lo|sysctl net.ipv4.conf.all.arp_ignore" <<<"$output" | cut -d: -f2-)
  assert_equal "$(head -n 1 <<<"$order" | awk '{print $2}')" address
  assert_equal "$(quiet)" 0
  run ! has_address
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
