# ---- who has the virtual addresses: asked on the wire, as RFC 5227 has it, without claiming them -------------------

most_vips=32

check_vips() {
  local i entry address device questions=0 scratch
  ((${#vips[@]})) || return 0
  if ((EUID != 0)); then return 0; fi
  if ! is_arping; then
    finding skip arp "nobody was asked who has the virtual addresses: there is no arping of iputils here" '' 'Install iputils (EL) or iputils-arping (Debian, Ubuntu) to have it asked'
    return 0
  fi
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/lvsgen-doctor.XXXXXX") || return 0
  for entry in "${vips[@]}"; do # never empty
    address=${entry% *} device=${entry#* }
    if [[ $address == *:* ]]; then
      finding skip arp "$address: nobody was asked, arping knows IPv4 alone" '' "ping -6 $address from a third machine, before the apply"
    elif is_loud "$address"; then
      finding stop arp "$address is on $loud of this real server, which answers ARP for it" \
        "The director alone may: neighbours that hear this host reach one real server, or nobody." \
        "Take it off (ip address del $address/${address_of["$address $loud"]%% *} dev $loud), with what brings it up at boot (an old director's files, keepalived); or let realserver.sh apply --adopt do it"
    elif [[ ${address_of[$address]:-} ]]; then
      finding ok arp "$address is on this host already"
    elif [[ ! -e /sys/class/net/$device ]]; then
      continue
    elif ((questions == most_vips)); then
      finding skip arp "only the first $most_vips virtual addresses are asked about"
      break
    else
      questions=$((questions + 1))
      ask_for "$address" "$device" "$scratch/$address" &
    fi
  done
  wait
  for entry in "${vips[@]}"; do # never empty
    address=${entry% *} device=${entry#* }
    [[ $questions != 0 && $address != *:* && -z ${address_of[$address]:-} && -e /sys/class/net/$device ]] || continue
    questions=$((questions - 1))
    if [[ -e $scratch/$address ]]; then finding ok arp "$address is free on $device"; else judge_answer "$address" "$device"; fi
  done
  rm -rf -- "$scratch"
}

# Is it on an interface of a real server that answers ARP, where lo or a tunnel is to carry it?
is_loud() { # ADDRESS -> $loud
  local -a words=()
  [[ " $roles " == *' realserver '* && " $roles " != *' director '* ]] || return 1
  split_words "${address_of[$1]:-}"
  for loud in ${words[@]+"${words[@]}"}; do
    [[ $loud == @(lo|tunl*|sit*|gre*|ip6tnl*) ]] || return 0
  done
  return 1
}

ask_for() { # ADDRESS DEVICE FILE, which is there afterwards when nobody has the address
  ! arping -D -q -c 2 -w 3 -I "$2" "$1" >/dev/null 2>&1 || : >"$3"
}

# Somebody has it. A director may; then its own address is at the same hardware address.
judge_answer() { # VIP DEVICE
  local mac i address
  local -a words=()
  hardware_address "$1" "$2"
  local vip_mac=$mac
  if [[ -z $vip_mac ]]; then
    finding skip arp "$1: nobody could be asked on $2"
    return
  fi
  for ((i = 0; i < ${#director_names[@]}; i++)); do
    split_words "${director_addresses[i]}"
    for address in ${words[@]+"${words[@]}"}; do
      [[ $address != *:* ]] || continue
      hardware_address "$address" "$2"
      if [[ $mac == "$vip_mac" ]]; then
        finding ok arp "$1 is answered for by the director ${director_names[i]}, as it has to be"
        return
      fi
    done
  done
  finding stop arp "$1 is taken on $2: $vip_mac answers for it, and that is no director" \
    "Two machines with one address: clients reach the one or the other by chance." \
    "Find the machine by its hardware address (the switch's table) and free the address; a real server without its ARP settings does this too"
}

hardware_address() { # ADDRESS DEVICE -> $mac
  local line
  mac=''
  while IFS= read -r line; do
    [[ ! $line =~ \[([0-9A-Fa-f:]{17})\] ]] || mac=${BASH_REMATCH[1]}
  done < <(arping -D -c 1 -w 2 -I "$2" "$1" 2>/dev/null || :)
}
