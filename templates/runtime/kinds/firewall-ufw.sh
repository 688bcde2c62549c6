# ---- firewall: ufw ------------------------------------------------------------------------------------------------------
#
# Its rules are in force and in its files at once. What its commands have no word for (IPIP, SCTP) stands in before.rules, where it
# puts rules of the system's own, and in the chain that comes of that.

ufw_added='' # its rules, as the commands that make them

ufw_is_active() {
  ufw_is_enabled && { unit_is_active ufw.service || ufw_is_loaded; }
}

ufw_starts_at_boot() {
  ufw_is_enabled && unit_is_enabled ufw.service
}

ufw_files() { # PLACE
  files=(/etc/ufw/user.rules /etc/ufw/user6.rules /etc/ufw/before.rules /etc/ufw/before6.rules)
}

# What is not tracked, and what answers, it lets through.
ufw_places() { # WHAT DEVICE...
  case $1 in
    'untracked '* | 'answers from '*) ;;
    'protocol '*:* | 'port '*:*) ! ufw_has_ipv6 || places=(ufw) ;;
    *) places=(ufw) ;;
  esac
}

ufw_has_ipv6() {
  local content
  read_text /etc/default/ufw && [[ ${content//\"/} == *IPV6=yes* ]]
}

ufw_rule() { # WHAT -> ${ufw_rule[@]}: its command, without the verb; fails where there is none
  local ports=${1%/*}
  case $1 in
    'protocol '* | 'port '* | */sctp) return 1 ;;
    'forwarding from '*) ufw_rule=(from "${1##* }") ;;
    *) ufw_rule=("${ports/-/:}/${1#*/}") ;;
  esac
}

ufw_probe() { # ufw WHAT
  local line words_of
  local -a ufw_rule
  if ! ufw_rule "$2"; then
    now=open boot=open
    each_before_rules "$2" before_rules_state
    return
  fi
  # Its package may have gone since it was in charge.
  command -v ufw >/dev/null || { now=closed boot=closed && return 0; }
  [[ $ufw_added ]] || ufw_added=$(ufw show added 2>/dev/null) || cannot_read 'the rules of ufw' 'ufw show added'
  now=closed
  words_of=" ${ufw_rule[*]}" # never empty
  while IFS= read -r line; do
    line=${line#ufw }
    # What comes in is one thing, what is forwarded another.
    if [[ $2 == 'forwarding from '* ]]; then
      [[ $line == 'route '* ]] || continue
      line=${line#route }
    fi
    [[ $line == *"$words_of" || $line == *"$words_of comment "* ]] || continue
    # A limit, or a refusal, gives way as long as this is described.
    case $line in
      "allow$words_of" | "allow$words_of comment "*) now=open ;;
      "limit$words_of"* | "deny$words_of"* | "reject$words_of"*) now=$line ;;
    esac
  done <<<"$ufw_added"
  boot=$now
}

# The first of its rules that is about a packet decides, and a new one is the last.
ufw_tell() {
  local key what line
  ufw_added=$(ufw show added 2>/dev/null) || return 0
  for key in "${!described[@]}"; do
    [[ $key == 'firewall ufw '[0-9]* ]] || continue
    what=${key#firewall ufw }
    ufw_refusal_before "$what"
    [[ -z $line ]] || complain "ufw: \"$line\" stands before what lets in $what, and keeps it out: ufw delete $line, or a narrower rule in its place"
  done
}

ufw_prove() { # WHAT
  local line=''
  [[ $1 == [0-9]* ]] || return 0
  ufw_added=$(ufw show added 2>/dev/null) || return 0
  ufw_refusal_before "$1"
  [[ $line ]] || return 0
  failure="ufw: \"$line\" stands before what lets it in, and keeps it out"$'\n'"ufw delete $line, or a narrower rule in its place"
  return 1
}

# A refusal of any source, of more than the very same words (which gives way).
ufw_refusal_before() { # PORTS/PROTOCOL -> $line, empty where there is none
  local rule one first=${1%%[-/]*} last=${1%/*} protocol=${1#*/}
  local -a words ports
  last=${last#*-} line=''
  while read -r _ rule; do
    [[ "$rule " != "allow ${1/-/:} "* ]] || return 0
    split_words "$rule"
    [[ ${words[0]-} == @(deny|reject) && ${words[1]-} =~ ^([0-9:,]+)(/$protocol)?$ && (${#words[@]} -eq 2 || ${words[2]} == comment) ]] || continue
    IFS=, read -r -a ports <<<"${BASH_REMATCH[1]}"
    for one in "${ports[@]}"; do # never empty
      ((${one%%:*} <= last && ${one##*:} >= first)) && line="${words[0]} ${words[1]}" && return
    done
  done <<<"$ufw_added"
}

ufw_set() { # ufw WHAT now|boot STATE
  local verb=${4%% *} comment=''
  local -a ufw_rule route=() commented=()
  if ! ufw_rule "$2"; then
    if [[ $3 == now ]]; then each_before_rules "$2" before_rules_set_now "$4"; else each_before_rules "$2" before_rules_set_boot "$4"; fi
    return
  fi
  # Once is for both.
  [[ $3 == boot ]] || return 0
  [[ $2 != 'forwarding from '* ]] || route=(route)
  case $verb in
    open) run_ufw "$2" "$4" ${route[@]+"${route[@]}"} allow "${ufw_rule[@]}" ;;         # never empty
    closed) run_ufw "$2" "$4" ${route[@]+"${route[@]}"} delete allow "${ufw_rule[@]}" ;; # never empty
    *)
      [[ $4 != *" comment '"* ]] || { comment=${4#* comment \'} && commented=(comment "${comment%\'}"); }
      run_ufw "$2" "$4" ${route[@]+"${route[@]}"} "$verb" "${ufw_rule[@]}" ${commented[@]+"${commented[@]}"} # never empty
      ;;
  esac
}

# While its rules are not in force, and it is to be on at boot, ufw writes its files and then misses its chains: one family at a call.
run_ufw() { # WHAT STATE ARGUMENT...
  local what=$1 wanted=$2 now boot
  shift 2
  ! run ufw "$@" || return 0
  ! ufw_is_active || return 1
  run ufw "$@" || :
  ufw_added=''
  ufw_probe ufw "$what"
  [[ $now == "$wanted" ]] && failure=''
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
