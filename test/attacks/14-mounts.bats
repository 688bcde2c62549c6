#!/usr/bin/env bats
# A mount point that others than root can exchange for a link.
# platforms: debian12
# shellcheck disable=SC2154,SC2016 # bats sets status and output; what is in single quotes is for the guest's shell

load ../bats/helper

setup_file() { start_guest realserver; }
teardown_file() { stop_guests; }

@test "S5: a share is not mounted where others could move it: check and apply say so before anything is changed" {
  on realserver 'chown www-data /var/www'
  snapshot realserver before
  run -69 script realserver check
  assert_output --partial 'others than root can change /var/www'
  run -69 script realserver apply
  assert_output --partial 'others than root can change /var/www'
  assert_output --partial 'Nothing was changed.'
  snapshot realserver after
  same_state realserver before after
}

@test "nor is one that is mounted there taken off for it" {
  on realserver 'chown root /var/www'
  run -0 script realserver apply
  on realserver 'chown www-data /var/www'
  run -0 script realserver apply
  assert_count changed 0
  run -0 script realserver uninstall
  assert_line --regexp 'failed=0$'
}
