# ---- what is said of the table: differences, and all of it ---------------------------------------------------------

# The first entry that is not as described, both ways.
service_differs() { # with $have and $state
  local line wanted
  wanted=$(first_difference "$have" "$state")
  if [[ $have == absent ]]; then
    printf 'is not in the table'
    return
  fi
  while IFS= read -r line; do
    [[ $line != "${wanted%% -w *} -w "* && ($line != '-A '* || $wanted != '-A '*) ]] || printf 'is: %s; ' "$line"
  done <<<"$have"
  printf 'described: %s' "$wanted"
}

first_difference() { # HAVE WANT
  local line
  while IFS= read -r line; do
    if [[ $'\n'$1$'\n' != *$'\n'"$line"$'\n'* ]]; then
      printf '%s' "$line"
      return
    fi
  done <<<"$2"
  printf 'an entry more than described'
}

# What is in the table and not lvsgen's is left alone, and told. What an apply takes out was told before.
service_tell() {
  local key i leftovers=' '
  if [[ $command == status ]]; then
    show_table
    return
  fi
  [[ -z $only && -z $root ]] || return 0
  load_services
  for ((i = 0; i < ${#u_kind[@]}; i++)); do [[ ${u_kind[i]} != service ]] || leftovers+="<${u_name[i]}> "; done
  for key in ${live_services[@]+"${live_services[@]}"}; do
    [[ ${described["service $key"]:-} || $leftovers == *" <$key> "* ]] || report kept service "$key" 'not described: left alone'
  done
}

show_table() {
  local line
  [[ -z $json ]] && ipvs_is_loaded || return 0
  say ''
  while IFS= read -r line; do say "$line"; done < <(ipvsadm -L -n 2>&1 || :)
}

service_diff() { # KEY, with $have and $state
  local old=$have
  [[ $old != absent ]] || old=''
  show_texts table "$old"$'\n' "$state"$'\n'
}
