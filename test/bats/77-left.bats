#!/usr/bin/env bats
# A host that has left the description: the scripts of now take off what those of before put on.
# platforms: debian12
# shellcheck disable=SC2154

load helper

setup_file() {
  start_guest realserver web1 --mount "${BUNDLE%/*}/left:/media/now"
  install_packages realserver
  snapshot realserver before --without own
}
teardown_file() { stop_guests; }

now() { enter -w /media/now "$(guest realserver)" bash realserver.sh "$@"; }
# The same on a machine that calls itself otherwise.
elsewhere() { enter -w /media/now "$(guest realserver)" env HOSTNAME=somewhere.bank.local bash realserver.sh "$@"; }

@test "before anything was applied, the host is none of the described" {
  run -78 now uninstall
  assert_line --partial 'this script is not for this host'
  run -78 now uninstall --host web9
  assert_line --partial 'no host web9 is described here, but web2 web3'
}

@test "its uninstall goes by the journal; apply, check and rollback stay refused" {
  run -0 script realserver
  for command in apply check verify rollback; do
    run -78 now "$command"
    assert_line --partial 'this script is not for this host'
  done
  # Whatever its kernel calls it: it tells by the name of then that it is that one.
  run -2 elsewhere uninstall --dry-run --json
  assert_line --regexp '"event":"run",.*"host":"web1","machine":"somewhere.bank.local","undescribed":1,'
  # What an older lvsgen wrote down has no name in it.
  on realserver 'cp -a /var/lib/lvsgen/kgc/realserver/generations /tmp/generations; sed -i "1s/ host=web1$//" /var/lib/lvsgen/kgc/realserver/generations/0001'
  run -2 elsewhere uninstall --dry-run --json
  assert_line --regexp '"event":"run",.*"host":"somewhere.bank.local","machine":"somewhere.bank.local","undescribed":1,'
  on realserver 'cp -a /tmp/generations/. /var/lib/lvsgen/kgc/realserver/generations; rm -r /tmp/generations'
  # A name that is mistyped has not left.
  for command in uninstall 'uninstall --dry-run'; do
    # shellcheck disable=SC2086 # a command with its option
    run -78 now $command --host web9
    assert_line --partial 'no host web9 is described here, but web2 web3'
  done
  run -2 now uninstall --dry-run --host web1
  run -0 script realserver check --json
  assert_line --regexp '"event":"run",.*"host":"web1",.*"undescribed":"",'
  run -0 now uninstall
  assert_line --partial 'is not described any more'
  assert_line --regexp '^realserver [^ ]+: ok=[0-9]+ changed=[1-9][0-9]* .*failed=0'
  snapshot realserver after --without own
  same_state realserver before after
}

@test "a second time there is nothing left to go by" {
  run -78 now uninstall
}
