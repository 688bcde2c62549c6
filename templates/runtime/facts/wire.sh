# ---- who answers for an address on a segment: asked there, as RFC 5227 has it, without claiming it ------------------------

declare -A answered_by=() # "ADDRESS DEVICE" -> hardware addresses, a blank behind each

# Another program of the same name takes other options.
is_arping() {
  command -v arping >/dev/null && [[ $(arping -V 2>&1) == *iputils* ]]
}

most_asked_at_once=32

# All at once: a question that nobody answers takes its whole time.
ask_wire() { # "ADDRESS DEVICE"... of IPv4
  local entry address device mac
  for entry in "$@"; do answered_by[$entry]=''; done
  while read -r address device mac; do
    [[ " ${answered_by["$address $device"]}" == *" $mac "* ]] || answered_by["$address $device"]+="$mac "
  done < <(answers_on_wire "$@" || :)
}

answers_on_wire() { # "ADDRESS DEVICE"...
  local entry running=0
  for entry in "$@"; do
    macs_for "${entry% *}" "${entry#* }" &
    running=$((running + 1))
    ((running % most_asked_at_once)) || wait
  done
  wait
}

# Of an address of this very host an ordinary request would tell the neighbours where it is: there it is a probe, which ends with the first answer.
macs_for() { # ADDRESS DEVICE: prints ADDRESS DEVICE MAC, a line each
  local line mac manner=-b
  [[ -z ${address_of[$1]:-} ]] || manner=-D
  while IFS= read -r line; do
    [[ $line =~ \[([0-9A-Fa-f:]{17})\] ]] || continue
    mac=${BASH_REMATCH[1]}
    printf '%s %s %s\n' "$1" "$2" "${mac,,}"
  done < <(arping "$manner" -c 2 -w 2 -I "$2" "$1" 2>/dev/null || :)
}

# The kernel's own question, for IPv6 and where there is no arping: -> $mac, empty where nobody answers
neighbour_of() { # ADDRESS DEVICE
  local line tenths state=''
  mac=''
  for ((tenths = 0; tenths < 100; tenths++)); do
    # What is sent there has it asked; where there is an old answer, once more after five seconds (delay_first_probe_time in arp(7)).
    # shellcheck disable=SC2016 # the inner bash expands it
    ((tenths % 20)) || timeout 1 "$BASH" -c 'printf x >"/dev/udp/$1/9"' bash "$1" 2>/dev/null || :
    line=$(ip neigh show to "$1" dev "$2" 2>/dev/null) || line=''
    line=${line%"${line##*[! ]}"} state=${line##* }
    case $state in
      REACHABLE | PERMANENT) break ;;
      FAILED | NOARP) return 0 ;;
      '') ((tenths < 5)) || return 0 ;; # no way there
    esac
    sleep 0.1
  done
  [[ $state == @(REACHABLE|PERMANENT) && $line =~ lladdr\ ([0-9a-f:]{17}) ]] || return 0
  mac=${BASH_REMATCH[1]}
}
