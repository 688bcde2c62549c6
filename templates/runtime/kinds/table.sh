# ---- the IPVS table, reconciled entry by entry --------------------------------------------------------
#
# The state of a service is its lines as `ipvsadm-save -n` prints them: -A, then an -a for each real
# server. Its name is what follows -A up to the scheduler: `-t 192.168.80.188:80`, `-f 7 -6`.

kind table
kind thresholds

watchdog_after+=' ipvsadm.service'

table_files=() # what brings the table back at boot: RULES-FILE, and that of the thresholds
described_table=''

declare -A threshold_of=() # "SERVICE SERVER" -> ` -x UPPER -y LOWER`

# What the rules file does not hold; declared before the table.
thresholds_declare() { # FILE, lines for ipvsadm -R from standard input
  local path=$1 line key='' server text
  IFS= read -r -d '' text || :
  with_drained
  table_files+=("$path") public_texts+=("$path") paths+=("$root$path")
  # Who may run ipvsadm sees what is in the file anyway.
  describe file "$path" 'file 0600 root root' "$text"
  while IFS= read -r line; do
    server=${line#* -r } server=${server%% *} key=${line#-e }
    threshold_of["${key%% -r *} $server"]=" -x ${line#* -x }"
  done <<<"${text%$'\n'}"
}

table_declare() { # RULES-FILE, the rules from standard input
  local path=$1 line key='' state='' text server
  IFS= read -r -d '' text || :
  described_table+=$text
  with_drained
  rules_declare "$path" "$text"
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

with_drained() { # -> $text, with the weights of those that are drained
  read_drained
  [[ $drained == ' ' ]] || { overlay_drained "$text" && text=$overlaid; }
}

table_tell() {
  read_drained
  [[ -z $drained_names ]] || say "${yellow}drained${plain}  %s  (weight 0 until '%s undrain NAME')" "$drained_names" "$script"
}

described_rules() { # the table as described, drains aside
  printf '%s' "$described_table"
}
