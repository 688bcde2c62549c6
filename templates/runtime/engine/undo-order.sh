# ---- undo: in which order ---------------------------------------------------------------------------------------------------

# What is put back into files that lvsgen had its part of, or is loaded from them.
comes_last() { # INDEX
  has "${u_kind[$1]}" last && [[ ${u_record[$1]} != absent ]]
}

# The newest first; then what must not go before the others, whichever of them is older (`KIND_late`); at the end what is loaded from files
# that come back. A directory that is older and goes, as one that was handed over, makes room first for what comes back in its place.
order_undo() { # -> ${order[@]} ${last[@]}
  local i path
  local -A goes=() after=()
  local -a words late=()
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} != "${traits[parent]}" || ${u_record[i]} != absent ]] || goes[${u_name[i]}]=$i
  done
  for ((i = ${#u_kind[@]} - 1; i >= 0; i--)); do
    if comes_last "$i"; then
      last+=("$i")
      continue
    fi
    if is_function "${u_kind[i]}_late" && "${u_kind[i]}_late" "${u_name[i]}"; then
      late+=("$i")
      continue
    fi
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
  order+=(${late[@]+"${late[@]}"})
}

