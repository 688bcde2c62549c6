# ---- rollback: whose what is put back is from then on, and which generations are over ------------------------------

# What was lvsgen's in generation TARGET and was given up later.
given_up_since() { # TARGET, with ${later[@]} -> ${given_up_again[@]}; $lines: its records
  local i line number kind name record stop
  local -A released=()
  for number in "${later[@]}"; do # never empty
    while IFS=$'\t' read -r kind name record stop; do
      [[ $stop != . || $kind != -* ]] || released["${kind#-}"$'\t'"$name"]=1
    done <"$state_dir/generations/$number"
  done
  load_owned "$1"
  # The oldest first, as everywhere: what was written to a share comes after the share.
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} ]] || continue
    record_line "${u_kind[i]}" "${u_name[i]}" "${u_record[i]}"
    [[ ${released["${line%%$'\t='*}"]:-} ]] || continue
    given_up_again+=("${u_kind[i]} ${u_name[i]}")
    lines+=$line$'\n'
    record_line rank "${u_kind[i]} ${u_name[i]}" "${rank_of["${u_kind[i]} ${u_name[i]}"]:-0}"
    lines+=$line$'\n'
    lines_along "${u_kind[i]}" "${u_name[i]}"
  done
}

# What was written there, by which a hand's changes are told, and the rights that it was given.
lines_along() { # KIND NAME, added to $lines
  local line key
  if is_function "$1_written"; then
    "$1_written" "$2"
    [[ -z ${written[$key]:-} ]] || { wrote_line "$key" && lines+=$line$'\n'; }
  fi
  [[ -z ${rights_of["$1 $2"]:-} ]] || { record_line rights "$1 $2" "${rights_of["$1 $2"]}" && lines+=$line$'\n'; }
}

# Reads into u_* what was lvsgen's in generation TARGET, as it was before lvsgen; what was handed over meanwhile counts.
load_owned() { # TARGET, with ${generations[@]}
  local number
  local -A seen
  forget_loaded
  load_base
  for number in "${generations[@]}"; do # never empty
    take_over_handed "$number"
    ((10#$number > 10#$1)) || load_record_file "$state_dir/generations/$number"
  done
  take_over_handed 1000000
}

undo_target=0 # the generation that a rollback leads to

note_owned() { # TARGET, with ${generations[@]} -> $stays_owned
  local i escaped
  (($1 > 0)) || return 0
  undo_target=$1
  load_owned "$1"
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} ]] || continue
    escape "${u_name[i]}"
    [[ ${leads_past["${u_kind[i]} $escaped"]:-} ]] || stays_owned["${u_kind[i]} ${u_name[i]}"]=1
  done
}

# Directories that a rollback has to make again are lvsgen's: a role that made them, or had them handed over, left meanwhile and took
# them away.
adopt_parents() { # KIND PATH RECORD
  local parent lines='' line escaped rank path
  [[ $undo_target != 0 && $3 != absent ]] || return 0
  has "$1" parent || is_function "$1_written" || return 0
  path_of "$1" "$2"
  walk "$root$path" || return 1
  parent=${real%/*}
  while [[ $parent && ! -d $root$parent ]]; do
    if [[ -z ${stays_owned["${traits[parent]} $parent"]:-} ]]; then
      next_rank "${traits[parent]}" "$parent"
      record_line handed "$undo_target $rank ${traits[parent]} $parent" absent
      lines=$line$'\n'$lines
    fi
    parent=${parent%/*}
  done
  [[ -z $lines ]] || append_to_base "$state_dir" "${lines%$'\n'}"
}

# The newest first: what is left at any moment leads from a state that was to the one before it.
forget_generations() { # TARGET, with the records that were undone in u_*
  local i line kept=''
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    has "${u_kind[i]}" kept || continue
    record_line "${u_kind[i]}" "${u_name[i]}" "${u_record[i]}"
    kept+=$line$'\n'
  done
  hand_over_earlier "$1" || return 1
  # What stays without --purge, stays with the knowledge of whose it is.
  if (($1 > 0)); then
    [[ -z $kept ]] || append_to_base "$state_dir" "${kept%$'\n'}" || return 1
  elif [[ $kept ]]; then
    replace_file "$state_dir/base" 0600 "base 0"$'\n'"$kept" || return 1
  else
    run rm -f -- "$state_dir/base" || return 1
  fi
  list_generations
  for ((i = ${#generations[@]} - 1; i >= 0; i--)); do
    ((10#${generations[i]} <= $1)) || run rm -f -- "$state_dir/generations/${generations[i]}" || return 1
  done
  (($1 > 0)) || hold_nothing
  drop_unused_blobs
}
