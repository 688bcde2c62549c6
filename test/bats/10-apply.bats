#!/usr/bin/env bats
# What every script does first: bring a fresh host to the described state, from nothing installed, and leave it alone after that.
# platforms: el7 debian12-bare
# shellcheck disable=SC2154 # bats sets status and output

load helper

setup_file() {
  local role
  for role in director realserver nfs; do start_guest "$role"; done
}
teardown_file() { stop_guests; }

first_apply() {
  run -0 script "$1"
  assert_line --regexp '^changed  ?'
  assert_line --regexp "^$1 $(host_of "$1"): ok=[0-9]+ changed=[1-9][0-9]* failed=0$"
}
for_each_role 'a first apply installs, changes and says so' first_apply

@test "a second role on the same host goes beside the first" {
  run -0 on nfs 'bash realserver.sh'
  run -0 on nfs 'bash nfs.sh check'
  run -0 on nfs 'bash realserver.sh check'
}

files_as_built() {
  local host artifact path compared=0
  host=$(host_of "$1")
  while IFS= read -r artifact; do
    path=$(printf '%b' "${artifact//%/\\x}")
    on "$1" cmp "files/$host$artifact" "$path"
    compared=$((compared + 1))
  done < <(cd "$BUNDLE/files/$host" && find . -type f | sed 's/^\.//')
  ((compared > 0))
  [[ -d $BUNDLE/parts/$host ]] || return 0
  # Of a file of somebody else's, the lines that the script puts there.
  while IFS= read -r artifact; do
    path=$(printf '%b' "${artifact//%/\\x}")
    [[ $path != /etc/network/interfaces ]] || continue # the guests' own line brings lvsgen's file in
    run -0 on "$1" cat "$path"
    assert_output --partial "$(cat "$BUNDLE/parts/$host$artifact")"
  done < <(cd "$BUNDLE/parts/$host" && find . -type f | sed 's/^\.//')
}
for_each_role 'what it wrote is bit for bit what the bundle shows' files_as_built

second_apply() {
  snapshot "$1" before-second --live
  run -0 script "$1"
  assert_count changed 0
  refute_line --regexp '^(changed|failed)'
  snapshot "$1" after-second --live
  same_state "$1" before-second after-second
}
for_each_role 'a second apply changes nothing, restarts nothing, writes nothing' second_apply

check_agrees() {
  run -0 script "$1" check
  refute_line --regexp '^(changed|pending|failed)'
}
for_each_role 'check agrees' check_agrees

verify_agrees() {
  run -0 script "$1" verify
  refute_line --regexp '^failed'
}
for_each_role 'verify finds it so' verify_agrees

status_shows() {
  run -0 script "$1" status
  assert_output --partial "$(host_of "$1")"
}
for_each_role 'status shows it' status_shows

no_leftovers() {
  run -0 on "$1" "find / -xdev \( -name '*.lvsgen*' -o -name '.lvsgen*' -o -name '*lvsgen*.tmp*' \) -not -path '/proc/*' -not -path '/media/*' -print"
  assert_output ''
}
for_each_role 'no temporary file is left' no_leftovers
