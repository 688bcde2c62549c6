#!/usr/bin/env bats
# Reports that others got about their own programs, rebuilt against these scripts.
# platforms: debian12 el7
# shellcheck disable=SC2154,SC2016 # bats sets status and output; what is in single quotes is for the guest's shell

load ../bats/helper

setup_file() {
  BUNDLE=${BUNDLE%/*}/paths
  [[ $PLATFORM == debian12 ]] || BUNDLE+=7
  start_guest realserver
  on realserver 'id www-data >/dev/null 2>&1 || useradd -r www-data; echo precious >/etc/victim; chmod 600 /etc/victim'
  # As before the kernel looked at such links itself.
  on realserver 'echo 0 >/proc/sys/fs/protected_symlinks; echo 0 >/proc/sys/fs/protected_hardlinks; echo 0 >/proc/sys/fs/protected_regular; :' 2>/dev/null || :
  run -0 script realserver apply
}
teardown_file() { stop_guests; }

victim() {
  run -0 on realserver 'stat -c "%a %U %h" /etc/victim; cat /etc/victim'
  assert_output $'600 root 1\nprecious'
}

# https://github.com/acassen/keepalived/issues/1048 (CVE-2018-19044 to 19046)
@test "keepalived #1048: a user's link where root writes in a directory for everybody, and files that everybody may write" {
  on realserver 'cd /srv/share; rm -f page.html; runuser -u nobody -- sh -c "ln -s /etc/victim page.html; ln -s /etc/victim .lvsgen.web1.page.html"; rm -f /var/log/lvsgen/paths.log'
  run script realserver apply
  assert_output --partial '/srv/share/page.html'
  victim
  on realserver 'rm -f /srv/share/page.html /srv/share/.lvsgen.web1.page.html'
  run -0 on realserver 'umask 0; bash realserver.sh'
  victim
  run -0 on realserver 'find /var/lib/lvsgen /var/log/lvsgen /run/lvsgen* /srv/share/page.html /etc/sysctl.d -newer /etc/victim ! -type l -perm /022 2>/dev/null || :'
  assert_output ''
  run -0 on realserver 'find /var/lib/lvsgen /var/log/lvsgen -maxdepth 0 -perm /007'
  assert_output ''
}

# https://github.com/OpenRC/opentmpfiles/issues/4 (CVE-2017-18925): the second start gave /etc/passwd to the user.
@test "opentmpfiles #4: a directory that its user exchanged for a link does not give him what it leads to" {
  run -0 script realserver apply
  on realserver 'cd /srv/www && mv data data.x && runuser -u www-data -- ln -s /etc/victim data'
  run script realserver apply
  assert_output --partial '/srv/www/data'
  victim
  on realserver 'cd /srv/www && rm data && mv data.x data'
  run -0 script realserver apply
}

# https://github.com/ansible/ansible/issues/83780: the content was there before its mode was.
@test "ansible #83780: what is described for its owner alone is never there for others, not under another name either" {
  docker cp "$BATS_TEST_DIRNAME/functions.bash" "$(guest realserver):/root/functions.bash" >/dev/null 2>&1
  run -0 on realserver 'mkdir -p /srv/open
    runuser -u nobody -- perl -e '\''
      my ($end, $seen) = (time + 60, 0);
      until (time > $end || -e "/tmp/done") { $seen++; for my $file (glob("/srv/open/* /srv/open/.l* /srv/share/*.key /srv/share/.l*")) { open(my $handle, "<", $file) and print "$file can be read\n" } }
      print "looked\n" if $seen > 100; '\'' >/tmp/seen 2>&1 &
    source /root/functions.bash /media/usb/realserver.sh
    for directory in /srv/open /srv/share; do
      for run in {1..50}; do afresh; replace_file $directory/my.key 0600 "secret" || echo "$failure"; rm -f $directory/my.key; done
    done
    touch /tmp/done; wait; sort -u /tmp/seen; rm -r /tmp/done /tmp/seen /srv/open'
  assert_output looked
}
