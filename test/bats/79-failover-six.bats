#!/usr/bin/env bats
# A director of a pair that has addresses of IPv6 alone: the host is found, the VIP moves, and the sync of connections is told by IPv6 where the
# system can. keepalived is a stand-in.
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

vip=fd00:80::188 web1=fd00:80::12
conf=/etc/keepalived/keepalived.conf

setup_file() {
  BUNDLE=$BATS_FILE_TMPDIR/six
  sed "s/PLATFORM/$PLATFORM/" > "$BUNDLE.json" << 'END'
{
  "version": 1,
  "name": "six",
  "defaults": { "platform": "PLATFORM", "interface": "ens33" },
  "hosts": {
    "lvs1": { "address6": "fd00:80::10/64" },
    "lvs2": { "address6": "fd00:80::11/64" },
    "web1": { "address6": "fd00:80::12/64" },
    "web2": { "address6": "fd00:80::13/64" },
    "sorry": { "address6": "fd00:80::60/64" }
  },
  "directors": ["lvs1", "lvs2"],
  "ha": { "routerId": 80 },
  "services": [
    {
      "name": "web",
      "vip": "fd00:80::188",
      "port": 80,
      "realservers": [{ "host": "web1" }, { "host": "web2" }],
      "sorryServer": { "host": "sorry" },
      "check": { "type": "tcp" }
    }
  ]
}
END
  node "$LVSGEN" build "$BUNDLE.json" -o "$BUNDLE" > /dev/null
  start_guest director lvs1 -- --sysctl net.ipv6.conf.all.disable_ipv6=0 --sysctl net.ipv6.conf.default.disable_ipv6=0
  install_packages director
  case $PLATFORM in
    el7) on director 'yum -y -q install keepalived && systemctl -q start rpcbind.socket rpcbind.service && setsebool -P keepalived_connect_any off' ;;
    debian12) on director 'apt-get -y -q install keepalived' ;;
  esac > /dev/null
  # The other director is there, and answers.
  on director 'modprobe ip_vs; ip -4 address flush dev ens33; ip address add fd00:80::10/64 dev ens33 nodad
    ip netns add lan; ip link set fabric0 netns lan; ip -n lan link set fabric0 up; ip -n lan address add fd00:80::11/64 dev fabric0 nodad'
  snapshot director before --without own,times
}
teardown_file() { stop_guests; }

# The sync of connections as it runs.
sync_is() { # ROLE
  case $PLATFORM in
    el7) run -0 on director 'ipvsadm -L --daemon' && refute_output --partial mcast ;;
    debian12) on director "for ((i = 0; i < 100; i++)); do ipvsadm -L --daemon | grep -q '^$1 sync daemon (mcast=ens33, syncid=80,.* group=ff12::8848' && exit 0; sleep 0.1; done; ipvsadm -L --daemon; exit 1" ;;
  esac
}

@test "IPv6 is turned off on the interface: refused by name before anything changes" {
  on director 'sysctl -q -w net.ipv6.conf.ens33.disable_ipv6=1'
  local words
  for words in check apply; do
    run -69 script director "$words" --host lvs1
    assert_line --partial "address $vip ens33  (IPv6 is turned off on ens33"
    assert_output --partial 'sysctl -w net.ipv6.conf.ens33.disable_ipv6=0'
  done
  # A description that turns it on gets it on first.
  local key
  for key in net.ipv6.conf.ens33.disable_ipv6 net/ipv6/conf/ens33/disable_ipv6; do
    sed "s#\"address6\": \"fd00:80::10/64\"#&, \"sysctls\": { \"$key\": 0 }#" "$BUNDLE.json" > "$BUNDLE-on.json"
    node "$LVSGEN" build "$BUNDLE-on.json" -o "$BUNDLE/on" --force > /dev/null
    run -2 on director 'bash on/director.sh check --host lvs1'
  done
  on director 'sysctl -q -w net.ipv6.conf.ens33.disable_ipv6=0; ip address add fd00:80::10/64 dev ens33 nodad'
  snapshot director then --without own,times
  same_state director before then
}

@test "apply: the VIP is here, the table has its real servers, and verify finds no fault" {
  run -0 script director apply
  assert_count failed 0
  run -0 on director "ip -o address show dev ens33 to $vip; ipvsadm -Sn; grep -A 2 unicast_src_ip $conf"
  assert_line --partial "$vip/128"
  assert_line -- "-a -t [$vip]:80 -r [$web1]:80 -g -w 1"
  assert_line --regexp '^ *unicast_src_ip fd00:80::10$'
  assert_line --regexp '^ *fd00:80::11$'
  sync_is master
  run -0 script director apply
  assert_count changed 0
  run -0 script director verify --only address,peer,keepalived,synced,table
}

@test "another director takes over, and this one goes on as its backup" {
  on director 'echo peer > /run/guest/keepalived; while [[ $(ip -o address show to fd00:80::188) ]]; do sleep 0.1; done'
  sync_is backup
  run -0 script director check
  on director ': > /run/guest/keepalived; until [[ $(ip -o address show to fd00:80::188) ]]; do sleep 0.1; done'
}

if [[ $PLATFORM == debian12 ]]; then
  @test "a sync of connections that a hand has ended, or told to another group, is brought back" {
    sync_is master
    on director 'ipvsadm --stop-daemon master'
    run -2 script director check
    run -0 script director apply
    sync_is master
    on director 'ipvsadm --stop-daemon master; ipvsadm --start-daemon master --mcast-interface ens33 --syncid 80'
    run -2 script director check
    assert_line --regexp '^pending +synced connections +\(ens33 80 -> ens33 80 ff12::8848\)'
    run -0 script director apply
    sync_is master
  }
fi

@test "uninstall: as before" {
  run -0 script director uninstall
  snapshot director after --without own,times
  same_state director before after
}
