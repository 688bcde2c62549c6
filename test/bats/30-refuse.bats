#!/usr/bin/env bats
# What a script refuses, with which exit code, and that it then did nothing.
# platforms: el7
# shellcheck disable=SC2154 # bats sets status and output

load helper

setup_file() {
  start_guest director
  snapshot director before
}
teardown_file() { stop_guests; }

refused() {
  local code=$1
  shift
  run "-$code" "$@"
  assert_output
  snapshot director after
  same_state director before after
}

for arguments in 'frobnicate' '--frobnicate' 'apply extra' 'show' 'extract' '--host' '--wait x' '--drain -1' '--only nothing' 'apply --to 1' 'check --purge' \
  'rollback --to x' '--root /tmp' '--root /nowhere --host lvs1' 'drain' '--host=' '--diff=yes' '--version=1' '--help=x' '--=z' 'show /etc/shadow'; do
  # shellcheck disable=SC2086 # words
  bats_test_function --description "wrong usage is 64: $arguments" -- refused 64 script director $arguments
done

for other in realserver nfs; do
  bats_test_function --description "$other.sh drains nothing, and takes no --drain: 64" -- refused 64 on director "bash $other.sh apply --drain 0"
  bats_test_function --description "$other.sh is not for this host: 78" -- refused 78 on director "bash $other.sh"
done

@test "a host of the description that is not this one, by --host: done only when told" {
  refused 78 script director --host web1
  refused 78 script director --host nobody
}

@test "a command that would change something, not as root: 77" {
  refused 77 on director 'setpriv --reuid=65534 --regid=65534 --clear-groups bash director.sh apply'
}

@test "list, show, --help and --version need no root" {
  run -0 on director 'setpriv --reuid=65534 --regid=65534 --clear-groups bash director.sh list'
  run -0 on director 'setpriv --reuid=65534 --regid=65534 --clear-groups bash director.sh show /etc/sysconfig/ipvsadm --host lvs1'
  run -0 on director 'setpriv --reuid=65534 --regid=65534 --clear-groups bash director.sh --help'
  run -0 on director 'setpriv --reuid=65534 --regid=65534 --clear-groups bash director.sh --version'
}

@test "another system than the one described: 78, or what --force-platform says" {
  on director 'sed -i.kept s/VERSION_ID=.*/VERSION_ID=\"9\"/ /etc/os-release'
  snapshot director before
  refused 78 script director
  refused 78 script director check
  run -2 script director check --force-platform
  on director 'mv /etc/os-release.kept /etc/os-release'
  snapshot director before
}

@test "a package that cannot be had: 69, named, with what to do, and nothing else is changed" {
  on director 'mv /repo /repo.away; rm -rf /var/cache/dnf'
  run -69 script director
  assert_output --partial ipvsadm
  assert_output --partial --packages
  on director 'mv /repo.away /repo; yum -q makecache'
  snapshot director after --without own,times
  container snapshot "$(guest director)" --without own,times > /dev/null
  run on director 'ip addr show; ls /etc/sysconfig/ipvsadm /etc/sysctl.d; cat /proc/sys/net/ipv4/ip_forward'
  refute_output --partial 192.168.80.188
  refute_output --partial lvsgen
}

@test "a module that cannot be loaded: 69, named" {
  on director 'rm /usr/sbin/modprobe; printf "#!/bin/sh\necho modprobe: FATAL: Module not found >&2; exit 1\n" > /usr/sbin/modprobe; chmod +x /usr/sbin/modprobe'
  run -69 script director
  assert_output --partial ip_vs
  on director 'ln -sf /usr/lib/stand-in/modprobe /usr/sbin/modprobe'
  run -0 script director
}

@test "two at once: the second is told who holds the lock: 75; --wait waits" {
  # A run that is held up half way, by a package manager that does not come back.
  on director 'rpm -e --nodeps ipvsadm; mv /usr/bin/yum /usr/bin/yum.real
    printf "#!/bin/sh\ntouch /run/waiting; while [ -e /run/waiting ]; do sleep 0.1; done; exec yum.real \"\$@\"\n" > /usr/bin/yum; chmod +x /usr/bin/yum
    (bash director.sh > /run/first.log 2>&1 &) ; until [ -e /run/waiting ]; do sleep 0.1; done'
  run -75 script director
  assert_output --regexp '[0-9]{2,}'
  run -75 script director --wait 1
  on director '(sleep 2; rm /run/waiting) > /dev/null 2>&1 &'
  run -0 script director --wait 30
  assert_count changed 0
  on director 'mv /usr/bin/yum.real /usr/bin/yum'
  run -0 on director 'cat /run/first.log'
  assert_line --partial 'failed=0'
}

@test "check and status need no lock" {
  on director 'exec 9>>/run/lock/held; (flock 9; sleep 3) & true'
  run -0 script director check
}
