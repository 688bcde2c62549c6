#!/usr/bin/env bats
# "monitoring": a timer of systemd's own asks the scripts on the host, keeps their reports, and writes what node_exporter reads.
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

unit=lvsgen-kgc-director-monitor

setup_file() {
  BUNDLE=${BUNDLE%/*}/monitoring-$PLATFORM start_guest director
  install_packages director
  on director 'mkdir /root/other'
  docker cp "${BUNDLE%/*}/$([[ $PLATFORM == el7 ]] && echo kgc || echo kgc-debian12)/director.sh" "$(guest director):/root/other/director.sh" >/dev/null
  # What a reboot brings up by itself, and others on this kernel may load, is there before.
  on director 'systemctl -q start rpcbind.socket rpcbind.service; modprobe ip_vs'
  snapshot director before --without own
}
teardown_file() { stop_guests; }

setup() {
  case $PLATFORM in
    el7) textfiles=/var/lib/node_exporter/textfile_collector ;;
    *) textfiles=/var/lib/prometheus/node-exporter ;;
  esac
  metrics=$textfiles/lvsgen-kgc-director.prom reports=/var/spool/lvsgen/kgc-director
}

# What the timer starts, at once; systemd starts nothing more than five times in ten seconds, but forgets that.
ask() { on director "systemctl reset-failed $unit.service 2>/dev/null; systemctl start $unit.service"; }

# -> $output: all samples of this host, of files that node_exporter takes, read as whoever is not root.
read_metrics() {
  local file folder=$BATS_TEST_TMPDIR/metrics
  mkdir -p "$folder"
  for file in $(on director "cd $textfiles && setpriv --reuid 65534 --clear-groups ls *.prom"); do
    on director "setpriv --reuid 65534 --clear-groups cat $textfiles/$file" >"$folder/$file"
  done
  run node "$top/test/bats/exposition.mjs" "$folder"/*.prom
}

assert_sample() { # NAME VALUE [LABELS]
  read_metrics
  assert_success
  assert_line "lvsgen_$1{cluster=\"kgc\",role=\"director\"${3:+,$3}} $2"
}

next_is_set() { # TIMER
  local next
  next=$(on director "systemctl show --property=NextElapseUSecMonotonic --value $1")
  [[ $next && $next != infinity && $next != 0 ]]
}

@test "an apply leaves the script, its folder, and a timer that waits" {
  run -0 script director apply
  run -0 script director check
  on director "cmp director.sh /etc/lvsgen/kgc/director.sh && [[ \$(stat -c %a:%U /etc/lvsgen/kgc/director.sh $reports $metrics) == \$'700:root\n700:root\n644:root' ]]"
  next_is_set "$unit.timer"
  # What is not there yet is no fault to whoever reads it.
  run -0 on director "wc -c <$metrics"
  assert_output 0
}

@test "the timer fires, and its two roles have each a file of their own" {
  run -0 script director apply
  run -0 on director 'bash nfs.sh'
  # An interval of 60 s, and what systemd may be late.
  on director "for ((i = 0; i < 1500; i++)); do [[ -s $metrics && -s $textfiles/lvsgen-kgc-nfs.prom ]] && break; sleep 0.1; done"
  read_metrics
  assert_success
  assert_line --regexp '^lvsgen_last_run_timestamp_seconds\{cluster="kgc",role="director",command="verify"\} 1[0-9]+$'
  assert_line 'lvsgen_last_run_exit_code{cluster="kgc",role="director",command="check"} 0'
  assert_line 'lvsgen_check_pending{cluster="kgc",role="nfs"} 0'
  assert_line 'lvsgen_generation{cluster="kgc",role="nfs"} 1'
  assert_line 'lvsgen_drained_realservers{cluster="kgc",role="director"} 0'
  refute_line --partial 'drained_realservers{cluster="kgc",role="nfs"}'
  next_is_set "$unit.timer"
  next_is_set lvsgen-kgc-nfs-monitor.timer
  run -0 on director 'bash nfs.sh uninstall'
  run on director "ls $textfiles /var/spool/lvsgen"
  refute_output --partial nfs
}

@test "what is told is what the commands find" {
  ask
  assert_sample check_pending 0
  assert_sample verify_failed 0
  on director 'ip address del 192.168.80.188/32 dev ens33; rm /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf'
  ask
  assert_sample check_pending 2
  assert_sample verify_failed 1
  assert_sample last_run_exit_code 2 'command="check"'
  assert_sample last_run_exit_code 1 'command="verify"'
  run -0 script director apply
  run -0 script director drain web1
  ask
  assert_sample drained_realservers 1
  run -0 script director undrain web1
  on director 'rm /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf'
  run -0 script director apply --confirm 600
  ask
  assert_sample confirm_pending 1
  run -0 script director confirm
  ask
  assert_sample confirm_pending 0
  assert_sample drained_realservers 0
  assert_sample check_pending 0
}

@test "its reports are those of --report, no more than are to be kept, and lvsgen status reads them" {
  local i
  for i in 1 2 3 4 5; do ask; done
  run -0 on director "ls $reports | sed -E 's/-[0-9TZ]+\\.jsonl//' | sort | uniq -c | sed 's/^ *//'"
  assert_output $'3 lvs1-director-check\n3 lvs1-director-verify'
  docker cp "$(guest director):$reports" "$BATS_TEST_TMPDIR/reports" >/dev/null
  run node "$top/dist/start.cjs" status "$BATS_TEST_TMPDIR/reports"
  assert_line --regexp '^lvs1 +director +as described'
}

@test "a clock that was set back: what is of the future goes, and not what is new" {
  on director "touch -d '+1 year' $reports/*.jsonl; ls $reports | sort >/tmp/future"
  ask
  run -0 on director "ls $reports | sort | comm -13 /tmp/future - | sed -E 's/-[0-9TZ]+\\.jsonl//'; ls $reports | wc -l"
  assert_output $'lvs1-director-check\nlvs1-director-verify\n6'
}

@test "a host may be called as a command is" {
  on director "for n in 1 2 3; do : >$reports/lvs-check-\$n-director-verify-20200101T000000Z.jsonl; done"
  ask
  run -0 on director "ls $reports | grep -c director-check; rm $reports/lvs-check-*"
  assert_output 3
}

@test "while another run is at work it says so, keeps what it had, and fails nothing" {
  local before
  ask
  before=$(on director "cat $metrics")
  on director "cp -a $metrics /tmp/before; ls $reports >/tmp/reports; flock /run/lvsgen.lock systemctl start $unit.service; cmp $metrics /tmp/before; ls $reports | cmp - /tmp/reports"
  run -0 on director "journalctl -q -u $unit.service -n 5 -o cat"
  assert_output --partial 'busy: another run is at work'
  run -3 on director "systemctl is-failed $unit.service >/dev/null; systemctl is-active -q $unit.service"
}

@test "an apply waits for none of its commands, and what changed meanwhile is told the next time" {
  # A check that takes long.
  on director "printf '#!/bin/bash\nsleep 4\nexec bash /media/usb/director.sh \"\$@\"\n' >/etc/lvsgen/kgc/director.sh; cp -a $metrics /tmp/before; systemctl start --no-block $unit.service; for ((i = 0; i < 100; i++)); do pgrep -f '^/bin/bash /etc/lvsgen/kgc/director.sh check' >/dev/null && break; sleep 0.1; done"
  run -0 script director apply
  assert_line --regexp '^changed +file /etc/lvsgen/kgc/director.sh'
  on director "for ((i = 0; i < 300; i++)); do [[ \$(systemctl is-active $unit.service) == inactive ]] && break; sleep 0.1; done; cmp $metrics /tmp/before"
  run -0 on director "journalctl -q -u $unit.service -n 5 -o cat"
  assert_output --partial 'busy: another run is at work, or has been meanwhile'
  ask
  assert_sample check_pending 0
}

@test "what hangs while it writes keeps an apply waiting no longer than a moment, and whoever waits is told for whom" {
  ask
  on director "cp -a $metrics /tmp/before; ls $reports >/tmp/reports; cp -a /usr/bin/cp /tmp/real-cp
    printf '%s\n' '#!/bin/bash' '[[ \$* != */var/spool/lvsgen/* ]] || { touch /tmp/hangs; until [[ -e /tmp/go-on ]]; do sleep 0.1; done; }' 'exec /tmp/real-cp \"\$@\"' >/tmp/slow-cp
    chmod 755 /tmp/slow-cp; mount --bind /tmp/slow-cp /usr/bin/cp
    systemctl start --no-block $unit.service; until [[ -e /tmp/hangs ]]; do sleep 0.1; done; pkill -STOP -f '^sleep 20$'"
  run -75 script director apply
  assert_line --regexp 'another run holds the lock: process [0-9]+ \(/bin/bash /etc/lvsgen/kgc/monitor-director\)'
  on director "pkill -CONT -f '^sleep 20$'"
  run -0 script director apply --wait 600
  on director "touch /tmp/go-on; for ((i = 0; i < 300; i++)); do [[ \$(systemctl is-active $unit.service) == failed ]] && break; sleep 0.1; done; umount /usr/bin/cp; rm /tmp/go-on /tmp/hangs"
  run -0 on director "cmp $metrics /tmp/before; ls $reports | cmp - /tmp/reports; journalctl -q -u $unit.service -n 5 -o cat"
  assert_output --partial 'what is to be written to hangs'
  refute_output --partial 'EOF on'
  ask
  assert_sample report_written 1
}

@test "the directory of reports is for root alone: what differs is told, closed, and given back by a rollback" {
  on director "chown 65534:65534 $reports; chmod 2755 $reports"
  run -2 script director check
  assert_line --regexp "^pending +reports $reports +"
  run -0 script director apply
  run -0 on director "stat -c %a:%u:%g $reports"
  assert_output 700:0:0
  run -0 script director check
  run -0 script director rollback
  run -0 on director "stat -c %a:%u:%g $reports"
  assert_output 2755:65534:65534
  run -0 script director apply
  run -0 on director "stat -c %a:%u:%g $reports"
  assert_output 700:0:0
}

@test "an apply that is at work is no interrupted one" {
  local last
  last=$(on director 'ls -d /var/lib/lvsgen/kgc/director/generations/* | tail -n 1')
  on director "cp -a $last /tmp/last; sed -i '\$d' $last"
  run -0 on director 'bash director.sh status --json'
  assert_line --regexp '"event":"standing",.*"state":"interrupted",'
  run -0 on director 'flock /run/lvsgen.lock bash director.sh status --json'
  assert_line --regexp '"event":"standing",.*"state":"running",'
  run -0 on director 'flock /run/lvsgen.lock bash director.sh status'
  assert_line --regexp '^last change: generation [0-9]+.*[(]a run is at work[)]$'
  run -0 on director 'flock /run/lvsgen.lock bash director.sh history'
  assert_line --regexp '^generation [0-9]+ .*[(]a run is at work[)]$'
  # Others that only look are at no work.
  run -0 on director 'flock -s /run/lvsgen.lock bash director.sh status --json'
  assert_line --regexp '"event":"standing",.*"state":"interrupted",'
  on director "cp -a /tmp/last $last"
}

# Reported of other timers: https://github.com/danielmiessler/LifeOS/issues/1880, https://github.com/systemd/systemd/issues/4572
@test "a timer that is started anew long after the boot, and read again, goes on" {
  on director "systemctl restart $unit.timer"
  next_is_set "$unit.timer"
  on director 'systemctl daemon-reload'
  next_is_set "$unit.timer"
  # https://github.com/systemd/systemd/issues/28698: what never ends keeps its timer waiting
  run -0 on director "systemctl show --property=TimeoutStartUSec --value $unit.service"
  assert_output '22min'
}

# https://github.com/NethServer/ns8-core/pull/820: files of metrics that node_exporter cannot read.
@test "whatever the umask, and whoever the folder is of: node_exporter reads what is written" {
  on director "mkdir -p /run/systemd/system/$unit.service.d && printf '[Service]\nUMask=0077\n' >/run/systemd/system/$unit.service.d/umask.conf && systemctl daemon-reload; chown 65534 $textfiles; ln -s /etc/hostname $metrics.new"
  ask
  assert_sample report_written 1
  run -0 on director "stat -c %a:%U $metrics; ls -A $textfiles; cat /etc/hostname"
  assert_output "644:root
lvsgen-kgc-director.prom
lvs1"
  run -0 script director check
  on director "rm -r /run/systemd/system/$unit.service.d; systemctl daemon-reload; chown root $textfiles"
}

# On Debian the directory above is of the exporter's own user, who can rename what is in it.
@test "whoever the directory above is of: a link in the place of the folder leads nowhere" {
  on director "chown 65534 ${textfiles%/*}"
  ask
  assert_sample report_written 1
  on director "mkdir /etc/elsewhere; mv $textfiles $textfiles.away; setpriv --reuid 65534 --clear-groups ln -s /etc/elsewhere $textfiles"
  run -1 ask
  run -0 on director "ls -A /etc/elsewhere; journalctl -q -u $unit.service -n 5 -o cat"
  assert_output --partial "no metrics are written: a link that others than root may have put there: $textfiles"
  refute_output --partial lvsgen-kgc-director.prom
  # A link of root's, where root alone could put it, is the way.
  on director "rm $textfiles; chown root ${textfiles%/*}; ln -s ../../../etc/elsewhere $textfiles"
  ask
  run -0 on director "ls -A /etc/elsewhere"
  assert_output lvsgen-kgc-director.prom
  on director "rm $textfiles; mv $textfiles.away $textfiles; rm -r /etc/elsewhere"
  ask
  assert_sample report_written 1
}

# https://github.com/prometheus/node_exporter/issues/1885 and 946: several files with one metric have one help. (Above: of two roles.)
@test "what cannot be asked is told as its exit code, without numbers that nobody knows" {
  on director 'mv /etc/lvsgen/kgc/director.sh /root'
  ask
  assert_sample last_run_exit_code 127 'command="check"'
  refute_output --partial check_pending
  refute_output --partial generation
  assert_sample report_written 0
  on director 'mv /root/director.sh /etc/lvsgen/kgc'
  ask
  assert_sample check_pending 0
}

@test "a full disk: the metrics say that no report is kept, and the former metrics stay whole" {
  on director "mount -t tmpfs -o size=4k,mode=700 tmpfs $reports; head -c 4096 /dev/zero >$reports/filler"
  run -1 ask
  assert_sample report_written 0
  assert_sample check_pending 0
  run -0 on director "ls -A $reports"
  assert_output filler
  on director "umount $reports; cp -a $textfiles /tmp/kept; mount -t tmpfs -o size=4k tmpfs $textfiles; cp /tmp/kept/*.prom $textfiles; cmp /tmp/kept/*.prom $metrics; head -c 4096 /dev/zero >$textfiles/filler || :"
  run -1 ask
  run -0 on director "cmp /tmp/kept/*.prom $metrics; ls -A $textfiles"
  refute_output --partial .new
  run -0 on director "journalctl -q -u $unit.service -n 5 -o cat"
  assert_output --partial 'no metrics are written: '
  on director "umount $textfiles"
  ask
  assert_sample report_written 1
}

@test "a description without it takes it away, and a rollback brings it back with the script of then" {
  run -0 on director 'bash /root/other/director.sh apply'
  run on director "ls $reports $metrics /etc/lvsgen/kgc/director.sh; systemctl list-units --all --plain --no-legend '$unit*'; ls /run | grep monitor"
  refute_line --regexp '^/etc|^/var|^lvsgen'
  run -0 on director 'bash /root/other/director.sh rollback'
  on director 'cmp director.sh /etc/lvsgen/kgc/director.sh'
  next_is_set "$unit.timer"
  run -0 script director check
}

@test "the commands of its page do what they say" {
  local commands
  commands=$(sed -n '/^systemctl list-timers/,/^```$/p' "$top/docs/monitoring.md" | sed '$d')
  [[ $(wc -l <<<"$commands") == 4 ]]
  # The stick is read here, and written in its page.
  run -0 on director "set -e; mkdir -p /tmp/stick; ${commands//\/media\/usb/\/tmp\/stick}; ls /tmp/stick/reports/kgc-director; rm -r /tmp/stick"
  assert_output --partial "$unit.timer"
  assert_output --regexp 'check: exit code 0, 0 pending; verify: exit code [01]'
  assert_output --regexp 'lvs1-director-check-.*\.jsonl'
}

@test "it is there after a reboot" {
  container reboot "$(guest director)"
  run -0 on director "systemctl is-active $unit.timer"
  next_is_set "$unit.timer"
}

@test "uninstall leaves nothing" {
  ask
  on director "touch $textfiles/of-another.prom"
  run -0 script director uninstall
  run -0 on director "ls $textfiles; rm $textfiles/of-another.prom; rmdir -p $textfiles 2>/dev/null || :"
  assert_output of-another.prom
  run on director "ls -d /run/lvsgen-* /var/spool/lvsgen /etc/lvsgen; systemctl list-units --all --plain --no-legend '$unit*' | grep ."
  refute_line --regexp '^/|^lvsgen'
  snapshot director after --without own
  same_state director before after
}
