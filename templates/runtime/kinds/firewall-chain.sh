# ---- firewall: rules in a chain of iptables, in force and in a file for iptables-restore ---------------------------------

load_filter() { # TOOL
  local rules
  [[ -z ${filter_rules[$1]:-} ]] || return 0
  read_filter "$1"
  filter_rules[$1]=${rules:-none}
}

# Is there a rule for it, or nothing that filters?
is_open_in_chain() { # TOOL CHAIN WHAT
  local mark
  load_filter "$1"
  mark_of "$3"
  [[ ${filter_rules[$1]} != none ]] || return 0
  lets_through "${filter_rules[$1]}" "$2" "$mark"
}

is_open_in_file() { # FILE CHAIN WHAT
  local content mark section
  read_text "$1" || return 0
  mark_of "$3"
  filter_section "$content"
  [[ $section ]] || return 0
  lets_through "$section" "$2" "$mark"
}

lets_through() { # RULES CHAIN MARK, with ${iptables_rules[@]}
  local line filters='' found=0
  while IFS= read -r line; do
    case $line in
      -[AI]" $2 "*"\"$3\""*) filters=1 found=$((found + 1)) ;;
      -[AI]" $2 "* | "-P $2 "[!A]* | ":$2 "[!A]*) filters=1 ;;
    esac
  done <<<"$1"
  # A run that was killed in between may have left some of them.
  ((found < ${#iptables_rules[@]})) || return 0
  # A chain that is no hook of the kernel's is one of a firewall that is in charge.
  [[ -z $filters && $2 == [[:upper:]]* ]]
}

# RULE with the comment MARK, as iptables-restore takes it.
marked_rule() { # RULE MARK -> $rule
  rule="${1% -j *} -m comment --comment \"$2\" -j ${1##* -j }"
}

# At the head, but behind those that ban: behind a rule that refuses everything it would be of no use.
chain_set() { # TOOL CHAIN WHAT STATE
  local hook family rule mark line number
  local -a nft_rules iptables_rules words
  rules_of "$3"
  mark_of "$3"
  for rule in "${iptables_rules[@]}"; do # never empty
    split_words "${rule% -j *}"
    words+=(-m comment --comment "$mark" -j "${rule##* }")
    if [[ $4 == open ]]; then
      find_place_behind_bans "$1" "$2"
      "$1" -w -C "$2" "${words[@]}" 2>/dev/null || run "$1" -w -I "$2" "$number" "${words[@]}" || return 1 # never empty
    else
      while "$1" -w -C "$2" "${words[@]}" 2>/dev/null; do # never empty
        run "$1" -w -D "$2" "${words[@]}" || return 1 # never empty
      done
    fi
  done
}

# Whoever fail2ban or CrowdSec has banned stays so. They put theirs at the head, by a chain of their own or by a set of addresses.
find_place_behind_bans() { # TOOL CHAIN -> $number
  local line
  number=1
  while IFS= read -r line; do
    [[ $line == "-A $2 "* ]] || continue
    [[ $line =~ \ -j\ (f2b-|fail2ban-|crowdsec|CROWDSEC) || ($line =~ \ --match-set\ [^\ ]+\ src.*\ -j\ (DROP|REJECT) && $line != *'! --match-set'*) ]] || break
    number=$((number + 1))
  done < <("$1" -w -S "$2" 2>/dev/null || :)
}

saved_rules_set() { # TOOL FILE CHAIN WHAT STATE
  local hook family rule mark file path content='' text mode=- owner=- group=- rest marked before after lines=''
  local -a nft_rules iptables_rules
  rules_of "$4"
  mark_of "$4"
  read_for_change "$2" || return 1
  without_mark "$content" "$mark"
  text=$rest
  if [[ $5 == open ]]; then
    for rule in "${iptables_rules[@]}"; do # never empty
      marked_rule "$rule" "$mark"
      lines+="-I $3 $rule"$'\n'
    done
    before=$'\n'$text
    after=${before#*$'\n*filter'}
    before=${before%"$after"} after=$'\n'${after#*$'\n'}
    before=${before#$'\n'}
    before+=${after%%$'\nCOMMIT'*}$'\n' after=COMMIT${after#*$'\nCOMMIT'}
    text=$before$lines$after
    if ! run_as "$1-restore --test, of $2" await_xtables test_rules "$1" "$2" "$text"; then
      failure+=$'\n'"The rules in $2 would not be loaded at the next boot any more. Mend them first; if they are right as they are, say what you see here."
      return 1
    fi
  fi
  [[ $text == "$content" ]] || replace_file "$path" "$mode" "$text" "$owner" "$group"
}

# As it is loaded: ufw puts its own beside what is there; a service replaces the tables, chains of the same name too.
test_rules() { # TOOL FILE TEXT
  local -a how=(--test)
  [[ $2 != /etc/ufw/* ]] || how+=(--noflush)
  "$1-restore" "${how[@]}" <<<"$3" # never empty
}
