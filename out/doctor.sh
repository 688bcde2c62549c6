#!/bin/bash
{ # Part 1 of 3: runs nothing unless this file is whole and as it was written. Cut within these braces, it is a syntax error.
lvsgen_sum=95be12af427451f022a60a8dd4b26dd837dcb0b2ca4b7f769258d4b0c232f2b1 # of this file without this number: against accidents, not against people, who can change both
lvsgen_size=160267 # (Each line here ends in a comment, so that it works even where an editor or a mail gateway made CRLF of it.)
lvsgen_version=0.1.0 # that wrote this file
lvsgen_runtime=3b852c59b30ed26626a976d6e633fab6277e351dd87c3427aced6aa835bfb96c # of part 3: sed '1,/^# Part 3 of 3/d' FILE | sha256sum
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

# Part 2 of 3: what the scripts count on, host by host. This script reads and asks; it changes nothing. Read this part.

lvsgen_format=1
cluster=kgc
role=doctor
role_title='a described host'

# The hosts: name, platform, the addresses that tell which one this is.
hosts() {
  host lvs1 el7 192.168.80.10
  host web1 el7 192.168.80.12
  host web2 el7 192.168.80.13
  host pc el7 192.168.80.200
}

# The systems described, as ID:VERSION_ID of /etc/os-release; the versions that they were released with.
platform_facts() {
  case $platform in
    el7) package_manager=yum platform_releases='centos:7* rhel:7* ol:7* scientific:7*' kernel_released=3.10 ipvsadm_released=1.27 keepalived_released=1.3.5 ;;
  esac
}

# repository: a carried folder where there is one, else the system's repositories. carried: that folder alone. installed: none.
package_source=repository

# Who alone may answer ARP for the virtual addresses: name and addresses.
directors() {
  director lvs1 192.168.80.10
}

# Every interface: host, name and addresses.
interfaces() {
  interface lvs1 ens33 192.168.80.10/24
  interface web1 ens33 192.168.80.12/24
  interface web2 ens33 192.168.80.13/24
  interface pc ens33 192.168.80.200/24
}

# What an apply needs on such a host, or would run into.
needs() {
  case $host in
    lvs1)
      need roles director
      need network ifcfg
      need backend ifcfg ens33
      need package ipvsadm
      need module ip_vs ip_vs_rr
      need unit ipvsadm.service
      need firewall disable
      need selinux permissive
      need offload ens33
      need file /etc/modules-load.d/lvsgen-kgc-director.conf
      need sysctl net.ipv4.ip_forward 0
      need sysctl net.ipv4.conf.all.send_redirects 0
      need sysctl net.ipv4.conf.default.send_redirects 0
      need sysctl net.ipv4.conf.ens33.send_redirects 0
      need sysctl net.ipv4.vs.expire_nodest_conn 1
      need file /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf
      need file /etc/selinux/config
      need file /etc/lvsgen/kgc/services
      need file /etc/lvsgen/kgc/keep-services
      need file /etc/systemd/system/ipvsadm.service.d/lvsgen-kgc-director.conf
      need file /etc/sysconfig/ipvsadm
      need file /etc/lvsgen/kgc/announce
      need vip 192.168.80.188 ens33
      need file /etc/sysconfig/network-scripts/ifcfg-ens33:0
      need file /etc/logrotate.d/lvsgen
      ;;
    web1)
      need roles realserver
      need network ifcfg
      need package nfs-utils rpcbind httpd
      need unit rpcbind.service httpd.service
      need firewall disable
      need selinux permissive
      need sysctl net.ipv4.conf.all.arp_ignore 1
      need sysctl net.ipv4.conf.lo.arp_ignore 1
      need sysctl net.ipv4.conf.all.arp_announce 2
      need sysctl net.ipv4.conf.lo.arp_announce 2
      need sysctl net.ipv4.conf.ens33.rp_filter 2
      need file /etc/sysctl.d/99-zz-lvsgen-kgc-realserver.conf
      need file /etc/selinux/config
      need vip 192.168.80.188 ens33
      need file /etc/sysconfig/network-scripts/ifcfg-lo:0
      need file /etc/rc.d/rc.local
      need nfs 192.168.80.13
      need file /etc/systemd/system/var-www-html.mount.d/lvsgen-kgc-realserver.conf
      need file /etc/fstab
      need file /var/www/html/index.html
      need file /etc/systemd/system/httpd.service.d/lvsgen-kgc-realserver.conf
      need file /etc/logrotate.d/lvsgen
      need answer tcp 192.168.80.188 80
      ;;
    web2)
      need roles realserver nfs
      need network ifcfg
      need package nfs-utils rpcbind httpd
      need unit rpcbind.service httpd.service nfs-server.service
      need firewall disable
      need selinux permissive
      need sysctl net.ipv4.conf.all.arp_ignore 1
      need sysctl net.ipv4.conf.lo.arp_ignore 1
      need sysctl net.ipv4.conf.all.arp_announce 2
      need sysctl net.ipv4.conf.lo.arp_announce 2
      need sysctl net.ipv4.conf.ens33.rp_filter 2
      need file /etc/sysctl.d/99-zz-lvsgen-kgc-realserver.conf
      need file /etc/selinux/config
      need vip 192.168.80.188 ens33
      need file /etc/sysconfig/network-scripts/ifcfg-lo:0
      need file /etc/rc.d/rc.local
      need file /etc/systemd/system/var-www-html.mount.d/lvsgen-kgc-realserver.conf
      need file /etc/fstab
      need file /var/www/html/index.html
      need file /etc/systemd/system/httpd.service.d/lvsgen-kgc-realserver.conf
      need file /etc/logrotate.d/lvsgen
      need answer tcp 192.168.80.188 80
      need file /etc/exports.d/lvsgen-usr-share.exports
      need file /etc/exports.d/lvsgen-opt-kgc@192.168.80.0-24.exports
      need file /etc/exports.d/lvsgen-opt-benet@192.168.80.0-24.exports
      ;;
    pc)
      need roles client
      need tool curl
      ;;
  esac
}

# Part 3 of 3: the runtime, the same in every doctor.sh.

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

# ---- kinds: what the engine knows of them --------------------------------------------------------------------
#
# The file of a kind begins with its declaration; templates/runtime/README.md says what each trait means, and which
# functions a kind may have. The engine asks for traits and functions, and never for a kind by its name.

all_kinds='' # what `want` and --only take
declare -A traits=() # `KIND TRAIT` -> its value; TRAIT -> the kind that has it, where one has

kind() { # NAME TRAIT[=VALUE]...
  local name=$1 trait
  shift
  for trait in "$@"; do traits["$name ${trait%%=*}"]=${trait#*=} traits[${trait%%=*}]=$name; done
  has "$name" recorded || all_kinds+=${all_kinds:+ }$name
}

has() { # KIND TRAIT [VALUE]
  [[ ${traits["$1 $2"]:-} && (-z ${3:-} || ${traits["$1 $2"]} == "$3") ]]
}

# Does it lie at its path as a directory?
is_directory() { # KIND
  has "$1" parent || has "$1" folder
}

declare -A is_defined=() # by name: yes or no, once it was asked for; none is defined later

is_function() { # NAME
  if [[ -z ${is_defined[$1]:-} ]]; then
    if declare -F "$1" >/dev/null; then is_defined[$1]=yes; else is_defined[$1]=no; fi
  fi
  [[ ${is_defined[$1]} == yes ]]
}

# Where a resource lies, of a kind with a path.
path_of() { # KIND NAME -> $path
  path=$2
  ! is_function "$1_path" || "$1_path" "$2"
}

# Is its path lvsgen's as a whole, with a text of lvsgen's in it?
writes_whole() { # KIND
  has "$1" path whole && is_function "$1_written"
}

# What a change of this kind makes stale of the facts.
forget_snapshots() { # KIND
  local fact
  local -a words
  if has "$1" stale all; then
    loaded=()
    return 0
  fi
  split_words "${traits["$1 stale"]:-}"
  for fact in ${words[@]+"${words[@]}"}; do loaded[$fact]=''; done
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

command=doctor collect_dir='' host='' root='' packages_dir='' packages_sum='' mutating=''

accept '--host NAME' host 'act as this host of the description (default: found by its addresses)'
accept '--packages DIR' packages_dir:existing 'the folder of carried packages, as the scripts take it'
accept '--packages-sum SUM' packages_sum:packages_sum 'the SHA-256 of its SHA256SUMS, as the scripts take it'
accept '--collect DIR' collect_dir:collect 'only copy what lvsgen import reads of this host into DIR, a new folder, without secrets'
accept --json json 'one JSON object per line'
accept --quiet quiet 'only what would stop an apply'
accept --no-color no_color 'no colours (as the NO_COLOR variable)'

introduce() {
  print_text '' '' "$script: what would stop an apply of the LVS cluster $cluster on this host, before it is tried"
  printf '\n'
  print_text '' '' "Usage: sudo bash $script [OPTIONS]"
  printf '\n'
  print_text '' '' "Looks at the system, its packages, its network, its disks, asks the wire who has the virtual addresses, and the roles'
    scripts beside it what stands in the way (their command check). It changes nothing. Without root it leaves out what only
    root may see, and says so."
  print_text '' '' '--collect is for hosts that are in no description yet: it asks nothing, and writes in its DIR alone.'
}

conclude() {
  print_text '' '' 'Each finding is ok, warn (an apply goes through, but look at it), stop (an apply would fail) or skip (it could not be
    found out), with why it matters and what to do.'
  printf '\n'
  print_text '' '' 'Exit codes: 0 nothing would stop an apply; 1 something would; 64 usage; 78 not a described host.'
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

# ---- findings: what was seen, why it matters, what to do ---------------------------------------------

count+=([warn]=0 [stop]=0 [skip]=0)

finding() { # LEVEL CHECK WHAT [WHY] [REMEDY]
  local level=$1 check=$2 color=$dim padded
  count+=(["$level"]=$((${count["$level"]:-0} + 1)))
  event finding level "$level" check "$check" what "$3" why "${4:-}" remedy "${5:-}"
  [[ -z $json ]] || return 0
  case $level in
    ok) color=$green ;;
    warn) color=$yellow ;;
    stop) color=$red ;;
  esac
  [[ -z $quiet || $level == stop ]] || return 0
  printf -v padded '%-4s%s  %-10s' "$level" "$plain" "$check"
  tell "$color$padded %s" "$3"
  [[ -z ${4:-} ]] || finding_lines 'why' "$4"
  [[ -z ${5:-} ]] || finding_lines 'do' "$5"
}

finding_lines() { # LABEL TEXT
  local line label=$1 padded
  while IFS= read -r line; do
    printf -v padded '%-4s' "$label"
    tell "                 $dim%s$plain %s" "$padded" "$line"
    label=''
  done <<<"$2"
}

# A carried folder's or a package manager's own words: the first line is what, the rest the remedy.
finding_failure() { # LEVEL CHECK WHY, with $failure
  local remedy=''
  [[ $failure != *$'\n'* ]] || remedy=${failure#*$'\n'}
  finding "$1" "$2" "${failure%%$'\n'*}" "$3" "$remedy"
}

# ---- what is described of this host -----------------------------------------------------------------

roles='' network='' firewall_policy='' selinux_policy=''
packages=() modules=() wanted_units=() units=() tools=() openings=() booleans=() sysctls=() files=() vips=() nfs_servers=() answers=()
keepalived_file='' vrrp=() vrrp_peers=()
backends=() forwarding_nics=() interface_names=() interface_addresses=()
director_names=() director_addresses=()

director() { # NAME ADDRESS...
  director_names+=("$1")
  shift
  director_addresses+=(" $* ")
}

interface() { # HOST INTERFACE ADDRESS/PREFIX...
  [[ $1 == "$host" ]] || return 0
  interface_names+=("$2")
  shift 2
  interface_addresses+=("$*")
}

need() { # KIND WORDS...
  local kind=$1
  shift
  case $kind in
    roles) roles=$* ;;
    network) network=$1 ;;
    backend) backends+=("$*") ;;
    package) packages=("$@") ;;
    tool) tools=("$@") ;;
    offload) forwarding_nics=("$@") ;;
    module) modules=("$@") ;;
    unit) wanted_units=("$@") units=("$@") ;;
    firewall) firewall_policy=$1 openings=("${@:2}") ;;
    selinux) selinux_policy=$1 booleans=("${@:2}") ;;
    sysctl) sysctls+=("$1 $2") ;;
    vip) vips+=("$1 $2") ;;
    keepalived) keepalived_file=$1 ;;
    vrrp) vrrp+=("$1 $2") && vrrp_peers+=("$(printf '%s;' "${@:3}")") ;;
    answer) answers+=("$1 $2 $3") ;;
    nfs) nfs_servers+=("$1") ;;
    file) files+=("$1") ;;
  esac
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

# ---- this host: which of the described it is, and whether it is the described system ---------------

host_names=() host_platforms=() host_addresses=()

host() { # NAME PLATFORM ADDRESS...
  host_names+=("$1")
  host_platforms+=("$2")
  shift 2
  host_addresses+=("$*")
}

find_host() {
  local found
  look_for_host
  [[ $found ]] || refuse_host
  host=${host_names[found]} platform=${host_platforms[found]}
}

