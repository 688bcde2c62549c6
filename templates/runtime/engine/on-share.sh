# ---- on a share: what lies below a described mount point, while nothing described is mounted there --------------------
#
# A record knows a file by its path. What was written to the local directory, or to an image, would be taken for the file on the share as
# soon as that is mounted, and the way back would take away the server's own. So nothing is written there but on the share.

shares_away=() # names of carriers that are described and not there: with --root all of them, with --only those that are left out
on_share=()    # with --root: `KIND NAME` of what is left out for that, and the carrier, each after the other

# Does the path lead below one of them?
lies_on() { # KIND NAME, with ${shares_away[@]} -> $carrier
  local path real='' shared in_the_way='' failure='' lacking=''
  ((${#shares_away[@]})) || return 1
  can_reach "$1" "$2" || real=''
  path_of "$1" "$2"
  for carrier in "${shares_away[@]}"; do # never empty
    [[ $path != "${carrier%/}"/?* && $real != "${carrier%/}"/?* ]] || return 0
  done
  return 1
}

# Of an image: described is what lies in it.
leave_out_on_share() {
  local i carrier only=''
  local -a picked kinds names states texts
  local -A out=() # indices in r_kind
  ((${#shares_away[@]} && ${#r_kind[@]})) || return 0
  pick path
  for i in ${picked[@]+"${picked[@]}"}; do
    lies_on "${r_kind[i]}" "${r_name[i]}" || continue
    out[$i]=1 on_share+=("${r_kind[i]} ${r_name[i]}" "$carrier")
  done
  ((${#out[@]})) || return 0
  kinds=("${r_kind[@]}") names=("${r_name[@]}") states=("${r_state[@]}") texts=("${r_text[@]}") # never empty
  forget_described
  for ((i = 0; i < ${#kinds[@]}; i++)); do
    [[ ${out[$i]:-} ]] || describe "${kinds[i]}" "${names[i]}" "${states[i]}" "${texts[i]}"
  done
}

tell_on_share() {
  local i
  for ((i = 0; i < ${#on_share[@]}; i += 2)); do
    say "left out: ${on_share[i]} lies on the share of ${on_share[i + 1]}, which an image does not have; the apply on the host writes it"
  done
}

# Where --only leaves the share out, it has to be mounted already.
refuse_on_share() {
  local i kind name state have carrier found='' missing=''
  local -a picked
  for ((i = 0; i < ${#left_out[@]}; i += 3)); do
    kind=${left_out[i]} name=${left_out[i + 1]} state=${left_out[i + 2]}
    # Often by the thousand.
    [[ ${traits["$kind carrier"]:-} ]] || continue
    "${kind}_there" "$name" || shares_away+=("$name") missing=$kind
  done
  ((${#shares_away[@]})) || return 0
  pick path
  for i in ${picked[@]+"${picked[@]}"}; do
    lies_on "${r_kind[i]}" "${r_name[i]}" || continue
    report failed "${r_kind[i]}" "${r_name[i]}" "it lies on the share of $carrier, which is not mounted"
    found=1
  done
  [[ -z $found ]] || die 69 'what lies on a share is written there alone, and not to the directory below it' "Nothing was changed. Mount the share along with it: --only $only,$missing"
}

declare -A mounted_before=() # by carrier: yes or no, of the records that are loaded

# Did a run on the host itself find it there, or mount it? Who only ever worked on an image, wrote into the image.
was_mounted() { # CARRIER, with u_* and $held_before
  local i escaped
  if [[ -z ${mounted_before[$1]:-} ]]; then
    escape "$1"
    mounted_before[$1]=no
    [[ $held_before != *$'\n'"${traits[carrier]} $escaped"$'\n'* ]] || mounted_before[$1]=yes
    for ((i = 0; i < ${#u_kind[@]}; i++)); do
      [[ ${u_name[i]} != "$1" ]] || ! has "${u_kind[i]}" carrier || mounted_before[$1]=yes
    done
  fi
  [[ ${mounted_before[$1]} == yes ]]
}

# Such a record says nothing of what lies in the image.
was_on_share() { # INDEX in u_kind -> $carrier
  local i
  has "${u_kind[$1]}" path && ! is_in_image "$1" || return 1
  ! lies_on "${u_kind[$1]}" "${u_name[$1]}" || ! was_mounted "$carrier" || return 0
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    carrier=${u_name[i]}
    [[ ${u_name[$1]} != "${carrier%/}"/?* ]] || ! has "${u_kind[i]}" carrier || return 0
  done
  return 1
}

# Does what an earlier version of lvsgen wrote into the image lie there?
is_in_image() { # INDEX in u_kind
  local sum='' have key='' real='' shared in_the_way failure='' lacking=''
  [[ ${u_record[$1]} == absent ]] && is_function "${u_kind[$1]}_written" && can_reach "${u_kind[$1]}" "${u_name[$1]}" || return 1
  "${u_kind[$1]}_written" "${u_name[$1]}"
  "${u_kind[$1]}_found" "${u_name[$1]}" && [[ $sum && ${written[$key]:-} == *" $sum "* ]]
}
