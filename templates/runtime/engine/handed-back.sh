# ---- what a rollback has to do with no longer, though an earlier generation did not change it ------------------------------
#
# What another role left to this one because it described it by then goes back to what it was before all of them, where a rollback leads
# to a generation that did not describe it yet.

declare -A leads_past=() # `KIND NAME`, the name escaped
target_page=''           # what this role holds in the generation that a rollback leads to

# What was handed over after generation N and is not of N, the oldest of all records.
load_handed_since() { # N
  local i after rank kind escaped
  leads_past=()
  read_page_of "$1"
  load_handed
  for ((i = 0; i < ${#handed[@]}; i++)); do
    read -r after rank kind <<<"${handed[i]}"
    escape "${u_name[i]}"
    if ((10#$after > 10#$1)) && is_past "$kind" "${u_name[i]}"; then leads_past["$kind $escaped"]=1; else handed[i]=''; fi
  done
}

# -> $target_page. Each generation that changed the page has what was on it before.
read_page_of() { # N, with ${generations[@]}
  local number kind name record stop unescaped content
  target_page=''
  if read_text "$state_dir/holds"; then target_page=$content; fi
  for number in ${generations[@]+"${generations[@]}"}; do
    ((10#$number > 10#$1)) || continue
    while IFS=$'\t' read -r kind name record stop; do
      [[ $stop == . && $kind == holds ]] || continue
      unescape "${record#=}"
      target_page=$unescaped
      return 0
    done <"$state_dir/generations/$number"
  done
}

# Of what goes along with something else, and is known from journals alone, the page does not tell.
is_past() { # KIND NAME
  local key="$1 $2"
  if has "$1" page || has "$1" kept || is_function "$1_along"; then return 1; fi
  [[ -z $root ]] || has "$1" path || return 1
  if is_function "$1_away_for"; then
    "$1_away_for" "$2" || return 1
  else
    ! has "$1" recorded || return 1
  fi
  ! is_on_target_page "$key" || return 1
  escape "$2"
  ! has "$1" parent || [[ $'\n'$target_page != *" $escaped/"* ]]
}

# It is this role's to give back still.
goes_on_waiting() { # KIND NAME
  local escaped
  escape "$2"
  leads_past["$1 $escaped"]=''
}

is_on_target_page() { # KEY
  local escaped
  escape "$1"
  [[ $'\n'$target_page$'\n' == *$'\n'"$escaped"$'\n'* ]]
}

# Does the generation that a rollback leads to describe this itself, otherwise than another role perhaps?
stays_as_described() { # KIND NAME
  [[ $undo_target != 0 ]] && is_agreed "$1" "$2" && is_on_target_page "$1 $2"
}
