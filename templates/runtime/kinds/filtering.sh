# ---- filtering: rules that stay in force when the unit that loaded them is stopped -------------------------------------
#
# netfilter-persistent leaves them, and what flushes them would take those of others (containers) along. So the chains of the table
# `filter` at the kernel's hooks let everything through, without the rules that the file has; what is in other chains, and what
# others put there, stays. `ufw enable` loads rules beside its unit: those are ufw's own to take away (filtering-ufw.sh).

kind filtering

filtering_declare() { # TOOL off
  units+=(netfilter-persistent.service)
  describe filtering "$1" "$2"
}

# The rules of the file that are in force, a line each, with the number that each has in its chain: `INPUT 3 -p tcp … -j ACCEPT`, and
# `INPUT policy DROP`.
filtering_probe() { # TOOL
  local file content section line rules live chain number file_rules found=''
  have=off
  if [[ $1 == ufw ]]; then
    ! ufw_is_loaded || have=on
    return
  fi
  find_saved_rules "$1"
  [[ $file ]] && read_text "$file" && command -v "$1" >/dev/null || return 0
  filter_section "$content"
  read_filter "$1"
  live=$rules
  [[ $section && $'\n'$live == *$'\n'@(-A|"-P "@(INPUT|FORWARD|OUTPUT)" "[!A])* ]] || return 0
  # As the kernel has them, in a network namespace of its own, where loading them does no harm.
  # shellcheck disable=SC2016 # the other bash expands it
  file_rules=$'\n'$(await_xtables unshare --net -- bash -c '"$1-restore" <"$2" && "$1" -w -S' - "$1" "$file" 2>/dev/null)$'\n' || file_rules=''
  # What they refer to (sets) may not be there: then as the file has them.
  [[ $file_rules == *$'\n-P '* ]] || file_rules=$'\n'$section$'\n'
  for chain in INPUT FORWARD OUTPUT; do
    number=0
    while IFS= read -r line; do
      case $line in
        "-P $chain "[!A]*) [[ $file_rules != *$'\n'@("$line"$'\n'|":$chain ${line##* } ")* ]] || found+="$chain policy ${line##* }"$'\n' ;;
        "-A $chain "*)
          number=$((number + 1))
          [[ $file_rules != *$'\n'"$line"$'\n'* ]] || found+="$chain $number ${line#"-A $chain "}"$'\n'
          ;;
      esac
    done <<<"$live"
  done
  have=${found%$'\n'}
  have=${have:-off}
}

# One step for all of them.
filtering_set() { # TOOL off|RULES
  local line chain number rule text=$'*filter\n' rules live last
  local -A length=()
  if [[ $1 == ufw ]]; then
    ufw_set_loaded "$2"
    return
  fi
  if [[ $2 == off ]]; then
    while read -r chain number rule; do
      if [[ $number == policy ]]; then text+=":$chain ACCEPT [0:0]"$'\n'; else text+="-D $chain $rule"$'\n'; fi
    done <<<"$have"
  else
    read_filter "$1"
    live=$'\n'$rules$'\n'
    while read -r line chain _; do
      [[ $line != -A ]] || length[$chain]=$((${length[$chain]:-0} + 1))
    done <<<"$rules"
    while read -r chain number rule; do
      if [[ $number == policy ]]; then
        text+=":$chain $rule [0:0]"$'\n'
      elif [[ $live != *$'\n'"-A $chain $rule"$'\n'* ]]; then
        # Those that stood before it may have gone: what is longer than the chain is refused, with all the others.
        last=$((${length[$chain]:-0} + 1))
        length[$chain]=$last
        ((number <= last)) || number=$last
        text+="-I $chain $number $rule"$'\n'
      fi
    done <<<"$2"
  fi
  run_as "$1-restore --noflush, of ${text//$'\n'/; }" await_xtables load_filtering "$1" "$text"$'COMMIT\n'
}

load_filtering() { # TOOL TEXT
  "$1-restore" --noflush <<<"$2"
}
