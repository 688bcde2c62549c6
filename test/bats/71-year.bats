#!/usr/bin/env bats
# What months of operations do to the journal, on a live host: many applies, ways back that were not taken at once, a power cut in
# the middle, roles that come and go. (The rest of it, with files alone, is in test/simulate.)
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

setup_file() {
  local role
  for role in director nfs; do
    start_guest "$role"
    install_packages "$role"
    # What a reboot or an NFS server brings up by itself is there before.
    on "$role" 'systemctl -q start rpcbind.socket rpcbind.service'
  done
  on director 'modprobe ip_vs'
  for role in director nfs; do snapshot "$role" before --without own; done
}
teardown_file() { stop_guests; }

as_before() {
  snapshot "$1" after --without own
  same_state "$1" before after
}

# Its run ends a moment after its unit is gone.
wait_until_put_back() {
  on director 'unit=/etc/systemd/system/lvsgen-confirm-kgc-director.service
    for ((i = 0; i < 600; i++)); do [[ -e $unit ]] || break; sleep 0.1; done
    [[ ! -e $unit ]] && flock -w 60 /run/lvsgen.lock true'
}

@test "after all kept generations were rolled back, an unconfirmed apply takes back what it changed and no more" {
  # shellcheck disable=SC2016 # the guest's bash counts
  run -0 on director 'bash director.sh apply --quiet || exit 1
    for ((i = 1; i <= 12; i++)); do
      echo "# change $i" >> /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf
      bash director.sh apply --quiet || exit 1
    done'
  run -0 script director rollback --to 3
  assert_output --partial 'this host is as before generation 4'
  on director 'echo "# one more" >> /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf'
  run -0 script director apply --confirm 2
  assert_count changed 1
  wait_until_put_back
  run -0 on director 'tail -n 1 /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf; ip -o address show; ls /var/lib/lvsgen/kgc/director'
  assert_line --partial '# one more'
  assert_line --partial 192.168.80.188/32
  assert_line base
  # Nothing is left to go back to, and that is said; nothing happens.
  run -0 script director rollback
  assert_output --partial 'the way to before generation 3 is not kept any more; uninstall undoes everything'
  # What a hand wrote is back.
  run -2 script director check
  assert_count pending 1
  run -0 script director uninstall --drain 0
  as_before director
}

@test "a generation after the 9999th is the last one" {
  run -0 script director apply
  on director 'cd /var/lib/lvsgen/kgc/director/generations && mv 0001 9999 && echo "# by hand" >> /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf'
  run -0 script director apply
  run -0 on director 'ls /var/lib/lvsgen/kgc/director/generations'
  assert_output $'10000\n9999'
  run -0 script director rollback
  assert_output --partial 'generation 9999 is in force again'
  run -0 script director uninstall --drain 0
  as_before director
}

# What files bring up at the next boot is known to the journal before they are there.
exports_of_an_ended_apply() { # STEP...
  on nfs "$*"
  container reset "$(guest nfs)"
  on nfs 'systemctl start nfs-server && exportfs -a && exportfs'
  run -0 script nfs uninstall
  run -0 on nfs 'exportfs; ls /etc/exports.d 2>/dev/null || :'
  assert_output ''
}

@test "an apply that ended with the exports' file, a power cut, uninstall: nothing is exported any more" {
  exports_of_an_ended_apply 'bash nfs.sh apply --only directory,file'
}

@test "an apply that was killed right after the exports' file, a power cut, uninstall: nothing is exported any more" {
  # shellcheck disable=SC2016 # the guest's bash
  exports_of_an_ended_apply '
    bash nfs.sh apply >/dev/null 2>&1 & run=$!
    for ((i = 0; i < 20000; i++)); do [[ -e /etc/exports.d/lvsgen-usr-share.exports ]] && break; done
    kill -KILL $run; wait $run; true'
}

@test "an edit by hand that an apply overwrites is kept aside, also within a generation that is open" {
  run -0 script director apply
  on director 'echo "# tuned" >> /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf'
  run -0 script director apply
  assert_output --partial 'was changed by hand; that version is kept as /var/lib/lvsgen/kept-by-hand/'
  run -0 on director 'grep -l "# tuned" /var/lib/lvsgen/kept-by-hand/*'
  run -0 script director uninstall --drain 0
  run -0 on director 'grep -l "# tuned" /var/lib/lvsgen/kept-by-hand/* && rm -r /var/lib/lvsgen/kept-by-hand && rmdir /var/lib/lvsgen 2>/dev/null; true'
  as_before director
}
