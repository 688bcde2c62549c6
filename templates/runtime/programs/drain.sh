# ---- drain and undrain ----------------------------------------------------------------------------------------

offer 'drain NAME' 'take a real server out of rotation; its connections go on'
offer 'undrain NAME' 'put it back'

accept '--drain SECONDS' drain_seconds:seconds 'wait so long for connections of a removed real server (default 30)'

# For `completion`: by name, and by address those that have none.
command_drain_words() { # -> ${candidates[@]}
  local entry address host=$host platform=''
  local -a words=()
  local -A seen=()
  real_servers=()
  named_real_servers
  for entry in ${real_servers[@]+"${real_servers[@]}"}; do
    candidates+=("${entry%% *}")
    split_words "${entry#* }"
    for address in "${words[@]}"; do seen[$address]=1; done # never empty
  done
  for_each_host unnamed_words
}

unnamed_words() {
  local line address
  local -a text_lines=()
  described_table=''
  load_described_table
  split_lines "$described_table"
  for line in "${text_lines[@]}"; do # never empty
    [[ $line == '-a '* ]] || continue
    real_address "$line"
    [[ ${seen[$address]:-} ]] || candidates+=("$address")
    seen[$address]=1
  done
}

command_undrain_words() { # -> ${candidates[@]}
  command_drain_words
}

undrain_command() { # NAME
  drain_command "$1"
}

# Only the weights of this real server change; whatever else the description says waits for an apply.
drain_command() { # NAME
  local entry addresses='' before='' names='' name line i
  local -a words=()
  read_drained
  for entry in ${real_servers[@]+"${real_servers[@]}"}; do
    [[ $entry != "$1 "* && " ${entry#* } " != *" $1 "* ]] || addresses="${entry#* }" name=${entry%% *}
  done
  if [[ -z $addresses ]]; then
    line=''
    for i in "${!r_kind[@]}"; do [[ ${r_kind[i]} != service || ${r_state[i]} != *" -r $1:"* && ${r_state[i]} != *" -r [$1]:"* ]] || line=1; done
    # One that is described no longer is still remembered, and would have weight 0 when it is described again.
    [[ $command != undrain || " $drained_names " != *" $1 "* ]] || line=1
    [[ $line ]] || die 64 "no real server $1; described are: ${real_servers[*]+"${real_servers[*]%% *}"}"
    addresses=$1 name=$1
  fi
  read_previous_holds
  if [[ $command == drain && -z $previous_holds ]]; then
    die 69 "no table of $cluster stands on this host: there is nothing to take $name out of" "Nothing was changed. Apply it first: bash $script apply"
  fi
  keys_held=$previous_holds # as before
  load_records all
  drained_probe
  before=$have
  split_words "$before"
  for entry in ${words[@]+"${words[@]}"}; do [[ $entry == "$name" ]] || names+=$entry$'\n'; done
  [[ $command == undrain ]] || names+=$name$'\n'
  if [[ $names == "$before" ]]; then
    say "$name is ${command}ed already"
  else
    if ! begin_changes || ! journal drained - "$before" || ! drained_set - "$names"; then die 1 "$failure"; fi
  fi
  closed_as=aside
  weigh_again "$addresses"
  if each_resource && end_changes; then
    if [[ $command == drain ]]; then
      tell_refused "$addresses"
      wait_for_drained "$addresses"
    fi
    closing ok changed failed
    return 0
  fi
  ((count[failed])) || untold_failure
  closing ok changed failed
  exit 1
}

