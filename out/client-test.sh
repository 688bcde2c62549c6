#!/bin/bash
{ # Part 1 of 3: runs nothing unless this file is whole and as it was written. Cut within these braces, it is a syntax error.
lvsgen_sum=2d1a82bc693b130cf1fa9cc4bd891f3cc9af3082ebe7d7d0b1576ba6db239047 # of this file without this number: against accidents, not against people, who can change both
lvsgen_size=94243 # (Each line here ends in a comment, so that it works even where an editor or a mail gateway made CRLF of it.)
lvsgen_version=0.1.0 # that wrote this file
lvsgen_runtime=5e8a9129791890708b8f21234ff80fdef6e8b6734f850aa0e22119f895bb63ea # of part 3: sed '1,/^# Part 3 of 3/d' FILE | sha256sum
# shellcheck disable=SC2317 # exit is for where there is nothing to return from
case ${BASH_VERSION:-} in 4.[2-9].* | [5-9].* | [1-9][0-9].*) ;; *) echo "This script needs bash 4.2 or newer: bash $0" >&2; return 69 2>/dev/null || exit 69 ;; esac #
lvsgen_say() { printf '%s\n' "$@" >&2; } #
case ${lvsgen_started:-} in "$$") ;; *) # begins once more, without functions and shell options of the caller's (-p)
  if (POSIXLY_CORRECT=1; return 0 2>/dev/null); then # (with it set, no function can stand for return, unset, export, exit and exec)
    lvsgen_say "${BASH_SOURCE[0]}: this script is to be run, not to be sourced" "Nothing was done. Run it: bash ${BASH_SOURCE[0]}" #
    return 1 #
  fi #
  POSIXLY_CORRECT=1 #
  unset -f [ printf #
  if [ ! -f "${BASH_SOURCE[0]:-}" ]; then #
    lvsgen_say "lvsgen: this script checks itself, so it must be run as a file, not from a pipe or a terminal" "Nothing was done. Save it as a file, and run that: bash FILE" #
    exit 1 #
  fi #
  lvsgen_flags=-p #
  case $- in *x*) lvsgen_flags=-px ;; esac #
  export lvsgen_started="$$" MALLOC_MMAP_THRESHOLD_=131072 # what is large goes back to the system as soon as it is free (glibc, mallopt(3))
  exec "$BASH" "$lvsgen_flags" -- "${BASH_SOURCE[0]}" "$@" #
esac #
set +o posix # sh director.sh, where sh is bash
unset -v POSIXLY_CORRECT lvsgen_started MALLOC_MMAP_THRESHOLD_ #
lvsgen_path=$PATH PATH=/usr/sbin:/usr/bin:/sbin:/bin # the caller's decides nothing here
lvsgen_refuse() { lvsgen_say "${BASH_SOURCE[0]}: $1" "Nothing was done. Copy it again from the bundle, and compare: sha256sum -c SHA256SUMS"; exit 1; } #
case $(LC_ALL=C sed '3s/[0-9a-f]\{64\}//' <"${BASH_SOURCE[0]}" | sha256sum) in "$lvsgen_sum  -") PATH=$lvsgen_path lvsgen_checked="whole $lvsgen_sum" ;; *) #
  if grep -q "$(printf '\r')" <"${BASH_SOURCE[0]}"; then lvsgen_refuse "its line ends were converted to CRLF on the way here"; fi #
  lvsgen_here=$(wc -c <"${BASH_SOURCE[0]}") #
  if [ "$lvsgen_here" -lt "$lvsgen_size" ]; then lvsgen_refuse "it is cut short: $lvsgen_here of $lvsgen_size bytes are here"; fi #
  lvsgen_refuse "it is not what lvsgen wrote: it was altered or damaged" #
esac #
} # (An error within them leaves them, as damage may cause one, and goes on here.)
case ${lvsgen_checked-} in "whole $lvsgen_sum") ;; *) exit 1 ;; esac #
# ====================================================================================================

# Part 2 of 3: what this script asks, and what it expects. It changes nothing anywhere. Read this part.

lvsgen_format=1
cluster=kgc
role=client

# Described to run it, though any machine with bash and curl can that is no director and no real server:
#   pc 192.168.80.200

# Who alone may answer ARP for the virtual addresses: name and addresses.
directors() {
  director lvs1 192.168.80.10
}

# Authorities whose certificates are taken.
authorities() {
  :
}

# Each service with
#   requests  how many there are, and the seconds that each may take
#   expect    how its scheduler shares them out
#   target    what is asked: http, https, tcp or udp; none says why not
#   page      the path, the status (-: any 2xx or 3xx) and the text that an answer has to have
#   host_name  the name that requests are for, where it is not the address
#   trust     whose certificates are taken for https: system, an authority by its number, none: any certificate
#   realserver  name, address, port (-: the service's) and weight
#   answer    what tells this real server from the others: its page, or that page's SHA-256
services() {

  service web dr rr
  requests 20 3
  expect rounds even 2
  target http 192.168.80.188 tcp 80 ''
  page / 200 ''
  realserver web1 192.168.80.12 - 1
  realserver web2 192.168.80.13 - 1
  answer web1 <<'END'
this is kgc web!
END
  answer web2 <<'END'
this is benet web!
END
}

# Part 3 of 3: the runtime, the same in every client-test.sh.

# ---- text: what may stand in it when it goes to a terminal, a log or a JSON reader -------------

# Names, answers of servers and what commands say are somebody else's: a control character in them moves the cursor or
# ends a line of the log, a bidirectional one turns a name round, others cannot be seen. Both lists are alternatives of a
# regular expression over bytes (LC_ALL=C).
# Well-formed UTF-8 (RFC 3629, section 4) that can be seen; with U+0020 to U+007E for a beginning:
seen_bytes=$'[ -~]|\xc2[\xa0-\xac\xae-\xbf]|[\xc3-\xd7\xd9-\xdf][\x80-\xbf]|\xd8[\x80-\x9b\x9d-\xbf]'
seen_bytes+=$'|\xe0[\xa0-\xbf][\x80-\xbf]|\xe1([\x80-\x9f\xa1-\xbf][\x80-\xbf]|\xa0[\x80-\x8d\x8f-\xbf])'
seen_bytes+=$'|\xe2(\x80[\x80-\x8a\x90-\xa7\xaf-\xbf]|\x81[\x80-\x9f\xb0-\xbf]|[\x82-\xbf][\x80-\xbf])'
seen_bytes+=$'|[\xe3-\xec\xee][\x80-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]'
seen_bytes+=$'|\xef([\x80-\xba\xbc-\xbe][\x80-\xbf]|\xbb[\x80-\xbe]|\xbf[\x80-\xb8\xbc\xbd])'
seen_bytes+=$'|\xf0[\x90-\xbf][\x80-\xbf][\x80-\xbf]|[\xf1\xf2][\x80-\xbf][\x80-\xbf][\x80-\xbf]'
seen_bytes+=$'|\xf3([\x80-\x9f\xa1-\xbf][\x80-\xbf]|\xa0[\x82-\xbf])[\x80-\xbf]|\xf4[\x80-\x8f][\x80-\xbf][\x80-\xbf]'
# And what cannot: C1, U+00AD, 061C, 180E, 200B to 200F, 2028 to 202E, 2060 to 206F, FEFF, FFF9 to FFFB, FFFE, FFFF, E0000 to E007F.
unseen_bytes=$'\xc2[\x80-\x9f\xad]|\xd8\x9c|\xe1\xa0\x8e|\xe2(\x80[\x8b-\x8f\xa8-\xae]|\x81[\xa0-\xaf])'
unseen_bytes+=$'|\xef(\xbb\xbf|\xbf[\xb9-\xbb\xbe\xbf])|\xf3\xa0[\x80\x81][\x80-\xbf]'

# As a person is to see it: `evil<U+202E>gpj.sh`, and a byte that is no UTF-8 as `<0x9B>`.
visible() { # TEXT [KEEP] -> $shown; KEEP: a control character that stays
  local replaced
  shown=$1
  [[ $1 == *[^\ -~]* ]] || return 0
  replace_unseen terminal "$@"
  shown=$replaced
}

