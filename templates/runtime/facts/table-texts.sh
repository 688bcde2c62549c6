# ---- tables of many lines ----------------------------------------------------------------------------------------------
#
# A service may have ten thousand real servers, and a table a hundred thousand entries. What is done with each line is done by awk, for a
# loop of bash takes twenty times as long; a text that grows line by line takes the square of its length.

# What takes longer to start awk for than to do here, in bytes.
small_table=16384

# With what programs of awk begin here.
# shellcheck disable=SC2016 # awk expands it
table_awk='
  # Of an -a, -e or -d line: `-t 192.168.80.188:80`, `192.168.80.12:80`, `192.168.80.12`
  function service_of(line) { return substr(line, 4, index(line, " -r ") - 4) }
  function server_of(line) {
    line = substr(line, index(line, " -r ") + 4)
    sub(/ .*/, "", line)
    return line
  }
  function address_of(line) {
    line = server_of(line)
    sub(/:[^:]*$/, "", line)
    gsub(/^\[|\]$/, "", line)
    return line
  }
  # From 2^31 on ipvsadm prints the firewall marks as negative numbers (print_service in ipvsadm.c), and takes them as what they are.
  function unsigned(mark) { return mark < 0 ? sprintf("%.0f", 4294967296 + mark) : mark }
  # A line of `ipvsadm -L` that begins a service, as its name.
  function listed_name() {
    if ($1 == "TCP") return "-t " $2
    if ($1 == "UDP") return "-u " $2
    if ($1 == "SCTP") return "--sctp-service " $2
    if ($1 == "FWM") return "-f " unsigned($2) ($3 ~ /^IPv6/ ? " -6" : "")
    return ""
  }
'

# What awk has answered, whose last line is U+0001, which no rule has: one that was ended early would leave out entries, and these would be
# taken for gone. (Its exit code says no more, so that callers let it be.)
whole_answer() { # ANSWER -> $answer, without that
  [[ $1 == $'\1' || $1 == *$'\n\1' ]] || cannot_read 'a table' awk
  answer=${1%$'\1'}
}

# From standard input thresholds, as `ipvsadm -L --thresholds` lists them or as -e lines, and then rules. Prints for each service its name and
# its lines, with thresholds, and U+0002 behind them, which no rule has. What is behind the last service is `complete` and what else such
# lines have said.
lines_by_service() {
  awk "$table_awk"'
    /^-e / { thresholds[service_of($0) " " server_of($0)] = substr($0, index($0, " -x ")); next }
    /^-[Aa] / {
      if ($2 == "-f" && $3 < 0) $0 = substr($0, 1, 6) unsigned($3) substr($0, 7 + length($3))
      if ($1 == "-A") {
        name = substr($0, 4)
        sub(/ -s .*/, "", name)
        printf "%s%s\n%s", (services++ ? "\002" : ""), name, $0
      } else if (services) printf "\n%s%s", $0, thresholds[name " " server_of($0)]
      next
    }
    $1 == "->" {
      if (($3 $4) ~ /^[0-9]+$/ && $3 $4 != "00") thresholds[listed " " $2] = " -x " $3 " -y " $4
      next
    }
    $1 == "complete" { whole = whole " " $2; next }
    listed_name() != "" { listed = listed_name() }
    END { printf "%scomplete%s\n", (services ? "\002" : ""), whole }
  '
}

