#!/usr/bin/env bats
# A disk that is full, a file system that is read-only, a kernel that refuses: nothing is lost, and when it is mended all goes on.
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

setup_file() {
  start_guest director
  install_packages director
  on director 'modprobe ip_vs; mkdir -p /var/lib/lvsgen /var/log/lvsgen; echo "# mine" > /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf'
  snapshot director before --without own
}
teardown_file() { stop_guests; }

# Of the mount that a test makes there is a line and a unit.
as_before() { # [PART OF THE MOUNT'S NAME]
  container snapshot "$(guest director)" --without own | grep -v -e "^/[a-z./]*${1:-there is none} tmpfs" -e "${1:-there is none}\\.mount" > "$BATS_FILE_TMPDIR/director.after"
  same_state director before after
}

# What is below a directory moves to a small file system of its own with so many KiB to spare, and comes back without its mount.
# (A tmpfs counts pages, and takes size=0 for no limit: one page is filled.)
onto() { # DIR KIB
  on director "mkdir -p /run/was; cp -a $1/. /run/was/
    pages=\$(find $1 -type f -printf '%s\n' | awk '{ pages += int((\$1 + 4095) / 4096) } END { print pages + 1 }')
    mount -t tmpfs -o size=\$((pages * 4 + $2))k,mode=755 small $1
    cp -a /run/was/. $1/; head -c 4096 /dev/zero > $1/.filler; rm -rf /run/was"
}
grow() { on director "mount -o remount,size=8m $1; rm -f $1/.filler"; }
back() { # DIR
  on director "mkdir -p /run/was; cp -a $1/. /run/was/; umount $1; cp -a /run/was/. $1/; rm -rf /run/was"
}

# How far an apply gets, differs with the room there is.
full_after() { # KIB
  onto /var/lib/lvsgen "$1"
  run script director apply
  if ((status != 0)); then
    assert_failure 1
    refute_output --partial 'internal error'
  fi
  run -0 script director rollback
  as_before lvsgen
  run script director apply
  grow /var/lib/lvsgen
  run -0 script director apply
  run -0 script director check
  run -0 script director uninstall
  back /var/lib/lvsgen
  as_before
}
for room in 0 4 8 12 16 24 40; do
  bats_test_function --description "the state directory's disk is full after $room KiB" -- full_after "$room"
done

@test "the disk of the files is full" {
  onto /etc/sysctl.d 0
  run -1 script director apply
  assert_output --partial /etc/sysctl.d
  refute_output --partial 'internal error'
  run -0 on director 'cat /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf; ls -A /etc/sysctl.d'
  assert_line '# mine'
  refute_line --partial .lvsgen.
  grow /etc/sysctl.d
  run -0 script director apply
  run -0 script director uninstall
  back /etc/sysctl.d
  as_before
}

@test "the state directory is read-only: refused before any change" {
  on director 'mkdir -p /var/lib/lvsgen; mount --bind /var/lib/lvsgen /var/lib/lvsgen; mount -o remount,bind,ro /var/lib/lvsgen'
  run -1 script director apply
  assert_output --partial /var/lib/lvsgen
  run -0 script director rollback
  on director 'umount /var/lib/lvsgen'
  as_before
}

@test "a directory of the files is read-only: it fails there, and goes on from there" {
  on director 'mount --bind /etc/modules-load.d /etc/modules-load.d; mount -o remount,bind,ro /etc/modules-load.d'
  run -1 script director apply
  assert_output --partial /etc/modules-load.d
  run -0 script director rollback
  run -1 script director apply
  on director 'umount /etc/modules-load.d'
  run -0 script director apply
  run -0 script director uninstall
  as_before
}

@test "a file that may not be changed (chattr +i): it fails there, the way back too, until it may" {
  on director 'chattr +i /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf'
  run -1 script director apply
  on director 'chattr -i /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf'
  run -0 script director apply
  on director 'chattr +i /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf'
  run -1 script director rollback
  on director 'chattr -i /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf'
  run -0 script director rollback
  run -0 script director uninstall
  as_before
}

@test "the kernel refuses a setting: it fails there, and rollback leads back" {
  on director 'echo 1 > /proc/sys/net/ipv4/conf/ens33/send_redirects; mount --bind /proc/sys/net/ipv4/conf/ens33/send_redirects /proc/sys/net/ipv4/conf/ens33/send_redirects
    mount -o remount,bind,ro /proc/sys/net/ipv4/conf/ens33/send_redirects'
  run -1 script director apply
  assert_line --regexp '^failed   sysctl '
  on director 'umount /proc/sys/net/ipv4/conf/ens33/send_redirects'
  run -0 script director rollback
  run -0 script director uninstall
  as_before
}

@test "/tmp is full: here documents of an old bash need it; nothing is done then, or all of it" {
  on director 'mount -t tmpfs -o size=4k small /tmp; head -c 4096 /dev/zero > /tmp/full'
  run script director apply
  local ended=$status
  on director 'umount /tmp'
  if ((ended != 0)); then as_before; fi
  run -0 script director apply
  run -0 script director uninstall
  as_before
}
