#!/usr/bin/env bats
# --root DIR stays in DIR, whatever DIR holds: an image is somebody else's text.
# platforms: debian12
# shellcheck disable=SC2154,SC2016 # bats sets status and output; what is in single quotes is for the guest's shell

load ../bats/helper

image=/var/tmp/image

setup_file() {
  start_guest realserver
  on realserver "mkdir -p /opt/outside; cp /etc/fstab /etc/fstab.victim; echo precious >/opt/outside/victim; chmod 600 /opt/outside/victim
    mkdir /var/tmp/fresh; cd /var/tmp/fresh; mkdir -p etc/sysctl.d etc/network/interfaces.d var/www/html var/log usr/lib var/lib root; cp /etc/os-release usr/lib/; ln -s ../usr/lib/os-release etc/os-release
    printf 'proc /proc proc defaults 0 0\n' >etc/fstab"
}
teardown_file() { stop_guests; }

# A fresh image, and what lies outside of it.
setup() {
  on realserver "rm -rf $image; cp -a /var/tmp/fresh $image"
  outside >"$BATS_TEST_TMPDIR/outside"
}
outside() {
  on realserver 'find /etc /opt/outside /root /var/lib /var/log /var/www -path /var/log/journal -prune -o -printf "%m %u %g %s %T@ %l %p\n" | sort -k 7; sha256sum /etc/fstab* /opt/outside/*'
}
unharmed() {
  outside | diff "$BATS_TEST_TMPDIR/outside" - || fail 'something outside of the image was changed'
}

# In the image alone: apply, and what is said; the exit code is RC.
image_apply() { # RC [COMMAND]
  local rc=$1
  run enter -w /media/usb "$(guest realserver)" timeout 100 bash realserver.sh "${2:-apply}" --root "$image" --host web1
  assert_equal "$status" "$rc"
  unharmed
}

@test "an image without tricks is written, and given back" {
  image_apply 0
  run -0 script realserver apply --root "$image" --host web1
  assert_count changed 0
  image_apply 0 uninstall
  run -0 on realserver "rm -r $image/var/log/lvsgen; diff -r --no-dereference /var/tmp/fresh $image"
}

@test "S6: a link of a file that leads up and up ends below DIR" {
  on realserver "cd $image; mv etc/fstab etc/fstab.victim; ln -s ../../../../../../etc/fstab.victim etc/fstab"
  image_apply 0
  run -0 on realserver "grep -c 'BEGIN lvsgen' $image/etc/fstab.victim"
  image_apply 0 rollback
  run -0 on realserver "cmp $image/etc/fstab.victim /var/tmp/fresh/etc/fstab; readlink $image/etc/fstab"
}

@test "S6: so does an absolute one, with dots in it" {
  on realserver "cd $image; mv etc/fstab etc/fstab.victim; ln -s /../../../etc/fstab.victim etc/fstab"
  image_apply 0
  run -0 on realserver "grep -c 'BEGIN lvsgen' $image/etc/fstab.victim"
}

@test "S6: a link to /etc/shadow copies nothing of the host's into the image" {
  on realserver "cd $image; ln -sf ../../../../../../etc/shadow etc/fstab"
  image_apply 0
  run on realserver "grep -rl '^root:' $image --include=* | grep -v passwd"
  assert_output ''
}

@test "S6: links on directories, the log and the state lead below DIR, or nowhere" {
  on realserver "cd $image; rm -r etc/sysctl.d var/lib; ln -s /opt/outside etc/sysctl.d; ln -s /opt/outside var/lib; mkdir -p var/log/lvsgen opt; ln -s /root/.victim var/log/lvsgen/kgc.log"
  image_apply 0
  assert_output --partial 'nothing is written to the log'
  run -0 on realserver "find $image/opt -name '*lvsgen*' | head -1; ls -A /root/.victim 2>&1 || true"
  assert_output --partial "$image/opt/outside/"
  image_apply 0 uninstall
}