# With a scheduler that hashes a client keeps its place in the kernel's table. Where a real server with weight 0 has that, the client is refused, unless
# a flag lets the kernel look for another one (ip_vs_sh.c, ip_vs_mh.c; dh has no such flag).
tell_refused() { # ADDRESSES
  local i head scheduler
  local -a text_lines=()
  for i in "${!r_kind[@]}"; do
    head=${r_state[i]%%$'\n'*}
    [[ ${r_kind[i]} == service && $head =~ \ -s\ (sh|dh|mh)(\ |$) && $head != *-fallback* ]] || continue
    scheduler=${BASH_REMATCH[1]}
    lines_at "$1" "${r_state[i]}"
    ((${#text_lines[@]})) || continue
    complain "${r_name[i]}: clients that $scheduler sends there are refused, until it is back or out of the table"
    [[ $scheduler == dh ]] || complain "The flag $scheduler-fallback in the description lets the kernel look for another one."
  done
}

# Replaces what is to be reconciled: the live services and the files of the table, with other weights for these
# addresses: 0, or what is described.
weigh_again() { # ADDRESSES
  local file i content='' key state text reweighed own others other_services weighed='' mark=''
  local -a services=()
  local -A weight_of=()
  drained=" $1 "
  # What is described is forgotten here.
  load_described_table
  described_weights "$drained"
  load_services
  forget_described
  # What keepalived starts from comes before the table: in between, whoever is drained stays so.
  ! checks_stand || weigh_checks_again || die 1 "$failure"
  for file in ${table_files[@]+"${table_files[@]}"}; do
    read_text "$root$file" || continue
    if [[ $file == */thresholds.rules ]]; then
      reweigh "$content"
      describe file "$file" 'file - - -' "$reweighed"
    else
      split_rules "$content" standing
      reweigh "$own"
      describe rules "$file" services "$reweighed"
    fi
  done
  own_services
  reweigh "$text"
  text=$reweighed
  split_table
  for ((i = 0; i < ${#services[@]}; i++)); do
    take_service "$i"
    describe service "$key"
  done
  [[ -z $mark ]] || describe keepalived keepalived.service "$mark" "$weighed"
}

# What is not described is somebody else's, whichever real servers it has.
own_services() { # -> $text: those of lvsgen's in the live table, with a line end each
  local key
  local -a states=()
  local -A own_keys=()
  text=''
  load_own_keys standing
  for key in ${live_services[@]+"${live_services[@]}"}; do
    [[ -z ${own_keys[$key]:-} ]] || states+=("${service_of[$key]}")
  done
  ((${#states[@]} == 0)) || printf -v text '%s\n' "${states[@]}" # never empty
}

# Is keepalived's file there, and lvsgen's? -> $content
checks_stand() {
  [[ $watched_file ]] && read_text "$root$watched_file" && [[ $content == '# lvsgen-'* ]]
}

weigh_checks_again() { # with $content -> $weighed $mark
  if [[ $command == drain ]]; then weigh_checks "$content" "$drained" ' '; else weigh_checks "$content" ' ' "$drained"; fi || return 1
  mark_of_checks "$weighed"
  describe file "$watched_file" 'file - - -' "$weighed"
}

# weight_of["SERVICE SERVER"] as described, drains aside, of real servers.
described_weights() { # "ADDRESS..."
  local line server weight
  local -a text_lines=()
  load_described_table
  lines_at "$1" "$described_table"
  for line in ${text_lines[@]+"${text_lines[@]}"}; do
    server=${line#* -r } server=${server%% *} weight=${line#* -w }
    line=${line#-a }
    weight_of["${line%% -r *} $server"]=${weight%% *}
  done
}

reweigh() { # RULES -> $reweighed
  local line server_key server weight weighted exchanged
  local -a text_lines=()
  local -A instead=()
  lines_at "$drained" "$1"
  for line in ${text_lines[@]+"${text_lines[@]}"}; do
    server=${line#* -r } server=${server%% *} server_key=${line#-? }
    server_key="${server_key%% -r *} $server" weight=0
    [[ $command == drain ]] || weight=${weight_of[$server_key]:-}
    [[ $weight ]] || continue
    with_weight "$line" "$weight"
    instead[$line]=$weighted
  done
  exchange_lines "$1"
  reweighed=$exchanged
}

wait_for_drained() { # ADDRESSES
  local line server text='' wanted=''
  local -a text_lines=()
  load_services
  ((${#service_of[@]} == 0)) || printf -v text '%s\n' "${service_of[@]}" # never empty
  lines_at "$1" "$text"
  for line in ${text_lines[@]+"${text_lines[@]}"}; do
    server=${line#* -r } server=${server%% *}
    line=${line#-a }
    wanted+="-d ${line%% -r *} -r $server"$'\n'
  done
  [[ $wanted ]] || return 0
  count_active "$wanted"
  if ((active > 0 && drain_seconds > 0)); then
    await_drained "$wanted"
    count_active "$wanted"
  fi
  say "$active active connection(s) left"
}
