# What keeps packets out though no firewall's unit is active: rules that a script of the site's has loaded, or a program that is not known.

# Of chains that see what comes in: a policy, or a last word about whatever is left. (What could not be read is in $rules_unread.)
find_kept_out() { # -> $kept_out, empty where there is nothing; of those that find_kept_from asks about
  local entry set chain shown policy refusals let_in said
  kept_out=''
  [[ ${asked_about:-} ]] || loaded[rules_in_force]=''
  load_rules_in_force
  for entry in ${base_chains[@]+"${base_chains[@]}"}; do
    split_chain "$entry"
    case ${asked_family:-}:$set in 4:'nft ip6 '* | 4:ip6tables* | 6:'nft ip '* | 6:iptables*) continue ;; esac
    refusals='' let_in='' said=''
    [[ -z $policy ]] || refuse "$policy"
    meet_chain "$chain"
    [[ -z $refusals || $let_in ]] || kept_out+="${kept_out:+; }$shown: $refusals"
  done
}

# `SET`, a tab, `CHAIN` and so on: the last may be empty.
split_chain() { # ENTRY -> $set $chain $shown $policy
  set=${1%%$'\t'*} chain=${1#*$'\t'}
  shown=${chain#*$'\t'} chain=${chain%%$'\t'*}
  policy=${shown#*$'\t'} shown=${shown%%$'\t'*}
}

# An apply is not undone for it, and verify fails.
tell_unread_rules() {
  [[ -z $rules_unread || $command == verify ]] ||
    complain "which rules keep packets out of this host is not known: $rules_unread failed" "Run it by hand and see why"
}

# Its rules in their order, and in the place of a jump that nothing restricts those of the chain that it leads to. Behind what lets something
# return from such a chain, a last word is about the rest alone.
meet_chain() { # CHAIN [DEPTH], with $set
  local -a text_lines
  local line target rule depth=${2:-0} refusal='^ (-A [^ ]+ )?(drop|reject|-j DROP|-j REJECT) $'
  # With nothing asked for, whatever is left of TCP, or of new connections, is a last word too.
  [[ ${asked_about:-} ]] ||
    refusal='^ (-A [^ ]+ )?(-p tcp |meta l4proto tcp |ip protocol tcp |-m (conntrack|state) --(ct)?state NEW |ct state new )*(drop|reject|-j DROP|-j REJECT) $'
  ((depth < 32)) || return 0
  split_lines "${rules_of_chain["$set $1"]:-}"
  for line in "${text_lines[@]}"; do # never empty
    [[ -z $said ]] || return 0
    bare_rule "$line"
    if [[ $rule =~ $refusal ]]; then
      rule=${rule% } rule=${rule##* }
      if ((depth)); then refuse "$rule in chain $1" last; else refuse "$rule" last; fi
    elif find_target "$line"; then
      meet_chain "$target" $((depth + 1))
      [[ $line != *@(goto|' -g ')* ]] || return 0
    elif ((depth)) && [[ " $line " =~ \ (return|RETURN)\  ]]; then
      [[ ${asked_about:-} ]] && ! may_let_in "$line" "$asked_about" || return 0
    else
      meet_rule "$line"
    fi
  done
}

# Of a rule that leads to a chain whatever it is about.
find_target() { # RULE, with $set -> $target
  local nft_jump='^(counter packets [0-9]+ bytes [0-9]+ )?(jump|goto) ([^ ]+)( comment "[^"]*")?$'
  local iptables_jump='^-A [^ ]+ (-m comment --comment ("[^"]*"|[^ ]+) )?-[jg] ([^ ]+)$'
  [[ $1 =~ $nft_jump || $1 =~ $iptables_jump ]] || return 1
  target=${BASH_REMATCH[3]}
  [[ ${rules_of_chain["$set $target"]+there} ]]
}

# The same for one thing alone: chains in which no rule before the last word could let it in, or that refuse its port before. With 4, not
# those of IPv6 alone; with 6, not those of IPv4 alone.
find_kept_from() { # WHAT 4|6|both -> $kept_out
  local asked_about=$1 asked_family=$2
  find_kept_out
}

# Behind a last word nothing is met any more.
refuse() { # WORD [last]
  refusals+="${refusals:+; $shown: }$1" said=${2:-}
}

meet_rule() { # RULE
  local rule
  [[ ${asked_about:-} ]] || return 0
  if refuses_port "$1" "$asked_about"; then refuse "${rule# }" last; elif may_let_in "$1" "$asked_about"; then let_in=1; fi
}

# Without what it counts, logs and says of itself.
bare_rule() { # RULE -> $rule, between blanks
  local pattern
  rule=" $1 "
  pattern='( comment "[^"]*"| counter packets [0-9]+ bytes [0-9]+| log( prefix "[^"]*")?( level [a-z]+)?| -m (tcp|udp|sctp|multiport|comment)| --comment ("[^"]*"|[^" ]+)| --reject-with [^ ]+| with (icmpx?|icmpv6|tcp)( type)? [a-z-]+) '
  while [[ $rule =~ $pattern ]]; do rule=${rule/"${BASH_REMATCH[1]}"/}; done
}

# Is this rule about nothing but the port, and refuses it?
refuses_port() { # RULE WHAT -> $rule: what is left of it
  local what=$2 pattern ports
  bare_rule "$1"
  case $2 in
    'untracked '*) what=${2##* } ;;
    'port '*) what=${2#port } what=${what%% *} ;;
    'protocol '*) return 1 ;;
  esac
  pattern='^ (-A [^ ]+ -p |meta l4proto [a-z]+ )?(tcp|udp|sctp|th) (dport|--dports?) (\{ ([0-9, -]+) \}|([0-9:,-]+)) (drop|reject|-j DROP|-j REJECT) $'
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
