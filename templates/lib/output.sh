# ---- output: everything a person or a tool reads ---------------------------------------------

bold='' red='' green='' yellow='' dim='' plain=''

use_colors() {
  [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb && -z $no_color && -z $json ]] || return 0
  bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' yellow=$'\e[33m' dim=$'\e[2m' plain=$'\e[0m'
}

# Control characters of a name must not reach the terminal.
visible() { # TEXT -> $shown
  shown=${1//[[:cntrl:]]/?}
}

# A reader that went away (a closed pipe, a dropped session) must not stop a change half way.
say() { # LINE
  [[ $quiet || $json ]] || printf '%s\n' "$1" 2>/dev/null || :
}

complain() { # LINE...
  local line
  for line in "$@"; do
    printf '%s: %s\n' "$script" "$line" >&2 2>/dev/null || :
  done
}

# Ends the run: what is wrong, and what to do about it.
die() { # EXIT-CODE MESSAGE [REMEDY...]
  local code=$1
  shift
  complain "$@"
  log "exit $code: $1"
  [[ -z $json ]] || event error code "$code" message "$1"
  exit "$code"
}

json_string() { # TEXT -> $quoted, a JSON string
  local text=$1 out='' c i
  text=${text//\\/\\\\} text=${text//\"/\\\"} text=${text//$'\n'/\\n} text=${text//$'\t'/\\t} text=${text//$'\r'/\\r}
  if [[ $text == *[[:cntrl:]]* ]]; then
    for ((i = 0; i < ${#text}; i++)); do
      c=${text:i:1}
      [[ $c != [[:cntrl:]] ]] || printf -v c '\\u%04x' "'$c"
      out+=$c
    done
    text=$out
  fi
  quoted=\"$text\"
}

# One JSON object on a line of its own: event NAME KEY VALUE...
event() {
  local line quoted
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
  printf '%s}\n' "$line" 2>/dev/null || :
}

declare -A count=([ok]=0 [changed]=0 [pending]=0 [failed]=0 [kept]=0)

# The one line of a resource.
report() { # RESULT KIND NAME [DETAIL]
  local result=$1 kind=$2 name=$3 detail=${4:-} color=$dim shown
  count[$result]=$((${count[$result]:-0} + 1))
  [[ $result == ok || $mutating != yes ]] || log "$result $kind $name${detail:+ ($detail)}"
  if [[ $json ]]; then
    event resource result "$result" kind "$kind" name "$name" detail "$detail"
    return
  fi
  case $result in
    changed | pending | kept) color=$yellow ;;
    failed) color=$red ;;
  esac
  visible "$name${detail:+  ($detail)}"
  printf -v result '%-8s' "$result"
  if [[ $result == failed* ]]; then
    printf '%s\n' "$color$result$plain $kind $shown" >&2 2>/dev/null || :
  else
    say "$color$result$plain $kind $shown"
  fi
}

# The closing line: `director lvs1: ok=12 changed=3 failed=0`.
closing() { # COUNTER...
  local line="$role $host:" name
  local -a pairs=()
  for name in "$@"; do
    line+=" $name=${count[$name]}"
    pairs+=("$name" "${count[$name]}")
  done
  log "$line"
  if [[ $json ]]; then
    event summary command "$command" cluster "$cluster" role "$role" host "$host" "${pairs[@]}" # never empty
  else
    [[ $quiet ]] || printf '%s\n' "$bold$line$plain" 2>/dev/null || :
  fi
}

log_descriptor='' # of the open log; log_open is what opens it

log() { # LINE
  local now
  [[ $log_descriptor ]] || return 0
  printf -v now '%(%Y-%m-%dT%H:%M:%S%z)T' -1
  printf '%s %s[%s] %s\n' "$now" "$role" "$$" "$1" 2>/dev/null 1>&"$log_descriptor" || :
}

# The one door to a command that changes something. Its output is kept for the message of a failure.
run() { # COMMAND...
  output=''
  log "run: $*"
  if output=$("$@" 2>&1 </dev/null); then
    return 0
  else
    failure="$* (exit code $?)"
    [[ -z $output ]] || failure+=$'\n'$output
    return 1
  fi
}
