#!/usr/bin/env bats
# What an apply made stands again after a reboot, in the right order, with no one at the keyboard.
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

setup_file() {
  local role
  for role in director realserver nfs; do
    start_guest "$role"
    script "$role" apply
  done
  # web2 is a real server too, and mounts its own export.
  on nfs 'bash realserver.sh'
}
teardown_file() { stop_guests; }

# A unit that an apply leaves to the boot (`ipvsadm`, `rc-local`) runs only after the first: then even the units are the same.
stands() {
  local without=own
  [[ $2 != reboot ]] || without=own,units
  snapshot "$1" before --without "$without"
  container "$2" "$(guest "$1")"
  run -0 script "$1" check
  run -0 script "$1" verify
  run -0 on "$1" 'systemctl list-units --failed --no-legend --plain'
  assert_output ''
  snapshot "$1" after --without "$without"
  same_state "$1" before after
}
for how in reboot reset; do
  for role in director realserver nfs; do
    bats_test_function --description "$role: stands after a $how" -- stands "$role" "$how"
  done
done

@test "the second role on web2 stands too, its own export mounted and its page served" {
  run -0 on nfs 'bash realserver.sh verify'
  run -0 on nfs 'curl -sS http://127.0.0.1/'
  assert_output 'this is benet web!'
}

@test "rollback after a reboot takes the files and what they brought up again" {
  run -0 script director rollback
  run -0 on director 'ip -o addr show; ipvsadm -Sn'
  refute_output --partial 192.168.80.188
}
