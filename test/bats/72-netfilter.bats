#!/usr/bin/env bats
# Rules of nftables, and of iptables where there is no nft, in the kernel: the guest has a namespace of its own, and what the lab's
# kernels cannot load is loaded here.
# platforms: debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

bundles=${BUNDLE%/*}
BUNDLE=$bundles/netfilter
rules=/etc/lvsgen/net-filter
# What somebody else has in the kernel.
others='nft add table inet other && nft add chain inet other kept && nft add rule inet other kept tcp dport 22 accept'

setup_file() {
  start_guest director lvs1 --nic ens34=10.0.0.1/24 --mount "$bundles/netfilter4:/media/less" -- --sysctl net.ipv6.conf.all.disable_ipv6=0 --sysctl net.ipv6.conf.default.disable_ipv6=0
  on director 'apt-get install -y -q nftables && apt-get purge -y -q iptables; ! command -v iptables
    ip address add fd00:80::10/64 dev ens33 nodad; ip address add fd00:10::1/64 dev ens34 nodad
    systemctl stop nftables'
  on director "$others"
  snapshot director before --without own,modules,addresses,routes
}
teardown_file() { stop_guests; }

ruleset() { on director 'nft list ruleset'; }

# nft reads each file as the kernel would take it, and says when it would not.
accepted() { # FILE
  run -0 enter -i "$(guest director)" nft -c -f - < "$1"
  assert_output ''
  sed -E 's/ [ds]addr / adr /' "$1" > "$BATS_TEST_TMPDIR/spoiled"
  run -1 enter -i "$(guest director)" nft -c -f - < "$BATS_TEST_TMPDIR/spoiled"
}
for file in "$bundles"/*/files/*/etc/lvsgen/*/*.nft; do
  bats_test_function --description "nft accepts ${file#"$bundles"/}" -- accepted "$file"
done

@test "apply loads both tables, and leaves others' alone" {
  run -0 script director apply
  assert_line --regexp "^changed  netfilter $rules/load-marks"
  assert_line --regexp "^changed  netfilter $rules/load-source-nat"
  run -0 ruleset
  assert_line --partial 'ip daddr 192.168.80.188 tcp dport 80 meta mark set 0x00000007'
  assert_line --partial 'ip daddr 192.168.80.188 udp dport 8000-8099 meta mark set 0x00000007'
  assert_line --partial 'ip6 daddr fd00:80::188 tcp dport 443 meta mark set 0x00000008'
  assert_line --partial 'ip saddr 10.1.0.0/16 masquerade'
  assert_line --partial 'tcp dport 22 accept'
  run -0 script director verify
  run -0 script director apply
  assert_count changed 0
}

missing() { # LINE-OF-BASH LOADER
  on director "$1"
  run -1 script director verify
  assert_line --partial "netfilter $rules/$2"
  run -0 script director apply
  assert_line --regexp "^changed  netfilter $rules/$2"
  assert_count changed 1
  run -0 script director verify
}
bats_test_function --description 'a table that someone flushed comes back' -- missing 'nft flush table inet lvsgen_net_filter_director' load-marks
bats_test_function --description 'a table that someone deleted comes back' -- missing 'nft delete table ip lvsgen_net_filter_director_nat' load-source-nat
bats_test_function --description 'a rule that someone deleted comes back' -- missing \
  'nft delete rule inet lvsgen_net_filter_director prerouting handle "$(nft -a list table inet lvsgen_net_filter_director | sed -n "s/.*443.*handle //p")"' load-marks

@test "they are back after a reboot" {
  on director 'nft delete table inet other'
  container reboot "$(guest director)"
  run -0 ruleset
  assert_line --partial 'ip6 daddr fd00:80::188 tcp dport 443 meta mark set 0x00000008'
  assert_line --partial 'ip saddr 10.1.0.0/16 masquerade'
  on director "$others"
}

@test "uninstall takes both away, and leaves others' alone" {
  run -0 script director uninstall
  run -0 ruleset
  refute_line --partial lvsgen
  assert_line --partial 'tcp dport 22 accept'
  snapshot director after --without own,modules,addresses,routes
  same_state director before after
}

# The same cluster after a change: no IPv6 any more, and one network less.
less() { enter -w /media/less "$(guest director)" bash director.sh "$@"; }

in_force() { on director "{ nft list ruleset || { iptables-save && ip6tables-save; }; } 2>/dev/null"; }
assert_all() {
  run -0 in_force
  for rule in '7 tcp 192.168.80.188 80"' '8 tcp fd00:80::188 443"' 'source-nat 10.1.0.0/16"' 'source-nat fd00:10::/64"'; do
    assert_line --partial "$rule"
  done
}
assert_less() {
  run -0 in_force
  assert_line --partial '7 tcp 192.168.80.188 80"'
  assert_line --partial 'source-nat 10.0.0.0/24"'
  refute_line --regexp 'fd00|10\.1\.0\.0|udp'
}

# An update takes rules away, whose family too; rollback loads those of before; uninstall leaves nothing.
there_and_back() {
  snapshot director "before-$1" --without own,modules,addresses,routes
  run -0 script director apply
  assert_all
  run -0 less apply
  assert_less
  run -0 less apply
  assert_count changed 0
  run -0 less rollback
  assert_all
  run -0 script director verify
  run -0 less apply
  run -0 less uninstall
  run -0 in_force
  refute_line --regexp -- 'lvsgen|LVSGEN'
  snapshot director "after-$1" --without own,modules,addresses,routes
  same_state director "before-$1" "after-$1"
}
bats_test_function --description 'an update and the way back, with nftables' -- there_and_back nftables

@test "a port opens in the kernel and in nftables' own file, stays open after a reload, and closes with the uninstall" {
  on director 'printf "flush ruleset\ntable inet guard {\n chain input {\n  type filter hook input priority 0; policy accept;\n  tcp dport 22 accept\n  tcp dport 80 drop\n }\n}\n" > /etc/nftables.conf; touch -d 2001-02-03 /etc/nftables.conf; systemctl start nftables'
  run -0 script director apply --only firewall
  assert_line --regexp '^changed  firewall nftables 80/tcp'
  run -0 script director apply --only firewall
  assert_count changed 0
  on director 'systemctl reload nftables'
  run -0 ruleset
  assert_output --regexp 'tcp dport 80 accept comment "lvsgen 80/tcp"'
  run -0 script director check --only firewall
  run -0 script director uninstall --drain 0
  run -0 ruleset
  refute_output --partial 'lvsgen'
  assert_output --partial 'tcp dport 22 accept'
  run -0 on director 'stat -c %y /etc/nftables.conf; grep -c lvsgen /etc/nftables.conf || :'
  assert_output --regexp '^2001-02-03.*'$'\n''0$'
  on director 'systemctl stop nftables; nft flush ruleset'
}

@test "where nft is missing, iptables takes the rules" {
  on director 'apt-get install -y -q iptables && mv /usr/sbin/nft /usr/sbin/nft-is-away && ! command -v nft'
  run -0 script director apply
  assert_all
  refute_output --partial 'table inet'
  on director 'ip6tables -t mangle -F LVSGEN-net-filter'
  run -1 script director verify
  assert_line --partial "netfilter $rules/load-marks"
  run -0 script director apply
  assert_count changed 1
  assert_all
  run -0 script director uninstall
}
bats_test_function --description 'an update and the way back, with iptables' -- there_and_back iptables
