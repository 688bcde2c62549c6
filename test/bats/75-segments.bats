#!/usr/bin/env bats
# Segments that real servers in TUN let clients send, by what a client's own socket says: the rules of the bundle in a namespace
# that carries the VIPs, a client in another.
# platforms: debian12
# shellcheck disable=SC2154

load helper

BUNDLE=${BUNDLE%/*}/segments
rules=/etc/lvsgen/segments

setup_file() {
  start_guest realserver web1 -- --sysctl net.ipv6.conf.all.disable_ipv6=0 --sysctl net.ipv6.conf.default.disable_ipv6=0
  on realserver 'apt-get install -y -q nftables iptables python3-minimal
    ip netns add server && ip netns add client
    ip link add s0 netns server type veth peer name c0 netns client
    ip -n server link set lo up && ip -n server link set s0 up && ip -n client link set c0 up
    ip -n server address add 10.7.0.1/24 dev s0 && ip -n client address add 10.7.0.2/24 dev c0
    ip -n server address add fd00:7::1/64 dev s0 nodad && ip -n client address add fd00:7::2/64 dev c0 nodad
    ip -n server address add 192.168.80.188/32 dev lo && ip -n server address add fd00:80::188/128 dev lo nodad
    ip -n client route add 192.168.80.188 via 10.7.0.1 && ip -n client -6 route add fd00:80::188 via fd00:7::1'
  enter -i "$(guest realserver)" bash -c 'cat > /root/serve' <<'PYTHON'
import socket, threading
def serve(family, port):
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6: listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    listener.bind(("", port)); listener.listen()
    while True: listener.accept()
for family in (socket.AF_INET, socket.AF_INET6):
    for port in (8080, 8081): threading.Thread(target=serve, args=(family, port)).start()
PYTHON
  enter -i "$(guest realserver)" bash -c 'cat > /root/ask' <<'PYTHON'
import socket, sys
with socket.create_connection((sys.argv[1], int(sys.argv[2])), 5) as asked:
    print(asked.getsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG))
PYTHON
  on realserver 'nohup ip netns exec server python3 /root/serve >/dev/null 2>&1 </dev/null &'
}
teardown_file() { stop_guests; }

# The segment size of a client's connection, without the 12 bytes of timestamps (RFC 7323).
size() { # ADDRESS PORT
  on realserver "for try in 1 2 3 4 5; do ip netns exec client python3 /root/ask $1 $2 2>/dev/null && exit; sleep 1; done; exit 1"
}

@test "without the rules clients fill the network's MTU" {
  run -0 size 192.168.80.188 8080
  assert_output 1448
  run -0 size fd00:80::188 8080
  assert_output 1428
}

clamped() {
  on realserver "ip netns exec server $rules/load-mss load"
  run -0 size 192.168.80.188 8080
  assert_output 1428
  run -0 size fd00:80::188 8080
  assert_output 1288
  # Another port, and another address.
  run -0 size 192.168.80.188 8081
  assert_output 1448
  run -0 size 10.7.0.1 8080
  assert_output 1448
  on realserver "ip netns exec server $rules/load-mss remove"
  run -0 size 192.168.80.188 8080
  assert_output 1448
}

@test "apply puts the files and the live rules there; check finds none missing" {
  run -0 script realserver apply --only file,netfilter
  assert_line --regexp "^changed  netfilter $rules/load-mss"
  run -0 script realserver apply --only file,netfilter
  assert_count changed 0
}

bats_test_function --description 'nftables lowers it to what fits, for the VIP and its port alone' -- clamped

@test "where nft is missing, iptables does" {
  on realserver 'mv /usr/sbin/nft /usr/sbin/nft-is-away'
  clamped
  on realserver 'mv /usr/sbin/nft-is-away /usr/sbin/nft'
}

@test "uninstall takes rules and files away" {
  run -0 script realserver uninstall
  run -0 on realserver "nft list ruleset; ls $rules 2>/dev/null; echo done"
  refute_output --regexp 'lvsgen|load-mss'
}
