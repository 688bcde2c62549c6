# ---- a VIP on an interface of a real server that answers ARP for it: an old director's, or by hand ---------------------

# Known from journals alone: where it was goes to the journal when --adopt takes it off, and no apply puts it back there.
kind stray recorded stale='address route'

# Interfaces besides those described that have the address, where a quiet one is to carry it: lo, or the end of a tunnel. -> $strays
find_strays() { # `ADDRESS DEVICE`
  local device holder
  local -a words=()
  strays=''
  is_quiet "${1##* }" || return 0
  load_addresses
  [[ ${address_of[${1% *}]:-} != "${1##* } " ]] || return 0
  split_words "${address_of[${1% *}]:-}"
  for device in ${words[@]+"${words[@]}"}; do
    # This host may be a director too, which has it there while it is the master.
    ! held_elsewhere "address ${1% *} $device" || continue
    [[ $device == @(lo|tunl*|sit*|gre*|ip6tnl*|dummy*|kube-ipvs*) || " $strays " == *" $device "* ]] || strays+=${strays:+ }$device
  done
}

is_quiet() { # DEVICE
  [[ $1 == @(lo|tunl*|sit*|gre*|ip6tnl*) ]]
}

# Other roles have to know for which addresses nothing else may answer.
address_holds() { # INDEX, added to $keys
  ! is_quiet "${r_name[$1]##* }" || keys+="quiet ${r_name[$1]% *}"$'\n'
}

stray_away_for() { # `ADDRESS DEVICE` -> $key
  key="quiet ${1% *}"
}

address_adopt() { # `ADDRESS DEVICE`
  local strays device prefix address=${1% *}
  local -a devices=() words=()
  find_strays "$1"
  split_words "$strays"
  devices=(${words[@]+"${words[@]}"})
  for device in ${devices[@]+"${devices[@]}"}; do
    begin_changes || return 1
    have=${address_of["$address $device"]}
    [[ $address == *:* ]] || journal_order "$address $device" "$have" "$device $address" || return 1
    journaled stray "$address $device" || journal stray "$address $device" "${words_of["$address $device"]}" || return 1
    split_words "$have"
    for prefix in "${words[@]}"; do take_off "$address" "$prefix" "$device" || return 1; done # never empty
  done
  forget_snapshots stray
}

stray_probe() { # `ADDRESS DEVICE`
  address_probe "$1"
}

stray_undone() { # `ADDRESS DEVICE` RECORD
  address_undone "$1" "$2"
}

stray_record() { # `ADDRESS DEVICE`
  record=${words_of[$1]:-absent}
}

stray_set() { # `ADDRESS DEVICE` RECORD
  address_set "$1" "$2"
}
