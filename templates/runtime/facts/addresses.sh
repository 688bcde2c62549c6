# address_of["ADDRESS DEVICE"]="PREFIX ..."; words_of has a line for each, as `ip address add` takes it back. order_of[DEVICE] has those
# of IPv4 in the kernel's order, `ADDRESS/PREFIX WORDS...` a line: the first of a network is its primary address.
declare -A order_of=()

# One that is not here, by what its name says it is.
absent_interface() { # DEVICE -> $present: those that are, $remedy
  local kind='' vlan='^(.+)\.([0-9]+)$'
  present=$(cd /sys/class/net && printf '%s ' *)
  present=${present% }
  if [[ $1 =~ $vlan ]]; then
    kind="VLAN ${BASH_REMATCH[2]} of ${BASH_REMATCH[1]}"
    [[ -e /sys/class/net/${BASH_REMATCH[1]} ]] || kind+=", which is not here either"
  else
    case $1 in
      vlan[0-9]*) kind='a VLAN' ;;
      br[0-9]* | br-* | bridge[0-9]* | vmbr[0-9]*) kind='a bridge' ;;
      bond[0-9]* | team[0-9]*) kind='a bond' ;;
    esac
  fi
  remedy='Mend the interface in the description and build again.'
  [[ -z $kind ]] || remedy="By its name it is $kind. lvsgen makes none: have what configures this host's network make it and bring it up, and run this again."$'\n'"Or mend the interface in the description and build again."
}

load_addresses() {
  local interface family cidr rest line said complete=''
  local -a text_lines=()
  [[ -z ${loaded[address]:-} ]] || return 0
  loaded[address]=1 address_of=() words_of=() order_of=()
  said=$(ip -o address show && printf 'complete\n' 2>/dev/null) || :
  split_lines "$said"
  for line in "${text_lines[@]}"; do # never empty
    [[ $line != complete ]] || complete=1
    [[ $line =~ ^[0-9]+:\ +([^ ]+)\ +(inet6?)\ +([^ ]+)\ (.*)$ ]] || continue
    interface=${BASH_REMATCH[1]%%@*} family=${BASH_REMATCH[2]} cidr=${BASH_REMATCH[3]} rest=${BASH_REMATCH[4]}
    address_of["${cidr%/*} ${interface}"]+="${cidr#*/} "
    address_of[${cidr%/*}]+="${interface} "
    address_words "$cidr" "$family" "$rest"
    words_of["${cidr%/*} ${interface}"]+=${words_of["${cidr%/*} ${interface}"]:+$'\n'}$line
    [[ $family != inet ]] || order_of[$interface]+="${cidr%/*}/$line"$'\n'
  done
  [[ $complete ]] || cannot_read 'the addresses of this host' 'ip -o address show'
}

# What ip prints behind an address, without what the kernel decides: `24 brd 192.168.80.255 scope global label ens33:0`.
address_words() { # CIDR FAMILY WORDS -> $line
  local word before='' label='' lifetimes=''
  local -a words=()
  line=${1#*/}
  split_words "$3"
  for word in ${words[@]+"${words[@]}"}; do
    case $before in
      peer | brd | scope | metric) line+=" $before $word" ;;
      preferred_lft) [[ $word != 0sec ]] || line+=' preferred_lft 0' ;;
    esac
    case $word in
      noprefixroute | nodad | home) line+=" $word" ;;
      valid_lft) lifetimes=1 ;;
    esac
    [[ $lifetimes ]] || label=$word
    before=$word
  done
  [[ $2 != inet ]] || line+=" label ${label%\\}"
}
