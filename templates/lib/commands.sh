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
  if ! hold_described || ! resume_interrupted; then die 1 "$failure" "Nothing was changed."; fi
  if each_resource && drop_leftovers && reload_units && end_changes; then
    tell_foreign_services
    tell_drained
    restart_confirm
    closing ok changed failed
    return 0
  fi
  [[ -z $failure || ${count[failed]} != 0 ]] || complain "$failure"
  complain "stopped at the first failure; what came after it was not tried"
  [[ -z $generation ]] || complain "generation $generation holds what was changed: mend the cause and apply again, or undo it: bash $script rollback"
  closing ok changed failed
  exit "$lacking"
}

check_command() {
  if ! each_resource || ! drop_leftovers; then exit 1; fi
  tell_foreign_services
  tell_drained
  closing ok pending failed
  ((count[pending] == 0)) || exit 2
}

tell_drained() {
  [[ -z $drained_names ]] || say "${yellow}drained${plain}  $drained_names  (weight 0 until '$script undrain NAME')"
}

verify_command() {
  local i kind name state text have
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]}
    [[ " $file_kinds package " != *" $kind "* ]] || continue
    if is_same "$kind" "$name"; then
      report ok "$kind" "$name"
    elif [[ $kind == service ]]; then
      report failed service "$name" "missing or different: $(first_difference "$have" "$state")"
    else
      report failed "$kind" "$name" "is ${have:-empty}, described: $state"
    fi
  done
  tell_foreign_services
  tell_drained
  closing ok failed
  ((count[failed] == 0)) || exit 1
}

# Unified diffs of what changes, where diff is there.
show_diff() { # KIND NAME, with $text
  local kind=$1 path=$2 new=$text old='' framed content out
  [[ $diff ]] || return 0
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
  elif [[ -f $root$path ]]; then
    read_text "$root$path" && old=$content
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
  local line
  [[ $1 ]] || return 0
  if [[ $json ]]; then
    event diff text "$1"
    return
  fi
  while IFS= read -r line; do
    line=${line//[$'\001'-$'\010'$'\013'-$'\037'$'\177']/?}
    case $line in
      +*) say "$green$line$plain" ;;
      -*) say "$red$line$plain" ;;
      *) say "$line" ;;
    esac
  done <<<"$1"
}

