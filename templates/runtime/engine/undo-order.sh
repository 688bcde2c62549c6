# ---- undo: in which order ---------------------------------------------------------------------------------------------------

# What is put back into files that lvsgen had its part of, or is loaded from them.
comes_last() { # INDEX
  has "${u_kind[$1]}" last && [[ ${u_record[$1]} != absent ]]
}

# Where something has its place apart from the others, whichever of them is older: -> $turn, `first`, `late`, `last` or nothing
find_turn() { # INDEX
  local kind=${u_kind[$1]}
  turn=''
  if comes_last "$1"; then
    turn=last
  elif is_function "${kind}_turn"; then
    "${kind}_turn" "${u_name[$1]}" "${u_record[$1]}"
  fi
}

# What the others need first; these, the newest first; then what must not go before them (`KIND_turn`); at the end what is loaded from files
# that come back. A directory that is older and goes, as one that was handed over, makes room first for what comes back in its place.
order_undo() { # -> ${order[@]} ${last[@]}
  local i path turn
  local -A goes=() after=()
  local -a words first=() late=()
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} != "${traits[parent]}" || ${u_record[i]} != absent ]] || goes[${u_name[i]}]=$i
  done
  for ((i = ${#u_kind[@]} - 1; i >= 0; i--)); do
    find_turn "$i"
    case $turn in
      first) first+=("$i") && continue ;;
      late) late+=("$i") && continue ;;
      last) last+=("$i") && continue ;;
    esac
    if [[ ${u_record[i]} != absent ]] && has "${u_kind[i]}" path; then
      path_of "${u_kind[i]}" "${u_name[i]}"
      if [[ ${goes[$path]:-} ]] && ((${goes[$path]} < i)) && [[ -d $root$path && ! -L $root$path ]]; then
        after[${goes[$path]}]+=" $i"
        continue
      fi
    fi
    split_words "$i${after[$i]:-}"
    order+=("${words[@]}") # never empty
  done
  order=(${first[@]+"${first[@]}"} ${order[@]+"${order[@]}"} ${late[@]+"${late[@]}"})
}

# The same for what is described no longer. What makes room there has gone before (clear_the_way).
order_leftovers() { # -> ${order[@]}
  local left turn
  local -A by_turn=()
  local -a words
  for ((left = ${#going[@]} - 1; left >= 0; left--)); do
    find_turn "${going[left]}"
    by_turn[${turn:-then}]+=" ${going[left]}"
  done
  split_words "${by_turn[first]:-}${by_turn[then]:-}${by_turn[late]:-}${by_turn[last]:-}"
  order=(${words[@]+"${words[@]}"})
}

