#!/usr/bin/env bats
# The guests themselves: what stands in for the kernel behaves as the real thing does, so that the other files prove something.
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

setup_file() {
  start_guest director
  install_packages director
  enter -i "$(guest director)" sh -c 'cat > /root/in' << 'RULES'
-A -f 7 -6 -s mh -p 60 -M 64 -b mh-port
-A -t 10.0.0.5:443 -s sh -p 360 -b sh-port,sh-fallback
-A -u 10.0.0.5:53 -o
-a -u 10.0.0.5:53 -r 10.1.0.3:99 -g
-A -t [2001:db8::1]:80
-a -t [2001:db8:0::1]:80 -r [2001:db8::2]:80 -i --tun-type gue --tun-port 6080 --tun-csum
-A -t 203.0.113.9:80 -s wrr -p 600 -M 255.255.255.0
-a -t 203.0.113.9:80 -r 203.0.113.11:80
-a -t 10.0.0.5:443 -r 192.168.1.11:8443 -m -w 3
-a -t 10.0.0.5:443 -r 192.168.1.10:443 -m
-A -f 7 -s rr
-a -f 7 -r 10.0.0.8 -i
-a -f 7 -6 -r [2001:db8::8]:80 -w 0
-A -t 10.0.0.5:5060 -s rr -p 30 --pe sip
-A --sctp-service 10.0.0.5:36412 -s rr
-a --sctp-service 10.0.0.5:36412 -r 10.1.0.9:36412 -i --tun-type gre
RULES
}
teardown_file() { stop_guests; }

# What ipvsadm 1.31 prints for that table (its own print and sort code was run).
saved='-A -t 203.0.113.9:80 -s wrr -p 600 -M 255.255.255.0
-a -t 203.0.113.9:80 -r 203.0.113.11:80 -g -w 1
-A -t 10.0.0.5:443 -s sh -p 360 -b sh-fallback,sh-port
-a -t 10.0.0.5:443 -r 192.168.1.10:443 -m -w 1
-a -t 10.0.0.5:443 -r 192.168.1.11:8443 -m -w 3
-A -t 10.0.0.5:5060 -s rr -p 30 --pe sip
-A -u 10.0.0.5:53 -s wlc -o
-a -u 10.0.0.5:53 -r 10.1.0.3:53 -g -w 1
-A --sctp-service 10.0.0.5:36412 -s rr
-a --sctp-service 10.0.0.5:36412 -r 10.1.0.9:36412 -i -w 1 --tun-type gre --tun-nocsum
-A -t [2001:db8::1]:80 -s wlc
-a -t [2001:db8::1]:80 -r [2001:db8::2]:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-csum
-A -f 7 -s rr
-a -f 7 -r 10.0.0.8:0 -i -w 1 --tun-type ipip
-A -f 7 -6 -s mh -p 60 -M 64 -b mh-port
-a -f 7 -6 -r [2001:db8::8]:80 -g -w 0'

@test "ipvsadm-save prints the table in ipvsadm's own order and words" {
  run -0 on director 'ipvsadm -R < /root/in && ipvsadm-save -n'
  assert_output "$saved"
}

@test "ipvsadm-restore clears first, ipvsadm -R does not" {
  run -0 on director 'ipvsadm-save -n > /root/saved; ipvsadm -A -t 9.9.9.9:9 -s rr; ipvsadm-restore < /root/saved; ipvsadm-save -n'
  assert_output "$saved"
  run -0 on director 'printf -- "-A -t 9.9.9.9:9 -s rr\n-d -f 7 -r 10.0.0.8\n" | ipvsadm -R; ipvsadm-save -n'
  assert_line -- '-A -t 9.9.9.9:9 -s rr'
  assert_line -- "-A -t 10.0.0.5:5060 -s rr -p 30 --pe sip"
  refute_output --partial 10.0.0.8
}

refuses() {
  local code=$1 message=$2
  shift 2
  run "-$code" on director "$@"
  assert_output --partial "$message"
}

# CODE MESSAGE COMMAND, as ipvsadm and the kernel have them.
while IFS='|' read -r code message command; do
  bats_test_function --description "ipvsadm: $command" -- refuses "$code" "$message" "$command"
done << 'TABLE'
255|Service already exists|ipvsadm -A -f 7
255|No such service|ipvsadm -D -t 1.1.1.1:1
255|No such service|ipvsadm -E -t 1.1.1.1:1 -s rr
255|Service not defined|ipvsadm -a -t 1.1.1.1:1 -r 2.2.2.2
255|Destination already exists|ipvsadm -a -t 203.0.113.9:80 -r 203.0.113.11
255|No such destination|ipvsadm -d -t 203.0.113.9:80 -r 203.0.113.99
255|Scheduler or persistence engine not found|ipvsadm -A -t 1.1.1.1:1 -s nope
255|Numerical result out of range|ipvsadm -e -t 203.0.113.9:80 -r 203.0.113.11 -x 1 -y 2
2|Zero port specified for non-persistent service|ipvsadm -A -t 1.1.1.1
2|One-Packet Scheduling is only for UDP virtual services|ipvsadm -A -t 1.1.1.1:1 -o
2|Different address family is allowed only for tunneling servers|ipvsadm -a -t 203.0.113.9:80 -r [2001:db8::1]
2|illegal weight specified|ipvsadm -e -t 203.0.113.9:80 -r 203.0.113.11 -w 65536
2|You need to supply the 'real-server' option for the 'add-server' command|ipvsadm -a -t 203.0.113.9:80
2|Illegal 'weight' option with the 'add-service' command|ipvsadm -A -t 1.1.1.1:1 -w 3
2|You need to supply the 'tun-port' option for the 'gue' tunnel type|ipvsadm -a -t 203.0.113.9:80 -r 203.0.113.12 -i --tun-type gue
255|Try|printf '# no comment here\n' | ipvsadm -R
0|Service already exists|printf -- '-A -f 7\n-e -f 7 -6 -r [2001:db8::8]:80 -w 0\n' | ipvsadm -R
TABLE

