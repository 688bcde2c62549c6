#!/usr/bin/env bats
# extract writes to a directory of the caller's own alone.
# platforms: debian12
# shellcheck disable=SC2154,SC2016 # bats sets status and output; what is in single quotes is for the guest's shell

load ../bats/helper

setup_file() {
  start_guest realserver
  on realserver 'echo precious >/etc/victim.conf; mkdir /etc/victimdir'
}
teardown_file() { stop_guests; }

unharmed() {
  run -0 on realserver 'cat /etc/victim.conf; ls -A /etc/victimdir'
  assert_output precious
}

@test "S7: what somebody laid into DIR is not written through" {
  on realserver 'runuser -u www-data -- sh -c "mkdir -p /tmp/ex/web1/var/www/html /tmp/ex/web1/etc; ln -s /etc/victim.conf /tmp/ex/web1/var/www/html/index.html; ln -s /etc/victimdir /tmp/ex/web1/etc/sysctl.d"'
  run -69 script realserver extract /tmp/ex
  assert_output --partial 'is not a directory of your own'
  unharmed
}

@test "S7: a FIFO in it keeps no run waiting" {
  on realserver 'rm -rf /tmp/ex; mkdir -p /tmp/ex/web1/etc; mkfifo /tmp/ex/web1/etc/fstab'
  run -69 enter -w /media/usb "$(guest realserver)" timeout 60 bash realserver.sh extract /tmp/ex
  assert_output --partial 'is not empty'
}

@test "S7: DIR itself: a FIFO, a file, a link to another's, one that others may write to" {
  local trick rc
  while read -r rc trick; do
    on realserver "rm -rf /tmp/ex; $trick"
    run enter -w /media/usb "$(guest realserver)" timeout 60 bash realserver.sh extract /tmp/ex
    echo "# $trick" >&3
    assert_equal "$status" "$rc"
    unharmed
  done <<'END'
1 mkfifo /tmp/ex
1 touch /tmp/ex
69 ln -s /etc/victimdir /tmp/ex; chown www-data /etc/victimdir
69 mkdir -m 777 /tmp/ex
69 mkdir /tmp/ex; chown www-data /tmp/ex
69 ln -s /nonexistent /tmp/ex
END
  on realserver 'chown root /etc/victimdir'
}

@test "a new directory, and an empty one of one's own, get every file" {
  on realserver 'rm -rf /tmp/ex; mkdir /tmp/ex'
  run -0 script realserver extract /tmp/ex
  run -0 script realserver extract /tmp/ex2
  run -0 on realserver 'diff -r /tmp/ex /tmp/ex2 && find /tmp/ex -type f | wc -l; cmp /tmp/ex/web1/var/www/html/index.html files/web1/var/www/html/index.html'
  run -0 on realserver 'cd /tmp && runuser -u www-data -- bash /media/usb/realserver.sh extract /tmp/ex3; stat -c %U /tmp/ex3'
  assert_line 'www-data'
}

@test "a directory that is exchanged for a link as soon as it is there, twenty times, leads nowhere" {
  on realserver 'rm -rf /tmp/ex* /srv/open; mkdir -m 777 /srv/open'
  run -0 on realserver 'perl -e '\''my $end = time + 100; $< = $> = 33; for my $i (1 .. 20) { until (-d "/srv/open/$i" || time > $end) {} rename("/srv/open/$i", "/srv/open/$i.x") && symlink("/etc/victimdir", "/srv/open/$i") or print "late\n" }'\'' &
    for ((i = 1; i <= 20; i++)); do bash realserver.sh extract /srv/open/$i >/dev/null 2>&1 || echo "rc=$?"; done; wait; ls -A /etc/victimdir'
  printf '# %s\n' "$output" >&3
  refute_output --partial web1
  refute_output --partial late
  unharmed
}

@test "a directory that is exchanged for a link between making and opening it is not written to" {
  docker cp "$BATS_TEST_DIRNAME/functions.bash" "$(guest realserver):/root/functions.bash" >/dev/null 2>&1
  on realserver 'rm -rf /srv/open; mkdir -m 777 /srv/open'
  run -0 on realserver 'source /root/functions.bash /media/usb/realserver.sh
    mkdir() { command mkdir "$@" && mv -T /srv/open/ex /srv/open/ex.x && ln -s /etc/victimdir /srv/open/ex; }
    (extract_command /srv/open/ex) && echo written || echo "rc=$?"
    ls -A /etc/victimdir /srv/open/ex.x'
  assert_output --partial 'was exchanged while it was walked'
  assert_line 'rc=69'
  refute_output --partial web1
  unharmed
}
