#!/usr/bin/env bats
# `secret: true`: a file whose text travels beside the script, in secrets-HOST (docs/secrets.md).
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

lvsgen() { node "$top/dist/start.cjs" "$@"; }

# The description with this text for the shared key. (Its end is no newline, and it has what a shell and a terminal would make something of.)
describe() { # TEXT
  printf '%s' "$1" >"$SITE/site.key"
  cat >"$SITE/cluster.json" <<END
{
  "version": 1, "name": "kgc",
  "defaults": { "platform": "$PLATFORM", "interface": "ens33", "firewall": "keep" },
  "hosts": {
    "lvs1": { "address": "192.168.80.10/24" },
    "web1": { "address": "192.168.80.12/24",
      "files": [{ "path": "/etc/own key", "source": { "env": "OWN_KEY" }, "secret": true, "mode": "0640", "group": "daemon" }] }
  },
  "directors": ["lvs1"],
  "services": [{ "name": "web", "vip": "192.168.80.188", "port": 80, "realservers": [{ "host": "web1" }, { "address": "192.168.80.13" }] }],
  "realserver": { "files": [{ "path": "/etc/site/deep/site.key", "source": { "file": "site.key" }, "secret": true }] },
  "monitoring": {}
}
END
  (cd "$SITE" && OWN_KEY=$'first line\n\n' lvsgen secrets -o secrets >/dev/null)
}

first=$'TOP-SECRET-ONE \'"$(touch /ran)\\ %s \e[2J\nsha256 of it\n\nend without one'
second='TOP-SECRET-TWO'

