# ---- options: the command line ---------------------------------------------------------------

command=test json='' quiet='' no_color='' mutating='' host=''
wanted_requests='' wanted_timeout='' wanted_services=()
run_seconds=1800

usage() {
  cat <<EOF
$script: asks the services of the LVS cluster $cluster from outside, as their clients do

Usage: bash $script [COMMAND] [OPTIONS]

Commands
  test                 ask every service; who answers, how the requests are shared out, and who answers
                       ARP for the virtual addresses (default)
  list                 what is asked and what is expected; asks nothing

Options
  --requests N         so many requests for each service (default: by its scheduler and real servers)
  --service NAME       only this service; give it once for each
  --timeout SECONDS    wait so long for each answer (default: as described)
  --deadline SECONDS   end after so long, whatever is asked (default: 1800); each service and address gets its share
  --json               one JSON object per line
  --quiet              only failures and the closing line
  --no-color           no colours (as the NO_COLOR variable)
  --help, --version

Needs bash and curl; root and arping for the question who answers ARP, which is skipped without them.
Changes nothing. The output is TAP: a line for each thing tested, "ok" or "not ok".

Exit codes: 0 no fault; 1 a fault found; 64 usage; 69 something this machine lacks.
EOF
}

bad_usage() { # MESSAGE
  complain "$1" "See: bash $script --help"
  exit 64
}

# An option's value: `--requests 3` or `--requests=3`.
option_value() { # OPTION INLINE HAS-INLINE NEXT...
  if [[ $3 ]]; then
    value=$2
  elif (($# > 3)); then
    value=$4 took_next=1
  else
    bad_usage "$1 needs a value"
  fi
  [[ $value ]] || bad_usage "$1 needs a value that is not empty"
}

number_value() { # OPTION HIGHEST
  [[ $value =~ ^[0-9]{1,6}$ ]] || bad_usage "$1 takes a whole number from 1 to $2, not '$value'"
  value=$((10#$value))
  ((value >= 1 && value <= $2)) || bad_usage "$1 takes a whole number from 1 to $2, not $value"
}

parse_options() {
  local argument name inline has value took_next rest='' named=''
  while (($#)); do
    argument=$1 took_next=0 inline='' has=''
    shift
    if [[ $rest || $argument != -* ]]; then
      [[ -z $named ]] || bad_usage "$command takes no arguments"
      command=$argument named=1
      continue
    fi
    name=${argument%%=*}
    if [[ $argument == *=* ]]; then inline=${argument#*=} has=1; fi
    case $name in
      --requests | --service | --timeout | --deadline) option_value "$name" "$inline" "$has" "$@" ;;
      *) [[ -z $has ]] || bad_usage "$name takes no value" ;;
    esac
    case $name in
      --requests) number_value "$name" 100000 && wanted_requests=$value ;;
      --timeout) number_value "$name" 3600 && wanted_timeout=$value ;;
      --deadline) number_value "$name" 604800 && run_seconds=$value ;;
      --service) wanted_services+=("$value") ;;
      --json) json=1 ;;
      --quiet | -q) quiet=1 ;;
      --no-color | --no-colour) no_color=1 ;;
      --help | -h) usage && exit 0 ;;
      --version | -V) printf '%s: cluster %s, role %s, lvsgen %s, format %s, runtime %s, sha256 %s\n' \
        "$script" "$cluster" "$role" "$lvsgen_version" "$lvsgen_format" "$lvsgen_runtime" "$lvsgen_sum" && exit 0 ;;
      --) rest=1 ;;
      *) bad_usage "unknown option $name" ;;
    esac
    ((took_next == 0)) || shift
  done
  case $command in
    test | list) ;;
    help) usage && exit 0 ;;
    *) bad_usage "unknown command '$command'" ;;
  esac
}

# Which services are tested: all, or those named.
select_services() { # -> $selected, their numbers
  local name i found
  selected=()
  for ((i = 0; i < ${#service_names[@]}; i++)); do
    ((${#wanted_services[@]} == 0)) && selected+=("$i")
  done
  for name in ${wanted_services[@]+"${wanted_services[@]}"}; do
    found=''
    for ((i = 0; i < ${#service_names[@]}; i++)); do
      [[ ${service_names[i]} != "$name" ]] || found=$i
    done
    [[ $found ]] || bad_usage "--service: no service '$name'; there are: ${service_names[*]+${service_names[*]}}"
    [[ " ${selected[*]+${selected[*]}} " == *" $found "* ]] || selected+=("$found")
  done
}
