# ---- drain and undrain ----------------------------------------------------------------------------------------

# Only the weights of this real server change; whatever else the description says waits for an apply.
drain_command() { # NAME
  local entry addresses='' before='' names='' name line i
  for entry in ${real_servers[@]+"${real_servers[@]}"}; do
    [[ $entry != "$1 "* && " ${entry#* } " != *" $1 "* ]] || addresses="${entry#* }" name=${entry%% *}
  done
  if [[ -z $addresses ]]; then
    line=''
    for i in "${!r_kind[@]}"; do [[ ${r_kind[i]} != service || ${r_state[i]} != *" -r $1:"* && ${r_state[i]} != *" -r [$1]:"* ]] || line=1; done
    [[ $line ]] || die 64 "no real server $1; described are: ${real_servers[*]+"${real_servers[*]%% *}"}"
    addresses=$1 name=$1
  fi
  drained_probe
  before=$have
  for entry in $before; do [[ $entry == "$name" ]] || names+=$entry$'\n'; done
  [[ $command == undrain ]] || names+=$name$'\n'
  if [[ $names == "$before" ]]; then
    say "$name is ${command}ed already"
  else
    if ! begin_changes || ! journal drained - "$before" || ! drained_set - "$names"; then die 1 "$failure"; fi
  fi
  weigh_again "$addresses"
  if each_resource && end_changes; then
    if [[ $command == drain ]]; then wait_for_drained "$addresses"; fi
    closing ok changed failed
    return 0
  fi
  closing ok changed failed
  exit 1
}

# Replaces what is to be reconciled: the live services and the rules file, with other weights for these
# addresses: 0, or what is described.
weigh_again() { # ADDRESSES
  local i content='' key state rules='' reweighed
  local -A weight_of=()
  local -a keys=()
  drained=" $1 "
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    if [[ ${r_kind[i]} == file && ${r_state[i]} == 'file 0600 root root' && -z $rules ]]; then rules=${r_name[i]}; fi
  done
  described_weights
  load_services
  r_kind=() r_name=() r_state=() r_text=() described=()
  if read_text "$root$rules"; then
    reweigh "$content"
    describe file "$rules" 'file - - -' "$reweighed"
  fi
  for key in ${live_services[@]+"${live_services[@]}"}; do
    reweigh "${service_of[$key]}"$'\n'
    describe service "$key" "${reweighed%$'\n'}"
  done
}

# weight_of["SERVICE SERVER"] as described, drains aside.
described_weights() {
  local line key='' server
  while IFS= read -r line; do
    case $line in
      '-A '*) service_key "$line" ;;
      '-a '*)
        server=${line#* -r } server=${server%% *}
        line=${line#* -w }
        weight_of["$key $server"]=${line%% *}
        ;;
    esac
  done < <(described_rules)
}

reweigh() { # RULES -> $reweighed
  local line key='' server address weighted
  reweighed=''
  while IFS= read -r line; do
    if [[ $line == '-A '* ]]; then
      service_key "$line"
    elif [[ $line == '-a '* ]]; then
      real_address "$line"
      server=${line#* -r } server=${server%% *}
      if [[ $drained == *" $address "* ]]; then
        if [[ $command == drain ]]; then
          with_weight "$line" 0
          line=$weighted
        elif [[ ${weight_of["$key $server"]:-} ]]; then
          with_weight "$line" "${weight_of["$key $server"]}"
          line=$weighted
        fi
      fi
    fi
    reweighed+=$line$'\n'
  done <<<"${1%$'\n'}"
}

wait_for_drained() { # ADDRESSES
  local key line server address lines=''
  load_services
  for key in ${live_services[@]+"${live_services[@]}"}; do
    while IFS= read -r line; do
      [[ $line == '-a '* ]] || continue
      real_address "$line"
      server=${line#* -r } server=${server%% *}
      [[ " $1 " != *" $address "* ]] || lines+="-d $key -r $server"$'\n'
    done <<<"${service_of[$key]}"
  done
  [[ $lines ]] || return 0
  count_active "$lines"
  if ((active > 0 && drain_seconds > 0)); then
    await_drained "$lines"
    count_active "$lines"
  fi
  say "$active active connection(s) left"
}
