# ---- a VIP that has come up: the neighbours hear of it, all at once at the end -----------------------------------------

come_up=() # DEVICE ADDRESS of those that were not there before

note_come_up() { # ADDRESS DEVICE, with $have before
  [[ $have == absent && $role == director && $2 != @(lo|tunl*|sit*|gre*|ip6tnl*) ]] || return 0
  come_up+=("$2" "$1")
}

# What a rollback finds as it is to be, one that was killed may have brought, without a word of it.
note_brought() { # ADDRESS DEVICE
  local have=absent
  [[ $command != rollback || " ${come_up[*]+"${come_up[*]}"} " == *" $2 $1 "* ]] || note_come_up "$1" "$2"
}

address_tell() {
  local announcer=/etc/lvsgen/$cluster/announce
  # lvsgen's own unit has told them all.
  [[ $started_steps != *"=-$announcer"$'\n'* ]] || come_up=()
  ((${#come_up[@]})) && [[ -z $root && -x $announcer && -O $announcer ]] || return 0
  try timeout 30 "$announcer" "${come_up[@]}" # never empty
  come_up=()
}

address_returned() {
  address_tell
}
