# ---- output: everything a person or a tool reads ---------------------------------------------

bold='' red='' green='' yellow='' dim='' plain=''

use_colors() {
  [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb && -z $no_color && -z $json ]] || return 0
  bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' yellow=$'\e[33m' dim=$'\e[2m' plain=$'\e[0m'
}

# What goes to a person: TEXT, or a FORMAT of printf's with the script's own colours in it and a text for each %s. Words stand in texts.
fill() { # TEXT | FORMAT TEXT... -> $filled
  local format='%s' text shown
  local -a texts=()
  if (($# > 1)); then
    format=$1
    shift
  fi
  for text in "$@"; do
    shown=$text
    [[ $text != *[^\ -~]* ]] || visible "$text"
    spoken
    texts+=("$shown")
  done
  # shellcheck disable=SC2059 # the format is the script's own
  printf -v filled "$format" "${texts[@]}" # never empty
}

# A reader that went away (a closed pipe) must not stop a change half way.
say() { # TEXT | FORMAT TEXT...
  [[ $quiet || $json ]] || tell "$@"
}

# What is said with --quiet as well.
tell() { # TEXT | FORMAT TEXT...
  local filled
  fill "$@"
  printf '%s\n' "$filled" 2>/dev/null || :
}

# A line of a file's text, whose tabs stay.
tell_line() { # LINE [COLOR]
  local shown
  visible "$1" $'\t'
  printf '%s\n' "${2-}$shown${2:+$plain}" 2>/dev/null || :
}

# Further lines of a text are set in, so that none passes for a message of its own.
complain() { # TEXT...
  local text in
  for text in "$@"; do
    in=''
    while :; do
      tell "%s: $in%s" "$script" "${text%%$'\n'*}" >&2
      [[ $text == *$'\n'* ]] || break
      text=${text#*$'\n'} in='  '
    done
  done
}

# Ends the run: what is wrong, and what to do about it.
die() { # EXIT-CODE MESSAGE [REMEDY...]
  local code=$1
  shift
  complain "$@"
  log "exit $code: $1"
  event error code "$code" message "$1"
  exit "$code"
}

events='' report_to='' report_descriptor='' unreported='' # is there anybody to tell events: with --json, and with --report, whose file is open

# One JSON object on a line of its own, with the time.
event() { # NAME KEY VALUE...
  local now
  [[ $events ]] || return 0
  [[ $run_id ]] || begin_run || complain "--report: ${unreported%%$'\n'*}"
  # RFC 3339 has a colon in the offset.
  printf -v now '%(%Y-%m-%dT%H:%M:%S%z)T' -1
  put_event "${now%??}:${now:(-2)}" "$@"
}

put_event() { # TIME NAME KEY VALUE...
  local line quoted now=$1
  shift
  json_string "$1"
  line="{\"event\":$quoted"
  shift
  while (($# > 1)); do
    json_string "$1"
    line+=,$quoted:
    if [[ $2 =~ ^(0|[1-9][0-9]{0,14})$ ]]; then
      line+=$2
    else
      json_string "$2"
      line+=$quoted
    fi
    shift 2
  done
  line+=",\"time\":\"$now\"}"
  [[ -z $json ]] || printf '%s\n' "$line" 2>/dev/null || :
  [[ -z $report_descriptor ]] || write_report "$line"
}

declare -A count=([ok]=0 [changed]=0 [pending]=0 [failed]=0 [kept]=0)

# The one line of a resource.
report() { # RESULT KIND NAME [DETAIL]
  local result=$1 kind=$2 name=$3 detail=${4:-} color=$dim padded
  count[$result]=$((${count[$result]:-0} + 1))
  # Most lines are such, and each command counts where there are thousands of them.
  if [[ $result == ok && $speaks_english && -z $events$quiet && $kind$name$detail != *[^\ -~]* ]]; then
    printf '%s%-8s%s %s %s%s\n' "$dim" ok "$plain" "$kind" "$name" "${detail:+  ($detail)}" 2>/dev/null || :
    return 0
  fi
  [[ $result == ok || $mutating != yes ]] || log "$result $kind $name${detail:+ ($detail)}"
  event resource host "$host" result "$result" kind "$kind" name "$name" detail "$detail"
  [[ -z $json ]] || return 0
  case $result in
    changed | pending | kept) color=$yellow ;;
    failed) color=$red ;;
  esac
  printf -v padded '%-8s' "$result"
  set -- "$color$padded$plain %s %s" "$kind" "$name${detail:+  ($detail)}"
  if [[ $result == failed ]]; then tell "$@" >&2; else say "$@"; fi
}

# The closing line: `director lvs1: ok=12 changed=3 failed=0`.
closed_with='' # the closing line, where a command came to it

closing() { # COUNTER...
  local line="$role $host:" name
  local -a pairs=()
  for name in "$@"; do
    line+=" $name=${count[$name]}"
    pairs+=("$name" "${count[$name]}")
  done
  # shellcheck disable=SC2034 # programs that log nothing ask nobody for it
  closed_with=$line
  log "$line"
  event summary command "$command" cluster "$cluster" role "$role" host "$host" "${pairs[@]}" # never empty
  say "$bold%s$plain" "$line"
}

log_descriptor='' # of the open log; log_open is what opens it

log() { # LINE
  local now shown
  [[ $log_descriptor ]] || return 0
  printf -v now '%(%Y-%m-%dT%H:%M:%S%z)T' -1
  visible "$1"
  { printf '%s %s[%s] %s\n' "$now" "$role" "$$" "$shown" >&"$log_descriptor"; } 2>/dev/null || :
}

# The one door to what changes something: each change is in the log. Its output is kept for the message of a failure.
run() { # COMMAND...
  run_as "$*" "$@"
}

# The same for a function, or where a path is a descriptor: WHAT is how a person reads it.
run_as() { # WHAT COMMAND...
  local what=$1 status=0
  shift
  output=''
  log "run: $what"
  output=$("$@" 2>&1 </dev/null) || status=$?
  ((status)) || return 0
  failure="$what (exit code $status)"
  [[ -z $output ]] || failure+=$'\n'$output
  return 1
}

# The same where nothing depends on its success.
try() { # COMMAND...
  local failure=''
  run "$@" || log "failed: ${failure//$'\n'/: }"
}
