# ---- firewall: what firewalld refuses before it comes to what lets in --------------------------------------------------
#
# Of rules those of the lower priority come first, and of one priority those that refuse; ports have priority 0. Policies towards this host
# come before any zone where their priority is negative (firewalld.richlanguage(5), firewalld.policies(5)).

firewalld_prove() { # WHAT, with $place
  local refusal
  find_firewalld_refusal "$1" "${place#firewalld:}"
  [[ $refusal ]] || return 0
  failure="firewalld: $refusal comes before what lets it in, and keeps it out"$'\n'"Take it out, or have it refuse fewer (by a source, say)."
  return 1
}

tell_firewalld_refusals() {
  local i place what manager refusal
  local -A told=()
  firewalld_is_active || return 0
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    [[ ${r_kind[i]} == firewall && ${r_name[i]} == 'firewalld:'* ]] || continue
    split_opening "${r_name[i]}"
    find_firewalld_refusal "$what" "${place#firewalld:}"
    [[ $refusal && -z ${told["$what $refusal"]:-} ]] || continue
    told["$what $refusal"]=1
    complain "firewalld: $refusal comes before what lets in $what, and keeps it out: take it out, or have it refuse fewer (by a source, say)"
  done
}

# Of any source, and of any address: what is about some of them may be meant so.
find_firewalld_refusal() { # WHAT ZONE -> $refusal
  local text refuses accepts=0
  refusal=''
  [[ $1 == [0-9]*/* ]] || return 0
  firewalld_policy_refuses "$1" "$2"
  [[ -z $refusal ]] || return 0
  load_zone "$2" now
  read_rich_rules "$1" "${zone_text["$2 now"]}"
  [[ -z $refuses ]] || ((refuses > accepts)) || refusal="'$text' of zone $2"
}

# The first of them that says anything about it has the last word.
firewalld_policy_refuses() { # WHAT ZONE -> $refusal
  local line policy='' answer priority first='' refused=''
  local -A block=()
  if [[ -z ${policy_text['all now']:-} ]]; then
    # Firewalld before 0.9 has none.
    answer_of_firewalld now --list-all-policies
    policy_text['all now']=${answer:-none}
  fi
  while IFS= read -r line; do
    if [[ $line == [![:space:]]* ]]; then policy=${line%% *}; else block[$policy]+=$line$'\n'; fi
  done <<<"${policy_text['all now']}"
  for policy in "${!block[@]}"; do
    [[ ${block[$policy]} =~ priority:\ (-[0-9]+) ]] || continue
    priority=${BASH_REMATCH[1]}
    [[ ${block[$policy]} =~ egress-zones:[^$'\n']*\ HOST && ${block[$policy]} =~ ingress-zones:[^$'\n']*\ (ANY|$2)($'\n'|\ ) ]] || continue
    policy_says "$1" "${block[$policy]}"
    [[ $said && (-z $first || $priority -lt $first) ]] || continue
    first=$priority refused=''
    [[ $said != refuses ]] || refused="policy $policy (priority $priority)"
  done
  refusal=$refused
}

policy_says() { # WHAT TEXT -> $said: refuses, accepts, or nothing
  local text refuses accepts=none line state_there=closed
  while IFS= read -r line; do
    [[ $line != '  ports: '* ]] || ports_within "$1" "${line#  ports: }"
  done <<<"$2"
  [[ $state_there != open ]] || accepts=0
  read_rich_rules "$1" "$2"
  said=''
  if [[ $refuses && ($accepts == none || $refuses -le $accepts) ]]; then
    said=refuses
  elif [[ $accepts != none || $2 == *'target: ACCEPT'* ]]; then
    said=accepts
  elif [[ $2 =~ target:\ [%]*(DROP|REJECT) ]]; then
    said=refuses
  fi
}

# The lowest priorities with which they refuse it, or accept it.
read_rich_rules() { # WHAT TEXT, with $accepts: a priority or none -> $refuses, with the rule in $text, and $accepts
  local line priority pattern=' port port="([0-9-]+)" protocol="([a-z]+)"'
  refuses='' text=''
  while IFS= read -r line; do
    line=${line#"${line%%[![:space:]]*}"}
    [[ $line == 'rule '*@(accept|reject|drop)* && $line != *' '@(source|destination|limit|mark|invert)[' =']* ]] || continue
    [[ $line != *' family="ipv6"'* ]] || describes_ipv6 || continue
    if [[ $line =~ $pattern ]]; then
      if [[ ${BASH_REMATCH[2]} != "${1#*/}" ]] || ! share_a_port "${BASH_REMATCH[1]}" "$1"; then continue; fi
    elif [[ $line == *' protocol value='* ]]; then
      [[ $line == *" protocol value=\"${1#*/}\""* ]] || continue
    elif [[ $line == *' '@(service|icmp-type|icmp-block|masquerade|forward-port|source-port|tcp-mss-clamp)* ]]; then
      continue
    fi
    priority=0
    [[ ! $line =~ \ priority=\"(-?[0-9]+)\" ]] || priority=${BASH_REMATCH[1]}
    case $line in
      *' accept'*) [[ $accepts != none && $accepts -le $priority ]] || accepts=$priority ;;
      *) [[ $refuses && $refuses -le $priority ]] || refuses=$priority text=$line ;;
    esac
  done <<<"$2"
}