@test "thresholds and timeouts are shown where ipvsadm shows them, and not saved" {
  run -0 on director 'ipvsadm -e -t 203.0.113.9:80 -r 203.0.113.11 -x 9 -y 3; ipvsadm --set 10 0 20; ipvsadm -Ln --thresholds; ipvsadm -Ln --timeout'
  assert_line --regexp '^  -> 203.0.113.11:80 +9 +3 +0 +0 +$'
  assert_line 'Timeout (tcp tcpfin udp): 10 120 20'
  run -0 on director 'ipvsadm-save -n'
  refute_output --partial -- '-x'
}

@test "connections that a test makes are counted and listed" {
  on director 'printf "TCP 192.168.80.200:5000 203.0.113.9:80 203.0.113.11:80 ESTABLISHED 899\nTCP 192.168.80.200:5001 203.0.113.9:80 203.0.113.11:80 FIN_WAIT 60\n" > /run/guest/connections'
  run -0 on director 'ipvsadm -Ln; ipvsadm -Lnc; rm /run/guest/connections'
  assert_line --regexp '^  -> 203.0.113.11:80 +Route +1 +1 +1 +$'
  assert_line --regexp '^TCP 14:59  ESTABLISHED 192.168.80.200:5000 203.0.113.9:80 +203.0.113.11:80$'
}

@test "modules: held while in use, sysctls come and go with ip_vs, ipvsadm loads it" {
  run -1 on director 'modprobe -r ip_vs_wrr'
  assert_output --partial 'is in use'
  run -0 on director 'ipvsadm -C; for m in /sys/module/ip_vs_*; do rmmod "${m##*/}"; done; rmmod ip_vs; ls -d /sys/module/ip_vs /proc/sys/net/ipv4/vs 2>/dev/null || true'
  assert_output ''
  run -0 on director 'ipvsadm -Sn; lsmod; cat /proc/sys/net/ipv4/vs/expire_nodest_conn'
  assert_line --regexp '^ip_vs '
  assert_line 0
  run -1 on director 'modprobe no_such_module'
}

@test "a reboot takes table, modules, addresses and unsaved sysctls; files and the network card stay" {
  on director 'ipvsadm -A -t 1.1.1.1:1 -s rr; ip addr add 192.168.80.188/32 dev ens33; echo 1 > /proc/sys/net/ipv4/conf/all/log_martians; echo kept > /etc/kept; echo kept > /opt/kept'
  container reboot "$(guest director)"
  run -0 on director 'ls -d /sys/module/ip_vs* 2>/dev/null; ip -o -4 addr show dev ens33; cat /proc/sys/net/ipv4/conf/all/log_martians /etc/kept /opt/kept'
  refute_output --partial ip_vs
  refute_output --partial 192.168.80.188
  assert_output --partial 192.168.80.10/24
  assert_line 0
  assert_line --index -1 kept
}

@test "a snapshot is the same twice, and tells a change of each kind" {
  snapshot director one
  snapshot director two
  same_state director one two
  local change
  for change in 'touch /etc/kept' 'chmod 600 /etc/kept' 'echo x >> /opt/kept' 'ip addr add 10.9.9.9/32 dev lo' 'ip route add 10.8.8.8/32 dev lo' \
    'echo 1 > /proc/sys/net/ipv4/conf/lo/log_martians' 'modprobe ip_vs' 'ipvsadm -A -t 1.1.1.1:1' 'systemctl -q mask rpcbind.socket' 'mount -t tmpfs x /srv'; do
    snapshot director one
    on director "$change"
    snapshot director two
    ! diff -q "$BATS_FILE_TMPDIR/director.one" "$BATS_FILE_TMPDIR/director.two" > /dev/null || fail "not seen: $change"
  done
}

@test "a live snapshot tells which service was started again, and nothing of one that came and went" {
  on director 'stays=$(printf "%s\n" "[Service]" Type=oneshot RemainAfterExit=yes ExecStart=/bin/true)
    for unit in first second third; do printf "%s\n" "$stays" > "/run/systemd/system/$unit.service"; done
    printf "%s\n" "$stays" | grep -v Remain > /run/systemd/system/brief.service; systemctl daemon-reload; systemctl start first second third'
  local unit
  for unit in first second third; do
    snapshot director one --live
    on director "systemctl restart $unit brief; systemctl show brief.service ipvsadm.service absent.service > /dev/null"
    snapshot director two --live
    run -0 bash -c "diff '$BATS_FILE_TMPDIR/director.one' '$BATS_FILE_TMPDIR/director.two' | sed -n 's/^[<>] \(.*\) [0-9a-f]*$/\1/p' | sort -u"
    assert_output "invocation $unit.service"
  done
}