json_string() { # TEXT -> $quoted, a JSON string
  local text=$1 replaced
  text=${text//\\/\\\\} text=${text//\"/\\\"} text=${text//$'\n'/\\n} text=${text//$'\t'/\\t} text=${text//$'\r'/\\r}
  if [[ $text == *[^\ -~]* ]]; then
    replace_unseen json "$text"
    text=$replaced
  fi
  quoted=\"$text\"
}

replace_unseen() { # FOR TEXT [KEEP] -> $replaced
  local text=$2 stays="${3:+$3|}$seen_bytes" at width piece code
  replaced=''
  # By pieces: the time of a regular expression must not grow with the square of a text that somebody else made long.
  for ((at = 0; at < ${#text}; at += width)); do
    piece=${text:at:256}
    [[ $piece =~ ^($stays)* ]]
    width=${#BASH_REMATCH[0]}
    if ((width > 0)); then
      replaced+=${BASH_REMATCH[0]}
    else
      code_point "$piece"
      "write_for_$1" "$code"
    fi
  done
}

# Of the first character. A byte that is no UTF-8 has its number below 0.
code_point() { # TEXT -> $code, and how many bytes it has: $width
  local i byte
  width=1 code=0
  if [[ $1 =~ ^($unseen_bytes) ]]; then
    width=${#BASH_REMATCH[0]}
  elif [[ $1 != [[:cntrl:]]* ]]; then
    printf -v byte %d "'$1"
    code=$((-(byte & 255)))
    return
  fi
  for ((i = 0; i < width; i++)); do
    printf -v byte %d "'${1:i:1}"
    if ((i > 0)); then code=$((code << 6 | byte & 63)); else code=$((width == 1 ? byte : byte & 127 >> width)); fi
  done
}

write_for_terminal() { # CODE, with $replaced
  local mark
  if (($1 < 0)); then printf -v mark '<0x%02X>' "$((-$1))"; else printf -v mark '<U+%04X>' "$1"; fi
  replaced+=$mark
}

# JSON has \u for 16 bits, and a pair of them for more; for what is no text it has nothing.
write_for_json() { # CODE, with $replaced
  local mark='\ufffd'
  if (($1 > 65535)); then
    printf -v mark '\\u%04x\\u%04x' "$((0xd800 | ($1 - 65536) >> 10))" "$((0xdc00 | ($1 - 65536) & 1023))"
  elif (($1 >= 0)); then
    printf -v mark '\\u%04x' "$1"
  fi
  replaced+=$mark
}

# ---- output: everything a person or a tool reads ---------------------------------------------

bold='' red='' green='' yellow='' dim='' plain=''

use_colors() {
  [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb && -z $no_color && -z $json ]] || return 0
  bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' yellow=$'\e[33m' dim=$'\e[2m' plain=$'\e[0m'
}

# What goes to a person: TEXT, or a FORMAT of printf's with the script's own colours in it and a text for each %s. Words stand in texts.
fill() { # TEXT | FORMAT TEXT... -> $filled
  local format='%s' text shown
  local -a texts=()
  if (($# > 1)); then
    format=$1
    shift
  fi
  for text in "$@"; do
    shown=$text
    [[ $text != *[^\ -~]* ]] || visible "$text"
    spoken
    texts+=("$shown")
  done
  # shellcheck disable=SC2059 # the format is the script's own
  printf -v filled "$format" "${texts[@]}" # never empty
}

# A reader that went away (a closed pipe) must not stop a change half way.
say() { # TEXT | FORMAT TEXT...
  [[ $quiet || $json ]] || tell "$@"
}

# What is said with --quiet as well.
tell() { # TEXT | FORMAT TEXT...
  local filled
  fill "$@"
  printf '%s\n' "$filled" 2>/dev/null || :
}

# A line of a file's text, whose tabs stay.
tell_line() { # LINE [COLOR]
  local shown
  visible "$1" $'\t'
  printf '%s\n' "${2-}$shown${2:+$plain}" 2>/dev/null || :
}

# Further lines of a text are set in, so that none passes for a message of its own.
complain() { # TEXT...
  local text in
  for text in "$@"; do
    in=''
    while :; do
      tell "%s: $in%s" "$script" "${text%%$'\n'*}" >&2
      [[ $text == *$'\n'* ]] || break
      text=${text#*$'\n'} in='  '
    done
  done
}

# Ends the run: what is wrong, and what to do about it.
die() { # EXIT-CODE MESSAGE [REMEDY...]
  local code=$1
  shift
  complain "$@"
  log "exit $code: $1"
  event error code "$code" message "$1"
  exit "$code"
}

events='' report_to='' report_descriptor='' unreported='' # is there anybody to tell events: with --json, and with --report, whose file is open

# One JSON object on a line of its own, with the time.
event() { # NAME KEY VALUE...
  local now
  [[ $events ]] || return 0
  [[ $run_id ]] || begin_run || complain "--report: ${unreported%%$'\n'*}"
  # RFC 3339 has a colon in the offset.
  printf -v now '%(%Y-%m-%dT%H:%M:%S%z)T' -1
  put_event "${now%??}:${now:(-2)}" "$@"
}

put_event() { # TIME NAME KEY VALUE...
  local line quoted now=$1
  shift
  json_string "$1"
  line="{\"event\":$quoted"
  shift
  while (($# > 1)); do
    json_string "$1"
    line+=,$quoted:
    if [[ $2 =~ ^(0|[1-9][0-9]{0,14})$ ]]; then
      line+=$2
    else
      json_string "$2"
      line+=$quoted
    fi
    shift 2
  done
  line+=",\"time\":\"$now\"}"
  [[ -z $json ]] || printf '%s\n' "$line" 2>/dev/null || :
  [[ -z $report_descriptor ]] || write_report "$line"
}

declare -A count=([ok]=0 [changed]=0 [pending]=0 [failed]=0 [kept]=0)

# The one line of a resource.
report() { # RESULT KIND NAME [DETAIL]
  local result=$1 kind=$2 name=$3 detail=${4:-} color=$dim padded
  count[$result]=$((${count[$result]:-0} + 1))
  # Most lines are such, and each command counts where there are thousands of them.
  if [[ $result == ok && $speaks_english && -z $events$quiet && $kind$name$detail != *[^\ -~]* ]]; then
    printf '%s%-8s%s %s %s%s\n' "$dim" ok "$plain" "$kind" "$name" "${detail:+  ($detail)}" 2>/dev/null || :
    return 0
  fi
  [[ $result == ok || $mutating != yes ]] || log "$result $kind $name${detail:+ ($detail)}"
  event resource host "$host" result "$result" kind "$kind" name "$name" detail "$detail"
  [[ -z $json ]] || return 0
  case $result in
    changed | pending | kept) color=$yellow ;;
    failed) color=$red ;;
  esac
  printf -v padded '%-8s' "$result"
  set -- "$color$padded$plain %s %s" "$kind" "$name${detail:+  ($detail)}"
  if [[ $result == failed ]]; then tell "$@" >&2; else say "$@"; fi
}

# The closing line: `director lvs1: ok=12 changed=3 failed=0`.
closed_with='' # the closing line, where a command came to it

closing() { # COUNTER...
  local line="$role $host:" name
  local -a pairs=()
  for name in "$@"; do
    line+=" $name=${count[$name]}"
    pairs+=("$name" "${count[$name]}")
  done
  # shellcheck disable=SC2034 # programs that log nothing ask nobody for it
  closed_with=$line
  log "$line"
  event summary command "$command" cluster "$cluster" role "$role" host "$host" "${pairs[@]}" # never empty
  say "$bold%s$plain" "$line"
}

log_descriptor='' # of the open log; log_open is what opens it

log() { # LINE
  local now shown
  [[ $log_descriptor ]] || return 0
  printf -v now '%(%Y-%m-%dT%H:%M:%S%z)T' -1
  visible "$1"
  { printf '%s %s[%s] %s\n' "$now" "$role" "$$" "$shown" >&"$log_descriptor"; } 2>/dev/null || :
}

# The one door to what changes something: each change is in the log. Its output is kept for the message of a failure.
run() { # COMMAND...
  run_as "$*" "$@"
}

# The same for a function, or where a path is a descriptor: WHAT is how a person reads it.
run_as() { # WHAT COMMAND...
  local what=$1 status=0
  shift
  output=''
  log "run: $what"
  output=$("$@" 2>&1 </dev/null) || status=$?
  ((status)) || return 0
  failure="$what (exit code $status)"
  [[ -z $output ]] || failure+=$'\n'$output
  return 1
}

# The same where nothing depends on its success.
try() { # COMMAND...
  local failure=''
  run "$@" || log "failed: ${failure//$'\n'/: }"
}

# ---- words: a text that is a list, as an array; and a text as its lines
#
# What stands behind <<< is a file in a temporary directory, or from bash 5.1 on a pipe, of which bash reads a byte a call. Its own splitting of
# words needs neither, with `set -f` so that no word is matched against file names.

split_words() { # TEXT -> ${words[@]}
  if [[ $1 == *$odd_in_words* ]]; then
    read -r -d '' -a words <<<"$1" || :
  else
    set -f
    # shellcheck disable=SC2206 # it is to be split
    words=($1)
    set +f
  fi
}

# Bash itself marks with these what it must not split.
odd_in_words=[$'\1\177']

# A long text is made longer than a pipe holds, 64 KiB: then it is a file, which bash reads by blocks.
printf -v no_pipe '%65536s' ''

# Without room for such a file another process writes it. Where that cannot be either there is no answer, which must not pass for an
# empty one.
split_lines() { # TEXT -> ${text_lines[@]}: one at least
  # shellcheck disable=SC2034,SC2206 # in fetch and in the client's test nobody asks for it; it is to be split
  if ((${#1} < 16384)) && [[ $1 && $1 != $'\n'* && $1 != *$'\n' && $1 != *$'\n\n'* && $1 != *$odd_in_words* ]]; then
    # No line is empty.
    local IFS=$'\n'
    set -f
    text_lines=($1)
    set +f
  elif ((${#1} < 16384)); then
    mapfile -t text_lines 2>/dev/null <<<"$1"
  else
    mapfile -s 1 -t text_lines 2>/dev/null <<<"$no_pipe"$'\n'"$1"
  fi || {
    text_lines=()
    mapfile -t text_lines < <(printf '%s\n' "$1")
    ((${#text_lines[@]} > 0))
  } || die_without_room
}

die_without_room() {
  die 1 "no temporary file can be written in ${TMPDIR:-/tmp}, nor in /tmp" "Make room there: df -h ${TMPDIR:-/tmp}"
}

# ---- what people read, in their language. Scripts of a description in another one have a file of their own in this one's place. ----

speaks_english=1

# What $shown is in the language of whoever looks at it: English.
spoken() { # with $shown
  :
}

# Prints a text in lines of up to 80 columns, broken between words: the first line after FIRST, the others after REST.
print_text() { # FIRST REST TEXT
  local line=$1 in=$2 word
  local -a words=()
  split_words "$3"
  line+=${words[0]-}
  for word in ${words[@]+"${words[@]:1}"}; do
    if ((${#line} + ${#word} < 80)); then
      line+=" $word"
    else
      printf '%s\n' "$line"
      line=$in$word
    fi
  done
  printf '%s\n' "$line"
}

# ---- program: its commands and options as rows, and how it begins -----------------------------------------------
#
# What --help says, what a command line may have and what is called for it come from the rows of `offer` and `accept`, which stand
# beside the functions that they are about. A program has three functions besides: `introduce` and `conclude`, which print what
# --help says before and after the rows, and `program`, which is called when the command line was read.

command=''  # the one that is meant where none is named
operands=() # what follows it
json='' quiet='' no_color=''

commands=()                # in the order in which --help tells of them
declare -A command_has=()  # `COMMAND TRAIT` -> 1
declare -A command_text=() # COMMAND -> what it does
declare -A operand_of=()   # COMMAND -> the operand that it takes

# The command NAME is the function NAME_command. It `shows` what the script holds, without root and wherever it runs; or it `reads`
# this host, without the lock; or it changes something. What it prints may be `plain`: for others to read as it is, and no run's. Options that only some commands take are named as well.
offer() { # `NAME [OPERAND]` TEXT TRAIT...
  local name=${1%% *} trait
  commands+=("$name")
  command_text[$name]=$2
  [[ $1 == "$name" ]] || operand_of[$name]=${1#* }
  shift 2
  for trait in "$@"; do command_has["$name $trait"]=1; done
}

options=()                    # in the order in which --help tells of them
declare -A option_text=()     # OPTION -> what it does
declare -A option_value=()    # OPTION -> the value that it takes
declare -A option_variable=() # OPTION -> where that goes, or 1 where it takes none
declare -A option_check=()    # OPTION -> the function CHECK_value, which looks at it and may write it another way
declare -A same_option=([-q]=--quiet [--no-colour]=--no-color [-h]=--help [-V]=--version)

# Where there is no VARIABLE, CHECK_value keeps the value.
accept() { # `OPTION [VALUE]` [VARIABLE][:CHECK] TEXT
  local name=${1%% *}
  options+=("$name")
  option_text[$name]=$3
  option_variable[$name]=${2%%:*}
  [[ $1 == "$name" ]] || option_value[$name]=${1#* }
  [[ $2 != *:* ]] || option_check[$name]=${2#*:}_value
}

usage() {
  local name first rest
  introduce
  printf -v rest '%19s' ''
  ((${#commands[@]} == 0)) || { printf '\n' && print_text '' '' Commands; }
  for name in ${commands[@]+"${commands[@]}"}; do
    printf -v first '  %-16s ' "$name${operand_of[$name]:+ ${operand_of[$name]}}"
    print_text "$first" "$rest" "${command_text[$name]}"
  done
  printf -v rest '%23s' ''
  printf '\n'
  print_text '' '' Options
  for name in "${options[@]}"; do # never empty
    printf -v first '  %-20s ' "$name${option_value[$name]:+ ${option_value[$name]}}"
    print_text "$first" "$rest" "${option_text[$name]}"
  done
  printf '  --help, --version\n\n'
  conclude
}

version() {
  printf '%s: cluster %s, role %s, lvsgen %s, format %s, runtime %s, sha256 %s\n' \
    "$script" "$cluster" "$role" "$lvsgen_version" "$lvsgen_format" "$lvsgen_runtime" "$lvsgen_sum"
}

bad_usage() { # MESSAGE
  complain "$1" "See: bash $script --help"
  exit 64
}

in_range() { # OPTION LOWEST HIGHEST, with $value
  if [[ ! $value =~ ^[0-9]{1,6}$ ]] || ((10#$value < $2 || 10#$value > $3)); then
    bad_usage "$1 takes a whole number from $2 to $3, not '$value'"
  fi
  value=$((10#$value))
}

seconds_value() { # OPTION
  in_range "$1" 0 999999
}

existing_value() { # OPTION
  [[ -d $value ]] || bad_usage "$1: no directory $value"
}

parse_options() {
  local argument name rest=''
  local -a options_given=() rest_words=()
  while (($#)); do
    argument=$1
    shift
    if [[ $rest || $argument != -* ]]; then
      rest_words+=("$argument")
      continue
    fi
    name=${argument%%=*}
    name=${same_option[$name]:-$name}
    case $name in
      --)
        [[ $argument == -- ]] || bad_usage "unknown option $argument"
        rest=1
        ;;
      --help | --version)
        [[ $argument != *=* ]] || bad_usage "$name takes no value"
        if [[ $name == --help ]]; then usage; else version; fi
        exit 0
        ;;
      *)
        if takes_next "$name" "$argument" "$@"; then shift; fi
        options_given+=("$name")
        ;;
    esac
  done
  choose_command ${rest_words[@]+"${rest_words[@]}"}
  for name in ${options_given[@]+"${options_given[@]}"}; do goes_with "$name"; done
}

# Sets what an option sets: `--to 3`, `--to=3` or `--diff`. Success where its value was the next argument.
takes_next() { # OPTION ARGUMENT NEXT...
  local value=1 next=''
  [[ ${option_text[$1]:-} ]] || bad_usage "unknown option $1"
  if [[ -z ${option_value[$1]:-} ]]; then
    [[ $2 != *=* ]] || bad_usage "$1 takes no value"
  elif [[ $2 == *=* ]]; then
    value=${2#*=}
  else
    (($# > 2)) || bad_usage "$1 needs a value"
    value=$3 next=1
  fi
  [[ $value ]] || bad_usage "$1 needs a value that is not empty"
  [[ -z ${option_check[$1]:-} ]] || "${option_check[$1]}" "$1"
  [[ -z ${option_variable[$1]} ]] || printf -v "${option_variable[$1]}" %s "$value"
  [[ $next ]]
}

choose_command() { # WORD...
  if ((${#commands[@]} == 0)); then
    (($# == 0)) || bad_usage "no arguments are taken, such as '$1'"
    return 0
  fi
  if (($#)); then
    command=$1
    shift
  fi
  operands=("$@")
  [[ $command != help ]] || { usage && exit 0; }
  [[ $command && ${command_text[$command]:-} ]] || bad_usage "unknown command '$command'; there are: ${commands[*]}" # never empty
  if [[ ${operand_of[$command]:-} ]]; then
    (($# == 1)) || bad_usage "$command takes one argument, ${operand_of[$command]}, not $#"
  else
    (($# == 0)) || bad_usage "$command takes no argument, such as '$1'"
  fi
}

goes_with() { # OPTION
  local taking
  suits "$command" "$1" || bad_usage "$1 goes with $taking, not with $command"
}

# An option that some commands name goes with these alone.
suits() { # COMMAND OPTION -> $taking, the commands that name it
  local name
  taking=''
  for name in ${commands[@]+"${commands[@]}"}; do
    [[ -z ${command_has["$name $2"]:-} ]] || taking+=${taking:+, }$name
  done
  [[ -z $taking || ${command_has["$1 $2"]:-} ]]
}

search_path=/usr/sbin:/usr/bin:/sbin:/bin file_mask=022

main() {
  local shown
  set -Eeuo pipefail
  shopt -s extglob
  unset -v CDPATH GLOBIGNORE GREP_OPTIONS POSIXLY_CORRECT
  export LC_ALL=C PATH=$search_path
  umask "$file_mask"
  script_path=${BASH_SOURCE[0]}
  visible "${script_path##*/}"
  script=$shown
  parse_options "$@"
  events=${json:+1}${report_to:+1}
  use_colors
  trap 'on_error "$LINENO" "$BASH_COMMAND"' ERR
  trap 'finish "$?"' EXIT
  trap '' PIPE
  program ${operands[@]+"${operands[@]}"}
}

# ---- program: how it ends -------------------------------------------------------------------------------------------

at_end=() # functions that are called however the program ends, each once
declare -A is_at_end=()

finally() { # FUNCTION
  [[ -z ${is_at_end[$1]:-} ]] || return 0
  at_end+=("$1") is_at_end[$1]=1
}

# What was asked for last is done first. The exit code stays what it is.
finish() { # EXIT-CODE
  local code=$1 i
  trap - ERR
  # Who is in a hurry ends what runs, and not the list of what is left to do.
  trap : INT TERM HUP
  set +e
  for ((i = ${#at_end[@]} - 1; i >= 0; i--)); do "${at_end[i]}"; done
}

after_error='' # what there is to do about an error of the script's own

on_error() { # LINE COMMAND
  trap - ERR
  complain "internal error in line $1: $2" ${after_error:+"$after_error"}
  log "internal error in line $1: $2"
  exit 1
}

# A signal ends a program with what its function `ended` says. Where it comes just before bash 5.2 reads the inside of a `$(`, that takes
# the trap for a part of it: without a parenthesis that closes it, the trap would be an error of syntax, and the signal lost. Elsewhere
# the first line ends the program, and the second is never read.
end_on_signals() {
  local close=$'\n)'
  trap 'on_signal INT 130'"$close" INT
  trap 'on_signal TERM 143'"$close" TERM
  trap 'on_signal HUP 129'"$close" HUP
}

on_signal() { # NAME CODE
  trap '' INT TERM HUP
  # It may have come while words were split.
  set +f
  IFS=$' \t\n'
  ended "ended by SIG$1"
  log "ended by SIG$1"
  exit "$2"
}

# ---- options: the command line ---------------------------------------------------------------

command=test mutating='' host=''
wanted_requests='' wanted_timeout='' wanted_services=()
run_seconds=1800

# As whoever runs it has it, for it changes nothing; and nobody else's to read.
search_path=$PATH:/usr/sbin:/sbin file_mask=077

offer test 'ask every service: who answers, in which shares, and who answers ARP for the VIPs (default)'
offer list 'what is asked and what is expected; asks nothing'

accept '--requests N' wanted_requests:requests 'so many requests for each service (default: by its scheduler and real servers)'
accept '--service NAME' :service 'only this service; give it once for each'
accept '--timeout SECONDS' wanted_timeout:timeout 'wait so long for each answer (default: as described)'
accept '--deadline SECONDS' run_seconds:deadline 'end after so long, whatever is asked (default: 1800); each service and address gets its share'
accept '--during SECONDS' during_seconds:during 'ask all the while for so long, and tell the longest time without an answer: pull a plug meanwhile'
accept '--gap SECONDS' longest_allowed:gap 'with --during: a longer time without an answer is a fault (default: 5)'
accept --json json 'one JSON object per line'
accept --quiet quiet 'only failures and the closing line'
accept --no-color no_color 'no colours (as the NO_COLOR variable)'

introduce() {
  print_text '' '' "$script: asks the services of the LVS cluster $cluster from outside, as their clients do"
  printf '\n'
  print_text '' '' "Usage: bash $script [COMMAND] [OPTIONS]"
}

conclude() {
  print_text '' '' 'Needs bash and curl; root and arping for the question who answers ARP, which is skipped without them. Changes nothing.
    The output is TAP: a line for each thing tested, "ok" or "not ok".'
  printf '\n'
  print_text '' '' 'Exit codes: 0 no fault; 1 a fault found; 64 usage; 69 something this machine lacks.'
}

requests_value() { # OPTION
  in_range "$1" 1 100000
}

timeout_value() { # OPTION
  in_range "$1" 1 3600
}

deadline_value() { # OPTION
  in_range "$1" 1 604800
}

during_value() { # OPTION
  in_range "$1" 1 3600
}

gap_value() { # OPTION
  in_range "$1" 1 3600
}

service_value() { # OPTION
  wanted_services+=("$value")
}

# For `completion`.
option_service_words() { # -> ${candidates[@]}
  candidates=(${service_names[@]+"${service_names[@]}"})
}

# Which services are tested: all, or those named.
select_services() { # -> $selected, their numbers
  local name i found
  selected=()
  for ((i = 0; i < ${#service_names[@]}; i++)); do
    ((${#wanted_services[@]} == 0)) && selected+=("$i")
  done
  for name in ${wanted_services[@]+"${wanted_services[@]}"}; do
    found=''
    for ((i = 0; i < ${#service_names[@]}; i++)); do
      [[ ${service_names[i]} != "$name" ]] || found=$i
    done
    [[ $found ]] || bad_usage "--service: no service '$name'; there are: ${service_names[*]+${service_names[*]}}"
    [[ " ${selected[*]+${selected[*]}} " == *" $found "* ]] || selected+=("$found")
  done
}

# ---- run: which run this is, for whoever reads its events, and --report ------------------------------------------
#
# The first event says who tells (`run`), the last ones how this host stands and how the run ended (`end`). docs/status.md has them all.

run_id='' run_began=0 report_path='' report_lost=''

# By its own arithmetic: what printf makes of TZ is not the same in every bash.
utc_now() { # -> $utc, as 2026-01-31T23:59:59+00:00, and $seconds since 1970
  local day rest era year_of_era year day_of_year month
  printf -v seconds '%(%s)T' -1
  day=$((seconds / 86400 + 719468)) rest=$((seconds % 86400))
  era=$((day / 146097)) day=$((day % 146097))
  year_of_era=$(((day - day / 1460 + day / 36524 - day / 146096) / 365))
  day_of_year=$((day - (365 * year_of_era + year_of_era / 4 - year_of_era / 100)))
  # Of a year that begins in March.
  month=$(((5 * day_of_year + 2) / 153)) day=$((day_of_year - (153 * month + 2) / 5 + 1))
  year=$((year_of_era + era * 400 + month / 10)) month=$(((month + 2) % 12 + 1))
  printf -v utc '%04d-%02d-%02dT%02d:%02d:%02d+00:00' "$year" "$month" "$day" "$((rest / 3600))" "$((rest % 3600 / 60))" "$((rest % 60))"
}

# Before anything else is told. Fails with $unreported where there is no place for the report.
begin_run() {
  local utc seconds uptime='' rest status=0
  [[ $events && -z $run_id ]] || return 0
  utc_now
  run_began=$seconds
  # The number tells runs apart; and nobody guesses the name of a file that has it.
  IFS= read -r run_id </proc/sys/kernel/random/uuid || run_id=$utc-$$
  # Two runs may begin in one second.
  read -r uptime rest </proc/uptime || :
  [[ -z $report_to ]] || open_report || status=1
  finally end_run
  # Uncaught, a signal would end the run with the code of the command before it.
  end_on_signals
  put_event "$utc" run run "$run_id" host "$host" machine "${HOSTNAME:-}" undescribed "${undescribed:-}" role "$role" cluster "$cluster" command "$command" \
    bundle "$lvsgen_sum" runtime "$lvsgen_runtime" lvsgen "$lvsgen_version" format 1 \
    root "${root:-}" only "${only:-}" dry_run "${dry_run:-}" uptime "$uptime"
  return "$status"
}

# Where a report is asked for and cannot be written, nothing is begun.
begin_reported_run() {
  if [[ ${command_has["$command plain"]:-} ]]; then
    [[ -z $report_to ]] || bad_usage "--report does not go with $command"
    return 0
  fi
  begin_run || die 69 "--report: ${unreported%%$'\n'*}" "${unreported#*$'\n'}" 'Nothing was done.'
}

end_run() { # with $code
  local kind utc seconds
  local -a words=()
  if is_standing; then
    tell_standing
    split_words "${all_kinds:-}"
    for kind in ${words[@]+"${words[@]}"}; do
      ! declare -F "${kind}_stands" >/dev/null || "${kind}_stands"
    done
  fi
  utc_now
  # (A clock that was set back meanwhile.)
  ((seconds >= run_began)) || seconds=$run_began
  event end code "$code" seconds "$((seconds - run_began))"
  close_report
}

# Has a role's script got so far that it knows where its state is?
is_standing() {
  [[ ${state_dir:-} ]] && declare -F tell_standing >/dev/null
}

# ---- --report --------------------------------------------------------------------------------------------------

accept '--report FILE|DIR' report_to:report 'write the objects of --json to this new file as well, or to a new one in this folder'

report_value() { # OPTION
  local folder=.
  [[ ! -d $value ]] || return 0
  [[ ! -e $value && ! -L $value ]] || bad_usage "$1: $value is there already, and a report takes no file's place: name a new one, or a folder"
  [[ $value != */* ]] || folder=${value%/*}
  [[ $value != */ && -d ${folder:-/} ]] || bad_usage "$1: no directory ${folder:-/}"
}

# A new file, which only this user reads, in the very directory that was looked at. Where others can write there too, its name has a
# number that nobody can guess: nothing can lie there in wait for it. -> $report_descriptor, or $unreported: what, and what to do
open_report() {
  local folder=$report_to name='' opened at mask remedy='Name another folder.'
  report_lost=1
  if [[ ! -d $folder ]]; then
    name=${report_to##*/}
    if [[ $report_to == */* ]]; then folder=${report_to%/*}; else folder=.; fi
  fi
  folder=${folder:-/}
  { exec {opened}<"$folder/."; } 2>/dev/null || { unreported="cannot open the folder $folder"$'\n'$remedy && return 1; }
  at=/proc/self/fd/$opened
  name_report || { exec {opened}<&- && return 1; }
  report_path=${folder%/}/$name
  mask=$(umask)
  umask 077
  set -o noclobber
  { exec {report_descriptor}>"$at/$name"; } 2>/dev/null || report_descriptor=''
  set +o noclobber
  umask "$mask"
  exec {opened}<&-
  [[ $report_descriptor && -f /proc/self/fd/$report_descriptor ]] || { report_descriptor='' unreported="cannot write $report_path"$'\n'$remedy && return 1; }
  report_lost=''
  # A limit of files' size is an error of the write, and not the end of this run.
  trap '' XFSZ
}

name_report() { # with $at, $folder and $utc -> $name
  local mode uid time=${utc%+*} who=${host:-${HOSTNAME:-}} shared='' taken=1
  IFS=: read -r mode uid < <(stat --printf '%a:%u\n' -- "$at/." 2>/dev/null || :) || { unreported="cannot read the rights of $folder"$'\n'$remedy && return 1; }
  # Whoever has called sudo is no other.
  [[ $uid == 0 || $uid == "$EUID" || $uid == "${SUDO_UID:-}" ]] || shared=1
  (((8#0${mode//[!0-7]/} & 8#022) == 0)) || shared=1
  if [[ $name ]]; then
    [[ -e $at/$name || -L $at/$name ]] || taken=''
    [[ $shared || $taken ]] || return 0
    unreported="$report_to is there already"$'\n'$remedy
    [[ $taken ]] || unreported="others can write to $folder, where they could have put something in the place of ${name}"$'\n''Name the folder alone: the file gets a name there that nobody can guess.'
    return 1
  fi
  who=${who//[!A-Za-z0-9._-]/_}
  name=${who/#[.-]/_}-$role-$command-${time//[-:]/}Z
  [[ -z $shared && ! -e $at/$name.jsonl && ! -L $at/$name.jsonl ]] || name+=-$run_id
  name+=.jsonl
}

# What was changed stays changed, whatever becomes of the report: it is told that it breaks off, and the exit code is the command's.
write_report() { # LINE
  ! { printf '%s\n' "$1" >&"$report_descriptor"; } 2>/dev/null || return 0
  exec {report_descriptor}>&-
  report_descriptor='' report_lost=1 events=$json
  complain "the report $report_path breaks off: it cannot be written any more (a full disk?)" 'What this run does and says is not touched by that.'
}

close_report() {
  [[ -z $report_to || $report_lost ]] || say "report: $report_path"
  [[ -z $report_descriptor ]] || exec {report_descriptor}>&-
  report_descriptor=''
}

# ---- completion: what bash offers behind this script's name ------------------------------------------------------------
#
# `completion` prints functions and words for an interactive shell: those whose names begin with _lvsgen_, as they stand here, and one that
# is made of the rows of `offer` and `accept`. The words behind an option, or a command, come from `option_NAME_words` and
# `command_NAME_words` where a program has such a function: it sets `candidates`, or `code` that does so when somebody asks.

offer completion 'print completion for bash, to be read so: source <(bash FILE completion)' shows plain

completion_command() {
  local name answers=_lvsgen_${cluster//-/_}_$role function
  printf '# Completion for bash. Read it into a shell: source <(bash %s completion)\n' "$script"
  printf 'declare -gA _lvsgen_scripts\n'
  while IFS= read -r function; do declare -f "$function"; done < <(compgen -A function _lvsgen_ || :)
  print_answers "$answers"
  printf '_lvsgen_register %q %s\n' "${script_path##*/}" "$answers"
}

print_answers() { # FUNCTION
  local name option taking
  local -a candidates
  printf '%s () \n{ \n    case "$*" in\n' "$1"
  candidates=("${commands[@]}") # never empty
  print_answer commands
  candidates=("${options[@]}" --help --version) # never empty
  print_answer 'options '
  for name in "${commands[@]}"; do # never empty
    candidates=()
    for option in "${options[@]}"; do # never empty
      ! suits "$name" "$option" || candidates+=("$option")
    done
    candidates+=(--help --version)
    print_answer "options $name"
  done
  for option in "${options[@]}"; do # never empty
    [[ -z ${option_value[$option]:-} ]] || find_answer "value $option" "option_${option#--}" "${option_value[$option]}"
  done
  for name in "${commands[@]}"; do # never empty
    [[ -z ${operand_of[$name]:-} ]] || find_answer "operand $name" "command_$name" "${operand_of[$name]}"
  done
  printf '        *) return 1 ;;\n    esac\n}\n'
}

find_answer() { # QUESTION FUNCTION WHAT: as --help calls it
  local code=''
  local -a candidates=()
  if declare -F "${2//-/_}_words" >/dev/null; then
    "${2//-/_}_words"
  elif [[ $3 == ?(FILE\|)DIR ]]; then
    code='directories=1'
  fi
  [[ $3 != *,... ]] || code+=${code:+ }several=1
  print_answer "$1" "$code"
}

print_answer() { # QUESTION [CODE], with ${candidates[@]}
  local word quoted list=''
  for word in ${candidates[@]+"${candidates[@]}"}; do
    printf -v quoted %q "$word"
    list+=${list:+ }$quoted
  done
  printf "        '%s') candidates=(%s)%s ;;\n" "$1" "$list" "${2:+; $2}"
}

# ---- of the interactive shell: nothing here is called by the script, and nothing of the script's is called here --------

declare -A _lvsgen_scripts=() # NAME of a script -> the function that answers for it

# Behind `bash SCRIPT`, too. Whoever completes `sudo` asks here in turn, as the package bash-completion does, which is asked for a
# command when that is first completed (-D); sudo is completed here where nobody does.
_lvsgen_register() { # SCRIPT FUNCTION
  local spec
  _lvsgen_scripts[$1]=$2
  complete -F _lvsgen_complete -- "$1"
  spec=$(complete -p bash 2>/dev/null) || :
  if [[ $spec != *' -F _lvsgen_complete '* ]]; then
    _lvsgen_former='' # the function that completed it before
    if [[ $spec == *' -F '* ]]; then _lvsgen_former=${spec##* -F } _lvsgen_former=${_lvsgen_former%% *}; fi
    complete -F _lvsgen_complete bash
  fi
  if ! complete -p sudo >/dev/null 2>&1 && ! complete -p -D >/dev/null 2>&1; then complete -F _lvsgen_complete sudo; fi
}

# By the line and not by COMP_WORDS, for readline has words end at = and : as well.
_lvsgen_complete() { # COMMAND WORD FORMER-WORD -> ${COMPREPLY[@]}
  local IFS=$' \t\n' line=${COMP_LINE:0:COMP_POINT} answers='' command='' option='' rest='' several='' directories=''
  local lead='' known='' current word name broken i behind=0
  local -a words=() candidates=()
  COMPREPLY=()
  read -r -a words <<<"$line" || :
  [[ $line != *[[:blank:]] ]] || words+=('')
  for ((i = 0; i < ${#words[@]} - 1; i++)); do
    name=${words[i]##*/}
    case $name in
      sudo | bash | -*) continue ;;
      ?*) answers=${_lvsgen_scripts[$name]:-} ;;
    esac
    break
  done
  if [[ -z $answers ]]; then
    if [[ ${1##*/} == bash && ${_lvsgen_former:-} ]] && declare -F "$_lvsgen_former" >/dev/null; then
      "$_lvsgen_former" "$@"
      return
    fi
    compopt -o bashdefault -o default 2>/dev/null || :
    return 0
  fi
  for ((i++; i < ${#words[@]} - 1; i++)); do
    word=${words[i]}
    if [[ $option ]]; then
      option=''
    elif [[ $rest || $word != -* ]]; then
      if [[ $command ]]; then behind=$((behind + 1)); else command=$word; fi
    elif [[ $word == -- ]]; then
      rest=1
    elif "$answers" value "$word"; then
      option=$word
    fi
  done
  candidates=() several='' directories='' current=${words[${#words[@]} - 1]}
  if [[ $option ]]; then
    "$answers" value "$option" || :
  elif [[ -z $rest && $current == -*=* ]]; then
    lead=${current%%=*}= current=${current#*=}
    "$answers" value "${lead%=}" || :
  elif [[ -z $rest && $current == -* ]]; then
    "$answers" options "$command" || :
  elif [[ -z $command ]]; then
    "$answers" commands || :
  elif ((behind == 0)); then
    "$answers" operand "$command" || :
  fi
  if [[ $several && $current == *,* ]]; then
    lead+=${current%,*}, known=,${current%,*}, current=${current##*,}
  fi
  if [[ $directories ]]; then
    compopt -o filenames 2>/dev/null || :
    while IFS= read -r word; do candidates+=("$word"); done < <(compgen -d -- "$current" || :)
  fi
  # readline replaces only what stands behind the last character at which it breaks words.
  word=$lead$current
  broken=${word%"${word##*["${COMP_WORDBREAKS-}"]}"}
  for word in ${candidates[@]+"${candidates[@]}"}; do
    if [[ $word == "$current"* && $known != *",$word,"* ]]; then
      [[ $directories || $word != *[!A-Za-z0-9_./:@%+=-]* ]] || printf -v word %q "$word"
      word=$lead$word
      COMPREPLY+=("${word#"$broken"}")
    fi
  done
}

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

# ---- results: TAP 13 for people and test harnesses, or JSON -----------------------------------

number=0
declare -A tally=([ok]=0 [failed]=0 [skipped]=0)

# How many points there will be: known before the first request, so that a run that broke off is seen.
plan() { # COUNT
  event plan cluster "$cluster" tests "$1"
  say 'TAP version 13'
  say "1..$1"
}

# The one line of a point.
point() { # ok|failed|skipped SERVICE DESCRIPTION [REASON]
  local result=$1 description="$2: $3" reason=${4:-}
  number=$((number + 1))
  tally[$result]=$((${tally[$result]} + 1))
  event test number "$number" result "$result" service "$2" description "$3" reason "$reason"
  [[ -z $json ]] || return 0
  # A bare # would begin a directive.
  description=${description//\\/\\\\} description=${description//#/\\#}
  case $result in
    ok) say "${green}ok$plain %s - %s" "$number" "$description" ;;
    skipped) say "${yellow}ok$plain %s - %s # SKIP %s" "$number" "$description" "$reason" ;;
    *) tell "${red}not ok$plain %s - %s" "$number" "$description" ;;
  esac
}

# What is good to know.
note() { # TEXT...
  local line
  for line in "$@"; do
    event note message "$line"
    say "$dim# %s$plain" "$line"
  done
}

# What belongs to a failure, and is said with --quiet as well.
because() { # TEXT...
  local line
  for line in "$@"; do
    event diagnostic message "$line"
    [[ $json ]] || tell '#   %s' "$line"
  done
}

# What limits what this test says, and is said with --quiet as well.
warning() { # TEXT
  event warning message "$1"
  [[ $json ]] || tell "$yellow# %s$plain" "$1"
}

summary() {
  local line="client-test: ok=${tally[ok]} failed=${tally[failed]} skipped=${tally[skipped]}"
  event summary command test cluster "$cluster" role "$role" ok "${tally[ok]}" failed "${tally[failed]}" skipped "${tally[skipped]}"
  if [[ $json ]]; then
    return 0
  elif [[ $quiet ]]; then
    tell "$line"
  else
    say "# $bold%s$plain" "$line"
  fi
}

# ---- one request: each over a connection of its own -------------------------------------------

# Of what a server sends, so much is kept, in KiB; the page of a health check never has as much. Of its headers, so
# much is looked at, in bytes.
most_kept=16384
most_headers=65536
curl_extra=()
share_end=0 share_seconds=0

# A path with /../ in it is sent as it is, where curl can do that (7.42).
prepare_curl() {
  local option=--path-as-is
  ! curl -q "$option" --version >/dev/null 2>&1 || curl_extra=("$option")
}

# Authorities of the description stand alone: an empty directory takes the place of the machine's own.
keep_authorities() {
  local number
  ((${#authority_texts[@]} > 0)) || return 0
  mkdir -- "$work/no-authorities"
  for number in "${!authority_texts[@]}"; do # never empty
    printf '%s' "${authority_texts[number]}" >"$work/authority.$number"
  done
}

# Where to send a request for a service, by the name that it is for, else by the address; a # is data here, not the
# start of a fragment.
url_of() { # SERVICE SCHEME ADDRESS PORT -> $url, $url_options
  local address=$3 host=${page_hosts[$1]} trusted=${page_trusts[$1]}
  url_options=()
  [[ $address != *:* ]] || address="[$address]"
  if [[ $host ]]; then
    url_options+=(--resolve "$host:$4:$3")
    address=$host
  fi
  url="$2://$address:$4${page_paths[$1]//#/%23}"
  [[ $2 == https ]] || return 0
  case $trusted in
    system) ;;
    none) url_options+=(-k) ;;
    *) url_options+=(--cacert "$work/authority.$trusted" --capath "$work/no-authorities") ;;
  esac
}

# How long the next question may take: no longer than what is left for all that this target is asked.
time_left() { # SECONDS -> $seconds
  seconds=$((share_end - SECONDS))
  ((seconds <= $1)) || seconds=$1
  ((seconds > 0))
}

# No .curlrc, no proxy, no globbing, no redirection followed, nothing unpacked; and no file grows beyond the limit, whatever
# length a server announces.
fetch() { # URL SECONDS, with $url_options -> $curl_code $status $curl_error; the answer is in $work
  local seconds
  : >"$work/body"
  : >"$work/head"
  status='' curl_code=0 curl_error=''
  time_left "$2" || { curl_code=28 curl_error='the time of this test is over' && return; }
  status=$(
    trap '' XFSZ
    ulimit -f "$most_kept" 2>/dev/null || :
    exec curl -q -s -S -g --noproxy '*' -A lvsgen-client-test -m "$seconds" ${curl_extra[@]+"${curl_extra[@]}"} \
      ${url_options[@]+"${url_options[@]}"} -o "$work/body" -D "$work/head" -w '%{http_code}' "$1" 2>"$work/error"
  ) || curl_code=$?
  IFS= read -r -n 300 curl_error <"$work/error" || :
}

# Whether it is the limit that curl could not write beyond.
is_cut_off() {
  local size
  while read -r size; do
    ((size < most_kept * 1024)) || return 0
  done < <(stat -c %s -- "$work/body" "$work/head" 2>/dev/null || :)
  return 1
}

# What is wrong with an answer: a class that hints go by, and words.
examine() { # SERVICE -> $fault $problem, both empty when nothing is
  local wanted=${page_statuses[$1]}
  fault='' problem=''
  if ((curl_code == 23)) && is_cut_off; then
    fault=endless problem="it sends more than $((most_kept / 1024)) MiB: cut off there"
  elif [[ $curl_error == *'Too large response headers'* ]]; then
    fault=endless problem='it sends headers without an end'
  elif ((curl_code != 0)); then
    problem="curl exit code $curl_code: ${curl_error#curl: (*) }"
    case $curl_code in
      7) fault=connect ;;
      28) fault=silence ;;
      51 | 60 | 77 | 83) fault=certificate ;;
      35 | 5[3489] | 66 | 8[02] | 9[01]) fault=tls ;;
      *) fault=broken ;;
    esac
  elif [[ $wanted == - && $status != [23]* || $wanted != - && $status != "$wanted" ]]; then
    fault=status problem="HTTP status $status instead of ${wanted/#-/2xx or 3xx}"
  elif [[ ${page_texts[$1]} ]] && ! body_has "${page_texts[$1]}"; then
    fault=text problem="the answer does not contain the text that the description wants"
  fi
}

# grep takes lines, and a text may have several: a line end is a \002 on both sides. A NUL, which no text has, ends a line.
body_has() { # TEXT
  local line_end=$'\002' text
  text=${1//$'\n'/"$line_end"}
  grep -qF -e "$text" <(tr '\n\0' '\002\n' <"$work/body" 2>/dev/null)
}

# A TCP connection, closed at once.
connect() { # ADDRESS PORT SECONDS -> $fault $problem
  local code=0 output seconds
  time_left "$3" || { fault=silence problem='the time of this test is over' && return; }
  fault='' problem=''
  # shellcheck disable=SC2016 # expanded by the inner shell
  output=$(timeout "$seconds" "$BASH" -c 'exec 3<>"/dev/tcp/$1/$2"' connect "$1" "$2" 2>&1) || code=$?
  problem=${output##*: }
  case $code in
    0) problem='' ;;
    124) fault=silence problem="no answer within $seconds s" ;;
    *)
      case $problem in
        *refused*) fault=refused ;;
        *unreachable* | *'No route'*) fault=unreachable ;;
        *timed\ out*) fault=silence ;;
        *) fault=broken ;;
      esac
      ;;
  esac
}

# A datagram. Nobody has to answer it: all that can be known is whether it is refused, or answered after all, be it by a NUL
# or by an empty datagram, which read takes for the end.
datagram() { # ADDRESS PORT -> $outcome: answered, refused or silence
  local code=0 output
  # shellcheck disable=SC2016 # expanded by the inner shell
  output=$(timeout 5 "$BASH" -c 'exec 3<>"/dev/udp/$1/$2" && printf "\n" >&3 && IFS= read -r -d "" -t 0.5 -n 1 -u 3 x' \
    datagram "$1" "$2" 2>&1) || code=$?
  case $code:$output in
    0:*) outcome=answered ;;
    1:) outcome=answered ;;
    1:*) outcome=refused ;;
    *) outcome=silence ;;
  esac
}

# ---- which real server answered: told by its answer -------------------------------------------

# $mark_kind is what tells them apart: `body`, the name of a header, or nothing. $owner_of has the server's number by
# the mark. A server whose mark is not known is in $unmarked.
declare -A owner_of=()
page_sum=() mark_kind='' unmarked=() asked_directly=''
# Headers by which servers name themselves, or that differ by file or version.
telling_headers='x-served-by x-backend-server x-backend x-server-name x-server-id x-server x-hostname x-host x-node via server etag'
most_asked=64

sum_of() { # FILE -> $sum
  sum=$(sha256sum <"$1")
  sum=${sum%% *}
}

header_of() { # FILE NAME -> $value, of the last header block
  local line key left=$most_headers
  value=''
  while ((left > 0)) && IFS= read -r -n 8192 line; do
    left=$((left - ${#line} - 1))
    key=${line%%:*}
    [[ ${key,,} != "$2" ]] || value=${line#*:}
  done <"$1"
  value=${value%$'\r'} value=${value# }
}

# What marks the last answer.
mark_of() { # -> $mark
  local sum value
  case $mark_kind in
    '') mark='' ;;
    body) sum_of "$work/body" && mark=$sum ;;
    *) header_of "$work/head" "$mark_kind" && mark=${value:+=$value} ;;
  esac
}

# Whose the last answer is.
recognise() { # -> $who, a server's number or nothing
  local mark
  who=''
  mark_of
  [[ $mark ]] || return 0
  who=${owner_of[$mark]:-}
}

# Asks a real server at its own address, twice: an answer that varies tells nothing.
ask_directly() { # SERVER SERVICE TARGET
  local k=$1 port=${server_ports[$1]} url sum first='' seconds=${service_timeouts[$2]} round
  local -a url_options=()
  ((seconds <= 2)) || seconds=2
  [[ $port != - ]] || port=${target_ports[$3]}
  url_of "$2" "${target_probes[$3]}" "${server_addresses[k]}" "$port"
  page_sum[k]=''
  for round in 1 2; do
    fetch "$url" "$seconds"
    ((curl_code == 0)) || return 0
    head -c "$most_headers" -- "$work/head" >"$work/head.$k.$round"
    sum_of "$work/body"
    [[ $first ]] || first=$sum
  done
  [[ $first != "$sum" ]] || page_sum[k]=$sum
}

# Whether every server that answers has a page of its own.
pages_tell() {
  local k
  owner_of=() unmarked=()
  for ((k = first_server; k < end_server; k++)); do
    if [[ -z ${page_sum[k]:-} ]]; then
      # A page that changes from one request to the next tells nothing.
      [[ ! -e $work/head.$k.2 ]] || return 1
      unmarked+=("$k")
    elif [[ ${owner_of[${page_sum[k]}]:-} ]]; then
      return 1
    else
      owner_of[${page_sum[k]}]=$k
    fi
  done
  ((${#owner_of[@]} > 0))
}

header_tells() { # NAME
  local k value first
  owner_of=() unmarked=()
  for ((k = first_server; k < end_server; k++)); do
    if [[ ! -e $work/head.$k.2 ]]; then
      unmarked+=("$k")
      continue
    fi
    header_of "$work/head.$k.1" "$1"
    first=$value
    header_of "$work/head.$k.2" "$1"
    [[ $value && $value == "$first" && -z ${owner_of["=$value"]:-} ]] || return 1
    owner_of["=$value"]=$k
  done
  ((${#owner_of[@]} > 0))
}

# Finds out by what the real servers of a service can be told apart: their described pages, else what they answer
# when they are asked at their own addresses.
learn_marks() { # SERVICE TARGET
  local k sum header asked=0 silent=0
  mark_kind='' page_sum=() asked_directly=''
  rm -f -- "$work"/head.*
  for ((k = first_server; k < end_server; k++)); do
    if [[ ${described_sum["$1 ${server_names[k]}"]:-} ]]; then
      page_sum[k]=${described_sum["$1 ${server_names[k]}"]}
    elif [[ ${described_page["$1 ${server_names[k]}"]:-} ]]; then
      printf '%s' "${described_page["$1 ${server_names[k]}"]}" >"$work/page"
      sum_of "$work/page"
      page_sum[k]=$sum
    fi
  done
  if ((${#page_sum[@]} < end_server - first_server)); then
    if ((end_server - first_server > most_asked)); then
      note "${service_names[$1]}: more than $most_asked real servers: they are not asked one by one what they answer"
    else
      for ((k = first_server; k < end_server; k++)); do
        [[ -z ${page_sum[k]:-} ]] || continue
        # Behind NAT none may be within reach: three silent ones are enough.
        ((asked < 3 || silent < asked)) || break
        ask_directly "$k" "$1" "$2"
        asked=$((asked + 1))
        [[ -e $work/head.$k.2 ]] || silent=$((silent + 1))
      done
    fi
  fi
  if pages_tell; then
    mark_kind=body
    return 0
  fi
  ((end_server - first_server <= most_asked && (asked == 0 || silent < asked))) || return 0
  learn_headers "$1" "$2"
}

learn_headers() { # SERVICE TARGET
  local k header
  local -a words=()
  for ((k = first_server; k < end_server; k++)); do
    [[ -e $work/head.$k.2 ]] || ask_directly "$k" "$1" "$2"
  done
  split_words "$telling_headers"
  for header in ${words[@]+"${words[@]}"}; do
    if header_tells "$header"; then
      mark_kind=$header
      return 0
    fi
  done
}

# An answer that nobody is known for: a page may have been changed on its server since it was described.
learn_changed_pages() { # SERVICE TARGET
  local k
  [[ $mark_kind == body && -z $asked_directly ]] || return 0
  asked_directly=1
  ((end_server - first_server <= most_asked)) || return 0
  cp -f -- "$work/body" "$work/unknown"
  for ((k = first_server; k < end_server; k++)); do
    [[ ! -e $work/head.$k.2 ]] || continue
    ask_directly "$k" "$1" "$2"
    [[ ${page_sum[k]} && -z ${owner_of[${page_sum[k]}]:-} ]] || continue
    owner_of[${page_sum[k]}]=$k
    note "${server_names[k]} answers with another page than the one described for it: bash realserver.sh check --diff"
  done
  mv -f -- "$work/unknown" "$work/body"
}

# ---- asking: the requests to a service's targets ----------------------------------------------

# Of the service being tested: its real servers are those from $first_server to before $end_server; $got counts the
# answers of each by number; $sequence has who answered, in order, as `TARGET:SERVER`; $unknown counts good answers of
# nobody known, $failed those that were missing or wrong.
declare -A fault_count=() fault_example=()
got=() sequence=() unknown=0 failed=0
holder=''

test_service() { # SERVICE
  local t speaks_http=''
  first_server=${server_starts[$1]} end_server=$((${server_starts[$1]} + ${server_counts[$1]}))
  got=() sequence=() unknown=0 failed=0
  for ((t = 0; t < ${#target_services[@]}; t++)); do
    ((target_services[t] == $1)) || continue
    case ${target_probes[t]} in
      http | https)
        warn_of_trust "$t"
        next_share
        [[ $speaks_http ]] || learn_marks "$1" "$t"
        speaks_http=1
        ask_target "$1" "$t"
        ;;
      tcp)
        next_share
        ask_target "$1" "$t"
        ;;
      udp)
        next_share
        ask_datagrams "$1" "$t"
        ;;
      none)
        next_share
        target_name "$t"
        point skipped "${service_names[$1]}" "requests to $name are answered" "${target_reasons[t]}"
        ;;
    esac
  done
  [[ -z $speaks_http ]] || report_distribution "$1"
}

ask_target() { # SERVICE TARGET
  local i=$1 t=$2 n name wanted=${service_requests[$1]} bad=0 late='' seconds fault problem who words url=''
  local vip=${target_vips[$2]} port=${target_ports[$2]} probe=${target_probes[$2]} patience=${service_timeouts[$1]}
  local -a url_options=()
  fault_count=() fault_example=()
  target_name "$t"
  [[ ${service_expects[i]} != 'shares '*' hold' || $probe == tcp ]] || start_holding
  [[ $probe == tcp ]] || url_of "$i" "$probe" "$vip" "$port"
  for ((n = 1; n <= wanted; n++)); do
    if ! time_left "$patience"; then
      late=1 n=$((n - 1))
      break
    fi
    if [[ $probe == tcp ]]; then
      connect "$vip" "$port" "$patience"
    else
      fetch "$url" "$patience"
      examine "$i"
    fi
    if [[ $fault ]]; then
      bad=$((bad + 1))
      fault_count[$fault]=$((${fault_count[$fault]:-0} + 1))
      [[ ${fault_example[$fault]:-} ]] || fault_example[$fault]=$problem
      # Nothing at all: every further request would only take its time.
      ((bad < 3 || bad < n)) || break
      continue
    fi
    [[ $probe == tcp ]] || count_answer "$i" "$t"
    [[ -z $holder ]] || hold "$vip" "$port" "$patience"
  done
  stop_holding
  ((n <= wanted)) || n=$wanted
  [[ $probe == tcp ]] || failed=$((failed + bad))
  words="requests to $name are answered"
  [[ $probe != tcp ]] || words="connections to $name are accepted"
  ! is_unverified "$t" || words+=' (certificate NOT verified)'
  if ((bad == 0)) && [[ -z $late ]]; then
    point ok "${service_names[i]}" "$wanted $words"
  else
    point failed "${service_names[i]}" "$wanted $words"
    if [[ $late ]]; then
      because "The $share_seconds s that were for it are over after $n of them: the other $((wanted - n)) were not sent. --deadline gives a run more time, --requests asks less."
    elif ((n < wanted)); then
      because "None of the first $n succeeded: the other $((wanted - n)) were not sent."
    fi
    explain_faults "$i" "$t" "$n"
  fi
  [[ $probe != tcp || -z ${target_reasons[t]} ]] || note "$name: ${target_reasons[t]}"
  [[ $probe != tcp ]] || note "$name: a connection alone does not tell which real server accepted it"
}

count_answer() { # SERVICE TARGET
  local who
  recognise
  if [[ -z $who && $mark_kind ]]; then
    learn_changed_pages "$1" "$2"
    recognise
  fi
  if [[ $who ]]; then
    got[who]=$((${got[who]:-0} + 1))
    sequence+=("$2:$who")
  else
    unknown=$((unknown + 1))
    sequence+=("$2:?")
  fi
}

ask_datagrams() { # SERVICE TARGET
  local name outcome n sent=6 seconds text=''
  local -A seen=([answered]=0 [refused]=0 [silence]=0)
  target_name "$2"
  ((${service_requests[$1]} >= sent)) || sent=${service_requests[$1]}
  for ((n = 0; n < sent; n++)); do
    time_left 5 || break
    datagram "${target_vips[$2]}" "${target_ports[$2]}"
    seen[$outcome]=$((${seen[$outcome]} + 1))
  done
  sent=$n
  text="$sent datagrams to $name are not refused"
  if ((seen[refused] > 0)); then
    point failed "${service_names[$1]}" "$text"
    because "${seen[refused]} of $sent were refused (ICMP port unreachable): nothing listens there on a real server, or the director has no such service."
    hint refused "$1"
  else
    point ok "${service_names[$1]}" "$text"
    note "$name: ${seen[answered]} of $sent were answered; silence says nothing about a UDP service, since what it understands is not known here"
  fi
}

# ---- connections held open, for schedulers that count them

# A process of its own opens them one by one and tells of each; with its end all are closed.
start_holding() {
  coproc HOLD { hold_connections; }
  holder=$HOLD_PID hold_out=${HOLD[0]} hold_in=${HOLD[1]}
}

hold_connections() {
  local vip port connection
  trap - ERR EXIT
  while read -r vip port; do
    if exec {connection}<>"/dev/tcp/$vip/$port"; then printf 'up %s\n' "$connection"; else printf 'down\n'; fi
  done 2>/dev/null
}

# Where one cannot be opened, or not in time, no more are: the requests go on without.
hold() { # VIP PORT SECONDS
  local reply=''
  printf '%s %s\n' "$1" "$2" 1>&"$hold_in" 2>/dev/null || :
  IFS= read -r -t "$3" reply <&"$hold_out" || :
  [[ $reply == up* ]] || stop_holding
}

stop_holding() {
  [[ $holder ]] || return 0
  kill "$holder" 2>/dev/null || :
  wait "$holder" 2>/dev/null || :
  exec {hold_in}>&-
  exec {hold_out}<&-
  holder=''
}

# ---- distribution: who answered, and whether the scheduler shares requests out like that ------

most_rows=40

report_distribution() { # SERVICE
  local name=${service_names[$1]} kind by more expectation k share total=0 sum=0 reason='' verdict='' remark=''
  local who_point='every answer is by a described real server with a weight' share_point
  local -a shares=() expected=() wrong=()
  read -r kind by more <<<"${service_expects[$1]}"
  expected_words "$1"
  share_point=$expectation
  for ((k = first_server; k < end_server; k++)); do
    share=${server_weights[k]}
    [[ $by != even || $share == 0 ]] || share=1
    shares[k]=$share sum=$((sum + share)) total=$((total + ${got[k]:-0}))
  done
  if ((total + unknown == 0)); then
    reason='there were no answers to tell by'
  elif [[ -z $mark_kind ]]; then
    reason='the real servers cannot be told apart by their answers'
  fi
  if [[ $reason ]]; then
    point skipped "$name" "$who_point" "$reason"
    point skipped "$name" "$share_point" "$reason"
    [[ $mark_kind ]] || note "$name: give each real server a page of its own at ${page_paths[$1]}, or a header such as X-Served-By"
    return
  fi
  judge_strangers "$1"
  if [[ $kind == any ]]; then
    reason=${service_expects[$1]#any }
  elif ((unknown > 0 && ${#unmarked[@]} > 0)); then
    reason="$unknown answers may be by servers that could not be asked what theirs look like"
  elif ((total == 0)); then
    reason='no answer is by a described real server'
  fi
  if [[ $reason ]]; then
    point skipped "$name" "$share_point" "$reason"
    table "$1"
    return
  fi
  verdict=ok
  judge "$kind" "$more"
  point "$verdict" "$name" "$share_point"
  table "$1"
  [[ -z $remark ]] || note "$remark"
  [[ $verdict == ok ]] || explain_distribution "$1"
}

# Answers by servers that should have none, or by nobody described.
judge_strangers() { # SERVICE
  local k result=ok
  local -a reasons=()
  for ((k = first_server; k < end_server; k++)); do
    ((shares[k] == 0 && ${got[k]:-0} > 0)) || continue
    if [[ $by == persistence ]]; then
      note "${server_names[k]} has weight 0 and still answers clients that it had before (persistence)"
    else
      result=failed
      reasons+=("${server_names[k]} answered ${got[k]} times, but has weight 0: compare the director's table (bash director.sh check --diff)")
    fi
  done
  if ((unknown > 0 && ${#unmarked[@]} == 0)); then
    result=failed
    reasons+=("$unknown answers look like none of the described real servers': is there another one in the director's table (bash director.sh check --diff), or does a page change by itself?")
  fi
  point "$result" "$name" "$who_point"
  because ${reasons[@]+"${reasons[@]}"}
}

# What a person wants to see: expected and got, by real server. It belongs to a failure where there is one.
table() { # SERVICE
  local k shown=0 hidden=0 address_width=7 name_width=11 teller=note
  [[ $verdict != failed ]] || teller=because
  for ((k = first_server; k < end_server; k++)); do
    [[ ${expected[k]:-} ]] || expected[k]=-
    ((shares[k] > 0)) || expected[k]=0
    ((${#server_names[k]} <= name_width)) || name_width=${#server_names[k]}
    ((${#server_addresses[k]} <= address_width)) || address_width=${#server_addresses[k]}
  done
  [[ $json ]] || table_line 'real server' address weight expected got ''
  for ((k = first_server; k < end_server; k++)); do
    event realserver service "${service_names[$1]}" name "${server_names[k]}" address "${server_addresses[k]}" \
      weight "${server_weights[k]}" expected "${expected[k]}" got "${got[k]:-0}"
    if [[ $json ]]; then
      continue
    elif ((shown < most_rows)) || [[ ${wrong[k]:-} ]]; then
      shown=$((shown + 1))
      table_line "${server_names[k]}" "${server_addresses[k]}" "${server_weights[k]}" "${expected[k]}" "${got[k]:-0}" "${wrong[k]:+  <--}"
    else
      hidden=$((hidden + 1))
    fi
  done
  ((hidden == 0)) || note "  and $hidden more as expected"
  ((unknown == 0)) || note "  $unknown answers by nobody known"
}

table_line() { # NAME ADDRESS WEIGHT EXPECTED GOT FLAG
  local line
  printf -v line "%-${name_width}s  %-${address_width}s  %6s  %10s  %5s%s" "$@"
  "$teller" "$line"
}

# ---- schedulers: whether answers are shared out as each of them does ---------------------------
#
# Within report_distribution: $shares has each server's part, $sum all of them, $total how many answers are known; what
# comes out is $verdict, $remark, and by server $expected and $wrong.

judge() { # KIND MORE
  case $1 in
    rounds) judge_rounds "$2" ;;
    shares) judge_shares "$2" ;;
    one) judge_one ;;
    few) judge_few ;;
    highest) judge_highest ;;
    overflow) judge_overflow ;;
  esac
}

# The rotation is exact whoever begins it: in full rounds everyone has his part, in a part of a round at most that. A
# missing answer may have been anybody's, but all of one server's missing is no turn of his.
# Requests of other clients take turns too; then the counts only have to be those of a fair lot.
judge_rounds() { # ROUND
  local k unit low high missing=$((failed + unknown)) rounds begun
  rounds=$(((total + missing) / $1)) begun=$(((total + missing + $1 - 1) / $1))
  for ((k = first_server; k < end_server; k++)); do
    expected_part "$k"
    unit=$((shares[k] * $1 / sum))
    low=$((rounds * unit - missing)) high=$((begun * unit))
    ((low > 0 || rounds * unit == 0)) || low=1
    ((${got[k]:-0} >= low && ${got[k]:-0} <= high)) || wrong[k]=1
  done
  count_breaks "$1"
  if ((${#wrong[@]} == 0)); then
    ((total > $1)) || return 0
    remark="strictly in turn: the same order in every round of $1"
    ((breaks == 0)) || remark="$breaks of $total answers out of the order, as where other clients take turns too; the counts are right"
    return 0
  fi
  if fair_lot 9; then
    wrong=()
    remark="not exactly in turn ($breaks of $total answers out of order): do other clients use the service now? Repeat it in a quiet hour, or with more --requests"
  else
    verdict=failed
  fi
}

# Answers that are not by whom the rotation has next.
count_breaks() { # ROUND -> $breaks
  local n
  breaks=0
  for ((n = $1; n < ${#sequence[@]}; n++)); do
    [[ ${sequence[n]#*:} == "${sequence[n - $1]#*:}" ]] || breaks=$((breaks + 1))
  done
}

judge_shares() { # HOLD
  local k
  for ((k = first_server; k < end_server; k++)); do expected_part "$k"; done
  fair_lot 16 mark || verdict=failed
  [[ $1 == hold ]] || return 0
  for ((k = first_server; k < end_server; k++)); do
    # Who counts connections leaves nobody out.
    ((${got[k]:-0} > 0 || shares[k] == 0 || total * shares[k] < 2 * sum)) || wrong[k]=1 verdict=failed
  done
}

# Whether every count lies within so many standard deviations (squared) of its part, as that of a fair lot does; of a
# part below five, within one answer more. In thousandths.
fair_lot() { # SQUARE [mark]
  local k mean off fair=0 mark=${2:-}
  for ((k = first_server; k < end_server; k++)); do
    mean=$((total * shares[k] * 1000 / sum))
    off=$((${got[k]:-0} * 1000 - mean))
    ((off >= 0)) || off=$((-off))
    ((mean >= 5000)) || off=$((off > 1000 ? off - 1000 : 0))
    ((off * off > $1 * mean * (1000 - shares[k] * 1000 / sum))) || continue
    fair=1
    [[ -z $mark ]] || wrong[k]=1
  done
  return "$fair"
}

# Its part of all that was asked.
expected_part() { # SERVER
  local tenths=$((((total + failed + unknown) * ${shares[$1]} * 10 + sum / 2) / sum))
  expected[$1]=$((tenths / 10))
  ((tenths % 10 == 0)) || expected[$1]+=.$((tenths % 10))
}

# All answers of a target by the same real server: where the source or the destination decides.
judge_one() {
  local entry k
  local -A server_of=()
  for entry in ${sequence[@]+"${sequence[@]}"}; do
    [[ ${server_of[${entry%:*}]:=${entry#*:}} == "${entry#*:}" ]] || verdict=failed
  done
  for ((k = first_server; k < end_server; k++)); do
    ((shares[k] == 0)) || expected[k]='all or 0'
    [[ $verdict == ok ]] || ((${got[k]:-0} == 0)) || wrong[k]=1
  done
}

judge_few() {
  local n moves=0 k
  for ((n = 1; n < ${#sequence[@]}; n++)); do
    [[ ${sequence[n]} == "${sequence[n - 1]}" ]] || moves=$((moves + 1))
  done
  for ((k = first_server; k < end_server; k++)); do
    ((shares[k] == 0)) || expected[k]='most or 0'
  done
  ((moves <= total / 4)) || verdict=failed
  ((moves == 0)) || remark="the real server changed $moves times: a loaded one is left for another"
}

highest_weight() { # -> $highest
  local k
  highest=0
  for ((k = first_server; k < end_server; k++)); do
    ((shares[k] <= highest)) || highest=${shares[k]}
  done
}

judge_highest() {
  local k highest
  judge_one
  highest_weight
  for ((k = first_server; k < end_server; k++)); do
    ((shares[k] < highest)) || continue
    expected[k]=0
    ((${got[k]:-0} == 0)) || wrong[k]=1 verdict=failed
  done
}

judge_overflow() {
  local k highest first=0
  highest_weight
  for ((k = first_server; k < end_server; k++)); do
    if ((shares[k] == highest)); then
      first=$((first + ${got[k]:-0})) expected[k]='until full'
    elif ((shares[k] > 0)); then
      expected[k]='then'
    fi
  done
  ((first > 0)) || verdict=failed
  ((first == total)) || remark="$((total - first)) of $total answers by others than the first: it has more open connections than its weight, $highest"
}

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

# ---- ARP: the VIP is answered by the director's MAC alone ---------------------------------------

# Of the selected services, each once.
list_vips() { # -> $vips
  local i t
  for i in ${selected[@]+"${selected[@]}"}; do
    for ((t = 0; t < ${#target_services[@]}; t++)); do
      ((target_services[t] == i)) || continue
      [[ " ${vips[*]+${vips[*]}} " == *" ${target_vips[t]} "* ]] || vips+=("${target_vips[t]}")
    done
  done
}

family_of() { # ADDRESS -> $family
  family=-4
  [[ $1 != *:* ]] || family=-6
}

# How this machine reaches an address: ip-route(8).
route_to() { # ADDRESS -> $route $device, empty where it has none
  local family words
  family_of "$1"
  route='' device=''
  route=$(ip "$family" -o route get "$1" 2>/dev/null) || return 0
  words=" $route "
  [[ $words == *' dev '* ]] || return 0
  device=${words#* dev } device=${device%% *}
}

# On a machine that carries the VIP itself no request leaves it.
warn_of_own() { # VIP
  local route device
  command -v ip >/dev/null || return 0
  route_to "$1"
  [[ $route != local* ]] || note "this machine carries $1 itself: its requests do not come from outside"
}

is_root() {
  ((EUID == 0))
}

# Why the question cannot be asked from here.
arp_obstacle() { # VIP -> $obstacle, $device
  local route family count
  obstacle='' device=''
  family_of "$1"
  if ! command -v ip >/dev/null; then
    obstacle='ip (iproute2) is not on this machine'
    return
  fi
  route_to "$1"
  case " $route " in
    '  ') obstacle="no route to $1" ;;
    ' local '*) obstacle="this machine carries $1 itself" ;;
    *' via '*) obstacle="$1 is behind a router: only machines on its segment see ARP" ;;
  esac
  [[ -z $obstacle ]] || return 0
  count=$(ip "$family" -o route show match "$1" 2>/dev/null | awk '!/ via / && $1 != "default" { for (i = 1; i < NF; i++) if ($i == "dev") seen[$(i + 1)] } END { for (d in seen) n++; print n + 0 }') || count=1
  if ((count > 1)); then
    obstacle="this machine has $count interfaces on the segment of $1"
  elif [[ $family == -4 ]] && ! is_root; then
    obstacle='not root'
  elif [[ $family == -4 ]] && ! command -v arping >/dev/null; then
    obstacle='arping (iputils) is not on this machine'
  fi
}

test_arp() { # VIP
  local vip=$1 obstacle device text="$1 is answered by one director's MAC address alone"
  [[ $vip != *:* ]] || text="$1 is the neighbour with the director's MAC address"
  next_share
  arp_obstacle "$vip"
  if [[ $obstacle ]]; then
    point skipped arp "$text" "$obstacle"
    return
  fi
  judge_macs "$vip" "$text"
}

judge_macs() { # VIP POINT, with $device
  local vip=$1 macs own='' mac name strangers='' answering names=''
  local -a found=() words=()
  macs_of "$vip" 3
  answering=$macs
  director_macs "$vip"
  split_words "$answering"
  for mac in ${words[@]+"${words[@]}"}; do
    [[ " $own " == *" $mac "* ]] || strangers+=" $mac"
  done
  directors_among "$answering"
  if [[ -z $answering ]]; then
    point failed arp "$2"
    because "Nobody answers on $device. Is a director up, and does it carry $vip? On each director: bash director.sh verify"
    [[ ! -s $work/arping ]] || because "arping said: $(tail -n 1 -- "$work/arping")"
  elif [[ -z $own && $answering == *' '* ]]; then
    point failed arp "$2"
    because "Several answer: $answering. Which is the director's cannot be told: none of its own addresses answers here."
    name_macs "$vip" "$answering"
  elif [[ -z $own ]]; then
    point skipped arp "$2" "$answering alone answers, but the director's own addresses do not answer here: it cannot be told whose it is"
  elif [[ $strangers ]]; then
    point failed arp "$2"
    because "The director's is $own; on $device answered: $answering"
    name_macs "$vip" "$strangers"
  elif [[ $names == *' '* ]]; then
    point failed arp "$2"
    because "Of the directors ${names// / and } both answer on $device: $answering" \
      'They do not hear each other, or keepalived was killed on one of them. On each: bash director.sh verify'
  else
    point ok arp "$2"
    note "$vip is at $answering${names:+, $names}"
    [[ $answering != *' '* ]] || note 'the director answers on several of its interfaces'
  fi
}

# Distinct MAC addresses that answer for an address; of somebody who makes up new ones, the first.
macs_of() { # ADDRESS COUNT -> $macs
  local family line seconds most=32
  local -A seen=()
  family_of "$1"
  macs=''
  time_left 10 || return 0
  while ((${#seen[@]} < most)) && IFS= read -r line; do
    [[ $line =~ (([0-9A-Fa-f]{1,2}:){5}[0-9A-Fa-f]{1,2}) ]] || continue
    line=${BASH_REMATCH[1]}
    [[ -z ${seen[${line,,}]:-} ]] || continue
    seen[${line,,}]=1
    macs+=${macs:+ }${line,,}
  done < <(if [[ $family == -6 ]]; then neighbour "$1"; else ask_arp "$1" "$2"; fi)
}

# Two programs have this name: that of iputils (busybox has its options) and Thomas Habets'. The former broadcasts every
# time only with -b: else it goes on asking the first that answered.
ask_arp() { # ADDRESS COUNT -> lines with the answers
  case $(arping -h 2>&1 || :) in
    *Habets*) timeout "$seconds" arping -c "$2" -i "$device" "$1" 2>"$work/arping" || : ;;
    *) timeout "$seconds" arping -b -c "$2" -w "$(($2 + 2))" -I "$device" "$1" 2>"$work/arping" || : ;;
  esac | grep -E 'reply from| bytes from ' 2>/dev/null || :
}

# The kernel's own neighbour discovery: a datagram to a port where nobody need listen makes it ask.
neighbour() { # ADDRESS
  # shellcheck disable=SC2016 # expanded by the inner shell
  timeout 2 "$BASH" -c 'printf "\n" >"/dev/udp/$1/9"; sleep 1' neighbour "$1" 2>/dev/null || :
  ip -6 neigh show to "$1" dev "$device" 2>/dev/null || :
}

declare -A director_of=() # MAC -> director

note_macs() { # MACS DIRECTOR
  local mac
  local -a words=()
  split_words "$1"
  for mac in ${words[@]+"${words[@]}"}; do director_of[$mac]=$2; done
}

# Different directors among these. -> $names
directors_among() { # MACS
  local mac
  local -a words=()
  names=''
  split_words "$1"
  for mac in ${words[@]+"${words[@]}"}; do
    [[ -z ${director_of[$mac]:-} || " $names " == *" ${director_of[$mac]} "* ]] || names+=${names:+ }${director_of[$mac]}
  done
}

# The MAC addresses of the directors' own addresses, as far as they are on the segment.
director_macs() { # VIP -> $own
  local i address vip_family family vip_device=$device route device macs
  local -a words=()
  family_of "$1"
  vip_family=$family own='' director_of=()
  for ((i = 0; i < ${#director_names[@]}; i++)); do
    split_words "${director_addresses[i]}"
    for address in ${words[@]+"${words[@]}"}; do
      family_of "$address"
      [[ $family == "$vip_family" && $address != "$1" ]] || continue
      route_to "$address"
      [[ $device == "$vip_device" && " $route " != *' via '* ]] || continue
      macs_of "$address" 1
      own+=${macs:+${own:+ }$macs}
      note_macs "$macs" "${director_names[i]}"
    done
  done
}

# Which real servers have these MAC addresses, and the remedy.
name_macs() { # VIP MACS
  local k mac macs named='' asked=0 address
  local -a words=()
  for ((k = 0; k < ${#server_names[@]} && asked < 32; k++)); do
    address=${server_addresses[k]}
    [[ " $named " != *" $address "* ]] || continue
    named+=" $address" asked=$((asked + 1))
    macs_of "$address" 1
    split_words "$macs"
    for mac in ${words[@]+"${words[@]}"}; do
      [[ " $2 " == *" $mac "* ]] || continue
      because "$mac is ${server_names[k]} ($address): it answers ARP for $1 and takes clients past the director." \
        "On ${server_names[k]}: bash realserver.sh, which sets net.ipv4.conf.all.arp_ignore = 1 and arp_announce = 2; then verify."
    done
  done
  because "Clients that heard the wrong one keep it for a while; on the director, arping -U -c 3 -I INTERFACE $1 tells them anew."
}

# ---- --during: ask all the while, for somebody pulls a plug, and tell the longest time without an answer ------------------

during_seconds=0 longest_allowed=5

# A request to each target five times a second, whether the one before has been answered or not; of targets, and of requests that
# wait at a time, no more than that.
asked_every=0.2 most_targets=8 most_waiting=40 longest_patience=10

during_command() {
  local t i
  local -a asked=()
  for i in ${selected[@]+"${selected[@]}"}; do
    for ((t = 0; t < ${#target_services[@]}; t++)); do
      ((target_services[t] == i)) && [[ ${target_probes[t]} == @(http|https|tcp) ]] && asked+=("$t")
    done
  done
  ((${#asked[@]})) || die 64 '--during asks by http, https and tcp, and no such service is selected'
  if ((${#asked[@]} > most_targets)); then
    warning "only the first $most_targets of ${#asked[@]} targets are asked: --service names others"
    asked=("${asked[@]:0:most_targets}") # never empty
  fi
  plan "${#asked[@]}"
  note "asking ${#asked[@]} target(s) for $during_seconds s, every $asked_every s: now is the time"
  for t in "${asked[@]}"; do # never empty
    ask_all_the_while "$t" &
  done
  wait
  for t in "${asked[@]}"; do judge_gap "$t"; done # never empty
  summary
  ((tally[failed] == 0)) || exit 1
}

now_ms() { # -> $now
  now=$(date +%s%3N)
}

ask_all_the_while() { # TARGET
  local n now end end_s=$((SECONDS + during_seconds)) patience=${service_timeouts[target_services[$1]]}
  ((patience <= longest_patience)) || patience=$longest_patience
  share_end=$((end_s + patience + 1))
  now_ms
  printf 'begun %s\n' "$now" >"$work/during.$1"
  for ((n = 0; SECONDS < end_s; n++)); do
    while (($(jobs -pr | wc -l) >= most_waiting)); do sleep 0.1; done
    ask_once "$1" "$n" "$patience" &
    sleep "$asked_every"
  done
  now_ms
  end=$now
  wait
  printf 'ended %s\n' "$end" >>"$work/during.$1"
}

# A line for each: when the answer was there, and what was wrong with it.
ask_once() { # TARGET NUMBER SECONDS
  local i=${target_services[$1]} fault='' problem='' now url='' place=$work/during.$1.$2 all=$work/during.$1
  local -a url_options=()
  if [[ ${target_probes[$1]} == tcp ]]; then
    connect "${target_vips[$1]}" "${target_ports[$1]}" "$3"
  else
    url_of "$i" "${target_probes[$1]}" "${target_vips[$1]}" "${target_ports[$1]}"
    # Several are under way at a time: each has its answer in a place of its own.
    mkdir -- "$place"
    local work=$place
    fetch "$url" "$3"
    examine "$i"
    rm -rf -- "$place"
  fi
  now_ms
  printf '%s %s %s\n' "${fault:-ok}" "$now" "${problem//$'\n'/ }" >>"$all"
}

judge_gap() { # TARGET
  local word time rest name words requests=0 failures=0 begun=0 ended=0 last=0 gap=0 longest=0 longest_at=0 served=0 example=''
  local result=ok service=${service_names[target_services[$1]]}
  target_name "$1"
  while read -r word time rest; do
    case $word in
      begun) begun=$time last=$time ;;
      ended) ended=$time ;;
      *) requests=$((requests + 1)) ;;
    esac
    case $word in
      begun | ended) continue ;;
      ok)
        served=1 gap=$((time - last)) last=$time
        ((gap <= longest)) || longest=$gap longest_at=$((time - gap - begun))
        ;;
      *)
        failures=$((failures + 1))
        [[ $example ]] || example="$word: $rest"
        ;;
    esac
  done < <(sort -n -k2,2 -s -- "$work/during.$1" || :)
  # From the last answer on nobody answers any more.
  gap=$((ended - last))
  ((gap <= longest)) || longest=$gap longest_at=$((last - begun))
  in_seconds "$longest"
  words="$name: longest gap $seconds_text s, $requests requests, $failures failed"
  ((served && longest <= longest_allowed * 1000)) || result=failed
  point "$result" "$service" "$words"
  event during service "$service" target "$name" requests "$requests" failed "$failures" longest_gap_ms "$longest" begins_ms "$longest_at"
  if ((longest > 1000)); then
    in_seconds "$longest_at"
    note "the longest gap began $seconds_text s after the start"
  fi
  [[ -z $example ]] || note "of those that failed the first: $example"
  [[ $result == failed ]] || return 0
  if ((!served)); then
    because 'There was no answer at all: bash client-test.sh without --during says why.'
  elif ((last + longest_allowed * 1000 < ended)); then
    because 'Nobody has answered since. On each director: bash director.sh verify'
  else
    because "No answer for longer than $longest_allowed s (--gap)."
  fi
}

in_seconds() { # MILLISECONDS -> $seconds_text
  printf -v seconds_text '%d.%02d' "$(($1 / 1000))" "$(($1 % 1000 / 10))"
}

# ---- main ---------------------------------------------------------------------------------------

work='' selected=()

ended() { # WHAT
  [[ $json ]] || say "Bail out! ${1^}"
  complain "$1 after $number tests"
}

on_exit() {
  stop_holding
  [[ -z $work ]] || rm -rf -- "$work"
}

needs() { # COMMAND WHAT-FOR
  command -v "$1" >/dev/null ||
    die 69 "$1 is not on this machine: it $2" "Install it, or run this script on another machine that is no director and no real server"
}

prepare() {
  local t i
  for i in ${selected[@]+"${selected[@]}"}; do
    for ((t = 0; t < ${#target_services[@]}; t++)); do
      ((target_services[t] == i)) || continue
      case ${target_probes[t]} in
        http | https) needs curl 'makes the requests' ;;
      esac
    done
  done
  needs timeout 'ends connections that hang'
  needs sha256sum 'compares answers'
  work=$(mktemp -d "${TMPDIR:-/tmp}/lvsgen-client-test.XXXXXX") ||
    die 69 "cannot make a directory for temporary files in ${TMPDIR:-/tmp}" "Name another: TMPDIR=/var/tmp bash $script"
  ! command -v curl >/dev/null || prepare_curl
  keep_authorities
}

# The time of a run, shared out evenly over what it asks: a server that takes all it can get takes nothing from the others.
share_time() { # PARTS
  parts_left=$1 run_end=$((SECONDS + run_seconds))
}

next_share() {
  share_seconds=$(((run_end - SECONDS) / parts_left))
  ((share_seconds > 0)) || share_seconds=1
  share_end=$((SECONDS + share_seconds)) parts_left=$((parts_left - 1))
}

count_points() { # -> $points, and $parts that take time
  local t i speaks_http
  points=${#vips[@]} parts=${#vips[@]}
  for i in ${selected[@]+"${selected[@]}"}; do
    speaks_http=0
    for ((t = 0; t < ${#target_services[@]}; t++)); do
      ((target_services[t] == i)) || continue
      points=$((points + 1)) parts=$((parts + 1))
      [[ ${target_probes[t]} != http* ]] || speaks_http=2
    done
    points=$((points + speaks_http))
  done
}

test_command() {
  local i vip points parts
  local -a vips=()
  prepare
  if ((during_seconds)); then
    during_command
    return 0
  fi
  list_vips
  count_points
  plan "$points"
  share_time "$parts"
  for vip in ${vips[@]+"${vips[@]}"}; do warn_of_own "$vip"; done
  for i in ${selected[@]+"${selected[@]}"}; do test_service "$i"; done
  for vip in ${vips[@]+"${vips[@]}"}; do test_arp "$vip"; done
  summary
  ((tally[failed] == 0)) || exit 1
}

program() {
  finally on_exit
  end_on_signals
  begin_reported_run
  directors
  authorities
  services
  select_services
  "${command}_command"
}

main "$@"
