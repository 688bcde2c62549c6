#!/usr/bin/env bats
# Hosts as people have them: what stood there before, what others put beside, what a hand did. Each row is one situation: the state
# before, what apply says and does, what a boot leaves, and the state after a rollback or an uninstall, which is that before.
# platforms: el7 debian12
# shellcheck disable=SC2154

load helper

setup_file() {
  export BUNDLE=$LVSGEN_BUNDLES/life-$PLATFORM
}
teardown() { stop_guests; rm -f "$BATS_FILE_TMPDIR"/*.guest; }

# A guest of its own for each row: prepared ROLE COMMANDS, which make it a host with a life.
prepared() {
  start_guest "$1"
  install_packages "$1"
  on "$1" 'modprobe nf_conntrack' # what IPVS brings along here
  on "$1" "$2"
  snapshot "$1" before --without own
}

as_before() { # ROLE
  snapshot "$1" after --without own
  same_state "$1" before after
}

addresses() { on "$1" 'ip -o -4 address show dev ens33 | sed -E "s/.*inet ([^ ]+).*(scope.*)\\\\.*/\1 \2/"'; }

# ---- addresses --------------------------------------------------------------------------------------------------

# The VIP by hand with the segment's mask, before the host's own address: Debian has promote_secondaries off, and `ip address del`
# takes the own address along. (Seen at people who follow a tutorial: ifconfig ens33:0 VIP netmask 255.255.255.0.)
by_hand='for device in all ens33; do echo 0 > /proc/sys/net/ipv4/conf/$device/promote_secondaries; done
  ip address flush dev ens33
  ip address add 192.168.80.188/24 brd + dev ens33 label ens33:0
  ip address add 192.168.80.10/24 brd + dev ens33
  ip address add 192.168.80.77/24 dev ens33 label ens33:9
  ip route replace default via 192.168.80.1 dev ens33
  ip route replace 10.9.0.0/16 via 192.168.80.7 dev ens33 src 192.168.80.10'

@test "the VIP by hand with the segment's mask, the own address its secondary: that one stays, and the order comes back" {
  prepared director "$by_hand"
  addresses director > "$BATS_TEST_TMPDIR/before"
  run -0 script director
  run -0 addresses director
  assert_line --partial '192.168.80.10/24'
  assert_line --partial '192.168.80.77/24'
  assert_line --partial '192.168.80.188/32'
  refute_output --partial '192.168.80.188/24'
  run -0 on director 'ip route show'
  assert_line --partial 'default via 192.168.80.1 dev ens33'
  assert_line --partial '10.9.0.0/16 via 192.168.80.7'
  assert_line --partial '192.168.80.0/24 dev ens33'
  run -0 script director
  assert_count changed 0
  run -0 script director rollback
  addresses director > "$BATS_TEST_TMPDIR/after"
  run -0 diff "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
  as_before director
}

@test "the same with --confirm, which lapses" {
  prepared director "$by_hand"
  addresses director > "$BATS_TEST_TMPDIR/before"
  run -0 script director --confirm 1
  run -0 on director 'for i in {1..200}; do ! ip -4 address show dev ens33 | grep -q 188/24 || ! ls /etc/systemd/system/lvsgen-life-director-confirm* >/dev/null 2>&1 || exit 0; sleep 0.1; done; ip address; ls /run/systemd /etc/systemd/system >&2; true'
  addresses director > "$BATS_TEST_TMPDIR/after"
  run -0 diff "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
}

@test "the VIP is the only address of its network: refused before anything changes" {
  prepared director 'ip address flush dev ens33; ip address add 192.168.80.188/24 dev ens33'
  run -69 script director --host lvs1
  assert_output --partial 'the only address of ens33 in that network'
  as_before director
}

@test "a session that has come to the VIP: uninstall leaves that address, and says so" {
  prepared director ''
  run -0 script director
  run -1 on director 'SSH_CONNECTION="192.168.80.200 50022 192.168.80.188 22" bash director.sh uninstall'
  assert_output --partial 'this session has come to 192.168.80.188'
  run -0 on director 'ip -4 address show dev ens33'
  assert_output --partial '192.168.80.188/32'
  # sudo takes the variable away: a process above has it.
  run -1 on director 'env SSH_CONNECTION="192.168.80.200 50022 192.168.80.188 22" bash -c "env -u SSH_CONNECTION bash director.sh uninstall; exit \$?"'
  run -0 on director 'SSH_CONNECTION="192.168.80.200 50022 192.168.80.10 22" bash director.sh uninstall'
  as_before director
}

# ---- aliases -----------------------------------------------------------------------------------------------------

@test "aliases are named after the cluster, beside those of others" {
  [[ $PLATFORM == el7 ]] || skip 'ifcfg'
  prepared director 'cd /etc/sysconfig/network-scripts
    printf "DEVICE=ens33:0\nIPADDR=192.168.80.50\nPREFIX=24\n" > ifcfg-ens33:0
    printf "DEVICE=ens33:1\nIPADDR=192.168.80.51\nPREFIX=24\n" > ifcfg-ens33:1'
  run -0 script director
  run -0 on director 'cd /etc/sysconfig/network-scripts && ls && cat ifcfg-ens33:0 ifcfg-ens33:life ifcfg-ens33:lifeV2'
  assert_line 'IPADDR=192.168.80.50'
  assert_line 'IPADDR=192.168.80.188'
  assert_line 'IPADDR=192.168.80.189'
  run -0 script director uninstall
  as_before director
}

# A file of somebody else's where lvsgen's own goes: FILE of ROLE.
foreign() {
  prepared "$1" "mkdir -p '${2%/*}'; echo '# not of lvsgen' > '$2'; chmod 640 '$2'; touch -d '2021-02-03 04:05:06.7' '$2'"
  run -2 script "$1" check --adopt
  run -69 script "$1" check
  run -69 script "$1"
  assert_output --partial "$2"
  assert_output --partial 'lvsgen did not write it'
  assert_output --partial '--adopt'
  as_before "$1"
  run -0 script "$1" --adopt
  run -0 script "$1"
  assert_count changed 0
  run -0 script "$1" rollback
  as_before "$1"
}

own_files() {
  case $PLATFORM in
    el7) printf '%s\n' /etc/sysconfig/network-scripts/ifcfg-ens33:life /etc/sysctl.d/99-zz-lvsgen-life-director.conf ;;
    debian12) printf '%s\n' /etc/network/interfaces.d/lvsgen-life-director /etc/systemd/system/ipvsadm.service.d/lvsgen-life-director.conf ;;
  esac
}
while IFS= read -r file; do
  bats_test_function --description "somebody else's ${file##*/} is refused by name, taken over by --adopt, and given back" -- foreign director "$file"
done < <(own_files)
