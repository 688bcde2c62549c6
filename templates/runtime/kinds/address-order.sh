# ---- the order of the IPv4 addresses of a network on an interface: the first is the one that the kernel sends from ------

kind order recorded stale='address route'

# Written down before an address goes that others of its network stand behind, or before.
journal_order() { # `ADDRESS DEVICE` PREFIXES [NAME of the record]
  local address=${1% *} device=${1##* } prefix line kept='' network net
  local -a words=()
  split_words "$2"
  for prefix in "${words[@]}"; do # never empty
    ((prefix < 32)) || continue
    network_of "$address" "$prefix"
    net=$network
    while IFS= read -r line; do
      [[ $line && ${line%% *} == */"$prefix" ]] || continue
      network_of "${line%%/*}" "$prefix"
      [[ $network != "$net" ]] || kept+=$line$'\n'
    done <<<"${order_of[$device]:-}"
  done
  [[ $kept == *$'\n'?* ]] || return 0
  journaled order "${3:-$device}" || journal order "${3:-$device}" "${kept%$'\n'}"
}

# That of a stray comes back with it: its name is `DEVICE ADDRESS`.
order_away_for() { # NAME -> $key; fails where it is no stray's
  key="order $1"
  [[ $1 == *' '* ]] && key="quiet ${1#* }"
}

order_record() { # NAME
  load_addresses
  record=${order_of[${1%% *}]:-absent}
}

# -> $have: those of RECORD that are there, in the kernel's order; $wanted: in that of RECORD; $others: what is there besides
order_now() { # DEVICE RECORD
  local line
  load_addresses
  have='' wanted='' others=''
  while IFS= read -r line; do
    [[ $line ]] || continue
    if [[ $'\n'$2$'\n' == *$'\n'"$line"$'\n'* ]]; then have+=${have:+$'\n'}$line; else others+=$line$'\n'; fi
  done <<<"${order_of[$1]:-}"
  while IFS= read -r line; do
    [[ $'\n'$have$'\n' != *$'\n'"$line"$'\n'* ]] || wanted+=${wanted:+$'\n'}$line
  done <<<"$2"
}

order_probe() { # NAME
  load_addresses
  have=${order_of[${1%% *}]:-}
}

order_undone() { # NAME RECORD
  local wanted others
  order_now "${1%% *}" "$2"
  [[ $have == "$wanted" ]]
}

# None of them is missing meanwhile: each is there as a /32 as well while it goes and comes again, all in one process.
order_set() { # NAME RECORD
  local device=${1%% *} line batch='' cidr wanted others over routes
  order_now "$device" "$2"
  [[ $wanted ]] || return 0
  while IFS= read -r line; do batch+="address add ${line%%/*}/32 dev $device"$'\n'; done <<<"$wanted"
  while IFS= read -r line; do batch+="address del ${line%% *} dev $device"$'\n'; done <<<"$wanted"
  while IFS= read -r line; do
    cidr=${line%% *}
    batch+="address add $cidr dev $device${line#"$cidr"}"$'\n'
  done <<<"$wanted"
  while IFS= read -r line; do
    # One that is described as a /32 keeps it.
    [[ ${line%% *} == */32 || ${address_of["${line%%/*} $device"]:-} == *'32 '* ]] || batch+="address del ${line%%/*}/32 dev $device"$'\n'
  done <<<"$wanted"
  unset 'loaded[route]'
  load_routes
  routes_over "$device"
  routes=$over
  # What is not there, or is there already, is no failure: what comes of it is looked at.
  try_batch "$batch"
  keep_others "$device"
}

try_batch() { # LINES for ip -batch
  local line
  while IFS= read -r line; do log "run: ip $line"; done <<<"${1%$'\n'}"
  ip -force -batch - <<<"$1" >/dev/null 2>&1 || :
}
