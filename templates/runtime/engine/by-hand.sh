# ---- what a hand changed after lvsgen wrote it: kept aside before it goes ------------------------------------------

# What was changed by hand after lvsgen wrote it is kept aside before it goes: the file, also where the hand was in lvsgen's part of it.
keep_hand_made() { # KIND NAME
  local aside number=1 sum='' have key path sums name
  is_function "$1_written" || return 0
  "$1_written" "$2"
  sums=${written[$key]:-}
  # What another role wrote there, as that of a cluster that is renamed, is no hand's; and what a hand made of it is kept, for its record
  # may be handed over to this role, and then leads to before the hand.
  if ! has "$1" own; then
    load_roles
    sums+=${written_elsewhere[$key]:-}
  fi
  [[ $sums ]] || return 0
  "$1_found" "$2" || return 1
  [[ $sum && $sums != *" $sum "* ]] || return 0
  ! is_written_by_another_way "$2" || return 0
  # A run that was ended before it wrote left what was there before: that is in the journal.
  for ((number = 0; number < ${#u_kind[@]}; number++)); do
    [[ ${u_kind[number]} == "$1" && ${u_name[number]} == "$2" && ${u_record[number]} == 'saved '* ]] || continue
    ! same_content "$state_dir/blobs/${u_record[number]#saved }" || return 0
  done
  aside=$state_home/kept-by-hand
  (umask 077 && mkdir -p -- "$aside") || { failure="cannot make $aside" && return 1; }
  path_of "$1" "$2"
  name=${path//\//_} number=1
  ((${#name} <= 200)) || name=${name:0:180}~${sum:0:16}
  aside+=/$name
  while [[ -e $aside.$number ]]; do
    ! same_content "$aside.$number" || return 0
    number=$((number + 1))
  done
  keep_copy "$root$real" "$aside.$number" || return 1
  complain "$path was changed by hand; that version is kept as $aside.$number"
}

# Did lvsgen write that to the same share where it was mounted at another path? Then the name is the same, and nothing else is at that path now.
is_written_by_another_way() { # NAME, with $sum
  local other
  for other in ${written[@]+"${!written[@]}"}; do
    [[ ${other##*/} == "${1##*/}" && ${written[$other]} == *" $sum "* ]] || continue
    [[ -e $root/${other#*/} && ! $root/${other#*/} -ef $root$1 ]] || return 0
  done
  return 1
}
