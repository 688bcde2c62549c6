#!/bin/bash
# Two directors with the real keepalived, each in a network namespace of its own: a change of the virtual addresses goes from one to the
# other, and at no step do both have one, or none. Prints `ok WHAT` or `not ok WHAT`, and says what each had.
#   unshare --net --mount --pid --fork --kill-child --propagation private bash rolling.sh ROOT FOLDER
# FOLDER has before-lvs1, before-lvs2, more-lvs1, more-lvs2 and other-lvs2: files of keepalived.
set -eu
root=$1 folder=$2
first=(192.168.80.188 fd00:80::188) second=(192.168.80.189 fd00:80::189)

mount -t proc proc /proc
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mount -t tmpfs run "$root/run"
mount -t tmpfs netns /run
ip netns add lvs1
ip netns add lvs2
ip link add ens33 netns lvs1 type veth peer name ens33 netns lvs2
for n in 1 2; do
  ip -n lvs$n link set lo up
  ip -n lvs$n link set ens33 up
  ip -n lvs$n address add 192.168.80.1$((n - 1))/24 dev ens33
  ip -n lvs$n address add "fd00:80::1$((n - 1))/64" dev ens33 nodad
done

declare -A daemon=()
start() { # DIRECTOR
  mkdir -p "$root/run/$1"
  ip netns exec "$1" chroot "$root" /usr/sbin/keepalived --dont-fork --vrrp --log-console --use-file="/run/$1.conf" \
    --pid="/run/$1/pid" --vrrp_pid="/run/$1/vrrp" &>"$folder/$1.log" &
  daemon[$1]=$!
}

# Which of the four addresses it has, and nothing of what the link has by itself.
has() { # DIRECTOR
  local all address found=''
  all=$(ip -n "$1" -o address show dev ens33)
  for address in "${first[@]}" "${second[@]}"; do
    [[ $all != *" $address/"* ]] || found+=" $address"
  done
  printf '%s' "${found# }"
}

# It may take a moment on a machine that is busy; then it stays.
stays() { # WHAT "OF LVS1" "OF LVS2"
  local seen=0 try one other
  for ((try = 0; try < 120 && seen < 12; try++)); do
    one=$(has lvs1) other=$(has lvs2)
    if [[ $one == "$2" && $other == "$3" ]]; then seen=$((seen + 1)); else seen=0; fi
    sleep 0.5
  done
  if ((seen == 12)); then
    printf 'ok %s\n' "$1"
  else
    printf 'not ok %s: lvs1 has [%s], lvs2 has [%s]\n' "$1" "$one" "$other"
    exit 1
  fi
}

reload() { # DIRECTOR FILE
  cat "$folder/$2" >"$root/run/$1.conf"
  kill -HUP "${daemon[$1]}"
  # Until it has read it, what it has says nothing of it.
  sleep 2
}

cat "$folder/before-lvs1" >"$root/run/lvs1.conf"
cat "$folder/before-lvs2" >"$root/run/lvs2.conf"
start lvs1
stays 'the first one that is there has the addresses' "${first[*]}" ''
start lvs2
stays 'the second one leaves them there' "${first[*]}" ''
reload lvs2 more-lvs2
stays 'one address more on the backup: it stays backup' "${first[*]}" ''
reload lvs1 more-lvs1
stays 'and on the master: it has both' "${first[*]} ${second[*]}" ''
reload lvs2 other-lvs2
stays 'one less on the backup: it stays backup' "${first[*]} ${second[*]}" ''
kill "${daemon[lvs1]}"
stays 'the master goes: the other one has what its own file names' '' "${second[*]}"
