#!/usr/bin/env bats
# What systemd calls a unit besides enabled and disabled: a boot starts it after an apply, and the way back leaves it as it was.
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets status, output and lines

load helper
load life

# A host where rpcbind is a unit of the site's own, with nothing of the distribution's that starts it.
site() { # COMMANDS
  prepared realserver "systemctl disable --now rpcbind.service rpcbind.socket nfs-server.service; systemctl stop rpc-statd.service; systemctl mask rpcbind.socket; rm -f /etc/init.d/rpcbind /etc/rc?.d/???rpcbind
    mkdir -p /opt/web /etc/systemd/system
    unit() { printf '%s\n' '[Service]' \"\${2:-ExecStart=/bin/sleep 100000}\" \"\${@:3}\" > \"\$1\"; }
    install='[Install]
WantedBy=multi-user.target'
    $1
    systemctl daemon-reload; systemctl -q is-active rpcbind && systemctl stop rpcbind; true"
}

enablement() { on realserver 'systemctl is-enabled rpcbind.service; readlink /etc/systemd/system/rpcbind.service; true'; }

# SITE-COMMANDS WORD: what is-enabled says before and after.
comes_on_and_back() {
  local way
  site "$1"
  run enablement
  assert_line --index 0 "$2"
  printf '%s\n' "$output" > "$BATS_TEST_TMPDIR/before"
  run -1 script realserver verify --only unit
  assert_line --regexp "^failed   unit rpcbind.service .*no boot starts it"
  for way in rollback uninstall; do
    run -0 script realserver
    run -0 on realserver 'systemctl is-enabled rpcbind.service'
    assert_output enabled
    run -0 script realserver
    assert_count changed 0
    run -0 script realserver "$way"
    enablement > "$BATS_TEST_TMPDIR/after"
    run -0 diff "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
    as_before realserver
  done
  run -0 script realserver
  container reboot "$(guest realserver)"
  run -0 on realserver 'systemctl is-active rpcbind.service'
  run -0 script realserver verify --only unit
  run -0 script realserver uninstall
}

@test "linked (systemctl link) is not enabled: apply enables it, a boot starts it, and the way back leaves the link" {
  comes_on_and_back 'unit /opt/web/rpcbind.service "" "$install"; systemctl link /opt/web/rpcbind.service' linked
  run enablement
  assert_output $'linked\n/opt/web/rpcbind.service'
}

@test "linked-runtime is gone at the next boot: apply enables it" {
  comes_on_and_back 'mv /lib/systemd/system/rpcbind.service /opt/web/was 2>/dev/null; rm -f /usr/lib/systemd/system/rpcbind.service
    unit /opt/web/rpcbind.service "" "$install"; systemctl --runtime link /opt/web/rpcbind.service' linked-runtime
}

@test "enabled-runtime is gone at the next boot: apply enables it" {
  comes_on_and_back 'unit /etc/systemd/system/rpcbind.service "" "$install"; systemctl daemon-reload; systemctl --runtime enable rpcbind.service' enabled-runtime
}

@test "static, and nothing wants it: apply fails and says what to do, which helps" {
  site 'unit /etc/systemd/system/rpcbind.service'
  run -1 script realserver
  assert_line --regexp '^failed   unit rpcbind.service .*no boot starts it: it has no \[Install\] section'
  assert_output --partial 'systemctl add-wants multi-user.target rpcbind.service'
  run -1 script realserver verify --only unit
  assert_output --partial 'it is static: no boot starts it'
  on realserver 'systemctl add-wants multi-user.target rpcbind.service'
  run -0 script realserver
  container reboot "$(guest realserver)"
  run -0 script realserver verify --only unit
  run -0 script realserver rollback
  run -0 on realserver 'systemctl is-enabled rpcbind.service'
  assert_output static
}

@test "static, wanted by what a boot starts by way of another, is on" {
  site 'unit /etc/systemd/system/rpcbind.service; unit /etc/systemd/system/first.service ExecStart=/bin/true RemainAfterExit=yes "$install"
    sed -i "1i [Unit]\nWants=second.service" /etc/systemd/system/first.service
    unit /etc/systemd/system/second.service; sed -i "1i [Unit]\nRequires=rpcbind.service" /etc/systemd/system/second.service
    systemctl daemon-reload; systemctl -q enable first.service; systemctl stop first second'
  run -0 script realserver
  container reboot "$(guest realserver)"
  run -0 script realserver verify --only unit
  # The same beside a unit that no boot starts.
  on realserver 'systemctl disable first'
  run -1 script realserver verify --only unit
  assert_output --partial 'it is static: no boot starts it'
}

@test "a unit that ends as soon as it has started, and that nobody starts again: apply fails, though systemd said active" {
  site 'unit /etc/systemd/system/rpcbind.service "ExecStart=/bin/sh -c \"exec /bin/sleep 0.3; exit 1\"" "$install"'
  run -1 script realserver
  assert_line --regexp '^failed   unit rpcbind.service .*it starts and ends again: journalctl -u rpcbind.service'
  run -0 script realserver rollback
  as_before realserver
}

@test "a unit that starts and ends again and again is not active: apply fails, verify says so" {
  site 'unit /etc/systemd/system/rpcbind.service "ExecStart=/bin/sh -c \"exec /bin/sleep 0.3; exit 1\"" Restart=always RestartSec=30 "$install"
    printf "%s\n" "[Unit]" StartLimitInterval=0 StartLimitIntervalSec=0 >> /etc/systemd/system/rpcbind.service'
  run -1 script realserver
  assert_line --regexp '^failed   unit rpcbind.service .*it starts and ends again: journalctl -u rpcbind.service'
  on realserver 'until [[ $(systemctl show -p SubState rpcbind.service) == *=auto-restart ]]; do sleep 0.05; done'
  run -1 script realserver verify --only unit
  assert_output --partial 'it starts and ends again'
  run -0 script realserver rollback
  as_before realserver
}

# systemctl turns the run levels of a SysV script of that name first, and the unit's own links after them (systemd-sysv-install).
script_too() { # UNIT... -> commands that make a SysV script and links of it that are off, for each
  printf '%s\n' "
    mkdir -p /etc/init.d /etc/rc{2,3,4,5}.d
    command -v update-rc.d > /dev/null || {
      printf '%s\n' '#!/bin/bash' 'for link in /etc/rc[2345].d/[SK]??\"\$2\"; do' '  letter=S; [[ \$1 == enable ]] || letter=K' \
        '  mv -f \"\$link\" \"\${link%/*}/\${letter}01\$2\" 2> /dev/null' done true > /lib/systemd/systemd-sysv-install
      chmod 755 /lib/systemd/systemd-sysv-install
    }
    for name in $*; do
      printf '%s\n' '#!/bin/sh' '### BEGIN INIT INFO' \"# Provides: \$name\" '# Required-Start:' '# Required-Stop:' '# Default-Start: 2 3 4 5' '# Default-Stop: 0 1 6' '# Short-Description: x' '### END INIT INFO' 'exit 0' > /etc/init.d/\$name
      chmod 755 /etc/init.d/\$name
      for level in 2 3 4 5; do ln -sf ../init.d/\$name /etc/rc\$level.d/K01\$name; done
    done"
}

levels() { on realserver "systemctl is-enabled $1.service; cd /etc && printf '%s\\n' rc[2345].d/[SK]??$1; true"; } # NAME

# What a cut in the middle of an apply leaves: the run levels as they are to be, and the unit as it was.
cut_between() { # NAME S|K WAY-of-the-unit
  on realserver "for link in /etc/rc[2345].d/[SK]??$1; do mv \"\$link\" \"\${link%/*}/${2}01$1\" 2> /dev/null; done
    mkdir -p /etc/systemd/system/multi-user.target.wants; cd /etc/systemd/system/multi-user.target.wants && $3; systemctl daemon-reload"
}

@test "a power cut between the run levels of a unit and its own links: the way back turns off both" {
  site 'unit /etc/systemd/system/rpcbind.service "" "$install"; systemctl daemon-reload
    systemctl disable rpcbind.service'"$(script_too rpcbind)"
  levels rpcbind > "$BATS_TEST_TMPDIR/before"
  run -0 cat "$BATS_TEST_TMPDIR/before"
  assert_line --index 0 disabled
  assert_line 'rc3.d/K01rpcbind'
  run -0 script realserver
  cut_between rpcbind S 'rm -f rpcbind.service'
  on realserver 'systemctl stop rpcbind.service' # a boot has been there since
  run levels rpcbind
  assert_line --index 0 disabled
  assert_line 'rc3.d/S01rpcbind'
  run -0 script realserver rollback
  levels rpcbind > "$BATS_TEST_TMPDIR/after"
  run -0 diff "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
}

@test "a power cut between the run levels of a unit and its own links: the way back turns on both" {
  site 'unit /etc/systemd/system/rpcbind.service "" "$install"; unit /etc/systemd/system/ip6tables.service ExecStart=/bin/true RemainAfterExit=yes "$install"; systemctl daemon-reload'"
    $(script_too ip6tables)"'
    systemctl enable ip6tables.service'
  levels ip6tables > "$BATS_TEST_TMPDIR/before"
  run -0 cat "$BATS_TEST_TMPDIR/before"
  assert_line --index 0 enabled
  assert_line 'rc3.d/S01ip6tables'
  other_bundle realserver 's/"firewall": "keep"/"firewall": "disable"/'
  run -0 on realserver 'bash /run/other/realserver.sh'
  run levels ip6tables
  assert_line --index 0 disabled
  cut_between ip6tables K 'ln -s ../ip6tables.service .'
  run levels ip6tables
  assert_line --index 0 enabled
  assert_line 'rc3.d/K01ip6tables'
  run -0 on realserver 'bash /run/other/realserver.sh rollback'
  levels ip6tables > "$BATS_TEST_TMPDIR/after"
  run -0 diff "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
}
