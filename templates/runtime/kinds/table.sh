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
