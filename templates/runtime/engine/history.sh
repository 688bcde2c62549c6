# ---- history: when what was applied here, by whom and from which script -------------------------------------------------

state_format=1 # of what lies in $state_home; a script reads what is of its format or an older one, and leaves a newer one alone

# What is written on this host, by any role of any cluster: for they hand each other what they give up.
refuse_newer_state() {
  local file line
  for file in "$state_home"/*/*/base "$state_home"/*/*/generations/[0-9]*; do
    [[ -f $file ]] || continue
    line=''
    IFS= read -r line <"$file" || :
    [[ ! $line =~ ' format='([0-9]{1,6})( |$) ]] || ((10#${BASH_REMATCH[1]} <= state_format)) ||
      die 69 "$file is of format $((10#${BASH_REMATCH[1]})), and this script, of lvsgen $lvsgen_version, knows none above $state_format" \
        "A newer lvsgen wrote it. Nothing was done. Use a script of the bundle that was applied here last, or of a newer one."
  done
}

# The first line of a generation. A power cut may have left it torn.
read_head() { # NUMBER -> $started, in seconds; $by; $made_with: the version of lvsgen; $made_from: the sum of the script; $made_for: the host. Empty where it does not say
  local line=''
  started='' by='' made_with='' made_from='' made_for=''
  IFS= read -r line <"$state_dir/generations/$1" || :
  [[ ! $line =~ ' started='([0-9]{1,12})( |$) ]] || started=${BASH_REMATCH[1]}
  [[ ! $line =~ ' by='([^ ]+)( |$) ]] || by=${BASH_REMATCH[1]}
  [[ ! $line =~ ' lvsgen='([^ ]+)( |$) ]] || made_with=${BASH_REMATCH[1]}
  [[ ! $line =~ ' sha256='([0-9a-f]+)( |$) ]] || made_from=${BASH_REMATCH[1]}
  [[ ! $line =~ ' host='([[:alnum:].-]{1,253})( |$) ]] || made_for=${BASH_REMATCH[1]}
}

# Who is behind this run: whoever called sudo, else whoever logged in (proc(5), loginuid), else the user whose it is. Root can make that
# anybody: it is a memory, and no proof.
who_runs() { # -> $by
  local uid='' shape='^[[:alnum:]._@\+-]{1,64}$'
  by=${SUDO_USER:-}
  if [[ $by ]]; then
    uid=${SUDO_UID:-}
  elif [[ -r /proc/self/loginuid ]]; then
    IFS= read -r uid </proc/self/loginuid || :
    # 4294967295: nobody did.
    [[ ! $uid =~ ^[0-9]{1,9}$ || $uid == 0 ]] || by=$(id -un -- "$uid" 2>/dev/null) || by=''
  fi
  if [[ $by =~ $shape ]]; then return 0; fi
  by=root
  [[ ! $uid =~ ^[0-9]{1,9}$ ]] || ((uid == 0)) || by=uid:$uid
}

# As the last event of a run but one: what a reader of reports asks of a host.
tell_standing() {
  local last='' started='' by='' made_with='' made_from='' made_for='' state=none confirm=no
  local -a generations=()
  last_generation
  if [[ $last ]]; then
    read_head "$last"
    if generation_is_closed "$last"; then state=closed; elif another_is_at_work; then state=running; else state=interrupted; fi
  elif [[ -e $state_dir/base ]]; then
    state=folded
  fi
  if [[ -z $root ]] && confirm_is_pending; then confirm=pending; fi
  event standing generation "$((10#${last:-0}))" started "$started" by "$by" lvsgen "$made_with" sha256 "$made_from" state "$state" confirm "$confirm"
}

offer history 'the applies that changed something: when, by whom, from which script, and what' reads undescribed --root

history_command() {
  local i folded way='' again
  local -a generations
  list_generations
  last_folded
  name_again
  for ((i = ${#generations[@]} - 1; i >= 0; i--)); do tell_generation "${generations[i]}" "$i"; done
  if ((${#generations[@]})); then
    # What is oldest is the state before the first of them.
    folded=$((10#${generations[0]} - 1))
    way="it leads to any number above, and to $folded: "
    if ((folded == 0)); then way+='as before the first apply'; else way+="as it was before generation $((folded + 1))"; fi
    say "${bold}to go back:$plain sudo bash %s rollback --to NUMBER; %s" "$again" "$way"
  elif ((folded == 0)); then
    say 'no apply has changed anything here'
  else
    say "the applies up to generation $folded are not kept any more one by one; uninstall undoes them all"
  fi
  if [[ -z $root ]] && confirm_is_pending; then say "${yellow}%s$plain" "waiting for: $again confirm"; fi
}

tell_generation() { # NUMBER PLACE, with ${generations[@]}
  local started by made_with made_from made_for number=$((10#$1)) state='' when='' what last='' padded
  local -A becomes=()
  local -a changes=()
  read_head "$1"
  read_changes "$1"
  case $last in
    end) if (($2 == ${#generations[@]} - 1)); then state='in force'; fi ;;
    'end aside') state='who is drained' ;;
    undo) state='half undone: rollback or uninstall again ends that, or apply' ;;
    *) if (($2 == ${#generations[@]} - 1)) && another_is_at_work; then state='a run is at work'; else state='interrupted: apply again, or rollback'; fi ;;
  esac
  [[ -z $started ]] || printf -v when '%(%Y-%m-%d %H:%M:%S)T' "$started"
  say "${bold}generation $number$plain%s%s%s%s%s" "${when:+  $when}" "${by:+  by $by}" "${made_with:+  lvsgen $made_with}" \
    "${made_from:+  script ${made_from:0:12}}" "${state:+  ($state)}"
  event generation number "$number" started "$started" by "$by" lvsgen "$made_with" sha256 "$made_from" state "${state:-closed}"
  for what in ${changes[@]+"${changes[@]}"}; do
    printf -v padded '%-8s' "${becomes[$what]}"
    say "  $padded  %s" "$what"
    event change generation "$number" kind "${what%% *}" name "${what#* }" became "${becomes[$what]}"
  done
}

# Of each resource what became of it in the end. What says more of one that is recorded beside it is none, and neither is a page.
read_changes() { # NUMBER -> ${changes[@]}, `KIND NAME`; $becomes; $last: the line that closes the generation, or ends an undo of it
  local kind name record stop unescaped thing
  while IFS=$'\t' read -r kind name record stop; do
    [[ ! $kind =~ ^(end( aside)?|undo)$ ]] || last=$kind
    if [[ $stop != . ]] || ! is_function "${kind#-}_set" || has "${kind#-}" page; then continue; fi
    [[ $last != undo ]] || last=''
    unescape "$name"
    thing="${kind#-} ${unescaped//$'\n'/ }"
    [[ ${becomes[$thing]:-} ]] || changes+=("$thing")
    case $kind in
      -*) becomes[$thing]='given up' ;;
      *) if [[ $record == =absent ]]; then becomes[$thing]=new; else becomes[$thing]=changed; fi ;;
    esac
  done <"$state_dir/generations/$1"
}
