# ---- an address that would come back, and that another director has by now ------------------------------------------------
#
# What was here before keepalived had it is written down. By the time that it is put back the address may have moved, or moves because
# keepalived is stopped here: on two hosts it would break the connections of both.

declare -A elsewhere=() # `ADDRESS DEVICE` of what would come back -> who has it

# Is it better left off? Sets $goes_on.
address_is_elsewhere() { # `ADDRESS DEVICE`
  [[ $watched && -z $root ]] || return 1
  find_elsewhere
  [[ ${elsewhere[$1]:-} ]] || return 1
  goes_on="it stays off: ${elsewhere[$1]} has it by now"
  complain "${1% *} is with ${elsewhere[$1]} by now, and would be on two hosts here" \
    "To have it here stop keepalived there first: systemctl disable --now keepalived.service; then: ip address add ${1% *}/${2%% *} dev ${1##* }" \
    "Where files of this host name it, it comes back at the next boot, whoever has it: take it out of them if it is to stay there."
}

# All at once, and only of what is gone from here: -> ${elsewhere[@]}
find_elsewhere() {
  local i entry mac name device
  local -a coming=() words=()
  [[ -z ${loaded[elsewhere]:-} ]] || return 0
  loaded[elsewhere]=1
  unset 'loaded[address]'
  load_addresses
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    device=${u_name[i]##* }
    [[ ${u_kind[i]} == address && ${u_record[i]} == *' scope '* && -z ${address_of[${u_name[i]}]:-} ]] || continue
    [[ ! -e /sys/class/net/$device || $device == @(lo|tunl*|sit*|gre*|ip6tnl*) ]] || coming+=("${u_name[i]}")
  done
  ((${#coming[@]})) || return 0
  is_arping || unheld='there is no arping of iputils here'
  # A keepalived that was stopped a moment ago has told the next one, which takes it by now.
  sleep 1
  ask_holders "${coming[@]}" # never empty
  for entry in "${coming[@]}"; do # never empty
    split_words "${holders_of[$entry]:-}"
    for mac in ${words[@]+"${words[@]}"}; do
      name_of_mac "$mac" "${entry##* }"
      # Where the directors are known, another machine is a real server that answers for what it should not: no reason to leave clients alone.
      [[ -z $name && ${#peers[@]} -gt 0 ]] || elsewhere[$entry]=${name:-$mac}
    done
  done
}
