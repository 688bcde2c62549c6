#!/usr/bin/env bats
# From the scripts of an earlier lvsgen to those of now, and back, on hosts that have what those left: state, journal, files.
# platforms: el7
# shellcheck disable=SC2154 # bats sets status and output

load helper

setup_file() {
  local role former=$BATS_FILE_TMPDIR/former
  mkdir "$former"
  for role in director realserver nfs; do xz -dc "$top/test/fixtures/former/$role.sh.xz" >"$former/$role.sh"; done
  for role in director realserver nfs; do
    start_guest "$role" "$(host_of "$role")" --mount "$former:/media/former"
    install_packages "$role"
    on "$role" 'modprobe ip_vs; echo "# of the site" >>/etc/rc.d/rc.local' # kernel modules stay
    snapshot "$role" before --without own
  done
}
teardown_file() { stop_guests; }

former() { enter -w /media/former "$(guest "$1")" bash "$1.sh" "${@:2}"; }

stands() {
  run -0 former "$1"
  assert_output --regexp 'changed=[1-9]'
  [[ $1 != director ]] || former director drain web1
  # Something that came by hand, which no later script may take for its own.
  on "$1" 'echo by hand >/etc/lvsgen-by-hand'
  run -0 former "$1"
  assert_count changed 0
  snapshot "$1" former --without own
}
for_each_role 'the earlier script has been applied' stands

reads() {
  run former "$1" history
  run -0 script "$1" history
  assert_output --regexp '(^|[^0-9])1([^0-9]|$)'
  run -0 script "$1" status
  run script "$1" check
  [[ $status == 0 || $status == 2 ]]
}
for_each_role 'the script of now reads what it left' reads

upgraded() {
  run -0 script "$1"
  assert_count failed 0
  [[ $1 != director ]] || { run -0 on director 'ipvsadm -Ln'; assert_output --regexp '192.168.80.12:80 +Route +0 '; }
  run -0 script "$1"
  assert_count changed 0
  run -0 script "$1" check
  run -0 on "$1" 'cat /etc/lvsgen-by-hand'
}
for_each_role 'it brings the host to what it describes, leaves the drained out, and then has nothing to do' upgraded

refused() {
  # As a release writes it that has another format: its newest generation says so.
  on "$1" 'cd /var/lib/lvsgen/kgc/*/generations && cp -p "$(ls | tail -1)" /root/kept && sed -i "s/ format=1 / format=2 /" "$(ls | tail -1)" && grep -q format=2 "$(ls | tail -1)"'
  snapshot "$1" newer
  for command in apply check rollback uninstall; do
    run -69 former "$1" "$command"
    assert_output --partial 'is of format 2'
  done
  snapshot "$1" refused
  same_state "$1" newer refused
  on "$1" 'cd /var/lib/lvsgen/kgc/*/generations && cp -p /root/kept "$(ls | tail -1)" && rm /root/kept'
}
for_each_role 'the earlier script refuses state of a format that it does not know, and changes nothing' refused

back() {
  local last
  run -0 former "$1" history
  last=$(on "$1" 'ls /var/lib/lvsgen/kgc/*/generations | tail -1')
  run -0 script "$1" rollback --to 1
  snapshot "$1" back --without own
  # Who is drained outlives a rollback: the rules file is written anew, with the same in it.
  [[ $1 != director ]] || sed -Ei 's/ [0-9.]+ (.etc.sysconfig.ipvsadm)$/ \1/' "$BATS_FILE_TMPDIR/director."{former,back}
  same_state "$1" former back
  run -0 former "$1"
  assert_count failed 0
}
for_each_role 'a rollback by it leads to what the earlier one had made, which goes on' back

gone() {
  on "$1" 'rm -f /etc/lvsgen-by-hand'
  run -0 script "$1" uninstall
  snapshot "$1" after --without own
  same_state "$1" before after
}
for_each_role 'its uninstall takes off what the earlier one put on' gone
