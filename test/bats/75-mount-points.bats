#!/usr/bin/env bats
# A mount point as the kernel and systemd know it: other names and spellings of it, drop-ins of its unit, and what is mounted below it.
# platforms: el7 debian12
# shellcheck disable=SC2154

load helper
load life

# A plain apply, one with --adopt and a check refuse it in these words, and change nothing.
refused() { # WORDS
  local command
  for command in check apply 'apply --adopt'; do
    # shellcheck disable=SC2086 # with its option
    run -69 script realserver $command
    assert_output --partial "$1"
  done
  as_before realserver
}

@test "a mount point behind a symbolic link is refused by its own name" {
  prepared realserver 'mkdir -p /var/www/html; mv /var/www /srv/www; ln -s /srv/www /var/www'
  refused 'it is to mount at /var/www/html, which is another name of /srv/www/html'
}

# Older versions mounted it there once an apply, and left it there.
@test "what an older version mounted behind a symbolic link goes with an uninstall" {
  prepared realserver 'mkdir -p /var/www/html'
  run -0 script realserver
  on realserver 'umount /var/www/html; mv /var/www /srv/www; ln -s /srv/www /var/www; for i in 1 2; do mount -t nfs -o ro 192.168.80.13:/opt/kgc /var/www/html; done; grep -c /srv/www/html /proc/self/mountinfo'
  run -0 script realserver uninstall
  run -0 on realserver 'grep /srv/www/html /proc/self/mountinfo || echo nothing'
  assert_output nothing
}

@test "a line of fstab that leads to the mount point by a link is refused" {
  prepared realserver 'mkdir -p /var/www/html; ln -s /var/www /srv/site; echo "192.168.80.99:/old /srv/site/html nfs noauto 0 0" > /etc/fstab; systemctl daemon-reload'
  refused 'line 1: 192.168.80.99:/old /srv/site/html nfs noauto 0 0'
}

spelled() { # MOUNT-POINT
  prepared realserver "mkdir -p /var/www/html; echo '192.168.80.99:/old $1 nfs noauto 0 0' > /etc/fstab; systemctl daemon-reload"
  run -69 script realserver
  assert_output --partial "in line 1: 192.168.80.99:/old $1 nfs noauto 0 0"
  run -0 script realserver --adopt
  run -0 on realserver 'cat /etc/fstab'
  refute_output --partial /old
  run -0 script realserver uninstall
  as_before realserver
}
for spelling in /var/www//html /var/./www/html/ '/var/www/\150tml' /var/www/html/.; do
  bats_test_function --description "fstab's $spelling is the same mount point" -- spelled "$spelling"
done

dropped_in() { # DIRECTORY
  local file=/$1/systemd/system/$2/site.conf
  prepared realserver "mkdir -p /var/www/html ${file%/*}; printf '[Unit]\nDescription=What=ever\n[Mount]\n# Options=rw\nTimeoutSec=9\n' > $file; systemctl daemon-reload"
  run -0 script realserver check --only mount || ((status == 2))
  on realserver "printf '%s\n' '[Mount]' 'What = 192.168.80.99:/old' > $file; systemctl daemon-reload"
  snapshot realserver before --without own
  refused "what it mounts at /var/www/html is changed at boot by $file"
  on realserver "printf '%s\n' '[Mount]' TimeoutSec=9 > $file; systemctl daemon-reload"
  run -0 script realserver
  on realserver "printf '%s\n' '[Mount]' Options=rw > $file; systemctl daemon-reload"
  run -1 script realserver verify
  assert_output --partial "changed at boot by $file"
}
bats_test_function --description 'a drop-in that says what is mounted is refused, another is not' -- dropped_in etc var-www-html.mount.d
bats_test_function --description 'one of a package for all mounts below /var likewise' -- dropped_in usr/lib var-.mount.d

@test "a drop-in of a package that a hand has masked changes nothing, and is not refused" {
  prepared realserver 'mkdir -p /var/www/html {/usr/lib,/etc}/systemd/system/var-.mount.d; printf "[Mount]\nOptions=rw\n" > /usr/lib/systemd/system/var-.mount.d/site.conf
    ln -s /dev/null /etc/systemd/system/var-.mount.d/site.conf; systemctl daemon-reload'
  run -0 script realserver
  run -0 script realserver uninstall
  as_before realserver
}

@test "a mount below the mount point would be covered: refused, until it is taken off" {
  prepared realserver 'mkdir -p /var/www/html/uploads /srv/up /opt/.guest-work/shares/192.168.80.13__opt_kgc/lower/uploads; mount --bind /srv/up /var/www/html/uploads
    until systemctl -q is-active var-www-html-uploads.mount; do sleep 0.1; done'
  refused 'mounted below it, and out of reach once the share is: /var/www/html/uploads'
  on realserver 'umount /var/www/html/uploads; while systemctl -q is-active var-www-html-uploads.mount; do sleep 0.1; done'
  snapshot realserver before --without own
  run -0 script realserver
  # On the share it is nobody's matter.
  on realserver 'mount --bind /srv/up /var/www/html/uploads'
  run -0 script realserver
  run -0 on realserver 'umount /var/www/html/uploads'
}

# What systemd makes of x-systemd.automount, by the kernel's own means: whatever looks there has it mounted (autofs(5)).
automounting() { # SOURCE
  enter -i "$(guest realserver)" tee /run/automount.pl << 'END' > /dev/null
use Fcntl; setpgrp; $^F = 99; $| = 1;
my ($source, $target) = @ARGV;
pipe(my $requests, my $kernel);
system("mount", "-t", "autofs", "-o", "fd=" . fileno($kernel) . ",pgrp=" . getpgrp() . ",minproto=5,maxproto=5,direct", "systemd-1", $target) and exit 1;
close $kernel;
sysopen(my $top, $target, O_RDONLY | O_DIRECTORY) or exit 1;
open(my $ready, ">", "/run/automount.new"); print $ready $$; close $ready; rename("/run/automount.new", "/run/automount.pid");
while (sysread($requests, my $request, 304)) {
  my ($version, $kind, $token) = unpack("llL", $request);
  system("mount", "-t", "nfs", "-o", "ro", $source, $target);
  ioctl($top, 0x9360, $token + 0);
}
END
  on realserver "setsid perl /run/automount.pl $1 /var/www/html > /dev/null 2>&1 < /dev/null & until [[ -e /run/automount.pid ]]; do sleep 0.1; done"
}

@test "what is mounted again as soon as somebody looks is no endless work: the undo ends, says so, and goes on when that is over" {
  prepared realserver 'mkdir -p /var/www/html'
  run -0 script realserver
  on realserver 'umount /var/www/html'
  automounting 192.168.80.13:/opt/kgc
  run -1 on realserver 'timeout 120 bash realserver.sh uninstall'
  assert_line --regexp '^failed   mount /var/www/html .*mounted again as soon as somebody looks there'
  on realserver 'kill "$(< /run/automount.pid)"; while [[ -e /proc/$(< /run/automount.pid) ]]; do sleep 0.1; done; umount /var/www/html; umount /var/www/html; rm /run/automount.pid /run/automount.pl'
  run -0 script realserver uninstall
  as_before realserver
}
