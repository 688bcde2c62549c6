# ---- hints: where to look, for the person alone at night ---------------------------------------

# Every kind of fault of a target, how often it occurred, and where to look.
explain_faults() { # SERVICE TARGET SENT
  local fault count
  for fault in silence connect refused unreachable broken endless tls certificate status text; do
    count=${fault_count[$fault]:-0}
    ((count > 0)) || continue
    because "$count of $3: ${fault_example[$fault]}"
    [[ $fault != connect ]] || tell_refusal "$2"
    hint "$fault" "$1"
  done
  compare_directly "$1" "$2"
}

# curl says "failed to connect" whatever the reason; bash tells it.
tell_refusal() { # TARGET -> $fault
  local problem
  connect "${target_vips[$1]}" "${target_ports[$1]}" 3
  fault=${fault:-refused}
  [[ -z $problem ]] || because "A connection by hand: $problem"
}

# Where to look.
hint() { # FAULT SERVICE
  case $1 in
    connect | refused)
      because 'Refused: the packets reach a machine on which nothing listens there.' \
        'On the director: bash director.sh verify (is the service in the table, has a real server a weight above 0?).' \
        'On the real servers: bash realserver.sh verify (does the server program run, does it listen on the VIP as well?).'
      ;;
    unreachable)
      because 'Nobody answers for the VIP: is the director up, and does it carry the VIP? bash director.sh verify'
      ;;
    silence)
      because 'No answer, or not all of it in time. On the director: bash director.sh verify (VIP, table, firewall).'
      hint_mode "${service_modes[$2]}"
      ;;
    broken)
      because 'The connection was cut before the answer was whole: see the log of the web server on the real servers.'
      ;;
    tls)
      because 'TLS was not agreed on: does the real server speak it on this port?'
      ;;
    endless)
      because 'Is the path that of a page for checks ("check.path"), and not of a download or a stream?'
      ;;
    certificate)
      because "The certificate is not for ${page_hosts[$2]:-that address}, or not by an authority that is trusted here. In the description, \"check.name\" is the name it is for," \
        '"check.ca" the certificate of the authority; "check.verify": false takes any, and every report says so.'
      ;;
    status)
      because 'The web server answers, the page does not: is its share mounted, is the page there? bash realserver.sh verify'
      ;;
    text)
      because 'Another page than described: is its share mounted, was the page changed? bash realserver.sh check --diff'
      ;;
  esac
}

# What has to be right on the way through a real server and back.
hint_mode() { # MODE
  case $1 in
    dr)
      because 'On each real server: bash realserver.sh verify (VIP on lo, server program, firewall). It answers the client itself,' \
        'so its gateway must be the router, not the director; and only the director may answer ARP for the VIP.'
      ;;
    tun)
      because 'On each real server: bash realserver.sh verify (ipip, VIP on tunl0, rp_filter, server program, firewall).' \
        'Protocol 4 (IPIP) has to pass every firewall between director and real servers.'
      ;;
    nat)
      because 'On each real server: the default gateway must be the director (bash realserver.sh verify);' \
        'a client in their own network is answered directly and does not understand it.' \
        'On the director: net.ipv4.ip_forward has to be 1.'
      ;;
  esac
}

# The same request to each real server itself tells a broken server from a broken path to it.
compare_directly() { # SERVICE TARGET
  local k port url fault problem told=0 healthy=0
  local -a url_options=()
  for ((k = first_server; k < end_server && told < 8; k++)); do
    ((server_weights[k] > 0)) || continue
    told=$((told + 1)) port=${server_ports[k]}
    [[ $port != - ]] || port=${target_ports[$2]}
    if [[ ${target_probes[$2]} == tcp ]]; then
      connect "${server_addresses[k]}" "$port" 2
    else
      url_of "$1" "${target_probes[$2]}" "${server_addresses[k]}" "$port"
      fetch "$url" 2
      examine "$1"
      [[ $fault != connect ]] || connect "${server_addresses[k]}" "$port" 2
    fi
    [[ $problem ]] || healthy=$((healthy + 1))
    because "Asked at its own address, ${server_names[k]} (${server_addresses[k]} port $port): ${problem:-answers as it should}"
  done
  if [[ ${service_modes[$1]} == nat ]]; then
    because '(Behind NAT real servers need not be within reach of a client.)'
  elif ((healthy == told)); then
    because 'They all answer at their own addresses: the fault is between them and you, at the director or at the VIP on them.'
  fi
}

# Why a distribution may be other than its scheduler's.
explain_distribution() { # SERVICE
  local k silent=''
  for ((k = first_server; k < end_server; k++)); do
    ((shares[k] > 0 && ${got[k]:-0} == 0)) && silent+=" ${server_names[k]}"
  done
  because 'Compare the table: on the director, bash director.sh check --diff, and ipvsadm -Ln --stats.'
  [[ ${service_expects[$1]} == one* || -z $silent ]] || because "No answer by:$silent. Is the real server up? Is its weight 0 in the live table (drained, or taken out by a health check)?"
  case ${service_expects[$1]} in
    shares*hold)
      because "${service_schedulers[$1]} counts open connections, and for up to two minutes those that are over: who was away gets the new ones" \
        'until it has as many as the others. Repeat it in two minutes.'
      ;;
    one*) because 'Does this machine ask from more than one address, or through a proxy or NAT with several?' ;;
  esac
}
