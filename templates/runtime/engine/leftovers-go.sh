# ---- leftovers go: what is in the way first, the others when all that is described stands --------------------------

# Below a mount point lies something else when another share is mounted there, or none. What was written there goes back while it
# is reached, also where the description has the same again: for there it is another file.
leave_carriers() {
  local i j state text target
  local -a picked targets=() leaving=()
  [[ -z $root ]] || return 0
  for i in ${going[@]+"${going[@]}"}; do
    if has "${u_kind[i]}" carrier && is_leftover "${u_kind[i]}" "${u_name[i]}"; then targets+=("${u_name[i]}") && leaving+=("$i"); fi
  done
  pick carrier
  for i in ${picked[@]+"${picked[@]}"}; do
    state=${r_state[i]} text=${r_text[i]}
    is_same "${r_kind[i]}" "${r_name[i]}" || targets+=("${r_name[i]}")
  done
  for ((i = ${#u_kind[@]} - 1; i >= 0; i--)); do
    has "${u_kind[i]}" path || continue
    for target in ${targets[@]+"${targets[@]}"}; do
      [[ ${u_name[i]} != "$target"/* ]] || drop_record "$i" 'something else is mounted here now: as it was before' || return 1
    done
  done
  # What is described below a share that goes would be written to it.
  pick path
  for i in ${leaving[@]+"${leaving[@]}"}; do
    for j in ${picked[@]+"${picked[@]}"}; do
      [[ ${r_name[j]} != "${u_name[i]}"/* ]] || drop_leftover "$i" || return 1
    done
  done
}

# What takes the place of something else that is to be described there no longer: a directory that becomes a file, say.
clear_the_way() {
  local i left
  plain_parents || return 1
  for ((left = ${#going[@]} - 1; left >= 0; left--)); do
    i=${going[left]}
    ! is_leftover "${u_kind[i]}" "${u_name[i]}" || ! stands_in_the_way "${u_kind[i]}" "${u_name[i]}" || drop_leftover "$i" || return 1
  done
}

# Is something else described at the path of a leftover, a file above it, or anything below a leftover that is a file?
stands_in_the_way() { # KIND NAME
  local key kind path name
  has "$1" path || return 1
  path_of "$1" "$2"
  name=$path
  for key in "${!described[@]}"; do
    kind=${key%% *}
    has "$kind" path || continue
    path_of "$kind" "${key#* }"
    if [[ $path == "$name" ]]; then
      [[ $kind != "$1" ]] && { has "$kind" path whole || has "$1" path whole; } && return 0
    elif [[ $name == "$path"/* ]]; then
      has "$kind" parent || return 0
    elif [[ $path == "$name"/* ]]; then
      has "$1" parent || return 0
    fi
  done
  return 1
}

drop_leftovers() {
  local i left drain_seconds=$drain_seconds
  local -a order
  if [[ $mutating == yes ]]; then
    let_leftovers_leave || return 1
    drain_seconds=0
  fi
  order_leftovers
  for i in ${order[@]+"${order[@]}"}; do
    if ! give_to_holder "$i" || ! drop_leftover "$i"; then return 1; fi
  done
  [[ $mutating == yes ]] || return 0
  # Directories in which something lay that went later; and what is said of those that stay.
  emptied_last=''
  for ((left = ${#going[@]} - 1; left >= 0; left--)); do
    i=${going[left]}
    ! has "${u_kind[i]}" parent || drop_leftover "$i" || return 1
  done
}

emptied_last=1 # while a directory that is not empty may become so

# Does anything lie in a directory that is not to go with it?
keeps_something() { # DIRECTORY
  local entry
  [[ -d $root$1 && ! -L $root$1 ]] || return 1
  for entry in "$root$1"/* "$root$1"/.[!.]* "$root$1"/..?*; do
    [[ ! -e $entry && ! -L $entry ]] || { [[ $emptied_last ]] && goes "${entry#"$root"}"; } || return 0
  done
  return 1
}

goes() { # PATH
  local i path
  for i in ${going[@]+"${going[@]}"}; do
    has "${u_kind[i]}" path || continue
    [[ ${u_record[i]} == absent ]] || continue
    path_of "${u_kind[i]}" "${u_name[i]}"
    [[ $path == "$1" ]] || continue
    is_leftover "${u_kind[i]}" "${u_name[i]}" || continue
    ! has "${u_kind[i]}" parent || ! keeps_something "$1" || continue
    return 0
  done
  return 1
}

# What needs time to go gets it while everything else is still here.
let_leftovers_leave() {
  local i kind name have state='' text=''
  local -a leaving=()
  for i in ${going[@]+"${going[@]}"}; do
    kind=${u_kind[i]} name=${u_name[i]}
    if ! is_function "${kind}_leave" || ! is_leftover "$kind" "$name" || undo_is_done "$kind" "$name" "${u_record[i]}"; then continue; fi
    if ! begin_changes || ! journal_resource "$kind" "$name"; then return 1; fi
    leaving+=("$i")
  done
  let_leave ${leaving[@]+"${leaving[@]}"}
}
