# ---- a VIP that has come up: the neighbours hear of it, all at once at the end -----------------------------------------

come_up=() # DEVICE ADDRESS of those that were not there before

note_come_up() { # ADDRESS DEVICE, with $have before
  [[ $have == absent && $role == director && $2 != @(lo|tunl*|sit*|gre*|ip6tnl*) ]] || return 0
  come_up+=("$2" "$1")
  # It answers from now on, also where what comes later fails, or a signal ends this run.
  finally tell_neighbours
}

# What a rollback finds as it is to be, one that was killed may have brought, without a word of it.
note_brought() { # ADDRESS DEVICE
  local have=absent
  [[ $command != rollback || " ${come_up[*]+"${come_up[*]}"} " == *" $2 $1 "* ]] || note_come_up "$1" "$2"
}

# What a run brought that was killed before it could tell: the generation that goes on says that it was not here before.
note_unheard() {
  local i name line content='' have=absent
  [[ $resumed ]] && read_text "$state_dir/generations/$generation" || return 0
  load_addresses
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    name=${r_name[i]}
    [[ ${r_kind[i]} == address && ${r_state[i]} != *' moves' && ${address_of[$name]:-} ]] || continue
    record_line address "$name" absent
    [[ $content == *$'\n'"$line"$'\n'* && " ${come_up[*]+"${come_up[*]}"} " != *" ${name##* } ${name% *} "* ]] || continue
    note_come_up "${name% *}" "${name##* }"
  done
}

address_tell() {
  note_unheard
  tell_neighbours
}

tell_neighbours() {
  local announcer=/etc/lvsgen/$cluster/announce
  # lvsgen's own unit has told them all.
  [[ $started_steps != *"=-$announcer"$'\n'* ]] || come_up=()
  ((${#come_up[@]})) && [[ -z $root && -x $announcer && -O $announcer ]] || return 0
  try timeout 30 "$announcer" "${come_up[@]}" # never empty
  come_up=()
}

address_returned() {
  tell_neighbours
}
