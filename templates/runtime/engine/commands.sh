# ---- commands ------------------------------------------------------------------------------------------------

lacking=1

each_resource() {
  local i last
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    case ${r_kind[i]} in
      gateway | listener) ;;
      service)
        last=$i
        while [[ ${r_kind[last + 1]:-} == service ]]; do last=$((last + 1)); done
        reconcile_services "$i" "$last" || return 1
        i=$last
        ;;
      *) reconcile "$i" || return 1 ;;
    esac
  done
}

apply_command() {
  load_leftovers
  refuse_unsafe_paths
  if ! hold_described || ! resume_interrupted; then die 1 "$failure" "Nothing was changed."; fi
  if leave_mount_points && clear_the_way && each_resource && drop_leftovers && reload_units && end_changes; then
    tell_foreign_services
    tell_drained
    restart_confirm
    closing ok changed failed
    return 0
  fi
  [[ -z $failure || ${count[failed]} != 0 ]] || complain "$failure"
  complain "stopped at the first failure; what came after it was not tried"
  if has_records; then
    complain "generation $generation holds how it was before: mend the cause and apply again, or go back to that: bash $script rollback"
  elif [[ $generation ]]; then
    complain "nothing was changed: mend the cause and apply again"
  fi
  closing ok changed failed
  exit "$lacking"
}

check_command() {
  load_leftovers
  refuse_unsafe_paths
  if ! clear_the_way || ! each_resource || ! drop_leftovers; then exit "$lacking"; fi
  tell_foreign_services
  tell_drained
  closing ok pending failed
  ((count[pending] == 0)) || exit 2
}

tell_drained() {
  [[ -z $drained_names ]] || say "${yellow}drained${plain}  %s  (weight 0 until '%s undrain NAME')" "$drained_names" "$script"
}

verify_command() {
  local i kind name state text have
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]}
    [[ " $file_kinds package " != *" $kind "* ]] || continue
    if is_same "$kind" "$name"; then
      report ok "$kind" "$name"
    elif [[ $kind == service ]]; then
      report failed service "$name" "$(difference "$have" "$state")"
    else
      report failed "$kind" "$name" "is ${have:-empty}, described: $state"
    fi
  done
  tell_foreign_services
  tell_drained
  closing ok failed
  ((count[failed] == 0)) || exit 1
}

# Is the file described for its owner's eyes alone? (That of the table is, and everyone who may run ipvsadm sees the same.)
is_secret() { # PATH, with $state
  local mode=${state#file }
  mode=${mode%% *}
  [[ $mode != - && " ${table_files[*]+"${table_files[*]}"} " != *" $1 "* ]] && (((8#0${mode//[!0-7]/} & 8#077) == 0))
}

# Unified diffs of what changes, where diff is there.
show_diff() { # KIND NAME, with $state and $text
  local kind=$1 path=$2 new=$text old='' framed content='' out
  [[ $diff ]] || return 0
  if [[ $kind == file ]] && is_secret "$path"; then
    say "%s is not shown: only its owner may read it" "$path"
    return 0
  fi
  case $kind in
    file) ;;
    block) framed "$new" && new=$framed ;;
    *) return 0 ;;
  esac
  if ! command -v diff >/dev/null; then
    complain "--diff: this host has no diff (package diffutils)"
    return 0
  fi
  if [[ $kind == block ]]; then
    block_probe "$path"
    [[ $have == absent ]] || old=$have
  elif can_reach file "$path" && [[ -e $root$real || -L $root$real ]]; then
    if [[ ! -f $root$real || -L $root$real ]]; then
      say "%s is no regular file: what is in it, or what it leads to, is not shown" "$path"
      return 0
    fi
    read_found || content=''
    old=$content
  fi
  out=$(diff -u --label "$path (now)" --label "$path (described)" <(printf '%s' "$old") <(printf '%s' "$new")) || :
  print_diff "$out"
}

show_service_diff() { # HAVE WANT
  local out old=$1
  [[ $diff ]] && command -v diff >/dev/null || return 0
  [[ $old != absent ]] || old=''
  out=$(diff -u --label 'table (now)' --label 'table (described)' <(printf '%s\n' "$old") <(printf '%s\n' "$2")) || :
  print_diff "$out"
}

print_diff() { # TEXT
  local line color
  [[ $1 && -z $quiet ]] || return 0
  if [[ $json ]]; then
    event diff text "$1"
    return
  fi
  while IFS= read -r line; do
    case $line in
      +*) color=$green ;;
      -*) color=$red ;;
      *) color='' ;;
    esac
    tell_line "$line" "$color"
  done <<<"$1"
}

status_command() {
  local i kind name state text have mark last line='' started='' interrupted=''
  last_generation
  say "${bold}%s$plain  cluster %s, platform %s" "$role $host" "$cluster" "$platform"
  if [[ $last ]]; then
    # A power cut may have left the first line torn.
    IFS= read -r line <"$state_dir/generations/$last" || :
    [[ ! $line =~ ' started='([0-9]+)' ' ]] || printf -v started ', %(%Y-%m-%d %H:%M:%S)T' "${BASH_REMATCH[1]}"
    generation_is_closed "$last" || interrupted=' (interrupted: apply again, or rollback)'
    say "last change: generation $((10#$last))$started$interrupted"
  else
    say "last change: none by this script"
  fi
  if confirm_is_pending; then say "${yellow}waiting for: %s confirm$plain" "$script"; fi
  tell_drained
  say ''
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]}
    case $kind in package | file | directory | block | setting | mode) continue ;; esac
    if is_same "$kind" "$name"; then mark="${green}ok$plain      "; else mark="${red}differs$plain "; fi
    case $kind in
      service) say "$mark  %s %s" "$kind" "$name" ;;
      *) say "$mark  %s %s  ${dim}%s$plain" "$kind" "$name" "${have:-empty}" ;;
    esac
    [[ -z $json ]] || event status kind "$kind" name "$name" have "$have" described "$state"
  done
  if [[ $role == director && -z $json ]] && ipvs_is_loaded; then
    say ''
    while IFS= read -r line; do say "$line"; done < <(ipvsadm -L -n 2>&1 || :)
  fi
}
