#!/usr/bin/env bats
# A cluster gets another name: its new scripts are applied, its former ones uninstalled. Whoever is served notices nothing of it: the table
# is looked at all the while.
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

vip=192.168.80.188

setup_file() {
  local renamed=$BATS_FILE_TMPDIR/renamed
  sed 's/"name": "kgc"/"name": "abc"/' "$top/examples/${BUNDLE##*/}.json" > "$renamed.json"
  node "$LVSGEN" build "$renamed.json" -o "$renamed" > "$renamed.log" 2>&1 || fail "$(cat "$renamed.log")"
  start_guest director lvs1 --mount "$renamed:/media/renamed"
  start_guest nfs web2 --mount "$renamed:/media/renamed"
  install_packages director
  install_packages nfs
  # As where nobody has decided it yet: what it takes along is otherwise than described.
  on director 'modprobe ip_vs; echo 1 > /proc/sys/net/ipv4/ip_forward; for file in /proc/sys/net/ipv4/conf/*/send_redirects; do echo 1 > "$file"; done'
  snapshot director before --without own
  snapshot nfs before --without own
}
teardown_file() { stop_guests; }

former() { on "$1" bash "/media/usb/$1.sh" "${@:2}"; }
renamed() { on "$1" bash "/media/renamed/$1.sh" "${@:2}"; }

begin_watching() {
  on director ': > /run/watched; (while [[ -e /run/watched ]]; do ipvsadm -Sn; echo ==; done >> /run/seen) > /dev/null 2>&1 &'
}

# Each look at the table had both real servers with their weight.
never_away() {
  on director 'rm /run/watched; sleep 0.5'
  run -0 on director "awk -v RS='==\n' '{ looks++; if (gsub(/ -r 192\.168\.80\.1[23]:80 -g -w 1\n/, \"\") != 2) { print \"look \" looks \":\"; print } } END { exit looks < 20 }' /run/seen; rm /run/seen"
  assert_output ''
}

given_back() { # ROLE
  run -0 renamed "$1" uninstall
  snapshot "$1" after --without own
  same_state "$1" before after
}

settled() { # ROLE
  run -0 renamed "$1" check
  run -0 renamed "$1" verify
}

after_nothing() { :; }
after_a_life() {
  former director apply
  on director "ipvsadm -e -t $vip:80 -r 192.168.80.13:80 -g -w 7"
  former director apply
  former director drain web1
  former director undrain web1
}

rename_director() { # WAY-THERE WAY-BACK [WORD…]
  run -0 "$1"
  run -0 former director
  begin_watching
  run -0 renamed director "${@:3}"
  [[ ${3:-} != --confirm ]] || run -0 renamed director confirm
  run -0 former director "$2"
  assert_line --partial "kept     service -t $vip:80"
  assert_count failed 0
  never_away
  run -0 on director 'ipvsadm -Sn'
  assert_line -- "-a -t $vip:80 -r 192.168.80.12:80 -g -w 1"
  assert_line -- "-a -t $vip:80 -r 192.168.80.13:80 -g -w 1"
  settled director
  # Where the way back was no uninstall, its former name is there still.
  run -0 former director uninstall
  settled director
  given_back director
}
bats_test_function --description "uninstall of the former name keeps every real server's weight" -- rename_director after_nothing uninstall
bats_test_function --description "the same after a second apply and a drain, and with --confirm" -- rename_director after_a_life uninstall --confirm 60
bats_test_function --description "rollback of the former name keeps them too" -- rename_director after_nothing rollback

@test "a --confirm of the new name that nobody confirms leaves the former one's real servers alone" {
  run -0 former director
  # Something that the new name has to change, so that there is something to confirm.
  on director 'echo 0 > /proc/sys/net/ipv4/vs/expire_nodest_conn'
  begin_watching
  run -0 renamed director apply --confirm 2
  run -0 on director 'for ((i = 0; i < 300; i++)); do [[ -e /etc/systemd/system/lvsgen-confirm-abc-director.service ]] || exit 0; sleep 0.1; done; exit 1'
  never_away
  run -0 former director apply --wait 60
  run -0 former director verify
  run -0 former director uninstall
  snapshot director after --without own
  same_state director before after
}

@test "check of the new name says what it does not hold yet, and the share outlives the former one" {
  run -0 former nfs
  run -2 renamed nfs check
  assert_line --regexp '^pending +holds abc/nfs  \(not of this role yet, apply claims it: .+ and [0-9]+ more\)$'
  assert_count pending 1
  run -0 renamed nfs
  assert_line --regexp '^changed +holds abc/nfs  \(of this role from now on: .+\)$'
  assert_count changed 1
  run -0 renamed nfs check
  run -0 renamed nfs
  assert_count changed 0
  run -0 former nfs uninstall
  run -0 on nfs 'exportfs -s'
  assert_output --partial '/opt/kgc  192.168.80.0/24'
  run -0 on nfs 'systemctl is-active nfs-server.service'
  settled nfs
  given_back nfs
}
