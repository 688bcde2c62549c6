# ---- what a rollback or an uninstall would do: --dry-run -----------------------------------------------------------------

declare -A will_go=() # paths at which nothing is left: `surely`, or `perhaps`, where more than lvsgen's part may be in a file

# What undo_loaded would say of each, for everything in u_*.
foretell_undo() {
  local i kind name record have text state keeper holder carrier path first
  local -A told=()
  local -a order=() last=() may_go=()
  undo_paths
  load_stats
  order_undo
  for i in ${order[@]+"${order[@]}"} ${last[@]+"${last[@]}"}; do
    kind=${u_kind[i]} name=${u_name[i]} record=${u_record[i]} text='' state=''
    if [[ -z $kind ]] || has "$kind" page; then continue; fi
    [[ -z $root ]] || has "$kind" path || continue
    find_keeper "$i"
    if [[ $keeper == role ]] && differs_from_theirs "$kind" "$name"; then
      report pending "$kind" "$name" "as ${first#"$state_home"/} describes it, which needs it still"
    elif [[ $keeper ]]; then
      tell_keeper
    elif [[ -z $root ]] && is_cut_off "$i"; then
      report_failure "$kind" "$name"
    elif undo_is_done "$kind" "$name" "$record" || is_told "$kind" "$name"; then
      report ok "$kind" "$name"
    elif is_taken "$kind" "$name" "$record" && [[ $holder ]]; then
      tell_taken
    elif has "$kind" parent && [[ $record == absent ]]; then
      may_go+=("$name")
    else
      foretell_return "$kind" "$name" "$record"
      if [[ $record != absent ]] || ! has "$kind" path; then continue; fi
      path_of "$kind" "$name"
      if has "$kind" path whole; then will_go[$path]=surely; else will_go[$path]=perhaps; fi
    fi
  done
  foretell_directories ${may_go[@]+"${may_go[@]}"}
}

# A part of a file that a link leads to may be known by both names: it goes back once.
is_told() { # KIND NAME, with $told
  local real shared
  has "$1" path && ! has "$1" path whole && [[ $2 == /* ]] && can_reach "$1" "$2" || return 1
  [[ -z ${told["$1 $real"]:-} ]] || return 0
  told["$1 $real"]=1
  return 1
}

# Those go in which nothing is left.
foretell_directories() { # NAME...
  local name progress=1 sure holder
  local -a left=("$@")
  while [[ $progress ]]; do
    progress=''
    set -- ${left[@]+"${left[@]}"}
    left=()
    for name in "$@"; do
      if is_left_empty "$name"; then
        will_go[$name]=$sure progress=1
        if [[ $sure == surely ]]; then
          foretell_return "${traits[parent]}" "$name" absent
        else
          report pending "${traits[parent]}" "$name" 'it goes, if nothing is left in it'
        fi
      else
        left+=("$name")
      fi
    done
  done
  for name in ${left[@]+"${left[@]}"}; do
    if held_below "$name"; then
      report kept "${traits[parent]}" "$name" "still needed: ${holder#"$state_home"/}"
    else
      report kept "${traits[parent]}" "$name" 'it is not empty'
    fi
  done
}

is_left_empty() { # DIRECTORY -> $sure
  local entry
  sure=surely
  for entry in "$root$1"/* "$root$1"/.[!.]* "$root$1"/..?*; do
    [[ -e $entry || -L $entry ]] || continue
    # A temporary file that a run of this role left which was killed, goes along.
    [[ ${entry##*/} != .lvsgen.* ]] || held_below "$1" || continue
    case ${will_go[${entry#"$root"}]:-} in
      surely) ;;
      perhaps) sure=perhaps ;;
      *) return 1 ;;
    esac
  done
}

foretell_return() { # KIND NAME RECORD
  local detail="back to $3"
  case $3 in
    absent) detail='it goes' ;;
    'saved '*) detail='as it was before' ;;
    *$'\n'*) detail='as it was before' ;;
  esac
  ((${#detail} <= 200)) || detail='as it was before'
  report pending "$1" "$2" "$detail"
}

end_foretelling() {
  closing ok pending kept failed
  ((count[failed] == 0)) || exit 1
  ((count[pending] == 0)) || exit 2
  exit 0
}
