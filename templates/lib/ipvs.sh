# ---- the IPVS table, reconciled entry by entry --------------------------------------------------------
#
# The state of a service is its lines as `ipvsadm-save -n` prints them: -A, then an -a for each real
# server. Its name is what follows -A up to the scheduler: `-t 192.168.80.188:80`, `-f 7 -6`.

real_servers=() # `NAME ADDRESS...` of the real servers that drain knows by name
drained=' '     # addresses out of rotation, between spaces
drained_names='' described_table=''
declare -A service_of=()
live_services=()

real_server() { # NAME ADDRESS...
  real_servers+=("$*")
}

read_drained() {
  local content='' entry name
  drained=' ' drained_names=''
  read_text "$state_dir/drained" || return 0
  for name in $content; do
    drained_names+=${drained_names:+ }$name
    for entry in ${real_servers[@]+"${real_servers[@]}"} "$name $name"; do
      [[ $entry != "$name "* ]] || drained+="${entry#* } "
    done
  done
}

declare -A threshold_of=() # "SERVICE SERVER" -> ` -x UPPER -y LOWER`

# What the rules file does not hold; declared before the table.
thresholds_declare() { # FILE, lines for ipvsadm -R from standard input
  local path=$1 line key='' server text
  IFS= read -r -d '' text || :
  [[ $drained == ' ' ]] || { overlay_drained "$text" && text=$overlaid; }
  file_declare "$path" 0600 root root "$text"
  while IFS= read -r line; do
    server=${line#* -r } server=${server%% *} key=${line#-e }
    threshold_of["${key%% -r *} $server"]=" -x ${line#* -x }"
  done <<<"${text%$'\n'}"
}

table_declare() { # RULES-FILE, the rules from standard input
  local path=$1 line key='' state='' text server
  IFS= read -r -d '' text || :
  described_table+=$text
  [[ $drained == ' ' ]] || { overlay_drained "$text" && text=$overlaid; }
  file_declare "$path" 0600 root root "$text"
  [[ -z $root ]] || return 0
  while IFS= read -r line; do
    if [[ $line == '-A '* ]]; then
      [[ -z $key ]] || describe service "$key" "$state"
      service_key "$line"
      state=$line
    else
      server=${line#* -r } server=${server%% *}
      state+=$'\n'$line${threshold_of["$key $server"]:-}
    fi
  done <<<"${text%$'\n'}"
  [[ -z $key ]] || describe service "$key" "$state"
}

described_rules() { # the table as described, drains aside
  printf '%s' "$described_table"
}

service_key() { # -A LINE -> $key
  key=${1#-A }
  key=${key%% -s *}
}

# The address of an -a line: `192.168.80.12` of `-r 192.168.80.12:80`, `fd00::12` of `-r [fd00::12]:80`.
real_address() { # LINE -> $address
  address=${1#* -r }
  address=${address%% *}
  address=${address%:*}
  address=${address#\[} address=${address%\]}
}

# Weight 0 for the real servers that are drained.
overlay_drained() { # TEXT -> $overlaid
  local line address weighted
  overlaid=''
  while IFS= read -r line; do
    if [[ $line == '-'[ae]' '* ]]; then
      real_address "$line"
      if [[ $drained == *" $address "* ]]; then
        with_weight "$line" 0
        line=$weighted
      fi
    fi
    overlaid+=$line$'\n'
  done <<<"${1%$'\n'}"
}

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
    if [[ $line == '-A '* ]]; then
      service_key "$line"
      live_services+=("$key")
      service_of[$key]=$line
    elif [[ $line == '-a '* && $key ]]; then
      service_of[$key]+=$'\n'$line
    elif [[ $line == complete ]]; then
      complete=1
    fi
  done < <(ipvsadm -S -n && printf 'complete\n')
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
  done < <(ipvsadm -L -n --thresholds && printf 'complete\n')
  [[ $complete ]] || cannot_read 'the thresholds of the IPVS table' 'ipvsadm -L -n --thresholds'
}

# A service's line of `ipvsadm -L -n`, as its name: PROTOCOL ADDRESS SCHEDULER...
listed_key() { # FIRST SECOND REST -> $key
  case $1 in
    TCP) key="-t $2" ;;
    UDP) key="-u $2" ;;
    SCTP) key="--sctp-service $2" ;;
    FWM) if [[ $3 == IPv6* ]]; then key="-f $2 -6"; else key="-f $2"; fi ;;
  esac
}

# ---- timeouts of connections, for the whole host: `TCP TCPFIN UDP` in seconds, 0 leaves one as it is

