# ---- whose services stand in the rules file ------------------------------------------------------------------------
#
# The journal names each service that an apply wrote there: so lvsgen's are told from those of others, also below --root and where the
# description has them no longer; and those of one cluster from another's. `held` says that another cluster's stood there by that name.

kind ruled recorded page

ruled_probe() { # SERVICE
  have=''
}

ruled_undone() { # SERVICE RECORD
  return 0
}

ruled_set() { # SERVICE RECORD
  return 0
}

declare -A given_back=() # services that this run has left to others again, as they stood there before lvsgen

# Which services are this cluster's depends on what is asked:
#   described  what this script describes
#   standing   what stands in the file as lvsgen's: that, and what earlier runs brought
#   written    what the last run wrote there, so that a hand's change of it shows
#   leaving    what an undo takes out: not what another cluster describes too
#   copied     the same in a kept copy, which may have whatever earlier runs had
load_own_keys() { # SET -> ${own_keys[@]}; ${held_keys[@]}: of these, what was another cluster's before
  local key
  local -A described_keys=() ruled_elsewhere=()
  if [[ $1 == written ]]; then
    own_as_held
    return
  fi
  load_described_keys
  load_ruled_elsewhere
  for key in ${described_keys[@]+"${!described_keys[@]}"}; do
    [[ ($1 == leaving || $1 == copied) && ${ruled_elsewhere[$key]:-} ]] || own_keys[$key]=1
  done
  [[ $1 == described ]] || own_by_records "$1"
}

described_services='' # once they were asked for

load_described_keys() { # -> ${described_keys[@]}
  local key
  local -a text_lines=()
  if [[ -z $described_services ]]; then
    load_described_table
    services_in "$described_table"
    printf -v described_services '%s\n' ${text_lines[@]+"${text_lines[@]}"}
  fi
  split_lines "${described_services%$'\n'}"
  for key in "${text_lines[@]}"; do [[ -z $key ]] || described_keys[$key]=1; done # never empty
}

own_as_held() { # -> ${own_keys[@]}
  local line unescaped
  while IFS= read -r line; do
    [[ $line == 'ruled '* ]] || continue
    unescape "${line#ruled }"
    [[ ${given_back[$unescaped]:-} ]] || own_keys[$unescaped]=1
  done <<<"$last_holds"
}

own_by_records() { # SET, with ${described_keys[@]} and ${ruled_elsewhere[@]} -> ${own_keys[@]} ${held_keys[@]}
  local i key is_described
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == service || ${u_kind[i]} == ruled ]] || continue
    key=${u_name[i]} is_described=${described_keys[${u_name[i]}]:-}
    case $1 in
      standing)
        [[ -z ${given_back[$key]:-} && ($is_described || -z ${ruled_elsewhere[$key]:-}) ]] || continue
        [[ $is_described || ${u_kind[i]} == service ]] || was_held_before "$key" || continue
        ;;
      *)
        [[ -z ${ruled_elsewhere[$key]:-} ]] || continue
        # A rollback leads to where the runs before were.
        [[ $1 == copied || $is_described || ${u_kind[i]} == service || $command != uninstall ]] || was_held_before "$key" || continue
        ;;
    esac
    own_keys[$key]=1
    [[ ${u_kind[i]} != ruled || ${u_record[i]} != held ]] || is_oldest_copy || held_keys[$key]=1
  done
}

# What the runs before still had goes with this one; a line by that name that comes later is of others.
was_held_before() { # SERVICE
  local escaped
  escape "$1"
  [[ $held_before == *$'\n'"ruled $escaped"$'\n'* ]]
}

# Before the first cluster there was none, whose lines could stand in the kept copy: it may have been handed over by that one.
is_oldest_copy() {
  local file
  for file in ${table_files[@]+"${table_files[@]}"}; do
    ((10#${rank_of["rules $file"]:-0} == 0)) || return 1
  done
}

# The pages of other directors say what they describe.
load_ruled_elsewhere() { # -> ${ruled_elsewhere[@]}
  local key
  load_claimants
  for key in ${claimants[@]+"${!claimants[@]}"}; do ruled_elsewhere[$key]=1; done
}

rules_holds() { # INDEX, added to $keys
  local key escaped
  local -a text_lines=()
  services_in "${r_text[$1]}"
  for key in ${text_lines[@]+"${text_lines[@]}"}; do
    escape "$key"
    keys+="ruled $escaped"$'\n'
  done
}

# What another cluster wrote there just so is taken over as well: that one may go first.
is_taken_over() { # FILE, with $text
  local key escaped
  local -a text_lines=()
  local -A ruled_elsewhere=()
  load_ruled_elsewhere
  ((${#ruled_elsewhere[@]})) || return 0
  load_roles
  escape "$1"
  [[ ${roles_with["rules $escaped"]:-} != *" $cluster/$role "* ]] || return 0
  services_in "$text"
  for key in ${text_lines[@]+"${text_lines[@]}"}; do [[ -z ${ruled_elsewhere[$key]:-} ]] || return 1; done
}

# Before they are written.
journal_ruled() { # with ${own_keys[@]}
  local key record
  local -a records=()
  local -A ruled_elsewhere=()
  load_ruled_elsewhere
  for key in ${own_keys[@]+"${!own_keys[@]}"}; do
    record=''
    [[ -z ${ruled_elsewhere[$key]:-} ]] || record=held
    journaled ruled "$key" || records+=(ruled "$key" "$record")
  done
  ((${#records[@]} == 0)) || journal "${records[@]}" # never empty
}

# The file as it was before the first cluster is the next one's to give back.
rules_rest() { # FILE RECORD
  local escaped other holder='' next='' theirs
  local -a words
  load_roles
  escape "$1"
  split_words "${roles_with["rules $escaped"]:-}"
  for other in ${words[@]+"${words[@]}"}; do
    theirs=${rank_with["rules $escaped $other"]}
    if [[ $other == "$cluster/$role" ]] || { [[ $next ]] && ((10#$theirs >= 10#$next)); }; then continue; fi
    next=$theirs holder=$state_home/$other
  done
  [[ $holder ]] || find_claimant "$1"
  [[ -z $holder ]] || hand_over rules "$1" "$2"
}

# An apply that was ended early has said which services are its own, and has no record of what it was to write: they stay for it, and so
# it is the one that takes them out.
find_claimant() { # FILE -> $holder
  local content key
  local -a line_keys=()
  walk "$root$1" last && read_found || return 0
  load_claimants
  rule_keys "$content"
  for key in "${line_keys[@]}"; do # never empty
    [[ -z $key || -z ${claimants[$key]:-} ]] || { holder=${claimants[$key]} && return 0; }
  done
}

# The pages of other directors say which services are their own.
declare -A claimants=() # SERVICE -> state directory of a director that says so
claimants_are_read=''

load_claimants() {
  local file line unescaped
  [[ -z $claimants_are_read ]] || return 0
  claimants_are_read=1
  for file in "$state_home"/*/"$role"/holds; do
    [[ -f $file && $file != "$state_dir/holds" ]] || continue
    while IFS= read -r line; do
      [[ $line == 'ruled '* ]] || continue
      unescape "${line#ruled }"
      claimants[$unescaped]=${file%/holds}
    done <"$file"
  done
}

ruled_rest() { # SERVICE RECORD -> $holder
  load_claimants
  [[ ${claimants[$1]:-} ]] && ! has_one "${claimants[$1]}" ruled "$1" || return 0
  holder=${claimants[$1]}
  hand_over ruled "$1" "$2"
}
