# ---- the command rollback ------------------------------------------------------------------------------------------

offer rollback 'undo the last apply that changed something (--to N: all later than generation N)' --root --to --dry-run

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
    # A way back that stopped half way has made one open generation of what it was to undo.
    if ((target >= last)) && is_watchdog; then
      target=$last
      generation_is_closed "${generations[${#generations[@]} - 1]}" || target=$((last - 1))
    fi
    ((target <= last)) || die 64 "there is no generation $target; the last is $last"
    ((target == last)) || ((target >= 10#${generations[0]} - 1)) ||
      die 64 "generation $target is no longer kept; the oldest way back is --to $((10#${generations[0]} - 1))" "uninstall undoes everything"
  fi
  [[ $dry_run ]] || log_open
  read_previous_holds
  load_records "$target"
  tell_undone "$target"
  if [[ $dry_run ]]; then
    note_owned "$target"
    load_records "$target"
    foretell_undo
    end_foretelling
  fi
  begin_undo "$target"
  note_owned "$target"
  load_records "$target"
  before_return
  undone=1
  undo_loaded || undone=''
  # Whatever else failed: who is out of rotation stays so.
  settle || undone=''
  after_return
  if [[ $undone ]]; then
    sync_all
    forget_generations "$target" || die 1 "$failure"
    putting_back=''
    settle_confirm "$target" || die 1 "everything is put back, but the watchdog is still there: $failure"
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

# What is to be put back has to be within reach.
before_return() {
  local kind
  local -a words
  split_words "$all_kinds"
  for kind in ${words[@]+"${words[@]}"}; do
    ! is_function "${kind}_returning" || "${kind}_returning"
  done
  [[ -z ${traits[settles]:-} ]] || "${traits[settles]}_returning"
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
  local i number things=0 what='' started by made_with made_from made_for
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ -z ${u_kind[i]} ]] || has "${u_kind[i]}" page || has "${u_kind[i]}" kept || things=$((things + 1))
  done
  for number in "${generations[@]}"; do # never empty
    ((10#$number > 10#$1)) || continue
    [[ -f $state_dir/generations/$number ]] || continue
    read_head "$number"
    [[ -z $started ]] || printf -v started ' of %(%Y-%m-%d %H:%M:%S)T' "$started"
    what+="${what:+, }generation $((10#$number))$started"
  done
  if [[ $dry_run ]]; then
    say "undoing ${what:-nothing} would put $things thing(s) back to what they were"
  else
    say "undoing ${what:-nothing}: $things thing(s) go back to what they were"
  fi
}

nothing_to_roll_back() { # with $folded
  local message='nothing to roll back: no apply has changed anything here'
  ((folded == 0)) || message="nothing to roll back: the way to before generation $folded is not kept any more; uninstall undoes everything"
  [[ -z $to_generation || $to_generation == "$folded" ]] || die 64 "there is no generation $to_generation" "$message"
  if [[ $dry_run ]]; then
    say "$message"
    end_foretelling
  fi
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
