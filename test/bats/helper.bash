# What the bats files share. run.mjs gives: PLATFORM (el7 or debian12), IMAGE (its guest), BUNDLE (the scripts built for it).
# shellcheck shell=bash disable=SC2154 # bats sets status, output and lines

bats_require_minimum_version 1.11.0
top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
load "$top/node_modules/bats-support/load"
load "$top/node_modules/bats-assert/load"

container() { "$top/test/docker/container" "$@"; }
docker() { command "${DOCKER:-docker}" "$@"; }
# shellcheck source=test/docker/enter.bash
. "$top/test/docker/enter.bash"

# Hosts of the example cluster: one a role, and its address.
host_of() {
  case $1 in
    director) printf 'lvs1\n' ;;
    realserver) printf 'web1\n' ;;
    nfs) printf 'web2\n' ;;
    client) printf 'pc\n' ;;
  esac
}
address_of() {
  case $1 in
    lvs1) printf '192.168.80.10\n' ;;
    web1) printf '192.168.80.12\n' ;;
    web2) printf '192.168.80.13\n' ;;
    pc) printf '192.168.80.200\n' ;;
  esac
}

# Guests live as long as their file: start_guest NAME [HOST] [FLAGS…] starts one, `on NAME` runs in it. The scripts stand at /media/usb.
start_guest() {
  local name=$1 host=${2:-$(host_of "$1")}
  container start "${GUEST_IMAGE:-$IMAGE}" "$host" --nic "ens33=$(address_of "$host")/24" --mount "$BUNDLE:/media/usb" "${@:3}" > "$BATS_FILE_TMPDIR/$name.guest"
}

stop_guests() {
  local file
  for file in "$BATS_FILE_TMPDIR"/*.guest; do
    [[ ! -s $file ]] || container rm "$(cat "$file")"
  done
}

guest() { cat "$BATS_FILE_TMPDIR/$1.guest"; }

# on NAME COMMAND…: as root in the guest; one word is a line of bash.
on() {
  local name=$1
  shift
  if (($# == 1)); then set -- bash -c "$1"; fi
  enter -w /media/usb "$(guest "$name")" "$@"
}

# The role's script in its guest: `script director check --diff`.
script() {
  local role=$1
  shift
  enter -w /media/usb "$(guest "$role")" bash "$role.sh" "$@"
}

# Keeps a snapshot of a guest's state under a name; same_state NAME ONE OTHER compares two and shows the difference.
snapshot() {
  local name=$1 as=$2
  shift 2
  container snapshot "$(guest "$name")" "$@" > "$BATS_FILE_TMPDIR/$name.$as"
}

same_state() {
  local difference
  if ! difference=$(diff -U0 "$BATS_FILE_TMPDIR/$1.$2" "$BATS_FILE_TMPDIR/$1.$3" | tail -n +3 | grep -v '^@@'); then return 0; fi
  printf '%s\n' "$difference" | head -40 | batslib_decorate "state of $1: - $2, + $3" | fail
}

# The packages of every role, so that what an apply installs is no part of a comparison.
install_packages() {
  case $PLATFORM in
    el7) on "$1" 'yum -y -q install ipvsadm nfs-utils httpd' ;;
    debian12) on "$1" 'command -v ipvsadm apache2 exportfs' ;;
  esac >/dev/null
}

# The closing line's number: `count changed`. It need not be the last: docker joins the two streams of a command in any order.
count() { printf '%s\n' "$output" | sed -nE "s/^[a-z]+ [^ ]+:( [a-z]+=[0-9]+)* $1=([0-9]+).*/\\2/p"; }

assert_count() {
  local counted
  counted=$(count "$1")
  [[ $counted == "$2" ]] || printf '%s\n' "$output" | batslib_decorate "$1=$2 was expected, not $1=$counted" | fail
}

# For every role: one test NAME that calls FUNCTION ROLE.
for_each_role() {
  local name=$1 function=$2 role
  for role in director realserver nfs; do
    bats_test_function --description "$role: $name" -- "$function" "$role"
  done
}
