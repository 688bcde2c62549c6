# ---- who claims an address of IPv6 that this host has: the kernel asks the segment, and its log tells ------------------------

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
  local scope flags device _
  for _ in 1 2 3; do
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
