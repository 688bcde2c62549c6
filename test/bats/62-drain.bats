#!/usr/bin/env bats
# The table is changed by entry, under the connections of clients; drain and undrain; what removes, drains first.
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

vip=192.168.80.188 web1=192.168.80.12 web2=192.168.80.13
case $PLATFORM in
  el7) rules=/etc/sysconfig/ipvsadm ;;
  debian12) rules=/etc/ipvsadm.rules ;;
esac

setup_file() {
  start_guest director
  script director apply
  # Counts the runs of ipvsadm that change something.
  on director 'mv /usr/sbin/ipvsadm /usr/sbin/ipvsadm.real
    printf "#!/bin/bash\ncase \$* in *-R*) tee -a /run/edits | ipvsadm.real \"\$@\"; status=\$?; echo == >> /run/edits; exit \$status;; esac\nexec ipvsadm.real \"\$@\"\n" > /usr/sbin/ipvsadm
    chmod +x /usr/sbin/ipvsadm'
}
teardown_file() { stop_guests; }
setup() { on director ': > /run/edits; rm -f /run/guest/connections'; }

edits() { on director 'cat /run/edits'; }
connections() { # SERVER COUNT SECONDS
  on director "for ((i = 0; i < $2; i++)); do echo TCP 10.9.8.7:\$((40000 + i)) $vip:80 $1:80 ESTABLISHED 900; done > /run/guest/connections
    (sleep $3; rm -f /run/guest/connections) > /dev/null 2>&1 &"
}

@test "one ipvsadm -R carries every difference, and touches nothing that is equal" {
  on director "ipvsadm -e -t $vip:80 -r $web2:80 -g -w 9; ipvsadm -E -t $vip:80 -s wlc; ipvsadm -A -t $vip:8080 -s rr"
  run -0 script director apply --drain 0
  assert_line --partial "$vip:8080"
  run -0 edits
  assert_output "-E -t $vip:80 -s rr
-e -t $vip:80 -r $web2:80 -g -w 1
=="
  run -0 on director 'ipvsadm -Sn'
  assert_line -- "-A -t $vip:8080 -s rr"
  on director "ipvsadm -D -t $vip:8080"
}

@test "an apply with nothing to do runs no ipvsadm -R" {
  run -0 script director apply
  assert_count changed 0
  run -0 edits
  assert_output ''
}

@test "a real server that someone added to a described service gets no new connections, has its time, and goes" {
  on director "ipvsadm -a -t $vip:80 -r 192.168.80.99:80 -g -w 4"
  connections 192.168.80.99 3 12
  run -0 script director apply --drain 60
  assert_output --partial '3 connection'
  run -0 edits
  assert_output "-e -t $vip:80 -r 192.168.80.99:80 -g -w 0
==
-d -t $vip:80 -r 192.168.80.99:80
=="
}

@test "its time is over: it goes with its connections, and that is said" {
  on director "ipvsadm -a -t $vip:80 -r 192.168.80.99:80 -g -w 4"
  connections 192.168.80.99 2 60
  run -0 script director apply --drain 2
  assert_output --partial '2 connection'
  run -0 on director 'ipvsadm -Sn'
  refute_output --partial 192.168.80.99
}

@test "drain NAME: weight 0, in the rules file too; check, status and apply say so and keep it" {
  connections "$web1" 4 60
  run -0 script director drain web1 --drain 0
  assert_output --partial '4 active connection'
  run -0 edits
  assert_output "-e -t $vip:80 -r $web1:80 -g -w 0
=="
  on director "grep -q -- '-r $web1:80 -g -w 0' $rules"
  for command in check status apply verify; do
    run -0 script director "$command"
    assert_output --regexp 'drained +web1'
  done
  run -0 on director 'ipvsadm -Sn'
  assert_line -- "-a -t $vip:80 -r $web1:80 -g -w 0"
}

@test "a drain outlives a reboot and a repair" {
  container reboot "$(guest director)"
  run -0 script director check
  assert_output --regexp 'drained +web1'
  on director "ipvsadm -C; ipvsadm -A -t $vip:80 -s rr"
  run -0 script director apply
  run -0 on director 'ipvsadm -Sn'
  assert_line -- "-a -t $vip:80 -r $web1:80 -g -w 0"
}

@test "drained already: nothing changes; who is not there: 64" {
  run -0 script director drain web1 --drain 0
  assert_count changed 0
  run -64 script director drain web9
  assert_output --partial web2
}

@test "drain waits for the connections of that server alone, up to its time" {
  connections "$web2" 2 2
  run -0 script director drain "$web2" --drain 60
  assert_output --partial '0 active connection'
  run -0 script director undrain web2
}

@test "who ends the wait is not told to undo the apply before it" {
  connections "$web2" 1 60
  run on director "timeout -s INT 3 bash director.sh drain $web2 --drain 60"
  assert_output --regexp 'ended by SIGINT; what was drained stays so: the same command again goes on, undrain goes back'
  refute_output --partial rollback
  run -0 on director 'ipvsadm -Sn'
  assert_line -- "-a -t $vip:80 -r $web2:80 -g -w 0"
  connections "$web2" 0 0
  run -0 script director undrain web2
}

