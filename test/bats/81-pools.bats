#!/usr/bin/env bats
# A pool of ranges behind three services: the table has every entry of each, a drain and a change of the pool reach all of them.
# platforms: debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

BUNDLE=${BUNDLE%/*}/pools

setup_file() {
  local next=$BATS_FILE_TMPDIR/next
  # The pool with another weight and one machine less.
  sed -e 's/"weight": 2/"weight": 3/' -e 's/192\.168\.80\.110/192.168.80.109/' "$top/examples/pools.json" > "$BATS_FILE_TMPDIR/next.json"
  node "$top/dist/start.cjs" build "$BATS_FILE_TMPDIR/next.json" -o "$next"
  # One service of three.
  sed -e 's/"port": \[80, 443\]/"port": 80/' -e '/"name": "shop", "vip"/d' "$top/examples/pools.json" > "$BATS_FILE_TMPDIR/less.json"
  node "$top/dist/start.cjs" build "$BATS_FILE_TMPDIR/less.json" -o "$BATS_FILE_TMPDIR/less"
  start_guest director lvs1 --mount "$next:/media/next" --mount "$BATS_FILE_TMPDIR/less:/media/less"
  container start "${GUEST_IMAGE:-$IMAGE}" web07 --nic ens33=192.168.80.17/24 --mount "$BUNDLE:/media/usb" > "$BATS_FILE_TMPDIR/realserver.guest"
}
teardown_file() { stop_guests; }

table() { on director 'ipvsadm -Sn'; }
# Entries of a service by weight: `40 of weight 2`.
weights() { # SERVICE
  table | grep -F -- "-a -t $1 " | sed 's/.* -w //' | sort -n | uniq -c | sed -E 's/ *([0-9]+) ([0-9]+)/\1 of weight \2/'
}

@test "every port of the list and every entry of the pool is in the table" {
  run -0 script director apply
  run -0 table
  assert_line -- '-A -t 192.168.80.188:80 -s wlc'
  assert_line -- '-A -t 192.168.80.188:443 -s wlc'
  assert_line -- '-A -t 192.168.80.189:443 -s wlc'
  assert_line -- '-a -t 192.168.80.188:443 -r 192.168.80.17:443 -g -w 2'
  assert_line -- '-a -t 192.168.80.189:443 -r 192.168.80.110:443 -g -w 1'
  assert_equal "${#lines[@]}" 153
  local service
  for service in 192.168.80.188:80 192.168.80.188:443 192.168.80.189:443; do
    run -0 weights "$service"
    assert_output "10 of weight 1
40 of weight 2"
  done
}

@test "an apply with nothing to do changes nothing, and verify has no fault" {
  run -0 script director check
  assert_count pending 0
  run -0 script director apply
  assert_count changed 0
  run -0 script director verify
}

@test "a host of the range has its own address and both VIPs" {
  run -0 script realserver apply --only sysctl,address
  run -0 on realserver 'ip -4 -o address show'
  assert_output --partial '192.168.80.17/24'
  assert_output --regexp '192\.168\.80\.188/32 .*lo'
  assert_output --regexp '192\.168\.80\.189/32 .*lo'
}

@test "a drain takes a host of the range out of all services of its pool" {
  run -0 script director drain web07 --drain 0
  local service
  for service in 192.168.80.188:80 192.168.80.188:443 192.168.80.189:443; do
    run -0 weights "$service"
    assert_output "1 of weight 0
10 of weight 1
39 of weight 2"
  done
  run -0 script director undrain web07
  run -0 weights 192.168.80.189:443
  assert_output "10 of weight 1
40 of weight 2"
}

@test "a change of the pool is a change of each of its services" {
  run -0 on director 'cd /media/next && bash director.sh apply --drain 0'
  local service
  for service in 192.168.80.188:80 192.168.80.188:443 192.168.80.189:443; do
    run -0 weights "$service"
    assert_output "9 of weight 1
40 of weight 3"
  done
  run -0 on director 'cd /media/next && bash director.sh apply'
  assert_count changed 0
}

# Counts the runs of ipvsadm that change something.
count_edits() {
  on director 'mv /usr/sbin/ipvsadm /usr/sbin/ipvsadm.real
    printf "#!/bin/bash\ncase \$* in *-R*) echo >> /run/edits ;; esac\nexec ipvsadm.real \"\$@\"\n" > /usr/sbin/ipvsadm
    chmod +x /usr/sbin/ipvsadm'
}
edits() { on director 'wc -l < /run/edits; : > /run/edits'; }
told_services() { grep -c '^changed  *service ' <<< "$output"; }

@test "a rollback puts all services of an apply back by one ipvsadm, and tells of each" {
  count_edits
  run -0 script director rollback
  assert_equal "$(told_services)" 3
  run -0 edits
  assert_output 1
  run -0 weights 192.168.80.189:443
  assert_output "10 of weight 1
40 of weight 2"
  run -0 script director check
  assert_count pending 0
}

@test "services that are described no longer go by one ipvsadm, and a rollback brings them back by one" {
  run -0 on director 'cd /media/less && bash director.sh apply --drain 0'
  assert_equal "$(told_services)" 2
  run -0 edits
  assert_output 1
  run -0 table
  assert_equal "${#lines[@]}" 51
  run -0 on director 'cd /media/less && bash director.sh check'
  assert_count pending 0
  run -0 script director rollback
  assert_equal "$(told_services)" 2
  run -0 edits
  assert_output 1
  run -0 table
  assert_equal "${#lines[@]}" 153
}

@test "an uninstall takes all services out by one ipvsadm" {
  run -0 script director uninstall --drain 0
  assert_equal "$(told_services)" 3
  run -0 edits
  assert_output 1
  run -0 on director '[[ ! -e /proc/net/ip_vs ]] || ipvsadm.real -Sn'
  assert_output ''
}
