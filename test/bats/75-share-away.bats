#!/usr/bin/env bats
# A share that is not mounted while a rollback has to put back what lies on it: nothing is written into the directory below.
# platforms: el7 debian12
# shellcheck disable=SC2154

load helper
load life

page=/var/www/html/index.html

# The cluster's own share, writable, with a page of the description on it; and the page of a second apply.
with_pages() {
  local described='s/"options": \["ro"\]/"options": ["rw"]/; s#"web1": {#"web1": { "files": [{ "path": "/var/www/html/index.html", "content": "PAGE\\n" }],#'
  prepared realserver ''
  other_bundle realserver "$described; s/PAGE/first/"
  run -0 on realserver 'bash /run/other/realserver.sh'
  other_bundle realserver "$described; s/PAGE/second/"
}

@test "by hand: it is named, with the share; mounted again, the same rollback comes through" {
  with_pages
  run -0 on realserver 'bash /run/other/realserver.sh'
  on realserver 'umount /var/www/html'
  run -1 on realserver 'bash /run/other/realserver.sh rollback --dry-run'
  assert_output --partial "file $page  (it lies on the share of /var/www/html, which is not mounted)"
  run -1 on realserver 'bash /run/other/realserver.sh rollback'
  assert_output --partial "file $page  (it lies on the share of /var/www/html, which is not mounted)"
  run -0 on realserver 'grep -rxE "first|second" /var/www/html; mount /var/www/html; cat /var/www/html/index.html'
  assert_output second
  run -0 on realserver 'bash /run/other/realserver.sh rollback; cat /var/www/html/index.html'
  assert_line first
  run -0 on realserver 'bash /run/other/realserver.sh uninstall'
  as_before realserver
}

@test "the watchdog mounts it first, and puts back what lies on it" {
  with_pages
  run -0 on realserver 'bash /run/other/realserver.sh apply --confirm 3; umount /var/www/html'
  on realserver 'for ((i = 0; i < 300; i++)); do [[ -e /etc/systemd/system/lvsgen-confirm-life-realserver.service ]] || break; sleep 0.2; done'
  run -0 on realserver 'cat /var/www/html/index.html; findmnt -n -o SOURCE /var/www/html; umount /var/www/html; grep -rxE "first|second" /var/www/html; mount /var/www/html'
  assert_output $'first\n192.168.80.13:/opt/kgc'
  # The run that went back takes its unit away, and ends a moment later.
  run -0 on realserver 'bash /run/other/realserver.sh uninstall --wait 120'
  as_before realserver
}

@test "an apply whose time to confirm is over meanwhile says that it goes back too" {
  with_pages
  run -0 on realserver 'bash /run/other/realserver.sh apply --confirm 6'
  other_bundle realserver 's/"path": "\/opt\/kgc"/"path": "\/opt\/other"/; s#:/opt/kgc#:/opt/other#'
  # So that it takes longer than that: /usr/sbin is looked in first.
  run -75 on realserver 'printf "#!/bin/sh\nsleep 2\nexec /usr/bin/systemctl \"\$@\"\n" > /usr/sbin/systemctl; chmod +x /usr/sbin/systemctl; bash /run/other/realserver.sh apply'
  assert_output --partial 'was not confirmed in time: all of it is put back now, and with it what this one has made'
  on realserver 'rm /usr/sbin/systemctl; for ((i = 0; i < 300; i++)); do [[ -e /etc/systemd/system/lvsgen-confirm-life-realserver.service ]] || break; sleep 0.2; done'
  run -0 on realserver 'cat /var/www/html/index.html'
  assert_output first
}