status_command() {
  local i kind name state text have mark started line
  local -a generations
  list_generations
  say "${bold}$role $host$plain  cluster $cluster, platform $platform"
  if ((${#generations[@]})); then
    IFS= read -r line <"$state_dir/generations/${generations[${#generations[@]} - 1]}"
    started=${line#*started=} started=${started%% *}
    printf -v started '%(%Y-%m-%d %H:%M:%S)T' "$started"
    say "last change: generation $((10#${generations[${#generations[@]} - 1]})), $started$(generation_is_closed "${generations[${#generations[@]} - 1]}" || printf ' (interrupted: apply again, or rollback)')"
  else
    say "last change: none by this script"
  fi
  if confirm_is_pending; then say "${yellow}waiting for: $script confirm$plain"; fi
  tell_drained
  say ''
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]}
    case $kind in package | file | directory | block | setting | mode) continue ;; esac
    if is_same "$kind" "$name"; then mark="${green}ok$plain      "; else mark="${red}differs$plain "; fi
    visible "$name"
    case $kind in
      service) say "$mark  $kind $shown" ;;
      *) say "$mark  $kind $shown  ${dim}${have:-empty}$plain" ;;
    esac
    [[ -z $json ]] || event status kind "$kind" name "$name" have "$have" described "$state"
  done
  if [[ $role == director && -z $json ]] && ipvs_is_loaded; then
    say ''
    while IFS= read -r line; do say "$line"; done < <(ipvsadm -L -n 2>&1)
  fi
}

# ---- what this script holds ---------------------------------------------------------------------------------

for_each_host() { # FUNCTION
  local i
  for ((i = 0; i < ${#host_names[@]}; i++)); do
    host=${host_names[i]} platform=${host_platforms[i]}
    r_kind=() r_name=() r_state=() r_text=() described=() paths=() units=() packages=()
    resources
    "$1"
  done
}

list_command() {
  hosts
  if [[ -z $quiet && -z $json ]]; then printf 'cluster %s, role %s\n' "$cluster" "$role"; fi
  for_each_host list_host
}

list_host() {
  local i shown
  say ''
  say "$bold$host$plain ($platform)"
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    visible "${r_name[i]}"
    if [[ $json ]]; then
      event resource host "$host" kind "${r_kind[i]}" name "${r_name[i]}"
    else
      say "  ${r_kind[i]} $shown"
    fi
  done
}

# The text of a file as it would be written; of a file in part, that part.
embedded_text() { # INDEX -> $embedded
  local framed
  embedded=${r_text[$1]}
  case ${r_kind[$1]} in
    block) framed "$embedded" && embedded=$framed ;;
    setting) embedded=${r_name[$1]##* }=${r_state[$1]}$'\n' ;;
  esac
}

show_command() { # PATH
  local i embedded found=''
  resources
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    [[ ${r_kind[i]} == file && ${r_name[i]} == "$1" || ${r_kind[i]} == block && ${r_name[i]} == "$1" ||
      ${r_kind[i]} == setting && ${r_name[i]% *} == "$1" ]] || continue
    embedded_text "$i"
    printf '%s' "$embedded"
    found=1
  done
  [[ $found ]] || die 64 "$host gets no file $1" "The files it gets: bash $script list --host $host"
}

extract_command() { # DIR
  extract_dir=$1
  mkdir -p -- "$extract_dir" || die 1 "cannot make the directory $extract_dir"
  hosts
  for_each_host extract_host
}

extract_host() {
  local i path embedded
  local -A begun=()
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    case ${r_kind[i]} in
      file | block) path=${r_name[i]} ;;
      setting) path=${r_name[i]% *} ;;
      *) continue ;;
    esac
    embedded_text "$i"
    mkdir -p -- "$extract_dir/$host${path%/*}" || die 1 "cannot make $extract_dir/$host${path%/*}"
    [[ ${begun[$path]:-} ]] || : >"$extract_dir/$host$path"
    begun[$path]=1
    printf '%s' "$embedded" >>"$extract_dir/$host$path" || die 1 "cannot write $extract_dir/$host$path"
    say "$extract_dir/$host$path"
  done
}

# ---- drain and undrain ----------------------------------------------------------------------------------------

# Only the weights of this real server change; whatever else the description says waits for an apply.
drain_command() { # NAME
  local entry addresses='' before='' names='' name line i
  for entry in ${real_servers[@]+"${real_servers[@]}"}; do
    [[ $entry != "$1 "* && " ${entry#* } " != *" $1 "* ]] || addresses="${entry#* }" name=${entry%% *}
  done
  if [[ -z $addresses ]]; then
    line=''
    for i in "${!r_kind[@]}"; do [[ ${r_kind[i]} != service || ${r_state[i]} != *" -r $1:"* && ${r_state[i]} != *" -r [$1]:"* ]] || line=1; done
    [[ $line ]] || die 64 "no real server $1; described are: ${real_servers[*]+"${real_servers[*]%% *}"}"
    addresses=$1 name=$1
  fi
  drained_probe
  before=$have
  for entry in $before; do [[ $entry == "$name" ]] || names+=$entry$'\n'; done
  [[ $command == undrain ]] || names+=$name$'\n'
  if [[ $names == "$before" ]]; then
    say "$name is ${command}ed already"
  else
    if ! begin_changes || ! journal drained - "$before" || ! drained_set - "$names"; then die 1 "$failure"; fi
  fi
  weigh_again "$addresses"
  if each_resource && end_changes; then
    if [[ $command == drain ]]; then wait_for_drained "$addresses"; fi
    closing ok changed failed
    return 0
  fi
  closing ok changed failed
  exit 1
}

# Replaces what is to be reconciled: the live services and the rules file, with other weights for these
# addresses: 0, or what is described.
weigh_again() { # ADDRESSES
  local i content='' key state rules='' reweighed
  local -A weight_of=()
  local -a keys=()
  drained=" $1 "
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    if [[ ${r_kind[i]} == file && ${r_state[i]} == 'file 0600 root root' && -z $rules ]]; then rules=${r_name[i]}; fi
  done
  described_weights
  load_services
  r_kind=() r_name=() r_state=() r_text=() described=()
  if read_text "$root$rules"; then
    reweigh "$content"
    describe file "$rules" 'file - - -' "$reweighed"
  fi
  for key in ${live_services[@]+"${live_services[@]}"}; do
    reweigh "${service_of[$key]}"$'\n'
    describe service "$key" "${reweighed%$'\n'}"
  done
}

# weight_of["SERVICE SERVER"] as described, drains aside.
described_weights() {
  local line key='' server
  while IFS= read -r line; do
    case $line in
      '-A '*) service_key "$line" ;;
      '-a '*)
        server=${line#* -r } server=${server%% *}
        line=${line#* -w }
        weight_of["$key $server"]=${line%% *}
        ;;
    esac
  done < <(described_rules)
}

reweigh() { # RULES -> $reweighed
  local line key='' server address weighted
  reweighed=''
  while IFS= read -r line; do
    if [[ $line == '-A '* ]]; then
      service_key "$line"
    elif [[ $line == '-a '* ]]; then
      real_address "$line"
      server=${line#* -r } server=${server%% *}
      if [[ $drained == *" $address "* ]]; then
        if [[ $command == drain ]]; then
          with_weight "$line" 0
          line=$weighted
        elif [[ ${weight_of["$key $server"]:-} ]]; then
          with_weight "$line" "${weight_of["$key $server"]}"
          line=$weighted
        fi
      fi
    fi
    reweighed+=$line$'\n'
  done <<<"${1%$'\n'}"
}

wait_for_drained() { # ADDRESSES
  local key line server address lines=''
  load_services
  for key in ${live_services[@]+"${live_services[@]}"}; do
    while IFS= read -r line; do
      [[ $line == '-a '* ]] || continue
      real_address "$line"
      server=${line#* -r } server=${server%% *}
      [[ " $1 " != *" $address "* ]] || lines+="-d $key -r $server"$'\n'
    done <<<"${service_of[$key]}"
  done
  [[ $lines ]] || return 0
  count_active "$lines"
  if ((active > 0 && drain_seconds > 0)); then
    await_drained "$lines"
    count_active "$lines"
  fi
  say "$active active connection(s) left"
}
