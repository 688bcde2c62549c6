#!/usr/bin/env bats
# What --adopt took over, on a host of several clusters: it stays away as long as any of them needs that, in whatever order they come,
# change, are renamed and go; and what stood there before comes back with the last of them, the very file with its time.
# platforms: el7 debian12
# shellcheck disable=SC2154

load helper

# Bundles of clusters by name: /media/usb/NAME/realserver.sh. `less` has neither the share nor the VIP that the others have, nor an export of theirs;
# `rw` exports the same with other options.
setup_file() {
  local name
  export BUNDLE=$BATS_FILE_TMPDIR/bundles
  mkdir -p "$BUNDLE"
  for name in one one-new two three; do bundle "$name" "$name" ''; done
  less='/"mounts"/d; s/"web1": {/"web1": {"files": [{"path": "\/srv\/less", "content": "less\\n"}],/; s/80\.12\/24",/80.12\/24"/; s/80\.188/80.198/; s/80\.189/80.199/; s/"\/opt\/kgc"/"\/opt\/less"/'
  for name in one two; do bundle "$name-less" "$name" "$less"; done
  # Another share instead, which leaves lvsgen's part in fstab.
  for name in one two; do bundle "$name-moved" "$name" 's/"target": "\/var\/www\/html"/"target": "\/srv\/moved"/; s/80\.188/80.196/; s/80\.189/80.197/'; done
  for name in two two-new; do bundle "$name-rw" "$name" 's/"192.168.80.0\/24": \["ro"\]/"192.168.80.0\/24": ["rw"]/'; done
}
teardown() { stop_guests; rm -f "$BATS_FILE_TMPDIR"/*.guest; }

# The mount point by a hand's line, and the VIP on the NIC, the host's own address behind it; an export by a hand's entry.
stood_there() { # ROLE
  start_guest "$1"
  install_packages "$1"
  case $1 in
    realserver)
      on realserver 'modprobe nf_conntrack; for device in all ens33; do echo 0 > /proc/sys/net/ipv4/conf/$device/promote_secondaries; done
        mkdir -p /var/www/html
        printf "# first\n192.168.80.13:/opt/kgc /var/www/html/ nfs rw 0 0\n# end" > /etc/fstab; chmod 640 /etc/fstab; touch -d "2021-02-03 04:05:06.7" /etc/fstab
        ip address flush dev ens33; ip address add 192.168.80.188/24 dev ens33 label ens33:0; ip address add 192.168.80.12/24 dev ens33
        [[ ! -e /etc/redhat-release ]] || { printf "DEVICE=ens33:0\nIPADDR=192.168.80.188\nPREFIX=24\n" > /etc/sysconfig/network-scripts/ifcfg-ens33:0; touch -d "2021-02-03 04:05:06.7" /etc/sysconfig/network-scripts/ifcfg-ens33:0; }
        systemctl daemon-reload'
      ;;
    nfs)
      on nfs 'mkdir -p /opt/kgc /opt/other /srv /etc/exports.d; printf "# by hand\n/srv 10.0.0.0/8(ro)\n/opt/kgc 192.168.80.0/24(rw,sync)\n/opt/other *(ro)" > /etc/exports
        chmod 640 /etc/exports; touch -d "2021-02-03 04:05:06.7" /etc/exports; systemctl start nfs-server; exportfs -ra'
      ;;
  esac
  snapshot "$1" before --without own
}

bundle() { # FOLDER NAME SED
  sed "s/\"name\": \"life\"/\"name\": \"$2\"/; $3" "$top/test/bats/clusters/life-$PLATFORM.json" > "$BATS_FILE_TMPDIR/$1.json"
  node "$LVSGEN" build "$BATS_FILE_TMPDIR/$1.json" -o "$BUNDLE/$1" > "$BATS_FILE_TMPDIR/$1.log" 2>&1 || fail "$(cat "$BATS_FILE_TMPDIR/$1.log")"
}

# play ROLE STEP…: `one apply --adopt` is a command of a bundle's script, a word alone a function to look with.
play() {
  local role=$1
  stood_there "$role"
  go_through "$@"
  back "$role"
}

go_through() {
  local role=$1 step
  shift
  for step; do
    if [[ $step == *' '* ]]; then
      run -0 on "$role" "bash ${step%% *}/$role.sh ${step#* }"
    else
      "$step"
    fi
  done
}

back() { # ROLE: as it was, with nothing of lvsgen's but what a hand changed
  local role=$1
  snapshot "$role" after --without own
  same_state "$role" before after
  run -0 on "$role" 'find /var/lib/lvsgen -type f 2>/dev/null || :'
  assert_output ''
}

stands() { # as it did before
  run -0 on realserver 'cat /etc/fstab'
  assert_line --partial 'nfs rw 0 0'
}
line_away() {
  run -0 on realserver 'cat /etc/fstab'
  refute_line --partial 'nfs rw 0 0'
}
away() {
  line_away
  run -0 on realserver 'ip -o -4 address show dev ens33'
  refute_output --partial 192.168.80.188
  run -2 on realserver 'ls /etc/sysconfig/network-scripts/ifcfg-ens33:0'
}

orders=(
  'one apply --adopt|two apply|away|one uninstall|away|two check|two verify --only address,mount|two uninstall'
  'one apply --adopt|two apply|two uninstall|away|one check|one uninstall'
  'one apply --adopt|two apply|one rollback|away|two check|two uninstall'
  'one apply --adopt|one-new apply|one uninstall|away|one-new check|two apply|one-new rollback|away|two check|two uninstall'
  'one apply --adopt|two apply|three apply|one uninstall|two uninstall|away|three check|one apply|three uninstall|away|one check|one uninstall'
)
for order in "${orders[@]}"; do
  bats_test_function --description "the share and the VIP: ${order//|/, }" -- in_order realserver "$order"
done
in_order() { # ROLE STEPS
  local -a steps
  IFS='|' read -r -a steps <<< "$2"
  play "$1" "${steps[@]}"
}

@test "described no longer: what was taken out for it is back where it stood, and away again with a rollback" {
  play realserver 'one apply --adopt' away 'one-less apply' stands 'one-less check' 'one-less rollback' away 'one check' 'one uninstall'
}

@test "described no longer with another line of the same cluster in the file, or of another: the very file comes back with the last" {
  play realserver 'one apply --adopt' 'one-moved apply' stands 'one-moved check' 'one-moved uninstall'
  go_through realserver 'one apply --adopt' 'two apply' 'one-moved apply' away 'two uninstall' stands 'one-moved apply' 'one-moved check' 'one uninstall'
  back realserver
  go_through realserver 'one apply --adopt' 'two-moved apply' 'one uninstall' stands 'two-moved check' 'two uninstall'
  back realserver
  go_through realserver 'one apply --adopt' 'two-moved apply' 'one-less apply' stands 'two-moved rollback' stands 'one-less rollback' away 'one apply' 'one uninstall'
  back realserver
}

@test "described no longer by the one that had it handed over, and by one while another still has it" {
  play realserver 'one apply --adopt' 'two apply' 'one uninstall' 'two-less apply' stands 'two-less check' 'two uninstall'
  go_through realserver 'one apply --adopt' 'two apply' 'one-less apply' away 'one-less check' 'two check' 'two uninstall' stands 'one uninstall'
  back realserver
}

@test "a rollback to before it was described, after the one that had taken it out left: it is back at once" {
  play realserver 'two-less apply' 'one apply --adopt' 'two apply' 'one uninstall' away 'two rollback' stands 'two-less check' 'two-less uninstall'
}

@test "a line that a hand writes later is another one: both come back, and none that lvsgen has in its block goes" {
  stood_there realserver
  run -0 on realserver 'bash one/realserver.sh apply --adopt'
  on realserver 'grep "^192.168.80.13" /etc/fstab > /tmp/own; cat /tmp/own >> /etc/fstab; echo "192.168.80.13:/opt/kgc /var/www/html nfs ro,hard 0 0" >> /etc/fstab'
  run -69 on realserver 'bash one/realserver.sh apply'
  run -0 on realserver 'bash one/realserver.sh apply --adopt; cat /etc/fstab'
  assert_line "$(on realserver 'cat /tmp/own')"
  refute_line --regexp '^192.*ro,hard'
  run -0 on realserver 'bash one/realserver.sh check && bash one/realserver.sh uninstall && cat /etc/fstab'
  assert_line --partial 'nfs rw 0 0'
  assert_line --partial 'nfs ro,hard 0 0'
}

# ---- exports ------------------------------------------------------------------------------------------------------------

exported() { # OPTION
  run -0 on nfs 'exportfs -s; cat /etc/exports /etc/exports.d/*; exportfs -ra 2>&1'
  assert_line --regexp "^/opt/kgc +192\.168\.80\.0/24\((.*,)?$1(,.*)?\)"
  assert_line "/opt/kgc 192.168.80.0/24($1)"
  refute_line '/opt/kgc 192.168.80.0/24(rw,sync)'
  refute_output --partial duplicated
}
read_only() { exported ro; }
writable() { exported rw; }

orders=(
  'one apply --adopt|two apply|one uninstall|read_only|two check|two uninstall'
  'one apply --adopt|two apply|one rollback|read_only|two check|two uninstall'
  'one apply --adopt|one-new apply|one uninstall|read_only|one-new check|one-new uninstall'
  # Other options, which --adopt took over: the one that is left has its own again.
  'one apply --adopt|two-rw apply --adopt|writable|two-rw uninstall|read_only|one check|one verify --only export|one uninstall'
  'one apply --adopt|two-rw apply --adopt|two-rw rollback|read_only|one check|one uninstall'
  'one apply --adopt|two-rw apply --adopt|two-less apply|read_only|one check|two-less check|two-less rollback|writable|two-rw check|one uninstall|writable|two-rw check|two-rw uninstall'
  'one apply --adopt|two-rw apply --adopt|one uninstall|writable|two-rw check|two-rw uninstall'
  'one apply --adopt|two-rw apply --adopt|one apply --adopt|read_only|two-rw uninstall|read_only|one check|one uninstall'
  # The renamed one describes what the old one wrote, and has no record of it.
  'one apply --adopt|two-rw apply --adopt|two-new-rw apply|one uninstall|writable|two-rw uninstall|writable|two-new-rw check|two-new-rw uninstall'
)
for order in "${orders[@]}"; do
  bats_test_function --description "the export: ${order//|/, }" -- in_order nfs "$order"
done

@test "the messages name the cluster, and say so where something is kept" {
  stood_there nfs
  run -0 on nfs 'bash one/nfs.sh apply --adopt'
  run -69 on nfs 'bash two-rw/nfs.sh apply'
  assert_output --partial 'it is of one/nfs, with something else in it'
  refute_output --partial "not lvsgen's"
  run -0 on nfs 'bash two-rw/nfs.sh apply --adopt'
  run -0 on nfs 'bash two-rw/nfs.sh rollback'
  assert_output --partial 'as one/nfs describes it, which needs it still'
  refute_output --partial 'by hand'
  assert_count kept ''
  run -0 on nfs 'bash one/nfs.sh uninstall'
  refute_output --partial 'by hand'
  back nfs
}