# -> $found: which of the described hosts this is; empty where it is none
look_for_host() {
  local i address
  local -a words=()
  found=''
  ((${#host_names[@]})) || hosts
  for ((i = 0; i < ${#host_names[@]}; i++)); do
    if [[ $host ]]; then
      [[ $host != "${host_names[i]}" ]] || found=$i
      continue
    fi
    load_addresses
    split_words "${host_addresses[i]}"
    for address in ${words[@]+"${words[@]}"}; do
      [[ ${address_of[$address]:-} ]] || continue
      [[ -z $found || $found == "$i" ]] ||
        die 78 "this host has addresses of both ${host_names[found]} and ${host_names[i]}" "Say which it is: --host NAME"
      found=$i
    done
  done
}

refuse_host() {
  local i
  if [[ $host ]]; then
    die 78 "no host $host is described here, but ${host_names[*]}" # never empty
  fi
  die 78 "this script is not for this host: none of its addresses is that of $role_title" \
    "It is for:$(for ((i = 0; i < ${#host_names[@]}; i++)); do printf ' %s (%s)' "${host_names[i]}" "${host_addresses[i]}"; done)" \
    "If it is one of them under another address: --host NAME"
}

# ---- lock: who has it ------------------------------------------------------------------------------------

# Not in /run/lock, where everyone may write; and nobody else may open it, since who can, can hold it.
lock_file=/run/lvsgen.lock

# Found by its open descriptor, so that a run that changes nothing need not write its name anywhere. Another
# that waits has it open too, without a lock on it (which Linux tells from 4.1 on); so has what a run started.
lock_holder() { # -> $holder, empty where none is seen; $holder_parent: the process that started it, 1 where that has ended
  local process word information rank best=-1
  holder='' holder_parent=''
  local -a words
  for process in /proc/[0-9]*; do
    [[ $process != "/proc/$$" && $process/fd/9 -ef $lock_file ]] || continue
    words=() information=''
    { while IFS= read -r -d '' word; do words+=("$word"); done <"$process/cmdline"; } 2>/dev/null || continue
    { IFS= read -r -d '' information <"$process/fdinfo/9" || :; } 2>/dev/null
    ((${#words[@]})) || continue
    rank=0
    [[ $information != *$'\nlock:'* ]] || rank=2
    [[ ${words[0]} != *bash ]] || rank=$((rank + 1))
    ((rank > best)) || continue
    best=$rank
    holder="process ${process#/proc/} (${words[*]})" # never empty
    # shellcheck disable=SC2034 # doctor.sh names the holder alone
    holder_parent=$(sed -n 's/^PPid:[[:space:]]*//p' "$process/status" 2>/dev/null) || holder_parent=''
  done
}

# ---- snapshots: what this host is like, read once for all resources -----------------------------

declare -A loaded=() stat_of=() address_of=() words_of=() unit_of=() unit_id=() package_of=()
paths=() # files and directories whose state is asked for

# A file's text into $content, without a process; fails where there is none, or where it holds a NUL.
read_text() { # PATH
  content=''
  [[ -f $1 && -r $1 ]] || return 1
  ! IFS= read -r -d '' content <"$1" || return 1
  ((${#content} % 4096)) || is_whole "$1"
}

# For `read` an error of the disk is an end. It ends a text before a block of the file: few texts are of such a length.
is_whole() { # PATH, with $content; empty where that is not all of it
  local size
  # What the kernel makes as it is read has no size.
  [[ $content || -s $1 ]] && [[ $1 != @(/proc|/sys)/* ]] || return 0
  for _ in 1 2 3; do
    size=$(stat -L -c %s -- "$1" 2>/dev/null) || size=''
    [[ $size != "${#content}" ]] || return 0
    # Somebody may be writing to it.
    { IFS= read -r -d '' content <"$1"; } 2>/dev/null || :
  done
  content=''
  cannot_read "$1" cat
  return 1
}

unread='' # the function by which a program goes on, or ends, where a fact cannot be read

# What cannot be read must not pass for missing: it would be written down as the state before.
cannot_read() { # WHAT COMMAND
  "$unread" "$@"
}

# Type, mode, owner, group and modification time of every path that will be asked for, and of all directories above it, in
# one process. Of a pipe bash reads a byte a call: the answer is read as a whole, a line a path, where no path has a line end. (A / behind it,
# since `read` takes a | at the end of a line for the end of a field.)
load_stats() {
  local mode uid gid user group mtime type path line answer several_lines=''
  local -a text_lines=()
  local -A asked=(["${root:-/}"]=1)
  [[ -z ${loaded[stat]:-} ]] || return 0
  loaded[stat]=1 stat_of=()
  ((${#paths[@]})) || return 0
  for path in "${paths[@]}"; do # never empty
    [[ $path != *$'\n'* ]] || several_lines=1
    while [[ $path && -z ${asked[$path]:-} ]]; do
      asked[$path]=1
      path=${path%/*}
    done
  done
  if [[ -z $several_lines ]]; then
    answer=$(stat --printf '0%a %u %g %U %G %y %F|%n/\n' -- "${!asked[@]}" 2>/dev/null || :) # never empty
    split_lines "$answer"
    for line in "${text_lines[@]}"; do # never empty
      path=${line#*|}
      [[ ! $path ]] || stat_of[${path%/}]=${line%%|*}
    done
    return 0
  fi
  while IFS='|' read -r -d '' mode uid gid user group mtime type path; do
    stat_of[${path%/}]="0${mode} $uid $gid $user $group $mtime $type"
  done < <(stat --printf '%a|%u|%g|%U|%G|%y|%F|%n/\0' -- "${!asked[@]}" 2>/dev/null || :) # never empty
}

# What is found out only now to be asked for, in one process more, and none where it was asked for already.
also_stat() { # PATH below $root...
  local path
  for path in "$@"; do
    [[ -z ${stat_of[$root$path]:-} ]] || continue
    paths+=("$root$path")
    loaded[stat]=''
  done
}

stat_path() { # PATH -> $stat: mode uid gid user group time type; empty where there is nothing
  load_stats
  local again=0
  # Where others than root can change it, it may come and go, on purpose too: so often in a row only a `stat` that does not work fails.
  while [[ -z ${stat_of[$1]:-} && (-e $1 || -L $1) ]]; do
    ((again++ < 40)) || cannot_read "the state of $1" stat
    paths+=("$1")
    unset 'loaded[stat]'
    load_stats
  done
  stat=${stat_of[$1]:-}
}

# address_of["ADDRESS DEVICE"]="PREFIX ..."; words_of has a line for each, as `ip address add` takes it back. order_of[DEVICE] has those
# of IPv4 in the kernel's order, `ADDRESS/PREFIX WORDS...` a line: the first of a network is its primary address.
declare -A order_of=()

# One that is not here, by what its name says it is.
absent_interface() { # DEVICE -> $present: those that are, $remedy
  local kind='' vlan='^(.+)\.([0-9]+)$'
  present=$(cd /sys/class/net && printf '%s ' *)
  present=${present% }
  if [[ $1 =~ $vlan ]]; then
    kind="VLAN ${BASH_REMATCH[2]} of ${BASH_REMATCH[1]}"
    [[ -e /sys/class/net/${BASH_REMATCH[1]} ]] || kind+=", which is not here either"
  else
    case $1 in
      vlan[0-9]*) kind='a VLAN' ;;
      br[0-9]* | br-* | bridge[0-9]* | vmbr[0-9]*) kind='a bridge' ;;
      bond[0-9]* | team[0-9]*) kind='a bond' ;;
    esac
  fi
  remedy='Mend the interface in the description and build again.'
  [[ -z $kind ]] || remedy="By its name it is $kind. lvsgen makes none: have what configures this host's network make it and bring it up, and run this again."$'\n'"Or mend the interface in the description and build again."
}

load_addresses() {
  local interface family cidr rest line said complete=''
  local -a text_lines=()
  [[ -z ${loaded[address]:-} ]] || return 0
  loaded[address]=1 address_of=() words_of=() order_of=()
  said=$(ip -o address show && printf 'complete\n' 2>/dev/null) || :
  split_lines "$said"
  for line in "${text_lines[@]}"; do # never empty
    [[ $line != complete ]] || complete=1
    [[ $line =~ ^[0-9]+:\ +([^ ]+)\ +(inet6?)\ +([^ ]+)\ (.*)$ ]] || continue
    interface=${BASH_REMATCH[1]%%@*} family=${BASH_REMATCH[2]} cidr=${BASH_REMATCH[3]} rest=${BASH_REMATCH[4]}
    address_of["${cidr%/*} ${interface}"]+="${cidr#*/} "
    address_of[${cidr%/*}]+="${interface} "
    address_words "$cidr" "$family" "$rest"
    words_of["${cidr%/*} ${interface}"]+=${words_of["${cidr%/*} ${interface}"]:+$'\n'}$line
    [[ $family != inet ]] || order_of[$interface]+="${cidr%/*}/$line"$'\n'
  done
  [[ $complete ]] || cannot_read 'the addresses of this host' 'ip -o address show'
}

# What ip prints behind an address, without what the kernel decides: `24 brd 192.168.80.255 scope global label ens33:0`.
address_words() { # CIDR FAMILY WORDS -> $line
  local word before='' label='' lifetimes=''
  local -a words=()
  line=${1#*/}
  split_words "$3"
  for word in ${words[@]+"${words[@]}"}; do
    case $before in
      peer | brd | scope | metric) line+=" $before $word" ;;
      preferred_lft) [[ $word != 0sec ]] || line+=' preferred_lft 0' ;;
    esac
    case $word in
      noprefixroute | nodad | home) line+=" $word" ;;
      valid_lft) lifetimes=1 ;;
    esac
    [[ $lifetimes ]] || label=$word
    before=$word
  done
  [[ $2 != inet ]] || line+=" label ${label%\\}"
}

declare -A route_of=() # by `FAMILY DESTINATION`

load_routes() {
  local line family complete key=''
  [[ -z ${loaded[route]:-} ]] || return 0
  loaded[route]=1 route_of=()
  for family in 4 6; do
    complete=''
    # A kernel without IPv6 has no such routes.
    [[ $family == 4 || -e /proc/net/if_inet6 ]] || continue
    while read -r line; do
      # How long a router's word still holds: another second is no other route, and ip does not take it back.
      [[ ! $line =~ ^(.*)\ expires\ -?[0-9]+sec(.*)$ ]] || line=${BASH_REMATCH[1]}${BASH_REMATCH[2]}
      if [[ $line == complete ]]; then
        complete=1
      elif [[ $line == 'nexthop '* && $key ]]; then
        # One of several ways of the route in the line before.
        route_of[$key]="${route_of[$key]%$'\n'} $line"$'\n'
      else
        key="$family ${line%% *}"
        route_of[$key]+=$line$'\n'
      fi
    done < <(ip "-$family" route show table main && printf 'complete\n' 2>/dev/null)
    [[ $complete ]] || cannot_read 'the routes of this host' "ip -$family route show"
  done
}

family_of() { # DESTINATION -> $family
  family=4
  [[ $1 != *:* ]] || family=6
}

# ---- who answers for an address on a segment: asked there, as RFC 5227 has it, without claiming it ------------------------

declare -A answered_by=() # "ADDRESS DEVICE" -> hardware addresses, a blank behind each

# Another program of the same name takes other options.
is_arping() {
  command -v arping >/dev/null && [[ $(arping -V 2>&1) == *iputils* ]]
}

most_asked_at_once=32

# All at once: a question that nobody answers takes its whole time.
ask_wire() { # "ADDRESS DEVICE"... of IPv4
  local entry address device mac
  for entry in "$@"; do answered_by[$entry]=''; done
  while read -r address device mac; do
    [[ " ${answered_by["$address $device"]}" == *" $mac "* ]] || answered_by["$address $device"]+="$mac "
  done < <(answers_on_wire "$@" || :)
}

answers_on_wire() { # "ADDRESS DEVICE"...
  local entry running=0
  for entry in "$@"; do
    macs_for "${entry% *}" "${entry#* }" &
    running=$((running + 1))
    ((running % most_asked_at_once)) || wait
  done
  wait
}

# Of an address of this very host an ordinary request would tell the neighbours where it is: there it is a probe, which ends with the first answer.
macs_for() { # ADDRESS DEVICE: prints ADDRESS DEVICE MAC, a line each
  local line mac manner=-b
  [[ -z ${address_of[$1]:-} ]] || manner=-D
  while IFS= read -r line; do
    [[ $line =~ \[([0-9A-Fa-f:]{17})\] ]] || continue
    mac=${BASH_REMATCH[1]}
    printf '%s %s %s\n' "$1" "$2" "${mac,,}"
  done < <(arping "$manner" -c 2 -w 2 -I "$2" "$1" 2>/dev/null || :)
}

# The kernel's own question, for IPv6 and where there is no arping: -> $mac, empty where nobody answers
neighbour_of() { # ADDRESS DEVICE
  local line tenths state=''
  mac=''
  for ((tenths = 0; tenths < 100; tenths++)); do
    # What is sent there has it asked; where there is an old answer, once more after five seconds (delay_first_probe_time in arp(7)).
    # shellcheck disable=SC2016 # the inner bash expands it
    ((tenths % 20)) || timeout 1 "$BASH" -c 'printf x >"/dev/udp/$1/9"' bash "$1" 2>/dev/null || :
    line=$(ip neigh show to "$1" dev "$2" 2>/dev/null) || line=''
    line=${line%"${line##*[! ]}"} state=${line##* }
    case $state in
      REACHABLE | PERMANENT) break ;;
      FAILED | NOARP) return 0 ;;
      '') ((tenths < 5)) || return 0 ;; # no way there
    esac
    sleep 0.1
  done
  [[ $state == @(REACHABLE|PERMANENT) && $line =~ lladdr\ ([0-9a-f:]{17}) ]] || return 0
  mac=${BASH_REMATCH[1]}
}

# ---- who sent an advertisement that keepalived did not take as it was, by the journal ---------------------------------------

heard_from=' '

load_senders() { # SINCE, as journalctl has it
  local said
  [[ -z ${loaded[sender]:-} ]] || return 0
  loaded[sender]=1
  while IFS= read -r said; do
    [[ $said =~ (advert\ from|unicast\ source\ address)\ ([0-9A-Fa-f.:]+) ]] || continue
    note_sender "${BASH_REMATCH[2]%:}"
  done < <(timeout 20 journalctl -u keepalived.service -b -o cat --no-pager -q --since="$1" 2>/dev/null || :)
}

note_sender() { # ADDRESS
  [[ $heard_from == *" $1 "* ]] || heard_from+="$1 "
}

# ---- what listens on this host, and at which of its addresses -----------------------------------------------------------

# Local addresses of the sockets on a port. The wildcard of IPv6 is one for both families unless ss says that it is not (v6only:1, iproute2
# 4.12 and newer, whose own word for one of both is *).
sockets_on() { # PROTOCOL PORT
  local local_address more addresses=''
  while read -r _ _ _ local_address more; do
    [[ ${local_address##*:} == "$2" ]] || continue
    local_address=${local_address%:*}
    [[ $local_address != @(::|\[::\]) || " $more " == *' v6only:1 '* ]] || local_address='*'
    addresses+=${addresses:+ }$local_address
  done < <(ss -lne "--$1" 2>/dev/null || :)
  printf '%s' "$addresses"
}

# Does one of them take what comes for an address? Its own does, and the wildcards.
listens_for() { # ADDRESS SOCKETS
  local one
  local -a words=()
  split_words "$2"
  for one in ${words[@]+"${words[@]}"}; do
    one=${one#\[} one=${one%\]} one=${one%%%*}
    # An IPv4 address of a socket of IPv6, as Java has them (RFC 4291, 2.5.5.2).
    [[ $one != ::ffff:*.* ]] || one=${one#::ffff:}
    case $one in
      "$1" | '*') return 0 ;;
      ::) [[ $1 != *:* ]] || return 0 ;;
      0.0.0.0) [[ $1 == *:* ]] || return 0 ;;
    esac
  done
  return 1
}

declare -A unit_sub=() unit_pullers=() # by name: what its type says beside `active`; the units that start it along with themselves
pulling_properties=WantedBy,RequiredBy,BoundBy,UpheldBy,TriggeredBy # an older systemctl passes over those that it does not know

# Every unit that will be asked for, in one process; once more where one has been asked for since.
load_units() {
  local line id='' unit_names='' load='' file='' active='' sub='' pullers='' name said complete=''
  local -a words=() text_lines=()
  [[ ${loaded[unit]:-} != "${#units[@]}" ]] || return 0
  loaded[unit]=${#units[@]} unit_of=() unit_id=() unit_sub=() unit_pullers=()
  ((${#units[@]})) && [[ -d /run/systemd/system ]] || return 0
  said=$(systemctl show --property="Id,Names,LoadState,UnitFileState,ActiveState,SubState,$pulling_properties" -- "${units[@]}" && printf '\ncomplete\n' 2>/dev/null) || : # never empty
  split_lines "$said"
  for line in "${text_lines[@]}"; do # never empty
    case $line in
      complete) complete=1 ;;
      Id=*) id=${line#*=} ;;
      Names=*) unit_names=${line#*=} ;;
      LoadState=*) load=${line#*=} ;;
      UnitFileState=*) file=${line#*=} ;;
      ActiveState=*) active=${line#*=} ;;
      SubState=*) sub=${line#*=} ;;
      WantedBy=* | RequiredBy=* | BoundBy=* | UpheldBy=* | TriggeredBy=*) pullers+=" ${line#*=}" ;;
      '')
        split_words "$id $unit_names"
        for name in ${words[@]+"${words[@]}"}; do
          # shellcheck disable=SC2034 # in doctor nobody asks for unit_sub
          unit_of[$name]="$load ${file:-none} $active" unit_id[$name]=$id unit_sub[$name]=$sub unit_pullers[$name]=$pullers
        done
        id='' unit_names='' load='' file='' active='' sub='' pullers=''
        ;;
    esac
  done
  [[ $complete ]] || cannot_read "the state of units" 'systemctl show'
}

# Does a boot start it, though it is not enabled itself? By what pulls it in, up to what every boot starts.
boot_reaches() { # UNIT, of those that were asked for
  local line unit_names='' above=${unit_pullers[$1]:-} name
  local -a words=() asked_units=()
  local -A seen=(["$1"]=1)
  while :; do
    split_words "$above"
    asked_units=() above=''
    for name in ${words[@]+"${words[@]}"}; do
      [[ -n ${seen[$name]:-} ]] || asked_units+=("$name")
      seen[$name]=1
    done
    ((${#asked_units[@]})) || return 1
    while IFS= read -r line; do
      case $line in
        Id=* | Names=*) unit_names+=" ${line#*=}" ;;
        *=*) above+=" ${line#*=}" ;;
      esac
    done < <(systemctl show --property="Id,Names,$pulling_properties" -- "${asked_units[@]}" 2>/dev/null || :) # never empty
    [[ "$unit_names " != *' '@(default|sysinit|basic).target' '* ]] || return 0
  done
}

# The package database answers for every name, or has not been asked.
load_packages() {
  [[ ${loaded[package]:-} ]] || ask_packages || cannot_read 'which packages are installed' "a query of $package_manager's database"
}

# Fails where it does not answer: after a package manager that was killed, say, its database may be locked for ever.
ask_packages() {
  local line name answered=0 said=''
  local -a text_lines=()
  local -A asked=()
  package_of=()
  for name in ${packages[@]+"${packages[@]}"} ${journaled_packages[@]+"${journaled_packages[@]}"}; do asked[$name]=1; done
  ((${#asked[@]} == 0)) || said=$(query_packages "${!asked[@]}" || :)
  split_lines "$said"
  for line in ${text_lines[@]+"${text_lines[@]}"}; do
    case $line in
      *': no packages found matching '* | 'package '*' is not installed') ;;
      *' installed') package_of[${line%% *}]=installed ;;
      *' config-files' | *' not-installed' | *' half-installed' | *' unpacked' | *' half-configured' | *' triggers-'*) ;;
      *) continue ;;
    esac
    answered=$((answered + 1))
  done
  ((answered >= ${#asked[@]})) || return 1
  loaded[package]=1
}

# ---- packages: installed by the system's own package manager ---------------------------------------
#
# From a carried folder alone where there is one, else from the repositories that the host has configured; `$package_source`
# of the description narrows that down to one of them, or to none.

kind package kept stale=all

packages=() journaled_packages=() # what is described; what an undo would ask about, which is not installed for that

package_declare() { # NAME
  packages+=("$1")
  describe package "$1" installed
}

package_probe() { # NAME
  load_packages
  have=${package_of[$1]:-absent}
}

packages_unknown='' # 1 once the database has not answered

# A rollback tells what stays, and is not to end for that: what nobody can look for may well be there.
package_stays() { # NAME RECORD
  local have
  [[ -z $packages_unknown ]] || return 0
  if [[ -z ${loaded[package]:-} ]] && ! ask_packages; then
    packages_unknown=1
    log 'which packages are installed is not known: the package manager does not answer'
    return 0
  fi
  package_probe "$1"
  [[ $have != "$2" ]]
}

package_facts() { # NAME
  journaled_packages+=("$1")
}

# A database that is locked for ever would keep whoever asks; and rpm may not end by SIGTERM alone.
query_packages() { # NAME... -> lines `NAME STATUS`, or what says that there is no such package
  # shellcheck disable=SC2016 # dpkg-query expands it
  {
    case $package_manager in
      apt) timeout -k 5 60 dpkg-query -W -f '${Package} ${db:Status-Status}\n' -- "$@" 2>&1 || : ;;
      *) timeout -k 5 60 rpm -q --qf '%{NAME} installed\n' -- "$@" 2>&1 || : ;;
    esac
  } 2>/dev/null # where this shell says that it was killed
}

# ---- files that set kernel settings at boot --------------------------------------------------------------------
#
# systemd-sysctl takes the files of all directories in the order of their names, and of two of one name that of the first directory; of
# several lines for a setting the last one holds (sysctl.d(5)). It takes a line for the very setting before any pattern
# (net.ipv4.conf.*.rp_filter), wherever either stands, so patterns are left out here; but `-KEY` alone, which keeps a setting from patterns, takes
# back a line for it that came before. /etc/sysctl.conf counts where a link of some name leads to it.
#
# After that come two who read files of their own: tuned, which reads /etc/sysctl.conf last (reapply_sysctl), and ufw (IPT_SYSCTL).

boot_files=() # in the order in which they count, without $root

find_boot_files() { # NAME: files that count after one of that name in /etc/sysctl.d -> ${boot_files[@]}
  local directory file name i
  local -A seen=()
  boot_files=()
  for directory in /etc /run /usr/local/lib /usr/lib /lib; do
    for file in "$root$directory"/sysctl.d/*.conf; do
      name=${file##*/}
      if [[ ! $name > $1 || ${seen[$name]:-} || ! -e $file && ! -L $file ]]; then continue; fi
      seen[$name]=1
      for ((i = ${#boot_files[@]}; i > 0; i--)); do
        [[ ${boot_files[i - 1]##*/} > $name ]] || break
        boot_files[i]=${boot_files[i - 1]}
      done
      boot_files[i]=${file#"$root"}
    done
  done
  ! tuned_reads_again || boot_files+=(/etc/sysctl.conf)
  ! ufw_reads_its_own || boot_files+=(/etc/ufw/sysctl.conf)
  also_stat ${boot_files[@]+"${boot_files[@]}"}
}

tuned_reads_again() {
  local content=''
  [[ -L $root/etc/systemd/system/multi-user.target.wants/tuned.service ]] || return 1
  read_text "$root/etc/tuned/tuned-main.conf" || return 1
  [[ ! $content =~ (^|$'\n')[[:blank:]]*reapply_sysctl[[:blank:]]*=[[:blank:]]*(0|[Ff]alse) ]]
}

ufw_reads_its_own() {
  local content=''
  ufw_is_enabled && read_text "$root/etc/default/ufw" || return 1
  [[ $'\n'$content == *$'\n'IPT_SYSCTL=*/etc/ufw/sysctl.conf* ]]
}

# A line of such a file; `-KEY = VALUE` may fail. -> $key as a path below /proc/sys, and $value; - where the line is `-KEY` alone
split_boot_setting() { # LINE
  local line=${1//$'\r'/}
  local -a words=()
  line=${line#"${line%%[![:blank:]]*}"}
  [[ $line == -* || $line == *=* && $line != [\#\;]* ]] || return 1
  key=${line%%=*} key=${key#-} value=-
  [[ $line != *=* ]] || value=${line#*=}
  key=${key%"${key##*[![:blank:]]}"}
  [[ $key && $key != *[\*\?\[]* ]] || return 1
  canonical_setting "$key"
  split_words "$value"
  value=${words[*]+"${words[*]}"}
}

# Where the first separator is a dot, the two are exchanged: net.ipv4.conf.ens33/100.rp_filter is of ens33.100. (sysctl.d(5))
canonical_setting() { # KEY -> $key
  local line_end=$'\n'
  key=$1
  if [[ ${key%%/*} == *.* ]]; then
    key=${key//\//"$line_end"} key=${key//.//} key=${key//"$line_end"/.}
  fi
  # The same switch by another name (devinet.c).
  [[ $key != net/ipv4/conf/all/forwarding ]] || key=net/ipv4/ip_forward
}

shown_setting() { # KEY -> $shown
  shown=$1
  [[ $1 == *.* ]] || shown=${1//\//.}
}

# Which firewalls are this host's: what systemd says of their units, and what ufw says of itself.

unit_is_active() { # UNIT
  load_units
  [[ ${unit_of[$1]:-} == *' active' ]]
}

# The next boot starts it, whether it runs now or not.
unit_is_enabled() { # UNIT
  load_units
  [[ ${unit_of[$1]:-} == 'loaded enabled '* ]]
}

# Its unit loads nothing, and its commands change nothing that is in force, as long as this does not say so.
ufw_is_enabled() {
  local content pattern=$'\n'"[[:blank:]]*ENABLED=[\"']?(yes|YES)[\"']?[[:space:];]"
  read_text "$root/etc/ufw/ufw.conf" && [[ $'\n'$content$'\n' =~ $pattern ]]
}

# `ufw enable` loads its rules beside the unit, which is active from the next boot on. So it is asked for its chain, as ufw-init does.
ufw_is_loaded() {
  local code=0
  timeout 60 iptables -w -n -L ufw-user-input >/dev/null 2>&1 || code=$?
  # The lock of iptables is held all along: that is not to say that there is no such chain.
  ((code != 124)) || cannot_read 'the rules of the firewall' 'iptables -w -n -L ufw-user-input'
  return "$code"
}

# A word of firewalld.conf, which firewall-cmd writes as well.
firewalld_setting() { # KEY -> $setting, empty where it does not say
  local content='' line
  setting=''
  ! read_text /etc/firewalld/firewalld.conf || while IFS= read -r line; do
    [[ $line != "$1"=* ]] || setting=${line#*=}
  done <<<"$content"
}

# By its configuration; without a word there, iptables up to version 0.6 as EL7 has it.
firewalld_uses_iptables() {
  local setting version
  firewalld_setting FirewallBackend
  if [[ -z $setting ]]; then
    # The first of them needs no daemon.
    version=$(firewall-offline-cmd --version 2>/dev/null) || version=$(firewall-cmd --version 2>/dev/null) || return 1
    [[ $version != 0.[0-6].* ]] || setting=iptables
  fi
  [[ $setting == iptables ]]
}

# ---- rules that see what comes in: what nft lists, and of iptables what nft does not show ---------------------------------

declare -A rules_of_chain=() # `SET CHAIN` -> its rules, a line each; SET is `nft ip filter`, or `iptables raw`
base_chains=()               # `SET CHAIN SHOWN POLICY`, with tabs between them, of those at a hook; the policy where it refuses
rules_unread=''              # the command that failed: what it would have said is not known

load_rules_in_force() {
  local tool
  [[ -z ${loaded[rules_in_force]:-} ]] || return 0
  loaded[rules_in_force]=1 rules_of_chain=() base_chains=() rules_unread=''
  read_nft_rules
  for tool in iptables ip6tables; do
    read_older_rules "$tool"
    # Of its newer kind nft has shown them.
    command -v nft >/dev/null || read_newer_rules "$tool"
  done
}

read_nft_rules() {
  local ruleset said line table='' chain='' shown policy
  local -a text_lines
  command -v nft >/dev/null || return 0
  if ! ruleset=$(nft list ruleset 2>/dev/null); then
    said=$(nft list ruleset 2>&1 >/dev/null) || :
    is_without_nftables "$said" || rules_unread='nft list ruleset'
    return 0
  fi
  split_lines "$ruleset"
  for line in "${text_lines[@]}"; do # never empty
    line=${line#"${line%%[!$'\t ']*}"}
    case $line in
      'table '*)
        table=${line#table } table=${table%% \{*} chain=''
        [[ $table == @(ip|ip6|inet)' '* ]] || table=''
        ;;
      'chain '*)
        chain=${line#chain } chain=${chain%% \{*}
        [[ -z $table ]] || rules_of_chain["nft $table $chain"]=''
        ;;
      '}') chain='' ;;
      'type filter hook input '* | 'type filter hook prerouting '*)
        [[ $table ]] || continue
        shown="nft chain $table $chain" policy=''
        [[ $table != 'inet firewalld_policy_drop' ]] || shown="firewalld is in panic mode, or loads its rules; $shown"
        [[ $line != *'policy drop;'* ]] || policy='policy drop'
        base_chains+=("nft $table"$'\t'"$chain"$'\t'"$shown"$'\t'"$policy")
        ;;
      *) [[ -z $table || -z $chain ]] || rules_of_chain["nft $table $chain"]+=$line$'\n' ;;
    esac
  done
}

# A kernel that has none of it filters nothing by it.
is_without_nftables() { # WHAT-NFT-SAID
  [[ $1 == *'not supported'* || ($1 == *'Invalid argument'* && ! -d /sys/module/nf_tables) ]]
}

# Without a table there, asking would load one.
read_older_rules() { # TOOL
  local tool=$1 content
  read_text "/proc/net/${1%tables}_tables_names" || return 0
  ! command -v "$1-legacy" >/dev/null || tool+=-legacy
  read_tables "$tool" "$content"
}

# The list of those that are there does not make them either.
read_newer_rules() { # TOOL
  local tool=$1 said line content=''
  local -a text_lines
  [[ $1 == iptables || -e /proc/net/if_inet6 ]] || return 0
  if command -v "$1-nft" >/dev/null; then
    tool=$1-nft
  elif ! command -v "$1" >/dev/null || [[ $("$1" --version 2>/dev/null) != *nf_tables* ]]; then
    return 0
  fi
  if ! said=$(timeout 60 "$tool-save" 2>&1); then
    is_without_nftables "$said" || rules_unread="$tool-save"
    return 0
  fi
  split_lines "$said"
  for line in "${text_lines[@]}"; do # never empty
    [[ $line != '*'* ]] || content+=${line#?}$'\n'
  done
  read_tables "$tool" "$content"
}

read_tables() { # TOOL TABLES
  local table said line hook policy shown
  local -a text_lines
  for table in filter raw mangle; do
    [[ $'\n'$2 == *$'\n'"$table"$'\n'* ]] || continue
    if ! said=$(timeout 60 "$1" -w -t "$table" -S 2>/dev/null); then
      rules_unread="$1 -w -t $table -S"
      continue
    fi
    split_lines "$said"
    for line in "${text_lines[@]}"; do # never empty
      case $line in
        '-P '*)
          hook=${line#-P } policy=${hook#* } hook=${hook%% *}
          rules_of_chain["$1 $table $hook"]=''
          [[ $table:$hook == @(filter:INPUT|raw:PREROUTING|mangle:PREROUTING|mangle:INPUT) ]] || continue
          shown="$1 $table $hook"
          [[ $policy == @(DROP|REJECT) ]] || policy=''
          base_chains+=("$1 $table"$'\t'"$hook"$'\t'"${shown/ filter / }"$'\t'"$policy")
          ;;
        '-N '*) rules_of_chain["$1 $table ${line#-N }"]='' ;;
        '-A '*)
          hook=${line#-A } hook=${hook%% *}
          rules_of_chain["$1 $table $hook"]+=$line$'\n'
          ;;
      esac
    done
  done
}

# What keeps packets out though no firewall's unit is active: rules that a script of the site's has loaded, or a program that is not known.

# Of chains that see what comes in: a policy, or a last word about whatever is left. (What could not be read is in $rules_unread.)
find_kept_out() { # -> $kept_out, empty where there is nothing; of those that find_kept_from asks about
  local entry set chain shown policy refusals let_in said
  kept_out=''
  [[ ${asked_about:-} ]] || loaded[rules_in_force]=''
  load_rules_in_force
  for entry in ${base_chains[@]+"${base_chains[@]}"}; do
    split_chain "$entry"
    case ${asked_family:-}:$set in 4:'nft ip6 '* | 4:ip6tables* | 6:'nft ip '* | 6:iptables*) continue ;; esac
    refusals='' let_in='' said=''
    [[ -z $policy ]] || refuse "$policy"
    meet_chain "$chain"
    [[ -z $refusals || $let_in ]] || kept_out+="${kept_out:+; }$shown: $refusals"
  done
}

# `SET`, a tab, `CHAIN` and so on: the last may be empty.
split_chain() { # ENTRY -> $set $chain $shown $policy
  set=${1%%$'\t'*} chain=${1#*$'\t'}
  shown=${chain#*$'\t'} chain=${chain%%$'\t'*}
  policy=${shown#*$'\t'} shown=${shown%%$'\t'*}
}

# An apply is not undone for it, and verify fails.
tell_unread_rules() {
  [[ -z $rules_unread || $command == verify ]] ||
    complain "which rules keep packets out of this host is not known: $rules_unread failed" "Run it by hand and see why"
}

# Its rules in their order, and in the place of a jump that nothing restricts those of the chain that it leads to. Behind what lets something
# return from such a chain, a last word is about the rest alone.
meet_chain() { # CHAIN [DEPTH], with $set
  local -a text_lines
  local line target rule depth=${2:-0} refusal='^ (-A [^ ]+ )?(drop|reject|-j DROP|-j REJECT) $'
  # With nothing asked for, whatever is left of TCP, or of new connections, is a last word too.
  [[ ${asked_about:-} ]] ||
    refusal='^ (-A [^ ]+ )?(-p tcp |meta l4proto tcp |ip protocol tcp |-m (conntrack|state) --(ct)?state NEW |ct state new )*(drop|reject|-j DROP|-j REJECT) $'
  ((depth < 32)) || return 0
  split_lines "${rules_of_chain["$set $1"]:-}"
  for line in "${text_lines[@]}"; do # never empty
    [[ -z $said ]] || return 0
    bare_rule "$line"
    if [[ $rule =~ $refusal ]]; then
      rule=${rule% } rule=${rule##* }
      if ((depth)); then refuse "$rule in chain $1" last; else refuse "$rule" last; fi
    elif find_target "$line"; then
      meet_chain "$target" $((depth + 1))
      [[ $line != *@(goto|' -g ')* ]] || return 0
    elif ((depth)) && [[ " $line " =~ \ (return|RETURN)\  ]]; then
      [[ ${asked_about:-} ]] && ! may_let_in "$line" "$asked_about" || return 0
    else
      meet_rule "$line"
    fi
  done
}

# Of a rule that leads to a chain whatever it is about.
find_target() { # RULE, with $set -> $target
  local nft_jump='^(counter packets [0-9]+ bytes [0-9]+ )?(jump|goto) ([^ ]+)( comment "[^"]*")?$'
  local iptables_jump='^-A [^ ]+ (-m comment --comment ("[^"]*"|[^ ]+) )?-[jg] ([^ ]+)$'
  [[ $1 =~ $nft_jump || $1 =~ $iptables_jump ]] || return 1
  target=${BASH_REMATCH[3]}
  [[ ${rules_of_chain["$set $target"]+there} ]]
}

# The same for one thing alone: chains in which no rule before the last word could let it in, or that refuse its port before. With 4, not
# those of IPv6 alone; with 6, not those of IPv4 alone.
find_kept_from() { # WHAT 4|6|both -> $kept_out
  local asked_about=$1 asked_family=$2
  find_kept_out
}

# Behind a last word nothing is met any more.
refuse() { # WORD [last]
  refusals+="${refusals:+; $shown: }$1" said=${2:-}
}

meet_rule() { # RULE
  local rule
  [[ ${asked_about:-} ]] || return 0
  if refuses_port "$1" "$asked_about"; then refuse "${rule# }" last; elif may_let_in "$1" "$asked_about"; then let_in=1; fi
}

# Without what it counts, logs and says of itself.
bare_rule() { # RULE -> $rule, between blanks
  local pattern
  rule=" $1 "
  pattern='( comment "[^"]*"| counter packets [0-9]+ bytes [0-9]+| log( prefix "[^"]*")?( level [a-z]+)?| -m (tcp|udp|sctp|multiport|comment)| --comment ("[^"]*"|[^" ]+)| --reject-with [^ ]+| with (icmpx?|icmpv6|tcp)( type)? [a-z-]+) '
  while [[ $rule =~ $pattern ]]; do rule=${rule/"${BASH_REMATCH[1]}"/}; done
}

# Is this rule about nothing but the port, and refuses it?
refuses_port() { # RULE WHAT -> $rule: what is left of it
  local what=$2 pattern ports
  bare_rule "$1"
  case $2 in
    'untracked '*) what=${2##* } ;;
    'port '*) what=${2#port } what=${what%% *} ;;
    'protocol '*) return 1 ;;
  esac
  pattern='^ (-A [^ ]+ -p |meta l4proto [a-z]+ )?(tcp|udp|sctp|th) (dport|--dports?) (\{ ([0-9, -]+) \}|([0-9:,-]+)) (drop|reject|-j DROP|-j REJECT) $'
  [[ $rule =~ $pattern && ${BASH_REMATCH[2]} == @(th|"${what#*/}") ]] || return 1
  ports=${BASH_REMATCH[5]}${BASH_REMATCH[6]}
  rule=${rule% }
  share_a_port "${ports//:/-}" "$what"
}

# Could this rule let it in? It could not where it is surely about something else.
may_let_in() { # RULE WHAT
  local rule=" ${1//invalid : drop/} " what=$2 ports protocol pattern
  case $2 in
    'untracked '*) what=${2##* } ;;
    'port '*) what=${2#port } what=${what%% *} ;;
    'protocol '*) what=0/none ;;
  esac
  protocol=${what#*/}
  pattern=' (accept|jump|goto|vmap|queue|return|-j|-g) '
  [[ $rule =~ $pattern ]] || return 1
  [[ $rule != *' -j '@(DROP|REJECT|LOG|NFLOG|MARK|CONNMARK)' '* ]] || return 1
  # What comes from this host itself, what belongs to a connection that is there, and ICMP.
  [[ ! $rule =~ \ (iif|iifname|-i)\ \"?lo\"?\  || $rule == *' ! -i lo '* ]] || return 1
  [[ ! $rule =~ \ (ct\ state|--ctstate|--state)\  || ${rule,,} =~ new|untracked|!|invalid ]] || return 1
  [[ ! $rule =~ \ (icmp|icmpv6|ipv6-icmp|igmp)[,\ ] || $rule =~ \ (tcp|udp)[,\ ] ]] || return 1
  pattern=' (tcp|udp|sctp|th) dport (\{ ([0-9, -]+) \}|([0-9-]+)) '
  if [[ $rule =~ $pattern ]]; then
    ports=${BASH_REMATCH[3]}${BASH_REMATCH[4]}
    [[ ${BASH_REMATCH[1]} == "$protocol" || (${BASH_REMATCH[1]} == th && $protocol != none) ]] && share_a_port "$ports" "$what"
    return
  fi
  pattern=' -p (tcp|udp|sctp) .*--dports? ([0-9:,]+) '
  if [[ $rule =~ $pattern && $rule != *' ! '* ]]; then
    ports=${BASH_REMATCH[2]//:/-}
    [[ ${BASH_REMATCH[1]} == "$protocol" ]] && share_a_port "$ports" "$what"
    return
  fi
}

share_a_port() { # LIST PORTS/PROTOCOL
  local one first=${2%%[-/]*} last=${2%/*}
  local -a words
  last=${last#*-}
  split_words "${1//,/ }"
  for one in ${words[@]+"${words[@]}"}; do
    ((${one%%-*} > last || ${one##*-} < first)) || return 0
  done
  return 1
}

missing_packages() { # -> ${missing[@]}
  local name
  load_packages
  missing=()
  for name in ${packages[@]+"${packages[@]}"}; do
    [[ ${package_of[$name]:-} ]] || missing+=("$name")
  done
}

ways_out() {
  local place=/etc/yum.repos.d refresh=''
  [[ $package_manager != apt ]] || place=/etc/apt/sources.list.d refresh=', then apt-get update'
  failure+=$'\n'"Two ways out:"
  failure+=$'\n'"  - a carried folder: run fetch-packages.sh of this bundle on a connected machine of the same system, put packages/$platform/$architecture beside this script or name it with --packages DIR"
  failure+=$'\n'"  - a local repository: a DVD or a mirror within reach, in $place$refresh"
  [[ $package_source == repository ]] || failure+=" (and packages.source 'repository' in the description)"
  failure+=$'\n'"Then run this script again."
}

# Can these packages be had from the folder, once checked, beyond what the host has? The package manager is asked, and changes nothing.
# Whatever the host has in a version that satisfies stays as it is.
resolve_carried() { # NAME... -> ${carried_command[@]} that installs
  local name output lacking_names=''
  local -A carried_names=()
  make_scratch || return 1
  case $package_manager in
    apt) index_debs && configure_apt || return 1 ;;
    *) index_rpms && configure_yum || return 1 ;;
  esac
  for name; do
    [[ ${carried_names[${name%%:*}]:-} ]] || lacking_names+=" $name"
  done
  if [[ $lacking_names ]]; then
    lacks_packages "there is no package$lacking_names in it"
    return
  fi
  case $package_manager in
    apt) output=$(resolve_by_apt "$@" 2>&1 </dev/null) && return 0 ;;
    *) output=$("${carried_command[@]}" --setopt=tsflags=test install -- "$@" 2>&1 </dev/null) && return 0 ;; # never empty
  esac
  failure="$package_manager finds no way to install $* from the packages in $carried and what this host has"
  failure+=$'\n'$output$'\n'"Nothing was installed. Where something is missing, fetch the packages again with fetch-packages.sh of this bundle, on a machine"
  failure+=$'\n'"of the same system and release as this host, and carry the whole folder."
  return 1
}

lacks_packages() { # WHAT: fails, saying that the folder has no such thing
  failure="the carried packages in $carried are not enough: $1"
  failure+=$'\n'"Nothing was installed. Fetch them again with fetch-packages.sh of this bundle, and carry the whole folder."
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

# ---- carried packages: only from where nobody else could have put or changed them ------------------------------

carried_copy='' carried_origin=''

# A folder that another user made, or could change after the look at its sums, vouches for nothing. What does then is the sum that was
# carried another way: it is compared with a copy that only root can reach, and the copy is what is used.
secure_carried() { # -> $carried, the folder or its copy
  local file untrusted
  local -a held=()
  for file in "$carried"/*; do
    if [[ ${file##*/} == SHA256SUMS ]] || is_package_file "${file##*/}"; then held+=("${file##*/}"); fi
  done
  if is_trusted_place "$carried" ${held[@]+"${held[@]}"}; then
    [[ -z $packages_sum ]] || has_packages_sum "$carried"
  elif [[ $packages_sum ]]; then
    copy_carried
  else
    failure="the packages in $carried may be another user's:$untrusted"
    failure+=$'\n'"Nothing was installed. Two ways out:"
    failure+=$'\n'"  - copy the folder, as root, to where only root can write: cp -r $carried /root/packages; then --packages /root/packages"
    failure+=$'\n'"  - name it with the sum that fetch-packages.sh printed: --packages $carried --packages-sum SUM"
    return 1
  fi
}

packages_sum_value() { # OPTION
  [[ $value =~ ^[0-9a-f]{64}$ ]] || bad_usage "$1 takes the SHA-256 that fetch-packages.sh printed, 64 hexadecimal digits, not '$value'"
}

has_packages_sum() { # DIRECTORY with its SHA256SUMS
  local sum='' _
  if [[ -f $1/SHA256SUMS ]]; then read -r sum _ < <(sha256sum <"$1/SHA256SUMS" || :) || :; fi
  [[ $sum != "$packages_sum" ]] || return 0
  failure="$carried/SHA256SUMS is not the one of --packages-sum: its SHA-256 is ${sum:-missing}"
  failure+=$'\n'"Nothing was installed. Compare it with what fetch-packages.sh printed, and carry the whole folder again."
  return 1
}

copy_carried() { # -> $carried, the copy
  local told=''
  make_carried_copy || return 1
  carried_origin=$carried
  copy_from "$carried_origin" SHA256SUMS && has_packages_sum "$carried_copy" || return 1
  carried=$carried_copy
  list_sums && copy_from "$carried_origin" "${carried_files[@]}" # never empty
}

make_carried_copy() { # -> $carried_copy
  # Of a run that installs, a fixed one on the disk: what a killed run left there goes with the next.
  if [[ $mutating == yes ]]; then
    carried_copy=$state_dir/packages
    rm -rf -- "$carried_copy" && failure=$(umask 077 && mkdir -p -- "$carried_copy" 2>&1) && return 0
  else
    carried_copy=$(mktemp -d "${TMPDIR:-/tmp}/lvsgen-carried.XXXXXX" 2>&1) && return 0
    failure=$carried_copy carried_copy=''
  fi
  failure="cannot make a directory for a copy of the packages: $failure"
  return 1
}

# No link, no pipe and nothing without an end is followed, waited for or copied for ever. What is missing is missed by its sum.
copy_from() { # DIRECTORY NAME...
  local name
  local -a limits=(bs=1M count=4096 "iflag=nofollow,nonblock" conv=excl status=none)
  failure=$(
    cd -- "$1" 2>&1 || exit 1
    shift
    for name; do
      [[ ! -f $name || -L $name ]] || dd if="./$name" of="$carried_copy/$name" "${limits[@]}" 2>&1 || exit 1 # never empty
    done
  ) && return 0
  failure="cannot copy the packages from $1: $failure"
  return 1
}

# ---- carried packages: what was checked, as a repository for the package manager of this run alone --------------

scratch='' carried_command=()

# What the package manager keeps of it. The host's own repositories, lists and caches stay out of it.
make_scratch() { # -> $scratch
  # Of a run that installs, a fixed one that only root can make: what a killed run left there goes with the next.
  if [[ $mutating == yes ]]; then
    scratch=/run/lvsgen-packages
    if ! failure=$({ rm -rf -- "$scratch" && mkdir -m 0700 -- "$scratch"; } 2>&1); then
      failure="cannot make $scratch: $failure" scratch=''
      return 1
    fi
  elif ! scratch=$(mktemp -d "${TMPDIR:-/tmp}/lvsgen-packages.XXXXXX" 2>&1); then
    failure="cannot make a directory for temporary files: $scratch" scratch=''
    return 1
  elif [[ ! $scratch =~ ^[A-Za-z0-9._/+-]+$ ]]; then
    failure="$package_manager takes no repository in $scratch: a blank or a sign is in its name"$'\n'"Name another directory for temporary files: TMPDIR=/var/tmp"
    return 1
  fi
  mkdir -p -- "$scratch/repository/repodata" "$scratch/lists/partial" "$scratch/cache/archives/partial" "$scratch/state"
}

# Links to packages, by numbers: their own names are no URIs (`%3a` for an epoch's colon in a deb's).
link_carried() { # SUFFIX FILE... -> ${linked[@]} and their ${sizes[@]}
  local suffix=$1 file
  shift
  linked=()
  for file; do
    linked+=("$((${#linked[@]} + 1)).$suffix")
    ln -s -- "$carried/$file" "$scratch/repository/${linked[${#linked[@]} - 1]}"
  done
  mapfile -t sizes < <(if cd -- "$scratch/repository"; then stat -L -c %s -- "${linked[@]}" || :; fi) # never empty
}

drop_scratch() {
  [[ -z $scratch ]] || rm -rf -- "$scratch"
  if [[ $carried_copy ]]; then
    rm -rf -- "$carried_copy"
    # A person knows the folder, not its copy.
    [[ -z ${failure:-} || -z $carried_origin ]] || failure=${failure//"$carried_copy"/"$carried_origin"}
  fi
  scratch='' carried_copy=''
}

# ---- carried debs: apt resolves them as it always does, with the folder as its only repository ---------------------

# Fix-Broken: an interrupted transaction left packages unpacked whose dependencies never came.
apt_get=(env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -y --no-install-recommends --no-remove
  -o APT::Get::Fix-Broken=true -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=60)

# A flat repository: what each package says of itself, and its sum.
index_debs() { # -> $carried_names, the repository in $scratch
  local i control line linked sizes
  link_carried deb "${carried_files[@]}" # never empty
  for i in "${!linked[@]}"; do
    if ! control=$(dpkg-deb -f "$scratch/repository/${linked[i]}" 2>&1); then
      failure="dpkg cannot read $carried/${carried_files[i]}: $control"
      return 1
    fi
    while IFS= read -r line; do
      [[ $line != 'Package: '* ]] || carried_names[${line#Package: }]=1
    done <<<"$control"
    printf '%s\nFilename: ./%s\nSize: %s\nSHA256: %s\n\n' "$control" "${linked[i]}" "${sizes[i]}" "${carried_sums[${carried_files[i]}]}"
  done >"$scratch/repository/Packages"
}

# The host's sources, lists, pins and default release are not read.
configure_apt() { # -> ${carried_command[@]}
  local log=''
  # Who only asks leaves no trace.
  [[ $mutating == yes ]] || log="Dir::Log \"$scratch/state\";"
  printf 'deb [trusted=yes] file:%s ./\n' "$scratch/repository" >"$scratch/sources.list"
  cat >"$scratch/apt.conf" <<EOT
#clear APT::Default-Release;
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
Dir::Etc::sourcelist "$scratch/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State::lists "$scratch/lists";
Dir::Cache "$scratch/cache";
Acquire::Languages "none";
APT::Sandbox::User "root";
$log
EOT
  carried_command=("${apt_get[@]}" -c "$scratch/apt.conf") # never empty
}

# Where an interrupted transaction left packages without what they need, apt takes no names before they have it.
resolve_by_apt() { # NAME...
  "${carried_command[@]}" -qq update || return 1 # never empty
  if "${carried_command[@]}" -s -o APT::Get::Fix-Broken=false check >/dev/null 2>&1; then set -- -- "$@"; else set --; fi # never empty
  "${carried_command[@]}" -q -s install "$@" # never empty
}

# ---- carried rpms: yum or dnf resolves them as it always does, with the folder as its only repository -------------

# What rpm knows of each package, a fact a line. (Of what a package has none of, rpm prints `(none)` instead.)
rpm_facts='package\t%{NAME}\t%{ARCH}\t%{EPOCH}\t%{VERSION}\t%{RELEASE}\t%{SIZE}\t%{BUILDTIME}\t%{SOURCERPM}
[provides\t%{PROVIDENAME}\t%{PROVIDEFLAGS}\t%{PROVIDEVERSION}\n]
[requires\t%{REQUIRENAME}\t%{REQUIREFLAGS}\t%{REQUIREVERSION}\n]
[conflicts\t%{CONFLICTNAME}\t%{CONFLICTFLAGS}\t%{CONFLICTVERSION}\n]
[obsoletes\t%{OBSOLETENAME}\t%{OBSOLETEFLAGS}\t%{OBSOLETEVERSION}\n]
[file\t%{FILENAMES}\n]
end\n'

# The metadata of a repository as createrepo_c makes them, but of what was just checked: https://github.com/rpm-software-management/createrepo_c
index_rpms() { # -> $carried_names, the repository in $scratch
  local file names linked sizes
  local -a files=()
  for file in "${carried_files[@]}"; do # never empty
    [[ $file != *.noarch.rpm && $file != *".$architecture.rpm" ]] || files+=("$file")
  done
  if ((${#files[@]} == 0)); then
    lacks_packages "there are none for $architecture in it"
    return
  fi
  link_carried rpm "${files[@]}" # never empty
  if ! names=$(write_rpm_metadata 2>"$scratch/said"); then
    failure="no index can be made of the packages in $carried"$'\n'$(<"$scratch/said")
    return 1
  fi
  while IFS= read -r file; do carried_names[$file]=1; done <<<"$names"
  write_repomd
}

write_rpm_metadata() { # with ${files[@]} ${linked[@]} ${sizes[@]}; prints the packages' names
  local i
  {
    for i in "${!files[@]}"; do printf 'link\t%s\t%s\t%s\n' "${linked[i]}" "${sizes[i]}" "${carried_sums[${files[i]}]}"; done
    cd -- "$scratch/repository" && rpm -qp --nosignature --qf "$rpm_facts" -- "${linked[@]/#/./}" # never empty
  } | awk -F '\t' -v count="${#files[@]}" -v directory="$scratch/repository/repodata" '
    function xml(text) {
      gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); gsub(/>/, "\\&gt;", text); gsub(/"/, "\\&quot;", text)
      return text
    }
    # [EPOCH:]VERSION[-RELEASE] as attributes
    function version(evr, epoch, at) {
      epoch = 0
      if (match(evr, /^[0-9]+:/)) { epoch = substr(evr, 1, RLENGTH - 1); evr = substr(evr, RLENGTH + 1) }
      at = index(evr, "-")
      return " epoch=\"" epoch "\" ver=\"" xml(at ? substr(evr, 1, at - 1) : evr) "\"" (at ? " rel=\"" xml(substr(evr, at + 1)) "\"" : "")
    }
    # rpm has less, greater and equal as the bits 1, 2 and 3 of a dependency.
    function dependency(sense) {
      sense = int($3 / 2) % 8
      return "<rpm:entry name=\"" xml($2) "\"" (sense in senses ? " flags=\"" senses[sense] "\"" version($4) : "") "/>\n"
    }
    BEGIN {
      senses[1] = "LT"; senses[2] = "GT"; senses[4] = "EQ"; senses[5] = "LE"; senses[6] = "GE"
      primary = directory "/primary.xml"; filelists = directory "/filelists.xml"
      space = "http://linux.duke.edu/metadata/"
      print "<metadata xmlns=\"" space "common\" xmlns:rpm=\"" space "rpm\" packages=\"" count "\">" >primary
      print "<filelists xmlns=\"" space "filelists\" packages=\"" count "\">" >filelists
    }
    # What XML cannot hold is no name that anything depends on.
    /[^\t -~]/ { next }
    $1 == "link" { links++; link[links] = $2; size[links] = $3; sum[links] = $4 }
    $1 == "package" {
      number++
      split("", related); files = ""
      print $2
      evr = version(($4 ~ /^[0-9]+$/ ? $4 ":" : "") $5 "-" $6)
      name = xml($2); arch = xml($3)
      head = "<package type=\"rpm\">\n<name>" name "</name>\n<arch>" arch "</arch>\n<version" evr "/>\n" \
        "<checksum type=\"sha256\" pkgid=\"YES\">" sum[number] "</checksum>\n<summary/>\n<description/>\n" \
        "<time file=\"" $8 + 0 "\" build=\"" $8 + 0 "\"/>\n<size package=\"" size[number] "\" installed=\"" $7 + 0 "\" archive=\"0\"/>\n" \
        "<location href=\"" link[number] "\"/>\n<format>\n<rpm:sourcerpm>" xml($9) "</rpm:sourcerpm>\n"
    }
    # What of rpm itself a package needs, rpm judges.
    $1 == "requires" && $2 ~ /^rpmlib\(/ { next }
    $1 ~ /^(provides|requires|conflicts|obsoletes)$/ { related[$1] = related[$1] dependency() }
    $1 == "file" { files = files "<file>" xml($2) "</file>\n" }
    # Files are in both lists: no package manager then has to ask for more.
    $1 == "end" {
      printf "%s", head >primary
      for (relation in related) printf "<rpm:%s>\n%s</rpm:%s>\n", relation, related[relation], relation >primary
      print files "</format>\n</package>" >primary
      print "<package pkgid=\"" sum[number] "\" name=\"" name "\" arch=\"" arch "\">\n<version" evr "/>\n" files "</package>" >filelists
    }
    END {
      print "</metadata>" >primary
      print "</filelists>" >filelists
      exit (number != count)
    }'
}

write_repomd() {
  local digest size name
  (
    cd -- "$scratch/repository" || exit 1
    printf '<repomd xmlns="http://linux.duke.edu/metadata/repo">\n'
    for name in primary filelists; do
      digest=$(sha256sum <"repodata/$name.xml")
      digest=${digest%% *}
      size=$(stat -c %s "repodata/$name.xml")
      printf '<data type="%s">\n<checksum type="sha256">%s</checksum>\n<open-checksum type="sha256">%s</open-checksum>\n' "$name" "$digest" "$digest"
      printf '<location href="repodata/%s.xml"/>\n<timestamp>1</timestamp>\n<size>%s</size>\n<open-size>%s</open-size>\n</data>\n' "$name" "$size" "$size"
    done
    printf '</repomd>\n'
  ) >"$scratch/repository/repodata/repomd.xml"
}

# Of the host's configuration only what it says of packages, not where they come from. Whether the host wants signatures of files
# that are no repository's counts here: nobody signs this repository, and its packages are those files.
configure_yum() { # -> ${carried_command[@]}
  local file=/etc/yum.conf
  [[ $package_manager != dnf ]] || file=/etc/dnf/dnf.conf
  [[ -r $file ]] || file=/dev/null
  {
    printf '[main]\nreposdir=/dev/null\nplugins=0\ncachedir=%s/cache\nkeepcache=0\nskip_broken=0\nskip_missing_names_on_install=0\nbest=0\ninstall_weak_deps=0\n' "$scratch"
    # Who only asks leaves no trace, and does not wait.
    [[ $mutating == yes ]] || printf 'persistdir=%s/state\nlogdir=%s\nlogfile=%s/log\nexit_on_lock=1\n' "$scratch" "$scratch" "$scratch"
    awk -v scratch="$scratch" '
      /^\[/ { main = /^\[main\]/; kept = 0; next }
      main && /^[^ \t#;]/ {
        key = $0
        sub(/[ \t]*[=:].*/, "", key)
        kept = key ~ /^(exclude|excludepkgs|tsflags|protected_packages|installonlypkgs|installonly_limit|multilib_policy)$/
        if (key == "localpkg_gpgcheck") { signed = $0; sub(/^[^=:]*[=:]/, "", signed) }
      }
      main && kept
      END {
        print "[lvsgen-carried]\nname=carried packages\nbaseurl=file://" scratch "/repository\nenabled=1"
        print "gpgcheck=" (signed ~ /[^ \t]/ ? signed : 0) "\nrepo_gpgcheck=0\nmodule_hotfixes=1"
      }' "$file"
  } >"$scratch/yum.conf"
  carried_command=("$package_manager" -c "$scratch/yum.conf" -y -q)
}

# ---- network back ends: the described one has to be the one that configures this host ---------------

kind backend

# Proven before anything is written for it: what another daemon configures would be taken from it, or nothing would last.
backend_declare() { # `ifcfg DEVICE`, `ifupdown [DEVICE...]`, `netplan TYPE DEVICE` or `networkd DEVICE`
  describe backend "$*" 'in charge'
}

backend_probe() { # NAME
  local name device devices file network_file
  local -a words=()
  read -r name devices <<<"$1"
  device=${1##* }
  have='not in charge'
  # With lvsgen's file there, the question was asked before that was written.
  case $name in
    ifcfg)
      # An alias comes up with the file of its interface: that of the same name.
      [[ -e /etc/sysconfig/network-scripts/ifcfg-$device ]] || return 0
      ;;
    ifupdown)
      command -v ifup >/dev/null || return 0
      file=/etc/network/interfaces.d/lvsgen-$cluster-$role
      split_words "$devices"
      for device in ${words[@]+"${words[@]}"}; do
        [[ -e $file ]] || ifquery "$device" >/dev/null 2>&1 || return 0
      done
      ;;
    netplan)
      file=/etc/netplan/90-lvsgen-$cluster-$role.yaml
      # What netplan generates for networkd carries its name of the interface.
      [[ -e /run/systemd/network/10-netplan-$device.network ]] || return 0
      [[ -e $file ]] || netplan_defines "${devices% *}" "$device" || return 0
      ;;
    networkd)
      find_network_file "$device"
      [[ $network_file ]] || return 0
      ;;
  esac
  have='in charge'
}

netplan_defines() { # TYPE DEVICE
  local defined
  defined=$(netplan get "$1.${2//./\\.}" 2>/dev/null) && [[ $defined && $defined != null ]]
}

backend_set() { # NAME STATE
  [[ $2 == 'in charge' ]] || return 0
  lacking=69
  case $1 in
    ifcfg\ *) failure="there is no /etc/sysconfig/network-scripts/ifcfg-${1##* }, which an alias would come up with" ;;
    ifupdown\ *) failure="ifupdown does not configure ${1#ifupdown }" ;;
    ifupdown) failure='this host has no ifup' ;;
    networkd\ *) failure="systemd-networkd does not configure ${1##* }" ;;
    *) failure="netplan does not define ${1##* } in the same way: by this name, among the others of its kind, for systemd-networkd" ;;
  esac
  failure+=$'\n'"Say in the description what configures this host's interfaces: \"network\": \"ifcfg\", \"ifupdown\", \"netplan\", \"networkd\" or \"networkmanager\"."
  return 1
}

# -> $network_file: what networkd configures the device by; empty where it does not.
find_network_file() { # DEVICE
  local line
  network_file=''
  while IFS= read -r line; do
    [[ $line != *'Network File: /'* ]] || network_file=/${line#*'Network File: /'}
  done < <(networkctl --no-pager --lines=0 status "$1" 2>/dev/null || :)
}

# ---- the system: release, bash, systemd, tools, kernel, clock ------------------------------------------

check_system() { # fails where the rest would ask the wrong system
  read_release /etc/os-release /usr/lib/os-release
  if is_release "$platform_releases"; then
    finding ok system "$release_name, as described ($platform)"
    return 0
  fi
  finding stop system "this is $release_name ($release_id:$release_version), described is $platform" \
    "Names of packages, units and paths are those of another system; the scripts end with 78." \
    "Mend the platform of $host in the description and build again; --force-platform tries it as it is"
  return 1
}

check_root() {
  ((EUID == 0)) && return 0
  finding skip root "not root: who has the virtual addresses, what lvsgen left here and what stands in the way is not looked at" '' "sudo bash $script"
}

# Who can change these scripts, or put a folder of packages beside them, decides what root runs here.
check_place() {
  local directory=. untrusted
  [[ $script_path != */* ]] || directory=${script_path%/*}
  directory=$(cd -- "${directory:-/}" && pwd -P) || return 0
  if is_trusted_place "$directory" "${script_path##*/}"; then
    finding ok place "only root and who runs this can change what is in $directory"
  else
    finding warn place "another user could have changed what is in $directory" "Root runs the scripts there, and installs packages from there:$untrusted" \
      "As root, copy the folder to where only root can write, such as /root, and compare: sha256sum -c SHA256SUMS"
  fi
}

check_programs() {
  local name absent=''
  local -a basic=(awk cat chmod chown cp cut dd df flock grep ip mkdir modprobe mount mv readlink rm rmdir sed sha256sum sort ss
    stat sync systemctl timeout umount)
  for name in "${basic[@]}"; do # never empty
    command -v "$name" >/dev/null || absent+=" $name"
  done
  if [[ $absent ]]; then
    finding stop programs "not on this host:$absent" "The scripts need what a minimal system has: coreutils, util-linux, procps, kmod, grep, sed, awk, iproute2, systemd." \
      "Install the packages that these belong to"
  else
    finding ok programs "bash ${BASH_VERSION%%(*}, and what a minimal system has"
  fi
  for name in ${tools[@]+"${tools[@]}"}; do
    command -v "$name" >/dev/null ||
      finding stop programs "$name is not on this host" "client-test.sh asks the services with it and ends with 69." "Install the package $name"
  done
}

check_systemd() {
  local word version=unknown
  if [[ ! -d /run/systemd/system ]]; then
    finding stop systemd "systemd does not run here" "Units are to be enabled and started." "Run the scripts on the host itself, not in a chroot or a plain container (--root writes files into an image)"
    return
  fi
  read -r word version _ < <(systemctl --version 2>/dev/null || :) || :
  finding ok systemd "$word $version runs here"
}

# The kernel that runs has its modules on the disk, and is not older than what the compiler counted on.
check_kernel() {
  local newest wanted
  read -r kernel_release </proc/sys/kernel/osrelease
  wanted=$kernel_released
  if older "$kernel_release" "$wanted"; then
    finding warn kernel "Linux $kernel_release is older than $platform's own ($wanted)" "What the compiler let pass for $platform may not be in it." "Boot the distribution's own kernel"
  else
    finding ok kernel "Linux $kernel_release"
  fi
  newest=$(cd /lib/modules 2>/dev/null && printf '%s\n' * | sort -V | tail -n 1) || newest=''
  if [[ $newest && $newest != '*' && $newest != "$kernel_release" && -d /lib/modules/$kernel_release ]]; then
    finding warn reboot "kernel $newest is installed, $kernel_release runs" "After a reboot that one's modules count." "Reboot first, in a quiet hour, and ask again"
  fi
  if [[ -e /run/reboot-required || -e /var/run/reboot-required ]]; then
    finding warn reboot "the system asks for a reboot" "Some update is half in force until then." "Reboot first, in a quiet hour"
  fi
}

older() { # VERSION THAN, by major and minor
  local have=${1%%[!0-9.]*} than=$2 have_minor than_minor
  have_minor=${have#*.} have_minor=${have_minor%%.*} than_minor=${than#*.}
  have=${have%%.*} than=${than%%.*}
  [[ $have && $have_minor ]] || return 1
  ((have < than || (have == than && have_minor < than_minor)))
}

# A clock that is grossly wrong makes certificates and repositories invalid and logs useless.
check_time() {
  local now newest=0 file time state=''
  printf -v now '%(%s)T' -1
  for file in "$script_path" /usr/lib/os-release /var/lib/dpkg/status /var/lib/rpm; do
    [[ -e $file ]] || continue
    time=$(stat -L -c %Y -- "$file")
    ((time <= newest)) || newest=$time
  done
  if ((now + 86400 < newest)); then
    finding warn time "the clock says $(date '+%Y-%m-%d %H:%M'), which is before files of this host were written" \
      "Certificates and repositories seem invalid, and no log can be compared." "Set it: timedatectl set-time, or chronyd with a source that this site has"
    return
  fi
  if command -v chronyc >/dev/null && state=$(timeout 5 chronyc -n tracking 2>/dev/null); then
    case $state in *'Leap status     : Not synchronised'*) state=no ;; *) state=yes ;; esac
  else
    state=$(timeout 5 timedatectl status 2>/dev/null) || state=''
    case $state in *' synchronized: yes'*) state=yes ;; *' synchronized: no'*) state=no ;; *) state='' ;; esac
  fi
  case $state in
    yes) finding ok time 'the clock is synchronized' ;;
    no) finding warn time 'the clock is not synchronized' "Logs of directors and real servers cannot be compared." "Give chronyd or systemd-timesyncd a source that this site has" ;;
    *) finding skip time 'neither chronyc nor timedatectl says whether the clock is synchronized' ;;
  esac
}

# ---- kernel modules, and settings that another file would take back ---------------------------------------

check_modules() {
  local name said absent='' blocked='' disabled=0
  ((${#modules[@]})) || return 0
  for name in "${modules[@]}"; do # never empty
    if is_in_kernel "$name"; then continue; fi
    if ! said=$(modprobe -n -v -- "$name" 2>&1); then
      absent+=" $name"
    elif [[ $said == *'install /bin/false'* || $said == *'install /bin/true'* || $said == *'install /usr/bin/'@(true|false)* ]]; then
      blocked+=" $name"
    elif [[ -r /proc/sys/kernel/modules_disabled ]]; then
      read -r disabled </proc/sys/kernel/modules_disabled || :
    fi
  done
  if [[ $absent && ! -d /lib/modules/$kernel_release ]]; then
    finding stop modules "the modules of the kernel that runs ($kernel_release) are gone, and$absent is not loaded" \
      "An update replaced the kernel on the disk." "Reboot into the kernel that is installed"
  elif [[ $absent ]]; then
    finding stop modules "this kernel ($kernel_release) has no$absent" "The table needs it: IPVS itself, a scheduler, or a tunnel." \
      "Boot the distribution's own kernel, install its package of further modules (kernel-modules-extra, linux-modules-extra), or choose another scheduler"
  fi
  [[ -z $blocked ]] || finding stop modules "modprobe is told not to load$blocked" "A file in /etc/modprobe.d replaces the module by a program that does nothing." \
    "Find it: grep -rE 'install +($(printf '%s' "${blocked# }" | tr ' ' '|'))' /etc/modprobe.d /usr/lib/modprobe.d"
  ((disabled == 0)) || finding stop modules "this kernel loads no more modules (kernel.modules_disabled is 1)" "It stays so until a reboot." \
    "Reboot, and load what is needed before that is set"
  [[ $absent$blocked ]] || ((disabled)) || finding ok modules "${modules[*]}" # never empty
}

is_in_kernel() { # MODULE: loaded, or built in
  local line
  [[ ! -d /sys/module/$1 ]] || return 0
  [[ -r /lib/modules/$kernel_release/modules.builtin ]] || return 1
  while IFS= read -r line; do
    line=${line##*/} line=${line%%.ko*}
    [[ ${line//-/_} != "${1//-/_}" ]] || return 0
  done <"/lib/modules/$kernel_release/modules.builtin"
  return 1
}

# Asked of the package manager: ipvsadm itself loads IPVS, whatever it is asked.
check_ipvsadm() {
  local version=''
  [[ " $roles " == *' director '* ]] || return 0
  case $package_manager in
    apt) version=$(dpkg-query -W -f '${Version}' ipvsadm 2>/dev/null) || return 0 ;;
    *) version=$(rpm -q --qf '%{VERSION}' ipvsadm 2>/dev/null) || return 0 ;;
  esac
  version=${version#*:}
  [[ $version ]] || return 0
  if older "$version" "$ipvsadm_released"; then
    finding warn ipvsadm "ipvsadm $version is older than $platform's own ($ipvsadm_released)" "It may not know what the table says." "Update the package ipvsadm"
  else
    finding ok ipvsadm "ipvsadm $version"
  fi
}

# An apply refuses what sets them otherwise at the next boot, and what another cluster sets.
check_sysctls() {
  local entry key value shown file later='' others='' again='' strict='' name lines
  local -A described_value=()
  ((${#sysctls[@]})) || return 0
  for entry in "${sysctls[@]}"; do # never empty
    canonical_setting "${entry%% *}"
    described_value[$key]=${entry#* }
  done
  find_boot_files 99-zz-lvsgen
  for file in ${boot_files[@]+"${boot_files[@]}"}; do
    name=${file##*/}
    if [[ $name != 99-zz-lvsgen-* ]]; then
      lines=$later && add_other_values "$file" && later=$lines
    elif is_of_another_cluster "$name"; then
      lines=$others && add_other_values "$file" && others=$lines
    fi
  done
  [[ " ${boot_files[*]+"${boot_files[*]}"} " == *' /etc/sysctl.conf '* ]] || { lines='' && add_other_values /etc/sysctl.conf && again=$lines; }
  if [[ $later ]]; then
    finding stop sysctl "another file takes back settings at the next boot:${later//$'\n'/ }" "It is read after lvsgen's, so apply refuses it." "Take these lines out; of files below /etc 'apply --adopt' does so${later}"
  elif [[ -z $others ]]; then
    finding ok sysctl "no file takes back the ${#sysctls[@]} settings at boot"
  fi
  [[ -z $others ]] || finding stop sysctl "another cluster on this host has other values:${others//$'\n'/ }" "A host has one value of a setting: each apply would take it from the other." "Describe the same in both clusters"
  [[ -z $again ]] || finding warn sysctl "/etc/sysctl.conf sets otherwise:${again//$'\n'/ }" "Boots go by lvsgen's file, but 'sysctl -p' and 'sysctl --system' read this one last." "Take these lines out${again}"
  for entry in "${sysctls[@]}"; do # never empty
    key=${entry%% *}
    [[ $key == *rp_filter ]] || continue
    file=/proc/sys/${key//.//}
    [[ $key != */* ]] || file=/proc/sys/$key
    [[ -r $file ]] || continue
    read -r value <"$file" || :
    [[ $value != 1 ]] || strict+=" $key"
  done
  [[ -z $strict ]] || finding ok rp_filter "strict now:$strict; apply makes it loose, so that packets for the virtual address are taken"
}

# Lines of a file that set a described setting otherwise.
add_other_values() { # FILE, with $described_value, added to $lines
  local content='' line number=0 key value shown
  read_text "$1" || return 0
  while IFS= read -r line; do
    number=$((number + 1))
    split_boot_setting "$line" || continue
    [[ ${described_value[$key]-$value} != "$value" ]] || continue
    shown_setting "$key"
    lines+=$'\n'"$1:$number: "
    if [[ $value == - ]]; then lines+=-$shown; else lines+="$shown = $value"; fi
  done <<<"$content"
}

is_of_another_cluster() { # NAME of a file
  local directory other
  for directory in /var/lib/lvsgen/*/*/; do
    directory=${directory%/} other=${directory#/var/lib/lvsgen/}
    [[ ${other%/*} == "$cluster" || $1 != "99-zz-lvsgen-${other/\//-}"[.-]* ]] || return 0
  done
  return 1
}

# ---- packages: there, or to be had; and what else keeps the package manager from working -------------------

# Only root may ask yum or dnf, which changes nothing by it.
can_resolve() {
  [[ $package_manager == apt ]] || ((EUID == 0))
}

check_packages() {
  local folder
  local -a missing=()
  ((${#packages[@]})) || return 0
  missing_packages
  if ((${#missing[@]} == 0)); then
    finding ok packages "installed: ${packages[*]}" # never empty
    return
  fi
  find_carried
  failure="not installed: ${missing[*]}" # never empty
  case $package_source:${carried:+folder} in
    installed:*)
      finding stop packages "$failure" "The description says that packages are installed beforehand (packages.source is 'installed')." "Install them"
      ;;
    *:folder)
      folder=$carried
      if ! secure_carried || ! check_carried || { can_resolve && ! resolve_carried "${missing[@]}"; }; then # never empty
        drop_scratch
        finding_failure stop packages "Packages come from the carried folder alone, and not one is installed while it is wrong."
      else
        finding ok packages "to be installed from $folder, whose sums are right: ${missing[*]}" # never empty
        can_resolve || finding skip packages "whether they need more than the folder has: only root may ask $package_manager" '' "sudo bash $script"
      fi
      drop_scratch
      ;;
    carried:)
      ways_out
      finding_failure stop packages "The description says that packages are carried along; there is no folder packages/$platform/$architecture here."
      ;;
    repository:) check_repositories "${missing[@]}" ;; # never empty
  esac
}

# A package manager at work, or one that was interrupted.
check_package_manager() {
  local file update='' holder=''
  for file in /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock /var/lib/rpm/.rpm.lock; do
    record_lock_holder "$file"
    [[ -z $holder ]] ||
      finding warn lock "the package manager is at work: $holder" "It has the lock that an installation needs." "Let it end first; an automatic upgrade may take minutes"
  done
  [[ $package_manager == apt ]] || return 0
  for file in /var/lib/dpkg/updates/*; do
    [[ ! -e $file ]] || update=1
  done
  [[ -z $update && -z $(dpkg --audit 2>/dev/null) ]] ||
    finding warn lock 'a transaction of dpkg was interrupted' 'Packages are half installed.' 'Apply repairs it when it installs packages; by hand: dpkg --configure -a'
}

# Another run of the scripts; asked without taking the lock, not even to try.
check_lock() {
  local holder=''
  [[ ! -e $lock_file ]] || lock_holder
  [[ -z $holder ]] ||
    finding warn lock "another run of lvsgen is at work: $holder" "One at a time changes a host; the next ends with 75." "Let it end, or use --wait SECONDS"
}

# Whoever has a record lock on the file, by the kernel's list of them, which names no other kind's holder for sure.
record_lock_holder() { # FILE -> $holder
  local _ inode pid place name=''
  holder=''
  [[ -e $1 && -r /proc/locks ]] || return 0
  inode=$(stat -c %i -- "$1")
  while read -r _ _ _ _ pid place _; do
    [[ ${place##*:} == "$inode" ]] || continue
    if [[ -r /proc/$pid/comm ]]; then read -r name <"/proc/$pid/comm" || :; fi
    holder="process $pid${name:+ ($name)}"
  done </proc/locks
}

# A unit that someone masked is off on purpose: apply does not turn it on.
check_units() {
  local name masked='' load file active
  ((${#wanted_units[@]})) || return 0
  [[ -d /run/systemd/system ]] || return 0
  load_units
  for name in "${wanted_units[@]}"; do # never empty
    read -r load file active <<<"${unit_of[$name]:-not-found none inactive}"
    [[ $file != masked* && $load != masked ]] || masked+=" $name"
  done
  if [[ $masked ]]; then
    finding stop units "masked:$masked" "Someone keeps them off on purpose; apply does not overrule that." "If that is over: systemctl unmask$masked"
  else
    finding ok units "none is masked: ${wanted_units[*]}" # never empty
  fi
}

# ---- repositories: which there are, by their configuration; none is asked, that is what hosts without a network die of ----

check_repositories() { # NAME..., not installed
  case $package_manager in
    apt) check_apt "$@" ;;
    *) check_rpm_repositories "$@" ;;
  esac
}

# What apt knows from its lists, without a word to anyone.
check_apt() { # NAME...
  local said line from=''
  if ! said=$(apt-get -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o Debug::NoLocking=true -y --no-install-recommends --print-uris install -- "$@" 2>&1); then
    failure="apt knows no way to install $*"
    while IFS= read -r line; do
      [[ $line != E:* ]] || failure+=$'\n'$line
    done <<<"$said"
    ways_out
    finding_failure stop packages 'Apply installs them first, and ends with 69.'
    return
  fi
  while IFS= read -r line; do
    [[ ! $line =~ ^\'([a-z+]+):(//([^/\']+))? ]] || note_place "${BASH_REMATCH[1]}" "${BASH_REMATCH[3]}"
  done <<<"$said"
  judge_places "$@"
}

note_place() { # SCHEME HOST -> $from, each remote place once
  case $1 in
    file | cdrom | copy) ;;
    *) [[ " $from " == *" $2 "* ]] || from+="${from:+ }$2" ;;
  esac
}

judge_places() { # NAME..., with $from
  if [[ $from ]]; then
    finding warn packages "not installed: $*; they would come over the network from $from" \
      "On a host without a network this is where apply stops. It was not asked whether these answer." \
      "Without a network: carry the packages along (fetch-packages.sh of this bundle), or configure a local repository"
  else
    finding ok packages "to be installed from a local repository: $*"
  fi
}

# The enabled sections of /etc/yum.repos.d, and the packages of those that are directories.
check_rpm_repositories() { # NAME...
  local file line name='' enabled='' place='' from='' nowhere='' away=''
  local -a local_places=()
  for file in /etc/yum.repos.d/*.repo; do
    [[ -r $file ]] || continue
    while IFS= read -r line || [[ $line ]]; do
      line=${line//[[:blank:]]/}
      case $line in
        '['*)
          note_repository
          name=${line#[} name=${name%]} enabled=1 place=''
          ;;
        enabled=0 | enabled=[Ff]alse | enabled=[Nn]o) enabled='' ;;
        baseurl=* | mirrorlist=* | metalink=*) place=${place:-${line#*=}} ;;
      esac
    done <"$file"
    note_repository
    name=''
  done
  for name; do
    is_in_local_places "$name" || nowhere+=" $name"
  done
  if [[ -z $nowhere || $from ]]; then
    [[ $nowhere ]] || from=''
    judge_places "$@"
  else
    failure="not installed, and in no repository within reach:$nowhere${away:+ (the repository$away is not there)}"
    ways_out
    finding_failure stop packages 'Apply installs them first, and ends with 69.'
  fi
}

is_in_local_places() { # NAME
  local found
  ((${#local_places[@]})) || return 1
  found=$(find -L "${local_places[@]}" -name "$1-[0-9]*.rpm" -print -quit 2>/dev/null) || : # never empty
  [[ $found ]]
}

# `$releasever` and its like are the package manager's business: what stands before them has to be there.
note_repository() { # with $name $enabled $place
  local path host
  [[ $name && $enabled && $place ]] || return 0
  case $place in
    file:* | /*)
      path=/${place#file:} path=/${path##+(/)} path=${path%%\$*}
      if [[ -d $path ]]; then local_places+=("$path"); else away+=" $name at $path"; fi
      ;;
    *) host=${place#*://} && note_place "${place%%:*}" "${host%%/*}" ;;
  esac
}

# ---- firewall, SELinux, and whoever else means to be in charge here -----------------------------------------

check_firewall() {
  local running='' starting='' who kept_out joined from_then_on=''
  [[ $firewall_policy ]] || return 0
  find_running_firewalls
  who=${running:+active: $running}${starting:+${running:+; }enabled, and not active: $starting}
  if [[ -z $running ]]; then
    from_then_on=', from the next boot on'
    find_kept_out
    [[ -z $rules_unread ]] || finding skip firewall 'which rules keep packets out is not known' "'$rules_unread' failed." 'Run it by hand and see why'
    # These may have been loaded by hand, or stay in force when their unit is stopped: they are opened there too.
    if [[ $kept_out && $starting != *@(nftables|iptables|ip6tables|netfilter-persistent)* ]]; then
      finding warn firewall "no firewall's unit is active, and yet rules keep packets out: $kept_out" "Nothing is opened in them, for nothing says what loads them. What they do not let in, this role does not serve." \
        "Let it in there (a script below /etc/network, /etc/rc.local), or have them loaded by a service: nftables, netfilter-persistent"
      [[ $starting ]] || return 0
    fi
  fi
  case ${who:+some}:$firewall_policy in
    :*) finding ok firewall 'none is active' ;;
    *:disable) finding ok firewall "$who; apply turns that off, as described, or says whose rules would go with it" ;;
    *:open)
      joined_openings
      finding ok firewall "$who; apply opens ${joined:-nothing}"
      ;;
    *:keep)
      finding warn firewall "$who, and described is that it stays as it is" "What it does not let in, this role does not serve$from_then_on." \
        "See that it lets in what this host serves (its VIPs' ports; NFS: 2049/tcp, 111)"
      ;;
  esac
}

# By their units; ufw also by what it says of itself, for `ufw enable` does not start its unit.
find_running_firewalls() { # -> $running; $starting: those that the next boot starts
  local unit
  load_units
  for unit in firewalld ufw nftables netfilter-persistent iptables ip6tables; do
    # Debian's netfilter-persistent has the last two for names of its own.
    [[ ${unit_id[$unit.service]:-$unit.service} == "$unit.service" ]] || continue
    [[ $unit != ufw ]] || ufw_is_enabled || continue
    if unit_is_active "$unit.service" || { [[ $unit == ufw ]] && ufw_is_loaded; }; then
      running+=${running:+, }$unit
    elif unit_is_enabled "$unit.service"; then
      starting+=${starting:+, }$unit
    fi
  done
}

joined_openings() { # -> $joined
  local one
  joined=''
  for one in ${openings[@]+"${openings[@]}"}; do joined+=${joined:+, }$one; done
}

check_selinux() {
  local enforcing=0 name unknown=''
  [[ $selinux_policy ]] || return 0
  if [[ ! -r /sys/fs/selinux/enforce ]]; then
    finding ok selinux 'not on this host'
    return
  fi
  read -r enforcing </sys/fs/selinux/enforce || :
  if ((enforcing == 0)); then
    finding ok selinux 'permissive'
  elif [[ $selinux_policy == permissive ]]; then
    finding ok selinux 'enforcing; apply makes it permissive, as described'
  else
    for name in ${booleans[@]+"${booleans[@]}"}; do
      [[ -e /sys/fs/selinux/booleans/$name ]] || unknown+=" $name"
    done
    if [[ ${booleans[*]+x} ]] && ! command -v setsebool >/dev/null; then
      finding stop selinux "enforcing, and there is no setsebool to set ${booleans[*]}" "Without it a web server may not read an NFS share." "Install policycoreutils" # never empty
    elif [[ $unknown ]]; then
      finding warn selinux "enforcing, and its policy knows no$unknown" "What the role does may be denied." "Look for denials after the apply: ausearch -m avc -ts recent"
    else
      finding ok selinux "enforcing${booleans[*]:+; apply sets ${booleans[*]}}" # never empty
    fi
  fi
}

# Others that write the table, and other clusters of lvsgen.
check_others() {
  local unit dir others='' open='' line last file
  if [[ " $roles " == *' director '* ]]; then
    for unit in keepalived ldirectord; do
      # Where health checks are described, keepalived is lvsgen's own means.
      [[ ${unit_of[$unit.service]:-} != *' active' || ($unit == keepalived && $keepalived_file) ]] ||
        finding warn others "$unit is active" "It writes the same IPVS table; what one sets the other takes back." "Stop and disable $unit, or leave this host to it"
    done
    # (kubernetes/kube-proxy#6)
    [[ ! -e /sys/class/net/kube-ipvs0 ]] ||
      finding warn others "kube-ipvs0 is here: kube-proxy writes the same IPVS table" "It takes out services that it does not know." \
        "Name the virtual addresses in its ipvs.excludeCIDRs, or give it another mode; where it is gone, take off what it left: ip link del kube-ipvs0"
  fi
  ((EUID == 0)) || return 0
  for dir in /var/lib/lvsgen/*/*/; do
    [[ -d $dir ]] || continue
    dir=${dir%/} last=''
    [[ $dir == "/var/lib/lvsgen/$cluster/"* ]] || others+=" ${dir#/var/lib/lvsgen/}"
    for file in "$dir"/generations/[0-9][0-9][0-9][0-9]; do
      [[ -f $file ]] || continue
      last=$file
    done
    [[ $last ]] || continue
    line=$(tail -n 1 -- "$last")
    [[ $line == end* ]] || open+=" ${dir#/var/lib/lvsgen/}"
  done
  [[ -z $open ]] || finding warn state "an apply was interrupted:$open" "Its generation is open." "The next apply of that role finishes it; rollback undoes it"
  if [[ $others ]]; then
    finding warn state "lvsgen has put another cluster on this host:$others" "What both need stays until the last of them leaves. A kernel setting, an export or a mount point that they describe differently is refused (69); a service is as the last apply had it." "Describe such things alike in both; where one is over, uninstall it with that cluster's script"
  else
    finding ok state 'no other cluster of lvsgen is on this host'
  fi
}

# rc.local brings up again what alias files of lo do not: it has to be one that systemd runs.
check_rc_local() {
  local file
  for file in ${files[@]+"${files[@]}"}; do
    [[ $file == */rc.local ]] || continue
    if [[ ${unit_of[rc-local.service]:-} == *masked* ]]; then
      finding warn rc.local 'rc-local.service is masked' 'The virtual address on lo may be missing after a reboot.' 'systemctl unmask rc-local.service'
    elif [[ -e /etc/rc.local && ! /etc/rc.local -ef $file ]]; then
      finding warn rc.local "/etc/rc.local is not $file" 'systemd runs one of them.' "Make it a link again: ln -sfn ${file#/etc/} /etc/rc.local"
    elif [[ -e $file && ! -x $file ]]; then
      finding ok rc.local "$file is not executable; apply makes it so"
    else
      finding ok rc.local "$file"
    fi
  done
}

# ---- where files go: room, and leave to write -----------------------------------------------------------

existing_parent() { # PATH -> $parent: the nearest directory above it that is there
  parent=$1
  while [[ $parent && ! -d $parent ]]; do parent=${parent%/*}; done
  parent=${parent:-/}
}

# (btrfs and others have no table of inodes: of these statfs(2) gives 0 in all, and 0 free.)
check_room() {
  local parent blocks size inodes free_inodes free short=''
  existing_parent /var/lib/lvsgen
  if ! read -r blocks size inodes free_inodes < <(stat -f -c '%a %S %c %d' -- "$parent" 2>/dev/null || :); then
    finding skip room "the file system does not say how much room there is in $parent"
    return
  fi
  free=$((blocks * (size / 512) / 2048))
  ((free >= 16)) || short="$free MiB"
  ((inodes == 0 || free_inodes >= 200)) || short+="${short:+ and }$free_inodes inodes"
  if [[ $short ]]; then
    finding stop room "$parent has $short left" "lvsgen writes down there how to get back before it changes anything." "Make room on that file system"
  elif ((free < 256)); then
    finding warn room "$parent has $free MiB left" "Packages that are to be installed may not fit." "Make room on that file system"
  else
    finding ok room "$free MiB where lvsgen keeps its state"
  fi
}

# Every directory that something goes to, once.
check_writable() {
  local path parent options read_only='' immutable='' taken='' line
  local -A seen=()
  local -a there=()
  for path in /var/lib/lvsgen/state /var/log/lvsgen/log "$lock_file" ${files[@]+"${files[@]}"}; do
    if [[ -e $path && ! -f $path && ! -L $path ]]; then taken+=" $path"; fi
    [[ ! -f $path || -L $path ]] || there+=("$path")
    existing_parent "${path%/*}"
    [[ -z ${seen[$parent]:-} ]] || continue
    seen[$parent]=1
    there+=("$parent")
    options=$(findmnt -n -o OPTIONS -T "$parent" 2>/dev/null) || options=''
    [[ ",$options," != *,ro,* ]] || read_only+=" $parent"
  done
  if command -v lsattr >/dev/null; then
    while read -r options line; do
      [[ $options != *[ia]* || $options != ?*-* ]] || immutable+=" $line"
    done < <(lsattr -d -- ${there[@]+"${there[@]}"} 2>/dev/null || :)
  fi
  [[ -z $read_only ]] || finding stop writable "read-only:$read_only" "Files go there." "Mount it read-write (after an error of the disk: look at dmesg first)"
  [[ -z $immutable ]] || finding stop writable "made immutable with chattr:$immutable" "Nobody can replace them, not even root." "chattr -ia$immutable; and again after the apply, if the site wants it so"
  [[ -z $taken ]] || finding stop writable "a directory or device stands where a file goes:$taken" "Apply replaces files and links, nothing else." "Move it away"
  [[ $read_only$immutable$taken ]] || finding ok writable "${#seen[@]} directories that files go to"
}

# ---- interfaces, addresses, and what configures them -------------------------------------------------------

check_interfaces() {
  local i name cidr state present remedy all_there
  local -a words=()
  load_addresses
  for ((i = 0; i < ${#interface_names[@]}; i++)); do
    name=${interface_names[i]}
    if [[ ! -e /sys/class/net/$name ]]; then
      absent_interface "$name"
      finding stop interface "no interface $name; this host has $present" "Virtual addresses and kernel settings go to it." "${remedy//$'\n'/ }"
      continue
    fi
    state=unknown
    read -r state <"/sys/class/net/$name/operstate" || :
    if [[ $state == down || $state == lowerlayerdown ]]; then
      finding warn interface "$name is $state" "Nobody reaches this host over it." "ip link set $name up; look at the cable or the switch's port"
    fi
    all_there=1
    split_words "${interface_addresses[i]}"
    for cidr in ${words[@]+"${words[@]}"}; do check_address "$name" "$cidr" || all_there=''; done
    [[ -z $all_there ]] || finding ok interface "$name has ${interface_addresses[i]}"
  done
}

check_address() { # INTERFACE ADDRESS/PREFIX
  local address=${2%/*} have
  have=${address_of["$address $1"]:-}
  [[ " $have" != *" ${2#*/} "* ]] || return 0
  if [[ $have ]]; then
    finding warn address "$1 has $address/${have% }, described is $2" "Who is on the segment follows from the prefix length." "Mend the one that is wrong"
  elif [[ ${address_of[$address]:-} ]]; then
    finding stop address "$address is on ${address_of[$address]% }, described is $1" "Virtual addresses and kernel settings would go to the wrong interface." \
      "Mend the interface of $host in the description and build again"
  else
    finding stop address "$1 has no $2" "Real servers, directors and clients are to reach this host by it." "Give it that address by the system's own means, or mend the description"
  fi
  return 1
}

# The described back end has to be the one that configures this host: asked as the scripts ask it.
check_backend() {
  local name have lacking failure
  for name in ${backends[@]+"${backends[@]}"}; do
    backend_probe "$name"
    if [[ $have == 'in charge' ]]; then
      finding ok network "$name is in charge"
    else
      lacking=''
      backend_set "$name" 'in charge' || :
      [[ -z $lacking ]] || finding_failure stop network 'Virtual addresses would be gone after a reboot, or taken away by what is in charge.'
    fi
  done
  [[ -z $network || -z $units_known ]] || check_network_manager
}

check_network_manager() {
  local active='' version name state managed='' line
  [[ ${unit_of[NetworkManager.service]:-} != *' active' ]] || active=1
  if [[ -z $active ]]; then
    [[ $network != networkmanager ]] || finding stop network 'NetworkManager does not run here, and the description counts on it' 'Nobody would read the profiles that apply writes.' \
      'systemctl enable --now NetworkManager; or say in the description what configures this host ("network")'
    [[ $network != ifcfg || ${unit_of[network.service]:-} == *' enabled '* || ${unit_of[network.service]:-} == *' generated '* ]] ||
      finding warn network 'neither NetworkManager nor network.service brings up ifcfg files here' 'The virtual addresses may be missing after a reboot.' 'systemctl enable network.service'
    return 0
  fi
  command -v nmcli >/dev/null || return 0
  while IFS= read -r line; do
    state=${line##*:} name=${line%:*}
    [[ " ${interface_names[*]} " != *" $name "* || $state == unmanaged ]] || managed+=" $name" # never empty
  done < <(timeout 10 nmcli -t -f DEVICE,STATE device 2>/dev/null || :)
  read -r _ _ _ version < <(nmcli --version 2>/dev/null || :) || version=unknown
  case $network:${managed:+managed} in
    networkmanager:managed) finding ok network "NetworkManager $version manages$managed" ;;
    networkmanager:)
      name=${interface_names[*]} # never empty
      finding stop network "NetworkManager $version manages none of $name" 'Its profiles would not be used for them.' \
        "Let it manage them (nmcli device set NAME managed yes), or say in the description what does ('network')"
      ;;
    ifcfg:managed) finding ok network "NetworkManager $version manages$managed and reads ifcfg files" ;;
    *:managed)
      finding warn network "NetworkManager $version manages$managed beside $network" 'It takes addresses away that it does not know when it brings an interface up again.' \
        "Make them unmanaged: a file in /etc/NetworkManager/conf.d with [keyfile] unmanaged-devices=interface-name:..."
      ;;
  esac
}

# NFS servers that this host mounts from, by a connection to their port.
check_nfs() {
  local server
  for server in ${nfs_servers[@]+"${nfs_servers[@]}"}; do
    # shellcheck disable=SC2016 # the inner bash expands it
    if timeout 3 bash -c 'exec 3<>"/dev/tcp/$1/2049"' bash "$server" 2>/dev/null; then
      finding ok nfs "$server answers on port 2049"
    else
      finding warn nfs "$server does not answer on port 2049" 'Mounting its shares would fail.' 'Run nfs.sh on it first, and see that its firewall lets this host in'
    fi
  done
}

# ---- what a card does with packets before the kernel sees them ---------------------------------------------------------

# Large receive offload makes one packet of several. One that is larger than the MTU cannot be forwarded: IPVS answers it with
# "fragmentation needed", and the client's connection crawls. The kernel turns LRO off itself where it forwards (dev_disable_lro), and a
# director in DR or TUN need not.
check_offload() {
  local nic line
  command -v ethtool >/dev/null || return 0
  for nic in ${forwarding_nics[@]+"${forwarding_nics[@]}"}; do
    [[ -e /sys/class/net/$nic ]] || continue
    while IFS= read -r line; do
      case $line in
        'large-receive-offload: on'*)
          finding warn offload "$nic joins packets that it receives (LRO)" 'A director hands packets on as they come: one that is larger than the MTU is refused, and uploads crawl.' \
            "ethtool -K $nic lro off, and the same in the interface's own configuration so that it stays off"
          ;;
        'large-receive-offload: off'*) finding ok offload "$nic hands packets on as they come (LRO is off)" ;;
      esac
    done < <(timeout 10 ethtool -k "$nic" 2>/dev/null || :)
  done
}

# ---- what listens here, and at the virtual addresses as well ---------------------------------------------------------------

# In DR and TUN packets come for the virtual address: what listens on the host's own alone refuses every client, and answers whoever asks
# the host. Where nothing listens yet, there is nothing to say.
check_listening() {
  local entry protocol address port sockets missed
  local -A known=() served=() away=()
  command -v ss >/dev/null || return 0
  for entry in ${answers[@]+"${answers[@]}"}; do
    read -r protocol address port <<<"$entry"
    [[ ${known["$protocol $port"]+x} ]] || known["$protocol $port"]=$(sockets_on "$protocol" "$port")
    sockets=${known["$protocol $port"]}
    if [[ -z $sockets ]]; then
      continue
    elif listens_for "$address" "$sockets"; then
      served["$protocol $port"]=1
    else
      away["$protocol $port"]+=${away["$protocol $port"]:+, }$address
    fi
  done
  for entry in ${away[@]+"${!away[@]}"}; do
    missed=${away["$entry"]}
    finding warn listening "what listens on ${entry/ / port } does so at ${known["$entry"]} alone, not at $missed" "It would refuse every client of $missed, though it answers whoever asks this host." \
      "Have it listen on every address, or on $missed as well when apply has put it there (unless a file of this apply says so)"
  done
  for entry in ${served[@]+"${!served[@]}"}; do
    [[ ${away["$entry"]+x} ]] || finding ok listening "${entry/ / port } at the virtual addresses too"
  done
}

# ---- who has the virtual addresses: asked on the wire, as RFC 5227 has it, without claiming them -------------------

most_vips=32

check_vips() {
  local i entry address device questions=0 scratch
  ((${#vips[@]})) || return 0
  if ((EUID != 0)); then return 0; fi
  if ! is_arping; then
    finding skip arp "nobody was asked who has the virtual addresses: there is no arping of iputils here" '' 'Install iputils (EL) or iputils-arping (Debian, Ubuntu) to have it asked'
    return 0
  fi
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/lvsgen-doctor.XXXXXX") || return 0
  for entry in "${vips[@]}"; do # never empty
    address=${entry% *} device=${entry#* }
    if [[ $address == *:* ]]; then
      finding skip arp "$address: nobody was asked, arping knows IPv4 alone" '' "ping -6 $address from a third machine, before the apply"
    elif is_loud "$address"; then
      finding stop arp "$address is on $loud of this real server, which answers ARP for it" \
        "The director alone may: neighbours that hear this host reach one real server, or nobody." \
        "Take it off (ip address del $address/${address_of["$address $loud"]%% *} dev $loud), with what brings it up at boot (an old director's files, keepalived); or let realserver.sh apply --adopt do it"
    elif [[ ${address_of[$address]:-} ]]; then
      finding ok arp "$address is on this host already"
    elif [[ ! -e /sys/class/net/$device ]]; then
      continue
    elif ((questions == most_vips)); then
      finding skip arp "only the first $most_vips virtual addresses are asked about"
      break
    else
      questions=$((questions + 1))
      ask_for "$address" "$device" "$scratch/$address" &
    fi
  done
  wait
  for entry in "${vips[@]}"; do # never empty
    address=${entry% *} device=${entry#* }
    [[ $questions != 0 && $address != *:* && -z ${address_of[$address]:-} && -e /sys/class/net/$device ]] || continue
    questions=$((questions - 1))
    if [[ -e $scratch/$address ]]; then finding ok arp "$address is free on $device"; else judge_answer "$address" "$device"; fi
  done
  rm -rf -- "$scratch"
}

# Is it on an interface of a real server that answers ARP, where lo or a tunnel is to carry it?
is_loud() { # ADDRESS -> $loud
  local -a words=()
  [[ " $roles " == *' realserver '* && " $roles " != *' director '* ]] || return 1
  split_words "${address_of[$1]:-}"
  for loud in ${words[@]+"${words[@]}"}; do
    [[ $loud == @(lo|tunl*|sit*|gre*|ip6tnl*) ]] || return 0
  done
  return 1
}

ask_for() { # ADDRESS DEVICE FILE, which is there afterwards when nobody has the address
  ! arping -D -q -c 2 -w 3 -I "$2" "$1" >/dev/null 2>&1 || : >"$3"
}

# Somebody has it. A director may; then its own address is at the same hardware address.
judge_answer() { # VIP DEVICE
  local mac i address
  local -a words=()
  hardware_address "$1" "$2"
  local vip_mac=$mac
  if [[ -z $vip_mac ]]; then
    finding skip arp "$1: nobody could be asked on $2"
    return
  fi
  for ((i = 0; i < ${#director_names[@]}; i++)); do
    split_words "${director_addresses[i]}"
    for address in ${words[@]+"${words[@]}"}; do
      [[ $address != *:* ]] || continue
      hardware_address "$address" "$2"
      if [[ $mac == "$vip_mac" ]]; then
        finding ok arp "$1 is answered for by the director ${director_names[i]}, as it has to be"
        return
      fi
    done
  done
  finding stop arp "$1 is taken on $2: $vip_mac answers for it, and that is no director" \
    "Two machines with one address: clients reach the one or the other by chance." \
    "Find the machine by its hardware address (the switch's table) and free the address; a real server without its ARP settings does this too"
}

hardware_address() { # ADDRESS DEVICE -> $mac
  local line
  mac=''
  while IFS= read -r line; do
    [[ ! $line =~ \[([0-9A-Fa-f:]{17})\] ]] || mac=${BASH_REMATCH[1]}
  done < <(arping -D -c 1 -w 2 -I "$2" "$1" 2>/dev/null || :)
}

# ---- failover: keepalived, the other directors, and who else speaks VRRP with this router id --------------------------

# Its release, and the file that is to be lvsgen's.
check_keepalived() {
  local version='' content='' second owner
  [[ $keepalived_file ]] || return 0
  case $package_manager in
    apt) version=$(dpkg-query -W -f '${Version}' keepalived 2>/dev/null) || version='' ;;
    *) version=$(rpm -q --qf '%{VERSION}' keepalived 2>/dev/null) || version='' ;;
  esac
  version=${version#*:} version=${version%%-*}
  if [[ $version && $version != "$keepalived_released" && $(printf '%s\n' "$version" "$keepalived_released" | sort -V | head -n 1) == "$version" ]]; then
    finding stop keepalived "keepalived $version is older than $platform's own ($keepalived_released)" \
      'Words of its file that it does not know it refuses, or takes for something else.' 'Update the package keepalived'
  elif [[ $version ]]; then
    finding ok keepalived "keepalived $version"
  fi
  read_text "$keepalived_file" || return 0
  second=${content#*$'\n'} second=${second%%$'\n'*}
  if [[ $content != '# lvsgen-'* ]]; then
    is_untouched "$keepalived_file" || finding stop keepalived "$keepalived_file is there, and lvsgen did not write it" \
      'Apply refuses to take its place: what it does would be gone.' \
      "Describe what it does (lvsgen import $keepalived_file writes the description), then: bash director.sh apply --adopt. Uninstall puts it back."
    return 0
  fi
  owner=${second##* in the cluster } owner=${owner%%. *}
  [[ $owner == "$cluster" ]] || finding stop keepalived "$keepalived_file is of the cluster $owner" \
    'A host runs one keepalived, by one file.' 'Let one cluster describe all services of its directors'
}

# The sample that an rpm brings along.
is_untouched() { # FILE
  local said
  command -v rpm >/dev/null && rpm -qf -- "$1" >/dev/null 2>&1 || return 1
  said=$(rpm -Vf --nodeps --nomtime -- "$1" 2>/dev/null) || :
  [[ $'\n'$said$'\n' != *" $1"$'\n'* ]]
}

# Each director has to reach each other one by the address that it speaks VRRP by.
check_directors() {
  local i entry device name address mac
  local -a entries=()
  ((${#vrrp[@]})) || return 0
  load_addresses
  for ((i = 0; i < ${#vrrp[@]}; i++)); do
    device=${vrrp[i]% *}
    [[ -e /sys/class/net/$device ]] || continue
    IFS=';' read -r -a entries <<<"${vrrp_peers[i]}"
    for entry in ${entries[@]+"${entries[@]}"}; do
      name=${entry% *} address=${entry#* } mac=''
      if [[ $address != *:* && $EUID == 0 ]] && is_arping; then
        ask_wire "$address $device"
        mac=${answered_by["$address $device"]}
      else
        neighbour_of "$address" "$device"
      fi
      if [[ $mac ]]; then
        finding ok directors "$name answers as $address on $device"
      else
        finding warn directors "$name does not answer as $address on $device" 'Directors that do not reach each other both take the virtual addresses.' \
          "Is $name up, are both in one VLAN? Over this segment they hear each other"
      fi
    done
  done
}

listen_seconds=4

# Two clusters on one segment need two numbers. What speaks by multicast is heard by whoever listens; what keepalived has refused it has said.
check_router_ids() {
  local i device number known sender heard='' strangers
  local -a words=()
  local -A adverts=()
  ((${#vrrp[@]} && EUID == 0)) || return 0
  load_senders -1hour
  known=" ${vrrp_peers[*]} " # never empty
  known=${known//;/ }
  command -v tcpdump >/dev/null ||
    finding skip routerid 'nobody listened for other clusters: there is no tcpdump here' '' "On any machine of the segment: tcpdump -ni INTERFACE 'ip proto 112 or ip6 proto 112'"
  for ((i = 0; i < ${#vrrp[@]}; i++)); do
    device=${vrrp[i]% *}
    [[ ${adverts[$device]+heard} ]] || adverts[$device]=$(hear_vrrp "$device")
    number=${vrrp[i]#* } strangers=''
    while read -r sender heard; do
      [[ $heard == "$number" ]] || continue
      is_director "$sender" || [[ " $strangers " == *" $sender "* ]] || strangers+=${strangers:+ }$sender
    done <<<"${adverts[$device]:-}"
    split_words "$heard_from"
    for sender in ${words[@]+"${words[@]}"}; do
      is_director "$sender" || [[ " $strangers " == *" $sender "* ]] || strangers+=${strangers:+ }$sender
    done
    if [[ $strangers ]]; then
      finding stop routerid "$strangers speaks VRRP with router id $number on $device, and is no director of this cluster" \
        'Two clusters with one number take the addresses from each other.' 'Give one of them another "routerId", and stop keepalived on all of its directors but one while it changes'
    elif command -v tcpdump >/dev/null; then
      finding ok routerid "nobody else has router id $number on $device (listened for $listen_seconds s)"
    fi
  done
}

is_director() { # ADDRESS, with $known
  # By multicast IPv6 comes from the link's own addresses.
  [[ $known == *" $1 "* || ${address_of[$1]:-} || $1 == fe80:* ]]
}

# `SENDER ROUTER-ID` a line. (tcpdump: `IP 192.168.80.77 > 224.0.0.18: VRRPv2, Advertisement, vrid 80, prio 100, ...`)
hear_vrrp() { # DEVICE
  local line
  command -v tcpdump >/dev/null && [[ -e /sys/class/net/$1 ]] || return 0
  while IFS= read -r line; do
    [[ ! $line =~ IP6?\ ([0-9A-Fa-f.:]+)\ \>.*\ vrid\ ([0-9]+), ]] || printf '%s %s\n' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
  done < <(timeout "$listen_seconds" tcpdump -n -l -p -i "$1" 'ip proto 112 or ip6 proto 112' 2>/dev/null || :)
}

# ---- what stands in the way of an apply: asked of each role's own script, whose `check` finds it, and reads only --------

check_in_the_way() {
  local name output code beside
  local -a words=()
  ((EUID == 0)) || return 0
  split_words "$roles"
  for name in ${words[@]+"${words[@]}"}; do
    [[ $name != client ]] || continue
    is_beside "$name" || continue
    code=0
    # Without its pending changes; what it complains of comes on the standard error.
    output=$(bash "$beside" check --quiet --host "$host" 2>&1 </dev/null) || code=$?
    case $code in
      0 | 2) finding ok in-the-way "nothing that $name.sh would meet" ;;
      *) tell_met "$name.sh" "$code" "$output" ;;
    esac
  done
}

# This bundle's script of a role, in the folder of this one: nothing that another user could have put there is run.
is_beside() { # ROLE -> $beside
  local directory=. untrusted version=''
  [[ $script_path != */* ]] || directory=${script_path%/*}
  directory=$(cd -- "${directory:-/}" && pwd -P) || return 1
  beside=${directory%/}/$1.sh
  if [[ ! -f $beside ]]; then
    finding skip in-the-way "$1.sh is not beside this script: what stands in its way is not looked at" '' "Run $script where the bundle is, or ask that script itself: bash $1.sh check"
    return 1
  fi
  if ! is_trusted_place "$directory" "$1.sh"; then
    finding skip in-the-way "another user could have changed $beside, so it is not asked what stands in its way" '' \
      "As root, copy the folder to where only root can write, such as /root, and compare: sha256sum -c SHA256SUMS"
    return 1
  fi
  version=$(bash "$beside" --version 2>&1 </dev/null) || :
  [[ $version != *": cluster $cluster, role $1, "* ]] || return 0
  finding stop in-the-way "$1.sh beside this script is not that of $cluster: ${version%%$'\n'*}" 'What stands in its way is not looked at.' "Copy the bundle again, and compare: sha256sum -c SHA256SUMS"
  return 1
}

# In the words of `check`: a line for each resource, what to do about it below, and at the end why it goes no further.
tell_met() { # SCRIPT CODE OUTPUT
  local line why='' i last=-1
  local -a what=() remedy=()
  while IFS= read -r line; do
    case $line in
      'failed   '*) last=$((last + 1)) what+=("${line#'failed   '}") remedy+=('') ;;
      "$1:   "*)
        if ((last >= 0)); then remedy[last]+=${line#"$1:   "}$'\n'; else why+=$line$'\n'; fi
        ;;
      *) why+=${line#"$1: "}$'\n' ;;
    esac
  done <<<"$3"
  why="$1 check ends with $2: ${why:-it says no more}"
  for ((i = 0; i <= last; i++)); do
    finding stop in-the-way "${what[i]}" "${why%$'\n'}" "${remedy[i]%$'\n'}"
  done
  ((last >= 0)) || finding stop in-the-way "${why%%$'\n'*}" 'An apply would end so too.' "See all that it says: bash $1 check"
}

# ---- --collect: what this host has of its own, as a folder for `lvsgen import` ------------------------------------------
#
# It is asked of hosts that nothing describes yet. Files are read, never written; what sounds like a secret stays here.

collected=0 kept_back=0
longest_file=1048576

# What `lvsgen import` reads (docs/import.md).
collected_files=(
  /etc/os-release /etc/hostname /etc/hosts /etc/fstab /etc/exports '/etc/exports.d/*.exports' /etc/sysctl.conf '/etc/sysctl.d/*.conf' /etc/rc.local /etc/rc.d/rc.local
  /etc/network/interfaces '/etc/network/interfaces.d/*' '/etc/netplan/*.yaml' '/etc/sysconfig/network-scripts/ifcfg-*' '/etc/NetworkManager/system-connections/*'
  '/etc/systemd/network/*.network' '/etc/systemd/network/*.netdev' '/etc/systemd/network/*.link' '/etc/keepalived/*' /etc/ha.d/ldirectord.cf /etc/ldirectord.cf /etc/sysconfig/ipvsadm /etc/ipvsadm.rules
)

# A new folder: nobody can have put anything into it.
collect_value() { # OPTION
  [[ $value && ! -e $value && ! -L $value ]] || bad_usage "$1: $value is there already; name a new folder"
}

collect() {
  local pattern file
  umask 077
  mkdir -- "$collect_dir" || die 1 "cannot make the folder $collect_dir" 'Name one in a directory that you may write in, such as /root/lvs1.'
  ((EUID == 0)) || say "$script: without root, what only root may read is left out"
  for pattern in "${collected_files[@]}"; do # never empty
    while IFS= read -r file; do
      take_file "$file"
    done < <(compgen -G "$pattern" || :)
  done
  take_table
  say "$bold%s$plain" "collected: $collected file(s) in $collect_dir, $kept_back line(s) with secrets in them left out"
  say "Read them before you carry them on. Then, where lvsgen is: lvsgen import $collect_dir -o cluster.yaml"
  event summary command collect files "$collected" secrets "$kept_back" folder "$collect_dir"
  ((collected > 0)) || exit 1
}

# The live table, where there is one: a file may be older.
take_table() {
  local content
  command -v ipvsadm >/dev/null && ((EUID == 0)) || return 0
  [[ -e /proc/net/ip_vs ]] || { tell_collected left 'the live IPVS table' 'the module ip_vs is not loaded' && return 0; }
  content=$(ipvsadm-save -n 2>/dev/null) || { tell_collected left 'the live IPVS table' 'ipvsadm-save failed' && return 0; }
  [[ $content ]] || return 0
  write_collected /ipvsadm-save.rules "$content"$'\n' 0
  tell_collected taken 'the live IPVS table' "as ipvsadm-save.rules"
}

take_file() { # PATH
  local content size secrets text
  case ${1##*/} in
    *~ | *.bak | *.old | *.orig | *.rpmnew | *.rpmsave | *.rpmorig | *.dpkg-* | *.key | *.pem) return 0 ;;
  esac
  # (Also one behind a link, as /etc/os-release is; nothing that would wait.)
  if [[ ! -f $1 ]]; then
    [[ -d $1 ]] || tell_collected left "$1" 'no file'
  elif [[ ! -r $1 ]]; then
    tell_collected left "$1" 'it cannot be read'
  elif ! size=$(stat -L -c %s -- "$1" 2>/dev/null) || ((size > longest_file)); then
    tell_collected left "$1" 'larger than 1 MiB'
  elif ! read_text "$1"; then
    tell_collected left "$1" 'it is no text'
  else
    leave_secrets_out "$1" "$content"
    write_collected "$1" "$text" "$secrets" || return 0
    tell_collected taken "$1" "$( ((secrets == 0)) || printf '%s line(s) with secrets left out' "$secrets")"
  fi
}

write_collected() { # PATH TEXT SECRETS
  { mkdir -p -- "$collect_dir${1%/*}" && printf '%s' "$2" >"$collect_dir$1"; } || die 1 "cannot write $collect_dir$1" 'What was collected so far is in the folder.'
  collected=$((collected + 1)) kept_back=$((kept_back + $3))
}

tell_collected() { # taken|left WHAT WHY
  local color=$dim padded
  event collect result "$1" what "$2" why "$3"
  [[ $1 == taken ]] || color=$yellow
  printf -v padded '%-8s' "$1"
  say "$color$padded$plain %s" "$2${3:+  ($3)}"
}

# What stands behind such a key is a secret: in keepalived.conf, keyfiles, netplan, fstab, WireGuard's files, ldirectord.cf.
secret_keys='(pass(w(or)?d|phrase|wd)?|auth_pass|auth_hmac|pwd|secret|psk|token|communit(y|ies)|credentials?|(private|preshared|shared|pre-shared|wep|wpa|wireless|api|auth|access|encryption|fastopen)[-_]?key[0-9a-z_-]*|wep-key[0-9]*|key_passwd[0-9]*|leap-password|login|username|identity)'

# A line that holds one keeps its key. -> $text, and $secrets: how many there were
leave_secrets_out() { # PATH TEXT
  local line rest=$2 inside='' keys=1 head=''
  local by_key="^(.*[^A-Za-z0-9]|)([A-Za-z0-9._-]*${secret_keys}[\"']?([[:blank:]]*[=:][[:blank:]]*|[[:blank:]]+))[^[:blank:]{].*\$"
  local account='^(.*://)[^/@[:blank:]]+@(.*)$'
  local mail='^(.*[^A-Za-z0-9._+-])?[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(.*)$'
  text='' secrets=0
  # There a word is the name of a host or a path.
  [[ $1 != /etc/@(hosts|hostname|exports|exports.d/*|os-release) ]] || keys=''
  shopt -s nocasematch
  while [[ $rest ]]; do
    line=${rest%%$'\n'*}
    rest=${rest#"$line"}
    rest=${rest#$'\n'}
    if [[ $line == *-----BEGIN*KEY----- ]]; then inside=1; fi
    if [[ $inside ]]; then
      [[ $line != *-----END*KEY----- ]] || inside=''
      secrets=$((secrets + 1)) line='# (left out)'
    elif [[ $keys && $line =~ $by_key ]]; then
      # What stands behind the first of them goes.
      while [[ $line =~ $by_key ]]; do line=${BASH_REMATCH[1]} head=${BASH_REMATCH[1]}${BASH_REMATCH[2]}; done
      line="$head(left_out)" secrets=$((secrets + 1))
    elif [[ $line =~ $account ]]; then
      line="${BASH_REMATCH[1]}(left_out)@${BASH_REMATCH[2]}" secrets=$((secrets + 1))
    elif [[ $line =~ $mail && $line != *'://'* ]]; then
      line="${BASH_REMATCH[1]}(left_out)${BASH_REMATCH[3]}" secrets=$((secrets + 1))
    fi
    text+=$line$'\n'
  done
  shopt -u nocasematch
}

# ---- main ---------------------------------------------------------------------------------------

kernel_release='' state_dir='' failure='' units_known=1

after_error='Nothing was changed.'

ended() { # WHAT
  complain "$1"
}

on_exit() {
  drop_scratch
}

# The scripts end there; here the other questions are still worth asking.
unread=tell_unread

tell_unread() { # WHAT COMMAND
  [[ $2 != systemctl* ]] || units_known=''
  finding skip reading "cannot read $1" "'$2' failed." 'Run it by hand and see why'
}

program() {
  if [[ $collect_dir ]]; then
    begin_reported_run
    collect
    return
  fi
  find_host
  begin_reported_run
  platform_facts
  directors
  interfaces
  needs
  units+=(firewalld.service ufw.service nftables.service iptables.service ip6tables.service netfilter-persistent.service NetworkManager.service network.service keepalived.service ldirectord.service rc-local.service)
  finally on_exit
  say "$bold%s$plain  %s" "$host" "cluster $cluster, ${roles// /, } on $platform"
  if check_system; then
    check_root || :
    check_place
    check_programs
    check_systemd
    check_kernel
    check_modules
    load_units
    check_packages
    check_ipvsadm
    check_keepalived
    check_package_manager
    check_lock
    if [[ $units_known ]]; then
      check_units
      check_firewall
    fi
    check_selinux
    check_sysctls
    check_backend
    check_rc_local
    check_room
    check_writable
    check_others
    check_nfs
    check_in_the_way
  fi
  check_interfaces
  check_offload
  check_listening
  check_vips
  check_directors
  check_router_ids
  check_time
  closing ok warn stop skip
  ((count[stop] == 0)) || exit 1
}

main "$@"
