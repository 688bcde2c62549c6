# ---- ARP: the VIP is answered by the director's MAC alone ---------------------------------------

# Of the selected services, each once.
list_vips() { # -> $vips
  local i t
  for i in ${selected[@]+"${selected[@]}"}; do
    for ((t = 0; t < ${#target_services[@]}; t++)); do
      ((target_services[t] == i)) || continue
      [[ " ${vips[*]+${vips[*]}} " == *" ${target_vips[t]} "* ]] || vips+=("${target_vips[t]}")
    done
  done
}

family_of() { # ADDRESS -> $family
  family=-4
  [[ $1 != *:* ]] || family=-6
}

# How this machine reaches an address: ip-route(8).
route_to() { # ADDRESS -> $route $device, empty where it has none
  local family words
  family_of "$1"
  route='' device=''
  route=$(ip "$family" -o route get "$1" 2>/dev/null) || return 0
  words=" $route "
  [[ $words == *' dev '* ]] || return 0
  device=${words#* dev } device=${device%% *}
}

# On a machine that carries the VIP itself no request leaves it.
warn_of_own() { # VIP
  local route device
  command -v ip >/dev/null || return 0
  route_to "$1"
  [[ $route != local* ]] || note "this machine carries $1 itself: its requests do not come from outside"
}

is_root() {
  ((EUID == 0))
}

# Why the question cannot be asked from here.
arp_obstacle() { # VIP -> $obstacle, $device
  local route family count
  obstacle='' device=''
  family_of "$1"
  if ! command -v ip >/dev/null; then
    obstacle='ip (iproute2) is not on this machine'
    return
  fi
  route_to "$1"
  case " $route " in
    '  ') obstacle="no route to $1" ;;
    ' local '*) obstacle="this machine carries $1 itself" ;;
    *' via '*) obstacle="$1 is behind a router: only machines on its segment see ARP" ;;
  esac
  [[ -z $obstacle ]] || return 0
  count=$(ip "$family" -o route show match "$1" 2>/dev/null | awk '!/ via / && $1 != "default" { for (i = 1; i < NF; i++) if ($i == "dev") seen[$(i + 1)] } END { for (d in seen) n++; print n + 0 }') || count=1
  if ((count > 1)); then
    obstacle="this machine has $count interfaces on the segment of $1"
  elif [[ $family == -4 ]] && ! is_root; then
    obstacle='not root'
  elif [[ $family == -4 ]] && ! command -v arping >/dev/null; then
    obstacle='arping (iputils) is not on this machine'
  fi
}

test_arp() { # VIP
  local vip=$1 obstacle device text="$1 is answered by one director's MAC address alone"
  [[ $vip != *:* ]] || text="$1 is the neighbour with the director's MAC address"
  next_share
  arp_obstacle "$vip"
  if [[ $obstacle ]]; then
    point skipped arp "$text" "$obstacle"
    return
  fi
  judge_macs "$vip" "$text"
}

judge_macs() { # VIP POINT, with $device
  local vip=$1 macs own='' mac name strangers='' answering names=''
  local -a found=() words=()
  macs_of "$vip" 3
  answering=$macs
  director_macs "$vip"
  split_words "$answering"
  for mac in ${words[@]+"${words[@]}"}; do
    [[ " $own " == *" $mac "* ]] || strangers+=" $mac"
  done
  directors_among "$answering"
  if [[ -z $answering ]]; then
    point failed arp "$2"
    because "Nobody answers on $device. Is a director up, and does it carry $vip? On each director: bash director.sh verify"
    [[ ! -s $work/arping ]] || because "arping said: $(tail -n 1 -- "$work/arping")"
  elif [[ -z $own && $answering == *' '* ]]; then
    point failed arp "$2"
    because "Several answer: $answering. Which is the director's cannot be told: none of its own addresses answers here."
    name_macs "$vip" "$answering"
  elif [[ -z $own ]]; then
    point skipped arp "$2" "$answering alone answers, but the director's own addresses do not answer here: it cannot be told whose it is"
  elif [[ $strangers ]]; then
    point failed arp "$2"
    because "The director's is $own; on $device answered: $answering"
    name_macs "$vip" "$strangers"
  elif [[ $names == *' '* ]]; then
    point failed arp "$2"
    because "Of the directors ${names// / and } both answer on $device: $answering" \
      'They do not hear each other, or keepalived was killed on one of them. On each: bash director.sh verify'
  else
    point ok arp "$2"
    note "$vip is at $answering${names:+, $names}"
    [[ $answering != *' '* ]] || note 'the director answers on several of its interfaces'
  fi
}

# Distinct MAC addresses that answer for an address; of somebody who makes up new ones, the first.
macs_of() { # ADDRESS COUNT -> $macs
  local family line seconds most=32
  local -A seen=()
  family_of "$1"
  macs=''
  time_left 10 || return 0
  while ((${#seen[@]} < most)) && IFS= read -r line; do
    [[ $line =~ (([0-9A-Fa-f]{1,2}:){5}[0-9A-Fa-f]{1,2}) ]] || continue
    line=${BASH_REMATCH[1]}
    [[ -z ${seen[${line,,}]:-} ]] || continue
    seen[${line,,}]=1
    macs+=${macs:+ }${line,,}
  done < <(if [[ $family == -6 ]]; then neighbour "$1"; else ask_arp "$1" "$2"; fi)
}

# Two programs have this name: that of iputils (busybox has its options) and Thomas Habets'. The former broadcasts every
# time only with -b: else it goes on asking the first that answered.
ask_arp() { # ADDRESS COUNT -> lines with the answers
  case $(arping -h 2>&1 || :) in
    *Habets*) timeout "$seconds" arping -c "$2" -i "$device" "$1" 2>"$work/arping" || : ;;
    *) timeout "$seconds" arping -b -c "$2" -w "$(($2 + 2))" -I "$device" "$1" 2>"$work/arping" || : ;;
  esac | grep -E 'reply from| bytes from ' 2>/dev/null || :
}

# The kernel's own neighbour discovery: a datagram to a port where nobody need listen makes it ask.
neighbour() { # ADDRESS
  # shellcheck disable=SC2016 # expanded by the inner shell
  timeout 2 "$BASH" -c 'printf "\n" >"/dev/udp/$1/9"; sleep 1' neighbour "$1" 2>/dev/null || :
  ip -6 neigh show to "$1" dev "$device" 2>/dev/null || :
}

declare -A director_of=() # MAC -> director

note_macs() { # MACS DIRECTOR
  local mac
  local -a words=()
  split_words "$1"
  for mac in ${words[@]+"${words[@]}"}; do director_of[$mac]=$2; done
}

# Different directors among these. -> $names
directors_among() { # MACS
  local mac
  local -a words=()
  names=''
  split_words "$1"
  for mac in ${words[@]+"${words[@]}"}; do
    [[ -z ${director_of[$mac]:-} || " $names " == *" ${director_of[$mac]} "* ]] || names+=${names:+ }${director_of[$mac]}
  done
}

# The MAC addresses of the directors' own addresses, as far as they are on the segment.
director_macs() { # VIP -> $own
  local i address vip_family family vip_device=$device route device macs
  local -a words=()
  family_of "$1"
  vip_family=$family own='' director_of=()
  for ((i = 0; i < ${#director_names[@]}; i++)); do
    split_words "${director_addresses[i]}"
    for address in ${words[@]+"${words[@]}"}; do
      family_of "$address"
      [[ $family == "$vip_family" && $address != "$1" ]] || continue
      route_to "$address"
      [[ $device == "$vip_device" && " $route " != *' via '* ]] || continue
      macs_of "$address" 1
      own+=${macs:+${own:+ }$macs}
      note_macs "$macs" "${director_names[i]}"
    done
  done
}

# Which real servers have these MAC addresses, and the remedy.
name_macs() { # VIP MACS
  local k mac macs named='' asked=0 address
  local -a words=()
  for ((k = 0; k < ${#server_names[@]} && asked < 32; k++)); do
    address=${server_addresses[k]}
    [[ " $named " != *" $address "* ]] || continue
    named+=" $address" asked=$((asked + 1))
    macs_of "$address" 1
    split_words "$macs"
    for mac in ${words[@]+"${words[@]}"}; do
      [[ " $2 " == *" $mac "* ]] || continue
      because "$mac is ${server_names[k]} ($address): it answers ARP for $1 and takes clients past the director." \
        "On ${server_names[k]}: bash realserver.sh, which sets net.ipv4.conf.all.arp_ignore = 1 and arp_announce = 2; then verify."
    done
  done
  because "Clients that heard the wrong one keep it for a while; on the director, arping -U -c 3 -I INTERFACE $1 tells them anew."
}
