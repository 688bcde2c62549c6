# The runtime of a generated script alone, for what is tried a hundred times: its functions, as root, in a guest.
# Used as: source functions.bash /media/usb/realserver.sh
source <(sed '1,/^# Part 3 of 3/d; $d' "$1")
set -Eeuo pipefail
shopt -s extglob
export LC_ALL=C
umask 022
root='' cluster=paths role=realserver host=web1 script=test command=apply mutating=yes generation=0001
state_dir=/var/lib/lvsgen/paths/realserver
(umask 077 && mkdir -p "$state_dir/blobs" "$state_dir/generations")
# The script describes this host, and no other.
hosts() { host "$host" debian12 192.0.2.1; }
afresh() { loaded=() stat_of=() failure=''; }

# Whether it is on the disk is not what these ask.
sync_paths() { :; }
sync_reached() { :; }

# race USER WAY NAME TARGET FUNCTION: FUNCTION while race.pl is at it, until both were at it a hundred times (or a busy machine has
# taken a minute). Prints how often either was.
race() {
  local run end=$((SECONDS + 60)) tries=0
  race.pl "$1" "$2" "$3" "$4" /tmp/tries &
  racer=$!
  # Whatever ends this shell ends the attack on the tests after it.
  trap 'kill "$racer"' EXIT
  until [[ -e /tmp/tries ]]; do :; done
  for ((run = 0; (run < 100 || tries < 100) && SECONDS < end; run++)); do
    afresh
    "$5" || :
    read -r tries </tmp/tries || tries=0
  done
  trap - EXIT
  kill "$racer"
  wait "$racer" || :
  read -r tries </tmp/tries
  rm -f /tmp/tries
  printf '%s runs, %s tries\n' "$run" "$tries"
  ((tries > 0))
}

# between ATTACK FUNCTION: FUNCTION again and again, ATTACK standing each time just before another one of the programs that it
# starts, until it has stood before each: what a race that is always won would do.
between() {
  local at_step program
  printf '0\n' >/tmp/attack
  for program in rm dd chown chgrp chmod cp mv mkdir rmdir stat ls timeout readlink sha256sum; do
    eval "$program() { step $1; command $program \"\$@\"; }"
  done
  for ((at_step = 1; at_step < 40; at_step++)); do
    printf '%s\n' "$at_step" >/tmp/attack
    afresh
    "$2" || :
    read -r steps </tmp/attack
    "$3" || return 1
    ((steps <= 0)) || break
  done
  unset -f rm dd chown chgrp chmod cp mv mkdir rmdir stat ls timeout readlink sha256sum
  printf 'attacked before %s programs\n' "$((at_step - 1))"
  ((at_step > 1))
}
step() { # ATTACK
  local left
  read -r left </tmp/attack
  printf '%s\n' "$((left - 1))" >/tmp/attack
  ((left != 1)) || "$1"
}
