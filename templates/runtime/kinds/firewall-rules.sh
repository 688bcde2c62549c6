# ---- firewall: what is to get through, as rules ------------------------------------------------------------------------

# -> $hook: input or forward; $family: 4, 6, or empty for both; ${nft_rules[@]} and ${iptables_rules[@]}, without comments.
rules_of() { # WHAT
  local number address ports protocol=${1##*/} ip=ip
  hook=input family='' nft_rules=() iptables_rules=()
  address=${1##* } number=${1#protocol } number=${number%% *}
  case $1 in
    'protocol '* | 'port '* | 'answers from '* | 'forwarding from '*)
      family=4
      [[ $address != *:* ]] || { family=6 && ip=ip6; }
      ;;
  esac
  case $1 in
    'protocol '*)
      nft_rules=("$ip saddr $address meta l4proto $number accept")
      iptables_rules=("-s $address -p $number -j ACCEPT")
      ;;
    'port '*)
      # `8848/udp`; the address may have a / as well.
      ports=${1#port } protocol=${ports#*/} ports=${ports%%/*} protocol=${protocol%% *}
      nft_rules=("$ip saddr $address $protocol dport $ports accept")
      iptables_rules=("-s $address -p $protocol -m $protocol --dport $ports -j ACCEPT")
      ;;
    'answers from '*)
      hook=forward
      nft_rules=("$ip saddr $address ct state established,related accept")
      iptables_rules=("-s $address -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT")
      ;;
    'forwarding from '*)
      hook=forward
      nft_rules=("$ip saddr $address accept" "$ip daddr $address ct state established,related accept")
      iptables_rules=("-s $address -j ACCEPT" "-d $address -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT")
      ;;
    *)
      ports=${1%/*}
      nft_rules=("$protocol dport $ports accept")
      iptables_rules=("-p $protocol -m $protocol --dport ${ports/-/:} -j ACCEPT")
      ;;
  esac
}

# The comment by which a rule is found again. All roles that need a thing share the rule, and the last of them takes it away.
mark_of() { # WHAT -> $mark
  mark="lvsgen $1"
}
