# ---- the description: what part 2 says, in arrays ---------------------------------------------

director_names=() director_addresses=()
service_names=() service_modes=() service_schedulers=() service_requests=() service_timeouts=() service_expects=()
page_paths=() page_statuses=() page_texts=()
# The name that requests are for, or nothing; who is trusted for https: system, none, or the number of an authority.
page_hosts=() page_trusts=() authority_texts=()
target_services=() target_probes=() target_vips=() target_protocols=() target_ports=() target_reasons=()
# The real servers of service i: server_counts[i] of them from number server_starts[i].
server_starts=() server_counts=()
server_names=() server_addresses=() server_ports=() server_weights=()
declare -A described_page=() described_sum=() # by `SERVICE-NUMBER NAME`

director() { # NAME ADDRESS...
  director_names+=("$1")
  shift
  director_addresses+=("$*")
}

service() { # NAME MODE SCHEDULER
  at=${#service_names[@]}
  service_names+=("$1") service_modes+=("$2") service_schedulers+=("$3")
  page_paths+=(/) page_statuses+=(-) page_texts+=('')
  page_hosts+=('') page_trusts+=(system)
  server_starts+=("${#server_names[@]}") server_counts+=(0)
}

requests() { # COUNT SECONDS
  service_requests+=("${wanted_requests:-$1}")
  service_timeouts+=("${wanted_timeout:-$2}")
}

expect() { # KIND...
  service_expects+=("$*")
}

target() { # PROBE VIP PROTOCOL PORT REASON
  target_services+=("$at")
  target_probes+=("$1") target_vips+=("$2") target_protocols+=("$3") target_ports+=("$4") target_reasons+=("$5")
}

page() { # PATH STATUS TEXT
  page_paths[at]=$1 page_statuses[at]=$2 page_texts[at]=$3
}

host_name() { # NAME
  page_hosts[at]=$1
}

trust() { # system|none|NUMBER
  page_trusts[at]=$1
}

authority() { # NUMBER, its certificates on standard input
  local text
  IFS= read -r -d '' text || :
  authority_texts[$1]=$text
}

realserver() { # NAME ADDRESS PORT WEIGHT
  server_names+=("$1") server_addresses+=("$2") server_ports+=("$3") server_weights+=("$4")
  server_counts[at]=$((server_counts[at] + 1))
}

realservers_of() { # SERVICE
  local i
  for ((i = 0; i < at; i++)); do
    [[ ${service_names[i]} != "$1" ]] || server_starts[at]=${server_starts[i]} server_counts[at]=${server_counts[i]}
  done
}

answer() { # NAME [sha256 SUM], or the page on standard input or as the one argument more
  local page=''
  case $# in
    1)
      IFS= read -r -d '' page || :
      described_page["$at $1"]=$page
      ;;
    2) described_page["$at $1"]=$2 ;;
    *) described_sum["$at $1"]=$3 ;;
  esac
}

# What a person calls a target: `http://[fd00::188]:80/`, `192.168.80.188:53/udp`.
target_name() { # TARGET -> $name
  local vip=${target_vips[$1]} host
  [[ $vip != *:* ]] || vip="[$vip]"
  case ${target_probes[$1]} in
    http | https)
      host=${page_hosts[target_services[$1]]}
      name="${target_probes[$1]}://${host:-$vip}:${target_ports[$1]}${page_paths[target_services[$1]]}${host:+ at $vip}"
      ;;
    *) name="$vip:${target_ports[$1]}/${target_protocols[$1]}" ;;
  esac
}

# Whether answers of a target may be anybody's: https without a look at the certificate.
is_unverified() { # TARGET
  [[ ${target_probes[$1]} == https && ${page_trusts[target_services[$1]]} == none ]]
}

warn_of_trust() { # TARGET
  local name
  is_unverified "$1" || return 0
  target_name "$1"
  warning "$name: the certificate is NOT verified (check.verify is false): whoever is on the way can answer in its place"
}

# What the scheduler is expected to do, in words.
expected_words() { # SERVICE -> $expectation
  local kind by more scheduler=${service_schedulers[$1]}
  read -r kind by more <<<"${service_expects[$1]}"
  case "$kind $by" in
    'rounds even') expectation="$scheduler takes the real servers in turn" ;;
    'rounds weights') expectation="$scheduler takes the real servers in turn by weight, in rounds of $more" ;;
    'shares even') expectation="$scheduler loads the real servers about evenly" ;;
    'shares weights') expectation="$scheduler loads the real servers about by weight" ;;
    'one persistence') expectation='persistence keeps to one real server' ;;
    one*) expectation="$scheduler keeps to one real server" ;;
    few*) expectation="$scheduler keeps to one real server, but for a loaded one" ;;
    highest*) expectation="$scheduler keeps to the real server with the highest weight" ;;
    overflow*) expectation="$scheduler fills the real server with the highest weight first" ;;
    *) expectation="$scheduler shares the requests out" ;;
  esac
}

list_command() {
  local i t k name expectation what
  for i in ${selected[@]+"${selected[@]}"}; do
    expected_words "$i"
    event service name "${service_names[i]}" mode "${service_modes[i]}" scheduler "${service_schedulers[i]}" \
      requests "${service_requests[i]}" timeout "${service_timeouts[i]}" expected "$expectation"
    say "$bold%s$plain (%s): %s; %s" "${service_names[i]}" "${service_modes[i]}" "${service_requests[i]} requests" "$expectation"
    for ((t = 0; t < ${#target_services[@]}; t++)); do
      ((target_services[t] == i)) || continue
      target_name "$t"
      what="$name${target_reasons[t]:+  (${target_reasons[t]})}"
      event target service "${service_names[i]}" probe "${target_probes[t]}" name "$name" reason "${target_reasons[t]}"
      say "  asks ${target_probes[t]/#none/nothing:} $what"
      warn_of_trust "$t"
    done
    for ((k = server_starts[i]; k < server_starts[i] + server_counts[i]; k++)); do
      event realserver service "${service_names[i]}" name "${server_names[k]}" \
        address "${server_addresses[k]}" weight "${server_weights[k]}"
      say "  real server ${server_names[k]} ${server_addresses[k]}, weight ${server_weights[k]}"
    done
  done
  return 0
}
