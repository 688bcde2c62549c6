# ---- the live table of IPVS: service_of[NAME], a line for the service and one for each real server -----------------

declare -A service_of=()
live_services=()

ipvs_is_loaded() {
  [[ -d /proc/sys/net/ipv4/vs || -e /proc/net/ip_vs ]]
}

# ipvsadm, however it is called, loads the module: without the table there is nothing to ask.
load_services() {
  local line key='' complete=''
  [[ -z ${loaded[service]:-} ]] || return 0
  loaded[service]=1 service_of=() live_services=()
  ipvs_is_loaded && command -v ipvsadm >/dev/null || return 0
  while IFS= read -r line; do
    [[ $line != '-'[Aa]' -f -'* ]] || unsigned_mark "$line"
    if [[ $line == '-A '* ]]; then
      service_key "$line"
      live_services+=("$key")
      service_of[$key]=$line
    elif [[ $line == '-a '* && $key ]]; then
      service_of[$key]+=$'\n'$line
    elif [[ $line == complete ]]; then
      complete=1
    fi
  done < <(ipvsadm -S -n && printf 'complete\n' 2>/dev/null)
  [[ $complete ]] || cannot_read 'the IPVS table' 'ipvsadm -S -n'
  load_thresholds
}

# ipvsadm-save leaves the thresholds out: they come from the listing.
load_thresholds() {
  local first second rest key='' upper lower line found complete=''
  while read -r first second rest; do
    [[ $first != complete ]] || complete=1
    if [[ $first != '->' ]]; then
      listed_key "$first" "$second" "$rest"
      continue
    fi
    read -r upper lower _ <<<"$rest"
    [[ $upper$lower =~ ^[0-9]+$ && $upper$lower != 00 && ${service_of[$key]:-} ]] || continue
    found=''
    while IFS= read -r line; do
      [[ $line != *" -r $second "* ]] || line+=" -x $upper -y $lower"
      found+=${found:+$'\n'}$line
    done <<<"${service_of[$key]}"
    service_of[$key]=$found
  done < <(ipvsadm -L -n --thresholds && printf 'complete\n' 2>/dev/null)
  [[ $complete ]] || cannot_read 'the thresholds of the IPVS table' 'ipvsadm -L -n --thresholds'
}

live_weight() { # KEY SERVER -> $live, empty where it has no entry
  local line
  live=''
  while IFS= read -r line; do
    [[ $line == "-a $1 -r $2 "* ]] || continue
    live=${line#* -w } live=${live%%[!0-9]*}
  done <<<"${service_of[$1]:-}"
}
