# ---- the rules file: lvsgen's services stand in it beside those of others -------------------------------------------
#
# The system loads one file. Services that are not described stay in it line by line, behind lvsgen's: a line that ipvsadm cannot take
# ends the loading. Where there are none, the file is what `ipvsadm-save -n` prints.

kind rules path=part own brief stale='stat'

rules_declare() { # FILE, with $text
  local state=services
  paths+=("$root$1") table_files+=("$1")
  describe rules "$1"
}

rules_probe() { # FILE, with $text
  probe_rules "$1" standing
}

probe_rules() { # FILE SET, with $text -> $have
  local content own own_before others other_services stat
  have=absent
  walk "$root$1" last || { have=unreachable && return 0; }
  read_found || { [[ ! -e $root$real && ! -L $root$real ]] || have='no file of rules' && return 0; }
  if [[ $text ]] && is_content_described; then
    # Nobody else's services are in it: then it is root's alone.
    stat_path "$root$real"
    have=$text
    [[ $stat == '0600 0 0 '* ]] || have="rights ${stat%% *}"
    return 0
  fi
  split_rules "$content" "$2"
  have=${own:-none}
}

rules_same() { # FILE
  [[ ! $have < $text && ! $have > $text ]] && is_taken_over "$1"
}

rules_record() { # FILE
  record_part "$1"
}

rules_set() { # FILE STATE, with $text
  local path content='' own='' own_before='' others='' other_services='' mode=- owner=- group=- now set=leaving
  local -A own_keys=() held_keys=()
  [[ $2 != services ]] || set=standing
  read_for_change "$1" || return 1
  split_rules "$content" "$set"
  now=$others
  case $2 in
    absent | saved\ *)
      if leads_nowhere "$1"; then return 0; fi
      undo_rules "$path" "$2"
      ;;
    *)
      load_own_keys standing
      give_back_rules "$1" || return 1
      if [[ -z $other_services ]]; then now='' mode=0600 owner=root group=root; fi
      journal_ruled && make_parents "$path" && replace_file "$path" "$mode" "$text$now" "$owner" "$group"
      ;;
  esac
}

