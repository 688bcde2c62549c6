# ---- firewall: nftables -------------------------------------------------------------------------------------------------
#
# An accept in a table of one's own does not overrule another table's drop: rules go to the head of each chain at the hook, live, and
# as a line into the file. Chains of arp, bridge and netdev have no IP rules in them.

nft_chains=() nft_marked=() # `FAMILY TABLE CHAIN HOOK` of each chain that filters; `FAMILY TABLE CHAIN MARK` of lvsgen's rules

# Its file may have been loaded by a hand.
nftables_is_active() {
  ! unit_is_active nftables.service || return 0
  nftables_starts_at_boot || return 1
  load_nft
  ((${#nft_chains[@]}))
}

nftables_starts_at_boot() {
  unit_is_enabled nftables.service
}

# A rule for its port lets through what is not tracked.
nftables_places() { # WHAT DEVICE...
  [[ $1 == 'untracked '* ]] || places=(nftables)
}

# What `nft list ruleset` prints, as chains and marks. Tables that are another program's own are left to that; of what is in force, those
# of iptables-nft too: its commands refuse a table in which there is a rule that is not theirs. And chains that do nothing but ban sources
# (fail2ban, CrowdSec): whoever is banned stays so, for what is open too.
read_nft() { # RULESET [WARNINGS BOOT-FILE-TEXT, of the one in force] -> ${nft_chains[@]} ${nft_marked[@]}
  local line table='' chain='' foreign='' entry='' bans='' refuses=''
  while read -r line; do
    case $line in
      'table '*)
        table=${line#table } table=${table% \{*} foreign=''
        [[ $table == @(ip|ip6|inet)' '* && $table != 'inet firewalld' ]] || foreign=1
        [[ ${2:-} != *"table $table is managed by iptables-nft"* ]] || foreign=1
        ;;
      'flags '*owner*) foreign=1 ;;
      'chain '*) chain=${line#chain } chain=${chain% \{*} entry='' bans='' refuses='' ;;
      '}')
        # Of what is in force, a chain that refuses nothing keeps nothing out.
        [[ -z $entry || ! $refuses && ($bans || $# -gt 1) ]] || nft_chains+=("$entry")
        entry=''
        ;;
      'type filter hook input '* | 'type filter hook forward '*)
        line=${line#type filter hook }
        [[ $line != *'policy drop;'* ]] || refuses=1
        # Versions before 1.0.6 do not warn: a chain of its names that no file of nftables makes is one of its own.
        if (($# > 1)) && [[ $table == @(ip|ip6)' filter' && $chain == @(INPUT|FORWARD) && ${3:-} != *"table $table"* ]]; then continue; fi
        [[ $foreign ]] || entry="$table $chain ${line%% *}"
        ;;
      # In a file's text: it names its chain itself.
      'insert rule '*) ;;
      *' comment "lvsgen '*)
        line=${line#* comment \"}
        [[ $foreign ]] || nft_marked+=("$table $chain ${line%%\"*}")
        ;;
      *drop* | *reject* | *jump* | *goto* | *vmap* | *queue*)
        if [[ $line =~ (^|\ )ip6?\ saddr\ [^!=].*(drop|reject) ]]; then bans=1; else refuses=1; fi
        ;;
    esac
  done <<<"$1"
}

load_nft() {
  local ruleset warnings file content=''
  [[ -z ${loaded[nft]:-} ]] || return 0
  loaded[nft]=1 loaded[nft_file]='' loaded[nft_unit]='' nft_chains=() nft_marked=()
  # Its package may have gone since it was in charge.
  command -v nft >/dev/null || return 0
  # On standard error it says which tables are iptables-nft's.
  { warnings=$(nft list ruleset 2>&1 >/dev/null) && ruleset=$(nft list ruleset 2>/dev/null); } ||
    cannot_read 'the rules of the firewall' 'nft list ruleset'
  find_nft_file
  [[ -z $file ]] || read_text "$file" || content=''
  read_nft "$ruleset" "$warnings" "$content"
}

# Of the chains at the hook, those that see the family.
chains_for() { # HOOK FAMILY -> ${chains[@]}
  local one family table chain hook
  chains=()
  for one in ${nft_chains[@]+"${nft_chains[@]}"}; do
    read -r family table chain hook <<<"$one"
    case $2:$family in 4:ip6 | 6:ip) continue ;; esac
    [[ $hook != "$1" ]] || chains+=("$family $table $chain")
  done
}

nftables_probe() { # PLACE WHAT
  local hook family mark
  local -a nft_rules iptables_rules unmarked
  rules_of "$2"
  mark_of "$2"
  load_nft
  now=open boot=open
  find_unmarked
  ((${#unmarked[@]} == 0)) || now=closed
  nft_file_is_open || boot=closed
}

# Each of the chains has to let it through: any of them may drop it.
find_unmarked() { # with $hook, $family and $mark -> ${unmarked[@]}
  local chain one
  local -a chains
  unmarked=()
  chains_for "$hook" "$family"
  for chain in ${chains[@]+"${chains[@]}"}; do
    for one in ${nft_marked[@]+"${nft_marked[@]}"}; do [[ $one != "$chain $mark" ]] || continue 2; done
    unmarked+=("$chain")
  done
}

nftables_set() { # PLACE WHAT now|boot STATE
  local hook family mark
  local -a nft_rules iptables_rules chains
  rules_of "$2"
  mark_of "$2"
  if [[ $3 == boot ]]; then
    nft_file_set "$4"
  elif [[ $4 == open ]]; then
    nft_open
  else
    nft_delete "$mark"
  fi
}

nft_lines() { # CHAIN -> $lines: a command for each rule
  local rule
  for rule in "${nft_rules[@]}"; do lines+="insert rule $1 ${rule% accept} accept comment \"$mark\""$'\n'; done # never empty
}

nft_open() {
  local chain lines=''
  local -a unmarked
  load_nft
  find_unmarked
  for chain in ${unmarked[@]+"${unmarked[@]}"}; do nft_lines "$chain"; done
  [[ -z $lines ]] || run_as "nft ${lines%$'\n'}" load_nft_text "$lines"
}

load_nft_text() { # TEXT, all of it or nothing
  nft -f /dev/stdin <<<"$1"
}

nft_delete() { # MARK
  local line table='' chain='' number lines=''
  while read -r line; do
    case $line in
      'table '*) table=${line#table } table=${table% \{*} ;;
      'chain '*) chain=${line#chain } chain=${chain% \{*} ;;
      *" comment \"$1\""*' handle '*)
        number=${line##* handle }
        lines+="delete rule $table $chain handle ${number%% *}"$'\n'
        ;;
    esac
  done < <(nft -a list ruleset 2>/dev/null || :)
  [[ -z $lines ]] || run_as "nft ${lines%$'\n'}" load_nft_text "$lines"
}

# As lvsgen 0.1 opened a port: under a mark of the role, in each of its places.
nftables_close() { # MARK
  local file path content='' mode=- owner=- group=- rest marked
  nft_delete "$1" || return 1
  find_nft_file
  [[ $file ]] || return 0
  read_for_change "$file" || return 1
  without_mark "$content" "$1"
  [[ -z $marked ]] || replace_file "$path" "$mode" "$rest" "$owner" "$group"
}
