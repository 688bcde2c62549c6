#!/bin/bash
{ # Part 1 of 3: runs nothing unless this file is whole and as it was written. Cut within these braces, it is a syntax error.
lvsgen_sum=5e7418fe33b713e5d3b310d16a9c530e798acfcc49c5ee3627e84fe95420f814 # of this file without this number: against accidents, not against people, who can change both
lvsgen_size=50967 # (Each line here ends in a comment, so that it works even where an editor or a mail gateway made CRLF of it.)
lvsgen_version=0.1.0 # that wrote this file
lvsgen_runtime=3cc9bc0581e1751b117ea5fd90e1102e009458eacd99343c912cdccfb953e463 # of part 3: sed '1,/^# Part 3 of 3/d' FILE | sha256sum
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

# Part 2 of 3: what this script downloads. It installs nothing and changes nothing but the folder it fills. Read this part.

lvsgen_format=1
cluster=kgc
role=fetch

# For each system: its package manager, its releases as ID:VERSION_ID of /etc/os-release, its hosts, what they install.
targets() {

  platform el7 yum 'centos:7* rhel:7* ol:7* scientific:7*'
  hosts el7 lvs1 web1 web2
  packages el7 ipvsadm nfs-utils rpcbind httpd
}

# Part 3 of 3: the runtime, the same in every fetch-packages.sh.

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

command=fetch host='' mutating=''
wanted_platform='' wanted_architecture='' output_dir='' refresh='' force_platform='' list=''

accept '--platform NAME' wanted_platform 'for the hosts of this platform (default: the one that this machine is)'
accept '--arch ARCH' wanted_architecture:architecture "for this architecture (default: this machine's)"
accept '--output DIR' output_dir 'make PLATFORM/ARCH below DIR (default: packages beside this script)'
accept --refresh refresh 'fetch again what the folder has already, in its newest version'
accept --list list 'say what would be fetched; fetch nothing'
accept --force-platform force_platform 'go on although this machine is not the described platform'
accept --quiet quiet 'only failures'
accept --no-color no_color 'no colours (as the NO_COLOR variable)'

introduce() {
  print_text '' '' "$script: downloads what the hosts of the LVS cluster $cluster install, to be carried to them"
  printf '\n'
  print_text '' '' "Usage: bash $script [OPTIONS]"
  printf '\n'
  print_text '' '' 'Run it once on a connected machine (or in a container) of the same system as the hosts, for each of their systems. It
    downloads the packages with everything that they depend on into packages/PLATFORM/ARCH beside this script, and writes the
    SHA256SUMS that the hosts check. It installs nothing. Interrupted, it goes on where it was when it is run again.'
}

conclude() {
  print_text '' '' 'Exit codes: 0 the folder is complete; 1 failed (run it again: it goes on); 64 usage; 69 something that this machine or
    its repositories lack; 77 not root (rpm systems); 78 not the described platform.'
}

architecture_value() { # OPTION
  [[ $value =~ ^[a-z0-9_]+$ ]] || bad_usage "$1: '$value' is no architecture"
}

# ---- the system that runs here: os-release(5) ------------------------------------------------------

read_release() { # FILE...: the first that can be read -> $release_id $release_version $release_name
  local file='' line
  release_id='' release_version='' release_name=''
  for file; do
    [[ ! -f $file || ! -r $file ]] || break
  done
  if [[ -f $file && -r $file ]]; then
    while IFS= read -r line; do
      line=${line//[\"\']/}
      case $line in
        ID=*) release_id=${line#*=} ;;
        VERSION_ID=*) release_version=${line#*=} ;;
        PRETTY_NAME=*) release_name=${line#*=} ;;
      esac
    done <"$file"
  fi
  release_name=${release_name:-${release_id:-an unknown system}${release_version:+ $release_version}}
}

# Is that the system of a platform?
is_release() { # PATTERNS, as ID:VERSION_ID, with blanks between
  local pattern
  local -a words=()
  split_words "$1"
  for pattern in ${words[@]+"${words[@]}"}; do
    # shellcheck disable=SC2053 # a pattern: centos:7*
    [[ $release_id:$release_version != $pattern ]] || return 0
  done
  return 1
}

# ---- trust: who could have put something there, or may change it ---------------------------------------------

# Root, who runs this, and who called sudo.
trusted_owners=" 0 $EUID "
[[ ! ${SUDO_UID:-} =~ ^[0-9]+$ ]] || trusted_owners+="$SUDO_UID "

# Is everything from / down to here, and each of these files in it, a trusted owner's, and nobody else's to write?
is_trusted_place() { # DIRECTORY NAME..., as pwd -P gives it -> $untrusted
  local rest=${1#/} place=''
  local -a places=(/)
  while [[ $rest ]]; do
    place+=/${rest%%/*} rest=${rest#"${rest%%/*}"} rest=${rest#/}
    places+=("$place")
  done
  shift
  while (($#)); do
    places+=("${place%/}/$1")
    shift
  done
  are_trusted "$place" "${places[@]}" # never empty
}

# The same for these places alone: each is in the one before it, down to DIRECTORY, in which are all that follow.
are_trusted() { # DIRECTORY PLACE... -> $untrusted, a line for each that is not
  local directory=$1 owner name mode device place sticky='' why left
  local -A owner_of_medium=()
  shift
  left=$# untrusted=''
  read_only_media
  while read -r owner name mode device place; do
    [[ $owner:$mode =~ ^[0-9]+:[0-9a-f]+$ ]] || break
    left=$((left - 1)) why=''
    # Owners and modes on such a medium are those of the machine that wrote it.
    [[ -z ${owner_of_medium[$device]:-} ]] || owner=${owner_of_medium[$device]} name='who mounted it' mode=41ed
    if [[ $trusted_owners != *" $owner "* ]]; then
      why="belongs to $name (uid $owner)"
    elif [[ $sticky && $owner != 0 ]]; then
      why="is where everyone may put something, in $sticky, and root did not make it"
    elif (((16#$mode & 16#f000) == 16#a000)); then
      why='is a link'
    fi
    sticky=''
    if [[ $why != 'is a link' ]] && ((16#$mode & 8#022)); then
      # Others cannot move away what root made there.
      if ((16#$mode & 8#1000)) && [[ $place != "$directory" ]]; then sticky=$place; else why=${why:+$why, and }"may be written to by others than $name"; fi
    fi
    [[ -z $why ]] || untrusted+=$'\n'"  $place $why$(printf ' (mode %04o)' "$((16#$mode & 8#7777))")"
  done < <(stat -c '%u %U %f %d %n' -- "$@" 2>/dev/null || :)
  ((left == 0)) || untrusted+=$'\n'"  $directory cannot be looked at"
  [[ -z $untrusted ]]
}

# Optical media that are mounted read-only: nobody here can write to them, and who mounted them chose them.
read_only_media() { # -> $owner_of_medium, by the device number that stat gives
  local _ device options rest kind
  while read -r _ _ device _ _ options rest; do
    rest=${rest#*- } kind=${rest%% *} options=,$options,${rest##* },
    [[ ($kind == iso9660 || $kind == udf) && $options == *,ro,* && $device =~ ^([0-9]+):([0-9]+)$ ]] || continue
    device=$(((BASH_REMATCH[2] & 255) | (BASH_REMATCH[1] << 8) | ((BASH_REMATCH[2] & ~255) << 12)))
    owner_of_medium[$device]=0
    [[ ! $options =~ ,uid=([0-9]+), ]] || owner_of_medium[$device]=${BASH_REMATCH[1]}
  done </proc/self/mountinfo
}

# ---- carried packages: a folder beside this script, used alone and only if every sum in it is right ----------

carried='' architecture='' carried_files=()
declare -A carried_sums=() # name -> SHA-256

# As the package manager names it in its files.
package_architecture() { # -> $architecture
  case $package_manager in
    apt) architecture=$(dpkg --print-architecture) ;;
    *) architecture=$(uname -m) ;;
  esac
}

# The folder for this host, by --packages (it, or one above it) or beside the script; empty where there is none.
find_carried() { # -> $carried
  local base=. place
  package_architecture
  carried=''
  if [[ $packages_dir ]]; then
    carried=$packages_dir
    for place in "packages/$platform/$architecture" "$platform/$architecture" "$architecture"; do
      [[ ! -d $packages_dir/$place ]] || { carried=$packages_dir/$place && break; }
    done
  else
    [[ $script_path != */* ]] || base=${script_path%/*}
    [[ ! -d $base/packages/$platform/$architecture ]] || carried=$base/packages/$platform/$architecture
  fi
  [[ -z $carried ]] || carried=$(cd -- "$carried" 2>/dev/null && pwd -P) ||
    die 69 "cannot enter the folder of packages $packages_dir" "Look at it: ls -ld $packages_dir"
}

# Only a name that a package manager makes (`%3a` stands for an epoch's colon in a deb's): whatever else is in a folder may mean
# something to a shell, a terminal or a tool's options.
is_package_file() { # NAME
  local kind=rpm
  [[ $package_manager != apt ]] || kind=deb
  [[ $1 =~ ^[A-Za-z0-9][A-Za-z0-9+._~^%:-]*\.$kind$ ]]
}

# Everything in the folder against its SHA256SUMS, before anything in it is used.
check_carried() { # -> ${carried_files[@]}, names in $carried
  local file name sum changed='' absent='' extra='' told
  local -A seen=()
  carried_files=() carried_sums=()
  told="Nothing was installed. Copy the folder again, and compare on both sides: sha256sum $carried/SHA256SUMS"
  list_sums || return 1
  for file in "$carried"/* "$carried"/.[!.]* "$carried"/..?*; do
    name=${file##*/}
    [[ $name != SHA256SUMS && (-e $file || -L $file) ]] || continue
    if is_package_file "$name" && [[ ${carried_sums[$name]:-} && -f $file ]]; then seen[$name]=unread; else extra+=" $name"; fi
  done
  for name in "${carried_files[@]}"; do # never empty
    [[ ${seen[$name]:-} ]] || absent+=" $name"
  done
  while read -r sum name; do
    [[ ${carried_sums[$name]:-} != "$sum" ]] || seen[$name]=right
  done < <(if ((${#seen[@]})) && cd -- "$carried"; then sha256sum -- "${!seen[@]}" 2>/dev/null || :; fi)
  for name in "${carried_files[@]}"; do # never empty
    [[ ${seen[$name]:-right} == right ]] || changed+=" $name"
  done
  [[ $changed$absent$extra ]] || return 0
  failure="the packages in $carried are not those that were fetched"
  [[ -z $changed ]] || failure+=$'\n'"changed or unreadable:$changed"
  [[ -z $absent ]] || failure+=$'\n'"missing:$absent"
  [[ -z $extra ]] || failure+=$'\n'"not in SHA256SUMS, so nobody vouches for them (move them away):$extra"
  failure+=$'\n'$told
  return 1
}

# SHA256SUMS as sha256sum wrote it: a sum and the plain name of a package on each line.
list_sums() { # -> ${carried_files[@]} $carried_sums
  local line name number=0
  if [[ ! -f $carried/SHA256SUMS ]]; then
    failure="the folder of packages is empty: $carried has none for $platform $architecture"
    for name in "$carried"/*; do
      ! is_package_file "${name##*/}" || failure="$carried has packages but no SHA256SUMS: fetch-packages.sh did not make it, or not all of it was copied"
    done
    failure+=$'\n'"Nothing was installed. Fetch packages with fetch-packages.sh, and copy the whole folder 'packages'."
    return 1
  fi
  while IFS= read -r line || [[ $line ]]; do
    number=$((number + 1))
    name=${line:66}
    if [[ ! $line =~ ^[0-9a-f]{64}\ [\ *] ]] || ! is_package_file "$name"; then
      failure="line $number of $carried/SHA256SUMS is not the sum of a package: it was altered, damaged, or made for another system"
      failure+=$'\n'$told
      return 1
    fi
    carried_sums[$name]=${line:0:64}
    carried_files+=("$name")
  done <"$carried/SHA256SUMS"
  ((${#carried_files[@]})) || { failure="the folder of packages is empty: $carried/SHA256SUMS lists none"$'\n'$told && return 1; }
}

# ---- for which system, and for which architecture -------------------------------------------------

platform_names=() platform='' own_architecture=''
declare -A manager_of=() releases_of=() packages_of=() hosts_of=()

platform() { # NAME PACKAGE-MANAGER RELEASES
  platform_names+=("$1")
  manager_of[$1]=$2 releases_of[$1]=$3
}

hosts() { # PLATFORM HOST...
  local name=$1
  shift
  hosts_of[$name]=$*
}

packages() { # PLATFORM PACKAGE...
  local name=$1
  shift
  packages_of[$name]=$*
}

choose_platform() { # -> $platform $package_manager ${wanted[@]}
  local name fitting=''
  targets
  read_release /etc/os-release /usr/lib/os-release
  for name in "${platform_names[@]}"; do # never empty
    ! is_release "${releases_of[$name]}" || fitting+=" $name"
  done
  if [[ $wanted_platform ]]; then
    platform=$wanted_platform
    [[ ${manager_of[$platform]:-} ]] || bad_usage "--platform: no host is $platform; there are: ${platform_names[*]}" # never empty
    [[ "$fitting " == *" $platform "* ]] || other_system
  else
    [[ $fitting ]] || other_system
    fitting=${fitting:-" ${platform_names[*]}"} # never empty
    platform=${fitting# }
    [[ $platform != *' '* ]] || bad_usage "say for which platform: --platform NAME, one of:$fitting"
  fi
  package_manager=${manager_of[$platform]}
  read -r -a wanted <<<"${packages_of[$platform]:-}"
}

# Packages of another release would not go together with what the hosts have.
other_system() {
  local described=${platform:-${platform_names[*]}} # never empty
  if [[ $force_platform ]]; then
    complain "this is $release_name, and the packages are for $described: going on"
    return 0
  fi
  die 78 "this is $release_name ($release_id:$release_version), and the packages are for $described" \
    "Run this script on a machine or in a container of that system; or try with --force-platform"
}

# What `uname -m` calls x86_64 is amd64 in a deb's name, and so on.
choose_architecture() { # -> $architecture $own_architecture
  package_architecture
  own_architecture=$architecture
  architecture=${wanted_architecture:-$architecture}
  case $package_manager:$architecture in
    apt:x86_64) architecture=amd64 ;;
    apt:aarch64) architecture=arm64 ;;
    apt:*) ;;
    *:amd64) architecture=x86_64 ;;
    *:arm64) architecture=aarch64 ;;
  esac
}

# ---- the folder: filled beside its place, and put there whole -----------------------------------------
#
# packages/PLATFORM/ARCH is either what a former run completed, with its SHA256SUMS, or not there. What a run
# that was interrupted has got is in packages/PLATFORM/.ARCH.partial, and the next one goes on with it.

folder='' stage='' scratch=''

place_folder() { # -> $folder $stage $scratch
  local place=$output_dir base failed
  if [[ -z $place ]]; then
    place=.
    [[ $script_path != */* ]] || place=${script_path%/*}/
  fi
  base=$place
  [[ $output_dir ]] || base+=/packages
  if ! failed=$(mkdir -p -- "$base/$platform/.$architecture.partial" 2>&1); then
    die 1 "$failed" "Make the place writable, or name another: --output DIR"
  fi
  folder=$(cd -- "$base/$platform" && pwd -P)/$architecture
  stage=${folder%/*}/.$architecture.partial
  refuse_other_users "$place"
  [[ -d $folder || ! -d $folder.former ]] || mv -- "$folder.former" "$folder"
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/lvsgen-fetch.XXXXXX") ||
    die 1 "cannot make a directory for temporary files in ${TMPDIR:-/tmp}" "Name another: TMPDIR=/var/tmp bash $script"
}

# Whom the machine's directory belongs to that is being filled may well be another than root in a container. Somebody else may not have
# made what is in it: what root downloads there would go where he likes, or be what he likes.
refuse_other_users() { # DIRECTORY
  local untrusted
  trusted_owners+="$(stat -L -c %u -- "$1") "
  is_trusted_place "$stage" && { [[ ! -d $folder ]] || is_trusted_place "$folder"; } && return 0
  ((EUID == 0)) || { complain "another user can change what is fetched:$untrusted" && return 0; }
  die 69 "another user could have made ${folder%/*}, or can change what is fetched:$untrusted" "Name another place: --output DIR"
}

on_exit() {
  [[ -z $scratch ]] || rm -rf -- "$scratch"
  [[ -z $stage ]] || rmdir -- "$stage" "${stage%/*}" 2>/dev/null || :
}

# A former run's folder that has everything, and is as it was then, needs no network.
is_complete() {
  local name file found file_name file_architecture
  [[ -d $folder && -z $refresh ]] || return 1
  carried=$folder
  if ! check_carried; then
    complain "${failure%%$'\n'*}: fetching again what is wrong"
    return 1
  fi
  for name in "${wanted[@]}"; do # never empty
    found=''
    for file in "${carried_files[@]}"; do # never empty
      name_of "$file"
      [[ $file_name != "$name" ]] || found=1
    done
    [[ $found ]] || return 1
  done
}

# As package managers name what they download: NAME_VERSION_ARCH.deb, NAME-VERSION-RELEASE.ARCH.rpm.
name_of() { # FILE -> $file_name $file_architecture
  file_architecture=${1%.*}
  case $1 in
    *.deb) file_name=${1%%_*} file_architecture=${file_architecture##*_} ;;
    *) file_name=${1%-*-*} file_architecture=${file_architecture##*.} ;;
  esac
}

# What nobody fetched is nobody's to delete.
refuse_foreign() {
  local file extra=''
  for file in "$folder"/* "$folder"/.[!.]*; do
    [[ -e $file && ${file##*/} != SHA256SUMS ]] || continue
    is_package_file "${file##*/}" || extra+=" ${file##*/}"
  done
  [[ -z $extra ]] || die 1 "$folder has what is no package:$extra" "Move it away, or name another place: --output DIR"
}

# Good packages of a former folder are not fetched twice.
reuse_former() {
  local sum name
  [[ -f $folder/SHA256SUMS ]] || return 0
  while read -r sum name; do
    ! is_package_file "$name" || [[ ! -f $folder/$name || -e $stage/$name || $(sha256sum <"$folder/$name") != "$sum  -" ]] ||
      ln -- "$folder/$name" "$stage/$name" 2>/dev/null || cp -- "$folder/$name" "$stage/$name"
  done <"$folder/SHA256SUMS"
}

complete_folder() { # FILE..., in $stage
  local failed
  if ! failed=$( (cd -- "$stage" && sha256sum -- "$@" >SHA256SUMS && sync) 2>&1); then
    die 1 "cannot write $stage/SHA256SUMS: $failed"
  fi
  rm -rf -- "$folder.former"
  [[ ! -d $folder ]] || mv -- "$folder" "$folder.former"
  mv -- "$stage" "$folder"
  rm -rf -- "$folder.former"
}

tell_folder() {
  local sum size count _
  sum=$(sha256sum <"$folder/SHA256SUMS")
  read -r size _ < <(du -sh -- "$folder" || :)
  count=$(wc -l <"$folder/SHA256SUMS")
  say "${green}complete$plain $bold%s$plain" "$platform $architecture: $count packages, $size, in $folder"
  say "The SHA-256 of its SHA256SUMS, to be carried another way than the folder: ${sum%% *}"
  say "Carry the folder 'packages' along beside the scripts, or name it there with --packages DIR. So that no other is taken for it:"
  say "  sudo bash SCRIPT --packages DIR --packages-sum ${sum%% *}"
}

# ---- apt: the packages and all that they depend on, as for a host that has none of it ---------------------------

debs=()
declare -A deb_sums=() deb_specs=()

fetch_debs() {
  local file
  local -a missing=()
  prepare_apt
  attempt 'asking the repositories' apt update
  assume_unavailable
  list_debs
  reuse_former
  for file in "$stage"/*; do
    [[ ${deb_sums[${file##*/}]:-} ]] || rm -rf -- "$file"
  done
  find_missing_debs
  if ((${#missing[@]})); then
    attempt "downloading ${#missing[@]} of ${#debs[@]} packages" download_debs
    find_missing_debs
    if ((${#missing[@]})); then
      # Where it copies (a repository that is a directory), apt does not say so.
      refuse_full_disk 'downloading' "$stage"
      die 1 "not as the repository describes them: ${missing[*]}" "Run it again: they are fetched anew" # never empty
    fi
  fi
  complete_folder "${debs[@]}" # never empty
}

apt() { # COMMAND...
  apt-get -c "$scratch/apt.conf" -y --no-install-recommends "$@"
}

# The machine's own sources and keys; state of our own, so that nothing of the machine's is touched, and what it has
# installed does not count: the hosts may have less.
prepare_apt() {
  command -v apt-get >/dev/null || die 69 "there is no apt-get on this machine" "Run this script on a machine or in a container of $platform"
  mkdir -p -- "$scratch/lists/partial" "$scratch/cache/archives/partial"
  : >"$scratch/status"
  cat >"$scratch/apt.conf" <<EOT
#clear APT::Architectures;
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
APT::Architecture "$architecture";
APT::Architectures:: "$architecture";
APT::Sandbox::User "root";
Acquire::Languages "none";
Debug::NoLocking "true";
Dir::State::lists "$scratch/lists";
Dir::State::status "$scratch/status";
Dir::State::extended_states "$scratch/extended_states";
Dir::Cache "$scratch/cache";
EOT
}

is_offered_deb() { # NAME
  [[ $(apt-cache -c "$scratch/apt.conf" show -- "$1" 2>/dev/null) ]]
}

# What this machine has and no repository of it offers (a site's partial mirror) is taken for part of every host.
assume_unavailable() {
  local count
  [[ $architecture == "$own_architecture" && -r /var/lib/dpkg/status ]] || return 0
  apt-cache -c "$scratch/apt.conf" pkgnames >"$scratch/offered"
  awk -v offered="$scratch/offered" '
    BEGIN { while ((getline name < offered) > 0) is_offered[name] = 1; RS = ""; FS = "\n" }
    {
      name = stanza = ""; installed = 0
      for (i = 1; i <= NF; i++) {
        if ($i ~ /^Package: /) name = substr($i, 10)
        if ($i == "Status: install ok installed") installed = 1
        if ($i ~ /^(Package|Status|Architecture|Multi-Arch|Version|Provides): /) stanza = stanza $i "\n"
      }
      if (installed && !(name in is_offered)) printf "%sMaintainer: -\nDescription: -\n\n", stanza
    }' /var/lib/dpkg/status >"$scratch/status.new"
  mv -- "$scratch/status.new" "$scratch/status"
  count=$(grep -c '^Package: ' "$scratch/status") || return 0
  say "$count packages of this machine are in none of its repositories: taken for part of every host"
}

# All that apt would fetch, with file names and sums as the repositories' indices have them. (It gives MD5 unless told.)
list_debs() { # -> ${debs[@]} $deb_sums $deb_specs
  local _ name sum version
  ask 'finding what they depend on' apt --print-uris -o Acquire::ForceHash=SHA256 install -- "${wanted[@]}" # never empty
  while read -r _ name _ sum; do
    is_package_file "$name" || continue
    [[ $sum == SHA256:* ]] || die 1 "the repository has no SHA-256 of $name" "Use a repository with a current index"
    version=${name#*_} version=${version%_*}
    debs+=("$name")
    deb_sums[$name]=$sum deb_specs[$name]=${name%%_*}=${version//%3a/:}
  done <"$scratch/said"
  ((${#debs[@]})) || die 1 "apt does not say where the packages are" "$(<"$scratch/said")"
}

find_missing_debs() { # -> ${missing[@]}
  local name sum
  missing=()
  for name in "${debs[@]}"; do # never empty
    sum=${deb_sums[$name]}
    [[ -f $stage/$name && $(sha256sum <"$stage/$name") == "${sum#*:}  -" ]] || missing+=("$name")
  done
}

download_debs() {
  local name
  local -a now=()
  for name in "${missing[@]}"; do # never empty
    now+=("${deb_specs[$name]}")
  done
  (cd -- "$stage" && apt download "${now[@]}") # never empty
}

# ---- yum and dnf: the packages and all that they depend on, as for an empty host ------------------------------------

declare -A present=() # what was there before this run's download

fetch_rpms() {
  local file release
  local -a options rpms=()
  ((EUID == 0)) || die 77 "$package_manager resolves for an empty host only as root" "Run: sudo bash $script (it installs nothing)"
  command -v "$package_manager" >/dev/null ||
    die 69 "there is no $package_manager on this machine" "Run this script on a machine or in a container of $platform"
  find_release
  options=(-y --installroot="$scratch/root" --releasever="$release")
  dnf_options
  reuse_former
  for file in "$stage"/*.rpm; do
    ! is_package_file "${file##*/}" || [[ ! -f $file ]] || present[${file##*/}]=1
  done
  attempt 'asking the repositories and downloading' download_rpms
  drop_superseded
  for file in "$stage"/*; do
    is_package_file "${file##*/}" || { rm -rf -- "$file" && continue; }
    if ! rpm -K --nosignature -- "$file" >"$scratch/said" 2>&1; then
      rm -f -- "$file"
      die 1 "${file##*/} is damaged" "Run it again: it is fetched anew"
    fi
    rpms+=("${file##*/}")
  done
  complete_folder "${rpms[@]}" # never empty
}

download_rpms() {
  "$package_manager" "${options[@]}" --downloadonly --downloaddir="$stage" install -- "${wanted[@]}" # never empty
}

# By the metadata that were fetched.
is_offered_rpm() { # NAME
  "$package_manager" "${options[@]}" -q -C list available -- "$1" >/dev/null 2>&1 </dev/null # never empty
}

# An empty host has no release of its own: this machine's, as the addresses of its repositories need it.
find_release() { # -> $release
  local line
  release=${release_version%%.*}
  while IFS= read -r line; do
    [[ $line != 'system-release(releasever) = '* ]] || release=${line##* }
  done < <(rpm -q --provides --whatprovides 'system-release(releasever)' 2>/dev/null || :)
}

# EL7's yum knows none of these.
dnf_options() {
  local line
  if ! "$package_manager" --help 2>/dev/null | grep -q -e --forcearch; then
    [[ $architecture == "$own_architecture" ]] ||
      die 69 "$package_manager cannot fetch for another architecture" "Run this script on a machine or in a container of $platform on $architecture"
    return 0
  fi
  options+=(--setopt=install_weak_deps=False)
  [[ $architecture == "$own_architecture" ]] || options+=(--forcearch="$architecture")
  # Modules (EL8) belong to a platform, which an empty host does not name.
  while IFS= read -r line; do
    [[ $line != PLATFORM_ID=* ]] || options+=(--setopt=module_platform_id="${line#*=}")
  done < <(tr -d "\"'" </etc/os-release || :)
}

# Where a newer version of a package came, the one that was there before goes.
drop_superseded() {
  local file other came file_name file_architecture
  for file in "$stage"/*.rpm; do
    is_package_file "${file##*/}" || continue
    [[ -f $file && -z ${present[${file##*/}]:-} ]] || continue
    name_of "${file##*/}"
    came=$file_name.$file_architecture
    for other in "${!present[@]}"; do
      name_of "$other"
      [[ $file_name.$file_architecture != "$came" ]] || rm -f -- "$stage/$other"
    done
  done
}

# ---- main ---------------------------------------------------------------------------------------

wanted=()

after_error='Run it again: it goes on where it was.'

ended() { # WHAT
  complain "$1: run it again, it goes on where it was"
}

# Runs what downloads, shows what it says, and keeps that for the message of a failure.
attempt() { # WHAT COMMAND...
  local what=$1 status=0
  shift
  say "$bold%s: %s$plain" "$script" "$what"
  if [[ $quiet ]]; then
    "$@" >"$scratch/said" 2>&1 </dev/null || status=$?
  else
    "$@" 2>&1 </dev/null | tee -- "$scratch/said" | tell_lines || status=$?
  fi
  ((status == 0)) || explain_failure "$what"
}

# The same for what has nothing to show unless it fails.
ask() { # WHAT COMMAND...
  local what=$1 status=0
  shift
  "$@" >"$scratch/said" 2>&1 </dev/null || status=$?
  ((status == 0)) && return 0
  [[ $quiet ]] || tell_lines <"$scratch/said" >&2
  explain_failure "$what"
}

# The causes that people meet, each with what to do. What the package manager said of them is shown, not understood.
explain_failure() { # WHAT
  local name unknown=''
  [[ -z $quiet ]] || tell_lines <"$scratch/said" >&2
  refuse_full_disk "$1" "$stage"
  refuse_full_disk "$1" "$scratch"
  for name in "${wanted[@]}"; do # never empty
    is_offered "$name" || unknown+=" $name"
  done
  if [[ $unknown == " ${wanted[*]}" ]]; then # never empty
    die 69 "$1: the repositories of this machine cannot be reached, or have none of the packages (above)" \
      "Is this machine connected? Does its package manager know the proxy? Are the system's repositories enabled? Then run it again"
  elif [[ $unknown ]]; then
    die 69 "$1: no repository of this machine has:$unknown" \
      "Enable the repository that has it, or mend the name in the description"
  fi
  die 69 "$1: the repositories broke off, or lack what the packages depend on (above)" \
    "Run it again: it goes on where it was" \
    "If it says the same, enable the system's complete repositories, base and updates, as its vendor configures them"
}

refuse_full_disk() { # WHAT DIRECTORY
  local blocks size free=%a
  ((EUID)) || free=%f
  read -r blocks size < <(stat -f -c "$free %S" -- "$2" || :) || return 0
  ((blocks * size >= 1048576)) ||
    die 1 "$1: the disk of $2 is full" "Make room, or name another place (--output DIR, TMPDIR for temporary files); then run it again"
}

is_offered() { # NAME
  case $package_manager in
    apt) is_offered_deb "$1" ;;
    *) is_offered_rpm "$1" ;;
  esac
}

# What a program says, as it comes.
tell_lines() {
  local line
  while IFS= read -r line || [[ $line ]]; do tell_line "$line"; done
}

program() {
  local package
  choose_platform
  if [[ $list ]]; then
    for package in ${wanted[@]+"${wanted[@]}"}; do tell "$package"; done
    return
  fi
  choose_architecture
  finally on_exit
  end_on_signals
  say "for ${hosts_of[$platform]} ($platform $architecture): ${wanted[*]}" # never empty
  place_folder
  if is_complete; then
    say "complete already; --refresh fetches newer versions"
  else
    refuse_foreign
    case $package_manager in
      apt) fetch_debs ;;
      *) fetch_rpms ;;
    esac
  fi
  tell_folder
}

main "$@"
