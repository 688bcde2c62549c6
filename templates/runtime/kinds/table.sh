# ---- the IPVS table, reconciled entry by entry --------------------------------------------------------
#
# The state of a service is its lines as `ipvsadm-save -n` prints them: -A, then an -a for each real
# server. Its name is what follows -A up to the scheduler: `-t 192.168.80.188:80`, `-f 7 -6`.

kind table lasts='@(/etc/sysconfig/ipvsadm|/etc/ipvsadm.rules|/etc/keepalived/keepalived.conf)'
kind thresholds

watchdog_after+=' ipvsadm.service'

table_files=() # what brings the table back at boot: RULES-FILE, and that of the thresholds
described_table='' described_thresholds=''

# What the rules file does not hold; declared before the table.
thresholds_declare() { # FILE, lines for ipvsadm -R from standard input
  local path=$1 text
  read_here_text
  described_thresholds=$text
  with_drained
  table_files+=("$path") public_texts+=("$path") paths+=("$root$path")
  # Who may run ipvsadm sees what is in the file anyway.
  describe file "$path" 'file 0600 root root' "$text"
}

table_declare() { # RULES-FILE, the rules from standard input
  local path=$1 i key state text
  local -a services=()
  read_here_text
  described_services=''
  read_drained
  # Else it is what the rules file is to have.
  [[ $drained == ' ' && -z $only ]] || described_table+=$text
  with_drained
  rules_declare "$path"
  [[ -z $root ]] || return 0
  split_table
  for ((i = 0; i < ${#services[@]}; i++)); do
    take_service "$i"
    describe service "$key"
  done
}

# The described rules, with the weights of those that are drained.
load_described_table() { # -> $described_table
  local i
  local -a picked
  [[ -z $described_table ]] || return 0
  pick rules
  for i in ${picked[@]+"${picked[@]}"}; do described_table+=${r_text[i]}; done
}

# What stands there for a declaration.
read_here_text() { # -> $text
  text=$(cat && printf .) || cannot_read 'what is described' cat
  text=${text:0:${#text} - 1}
}

with_drained() { # -> $text, with the weights of those that are drained
  read_drained
  [[ $drained == ' ' ]] || { weigh_lines "$text" "$drained" && text=$exchanged; }
}

table_tell() {
  read_drained
  [[ -z $drained_names ]] || say "${yellow}drained${plain}  %s" "$drained_names  (weight 0 until '$script undrain NAME')"
}
