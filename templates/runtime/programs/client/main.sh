# ---- main ---------------------------------------------------------------------------------------

work='' selected=()

ended() { # WHAT
  [[ $json ]] || say "Bail out! ${1^}"
  complain "$1 after $number tests"
}

on_exit() {
  stop_holding
  [[ -z $work ]] || rm -rf -- "$work"
}

needs() { # COMMAND WHAT-FOR
  command -v "$1" >/dev/null ||
    die 69 "$1 is not on this machine: it $2" "Install it, or run this script on another machine that is no director and no real server"
}

prepare() {
  local t i
  for i in ${selected[@]+"${selected[@]}"}; do
    for ((t = 0; t < ${#target_services[@]}; t++)); do
      ((target_services[t] == i)) || continue
      case ${target_probes[t]} in
        http | https) needs curl 'makes the requests' ;;
      esac
    done
  done
  needs timeout 'ends connections that hang'
  needs sha256sum 'compares answers'
  work=$(mktemp -d "${TMPDIR:-/tmp}/lvsgen-client-test.XXXXXX") ||
    die 69 "cannot make a directory for temporary files in ${TMPDIR:-/tmp}" "Name another: TMPDIR=/var/tmp bash $script"
  ! command -v curl >/dev/null || prepare_curl
  keep_authorities
}

# The time of a run, shared out evenly over what it asks: a server that takes all it can get takes nothing from the others.
share_time() { # PARTS
  parts_left=$1 run_end=$((SECONDS + run_seconds))
}

next_share() {
  share_seconds=$(((run_end - SECONDS) / parts_left))
  ((share_seconds > 0)) || share_seconds=1
  share_end=$((SECONDS + share_seconds)) parts_left=$((parts_left - 1))
}

count_points() { # -> $points, and $parts that take time
  local t i speaks_http
  points=${#vips[@]} parts=${#vips[@]}
  for i in ${selected[@]+"${selected[@]}"}; do
    speaks_http=0
    for ((t = 0; t < ${#target_services[@]}; t++)); do
      ((target_services[t] == i)) || continue
      points=$((points + 1)) parts=$((parts + 1))
      [[ ${target_probes[t]} != http* ]] || speaks_http=2
    done
    points=$((points + speaks_http))
  done
}

test_command() {
  local i vip points parts
  local -a vips=()
  prepare
  if ((during_seconds)); then
    during_command
    return 0
  fi
  list_vips
  count_points
  plan "$points"
  share_time "$parts"
  for vip in ${vips[@]+"${vips[@]}"}; do warn_of_own "$vip"; done
  for i in ${selected[@]+"${selected[@]}"}; do test_service "$i"; done
  for vip in ${vips[@]+"${vips[@]}"}; do test_arp "$vip"; done
  summary
  ((tally[failed] == 0)) || exit 1
}

program() {
  finally on_exit
  end_on_signals
  begin_reported_run
  directors
  authorities
  services
  select_services
  "${command}_command"
}
