# ---- firewall: what is forwarded, where firewalld uses nftables --------------------------------------------------------
#
# One policy between all zones has a rule for each network. A policy comes into being in files alone, and into force by a reload.

forward_policy=lvsgen-forward

forward_rule() { # `forwarding from NETWORK` -> $rule
  local ip=ipv4
  [[ $1 != *:* ]] || ip=ipv6
  rule="rule family=\"$ip\" source address=\"${1##* }\" accept"
}

policy_text() { # now|boot -> $text, empty where there is no such policy
  local answer
  if [[ -z ${policy_text[$1]:-} ]]; then
    answer_of_firewalld "$1" --info-policy="$forward_policy"
    policy_text[$1]=${answer:-none}
  fi
  text=${policy_text[$1]}
  [[ $text != none ]] || text=''
}

policy_state() { # WHAT now|boot -> $state_there
  local text rule line
  policy_text "$2"
  forward_rule "$1"
  while IFS= read -r line; do
    [[ ${line#"${line%%[![:space:]]*}"} != "$rule" ]] || state_there=open
  done <<<"$text"
}

policy_set() { # WHAT now|boot STATE
  local text rule
  forward_rule "$1"
  policy_text "$2"
  if [[ $3 != open ]]; then
    # In force it may have gone with the last of its rules.
    [[ $text ]] || return 0
    tell_firewalld "$2" --policy="$forward_policy" --remove-rich-rule="$rule" || return 1
    [[ $2 == now ]] || drop_empty_policy
    return
  fi
  if [[ -z $text && $2 == now ]]; then
    reload_firewalld
    return
  fi
  if [[ -z $text ]]; then
    if ! tell_firewalld boot --new-policy="$forward_policy"; then
      failure+=$'\n'"firewalld forwards between zones by policies, which it has since version 0.9. With an older one: \"firewall\": \"keep\", and rules of your own that forward $1."
      return 1
    fi
    tell_firewalld boot --policy="$forward_policy" --add-ingress-zone=ANY && tell_firewalld boot --policy="$forward_policy" --add-egress-zone=ANY || return 1
  fi
  tell_firewalld "$2" --policy="$forward_policy" --add-rich-rule="$rule"
}

# In force it stays without a rule, and lets nothing through, until firewalld loads its files the next time.
drop_empty_policy() {
  local text
  text=$(ask_firewalld boot --policy="$forward_policy" --list-rich-rules) || { failure="cannot read the policy $forward_policy of firewalld" && return 1; }
  [[ -z $text ]] || return 0
  tell_firewalld boot --delete-policy="$forward_policy" || return 1
  if firewalld_is_active && loses_nothing; then
    run firewall-cmd --reload || return 1
    policy_text=()
  fi
}

# A reload forgets what was set for now alone.
reload_firewalld() {
  if ! loses_nothing; then
    failure="the policy $forward_policy comes into force by a reload of firewalld, which would forget what was set there for now alone"
    failure+=$'\n'"Keep that: firewall-cmd --runtime-to-permanent; or let it go: firewall-cmd --reload. Then run this again."
    return 1
  fi
  run firewall-cmd --reload
}

# Which interface is in which zone outlives a reload.
loses_nothing() {
  local now boot
  now=$(kept_by_reload now) boot=$(kept_by_reload boot)
  [[ $now && $now == "$boot" ]]
}

kept_by_reload() { # now|boot
  local line set own=''
  local -a words=()
  split_words "$(ask_firewalld "$1" --get-ipsets)"
  {
    ask_firewalld "$1" --list-all-zones
    ask_firewalld "$1" --list-all-policies # since version 0.9
    ask_firewalld "$1" --direct --get-all-chains
    ask_firewalld "$1" --direct --get-all-rules
    ask_firewalld "$1" --direct --get-all-passthroughs
    for set in ${words[@]+"${words[@]}"}; do ask_firewalld "$1" --info-ipset="$set"; done
  } | while IFS= read -r line; do
    case $line in
      '') ;;
      # The policy that is about to come into force, or to go, is lvsgen's own.
      "$forward_policy" | "$forward_policy "*) own=1 ;;
      [![:space:]]*) own='' && printf '%s\n' "${line%% *}" ;;
      '  interfaces:'*) ;;
      *) [[ $own ]] || printf '%s\n' "$line" ;;
    esac
  done
}
