# ---- firewall: direct rules of firewalld, where it uses iptables -------------------------------------------------------
#
# firewalld loads them again whenever it loads its own. It flushes everything then: rules that were loaded beside it are gone.

# `untracked 10.0.0.9 80/tcp`: zones of EL7 take only what is NEW, so that it is accepted before them.
direct_rules() { # WHAT -> ${wanted_rules[@]}
  local ip=ipv4 address=${1##* } ports match
  [[ $1 != *:* ]] || ip=ipv6
  case $1 in
    'untracked '*)
      ports=$address address=${1#untracked } address=${address%% *}
      match=${ports%/*}
      match="-d $address -p ${ports#*/} --dport ${match/-/:}"
      wanted_rules=("$ip raw PREROUTING 0 $match -j CT --notrack" "$ip filter INPUT 0 $match -j ACCEPT")
      ;;
    *) wanted_rules=("$ip filter FORWARD 0 -s $address -j ACCEPT") ;;
  esac
}

# The numbers of those that are there, with blanks; open where all are, closed where none is.
direct_state() { # WHAT now|boot -> $state_there
  local i found='' answer
  local -a wanted_rules
  direct_rules "$1"
  if [[ -z ${direct_text[$2]:-} ]]; then
    answer_of_firewalld "$2" --direct --get-all-rules
    direct_text[$2]=$'\n'$answer$'\n'
  fi
  for ((i = 0; i < ${#wanted_rules[@]}; i++)); do
    [[ ${direct_text[$2]} != *$'\n'"${wanted_rules[i]}"$'\n'* ]] || found+=${found:+ }$i
  done
  state_there=closed
  [[ -z $found ]] || state_there="part $found"
  [[ $found != "${!wanted_rules[*]}" ]] || state_there=open
}

direct_set() { # WHAT now|boot STATE
  local i change
  local -a wanted_rules words
  direct_rules "$1"
  for ((i = 0; i < ${#wanted_rules[@]}; i++)); do
    change=--remove-rule
    [[ $3 != open && " ${3#part } " != *" $i "* ]] || change=--add-rule
    split_words "${wanted_rules[i]}"
    [[ $change == --add-rule || ${direct_text[$2]:-} == *$'\n'"${wanted_rules[i]}"$'\n'* ]] || continue
    tell_firewalld "$2" --direct "$change" "${words[@]}" || return 1 # never empty
  done
}
