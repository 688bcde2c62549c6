# ---- obstacles: what stands in the way and is not lvsgen's, and what a change would take from this host ----------
#
# Every resource is asked before anything changes, so that all of it is named at once. KIND_obstacle NAME sets $obstacle: the first
# line says what, the others what to do about it. Where it sets $adoptable too, --adopt takes over what stands there: the journal has it,
# and a rollback or an uninstall gives it back. KIND_adopt NAME takes it away, where nothing else does that.

adopt=''

accept --adopt adopt "take over what stands in the way: it goes to the journal, and uninstall gives it back"

met=() met_text=() met_adoptable=() met_taker=() # INDEX in r_kind, what was found, 1 where it can be taken over, and the function that does so

find_obstacles() { # -> ${met[@]} and those beside it
  local i j kind name state text have='' path
  local -a words picked covered=()
  met=() met_text=() met_adoptable=() met_taker=()
  find_covered
  pick path _obstacle
  for i in ${picked[@]+"${picked[@]}"}; do
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]}
    if ! has "$kind" path; then
      meets "${kind}_obstacle" "$name" "${kind}_adopt" || :
      continue
    fi
    path_of "$kind" "$name"
    ! is_covered "$path" || continue
    ! meets other_type "$name" '' || continue
    meets "${kind}_obstacle" "$name" "${kind}_adopt" || :
    lasting_kinds "$path"
    for ((j = 0; j < ${#words[@]}; j++)); do meets "${words[j]}_rivals" "$path" "${words[j]}_oust" || :; done
  done
}

meets() { # QUESTION NAME TAKER, of the resource at index $i
  local obstacle='' adoptable=''
  is_function "$1" || return 1
  "$1" "$2"
  [[ $obstacle ]] || return 1
  met+=("$i") met_text+=("$obstacle") met_adoptable+=("$adoptable") met_taker+=("$3")
}

# A mount that this run makes, or that goes in it: what will lie below it is not to be seen yet.
find_covered() { # -> ${covered[@]}
  local i state text have
  local -a picked
  covered=()
  [[ -z $root ]] || return 0
  pick carrier
  for i in ${picked[@]+"${picked[@]}"}; do
    state=${r_state[i]} text=${r_text[i]}
    is_same "${r_kind[i]}" "${r_name[i]}" || covered+=("${r_name[i]}")
  done
  for i in ${going[@]+"${going[@]}"}; do
    ! has "${u_kind[i]}" carrier || ! is_leftover "${u_kind[i]}" "${u_name[i]}" || covered+=("${u_name[i]}")
  done
}

is_covered() { # PATH
  local target
  for target in ${covered[@]+"${covered[@]}"}; do [[ $1 != "$target"/* ]] || return 0; done
  return 1
}

# Something of another type where a file or a directory is to be, or a file that is not text, of which a part is to be lvsgen's. (A link in
# a file's place is replaced, and kept.)
other_type() { # NAME, with $kind and $path
  local real shared in_the_way type content wanted='a regular file'
  can_reach "$kind" "$1" || return 0
  [[ -e $root$real || -L $root$real ]] || return 0
  if is_directory "$kind"; then
    wanted='a directory'
    [[ ! -d $root$real || -L $root$real ]] || return 0
  elif has "$kind" path part; then
    # A mode alone is anything's.
    is_function "${kind}_text" || return 0
    if [[ -f $root$real && ! -L $root$real ]]; then
      [[ $shared ]] || read_found || obstacle="$root$real holds a NUL byte"$'\n'"It is no text, of which a part could be lvsgen's: look at it, and mend it by hand."
      return 0
    fi
  else
    [[ ! -f $root$real && ! -L $root$real ]] || return 0
  fi
  ! makes_way "$path" || return 0
  type_at "$root$real"
  obstacle="it is $type, where $wanted is to be"$'\n'
  if is_put_here "$path"; then
    obstacle+="lvsgen put it there, and it is described no longer: an apply without --only takes it away."
  else
    obstacle+="Look at it: $root$real. If nobody needs it, move it away, or take it out of the description."
  fi
}

is_put_here() { # PATH
  local key path
  for key in ${put_here[@]+"${!put_here[@]}"}; do
    path_of "${key%% *}" "${key#* }"
    [[ $path != "$1" ]] || return 0
  done
  return 1
}

# Is it lvsgen's own, no longer described, and nothing was there before?
makes_way() { # PATH
  local i path
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    if [[ -z ${u_kind[i]} || ${u_record[i]} != absent ]] || ! has "${u_kind[i]}" path; then continue; fi
    path_of "${u_kind[i]}" "${u_name[i]}"
    if [[ $path != "$1" ]] || ! is_leftover "${u_kind[i]}" "${u_name[i]}"; then continue; fi
    ! has "${u_kind[i]}" parent || ! keeps_something "$1" || continue
    return 0
  done
  return 1
}

type_at() { # PATH -> $type
  if [[ -L $1 ]]; then
    type='a symbolic link'
  elif [[ -d $1 ]]; then
    type='a directory'
  elif [[ -f $1 ]]; then
    type='a file'
  elif [[ -p $1 ]]; then
    type='a FIFO'
  elif [[ -S $1 ]]; then
    type='a socket'
  else
    type='a device'
  fi
}

refuse_obstacles() {
  local i n found='' all_adoptable=1 lacking=69 again
  find_obstacles
  for ((n = 0; n < ${#met[@]}; n++)); do
    i=${met[n]}
    if [[ $adopt && ${met_adoptable[n]} ]]; then continue; fi
    [[ ${met_adoptable[n]} ]] || all_adoptable=''
    failure=${met_text[n]}
    report_failure "${r_kind[i]}" "${r_name[i]}"
    found=1
  done
  failure=''
  if [[ -z $found ]]; then
    return 0
  elif [[ $all_adoptable ]]; then
    name_again
    die 69 'something else stands in the way' "Nothing was changed. Look at it; --adopt takes it over, and uninstall gives it back: bash $again apply --adopt"
  fi
  die 69 'apply would take from this host what it needs, or meets what it cannot take over' 'Nothing was changed.'
}

# What stands in the way goes, with --adopt; `check` says what would.
adopt_obstacles() {
  local i n kind name state text path
  for ((n = 0; n < ${#met[@]}; n++)); do
    i=${met[n]}
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]}
    if [[ $mutating != yes ]]; then
      report pending "$kind" "$name" "taken over: ${met_text[n]%%$'\n'*}"
      continue
    fi
    failure='' lacking=1 path=$name
    ! has "$kind" path || path_of "$kind" "$name"
    [[ ${met_taker[n]} != *_oust ]] || name=$path
    if is_function "${met_taker[n]}" && ! "${met_taker[n]}" "$name"; then
      report_failure "$kind" "${r_name[i]}"
      return 1
    fi
    report changed "$kind" "${r_name[i]}" "taken over: ${met_text[n]%%$'\n'*}"
  done
}
