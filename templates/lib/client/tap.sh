# ---- results: TAP 13 for people and test harnesses, or JSON -----------------------------------

number=0
declare -A tally=([ok]=0 [failed]=0 [skipped]=0)

# How many points there will be: known before the first request, so that a run that broke off is seen.
plan() { # COUNT
  if [[ $json ]]; then
    event plan cluster "$cluster" tests "$1"
  else
    say 'TAP version 13'
    say "1..$1"
  fi
}

# The one line of a point.
point() { # ok|failed|skipped SERVICE DESCRIPTION [REASON]
  local result=$1 description="$2: $3" reason=${4:-} line shown
  number=$((number + 1))
  tally[$result]=$((${tally[$result]} + 1))
  if [[ $json ]]; then
    event test number "$number" result "$result" service "$2" description "$3" reason "$reason"
    return
  fi
  visible "$description"
  # A bare # would begin a directive.
  shown=${shown//\\/\\\\} shown=${shown//#/\\#}
  case $result in
    ok) line="${green}ok$plain $number - $shown" ;;
    skipped) line="${yellow}ok$plain $number - $shown # SKIP $reason" ;;
    *) line="${red}not ok$plain $number - $shown" ;;
  esac
  if [[ $result == failed ]]; then printf '%s\n' "$line" 2>/dev/null || :; else say "$line"; fi
}

# What is good to know.
note() { # TEXT...
  local line shown
  for line in "$@"; do
    visible "$line"
    if [[ $json ]]; then event note message "$line"; else say "$dim# $shown$plain"; fi
  done
}

# What belongs to a failure, and is said with --quiet as well.
because() { # TEXT...
  local line shown
  for line in "$@"; do
    visible "$line"
    if [[ $json ]]; then event diagnostic message "$line"; else printf '#   %s\n' "$shown" 2>/dev/null || :; fi
  done
}

summary() {
  local line="client-test: ok=${tally[ok]} failed=${tally[failed]} skipped=${tally[skipped]}"
  if [[ $json ]]; then
    event summary command test cluster "$cluster" role "$role" ok "${tally[ok]}" failed "${tally[failed]}" skipped "${tally[skipped]}"
  elif [[ $quiet ]]; then
    printf '%s\n' "$line" 2>/dev/null || :
  else
    say "# $bold$line$plain"
  fi
}
