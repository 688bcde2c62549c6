# ---- units: the stop of a firewall that takes the rules of others along ------------------------------------------------
#
# nftables.service, EL's iptables.service and firewalld flush all that their tool shows when they stop, not what they loaded alone: the
# networks of containers and the bans of others are gone until those programs start again. (moby#9395, firewalld#863)

unit_obstacle() { # UNIT, with $state
  local have others=''
  [[ -z $root && $state == *' inactive' && " ${firewall_units[*]} " == *" $1 "* ]] || return 0 # never empty
  unit_probe "$1"
  [[ $have == *' active' ]] || return 0
  find_taken_along "$1"
  [[ $others ]] || return 0
  obstacle="its stop takes the rules of others along, and nothing here brings them back: $others"
  obstacle+=$'\n'"Turn it off by hand when that suits (systemctl disable --now ${1%.service}), and restart what made them, such as docker or fail2ban. Or describe this host's firewall as open, which leaves it on."
}

# What the unit's own file or program has not made; what lvsgen has made its own unit brings back.
find_taken_along() { # UNIT -> $others
  local live='' own='' file content alone
  case $1 in
    nftables.service)
      flushes_at_stop "$1" || return 0
      live=$(nft list ruleset 2>/dev/null | ruleset_chains) || return 0
      find_nft_file
      if [[ $file ]]; then
        load_nft_file "$file"
        # What cannot be loaded by itself is judged by its words.
        if [[ $alone != none ]]; then own=$(ruleset_chains all <<<"$alone"); elif read_text "$file"; then live=$(without_words "$live" "$content"); fi
      fi
      ;;
    iptables.service | ip6tables.service)
      is_loaded_as_on_el "${1%.service}" && flushes_at_stop "$1" || return 0
      live=$(await_xtables timeout 60 "${1%.service}-save" 2>/dev/null | saved_chains) || return 0
      find_saved_rules "${1%.service}"
      [[ -z $file ]] || ! read_text "$file" || own=$(saved_chains all <<<"$content")
      ;;
    firewalld.service)
      firewalld_flushes_iptables || return 0
      live=$({
        await_xtables timeout 60 iptables-save
        await_xtables timeout 60 ip6tables-save
      } 2>/dev/null | saved_chains) || return 0
      # Its own: IN_public_allow, FWDI_public, POST_public_log, INPUT_ZONES, PREROUTING_direct; and the kernel's own, where they hold its jumps.
      own=$(grep -E ' (IN|OUT|FWD|FWDI|FWDO|PRE|POST|INPUT|OUTPUT|FORWARD|PREROUTING|POSTROUTING)_' <<<"$live") || :
      ! firewalld_uses_iptables || own+=$'\n'$(grep -E ' (INPUT|OUTPUT|FORWARD|PREROUTING|POSTROUTING)$' <<<"$live") || :
      ;;
  esac
  find_others "$live" "$own"
}

# Of some chains, those that neither others have nor lvsgen's own unit brings back.
find_others() { # CHAINS OTHERS -> $others
  local line number=0
  others=''
  while IFS= read -r line; do
    [[ $line && $line != *\ @(lvsgen|LVSGEN)* && $'\n'$2$'\n' != *$'\n'"$line"$'\n'* ]] || continue
    number=$((number + 1))
    ((number > 6)) || others+=${others:+, }$line
  done <<<"$1"
  ((number <= 6)) || others+=" (+$((number - 6)))"
}

# What an undo starts may flush as well, and there is no way around it: that is told.
start_firewall() { # UNIT
  local before others
  before=$(chains_in_force)
  start_unit "$1" || return 1
  # It is active before its rules are in force, and answers after that.
  [[ $1 != firewalld.service ]] || timeout 60 firewall-cmd --state >/dev/null 2>&1 || :
  find_others "$before" "$(chains_in_force)"
  [[ $others ]] || return 0
  log "$1: its start took along $others"
  complain "${1%.service}: its start took the rules of others along: $others; restart what made them, such as docker or fail2ban"
}

# Rules of iptables that nft shows are not told twice.
chains_in_force() {
  nft list ruleset 2>/dev/null | ruleset_chains || :
  if command -v nft >/dev/null && [[ ! -s /proc/net/ip_tables_names ]]; then return 0; fi
  ! command -v iptables-save >/dev/null || await_xtables timeout 60 iptables-save 2>/dev/null | saved_chains || :
}

# A line for each chain of a ruleset, or for each that holds a rule or refuses by its policy: `FAMILY TABLE CHAIN`.
ruleset_chains() { # [all], with the ruleset on its input
  # shellcheck disable=SC2016 # awk's own
  awk -v all="${1:-}" '
    /^table / { table = $2 " " $3 }
    /^\t}/ { chain = "" }
    /^\tchain / { chain = table " " $2; if (all) print chain; next }
    all || chain == "" || (/^\t\ttype / && !/policy drop/) || /jump LVSGEN/ { next }
    !told[chain]++ { print chain }'
}

# The same of what iptables-save prints, or of its file: `TABLE CHAIN`.
saved_chains() { # [all], with the rules on its input
  # shellcheck disable=SC2016 # awk's own
  awk -v all="${1:-}" '
    /^\*/ { table = substr($1, 2) }
    /^:/ && all { print table " " substr($1, 2) }
    $1 == "-A" && !all && !/ -j LVSGEN/ && !told[table " " $2]++ { print table " " $2 }'
}

# Those of a table and a chain that a text names both are left out.
without_words() { # CHAINS TEXT
  local family table chain
  while read -r family table chain; do
    [[ $2 =~ (^|[^[:alnum:]_-])"$table"($|[^[:alnum:]_-]) && $2 =~ (^|[^[:alnum:]_-])"$chain"($|[^[:alnum:]_-]) ]] || printf '%s\n' "$family $table $chain"
  done <<<"$1"
}

flushes_at_stop() { # UNIT
  local property
  property=$(systemctl show --property=ExecStop -- "$1" 2>/dev/null) || return 1
  [[ $property == *[[:blank:]]flush[[:blank:]]ruleset* || $property == *tables.init[[:blank:]]stop* ]]
}

# With nftables it leaves iptables alone from 2.0 on, but where rules of iptables were given to it (fw.py, may_skip_flush_direct_backends).
firewalld_flushes_iptables() {
  local setting version
  command -v iptables-save >/dev/null || return 1
  firewalld_setting CleanupOnExit
  [[ $setting != @([Nn]o|[Ff]alse) ]] || return 1
  ! firewalld_uses_iptables || return 0
  version=$(firewall-offline-cmd --version 2>/dev/null) || version=$(firewall-cmd --version 2>/dev/null) || return 1
  [[ $version == [01].* ]] || [[ $(firewall-cmd --direct --get-all-chains 2>/dev/null && firewall-cmd --direct --get-all-rules 2>/dev/null && firewall-cmd --direct --get-all-passthroughs 2>/dev/null) ]]
}
