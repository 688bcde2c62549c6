#!/usr/bin/env bats
# An exported directory that others than root can exchange for a link: the NFS server looks its name up again and again.
# platforms: debian12
# shellcheck disable=SC2154,SC2016 # bats sets status and output; what is in single quotes is for the guest's shell

load ../bats/helper

# Beside the bundle itself one whose description makes the directory above the exports root's.
setup_file() {
  local usb=$BATS_FILE_TMPDIR/usb
  mkdir "$usb"
  cp -r "$BUNDLE/." "$usb"
  cat >"$BATS_FILE_TMPDIR/settled.yaml" <<'END'
version: 1
name: settled
defaults: { platform: debian12, interface: ens33 }
hosts:
  lvs1: { address: 192.168.80.10/24 }
  web1: { address: 192.168.80.12/24 }
  web2: { address: 192.168.80.13/24, directories: [{ path: /opt, owner: root, mode: "0755" }] }
directors: [lvs1]
services: [{ name: web, vip: 192.168.80.188, port: 80, realservers: [{ host: web1 }] }]
nfs:
  server: web2
  exports: [{ path: /opt/benet, clients: { 192.168.80.0/24: [rw, sync] } }]
END
  node dist/start.cjs build --quiet --no-since "$BATS_FILE_TMPDIR/settled.yaml" -o "$usb/settled"
  BUNDLE=$usb start_guest nfs
}
teardown_file() { stop_guests; }

live() { on nfs 'cut -f 1 /var/lib/nfs/etab | sort -u'; }

@test "S5: a directory is not exported where others could exchange it: check and apply say so before anything is changed" {
  on nfs 'chown www-data /opt'
  snapshot nfs before
  run -69 script nfs check
  assert_output --partial 'what is exported there could be exchanged for any directory: others than root can change /opt'
  assert_output --partial 'chown root /opt; chmod go-w /opt'
  run -69 script nfs apply
  assert_output --partial 'others than root can change /opt'
  assert_output --partial 'Nothing was changed.'
  snapshot nfs after
  same_state nfs before after
}

@test "nor where a link of theirs stands already" {
  on nfs 'chown root /opt && ln -s /etc /opt/kgc && chown -h www-data /opt/kgc'
  run -69 script nfs apply
  assert_output --partial "/opt/kgc is a symbolic link of www-data's"
  on nfs 'rm /opt/kgc'
}

@test "what is in force there is not said to be right" {
  run -0 script nfs apply
  run -0 live
  assert_output $'/opt/benet\n/opt/kgc\n/usr/share'
  on nfs 'chown www-data /opt && cd /opt && setpriv --reuid www-data --regid www-data --clear-groups bash -c "mv benet was && ln -s /etc benet"'
  run -1 script nfs verify
  assert_line --regexp '^failed +export 192\.168\.80\.[0-9/]+ /opt/kgc'
  assert_line --regexp '^failed +export 192\.168\.80\.[0-9/]+ /opt/benet'
  assert_output --partial 'others than root can change /opt'
  run -69 script nfs apply
}

@test "and goes all the same, wherever its name leads by now" {
  run script nfs uninstall
  run -0 live
  assert_output ''
}

@test "where the description makes the directory above root's, that comes first" {
  on nfs 'rm -rf /opt/benet && mv /opt/was /opt/benet; chown www-data /opt'
  run -0 on nfs 'cd settled && bash nfs.sh check --quiet || (($? == 2))'
  run -0 on nfs 'cd settled && bash nfs.sh apply'
  assert_line --regexp '^changed +directory /opt '
  run -0 live
  assert_output /opt/benet
  run -0 on nfs 'cd settled && bash nfs.sh verify'
  run -0 on nfs 'cd settled && bash nfs.sh uninstall'
  run -0 live
  assert_output ''
  run -0 on nfs 'stat -c %U /opt'
  assert_output www-data
}

@test "what somebody else had exported below such a directory goes back, whoever can change it" {
  on nfs 'chown root /opt && mkdir -p /opt/benet && exportfs -i -o ro,insecure 192.168.80.0/24:/opt/benet'
  run -0 script nfs apply
  on nfs 'chown www-data /opt'
  run -0 script nfs uninstall
  assert_line --regexp '^changed +export 192.168.80.0/24 /opt/benet'
  run -0 on nfs 'grep -c "^/opt/benet.192.168.80.0/24(ro,.*insecure" /var/lib/nfs/etab'
}
