#!/usr/bin/env bats
# platforms: debian12 el7
# Text of a description that tries to become something else in a file that root's programs read.
# shellcheck shell=bash disable=SC2154,SC2016 # bats sets status and output; what is in single quotes is meant for others

load ../bats/helper

lvsgen() { "${NODE:-node}" "${LVSGEN:-$top/dist/start.cjs}" "$@"; }

# A cluster whose real server mounts a share on a path, which stands in JSON as it is given: describe TARGET [SOURCE].
describe() {
  local platform=$PLATFORM unit=apache2
  [[ $PLATFORM != el7 ]] || unit=httpd
  printf '{ "version": 1, "name": "kgc", "defaults": { "platform": "%s", "interface": "ens33" },
  "hosts": { "lvs1": { "address": "192.168.80.10/24" }, "web1": { "address": "192.168.80.12/24",
    "packages": ["%s"], "units": ["%s"],
    "mounts": [{ "source": "%s", "target": "%s" }] }, "web2": { "address": "192.168.80.13/24" } },
  "directors": ["lvs1"],
  "services": [{ "name": "web", "vip": "192.168.80.188", "port": 80, "scheduler": "rr", "realservers": [{ "host": "web1" }, { "host": "web2" }] }] }\n' \
    "$platform" "$unit" "$unit" "${2:-192.168.80.5:/srv}" "$1" > "$BATS_FILE_TMPDIR/cluster.json"
}

# What has to stand at a path, whose unit is given as systemd escapes it, in the guest; nothing runs that nobody described.
mounts_at() { # TARGET UNIT
  local unit=apache2
  [[ $PLATFORM != el7 ]] || unit=httpd
  on realserver 'systemctl daemon-reload'
  run on realserver systemctl show -p ExecStartPre --value "$unit"
  assert_output ''
  run on realserver systemctl show -p Where --value -- "$2"
  assert_output "$1"
  # Of lists, systemctl shows `\` and what is not ASCII as \xNN.
  run on realserver bash -c 'printf "%b" "$(systemctl show -p RequiresMountsFor -p Requires "$1")" | grep -qF -e "$2" -e "$3"' _ "$unit" "$1" "$2"
  assert_success
  run on realserver bash -c 'ls -d /root/CRPWN /root/CANARY /CANARY 2>/dev/null'
  assert_output ''
}

# The directory stays the one that the guest has at /media/usb.
build_for_guest() {
  lvsgen build "$BATS_FILE_TMPDIR/cluster.json" -o "$BATS_FILE_TMPDIR/out" >/dev/null
}

setup_file() {
  describe /mnt/share
  build_for_guest
  BUNDLE=$BATS_FILE_TMPDIR/out start_guest realserver
  install_packages realserver
}

teardown_file() { stop_guests; }

@test "S8: a CR in a mount target becomes no ExecStartPre=: it is refused, and named" {
  describe '/mnt/a\r[Service]\rExecStartPre=/bin/touch /root/CRPWN\rX=b'
  run lvsgen build "$BATS_FILE_TMPDIR/cluster.json" -o "$BATS_FILE_TMPDIR/none"
  assert_failure
  assert_output --partial 'error[BAD_FORMAT]'
  assert_output --partial 'U+000D (a carriage return)'
  [[ ! -e $BATS_FILE_TMPDIR/none/realserver.sh ]]
}

@test "S8: no control, bidirectional or invisible character gets into a path, and none is shown as it is" {
  local escape tried=0
  for escape in '\u0001' '\t' '\n' '\u000b' '\f' '\u001b[2J' '\u007f' '\u0085' '\u009b' '\u2028' '\u2029' '\u202e' '\u2066' '\u200b' '\u200d' '\ufeff' '\ud800' '\uffff'; do
    describe "/mnt/a${escape}b"
    run lvsgen validate "$BATS_FILE_TMPDIR/cluster.json"
    assert_failure
    assert_output --partial 'character 7 of "/mnt/a'
    refute_output --regexp $'[\x01-\x08\x0b-\x1f\x7f]'
    refute_output --partial $'\u202e'
    tried=$((tried + 1))
  done
  ((tried == 18))
}

@test "S8: quotes, %, \\ and ; in a mount target stay in it: the unit waits for that mount, and runs nothing else" {
  describe '/mnt/%n \"q'"'"'; \\\\x2f$(touch CANARY)#a'
  build_for_guest
  run script realserver apply
  assert_success
  mounts_at "/mnt/%n \"q'; \\\\x2f\$(touch CANARY)#a" 'mnt-\x25n\x20\x22q\x27\x3b\x20\x5c\x5cx2f\x24\x28touch\x20CANARY\x29\x23a.mount'
}

@test "a # in a mount target and source is no comment, and no \\043 for systemd" {
  describe '/mnt/c#1' '192.168.80.5:/srv/c#1'
  build_for_guest
  run script realserver apply
  assert_success
  mounts_at '/mnt/c#1' 'mnt-c\x231.mount'
  run on realserver systemctl show -p What --value -- 'mnt-c\x231.mount'
  assert_output '192.168.80.5:/srv/c#1'
}

@test "a name in another script stays a name" {
  describe '/mnt/网页/Straße'
  build_for_guest
  run script realserver apply
  assert_success
  on realserver 'test -d /mnt/网页/Straße && findmnt --fstab -n -o TARGET /mnt/网页/Straße'
}
