#!/usr/bin/env bats
# `check` on a host that has nothing yet: says everything, changes nothing.
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

setup_file() {
  local role
  for role in director realserver nfs; do
    start_guest "$role"
    snapshot "$role" before --live
  done
}
teardown_file() { stop_guests; }

check_pending() {
  run -2 script "$1" check
  assert_output --regexp 'pending=[1-9]'
  snapshot "$1" after --live
  same_state "$1" before after
}
for_each_role 'check exits 2 and changes nothing, not even a module' check_pending

check_diff() {
  run -2 script "$1" check --diff
  assert_line --regexp '^--- '
  assert_line --regexp '^\+\+\+ '
  assert_line --regexp '^@@ -0,0 \+1'
  snapshot "$1" after --live
  same_state "$1" before after
}
for_each_role 'check --diff shows unified diffs and changes nothing' check_diff

status_reads_only() {
  run script "$1" status
  run script "$1" verify
  assert_failure 1
  snapshot "$1" after --live
  same_state "$1" before after
}
for_each_role 'status and verify change nothing; verify finds the faults' status_reads_only
