#!/usr/bin/env bats
# What somebody else has mounted where a described share goes: it is refused by name, or comes back as it was.
# platforms: el7 debian12
# shellcheck disable=SC2154

load helper
load life

# systemd looks at what is mounted a few times a second at most.
seen='for try in {1..100}; do
    if grep -q " $target " /proc/self/mountinfo; then systemctl -q is-active "$unit"; else ! systemctl -q is-active "$unit"; fi && break
    sleep 0.1
  done'
seen="target=/var/www/html unit=var-www-html.mount; $seen"

pages='mkdir -p /srv/pages /var/www/html; echo page > /srv/pages/index.html'
by_line="$pages; printf 'proc /proc proc defaults 0 0\n/srv/pages /var/www/html none bind 0 0\n' > /etc/fstab; systemctl daemon-reload; mount /var/www/html; $seen"

page_is() { # TEXT
  run -0 on realserver 'cat /var/www/html/index.html; ls -A /var/www/html'
  assert_line "$1"
  refute_line etc
}

# `mount -t TYPE SOURCE` made the whole file system of it, /etc and all, which a web server then published.
bound() { # COMMAND
  prepared realserver "$by_line"
  run -69 script realserver
  assert_output --partial 'something else is mounted there: overlay overlay (of which it is /srv/pages)'
  assert_output --partial 'in line 2: /srv/pages /var/www/html none bind 0 0'
  on realserver "$seen"
  as_before realserver
  run -0 script realserver --adopt
  run -0 script realserver verify --only mount
  run -0 script realserver
  assert_count changed 0
  run -0 script realserver "$1"
  page_is page
  on realserver "$seen"
  as_before realserver
}
for command in uninstall rollback; do
  bats_test_function --description "a bind mount by a line of fstab comes back as the directory that it was: $command" -- bound "$command"
done

@test "a bind mount that is described no longer comes back as the directory too, and over a boot" {
  prepared realserver "$by_line"
  other_bundle realserver '/"mounts"/d'
  run -0 script realserver --adopt
  run -0 on realserver 'bash /run/other/realserver.sh'
  page_is page
  run -0 on realserver 'bash /run/other/realserver.sh uninstall'
  on realserver "$seen"
  as_before realserver
  container reboot "$(guest realserver)"
  page_is page
}

# Nothing says how it was made.
unheard_of() { # COMMANDS WORDS
  prepared realserver "$pages; $1; $seen"
  local command
  for command in check apply 'apply --adopt' 'apply --adopt --only mount'; do
    # shellcheck disable=SC2086 # with its options
    run -69 script realserver $command
    assert_output --partial "$2"
  done
  on realserver "$seen"
  as_before realserver
}
bats_test_function --description 'a bind mount by hand, which could not come back, is refused' -- unheard_of \
  'mount --bind /srv/pages /var/www/html' 'no line of /etc/fstab says how: once taken off, it could not come back'
bats_test_function --description 'one beside a line of fstab that is about something else likewise' -- unheard_of \
  'mkdir /srv/old; echo "/srv/old /var/www/html none bind,noauto 0 0" > /etc/fstab; systemctl daemon-reload; mount --bind /srv/pages /var/www/html' 'no line of /etc/fstab says how'
bats_test_function --description 'a tmpfs with something in it is refused' -- unheard_of \
  'mount -t tmpfs -o mode=755 small /var/www/html; echo x > /var/www/html/index.html' 'what lies in it would be lost'

@test "an empty tmpfs of a line of fstab comes back with its options" {
  prepared realserver "$pages; echo 'small /var/www/html tmpfs size=64k,mode=750 0 0' > /etc/fstab; systemctl daemon-reload; mount /var/www/html; $seen"
  run -0 script realserver --adopt
  run -0 script realserver uninstall
  run -0 on realserver 'grep " /var/www/html " /proc/self/mountinfo; stat -c %a /var/www/html'
  assert_line --partial 'size=64k'
  assert_line 750
  on realserver "$seen"
  as_before realserver
}

@test "another share that a hand has mounted is refused, taken off by --adopt, and mounted again" {
  prepared realserver "$pages; mount -t nfs -o ro,noatime 192.168.80.99:/srv/old /var/www/html; $seen"
  run -69 script realserver
  assert_output --partial 'something else is mounted there: overlay 192.168.80.99:/srv/old'
  on realserver "$seen"
  as_before realserver
  run -0 script realserver --adopt
  # A changed description takes off what lvsgen itself has mounted, without a word.
  other_bundle realserver 's/80\.13:\/opt\/kgc/80.14:\/opt\/kgc/'
  run -0 on realserver 'bash /run/other/realserver.sh && findmnt -n -o SOURCE /var/www/html'
  assert_line '192.168.80.14:/opt/kgc'
  run -0 on realserver 'bash /run/other/realserver.sh uninstall'
  on realserver "$seen"
  as_before realserver
}

# Older versions wrote down the type and the source alone.
of_old() { on realserver "sed -i 's/=line .* is overlay .*overlay\t/=overlay:rw,relatime overlay\t/' /var/lib/lvsgen/*/realserver/generations/*; grep -r '=overlay:rw,relatime overlay' /var/lib/lvsgen"; }

@test "the record of an older version: back by the line that --adopt took out" {
  prepared realserver "$by_line"
  run -0 script realserver --adopt
  of_old
  run -0 script realserver uninstall
  page_is page
  on realserver "$seen"
  as_before realserver
}

@test "the record of an older version without such a line: no file system is mounted in its place, until a hand has mounted it" {
  prepared realserver "$by_line"
  run -0 script realserver --adopt
  of_old
  on realserver "sed -i '/^displaced/d' /var/lib/lvsgen/*/realserver/generations/*"
  run -1 script realserver uninstall
  assert_output --partial 'does not say which directory of it'
  run -0 on realserver 'grep -c " /var/www/html " /proc/self/mountinfo || :'
  assert_output 0
  on realserver 'mount --bind /srv/pages /var/www/html'
  run -0 script realserver uninstall
  page_is page
}
