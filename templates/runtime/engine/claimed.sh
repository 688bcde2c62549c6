# ---- claimed: what is as described already, and this role does not hold yet ---------------------------------------------
#
# Where a host is as described, another role's work it may be: the script of a cluster's former name takes it away as long as nobody else
# holds it. So there is something to do, for apply to say and for check. What is changed is held with the change, and not said again.

# What the page is to have and has not, with $keys_held and $previous_holds.
unclaimed_things() { # -> ${unclaimed[@]}: `KIND NAME`
  local line thing unescaped
  local -a text_lines=()
  local -A seen=() known=()
  unclaimed=()
  [[ $keys_held != "$previous_holds" ]] || return 0
  split_lines "$previous_holds"
  for line in "${text_lines[@]}"; do known["line $line"]=1; done # never empty
  split_lines "$keys_held"
  for line in "${text_lines[@]}"; do # never empty
    [[ $line && -z ${known["line $line"]:-} ]] || continue
    thing=${line%%$'\t'*}
    case $thing in
      'state '*) thing=${thing#state } ;;
      'rights '*) read -r _ _ _ _ thing <<<"$thing" ;;
    esac
    [[ -z ${seen[$thing]:-} ]] || continue
    seen[$thing]=1
    unescape "$thing"
    unclaimed+=("$unescaped")
  done
}

# Claiming is all that is to be done: one line for all of it.
report_unclaimed() { # pending|changed WORD, with ${unclaimed[@]}
  local thing note='' shown=0
  for thing in ${unclaimed[@]+"${unclaimed[@]}"}; do
    shown=$((shown + 1))
    if ((shown == 7 && ${#unclaimed[@]} > 7)); then
      note+=" and $((${#unclaimed[@]} - 6)) more"
      break
    fi
    note+=${note:+, }$thing
  done
  report "$1" holds "$cluster/$role" "$2: $note"
}

tell_unclaimed() {
  local -a unclaimed=()
  ((count[pending] == 0)) || return 0
  read_holds
  unclaimed_things
  ((${#unclaimed[@]} == 0)) || report_unclaimed pending 'not of this role yet, apply claims it'
}

claim_described() {
  local -a unclaimed=()
  ((count[changed] == 0)) || return 0
  unclaimed_things
  ((${#unclaimed[@]})) || return 0
  log_open
  hold_described || return 1
  report_unclaimed changed 'of this role from now on'
}
