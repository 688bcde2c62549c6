#!/usr/bin/env bats
# packages.source of the description: the folder alone, or nothing at all, whatever repository is within reach.
# platforms: el7
# shellcheck disable=SC2154 # bats sets status and output

load helper

setup_file() {
  local source
  for source in carried installed; do
    BUNDLE=${BUNDLE%/*}/$source start_guest "$source" lvs1
    on "$source" 'mkdir /root/usb && cp /media/usb/*.sh /root/usb'
  done
}
teardown_file() { stop_guests; }

director() { enter -i -w /root/usb "$(guest "$1")" bash director.sh --only package "${@:2}"; }
carry() { on "$1" 'mkdir -p /root/usb/packages/el7/x86_64 && cd /root/usb/packages/el7/x86_64 && cp /repo/noarch/ipvsadm-*.rpm . && sha256sum *.rpm > SHA256SUMS'; }

@test 'carried: never from a repository' {
  run -0 on carried 'yum -q list --available ipvsadm'
  run -69 director carried
  assert_output --partial 'Two ways out'
  assert_output --partial 'packages/el7/x86_64'
  run -1 on carried 'rpm -q ipvsadm'
}

@test 'carried: from the folder' {
  carry carried
  run -0 director carried
  assert_line --regexp '^changed +package ipvsadm'
}

@test 'installed: never, not even from a folder' {
  carry installed
  run -69 director installed
  assert_output --partial 'ipvsadm'
  assert_output --partial 'installed beforehand'
  run -69 director installed --packages /root/usb/packages
  run -1 on installed 'rpm -q ipvsadm'
}

@test 'installed: what is there is enough' {
  on installed 'yum -y -q install ipvsadm'
  run -0 director installed
  assert_line --regexp '^ok +package ipvsadm'
}
