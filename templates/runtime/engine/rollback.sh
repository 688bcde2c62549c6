# ---- the commands rollback and uninstall -----------------------------------------------------------------------

offer rollback 'undo the last apply that changed something (--to N: all later than generation N)' --root --to

rollback_command() {
  local target last folded i undone='' outcome
  local -a generations
  list_generations
  last_folded
  if ((${#generations[@]} == 0)); then
    nothing_to_roll_back
    return
  fi
  last=$((10#${generations[${#generations[@]} - 1]}))
  target=$last
  for ((i = ${#generations[@]} - 1; i >= 0; i--)); do
    target=$((10#${generations[i]} - 1))
    is_aside "${generations[i]}" || break
  done
  if [[ $to_generation ]]; then
    target=$to_generation
    ((target <= last)) || die 64 "there is no generation $target; the last is $last"
    ((target == last)) || ((target >= 10#${generations[0]} - 1)) ||
      die 64 "generation $target is no longer kept; the oldest way back is --to $((10#${generations[0]} - 1))" "uninstall undoes everything"
  fi
  log_open
  read_previous_holds
  load_records "$target"
  tell_undone "$target"
  begin_undo "$target"
  note_owned "$target"
  load_records "$target"
  if undo_loaded && settle; then undone=1; fi
  after_return
  if [[ $undone ]]; then
    sync_all
    forget_generations "$target" || die 1 "$failure"
    disarm_confirm || die 1 "everything is put back, but the watchdog is still there: $failure"
    sync_all
    name_state "$target"
    ((count[kept] == 0)) || outcome+=", but for what is kept, as said above"
    say "$outcome"
  fi
  if ((count[kept] == 0)); then closing ok changed failed; else closing ok changed kept failed; fi
  ((count[failed] == 0)) || exit 1
}

# A generation that is not kept is known by the one after it; where another role gave this one something before it changed anything, there
# was none of that number (begin_base).
name_state() { # TARGET -> $outcome
  local file
  printf -v file '%s/generations/%04d' "$state_dir" "$1"
  if (($1 == 0)); then
    outcome='this host is as before the first apply'
  elif [[ -f $file ]]; then
    outcome="generation $1 is in force again"
  else
    outcome="this host is as before generation $(($1 + 1))"
  fi
}

# What others have to hear of what came back.
after_return() {
  local kind
  local -a words
  split_words "$all_kinds"
  for kind in ${words[@]+"${words[@]}"}; do
    ! is_function "${kind}_returned" || "${kind}_returned"
  done
}

# What is the operator's own, and no apply's, outlives a rollback.
settle() {
  [[ -z ${traits[settles]:-} ]] || "${traits[settles]}_settle" || { untold_failure && return 1; }
}

# What a rollback is about to undo, in words.
tell_undone() { # TARGET, with ${generations[@]} and the loaded records
  local i number line things=0 what=''
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ -z ${u_kind[i]} ]] || has "${u_kind[i]}" page || things=$((things + 1))
  done
  for number in "${generations[@]}"; do # never empty
    ((10#$number > 10#$1)) || continue
    [[ -f $state_dir/generations/$number ]] || continue
    IFS= read -r line <"$state_dir/generations/$number" || :
    [[ ! $line =~ ' started='([0-9]+)' ' ]] || printf -v line ' of %(%Y-%m-%d %H:%M:%S)T' "${BASH_REMATCH[1]}"
    [[ $line == ' of '* ]] || line=''
    what+="${what:+, }generation $((10#$number))$line"
  done
  say "undoing %s: %d thing(s) go back to what they were" "${what:-nothing}" "$things"
}

nothing_to_roll_back() { # with $folded
  local message='nothing to roll back: no apply has changed anything here'
  ((folded == 0)) || message="nothing to roll back: the way to before generation $folded is not kept any more; uninstall undoes everything"
  [[ -z $to_generation || $to_generation == "$folded" ]] || die 64 "there is no generation $to_generation" "$message"
  [[ -e $state_dir/base ]] || hold_nothing
  disarm_confirm || die 1 "everything is put back, but the watchdog is still there: $failure"
  say "$message"
  closing ok changed failed
}

declare -A unwritten=() # `KIND NAME` of what would be nobody's where it was put back -> why that cannot be written down

# A way back that is ended in the middle leaves a state between two generations. So what the generations later than TARGET changed
# becomes one open generation first: the same again ends it, or an apply goes on in it. What they had given up, and what this way
# back puts there again, is lvsgen's again with its first state. (Where this cannot be written, the rest goes back all the same.)
begin_undo() { # TARGET
  local text='' content number lines='' key
  local -a later=() given_up_again=()
  for number in "${generations[@]}"; do # never empty
    ((10#$number <= 10#$1)) || later+=("$number")
  done
  ((${#later[@]})) || return 0
  given_up_since "$1"
  for number in "${later[@]}"; do # never empty
    read_text "$state_dir/generations/$number" || return 0
    text+=$content
    [[ $content == *$'\n' ]] || text+=$'\n'
  done
  if ! replace_file "$state_dir/generations/${later[0]}" 0600 "$text${lines}undo"$'\n'; then
    log "$failure"
    for key in ${given_up_again[@]+"${given_up_again[@]}"}; do unwritten[$key]=$failure; done
    return 0
  fi
  for ((number = ${#later[@]} - 1; number > 0; number--)); do
    run rm -f -- "$state_dir/generations/${later[number]}" || return 0
  done
}

# What was lvsgen's in generation TARGET and was given up later.
given_up_since() { # TARGET, with ${later[@]} -> ${given_up_again[@]}; $lines: its records
  local i line number kind name record stop
  local -A released=()
  for number in "${later[@]}"; do # never empty
    while IFS=$'\t' read -r kind name record stop; do
      [[ $stop != . || $kind != -* ]] || released["${kind#-}"$'\t'"$name"]=1
    done <"$state_dir/generations/$number"
  done
  load_owned "$1"
  # The oldest first, as everywhere: what was written to a share comes after the share.
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} ]] || continue
    record_line "${u_kind[i]}" "${u_name[i]}" "${u_record[i]}"
    [[ ${released["${line%%$'\t='*}"]:-} ]] || continue
    given_up_again+=("${u_kind[i]} ${u_name[i]}")
    lines+=$line$'\n'
    record_line rank "${u_kind[i]} ${u_name[i]}" "${rank_of["${u_kind[i]} ${u_name[i]}"]:-0}"
    lines+=$line$'\n'
  done
}

# Reads into u_* what was lvsgen's in generation TARGET, as it was before lvsgen; what was handed over meanwhile counts.
load_owned() { # TARGET, with ${generations[@]}
  local number
  local -A seen
  forget_loaded
  load_base
  for number in "${generations[@]}"; do # never empty
    take_over_handed "$number"
    ((10#$number > 10#$1)) || load_record_file "$state_dir/generations/$number"
  done
  take_over_handed 1000000
}

undo_target=0 # the generation that a rollback leads to

note_owned() { # TARGET, with ${generations[@]} -> $stays_owned
  local i escaped
  (($1 > 0)) || return 0
  undo_target=$1
  load_owned "$1"
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} ]] || continue
    escape "${u_name[i]}"
    [[ ${leads_past["${u_kind[i]} $escaped"]:-} ]] || stays_owned["${u_kind[i]} ${u_name[i]}"]=1
  done
}

# Directories that a rollback has to make again are lvsgen's: a role that made them, or had them handed over, left meanwhile and took
# them away.
adopt_parents() { # KIND PATH RECORD
  local parent lines='' line escaped rank path
  [[ $undo_target != 0 && $3 != absent ]] || return 0
  has "$1" parent || is_function "$1_written" || return 0
  path_of "$1" "$2"
  walk "$root$path" || return 1
  parent=${real%/*}
  while [[ $parent && ! -d $root$parent ]]; do
    if [[ -z ${stays_owned["${traits[parent]} $parent"]:-} ]]; then
      next_rank "${traits[parent]}" "$parent"
      record_line handed "$undo_target $rank ${traits[parent]} $parent" absent
      lines=$line$'\n'$lines
    fi
    parent=${parent%/*}
  done
  [[ -z $lines ]] || append_to_base "$state_dir" "${lines%$'\n'}"
}

# The same for an uninstall, which leads past all of them: where it is ended, an apply goes on in the last one.
begin_uninstall() {
  local last
  last_generation
  [[ $last ]] && generation_is_closed "$last" || return 0
  append_durably "$state_dir/generations/$last" undo || log "$failure"
}

# Everything on the disk. Where that fails, the kernel writes it later; nothing else is to be done about it here.
sync_all() {
  sync || log 'sync failed'
}

# The newest first: what is left at any moment leads from a state that was to the one before it.
forget_generations() { # TARGET, with the records that were undone in u_*
  local i line kept=''
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    has "${u_kind[i]}" kept || continue
    record_line "${u_kind[i]}" "${u_name[i]}" "${u_record[i]}"
    kept+=$line$'\n'
  done
  hand_over_earlier "$1" || return 1
  # What stays without --purge, stays with the knowledge of whose it is.
  if (($1 > 0)); then
    [[ -z $kept ]] || append_to_base "$state_dir" "${kept%$'\n'}" || return 1
  elif [[ $kept ]]; then
    replace_file "$state_dir/base" 0600 "base 0"$'\n'"$kept" || return 1
  else
    run rm -f -- "$state_dir/base" || return 1
  fi
  list_generations
  for ((i = ${#generations[@]} - 1; i >= 0; i--)); do
    ((10#${generations[i]} <= $1)) || run rm -f -- "$state_dir/generations/${generations[i]}" || return 1
  done
  (($1 > 0)) || hold_nothing
  drop_unused_blobs
}

hold_nothing() {
  run rm -f -- "$state_dir/holds" "$state_dir/.lvsgen.holds" || log "$failure"
}

offer uninstall 'undo everything; the host is as before the first apply (--purge: packages and log too)' --root --purge undescribed

uninstall_command() {
  local gone=${state_dir%/*}/.gone-$role
  log_open
  read_previous_holds
  begin_uninstall
  load_records all
  if undo_loaded; then
    sync_all
    disarm_confirm || die 1 "everything is put back, but the watchdog is still there: $failure"
    # At once: half of the records would lead back to a state in between.
    run rm -rf -- "$gone" || die 1 "everything is put back, but $gone cannot be removed: $failure"
    if [[ -d $state_dir ]]; then
      hold_nothing
      if ! run mv -T -- "$state_dir" "$gone" || ! run rm -rf -- "$gone"; then
        die 1 "everything is put back, but $state_dir cannot be removed: $failure"
      fi
    fi
    rmdir -- "${state_dir%/*}" "${state_dir%/*/*}" 2>/dev/null || :
    if [[ $purge ]]; then
      remove_log
    fi
    sync_all
  fi
  closing ok changed kept failed
  ((count[failed] == 0)) || exit 1
}