@test "S6: a loop of links ends in an error" {
  on realserver "cd $image; rm -r etc/sysctl.d; ln -s b etc/sysctl.d; ln -s sysctl.d etc/b"
  image_apply 69
  assert_output --partial 'is a loop of symbolic links'
}

@test "S6: a link that is not root's is not followed" {
  on realserver "cd $image; mv etc/sysctl.d etc/sysctl.x; ln -s sysctl.x etc/sysctl.d; chown -h nobody etc/sysctl.d"
  image_apply 69
  assert_output --partial "is a symbolic link of nobody's"
}

@test "S6: a planted journal brings its file to a place below DIR" {
  on realserver "cd $image; mkdir -p etc/cron.d var/lib/lvsgen/kgc/realserver/generations var/lib/lvsgen/kgc/realserver/blobs; cd var/lib/lvsgen/kgc/realserver; chmod -R go-rwx $image/var/lib/lvsgen
    printf 'generation 0001 boot=x started=1 sha256=x\nblock\t/etc/sel\t=saved 0001.1\t.\nend\n' >generations/0001; printf '* * * * * root id\n' >blobs/0001.1; chmod 4755 blobs/0001.1
    ln -s ../../../../../etc/cron.d/evil5 $image/etc/sel"
  image_apply 0 rollback
  run -0 on realserver "ls $image/etc/cron.d; ls /etc/cron.d"
  refute_line --regexp '^/etc/cron.d/evil5'
}

@test "S6: a journal whose names climb, or whose kept copies do, changes nothing outside" {
  local record
  for record in 'file\t/../../../etc/evil5\t=saved 0001.1' 'file\t/etc/evil5\t=saved ../../../../../../../../../etc/shadow' 'directory\t/../../opt/outside\t=directory 0777 65534 65534' 'file\t/../../../opt/outside/victim\t=absent'; do
    on realserver "rm -rf $image; cp -a /var/tmp/fresh $image; umask 077; cd $image; mkdir -p var/lib/lvsgen/kgc/realserver/generations var/lib/lvsgen/kgc/realserver/blobs; cd var/lib/lvsgen/kgc/realserver
      printf 'generation 0001 boot=x started=1 sha256=x\n$record\t.\nend\n' >generations/0001; echo evil >blobs/0001.1"
    run enter -w /media/usb "$(guest realserver)" timeout 60 bash realserver.sh rollback --root "$image" --host web1
    unharmed
    run on realserver "grep -ls '^root:' $image/etc/evil5"
    assert_output ''
  done
}

# A journal of this role in the image, with these lines in its base, as root writes it.
planted() { # BASE [LINE of bash]
  on realserver "rm -rf $image; cp -a /var/tmp/fresh $image; umask 077; cd $image; mkdir -p var/lib/lvsgen/kgc/realserver/generations var/lib/lvsgen/kgc/realserver/blobs; cd var/lib/lvsgen/kgc/realserver
    printf 'base 0\n$1\t.\n' >base; ${2:-}"
}

@test "S6: nothing that a base says was handed over runs, or brings what is not a kept copy" {
  local act
  for act in check apply rollback uninstall; do
    planted 'handed\t0+handed[$(touch${IFS}/opt/outside/ran)0] file /etc/q\t=absent' "printf 'generation 0001 boot=x started=1 sha256=x\nfile\t/etc/a\t=absent\t.\nend\n' >generations/0001"
    image_apply 69 "$act"
    assert_output --partial 'is not as lvsgen wrote it'
    planted 'handed\t0 file /etc/leak\t=saved ../../../../../../../../../etc/shadow' "printf 'generation 0001 boot=x started=1 sha256=x\nfile\t/etc/a\t=absent\t.\nend\n' >generations/0001"
    run enter -w /media/usb "$(guest realserver)" timeout 100 bash realserver.sh "$act" --root "$image" --host web1
    unharmed
    run on realserver "grep -ls '^root:' $image/etc/leak"
    assert_output ''
  done
}