@test "undrain NAME: the described weight, and no word of it any more" {
  run -0 script director undrain web1
  run -0 script director check
  refute_output --partial drained
  run -0 on director "ipvsadm -Sn; cat $rules"
  refute_output --partial -- '-w 0'
}

# The scripts of the same cluster with another description, at /run/NAME.
changed() { # NAME SED-EXPRESSION
  local description=kgc
  [[ $PLATFORM == el7 ]] || description=kgc-debian12
  sed "$2" "$top/examples/$description.json" > "$BATS_FILE_TMPDIR/$1.json"
  node "$LVSGEN" build "$BATS_FILE_TMPDIR/$1.json" -o "$BATS_FILE_TMPDIR/$1" > /dev/null 2>&1
  on director mkdir -p "/run/$1"
  tar -C "$BATS_FILE_TMPDIR/$1" -c . | enter -i "$(guest director)" tar -x -C "/run/$1"
}

heavier() {
  changed heavier 's/{ "host": "web1" }, { "host": "web2" }/{ "host": "web1", "weight": 5 }, { "host": "web2", "weight": 6 }/'
}

@test "a service that is described no longer: check says that it goes, and not that it is left alone" {
  changed moved 's/"port": 80\b/"port": 8080/'
  run -2 on director 'bash /run/moved/director.sh check'
  assert_line --regexp "^pending +service -t $vip:80 +\(no longer described\)"
  refute_output --partial 'left alone'
}

@test "rollback undoes the last apply; who is drained is the operator's own and outlives it" {
  heavier
  # drain, apply, undrain: the apply goes, and the server is in rotation with the weight of then.
  run -0 script director drain web2 --drain 0
  run -0 on director 'bash /run/heavier/director.sh'
  run -0 on director 'bash /run/heavier/director.sh undrain web2'
  run -0 script director rollback
  assert_output --regexp 'undoing generation [0-9]+ of '
  run -0 on director "ipvsadm -Sn; cat $rules"
  assert_line -- "-a -t $vip:80 -r $web2:80 -g -w 1"
  refute_output --partial -- '-w 0'
  refute_output --partial -- '-w 5'
  run -0 script director apply
  assert_count changed 0
  # apply, drain, undrain.
  run -0 on director 'bash /run/heavier/director.sh'
  run -0 on director 'bash /run/heavier/director.sh drain web2 --drain 0'
  run -0 on director 'bash /run/heavier/director.sh undrain web2'
  run -0 script director rollback
  run -0 on director 'ipvsadm -Sn'
  assert_line -- "-a -t $vip:80 -r $web1:80 -g -w 1"
  assert_line -- "-a -t $vip:80 -r $web2:80 -g -w 1"
  # apply, drain: it stays drained.
  run -0 on director 'bash /run/heavier/director.sh'
  run -0 on director 'bash /run/heavier/director.sh drain web2 --drain 0'
  on director 'cp /var/log/lvsgen/kgc.log /run/before.log'
  run -0 script director rollback
  assert_output --partial 'out of rotation as before: web2'
  # Nor has it clients in between.
  run -0 on director "diff /run/before.log /var/log/lvsgen/kgc.log | grep 'run: ipvsadm'"
  assert_line --partial -- "-r $web1:80 -g -w 1"
  refute_line --regexp -- "-r $web2:80 .*-w [1-9]"
  run -0 on director "ipvsadm -Sn; cat $rules"
  assert_line -- "-a -t $vip:80 -r $web1:80 -g -w 1"
  assert_line -- "-a -t $vip:80 -r $web2:80 -g -w 0"
  run -0 script director apply
  assert_count changed 0
  run -0 script director undrain web2
}

@test "who was drained and is described no longer is put back by name, and gets clients when it is described again" {
  changed less 's/{ "host": "web1" }, { "host": "web2" }/{ "host": "web1" }/'
  run -0 script director drain web2 --drain 0
  run -0 on director 'bash /run/less/director.sh --drain 0'
  assert_output --regexp 'drained +web2'
  run -64 on director 'bash /run/less/director.sh undrain web9'
  run -0 on director 'bash /run/less/director.sh undrain web2'
  assert_count changed 0
  run -64 on director 'bash /run/less/director.sh undrain web2'
  run -0 script director apply
  refute_output --partial drained
  run -0 on director "ipvsadm -Sn; cat $rules"
  assert_line -- "-a -t $vip:80 -r $web2:80 -g -w 1"
  refute_output --partial -- '-w 0'
}

@test "drain changes nothing but that server's weight" {
  on director "echo '# by hand' >> /etc/modules-load.d/lvsgen-kgc-director.conf; ipvsadm -e -t $vip:80 -r $web2:80 -g -w 7"
  run -0 script director drain web1 --drain 0
  run -0 on director 'ipvsadm -Sn'
  assert_line -- "-a -t $vip:80 -r $web2:80 -g -w 7"
  run -0 on director 'tail -n 1 /etc/modules-load.d/lvsgen-kgc-director.conf'
  assert_output '# by hand'
  run -0 script director undrain web1
  run -0 script director apply
}

@test "uninstall drains before it removes, the address last" {
  connections "$web1" 1 30
  run -0 script director uninstall --drain 60
  assert_output --partial '1 connection'
  run -0 edits
  assert_line --index 0 -- "-e -t $vip:80 -r $web1:80 -g -w 0"
}