timeouts_declare() { # NAME SECONDS SECONDS SECONDS
  describe timeouts "$1" "$2 $3 $4"
}

timeouts_probe() {
  have=absent
  ipvs_is_loaded && command -v ipvsadm >/dev/null || return 0
  have=$(ipvsadm -L --timeout) || cannot_read 'the timeouts of IPVS' 'ipvsadm -L --timeout'
  have=${have##*: }
}

timeouts_same() {
  local tcp tcpfin udp described_tcp described_tcpfin described_udp
  read -r tcp tcpfin udp <<<"$have"
  read -r described_tcp described_tcpfin described_udp <<<"$state"
  [[ ($described_tcp == 0 || $described_tcp == "$tcp") && ($described_tcpfin == 0 || $described_tcpfin == "$tcpfin") &&
    ($described_udp == 0 || $described_udp == "$udp") ]]
}

timeouts_set() { # NAME STATE
  [[ $2 != absent ]] || return 0
  # shellcheck disable=SC2086 # three numbers
  run ipvsadm --set $2
}

service_declare() { # KEY STATE
  describe service "$1" "$2"
}

service_probe() { # KEY
  load_services
  have=${service_of[$1]:-absent}
}

# Equal as sets where the order differs: ipvsadm's is none for addresses that lie far apart.
service_same() {
  local line
  local -A entries=()
  [[ $have != "$state" ]] || return 0
  [[ ${#have} == "${#state}" && ${have%%$'\n'*} == "${state%%$'\n'*}" ]] || return 1
  while IFS= read -r line; do entries[$line]=1; done <<<"$have"
  while IFS= read -r line; do [[ ${entries[$line]:-} ]] || return 1; done <<<"$state"
}

service_set() { # KEY STATE
  local edits='' removals=''
  service_edits "$1" "$have" "$2"
  edit_table
}

# What leads from one state of a service to another: appends lines for `ipvsadm -R` to $edits, and to
# $removals those that wait until the real server is drained. What is equal is not touched.
service_edits() { # KEY HAVE WANT
  local key=$1 line server head=''
  local -A old=()
  local -a order=()
  if [[ $3 == absent ]]; then
    [[ $2 != absent ]] || return 0
    while IFS= read -r line; do
      [[ $line == '-a '* ]] || continue
      quiesce "$line"
    done <<<"$2"
    removals+="-D $key"$'\n'
    return 0
  fi
  if [[ $2 == absent ]]; then
    edits+=$3$'\n'
    return 0
  fi
  while IFS= read -r line; do
    if [[ $line == '-A '* ]]; then
      head=$line
    else
      server=${line#* -r } server=${server%% *}
      old[$server]=$line
      order+=("$server")
    fi
  done <<<"$2"
  while IFS= read -r line; do
    if [[ $line == '-A '* ]]; then
      [[ $line == "$head" ]] || edits+="-E${line#-A}"$'\n'
      continue
    fi
    server=${line#* -r } server=${server%% *}
    if [[ -z ${old[$server]:-} ]]; then
      edits+=$line$'\n'
    else
      [[ ${old[$server]} == "$line" ]] || edits+="-e${line#-a}"$'\n'
      old[$server]=
    fi
  done <<<"$3"
  for server in ${order[@]+"${order[@]}"}; do
    [[ ${old[$server]} ]] || continue
    quiesce "${old[$server]}"
    removals+="-d $key -r $server"$'\n'
  done
}

# A real server that leaves gets no new connections first.
quiesce() { # LINE
  local weighted
  ((drain_seconds > 0)) && [[ ${1#* -w } != 0 && ${1#* -w } != '0 '* ]] || return 0
  with_weight "$1" 0
  edits+="-e${weighted#-a}"$'\n'
}

with_weight() { # LINE WEIGHT -> $weighted, the line with that weight
  local rest=${1#* -w }
  weighted="${1%% -w *} -w $2"
  [[ $rest != *' '* ]] || weighted+=" ${rest#* }"
}

# What leaves gets no new connections, and time for those it has. Nothing is removed yet.
drain_first() {
  [[ $removals ]] && ((drain_seconds > 0)) || return 0
  [[ -z $edits ]] || restore_rules "$edits" || return 1
  await_drained "$removals"
}

# One ipvsadm carries all of it; where connections are waited for, a second one carries the removals.
edit_table() {
  if ((drain_seconds == 0)); then edits+=$removals removals=''; fi
  if [[ $edits ]]; then restore_rules "$edits" || return 1; fi
  [[ $removals ]] || return 0
  await_drained "$removals"
  restore_rules "$removals"
}

# ipvsadm -R goes on after a line that the kernel refuses and tells only of the last: the caller reads
# the table again and compares.
restore_rules() { # LINES
  local said line
  while IFS= read -r line; do log "run: ipvsadm -R: $line"; done <<<"${1%$'\n'}"
  said=$(printf '%s' "$1" | ipvsadm -R 2>&1) || failure="ipvsadm -R: ${said:-failed}"
  [[ -z $said ]] || log "ipvsadm: $said"
  unset 'loaded[service]'
  ipvs_is_loaded || { failure=${failure:-the kernel has no IPVS} && return 1; }
}

# Waits until no connection is left on what goes, for --drain seconds at most.
await_drained() { # LINES
  local left=$drain_seconds active shown=''
  while ((left > 0)); do
    count_active "$1"
    ((active > 0)) || break
    if [[ -t 2 && -z $quiet && -z $json ]]; then
      printf '\rdraining: %d connection(s) left, %d s to wait ' "$active" "$left" >&2 || :
      shown=1
    elif ((left == drain_seconds || left % 10 == 0)); then
      [[ $quiet || $json ]] || complain "draining: $active connection(s) left, $left s to wait"
    fi
    [[ -z $json ]] || event draining connections "$active" seconds_left "$left"
    sleep 1
    left=$((left - 1))
  done
  [[ -z $shown ]] || printf '\n' >&2 || :
  ((drain_seconds == 0 || left > 0)) || complain "$drain_seconds s are over: $active connection(s) end with the real server's removal"
}

# Active connections of the entries that `-d SERVICE -r SERVER` and `-D SERVICE` lines name.
count_active() { # LINES -> $active
  local first second rest key='' connections wanted=$'\n'$1
  active=0
  while read -r first second rest; do
    if [[ $first != '->' ]]; then
      listed_key "$first" "$second" "$rest"
      continue
    fi
    read -r _ _ connections _ <<<"$rest"
    [[ $connections =~ ^[0-9]+$ ]] || continue
    if [[ $wanted == *$'\n'"-D $key"$'\n'* || $wanted == *$'\n'"-d $key -r $second"$'\n'* ]]; then
      active=$((active + connections))
    fi
  done < <(ipvsadm -L -n 2>/dev/null || :)
}

# Described services that lie together are brought to their state together.
reconcile_services() { # FIRST LAST
  local i have state edits='' removals='' failed=0 lines='' line escaped
  local -a changed=()
  for ((i = $1; i <= $2; i++)); do
    state=${r_state[i]}
    if is_same service "${r_name[i]}"; then
      report ok service "${r_name[i]}" "$(servers_of "$state")"
    elif [[ $mutating != yes ]]; then
      report pending service "${r_name[i]}" "$(change_of service "$have" "$state")"
      show_service_diff "$have" "$state"
    else
      show_service_diff "$have" "$state"
      changed+=("$i")
      service_edits "${r_name[i]}" "$have" "$state"
    fi
  done
  ((${#changed[@]})) || return 0
  failure=''
  if begin_changes; then
    for i in "${changed[@]}"; do
      journaled service "${r_name[i]}" && continue
      service_probe "${r_name[i]}"
      record_line service "${r_name[i]}" "$have"
      lines+=${lines:+$'\n'}$line
    done
    if [[ -z $lines ]] || append_durably "$state_dir/generations/$generation" "$lines"; then
      for i in "${changed[@]}"; do
        escape "${r_name[i]}"
        journal_keys["service $escaped"]=1
      done
      edit_table || :
    fi
  fi
  unset 'loaded[service]'
  for i in "${changed[@]}"; do
    state=${r_state[i]}
    if is_same service "${r_name[i]}"; then
      report changed service "${r_name[i]}" "$(servers_of "$state")"
    else
      report failed service "${r_name[i]}" "${failure:-the kernel refused it: $(first_difference "$have" "$state")}"
      failed=1
    fi
  done
  return "$failed"
}

servers_of() { # STATE
  local lines=${1//[!$'\n']/}
  printf '%d real server(s)' "${#lines}"
}

first_difference() { # HAVE WANT
  local line
  while IFS= read -r line; do
    if [[ $'\n'$1$'\n' != *$'\n'"$line"$'\n'* ]]; then
      printf '%s' "$line"
      return
    fi
  done <<<"$2"
  printf 'an entry more than described'
}

# What is in the table and not lvsgen's is left alone, and told.
tell_foreign_services() {
  local key
  [[ $role == director && -z $only && -z $root ]] || return 0
  load_services
  for key in ${live_services[@]+"${live_services[@]}"}; do
    [[ ${described["service $key"]:-} ]] || report kept service "$key" 'not described: left alone'
  done
}
