# ---- what is said of the table: differences, and all of it ---------------------------------------------------------

# The first entry that is not as described, both ways.
service_differs() { # with $have and $state
  local line wanted serves
  local -a only_had=() only_wanted=()
  if [[ $have == absent ]]; then
    printf 'is not in the table'
    return
  fi
  set_apart "$have" "$state"
  wanted=${only_wanted[0]:-an entry more than described}
  for line in ${only_had[@]+"${only_had[@]}"}; do
    [[ $line != "${wanted%% -w *} -w "* && ($line != '-A '* || $wanted != '-A '*) ]] || printf 'is: %s; ' "$line"
  done
  printf 'described: %s' "$wanted"
}

first_difference() { # HAVE WANT
  local serves
  local -a only_had=() only_wanted=()
  set_apart "$1" "$2"
  printf '%s' "${only_wanted[0]:-an entry more than described}"
}

# What is in the table and not lvsgen's is left alone, and told. What an apply takes out was told before.
service_tell() {
  local key i
  local -a others=()
  local -A leftovers=()
  if [[ $command == status ]]; then
    show_table
    return
  fi
  [[ -z $only && -z $root ]] || return 0
  load_services
  for key in ${live_services[@]+"${live_services[@]}"}; do
    [[ ${described["service $key"]:-} ]] || others+=("$key")
  done
  ((${#others[@]})) || return 0
  for ((i = 0; i < ${#u_kind[@]}; i++)); do [[ ${u_kind[i]} != service ]] || leftovers[${u_name[i]}]=1; done
  for key in "${others[@]}"; do # never empty
    [[ ${leftovers[$key]:-} ]] || report kept service "$key" 'not described: left alone'
  done
}

show_table() {
  local line listing
  local -a text_lines=()
  [[ -z $json ]] && ipvs_is_loaded || return 0
  say ''
  listing=$(ipvsadm -L -n 2>&1 || :)
  split_lines "$listing"
  if [[ $quiet || $listing == *[^\ -~$'\n']* ]]; then
    for line in "${text_lines[@]}"; do say "$line"; done # never empty
  else
    # Nothing in it has to be made visible.
    printf '%s\n' "${text_lines[@]}" 2>/dev/null || : # never empty
  fi
}

service_diff() { # KEY, with $have and $state
  local old=$have
  [[ $old != absent ]] || old=''
  show_texts table "$old"$'\n' "$state"$'\n'
}
