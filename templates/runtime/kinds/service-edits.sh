# ---- from one table to another: edits, drains, removals ----------------------------------------------

# What leads from one state of a service to another: appends lines for `ipvsadm -R` to $edits, and to
# $removals those that wait until the real server is drained; to $exchanges entries that have to go before they come
# (service-exchanges.sh). What is equal is not touched.
service_edits() { # KEY HAVE WANT
  local key=$1 line server head='' serves changing='' resting=''
  local -A old=()
  local -a order=() text_lines=() only_had=() only_wanted=()
  if [[ $3 == absent ]]; then
    [[ $2 != absent ]] || return 0
    split_lines "$2"
    for line in "${text_lines[@]}"; do [[ $line != '-a '* ]] || quiesce "$line"; done # never empty
    removals+="-D $key"$'\n'
    return 0
  fi
  if [[ $2 == absent ]]; then
    edits+=$3$'\n'
    return 0
  fi
  set_apart "$2" "$3"
  for line in ${only_had[@]+"${only_had[@]}"}; do
    if [[ $line == '-A '* ]]; then
      head=$line
    else
      server=${line#* -r } server=${server%% *}
      old[$server]=$line
      order+=("$server")
    fi
  done
  for line in ${only_wanted[@]+"${only_wanted[@]}"}; do
    if [[ $line == '-A '* ]]; then
      [[ $line == "$head" ]] || edits+="-E${line#-A}"$'\n'
      continue
    fi
    server=${line#* -r } server=${server%% *}
    if [[ ${old[$server]:-} ]] && needs_exchange "${old[$server]}" "$line"; then
      if [[ $line == *' -w 0'* ]]; then resting+=${old[$server]}$'\n'; else changing+=${old[$server]}$'\n'; fi
      exchanges+=$line$'\n' old[$server]=
      continue
    fi
    [[ $line == *' -w 0'* ]] || serves=1
    if [[ -z ${old[$server]:-} ]]; then
      edits+=$line$'\n'
    else
      [[ ${old[$server]} == "$line" ]] || edits+="-e${line#-a}"$'\n'
      old[$server]=
    fi
  done
  [[ -z $changing ]] || leave_to_others "$changing" "$serves"
  [[ -z $resting ]] || leave_to_others "$resting" 1
  for server in ${order[@]+"${order[@]}"}; do
    [[ ${old[$server]} ]] || continue
    quiesce "${old[$server]}"
    removals+="-d $key -r $server"$'\n'
  done
}

# A real server that leaves gets no new connections first.
quiesce() { # LINE
  local weighted
  ((drain_seconds > 0)) && [[ ${1#* -w } != 0 && ${1#* -w } != '0 '* ]] || return 0
  with_weight "$1" 0
  edits+="-e${weighted#-a}"$'\n'
}

# What leaves gets no new connections, and time for those it has. Nothing is removed yet.
drain_first() {
  [[ $removals ]] && ((drain_seconds > 0)) || return 0
  [[ -z $edits ]] || restore_rules "$edits" || return 1
  await_drained "$removals" "end with the real server's removal"
}

# One ipvsadm carries all of it; where connections are waited for, a second one carries the removals. What is exchanged comes last.
edit_table() {
  if ((drain_seconds == 0)); then edits+=$removals removals=''; else edits+=$pauses; fi
  if [[ $edits ]]; then restore_rules "$edits" || return 1; fi
  if ((drain_seconds > 0)) && [[ $removals$paused ]]; then await_drained "$removals$paused" 'end by what comes now'; fi
  if [[ $removals ]]; then restore_rules "$removals" || return 1; fi
  [[ -z $exchanges ]] || exchange_entries "$exchanges"
}

# ipvsadm -R goes on after a line that the kernel refuses and tells only of the last: the caller reads
# the table again and compares.
restore_rules() { # LINES
  local said line
  local -a text_lines=()
  split_lines "${1%$'\n'}"
  for line in "${text_lines[@]}"; do log "run: ipvsadm -R: $line"; done # never empty
  said=$(printf '%s' "$1" | ipvsadm -R 2>&1) || failure="ipvsadm -R: ${said:-failed}"
  [[ -z $said ]] || log "ipvsadm: $said"
  unset 'loaded[service]'
  ipvs_is_loaded || { failure=${failure:-the kernel has no IPVS} && return 1; }
}

# Waits until no connection is left on them, for --drain seconds at most.
await_drained() { # LINES, and what becomes of connections that last longer
  local remaining=$drain_seconds active ending shown='' filled
  while ((remaining > 0)); do
    count_active "$1"
    ((active > 0)) || break
    if [[ -t 2 && -z $quiet && -z $json ]]; then
      { fill "draining: $active connection(s) left, $remaining s to wait" && printf '\r%s ' "$filled"; } >&2 || :
      shown=1
    elif ((remaining == drain_seconds || remaining % 10 == 0)); then
      [[ $quiet || $json ]] || complain "draining: $active connection(s) left, $remaining s to wait"
    fi
    event draining connections "$active" seconds_left "$remaining"
    sleep 1
    remaining=$((remaining - 1))
  done
  [[ -z $shown ]] || printf '\n' >&2 || :
  ((drain_seconds == 0 || remaining > 0)) || complain "$drain_seconds s are over: $active connection(s) ${2:-are left}"
}

# Active connections of the entries that `-d SERVICE -r SERVER` and `-D SERVICE` lines name.
count_active() { # LINES -> $active, and $ending: those that were closed a moment ago
  local answer
  whole_answer "$({
    printf '%s\n' "$1"
    ipvsadm -L -n 2>/dev/null || :
  } | awk "$table_awk"'
    /^-[dD] / { wanted[$0] = 1; next }
    listed_name() != "" { listed = listed_name() }
    $1 == "->" && ($5 $6) ~ /^[0-9]+$/ {
      if (("-D " listed) in wanted || ("-d " listed " -r " $2) in wanted) { active += $5; ending += $6 }
    }
    END { printf "%.0f %.0f\n\001\n", active, ending }' || :)"
  answer=${answer%$'\n'} active=${answer% *} ending=${answer#* }
}

# Described services that lie together are brought to their state together.
service_together() { # FIRST LAST
  local i have state servers edits='' removals='' exchanges='' pauses='' paused='' failed=0
  local -a changed=() records=()
  for ((i = $1; i <= $2; i++)); do
    state=${r_state[i]}
    if is_same service "${r_name[i]}"; then
      servers_of
      report ok service "${r_name[i]}" "$servers"
    elif [[ $mutating != yes ]]; then
      report pending service "${r_name[i]}" "$(change_of service "$have" "$state")"
      show_diff service "${r_name[i]}"
    else
      show_diff service "${r_name[i]}"
      changed+=("$i")
      with_health "${r_name[i]}" now
      with_answers "${r_name[i]}"
      service_edits "${r_name[i]}" "$have" "$state"
    fi
  done
  ((${#changed[@]})) || return 0
  failure='' lacking=1
  if begin_changes; then
    for i in "${changed[@]}"; do # never empty
      journaled service "${r_name[i]}" && continue
      service_probe "${r_name[i]}"
      records+=(service "${r_name[i]}" "$have")
    done
    if ((${#records[@]} == 0)) || journal "${records[@]}"; then edit_table || :; fi # never empty
  fi
  unset 'loaded[service]'
  for i in "${changed[@]}"; do # never empty
    state=${r_state[i]}
    if is_same service "${r_name[i]}"; then
      servers_of
      report changed service "${r_name[i]}" "$servers"
    else
      report failed service "${r_name[i]}" "${failure:-the kernel refused it: $(first_difference "$have" "$state")}"
      failed=1
    fi
  done
  return "$failed"
}

servers_of() { # with $state -> $servers, how many it has in words
  local one_line
  if ((${#state} < small_table)); then
    one_line=${state//$'\n'/}
    servers=$((${#state} - ${#one_line}))
  else
    servers=$(printf '%s\n' "$state" | wc -l) || cannot_read 'a table' wc
    servers=$((servers - 1))
  fi
  servers+=' real server(s)'
}

# Does the unit go that decides of health? (The journal of a host that is described no longer knows it too.) With services that are
# described no longer it does not, as long as it is described itself.
stops_deciding() {
  local i holder
  [[ $undoes_all ]] || is_leftover unit keepalived.service || return 1
  ! held_elsewhere 'unit keepalived.service' || return 1
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} != unit || ${u_name[i]} != keepalived.service || ${u_record[i]} != *' inactive'?(' '*) ]] || return 0
  done
  return 1
}

# Connections of real servers that go end while their address is still here. Where another director has it as soon as keepalived is
# stopped, that comes first: nobody is left at a table that takes no new connections.
service_leave() { # INDEX... of records
  local i have state edits='' removals='' exchanges='' pauses='' paused=''
  if stops_deciding; then
    run systemctl stop -- keepalived.service || return 1
    unset 'loaded[unit]' 'loaded[service]' 'loaded[address]'
  fi
  for i in "$@"; do
    state=${u_record[i]} leaves[${u_name[i]}]=$i
    service_probe "${u_name[i]}"
    with_health "${u_name[i]}" former
    [[ $have == "$state" ]] || service_edits "${u_name[i]}" "$have" "$state"
  done
  drain_first
}
