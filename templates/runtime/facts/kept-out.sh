# What keeps packets out though no firewall's unit is active: rules that a script of the site's has loaded, or a program that is not known.

# Of chains that see what comes in: a policy, or a last word about whatever is left.
find_kept_out() { # -> $kept_out, empty where there is nothing; of those that find_kept_from asks about
  local line table='' name='' chain='' refusals='' let_in='' said=''
  kept_out=''
  [[ ${asked_about:-} ]] || loaded[rules_in_force]=''
  load_rules_in_force
  while read -r line; do
    case $line in
      'table '*) table=${line#table } table=${table%% \{*} ;;
      'chain '*) name=${line#chain } name=${name%% \{*} ;;
      '}') leave_chain ;;
      'type filter hook input '* | 'type filter hook prerouting '*)
        [[ $table != @(ip|ip6|inet)' '* ]] || chain="nft chain $table $name"
        [[ $table != 'inet firewalld_policy_drop' ]] || chain="firewalld is in panic mode, or loads its rules; $chain"
        [[ -z $chain || $line != *'policy drop;'* ]] || refuse 'policy drop'
        ;;
      # Of the older kind.
      'chain: '*) leave_chain && chain=${line#chain: } ;;
      '-P '*) [[ ! $line =~ \ (DROP|REJECT)$ ]] || refuse "${BASH_REMATCH[1]}" ;;
      *) if [[ $line =~ ^(counter packets [0-9]+ bytes [0-9]+ )?(drop|reject)( |$) || $line =~ ^(-A [A-Z]+ )-j\ (DROP|REJECT)( |$) ]]; then refuse "${BASH_REMATCH[2]}" last; else meet_rule "$line"; fi ;;
    esac
  done <<<"$rules_in_force"
  leave_chain
}

rules_in_force='' # until something changes it: what nft lists, and chains of the older kind of iptables, which nft does not show

load_rules_in_force() {
  local tool table hook name content
  [[ -z ${loaded[rules_in_force]:-} ]] || return 0
  loaded[rules_in_force]=1 rules_in_force=''
  ! command -v nft >/dev/null || rules_in_force=$(nft list ruleset 2>/dev/null) || rules_in_force=''
  # Without a table there, asking would load one.
  for tool in iptables ip6tables; do
    read_text "/proc/net/${tool%tables}_tables_names" || continue
    ! command -v "$tool-legacy" >/dev/null || tool+=-legacy
    for table in filter raw mangle; do
      [[ $'\n'$content == *$'\n'"$table"$'\n'* ]] || continue
      for hook in PREROUTING INPUT; do
        [[ $table:$hook != @(filter:PREROUTING|raw:INPUT) ]] || continue
        name="$tool $table $hook"
        rules_in_force+=$'\n'"chain: ${name/ filter / }"$'\n'
        rules_in_force+=$(timeout 60 "$tool" -w -t "$table" -S "$hook" 2>/dev/null) || :
      done
    done
  done
}

# The same for one thing alone: chains in which no rule before the last word could let it in, or that refuse its port before. With 4, not
# those of IPv6 alone; with 6, not those of IPv4 alone.
find_kept_from() { # WHAT 4|6|both -> $kept_out
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
  local rule
  if refuses_port "$1" "$asked_about"; then refuse "${rule# }" last; elif may_let_in "$1" "$asked_about"; then let_in=1; fi
}

leave_chain() {
  case ${asked_family:-}:$chain in 4:'nft chain ip6 '* | 4:ip6tables* | 6:'nft chain ip '* | 6:iptables*) refusals='' ;; esac
  [[ -z $refusals || $let_in ]] || kept_out+="${kept_out:+; }$chain: $refusals"
  chain='' refusals='' let_in='' said=''
}

# Is this rule about nothing but the port, and refuses it? What it counts, logs and says of itself is no matter.
refuses_port() { # RULE WHAT -> $rule: what is left of it
  local what=$2 pattern ports
  rule=" $1 "
  case $2 in
    'untracked '*) what=${2##* } ;;
    'port '*) what=${2#port } what=${what%% *} ;;
  esac
  pattern='( comment "[^"]*"| counter packets [0-9]+ bytes [0-9]+| log( prefix "[^"]*")?( level [a-z]+)?| -m (tcp|udp|sctp|multiport|comment)| --comment ("[^"]*"|[^" ]+)| --reject-with [^ ]+| with (icmpx?|icmpv6|tcp)( type)? [a-z-]+) '
  while [[ $rule =~ $pattern ]]; do rule=${rule/"${BASH_REMATCH[1]}"/}; done
  pattern='^ (-A [A-Z]+ -p |meta l4proto [a-z]+ )?(tcp|udp|sctp|th) (dport|--dports?) (\{ ([0-9, -]+) \}|([0-9:,-]+)) (drop|reject|-j DROP|-j REJECT) $'
  [[ $rule =~ $pattern && ${BASH_REMATCH[2]} == @(th|"${what#*/}") ]] || return 1
  ports=${BASH_REMATCH[5]}${BASH_REMATCH[6]}
  rule=${rule% }
  share_a_port "${ports//:/-}" "$what"
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
