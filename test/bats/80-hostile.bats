#!/usr/bin/env bats
# Values that would be trouble as shell code, and what the example cluster does not use: thresholds, persistence, timeouts, an open
# firewall, enforcing SELinux.
# platforms: el7
# shellcheck disable=SC2154 # bats sets status and output

load helper

setup_file() {
  export BUNDLE=${BUNDLE%/*}/rich
  local role
  for role in director realserver nfs; do start_guest "$role"; done
}
setup() { BUNDLE=${BUNDLE%/*}/rich; }
teardown_file() { stop_guests; }

# Something has to listen where the description says that a real server does.
answer_dns() { docker exec -d "$(guest realserver)" perl -MIO::Socket::INET -e '$socket = IO::Socket::INET->new(Proto => "udp", LocalPort => 53) or die; sleep'; }

applies() {
  run -0 script "$1" apply
  assert_line --regexp 'failed=0$'
  run -0 script "$1" apply
  assert_count changed 0
  [[ $1 != realserver ]] || answer_dns
  run -0 script "$1" verify
}
for_each_role 'applies, stays, verifies' applies

@test "text is data: every file is there byte for byte, and nothing ran" {
  local artifact path compared=0
  while IFS= read -r -d '' artifact; do
    path=$(printf '%b' "${artifact//%/\\x}")
    [[ $path != /etc/sysconfig/ipvsadm ]] || continue
    enter "$(guest director)" cat "$path" > "$BATS_TEST_TMPDIR/there"
    cmp "$BUNDLE/files/lvs1$artifact" "$BATS_TEST_TMPDIR/there"
    compared=$((compared + 1))
  done < <(cd "$BUNDLE/files/lvs1" && find . -type f -print0 | sed -z 's/^\.//')
  ((compared >= 5))
  run on director 'ls -d /pwned /root/pwned /etc/motd.d/pwned /media/usb/pwned pwned'
  refute_line --regexp '^/?[a-z./]*pwned$'
}

@test "owner and mode of files and directories are as described" {
  run -0 on director 'stat -c "%a %U:%G %n" /etc/windows.lvs /etc/text.lvs "/srv/with space"'
  assert_line '600 root:root /etc/windows.lvs'
  assert_line '640 root:daemon /etc/text.lvs'
  assert_line '750 root:root /srv/with space'
}

@test "the table has weights, thresholds, persistence and one-packet scheduling" {
  run -0 on director 'ipvsadm -Sn'
  assert_line -- '-A -t 192.168.80.188:80 -s wrr -p 600 -M 255.255.255.0'
  assert_line -- '-a -t 192.168.80.188:80 -r 192.168.80.12:80 -g -w 3'
  assert_line -- '-a -t 192.168.80.188:80 -r 192.168.80.77:80 -g -w 0'
  assert_line -- '-A -u 192.168.80.189:53 -s rr -o'
  run -0 on director 'ipvsadm -Ln --thresholds'
  assert_line --regexp '192.168.80.12:80 +100 +50 '
  run -0 on director 'ipvsadm -Ln --timeout'
  assert_output --partial '600 60 200'
}

@test "the firewall is open for what the role needs and no more, SELinux enforces" {
  run -0 on director 'getenforce; systemctl is-active firewalld'
  assert_line Enforcing
  assert_line active
  run -0 on realserver 'firewall-cmd --list-all'
  assert_output --regexp '(80/tcp|http)'
  run -0 on realserver 'getsebool httpd_use_nfs'
  assert_output 'httpd_use_nfs --> on'
  run -0 on nfs 'firewall-cmd --list-all'
  assert_output --regexp '(2049/tcp|nfs)'
}

@test "thresholds and timeouts are repaired" {
  on director 'ipvsadm -e -t 192.168.80.188:80 -r 192.168.80.12:80 -g -w 3 -x 7 -y 1; ipvsadm --set 1000 1000 1000'
  run -2 script director check
  run -0 script director apply
  run -0 on director 'ipvsadm -Ln --thresholds; ipvsadm -Ln --timeout'
  assert_line --regexp '192.168.80.12:80 +100 +50 '
  assert_output --partial '600 60 200'
}

@test "they stand after a reboot" {
  container reboot "$(guest director)"
  run -0 script director check
  run -0 script director verify
}

@test "uninstall takes it all off" {
  run -0 script director uninstall
  run on director 'ls -A /etc/motd.d /etc/*.lvs "/srv/with space"'
  refute_line --regexp '^/etc/.*\.lvs$'
}
