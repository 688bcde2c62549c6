# ---- commands ------------------------------------------------------------------------------------------------

lacking=1

each_resource() {
  local run i kind end
  for ((run = 0; run < ${#run_at[@]}; run++)); do
    i=${run_at[run]} end=${run_at[run + 1]:-${#r_kind[@]}}
    kind=${r_kind[i]}
    if has "$kind" expected; then
      continue
    elif is_function "${kind}_together"; then
      "${kind}_together" "$i" $((end - 1)) || return 1
    else
      for (( ; i < end; i++)); do reconcile "$i" || return 1; done
    fi
  done
}

# What later resources, and what went, have made of earlier ones.
look_again() {
  local i kind name state text have
  local -a picked words
  ((count[changed])) || return 0
  pick again
  for i in ${picked[@]+"${picked[@]}"}; do
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]} have=''
    is_same "$kind" "$name" || reconcile "$i" || return 1
  done
  split_words "$all_kinds"
  for kind in ${words[@]+"${words[@]}"}; do
    ! is_function "${kind}_again" || "${kind}_again" || return 1
  done
}

# Nearly all of it runs within the condition of an `if`, where `set -e` and the trap of ERR do nothing (bash(1)), however deep the functions
# are: each of them has to return the failure of what it calls (`|| return 1`), and say in $failure what it was.
offer apply 'bring this host to the described state; changes only what differs (default)' --only --root --confirm --adopt --secrets

apply_command() {
  local again
  refuse_while_put_back
  load_leftovers
  refuse_contradictions
  refuse_unsafe_paths
  refuse_on_share
  refuse_obstacles
  read_holds
  resume_interrupted || die 1 "$failure" "Nothing was changed."
  if adopt_obstacles && leave_carriers && clear_the_way && each_resource && drop_leftovers && look_again && reload_systemd && claim_described && end_changes; then
    tell_on_share
    tell_kinds
    restart_confirm
    tell_way_back
    closing ok changed failed
    return 0
  fi
  [[ -z $failure || ${count[failed]} != 0 ]] || complain "$failure"
  complain "stopped at the first failure; what came after it was not tried"
  if has_records; then
    name_again
    complain "generation $generation holds how it was before: mend the cause and apply again, or go back to that: bash $again rollback --to $((10#$generation - 1))"
    [[ $root ]] || ! confirm_is_pending ||
      complain "Unless it is confirmed, all of it goes back by itself once the time is over, or after a reboot: bash $again confirm"
  elif [[ $generation ]]; then
    complain "nothing was changed: mend the cause and apply again"
  fi
  closing ok changed failed
  exit "$lacking"
}

# By the number, for `rollback` alone undoes one apply more each time that it is typed.
tell_way_back() {
  local again
  [[ $begun ]] || return 0
  name_again
  say "${bold}to go back:$plain sudo bash %s rollback --to %s" "$again" "$((10#$generation - 1))"
  log "to go back: rollback --to $((10#$generation - 1))"
}

offer check 'say what apply would change; change nothing (exit code 2: changes are pending)' reads --only --root --adopt --secrets

check_command() {
  load_leftovers
  refuse_contradictions
  refuse_unsafe_paths
  refuse_on_share
  refuse_obstacles
  if ! adopt_obstacles || ! clear_the_way || ! each_resource || ! drop_leftovers; then exit "$lacking"; fi
  tell_unclaimed
  tell_on_share
  tell_kinds
  closing ok pending failed
  ((count[pending] == 0)) || exit 2
}

# What a kind has to tell besides its resources.
tell_kinds() {
  local kind
  local -a words
  split_words "$all_kinds"
  for kind in ${words[@]+"${words[@]}"}; do
    ! is_function "${kind}_tell" || "${kind}_tell"
  done
}

# What verify proves and status shows: files and packages are apply's matter.
is_live() { # KIND
  ! has "$1" path && ! has "$1" kept
}

offer verify 'prove the live state: addresses, ARP settings, routes, table, mounts, units, ports' reads --only

verify_command() {
  local i kind name state text have
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]}
    if ! is_live "$kind"; then
      report_rivals "$i"
      continue
    fi
    if is_same "$kind" "$name"; then
      failure=''
      if ! is_function "${kind}_prove" || "${kind}_prove" "$name"; then
        report ok "$kind" "$name"
      else
        report_failure "$kind" "$name"
      fi
    elif is_function "${kind}_differs"; then
      report failed "$kind" "$name" "$("${kind}_differs")"
    else
      have=${have:-empty}
      report failed "$kind" "$name" "is ${have//$'\n'/, }, described: ${state//$'\n'/, }"
    fi
  done
  tell_kinds
  closing ok failed
  ((count[failed] == 0)) || exit 1
}

# Unified diffs of what changes, where diff is there.
show_diff() { # KIND NAME, with $have, $state and $text
  [[ $diff ]] && is_function "$1_diff" || return 0
  if ! command -v diff >/dev/null; then
    complain "--diff: this host has no diff (package diffutils)"
    return 0
  fi
  "$1_diff" "$2"
}

show_texts() { # LABEL NOW DESCRIBED
  local out
  out=$(diff -u --label "$1 (now)" --label "$1 (described)" <(printf '%s' "$2" 2>/dev/null) <(printf '%s' "$3" 2>/dev/null)) || :
  print_diff "$out"
}

print_diff() { # TEXT
  local line color
  [[ $1 && -z $quiet ]] || return 0
  event diff text "$1"
  [[ -z $json ]] || return 0
  while IFS= read -r line; do
    case $line in
      +*) color=$green ;;
      -*) color=$red ;;
      *) color='' ;;
    esac
    tell_line "$line" "$color"
  done <<<"$1"
}

offer status 'one screen of live state' reads --only

status_command() {
  local i kind name state text have mark last started='' by made_with made_from made_for interrupted='' shown_state
  last_generation
  say "${bold}%s$plain  %s" "$role $host" "cluster $cluster, platform $platform"
  if [[ $last ]]; then
    read_head "$last"
    [[ -z $started ]] || printf -v started ', %(%Y-%m-%d %H:%M:%S)T' "$started"
    if generation_is_closed "$last"; then :; elif another_is_at_work; then interrupted=' (a run is at work)'; else interrupted=' (interrupted: apply again, or rollback)'; fi
    say "last change: generation $((10#$last))$started$interrupted"
  else
    say "last change: none by this script"
  fi
  if confirm_is_pending; then say "${yellow}%s$plain" "waiting for: $script confirm"; fi
  say ''
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]}
    is_live "$kind" || continue
    if is_same "$kind" "$name"; then mark="${green}ok$plain      "; else mark="${red}differs$plain "; fi
    if has "$kind" brief; then
      say "$mark  %s %s" "$kind" "$name"
    else
      # It may have several lines.
      shown_state=${have:-empty}
      say "$mark  %s %s  ${dim}%s$plain" "$kind" "$name" "${shown_state//$'\n'/, }"
    fi
    event status kind "$kind" name "$name" have "$have" described "$state"
  done
  tell_kinds
}
