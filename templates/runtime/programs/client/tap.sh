# ---- results: TAP 13 for people and test harnesses, or JSON -----------------------------------

number=0
declare -A tally=([ok]=0 [failed]=0 [skipped]=0)

# How many points there will be: known before the first request, so that a run that broke off is seen.
plan() { # COUNT
  event plan cluster "$cluster" tests "$1"
  say 'TAP version 13'
  say "1..$1"
}

# The one line of a point.
point() { # ok|failed|skipped SERVICE DESCRIPTION [REASON]
  local result=$1 description="$2: $3" reason=${4:-}
  number=$((number + 1))
  tally[$result]=$((${tally[$result]} + 1))
  event test number "$number" result "$result" service "$2" description "$3" reason "$reason"
  [[ -z $json ]] || return 0
  # A bare # would begin a directive.
  description=${description//\\/\\\\} description=${description//#/\\#}
  case $result in
    ok) say "${green}ok$plain %s - %s" "$number" "$description" ;;
    skipped) say "${yellow}ok$plain %s - %s # SKIP %s" "$number" "$description" "$reason" ;;
    *) tell "${red}not ok$plain %s - %s" "$number" "$description" ;;
  esac
}

# What is good to know.
note() { # TEXT...
  local line
  for line in "$@"; do
    event note message "$line"
    say "$dim# %s$plain" "$line"
  done
}

# What belongs to a failure, and is said with --quiet as well.
because() { # TEXT...
  local line
  for line in "$@"; do
    event diagnostic message "$line"
    [[ $json ]] || tell '#   %s' "$line"
  done
}

# What limits what this test says, and is said with --quiet as well.
warning() { # TEXT
  event warning message "$1"
  [[ $json ]] || tell "$yellow# %s$plain" "$1"
}

summary() {
  local line="client-test: ok=${tally[ok]} failed=${tally[failed]} skipped=${tally[skipped]}"
  event summary command test cluster "$cluster" role "$role" ok "${tally[ok]}" failed "${tally[failed]}" skipped "${tally[skipped]}"
  if [[ $json ]]; then
    return 0
  elif [[ $quiet ]]; then
    tell "$line"
  else
    say "# $bold%s$plain" "$line"
  fi
}
