# ---- firewall: iptables and ip6tables, with the file that a service of theirs loads at boot ---------------------------------
#
# iptables.service and ip6tables.service of EL, netfilter-persistent.service of Debian.

declare -A filter_rules=() # tool -> its table `filter`, as `-S` prints it

iptables_is_active() { rules_are_active iptables; }
ip6tables_is_active() { rules_are_active ip6tables; }

iptables_starts_at_boot() { rules_start_at_boot iptables; }
ip6tables_starts_at_boot() { rules_start_at_boot ip6tables; }

rules_start_at_boot() { # TOOL
  unit_is_enabled netfilter-persistent.service || unit_is_enabled "$1.service"
}

# Of netfilter-persistent they stay when it is stopped.
rules_are_active() { # TOOL
  ! { unit_is_active netfilter-persistent.service || unit_is_active "$1.service"; } || return 0
  rules_start_at_boot "$1" || return 1
  load_filter "$1"
  [[ $'\n'${filter_rules[$1]} == *$'\n-'@(A|"P "@(INPUT|FORWARD)" "[!A])* ]]
}

iptables_files() { rules_files iptables; }
ip6tables_files() { rules_files ip6tables; }

rules_files() { # TOOL
  local file
  find_saved_rules "$1"
  files=(${file:+"$file"})
}

iptables_places() { rules_places iptables 6 "$1"; }
ip6tables_places() { rules_places ip6tables 4 "$1"; }

iptables_probe() { tool_probe iptables "$2"; }
ip6tables_probe() { tool_probe ip6tables "$2"; }

iptables_set() { tool_set iptables "$2" "$3" "$4"; }
ip6tables_set() { tool_set ip6tables "$2" "$3" "$4"; }

rules_places() { # TOOL OTHER-FAMILY WHAT
  local hook family
  local -a nft_rules iptables_rules
  # A rule for its port lets through what is not tracked.
  [[ $3 != 'untracked '* ]] || return 0
  rules_of "$3"
  [[ $family == "$2" ]] || places=("$1")
}

tool_probe() { # TOOL WHAT
  local hook family chain file
  local -a nft_rules iptables_rules
  rules_of "$2"
  now=open boot=open chain=${hook^^}
  is_open_in_chain "$1" "$chain" "$2" || now=closed
  find_saved_rules "$1"
  is_open_in_file "$file" "$chain" "$2" || boot=closed
}

tool_set() { # TOOL WHAT now|boot STATE
  local hook family file
  local -a nft_rules iptables_rules
  rules_of "$2"
  find_saved_rules "$1"
  # A service without a file loads nothing.
  [[ $3 == now || $file ]] || return 0
  if [[ $3 == now ]]; then chain_set "$1" "${hook^^}" "$2" "$4"; else saved_rules_set "$1" "$file" "${hook^^}" "$2" "$4"; fi
}
