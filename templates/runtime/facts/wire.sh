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

unasked=''

# Of addresses of IPv6 that this host has the kernel takes no answer for a neighbour's: it writes who claims them to its log (ndisc_recv_na
# in net/ipv6/ndisc.c). An entry among the neighbours, which nothing here goes by, has it ask the segment now: by packets for the group of the
# address, which do not come back to this host.
ask_claims() { # "ADDRESS DEVICE"... -> $unasked, why nothing can be said
  local entry now full
  local -A address_in_full=()
  for entry in "$@"; do answered_by[$entry]=''; done
  unasked=''
  for entry in "$@"; do can_solicit "${entry#* }" || unasked="${entry#* } has no link-local address to ask from"; done
  printf -v now '%(%s)T' -1
  for entry in "$@"; do
    in_full "${entry% *}"
    address_in_full["$full ${entry#* }"]=$entry
    ip -6 neigh replace "${entry% *}" lladdr "33:33:ff:${full:32:2}:${full:35:2}:${full:37:2}" dev "${entry#* }" nud probe 2>/dev/null || :
  done
  sleep 1
  for entry in "$@"; do ip -6 neigh del "${entry% *}" dev "${entry#* }" 2>/dev/null || :; done
  read_claims "$now"
}

# Linux up to 4.19 or so does not say who: `?`.
read_claims() { # SECONDS-OF-THE-EPOCH, with $address_in_full
  local line mac entry full said
  said=$(timeout 10 journalctl -k -b -o cat --since="@$1" 2>/dev/null) || unasked='journalctl has no messages of the kernel'
  while IFS= read -r line; do
    if [[ $line =~ NA:\ ([0-9a-f:]{17})\ advertised\ our\ address\ ([0-9a-f:]+)\ on\ ([^ ]+)! ]]; then
      mac=${BASH_REMATCH[1]}
    elif [[ $line =~ NA:\ (someone)\ advertises\ our\ address\ ([0-9a-f:]+)\ on\ ([^ ]+)! ]]; then
      mac='?'
    else
      continue
    fi
    in_full "${BASH_REMATCH[2]}"
    entry=${address_in_full["$full ${BASH_REMATCH[3]}"]:-}
    [[ ! $entry || " ${answered_by[$entry]}" == *" $mac "* ]] || answered_by[$entry]+="$mac "
  done <<<"$said"
}

# The kernel asks from the link-local address, and not while that is on trial: a second after the link came up.
can_solicit() { # DEVICE
  local scope flags device tries
  for tries in 1 2 3; do
    while read -r _ _ _ scope flags device; do
      [[ $device != "$1" || $scope != 20 ]] || ((0x$flags & 0x40)) || return 0
    done </proc/net/if_inet6
    sleep 1
  done
  return 1
}

# fd00::1 -> fd00:0000:0000:0000:0000:0000:0000:0001
in_full() { # ADDRESS -> $full
  local head=$1 rest='' part
  local -a before=() behind=()
  if [[ $1 == *::* ]]; then head=${1%%::*} rest=${1#*::}; fi
  IFS=: read -r -a before <<<"$head"
  IFS=: read -r -a behind <<<"$rest"
  full=''
  for part in ${before[@]+"${before[@]}"}; do printf -v full '%s:%04x' "$full" "0x$part"; done
  for ((part = ${#before[@]} + ${#behind[@]}; part < 8; part++)); do full+=:0000; done
  for part in ${behind[@]+"${behind[@]}"}; do printf -v full '%s:%04x' "$full" "0x$part"; done
  full=${full#:}
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