# What it has printed. A table may be one service of many lines, of which each copy counts: bash needs three times the length of a text to
# split it or to cut something off by a number, and ten times to cut it off by a pattern.
split_services() { # with $answer, which is empty then -> ${services[@]} $complete
  local last IFS=$'\2'
  set -f
  # shellcheck disable=SC2206 # it is to be split
  services=($answer)
  set +f
  answer=''
  last=$((${#services[@]} - 1)) complete=''
  ((last >= 0)) || return 0
  complete=${services[last]}
  unset "services[last]"
}

# The described table, whose texts are empty then.
split_table() { # with $text and $described_thresholds -> ${services[@]}
  local answer complete
  answer=$(printf '%s' "$described_thresholds" "$text" 2>/dev/null | lines_by_service || :)
  text='' described_thresholds=''
  split_services
  [[ $complete == complete ]] || cannot_read 'a table' awk
}

# One of those, which is empty then.
take_service() { # INDEX, with ${services[@]} -> $key, and its lines as $state
  state=${services[$1]} services[$1]=''
  key=${state:0:256} key=${key%%$'\n'*}
  state=${state:${#key} + 1}
}

# The names of the services that a text has.
services_in() { # TEXT -> ${text_lines[@]}
  local answer line
  local -a found=()
  text_lines=()
  if ((${#1} < small_table)); then
    split_lines "$1"
    for line in "${text_lines[@]}"; do # never empty
      [[ $line != '-A '* ]] || { line=${line#-A } && found+=("${line%% -s *}"); }
    done
    text_lines=(${found[@]+"${found[@]}"})
    return 0
  fi
  whole_answer "$(awk '/^-A / { sub(/^-A /, ""); sub(/ -s .*/, ""); print } END { print "\001" }' <<<"$1" || :)"
  [[ -z $answer ]] || split_lines "${answer%$'\n'}"
}

# The -a and -e lines of real servers at some of these addresses.
lines_at() { # "ADDRESS..." TEXT -> ${text_lines[@]}
  local answer
  text_lines=()
  whole_answer "$(printf '%s\n%s\n' "$1" "$2" 2>/dev/null | awk "$table_awk"'
    NR == 1 { count = split($0, words, " "); for (i = 1; i <= count; i++) wanted[words[i]] = 1; next }
    /^-[ae] / && (address_of($0) in wanted)
    END { print "\001" }' || :)"
  [[ -z $answer ]] || split_lines "${answer%$'\n'}"
}

# Lines of a text with others in their place: ${instead[LINE]}, which is empty where the line goes.
exchange_lines() { # TEXT, whose last line has its end, with ${instead[@]} -> $exchanged
  local line changes answer
  local -a text_lines=() pairs=()
  exchanged=$1
  ((${#instead[@]})) || return 0
  if ((${#1} < small_table)); then
    exchanged=''
    split_lines "${1%$'\n'}"
    for line in "${text_lines[@]}"; do # never empty
      if [[ -z $line || -z ${instead[$line]+there} ]]; then
        exchanged+=$line$'\n'
      elif [[ ${instead[$line]} ]]; then
        exchanged+=${instead[$line]}$'\n'
      fi
    done
    return 0
  fi
  for line in "${!instead[@]}"; do pairs+=("$line" "${instead[$line]}"); done # never empty
  printf -v changes '%s\n' "${pairs[@]}" '' # never empty
  whole_answer "$(awk '
    text { if (!($0 in instead)) print; else if (instead[$0] != "") print instead[$0]; next }
    $0 == "" { text = 1; next }
    { line = $0; getline instead[line] }
    END { print "\001" }' <<<"$changes${1%$'\n'}" || :)"
  exchanged=$answer
}

# What two states of a service do not have in common, in their order; and whether what they have serves: a real server with a weight.
set_apart() { # HAVE WANT -> ${only_had[@]} ${only_wanted[@]} $serves
  local line rest='' answer
  local -a text_lines=() had_lines=()
  local -A common=()
  only_had=() only_wanted=() serves=''
  if ((${#1} + ${#2} >= small_table)); then
    whole_answer "$(differing_lines "$1" "$2" || :)"
    split_lines "${answer%$'\n'}"
    serves=${text_lines[0]#rests}
    for line in "${text_lines[@]:1}"; do # never empty
      if [[ ! $line ]]; then rest=1; elif [[ $rest ]]; then only_wanted+=("$line"); else only_had+=("$line"); fi
    done
    return 0
  fi
  split_lines "$1"
  had_lines=("${text_lines[@]}") # never empty
  for line in "${had_lines[@]}"; do common[$line]=had; done # never empty
  split_lines "$2"
  for line in "${text_lines[@]}"; do # never empty
    if [[ ${common[$line]:-} ]]; then
      common[$line]=both
      [[ $line != '-a '* || $line == *' -w 0'* ]] || serves=1
    else
      only_wanted+=("$line")
    fi
  done
  for line in "${had_lines[@]}"; do [[ ${common[$line]} == both ]] || only_had+=("$line"); done # never empty
}

# Prints `serves` or `rests`, the lines of the first alone, an empty one, those of the second alone, and the end.
differing_lines() { # HAVE WANT
  printf '%s\n' "$1" '' "$2" 2>/dev/null | awk '
    rest { if ($0 in had) { common[$0] = 1; if (/^-a / && !/ -w 0/) serves = 1 } else wanted[++others] = $0; next }
    $0 == "" { rest = 1; next }
    { had[$0] = 1; line[++count] = $0 }
    END {
      print serves ? "serves" : "rests"
      for (i = 1; i <= count; i++) if (!(line[i] in common)) print line[i]
      print ""
      for (i = 1; i <= others; i++) print wanted[i]
      print "\001"
    }'
}
