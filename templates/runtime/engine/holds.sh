# ---- holds: what several roles on one host need is given back by the last of them ---------------

# The page that says so is state like any other.
kind holds recorded page

holds_probe() { have=''; }

holds_set() { # NAME TEXT
  local holding
  without_contradictions "$2"
  if [[ $holding ]]; then replace_file "$state_dir/holds" 0600 "$holding"; else run rm -f -- "$state_dir/holds"; fi
}

# The keys that this run describes, a line each; and what it describes of a directory's rights: `rights MODE OWNER GROUP KEY`.
described_keys() { # -> $keys
  local i escaped rights kind
  local -A says_more=() # indices of what more than the name is written down of
  local -a picked
  keys=''
  pick path _agrees _holds
  for i in ${picked[@]+"${picked[@]}"}; do says_more[$i]=1; done
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    escaped=${r_name[i]}
    [[ $escaped != *[\\$'\t\n']* ]] || escape "$escaped"
    keys+="${r_kind[i]} $escaped"$'\n'
    [[ ${says_more[$i]:-} ]] || continue
    kind=${r_kind[i]}
    ! is_agreed "$kind" "${r_name[i]}" || agreed_line "$i"
    ! is_function "${kind}_holds" || "${kind}_holds" "$i"
    lasting_keys "$i"
    has "$kind" parent || continue
    rights=${described_rights["$kind ${r_name[i]}"]:-${r_state[i]#* }}
    [[ $rights == '- - -' ]] || keys+="rights $rights $kind $escaped"$'\n'
  done
}

# What this run describes, and what the one before did. (One run at a time on a host: it is written with the first change.)
read_holds() { # -> $previous_holds $keys_held; $held_before: what earlier runs described
  local keys=''
  described_keys
  read_previous_holds
  [[ -z $only ]] || keep_left_out
  keys_held=$keys
}

# Resources that came to be described while this run changed things.
hold_more() {
  local keys=''
  described_page=''
  described_keys
  [[ -z $only ]] || keep_left_out
  keys_held=$keys
  hold_described
}

# What --only leaves out stays held; of what it does not, what is described of it now counts.
keep_left_out() { # with $keys
  local line new=''
  local -A had=() has_now=() begins=() # `line LINE`, and what stands before its first tab
  while IFS= read -r line; do had["line $line"]=1; done <<<"$previous_holds"
  while IFS= read -r line; do
    [[ -z $line || ${had["line $line"]:-} ]] || new=1
    has_now["line $line"]=1
    [[ $line != *$'\t'* ]] || begins["line ${line%%$'\t'*}"]=1
  done <<<"$keys"
  if [[ -z $new ]]; then
    keys=$previous_holds
    return 0
  fi
  while IFS= read -r line; do
    [[ $line && -z ${has_now["line $line"]:-} ]] || continue
    [[ $line == *$'\t'* && ${begins["line ${line%%$'\t'*}"]:-} ]] || keys+=$line$'\n'
  done <<<"$previous_holds"
}

read_previous_holds() { # -> $previous_holds $last_holds $held_before
  local content
  previous_holds=''
  if read_text "$state_dir/holds"; then previous_holds=$content; fi
  last_holds=$'\n'$previous_holds$'\n' held_before=$last_holds
  add_interrupted_holds
}

# A run that was interrupted had written down already what it described: what was before stands in the generation that it left open.
add_interrupted_holds() {
  local last kind name record stop unescaped
  last_generation
  [[ $last ]] && ! generation_is_closed "$last" || return 0
  while IFS=$'\t' read -r kind name record stop; do
    [[ $stop == . && $kind == holds ]] || continue
    unescape "${record#=}"
    held_before+=$unescaped$'\n'
  done <"$state_dir/generations/$last"
}

# The way back of a generation has what was held before it.
hold_described() {
  [[ $previous_holds != "$keys_held" ]] || return 0
  [[ -z $generation ]] || journaled holds - || journal holds - "$previous_holds" || return 1
  if ! failure=$(umask 077 && mkdir -p -- "$state_dir" 2>&1); then
    failure="cannot make $state_dir: ${failure:-mkdir failed}"
    return 1
  fi
  replace_file "$state_dir/holds" 0600 "$keys_held" && previous_holds=$keys_held
}

described_page='' # with line ends around it, once it was asked for

# Does this run describe it, or something that other roles have to know by that key?
describes() { # KEY
  local keys escaped
  if [[ -z $described_page ]]; then
    described_keys
    described_page=$'\n'$keys
  fi
  escape "$1"
  [[ $described_page == *$'\n'"$escaped"$'\n'* ]]
}

# Does another role's script on this host hold this resource, or what it was written down along with, or, of what was taken away, need it
# away? (Each has a block, and a link, of its own.)
held_elsewhere() { # `KIND NAME` -> $holder
  local file line escaped key=$1 wanted=$'\n'
  local -a along=()
  ! has "${1%% *}" own || return 1
  ! is_function "${1%% *}_away_for" || "${1%% *}_away_for" "${1#* }" || :
  ! is_function "${1%% *}_along" || "${1%% *}_along" "${1#* }" || :
  for key in "$key" ${along[@]+"${along[@]}"}; do
    escape "$key"
    wanted+=$escaped$'\n'
  done
  for file in "$state_home"/*/*/holds; do
    [[ -f $file && $file != "$state_dir/holds" ]] || continue
    while IFS= read -r line; do
      if [[ $line && $wanted == *$'\n'"$line"$'\n'* ]]; then
        holder=${file%/holds}
        return 0
      fi
    done <"$file"
  done
  return 1
}

# What other roles describe of a directory's rights.
rights_elsewhere() { # DIRECTORY -> $elsewhere: mode, owner and group; - what none does
  local file line escaped mode owner group key wanted
  local -a parts=(- - -)
  escape "$1"
  wanted="${traits[parent]} $escaped"
  for file in "$state_home"/*/*/holds; do
    [[ -f $file && $file != "$state_dir/holds" ]] || continue
    while IFS= read -r line; do
      [[ $line == "rights "*" $wanted" ]] || continue
      read -r _ mode owner group key <<<"$line"
      [[ $key == "$wanted" ]] || continue
      [[ $mode == - ]] || parts[0]=$mode
      [[ $owner == - ]] || parts[1]=$owner
      [[ $group == - ]] || parts[2]=$group
    done <"$file"
  done
  elsewhere="${parts[*]}" # never empty
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
