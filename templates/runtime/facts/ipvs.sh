# ---- the live table of IPVS: service_of[NAME], a line for the service and one for each real server -----------------

declare -A service_of=()
live_services=()
declare -A live_weights=() # "SERVICE SERVER", where they were asked for

ipvs_is_loaded() {
  [[ -d /proc/sys/net/ipv4/vs || -e /proc/net/ip_vs ]]
}

# ipvsadm, however it is called, loads the module: without the table there is nothing to ask.
load_services() {
  local i key state answer complete
  local -a services=()
  [[ -z ${loaded[service]:-} ]] || return 0
  loaded[service]=1 service_of=() live_services=() live_weights=()
  ipvs_is_loaded && command -v ipvsadm >/dev/null || return 0
  # ipvsadm-save leaves the thresholds out: they come from the listing.
  answer=$({
    ipvsadm -L -n --thresholds && printf 'complete thresholds\n' 2>/dev/null
    ipvsadm -S -n && printf 'complete rules\n' 2>/dev/null
  } | lines_by_service) || :
  split_services
  [[ $complete == complete* ]] || cannot_read 'the IPVS table' awk
  [[ $complete == complete*' rules' ]] || cannot_read 'the IPVS table' 'ipvsadm -S -n'
  [[ $complete == 'complete thresholds'* ]] || cannot_read 'the thresholds of the IPVS table' 'ipvsadm -L -n --thresholds'
  for ((i = 0; i < ${#services[@]}; i++)); do
    take_service "$i"
    live_services+=("$key") service_of[$key]=$state
  done
}

live_weight() { # KEY SERVER -> $live, empty where it has no entry
  ((${#live_weights[@]})) || weigh_live
  live=${live_weights["$1 $2"]:-}
}

weigh_live() { # -> ${live_weights[@]}
  local service line server weight
  local -a text_lines=()
  for service in ${service_of[@]+"${service_of[@]}"}; do
    split_lines "$service"
    ((${#text_lines[@]} > 1)) || continue
    for line in "${text_lines[@]:1}"; do # never empty
      server=${line#* -r } server=${server%% *} weight=${line#* -w }
      line=${line#-a }
      live_weights["${line%% -r *} $server"]=${weight%% *}
    done
  done
}
