#!/usr/bin/env bats
# `build --per-host`: a host's own folder, and nothing else, brings about what the whole bundle does, and takes it off.
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

setup_file() {
  local role host
  export WHOLE=$BUNDLE OWN=$BATS_FILE_TMPDIR/out
  node "$top/dist/start.cjs" build "$top/examples/${BUNDLE##*/}.json" --quiet --per-host -o "$OWN"
  for role in director realserver nfs; do
    host=$(host_of "$role")
    BUNDLE=$OWN/hosts/$host start_guest "$role" "$host" --mount "$WHOLE:/media/whole"
    install_packages "$role"
    on "$role" 'modprobe ip_vs' # kernel modules stay
    snapshot "$role" before --without own
  done
}
teardown_file() { stop_guests; }

is_whole() {
  run -0 on "$1" 'sha256sum -c --quiet --strict SHA256SUMS'
  run -0 on "$1" 'stat -c "%a %n" * | grep -vE "^(700 .*[.]sh|600 [^.]*|600 .*[.](md|json)|700 (files|parts))$" || true'
  assert_output ''
}
for_each_role 'the folder is whole, and root alone reads it' is_whole

applied() {
  run script "$1" check
  assert_equal "$status" 2
  run -0 script "$1"
  assert_output --regexp 'changed=[1-9]'
  run -0 script "$1" verify
  run -0 script "$1"
  assert_count changed 0
}
for_each_role 'an apply brings it about, and a second one changes nothing' applied

# The guest of the real server is web1, that of nfs.sh web2.
as_the_whole() {
  run -0 on "$1" "bash /media/whole/$1.sh check"
  assert_count pending 0
  run -0 on "$1" "bash /media/whole/$1.sh verify"
}
for_each_role 'it is what the whole bundle describes' as_the_whole

@test "the doctor of a folder knows its host" {
  local role
  for role in director realserver nfs; do
    run on "$role" 'bash doctor.sh'
    assert_output --partial "doctor $(host_of "$role"): "
    refute_output --partial 'unbound variable'
  done
}

@test "a script of another host's folder does nothing here" {
  docker cp "$OWN/hosts/web2/realserver.sh" "$(guest realserver):/root/other.sh"
  run on realserver 'bash /root/other.sh; code=$?; rm /root/other.sh; exit $code'
  assert_equal "$status" 78
}

taken_back() {
  run -0 script "$1" rollback
  snapshot "$1" after --without own
  same_state "$1" before after
  run -0 on "$1" "bash /media/whole/$1.sh"
  run -0 script "$1" check
  assert_count pending 0
  run -0 script "$1" uninstall
  snapshot "$1" after --without own
  same_state "$1" before after
}
for_each_role 'it takes back what it did, and what the whole bundle did' taken_back
