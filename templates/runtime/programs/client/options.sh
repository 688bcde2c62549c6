# ---- options: the command line ---------------------------------------------------------------

command=test mutating='' host=''
wanted_requests='' wanted_timeout='' wanted_services=()
run_seconds=1800

# As whoever runs it has it, for it changes nothing; and nobody else's to read.
search_path=$PATH:/usr/sbin:/sbin file_mask=077

offer test 'ask every service: who answers, in which shares, and who answers ARP for the VIPs (default)'
offer list 'what is asked and what is expected; asks nothing'

accept '--requests N' wanted_requests:requests 'so many requests for each service (default: by its scheduler and real servers)'
accept '--service NAME' :service 'only this service; give it once for each'
accept '--timeout SECONDS' wanted_timeout:timeout 'wait so long for each answer (default: as described)'
accept '--deadline SECONDS' run_seconds:deadline 'end after so long, whatever is asked (default: 1800); each service and address gets its share'
accept '--during SECONDS' during_seconds:during 'ask all the while for so long, and tell the longest time without an answer: pull a plug meanwhile'
accept '--gap SECONDS' longest_allowed:gap 'with --during: a longer time without an answer is a fault (default: 5)'
accept --json json 'one JSON object per line'
accept --quiet quiet 'only failures and the closing line'
accept --no-color no_color 'no colours (as the NO_COLOR variable)'

introduce() {
  print_text '' '' "$script: asks the services of the LVS cluster $cluster from outside, as their clients do"
  printf '\n'
  print_text '' '' "Usage: bash $script [COMMAND] [OPTIONS]"
}

conclude() {
  print_text '' '' 'Needs bash and curl; root and arping for the question who answers ARP, which is skipped without them. Changes nothing.
    The output is TAP: a line for each thing tested, "ok" or "not ok".'
  printf '\n'
  print_text '' '' 'Exit codes: 0 no fault; 1 a fault found; 64 usage; 69 something this machine lacks.'
}

requests_value() { # OPTION
  in_range "$1" 1 100000
}

timeout_value() { # OPTION
  in_range "$1" 1 3600
}

deadline_value() { # OPTION
  in_range "$1" 1 604800
}

during_value() { # OPTION
  in_range "$1" 1 3600
}

gap_value() { # OPTION
  in_range "$1" 1 3600
}

service_value() { # OPTION
  wanted_services+=("$value")
}

# For `completion`.
option_service_words() { # -> ${candidates[@]}
  candidates=(${service_names[@]+"${service_names[@]}"})
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
