# ---- firewall: a port is open wherever a firewall is active -------------------------------------------------

kind firewall stale='stat unit firewall ports'

firewall_declare() { # PORT/PROTOCOL open
  units+=(firewalld.service ufw.service nftables.service)
  describe firewall "$1" "$2"
}

# Which firewall runs here: firewalld, ufw, nftables or none.
find_firewall() {
  local unit content
  load_units
  firewall=none
  for unit in nftables ufw firewalld; do
    [[ ${unit_of[$unit.service]:-} != *' active' ]] || firewall=$unit
  done
  [[ $firewall != ufw ]] || { read_text /etc/ufw/ufw.conf && [[ $'\n'$content == *$'\nENABLED=yes'* ]]; } || firewall=none
}

load_firewall() {
  [[ -z ${loaded[firewall]:-} ]] || return 0
  loaded[firewall]=1
  find_firewall
  open_now='' open_later=''
  case $firewall in
    firewalld)
      open_now=" $(firewall-cmd --list-ports) " || cannot_read 'the open ports of the firewall' 'firewall-cmd --list-ports'
      open_later=" $(firewall-cmd --permanent --list-ports) " || cannot_read 'the open ports of the firewall' 'firewall-cmd --permanent --list-ports'
      ;;
    ufw) open_now=$(ufw status) || cannot_read 'the open ports of the firewall' 'ufw status' ;;
    nftables) open_now=$(nft list ruleset) || cannot_read 'the rules of the firewall' 'nft list ruleset' ;;
  esac
}

firewall_probe() { # PORT/PROTOCOL
  load_firewall
  have=closed
  case $firewall in
    none) have=open ;;
    firewalld) [[ $open_now != *" $1 "* || $open_later != *" $1 "* ]] || have=open ;;
    ufw) ! grep -Eq "^${1/-/:} +ALLOW" <<<"$open_now" || have=open ;;
    nftables) [[ $open_now == *'hook input'* && $open_now != *"\"lvsgen $cluster $role $1\""* ]] || have=open ;;
  esac
}

firewall_record() { # PORT/PROTOCOL
  record=$have
  load_firewall
  [[ $firewall != nftables ]] || keep_rules_file
}

firewall_set() { # PORT/PROTOCOL STATE
  load_firewall
  case $firewall in
    firewalld)
      if [[ $2 == open ]]; then
        run firewall-cmd --add-port="$1" && run firewall-cmd --permanent --add-port="$1"
      else
        run firewall-cmd --remove-port="$1" && run firewall-cmd --permanent --remove-port="$1"
      fi
      ;;
    ufw)
      if [[ $2 == open ]]; then run ufw allow "${1/-/:}"; else run ufw delete allow "${1/-/:}"; fi
      ;;
    nftables) nftables_set "$1" "$2" ;;
  esac
}

# An accept in a table of one's own does not overrule another table's drop: the rule goes to the head of each
# input chain, and into /etc/nftables.conf, which the unit loads at boot.
nftables_set() { # PORT/PROTOCOL STATE
  local line table='' chain='' mark="lvsgen $cluster $role $1" rule rules=''
  while read -r line; do
    case $line in
      'table '*) table=${line#table } table=${table% \{*} ;;
      'chain '*) chain=${line#chain } chain=${chain% \{*} ;;
      *'hook input'*) rules+="insert rule $table $chain ${1#*/} dport ${1%/*} accept comment \"$mark\""$'\n' ;;
      *"\"$mark\""*' handle '*)
        rule=${line##* handle }
        [[ $2 == open ]] || run nft delete rule "${table% *}" "${table#* }" "$chain" handle "${rule%% *}" || return 1
        ;;
    esac
  done < <(nft -a list ruleset 2>/dev/null || :)
  [[ $2 != open ]] || while read -r line; do
    [[ -z $line ]] || run nft "$line" || return 1
  done <<<"$rules"
  [[ $2 == open ]] || rules=''
  open_in_file "$1" "$rules"
}