setup_file() {
  export SITE=$BATS_FILE_TMPDIR/site
  mkdir "$SITE"
  describe "$first"
  (cd "$SITE" && lvsgen build --quiet -o bundle && mkdir carried && cp bundle/*.sh carried/)
  BUNDLE=$SITE/carried start_guest realserver web1 --mount "$SITE/secrets:/media/secrets"
  on realserver 'modprobe ip_vs'
  # As after the copy from a stick, which the docs ask for.
  on realserver 'mkdir -m 700 /root/kgc && cp /media/usb/*.sh /root/kgc/'
  snapshot realserver before --without own
}
teardown_file() { stop_guests; }

there() { enter -w /root/kgc "$(guest realserver)" bash realserver.sh "$@"; }
carry() { on realserver 'install -m 600 /media/secrets/secrets-web1 /root/kgc/'; }
away() { on realserver 'rm -f /root/kgc/secrets-web1'; }

@test "without its secrets an apply changes nothing, and says what is missing" {
  run -69 there
  assert_output --partial '/etc/site/deep/site.key'
  assert_output --partial 'there is no file of secrets ./secrets-web1'
  assert_output --partial 'lvsgen secrets writes secrets-web1'
  run -2 there check
  assert_output --partial 'what /etc/own key is to hold is not known here'
  snapshot realserver after --without own
  same_state realserver before after
}

@test "what is damaged, cut, another host's, or another user's is refused, and nothing is changed" {
  carry
  on realserver 'cd /root/kgc && cp secrets-web1 whole
    head -c -9 whole >secrets-web1'
  run -69 there
  assert_output --partial 'it is damaged'
  on realserver 'cd /root/kgc && sed "s/^host web1/host web2/" whole | sed "\$d" >secrets-web1 &&
    printf "sha256 %s\n" "$(sha256sum <secrets-web1 | cut -d" " -f1)" >>secrets-web1'
  run -69 there
  assert_output --partial 'it is for another host or cluster'
  on realserver 'cd /root/kgc && sed 1s/1/2/ whole >secrets-web1'
  run -69 there
  assert_output --partial 'a newer lvsgen wrote it (format 2)'
  on realserver 'cd /root/kgc && grep -v "own key" whole | sed "\$d" >secrets-web1 &&
    printf "sha256 %s\n" "$(sha256sum <secrets-web1 | cut -d" " -f1)" >>secrets-web1'
  run -69 there
  assert_output --partial 'it has no text for /etc/own key'
  on realserver 'cd /root/kgc && mv whole secrets-web1 && chown daemon secrets-web1'
  run -69 there
  assert_output --partial "may be another user's"
  on realserver 'mkdir -p /tmp/open && cp -p /root/kgc/secrets-web1 /tmp/open/ && chown root /tmp/open/secrets-web1 && chmod 777 /tmp/open'
  run -69 there --secrets /tmp/open/secrets-web1
  assert_output --partial "may be another user's"
  run -64 there --secrets /nowhere
  on realserver 'rm -r /tmp/open'
  away
  snapshot realserver after --without own
  same_state realserver before after
}

@test "any byte of it changed: refused" {
  carry
  # 60 of them, over the whole of it; the seed is told.
  local seed=$RANDOM size i at
  echo "# seed $seed"
  RANDOM=$seed
  size=$(on realserver 'stat -c %s /root/kgc/secrets-web1')
  for ((i = 0; i < 60; i++)); do printf '%s %s\n' "$(((RANDOM * 32768 + RANDOM) % size))" "$((1 << RANDOM % 8))"; done >"$BATS_TEST_TMPDIR/flips"
  docker cp "$BATS_TEST_TMPDIR/flips" "$(guest realserver):/root/flips" >/dev/null
  run -0 on realserver 'cd /root/kgc && cp secrets-web1 /root/whole
    while read -r at bit; do
      byte=$(od -An -tu1 -j "$at" -N 1 /root/whole)
      cp /root/whole secrets-web1
      printf "\\x$(printf %02x $((byte ^ bit)))" | dd of=secrets-web1 bs=1 seek="$at" conv=notrunc status=none
      bash realserver.sh check >/dev/null 2>&1
      [[ $? == 69 ]] || echo "byte $at, bit $bit: taken"
    done </root/flips
    cp /root/whole secrets-web1'
  assert_output ''
}

@test "with them it is applied, byte for byte and for whom it is, and nothing shows it" {
  carry
  run -2 there check --diff
  refute_output --partial TOP-SECRET
  run -0 there --diff --json --report /root/report.jsonl
  refute_output --partial TOP-SECRET
  run -0 on realserver 'stat -c "%a %U %G" /etc/site/deep/site.key "/etc/own key"; cat "/etc/own key"; [[ ! -e /ran ]]'
  assert_output --partial $'600 root root\n640 root daemon\nfirst line'
  docker cp "$(guest realserver):/etc/site/deep/site.key" "$BATS_TEST_TMPDIR/live" >/dev/null
  cmp "$BATS_TEST_TMPDIR/live" "$SITE/site.key"
  run -0 there
  assert_count changed 0
}

@test "its text is nowhere else on the host, and no other user can read it" {
  away
  run -0 on realserver 'grep -rl TOP-SECRET /etc /root /run /tmp /usr/local /var 2>/dev/null || true'
  assert_output /etc/site/deep/site.key
  run -0 on realserver "journalctl -q --no-pager | grep -c TOP-SECRET || true"
  assert_output 0
  run -0 on realserver 'setpriv --reuid=1 --regid=1 --clear-groups cat /etc/site/deep/site.key "/etc/own key" 2>&1 | grep -c "Permission denied"'
}

@test "without them, what it wrote is known by its sum: check is quiet, and an apply does the rest" {
  away
  run -0 there check
  refute_output --partial 'not known'
  on realserver 'chmod 644 /etc/site/deep/site.key; ip address del 192.168.80.188/32 dev lo || true'
  run -2 there check
  run -0 there
  assert_count failed 0
  run -0 on realserver 'stat -c %a /etc/site/deep/site.key; grep -c TOP-SECRET-ONE /etc/site/deep/site.key'
  assert_output $'600\n1'
  run -0 there check
}

@test "the timer's copy of the script needs them neither" {
  on realserver 'systemctl reset-failed; systemctl start lvsgen-kgc-realserver-monitor.service'
  run -0 on realserver 'find /var/lib/prometheus /var/lib/node_exporter -name lvsgen-kgc-realserver.prom -exec cat {} + 2>/dev/null || true'
  assert_output --partial 'lvsgen_check_pending{cluster="kgc",role="realserver"} 0'
}

# https://github.com/artefactual-labs/ansible-percona/issues/75: the difference shows the former text, and so the log of whoever ran it has it.
# https://github.com/saltstack/salt/issues/19643: the copy that is kept of what was replaced could be read by everybody.
@test "changed by hand: it is seen, and not overwritten with nothing" {
  away
  on realserver 'echo by hand >/etc/site/deep/site.key'
  run -2 there check --diff
  assert_output --partial 'what /etc/site/deep/site.key is to hold is not known here'
  refute_output --partial 'by hand'
  run -69 there
  run -0 on realserver 'cat /etc/site/deep/site.key'
  assert_output 'by hand'
  carry
  run -0 there
  assert_output --partial 'was changed by hand; that version is kept as'
  run -0 on realserver 'grep -rl "^by hand" /var/lib/lvsgen'
  assert_output --partial /var/lib/lvsgen/kept-by-hand/
  run -0 on realserver '! setpriv --reuid=1 --regid=1 --clear-groups ls /var/lib/lvsgen 2>&1'
  assert_output "ls: cannot open directory '/var/lib/lvsgen': Permission denied"
  docker cp "$(guest realserver):/etc/site/deep/site.key" "$BATS_TEST_TMPDIR/live" >/dev/null
  cmp "$BATS_TEST_TMPDIR/live" "$SITE/site.key"
}

@test "described as a secret no longer, what stands there is not shown either" {
  (cd "$SITE" && sed 's|"source": { "file": "site.key" }, "secret": true|"content": "plain"|' cluster.json >plain.json && lvsgen build --quiet plain.json -o plain && cp plain/realserver.sh carried/plain.sh)
  run -2 on realserver 'bash /media/usb/plain.sh check --diff'
  assert_output --partial '/etc/site/deep/site.key is not shown'
  refute_output --partial TOP-SECRET
  run -2 on realserver 'bash /media/usb/plain.sh check --diff --json'
  refute_output --partial TOP-SECRET
}

@test "list names it, show and extract do not have it" {
  run -0 there list
  assert_output --partial '/etc/own key'
  run -64 there show '/etc/own key'
  assert_output --partial 'is a secret: its text is not in this script'
  on realserver 'rm -rf /root/all'
  run -0 there extract /root/all
  run -0 on realserver 'find /root/all -name "*key*"'
  assert_output ''
}

@test "another text is one change, and a rollback needs no file of secrets" {
  describe "$second"
  carry
  run -0 there
  assert_count changed 1
  away
  run -0 on realserver 'cat /etc/site/deep/site.key'
  assert_output "$second"
  run -0 there rollback
  docker cp "$(guest realserver):/etc/site/deep/site.key" "$BATS_TEST_TMPDIR/live" >/dev/null
  printf '%s' "$first" | cmp - "$BATS_TEST_TMPDIR/live"
  describe "$first"
}

# https://github.com/ansible/ansible/issues/83780: the text is written first, then owner and mode are set; where the owner cannot be, everybody can
# read it ever after. https://github.com/ansible/ansible/issues/67798: one who watches the directory reads it while it is written.
@test "nobody else reads it while it is written, nor when its group cannot be given to it" {
  local watch='while [[ ! -e /run/stop ]]; do for file in /etc/site/deep/{*,.[!.]*} /etc/*own* /etc/.*own*; do cat "$file"; done; done 2>/dev/null'
  away
  run -0 there uninstall
  carry
  on realserver "rm -f /run/stop /run/read; touch /run/read; (setpriv --reuid=65534 --regid=65534 --clear-groups bash -c '$watch' >>/run/read 2>&1 &)"
  # Without the right to give files away, which a container may lack.
  run -1 on realserver 'cd /root/kgc && setpriv --bounding-set=-chown bash realserver.sh'
  assert_output --regexp 'failed +file /etc/own key .*Operation not permitted'
  run -0 on realserver 'ls -A /etc | grep -c "own key" || true'
  assert_output 0
  run -0 there
  run -0 there
  on realserver 'touch /run/stop'
  run -0 on realserver 'cat /run/read'
  assert_output ''
}

@test "one that stood there before is written once, so that it is known, and comes back in the end" {
  away
  run -0 there uninstall
  on realserver 'rm -rf /root/all /root/flips /root/whole /root/report.jsonl'
  run -0 on realserver 'grep -rlE "TOP-SECRET" /etc /root /run /tmp /usr/local /var 2>/dev/null || true'
  assert_output ''
  snapshot realserver after --without own
  same_state realserver before after
  on realserver 'printf "first line\n\n" >"/etc/own key"; chmod 640 "/etc/own key"; chgrp daemon "/etc/own key"'
  carry
  run -0 there
  away
  run -0 there check
  run -0 there uninstall
  run -0 on realserver 'cat "/etc/own key"'
  assert_output 'first line'
}

@test "below an image" {
  on realserver 'mkdir -p /srv/image/etc && cp /etc/os-release /srv/image/etc/'
  carry
  run -0 there --root /srv/image --host web1
  run -0 on realserver 'stat -c %a /srv/image/etc/site/deep/site.key'
  assert_output 600
  away
  run -0 there check --root /srv/image --host web1
}

@test "a file that others may read is taken with a warning" {
  on realserver 'install -m 644 /media/secrets/secrets-web1 /root/kgc/'
  run -2 there check
  assert_output --partial 'others on this host may read'
}
