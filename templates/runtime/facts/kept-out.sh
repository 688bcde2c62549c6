# What keeps packets out though no firewall's unit is active: rules that a script of the site's has loaded, or a program that is not known.

# Of chains that see what comes in: a policy, or a last word about whatever is left.
find_kept_out() { # -> $kept_out, empty where there is nothing; of those that find_kept_from asks about
  local line table='' name='' chain='' tool refusals='' let_in='' said=''
  kept_out=''
  if command -v nft >/dev/null; then
    while read -r line; do
      case $line in
        'table '*) table=${line#table } table=${table%% \{*} ;;
        'chain '*) name=${line#chain } name=${name%% \{*} ;;
        '}') leave_chain ;;
        'type filter hook input '*)
          [[ $table != @(ip|ip6|inet)' '* ]] || chain="nft chain $table $name"
          [[ -z $chain || $line != *'policy drop;'* ]] || refuse 'policy drop'
          ;;
        *) if [[ $line =~ ^(counter packets [0-9]+ bytes [0-9]+ )?(drop|reject)( |$) ]]; then refuse "${BASH_REMATCH[2]}" last; else meet_rule "$line"; fi ;;
      esac
    done < <(nft list ruleset 2>/dev/null || :)
  fi
  # The older kind, which nft does not show. Without a table there, asking would load one.
  for tool in iptables ip6tables; do
    grep -qsx filter "/proc/net/${tool%tables}_tables_names" || continue
    ! command -v "$tool-legacy" >/dev/null || tool+=-legacy
    chain="$tool INPUT"
    while read -r line; do
      if [[ $line =~ ^-P\ INPUT\ (DROP|REJECT)$ ]]; then
        refuse "${BASH_REMATCH[1]}"
      elif [[ $line =~ ^-A\ INPUT\ -j\ (DROP|REJECT)(\ |$) ]]; then
        refuse "${BASH_REMATCH[1]}" last
      else
        meet_rule "$line"
      fi
    done < <(timeout 60 "$tool" -w -S INPUT 2>/dev/null || :)
    leave_chain
  done
}

# The same for one thing alone: chains in which no rule before the last word could let it in. With 4, not those of IPv6 alone.
find_kept_from() { # WHAT 4|both -> $kept_out
  local asked_about=$1 asked_family=$2
  find_kept_out
}

# Behind a last word nothing is met any more.
refuse() { # WORD [last], with $chain
  [[ $chain && -z $said ]] || return 0
  refusals+="${refusals:+; $chain: }$1" said=${2:-}
}

meet_rule() { # RULE, with $chain
  [[ ${asked_about:-} && $chain && -z $said ]] || return 0
  ! may_let_in "$1" "$asked_about" || let_in=1
}

leave_chain() {
  [[ -z $refusals || $let_in || (${asked_family:-} == 4 && $chain == @('nft chain ip6 '*|ip6tables*)) ]] || kept_out+="${kept_out:+; }$chain: $refusals"
  chain='' refusals='' let_in='' said=''
}

# Could this rule let it in? It could not where it is surely about something else.
may_let_in() { # RULE WHAT
  local rule=" ${1//invalid : drop/} " what=$2 ports protocol pattern
  case $2 in
    'untracked '*) what=${2##* } ;;
    'port '*) what=${2#port } what=${what%% *} ;;
    'protocol '*) what=0/none ;;
  esac
  protocol=${what#*/}
  pattern=' (accept|jump|goto|vmap|queue|return|-j|-g) '
  [[ $rule =~ $pattern ]] || return 1
  [[ $rule != *' -j '@(DROP|REJECT|LOG|NFLOG|MARK|CONNMARK)' '* ]] || return 1
  # What comes from this host itself, what belongs to a connection that is there, and ICMP.
  [[ ! $rule =~ \ (iif|iifname|-i)\ \"?lo\"?\  || $rule == *' ! -i lo '* ]] || return 1
  [[ ! $rule =~ \ (ct\ state|--ctstate|--state)\  || ${rule,,} =~ new|untracked|!|invalid ]] || return 1
  [[ ! $rule =~ \ (icmp|icmpv6|ipv6-icmp|igmp)[,\ ] || $rule =~ \ (tcp|udp)[,\ ] ]] || return 1
  pattern=' (tcp|udp|sctp|th) dport (\{ ([0-9, -]+) \}|([0-9-]+)) '
  if [[ $rule =~ $pattern ]]; then
    ports=${BASH_REMATCH[3]}${BASH_REMATCH[4]}
    [[ ${BASH_REMATCH[1]} == "$protocol" || (${BASH_REMATCH[1]} == th && $protocol != none) ]] && share_a_port "$ports" "$what"
    return
  fi
  pattern=' -p (tcp|udp|sctp) .*--dports? ([0-9:,]+) '
  if [[ $rule =~ $pattern && $rule != *' ! '* ]]; then
    ports=${BASH_REMATCH[2]//:/-}
    [[ ${BASH_REMATCH[1]} == "$protocol" ]] && share_a_port "$ports" "$what"
    return
  fi
}

share_a_port() { # LIST PORTS/PROTOCOL
  local one first=${2%%[-/]*} last=${2%/*}
  local -a words
  last=${last#*-}
  split_words "${1//,/ }"
  for one in ${words[@]+"${words[@]}"}; do
    ((${one%%-*} > last || ${one##*-} < first)) || return 0
  done
  return 1
}