@test "S6: what goes to another role of the image follows no link among its kept copies" {
  planted 'file\t/etc/q\t=saved evil' "mkdir -p ../nfs/blobs; printf 'file /etc/q\n' >../nfs/holds; ln -s /opt/outside ../nfs/blobs/kgc.realserver.evil; printf '* * * * * root id\n' >blobs/evil"
  image_apply 0 uninstall
  assert_output --partial 'still needed: kgc/nfs'
}

@test "S6: the kept copy of a file with a part of lvsgen's in it is no link" {
  planted 'setting\t/etc/conf root\t=saved 1' "printf 'root=lvsgen\n' >$image/etc/conf; ln -s /opt/outside/settings blobs/1; printf 'root=precious\n' >/opt/outside/settings"
  outside >"$BATS_TEST_TMPDIR/outside"
  image_apply 1 uninstall
  assert_output --partial 'the kept copy of /etc/conf is missing'
  run -0 on realserver "cat $image/etc/conf; rm /opt/outside/settings"
  assert_output 'root=lvsgen'
}

@test "S6: a name with line ends does not pass for what stat says of another" {
  planted 'file\t/etc/x\\n755|0|0|root|root|x|directory|'"$image"'/etc/y\t=absent' "mkdir -p '$image/etc/x
755|0|0|root|root|x|directory|$image/etc'; echo y >'$image/etc/x
755|0|0|root|root|x|directory|$image/etc/y'"
  image_apply 0 uninstall
  run -0 on realserver "find $image/etc -name '*y'"
  assert_output ''
}

@test "S6: a generation, a base or holds that is a link, or not root's, is no journal" {
  local trick
  for trick in 'ln -s /opt/outside/victim generations/0001' 'ln -s /opt/outside/victim base' 'ln -s /opt/outside/victim holds' 'echo x >base; chown nobody base' 'chown nobody .' 'chmod 777 generations' 'mkfifo base' 'rm -r blobs; ln -s /opt/outside blobs' 'mkdir ../../other; ln -s /opt/outside ../../other/director'; do
    on realserver "rm -rf $image; cp -a /var/tmp/fresh $image; umask 077; cd $image; mkdir -p var/lib/lvsgen/kgc/realserver/generations var/lib/lvsgen/kgc/realserver/blobs; cd var/lib/lvsgen/kgc/realserver; $trick"
    echo "# $trick" >&3
    image_apply 69
    assert_output --partial "lvsgen's journal"
  done
}

@test "S6: FIFOs in the way keep no run waiting" {
  on realserver "cd $image; mkdir -p var/log/lvsgen; mkfifo var/log/lvsgen/kgc.log"
  image_apply 0
  on realserver "rm -rf $image; cp -a /var/tmp/fresh $image; cd $image; rm etc/os-release usr/lib/os-release; mkfifo etc/os-release usr/lib/os-release"
  image_apply 0
  assert_output --partial 'going on'
  on realserver "rm -rf $image; cp -a /var/tmp/fresh $image; cd $image; rm etc/fstab; mkfifo etc/fstab"
  image_apply 69
  assert_output --partial 'it is a FIFO, where a regular file is to be'
  on realserver "rm -rf $image; cp -a /var/tmp/fresh $image; cd $image; mkdir -p etc/sysctl.d; mkfifo etc/sysctl.d/99-zz-lvsgen-kgc-realserver.conf"
  image_apply 69
  assert_output --partial 'it is a FIFO, where a regular file is to be'
  # It is to lie on a share, which an image has not: nobody looks at what lies there.
  on realserver "rm -rf $image; cp -a /var/tmp/fresh $image; cd $image; mkfifo var/www/html/index.html"
  image_apply 0
  assert_output --partial 'left out: file /var/www/html/index.html lies on the share of /var/www/html'
  on realserver "[[ -p $image/var/www/html/index.html ]]"
}

@test "S6: os-release is read as in a chroot" {
  on realserver "cd $image; rm etc/os-release; ln -s /../../../../opt/outside/os-release etc/os-release; printf 'ID=evil\nVERSION_ID=1\n' >/opt/outside/os-release"
  outside >"$BATS_TEST_TMPDIR/outside"
  image_apply 0
  on realserver 'rm /opt/outside/os-release'
}
