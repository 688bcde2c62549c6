# ---- who is out of rotation outlives a rollback, which undoes applies ---------------------------------------------------

drained_then='' drained_changed='' # the page as the state has it that a rollback leads to

# The page stays as it is: it is the operator's own.
drained_undone() { # NAME RECORD
  drained_then=$2 drained_changed=1
}

# What is put back has the weights of now from the beginning: a real server that is being rebuilt gets no client in between.
drained_returning() {
  local i line settled exchanged
  local -A own_keys=() weight_of=() instead=()
  local -a text_lines=()
  local were_drained=''
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} != drained ]] || were_drained=":${u_record[i]}"
    [[ ${u_kind[i]} != service ]] || own_keys[${u_name[i]}]=1
  done
  [[ $were_drained && -z $root ]] || return 0
  find_drained_then "${were_drained#:}"
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == service && ${u_record[i]} != absent ]] || continue
    has_one_of "$were_drained $drained" "${u_record[i]}" || continue
    instead=()
    lines_at "$were_drained $drained" "${u_record[i]}"
    for line in ${text_lines[@]+"${text_lines[@]}"}; do
      settle_line "$line"
      [[ $settled == "$line" ]] || instead[$line]=$settled
    done
    ((${#instead[@]})) || continue
    exchange_lines "${u_record[i]}"$'\n'
    u_record[i]=${exchanged%$'\n'}
  done
}

has_one_of() { # ADDRESSES RULES
  local address
  local -a words=()
  split_words "$1"
  for address in ${words[@]+"${words[@]}"}; do [[ $2 != *" -r $address:"* && $2 != *" -r [$address]:"* ]] || return 0; done
  return 1
}

# What was put back has the weights of then: those of who was drained, or put back into rotation, since.
drained_settle() {
  local -A own_keys=() weight_of=()
  local were_drained failed=''
  [[ $drained_changed && -z $root ]] || return 0
  find_drained_then "$drained_then"
  unset 'loaded[service]'
  load_services
  load_own_keys standing
  settle_services || failed=1
  settle_files && settle_checks || return 1
  [[ -z $failed ]] || return 1
  [[ -z $drained_names ]] || say "out of rotation as before: $drained_names"
}

find_drained_then() { # NAMES -> $were_drained, the addresses between spaces; and ${weight_of[@]} of them
  local addresses
  addresses_named "$1"
  were_drained=$addresses
  described_weights "$were_drained"
}

addresses_named() { # NAMES -> $addresses, between spaces
  local name entry
  local -a words=()
  addresses=' '
  split_words "$1"
  for name in ${words[@]+"${words[@]}"}; do
    for entry in ${real_servers[@]+"${real_servers[@]}"} "$name $name"; do
      [[ $entry != "$name "* ]] || addresses+="${entry#* } "
    done
  done
}

settle_services() { # with $were_drained and ${own_keys[@]}
  local line text settled edits=''
  local -a text_lines=()
  own_services
  lines_at "$were_drained $drained" "$text"
  for line in ${text_lines[@]+"${text_lines[@]}"}; do
    settle_line "$line"
    [[ $settled == "$line" ]] || edits+="-e${settled#-a}"$'\n'
  done
  [[ -z $edits ]] || restore_rules "$edits" || return 1
  # ipvsadm tells only of the last line that the kernel refuses.
  [[ ! $edits ]] || are_settled
}

are_settled() { # with $were_drained and ${own_keys[@]}
  local line text settled
  local -a text_lines=()
  load_services
  own_services
  lines_at "$were_drained $drained" "$text"
  for line in ${text_lines[@]+"${text_lines[@]}"}; do
    settle_line "$line"
    [[ $settled != "$line" ]] || continue
    failure="a real server has not the weight that it is to have: ${line#-a }"
    return 1
  done
}

settle_files() { # with $were_drained and ${own_keys[@]}
  local file path content='' line settled text exchanged mode owner group
  local -a text_lines=()
  local -A instead=()
  for file in ${table_files[@]+"${table_files[@]}"}; do
    mode=- owner=- group=- instead=()
    read_for_change "$file" || return 1
    [[ $content ]] || continue
    lines_at "$were_drained $drained" "$content"
    for line in ${text_lines[@]+"${text_lines[@]}"}; do
      settle_line "$line"
      [[ $settled == "$line" ]] || instead[$line]=$settled
    done
    ((${#instead[@]})) || continue
    exchange_lines "${content%$'\n'}"$'\n'
    text=$exchanged
    replace_file "$path" "$mode" "$text" "$owner" "$group" && note_settled "$file" || return 1
  done
}

# keepalived's file with those of now, in force.
settle_checks() { # with $were_drained
  local content='' weighed='' mark='' state have failure_before=$failure address back=' '
  local -a words=()
  checks_stand || return 0
  split_words "$were_drained"
  for address in ${words[@]+"${words[@]}"}; do [[ $drained == *" $address "* ]] || back+="$address "; done
  weigh_checks "$content" "$drained" "$back" || return 1
  [[ $weighed != "$content" ]] || return 0
  mark_of_checks "$weighed"
  state=$mark have=lvsgen-
  replace_file "$root$watched_file" 0644 "$weighed" root root && note_settled "$watched_file" && keepalived_set "$watched" "$mark" || return 1
  failure=$failure_before
}

# Else the next run would take it for what a hand wrote.
note_settled() { # FILE
  local kind='file' key sum='' line
  ((undo_target > 0)) || return 0
  [[ -z ${described["rules $1"]:-} ]] || kind='rules'
  # Of the state that it led to.
  read_previous_holds
  forget_snapshots "$kind"
  "${kind}_written" "$1" && "${kind}_found" "$1" || return 1
  [[ -z $sum ]] || { record_line wrote "$key" "$sum" && append_to_base "$state_dir" "$line"; }
}

# -> $settled: a real server of lvsgen's services with the weight that it has now
settle_line() { # LINE, with $were_drained and ${own_keys[@]}
  local address key server weight
  settled=$1
  [[ $1 == '-'[ae]' '* ]] || return 0
  key=${1#-? } key=${key%% -r *}
  [[ ${own_keys[$key]:-} ]] || return 0
  real_address "$1"
  if [[ $drained == *" $address "* ]]; then
    weight=0
  elif [[ $were_drained == *" $address "* && "$1 " == *' -w 0 '* ]]; then
    server=${1#* -r } server=${server%% *}
    earlier_weight "$key" "$server"
  else
    return 0
  fi
  with_weight "$1" "$weight"
  settled=$weighted
}

# The weight before it was drained, as the generation that drained it has it. -> $weight
earlier_weight() { # SERVICE SERVER, with its $address
  local i kind name record stop unescaped line
  local -a generations text_lines
  weight=${weight_of["$1 $2"]:-1}
  list_generations
  for ((i = ${#generations[@]} - 1; i >= 0; i--)); do
    ((10#${generations[i]} <= undo_target)) || continue
    while IFS=$'\t' read -r kind name record stop; do
      [[ $stop == . && $kind == service ]] || continue
      unescape "$name"
      [[ $unescaped == "$1" ]] || continue
      unescape "${record#=}"
      lines_at "$address" "$unescaped"
      for line in ${text_lines[@]+"${text_lines[@]}"}; do
        [[ $line == "-a $1 -r $2 "* ]] || continue
        line=${line#* -w } line=${line%% *}
        [[ $line != 0 ]] || continue
        weight=$line
        return 0
      done
    done <"$state_dir/generations/${generations[i]}"
  done
}
