# What files about hosts with a life share: a guest of its own for each test, and the scripts of test/bats/clusters/life-PLATFORM.json.
# shellcheck shell=bash disable=SC2154 # bats sets status, output and lines

setup_file() {
  export BUNDLE=$LVSGEN_BUNDLES/life-$PLATFORM OTHER=$BATS_FILE_TMPDIR/other
}
teardown() { stop_guests; rm -f "$BATS_FILE_TMPDIR"/*.guest; }

# A guest of its own for each row: prepared ROLE COMMANDS, which make it a host with a life.
prepared() {
  start_guest "$1"
  install_packages "$1"
  on "$1" 'modprobe nf_conntrack' # what IPVS brings along here
  on "$1" "$2"
  snapshot "$1" before --without own
}

# The scripts of the same description with changes by sed, at /media/other.
other_bundle() { # ROLE SED
  sed "$2" "$top/test/bats/clusters/life-$PLATFORM.json" > "$BATS_FILE_TMPDIR/other.json"
  node "$LVSGEN" build "$BATS_FILE_TMPDIR/other.json" -o "$OTHER" > "$BATS_FILE_TMPDIR/other.log" 2>&1 || fail "$(cat "$BATS_FILE_TMPDIR/other.log")"
  on "$1" mkdir -p /run/other
  tar -C "$OTHER" -c . | enter -i "$(guest "$1")" tar -x -C /run/other
}

as_before() { # ROLE
  snapshot "$1" after --without own
  same_state "$1" before after
}
