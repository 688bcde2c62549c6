#!/usr/bin/env bats
# --root DIR: the files alone, into an image; the running system is not touched.
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

setup_file() {
  start_guest director
  start_guest realserver
  for role in director realserver; do
    on "$role" 'mkdir -p /image/etc /srv && cp -a /etc/. /image/etc/ && chmod 700 /image'
    snapshot "$role" before
  done
}
teardown_file() { stop_guests; }

root_apply() {
  run -0 script "$1" apply --root /image --host "$(host_of "$1")"
  assert_output --regexp 'changed=[1-9][0-9]* failed=0'
  run -0 script "$1" apply --root /image --host "$(host_of "$1")"
  assert_count changed 0
  run -0 script "$1" check --root /image --host "$(host_of "$1")"
}

root_files() {
  local host artifact path compared=0
  host=$(host_of "$1")
  while IFS= read -r artifact; do
    path=/image$(printf '%b' "${artifact//%/\\x}")
    case $path in
      */rc.local | */fstab | */network/interfaces | */selinux/config | /image/etc/default/* | /image/var/www/*) continue ;;
    esac
    on "$1" cmp "files/$host$artifact" "$path"
    compared=$((compared + 1))
  done < <(cd "$BUNDLE/files/$host" && find . -type f | sed 's/^\.//')
  ((compared > 0))
}

root_only() {
  snapshot "$1" after
  same_state "$1" before after
}

for role in director realserver; do
  bats_test_function --description "$role: writes into the image, once" -- root_apply "$role"
  bats_test_function --description "$role: the files are those of the bundle" -- root_files "$role"
  bats_test_function --description "$role: nothing outside the image changed" -- root_only "$role"
done

@test "another host's files can be written from here" {
  on director 'mkdir -p /image2/etc'
  run -0 on director 'bash realserver.sh apply --root /image2 --host web2 2>&1'
  refute_output --partial 'internal error'
  run -0 on director 'find /image2 -name "*lvsgen*realserver*"'
  assert_output
  snapshot director after
  same_state director before after
}

@test "rollback in the image takes it back" {
  run -0 script director rollback --root /image --host lvs1
  run -0 on director 'diff -r --no-dereference /etc /image/etc'
}

@test "a symbolic link in the image does not lead out of it" {
  on director 'mkdir -p /image3/etc /outside && ln -s /outside /image3/etc/sysctl.d'
  run script director apply --root /image3 --host lvs1
  run on director 'ls -A /outside'
  assert_output ''
}
