# ---- firewall: ufw ------------------------------------------------------------------------------------------------------
#
# Its rules are in force and in its files at once. What its commands have no word for (IPIP, SCTP) stands in before.rules, where it
# puts rules of the system's own, and in the chain that comes of that.

ufw_is_active() {
  ufw_is_enabled && { unit_is_active ufw.service || ufw_is_loaded; }
}

ufw_starts_at_boot() {
  ufw_is_enabled && unit_is_enabled ufw.service
}

ufw_files() { # PLACE
  local file
  ufw_file user.rules
  files=("$file")
  ufw_file user6.rules
  files+=("$file" /etc/ufw/before.rules /etc/ufw/before6.rules)
}

# What is not tracked, and what answers, it lets through.
ufw_places() { # WHAT DEVICE...
  case $1 in
    'untracked '* | 'answers from '*) ;;
    'protocol '*:* | 'port '*:*) ! ufw_has_ipv6 || places=(ufw) ;;
    *) places=(ufw) ;;
  esac
}

# As ufw sees it.
ufw_has_ipv6() {
  local content
  [[ -e /proc/sys/net/ipv6 ]] && read_text /etc/default/ufw && [[ $'\n'${content//[\"\']/}$'\n' == *$'\nIPV6='[Yy][Ee][Ss]*([[:blank:]])$'\n'* ]]
}

# Has it a word for that?
ufw_has_word() { # WHAT
  [[ $1 == [0-9]*/@(tcp|udp) || $1 == 'forwarding from '* ]]
}

ufw_probe() { # ufw WHAT
  local -a standing=()
  if ! ufw_has_word "$2"; then
    now=open boot=open
    each_before_rules "$2" before_rules_state
    return
  fi
  # Its package may have gone since it was in charge.
  command -v ufw >/dev/null || { now=closed boot=closed && return 0; }
  [[ $ufw_added ]] || ufw_load || cannot_read 'the rules of ufw' 'ufw show added'
  ufw_standing "$2"
  ufw_state "$2"
  boot=$now
}

# What both families have alike is said, and made, by one word for both.
ufw_set() { # ufw WHAT now|boot STATE
  local family state alike=1
  local -a standing=() ufw_wants=() differing=()
  if ! ufw_has_word "$2"; then
    if [[ $3 == now ]]; then each_before_rules "$2" before_rules_set_now "$4"; else each_before_rules "$2" before_rules_set_boot "$4"; fi
    return
  fi
  # Once is for both.
  [[ $3 == boot ]] || return 0
  ufw_load || { failure="cannot read the rules of ufw: 'ufw show added' says why" && return 1; }
  ufw_standing "$2"
  ufw_wanted "$4"
  for family in "${!standing[@]}"; do
    ufw_state_of "${standing[family]}"
    [[ $state != "${ufw_wants[family]}" ]] || continue
    # What a hand has put there meanwhile, stays.
    [[ ${ufw_wants[family]} != closed || $state == open ]] || continue
    differing+=("$family")
  done
  [[ ${#differing[@]} -eq ${#standing[@]} && ${ufw_wants[4]} == "${ufw_wants[6]}" && (${ufw_wants[4]} != closed || ${standing[4]:-} == "${standing[6]:-}") ]] || alike=''
  if [[ $alike || ${#standing[@]} -eq 1 ]]; then
    family=${differing[0]:-}
    [[ -z $family ]] || tell_ufw "$2" "$family" both
    return
  fi
  for family in ${differing[@]+"${differing[@]}"}; do
    tell_ufw "$2" "$family" "$family" || return 1
  done
}

# What FAMILY is to have, with ${ufw_wants[@]} in place of ${standing[@]}, as one command for 4, 6 or both.
tell_ufw() { # WHAT FAMILY 4|6|both
  local rule verb any=0.0.0.0/0 ports=${1%/*}
  local -a words=()
  [[ $1 != 'forwarding from '* ]] || words=(route)
  rule=${ufw_wants[$2]}
  case $rule in
    open) rule=allow ;;
    closed) rule=${standing[$2]} && words+=(delete) ;;
  esac
  verb=${rule%% *}
  words+=("$verb")
  case $rule in
    "$verb log "*) words+=(log) ;;
    "$verb log-all "*) words+=(log-all) ;;
  esac
  [[ $3 != 6 ]] || any=::/0
  case "$3 $1" in
    *' forwarding from '*) words+=(from "${1##* }") ;;
    both*) words+=("${ports/-/:}/${1#*/}") ;;
    *) words+=(proto "${1#*/}" from "$any" to "$any" port "${ports/-/:}") ;;
  esac
  if [[ ${ufw_wants[$2]} == *" comment '"* ]]; then
    rule=${rule#*" comment '"}
    words+=(comment "${rule%\'}")
  fi
  run_ufw "$1" "$3" "${words[@]}" # never empty
}

# While its rules are not in force, and it is to be on at boot, ufw writes its files and then misses its chains: one family at a call.
run_ufw() { # WHAT 4|6|both ARGUMENT...
  local what=$1 which=$2 family state
  shift 2
  ! run ufw "$@" || return 0
  ! ufw_is_active || return 1
  run ufw "$@" || :
  ufw_load || return 1
  ufw_standing "$what"
  for family in "${!standing[@]}"; do
    [[ $which == @(both|"$family") ]] || continue
    ufw_state_of "${standing[family]}"
    [[ $state == "${ufw_wants[family]}" ]] || return 1
  done
  failure=''
}

# For the families of WHAT: FUNCTION with the tool, the chain and the file of each.
each_before_rules() { # WHAT FUNCTION ARGUMENT...
  local what=$1 function=$2 hook family
  local -a nft_rules iptables_rules
  shift 2
  rules_of "$what"
  [[ $family == 6 ]] || "$function" iptables "ufw-before-$hook" /etc/ufw/before.rules "$@" || return 1
  [[ $family == 4 ]] || ! ufw_has_ipv6 || "$function" ip6tables "ufw6-before-$hook" /etc/ufw/before6.rules "$@"
}

before_rules_state() { # TOOL CHAIN FILE
  is_open_in_chain "$1" "$2" "$what" || now=closed
  is_open_in_file "$3" "$2" "$what" || boot=closed
}

before_rules_set_now() { # TOOL CHAIN FILE STATE
  chain_set "$1" "$2" "$what" "$4"
}

before_rules_set_boot() { # TOOL CHAIN FILE STATE
  saved_rules_set "$1" "$3" "$2" "$what" "$4"
}
