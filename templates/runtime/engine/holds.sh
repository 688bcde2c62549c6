# ---- holds: what several roles on one host need is given back by the last of them ---------------

# The page that says so is state like any other.
kind holds recorded page

holds_probe() { have=''; }

holds_set() { # NAME TEXT
  if [[ $2 ]]; then replace_file "$state_dir/holds" 0600 "$2"; else run rm -f -- "$state_dir/holds"; fi
}

# The keys that this run describes, a line each.
described_keys() { # -> $keys
  local i escaped
  keys=''
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    escape "${r_name[i]}"
    keys+="${r_kind[i]} $escaped"$'\n'
  done
}

# Before the first change, so that a script that leaves meanwhile finds them held.
hold_described() {
  local keys='' content line
  described_keys
  previous_holds=''
  if read_text "$state_dir/holds"; then previous_holds=$content; fi
  if [[ $only ]]; then # what it leaves out stays held
    while IFS= read -r line; do
      [[ -z $line || $'\n'$keys == *$'\n'"$line"$'\n'* ]] || keys+=$line$'\n'
    done <<<"$previous_holds"
    [[ ${#keys} != "${#previous_holds}" ]] || keys=$previous_holds
  fi
  keys_held=$keys
  [[ $keys != "$previous_holds" ]] || return 0
  if ! failure=$(umask 077 && mkdir -p -- "$state_dir" 2>&1); then
    failure="cannot make $state_dir: ${failure:-mkdir failed}"
    return 1
  fi
  replace_file "$state_dir/holds" 0600 "$keys"
}

# Does another role's script on this host hold this resource? (Each has a block, and a link, of its own.)
held_elsewhere() { # KEY -> $holder
  local file line escaped
  ! has "${1%% *}" own || return 1
  escape "$1"
  for file in "$state_home"/*/*/holds; do
    [[ -f $file && $file != "$state_dir/holds" ]] || continue
    while IFS= read -r line; do
      if [[ $line == "$escaped" ]]; then
        holder=${file%/holds}
        return 0
      fi
    done <"$file"
  done
  return 1
}

# What a start brought along may serve another role's units too: the last role on the host stops it.
needed_elsewhere() { # KIND -> $holder
  local file
  has "$1" common || return 1
  for file in "$state_home"/*/*/holds; do
    [[ -s $file && $file != "$state_dir/holds" ]] || continue
    holder=${file%/holds}
    return 0
  done
  return 1
}

# Another role that describes something below a directory; or that has records of it, for what it describes no longer may still be there.
held_below() { # PATH -> $holder
  local file line key other escaped
  local -a words
  escape "$1"
  for file in "$state_home"/*/*/holds; do
    [[ -f $file && $file != "$state_dir/holds" ]] || continue
    while IFS= read -r line; do
      [[ $line == *" $escaped/"* ]] || continue
      holder=${file%/holds}
      return 0
    done <"$file"
  done
  load_roles
  for key in ${roles_with[@]+"${!roles_with[@]}"}; do
    [[ $key == *" $escaped/"* ]] || continue
    split_words "${roles_with[$key]}"
    for other in ${words[@]+"${words[@]}"}; do
      [[ $other != "$cluster/$role" ]] || continue
      holder=$state_home/$other
      return 0
    done
  done
  return 1
}

# Which roles on this host have a record of a resource: roles_with["KIND NAME"]=" CLUSTER/ROLE ...", the name escaped.
declare -A roles_with=()
roles_are_loaded=''

load_roles() {
  local directory file other kind name record stop
  [[ -z $roles_are_loaded ]] || return 0
  roles_are_loaded=1
  for directory in "$state_home"/*/*/; do
    directory=${directory%/} other=${directory#"$state_home"/}
    for file in "$directory/base" "$directory"/generations/[0-9]*; do
      [[ -f $file ]] || continue
      while IFS=$'\t' read -r kind name record stop; do
        [[ $stop == . ]] || continue
        case $kind in
          -*) name="${kind#-} $name" && roles_with[$name]=${roles_with[$name]//" $other "/} ;;
          wrote | rights | later | laterof) ;;
          handed) roles_with["${name#* }"]+=" $other " ;;
          *) has "$kind" page || [[ ${roles_with["$kind $name"]:-} == *" $other "* ]] || roles_with["$kind $name"]+=" $other " ;;
        esac
      done <"$file"
    done
  done
}

# The state that this role finds at first may be another one's work: then that one's record leads to the state before lvsgen.
later_lines() { # KIND NAME, added to $lines
  local escaped line other own=$cluster/$role
  local -a words
  case $1 in -* | wrote | rights | later) return 0 ;; esac
  if has "$1" page || has "$1" kept; then return 0; fi
  load_roles
  escape "$2"
  [[ ${roles_with["$1 $escaped"]:-} != *" $own "* ]] || return 0
  split_words "${roles_with["$1 $escaped"]:-}"
  for other in ${words[@]+"${words[@]}"}; do
    record_line later "$1 $2" "$other"
    lines+=$'\n'$line
  done
  roles_with["$1 $escaped"]+=" $own "
}

# The other role becomes the one that gives it back. Where both have a record of it, the older one counts.
hand_over() { # KIND NAME RECORD
  local line lines last record=$3 blob='' other
  local -a words
  if knows_older "$1" "$2"; then return 0; fi
  if [[ $record == 'saved '* ]]; then
    blob=$cluster.$role.${record#saved }
    if ! failure=$(umask 077 && mkdir -p -- "$holder/blobs" 2>&1 && cp -a --remove-destination --no-target-directory -- "$state_dir/blobs/${record#saved }" "$holder/blobs/$blob" 2>&1); then
      failure="cannot hand $2 over to ${holder#"$state_home"/}: $failure"
      return 1
    fi
    sync_paths "$holder/blobs/$blob" "$holder/blobs"
    record="saved $blob"
  fi
  last_of_holder
  record_line handed "$last $1 $2" "$record"
  lines=$line
  split_words "${later_than["$1 $2"]:-}"
  for other in ${words[@]+"${words[@]}"}; do
    [[ $other != "${holder#"$state_home"/}" ]] || continue
    record_line laterof "$last $1 $2" "$other"
    lines+=$'\n'$line
  done
  if writes_whole "$1" && [[ ${written[$2]:-} ]]; then
    wrote_line "$2"
    lines+=$'\n'$line
  fi
  append_to_base "$holder" "$lines"
}

last_of_holder() { # -> $last: the number of its last generation
  local state_dir=$holder folded
  last_generation
  last_folded
  last=$((10#${last:-$folded}))
}

# Does the other role know an older state than this one?
knows_older() { # KIND NAME
  local i state_dir=$holder
  local -a u_kind u_name u_record handed
  local -A written rights_of later_than handed_later
  load_records all
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == "$1" && ${u_name[i]} == "$2" ]] || continue
    [[ ${later_than["$1 $2"]:-} != *" $cluster/$role "* ]]
    return
  done
  return 1
}