# Services that stood there before lvsgen, were described, and are described no longer: they are others' again, in the file as it was.
give_back_rules() { # FILE, with ${own_keys[@]} -> $now $other_services, and $mode $owner $group of then
  local i line key blob='' gone='' had=$other_services kept='' content own own_before others
  local -a text_lines=() line_keys=() kept_lines=()
  local -A before_keys=() then_there=()
  for key in ${own_keys[@]+"${!own_keys[@]}"}; do before_keys[$key]=1; done
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} != rules || ${u_name[i]} != "$1" || ${u_record[i]} != 'saved '* ]] || blob=${u_record[i]#saved }
  done
  [[ $blob ]] || return 0
  read_kept "$blob" || { failure="the kept copy of $1 is missing or damaged" && return 1; }
  split_rules "$content" described
  rule_keys "$others"
  for key in "${line_keys[@]}"; do # never empty
    # What another cluster wrote by that name is gone with it.
    [[ -z $key || -z ${before_keys[$key]:-} || ${held_keys[$key]:-} ]] || gone=1 given_back[$key]=1
  done
  other_services=$had
  [[ $gone ]] || return 0
  split_lines "$others"
  for line in "${text_lines[@]}"; do then_there["line $line"]=1; done # never empty
  split_lines "$now"
  for line in "${text_lines[@]}"; do # never empty
    [[ ! $line || ${then_there["line $line"]:-} ]] || kept_lines+=("$line")
  done
  ((${#kept_lines[@]} == 0)) || printf -v kept '%s\n' "${kept_lines[@]}" # never empty
  now=$others$kept other_services=1
  [[ $had ]] || read -r mode owner group < <(stat -c '%04a %u %g' -- "$state_dir/blobs/$blob" || :) || :
}

# Back to the kept file where nothing but lvsgen's services differs; else these alone go back to what they were.
undo_rules() { # PATH STATE, with $now and $other_services as the file is
  local had_services=$other_services
  own='' others='' other_services=''
  if [[ $2 != absent ]]; then
    read_kept "${2#saved }" || { failure="the kept copy of $1 is missing or damaged" && return 1; }
    split_rules "$content" copied
    if [[ $own == "$own_before" ]] && [[ ! -e $1 || $others == "$now" || ${content%$'\n'} == "${now%$'\n'}" || -z $had_services$other_services ]]; then
      restore_blob "$1" "${2#saved }"
      return
    fi
    without_rules_of "$now" "$own_before"
  elif [[ -z $had_services ]]; then
    remove_file "$1"
    return
  fi
  # Lvsgen's own rights go with the last of its services.
  if [[ $2 != absent ]] && has_own_rights "$1"; then read -r mode owner group < <(stat -c '%04a %u %g' -- "$state_dir/blobs/${2#saved }" || :) || :; fi
  if [[ $own$now ]]; then replace_file "$1" "$mode" "$own$now" "$owner" "$group"; else remove_file "$1"; fi
}

has_own_rights() { # FILE
  local -A ruled_elsewhere=()
  load_ruled_elsewhere
  ((${#ruled_elsewhere[@]} == 0)) && [[ $(stat -c '%a %u %g' -- "$1" 2>/dev/null || :) == '600 0 0' ]]
}

# What is of others by now stays as they have it.
without_rules_of() { # TEXT RULES -> $own: those rules whose services have none in the text
  local i key
  local -a text_lines=() line_keys=() kept_lines=()
  local -A theirs=()
  own=''
  rule_keys "$1"
  for key in "${line_keys[@]}"; do theirs["key $key"]=1; done # never empty
  rule_keys "$2"
  split_lines "$2"
  for i in "${!text_lines[@]}"; do # never empty
    [[ -z ${text_lines[i]} || (${line_keys[i]} && ${theirs["key ${line_keys[i]}"]:-}) ]] || kept_lines+=("${text_lines[i]}")
  done
  ((${#kept_lines[@]} == 0)) || printf -v own '%s\n' "${kept_lines[@]}" # never empty
}

rules_undone() { # FILE RECORD
  local content own own_before others other_services
  if [[ $2 == 'saved '* ]]; then
    is_kept_copy "$1" "${2#saved }" || return 1
    # A copy that another cluster handed over may have what this one wrote there before.
    walk "$root$1" last && read_found || return 0
    split_rules "$content" copied
    [[ $own == "$own_before" ]]
    return
  fi
  walk "$root$1" last && read_found || return 0
  split_rules "$content" leaving
  [[ -z $own && $other_services ]]
}

# -> $own, $others and whether those have $other_services; $own_before: $own without what another cluster wrote by that name
split_rules() { # TEXT SET
  local answer sizes
  local -A own_keys=() held_keys=()
  own='' own_before='' others='' other_services=''
  [[ $1 ]] || return 0
  load_own_keys "$2"
  whole_answer "$(part_rules "$1" || :)"
  read -r -a sizes <<<"${answer%%$'\n'*}"
  answer=${answer#*$'\n'}
  own=${answer:0:sizes[0]} own_before=${answer:sizes[0]:sizes[1]} others=${answer:sizes[0] + sizes[1]:sizes[2]}
  ((sizes[3] == 0)) || other_services=1
}

rules_text() { # FILE, with $text -> $embedded
  embedded=$text
}

rules_written() { # FILE -> $key
  key="rules $1"
}

# An interrupted run may have given a service back already, which is in the table still: it counts what the last one described.
rules_found() { # FILE -> $sum
  local text='' have
  probe_rules "$1" written
  [[ $have == absent || $have == unreachable || $have == none ]] || sum_of_text "$have"
}

rules_diff() { # FILE, with $text
  local have
  rules_probe "$1"
  [[ $have == -* ]] || have=''
  show_texts "$1" "$have" "$text"
}
