# ---- rules that see what comes in: what nft lists, and of iptables what nft does not show ---------------------------------

declare -A rules_of_chain=() # `SET CHAIN` -> its rules, a line each; SET is `nft ip filter`, or `iptables raw`
base_chains=()               # `SET CHAIN SHOWN POLICY`, with tabs between them, of those at a hook; the policy where it refuses
rules_unread=''              # the command that failed: what it would have said is not known

load_rules_in_force() {
  local tool
  [[ -z ${loaded[rules_in_force]:-} ]] || return 0
  loaded[rules_in_force]=1 rules_of_chain=() base_chains=() rules_unread=''
  read_nft_rules
  for tool in iptables ip6tables; do
    read_older_rules "$tool"
    # Of its newer kind nft has shown them.
    command -v nft >/dev/null || read_newer_rules "$tool"
  done
}

read_nft_rules() {
  local ruleset said line table='' chain='' shown policy
  local -a text_lines
  command -v nft >/dev/null || return 0
  if ! ruleset=$(nft list ruleset 2>/dev/null); then
    said=$(nft list ruleset 2>&1 >/dev/null) || :
    is_without_nftables "$said" || rules_unread='nft list ruleset'
    return 0
  fi
  split_lines "$ruleset"
  for line in "${text_lines[@]}"; do # never empty
    line=${line#"${line%%[!$'\t ']*}"}
    case $line in
      'table '*)
        table=${line#table } table=${table%% \{*} chain=''
        [[ $table == @(ip|ip6|inet)' '* ]] || table=''
        ;;
      'chain '*)
        chain=${line#chain } chain=${chain%% \{*}
        [[ -z $table ]] || rules_of_chain["nft $table $chain"]=''
        ;;
      '}') chain='' ;;
      'type filter hook input '* | 'type filter hook prerouting '*)
        [[ $table ]] || continue
        shown="nft chain $table $chain" policy=''
        [[ $table != 'inet firewalld_policy_drop' ]] || shown="firewalld is in panic mode, or loads its rules; $shown"
        [[ $line != *'policy drop;'* ]] || policy='policy drop'
        base_chains+=("nft $table"$'\t'"$chain"$'\t'"$shown"$'\t'"$policy")
        ;;
      *) [[ -z $table || -z $chain ]] || rules_of_chain["nft $table $chain"]+=$line$'\n' ;;
    esac
  done
}

# A kernel that has none of it filters nothing by it.
is_without_nftables() { # WHAT-NFT-SAID
  [[ $1 == *'not supported'* || ($1 == *'Invalid argument'* && ! -d /sys/module/nf_tables) ]]
}

# Without a table there, asking would load one.
read_older_rules() { # TOOL
  local tool=$1 content
  read_text "/proc/net/${1%tables}_tables_names" || return 0
  ! command -v "$1-legacy" >/dev/null || tool+=-legacy
  read_tables "$tool" "$content"
}

# The list of those that are there does not make them either.
read_newer_rules() { # TOOL
  local tool=$1 said line content=''
  local -a text_lines
  [[ $1 == iptables || -e /proc/net/if_inet6 ]] || return 0
  if command -v "$1-nft" >/dev/null; then
    tool=$1-nft
  elif ! command -v "$1" >/dev/null || [[ $("$1" --version 2>/dev/null) != *nf_tables* ]]; then
    return 0
  fi
  if ! said=$(timeout 60 "$tool-save" 2>&1); then
    is_without_nftables "$said" || rules_unread="$tool-save"
    return 0
  fi
  split_lines "$said"
  for line in "${text_lines[@]}"; do # never empty
    [[ $line != '*'* ]] || content+=${line#?}$'\n'
  done
  read_tables "$tool" "$content"
}

read_tables() { # TOOL TABLES
  local table said line hook policy shown
  local -a text_lines
  for table in filter raw mangle; do
    [[ $'\n'$2 == *$'\n'"$table"$'\n'* ]] || continue
    if ! said=$(timeout 60 "$1" -w -t "$table" -S 2>/dev/null); then
      rules_unread="$1 -w -t $table -S"
      continue
    fi
    split_lines "$said"
    for line in "${text_lines[@]}"; do # never empty
      case $line in
        '-P '*)
          hook=${line#-P } policy=${hook#* } hook=${hook%% *}
          rules_of_chain["$1 $table $hook"]=''
          [[ $table:$hook == @(filter:INPUT|raw:PREROUTING|mangle:PREROUTING|mangle:INPUT) ]] || continue
          shown="$1 $table $hook"
          [[ $policy == @(DROP|REJECT) ]] || policy=''
          base_chains+=("$1 $table"$'\t'"$hook"$'\t'"${shown/ filter / }"$'\t'"$policy")
          ;;
        '-N '*) rules_of_chain["$1 $table ${line#-N }"]='' ;;
        '-A '*)
          hook=${line#-A } hook=${hook%% *}
          rules_of_chain["$1 $table $hook"]+=$line$'\n'
          ;;
      esac
    done
  done
}
