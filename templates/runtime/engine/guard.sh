# ---- guard: what is looked at before anything is changed -----------------------------------------------------------

# A journal says what is to be written where, so it counts only where nobody but root can have written it.
refuse_foreign_state() {
  local entry
  for entry in "$state_dir/generations/." "$state_dir/blobs/."; do
    walk "$entry" last || refuse_state "${failure%%$'\n'*}"
    [[ -z $shared ]] || refuse_state "others than root can change $root$shared"
  done
  for entry in "$state_home"/* "$state_home"/*/* "$state_home"/*/*/* "$state_dir"/generations/*; do
    # Versions of files that were changed by hand keep their owners.
    [[ (-e $entry || -L $entry) && $entry != "$state_home"/kept-by-hand/* ]] || continue
    [[ -O $entry && ! -L $entry && (-f $entry || -d $entry) ]] || refuse_state "$entry is neither a file nor a directory of root's"
  done
}

refuse_state() { # WHY
  die 69 "$1: what lies in $state_home is not taken for lvsgen's journal" \
    "Look at it with care. If lvsgen never ran here, move $state_home away; if it did, give it, and what lies above it, back to root (chown root, chmod go-w)."
}

# What would keep whoever looks at it, or below it, waiting for ever ends the run.
guard_described() {
  local i
  local -a picked
  pick _guard
  for i in ${picked[@]+"${picked[@]}"}; do "${r_kind[i]}_guard" "${r_name[i]}"; done
}

led_to=() # paths without links, where they are not as they are described: /run/app/conf for /var/run/app/conf
declare -A leads=() # `KIND NAME` with such a path -> 1, of what is a part of a file

# A link in the way that is not root's, a loop of them, or a file where a directory is to be, unless it goes first; a mount point
# that others could move.
refuse_unsafe_paths() {
  local i kind name found='' real in_the_way
  local -a picked
  pick path _reach
  for i in ${picked[@]+"${picked[@]}"}; do
    kind=${r_kind[i]} name=${r_name[i]} in_the_way=''
    real=$name
    if is_function "${kind}_reach"; then
      ! "${kind}_reach" "$name" || continue
    elif can_reach "$kind" "$name"; then
      if [[ $real != "$name" ]]; then
        led_to+=("$real")
        ! is_by_place "$kind" || leads["$kind $real"]=1
      fi
      continue
    fi
    [[ -z $in_the_way ]] || ! goes_first "$in_the_way" || continue
    report_failure "$kind" "$name"
    found=1
  done
  refuse_unsafe_ways_back
  [[ -z $found ]] || die 69 'there is no safe way to what is described' "Nothing was changed."
  failure='' lacking=1
}

# The same for what is described no longer and is to be as before.
refuse_unsafe_ways_back() { # -> $found
  local i kind name real in_the_way carrier holder
  for i in ${going[@]+"${going[@]}"}; do
    has "${u_kind[i]}" path || continue
    kind=${u_kind[i]} name=${u_name[i]} real='' in_the_way='' failure='' lacking=1
    if ! is_leftover "$kind" "$name" || can_reach "$kind" "$name"; then continue; fi
    if [[ -z $root ]] && was_carried "$i"; then continue; fi
    if [[ $in_the_way ]] && goes_first "$in_the_way"; then continue; fi
    if is_taken "$kind" "$name" "${u_record[i]}" || undo_is_done "$kind" "$name" "${u_record[i]}"; then continue; fi
    can_reach "$kind" "$name" || [[ -z $in_the_way ]] || failure+=$'\n'"It is described no longer and goes back to what it was: move $root$in_the_way away first."
    report_failure "$kind" "$name"
    found=1
  done
}

# Is it lvsgen's own, no longer described, and nothing but a directory was there before?
goes_first() { # PATH
  local i
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_name[i]} == "$1" && ${u_record[i]} != 'saved '* ]] && has "${u_kind[i]}" path && is_leftover "${u_kind[i]}" "$1" && return 0
  done
  return 1
}

# The system against the description.
check_platform() {
  local name
  local -a files=()
  platform_facts
  paths+=("$root/etc/os-release" "$root/usr/lib/os-release")
  # Below --root a link leads to what lies below it too.
  for name in /etc/os-release /usr/lib/os-release; do
    if walk "$root$name" last; then files+=("$root$real"); fi
  done
  lacking=1
  read_release ${files[@]+"${files[@]}"}
  ! is_release "$platform_releases" || return 0
  if [[ $force_platform || -n $root && -z $release_id ]]; then
    complain "this is $release_name, described is $platform: going on"
    return 0
  fi
  die 78 "this is $release_name ($release_id:$release_version), but $host is described as $platform ($platform_releases)" \
    "Mend the platform in the description and build again, or try with --force-platform"
}
