# ---- a VIP is on one machine at a time: verify asks the segment who has it ------------------------------------------------

unheld='' # why nothing can be said of IPv4

# Asked of what is as described: here, or not here. With $state; fails with $failure.
address_prove() { # `ADDRESS DEVICE`
  local address=${1% *} device=${1##* } mac name others='' strangers=''
  local -a words=()
  [[ $device != @(lo|tunl*|sit*|gre*|ip6tnl*) ]] || return 0
  [[ $state == *' moves' ]] || stands_here "$1" "$state" || return 0
  find_holders
  split_words "${holders_of[$1]:-}"
  for mac in ${words[@]+"${words[@]}"}; do
    if [[ $mac == '?' ]]; then name='another machine'; else name_of_mac "$mac" "$device"; fi
    others+=${others:+ and }${name:-$mac}
    [[ $name ]] || strangers+=${strangers:+, }$mac
  done
  if [[ $strangers ]]; then
    failure="$strangers answers for it on $device, and is no director"
    failure+=$'\n'"Two machines with one address: clients reach the one or the other by chance. The switch's table tells where that is; a real server without its ARP settings does it too (bash realserver.sh verify)."
  elif [[ ${address_of[$1]:-} && $others ]]; then
    failure="it is here, and $others has it as well"
    failure+=$'\n'"Directors that do not hear each other both take it: has VRRP (protocol 112) its way on $device, through every firewall? Do both run this description (bash $script check on both)?"
    failure+=$'\n'"What keepalived says: journalctl -u keepalived.service -b on both. One that is stopped gives it up: systemctl stop keepalived.service"
  elif [[ -z ${address_of[$1]:-} && ${#words[@]} -gt 1 ]]; then
    failure="$others have it at once"$'\n'"They do not hear each other: bash $script verify on each of them"
  elif [[ -z ${address_of[$1]:-} && -z $others ]]; then
    failure="no director has it"
    failure+=$'\n'"Does keepalived run here and on the others, and is $device up? journalctl -u keepalived.service -b tells its state: BACKUP hears a master, FAULT misses its interface or address."
  else
    return 0
  fi
  return 1
}

# One of IPv4 that does not move, and is here. (For one of IPv6 the kernel asks as it comes.)
stands_here() { # `ADDRESS DEVICE` STATE
  [[ $2 != absent && $1 != *:* && ${address_of[$1]:-} ]]
}

declare -A holders_of=() # "ADDRESS DEVICE" -> hardware addresses of others that answer for it
declare -A name_of=()    # MAC -> director

# A start and a failover take a moment: what looks wrong is asked again.
find_holders() {
  local i round entry wrong
  local -a to_ask=()
  [[ -z ${loaded[holder]:-} ]] || return 0
  loaded[holder]=1
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    [[ ${r_kind[i]} == address ]] || continue
    [[ ${r_state[i]} == *' moves' ]] || stands_here "${r_name[i]}" "${r_state[i]}" || continue
    [[ ! -e /sys/class/net/${r_name[i]##* } || ${r_name[i]##* } == @(lo|tunl*|sit*|gre*|ip6tnl*) ]] || to_ask+=("${r_name[i]}")
  done
  ((${#to_ask[@]})) || return 0
  is_arping || unheld='there is no arping of iputils here'
  for round in 1 2 3; do
    ask_holders "${to_ask[@]}" # never empty
    wrong=''
    for entry in "${to_ask[@]}"; do # never empty
      if [[ ${address_of[$entry]:-} ]]; then
        [[ -z ${holders_of[$entry]} ]] || wrong=1
      elif [[ -z ${holders_of[$entry]} || ${holders_of[$entry]% } == *' '* ]]; then
        wrong=1
      fi
    done
    [[ $wrong && $round != 3 ]] || break
    sleep 1
    unset 'loaded[address]'
  done
}

ask_holders() { # "ADDRESS DEVICE"...
  local entry peer mac device address
  local -a questions=() claims=() words=()
  load_addresses
  for entry in "$@"; do
    if [[ $entry != *:* ]]; then
      questions+=("$entry")
    elif [[ ${address_of[$entry]:-} ]]; then
      claims+=("$entry")
    fi
  done
  if [[ -z $unheld ]] && ((${#questions[@]})); then
    if ((${#name_of[@]} == 0)); then ask_names "$@"; fi
    ask_wire "${questions[@]}" # never empty
  fi
  if ((${#claims[@]})); then ask_claims "${claims[@]}"; fi # never empty
  for entry in "$@"; do
    if [[ $entry == *:* && ${address_of[$entry]:-} || $entry != *:* && (-z $unheld || ${address_of[$entry]:-}) ]]; then
      without_own "${answered_by[$entry]:-}"
      holders_of[$entry]=$others_macs
    else
      neighbour_of "${entry% *}" "${entry##* }"
      holders_of[$entry]=${mac:+$mac }
    fi
  done
}

# A loop on the segment brings one's own answer back, and another card of this host on it answers as well.
without_own() { # MACS -> $others_macs
  local file mac own=' '
  local -a words=()
  others_macs=''
  for file in /sys/class/net/*/address; do
    { read -r mac <"$file"; } 2>/dev/null || continue
    own+="$mac "
  done
  split_words "$1"
  for mac in ${words[@]+"${words[@]}"}; do [[ $own == *" $mac "* ]] || others_macs+="$mac "; done
}

# The hardware addresses that the other directors have on these devices.
ask_names() { # "ADDRESS DEVICE"...
  local entry peer address mac wires=' '
  local -a words=() questions=() asked_names=()
  for entry in "$@"; do
    [[ $wires == *" ${entry##* } "* ]] || wires+="${entry##* } "
  done
  for peer in ${peers[@]+"${peers[@]}"}; do
    split_words "${peer#* }"
    for address in ${words[@]+"${words[@]}"}; do
      [[ $address != *:* ]] || continue
      asked_names+=("${peer%% *} $address")
    done
  done
  split_words "$wires"
  for entry in ${asked_names[@]+"${asked_names[@]}"}; do
    for address in ${words[@]+"${words[@]}"}; do questions+=("${entry#* } $address"); done
  done
  ((${#questions[@]})) || return 0
  ask_wire "${questions[@]}" # never empty
  for entry in "${asked_names[@]}"; do # never empty
    for peer in "${questions[@]}"; do # never empty
      [[ ${peer% *} == "${entry#* }" ]] || continue
      split_words "${answered_by[$peer]}"
      for mac in ${words[@]+"${words[@]}"}; do name_of[$mac]=${entry%% *}; done
    done
  done
}

# By what ARP has said of the directors' own addresses, else by what the kernel finds out of them.
name_of_mac() { # MAC DEVICE -> $name
  local peer address mac
  local -a words=()
  name=${name_of[$1]:-}
  [[ -z $name ]] || return 0
  for peer in ${peers[@]+"${peers[@]}"}; do
    split_words "${peer#* }"
    for address in ${words[@]+"${words[@]}"}; do
      # ARP has been asked of the others.
      [[ $address == *:* || $unheld ]] || continue
      neighbour_of "$address" "$2"
      [[ -z $mac ]] || name_of[$mac]=${peer%% *}
    done
  done
  name=${name_of[$1]:-}
}
