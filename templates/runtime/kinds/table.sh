# ---- the IPVS table, reconciled entry by entry --------------------------------------------------------
#
# The state of a service is its lines as `ipvsadm-save -n` prints them: -A, then an -a for each real
# server. Its name is what follows -A up to the scheduler: `-t 192.168.80.188:80`, `-f 7 -6`.

table_files=()  # what brings the table back at boot
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
  local -a words=()
  drained=' ' drained_names=''
  read_text "$state_dir/drained" || return 0
  split_words "$content"
  for name in ${words[@]+"${words[@]}"}; do
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
  table_files+=("$path")
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
  table_files+=("$path")
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
  local -a words=()
  split_words "$2"
  run ipvsadm --set ${words[@]+"${words[@]}"}
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
