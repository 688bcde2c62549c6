#!/bin/bash
{ # Part 1 of 3: runs nothing unless this file is whole and as it was written. Cut within these braces, it is a syntax error.
lvsgen_sum=1896ad9d330a753b6004d4adea2a0e313dd30d6b1a16ba8963eb796d454c4634 # of this file without this number: against accidents, not against people, who can change both
lvsgen_size=716446 # (Each line here ends in a comment, so that it works even where an editor or a mail gateway made CRLF of it.)
lvsgen_version=0.1.0 # that wrote this file
lvsgen_runtime=7d926a58e82ac10b97da5e023aa19521d40ccf65f606584560c496f95d514438 # of part 3: sed '1,/^# Part 3 of 3/d' FILE | sha256sum
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

# Part 2 of 3: what this script configures. Read this part.

lvsgen_format=1
cluster=kgc
role=director
role_title='the director'

# The hosts of this role: name, platform, the addresses that tell which one this is.
hosts() {
  host lvs1 el7 192.168.80.10
}

# The systems described, as ID:VERSION_ID of /etc/os-release.
platform_facts() {
  case $platform in
    el7) package_manager=yum platform_releases='centos:7* rhel:7* ol:7* scientific:7*' ;;
  esac
}

# repository: a carried folder where there is one, else the system's repositories. carried: that folder alone. installed: none.
package_source=repository

# Real servers that drain and undrain know by name, with their addresses in the table.
named_real_servers() {
  :
  real_server web1 192.168.80.12
  real_server web2 192.168.80.13
}

# What such a host gets, in this order.
resources() {

  title 'What has to configure this host'\''s network: asked before anything changes'
  want backend ifcfg ens33

  title Packages
  want package ipvsadm

  title 'Kernel modules: IPVS and the schedulers of the table'
  want module ip_vs
  want module ip_vs_rr
  want file /etc/modules-load.d/lvsgen-kgc-director.conf 0644 root root <<'END'
ip_vs
ip_vs_rr
END

  title 'Kernel settings: what the director forwards'
  want sysctl net.ipv4.ip_forward 0
  want sysctl net.ipv4.conf.all.send_redirects 0
  want sysctl net.ipv4.conf.default.send_redirects 0
  want sysctl net.ipv4.conf.ens33.send_redirects 0
  want sysctl net.ipv4.vs.expire_nodest_conn 1
  want file /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf 0644 root root <<'END'
# Described: this host forwards no packets. In DR and TUN replies go straight to the clients.
net.ipv4.ip_forward = 0
# No ICMP redirects: a client that learns a real server's address by one goes past the director.
net.ipv4.conf.all.send_redirects = 0
net.ipv4.conf.default.send_redirects = 0
net.ipv4.conf.ens33.send_redirects = 0
# Connections of a removed real server end at once instead of hanging. Host-wide (ipvs-sysctl.rst).
net.ipv4.vs.expire_nodest_conn = 1
END

  title 'Firewall: off, now and after a reboot, as described'
  want unit firewalld.service disabled inactive
  want unit nftables.service disabled inactive
  want unit iptables.service disabled inactive
  want unit ip6tables.service disabled inactive
  expect unfiltered input 80/tcp

  title 'SELinux: permissive, now and after a reboot, as described'
  want setting '/etc/selinux/config SELINUX' permissive
  want selinux mode permissive

  title 'IPVS table, live and at boot'
  want file /etc/lvsgen/kgc/services 0644 root root <<'END'
-t 192.168.80.188:80
END
  want file /etc/lvsgen/kgc/keep-services 0755 root root <<'END'
#!/bin/bash
# When ipvsadm.service stops: what the live table has besides lvsgen's services goes to /etc/sysconfig/ipvsadm,
# which the unit itself would have written whole. lvsgen's own lines stay in it as they are described.
set -u
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin
rules=/etc/sysconfig/ipvsadm

# ipvsadm, however it is called, would load the module.
[[ -e /proc/net/ip_vs || -d /proc/sys/net/ipv4/vs ]] || exit 0
live=$(ipvsadm-save -n) && [[ $live ]] || exit 0

declare -A own=()
for file in /etc/lvsgen/*/services; do
  [[ -f $file ]] || continue
  while IFS= read -r name; do own[$name]=1; done <"$file"
done

name_of() { # RULE -> $name, such as `-t 192.168.80.188:80`
  local option service rest
  read -r _ option service rest <<<"$1"
  # ipvsadm prints marks from 2^31 on as negative numbers.
  [[ $option != -f || ! $service =~ ^-[0-9]{1,10}$ ]] || service=$((4294967296 - 10#${service#-}))
  name="$option $service"
  [[ $option != -f || " $rest " != *' -6 '* ]] || name+=' -6'
}

text=''
while IFS= read -r line || [[ $line ]]; do
  name_of "$line"
  [[ ${own[$name]:-} ]] && text+=$line$'\n'
done <"$rules"
while IFS= read -r line || [[ $line ]]; do
  name_of "$line"
  [[ ${own[$name]:-} ]] || text+=$line$'\n'
done <<<"$live"

[[ $text == "$(<"$rules")"$'\n' ]] && exit 0
cp -a "$rules" "$rules.lvsgen" && printf '%s' "$text" >"$rules.lvsgen" && mv -f "$rules.lvsgen" "$rules"
END
  want file /etc/systemd/system/ipvsadm.service.d/lvsgen-kgc-director.conf 0644 root root <<'END'
# Stopping this unit must not save the live table over /etc/sysconfig/ipvsadm, nor clear it under
# the clients' connections. To clear it on purpose: ipvsadm -C
[Service]
ExecStop=
# Services that are not lvsgen's are kept as this unit would have done.
ExecStop=-/etc/lvsgen/kgc/keep-services
ExecStopPost=
END
  want table /etc/sysconfig/ipvsadm <<'END'
-A -t 192.168.80.188:80 -s rr
-a -t 192.168.80.188:80 -r 192.168.80.12:80 -g -w 1
-a -t 192.168.80.188:80 -r 192.168.80.13:80 -g -w 1
END
  want unit ipvsadm.service enabled -

  title 'Virtual addresses'
  want file /etc/lvsgen/kgc/announce 0755 root root <<'END'
#!/bin/bash
# Tells the neighbours that the virtual addresses are here now: those that had them from another machine would send there for hours.
#   announce [DEVICE ADDRESS]...      without arguments: all of them
# By arping where that of iputils is there. Else, and for IPv6, by the kernel, which announces all addresses of an interface whose
# hardware address is set, be it to the one that it has (arp_notify, ndisc_notify: ip-sysctl.rst).
set -u
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin

(($#)) || set -- ens33 192.168.80.188

has_arping=''
if command -v arping >/dev/null && [[ $(arping -V 2>&1) == *iputils* ]]; then has_arping=1; fi

by_kernel() { # DEVICE
  local setting mac before
  read -r mac <"/sys/class/net/$1/address" || return
  for setting in ipv4/conf/"$1"/arp_notify ipv6/conf/"$1"/ndisc_notify; do
    setting=/proc/sys/net/$setting
    [[ -e $setting ]] || continue
    read -r before <"$setting"
    [[ $before != 0 ]] || quiet+=("$setting")
    echo 1 >"$setting"
  done
  ip link set dev "$1" address "$mac"
}

quiet=() told=' '
while (($# > 1)); do
  device=$1 address=$2
  shift 2
  [[ $(ip -o address show dev "$device" to "$address" 2>/dev/null) ]] || continue
  if [[ $has_arping && $address != *:* ]]; then
    # Some listen to requests, some to replies.
    timeout 5 arping -q -U -c 2 -w 2 -I "$device" "$address" >/dev/null 2>&1 &
    timeout 5 arping -q -A -c 2 -w 2 -I "$device" "$address" >/dev/null 2>&1 &
  elif [[ $told != *" $device "* ]]; then
    told+="$device "
    by_kernel "$device"
  fi
done
wait
for setting in ${quiet[@]+"${quiet[@]}"}; do echo 0 >"$setting"; done
exit 0
END
  want address 192.168.80.188/32 ens33 ens33:0
  want file /etc/sysconfig/network-scripts/ifcfg-ens33:0 0644 root root <<'END'
# A virtual address of LVS: /32, whatever the interface it is an alias of has (PREFIX wins over NETMASK).
DEVICE=ens33:0
ONBOOT=yes
ONPARENT=yes
IPADDR=192.168.80.188
PREFIX=32
NETMASK=255.255.255.255
END

  title 'The log of what was changed here'
  want file /etc/logrotate.d/lvsgen 0644 root root <<'END'
# What lvsgen's scripts changed on this host, and when.
/var/log/lvsgen/*.log {
    monthly
    maxsize 1M
    rotate 24
    compress
    delaycompress
    missingok
    notifempty
    nocreate
}
END
}

# Part 3 of 3: the runtime, the same in every director.sh.

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

# ---- the log of what changed, beside the system's others, and what the journal of the host has of it ---------------
#
# A run that changes nothing leaves it alone. It is looked at and opened once: nothing that takes its place can keep a run
# waiting, least of all one that a signal ends.

log_file=''
told_begin='' # 1 where the journal has the beginning of this run

log_open() {
  local failure='' lacking=0 status=0
  [[ -z $log_descriptor ]] || return 0
  log_file=$root/var/log/lvsgen/$cluster.log
  [[ $told_begin ]] || tell_begin
  umask 027
  open_log || status=1
  umask 022
  leave
  if ((status)); then
    complain "nothing is written to the log: ${failure%%$'\n'*}"
    return 0
  fi
  log "$command on $host begins"
}

open_log() {
  local making=1 mode uid
  reach "$log_file" || return 1
  if ! IFS=: read -r mode uid < <(stat --printf '%a:%u\n' -- "$at/." 2>/dev/null || :) || [[ $uid != 0 ]] || ((8#0${mode//[!0-7]/} & 8#022)); then
    failure="${log_file%/*} is not a directory of root's that nobody else can write to"
    return 1
  fi
  [[ (-f $at/$leaf && ! -L $at/$leaf) || (! -e $at/$leaf && ! -L $at/$leaf) ]] ||
    { failure="$log_file is not a regular file" && return 1; }
  [[ ! -f $at/$leaf || $(stat -c %s -- "$at/$leaf") -lt $(longest_log) ]] || mv -fT -- "$at/$leaf" "$at/$leaf.1" 2>/dev/null || :
  { exec {log_descriptor}>>"$at/$leaf"; } 2>/dev/null || { failure="cannot write $log_file" log_descriptor='' && return 1; }
}

# /etc/logrotate.d/lvsgen has logrotate put it aside from 1 MiB on. Where there is none, or it does not come to that, a run does.
longest_log() {
  if [[ -z $root ]] && command -v logrotate >/dev/null; then echo 8388608; else echo 1048576; fi
}

# With --purge the log goes too, and what was put aside of it, with the last role of the cluster that is on this host.
remove_log() {
  [[ $log_descriptor ]] || return 0
  if [[ -d ${state_dir%/*} ]]; then
    say "$log_file stays: other roles of $cluster on this host write to it"
    return 0
  fi
  exec {log_descriptor}>&-
  log_descriptor=''
  reach "$log_file" || return 0
  rm -f -- "$at/$leaf" "$at/$leaf"[.-][0-9]* || complain "the log $log_file cannot be removed"
  leave
  rmdir -- "${log_file%/*}" 2>/dev/null || :
}

# The journal, or what syslog the host has, is told when something begins to change, and how that ended: sites collect it.
tell_begin() {
  local by=''
  told_begin=1
  finally tell_end
  who_runs
  log_to_host notice "$command begins${by:+, by $by}, lvsgen $lvsgen_version, script ${lvsgen_sum:0:16}"
}

tell_end() { # with $code
  local priority=notice number=''
  ((code == 0)) || priority=err
  [[ -z $generation ]] || number=$((10#$generation))
  log "$command on $host ends, exit code $code"
  log_to_host "$priority" "$command ends, exit code $code${number:+, generation $number}${closed_with:+: ${closed_with#*: }}"
}

# Whatever becomes of it is no matter of this run, and nothing waits long for who does not answer.
log_to_host() { # PRIORITY TEXT
  local shown
  [[ -z $root ]] && command -v logger >/dev/null || return 0
  visible "$cluster $role $host: $2"
  timeout 5 logger -t lvsgen -p "user.$1" -- "$shown" </dev/null >/dev/null 2>&1 9>&- || :
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

# ---- options of a role's script ---------------------------------------------------------------

command=apply host='' root='' only='' diff='' wait_seconds=0 confirm_seconds='' drain_seconds=30 to_generation='' purge='' dry_run=''
packages_dir='' packages_sum='' force_platform='' mutating=''

accept '--host NAME' host 'act as this host of the description (default: found by its addresses)'
accept '--only KIND,...' only:kinds 'only resources of these kinds (list names them)'
accept '--root DIR' root:root 'write files only, below DIR (an image, a chroot); needs --host'
accept --diff diff 'show what changes in files, as unified diffs'
accept --json json 'one JSON object per line'
accept --quiet quiet 'only failures'
accept --no-color no_color 'no colours (as the NO_COLOR variable)'
accept '--wait SECONDS' wait_seconds:seconds 'wait so long for another run to end (default 0)'
accept '--confirm SECONDS' confirm_seconds:at_least_one 'apply: put everything back unless the command confirm comes in time'
accept '--to N' to_generation:seconds 'rollback: return to generation N'
accept --purge purge 'uninstall: remove the packages that apply installed, and the log'
accept --dry-run dry_run 'rollback, uninstall: say what would go back; change nothing (exit code 2: something would)'
accept '--packages DIR' packages_dir:existing 'install packages from this folder'
accept '--packages-sum SUM' packages_sum:packages_sum 'only if its SHA256SUMS has this SHA-256 (fetch-packages.sh printed it)'
accept --force-platform force_platform 'act although this system is not the described platform'

introduce() {
  print_text '' '' "$script: ${role_title} of the LVS cluster $cluster"
  printf '\n'
  print_text '' '' "Usage: sudo bash $script [COMMAND] [OPTIONS]"
}

conclude() {
  print_text '' '' 'Exit codes: 0 as described; 1 failed (nothing is lost: apply again, or rollback); 2 check: changes are pending; 64 usage;
    69 something the host lacks (what was changed before is told), or has in the way (nothing was changed;
    --adopt takes over what it can);
    75 another run holds the lock; 77 not root, or not by lvsgen-run; 78 not a described host or platform.'
}

at_least_one_value() { # OPTION
  in_range "$1" 1 999999
}

kinds_value() { # OPTION
  local kind
  local -a words=()
  split_words "${value//,/ }"
  for kind in ${words[@]+"${words[@]}"}; do
    [[ " $all_kinds " == *" $kind "* ]] || bad_usage "$1: no kind '$kind'; there are: $all_kinds"
  done
}

root_value() { # OPTION
  existing_value "$1"
  value=$(cd -- "$value" && pwd -P) || bad_usage "$1: cannot enter the directory"
  [[ $value != / && $value != // ]] || bad_usage "$1 / is this host itself: leave $1 out"
}

check_options() {
  [[ $root ]] || return 0
  [[ $host ]] || bad_usage "--root needs --host: an image has no addresses to be found by"
  [[ -z $confirm_seconds ]] || bad_usage "--confirm and --root exclude each other"
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

# ---- signed: a host that wants signed scripts alone -----------------------------------------------------------
#
# It keeps an operator from running, out of habit, what nobody signed. It is no barrier: whoever changes a script takes this out, and
# whoever is root takes the file away. What proves a script before it is read is lvsgen-run, which becomes this very process.

signed_only=/etc/lvsgen/signed_only # of this host, with --root too: it is here that the script runs

# What undoes or confirms is named by what can be typed: where signed scripts alone run, the copy that an apply has left, once it is this one's.
# Below --root that alone is meant, and not the host that this runs on.
name_again() { # -> $again
  local line='' kept=/etc/lvsgen/$cluster/$role.sh
  again=$script
  [[ -z $root ]] || printf -v again '%s --root %q --host %q' "$script" "$root" "$host"
  [[ -z $root && (-e $signed_only || -L $signed_only) && -f $kept ]] || return 0
  while IFS= read -r line; do
    [[ $line != lvsgen_sum=* ]] || break
  done <"$kept"
  [[ $line != "lvsgen_sum=$lvsgen_sum "* ]] || again=$kept
}

refuse_unsigned() {
  local kept=/etc/lvsgen/$cluster/$role.sh watching=/var/lib/lvsgen/$cluster/$role/script place=. inside='' run=/usr/local/sbin/lvsgen-run
  [[ -e $signed_only || -L $signed_only ]] || return 0
  [[ ${LVSGEN_RUN:-} != "$$" ]] || return 0
  # Left there by a run that was signed: what was applied last, and what --confirm starts.
  [[ ! $script_path -ef $kept && ! $script_path -ef $watching ]] || return 0
  [[ -z ${command_has["$command unsigned"]:-} ]] || return 0
  [[ $script_path != */* ]] || place=${script_path%/*}
  place=$(cd -P -- "$place" 2>/dev/null && pwd) || place=DIR
  # The folder of a single host is signed as a part of the whole.
  if [[ $place == */hosts/* && ! -e $place/SHA256SUMS.signed ]]; then
    inside=hosts/${place##*/}/ place=${place%/hosts/*}
  fi
  [[ -x $run ]] || run=lvsgen-run
  local -a remedies=("Nothing was changed. With the same arguments: sudo $run $place $inside$script ...")
  [[ -f $kept ]] || remedies+=("Another cluster of this host asks for it. Where no key for this one is here, root can take $signed_only away; the next apply of that other one puts it back.")
  [[ ! -f $kept ]] || remedies+=("The script that was applied last needs no signature any more: sudo bash $kept ...")
  die 77 "this host runs signed scripts alone ($signed_only), and this one was not started by lvsgen-run" "${remedies[@]}" # never empty
}

# ---- engine: described resources, and the one way to bring one to its state -------------------
#
# What a kind has to have, and may have, is in templates/runtime/README.md.

r_kind=() r_name=() r_state=() r_text=()
run_at=() run_kind='' # the first index of each run of resources of one kind, and the kind of the last one
declares_once='' # whether nobody will ask for them again
left_out=() # KIND NAME STATE of what --only leaves out
declare -A described=() # "KIND NAME" -> index

# A line of the declarative part.
want() { # KIND NAME [ARGUMENT...]
  local kind=$1 name=$2 state='' text='' word=$1
  if [[ $declares_once ]]; then unset -f resources && declares_once=''; fi
  shift 2
  "${kind}_declare" "$name" "$@"
}

# What `verify` proves and `apply` cannot bring about.
expect() { # KIND NAME [ARGUMENT...]
  want "$@"
}

title() { # TEXT: heads a group of resources
  :
}

# Without STATE it is what $state and $text have: of a long text each copy counts, and an argument is two.
describe() { # KIND NAME [STATE [TEXT]], with the $word of `want` that it is part of
  local kind=$1 name=$2 at=${#r_kind[@]}
  if [[ $root ]] && ! has "$kind" path; then
    ! has "$kind" carrier || shares_away+=("$name")
    return 0
  fi
  if [[ $only && ",$only," != *",$kind,"* && ",$only," != *",${word:-},"* ]]; then
    left_out+=("$kind" "$name" "${3-$state}")
    return 0
  fi
  [[ $kind == "$run_kind" ]] || run_at+=("$at") run_kind=$kind
  described["$kind $name"]=$at r_kind[at]=$kind r_name[at]=$name
  if (($# > 2)); then r_state[at]=$3 r_text[at]=${4:-}; else r_state[at]=$state r_text[at]=$text; fi
}

forget_described() {
  r_kind=() r_name=() r_state=() r_text=() run_at=() run_kind='' described=()
}

# The resources of this kind, or whose kind has one of these traits or functions (`rules`, `path`, `_guard`). Those of a kind stand together,
# often by the thousand, and their kind is asked once.
pick() { # KIND|TRAIT|_FUNCTION... -> ${picked[@]}: indices in r_kind
  local run i end kind asked
  picked=()
  for ((run = 0; run < ${#run_at[@]}; run++)); do
    i=${run_at[run]} end=${run_at[run + 1]:-${#r_kind[@]}}
    kind=${r_kind[i]}
    for asked in "$@"; do
      [[ $kind == "$asked" ]] || has "$kind" "$asked" || is_function "$kind$asked" || continue
      for (( ; i < end; i++)); do picked+=("$i"); done
    done
  done
}

# Is the resource as described? Sets $have.
is_same() { # KIND NAME, with $state and $text set
  "$1_probe" "$2"
  [[ ${is_defined["$1_same"]:-} ]] || is_function "$1_same" || :
  if [[ ${is_defined["$1_same"]} == yes ]]; then "$1_same" "$2"; else [[ $have == "$state" ]]; fi
}

# Writes down how to get back, durably, before anything changes; and keeps aside what a hand wrote.
journal_resource() { # KIND NAME
  local record=$have sum key embedded rights
  local -a records=()
  can_reach "$1" "$2" && keep_hand_made "$1" "$2" && journal_left_out "$1" || return 1
  if ! journaled "$1" "$2"; then
    if is_function "$1_record"; then "$1_record" "$2" || return 1; fi
    records=("$1" "$2" "$record")
  elif [[ $state && $have == absent ]] && has "$1" path; then
    # In a generation that was left open: another role may have taken the directory away meanwhile that was there then.
    can_reach "$1" "$2" && journal_parents "$root$real" || return 1
  fi
  if [[ $state ]] && is_function "$1_written"; then
    "$1_written" "$2" && "$1_text" "$2" && sum_of_text "$embedded" && records+=(wrote "$key" "$sum") || return 1
  fi
  if [[ $state ]] && has "$1" rights; then
    rights=${described_rights["$1 $2"]:-${state#* }}
    [[ $rights == "${rights_of["$1 $2"]:-- - -}" ]] || records+=(rights "$1 $2" "$rights")
  fi
  ((${#records[@]} == 0)) || journal "${records[@]}" # never empty
}

# The next boot brings into force what files say, also where --only leaves the live state out, and so does what has the steps of a boot:
# how it was before is written down before the first of them.
journal_left_out() { # KIND of what is about to change
  local i kind name state text='' have record
  local -a missed
  [[ $only && -z $root && ${#left_out[@]} != 0 ]] && { has "$1" path || has "$1" steps; } || return 0
  missed=("${left_out[@]}") left_out=() # never empty
  for ((i = 0; i < ${#missed[@]}; i += 3)); do
    kind=${missed[i]} name=${missed[i + 1]} state=${missed[i + 2]} have=''
    has "$kind" boot || continue
    if is_same "$kind" "$name" || journaled "$kind" "$name"; then continue; fi
    record=$have
    if is_function "${kind}_record"; then "${kind}_record" "$name" || continue; fi
    journal "$kind" "$name" "$record" || return 1
  done
  failure=''
}

failure=''

# The beats of every resource: probe; equal: ok; else journal, change, probe again.
reconcile() { # INDEX
  local kind=${r_kind[$1]} name=${r_name[$1]} state=${r_state[$1]} text=${r_text[$1]} have='' before place
  if is_same "$kind" "$name"; then
    report ok "$kind" "$name"
    return 0
  fi
  before=$have
  if [[ $mutating != yes ]]; then
    report pending "$kind" "$name" "$(change_of "$kind" "$before" "$state")"
    show_diff "$kind" "$name"
    return 0
  fi
  show_diff "$kind" "$name"
  failure='' lacking=1 goes_on=''
  if begin_changes && place_of "$kind" "$name" && journal_resource "$kind" "$place" && "${kind}_set" "$name" "$state"; then
    forget_snapshots "$kind"
    if is_same "$kind" "$name"; then
      report changed "$kind" "$name" "$(change_of "$kind" "$before" "$state")"
      return 0
    fi
    failure="it was set, but is still: ${have:-absent}"
  fi
  report_failure "$kind" "$name"
  return 1
}

# The first line of $failure is the resource's; what follows says more, or what to do.
report_failure() { # KIND NAME
  report failed "$1" "$2" "${failure%%$'\n'*}"
  [[ $failure != *$'\n'* ]] || complain_lines "${failure#*$'\n'}"
}

complain_lines() { # TEXT
  local line
  while IFS= read -r line; do
    complain "  $line"
  done <<<"$1"
}

# "0644 -> 0755" for short states; long ones speak for themselves in --diff.
change_of() { # KIND BEFORE AFTER
  local before=${2:-absent} after=$3
  if has "$1" brief; then
    [[ $before != absent ]] && printf 'differs' || printf 'absent'
  else
    ((${#before} + ${#after} > 100)) || printf '%s -> %s' "${before//$'\n'/, }" "${after//$'\n'/, }"
  fi
}

# ---- leftovers: what an earlier apply put here and the description no longer has ----------------------------

declare -A put_here=() # with --only: `KIND NAME` of what was not there before an apply

# Indices in u_* of all that may be left over, in the order of the records. What is described later, or leads elsewhere, is none any more.
going=()
own_are_loaded='' # u_* have all records of this role, as they are on the disk

# It goes back to what it was, and is not lvsgen's any more.
load_leftovers() {
  local i
  going=()
  read_previous_holds
  load_records all
  own_are_loaded=1
  undo_paths
  take_back_rights
  # Where --only leaves something out, that is not a leftover.
  if [[ $only ]]; then
    for ((i = 0; i < ${#u_kind[@]}; i++)); do
      if [[ ${u_record[i]} == absent ]] && has "${u_kind[i]}" path; then put_here["${u_kind[i]} ${u_name[i]}"]=1; fi
    done
    u_kind=() u_name=() u_record=() own_are_loaded=''
    return 0
  fi
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    ! is_undescribed "${u_kind[i]}" "${u_name[i]}" || going+=("$i")
  done
  [[ -z $root ]] || return 0
  for i in ${going[@]+"${going[@]}"}; do
    if is_function "${u_kind[i]}_guard" && is_leftover "${u_kind[i]}" "${u_name[i]}"; then "${u_kind[i]}_guard" "${u_name[i]}"; fi
  done
}

is_leftover() { # KIND NAME
  local holder
  is_undescribed "$1" "$2" && ! held_elsewhere "$1 $2"
}

declare -A never_left=() # kinds that are no leftovers, whatever is described

is_undescribed() { # KIND NAME
  local key carrier
  [[ $1 && -z ${never_left[$1]:-}${described["$1 $2"]:-}${leads["$1 $2"]:-} ]] && ! has "$1" kept || return 1
  [[ -z $root ]] || { has "$1" path && { ! lies_on "$1" "$2" || ! was_mounted "$carrier"; }; } || return 1
  if is_function "$1_away_for"; then
    "$1_away_for" "$2" && ! describes "$key"
    return
  fi
  if has "$1" recorded; then
    never_left[$1]=1
    return 1
  fi
  ! still_described "$1" "$2"
}

# What was written down along with something that is described still: a directory above a described file,
# what ip_forward takes along.
still_described() { # KIND NAME
  local key path
  local -a along
  if is_function "$1_along"; then
    "$1_along" "$2" || return 1
    for key in "${along[@]}"; do [[ -z ${described[$key]:-} ]] || return 0; done # never empty
    return 1
  fi
  has "$1" parent || return 1
  for path in ${led_to[@]+"${led_to[@]}"}; do [[ $path != "$2"/* ]] || return 0; done
  for key in "${!described[@]}"; do [[ $key != *" $2/"* ]] || return 0; done
  return 1
}

# ---- leftovers go: what is in the way first, the others when all that is described stands --------------------------

# Below a mount point lies something else when another share is mounted there, or none. What was written there goes back while it
# is reached, also where the description has the same again: for there it is another file.
leave_carriers() {
  local i j state text target
  local -a picked targets=() leaving=()
  [[ -z $root ]] || return 0
  for i in ${going[@]+"${going[@]}"}; do
    if has "${u_kind[i]}" carrier && is_leftover "${u_kind[i]}" "${u_name[i]}"; then targets+=("${u_name[i]}") && leaving+=("$i"); fi
  done
  pick carrier
  for i in ${picked[@]+"${picked[@]}"}; do
    state=${r_state[i]} text=${r_text[i]}
    is_same "${r_kind[i]}" "${r_name[i]}" || targets+=("${r_name[i]}")
  done
  for ((i = ${#u_kind[@]} - 1; i >= 0; i--)); do
    has "${u_kind[i]}" path || continue
    for target in ${targets[@]+"${targets[@]}"}; do
      [[ ${u_name[i]} != "$target"/* ]] || drop_record "$i" 'something else is mounted here now: as it was before' || return 1
    done
  done
  # What is described below a share that goes would be written to it.
  pick path
  for i in ${leaving[@]+"${leaving[@]}"}; do
    for j in ${picked[@]+"${picked[@]}"}; do
      [[ ${r_name[j]} != "${u_name[i]}"/* ]] || drop_leftover "$i" || return 1
    done
  done
}

# What takes the place of something else that is to be described there no longer: a directory that becomes a file, say.
clear_the_way() {
  local i left
  plain_parents || return 1
  for ((left = ${#going[@]} - 1; left >= 0; left--)); do
    i=${going[left]}
    ! is_leftover "${u_kind[i]}" "${u_name[i]}" || ! stands_in_the_way "${u_kind[i]}" "${u_name[i]}" || drop_leftover "$i" || return 1
  done
}

# Is something else described at the path of a leftover, a file above it, or anything below a leftover that is a file?
stands_in_the_way() { # KIND NAME
  local key kind path name
  has "$1" path || return 1
  path_of "$1" "$2"
  name=$path
  for key in "${!described[@]}"; do
    kind=${key%% *}
    has "$kind" path || continue
    path_of "$kind" "${key#* }"
    if [[ $path == "$name" ]]; then
      [[ $kind != "$1" ]] && { has "$kind" path whole || has "$1" path whole; } && return 0
    elif [[ $name == "$path"/* ]]; then
      has "$kind" parent || return 0
    elif [[ $path == "$name"/* ]]; then
      has "$1" parent || return 0
    fi
  done
  return 1
}

drop_leftovers() {
  local i left drain_seconds=$drain_seconds
  local -a order
  if [[ $mutating == yes ]]; then
    let_leftovers_leave || return 1
    drain_seconds=0
  fi
  order_leftovers
  for i in ${order[@]+"${order[@]}"}; do
    if ! give_to_holder "$i" || ! drop_leftover "$i"; then return 1; fi
  done
  [[ $mutating == yes ]] || return 0
  # Directories in which something lay that went later; and what is said of those that stay.
  emptied_last=''
  for ((left = ${#going[@]} - 1; left >= 0; left--)); do
    i=${going[left]}
    ! has "${u_kind[i]}" parent || drop_leftover "$i" || return 1
  done
}

emptied_last=1 # while a directory that is not empty may become so

# Does anything lie in a directory that is not to go with it?
keeps_something() { # DIRECTORY
  local entry
  [[ -d $root$1 && ! -L $root$1 ]] || return 1
  for entry in "$root$1"/* "$root$1"/.[!.]* "$root$1"/..?*; do
    [[ ! -e $entry && ! -L $entry ]] || { [[ $emptied_last ]] && goes "${entry#"$root"}"; } || return 0
  done
  return 1
}

goes() { # PATH
  local i path
  for i in ${going[@]+"${going[@]}"}; do
    has "${u_kind[i]}" path || continue
    [[ ${u_record[i]} == absent ]] || continue
    path_of "${u_kind[i]}" "${u_name[i]}"
    [[ $path == "$1" ]] || continue
    is_leftover "${u_kind[i]}" "${u_name[i]}" || continue
    ! has "${u_kind[i]}" parent || ! keeps_something "$1" || continue
    return 0
  done
  return 1
}

# What needs time to go gets it while everything else is still here.
let_leftovers_leave() {
  local i kind name have state='' text=''
  local -a leaving=()
  for i in ${going[@]+"${going[@]}"}; do
    kind=${u_kind[i]} name=${u_name[i]}
    if ! is_function "${kind}_leave" || ! is_leftover "$kind" "$name" || undo_is_done "$kind" "$name" "${u_record[i]}"; then continue; fi
    if ! begin_changes || ! journal_resource "$kind" "$name"; then return 1; fi
    leaving+=("$i")
  done
  let_leave ${leaving[@]+"${leaving[@]}"}
}

# ---- what becomes of one leftover: as it was before, or another role's from now on ---------------------------------

drop_leftover() { # INDEX
  ! is_leftover "${u_kind[$1]}" "${u_name[$1]}" || drop_record "$1" 'no longer described: as it was before'
}

# What another role still needs stays, and that one gives it back: this one may not run again before the other leaves.
give_to_holder() { # INDEX
  local kind=${u_kind[$1]} name=${u_name[$1]} have='' holder heir became='' needed
  is_undescribed "$kind" "$name" && held_elsewhere "$kind $name" || return 0
  # That one has taken it away itself; this record waits for its file.
  ! waits "$kind" "$name" "${u_record[$1]}" || ! has_one "$holder" "$kind" "$name" || return 0
  if [[ $mutating != yes ]]; then
    report pending "$kind" "$name" "no longer described; ${holder#"$state_home"/} needs it"
    return 0
  fi
  failure='' lacking=1 needed=$holder
  if ! begin_changes || ! become_theirs "$kind" "$name" journaled || ! journal_as_left "$kind" "$name" ||
    ! pass_on "$kind" "$name" "${u_record[$1]}" "$needed" || ! release "$kind" "$name"; then
    report_failure "$kind" "$name"
    return 1
  fi
  u_kind[$1]=''
  report changed "$kind" "$name" "no longer described: ${became:+as ${became#"$state_home"/} describes it; }from now on it is of ${heir#"$state_home"/}"
}

# Whoever it is of from now on may take it away before a rollback leads back to where this role described it.
journal_as_left() { # KIND NAME
  local have='' state='' text='' record
  if journaled "$1" "$2" || ! can_reach "$1" "$2"; then return 0; fi
  "$1_probe" "$2"
  # What a hand put in its place is nothing to bring back.
  [[ $have != other* && $have != unreachable ]] || return 0
  record=$have
  if [[ $have != absent ]] && is_function "$1_record"; then "$1_record" "$2" || return 1; fi
  journal "$1" "$2" "$record"
}

declare -A unreached=() # carriers that are not as they were, with something on them that was not put back

drop_record() { # INDEX NOTE
  local note=$2 kind=${u_kind[$1]} name=${u_name[$1]} record=${u_record[$1]} have='' state='' text='' carrier holder heir
  local -a unmade=()
  [[ $kind ]] || return 0
  if [[ -z $root ]] && was_carried "$1"; then
    unreached[$carrier]=1
    return 0
  fi
  if is_taken "$kind" "$name" "$record"; then return 0; fi
  if undo_is_done "$kind" "$name" "$record"; then
    if [[ ${unreached[$name]:-} ]] || waits "$kind" "$name" "$record"; then return 0; fi
    [[ -z $generation ]] || { pass_on "$kind" "$name" "$record" && hand_over_rest "$kind" "$name" "$record" && release "$kind" "$name"; } || return 1
    u_kind[$1]=''
    [[ -z ${went_along["$kind $name"]:-} ]] || report changed "$kind" "$name" "$note"
    return 0
  fi
  if [[ $record == absent ]] && has "$kind" parent && keeps_something "$name" && ! held_below "$name"; then
    [[ $mutating == yes && $emptied_last ]] || report kept "$kind" "$name" 'it is not empty'
    return 0
  fi
  if [[ $mutating != yes ]]; then
    tell_return "$kind" "$name" "$record"
    return 0
  fi
  failure='' lacking=1 goes_on=''
  [[ $record == absent ]] || ! has "$kind" path whole || missing_parents "$root$name" || unmade=()
  # With what lies on it not put back, its record stays.
  if [[ ${unreached[$name]:-} ]] && has "$kind" carrier; then
    if ! begin_changes || ! journal_resource "$kind" "$name" || ! put_back "$kind" "$name" "$record"; then
      report_failure "$kind" "$name"
      return 1
    fi
    report changed "$kind" "$name" "$note"
    return 0
  fi
  if begin_changes && journal_resource "$kind" "$name" && journal_put_back "$kind" "$name" "$record" &&
    pass_on "$kind" "$name" "$record" && put_back "$kind" "$name" "$record" && hand_over_rest "$kind" "$name" "$record"; then
    [[ $record != absent || $holder || ! -d $root$name ]] || ! has "$kind" parent || return 0
    if ! waits "$kind" "$name" "$record" && ! release "$kind" "$name" || ! release_parents; then
      report_failure "$kind" "$name"
      return 1
    fi
    u_kind[$1]=''
    [[ -z $holder ]] || note="no longer described: from now on it is of ${heir#"$state_home"/}"
    if [[ $goes_on ]]; then report kept "$kind" "$name" "no longer described: $goes_on"; else report changed "$kind" "$name" "$note"; fi
  else
    report_failure "$kind" "$name"
    return 1
  fi
}

# What it goes back to, where a few words say that.
tell_return() { # KIND NAME RECORD
  local detail='no longer described'
  [[ $3 == @(absent|saved *) || $3 == *$'\n'* || ${#3} -gt 200 ]] || detail+=": back to $3"
  report pending "$1" "$2" "$detail"
}

# Has it still to become the very thing that it was?
waits() { # KIND NAME RECORD
  is_function "$1_waits" && "$1_waits" "$2" "$3"
}

# Directories that were there before lvsgen, like what lies in them, and that a hand removed: made again, they are nobody's.
release_parents() { # with ${unmade[@]}
  local i n parent
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    for ((n = 0; n < ${#unmade[@]}; n++)); do
      [[ ${u_name[i]} != "${unmade[n]}" ]] || ! has "${u_kind[i]}" parent || unmade[n]=''
    done
  done
  for parent in ${unmade[@]+"${unmade[@]}"}; do
    [[ -z $parent ]] || ! journaled "${traits[parent]}" "$parent" || release "${traits[parent]}" "$parent" || return 1
  done
}

# A way back has to tell what was put back now from what a hand writes there later.
journal_put_back() { # KIND NAME RECORD
  local sum=absent key
  is_function "$1_written" && ! has "$1" own || return 0
  if [[ $3 != absent ]]; then
    [[ ! -L $state_dir/blobs/${3#saved } && -f $state_dir/blobs/${3#saved } ]] || return 0
    if is_function "$1_kept"; then "$1_kept" "$2" "${3#saved }"; else sum_of_file "$state_dir/blobs/${3#saved }" || return 1; fi
  fi
  "$1_written" "$2"
  journal wrote "$key" "$sum"
}

# What another role has a part of stays, and from now on that role gives it back: a directory that lvsgen made, with something of
# its in it, or a file with its block in it.
hand_over_rest() { # KIND NAME RECORD -> $holder
  holder=''
  if is_function "$1_rest"; then
    "$1_rest" "$2" "$3"
    return
  fi
  has "$1" parent && [[ $3 == absent && -d $root$2 && ! -L $root$2 ]] && held_below "$2" || return 0
  make_plain "$2" "$3" || return 1
  hand_over "$1" "$2" "$3"
}

# ---- taken: what was there before, and something that is needed stands in its place now ------------------------------

# Has something of another type taken its place, or that of a directory above it, which is needed, here or by another role? As long
# as that is described, what was there before cannot come back.
is_taken() { # KIND NAME RECORD -> $holder: the other role; empty where it is this one
  local path above real shared in_the_way='' stat=''
  holder=''
  [[ $3 != absent ]] && has "$1" path || return 1
  if can_reach "$1" "$2"; then
    stat_path "$root$real"
    ! is_of_its_type "$1" "$stat" || return 1
    path_of "$1" "$2"
    [[ -z $stat ]] || in_the_way=$path
  elif [[ $in_the_way ]]; then
    path_of "$1" "$2"
  else
    return 1
  fi
  failure='' lacking=1
  [[ -z $in_the_way ]] || ! is_needed_elsewhere "$path" "$stat" || return 0
  above=$path
  if ! has "$1" parent; then
    if [[ ${described["${traits[parent]} $path"]:-} ]] || still_described "${traits[parent]}" "$path"; then return 0; fi
    above=${path%/*}
  fi
  while [[ $above ]]; do
    ! is_described_whole "$above" || return 0
    above=${above%/*}
  done
  return 1
}

is_of_its_type() { # KIND STATE of what is at its path
  if is_directory "$1"; then [[ $2 == *' directory' ]]; else [[ $2 && $2 != *' directory' ]]; fi
}

# What is in the way belongs to another role: a file, or a directory with or without something in it.
is_needed_elsewhere() { # PATH STATE, with $in_the_way -> $holder
  local kind
  local -a words
  if [[ $2 == *' directory' ]]; then
    held_elsewhere "${traits[parent]} $1" || held_below "$1"
    return
  fi
  split_words "$all_kinds"
  for kind in "${words[@]}"; do # never empty
    if writes_whole "$kind" && held_elsewhere "$kind $in_the_way"; then return 0; fi
  done
  return 1
}

is_described_whole() { # PATH
  local kind
  local -a words
  split_words "$all_kinds"
  for kind in "${words[@]}"; do # never empty
    if writes_whole "$kind" && [[ ${described["$kind $1"]:-} ]]; then return 0; fi
  done
  return 1
}

# ---- contradictions: what is a file for one role of this host and a directory for another ------------------------------

# Roles come to their descriptions one after the other, and two clusters know nothing of each other: so a path may be a file here and a
# directory there. Whichever came second would take the place from the first. It is refused before anything is changed.
refuse_contradictions() {
  local i kind name type rival found=''
  local -A type_elsewhere=() needed_by=()
  load_elsewhere
  ((${#type_elsewhere[@]})) || return 0
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    kind=${r_kind[i]} name=${r_name[i]}
    contradicts "$kind" "$name" || continue
    failure="$cluster/$role has it as $type, $rival"
    report_failure "$kind" "$name"
    found=1
  done
  [[ $found ]] || return 0
  die 69 "another role of this host has something else there" \
    "Nothing was changed. Apply that role's script of its newest description first, or uninstall it; if both are the newest, mend the descriptions."
}

# A path with a directory above it is one itself, for whoever describes it.
load_elsewhere() { # -> $type_elsewhere: PATH -> `a file` or `a directory`; $needed_by: PATH -> CLUSTER/ROLE and what that describes there
  local file line holder unescaped path type
  for file in "$state_home"/*/*/holds; do
    [[ -f $file && $file != "$state_dir/holds" ]] || continue
    holder=${file#"$state_home"/} holder=${holder%/holds}
    while IFS= read -r line; do
      type_of "${line%% *}" || continue
      unescape "${line#* }"
      path_of "${line%% *}" "$unescaped"
      line="${line%% *} $path"
      while [[ $path && ${type_elsewhere[$path]:-} != "$type" ]]; do
        type_elsewhere[$path]=$type needed_by[$path]="$holder $line"
        path=${path%/*} type='a directory'
      done
    done <"$file"
  done
}

type_of() { # KIND -> $type; fails where it lies at no path
  type='a file'
  if is_directory "$1" || has "$1" carrier; then type='a directory'; else has "$1" path; fi
}

# Does another role need something else at the path of a resource, or a file above it?
contradicts() { # KIND NAME, with $type_elsewhere and $needed_by -> $type, $rival
  local path wanted
  type_of "$1" || return 1
  path_of "$1" "$2"
  wanted=$type
  while [[ $path ]]; do
    if [[ ${type_elsewhere[$path]:-$wanted} != "$wanted" ]]; then
      rival="${needed_by[$path]%% *} as ${type_elsewhere[$path]}"
      [[ ${needed_by[$path]} == *" $path" ]] || rival+=", with ${needed_by[$path]#* } in it"
      [[ $wanted == "$type" && $path == "$2" ]] || rival="and $path is a file of ${needed_by[$path]%% *}"
      return 0
    fi
    path=${path%/*} wanted='a directory'
  done
  return 1
}

# What a way back would hold again, without what another role needs as something else meanwhile.
without_contradictions() { # TEXT of holds -> $holding
  local line key type rival unescaped
  local -a text_lines
  local -A type_elsewhere=() needed_by=()
  load_elsewhere
  holding=''
  split_lines "$1"
  for line in "${text_lines[@]}"; do # never empty
    [[ $line ]] || continue
    key=$line
    [[ $line != 'rights '* ]] || key=${line#rights * * * }
    unescape "${key#* }"
    contradicts "${key%% *}" "$unescaped" || holding+=$line$'\n'
  done
}

# ---- rights that are described no longer: back to what they were ------------------------------------------------------

declare -A described_rights=() # `KIND PATH` -> mode, owner and group as they are described, where another state is to be reached

# A mode, an owner or a group that is not described any more becomes what it was before, where it is still what lvsgen made it.
take_back_rights() {
  local i key rights before
  local -A record_of=()
  ((${#rights_of[@]})) || return 0
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    key="${u_kind[i]} ${u_name[i]}"
    [[ -z ${rights_of[$key]:-} ]] || record_of[$key]=${u_record[i]}
  done
  for key in "${!rights_of[@]}"; do
    i=${described[$key]:-}
    [[ $i && ${rights_of[$key]} && ${record_of[$key]:-} ]] || continue
    rights=${r_state[i]#* }
    [[ " $rights " == *' - '* ]] || continue
    rights_before "${r_kind[i]}" "${record_of[$key]}" || continue
    described_rights[$key]=$rights
    rights_to_reach "${r_name[i]}" "$rights" "${rights_of[$key]}" "$before"
    r_state[i]="${r_kind[i]} $rights"
  done
}

rights_before() { # KIND RECORD -> $before: mode, owner and group; fails where they are not known
  local stat mode uid gid _
  case $2 in
    absent) before="${traits["$1 rights"]} 0 0" ;;
    "$1 "*) before=${2#* } ;;
    saved\ *)
      stat_path "$state_dir/blobs/${2#saved }"
      read -r mode uid gid _ <<<"$stat"
      before="$mode $uid $gid"
      [[ $stat ]]
      ;;
    *) return 1 ;;
  esac
}

rights_to_reach() { # PATH DESCRIBED DESCRIBED-LAST BEFORE -> $rights
  local stat mode uid gid user group _ now part
  local -a described_words last_words before_words now_names
  stat_path "$root$1"
  [[ $stat ]] || return 0
  read -r mode uid gid user group _ <<<"$stat"
  read -r -a described_words <<<"$2"
  read -r -a last_words <<<"$3"
  read -r -a before_words <<<"$4"
  now_names=("$mode 0$mode ${mode#0}" "$uid $user" "$gid $group")
  for part in 0 1 2; do
    [[ ${described_words[part]} == - && ${last_words[part]} != - && " ${now_names[part]} " == *" ${last_words[part]} "* ]] || continue
    [[ " ${now_names[part]} " != *" ${before_words[part]} "* ]] || continue
    described_words[part]=${before_words[part]}
  done
  rights="${described_words[*]}" # never empty
}

# What is only the parent of something else, or another role's, has not the rights that this role alone once described for it, but
# those that others describe.
plain_rights() { # DIRECTORY RECORD -> $rights: mode, owner and group to reach; - what stays
  local before elsewhere part key="${traits[parent]} $1"
  local -a elsewhere_words before_words
  rights='- - -'
  [[ ${rights_of[$key]:-} ]] && rights_before "${traits[parent]}" "$2" || return 0
  rights_elsewhere "$1"
  read -r -a elsewhere_words <<<"$elsewhere"
  read -r -a before_words <<<"$before"
  for part in 0 1 2; do
    [[ ${elsewhere_words[part]} == - ]] || before_words[part]=${elsewhere_words[part]}
  done
  rights_to_reach "$1" "$rights" "${rights_of[$key]}" "${before_words[*]}" # never empty
}

make_plain() { # DIRECTORY RECORD
  local rights
  plain_rights "$1" "$2"
  [[ $rights == '- - -' ]] && return 0
  "${traits[parent]}_set" "$1" "${traits[parent]} $rights" && forget_snapshots "${traits[parent]}"
}

# Before anything is made in it.
plain_parents() {
  local i last=${#r_kind[@]} kind name rights holder
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${rights_of["${u_kind[i]} ${u_name[i]}"]:-} && -z ${described["${u_kind[i]} ${u_name[i]}"]:-} ]] || continue
    kind=${u_kind[i]} name=${u_name[i]}
    has "$kind" parent || continue
    still_described "$kind" "$name" || held_elsewhere "$kind $name" || continue
    plain_rights "$name" "${u_record[i]}"
    [[ $rights != '- - -' ]] || continue
    described_rights["$kind $name"]='- - -'
    r_kind+=("$kind") r_name+=("$name") r_state+=("$kind $rights") r_text+=('')
    reconcile "$last" || return 1
    r_kind=("${r_kind[@]:0:last}") r_name=("${r_name[@]:0:last}") r_state=("${r_state[@]:0:last}") r_text=("${r_text[@]:0:last}") # never empty
  done
}

# ---- journal: how to get back, on disk before each change --------------------------------------
#
# /var/lib/lvsgen/CLUSTER/ROLE, readable by root alone:
#   generations/N   one apply that changed something: who, when and by which script, a record a line, `end` when it came through
#   base            the records of generations that were pruned; `base N` at its head: N was the last of them
#   blobs/          the files that records name
#   holds           what this role describes on this host, so that another role leaves it alone
#   drained         real servers that an operator took out of rotation
# A record is KIND, NAME, STATE BEFORE and a full stop, between tabs. A torn last line was never
# followed by its change, so it is skipped. `-KIND` says that the resource is not lvsgen's any more. These say more of a resource
# that is recorded beside them:
#   wrote PATH         the SHA-256 sum of a text that lvsgen was about to write into a file (`block PATH`: of its block there);
#                      whatever else is found there, a hand wrote
#   rights KIND PATH   mode, owner and group as they were described; - is what was not
#   rank KIND NAME     its place among the records that the roles of this host have of the resource: the lowest is the oldest, and
#                      leads to the state before lvsgen; 0 where nothing is said
#   handed N RANK KIND NAME   in a base: what another role that left gave into the hands of this one, after its generation N
# Journals of lvsgen 0.1 have instead, for each role whose record is older: `later KIND NAME`, and `laterof` behind a `handed N KIND NAME`.

state_home=/var/lib/lvsgen state_dir='' generation='' begun='' resumed='' keep_generations=10
previous_holds='' keys_held='' last_holds='' held_before=''
declare -A journal_keys=()
u_kind=() u_name=() u_record=() # records loaded for an undo, oldest first, one a resource

state_paths() {
  local real=$state_home shared
  paths+=("$root$state_home")
  [[ -z $root ]] || walk "$root$state_home" last || refuse_state "${failure%%$'\n'*}"
  state_home=$root$real
  state_dir=$state_home/$cluster/$role
}

escape() { # TEXT -> $escaped
  local -a text_lines=()
  escaped=$1
  [[ $1 == *[\\$'\t\n']* ]] || return 0
  escaped=${1//\\/\\\\}
  escaped=${escaped//$'\t'/\\t}
  if ((${#escaped} < 16384)); then
    escaped=${escaped//$'\n'/\\n}
  else
    # The time of a replacement grows with the square of how many there are.
    split_lines "$escaped"
    printf -v escaped '%s\\n' "${text_lines[@]}" # never empty
    escaped=${escaped%\\n}
  fi
}

unescape() { # TEXT -> $unescaped
  printf -v unescaped '%b' "$1."
  unescaped=${unescaped%.}
}

journaled() { # KIND NAME
  local escaped
  escape "$2"
  [[ ${journal_keys["$1 $escaped"]:-} ]]
}

# Has this generation anything to get back to? What a role holds are pages of its own, and no change of the host.
has_records() {
  local key
  for key in ${journal_keys[@]+"${!journal_keys[@]}"}; do
    [[ $key == 'holds -' || -z ${journal_keys[$key]} ]] || return 0
  done
  return 1
}

record_line() { # KIND NAME RECORD -> $line
  local escaped
  escape "$2"
  line=$1$'\t'$escaped
  escape "$3"
  line+=$'\t='$escaped$'\t.'
}

journal() { # KIND NAME RECORD..., one write for all
  local line escaped lines=''
  local -a added=()
  while (($#)); do
    record_line "$1" "$2" "$3"
    lines+=${lines:+$'\n'}$line
    escape "$2"
    added+=("$1 $escaped")
    rank_line "$1" "$2"
    shift 3
  done
  append_durably "$state_dir/generations/$generation" "$lines" || return 1
  for line in ${added[@]+"${added[@]}"}; do journal_keys[$line]=1; done
}

# The resource is as before the first apply and not lvsgen's any more; what it is when it is described again, is written down anew.
release() { # KIND NAME
  local escaped
  hand_over_earlier "$((10#$generation - 1))" "$1" "$2" && journal "-$1" "$2" '' || return 1
  escape "$2"
  journal_keys["$1 $escaped"]='' rights_of["$1 $2"]='' rank_of["$1 $2"]=''
  [[ -z ${roles_with["$1 $escaped"]:-} ]] || roles_with["$1 $escaped"]=${roles_with["$1 $escaped"]//" $cluster/$role "/}
}

# ---- generations: one apply each that changed something, begun before its first change and closed after its last ----------

# Before the first change: the watchdog, and the generation that this run writes to.
begin_changes() {
  [[ -z $begun ]] || return 0
  log_open
  arm_confirm && open_generation || return 1
  begun=1
}

list_generations() { # -> ${generations[@]}, oldest first
  local file
  generations=()
  for file in "$state_dir"/generations/[0-9][0-9][0-9][0-9] "$state_dir"/generations/[1-9][0-9][0-9][0-9][0-9]; do
    [[ ! -f $file ]] || generations+=("${file##*/}")
  done
}

last_generation() { # -> $last, empty where none is kept
  local -a generations
  list_generations
  last=''
  ((${#generations[@]} == 0)) || last=${generations[${#generations[@]} - 1]}
}

# The last generation that was folded into the base; 0 where none was, so that the base belongs to the state before the first.
last_folded() { # -> $folded
  local line='' generations
  folded=0
  [[ -f $state_dir/base ]] || return 0
  IFS= read -r line <"$state_dir/base" || :
  if [[ $line =~ ^base\ ([0-9]{1,6})$ ]]; then
    folded=$((10#${BASH_REMATCH[1]}))
    return 0
  fi
  # A base of lvsgen 0.1 has no number.
  list_generations
  folded=1
  ((${#generations[@]} == 0)) || folded=$((10#${generations[0]} - 1))
}

is_aside() { # NUMBER
  local line last=''
  while IFS= read -r line; do last=$line; done <"$state_dir/generations/$1"
  [[ $last == 'end aside' ]]
}

generation_is_closed() { # NUMBER
  local line last=''
  while IFS= read -r line; do last=$line; done <"$state_dir/generations/$1"
  [[ $last == end* ]]
}

# An interrupted run left its generation open: an apply brings it to its end, even where nothing is left to change.
resume_interrupted() {
  local last
  last_generation
  [[ -z $last ]] || generation_is_closed "$last" || begin_changes
}

# A new generation, or the one that was left open, so that rollback reaches the state before the first run of it.
open_generation() {
  local last file now boot_id failed folded by
  last_generation
  if ! failed=$(umask 077 && mkdir -p -- "$state_dir/generations" "$state_dir/blobs" 2>&1); then
    failure="cannot make $state_dir: ${failed:-mkdir failed}" generation=''
    return 1
  fi
  # What an uninstall that was killed had not removed yet.
  if ! failure=$(rm -rf -- "${state_dir%/*}/.gone-$role" 2>&1); then return 1; fi
  if [[ $last ]] && ! generation_is_closed "$last"; then
    generation=$last resumed=1
    load_journal_keys
    repair_torn_line "$state_dir/generations/$generation" || return 1
    remove_temporaries || return 1
    # Files that systemd reads may be new to it.
    reload_needed=1
    log "generation $generation goes on: an earlier run was interrupted"
    hold_described
    return
  fi
  last_folded
  printf -v generation '%04d' $((10#${last:-$folded} + 1))
  file=$state_dir/generations/$generation
  printf -v now '%(%s)T' -1
  read_boot_id
  who_runs
  if ! (umask 077 && append_durably "$file" "generation $generation boot=$boot_id started=$now sha256=$lvsgen_sum format=$state_format lvsgen=$lvsgen_version by=$by host=$host"); then
    failure="cannot write $file (is the file system full or read-only?)"
    rm -f -- "$file" 2>/dev/null || :
    generation=''
    return 1
  fi
  sync_paths "$state_dir/generations" "$state_dir" "${state_dir%/*}" "${state_dir%/*/*}"
  journal_keys=()
  hold_described
}

read_boot_id() {
  boot_id=unknown
  [[ ! -r /proc/sys/kernel/random/boot_id ]] || IFS= read -r boot_id </proc/sys/kernel/random/boot_id
}

load_journal_keys() {
  local kind name record stop
  journal_keys=()
  while IFS=$'\t' read -r kind name record stop; do
    [[ $stop == . ]] || continue
    if [[ $kind == -* ]]; then journal_keys["${kind#-} $name"]=''; else journal_keys["$kind $name"]=1; fi
  done <"$state_dir/generations/$generation"
}

closed_as='' # `aside` where a rollback of the last apply is to leave it out: who is drained is no apply

# Closes the generation: everything it wrote is on the disk. What an apply left open, an apply closes.
end_changes() {
  hold_described || return 1
  [[ $generation && (-z $resumed || $command == apply) ]] || return 0
  sync_all
  append_durably "$state_dir/generations/$generation" "end${closed_as:+ $closed_as}" || return 1
  prune_generations
}

# ---- history: when what was applied here, by whom and from which script -------------------------------------------------

state_format=1 # of what lies in $state_home; a script reads what is of its format or an older one, and leaves a newer one alone

# What is written on this host, by any role of any cluster: for they hand each other what they give up.
refuse_newer_state() {
  local file line
  for file in "$state_home"/*/*/base "$state_home"/*/*/generations/[0-9]*; do
    [[ -f $file ]] || continue
    line=''
    IFS= read -r line <"$file" || :
    [[ ! $line =~ ' format='([0-9]{1,6})( |$) ]] || ((10#${BASH_REMATCH[1]} <= state_format)) ||
      die 69 "$file is of format $((10#${BASH_REMATCH[1]})), and this script, of lvsgen $lvsgen_version, knows none above $state_format" \
        "A newer lvsgen wrote it. Nothing was done. Use a script of the bundle that was applied here last, or of a newer one."
  done
}

# The first line of a generation. A power cut may have left it torn.
read_head() { # NUMBER -> $started, in seconds; $by; $made_with: the version of lvsgen; $made_from: the sum of the script; $made_for: the host. Empty where it does not say
  local line=''
  started='' by='' made_with='' made_from='' made_for=''
  IFS= read -r line <"$state_dir/generations/$1" || :
  [[ ! $line =~ ' started='([0-9]{1,12})( |$) ]] || started=${BASH_REMATCH[1]}
  [[ ! $line =~ ' by='([^ ]+)( |$) ]] || by=${BASH_REMATCH[1]}
  [[ ! $line =~ ' lvsgen='([^ ]+)( |$) ]] || made_with=${BASH_REMATCH[1]}
  [[ ! $line =~ ' sha256='([0-9a-f]+)( |$) ]] || made_from=${BASH_REMATCH[1]}
  [[ ! $line =~ ' host='([[:alnum:].-]{1,253})( |$) ]] || made_for=${BASH_REMATCH[1]}
}

# Who is behind this run: whoever called sudo, else whoever logged in (proc(5), loginuid), else the user whose it is. Root can make that
# anybody: it is a memory, and no proof.
who_runs() { # -> $by
  local uid='' shape='^[[:alnum:]._@\+-]{1,64}$'
  by=${SUDO_USER:-}
  if [[ $by ]]; then
    uid=${SUDO_UID:-}
  elif [[ -r /proc/self/loginuid ]]; then
    IFS= read -r uid </proc/self/loginuid || :
    # 4294967295: nobody did.
    [[ ! $uid =~ ^[0-9]{1,9}$ || $uid == 0 ]] || by=$(id -un -- "$uid" 2>/dev/null) || by=''
  fi
  if [[ $by =~ $shape ]]; then return 0; fi
  by=root
  [[ ! $uid =~ ^[0-9]{1,9}$ ]] || ((uid == 0)) || by=uid:$uid
}

# As the last event of a run but one: what a reader of reports asks of a host.
tell_standing() {
  local last='' started='' by='' made_with='' made_from='' made_for='' state=none confirm=no
  local -a generations=()
  last_generation
  if [[ $last ]]; then
    read_head "$last"
    if generation_is_closed "$last"; then state=closed; elif another_is_at_work; then state=running; else state=interrupted; fi
  elif [[ -e $state_dir/base ]]; then
    state=folded
  fi
  if [[ -z $root ]] && confirm_is_pending; then confirm=pending; fi
  event standing generation "$((10#${last:-0}))" started "$started" by "$by" lvsgen "$made_with" sha256 "$made_from" state "$state" confirm "$confirm"
}

offer history 'the applies that changed something: when, by whom, from which script, and what' reads undescribed --root

history_command() {
  local i folded way='' again
  local -a generations
  list_generations
  last_folded
  name_again
  for ((i = ${#generations[@]} - 1; i >= 0; i--)); do tell_generation "${generations[i]}" "$i"; done
  if ((${#generations[@]})); then
    # What is oldest is the state before the first of them.
    folded=$((10#${generations[0]} - 1))
    way="it leads to any number above, and to $folded: "
    if ((folded == 0)); then way+='as before the first apply'; else way+="as it was before generation $((folded + 1))"; fi
    say "${bold}to go back:$plain sudo bash %s rollback --to NUMBER; %s" "$again" "$way"
  elif ((folded == 0)); then
    say 'no apply has changed anything here'
  else
    say "the applies up to generation $folded are not kept any more one by one; uninstall undoes them all"
  fi
  if [[ -z $root ]] && confirm_is_pending; then say "${yellow}%s$plain" "waiting for: $again confirm"; fi
}

tell_generation() { # NUMBER PLACE, with ${generations[@]}
  local started by made_with made_from made_for number=$((10#$1)) state='' when='' what last='' padded
  local -A becomes=()
  local -a changes=()
  read_head "$1"
  read_changes "$1"
  case $last in
    end) if (($2 == ${#generations[@]} - 1)); then state='in force'; fi ;;
    'end aside') state='who is drained' ;;
    undo) state='half undone: rollback or uninstall again ends that, or apply' ;;
    *) if (($2 == ${#generations[@]} - 1)) && another_is_at_work; then state='a run is at work'; else state='interrupted: apply again, or rollback'; fi ;;
  esac
  [[ -z $started ]] || printf -v when '%(%Y-%m-%d %H:%M:%S)T' "$started"
  say "${bold}generation $number$plain%s%s%s%s%s" "${when:+  $when}" "${by:+  by $by}" "${made_with:+  lvsgen $made_with}" \
    "${made_from:+  script ${made_from:0:12}}" "${state:+  ($state)}"
  event generation number "$number" started "$started" by "$by" lvsgen "$made_with" sha256 "$made_from" state "${state:-closed}"
  for what in ${changes[@]+"${changes[@]}"}; do
    printf -v padded '%-8s' "${becomes[$what]}"
    say "  $padded  %s" "$what"
    event change generation "$number" kind "${what%% *}" name "${what#* }" became "${becomes[$what]}"
  done
}

# Of each resource what became of it in the end. What says more of one that is recorded beside it is none, and neither is a page.
read_changes() { # NUMBER -> ${changes[@]}, `KIND NAME`; $becomes; $last: the line that closes the generation, or ends an undo of it
  local kind name record stop unescaped thing
  while IFS=$'\t' read -r kind name record stop; do
    [[ ! $kind =~ ^(end( aside)?|undo)$ ]] || last=$kind
    if [[ $stop != . ]] || ! is_function "${kind#-}_set" || has "${kind#-}" page; then continue; fi
    [[ $last != undo ]] || last=''
    unescape "$name"
    thing="${kind#-} ${unescaped//$'\n'/ }"
    [[ ${becomes[$thing]:-} ]] || changes+=("$thing")
    case $kind in
      -*) becomes[$thing]='given up' ;;
      *) if [[ $record == =absent ]]; then becomes[$thing]=new; else becomes[$thing]=changed; fi ;;
    esac
  done <"$state_dir/generations/$1"
}

# ---- durable: on the disk before it counts --------------------------------------------------------------------------

# Appends to a file and has it on the disk before it returns.
append_durably() { # FILE TEXT
  local failed
  failed=$(printf '%s\n' "$2" 2>/dev/null | dd of="$1" bs=64k oflag=append conv=notrunc,fsync status=none 2>&1) && return 0
  failure="cannot write $1: $failed"
  return 1
}

# What another role, or this one when it forgets its generations, has to know of a resource.
append_to_base() { # STATE-DIRECTORY LINES
  local lines=$2
  if [[ -s $1/base ]]; then repair_torn_line "$1/base" || return 1; else lines="base 0"$'\n'$lines; fi
  (umask 077 && append_durably "$1/base" "$lines") && return 0
  failure="cannot write $1/base (is the file system full or read-only?)"
  return 1
}

repair_torn_line() { # FILE: a record that a power cut tore gets a line end, so that the next starts anew
  local line=''
  while IFS= read -r line; do line=''; done <"$1"
  [[ -z $line ]] || append_durably "$1" ''
}

# A directory's entries on the disk. EL7's sync takes no operand and then syncs everything. It may wait for a server that is away, and nothing
# ends it then: here and below it has not the lock, which is to be free when the run has been ended.
sync_paths() { # PATH...
  sync -- "$@" 2>/dev/null 9>&- || sync 9>&-
}

# Of a directory that others can change: a name in it that they can exchange for that of a device is not opened, so everything is synced.
# (EL7's sync knows no file system alone.)
sync_reached() {
  sync_all
}

sync_seconds=60 # for everything; a moment, where it has once taken longer

# Everything on the disk. Where that fails, or a file system does not answer, the kernel writes it later; nothing else is to be done about it
# here, and what the way back needs is there already.
sync_all() {
  local ended='' status=0
  # Nobody waits for the end of its output, or for the lock.
  read -r -t "$sync_seconds" ended < <(exec 9>&- </dev/null 2>/dev/null && sync && echo ended || :) || status=$?
  [[ -z $ended ]] || return 0
  if ((status <= 128)); then
    log 'sync failed'
  elif ((sync_seconds > 1)); then
    log "sync has not ended after $sync_seconds s, and goes on"
    complain "not everything is on the disks after $sync_seconds s: a file system does not answer, as where the server of a share is away; the kernel goes on" \
      'Until it has written all, a power cut may take back what this run has changed: run check after one.'
    sync_seconds=1
  fi
}

# ---- copies: what files were, and what a run that was killed left beside them -----------------------------------------

# A copy of a file with everything that belongs to it, on the disk; sets $blob to its name.
keep_blob() { # PATH
  local n=1
  while [[ -e $state_dir/blobs/$generation.$n || -L $state_dir/blobs/$generation.$n ]]; do n=$((n + 1)); done
  blob=$generation.$n
  keep_copy "$1" "$state_dir/blobs/$blob" || return 1
  [[ -L $state_dir/blobs/$blob ]] || sync_paths "$state_dir/blobs/$blob"
  sync_paths "$state_dir/blobs"
}

# Copies a regular file, or a symbolic link as such, to where only root can go.
keep_copy() { # PATH COPY
  local failed named
  local -a within=()
  reach "$1" || return 1
  # A FIFO that takes its place now would keep cp waiting.
  [[ -z $shared ]] || within=(timeout -s KILL 30)
  if ! failed=$(${within[@]+"${within[@]}"} cp -a --no-target-directory -- "$at/$leaf" "$2" 2>&1) || [[ ! -f $2 && ! -L $2 ]]; then
    named "${failed:-it is not a regular file any more}"
    failure="cannot keep a copy of $1: $named"
    # A directory, perhaps, that took its place.
    rm -rf -- "$2" 2>/dev/null || :
    leave
    return 1
  fi
  leave
}

# What a run that was killed had begun to write of the journal itself.
remove_torn_state() {
  local file
  for file in "$state_dir"/.lvsgen.* "$state_dir"/generations/.lvsgen.*; do
    [[ ! -e $file && ! -L $file ]] || run rm -f -- "$file" || log "$failure"
  done
}

# What a run that was killed had begun to write beside the files that it changed or put back.
remove_temporaries() {
  local file name
  local -a generations
  local -A recorded_paths=()
  list_generations
  for file in base ${generations[@]+"${generations[@]/#/generations/}"}; do
    recorded_files "$state_dir/$file"
  done
  for name in ${recorded_paths[@]+"${!recorded_paths[@]}"}; do
    remove_temporary "$root$name"
  done
}

recorded_files() { # FILE of records -> $recorded_paths
  local kind name record stop unescaped path
  [[ -f $1 ]] || return 0
  while IFS=$'\t' read -r kind name record stop; do
    if [[ $stop != . ]] || ! has "${kind#-}" path; then continue; fi
    unescape "$name"
    path_of "${kind#-}" "$unescaped"
    recorded_paths[$path]=1
  done <"$1"
}

# ---- records: read back for an undo, and folded when they are old --------------------------------------

declare -A written=()   # path, or `block PATH` -> sums of the texts that lvsgen wrote there, between spaces, the newest first
declare -A rights_of=() # `KIND PATH` -> mode, owner and group as they were described last
declare -A rank_of=()   # `KIND NAME` -> the rank of its record, where it is not 0
declare -A given_up=()  # `KIND NAME` -> the generation that gave it up, and its rank until then: a rollback can lead back to it
handed=() # in the first places of u_*: `N RANK KIND` of what another role handed over after generation N and what is not this one's yet

# Reads records into u_*, oldest first; the oldest of a resource counts. For N: those of the generations later than N, which lead
# back to N. For all: what is lvsgen's now, and how it was before lvsgen.
load_records() { # N|all
  local number folded older
  local -a generations
  local -A seen
  last_folded
  list_generations
  forget_loaded
  if [[ $1 == all || $1$folded == 00 ]]; then load_base; else load_handed_since "$1"; fi
  for number in ${generations[@]+"${generations[@]}"}; do
    [[ $1 == all ]] || ((10#$number > 10#$1)) || continue
    take_over_handed "$number"
    older=${#u_kind[@]}
    load_record_file "$state_dir/generations/$number" "$1"
  done
  take_over_handed 1000000
}

forget_loaded() {
  u_kind=() u_name=() u_record=() handed=() written=() rights_of=() rank_of=() given_up=() seen=()
}

load_base() {
  load_handed
  load_record_file "$state_dir/base"
}

# What other roles handed over is older than all that this one has changed, and what they handed over last is the oldest.
load_handed() {
  local i kind name record stop unescaped when rank
  local -a handed_when=() handed_names=() records=()
  [[ -f $state_dir/base ]] || return 0
  while IFS=$'\t' read -r kind name record stop; do
    if [[ $stop == . && $kind == laterof && ${#handed_when[@]} != 0 ]]; then
      read -r when rank kind <<<"${handed_when[${#handed_when[@]} - 1]}"
      handed_when[${#handed_when[@]} - 1]="$when $((10#$rank + 1)) $kind"
    fi
    [[ $stop == . && $kind == handed ]] || continue
    unescape "$name"
    # The numbers are counted with, and arithmetic would run what else they are.
    [[ $unescaped =~ ^([0-9]{1,6})\ (([0-9]{1,6})\ )?([a-z]+)\ (.+)$ ]] || refuse_record "$name"
    handed_when+=("${BASH_REMATCH[1]} ${BASH_REMATCH[3]:-0} ${BASH_REMATCH[4]}") handed_names+=("${BASH_REMATCH[5]}")
    unescape "${record#=}" && records+=("$unescaped")
    is_record "$unescaped" || refuse_record "$unescaped"
  done <"$state_dir/base"
  for ((i = ${#handed_when[@]} - 1; i >= 0; i--)); do
    u_kind+=('') handed+=("${handed_when[i]}") u_name+=("${handed_names[i]}") u_record+=("${records[i]}")
  done
}

# From the generation on that was the next when a resource was handed over, that record counts.
take_over_handed() { # NUMBER of a generation
  local i after rank kind key escaped
  for ((i = 0; i < ${#handed[@]}; i++)); do
    [[ ${handed[i]} ]] || continue
    read -r after rank kind <<<"${handed[i]}"
    ((10#$after < 10#$1)) || continue
    escape "${u_name[i]}"
    key=$kind$' '$escaped handed[i]=''
    # What stands before it was handed over later.
    [[ -z ${seen[$key]:-} ]] || ((${seen[$key]} > i)) || continue
    [[ -z ${seen[$key]:-} ]] || u_kind[${seen[$key]} - 1]=''
    rank_of["$kind ${u_name[i]}"]=$rank
    u_kind[i]=$kind seen[$key]=$((i + 1))
  done
}

load_record_file() { # FILE [N|all]: on the way back to an N above 0 a release forgets nothing, for that way leads past it
  local kind name record stop unescaped key taken=''
  [[ -f $1 ]] || return 0
  while IFS=$'\t' read -r kind name record stop; do
    [[ $stop == . ]] || continue
    key="$kind $name" record=${record#=}
    [[ $kind != handed && ($kind == [-wr]* || -z ${seen[$key]:-}) ]] || { taken='' && continue; }
    # Most of them have nothing that is escaped.
    if [[ $name$record == *\\* ]]; then
      unescape "$name"
      name=$unescaped
      unescape "$record"
      record=$unescaped
    fi
    case $kind in
      -*) [[ ${2:-all} != all && ${2:-all} != 0 ]] || forget_record "${kind#-}" "$name" "${key#-}" ;;
      wrote) written[$name]=" $record${written[$name]:- }" ;;
      rights) rights_of[$name]=$record ;;
      # It stands behind its record.
      rank) [[ $name != "$taken" || ! $record =~ ^[0-9]{1,6}$ ]] || rank_of[$name]=$record ;;
      later) rank_of[$name]=$((10#${rank_of[$name]:-0} + 1)) ;;
      laterof) ;;
      *)
        [[ -z ${seen[$key]:-} ]] || { taken='' && continue; }
        [[ $record != saved* ]] || is_record "$record" || refuse_record "$record"
        u_kind+=("$kind") u_name+=("$name") u_record+=("$record")
        seen[$key]=${#u_kind[@]} taken="$kind $name"
        ;;
    esac
  done <"$1"
}

# The name of a kept copy is no path.
is_record() { # RECORD
  [[ $1 != 'saved '*/* && $1 != 'saved .'* ]]
}

refuse_record() { # WHAT
  die 69 "the journal in $state_dir is not as lvsgen wrote it: $1" "Somebody changed it. What it says is not done."
}

forget_record() { # KIND NAME KEY
  local key
  if [[ ${seen[$3]:-} ]]; then
    u_kind[${seen[$3]} - 1]=''
    ((${seen[$3]} > ${older:-0})) || given_up["$1 $2"]="${number:-} ${rank_of["$1 $2"]:-0}"
  fi
  seen[$3]='' rights_of["$1 $2"]='' rank_of["$1 $2"]=''
  is_function "$1_written" || return 0
  "$1_written" "$2"
  written[$key]=''
}

# What was handed over counts from an earlier generation on: for one that gives it up is to forget it, and one that is gone has no next. What
# a rollback led past is no more this role's.
hand_over_earlier() { # NUMBER [KIND NAME, else all]
  local kind name record stop text='' escaped='' what changed=''
  [[ -f $state_dir/base ]] || return 0
  escape "${3:-}"
  while IFS=$'\t' read -r kind name record stop; do
    if [[ $kind == handed && $name =~ ^([0-9]{1,6})\ (([0-9]{1,6}\ )?(.*))$ ]] && ((10#${BASH_REMATCH[1]} > 10#$1)); then
      what=${BASH_REMATCH[4]}
      if (($# == 1)) && [[ ${leads_past[$what]:-} ]]; then
        changed=1
        continue
      elif (($# == 1)) || [[ $what == "$2 $escaped" ]]; then
        name="$((10#$1)) ${BASH_REMATCH[2]}" changed=1
      fi
    fi
    text+=$kind${stop:+$'\t'$name$'\t'$record$'\t'$stop}$'\n'
  done <"$state_dir/base"
  [[ -z $changed ]] || replace_file "$state_dir/base" 0600 "$text"
}

# Folds the oldest generations into the base, so that the state stays bounded.
prune_generations() {
  local text folded
  local -a generations
  local -A seen
  list_generations
  ((${#generations[@]} > keep_generations)) || return 0
  while ((${#generations[@]} > keep_generations)); do
    forget_loaded
    load_base
    take_over_handed "${generations[0]}"
    load_record_file "$state_dir/generations/${generations[0]}"
    text="base $((10#${generations[0]}))"$'\n'
    loaded_lines
    replace_file "$state_dir/base" 0600 "$text" || return 1
    run rm -f -- "$state_dir/generations/${generations[0]}" || return 1
    list_generations
  done
  drop_unused_blobs
}

# What load_record_file has read, as lines again.
loaded_lines() { # added to $text
  local i line name
  for ((i = ${#handed[@]} - 1; i >= 0; i--)); do
    [[ ${handed[i]} ]] || continue
    record_line handed "${handed[i]} ${u_name[i]}" "${u_record[i]}"
    text+=$line$'\n'
  done
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ -n ${u_kind[i]} && ${u_kind[i]} != holds ]] || continue
    name="${u_kind[i]} ${u_name[i]}"
    record_line "${u_kind[i]}" "${u_name[i]}" "${u_record[i]}"
    text+=$line$'\n'
    [[ ${rank_of[$name]:-0} == 0 ]] || { record_line rank "$name" "${rank_of[$name]}" && text+=$line$'\n'; }
  done
  for name in ${written[@]+"${!written[@]}"}; do
    [[ -z ${written[$name]} ]] || { wrote_line "$name" && text+=$line$'\n'; }
  done
  for name in ${rights_of[@]+"${!rights_of[@]}"}; do
    [[ -z ${rights_of[$name]} ]] || { record_line rights "$name" "${rights_of[$name]}" && text+=$line$'\n'; }
  done
}

wrote_line() { # NAME -> $line: what was written there last
  local sum=${written[$1]# }
  record_line wrote "$1" "${sum%% *}"
}

drop_unused_blobs() {
  local file kind name record stop
  local -A used=()
  for file in "$state_dir/base" "$state_dir"/generations/[0-9]*; do
    [[ -f $file ]] || continue
    while IFS=$'\t' read -r kind name record stop; do
      [[ $record != '=saved '* ]] || used[${record#=saved }]=1
    done <"$file"
  done
  for file in "$state_dir"/blobs/*; do
    [[ -e $file || -L $file ]] || continue
    [[ ${used[${file##*/}]:-} ]] || rm -f -- "$file" || log "$file is of no use any more and stays"
  done
}

# ---- holds: what several roles on one host need is given back by the last of them ---------------

# The page that says so is state like any other.
kind holds recorded page

holds_probe() { have=''; }

holds_set() { # NAME TEXT
  local holding
  without_contradictions "$2"
  if [[ $holding ]]; then replace_file "$state_dir/holds" 0600 "$holding"; else run rm -f -- "$state_dir/holds"; fi
}

# The keys that this run describes, a line each; and what it describes of a directory's rights: `rights MODE OWNER GROUP KEY`.
described_keys() { # -> $keys
  local i escaped rights kind
  local -A says_more=() # indices of what more than the name is written down of
  local -a picked
  keys=''
  pick path _agrees _holds
  for i in ${picked[@]+"${picked[@]}"}; do says_more[$i]=1; done
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    escaped=${r_name[i]}
    [[ $escaped != *[\\$'\t\n']* ]] || escape "$escaped"
    keys+="${r_kind[i]} $escaped"$'\n'
    [[ ${says_more[$i]:-} ]] || continue
    kind=${r_kind[i]}
    ! is_agreed "$kind" "${r_name[i]}" || agreed_line "$i"
    ! is_function "${kind}_holds" || "${kind}_holds" "$i"
    lasting_keys "$i"
    has "$kind" parent || continue
    rights=${described_rights["$kind ${r_name[i]}"]:-${r_state[i]#* }}
    [[ $rights == '- - -' ]] || keys+="rights $rights $kind $escaped"$'\n'
  done
}

# What this run describes, and what the one before did. (One run at a time on a host: it is written with the first change.)
read_holds() { # -> $previous_holds $keys_held; $held_before: what earlier runs described
  local keys=''
  described_keys
  read_previous_holds
  [[ -z $only ]] || keep_left_out
  keys_held=$keys
}

# Resources that came to be described while this run changed things.
hold_more() {
  local keys=''
  described_page=''
  described_keys
  [[ -z $only ]] || keep_left_out
  keys_held=$keys
  hold_described
}

# What --only leaves out stays held; of what it does not, what is described of it now counts.
keep_left_out() { # with $keys
  local line new=''
  local -A had=() has_now=() begins=() # `line LINE`, and what stands before its first tab
  while IFS= read -r line; do had["line $line"]=1; done <<<"$previous_holds"
  while IFS= read -r line; do
    [[ -z $line || ${had["line $line"]:-} ]] || new=1
    has_now["line $line"]=1
    [[ $line != *$'\t'* ]] || begins["line ${line%%$'\t'*}"]=1
  done <<<"$keys"
  if [[ -z $new ]]; then
    keys=$previous_holds
    return 0
  fi
  while IFS= read -r line; do
    [[ $line && -z ${has_now["line $line"]:-} ]] || continue
    [[ $line == *$'\t'* && ${begins["line ${line%%$'\t'*}"]:-} ]] || keys+=$line$'\n'
  done <<<"$previous_holds"
}

read_previous_holds() { # -> $previous_holds $last_holds $held_before
  local content
  previous_holds=''
  if read_text "$state_dir/holds"; then previous_holds=$content; fi
  last_holds=$'\n'$previous_holds$'\n' held_before=$last_holds
  add_interrupted_holds
}

# A run that was interrupted had written down already what it described: what was before stands in the generation that it left open.
add_interrupted_holds() {
  local last kind name record stop unescaped
  last_generation
  [[ $last ]] && ! generation_is_closed "$last" || return 0
  while IFS=$'\t' read -r kind name record stop; do
    [[ $stop == . && $kind == holds ]] || continue
    unescape "${record#=}"
    held_before+=$unescaped$'\n'
  done <"$state_dir/generations/$last"
}

# The way back of a generation has what was held before it.
hold_described() {
  [[ $previous_holds != "$keys_held" ]] || return 0
  [[ -z $generation ]] || journaled holds - || journal holds - "$previous_holds" || return 1
  if ! failure=$(umask 077 && mkdir -p -- "$state_dir" 2>&1); then
    failure="cannot make $state_dir: ${failure:-mkdir failed}"
    return 1
  fi
  replace_file "$state_dir/holds" 0600 "$keys_held" && previous_holds=$keys_held
}

described_page='' # with line ends around it, once it was asked for

# Does this run describe it, or something that other roles have to know by that key?
describes() { # KEY
  local keys escaped
  if [[ -z $described_page ]]; then
    described_keys
    described_page=$'\n'$keys
  fi
  escape "$1"
  [[ $described_page == *$'\n'"$escaped"$'\n'* ]]
}

# Does another role's script on this host hold this resource, or what it was written down along with, or, of what was taken away, need it
# away? (Each has a block, and a link, of its own.)
held_elsewhere() { # `KIND NAME` -> $holder
  local file line escaped key=$1 wanted=$'\n'
  local -a along=()
  ! has "${1%% *}" own || return 1
  ! is_function "${1%% *}_away_for" || "${1%% *}_away_for" "${1#* }" || :
  ! is_function "${1%% *}_along" || "${1%% *}_along" "${1#* }" || :
  for key in "$key" ${along[@]+"${along[@]}"}; do
    escape "$key"
    wanted+=$escaped$'\n'
  done
  for file in "$state_home"/*/*/holds; do
    [[ -f $file && $file != "$state_dir/holds" ]] || continue
    while IFS= read -r line; do
      if [[ $line && $wanted == *$'\n'"$line"$'\n'* ]]; then
        holder=${file%/holds}
        return 0
      fi
    done <"$file"
  done
  return 1
}

# What other roles describe of a directory's rights.
rights_elsewhere() { # DIRECTORY -> $elsewhere: mode, owner and group; - what none does
  local file line escaped mode owner group key wanted
  local -a parts=(- - -)
  escape "$1"
  wanted="${traits[parent]} $escaped"
  for file in "$state_home"/*/*/holds; do
    [[ -f $file && $file != "$state_dir/holds" ]] || continue
    while IFS= read -r line; do
      [[ $line == "rights "*" $wanted" ]] || continue
      read -r _ mode owner group key <<<"$line"
      [[ $key == "$wanted" ]] || continue
      [[ $mode == - ]] || parts[0]=$mode
      [[ $owner == - ]] || parts[1]=$owner
      [[ $group == - ]] || parts[2]=$group
    done <"$file"
  done
  elsewhere="${parts[*]}" # never empty
}

# What a start brought along may serve another role's units too: the last role on the host stops it.
needed_elsewhere() { # KIND -> $holder
  local file
  has "$1" common || return 1
  for file in "$state_home"/*/*/holds; do
    [[ -s $file && $file != "$state_dir/holds" ]] || continue
    holder=${file%/holds}
    return 0
  done
  return 1
}

# Another role that describes something below a directory; or that has records of it, for what it describes no longer may still be there.
held_below() { # PATH -> $holder
  local file line key other escaped
  local -a words
  escape "$1"
  for file in "$state_home"/*/*/holds; do
    [[ -f $file && $file != "$state_dir/holds" ]] || continue
    while IFS= read -r line; do
      [[ $line == *" $escaped/"* ]] || continue
      holder=${file%/holds}
      return 0
    done <"$file"
  done
  load_roles
  for key in ${roles_with[@]+"${!roles_with[@]}"}; do
    [[ $key == *" $escaped/"* ]] || continue
    split_words "${roles_with[$key]}"
    for other in ${words[@]+"${words[@]}"}; do
      [[ $other != "$cluster/$role" ]] || continue
      holder=$state_home/$other
      return 0
    done
  done
  return 1
}

# ---- claimed: what is as described already, and this role does not hold yet ---------------------------------------------
#
# Where a host is as described, another role's work it may be: the script of a cluster's former name takes it away as long as nobody else
# holds it. So there is something to do, for apply to say and for check. What is changed is held with the change, and not said again.

# What the page is to have and has not, with $keys_held and $previous_holds.
unclaimed_things() { # -> ${unclaimed[@]}: `KIND NAME`
  local line thing unescaped
  local -a text_lines=()
  local -A seen=() known=()
  unclaimed=()
  [[ $keys_held != "$previous_holds" ]] || return 0
  split_lines "$previous_holds"
  for line in "${text_lines[@]}"; do known["line $line"]=1; done # never empty
  split_lines "$keys_held"
  for line in "${text_lines[@]}"; do # never empty
    [[ $line && -z ${known["line $line"]:-} ]] || continue
    thing=${line%%$'\t'*}
    case $thing in
      'state '*) thing=${thing#state } ;;
      'rights '*) read -r _ _ _ _ thing <<<"$thing" ;;
    esac
    [[ -z ${seen[$thing]:-} ]] || continue
    seen[$thing]=1
    unescape "$thing"
    unclaimed+=("$unescaped")
  done
}

# Claiming is all that is to be done: one line for all of it.
report_unclaimed() { # pending|changed WORD, with ${unclaimed[@]}
  local thing note='' shown=0
  for thing in ${unclaimed[@]+"${unclaimed[@]}"}; do
    shown=$((shown + 1))
    if ((shown == 7 && ${#unclaimed[@]} > 7)); then
      note+=" and $((${#unclaimed[@]} - 6)) more"
      break
    fi
    note+=${note:+, }$thing
  done
  report "$1" holds "$cluster/$role" "$2: $note"
}

tell_unclaimed() {
  local -a unclaimed=()
  ((count[pending] == 0)) || return 0
  read_holds
  unclaimed_things
  ((${#unclaimed[@]} == 0)) || report_unclaimed pending 'not of this role yet, apply claims it'
}

claim_described() {
  local -a unclaimed=()
  ((count[changed] == 0)) || return 0
  unclaimed_things
  ((${#unclaimed[@]})) || return 0
  log_open
  hold_described || return 1
  report_unclaimed changed 'of this role from now on'
}

# ---- agreed: of what a host has one state, what another role describes of it ---------------------------------------------
#
# Two clusters may describe the options of one export otherwise, and the one that was applied last has its own. (--adopt took it over.) So
# the page of each says what it describes: `state KIND NAME`, a tab, the state, a tab, the text. A role that leaves, or has it no longer,
# leaves what the other describes, and not what it wrote itself.

is_agreed() { # KIND NAME
  is_function "$1_agrees" && "$1_agrees" "$2"
}

agreed_line() { # INDEX in r_kind, added to $keys
  local escaped
  escape "${r_name[$1]}"
  keys+="state ${r_kind[$1]} $escaped"
  escape "${r_state[$1]}"
  keys+=$'\t'$escaped
  escape "${r_text[$1]}"
  keys+=$'\t'$escaped$'\n'
}

# What another role describes of it, the first where several do. Fails where none does, and where it is as any of them has it.
differs_from_theirs() { # KIND NAME -> $first: the state directory of that role; $state, $text
  local file line escaped unescaped first_state='' first_text=''
  first=''
  is_agreed "$1" "$2" || return 1
  escape "$2"
  for file in "$state_home"/*/*/holds; do
    [[ -f $file && $file != "$state_dir/holds" ]] || continue
    while IFS= read -r line; do
      [[ $line == "state $1 $escaped"$'\t'*$'\t'* ]] || continue
      line=${line#*$'\t'}
      unescape "${line%%$'\t'*}"
      state=$unescaped
      unescape "${line#*$'\t'}"
      text=$unescaped
      ! is_same "$1" "$2" || return 1
      [[ $first ]] || first=${file%/holds} first_state=$state first_text=$text
    done <"$file"
  done
  [[ $first ]] || return 1
  state=$first_state text=$first_text
  ! is_same "$1" "$2"
}

# Brings it to that. With `journaled` the way back is written down before.
become_theirs() { # KIND NAME [journaled] -> $became: the state directory of that role, where something was changed
  local state='' text='' first
  became=''
  differs_from_theirs "$1" "$2" || return 0
  if [[ ${3:-} ]]; then
    journal_resource "$1" "$2" || return 1
  else
    can_reach "$1" "$2" && keep_hand_made "$1" "$2" || return 1
  fi
  tell_written "$first" "$1" "$2" && "$1_set" "$2" "$state" || return 1
  forget_snapshots "$1"
  is_same "$1" "$2" || { failure="it was set to what ${first#"$state_home"/} describes, but is still: ${have:-absent}" && return 1; }
  became=$first
}

# It may have found its text there, and written none: this is not to be a hand's for it.
tell_written() { # STATE-DIRECTORY KIND NAME, with $text
  local key embedded sum line
  is_function "$2_written" || return 0
  "$2_written" "$3" && "$2_text" "$3" && sum_of_text "$embedded" || return 1
  record_line wrote "$key" "$sum"
  append_to_base "$1" "$line" || return 1
  written_by["${1#"$state_home"/} $key"]=1
}

# ---- what a rollback has to do with no longer, though an earlier generation did not change it ------------------------------
#
# What another role left to this one because it described it by then goes back to what it was before all of them, where a rollback leads
# to a generation that did not describe it yet.

declare -A leads_past=() # `KIND NAME`, the name escaped
target_page=''           # what this role holds in the generation that a rollback leads to

# What was handed over after generation N and is not of N, the oldest of all records.
load_handed_since() { # N
  local i after rank kind escaped
  leads_past=()
  read_page_of "$1"
  load_handed
  for ((i = 0; i < ${#handed[@]}; i++)); do
    read -r after rank kind <<<"${handed[i]}"
    escape "${u_name[i]}"
    if ((10#$after > 10#$1)) && is_past "$kind" "${u_name[i]}"; then leads_past["$kind $escaped"]=1; else handed[i]=''; fi
  done
}

# -> $target_page. Each generation that changed the page has what was on it before.
read_page_of() { # N, with ${generations[@]}
  local number kind name record stop unescaped content
  target_page=''
  if read_text "$state_dir/holds"; then target_page=$content; fi
  for number in ${generations[@]+"${generations[@]}"}; do
    ((10#$number > 10#$1)) || continue
    while IFS=$'\t' read -r kind name record stop; do
      [[ $stop == . && $kind == holds ]] || continue
      unescape "${record#=}"
      target_page=$unescaped
      return 0
    done <"$state_dir/generations/$number"
  done
}

# Of what goes along with something else, and is known from journals alone, the page does not tell.
is_past() { # KIND NAME
  local key="$1 $2"
  if has "$1" page || has "$1" kept || is_function "$1_along"; then return 1; fi
  [[ -z $root ]] || has "$1" path || return 1
  if is_function "$1_away_for"; then
    "$1_away_for" "$2" || return 1
  else
    ! has "$1" recorded || return 1
  fi
  ! is_on_target_page "$key" || return 1
  escape "$2"
  ! has "$1" parent || [[ $'\n'$target_page != *" $escaped/"* ]]
}

# It is this role's to give back still.
goes_on_waiting() { # KIND NAME
  local escaped
  escape "$2"
  leads_past["$1 $escaped"]=''
}

is_on_target_page() { # KEY
  local escaped
  escape "$1"
  [[ $'\n'$target_page$'\n' == *$'\n'"$escaped"$'\n'* ]]
}

# Does the generation that a rollback leads to describe this itself, otherwise than another role perhaps?
stays_as_described() { # KIND NAME
  [[ $undo_target != 0 ]] && is_agreed "$1" "$2" && is_on_target_page "$1 $2"
}

# ---- heirs: what a role has to do with no longer, another gives back --------------------------------------------

#
# Say net.ipv4.ip_forward was 0. Cluster a sets it (its record: 0, rank 0), then b describes it too and finds 1 (its record: 1, rank 1).
#   - b leaves first: a knows an older state than b, so nothing is handed over, and a goes on giving back 0.
#   - a leaves first: the 0 must not leave with it. b is handed a's record with a's rank (`handed N 0 sysctl ...` in b's base, N: the last
#     generation of b's own), and gives back 0 in place of 1 when it leaves, or goes back to before N.
#   - b had found it as described and has no record at all: as it needs it (its page `holds`), it is handed the same.
# pass_on decides to whom; hand_over gives it where that one has nothing older; hand_rights_over is that for the mode and owner of a directory,
# hand_needed for what is away for a file's sake; hand_to writes it down.

heir='' # the state directory of the role that gives back what this one has to do with no longer
declare -A stays_owned=() # `KIND NAME` of what is this role's in the generation that a rollback leads to: none of it is passed on

# What this role has to do with no longer, the next one gives back, as it was before the first of them: that with the next record,
# or, where none has one, that which needs it; and whoever could get it back by a rollback. An older record needs nothing of this one.
pass_on() { # KIND NAME RECORD [STATE-DIRECTORY of a role that needs it] -> $heir: the state directory of the one that gives it back
  local holder=${4:-} escaped key other theirs next='' i rank=${rank_of["$1 $2"]:-0} rights=''
  local -a words
  heir=$holder
  if has "$1" page || has "$1" own; then return 0; fi
  if older_is_known "$1" "$2" "$rank"; then
    if is_function "$1_away_for"; then
      [[ -z ${4:-} ]] || has_one "$4" "$1" "$2" || hand_needed "$4" "$1" "$2" "$3"
      return
    fi
    [[ ${stays_owned["$1 $2"]:-} ]] || ! is_heir_of_rights "$1" "$2" || hand_rights_over "$1" "$2" "$3"
    return
  fi
  escape "$2"
  key="$1 $escaped"
  split_words "${roles_with[$key]:-}"
  for other in ${words[@]+"${words[@]}"}; do
    theirs=${rank_with["$key $other"]}
    if [[ $other == "$cluster/$role" ]] || { [[ $next ]] && ((10#$theirs >= 10#$next)); }; then continue; fi
    next=$theirs holder=$state_home/$other
  done
  # The next one last: a run that is ended before has passed nothing on, and the run after it begins anew.
  split_words "${given_up_by["$1 $2"]:-}"
  for ((i = 0; i < ${#words[@]}; i += 3)); do
    ((10#${words[i + 2]} <= 10#$rank)) || hand_to "$state_home/${words[i]}" "$((10#${words[i + 1]} - 1))" "$1" "$2" "$3" || return 1
  done
  if is_heir_of_rights "$1" "$2"; then
    heir=$holder
    hand_rights_over "$1" "$2" "$3"
  elif [[ $holder ]]; then
    hand_over "$1" "$2" "$3"
  fi
}

# Of what is away for something, an older record may be one that waits for its file alone: who needs it away has one too.
hand_needed() { # STATE-DIRECTORY KIND NAME RECORD
  local holder=$1 last escaped
  last_of_holder
  hand_to "$1" "$last" "$2" "$3" "$4" || return 1
  escape "$3"
  has_record "${1#"$state_home"/}" "$2 $escaped" "${rank_of["$2 $3"]:-0}"
  heir=$1
}

has_one() { # STATE-DIRECTORY KIND NAME
  local escaped
  load_roles
  escape "$3"
  [[ ${roles_with["$2 $escaped"]:-} == *" ${1#"$state_home"/} "* ]]
}

# What rights a directory had before them, knows the role that gave it these; another that describes them too found them there,
# and has no record of its own. It is the one that takes them back, once nobody else describes any.
is_heir_of_rights() { # KIND NAME -> $holder, $rights
  local file line mode owner group key escaped heir
  has "$1" parent && [[ ${rights_of["$1 $2"]:-} ]] || return 1
  escape "$2"
  for file in "$state_home"/*/*/holds; do
    heir=${file%/holds}
    [[ -f $file && $heir != "$state_dir" && ${roles_with["$1 $escaped"]:-} != *" ${heir#"$state_home"/} "* ]] || continue
    while IFS= read -r line; do
      [[ $line == "rights "*" $1 $escaped" ]] || continue
      read -r _ mode owner group key <<<"$line"
      [[ $key != "$1 $escaped" ]] || { holder=$heir rights="$mode $owner $group" && return 0; }
    done <"$file"
  done
  return 1
}

hand_rights_over() { # KIND NAME RECORD, to $holder with $rights
  local last escaped
  last_of_holder && hand_to "$holder" "$last" "$1" "$2" "$3" "$rights" || return 1
  escape "$2"
  has_record "${holder#"$state_home"/}" "$1 $escaped" "${rank_of["$1 $2"]:-0}"
}

# The other role becomes the one that gives it back, but where another has an older record of it.
hand_over() { # KIND NAME RECORD, to $holder -> $heir
  local last escaped rank=${rank_of["$1 $2"]:-0}
  heir=$holder
  if older_is_known "$1" "$2" "$rank"; then return 0; fi
  last_of_holder && hand_to "$holder" "$last" "$@" || return 1
  escape "$2"
  has_record "${holder#"$state_home"/}" "$1 $escaped" "$rank"
}

hand_to() { # STATE-DIRECTORY NUMBER of its generation KIND NAME RECORD [RIGHTS that it describes]
  local line lines record=$5 blob='' number=0 key
  if [[ $record == 'saved '* ]]; then
    blob=$cluster.$role.${record#saved }
    # The giver's numbers begin anew after an uninstall: what was given then keeps its name.
    while [[ -e $1/blobs/$blob || -L $1/blobs/$blob ]]; do
      number=$((number + 1)) blob=$cluster.$role.${record#saved }.$number
    done
    if ! failure=$(umask 077 && mkdir -p -- "$1/blobs" 2>&1 && cp -a --remove-destination --no-target-directory -- "$state_dir/blobs/${record#saved }" "$1/blobs/$blob" 2>&1); then
      failure="cannot hand $4 over to ${1#"$state_home"/}: $failure"
      return 1
    fi
    sync_paths "$1/blobs/$blob" "$1/blobs"
    record="saved $blob"
  fi
  record_line handed "$2 ${rank_of["$3 $4"]:-0} $3 $4" "$record"
  lines=$line
  # Of what is each role's own, the other one has written something else; and what it wrote itself, it knows.
  if is_function "$3_written" && ! has "$3" own; then
    "$3_written" "$4"
    load_roles
    [[ -z ${written[$key]:-} || ${written_by["${1#"$state_home"/} $key"]:-} ]] || { wrote_line "$key" && lines+=$'\n'$line; }
  fi
  if [[ ${6:-} ]]; then
    record_line rights "$3 $4" "$6"
    lines+=$'\n'$line
  fi
  append_to_base "$1" "$lines"
}

last_of_holder() { # -> $last: the number of its last generation
  local state_dir=$holder folded
  last_generation
  last_folded
  last=$((10#${last:-$folded}))
  ((last > 0)) || begin_base || return 1
}

# A role that needs something and has changed nothing yet has no generation. What it is given now stands when it changes something the
# first time, so the way back from there leads to a generation too, and not to the host as it was before lvsgen: `base 1` counts a first
# generation that never was, and its own first one is then number 2. (`base 0`, or no base: nothing is folded, and its first one is 1.)
begin_base() { # with $state_dir -> $last
  local content=''
  ! read_text "$state_dir/base" || content=${content#*$'\n'}
  replace_file "$state_dir/base" 0600 "base 1"$'\n'"$content" && last=1
}

# ---- ranks: which of several roles' records of a resource is the oldest ------------------------------------------

# Which roles on this host have a record of a resource: roles_with["KIND NAME"]=" CLUSTER/ROLE ...", and
# rank_with["KIND NAME CLUSTER/ROLE"] its rank; the name escaped.
declare -A roles_with=() rank_with=()
declare -A given_up_by=() # `KIND NAME` -> CLUSTER/ROLE GENERATION RANK ... of others that could get it back by a rollback to before that generation
declare -A written_elsewhere=() # as ${written[@]}, by the other roles
declare -A written_by=()        # CLUSTER/ROLE and such a key, where that role wrote it
roles_are_loaded=''

load_roles() {
  local directory
  [[ -z $roles_are_loaded ]] || return 0
  roles_are_loaded=1
  for directory in "$state_home"/*/*/; do
    load_role "${directory%/}"
  done
}

load_role() { # STATE-DIRECTORY
  local name state_dir=$1 other=${1#"$state_home"/}
  # This role's own are loaded already, as long as it has written none.
  if [[ $other == "$cluster/$role" && $own_are_loaded && -z $begun ]]; then
    enter_records "$other"
    return
  fi
  local -a u_kind u_name u_record handed
  local -A written rights_of rank_of given_up
  load_records all
  enter_records "$other"
  [[ $other != "$cluster/$role" ]] || return 0
  for name in ${written[@]+"${!written[@]}"}; do
    [[ ${written[$name]} ]] || continue
    written_elsewhere[$name]+=${written[$name]} written_by["$other $name"]=1
  done
  for name in ${given_up[@]+"${!given_up[@]}"}; do
    [[ -z ${given_up[$name]} ]] || given_up_by["$name"]+=" $other ${given_up[$name]}"
  done
}

enter_records() { # CLUSTER/ROLE, with its records in u_*
  local i escaped
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    if [[ -z ${u_kind[i]} ]] || has "${u_kind[i]}" page; then continue; fi
    escaped=${u_name[i]}
    [[ $escaped != *[\\$'\t\n']* ]] || escape "$escaped"
    has_record "$1" "${u_kind[i]} $escaped" "${rank_of["${u_kind[i]} ${u_name[i]}"]:-0}"
    given_up["${u_kind[i]} ${u_name[i]}"]=''
  done
}

has_record() { # CLUSTER/ROLE KEY RANK
  [[ ${roles_with[$2]:-} == *" $1 "* ]] || roles_with[$2]+=" $1 "
  rank_with["$2 $1"]=${3:-0}
}

# The state that this role finds at first may be another one's work: then that one's record leads to the state before lvsgen.
rank_line() { # KIND NAME, added to $lines
  local escaped line rank
  case $1 in -* | wrote | rights) return 0 ;; esac
  if has "$1" page || has "$1" kept; then return 0; fi
  load_roles
  escape "$2"
  [[ ${roles_with["$1 $escaped"]:-} != *" $cluster/$role "* ]] || return 0
  next_rank "$1" "$2"
  has_record "$cluster/$role" "$1 $escaped" "$rank"
  ((rank == 0)) || { record_line rank "$1 $2" "$rank" && lines+=$'\n'$line; }
}

next_rank() { # KIND NAME -> $rank, higher than those of all roles
  local escaped key other theirs
  local -a words
  load_roles
  escape "$2"
  key="$1 $escaped" rank=0
  split_words "${roles_with[$key]:-}"
  for other in ${words[@]+"${words[@]}"}; do
    theirs=$((10#${rank_with["$key $other"]}))
    ((theirs < rank)) || rank=$((theirs + 1))
  done
}

# Is this no way back to before lvsgen? For another role knows an older state than this one, or the same (from a run that was ended),
# or this one keeps an older record itself ($stays_owned; $heir is then what it was).
older_is_known() { # KIND NAME RANK of this role's record -> $heir: the state directory of the other role that does
  local escaped key other
  local -a words
  [[ -z ${stays_owned["$1 $2"]:-} ]] || return 0
  load_roles
  escape "$2"
  key="$1 $escaped"
  split_words "${roles_with[$key]:-}"
  for other in ${words[@]+"${words[@]}"}; do
    [[ $other != "$cluster/$role" ]] || continue
    ((10#${rank_with["$key $other"]} > 10#$3)) || { heir=$state_home/$other && return 0; }
  done
  return 1
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

# ---- mounts of this host, read once -------------------------------------------------------------------

declare -A mount_of=() mount_options_of=() mount_root_of=() automounted=()
declare -A hidden_by=() # TARGET of one that cannot be seen -> what hides it

# The mounts of this host: mount_of[TARGET]="TYPE SOURCE", the topmost of each target, its options, and which directory of its file
# system it is, in the words of mountinfo; automounted[TARGET] where one is mounted as soon as somebody looks there.
load_mounts() {
  local id _ target options rest source type part content
  local -A hides=()
  [[ -z ${loaded[mount]:-} ]] || return 0
  loaded[mount]=1 mount_of=() mount_options_of=() mount_root_of=() automounted=() hidden_by=()
  content=$(</proc/self/mountinfo)
  find_hidden
  while read -r id _ _ part target options rest; do
    rest=${rest#*- }
    type=${rest%% *} rest=${rest#* }
    source=${rest%% *}
    if [[ $type == nfs* ]]; then
      options_of_nfs "${rest#* }"
    elif [[ $type == ext[234] || $type == xfs ]]; then
      rest=,${rest#* },
      rest=${rest/#,rw,/,} rest=${rest//,attr2,/,} # what newer kernels show, and take no more
      rest=${rest#,}
      options+=${rest:+,${rest%,}}
    elif [[ ",${rest#* }," == *,ro,* && ",$options," != *,ro,* ]]; then
      options+=,ro # the file system itself, whatever this mount of it says
    fi
    printf -v target '%b' "${target//\\/\\0}"
    printf -v source '%b' "${source//\\/\\0}"
    if [[ ${hides[$id]:-} ]]; then
      hidden_by[$target]=${hides[$id]}
      continue
    fi
    mount_of[$target]="$type $source" mount_options_of[$target]=$options mount_root_of[$target]=$part
    [[ $type != autofs ]] || automounted[$target]=1
  done <<<"$content"
}

# A mount lies upon another one, its parent. What lies upon that at a directory above hides it: it is there still, and no path leads to it.
find_hidden() { # with $content of mountinfo -> $hides: by the number of a mount, what hides it
  local id _ above target rest at hider
  local -a ids=()
  local -A parents=() place_of=() covers=() # by number; by `PARENT TARGET`, what lies there
  while read -r id above _ _ target _ rest; do
    hider=${rest#*- } rest=${hider#* }
    hider="$target (${hider%% *} ${rest%% *})"
    printf -v hider '%b' "${hider//\\/\\0}"
    ids+=("$id") parents[$id]=$above place_of[$id]=$target covers["$above $target"]=$hider
  done <<<"$content"
  for id in ${ids[@]+"${ids[@]}"}; do
    above=$id
    # Where the parent is hidden, so is all that lies upon it.
    while [[ ${parents[$above]:-$above} != "$above" && -z ${hides[$id]:-} ]]; do
      at=${place_of[$above]} above=${parents[$above]}
      # (What lies upon / at / hides nothing: whoever has / as his root begins below it.)
      while at=${at%/*} && [[ $at && -z ${hides[$id]:-} ]]; do hides[$id]=${covers["$above $at"]:-}; done
    done
  done
}

# What the share is mounted with, but for what the client found out by itself (nfs(5)).
options_of_nfs() { # OPTIONS-OF-THE-FILE-SYSTEM, added to $options
  local option
  local -a words
  IFS=, read -r -a words <<<"$1"
  for option in ${words[@]+"${words[@]}"}; do
    case $option in
      rw | addr=* | clientaddr=* | mountaddr=* | mountport=*) ;;
      *) options+=,$option ;;
    esac
  done
}

# What iptables and ip6tables say. Others (Docker, kube-proxy, fail2ban) hold their lock for moments.

# Not every -restore knows -w, and without it they fail at once while the lock is held: with 4, which iptables-nft also says where the
# kernel refuses something.
await_xtables() { # COMMAND...
  local tries code said limit
  for ((tries = 1; ; tries++)); do
    code=0 limit=5
    { said=$("$@" 2>&1 >&3 3>&-); } 3>&1 || code=$?
    [[ $said != *'xtables lock'* ]] || limit=150
    ((code == 4 && tries < limit)) || break
    sleep 0.2
  done
  [[ ! $said ]] || printf '%s\n' "$said" >&2
  return "$code"
}

# The table `filter` as `-S` prints it; empty where there is none, for then nothing is filtered. What cannot be read is not nothing.
read_filter() { # TOOL -> $rules
  rules=''
  # Its package may have gone since it was in charge.
  command -v "$1" >/dev/null || return 0
  ! rules=$(await_xtables timeout 60 "$1" -w -S 2>&1) || return 0
  is_without_filter "$1" "$rules" || cannot_read 'the rules of the firewall' "$1 -w -S"
  rules=''
}

# A kernel without the table, without the family, or without what the tool is for; and the older kind, of whose tables none was loaded.
is_without_filter() { # TOOL WHAT-IT-SAID
  local names
  case $2 in
    *'Table does not exist'* | *'tables who?'* | *'Failed to initialize nft'*) return 0 ;;
    *'not supported'* | *'Protocol not available'*) return 0 ;;
  esac
  names=/proc/net/${1%tables}_tables_names
  [[ $("$1" --version 2>/dev/null) == *nf_tables* ]] && return 1
  [[ ! -e $names ]] || { [[ -r $names ]] && ! grep -qx filter "$names"; }
}

# Rules of iptables and nftables as a file has them, which a service loads at boot.

# -> $file; empty where there is none.
find_saved_rules() { # TOOL
  local version=4
  [[ $1 == iptables ]] || version=6
  file_of_own_unit "$1"
  [[ -z $file ]] || return 0
  local -a places=("/etc/iptables/rules.v$version" "/etc/sysconfig/$1")
  ! is_loaded_as_on_el "$1" || places=("/etc/sysconfig/$1" "/etc/iptables/rules.v$version")
  for file in "${places[@]}"; do # never empty
    [[ ! -f $file ]] || return 0
  done
  file=''
}

# A site's own iptables.service may load any: `ExecStart=/sbin/iptables-restore /etc/iptables.rules`, or `... < FILE` by a shell.
file_of_own_unit() { # TOOL -> $file
  local line pattern="^ExecStart=.*$1(-legacy|-nft)?-restore[[:space:]]+([^/]*[[:space:]<\"'])?(/[^][:space:];\"'<>|&]+)"
  if [[ ! ${loaded["rules of $1"]+x} ]]; then
    loaded["rules of $1"]=''
    while IFS= read -r line; do
      [[ ! $line =~ $pattern ]] || loaded["rules of $1"]=${BASH_REMATCH[3]}
    done < <(systemctl cat -- "$1.service" 2>/dev/null || :)
  fi
  file=${loaded["rules of $1"]}
  [[ -f $file ]] || file=''
}

# By iptables.service, not by netfilter-persistent, which is left of a former life if it is there at all.
is_loaded_as_on_el() { # TOOL
  local persistent own
  load_units
  persistent=${unit_of[netfilter-persistent.service]:-} own=${unit_of[$1.service]:-}
  [[ ($persistent != *' active' && $own == *' active') || ($persistent != 'loaded '* && $own == 'loaded '*) ]]
}

# The part of a file that is about the table filter; a file that does not have it leaves that table alone.
filter_section() { # TEXT -> $section
  section=''
  [[ $'\n'$1 == *$'\n*filter'* ]] || return 0
  section=$'\n'$1
  section=${section#*$'\n*filter'}
  section=${section%%$'\nCOMMIT'*}
}

# -> $file; empty where the system has none. The unit says which one it loads; the other may be left of a former life.
find_nft_file() {
  local -a places=(/etc/nftables.conf /etc/sysconfig/nftables.conf)
  [[ ${loaded[nft_unit]:-} ]] || loaded[nft_unit]=$(file_of_nft_unit)
  file=${loaded[nft_unit]#.}
  if [[ $file ]]; then
    places=("$file")
  elif [[ ${platform:-} && $platform != @(debian|ubuntu)* ]]; then
    # A script loads it: the one of the system.
    places=(/etc/sysconfig/nftables.conf /etc/nftables.conf)
  fi
  for file in "${places[@]}"; do # never empty
    [[ ! -f $file ]] || return 0
  done
  file=''
}

# `nft -f FILE`, or `nft 'flush ruleset; include "FILE"'`; with a drop-in's as well.
file_of_nft_unit() { # prints .FILE
  local line option='argv\[\]=([^;]*[ /])?nft ([^;]* )?(-[a-zA-Z]*f|--file)[ =]?(/[^ ;]+)' include='argv\[\]=.*include "(/[^"]+)"'
  printf .
  while IFS= read -r line; do
    if [[ $line =~ $option ]]; then
      printf '%s' "${BASH_REMATCH[4]}"
    elif [[ $line =~ $include ]]; then
      printf '%s' "${BASH_REMATCH[1]}"
    else
      continue
    fi
    return 0
  done < <(systemctl show --property=ExecStart -- nftables.service 2>/dev/null || :)
}

# What the file makes of nothing, in a network namespace of its own, where it is loaded without harm.
alone_ruleset() { # FILE
  # shellcheck disable=SC2016 # the other bash expands it
  unshare --net -- bash -c 'nft -f "$1" && nft list ruleset' - "$1" 2>/dev/null
}

# Read once.
load_nft_file() { # FILE -> $alone, `none` where it cannot be loaded so
  [[ ${loaded[nft_file]:-} ]] || loaded[nft_file]=$(alone_ruleset "$1" && echo .) || loaded[nft_file]=none
  alone=${loaded[nft_file]}
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

# Which rules keep out what is described to get in.

# What names an address is of one family, and so is what iptables lets in.
find_kept_what() { # WHAT [MANAGER] -> $kept_out
  local family=4
  kept_out=''
  load_rules_in_force
  ((${#base_chains[@]})) || return 0
  ! describes_ipv6 || family=both
  case ${2:-}:$1 in
    *' from '*:* | *:'untracked '*:*) family=6 ;;
    *' from '* | *:'untracked '* | iptables:*) family=4 ;;
    ip6tables:*) if [[ $family == both ]]; then family=6; else family=''; fi ;;
  esac
  [[ -z $family ]] || find_kept_from "$1" "$family"
}

# Is an address of IPv6 described, in this run or left out of it?
describes_ipv6() {
  local i
  for ((i = 0; i < ${#r_kind[@]}; i++)); do [[ ${r_kind[i]} != address || ${r_name[i]} != *:* ]] || return 0; done
  for ((i = 0; i < ${#left_out[@]}; i += 3)); do [[ ${left_out[i]} != address || ${left_out[i + 1]} != *:* ]] || return 0; done
  return 1
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

# ---- walk: the one way to what stands at a path -------------------------------------------------------
#
# Whoever can change a directory decides what the names in it, and below it, mean. So a path is walked from the top (from DIR,
# with --root DIR, as in a chroot), and each component looked at, after the rule of systemd-tmpfiles ("unsafe path transition"):
#   - Where only root can change anything on the way, names are what root made them. Links of root's are followed
#     (/var/run, EL7's /etc/rc.local), and what is done is done by name.
#   - From the first directory on that others can change too (it is theirs, or they may write to it), no link is followed, and
#     every directory is opened and checked to lie in the one before it. What is done is done in that very directory, by its
#     descriptor: whoever exchanges a directory for a link meanwhile has no say in where it happens.

declare -A link_of=() # `STATE LINK` -> the targets of links that were followed

# PATH, which begins with $root, as it is without links: $root$real. $shared: the first directory on the way that others than
# root can change. $in_the_way: what is no directory, though the path leads through it.
walk() { # PATH [last: a link in the last place is followed too]
  local rest=${1#"$root"}/ name stat uid target sticky='' hops=0
  real='' shared='' in_the_way=''
  go_into ''
  while [[ $rest ]]; do
    name=${rest%%/*} rest=${rest#*/}
    case $name in
      '' | .) continue ;;
      ..)
        real=${real%/*}
        [[ $real/ == "${shared%/}"/* ]] || shared=''
        go_into "$real"
        continue
        ;;
    esac
    stat_path "$root$real/$name"
    uid=${stat#* } uid=${uid%% *}
    # The sticky bit keeps what is root's, a directory, in its place; a name that is free, anyone may take.
    if [[ $sticky ]] && { [[ $stat != *' directory' ]] || ! is_own "$uid"; } && { [[ -z $foreseen ]] || ! is_foreseen "$real/$name"; }; then shared=${shared:-$sticky}; fi
    sticky=''
    if [[ $stat == *' symbolic link' && ($rest || ${2:-}) ]]; then
      may_follow "$root$real/$name" "$stat" || return 1
      ((++hops < 40)) || { unsafe "$root$real/$name is a loop of symbolic links" && return 1; }
      [[ ${link_of["$stat $real/$name"]:-} ]] || link_of["$stat $real/$name"]=$(readlink -- "$root$real/$name")
      target=${link_of["$stat $real/$name"]}
      [[ $target != /* ]] || real=''
      rest=$target/$rest
      go_into "$real"
      continue
    fi
    real+=/$name
    [[ $rest && $stat ]] || continue
    [[ $stat == *' directory' ]] || { in_the_way=$real && unsafe "$root$real is not a directory, and ${1#"$root"} lies below it" && return 1; }
    go_into "$real"
  done
}

own_uid=0 # for whom it is done: root, or whoever runs what needs no root

is_own() { # UID
  [[ $1 == 0 || $1 == "$own_uid" ]]
}

# Can others than root change what names in this directory mean?
go_into() { # DIRECTORY, below $root -> $shared and $sticky of walk
  local stat mode uid
  sticky=''
  [[ -z $shared ]] || return 0
  [[ -z $foreseen ]] || ! is_foreseen "$1" || return 0
  if [[ $1 ]]; then stat_path "$root$1"; else stat_path "${root:-/}"; fi
  mode=${stat%% *} uid=${stat#* } uid=${uid%% *}
  [[ $stat ]] || return 0
  if ! is_own "$uid"; then
    shared=${1:-/}
  elif ((8#0${mode//[!0-7]/} & 8#022)); then
    if ((8#0${mode//[!0-7]/} & 8#1000)); then sticky=${1:-/}; else shared=${1:-/}; fi
  fi
}

foreseen='' # while directories count as they are described

# Will it be a directory that root alone can change?
is_foreseen() { # PATH below $root
  local i stat mode uid described_mode described_owner _
  i=${described["${traits[parent]} $1"]:-}
  [[ $i ]] || return 1
  stat_path "$root$1"
  [[ -z $stat || $stat == *' directory' ]] || return 1
  # One that is made is root's, and nobody else may write to it.
  [[ $stat ]] || stat='0755 0'
  read -r mode uid _ <<<"$stat"
  read -r _ described_mode described_owner _ <<<"${r_state[i]}"
  [[ $described_mode == - ]] || mode=$described_mode
  [[ $described_owner != - || $uid != 0 ]] || described_owner=root
  if ((8#0${mode//[!0-7]/} & 8#022)); then return 1; fi
  [[ $described_owner == root || $described_owner == 0 ]]
}

may_follow() { # LINK STATE, with $shared
  local uid user changeable _
  read -r _ uid _ user _ <<<"$2"
  if [[ $shared ]]; then
    owner_of_shared
    unsafe "$1 is a symbolic link of $user's, and is not followed: $changeable"
    if is_shared_by_all; then
      failure+=$'\n'"Have a directory or a file of root's in its place."
    else
      failure+=$'\n'"Have a directory or a file in its place; or let nobody but root change $root$shared: chown root $root$shared; chmod go-w $root$shared"
    fi
    return 1
  fi
  ! is_own "$uid" || return 0
  unsafe "$1 is a symbolic link of $user's, and only root's are followed"
  failure+=$'\n'"Look where it leads. If that is right: chown -h root $1"
  return 1
}

owner_of_shared() { # -> $changeable
  local stat mode user _
  if [[ $shared == / ]]; then stat_path "${root:-/}"; else stat_path "$root$shared"; fi
  read -r mode _ _ user _ <<<"$stat"
  changeable="others than root can change $root$shared (it is $user's, with mode $mode)"
}

# In a directory like /tmp, which nobody is to be told to close: whose names may be taken by anybody, but stay root's where they are.
is_shared_by_all() { # with $shared
  local stat mode uid _
  stat_path "$root$shared"
  read -r mode uid _ <<<"$stat"
  is_own "$uid" && ((8#0${mode//[!0-7]/} & 8#1000))
}

unsafe() { # WHAT
  failure=$1 lacking=69
}

# ---- paths: the directory that one lies in, what is read there, and what the records call it --------------
#
# What `walk` has found is acted on by name where only root can change the names on the way, and by an open directory elsewhere.

# The directory that PATH lies in, as $at, and its name there, as $leaf: by name where only root can change that, else by an
# open descriptor, until `leave`. With $making, directories that are missing are made. $new_leaf is the name under which what is to
# stand there is made ready: on a share another host may write the same file at that moment, so the name has this host's in it.
handle='' making='' new_leaf=''
reach() { # PATH [last]
  local rest name
  leave
  walk "$@" || return 1
  leaf=${real##*/} at=$root${real%/*} new_leaf=.lvsgen.${real##*/}
  if [[ -z $shared ]]; then
    [[ -z $making || -d ${at:-/} ]] || make_missing "$at"
    return
  fi
  open_directory "$root$shared/." || return 1
  rest=${real%/*} rest=${rest#"${shared%/}"}
  while [[ $rest ]]; do
    rest=${rest#/} name=${rest%%/*} rest=${rest#"${rest%%/*}"}
    descend "$name" || { leave && return 1; }
  done
  at=/proc/self/fd/$handle new_leaf=.lvsgen.$host.$leaf
  # A name has 255 bytes at most.
  new_leaf=${new_leaf:0:255}
}

# Without the set-group-id bit of the directory above, like a described one.
make_missing() { # DIRECTORY
  local above=$1 new_mode
  local -a unmade=()
  while [[ $above && ! -d $above ]]; do
    unmade=("$above" ${unmade[@]+"${unmade[@]}"})
    above=${above%/*}
  done
  mode_of_new
  run mkdir -m "$new_mode" -- "${unmade[@]}" # never empty
}

mode_of_new() { # -> $new_mode; with five digits mkdir and chmod take the set-group-id bit off
  local masked
  masked=$(umask)
  printf -v new_mode '%05o' "$((8#777 & ~8#0${masked//[!0-7]/}))"
}

leave() {
  [[ -z $handle ]] || exec {handle}<&-
  handle=''
}

# With /. at its end the path of anything but a directory is refused: a FIFO keeps nobody waiting.
open_directory() { # DIRECTORY/. -> $handle
  local opened
  { exec {opened}<"$1"; } 2>/dev/null || { failure="cannot open the directory ${1%/.}" && return 1; }
  leave
  handle=$opened
}

# From the open directory into one that lies in it. What was a link by now lies elsewhere.
descend() { # NAME
  local above=$handle into=/proc/self/fd/$handle/$1 changeable new_mode
  if [[ $making && ! -e $into && ! -L $into ]]; then
    mode_of_new
    run_as "mkdir $1 on the way to $root$real" mkdir -m "$new_mode" -- "$into" || { failure="cannot make the directory $1 in ${at#"$root"}" && return 1; }
  fi
  handle=''
  if ! open_directory "$into/."; then
    handle=$above
    owner_of_shared
    failure="cannot open the directory $1 on the way to $root$real: $changeable"
    return 1
  fi
  [[ /proc/self/fd/$handle/.. -ef /proc/self/fd/$above/. ]] && exec {above}<&- && return 0
  exec {above}<&-
  owner_of_shared
  unsafe "$1 on the way to $root$real was exchanged while it was walked: $changeable"
  return 1
}

make_parents() { # PATH
  local making=1
  reach "$1" && leave
}

# The text of what `walk` found. Where others can exchange it meanwhile, nothing that they put there keeps the run waiting.
read_found() { # [BYTES at most]
  content=''
  if [[ -z $shared ]]; then
    read_text "$root$real"
    return
  fi
  [[ -f $root$real && ! -L $root$real ]] || return 1
  # A NUL byte ends the read, and the full stop at the end says that dd came through.
  ! IFS= read -r -d '' content < <({ dd if="$root$real" iflag=nofollow,nonblock,fullblock bs="${1:-1048576}" count=1 status=none && printf .; } 2>/dev/null || :) || return 1
  [[ $content == *. ]] || return 1
  content=${content%.}
}

# Of a long text `==` needs seven copies, and this three.
is_content_described() { # with $content and $text
  [[ ! $content < $text && ! $content > $text ]]
}

# A failure as a person reads it: descriptors have names.
named() { # TEXT -> $named
  named=$1
  [[ -z $handle ]] || named=${1//"$at"/"$root${real%/*}"}
}

# A role's own part of a file is written down by the file that its path leads to: a link that leads elsewhere later leads to another.
place_of() { # KIND NAME -> $place
  local real shared in_the_way
  place=$2
  ! is_by_place "$1" || ! can_reach "$1" "$2" || place=$real
}

is_by_place() { # KIND
  has "$1" own && has "$1" path part
}

# A link that leads to nothing, in the place where a file was: a hand took away the one and made the other.
leads_nowhere() { # PATH
  local real shared in_the_way
  walk "$root$1" && [[ -L $root$real ]] && walk "$root$1" last && [[ ! -e $root$real && ! -L $root$real ]]
}

# Is there a safe way to the resource?
can_reach() { # KIND NAME
  local path last=''
  has "$1" path || return 0
  has "$1" path whole || last=last
  path_of "$1" "$2"
  walk "$root$path" "$last"
}

# Of what the kernel, or a daemon at the next boot, is told by its name: where others can change a name on the way, it leads where they like.
is_settled() { # PATH WHAT-COULD-HAPPEN [last] -> $real
  local changeable name
  walk "$1" "${3:-}" || return 1
  [[ $shared ]] || return 0
  owner_of_shared
  unsafe "$2: $changeable"
  if is_shared_by_all; then
    name=${real#"${shared%/}/"} name=${shared%/}/${name%%/*}
    failure+=$'\n'"Everybody may put a name into $shared: have a directory of root's at $name (mkdir $name, or chown root $name), or take another place."
  else
    failure+=$'\n'"Let only root change the directories above it: chown root $shared; chmod go-w $shared"
  fi
  return 1
}

# Is it so when the directories stand as they are described?
will_be_settled() { # PATH [last]
  local foreseen=1
  walk "$@" && [[ -z $shared ]]
}

# ---- guard: what is looked at before anything is changed -----------------------------------------------------------

# A journal says what is to be written where, so it counts only where nobody but root can have written it.
refuse_foreign_state() {
  local entry
  for entry in "$state_dir/generations/." "$state_dir/blobs/."; do
    walk "$entry" last || refuse_state "${failure%%$'\n'*}"
    [[ -z $shared ]] || refuse_state "others than root can change $root$shared"
  done
  for entry in "$state_home"/* "$state_home"/*/* "$state_home"/*/*/* "$state_dir"/generations/*; do
    # Versions of files that were changed by hand keep their owners.
    [[ (-e $entry || -L $entry) && $entry != "$state_home"/kept-by-hand/* ]] || continue
    [[ -O $entry && ! -L $entry && (-f $entry || -d $entry) ]] || refuse_state "$entry is neither a file nor a directory of root's"
  done
}

refuse_state() { # WHY
  die 69 "$1: what lies in $state_home is not taken for lvsgen's journal" \
    "Look at it with care. If lvsgen never ran here, move $state_home away; if it did, give it, and what lies above it, back to root (chown root, chmod go-w)."
}

# What would keep whoever looks at it, or below it, waiting for ever ends the run.
guard_described() {
  local i
  local -a picked
  pick _guard
  for i in ${picked[@]+"${picked[@]}"}; do "${r_kind[i]}_guard" "${r_name[i]}"; done
}

led_to=() # paths without links, where they are not as they are described: /run/app/conf for /var/run/app/conf
declare -A leads=() # `KIND NAME` with such a path -> 1, of what is a part of a file

# A link in the way that is not root's, a loop of them, or a file where a directory is to be, unless it goes first; a mount point
# that others could move.
refuse_unsafe_paths() {
  local i kind name found='' real in_the_way
  local -a picked
  pick path _reach
  for i in ${picked[@]+"${picked[@]}"}; do
    kind=${r_kind[i]} name=${r_name[i]} in_the_way=''
    real=$name
    if is_function "${kind}_reach"; then
      ! "${kind}_reach" "$name" || continue
    elif can_reach "$kind" "$name"; then
      if [[ $real != "$name" ]]; then
        led_to+=("$real")
        ! is_by_place "$kind" || leads["$kind $real"]=1
      fi
      continue
    fi
    [[ -z $in_the_way ]] || ! goes_first "$in_the_way" || continue
    report_failure "$kind" "$name"
    found=1
  done
  refuse_unsafe_ways_back
  [[ -z $found ]] || die 69 'there is no safe way to what is described' "Nothing was changed."
  failure='' lacking=1
}

# The same for what is described no longer and is to be as before.
refuse_unsafe_ways_back() { # -> $found
  local i kind name real in_the_way carrier holder
  for i in ${going[@]+"${going[@]}"}; do
    has "${u_kind[i]}" path || continue
    kind=${u_kind[i]} name=${u_name[i]} real='' in_the_way='' failure='' lacking=1
    if ! is_leftover "$kind" "$name" || can_reach "$kind" "$name"; then continue; fi
    if [[ -z $root ]] && was_carried "$i"; then continue; fi
    if [[ $in_the_way ]] && goes_first "$in_the_way"; then continue; fi
    if is_taken "$kind" "$name" "${u_record[i]}" || undo_is_done "$kind" "$name" "${u_record[i]}"; then continue; fi
    can_reach "$kind" "$name" || [[ -z $in_the_way ]] || failure+=$'\n'"It is described no longer and goes back to what it was: move $root$in_the_way away first."
    report_failure "$kind" "$name"
    found=1
  done
}

# Is it lvsgen's own, no longer described, and nothing but a directory was there before?
goes_first() { # PATH
  local i
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_name[i]} == "$1" && ${u_record[i]} != 'saved '* ]] && has "${u_kind[i]}" path && is_leftover "${u_kind[i]}" "$1" && return 0
  done
  return 1
}

# The system against the description.
check_platform() {
  local name
  local -a files=()
  platform_facts
  paths+=("$root/etc/os-release" "$root/usr/lib/os-release")
  # Below --root a link leads to what lies below it too.
  for name in /etc/os-release /usr/lib/os-release; do
    if walk "$root$name" last; then files+=("$root$real"); fi
  done
  lacking=1
  read_release ${files[@]+"${files[@]}"}
  ! is_release "$platform_releases" || return 0
  if [[ $force_platform || -n $root && -z $release_id ]]; then
    complain "this is $release_name, described is $platform: going on"
    return 0
  fi
  die 78 "this is $release_name ($release_id:$release_version), but $host is described as $platform ($platform_releases)" \
    "Mend the platform in the description and build again, or try with --force-platform"
}

# ---- on a share: what lies below a described mount point, while nothing described is mounted there --------------------
#
# A record knows a file by its path. What was written to the local directory, or to an image, would be taken for the file on the share as
# soon as that is mounted, and the way back would take away the server's own. So nothing is written there but on the share.

shares_away=() # names of carriers that are described and not there: with --root all of them, with --only those that are left out
on_share=()    # with --root: `KIND NAME` of what is left out for that, and the carrier, each after the other

# Does the path lead below one of them?
lies_on() { # KIND NAME, with ${shares_away[@]} -> $carrier
  local path real='' shared in_the_way='' failure='' lacking=''
  ((${#shares_away[@]})) || return 1
  can_reach "$1" "$2" || real=''
  path_of "$1" "$2"
  for carrier in "${shares_away[@]}"; do # never empty
    [[ $path != "${carrier%/}"/?* && $real != "${carrier%/}"/?* ]] || return 0
  done
  return 1
}

# Of an image: described is what lies in it.
leave_out_on_share() {
  local i carrier only=''
  local -a picked kinds names states texts
  local -A out=() # indices in r_kind
  ((${#shares_away[@]} && ${#r_kind[@]})) || return 0
  pick path
  for i in ${picked[@]+"${picked[@]}"}; do
    lies_on "${r_kind[i]}" "${r_name[i]}" || continue
    out[$i]=1 on_share+=("${r_kind[i]} ${r_name[i]}" "$carrier")
  done
  ((${#out[@]})) || return 0
  kinds=("${r_kind[@]}") names=("${r_name[@]}") states=("${r_state[@]}") texts=("${r_text[@]}") # never empty
  forget_described
  for ((i = 0; i < ${#kinds[@]}; i++)); do
    [[ ${out[$i]:-} ]] || describe "${kinds[i]}" "${names[i]}" "${states[i]}" "${texts[i]}"
  done
}

tell_on_share() {
  local i
  for ((i = 0; i < ${#on_share[@]}; i += 2)); do
    say "left out: ${on_share[i]} lies on the share of ${on_share[i + 1]}, which an image does not have; the apply on the host writes it"
  done
}

# Where --only leaves the share out, it has to be mounted already.
refuse_on_share() {
  local i kind name state have carrier found='' missing=''
  local -a picked
  for ((i = 0; i < ${#left_out[@]}; i += 3)); do
    kind=${left_out[i]} name=${left_out[i + 1]} state=${left_out[i + 2]}
    # Often by the thousand.
    [[ ${traits["$kind carrier"]:-} ]] || continue
    "${kind}_there" "$name" || shares_away+=("$name") missing=$kind
  done
  ((${#shares_away[@]})) || return 0
  pick path
  for i in ${picked[@]+"${picked[@]}"}; do
    lies_on "${r_kind[i]}" "${r_name[i]}" || continue
    report failed "${r_kind[i]}" "${r_name[i]}" "it lies on the share of $carrier, which is not mounted"
    found=1
  done
  [[ -z $found ]] || die 69 'what lies on a share is written there alone, and not to the directory below it' "Nothing was changed. Mount the share along with it: --only $only,$missing"
}

declare -A mounted_before=() # by carrier: yes or no, of the records that are loaded

# Did a run on the host itself find it there, or mount it? Who only ever worked on an image, wrote into the image.
was_mounted() { # CARRIER, with u_* and $held_before
  local i escaped
  if [[ -z ${mounted_before[$1]:-} ]]; then
    escape "$1"
    mounted_before[$1]=no
    [[ $held_before != *$'\n'"${traits[carrier]} $escaped"$'\n'* ]] || mounted_before[$1]=yes
    for ((i = 0; i < ${#u_kind[@]}; i++)); do
      [[ ${u_name[i]} != "$1" ]] || ! has "${u_kind[i]}" carrier || mounted_before[$1]=yes
    done
  fi
  [[ ${mounted_before[$1]} == yes ]]
}

# Such a record says nothing of what lies in the image.
was_on_share() { # INDEX in u_kind -> $carrier
  local i
  has "${u_kind[$1]}" path && ! is_in_image "$1" || return 1
  ! lies_on "${u_kind[$1]}" "${u_name[$1]}" || ! was_mounted "$carrier" || return 0
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    carrier=${u_name[i]}
    [[ ${u_name[$1]} != "${carrier%/}"/?* ]] || ! has "${u_kind[i]}" carrier || return 0
  done
  return 1
}

# Does what an earlier version of lvsgen wrote into the image lie there?
is_in_image() { # INDEX in u_kind
  local sum='' have key='' real='' shared in_the_way failure='' lacking=''
  [[ ${u_record[$1]} == absent ]] && is_function "${u_kind[$1]}_written" && can_reach "${u_kind[$1]}" "${u_name[$1]}" || return 1
  "${u_kind[$1]}_written" "${u_name[$1]}"
  "${u_kind[$1]}_found" "${u_name[$1]}" && [[ $sum && ${written[$key]:-} == *" $sum "* ]]
}

# ---- obstacles: what stands in the way and is not lvsgen's, and what a change would take from this host ----------
#
# Every resource is asked before anything changes, so that all of it is named at once. KIND_obstacle NAME sets $obstacle: the first
# line says what, the others what to do about it. Where it sets $adoptable too, --adopt takes over what stands there: the journal has it,
# and a rollback or an uninstall gives it back. KIND_adopt NAME takes it away, where nothing else does that.

adopt=''

accept --adopt adopt "take over what stands in the way: it goes to the journal, and uninstall gives it back"

met=() met_text=() met_adoptable=() met_taker=() # INDEX in r_kind, what was found, 1 where it can be taken over, and the function that does so

find_obstacles() { # -> ${met[@]} and those beside it
  local i j kind name state text have='' path
  local -a words picked covered=()
  met=() met_text=() met_adoptable=() met_taker=()
  find_covered
  pick path _obstacle
  for i in ${picked[@]+"${picked[@]}"}; do
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]}
    if ! has "$kind" path; then
      meets "${kind}_obstacle" "$name" "${kind}_adopt" || :
      continue
    fi
    path_of "$kind" "$name"
    ! is_covered "$path" || continue
    ! meets other_type "$name" '' || continue
    meets "${kind}_obstacle" "$name" "${kind}_adopt" || :
    lasting_kinds "$path"
    for ((j = 0; j < ${#words[@]}; j++)); do meets "${words[j]}_rivals" "$path" "${words[j]}_oust" || :; done
  done
}

meets() { # QUESTION NAME TAKER, of the resource at index $i
  local obstacle='' adoptable=''
  is_function "$1" || return 1
  "$1" "$2"
  [[ $obstacle ]] || return 1
  met+=("$i") met_text+=("$obstacle") met_adoptable+=("$adoptable") met_taker+=("$3")
}

# A mount that this run makes, or that goes in it: what will lie below it is not to be seen yet.
find_covered() { # -> ${covered[@]}
  local i state text have
  local -a picked
  covered=()
  [[ -z $root ]] || return 0
  pick carrier
  for i in ${picked[@]+"${picked[@]}"}; do
    state=${r_state[i]} text=${r_text[i]}
    is_same "${r_kind[i]}" "${r_name[i]}" || covered+=("${r_name[i]}")
  done
  for i in ${going[@]+"${going[@]}"}; do
    ! has "${u_kind[i]}" carrier || ! is_leftover "${u_kind[i]}" "${u_name[i]}" || covered+=("${u_name[i]}")
  done
}

is_covered() { # PATH
  local target
  for target in ${covered[@]+"${covered[@]}"}; do [[ $1 != "$target"/* ]] || return 0; done
  return 1
}

# Something of another type where a file or a directory is to be, or a file that is not text, of which a part is to be lvsgen's. (A link in
# a file's place is replaced, and kept.)
other_type() { # NAME, with $kind and $path
  local real shared in_the_way type content wanted='a regular file'
  can_reach "$kind" "$1" || return 0
  [[ -e $root$real || -L $root$real ]] || return 0
  if is_directory "$kind"; then
    wanted='a directory'
    [[ ! -d $root$real || -L $root$real ]] || return 0
  elif has "$kind" path part; then
    # A mode alone is anything's.
    is_function "${kind}_text" || return 0
    if [[ -f $root$real && ! -L $root$real ]]; then
      [[ $shared ]] || read_found || obstacle="$root$real holds a NUL byte"$'\n'"It is no text, of which a part could be lvsgen's: look at it, and mend it by hand."
      return 0
    fi
  else
    [[ ! -f $root$real && ! -L $root$real ]] || return 0
  fi
  ! makes_way "$path" || return 0
  type_at "$root$real"
  obstacle="it is $type, where $wanted is to be"$'\n'
  if is_put_here "$path"; then
    obstacle+="lvsgen put it there, and it is described no longer: an apply without --only takes it away."
  else
    obstacle+="Look at it: $root$real. If nobody needs it, move it away, or take it out of the description."
  fi
}

is_put_here() { # PATH
  local key path
  for key in ${put_here[@]+"${!put_here[@]}"}; do
    path_of "${key%% *}" "${key#* }"
    [[ $path != "$1" ]] || return 0
  done
  return 1
}

# Is it lvsgen's own, no longer described, and nothing was there before?
makes_way() { # PATH
  local i path
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    if [[ -z ${u_kind[i]} || ${u_record[i]} != absent ]] || ! has "${u_kind[i]}" path; then continue; fi
    path_of "${u_kind[i]}" "${u_name[i]}"
    if [[ $path != "$1" ]] || ! is_leftover "${u_kind[i]}" "${u_name[i]}"; then continue; fi
    ! has "${u_kind[i]}" parent || ! keeps_something "$1" || continue
    return 0
  done
  return 1
}

type_at() { # PATH -> $type
  if [[ -L $1 ]]; then
    type='a symbolic link'
  elif [[ -d $1 ]]; then
    type='a directory'
  elif [[ -f $1 ]]; then
    type='a file'
  elif [[ -p $1 ]]; then
    type='a FIFO'
  elif [[ -S $1 ]]; then
    type='a socket'
  else
    type='a device'
  fi
}

refuse_obstacles() {
  local i n found='' all_adoptable=1 lacking=69 again
  find_obstacles
  for ((n = 0; n < ${#met[@]}; n++)); do
    i=${met[n]}
    if [[ $adopt && ${met_adoptable[n]} ]]; then continue; fi
    [[ ${met_adoptable[n]} ]] || all_adoptable=''
    failure=${met_text[n]}
    report_failure "${r_kind[i]}" "${r_name[i]}"
    found=1
  done
  failure=''
  if [[ -z $found ]]; then
    return 0
  elif [[ $all_adoptable ]]; then
    name_again
    die 69 'something else stands in the way' "Nothing was changed. Look at it; --adopt takes it over, and uninstall gives it back: bash $again apply --adopt"
  fi
  die 69 'apply would take from this host what it needs, or meets what it cannot take over' 'Nothing was changed.'
}

# What stands in the way goes, with --adopt; `check` says what would.
adopt_obstacles() {
  local i n kind name state text path
  for ((n = 0; n < ${#met[@]}; n++)); do
    i=${met[n]}
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]}
    if [[ $mutating != yes ]]; then
      report pending "$kind" "$name" "taken over: ${met_text[n]%%$'\n'*}"
      continue
    fi
    failure='' lacking=1 path=$name
    ! has "$kind" path || path_of "$kind" "$name"
    [[ ${met_taker[n]} != *_oust ]] || name=$path
    if is_function "${met_taker[n]}" && ! "${met_taker[n]}" "$name"; then
      report_failure "$kind" "${r_name[i]}"
      return 1
    fi
    report changed "$kind" "${r_name[i]}" "taken over: ${met_text[n]%%$'\n'*}"
  done
}

# ---- lasting: what files bring about at the next boot ---------------------------------------------------------
#
# What a file brings about at the next boot is of another kind, which has its path as the trait `lasts`: that kind is asked for
# what else here decides the same at boot (KIND_rivals PATH), and takes that away (KIND_oust PATH). So it is found wherever the file is
# written, below --root too.

kinds_that_last='' # once they were asked for

# Kinds that a file at this path makes last.
lasting_kinds() { # PATH -> ${words[@]}
  local lasting
  local -a all
  if [[ -z $kinds_that_last ]]; then
    split_words "$all_kinds"
    for lasting in "${words[@]}"; do # never empty
      ! has "$lasting" lasts || kinds_that_last+="$lasting "
    done
    kinds_that_last+=' '
  fi
  split_words "$kinds_that_last"
  all=(${words[@]+"${words[@]}"}) words=()
  for lasting in ${all[@]+"${all[@]}"}; do
    # shellcheck disable=SC2053 # a pattern
    [[ $1 != ${traits["$lasting lasts"]} ]] || words+=("$lasting")
  done
}

# What several roles have in their parts of such a file counts once there, as it is written.
lines_once() { # PATH, with $content -> $content
  local kind
  local -a words
  lasting_kinds "$1"
  for kind in ${words[@]+"${words[@]}"}; do
    ! is_function "${kind}_once" || "${kind}_once"
  done
}

# And as each role has written its own, as it is compared.
lines_each() { # PATH, with $content -> $content
  local kind
  local -a words
  lasting_kinds "$1"
  for kind in ${words[@]+"${words[@]}"}; do
    ! is_function "${kind}_each" || "${kind}_each"
  done
}

# What was taken away for the sake of the next boot is away for what files bring about then: `lasts KIND NAME`, by the name that KIND_oust
# took it away for. The page says it in every run, also in one that does not describe the live state: below --root, and with --only.
lasting_keys() { # INDEX in r_kind, added to $keys
  local text=${r_text[$1]} path kind name escaped
  local -a words lasting
  [[ $text ]] && has "${r_kind[$1]}" path || return 0
  path_of "${r_kind[$1]}" "${r_name[$1]}"
  lasting_kinds "$path"
  for kind in ${words[@]+"${words[@]}"}; do
    lasting=()
    "${kind}_lasting"
    for name in ${lasting[@]+"${lasting[@]}"}; do
      escape "$name"
      keys+="lasts $kind $escaped"$'\n'
    done
  done
}

# Does a boot leave a unit out, for somebody has masked it? (What `mask --runtime` does, ends with the boot.)
is_masked_at_boot() { # UNIT
  [[ -e $root/etc/systemd/system/$1 && ! -s $root/etc/systemd/system/$1 ]]
}

# What the next boot would make otherwise than the file at a path says, though all of it is as described now.
report_rivals() { # INDEX
  local j kind=${r_kind[$1]} name=${r_name[$1]} state=${r_state[$1]} text=${r_text[$1]} path obstacle adoptable
  local -a words
  has "$kind" path && is_function "${kind}_text" || return 0
  path_of "$kind" "$name"
  lasting_kinds "$path"
  for ((j = 0; j < ${#words[@]}; j++)); do
    obstacle='' adoptable=''
    "${words[j]}_rivals" "$path"
    [[ $obstacle ]] || continue
    failure=$obstacle
    report_failure "$kind" "$name"
  done
  failure=''
}

# ---- what --adopt took away: a rollback or an uninstall puts it back, once nobody needs it away any more -------------------------
#
# Lines of a file, or a file as a whole. Known from journals alone. The name is `PATH SUM for KIND NAME`: the sum tells what was taken out
# now from what a hand writes there later; KIND and NAME say what for. A role of any cluster may need it away for that: the last of
# them gives it back, also where it is only described no longer.

kind displaced path=part last recorded stale='stat mount unit'

displaced_path() { # NAME -> $path
  path=${1%% for *}
  path=${path% *}
}

# What a file brings about at the next boot, or what KIND_away NAME says.
displaced_away_for() { # NAME -> $key
  local kind=${1#* for }
  key=$kind kind=${kind%% *}
  if is_function "${kind}_away"; then "${kind}_away" "${key#* }"; else key="lasts $key"; fi
}

# Takes lines out of a file; what it was is written down first.
displace() { # PATH `KIND NAME` LINES, each with a line end
  local path content='' mode=- owner=- group=- kept
  begin_changes && read_for_change "$1" && journal_displaced "$path" "$1" "$2" "$3" || return 1
  without_lines "$content" "$3" || { failure="cannot work on the text of $1" && return 1; }
  replace_file "$path" "$mode" "$kept" "$owner" "$group" || return 1
  note_systemd_file "$1"
  forget_snapshots displaced
}

# A file that is in the way as a whole.
displace_file() { # PATH `KIND NAME`
  local content='' real shared in_the_way
  begin_changes && walk "$root$1" || return 1
  [[ -L $root$real ]] || read_found || { failure="cannot read $1: it is no regular file, or holds a NUL byte" && return 1; }
  journal_displaced "$root$real" "$1" "$2" "$content" && remove_file "$root$real" || return 1
  note_systemd_file "$1"
  forget_snapshots displaced
}

journal_displaced() { # FILE PATH `KIND NAME` TEXT
  local sum name blob
  [[ $2 != *' for '* ]] || { failure="$2: move it away by hand" && return 1; }
  sum_of_text "$4" || return 1
  name="$2 ${sum:0:12} for $3"
  journaled displaced "$name" || { keep_blob "$1" && journal displaced "$name" "saved $blob" wrote "displaced $name" absent; }
}

# -> $lines: those of the text that are in the way of what it was displaced for; fails where that was the file as a whole.
displaced_lines() { # NAME, with $content
  local whose=${1#* for } kind numbers
  kind=${whose%% *}
  is_function "${kind}_displaced" || return 1
  "${kind}_displaced" "${whose#* }"
}

displaced_probe() { # NAME
  have=displaced
}

# Where it is described no longer, the way back leads to where it was away.
displaced_record() { # NAME
  record=absent
}

displaced_undone() { # NAME RECORD -> $have
  local path real shared in_the_way now content='' lines='' merged
  displaced_path "$1"
  have=displaced
  if [[ -L $state_dir/blobs/${2#saved } ]]; then
    walk "$root$path" && [[ -L $root$real && $(readlink -- "$root$real") == "$(readlink -- "$state_dir/blobs/${2#saved }")" ]]
    return
  fi
  [[ $2 == absent ]] || ! is_kept_copy "$path" "${2#saved }" || return 0
  walk "$root$path" last || return 1
  if [[ ! -e $root$real && ! -L $root$real ]]; then
    [[ $2 == absent ]]
    return
  fi
  read_found || return 1
  if [[ $2 == absent ]]; then
    displaced_lines "$1" && [[ -z $lines ]]
    return
  fi
  now=${content%$'\n'}
  read_kept "${2#saved }" && displaced_lines "$1" || return 1
  with_lines "$now" "$lines" "$content"
  # With the text of before it is to be the very file again.
  [[ ${merged%$'\n'} == "$now" && $now != "${content%$'\n'}" ]]
}

displaced_set() { # NAME RECORD
  local path blob=$state_dir/blobs/${2#saved }
  displaced_path "$1"
  if [[ $2 == absent ]]; then
    take_out "$1" "$path"
  elif [[ -L $blob ]]; then
    restore_blob "$root$path" "${2#saved }"
  else
    put_in_again "$1" "$path" "${2#saved }"
  fi && note_systemd_file "$path"
}

take_out() { # NAME PATH
  local path content='' mode=- owner=- group=- lines='' kept
  read_for_change "$2" || return 1
  if displaced_lines "$1"; then
    without_lines "$content" "$lines" || { failure="cannot work on the text of $2" && return 1; }
    replace_file "$path" "$mode" "$kept" "$owner" "$group"
  else
    remove_file "$path"
  fi
}

# The very file where nothing else changed, and where it was away as a whole: what a hand has put in its place is kept aside before. Else the
# lines that were taken out, where they stood.
put_in_again() { # NAME PATH BLOB
  local path content='' mode=- owner=- group=- lines='' now merged
  read_for_change "$2" || return 1
  now=$content
  read_kept "$3" || { failure="the kept copy of $2 is missing or damaged" && return 1; }
  if ! displaced_lines "$1"; then
    restore_blob "$path" "$3"
    return
  fi
  with_lines "$now" "$lines" "$content"
  if [[ -e $path && $merged == "$now" && ${now%$'\n'} != "${content%$'\n'}" ]]; then
    return 0
  elif [[ ! -e $path ]] || { [[ ${merged%$'\n'} == "${content%$'\n'}" ]] && has_rights_of_blob "$path" "$3"; }; then
    restore_blob "$path" "$3"
  else
    replace_file "$path" "$mode" "$merged" "$owner" "$group"
  fi
}

# Lines that are back in a file with a part of this role's in it: it is the very file again when that goes, so the record stays.
displaced_waits() { # NAME RECORD
  local marks
  [[ $2 != absent ]] && lines_of_others "$1" && [[ $'\n'$marks == *$'\n'"# BEGIN lvsgen $cluster $role"$'\n'* ]]
}

# Or a part of another's: that one gives the very file back.
displaced_rest() { # NAME RECORD -> $holder
  local marks mark
  if [[ $2 == absent ]] || ! lines_of_others "$1" || displaced_waits "$1" "$2"; then return 0; fi
  while IFS= read -r mark; do
    role_of_mark "$mark" || continue
    hand_over displaced "$1" "$2"
    return
  done <<<"$marks"
}

# -> $marks: those of lvsgen's parts in the file; fails where it was displaced as a whole.
lines_of_others() { # NAME
  local path content='' lines='' line real shared in_the_way
  marks=''
  displaced_path "$1"
  displaced_lines "$1" && walk "$root$path" last && read_found || return 1
  while IFS= read -r line; do
    [[ $line != '# BEGIN lvsgen '* ]] || marks+=$line$'\n'
  done <<<"$content"
}

displaced_written() { # NAME -> $key
  key="displaced $1"
}

# Of lines, what a hand changed in the file beside them stays there.
displaced_found() { # NAME -> $sum
  local path content='' lines=''
  displaced_path "$1"
  walk "$root$path" || return 1
  if displaced_lines "$1" || [[ ! -f $root$real || -L $root$real ]]; then return 0; fi
  sum_of_file "$root$path"
}

# ---- lines of others in a file: out of it, and back to where they stood --------------------------------------------------

without_lines() { # TEXT LINES -> $kept
  local line block=''
  local -a text_lines
  kept=''
  [[ $1 ]] || return 0
  split_lines "${1%$'\n'}"
  for line in "${text_lines[@]}"; do # never empty
    mark_block "$line"
    [[ -z $block && $'\n'$2 == *$'\n'"$line"$'\n'* ]] || kept+=$line$'\n'
  done
}

# Each line that is missing, behind what stood before it and is there still.
with_lines() { # TEXT LINES TEXT-BEFORE -> $merged
  local line block='' theirs=$'\n' above='' below=$1 rest
  local -a text_lines
  split_lines "$1"
  for line in "${text_lines[@]}"; do # never empty
    mark_block "$line"
    [[ $block ]] || theirs+=$line$'\n'
  done
  [[ -z $below || $below == *$'\n' ]] || below+=$'\n'
  split_lines "${3%$'\n'}"
  for line in "${text_lines[@]}"; do # never empty
    if [[ $'\n'$2 == *$'\n'"$line"$'\n'* && $theirs != *$'\n'"$line"$'\n'* ]]; then
      above+=$line$'\n'
    elif [[ $line && $'\n'$below == *$'\n'"$line"$'\n'* ]]; then
      rest=$'\n'$below
      rest=${rest#*$'\n'"$line"$'\n'}
      above+=${below:0:${#below}-${#rest}} below=$rest
    fi
  done
  merged=$above$below
}

# ---- files: written whole or not at all, and brought back ---------------------------------------------------------

# Writes a file whole or not at all: beside it, synced, renamed. An editor's or ifup's pattern for
# backups never matches the temporary name (ifup reads every ifcfg-lo:*).
replace_file() { # PATH MODE TEXT [OWNER GROUP]
  local status=0 named squashed_to=''
  reach "$1" || return 1
  if ! run_as "write $1" write_reached "$2" "$3" "${4:-}" "${5:-}" && ! write_squashed "$@"; then
    named "$output"
    failure="cannot write $1: $named"
    [[ -z $squashed_to ]] || failure+=$'\n'"The server of the share takes root for $squashed_to (root_squash): describe neither owner nor group of it, or export it there with no_root_squash."
    rm -f -- "$at/$new_leaf" "$state_dir/.lvsgen.ready" 2>/dev/null || :
    status=1
  fi
  leave
  return "$status"
}

write_reached() { # MODE TEXT OWNER GROUP
  local prepare=prepare_here
  [[ -z $shared ]] || prepare=prepare_elsewhere
  remove_at "$new_leaf" && "$prepare" "$@" && put_in_place
}

remove_at() { # NAME, in the directory that was reached
  [[ ! -e $at/$1 && ! -L $at/$1 ]] || rm -f -- "$at/$1"
}

# Exclusively, and nobody's to read before its owner and mode are right.
write_new() { # PATH TEXT
  (umask 077 && printf '%s' "$2" 2>/dev/null | dd of="$1" bs=64k conv=excl,fsync status=none)
}

set_rights() { # PATH MODE OWNER GROUP
  if [[ $3 || $4 ]]; then chown -h -- "$3${4:+:$4}" "$1" || return 1; fi
  chmod -- "$2" "$1"
}

# In a directory that only root can change.
prepare_here() { # MODE TEXT OWNER GROUP
  local new=$at/$new_leaf
  write_new "$new" "$2" && set_rights "$new" "$1" "$3" "$4" || return 1
  [[ ! -e /sys/fs/selinux/enforce || $root ]] || chcon --reference="$at/$leaf" -- "$new" 2>/dev/null || :
}

# What others can exchange for a link as soon as it has a name must not be changed by its name any more: it is made ready where
# only root can go, and copied by cp, which makes the copy exclusively, and sets owner and mode of what it opened.
prepare_elsewhere() { # MODE TEXT OWNER GROUP
  local ready=$state_dir/.lvsgen.ready status=0
  rm -f -- "$ready" && write_new "$ready" "$2" && set_rights "$ready" "$1" "$3" "$4" &&
    cp --preserve="mode${3:+,ownership}${4:+,ownership}" --remove-destination --no-target-directory -- "$ready" "$at/$new_leaf" &&
    sync_reached || status=1
  rm -f -- "$ready" || status=1
  return "$status"
}

put_in_place() {
  mv -fT -- "$at/$new_leaf" "$at/$leaf" || return 1
  [[ ! -e /sys/fs/selinux/enforce || $root || $shared ]] || restorecon -- "$at/$leaf" 2>/dev/null || :
  sync_paths "$at/."
}

remove_temporary() { # PATH of the file it was to become, which may be in a link's place, or where that leads
  local failure lacking last # where there is no safe way to it, there is no file of lvsgen's
  for last in '' last; do
    reach "$1" "$last" || continue
    remove_at "$new_leaf" || :
    leave
  done
}

# Brings a kept copy back, with everything that belongs to it.
restore_blob() { # PATH BLOB
  local blob=$state_dir/blobs/$2 status=0 named squashed_to=''
  [[ -f $blob || -L $blob ]] || { failure="the kept copy $blob is missing" && return 1; }
  make_parents "$1" && reach "$1" || return 1
  if ! run_as "bring back $1 from $blob" copy_to_reached "$blob" && ! copy_squashed "$1" "$blob"; then
    named "$output"
    failure="cannot bring back $1: $named"
    remove_at "$new_leaf" 2>/dev/null || :
    status=1
  fi
  leave
  return "$status"
}

copy_to_reached() { # BLOB
  cp -a --remove-destination --no-target-directory -- "$1" "$at/$new_leaf" && sync_copy && put_in_place
}

sync_copy() {
  if [[ $shared ]]; then
    sync_reached
  elif [[ ! -L $at/$new_leaf ]]; then
    sync_paths "$at/$new_leaf"
  fi
}

remove_file() { # PATH
  local status=0 named
  reach "$1" || return 1
  if [[ -d $at/. ]]; then
    if ! run_as "rm $1" rm -f -- "$at/$leaf" "$at/$new_leaf"; then
      named "$output"
      failure="cannot remove $1: $named"
      status=1
    fi
    sync_paths "$at/."
  fi
  leave
  return "$status"
}

missing_parents() { # PATH -> ${unmade[@]}, the highest first
  local parent
  unmade=()
  walk "$1" || return 1
  parent=${real%/*}
  while [[ $parent && ! -d $root$parent ]]; do
    unmade=("$parent" ${unmade[@]+"${unmade[@]}"})
    parent=${parent%/*}
  done
}

# Missing parents of a path are written down before it, so that an undo takes them away after it.
journal_parents() { # PATH
  local i
  local -a unmade records=()
  missing_parents "$1" || return 1
  for ((i = 0; i < ${#unmade[@]}; i++)); do
    journaled "${traits[parent]}" "${unmade[i]}" || records+=("${traits[parent]}" "${unmade[i]}" absent)
  done
  ((${#records[@]} == 0)) || journal "${records[@]}" # never empty
}

sum_of_text() { # TEXT -> $sum
  sum=$(printf '%s' "$1" 2>/dev/null | sha256sum) || { failure='sha256sum failed' && return 1; }
  sum=${sum%% *}
}

sum_of_file() { # PATH -> $sum
  local status=0
  reach "$1" || return 1
  sum_of_reached "$at/$leaf" || { failure="cannot read $1" && status=1; }
  leave
  return "$status"
}

# Of a file in a directory that is open, or that only root can change.
sum_of_reached() { # FILE -> $sum
  sum=$(dd if="$1" iflag=nofollow,nonblock bs=64k status=none 2>/dev/null | sha256sum) || return 1
  sum=${sum%% *}
}

# ---- rights: mode, owner and group of what lvsgen writes -----------------------------------------------------

# Of $have and $state, each KIND MODE ... OWNER GROUP; - in the described one leaves it open.
same_rights() {
  local mode uid gid user group _ want_mode want_owner want_group
  read -r _ mode uid gid user group _ <<<"$have"
  read -r _ want_mode want_owner want_group <<<"$state"
  [[ $want_mode == - || $((8#0${mode//[!0-7]/})) == $((8#0${want_mode//[!0-7]/})) ]] || return 1
  [[ $want_owner == - || $want_owner == "$user" || $want_owner == "$uid" ]] || return 1
  [[ $want_group == - || $want_group == "$group" || $want_group == "$gid" ]]
}

# What is not described stays as it is. But in a directory that others can change, a file that is neither root's nor the
# directory's owner's may have been put there to choose owner and mode of what follows it; a mode goes with its owner; and
# set-id bits are never taken over.
owner_kept_at='' # path of the file of which neither owner nor group is described
kept_rights() { # PATH [part: most of the text stays, and is not opened to others] -> $mode $owner $group, where they are -
  local now_mode='' uid='' gid='' user='' type='' above=''
  owner_kept_at=''
  [[ $owner != - || $group != - ]] || owner_kept_at=$1
  [[ $mode == - || $owner == - || $group == - ]] || return 0
  reach "$1" || return 1
  {
    if IFS=: read -r _ above _; then IFS=: read -r now_mode uid gid user type || :; fi
  } < <(stat --printf '%a:%u:%g:%U:%F\n' -- "$at/." "$at/$leaf" 2>/dev/null || :)
  # What cannot be read is not what is not there.
  if [[ (-z $above && -d $at/.) || (-z $type && (-e $at/$leaf || -L $at/$leaf)) ]]; then
    failure="cannot read the mode and owner of $1: 'stat' failed"
    leave
    return 1
  fi
  leave
  if [[ $type != regular* ]]; then
    now_mode=644 uid='' gid=''
  elif [[ $shared && $uid != 0 && $uid != "$above" ]]; then
    if [[ ${2:-} ]]; then now_mode=$((8#0${now_mode//[!0-7]/} & 8#644)) && printf -v now_mode '%o' "$now_mode"; else now_mode=644; fi
    uid='' gid=''
  elif [[ $owner != - && $owner != "$uid" && $owner != "$user" ]]; then
    now_mode=644
  fi
  [[ $mode != - ]] || printf -v mode '%04o' "$((8#0${now_mode//[!0-7]/} & 8#777))"
  [[ $owner != - ]] || owner=$uid
  [[ $group != - ]] || group=$gid
}

# The server of a share may take root for somebody who can give no file away (root_squash, the default of exports). Did that alone keep cp
# from what it was to do?
is_squashed() { # OWNER GROUP that the file was to have -> $squashed_to: whom it takes root for
  local uid='' gid user group
  squashed_to=''
  [[ $shared && $1$2 ]] || return 1
  IFS=: read -r uid gid user group < <(stat --printf '%u:%g:%U:%G\n' -- "$at/$new_leaf" 2>/dev/null || :) || return 1
  [[ $uid != "$EUID" ]] || return 1
  [[ (-n $1 && $1 != "$uid" && $1 != "$user") || (-n $2 && $2 != "$gid" && $2 != "$group") ]] || return 1
  squashed_to=$user
}

# Where no owner is described, whose the file is then is the server's to say.
write_squashed() { # PATH MODE TEXT [OWNER GROUP]
  is_squashed "${4:-}" "${5:-}" && [[ $owner_kept_at == "$1" ]] || return 1
  if run_as "write $1 with the owner that its server gives it" write_reached "$2" "$3" '' ''; then
    tell_squashed "$1"
  else
    squashed_to=''
    return 1
  fi
}

copy_squashed() { # PATH BLOB
  local uid gid
  IFS=: read -r uid gid < <(stat --printf '%u:%g\n' -- "$2" 2>/dev/null || :) || return 1
  is_squashed "$uid" "$gid" && run_as "bring back $1 from $2 with the owner that its server gives it" copy_but_owner "$2" && tell_squashed "$1"
}

# Set-id bits go with an owner.
copy_but_owner() { # BLOB
  local ready=$state_dir/.lvsgen.ready status=0
  rm -f -- "$ready" && cp -a --no-target-directory -- "$1" "$ready" && { [[ -L $ready ]] || chmod u-s,g-s -- "$ready"; } &&
    cp -a --no-preserve=ownership --remove-destination --no-target-directory -- "$ready" "$at/$new_leaf" && sync_copy && put_in_place || status=1
  rm -f -- "$ready" || status=1
  return "$status"
}

tell_squashed() { # PATH
  complain "the server of the share takes root for $squashed_to (root_squash): that is whose $1 is now"
}

# ---- a file of the system's that lvsgen owns a part of ---------------------------------------------------------

record_part() { # PATH -> $record
  local blob
  record=absent
  walk "$root$1" last || return 1
  if [[ ! -e $root$real && ! -L $root$real ]]; then
    journal_parents "$root$real"
    return
  fi
  [[ -f $root$real && ! -L $root$real ]] || { failure="$root$real is not a regular file: move it away first" && return 1; }
  keep_blob "$root$real" || return 1
  record="saved $blob"
}

# The file that a part of is lvsgen's: $path, its text in $content, its $mode, $owner and $group.
read_for_change() { # PATH
  walk "$root$1" last || return 1
  path=$root$real
  if [[ -e $path || -L $path ]]; then
    read_found || { failure="cannot read $1: it is no regular file, holds a NUL byte${shared:+, or is longer than 1 MiB}" && return 1; }
  fi
  kept_rights "$path" part
}

# Of a file with a part of lvsgen's in it the copy is never a link; one leads to what is not known.
read_kept() { # BLOB -> $content
  [[ ! -L $state_dir/blobs/$1 ]] && read_text "$state_dir/blobs/$1"
}

# A mode or an owner that a hand gave the file meanwhile stays: the kept copy has the old one. (Set-id bits lvsgen took off itself.)
has_rights_of_blob() { # PATH BLOB
  local mode owners blob_mode blob_owners again=0
  # A `stat` that does not work tells no other rights: as stat_path has it.
  until { read -r mode owners && read -r blob_mode blob_owners; } < <(stat -L -c '%a %u %g' -- "$1" "$state_dir/blobs/$2" 2>/dev/null || :); do
    [[ -e $1 && -e $state_dir/blobs/$2 ]] || return 1
    ((again++ < 40)) || cannot_read "the rights of $1" stat
  done
  [[ $owners == "$blob_owners" ]] && (((8#${mode//[!0-7]/} & 8#777) == (8#${blob_mode//[!0-7]/} & 8#777)))
}

# Is the file the very one that was kept, or is nothing of it there, and a hand's link in its place?
is_kept_copy() { # PATH BLOB
  local stat before
  ! leads_nowhere "$1" || return 0
  walk "$root$1" last || return 1
  stat_path "$state_dir/blobs/$2"
  before=$stat
  stat_path "$root$real"
  [[ $before == "$stat" ]] && same_content "$state_dir/blobs/$2"
}

# Is it nothing, or what lvsgen begins a script with?
is_bare() { # TEXT
  [[ -z $1 || $1 == $'#!/bin/bash\n' ]]
}

# Where the record of this role says that there was no file: did another, whose own copy is younger than that, leave nothing but one?
is_left_bare() { # PATH
  local content
  walk "$root$1" last && read_found && is_bare "$content"
}

# The text of the file is that of others but for what lvsgen has marked.
mark_block() { # LINE -> $block: is it in a part of lvsgen's?
  case $1 in
    '# BEGIN lvsgen '*) block=1 ;;
    '# END lvsgen '*) block='' ;;
  esac
}

# Whose part a line begins. A hand may have written it: no name in it leads out of the journals.
role_of_mark() { # LINE -> $holder: the state directory of a role that was applied here; fails where it is none's
  local mark='^# BEGIN lvsgen ([a-z0-9-]+) ([a-z]+)$'
  [[ $1 =~ $mark && -d $state_home/${BASH_REMATCH[1]}/${BASH_REMATCH[2]} ]] || return 1
  holder=$state_home/${BASH_REMATCH[1]}/${BASH_REMATCH[2]}
}

# ---- systemd reads its files again where one of them changed ---------------------------------------------------

reload_needed=''
noted_units=() # units whose own file was written or went

note_systemd_file() { # PATH
  [[ $1 != /etc/systemd/system/*.* || $1 == /etc/systemd/system/*/* ]] || noted_units+=("${1##*/}")
  case $1 in
    # netplan writes what networkd reads by a generator of systemd.
    /etc/systemd/system/* | /etc/fstab | /etc/init.d/* | /etc/netplan/*) reload_needed=1 ;;
  esac
}

reload_systemd() {
  [[ $reload_needed && -z $root ]] || return 0
  [[ -d /run/systemd/system ]] || return 0
  run systemctl daemon-reload || return 1
  reload_needed=''
  forget_failed
}

# systemd remembers a unit that failed, though its file is gone.
forget_failed() {
  local unit
  for unit in ${noted_units[@]+"${noted_units[@]}"}; do
    [[ -e /etc/systemd/system/$unit ]] || ! systemctl -q is-failed "$unit" 2>/dev/null || try systemctl reset-failed "$unit"
  done
  noted_units=()
}

# ---- a file of lvsgen's own

kind file path=whole rights=0644 brief stale='stat mount unit'

public_texts=()           # described for their owner's eyes alone, and yet no secret
declare -A secret_texts=() # secrets, by path: the text is known, withheld from this run, or was written by it

file_declare() { # PATH MODE OWNER GROUP [TEXT], the text from standard input unless given; - leaves one alone
  if (($# > 4)); then text=$5; else IFS= read -r -d '' text || :; fi
  paths+=("$root$1")
  describe file "$1" "file $2 $3 $4" "$text"
}

file_probe() { # PATH
  local stat
  walk "$root$1" || { have=unreachable && return 0; }
  stat_path "$root$real"
  case $stat in
    '') have=absent ;;
    *' regular file' | *' regular empty file') have="file $stat" ;;
    *' symbolic link') have='a symbolic link' ;;
    *) have="other $stat" ;;
  esac
}

# Equal in text, and in mode and owner where those are described.
file_same() { # PATH
  local content
  [[ $have == 'file '* ]] || return 1
  if [[ ${secret_texts[$1]:-} ]]; then
    is_secret_in_place "$1" && same_rights
  else
    read_found $((${#text} + 1)) && is_content_described && same_rights
  fi
}

file_record() { # PATH
  local blob
  # Before anything is written down of a text that is not here.
  if is_withheld "$1"; then
    failure='its text is not here'
    return 1
  fi
  if [[ $have == absent ]]; then
    journal_parents "$root$1"
    return
  fi
  [[ $have == 'file '* || $have == 'a symbolic link' ]] ||
    { failure="it is there, but not a regular file (${have##*[+-]???? }): move it away first" && return 1; }
  keep_blob "$root$1" || return 1
  record="saved $blob"
}

file_set() { # PATH STATE, with $text
  local path=$root$1 _ mode owner group
  case $2 in
    absent) remove_file "$path" ;;
    saved\ *) restore_blob "$path" "${2#saved }" ;;
    *)
      read -r _ mode owner group <<<"$2"
      [[ $have != *' directory' ]] || { failure='a directory of that name is there' && return 1; }
      ! is_withheld "$1" || { failure='its text is not here' && return 1; }
      make_parents "$path" && kept_rights "$path" && replace_file "$path" "$mode" "$text" "$owner" "$group" || return 1
      [[ -z ${secret_texts[$1]:-} ]] || secret_texts[$1]=written
      ;;
  esac && note_systemd_file "$1"
}

file_undone() { # PATH RECORD
  local blob=$state_dir/blobs/${2#saved } stat
  file_probe "$1"
  if [[ $2 != 'saved '* ]]; then
    # A directory that took its place is not lvsgen's file, which is gone.
    [[ $have == "$2" || ($2 == absent && $have == *' directory') ]]
    return
  fi
  walk "$root$1" || return 1
  if [[ -L $blob || -L $root$real ]]; then
    [[ -L $blob && -L $root$real && $(readlink -- "$blob") == "$(readlink -- "$root$real")" ]]
    return
  fi
  stat_path "$blob"
  [[ $have == "file $stat" ]] && same_content "$blob"
}

file_text() { # PATH, with $text -> $embedded
  embedded=$text
}

file_written() { # PATH -> $key
  key=$1
}

file_found() { # PATH -> $sum
  walk "$root$1" || return 1
  [[ ! -f $root$real || -L $root$real ]] || sum_of_file "$root$1"
}

file_diff() { # PATH, with $state and $text
  local content=''
  if is_secret "$1" || is_closed "$1"; then
    say "$1 is not shown: it is a secret, or only its owner may read it"
    return 0
  fi
  if walk "$root$1" && [[ -e $root$real || -L $root$real ]]; then
    if [[ ! -f $root$real || -L $root$real ]]; then
      say "$1 is no regular file: what is in it, or what it leads to, is not shown"
      return 0
    fi
    read_found || content=''
  fi
  show_texts "$1" "$content" "$text"
}

# Is what stands there kept from others, and what is described not, as where a secret is described as one no longer?
is_closed() { # PATH, with $have and $state
  local now=${have#file } mode=${state#file }
  now=${now%% *} mode=${mode%% *}
  [[ $have == 'file '* && " ${public_texts[*]+"${public_texts[*]}"} " != *" $1 "* ]] || return 1
  (((8#0${now//[!0-7]/} & 4) == 0)) && { [[ $mode == - ]] || (((8#0${mode//[!0-7]/} & 4) != 0)); }
}

# Is the file described for its owner's eyes alone?
is_secret() { # PATH, with $state
  local mode=${state#file }
  mode=${mode%% *}
  [[ -z ${secret_texts[$1]:-} ]] || return 0
  [[ $mode != - && " ${public_texts[*]+"${public_texts[*]}"} " != *" $1 "* ]] && (((8#0${mode//[!0-7]/} & 8#077) == 0))
}

# ---- a file that lvsgen names itself: nobody else's may stand there -------------------------------------------------

# What brings up addresses and units at boot. (Files of the description are meant to replace what is there.)
is_own_name() { # PATH
  case $1 in
    /etc/sysconfig/network-scripts/ifcfg-*:* | /etc/exports.d/lvsgen-*) ;;
    /etc/keepalived/* | /etc/logrotate.d/lvsgen) ;;
    /etc/network/* | /etc/netplan/* | /etc/NetworkManager/* | /etc/systemd/*) [[ $1 == *"lvsgen-$cluster-$role"* ]] ;;
    *) return 1 ;;
  esac
}

file_obstacle() { # PATH, with $state and $text
  local others holder
  if [[ ${secret_texts[$1]:-} == withheld ]]; then
    secret_obstacle "$1"
    [[ -z $obstacle ]] || return 0
  fi
  is_own_name "$1" || return 0
  find_same_rotation "$1"
  if [[ $others ]]; then
    obstacle="$others: logrotate takes no log that two of its files name, and leaves out one of the two with all that is in it"
    obstacle+=$'\n'"Take that out of the file: lvsgen brings a rotation of its logs along."
    return 0
  fi
  find_same_aliases "$1"
  if [[ $others ]]; then
    adoptable=1
    obstacle="${others// /, } brings the same address up"$'\n'"Of two such files the network scripts refuse one: move it away, or let --adopt do so."
    return 0
  fi
  find_same_stanzas "$1"
  if [[ $others ]]; then
    obstacle="$others"
    obstacle+=$'\n'"With both, ifup fails where the address is there already, or gives it another length at the next boot. Take that out of the file; what is live may stay."
    return 0
  fi
  if file_same_as_described "$1" || [[ $have == absent || $have == unreachable ]]; then return 0; fi
  # Two clusters that number their aliases from the same number: the second would take the address of the first from the next boot.
  if [[ $1 != /etc/logrotate.d/lvsgen ]] && held_elsewhere "file $1" && [[ $holder != "${state_dir%/*}"/* ]]; then
    obstacle="it is of ${holder#"$state_home"/}, with something else in it"
    case $1 in
      /etc/exports.d/*)
        adoptable=1
        obstacle+=$'\n'"A host has one set of options for a path and a client: describe the same in both, and let --adopt write it for both."
        ;;
      /etc/keepalived/*) obstacle+=$'\n'"A host runs one keepalived: let one cluster describe all services of its directors." ;;
      *) obstacle+=$'\n'"Another number for the aliases of this host, or none: \"alias\" in the description." ;;
    esac
    return 0
  fi
  if is_ours "$1" || is_as_packaged "$1"; then return 0; fi
  adoptable=1
  obstacle='it is there, and lvsgen did not write it'$'\n'"Look at it: $root$1. If nobody needs it, move it away, or let --adopt take its place."
  [[ $1 != */ifcfg-* ]] || obstacle+=$'\n'"Another number for the aliases of this host: \"alias\" in the description."
}

file_same_as_described() { # PATH, with $state and $text -> $have
  file_probe "$1"
  file_same "$1"
}

# A sample that a package brought along, and nobody has touched: rpm knows what it was.
is_as_packaged() { # PATH
  local said
  [[ $1 == /etc/keepalived/* && -z $root ]] && command -v rpm >/dev/null && rpm -qf -- "$1" >/dev/null 2>&1 || return 1
  said=$(rpm -Vf --nodeps --nomtime -- "$1" 2>/dev/null) || :
  [[ $'\n'$said$'\n' != *" $1"$'\n'* ]]
}

# Has a role a record of it (also one whose apply did not get as far as taking it away), or does another one hold it?
is_ours() { # PATH
  local escaped holder
  load_roles
  escape "$1"
  [[ ${roles_with["file $escaped"]:-} ]] || held_elsewhere "file $1"
}

# Lines of others that have logrotate put lvsgen's logs aside. (It reads no file whose name ends like one of these: `taboo` in logrotate(8).)
find_same_rotation() { # PATH -> $others
  local file content line number
  others=''
  [[ $1 == /etc/logrotate.d/lvsgen ]] || return 0
  for file in "$root/etc/logrotate.conf" "$root"/etc/logrotate.d/*; do
    [[ $file != "$root$1" && -f $file && $file != *@(~|,v|.bak|.cfsaved|.disabled|.dpkg-*|.rpmnew|.rpmorig|.rpmsave|.swp|.ucf-*) ]] || continue
    if is_ours "${file#"$root"}" || ! read_text "$file"; then continue; fi
    number=0
    while IFS= read -r line; do
      number=$((number + 1))
      [[ $line == *([[:blank:]])'#'* || $line != */var/log/lvsgen/* ]] || others+="${others:+, }line $number of ${file#"$root"} names lvsgen's logs as well"
    done <<<"$content"
  done
}

alias_address() { # PATH TEXT -> $address; fails where it is no file of an alias
  [[ $1 == */ifcfg-*:* && $2 == *$'\nIPADDR='* ]] || return 1
  address=${2#*$'\nIPADDR='} address=${address%%$'\n'*}
}

# Other roles have to know which addresses the files of this one bring up, and what an export is as.
file_holds() { # INDEX, added to $keys
  local address
  ! alias_address "${r_name[$1]}" "${r_text[$1]}" || keys+="brings $address"$'\n'
}

file_agrees() { # PATH
  [[ $1 == /etc/exports.d/lvsgen-* ]]
}

# Other alias files with the address of this one, on whichever interface. -> $others
find_same_aliases() { # PATH, with $text
  local address file content line holder
  others=''
  alias_address "$1" "$text" || return 0
  for file in "${root}${1%/*}"/ifcfg-*:*; do
    [[ $file != "$root$1" && -f $file && $file != *@(~|.bak|.old|.orig|.rpmnew|.rpmorig|.rpmsave) ]] || continue
    read_text "$file" || continue
    while IFS= read -r line; do
      line=${line//[\"\'$'\r']/}
      [[ $line == "IPADDR=$address" || $line == "IPADDR0=$address" ]] || continue
      file=${file#"$root"}
      # That of another cluster or role, or of a former label.
      is_ours "$file" || others+=${others:+ }$file
      break
    done <<<"$content"
  done
}

# IPADDR1= and the like in the files of the interfaces themselves, which --adopt does not take away. -> $others
find_numbered() { # PATH of an alias, with $address
  local file content line number
  for file in "${root}${1%/*}"/ifcfg-*; do
    [[ ${file##*/} != *:* && -f $file && $file != *@(~|.bak|.old|.orig|.rpmnew|.rpmorig|.rpmsave) ]] || continue
    if is_ours "${file#"$root"}" || ! read_text "$file"; then continue; fi
    number=0
    while IFS= read -r line; do
      number=$((number + 1))
      [[ ${line//[\"\'$'\r']/} == IPADDR*([0-9])="$address" ]] || continue
      others+="${others:+, }line $number of ${file#"$root"} brings up $address as well: $line"
    done <<<"$content"
  done
}

# Lines of others in files of ifupdown that bring up an address of this one, or of the network scripts. -> $others
find_same_stanzas() { # PATH, with $text
  local address file content line number addresses=' '
  others=''
  if alias_address "$1" "$text"; then
    find_numbered "$1"
    return
  fi
  [[ $1 == /etc/network/interfaces.d/* ]] || return 0
  while IFS= read -r line; do
    [[ $line != *' address replace '* ]] || { line=${line#*' address replace '} && addresses+="${line%%/*} "; }
  done <<<"$text"
  for file in "$root/etc/network/interfaces" "$root"/etc/network/interfaces.d/*; do
    # What stands at its own place, this one takes the place of.
    if [[ $file == "$root$1" || ! -f $file ]] || is_ours "${file#"$root"}" || ! read_text "$file"; then continue; fi
    number=0
    while IFS= read -r line; do
      number=$((number + 1))
      ! brings_up_one "$line" || others+="${others:+, }line $number of ${file#"$root"} brings up $address as well: ${line#"${line%%[![:space:]]*}"}"
    done <<<"$content"
  done
}

# `address A`, or a command of `up` (interfaces(5)): ip address add, or ifconfig, as older procedures have it.
brings_up_one() { # LINE, with $addresses -> $address
  local word
  local by_ip='(^|[[:blank:]/;])ip[[:blank:]](.*[[:blank:]])?a[dres]*[[:blank:]]+(add|append|change|replace)[[:blank:]]'
  local by_ifconfig='(^|[[:blank:]/;])ifconfig[[:blank:]]'
  local -a words=()
  [[ $1 == *[![:blank:]]* ]] || return 1
  split_words "$1"
  case ${words[0]} in
    address) ;;
    up | pre-up | post-up) [[ $1 =~ $by_ip || $1 =~ $by_ifconfig ]] || return 1 ;;
    *) return 1 ;;
  esac
  for word in "${words[@]:1}"; do # never empty
    address=${word%%/*}
    [[ $addresses != *" $address "* ]] || return 0
  done
  return 1
}

file_adopt() { # PATH, with $text
  local others file address
  local -a words=()
  find_same_aliases "$1"
  split_words "$others"
  alias_address "$1" "$text" || return 0
  for file in ${words[@]+"${words[@]}"}; do displace_file "$file" "file $address" || return 1; done
}

# Any file of lvsgen's that brings up the address needs those of others away.
file_away() { # ADDRESS -> $key
  key="brings $1"
}

# ---- directories ----------------------------------------------------------------------------------------------

kind directory path=whole parent rights=0755 stale='stat mount unit'

directory_declare() { # PATH MODE OWNER GROUP
  local first=${described["directory $1"]:-} mode owner group _
  if [[ $first ]]; then
    # A mount point, or an exported directory, that is described as a directory too: what either says, holds.
    read -r _ mode owner group <<<"${r_state[first]}"
    [[ $2 == - ]] || mode=$2
    [[ $3 == - ]] || owner=$3
    [[ $4 == - ]] || group=$4
    r_state[first]="directory $mode $owner $group"
    return 0
  fi
  paths+=("$root$1")
  describe directory "$1" "directory $2 $3 $4"
}

directory_probe() { # PATH
  local stat
  walk "$root$1" || { have=unreachable && return 0; }
  stat_path "$root$real"
  case $stat in
    '') have=absent ;;
    *' directory') have="directory $stat" ;;
    *) have="other $stat" ;;
  esac
}

directory_same() { # PATH
  [[ $have == 'directory '* ]] && same_rights
}

directory_record() { # PATH
  local mode uid gid _
  if [[ $have == absent ]]; then
    journal_parents "$root$1"
    return
  fi
  [[ $have == 'directory '* ]] || { failure='it is there, but not a directory: move it away first' && return 1; }
  read -r _ mode uid gid _ <<<"$have"
  record="directory $mode $uid $gid"
}

directory_set() { # PATH STATE
  local _ mode owner group status=0
  if [[ $2 == absent ]]; then
    reach "$root$1" || return 1
    # One that is not empty stays.
    [[ ! -d $at/$leaf || -L $at/$leaf ]] || try rmdir -- "$at/$leaf"
    leave
    return 0
  fi
  [[ $have != other* ]] || { failure='something else of that name is there' && return 1; }
  read -r _ mode owner group <<<"$2"
  make_parents "$root$1" && reach "$root$1" || return 1
  set_directory "$mode" "$owner" "$group" || status=1
  [[ -z $handle ]] || failure=${failure//"/proc/self/fd/$handle/."/"$root$1"}
  leave
  return "$status"
}

# A new one is nobody else's to enter before its owner and mode are right, but for what everybody may in the end: a run that is killed here has
# no mode to mend where only what is in it is described.
set_directory() { # MODE OWNER GROUP of the directory that was reached
  local mode=$1 new=00755 bits it=$at/$leaf named
  if [[ ! -e $it && ! -L $it ]]; then
    if [[ $mode != - ]]; then
      bits=$((8#0${mode//[!0-7]/}))
      printf -v new '%05o' $((8#700 | bits & 8#5 | bits & bits << 3 & 8#50))
    fi
    run_as "mkdir $root$real" mkdir -m "$new" -- "$it" || { named "$output" && failure=$named && return 1; }
  fi
  if [[ $shared ]]; then
    descend "$leaf" && may_give "$mode" "$2" "$3" || return 1
    it=/proc/self/fd/$handle/.
  fi
  if [[ $2 != - ]]; then run chown -h -- "$2" "$it" || return 1; fi
  if [[ $3 != - ]]; then run chgrp -h -- "$3" "$it" || return 1; fi
  # With five digits chmod takes set-group-id off a directory as well. (Nothing but digits: arithmetic would run what is in a journal.)
  if [[ $mode != - ]]; then printf -v mode '%05o' "$((8#0${mode//[!0-7]/}))" && run chmod -- "$mode" "$it" || return 1; fi
}

# Whoever can rename in a directory can put another of root's directories, from beside it, into this one's place: it must not
# come to be his, or open to him. Only what is the owner's of the directory above, or holds nothing but what lvsgen wrote, is given away.
may_give() { # MODE OWNER GROUP, of the open directory
  local now_mode uid user gid now_group above changeable _
  { IFS=: read -r now_mode uid user gid now_group && IFS=: read -r _ above _; } < <(stat --printf '0%a:%u:%U:%g:%G\n' -- "/proc/self/fd/$handle/." "/proc/self/fd/$handle/.." 2>/dev/null || :) ||
    { failure='cannot read its owner' && return 1; }
  [[ $uid == 0 || $uid != "$above" ]] || return 0
  [[ $2 == - || $2 == "$uid" || $2 == "$user" || $2 == 0 || $2 == root ]] &&
    [[ $3 == - || $3 == "$gid" || $3 == "$now_group" || $3 == 0 || $3 == root ]] &&
    [[ $1 == - || $((8#0${1//[!0-7]/} & ~8#0${now_mode//[!0-7]/} & 8#777)) == 0 ]] && return 0
  holds_others || return 0
  owner_of_shared
  unsafe "it is $user's, with mode $now_mode, and holds what lvsgen did not write; it is not opened or given to others, for $changeable, and may have put another directory there"
  failure+=$'\n'"Look whether it is the right one. If so, set its owner and mode by hand; else move it away."
  return 1
}

# Is anything in the open directory but files, as lvsgen wrote them to this very place?
holds_others() { # with $real
  local entry sum
  for entry in "/proc/self/fd/$handle/."/* "/proc/self/fd/$handle/."/.[!.]* "/proc/self/fd/$handle/."/..?*; do
    [[ -e $entry || -L $entry ]] || continue
    [[ ${written["$real/${entry##*/}"]:-} && -f $entry && ! -L $entry ]] || return 0
    sum_of_reached "$entry" && [[ ${written["$real/${entry##*/}"]} == *" $sum "* ]] || return 0
  done
  return 1
}

directory_undone() { # PATH RECORD
  directory_probe "$1"
  case $2 in
    # Of lvsgen 0.1, which wrote it down and then refused.
    other*) ;;
    directory\ *) [[ "$have " == "${2% } "* ]] ;;
    *) [[ $have == "$2" ]] ;;
  esac
}

# ---- a marked block in a file that belongs to the system ------------------------------------------
#
# Everything outside stays bit for bit. Back means: where nothing else changed meanwhile, the very file
# that was there, time stamp included; where something did, only lvsgen's part goes.

kind block path=part own brief stale='stat mount unit'

block_marker() { # PATH: several blocks of one role in one file do not occur
  begin_mark="# BEGIN lvsgen $cluster $role"
  end_mark="# END lvsgen $cluster $role"
}

# Takes the block out of $text; $block is what it was (empty: none), $before and $after what is around it.
split_block() { # TEXT
  local begin_mark end_mark
  block_marker
  block='' before=$1 after=''
  [[ $'\n'$1 == *$'\n'"$begin_mark"$'\n'* && $1 == *$'\n'"$end_mark"* ]] || return 0
  before=$'\n'$1
  before=${before%%$'\n'"$begin_mark"$'\n'*}
  [[ -z $before ]] || before=${before#$'\n'}$'\n'
  block=${1:${#before}}
  after=${block#*$'\n'"$end_mark"}
  block=${block:0:${#block}-${#after}}
  [[ $after != $'\n'* ]] || { after=${after#$'\n'} && block+=$'\n'; }
}

# One mark without the other, or several: what lies between them is not known to be lvsgen's.
block_obstacle() { # PATH
  local begin_mark end_mark content='' line number=0 begins='' ends='' real shared in_the_way
  walk "$root$1" last && read_found || return 0
  block_marker
  [[ $content == *"$begin_mark"* || $content == *"$end_mark"* ]] || return 0
  while IFS= read -r line; do
    number=$((number + 1))
    [[ $line != "$begin_mark" ]] || begins+=" $number"
    [[ $line != "$end_mark" ]] || ends+=" $number"
  done <<<"$content"
  [[ $begins$ends != '' ]] || return 0
  [[ $begins != ' '*' '* && $ends != ' '*' '* && $begins && $ends ]] && ((begins < ends)) && return 0
  obstacle="the marks of lvsgen's part are not a pair: '$begin_mark' in line${begins:- (none)}, '$end_mark' in line${ends:- (none)}"
  obstacle+=$'\n'"Put the one that is missing in its place, around what lvsgen wrote (bash $script show $1), or take out the marks with what is between them."
  [[ $content != *@("$begin_mark"|"$end_mark")$'\r'* ]] ||
    obstacle+=$'\n'"Lines that end in CR LF, as editors of Windows have them, are others: sed -i 's/\\r$//' $1 makes them lines of Linux."
}

block_declare() { # PATH PLACE [TEXT]: PLACE is `end` or `before-exit`
  if (($# > 2)); then text=$3; else IFS= read -r -d '' text || :; fi
  paths+=("$root$1")
  describe block "$1" "block $2" "$text"
}

# The block as it stands in the file.
framed() { # TEXT -> $framed
  local begin_mark end_mark
  block_marker
  framed=$begin_mark$'\n'$1$end_mark$'\n'
}

block_probe() { # PATH
  local content before after block
  have=absent
  walk "$root$1" last || { have=unreachable && return 0; }
  read_found || return 0
  lines_each "$1"
  split_block "$content"
  have=${block:-absent}
}

block_same() { # PATH
  local framed content real shared in_the_way
  framed "$text"
  if [[ $have == "$framed" ]]; then
    walk "$root$1" last && read_found && is_in_order "$1"
  else
    [[ $state == 'block unless-sourced' && $have == absent ]] && is_sourced "$1"
  fi
}

block_record() { # PATH
  record_part "$1"
}

block_set() { # PATH STATE, with $text
  local path content='' before after block mode=- owner=- group=- framed='' old='' part=$1 whole=''
  read_for_change "$1" || return 1
  lines_each "$1"
  split_block "$content"
  case $2 in
    absent | saved\ *)
      if leads_nowhere "$1"; then return 0; fi
      if [[ $2 != absent ]]; then
        read_kept "${2#saved }" || { failure="the kept copy of $1 is missing or damaged" && return 1; }
        old=$content
        # One in which a line counts twice does not come back as a whole.
        ! is_in_order "$1" || whole=1
        content=$old
        lines_each "$1"
        old=$content
      fi
      undo_block "$path" "$2"
      ;;
    'block before-exit')
      framed "$text"
      [[ -e $path ]] || before=$'#!/bin/bash\n'
      [[ $block ]] || split_before_exit "$before"
      make_parents "$path" && write_around "$path" "$before$framed$after"
      ;;
    *)
      framed "$text"
      [[ -z $before || $before == *$'\n' ]] || before+=$'\n'
      make_parents "$path" && write_around "$path" "$before$framed$after"
      ;;
  esac && note_systemd_file "$1"
}

# Back to the kept file where only the block differs; else only the block goes back to what it was.
undo_block() { # PATH STATE, with $old, whether that may come back as a $whole, and $before, $block and $after as the file is now
  local now_before=$before now_block=$block now_after=$after rest kept
  split_block "$old"
  rest=$now_before$now_after kept=$before$after
  if [[ $2 != absent && ! -e $1 ]]; then
    restore_blob "$1" "${2#saved }"
  elif [[ $2 == absent ]] && is_bare "$rest"; then
    remove_file "$1"
  elif [[ $whole && ($rest == "$kept" || $rest == "$kept"$'\n' || $rest$'\n' == "$kept") ]] && has_rights_of_blob "$1" "${2#saved }"; then
    restore_blob "$1" "${2#saved }"
  else
    # A block that is not there any more comes back where it stood: at the end, or before an `exit`.
    if [[ -z $now_block && $block && $after == exit* ]]; then
      split_before_exit "$now_before"
      now_before=$before now_after=$after
    fi
    [[ -z $block || -z $now_before || $now_before == *$'\n' ]] || now_before+=$'\n'
    write_around "$1" "$now_before$block$now_after"
  fi
}

# The next role with a block in the file is the one that gives it back from now on.
block_rest() { # PATH RECORD of this role's block in it
  local content line holder
  walk "$root$1" last && read_found || return 0
  while IFS= read -r line; do
    if ! role_of_mark "$line" || [[ $holder == "$state_dir" ]]; then continue; fi
    hand_over block "$1" "$2" || return 1
  done <<<"$content"
}

block_undone() { # PATH RECORD
  if [[ $2 == 'saved '* ]]; then
    is_kept_copy "$1" "${2#saved }" || is_back_behind_link "$1" "${2#saved }"
  else
    block_probe "$1"
    [[ $have == "$2" ]] && ! is_left_bare "$1"
  fi
}

# A link that stands there since leads to a file of others: of that, lvsgen's part alone is to be as it was.
is_back_behind_link() { # PATH BLOB
  local content real shared in_the_way before after block was
  walk "$root$1" last && [[ $real != "$1" ]] && read_kept "$2" || return 1
  split_block "$content"
  was=${block:-absent}
  block_probe "$1"
  [[ $have == "$was" ]]
}

block_text() { # PATH, with $text -> $embedded
  local framed
  framed "$text"
  embedded=$framed
}

block_written() { # PATH -> $key
  key="block $1"
}

block_found() { # PATH -> $sum
  block_probe "$1"
  [[ $have == absent || $have == unreachable ]] || sum_of_text "$have"
}

block_diff() { # PATH, with $text
  local framed have
  framed "$text"
  block_probe "$1"
  [[ $have != absent ]] || have=''
  show_texts "$1" "$have" "$framed"
}

# ---- where a block goes, and what else the file says already -----------------------------------------------------------

# Does the file bring in already what the block's `source FILE` names? (interfaces(5))
is_sourced() { # PATH, with $text
  local content word pattern _ file=${text%$'\n'}
  file=${file##*source }
  walk "$root$1" last && read_found || return 1
  while read -r word pattern _; do
    [[ $pattern == /* ]] || pattern=${1%/*}/$pattern
    # shellcheck disable=SC2053 # a pattern: /etc/network/interfaces.d/*
    case $word in
      source) [[ $file != $pattern || ${file%/*} != "${pattern%/*}" ]] || return 0 ;;
      source-directory) [[ ${file%/*} != "${pattern%/}" ]] || return 0 ;;
    esac
  done <<<"$content"
  return 1
}

# Nothing runs after an `exit` in rc.local. One that is indented belongs to an `if` or a function; and so does, perhaps, one that something
# follows: what is to run in any case stands before all that, then.
split_before_exit() { # TEXT -> $before $after
  local line rest=$1
  before='' after=''
  while [[ $rest ]]; do
    line=${rest%%$'\n'*}
    case $line in
      exit | exit[[:space:]\;\#]*)
        after=$rest
        has_command "${rest#"$line"}" || return 0
        split_behind_head "$1"
        return 0
        ;;
    esac
    before+=$line$'\n' rest=${rest#"$line"} rest=${rest#$'\n'}
  done
}

# Is there more in it than comments and blank lines?
has_command() { # TEXT
  local line
  local -a text_lines
  split_lines "$1"
  for line in "${text_lines[@]}"; do # never empty
    [[ $line =~ ^[[:space:]]*(#|$) ]] || return 0
  done
  return 1
}

# The comments that it begins with stay in front.
split_behind_head() { # TEXT -> $before $after
  local line
  before='' after=$1
  while [[ $after ]]; do
    line=${after%%$'\n'*}
    [[ $line =~ ^[[:space:]]*(#|$) ]] || return 0
    before+=$line$'\n' after=${after#"$line"} after=${after#$'\n'}
  done
}

# Of what another role has in its block too, does a line count once?
is_in_order() { # PATH, with $content
  local as_found=$content
  lines_each "$1"
  lines_once "$1"
  [[ $content == "$as_found" ]]
}

write_around() { # PATH TEXT, with $part, $mode, $owner and $group
  local content=$2
  lines_once "$part"
  replace_file "$1" "$mode" "$content" "$owner" "$group"
}

# ---- one KEY=VALUE line of a shell-like configuration file

kind setting path=part stale='stat mount unit'

setting_declare() { # NAME=`PATH KEY` VALUE
  paths+=("$root${1% *}")
  describe setting "$1" "$2"
}

setting_probe() { # `PATH KEY`
  local content value
  have=absent
  walk "$root${1% *}" last || { have=unreachable && return 0; }
  read_found || return 0
  setting_value "$content" "${1##* }"
  have=$value
}

# SELinux that is off altogether is in nobody's way. With "permissive" the next boot would turn it on, and label every file anew.
setting_same() { # `PATH KEY`, with $state
  [[ $have == "$state" || ($1 == '/etc/selinux/config SELINUX' && $state == permissive && $have == disabled) ]]
}

setting_record() { # `PATH KEY`
  record_part "${1% *}"
}

setting_set() { # `PATH KEY` STATE
  local path key=${1##* } mode=- owner=- group=- content='' now out value=$2
  local -a key_lines=()
  read_for_change "${1% *}" || return 1
  now=$content
  if [[ $2 == 'saved '* ]]; then
    if leads_nowhere "${1% *}"; then return 0; fi
    read_kept "${2#saved }" || { failure="the kept copy of ${1% *} is missing or damaged" && return 1; }
    # Back to the kept file where only this setting differs.
    setting_value "$now" "$key"
    lines_of_setting "$now" "$key"
    with_setting "$content" "$key" "$value" ${key_lines[@]+"${key_lines[@]}"}
    if [[ ! -e $path ]] || { [[ $out == "$now" ]] && has_rights_of_blob "$path" "${2#saved }"; }; then
      restore_blob "$path" "${2#saved }"
      return
    fi
    setting_value "$content" "$key"
    lines_of_setting "$content" "$key"
  fi
  # Of several lines that set it, each goes back to its own.
  with_setting "$now" "$key" "$value" ${key_lines[@]+"${key_lines[@]}"}
  if [[ $2 == absent && -z $out ]]; then
    remove_file "$path"
  elif [[ $out == "$now" ]]; then
    return 0
  else
    make_parents "$path" && replace_file "$path" "$mode" "$out" "$owner" "$group"
  fi
}

# The value of the last line that sets the key; absent where none does.
setting_value() { # TEXT KEY -> $value
  local line
  value=absent
  while IFS= read -r line; do
    [[ $line != "$2="* ]] || value=${line#*=}
  done < <(printf '%s\n' "$1" 2>/dev/null)
}

lines_of_setting() { # TEXT KEY -> ${key_lines[@]}
  local line
  key_lines=()
  while IFS= read -r line; do
    [[ $line != "$2="* ]] || key_lines+=("$line")
  done <<<"$1"
}

# Every line that sets the key sets it to the value, for which of several counts, differs by reader; or becomes the LINE of its turn.
with_setting() { # TEXT KEY VALUE [LINE...] -> $out
  local text=$1 key=$2 value=$3 line end found=''
  shift 3
  out=''
  while end=$'\n' && IFS= read -r line || { end='' && [[ $line ]]; }; do
    if [[ $line == "$key="* ]]; then
      found=1
      [[ $value != absent ]] || continue
      line=${1:-$key=$value}
      (($# == 0)) || shift
    fi
    out+=$line$end
  done < <(printf '%s' "$text" 2>/dev/null)
  [[ -z $found && $value != absent ]] || return 0
  [[ -z $out || $out == *$'\n' ]] || out+=$'\n'
  out+=$key=$value$'\n'
}

setting_path() { # `PATH KEY` -> $path
  path=${1% *}
}

setting_undone() { # `PATH KEY` RECORD
  if [[ $2 == 'saved '* ]]; then
    is_kept_copy "${1% *}" "${2#saved }"
  else
    setting_probe "$1"
    [[ $have == "$2" ]] && ! is_left_bare "${1% *}"
  fi
}

setting_text() { # `PATH KEY`, with $state -> $embedded
  embedded=${1##* }=$state$'\n'
}

setting_written() { # `PATH KEY` -> $key
  key="setting $1"
}

setting_found() { # `PATH KEY` -> $sum
  setting_probe "$1"
  [[ $have == absent || $have == unreachable ]] || sum_of_text "${1##* }=$have"$'\n'
}

setting_kept() { # `PATH KEY` BLOB -> $sum
  local content value
  read_kept "$2" || return 0
  setting_value "$content" "${1##* }"
  [[ $value == absent ]] || sum_of_text "${1##* }=$value"$'\n'
}

# ---- a file whose text travels beside this script, in secrets-HOST ------------------------------------------------
#
# It declares a `file` of which only the text comes from elsewhere: that is compared and written like any other, and never shown.
# `lvsgen secrets` makes that file of secrets: a line for each file (`file BASE64 PATH`), and last the sum of all before it.

kind secret

secrets_file='' # of --secrets

accept '--secrets FILE' secrets_file:secrets 'the texts of secrets (default: secrets-HOST beside the script)'

secrets_read=''          # 1 as soon as it was looked for
declare -A secret_of=()  # by path: its text in base64
secrets_missing=''       # the place where there is none

secrets_value() { # OPTION
  [[ -f $value ]] || bad_usage "$1: no file $value"
}

secret_declare() { # PATH MODE OWNER GROUP
  local text=''
  paths+=("$root$1")
  secret_texts[$1]=withheld
  # What --only leaves out is not asked for.
  if [[ ${command_has["$command --secrets"]:-} && (-z $only || ,$only, == *,file,* || ,$only, == *,secret,*) ]]; then
    read_secrets
    [[ $secrets_missing ]] || take_secret "$1"
  fi
  describe file "$1" "file $2 $3 $4" "$text"
}

take_secret() { # PATH -> $text
  [[ ${secret_of[$1]:-} ]] || refuse_secrets "it has no text for $1" "It was made of another description than this script."
  text=$(printf '%s' "${secret_of[$1]}" | base64 -d 2>/dev/null && printf .) || text=''
  [[ $text ]] || refuse_secrets "what it has for $1 is no base64" "Make it again: lvsgen secrets"
  text=${text%.} secret_texts[$1]=known
}

# Nobody but root, and who called sudo, may have written it: its sum tells of damage, not of another one in its place.
read_secrets() {
  local content base name untrusted file=$secrets_file mode
  [[ -z $secrets_read ]] || return 0
  secrets_read=1
  if [[ -z $file ]]; then
    base=.
    [[ $script_path != */* ]] || base=${script_path%/*}
    file=$base/secrets-$host
    [[ -e $file || -L $file ]] || { secrets_missing=$file && return 0; }
  fi
  name=${file##*/} base=.
  [[ $file != */* ]] || base=${file%/*}
  base=$(cd -- "${base:-/}" 2>/dev/null && pwd -P) || die 69 "cannot enter the directory of $file" "Nothing was changed. Look at it: ls -ld ${file%/*}"
  file=${base%/}/$name
  is_trusted_place "$base" "$name" ||
    die 69 "the secrets in $file may be another user's:$untrusted" "Nothing was changed. Copy the file, as root, to where only root can write, and name it: --secrets FILE"
  secrets_file=$file
  read_text "$file" || refuse_secrets "it cannot be read, or holds a NUL byte" "Carry it again."
  split_secrets
  mode=$(stat -c %a -- "$file") || mode=0
  (((8#${mode//[!0-7]/} & 8#077) == 0)) ||
    complain "others on this host may read $file (mode $mode): chmod 600, and away with it as soon as this run is over"
}

split_secrets() { # with $content -> ${secret_of[@]}
  local body=${content%'sha256 '*} line sum
  [[ $content =~ ^lvsgen-secrets\ ([0-9]{1,6})$'\n' ]] || refuse_secrets "it is no file of secrets" "Make it anew: lvsgen secrets"
  ((10#${BASH_REMATCH[1]} == 1)) || refuse_secrets "a newer lvsgen wrote it (format ${BASH_REMATCH[1]})" "Build the scripts and the secrets by one release."
  sum=$(printf '%s' "$body" 2>/dev/null | sha256sum) || sum=''
  [[ $content == "${body}sha256 ${sum%% *}"$'\n' ]] || refuse_secrets "it is damaged: its sum does not fit" "Carry it again, or make it anew: lvsgen secrets"
  body=${body#*$'\n'}
  [[ $body == "cluster $cluster"$'\n'"host $host"$'\n'* ]] || refuse_secrets "it is for another host or cluster" "This host is $host of $cluster: its file is secrets-$host."
  body=${body#*$'\n'} body=${body#*$'\n'}
  while [[ $body ]]; do
    line=${body%%$'\n'*} body=${body#*$'\n'}
    [[ $line == 'file '* ]] || refuse_secrets "it has a line that is none of a secret's" "Build the scripts and the secrets by one release."
    line=${line#file }
    secret_of[${line#* }]=${line%% *}
  done
}

refuse_secrets() { # WHAT REMEDY
  die 69 "$secrets_file: $1" "$2" "Nothing was changed."
}

# ---- a file that is a secret ---------------------------------------------------------------------------------------

# As described, and written by this role: so a later run without the text knows it by its sum, which only root can read.
is_secret_in_place() { # PATH, with $text -> $text, also where it was withheld
  local content sum=''
  read_found $((${#text} + 1048576)) && sum_of_text "$content" || return 1
  [[ ${written[$1]:-} == " $sum "* || ${secret_texts[$1]} == written ]] || return 1
  case ${secret_texts[$1]} in
    withheld) text=$content ;;
    *) [[ $content == "$text" ]] ;;
  esac
}

# Without its text there is nothing that could be written there.
is_withheld() { # PATH, with $text; probes it
  local have=''
  [[ ${secret_texts[$1]:-} == withheld ]] || return 1
  file_probe "$1"
  [[ $have != 'file '* ]] || ! is_secret_in_place "$1"
}

secret_obstacle() { # PATH
  if [[ $mutating != yes ]] || ! is_withheld "$1"; then return 0; fi
  obstacle="its text is not here: there is no file of secrets $secrets_missing"
  obstacle+=$'\n'"Where the description is, lvsgen secrets writes secrets-$host: carry it here beside the script, or name it: --secrets FILE"
}

secret_tell() {
  local path text=''
  [[ $mutating != yes ]] || return 0
  for path in ${secret_texts[@]+"${!secret_texts[@]}"}; do
    [[ ${described["file $path"]:-} ]] || continue
    if [[ -z ${command_has["$command --secrets"]:-} ]] || ! is_withheld "$path"; then continue; fi
    complain "what $path is to hold is not known here: there is no file of secrets $secrets_missing"
  done
}

# ---- this script itself, kept on the host for what asks it on a schedule ----------------------------------------
#
# It declares a `file` of lvsgen's own: the way there and back is that of every file, and a rollback brings back the script of then.

kind script

script_declare() { # PATH
  local content sum
  # Whoever owns its directory may have replaced it since it began.
  if ! read_text "$script_path" || ! sum=$(printf '%s' "$content" 2>/dev/null | sed "3s/$lvsgen_sum//" | sha256sum) || [[ $sum != "$lvsgen_sum  -" ]]; then
    die 1 "$script_path is not the script that runs: it was replaced meanwhile" "Nothing was changed. Keep it where only root can write, and run it again."
  fi
  paths+=("$root$1")
  describe file "$1" 'file 0700 root root' "$content"
}

# ---- a directory in which lvsgen's own program puts reports while no script runs -----------------------------------
#
# A role has it to itself, for root's eyes alone, and it goes with the reports in it.

kind reports path=whole folder own stale=stat

reports_declare() { # PATH
  paths+=("$root$1")
  describe reports "$1" 'directory 0700 0 0'
}

reports_probe() { # PATH
  local stat mode uid gid _
  walk "$root$1" || { have=unreachable && return 0; }
  stat_path "$root$real"
  case $stat in
    '') have=absent ;;
    *' directory')
      read -r mode uid gid _ <<<"$stat"
      printf -v mode '%04o' "$((8#0${mode//[!0-7]/}))"
      have="directory $mode $uid $gid"
      ;;
    *) have=other ;;
  esac
}

reports_record() { # PATH
  [[ $have != other ]] || { failure='it is there, but not a directory: move it away first' && return 1; }
  [[ $have != absent ]] || journal_parents "$root$1"
}

reports_set() { # PATH STATE
  local _ mode uid gid status=0
  if [[ $2 == absent ]]; then
    [[ $have != directory* ]] || remove_reports "$1"
    return
  fi
  read -r _ mode uid gid <<<"$2"
  make_parents "$root$1" && reach "$root$1" || return 1
  make_reports "$mode" "$uid" "$gid" || status=1
  [[ -z $handle ]] || failure=${failure//"/proc/self/fd/$handle/."/"$root$1"}
  leave
  return "$status"
}

# Of lvsgen 0.1, a record has no mode and no owner: it is one that was there before, and stays as it is.
make_reports() { # MODE UID GID of the directory that was reached
  local it=$at/$leaf
  if [[ ! -e $it && ! -L $it ]]; then run_as "mkdir $root$real" mkdir -m 0700 -- "$it" || return 1; fi
  [[ $1 ]] || return 0
  # Nobody who can rename there puts another one in its place meanwhile.
  if [[ $shared ]]; then
    descend "$leaf" || return 1
    it=/proc/self/fd/$handle/.
  fi
  # Closed first, and opened last; with five digits chmod takes set-group-id off as well.
  run chmod -- 00700 "$it" && run chown -h -- "$2:$3" "$it" || return 1
  printf -v mode '%05o' "$((8#0${1//[!0-7]/}))"
  [[ $mode == 00700 ]] || run chmod -- "$mode" "$it"
}

# The directory stays where somebody else has something in it.
remove_reports() { # PATH
  local file
  reach "$root$1" || return 1
  for file in "$at/$leaf"/*.jsonl "$at/$leaf"/.*.jsonl.new; do
    [[ ! -f $file || -L $file ]] || run rm -f -- "$file" || { leave && return 1; }
  done
  try rmdir -- "$at/$leaf"
  [[ ! -d $at/$leaf ]] || goes_on='it is not empty'
  leave
}

reports_undone() { # PATH RECORD
  reports_probe "$1"
  [[ $have == "$2" || ($2 == absent && $have == other) || ($2 == directory && $have == 'directory '*) ]]
}

# ---- a file that lvsgen's own program writes while no script runs ------------------------------------------------
#
# A role has it to itself. What is in it is the program's: it is as described where it is there. Whoever reads it is not root.

kind output path=whole own stale=stat

output_declare() { # PATH
  paths+=("$root$1")
  describe output "$1" file
}

output_probe() { # PATH
  local stat
  walk "$root$1" || { have=unreachable && return 0; }
  stat_path "$root$real"
  case $stat in
    '') have=absent ;;
    *' regular file' | *' regular empty file') have='file' ;;
    *) have=other ;;
  esac
}

output_record() { # PATH
  [[ $have != other ]] || { failure='something else of that name is there: move it away first' && return 1; }
  [[ $have != absent ]] || journal_parents "$root$1"
}

output_set() { # PATH STATE
  if [[ $2 == absent ]]; then
    # Beside it lies its next text, where the program was ended.
    [[ $have == other ]] || { remove_file "$root$1.new" && remove_file "$root$1"; }
  else
    make_parents "$root$1" && replace_file "$root$1" 0644 '' root root
  fi
}

output_undone() { # PATH RECORD
  output_probe "$1"
  [[ $have == "$2" || ($2 == absent && $have == other) ]]
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

# ---- installing and removing: one transaction of the system's package manager ----------------------------

prepared='' # the packages that were found to be had from $carried, with $carried_command

# Whatever is refused is refused before anything is written down, so that no generation begins with what never was.
package_record() { # NAME
  local -a missing
  missing_packages
  lacking=69
  prepare_packages "${missing[@]}" && lacking=1 # never empty
}

# The first one that is missing brings all that are: one transaction.
package_set() { # NAME STATE
  local name status=0
  local -a missing records=()
  if [[ $2 == absent ]]; then
    remove_packages "$1"
    return
  fi
  missing_packages
  for name in "${missing[@]}"; do # never empty
    journaled package "$name" || records+=(package "$name" absent)
  done
  if ((${#records[@]})) && ! journal "${records[@]}"; then # never empty
    drop_scratch
    return 1
  fi
  lacking=69
  # A run that goes on where another was interrupted has its records already.
  [[ $prepared == "${missing[*]}" ]] || prepare_packages "${missing[@]}" || return 1 # never empty
  if install_packages "${missing[@]}"; then lacking=1; else status=1; fi # never empty
  drop_scratch
  prepared=''
  return "$status"
}

# What can be known without changing anything: is there a place to install from, and is all that is needed in the folder?
prepare_packages() { # NAME...
  # However the run ends.
  finally drop_scratch
  find_carried
  case $package_source:${carried:+folder} in
    installed:*)
      failure="not installed: $*"$'\n'"The description says that packages are installed beforehand (packages.source is 'installed'), so this script installs none. Install them, and run it again."
      return 1
      ;;
    *:folder)
      complain "looking at $carried for $* ..."
      if ! secure_carried || ! check_carried || ! resolve_carried "$@"; then
        drop_scratch
        return 1
      fi
      ;;
    carried:)
      failure="not installed: $*"$'\n'"The description says that packages are carried along, and there is no folder packages/$platform/$architecture beside this script."
      ways_out
      return 1
      ;;
    repository:)
      [[ $packages_sum ]] || { prepared=$* && return 0; }
      failure="not installed: $*"$'\n'"--packages-sum says which folder to install from, and there is no folder packages/$platform/$architecture beside this script."
      failure+=$'\n'"Nothing was installed. Say where it is: --packages DIR --packages-sum $packages_sum"
      return 1
      ;;
  esac
  prepared=$*
}

install_packages() { # NAME..., prepared
  local -a manager=("$package_manager" -y)
  if [[ $carried ]]; then
    complain "installing $* from ${carried_origin:-$carried} ..."
    manager=("${carried_command[@]}") # never empty
    run_manager "$@"
    return
  fi
  complain "installing $* ..."
  [[ $package_manager != apt ]] || manager=("${apt_get[@]}") # never empty
  run_manager "$@" && return 0
  failure="cannot install $*: $failure"
  ways_out
  return 1
}

# A dpkg that outlived the run that was killed may end only now, and leave something to mend.
run_manager() { # NAME..., with ${manager[@]}
  mend_packages
  run "${manager[@]}" install -- "$@" && return 0 # never empty
  is_interrupted || return 1
  mend_packages
  run "${manager[@]}" install -- "$@" # never empty
}

# An interrupted transaction is repaired before the next: by dpkg what needs nothing more, by apt what does.
mend_packages() { # with ${manager[@]}
  ! is_interrupted || run dpkg --configure -a --force-confold || run "${manager[@]}" install || # never empty
    log "the interrupted transaction is not repaired: $failure"
}

is_interrupted() {
  local update
  [[ $package_manager == apt ]] || return 1
  for update in /var/lib/dpkg/updates/*; do
    [[ ! -e $update ]] || return 0
  done
  [[ $(dpkg --audit 2>/dev/null) ]]
}

# What the package manager would remove along with it, and is nobody's who leaves: it stays for that.
remove_packages() { # NAME -> $goes_on, where it stays
  local others=''
  find_needing "$1" || return 1
  if [[ $others ]]; then
    goes_on="it stays, since others need it that would go with it:$others"
    return 0
  fi
  case $package_manager in
    apt) run env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get purge -y -- "$1" ;;
    # What it needed itself may be in use by now.
    *) run "$package_manager" -y --setopt=clean_requirements_on_remove=0 remove -- "$1" ;;
  esac
}

find_needing() { # NAME -> $others
  local line said name more
  local -a going=("$1")
  if [[ $package_manager == apt ]]; then
    said=$(apt-get -s purge -- "$1" 2>&1) || { failure="apt-get does not say what else it would remove with it"$'\n'$said && return 1; }
    while read -r line name _; do
      [[ $line != @(Purg|Remv) ]] || note_dependent "${name%%:*}"
    done <<<"$said"
    return 0
  fi
  # Of what needs it rpm names the next ones alone.
  while :; do
    said=$(rpm -e --test --allmatches -- "${going[@]}" 2>&1) && return 0 # never empty
    more=''
    while IFS= read -r line; do
      [[ $line == *' is needed by (installed) '* ]] || continue
      name=${line##* (installed) } name=${name%-*-*}
      note_dependent "$name" || continue
      [[ " ${going[*]} " == *" $name "* ]] || { going+=("$name") && more=1; } # never empty
    done <<<"$said"
    [[ $more && -z $others ]] || return 0
  done
}

note_dependent() { # NAME, added to $others; success where it leaves as well
  local i holder
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == package && ${u_name[i]} == "$1" && ${u_record[i]} == absent ]] || continue
    held_elsewhere "package $1" || return 0
  done
  [[ " $others " == *" $1 "* ]] || others+=" $1"
  return 1
}

# ---- kernel modules

kind module boot lasts='/etc/modules-load.d/lvsgen-*'

module_declare() { # NAME
  describe module "$1" loaded
}

module_probe() { # NAME
  local name rest
  have=absent
  if [[ -d /sys/module/$1 ]]; then
    have=loaded
    return 0
  fi
  if [[ -r /proc/modules ]]; then
    while read -r name rest; do
      [[ $name != "$1" ]] || have=loaded
    done </proc/modules
  fi
  [[ $have == absent && -r /lib/modules/$kernel_release/modules.builtin ]] || return 0
  while IFS= read -r name; do
    name=${name##*/} name=${name%%.ko*}
    [[ ${name//-/_} != "${1//-/_}" ]] || have=loaded
  done <"/lib/modules/$kernel_release/modules.builtin"
}

module_set() { # NAME STATE
  if [[ $2 == absent ]]; then
    try modprobe -r -- "$1"
  elif ! run modprobe -- "$1"; then
    lacking=69
    failure="cannot load the kernel module $1: $failure"$'\n'"This kernel ($kernel_release) has no such module, or may not load it. Boot the distribution's own kernel."
    return 1
  fi
}

# What keeps systemd-modules-load from loading them at boot. (modprobe by a module's own name goes by no such line.)
module_rivals() { # FILE of lvsgen's, with the modules in $text
  local name denied
  if is_masked_at_boot systemd-modules-load.service; then
    obstacle='systemd-modules-load.service is masked: nothing loads these at the next boot, before their settings are set'
    obstacle+=$'\n'"Let it run at boot again: systemctl unmask systemd-modules-load.service"
    return
  fi
  while IFS= read -r name; do
    [[ $name && $name != [#\;]* ]] || continue
    find_denied "$name"
    [[ -z $denied ]] || obstacle+="${obstacle:+; }$denied keeps $name from being loaded at the next boot, before its settings are set"
  done <<<"$text"
  [[ -z $obstacle ]] || obstacle+=$'\n'"Take the line out; a file of the same name in /etc/modprobe.d takes the place of one in /run or /usr/lib."
}

# `blacklist NAME` in a file of modprobe.d: of two of one name that of the first directory.
find_denied() { # NAME -> $denied: FILE:LINE
  local directory file name content line number
  local -a words
  local -A seen=()
  denied=''
  for directory in /etc /run /usr/local/lib /usr/lib /lib; do
    for file in "$root$directory"/modprobe.d/*.conf; do
      file=${file#"$root"}
      name=${file##*/}
      if [[ ${seen[$name]:-} || ! -e $root$file ]]; then continue; fi
      seen[$name]=1 number=0
      read_text "$root$file" || continue
      while IFS= read -r line; do
        number=$((number + 1))
        [[ $line == *blacklist* ]] || continue
        split_words "$line"
        [[ ${words[0]-} == blacklist && ${words[1]-} && ${words[1]//-/_} == "${1//-/_}" ]] || continue
        denied=$file:$number
        return 0
      done <<<"$content"
    done
  done
}

module_lasting() { # -> ${lasting[@]}: nothing is taken away for them
  lasting=()
}

# ---- sysctls, live; the file in /etc/sysctl.d makes them last

kind sysctl boot look lasts='/etc/sysctl.d/99-zz-lvsgen-*'

sysctl_path() { # KEY -> $sysctl_file; with a slash in it dots are part of a name (ens33.100)
  if [[ $1 == */* ]]; then sysctl_file=/proc/sys/$1; else sysctl_file=/proc/sys/${1//.//}; fi
}

sysctl_declare() { # KEY VALUE
  describe sysctl "$1" "$2"
}

# A setting of an interface that is not here, or that this kernel does not have. (What a module brings is known when that is loaded.)
sysctl_obstacle() { # KEY
  local sysctl_file device present remedy
  sysctl_path "$1"
  [[ ! -e $sysctl_file ]] || return 0
  case $sysctl_file in
    /proc/sys/net/ipv[46]/conf/*/* | /proc/sys/net/ipv[46]/neigh/*/*)
      device=${sysctl_file%/*} device=${device##*/}
      [[ $device != @(all|default|tunl*|sit*|gre*|ip6tnl*) && ! -e /sys/class/net/$device ]] || return 0
      absent_interface "$device"
      obstacle="no interface $device on this host; its interfaces: $present"
      obstacle+=$'\n'$remedy
      ;;
    /proc/sys/net/ipv[46]/* | /proc/sys/net/core/* | /proc/sys/kernel/* | /proc/sys/vm/*)
      [[ -d ${sysctl_file%/*} ]] || return 0
      obstacle="this kernel has no such setting"$'\n'"Take it out of the description, or mend its name."
      ;;
  esac
}

sysctl_probe() { # KEY
  local sysctl_file
  sysctl_path "$1"
  have=absent
  [[ -r $sysctl_file ]] || return 0
  read -r have <"$sysctl_file" || :
  have=${have//$'\t'/ }
}

# Writing ip_forward takes other settings along (inet_forward_change in net/ipv4/devinet.c): they are kept first, so that they come back
# after it. (send_redirects is none of them: what another cluster made of it would come back.)
sysctl_record() { # KEY
  local file key before
  local -a records=() along=()
  # Its value now is what it goes back to.
  [[ $have != absent ]] || no_such_sysctl || return 1
  record=$have
  case $1 in
    net.ipv4.ip_forward) along=(/proc/sys/net/ipv4/conf/*/{forwarding,accept_redirects}) ;;
    net.ipv6.conf.all.forwarding) along=(/proc/sys/net/ipv6/conf/*/forwarding) ;;
    *) return 0 ;;
  esac
  for file in "${along[@]}"; do # never empty
    key=${file#/proc/sys/}
    read -r before <"$file" || continue
    journaled sysctl "$key" || records+=(sysctl "$key" "$before")
  done
  ((${#records[@]} == 0)) || journal "${records[@]}" # never empty
}

sysctl_set() { # KEY STATE
  local sysctl_file
  sysctl_path "$1"
  [[ $2 != absent ]] || return 0
  if is_function would_answer && would_answer "$1" "$2"; then return 0; fi
  [[ -e $sysctl_file ]] || no_such_sysctl || return 1
  note_announced "$1"
  [[ $2 == 0 ]] || may_forward || return 1
  run_as "sysctl $1 = $2" write_sysctl "$sysctl_file" "$2" || { failure="the kernel refuses the value $2" && return 1; }
  keep_redirects "$1" "$2" || return 1
  # A kernel may round a value, or show nothing of one that is an order: such a setting would differ for ever.
  sysctl_probe "$1"
  [[ $have == "$2" ]] || { failure="the kernel shows '$have' where '$2' was written: describe the value as it shows it" && return 1; }
  is_announced_still
}

announced='' # default routes that IPv6 routers announced, before forwarding was written

note_announced() { # KEY
  announced=''
  [[ $1 == net.ipv6.conf.all.forwarding ]] && is_function load_routes || return 0
  unset 'loaded[route]'
  load_routes
  announced=${route_of['6 default']:-}
  [[ $announced == *'proto ra'* ]] || announced=''
}

# As soon as this is written the kernel drops such a route where accept_ra is 1, whichever interface it is of.
may_forward() {
  local line device value
  while IFS= read -r line; do
    [[ $line == *' dev '*'proto ra'* ]] || continue
    device=${line#* dev } device=${device%% *} value=0
    read -r value 2>/dev/null <"/proc/sys/net/ipv6/conf/$device/accept_ra" || :
    [[ $value == 1 ]] || continue
    failure="the default route that a router announced would be gone with it: ${line% }"
    failure+=$'\n'"Let $device hear routers although this host forwards, and again at boot: sysctl net.ipv6.conf.$device.accept_ra=2"
    return 1
  done <<<"$announced"
}

is_announced_still() {
  [[ $announced ]] || return 0
  unset 'loaded[route]'
  load_routes
  [[ ${route_of['6 default']:-} != *'proto ra'* ]] || return 0
  failure="the default route that a router announced is gone with it: ${announced%%$'\n'*}"
  failure+=$'\n'"Let the interface hear routers although this host forwards (sysctl net.ipv6.conf.INTERFACE.accept_ra=2), or give this host a route of its own."
  return 1
}

# Whoever ceases to forward is made to hear ICMP redirects (inet_forward_change of the kernel). A boot has nothing to cease: there, what
# a file of this host says of them holds.
keep_redirects() { # KEY STATE
  local redirects=/proc/sys/net/ipv4/conf/all/accept_redirects now file content line key value wanted='' by_pattern=''
  [[ ${1//\//.} == net.ipv4.ip_forward && $2 == 0 ]] && read -r now <"$redirects" && [[ $now != 0 ]] || return 0
  find_boot_files ''
  for file in ${boot_files[@]+"${boot_files[@]}"}; do
    read_text "$file" || continue
    while IFS= read -r line; do
      # (A line for the very setting comes before any pattern.)
      [[ ! $line =~ ^[[:blank:]]*-?[[:blank:]]*net[./]ipv4[./]conf[./]\*[./]accept_redirects[[:blank:]]*=[[:blank:]]*([0-9]+) ]] || by_pattern=${BASH_REMATCH[1]}
      ! split_boot_setting "$line" || [[ $key != net/ipv4/conf/all/accept_redirects ]] || wanted=$value
    done <<<"$content"
  done
  [[ ${wanted:-$by_pattern} == 0 ]] || return 0
  run_as 'sysctl net.ipv4.conf.all.accept_redirects = 0' write_sysctl "$redirects" 0
}

write_sysctl() { # FILE VALUE
  printf '%s\n' "$2" >"$1"
}

no_such_sysctl() {
  failure='this kernel has no such setting; is its module loaded, does the interface exist?'
  return 1
}

# One that went with its interface or module has nothing to put back.
sysctl_undone() { # KEY RECORD
  sysctl_probe "$1"
  [[ $have == "$2" || $have == absent || $2 == absent ]]
}

# What writing a setting takes along, and was written down for that: stays as long as that one does. Its own name may be written with dots.
sysctl_along() { # KEY -> ${along[@]}
  along=()
  case $1 in
    net/ipv4/conf/*/forwarding | net/ipv4/conf/*/accept_redirects) along=('sysctl net.ipv4.ip_forward') ;;
    # As older ones wrote it down; of a VLAN it is a setting of its own.
    net/ipv4/conf/*.*/send_redirects) return 1 ;;
    net/ipv4/conf/*/send_redirects) ;;
    net/ipv6/conf/*/forwarding) along=('sysctl net.ipv6.conf.all.forwarding') ;;
    *) return 1 ;;
  esac
  [[ $1 == *.* ]] || along+=("sysctl ${1//\//.}")
}

# ---- settings that something else on this host would make otherwise at the next boot ------------------------------

# Lines of files that count after lvsgen's, and files of another cluster, which has the same host to itself as little as this one.
sysctl_rivals() { # FILE of lvsgen's, with its lines in $text
  local key at shown found='' clashes='' only_ours=1
  local -a wanted_keys=()
  local -A wanted=() final=() final_at=() differs=()
  if is_masked_at_boot systemd-sysctl.service; then
    obstacle='systemd-sysctl.service is masked: nothing sets these at the next boot, and addresses come up without them'
    obstacle+=$'\n'"Let it run at boot again: systemctl unmask systemd-sysctl.service"
    return
  fi
  described_settings
  find_other_clusters "$1"
  find_later "$1"
  for key in ${wanted_keys[@]+"${wanted_keys[@]}"}; do
    [[ ${final[$key]-${wanted[$key]}} != "${wanted[$key]}" ]] || continue
    at=${final_at[$key]}
    shown_setting "$key"
    found+="; at the next boot $at "
    if [[ ${final[$key]} == - ]]; then found+="leaves $shown as the kernel has it"; else found+="sets $shown to ${final[$key]}"; fi
    found+=", and described is ${wanted[$key]}"
    may_oust "${at%:*}" || only_ours=''
  done
  [[ $found$clashes ]] || return 0
  obstacle=$clashes$found obstacle=${obstacle#; }
  if [[ $clashes ]]; then
    obstacle+=$'\n'"A host has one value of a setting: describe the same in both clusters. Where it is to change in both, leave it out of one first (forwarding: \"keep\"), and apply that."
  elif [[ $only_ours ]]; then
    adoptable=1
    obstacle+=$'\n'"Take the line out, or describe what it says; --adopt takes it out, and uninstall puts it back."
  else
    obstacle+=$'\n'"Describe what it says, or see that it is not read: a file of the same name in /etc/sysctl.d takes the place of one in /run or /usr/lib."
  fi
}

# All lines for a setting go that would be otherwise, of each file that makes it so: with the last alone another would be the last.
sysctl_oust() { # FILE of lvsgen's, with its lines in $text
  local file key lines content real shared in_the_way
  local -a wanted_keys=()
  local -A wanted=() final=() final_at=() differs=()
  described_settings
  find_later "$1"
  for file in ${boot_files[@]+"${boot_files[@]}"}; do
    may_oust "$file" || continue
    for key in ${wanted_keys[@]+"${wanted_keys[@]}"}; do
      [[ ${differs["$file $key"]:-} && ${final[$key]} != "${wanted[$key]}" ]] || continue
      if ! walk "$root$file" last || ! read_found; then continue; fi
      sysctl_displaced "$key"
      [[ -z $lines ]] || displace "$file" "sysctl $key" "$lines" || return 1
    done
  done
}

sysctl_displaced() { # KEY, with $content -> $lines
  local line key value
  lines=''
  while IFS= read -r line; do
    ! split_boot_setting "$line" || [[ $key != "$1" ]] || lines+=$line$'\n'
  done <<<"$content"
}

# What is taken away for a setting is by its path below /proc/sys, however its line is written.
sysctl_lasting() { # with $text -> ${lasting[@]}
  local -a wanted_keys=()
  local -A wanted=()
  described_settings
  lasting=(${wanted_keys[@]+"${wanted_keys[@]}"})
}

described_settings() { # with $text -> $wanted, by the ${wanted_keys[@]} in their order
  local line key value
  while IFS= read -r line; do
    ! split_boot_setting "$line" || { wanted_keys+=("$key") && wanted[$key]=$value; }
  done <<<"$text"
}

# What packages bring, or a boot, comes again, also where the site made a link to it.
may_oust() { # FILE
  local real shared in_the_way
  [[ $1 != *[[:space:]]* ]] && ! is_of_a_role "$1" && walk "$root$1" last && [[ $real == @(/etc|/usr/local)/* ]]
}

# -> $final and $final_at: for each described setting that they set, what the last line sets it to, and where that is; $differs: where one sets
# it otherwise
find_later() { # FILE
  local file line number key value content='' real shared in_the_way holder
  find_boot_files "${1##*/}"
  for file in ${boot_files[@]+"${boot_files[@]}"}; do
    # Another cluster's is a clash in any order; the same cluster's is mended by that role's script, which was built together with this one.
    if is_of_a_role "$file" && [[ $command != verify || $holder != "${state_dir%/*}"/* ]]; then continue; fi
    if ! walk "$root$file" last || ! read_found; then continue; fi
    number=0
    while IFS= read -r line; do
      number=$((number + 1))
      if ! split_boot_setting "$line" || [[ ! ${wanted[$key]+x} ]]; then continue; fi
      final[$key]=$value final_at[$key]=$file:$number
      [[ $value == "${wanted[$key]}" ]] || differs["$file $key"]=1
    done <<<"$content"
  done
}

# Another cluster's file counts whichever comes first: what one apply sets, the other takes back. -> $clashes
find_other_clusters() { # FILE
  local file line number key value shown content real shared in_the_way holder
  for file in "$root"/etc/sysctl.d/99-zz-lvsgen-*.conf; do
    file=${file#"$root"}
    if [[ $file == "$1" || ! -f $root$file ]] || ! is_of_a_role "$file" || [[ $holder == "${state_dir%/*}"/* ]]; then continue; fi
    if ! walk "$root$file" last || ! read_found; then continue; fi
    number=0
    while IFS= read -r line; do
      number=$((number + 1))
      if ! split_boot_setting "$line" || [[ $value == - || ${wanted[$key]-$value} == "$value" ]]; then continue; fi
      shown_setting "$key"
      clashes+="; $shown is $value for ${holder#"$state_home"/} ($file:$number), and ${wanted[$key]} is described here"
    done <<<"$content"
  done
}

# Does a role of lvsgen's describe it? Its script has it mended.
is_of_a_role() { # FILE -> $holder
  [[ $1 == /etc/sysctl.d/99-zz-lvsgen-* ]] || return 1
  holder=$state_dir
  [[ -z ${described["file $1"]:-} ]] || return 0
  held_elsewhere "file $1" || has_own_record "$1"
}

# Described no longer: it goes with this apply.
has_own_record() { # FILE -> $holder
  local escaped
  load_roles
  escape "$1"
  holder=$state_dir
  [[ ${roles_with["file $escaped"]:-} == *" $cluster/$role "* ]]
}

# ---- the mode of SELinux

kind selinux boot

selinux_declare() { # mode permissive
  describe selinux "$1" "$2"
}

selinux_probe() {
  local enforcing
  have=permissive # also where there is no SELinux at all: nothing is in the way
  [[ -r /sys/fs/selinux/enforce ]] || return 0
  read -r enforcing </sys/fs/selinux/enforce || :
  [[ $enforcing != 1 ]] || have=enforcing
}

selinux_set() { # NAME STATE
  case $2 in
    permissive) run setenforce 0 ;;
    *) run setenforce 1 ;;
  esac
}

# ---- booleans of SELinux that a role needs

kind boolean

boolean_declare() { # NAME on
  describe boolean "$1" "$2"
}

boolean_probe() { # NAME
  local now rest
  have=$state
  [[ -r /sys/fs/selinux/booleans/$1 ]] || return 0
  read -r now rest <"/sys/fs/selinux/booleans/$1" || :
  have=off
  [[ $now != 1 ]] || have=on
}

boolean_record() {
  record=$have
}

boolean_set() { # NAME STATE
  run setsebool -P "$1" "$2"
}

# ---- systemd units ---------------------------------------------------------------------------------

# keepalived has addresses while it runs, and so may others.
kind unit stale='unit firewall ports address'

units=()

# ENABLED and ACTIVE: `enabled active`, `disabled inactive`, - for what is left alone.
unit_declare() { # NAME ENABLED ACTIVE
  units+=("$1")
  describe unit "$1" "$2 $3"
}

unit_probe() { # NAME
  local unit load file active sub link
  read_unit "$1"
  if [[ $load == not-found ]]; then
    have=absent
    return 0
  fi
  case $file in
    generated) # a SysV init script: enabled where a run level starts it
      file=disabled
      for link in /etc/rc[2345].d/S[0-9][0-9]"${1%.service}"; do
        [[ ! -e $link ]] || file=enabled
      done
      ;;
    enabled | alias) file=enabled ;;
    # What has no [Install] of its own, or names only others there, is on where something that a boot starts brings it along.
    static | indirect) if boot_reaches "$unit"; then file=enabled; else file=disabled; fi ;;
    masked | masked-runtime) file=masked ;;
    # So is what is linked: systemd finds its file, and no boot starts it. What is on until the next boot (*-runtime) is off by then.
    *) file=disabled ;;
  esac
  case $active:$sub in
    activating:auto-restart*) active=restarting ;; # it has ended, and waits for its next try
    active:* | reloading:* | activating:*) active=active ;;
    *) active=inactive ;;
  esac
  have="$file $active"
}

# Only another name of a unit that is described itself (iptables.service of netfilter-persistent): it is turned on and off by its own.
is_other_name() { # NAME
  local id=${unit_id[$1]:-$1}
  [[ $id != "$1" && ${described["unit $id"]:-} ]]
}

read_unit() { # NAME -> $unit $load $file $active $sub
  load_units
  unit=$1
  [[ ${unit_of[$unit]:-} ]] || unit=${1%.service}.service
  read -r load file active <<<"${unit_of[$unit]:-not-found none inactive}"
  sub=${unit_sub[$unit]:-}
}

unit_same() { # NAME
  local enabled=${state% *} active=${state#* }
  ! is_other_name "$1" || return 0
  if [[ $have == absent ]]; then
    [[ $enabled != enabled && $active != active ]]
    return
  fi
  [[ $enabled == - || ${have% *} == "$enabled" || ($enabled == disabled && ${have% *} == masked) ]] &&
    [[ $active == - || ${have#* } == "$active" ]]
}

unit_record() { # NAME
  # What it is before lvsgen changes it, is known when it is there.
  [[ $have != absent || ! $state =~ ^enabled|\ active$ ]] || no_such_unit || return 1
  record=${have/%restarting/active} # it was meant to be
  add_link "$1"
  # (Where it is described no longer, nothing says to what it goes.)
  if [[ ! $state || ${state#* } != @(-|"${have#* }") ]] || loads_anew "$1"; then
    journal_booted || return 1
  fi
  [[ ${state#* } != active || $have != *' inactive' ]] || journal_pulled "$1" || return 1
  case ${state% *}:$have in
    enabled:disabled* | disabled:enabled*)
      local -a beside
      units_beside "$1" "${state% *}"
      record+=${beside[*]+" ${beside[*]}"}
      ;;
  esac
}

# A firewall that is enabled again may have to be started again for it (unit_set).
loads_anew() { # UNIT, with $have and $state
  [[ " ${firewall_units[*]} " == *" $1 "* && ${state% *} != "${have% *}" ]] # never empty
}

no_such_unit() {
  failure='there is no such unit; which package brings it?'
  return 1
}

unit_set() { # NAME STATE, in a record with the units beside it
  local enabled active beside is=${have#* } turned_off='' read_again='' linked_file
  local -a words
  split_unit_record "$2"
  [[ $2 != absent ]] || return 0
  reload_systemd || return 1
  if [[ $have == absent && -z $linked_file ]]; then
    [[ $enabled != enabled && $active != active ]] || no_such_unit
    return
  fi
  [[ $have != absent ]] || is=inactive
  if [[ ${have% *} == masked && $enabled == enabled ]]; then
    failure="it is masked: someone keeps it off on purpose. If that is over: systemctl unmask $1"
    return 1
  fi
  case $enabled in
    enabled)
      if [[ ${have% *} != enabled ]] || run_levels_back "$1" enabled; then
        turn_on "$1" "$linked_file" || return 1
        read_again=1
      fi
      ;;
    linked) turn_off_linked "$1" "$linked_file" && turned_off=1 || return 1 ;;
    disabled)
      if [[ ${have% *} == enabled ]] || run_levels_back "$1" disabled; then
        turn_off "$1" || return 1
        turned_off=1
      fi
      ;;
    masked) [[ ${have% *} == masked ]] || run systemctl mask -- "$1" || return 1 ;;
  esac
  split_words "$beside"
  # What was linked was off.
  turn_beside "${enabled/linked/disabled}" ${words[@]+"${words[@]}"} || return 1
  # A unit gets its other names when it is enabled (netfilter-persistent is iptables.service too). Where another unit named one of them
  # before, as firewalld's does, systemd has that as one that is not there, and takes its state for that of both.
  if [[ $read_again && $is == active ]] && ! systemctl -q is-active -- "$1"; then is=inactive; fi
  case $active in
    active)
      [[ $is == active ]] || start_or_stop "$1" start_unit "$1" || return 1
      ;;
    inactive)
      if [[ $is == inactive ]]; then return 0; fi
      # A name server may be what this host serves.
      if is_vital "$1" && [[ $1 != @(named|unbound|dnsmasq)* ]]; then
        goes_on="it goes on${turned_off:+ until the next boot}: this host's network, names, time or logs need it"
        log "$1: $goes_on"
        return 0
      fi
      # It may wait for a server that does not answer any more.
      start_or_stop "$1" run timeout 180 systemctl stop -- "$1" ||
        { failure="it did not stop: $failure"$'\n'"See: systemctl status $1; journalctl -u $1 -b" && return 1; }
      stop_booted_with "$1"
      ;;
  esac
}

unit_undone() { # NAME RECORD
  local enabled active beside other linked_file
  local -a words
  unit_probe "$1"
  split_unit_record "$2"
  if [[ $enabled == linked ]]; then
    is_linked "$1" || return 1
    enabled=disabled
  fi
  [[ ${have/%restarting/active} == "$enabled${active:+ $active}" ]] || return 1
  ! run_levels_lag "$1" "$enabled" || return 1
  split_words "$beside"
  for other in ${words[@]+"${words[@]}"}; do
    ! is_turned "$other" "$enabled" || return 1
  done
}

unit_facts() { # NAME
  units+=("$1")
}

# ---- a unit on and off: what systemd calls it besides enabled and disabled ------------------------------------------------
#
# A unit file elsewhere is linked where systemd looks, or not found (systemctl link; systemd.unit(5)); `systemctl disable` takes that link
# away too. So a record has `linked:FILE`, or `enabled:FILE`, where there was such a link.

# To a file of the same name outside of it: that of another name is an alias.
find_link() { # UNIT -> $linked_file
  local file=/etc/systemd/system/$1
  linked_file=''
  [[ -L $file ]] || return 0
  linked_file=$(readlink -- "$file") || linked_file=''
  [[ $linked_file == /*/"$1" && $linked_file != @(/etc|/run|/lib|/usr/lib|/usr/local/lib)/systemd/system/* ]] || linked_file=''
}

# What goes on, comes off the link's way back; what goes off, loses it.
add_link() { # UNIT, with $have and $state -> $record
  local linked_file escaped
  [[ $have == @(enabled|disabled)' '* ]] || return 0
  find_link "$1"
  [[ $linked_file ]] || return 0
  escape "$linked_file"
  record=:${escaped// /\\040}" ${record#* }"
  if [[ $have == enabled* ]]; then record=enabled$record; else record=linked$record; fi
}

split_unit_record() { # STATE or RECORD -> $enabled $linked_file $active $beside
  local unescaped
  read -r enabled active beside <<<"$1"
  linked_file=''
  [[ $enabled == *:* ]] || return 0
  unescape "${enabled#*:}"
  linked_file=$unescaped enabled=${enabled%%:*}
}

is_linked() { # UNIT
  local unit load file active sub
  read_unit "$1"
  [[ $file == linked ]]
}

turn_on() { # UNIT FILE-that-it-was-linked-to
  local unit load file active sub have
  read_unit "$1"
  [[ $file != static ]] || { not_reached "it has no [Install] section" "$1" && return 1; } || return 1
  if [[ $load == not-found && $2 ]]; then
    run systemctl enable -- "$2"
    return
  fi
  run systemctl enable -- "$1" || return 1
  # It has others in its place, a socket say: is one of them of use?
  [[ $file == indirect ]] || return 0
  unset 'loaded[unit]'
  unit_probe "$1"
  [[ $have == enabled* ]] || not_reached 'its [Install] section names only others' "$1"
}

not_reached() { # WHY UNIT
  failure="no boot starts it: $1, and nothing that a boot starts wants it"
  failure+=$'\n'"Let the boot start it: systemctl add-wants multi-user.target $2; then run this again. Or see who is meant to: systemctl cat $2"
  return 1
}

turn_off() { # UNIT
  local unit load file active sub
  read_unit "$1"
  if [[ $file == static ]]; then
    # An undo goes on: nothing of that is lvsgen's.
    [[ $command == apply ]] || { log "$1: it has no [Install] section, and is left to who wants it:${unit_pullers[$unit]:-}" && return 0; }
    failure="a boot starts it, though nobody enabled it: units want it that a boot starts:${unit_pullers[$unit]:-}"
    failure+=$'\n'"Turn those off, or keep it off: systemctl mask $1; then run this again."
    return 1
  fi
  run systemctl disable -- "$1"
}

turn_off_linked() { # UNIT FILE
  local unit load file active sub
  read_unit "$1"
  [[ $file != linked ]] || return 0
  [[ $load == not-found ]] || run systemctl disable -- "$1" || return 1
  if [[ ! -f $2 ]]; then
    log "$1: it was linked to $2, which is there no longer"
    return 0
  fi
  run systemctl link -- "$2"
}

# A unit may start, end, and be started again by systemd without end: that is no service. And it may wait for what does not come, as for a
# share whose server is silent: whoever puts things back has more to do.
start_unit() { # UNIT
  run timeout 180 systemctl start -- "$1" || { not_started "$1" && return 1; }
  ! ends_again "$1" || { crash_loops "$1" && return 1; }
}

# What a limit of time has ended is the waiting alone, and not the start.
not_started() { # UNIT, with $failure of `run`
  if [[ ${failure%%$'\n'*} == *' (exit code 124)' ]]; then
    failure='it has not started within 180 s, and systemd goes on with it'
    failure+=$'\n'"See what it waits for: systemctl list-jobs; systemctl status $1. Once it is active, run this again."
  else
    failure+=$'\n'"See: journalctl -u $1 -b"
  fi
}

crash_loops() { # UNIT
  failure="it starts and ends again: journalctl -u $1 -b"$'\n'"Find out there why; then run this again."
}

# Those of which systemd knows only that they were begun: a second tells, whether it begins them again or not.
ends_again() { # UNIT
  local line type='' sub='' active='' since='' first='' tries=0
  while ((tries++ < 6)); do
    while IFS= read -r line; do
      case $line in
        Type=*) type=${line#*=} ;;
        ActiveState=*) active=${line#*=} ;;
        SubState=*) sub=${line#*=} ;;
        ExecMainStartTimestampMonotonic=*) since=${line#*=} ;;
      esac
    done < <(systemctl show --property=Type,ActiveState,SubState,ExecMainStartTimestampMonotonic -- "$1" 2>/dev/null || :)
    [[ $sub != auto-restart* ]] || return 0
    [[ $type == @(simple|exec|idle) ]] || return 1
    first=${first:-$since}
    # One that has ended well, systemd calls inactive, as the probe after this will.
    [[ $active == @(active|activating) && $since == "$first" ]] || return 0
    sleep 0.2
  done
  return 1
}

unit_differs() { # with $name, $have and $state
  local unit load file active sub
  printf 'is %s, described: %s' "$have" "$state"
  [[ $have != absent ]] || return 0
  read_unit "$name"
  [[ $have != *' restarting' ]] || printf '; it starts and ends again: journalctl -u %s -b' "$name"
  [[ $state != enabled* || $have != disabled* || $file != @(linked|*-runtime|static|indirect) ]] || printf '; it is %s: no boot starts it' "$file"
}

# ---- what the start of a unit brought along ---------------------------------------------------------------------

kind pulled recorded common stale='unit firewall ports'

# What carries the host's network, names, time, logs and sessions: no undo stops it, whoever started it.
is_vital() { # UNIT
  case $1 in
    network.service | networking.service | network-online.target | network.target | network-pre.target) ;;
    NetworkManager*.service | systemd-networkd* | systemd-resolved* | wpa_supplicant* | ifup@* | ifupdown* | netplan-* | wicked*) ;;
    dhclient* | dhcpcd* | dnsmasq* | unbound* | named* | nscd* | sssd*) ;;
    chrony* | ntp* | systemd-time* | openntpd*) ;;
    rsyslog* | syslog* | systemd-journald* | auditd* | dbus* | systemd-logind* | systemd-udevd* | ssh.* | sshd* | ssh@*) ;;
    *) return 1 ;;
  esac
}

# What a start brings along (sockets, mounts, helpers) is written down before it, so that an undo stops that too.
journal_pulled() { # UNIT
  local line id='' active='' needs='' complete level=1
  local -a pulled_units=("$1") shown_units=() mounts=() sockets=() services=() words=()
  local -A seen=(["$1"]=1)
  while ((${#pulled_units[@]} && level++ < 6)); do
    shown_units=("${pulled_units[@]}") needs='' # never empty
    pulled_units=() complete=''
    while IFS= read -r line; do
      case $line in
        complete) complete=1 ;;
        Id=*) id=${line#*=} ;;
        ActiveState=*) active=${line#*=} ;;
        Requires=* | Wants=* | BindsTo=*) needs+=" ${line#*=}" ;;
        '')
          # What is active already was not brought along, nor what it needs.
          if [[ $active == inactive || $id == "$1" ]]; then
            split_words "$needs"
            for line in ${words[@]+"${words[@]}"}; do
              [[ $line == *.@(service|socket|mount|target) && -z ${seen[$line]:-} ]] || continue
              seen[$line]=1
              pulled_units+=("$line")
            done
            if is_vital "$id"; then id='' active='' needs=''; fi
            case $id in
              '' | "$1" | *.target) ;;
              *.mount) mounts+=("$id") ;;
              *.socket) sockets+=("$id") ;;
              *) services+=("$id") ;;
            esac
          fi
          id='' active='' needs=''
          ;;
      esac
    done < <(systemctl show --property=Id,ActiveState,Requires,Wants,BindsTo -- "${shown_units[@]}" && printf '\ncomplete\n' 2>/dev/null) # never empty
    [[ $complete ]] || cannot_read "what $1 brings along" 'systemctl show'
  done
  # An undo goes backwards: the services, what they listen on, then the mounts that they used.
  for id in ${mounts[@]+"${mounts[@]}"} ${sockets[@]+"${sockets[@]}"} ${services[@]+"${services[@]}"}; do
    [[ ${described["unit $id"]:-} ]] || journaled pulled "$id" || journal pulled "$id" inactive || return 1
  done
}

pulled_probe() { # UNIT
  load_units
  have=inactive
  # An older journal may have it.
  ! is_vital "$1" || return 0
  [[ ${unit_of[$1]:-} != *' active' ]] || have=active
}

pulled_set() { # UNIT STATE
  local needed_by
  [[ $2 == inactive ]] || return 0
  find_dependents "$1"
  if [[ $needed_by ]]; then
    goes_on="it goes on: $needed_by needs it"
    log "$1: $goes_on"
  else
    run timeout 120 systemctl stop -- "$1" || goes_on="it goes on: $failure"
    failure=''
  fi
}

# Is it to be stopped by this undo as well?
stops_too() { # UNIT
  local i
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_name[i]} == "$1" && ${u_kind[i]} == @(pulled|unit) && ${u_record[i]} != *' active'?(' '*) ]] || continue
    return 0
  done
  return 1
}

# What runs and needs the unit, though lvsgen did not start it. -> $needed_by
find_dependents() { # UNIT
  local line asking='' i=0
  local -a words=()
  needed_by=''
  while IFS= read -r line; do
    asking+=" ${line#*=}"
  done < <(systemctl show --property=RequiredBy,BoundBy,WantedBy,RequisiteOf -- "$1" 2>/dev/null || :)
  split_words "$asking"
  line=''
  for needed_by in ${words[@]+"${words[@]}"}; do
    [[ $needed_by == *.target || ${described["unit $needed_by"]:-} ]] || stops_too "$needed_by" || line+=" $needed_by"
  done
  needed_by=''
  split_words "$line"
  ((${#words[@]})) || return 0
  while IFS= read -r line; do
    [[ $line != active && $line != activating ]] || needed_by=${words[i]}
    i=$((i + 1))
  done < <(systemctl is-active -- "${words[@]}" 2>/dev/null || :) # never empty
}

pulled_facts() { # UNIT
  units+=("$1")
}

# ---- the run levels beside a unit ---------------------------------------------------------------------------
#
# Of a unit that has a SysV script as well, `systemctl enable` and `disable` turn the script's links first (systemd-sysv-install: update-rc.d,
# chkconfig), and the unit's own after them. A power cut between the two leaves them apart, and systemd tells the unit's own alone.

# Do its run levels say the contrary yet? (Links of both letters are those of a script that is on.)
run_levels_lag() { # UNIT enabled|disabled
  local link started='' stopped=''
  [[ -x /etc/init.d/${1%.service} ]] || return 1
  for link in /etc/rc[2345S].d/[SK][0-9][0-9]"${1%.service}"; do
    case ${link##*/} in
      S*) started=1 ;;
      K*) stopped=1 ;;
    esac
  done
  case $2 in
    enabled) [[ ! $started && $stopped ]] ;;
    disabled) [[ $started ]] ;;
    *) return 1 ;;
  esac
}

# An undo turns them along, though the unit itself is as before.
run_levels_back() { # UNIT enabled|disabled, with $have
  [[ $putting_back && ${have% *} == "$2" ]] && run_levels_lag "$1" "$2"
}

# ---- what is turned on and off along with a unit ----------------------------------------------------------------
#
# Units that [Install] names in Also= go on and off with the unit (systemd.unit(5)), and so do those that these name in turn. One that was on while the unit was off, or off while
# it was on, would not come back with it: it is in the unit's record, behind its state.

units_beside() { # UNIT STATE -> ${beside[@]}: of those, the ones that are in this state already
  local other
  local -a also
  beside=()
  read_also "$1"
  for other in ${also[@]+"${also[@]}"}; do
    is_turned "$other" "$2" || continue
    # Of two that name each other, neither can be turned alone.
    names_also "$other" "$1" || beside+=("$other")
  done
}

read_also() { # UNIT -> ${also[@]}, each once, and not the unit itself
  local line names unit
  local -a words=() asked_units=("$1")
  local -A seen=(["$1"]=1)
  also=()
  while ((${#asked_units[@]})); do
    names=''
    for unit in "${asked_units[@]}"; do # never empty
      while IFS= read -r line; do
        [[ $line != Also=* ]] || names+=" ${line#*=}"
      done < <(systemctl cat -- "$unit" 2>/dev/null || :)
    done
    asked_units=()
    split_words "$names"
    for unit in ${words[@]+"${words[@]}"}; do
      [[ -n ${seen[$unit]:-} ]] || asked_units+=("$unit")
      seen[$unit]=1
    done
    also+=(${asked_units[@]+"${asked_units[@]}"})
  done
}

names_also() { # UNIT OTHER
  local -a also
  read_also "$1"
  [[ " ${also[*]+"${also[*]}"} " == *" $2 "* ]]
}

is_turned() { # UNIT enabled|disabled
  [[ $(systemctl is-enabled -- "$1" 2>/dev/null || :) == "$2" ]]
}

# What a record has behind the state of a unit that is disabled, or enabled, as before.
turn_beside() { # enabled|disabled UNIT...
  local verb=enable other
  [[ $1 == disabled ]] || verb=disable
  for other in "${@:2}"; do
    [[ $(systemctl is-enabled -- "$other" 2>/dev/null || :) == "${verb}d" ]] || run systemctl "$verb" -- "$other" || return 1
  done
}

# ---- lvsgen's own unit, as a boot leaves it ------------------------------------------------------------------------

# Inactive, it hears nothing of what takes its work away: a reload of a firewall, a restart of what configures the network. Started, it
# does its steps once more: so it comes last, when all that they bring is here.
kind booted own again steps stale=all

booted_units=()
started_steps='' # text of the units that this run has started

booted_declare() { # UNIT
  units+=("$1")
  booted_units+=("$1")
  describe booted "$1" active
}

booted_probe() { # UNIT
  load_units
  # It may run on when its file is gone.
  case ${unit_of[$1]:-} in
    *' active' | *' reloading' | *' activating') have=active ;;
    *) have=inactive ;;
  esac
}

booted_set() { # UNIT STATE
  local index=${described["file /etc/systemd/system/$1"]:-}
  if [[ $2 != active ]]; then
    run timeout 180 systemctl stop -- "$1"
    return
  fi
  reload_systemd || return 1
  # What a firewall's start has set off waits for the end of this run, to do the same.
  try timeout 180 systemctl stop -- "${1%.service}-again.service"
  # The network that it waits for at boot is up, or is not to be brought up for its sake.
  run timeout 180 systemctl restart --job-mode=ignore-requirements -- "$1" ||
    { failure+=$'\n'"See: systemctl status $1; journalctl -u $1 -b" && return 1; }
  [[ -z $state || -z $index ]] || started_steps+=${r_text[index]}
}

# What a start or stop that is undone has taken away again, a rollback brings by the steps.
booted_undone() { # UNIT RECORD
  booted_probe "$1"
  [[ $have == "$2" && ($2 != active || $command != rollback) ]]
}

booted_differs() {
  printf 'is %s: what a reload of a firewall or a restart of the network takes away would not come again; apply starts it' "$have"
}

booted_facts() { # UNIT
  units+=("$1")
}

# A firewall takes its rules away when it stops: inactive, it does its steps once more in the end.
stop_booted_with() { # UNIT
  local unit have
  [[ " ${firewall_units[*]} " == *" $1 "* ]] || return 0 # never empty
  loaded[unit]=''
  for unit in ${booted_units[@]+"${booted_units[@]}"}; do
    booted_probe "$unit"
    [[ $have != active ]] || run timeout 180 systemctl stop -- "$unit" || return 1
  done
}

# A unit that starts or stops may take it along, or its work, now or when that is undone: it is PartOf= what may do so.
journal_booted() {
  local unit have
  for unit in ${booted_units[@]+"${booted_units[@]}"}; do
    booted_probe "$unit"
    [[ $have != active ]] || journaled booted "$unit" || journal booted "$unit" active || return 1
  done
}

# ---- units: the stop of a firewall that takes the rules of others along ------------------------------------------------
#
# nftables.service, EL's iptables.service and firewalld flush all that their tool shows when they stop, not what they loaded alone: the
# networks of containers and the bans of others are gone until those programs start again. (moby#9395, firewalld#863)

# Chains of these are theirs, also where somebody has saved them into the file that the unit loads.
made_by_others='@(DOCKER|KUBE|CNI|NETAVARK|FLANNEL|LIBVIRT|cali|f2b|fail2ban|crowdsec|CROWDSEC)*'

unit_obstacle() { # UNIT, with $state
  local have others=''
  [[ -z $root && $state == *' inactive' && " ${firewall_units[*]} " == *" $1 "* ]] || return 0 # never empty
  unit_probe "$1"
  [[ $have == *' active' ]] || return 0
  find_taken_along "$1"
  [[ $others ]] || return 0
  obstacle="its stop takes the rules of others along, and nothing here brings them back: $others"
  obstacle+=$'\n'"Turn it off by hand when that suits (systemctl disable --now ${1%.service}), and restart what made them, such as docker or fail2ban. Or describe this host's firewall as open, which leaves it on."
}

# What neither the unit's own file or program has made, nor another firewall that is turned off as well.
find_taken_along() { # UNIT -> $others
  local live='' own='' saved='' flushes tool
  stops_by "$1"
  case $1 in
    nftables.service)
      [[ $flushes == *[[:blank:]]flush[[:blank:]]ruleset* ]] || return 0
      live=$(nft list ruleset 2>/dev/null | ruleset_chains) || cannot_read 'the rules of the firewall' 'nft list ruleset'
      own_of_nftables
      ;;
    iptables.service | ip6tables.service)
      is_loaded_as_on_el "${1%.service}" || return 0
      [[ $flushes =~ tables\.init[[:blank:]]stop|tables(-legacy|-nft)?[[:blank:]](-[^\;]*[[:blank:]])?(-F|--flush)|tables(-legacy|-nft)?-restore ]] || return 0
      read_saved "${1%.service}"
      # The table `security` stays (iptables.init of EL8).
      live=$(printf '%s\n' "$saved" | saved_chains | awk '$1 != "security"')
      own_of_saved "${1%.service}" ''
      ;;
    firewalld.service)
      firewalld_flushes_iptables || return 0
      for tool in iptables ip6tables; do
        read_saved "$tool"
        live+=$(printf '%s\n' "$saved" | saved_chains firewalld)$'\n'
      done
      own_of_firewalld
      ;;
  esac
  find_others "$live" "$own"
}

# What cannot be read is not nothing.
read_saved() { # TOOL -> $saved
  saved=''
  command -v "$1-save" >/dev/null && [[ $1 == iptables || -e /proc/net/if_inet6 ]] || return 0
  ! saved=$(await_xtables timeout 60 "$1-save" 2>&1) || return 0
  # (It reads all tables, of which some may be there without `filter`.)
  if ! is_without_filter "$1" "$saved" || { read -r _ <"/proc/net/${1%tables}_tables_names"; } 2>/dev/null; then
    cannot_read 'the rules of the firewall' "$1-save"
  fi
  saved=''
}

# Of some chains, those that neither others have nor lvsgen's own unit brings back.
find_others() { # CHAINS OTHERS -> $others
  local line number=0
  others=''
  while IFS= read -r line; do
    [[ $line && " $line" != *" lvsgen_${cluster//-/_}_$role"* && " $line" != *" LVSGEN"*"-${cluster:0:12}"* ]] || continue
    [[ " $line" == *' '$made_by_others || $'\n'$2$'\n' != *$'\n'"$line"$'\n'* ]] || continue
    [[ ", $others, " != *", $line, "* ]] || continue
    number=$((number + 1))
    ((number > 6)) || others+=${others:+, }$line
  done <<<"$1"
  ((number <= 6)) || others+=" (+$((number - 6)))"
}

# What an undo starts or stops may flush as well, and there is no way around it: that is told.
start_or_stop() { # UNIT COMMAND...
  local unit=$1 before others
  shift
  if [[ " ${firewall_units[*]} " != *" $unit "* ]]; then # never empty
    "$@"
    return
  fi
  before=$(chains_in_force)
  "$@" || return 1
  # It is active before its rules are in force, and answers after that.
  [[ $unit != firewalld.service || $1 != start_unit ]] || timeout 60 firewall-cmd --state >/dev/null 2>&1 || :
  find_gone "$unit" "$1"
  [[ $others ]] || return 0
  log "$unit: this took along $others"
  complain "${unit%.service}: the rules of others went along with it: $others; restart what made them, such as docker or fail2ban"
}

# What a unit has made itself goes with its stop; of one but nftables.service only those are told that are known to be others'.
find_gone() { # UNIT COMMAND, with $before -> $others
  local own='' live='' after line
  after=$(chains_in_force)
  while IFS= read -r line; do
    [[ $'\n'$after$'\n' == *$'\n'"$line"$'\n'* ]] || live+=$line$'\n'
  done <<<"$before"
  case $2:$1 in
    start_unit:*) ;;
    *:nftables.service) own_of_nftables ;;
    *) own=$live ;;
  esac
  find_others "$live" "$own"
}

# Rules of iptables that nft shows are not told twice.
chains_in_force() {
  local tool content
  ! command -v nft >/dev/null || nft list ruleset 2>/dev/null | ruleset_chains || :
  for tool in iptables ip6tables; do
    content=''
    if command -v nft >/dev/null && { ! read_text "/proc/net/${tool%tables}_tables_names" || [[ ! $content ]]; }; then continue; fi
    ! command -v "$tool-legacy-save" >/dev/null || tool+=-legacy
    ! command -v "$tool-save" >/dev/null || await_xtables timeout 60 "$tool-save" 2>/dev/null | saved_chains || :
  done
}

stops_by() { # UNIT -> $flushes: its commands
  flushes=$(systemctl show --property=ExecStop,ExecStopPost -- "$1" 2>/dev/null) || flushes=''
}

# ---- what each has made itself: -> $own, as a line for each chain --------------------------------------------------------

own_of_nftables() {
  local file content alone tool
  find_nft_file
  if [[ ${loaded[nft_unit]} == . ]]; then
    # A script of the site's makes them, and nothing says which.
    own=$live
  elif [[ $file ]]; then
    load_nft_file "$file"
    # What cannot be loaded by itself is judged by its words.
    if [[ $alone != none ]]; then own=$(ruleset_chains all <<<"$alone"); else own=$(with_words "$live" "$(texts_of_nft_file "$file")"); fi
  fi
  # Other firewalls are turned off by this apply as well; their own rules come back with them.
  for tool in iptables ip6tables; do own_of_saved "$tool" "${tool/%tables/} "; done
  if ufw_is_enabled; then own+=$'\n'$(grep -E '^ip6? filter (ufw|INPUT$|FORWARD$|OUTPUT$)' <<<"$live") || :; fi
  own+=$'\n'$(grep -E '^(inet|ip|ip6) firewalld ' <<<"$live") || :
}

# The text of a file and of those that it includes.
texts_of_nft_file() { # FILE
  local content included line
  read_text "$1" || return 0
  printf '%s\n' "$content"
  while IFS= read -r line; do
    [[ $line =~ ^[[:blank:]]*include[[:blank:]]+[\"\']([^\"\']+)[\"\'] ]] || continue
    # (It may be a pattern.)
    while IFS= read -r included; do
      [[ ! -f $included ]] || cat -- "$included"
    done <<<"$(compgen -G "${BASH_REMATCH[1]}" || :)"
  done <<<"$content"
}

own_of_saved() { # TOOL FAMILY, as nft has it and a space behind it, or nothing; adds to $own
  local file content line
  find_saved_rules "$1"
  [[ $file ]] && read_text "$file" || return 0
  while IFS= read -r line; do
    [[ -z $line ]] || own+=$'\n'$2$line
  done <<<"$(saved_chains all <<<"$content")"
}

# Its own: IN_public_allow, FWDI_public, POST_public_log, INPUT_ZONES, PREROUTING_direct; and what it was given for good (firewall-cmd --direct).
own_of_firewalld() {
  own=$(grep -E ' (IN|OUT|FWD|FWDI|FWDO|PRE|POST|INPUT|OUTPUT|FORWARD|PREROUTING|POSTROUTING)_' <<<"$live") || :
  # `ipv4 filter INPUT 0 -s …`, and `ipv4 -t nat -A POSTROUTING …`
  own+=$'\n'$({
    firewall-cmd --permanent --direct --get-all-chains
    firewall-cmd --permanent --direct --get-all-rules
    firewall-cmd --permanent --direct --get-all-passthroughs
  } 2>/dev/null | awk '
    $2 !~ /^-/ { print $2 " " $3; next }
    { table = "filter"; chain = ""
      for (i = 2; i < NF; i++) { if ($i == "-t") table = $(i + 1); if ($i ~ /^-[AIN]$/) chain = $(i + 1) }
      print table " " chain }') || :
}

# With nftables it leaves iptables alone from 2.0 on (EL9: 1.2.5), but where rules of iptables were given to it. (fw.py)
firewalld_flushes_iptables() {
  local setting version
  command -v iptables-save >/dev/null || return 1
  firewalld_setting CleanupOnExit
  [[ $setting != @([Nn]o|[Ff]alse) ]] || return 1
  ! firewalld_uses_iptables || return 0
  if ! grep -qs may_skip_flush_direct_backends /usr/lib/python3*/{site,dist}-packages/firewall/core/fw.py; then
    version=$(firewall-offline-cmd --version 2>/dev/null) || version=$(firewall-cmd --version 2>/dev/null) || return 1
    [[ $version != [01].* ]] || return 0
  fi
  [[ $({
    firewall-cmd --direct --get-all-chains
    firewall-cmd --direct --get-all-rules
    firewall-cmd --direct --get-all-passthroughs
  } 2>/dev/null) ]]
}


# ---- chains, as the texts of firewalls name them ----------------------------------------------------------------------

# A line for each chain of a ruleset, or for each that holds a rule or refuses by its policy: `FAMILY TABLE CHAIN`. Tables that a process
# owns are flushed by nobody else.
ruleset_chains() { # [all], with the ruleset on its input
  # shellcheck disable=SC2016 # awk's own
  awk -v all="${1:-}" '
    /^table / { table = $2 " " $3; owned = 0 }
    /^\tflags .*owner/ { owned = 1 }
    /^\t}/ { chain = "" }
    /^\tchain / { chain = table " " $2; if (all) print chain; next }
    all || owned || chain == "" || (/^\t\ttype / && !/policy drop/) || /jump (LVSGEN|ufw6?-)/ { next }
    !told[chain]++ { print chain }'
}

# The same of what iptables-save prints, or of its file: `TABLE CHAIN`. Of firewalld, without those of the kernel that hold its own rules alone.
saved_chains() { # [all|firewalld], with the rules on its input
  # shellcheck disable=SC2016 # awk's own
  awk -v which="${1:-}" '
    /^\*/ { table = substr($1, 2) }
    /^:/ && which == "all" { print table " " substr($1, 2) }
    $1 != "-A" || which == "all" || / -j LVSGEN/ || told[table " " $2] { next }
    which == "firewalld" && $2 ~ /^(INPUT|OUTPUT|FORWARD|PREROUTING|POSTROUTING)$/ &&
      (/ -[jg] [A-Z]+_/ || /--ctstate (RELATED,ESTABLISHED|ESTABLISHED,RELATED|INVALID|DNAT)/ || / -[io] lo -j ACCEPT/ || /--reject-with/ || /rpfilter/ || /icmpv6/) { next }
    { told[table " " $2] = 1; print table " " $2 }'
}

# Those of a table and a chain that a text names both.
with_words() { # CHAINS TEXT
  local family table chain
  while read -r family table chain; do
    [[ ! $2 =~ (^|[^[:alnum:]_-])"$table"($|[^[:alnum:]_-]) || ! $2 =~ (^|[^[:alnum:]_-])"$chain"($|[^[:alnum:]_-]) ]] || printf '%s\n' "$family $table $chain"
  done <<<"$1"
}

# ---- NFS: mounts ---------------------------------------------------------------------------------------

kind mount carrier boot look lasts=/etc/fstab stale='stat mount unit'

# A mount's state is `TYPE SOURCE`; the block in fstab makes it last. In a record it is `TYPE:OPTIONS SOURCE` where it is a share, else as
# mount-back.sh has it.
mount_declare() { # TARGET TYPE SOURCE OPTIONS
  describe mount "$1" "$2 $3" "$4"
  mount_facts "$1"
}

mount_probe() { # TARGET
  load_mounts
  [[ ${mount_of[$1]:-} ]] || mount_by_other_name "$1"
  if [[ ${mount_of[$1]:-} == autofs* ]]; then
    # It is mounted as soon as somebody looks there.
    { timeout -s KILL 20 stat -t -- "$1/."; } >/dev/null 2>&1 || :
    unset 'loaded[mount]'
    load_mounts
  fi
  have=${mount_of[$1]:-absent}
}

# The kernel knows a mount point by its path without links.
mount_by_other_name() { # TARGET
  local real shared in_the_way failure
  walk "$1" last && [[ ${mount_of[$real]:-} ]] || return 0
  mount_of[$1]=${mount_of[$real]} mount_options_of[$1]=${mount_options_of[$real]} mount_root_of[$1]=${mount_root_of[$real]}
}

# A hard mount whose server is away keeps whoever looks below it waiting for ever.
mount_guard() { # TARGET
  load_mounts
  [[ ${mount_of[$1]:-} == nfs* ]] || return 0
  # The group takes what this shell says of a command that ends by SIGKILL.
  { timeout -s KILL 20 stat -t -- "$1"; } >/dev/null 2>&1 && return 0
  if is_watchdog; then
    take_off_silent "$1"
    return
  fi
  report failed mount "$1" "${mount_of[$1]#* } does not answer"
  die 1 "the NFS server of $1 does not answer, and what lies below it cannot be looked at" \
    "Bring the server back; or take the mount off (umount -f -l $1) and run this again"
}

# What was asked for as nfs is mounted as nfs4.
mount_same() { # TARGET, with the options in $text
  [[ $have != absent && ${have#* } == "${state#* }" ]] && has_options "$1" "$text"
}

# Whatever its options are: what lies below it lies there.
mount_there() { # TARGET, with $state
  mount_probe "$1"
  [[ $have != absent && ${have#* } == "${state#* }" ]]
}

mount_differs() { # with $have and $state
  local differing
  if [[ $have == absent && ${hidden_by[$name]:-} ]]; then
    printf 'is mounted, and out of sight: hidden by a mount on a directory above it, %s' "${hidden_by[$name]}"
  elif [[ $have == absent || ${have#* } != "${state#* }" ]]; then
    printf 'is %s, described: %s' "$have" "$state"
  else
    differing_options "${mount_options_of[$name]:-}" "$text"
    printf 'is mounted otherwise than described:%s' "$differing"
  fi
}

mount_record() { # TARGET
  record=$have
  if [[ $have == activating ]]; then
    record=absent
  elif [[ $have != absent ]] && is_share "$have"; then
    record="${have%% *}:${mount_options_of[$1]:-defaults} ${have#* }"
  elif [[ $have != absent ]]; then
    record_by_line "$1"
  fi
}

# mount(8) takes a name: what others put in its place meanwhile would be covered.
may_mount() { # TARGET
  is_settled "$1" 'a share mounted there could be mounted anywhere'
}

mount_set() { # TARGET STATE, with the options in $text
  local type=${2%% *} mount_options=$text was=$have stopped=''
  load_mounts
  if [[ -z ${mount_of[$1]:-} && ${hidden_by[$1]:-} ]]; then
    failure="it is mounted, and out of sight: hidden by a mount on a directory above it, ${hidden_by[$1]}"
    failure+=$'\n'"Take that off first, or mount it elsewhere."
    return 1
  fi
  if [[ $have == activating ]] || { [[ $have == absent ]] && is_being_mounted "$1"; }; then
    end_attempt "$1" "$2" || return 1
    was=$have
  fi
  if is_way_back "$2"; then
    mount_back "$1" "$2"
    return
  fi
  if [[ $type == *:* ]]; then mount_options=${type#*:} type=${type%%:*}; fi
  reload_systemd || return 1
  if [[ $have != absent && ${have#* } == "${2#* }" ]]; then
    ! has_options "$1" "$mount_options" || return 0
    mount_otherwise "$1" "$mount_options" || return 1
    ! has_options "$1" "$mount_options" || return 0
  elif [[ $have != absent ]]; then
    [[ $2 != absent ]] || stop_automount "$1" || return 1
    [[ $have == absent ]] || unmount "$1" lazily || return 1
    # One of old may have mounted it again on top of itself.
    while [[ $2 == absent ]]; do
      unset 'loaded[mount]'
      mount_probe "$1"
      [[ $have == "$was" ]] || break
      unmount "$1" lazily || return 1
    done
  fi
  [[ $2 != absent ]] || return 0
  may_mount "$1" || return 1
  ! mount_now "$type" "$mount_options" "${2#* }" "$1" || return 0
  ask_for_server
  [[ -z $stopped ]] || try systemctl start --no-block -- "$stopped"
  return 1
}

ask_for_server() {
  failure+=$'\n'"Is the NFS server applied and reachable? Run nfs.sh there first; showmount -e tells what it exports."
}

mount_reach() { # TARGET
  local have
  mount_probe "$1"
  [[ $have != absent ]] || may_mount "$1" || will_be_settled "$1"
}

mount_undone() { # TARGET RECORD
  local type=${2%% *}
  mount_probe "$1"
  if [[ $2 == absent ]]; then
    [[ $have != absent || -z ${hidden_by[$1]:-} ]] || { have="out of sight, below ${hidden_by[$1]}" && return 1; }
    [[ $have == absent ]] || return 1
    ! is_being_mounted "$1" || { have=activating && return 1; }
  elif [[ $2 == 'line '* ]]; then
    is_mounted_back "$1" "$2"
  else
    [[ $have == "${type%%:*} ${2#* }" ]] && { [[ $type != *:* ]] || has_options "$1" "${type#*:}"; }
  fi
}

# What lies below it, as far as it is there: what lay there before lvsgen mounted anything, what lies on what is mounted since, or neither.
mount_carries() { # TARGET RECORD -> $carries: before, since or nothing
  local have
  if mount_undone "$1" "$2" || [[ $have == activating ]]; then
    carries=before
  elif [[ $have == @(absent|'out of sight'*) ]]; then
    carries=''
  else
    carries=since
  fi
}

mount_facts() { # TARGET
  local unit
  mount_unit_of "$1"
  units+=("$unit")
}

# Does systemd try it since the boot, and for a day (retry=1440)? Without its line in fstab too, it would mount it once the server is back.
is_being_mounted() { # TARGET
  local unit
  mount_unit_of "$1"
  load_units
  [[ ${unit_of[$unit]:-} == *' activating' ]]
}

# What a boot still tries. It goes on with its own source, for whose sake other units wait; what it would mount of another one, or once
# it is to go, would come on top of what is mounted here as soon as its server is back.
end_attempt() { # TARGET STATE -> $have, as it is then; $stopped: the unit that tries no more
  local unit source
  mount_unit_of "$1"
  source=$(systemctl show --property=What -- "$unit" 2>/dev/null) || :
  if [[ $2 != absent && ${source#What=} == "${2#* }" ]]; then
    run timeout 90 systemctl start -- "$unit" || { ask_for_server && return 1; }
  else
    run timeout 120 systemctl stop -- "$unit" || return 1
    stopped=$unit
  fi
  unset 'loaded[mount]'
  mount_probe "$1"
}

# ---- options of a mount: what the kernel shows of them, and how they change ------------------------------------------

has_options() { # TARGET OPTIONS
  local differing
  load_mounts
  differing_options "${mount_options_of[$1]:-}" "$2"
  [[ -z $differing ]]
}

# -> $differing: `+ro` is described and not there, `-soft` there and not described, `vers=3 instead of 4.2` otherwise.
differing_options() { # LIVE DESCRIBED
  local word key live=,$1, wanted=,$2, value described
  local -a words=()
  differing=''
  # rw undoes a ro before it, and others do likewise: the last counts.
  [[ $wanted != *,rw,* || ${wanted##*,rw,} == *ro,* ]] || wanted=${wanted//,ro,/,}
  differing_flag ro
  # The rest as the kernel shows it for NFS.
  [[ $live =~ ,vers= ]] || return 0
  for word in soft noac nodiratime noatime; do differing_flag "$word"; done
  # Version 4 has no such lock to leave out, and shows none (nfs(5)).
  [[ $live == *,vers=4* ]] || differing_flag nolock
  # Who may mount it by hand gets these along with that (mount(8)).
  if [[ ! $wanted =~ ,(user|users|owner|group), ]]; then for word in nosuid nodev noexec; do differing_flag "$word"; done; fi
  split_words "${2//,/ }"
  for word in ${words[@]+"${words[@]}"}; do
    key=${word%%=*} described=${word#*=}
    case $key in
      nfsvers) key=vers ;;
      vers | proto | timeo | retrans | sec | port) ;;
      *) continue ;;
    esac
    [[ $word == *=* && $live == *",$key="* ]] || continue
    value=${live#*",$key="} value=${value%%,*}
    # What is described as vers=4 is mounted as the newest of it.
    [[ $value == "$described" || $key$described == "vers${value%%.*}" ]] || differing+=" $key=$value instead of $described"
  done
}

differing_flag() { # OPTION, with $live and $wanted; added to $differing
  if [[ $live == *",$1,"* ]]; then
    [[ $wanted == *",$1,"* ]] || differing+=" -$1"
  else
    [[ $wanted != *",$1,"* ]] || differing+=" +$1"
  fi
}

# A remount changes flags; what it does not change wants the share to be taken off and mounted again: only while nobody uses it.
mount_otherwise() { # TARGET OPTIONS, with $have
  local differing how=remount
  # Of anything else than NFS it is the mount's own flags that are looked at.
  [[ $have == nfs* ]] || how+=,bind
  if run timeout 90 mount -o "$how,$(remount_options "$2")" -- "$1"; then
    unset 'loaded[mount]'
    ! has_options "$1" "$2" || return 0
  fi
  load_mounts
  differing_options "${mount_options_of[$1]:-}" "$2"
  if ! unmount "$1"; then
    failure="it is in use, and a remount does not change$differing"
    failure+=$'\n'"Stop what uses it (fuser -mv $1 shows that) and apply again. From the next boot on it is mounted as described."
    return 1
  fi
}

# Those of fstab alone would be refused.
remount_options() { # OPTIONS
  local option list=''
  local -a words=()
  split_words "${1//,/ }"
  for option in ${words[@]+"${words[@]}"}; do
    case $option in
      _netdev | nofail | auto | noauto | bg | fg | defaults | x-* | comment=* | retry=* | addr=* | clientaddr=* | mountaddr=*) ;;
      *) list+=,$option ;;
    esac
  done
  # What is on by default goes off by its contrary only.
  for option in ro:rw nosuid:suid nodev:dev noexec:exec noatime:relatime; do
    [[ ",$1," == *",${option%:*},"* || ",$1," == *",${option#*:},"* ]] || list=,${option#*:}$list
  done
  printf '%s' "${list#,}"
}

# Now or not at all: a `bg` that goes on asking (mount.nfs becomes a daemon) would keep the lock of this run for as long, and mount over
# what stands there by then. At boot it counts, as fstab has it.
mount_now() { # TYPE OPTIONS SOURCE TARGET
  local option list=''
  local -a words=()
  split_words "${2//,/ }"
  for option in ${words[@]+"${words[@]}"}; do
    [[ $option == @(bg|fg|retry=*) ]] || list+=,$option
  done
  list=${list#,}
  run timeout 90 mount -t "$1" -o "${list:-defaults}" -- "$3" "$4" 9>&-
}

# With a limit: the server may be dead, and umount then waits for ever.
unmount() { # TARGET [lazily]
  run timeout -s KILL 60 umount -- "$1" && return 0
  [[ ${2:-} ]] && run timeout -s KILL 30 umount -l -- "$1"
}

# ---- lines of fstab that mount something where a described share goes ------------------------------------------------
#
# The first line of a mount point wins at boot (systemd-fstab-generator(8)), and lvsgen's are the last. A unit of that name in
# /etc/systemd/system wins over all of them (systemd.unit(5)).

mount_rivals() { # /etc/fstab, with lvsgen's lines in $text
  local lines numbers target unit found='' by_unit='' misfits='' clashes=''
  local -a targets=()
  described_clashes
  if [[ $clashes ]]; then
    tell_clashes
    return 0
  fi
  described_targets
  for target in ${targets[@]+"${targets[@]}"}; do
    foreign_mount_lines "$target"
    [[ -z $lines ]] || found+="${found:+; }it mounts something at $target already, in line${numbers}: ${lines%$'\n'}"
    foreign_mount_unit "$target"
    [[ -z $unit ]] || by_unit+=" $unit"
    mount_misfits "$target"
  done
  if [[ $misfits ]]; then
    obstacle=$misfits
    return 0
  fi
  if [[ $by_unit ]]; then
    obstacle="what it says counts for nothing at boot beside${by_unit// / \/etc\/systemd\/system\/}${found:+; ${found//$'\n'/; }}"$'\n'
    obstacle+="Take that unit away if the mount is meant to be lvsgen's, or the mount out of the description: systemctl disable --now --$by_unit; then move its file away, and systemctl daemon-reload."
    return 0
  fi
  [[ $found ]] || return 0
  adoptable=1
  obstacle=${found//$'\n'/; }$'\n'"Take it out if it is meant to be lvsgen's, or the mount out of the description; --adopt takes it out, and uninstall puts it back."
}

mount_oust() { # /etc/fstab, with lvsgen's lines in $text
  local lines numbers target
  local -a targets=()
  described_targets
  for target in ${targets[@]+"${targets[@]}"}; do
    foreign_mount_lines "$target"
    [[ -z $lines ]] || { journal_mounted "$target" && displace "$1" "mount $target" "$lines"; } || return 1
  done
}

# What is mounted by such a line comes back by it: it is written down while that can be read.
journal_mounted() { # TARGET, with $text of the file
  local have record='' line device target
  [[ -z $root ]] || return 0
  mount_probe "$1"
  if [[ $have == absent ]] || is_share "$have"; then return 0; fi
  begin_changes || return 1
  ! journaled mount "$1" || return 0
  mount_record "$1" && journal mount "$1" "$record"
}

mount_lasting() { # with $text -> ${lasting[@]}
  local -a targets=()
  described_targets
  lasting=(${targets[@]+"${targets[@]}"})
}

described_clashes() { # with $text -> $clashes
  local line share target options
  while IFS= read -r line; do
    ! split_mount_fields || mount_clashes "$target" "$share" "$options"
  done <<<"$text"
}

described_targets() { # with $text -> ${targets[@]}
  local line device target
  targets=()
  while IFS= read -r line; do
    split_mount_line || continue
    targets+=("$target")
  done <<<"$text"
}

split_mount_line() { # with $line -> $device $target
  [[ $line != *([[:blank:]])'#'* ]] || return 1
  read -r device target _ <<<"$line" || :
  printf -v target '%b' "${target//\\/\\0}"
  [[ $device && $target ]]
}

# -> $lines, and their $numbers: outside of what lvsgen has put there
foreign_mount_lines() { # TARGET
  local content='' real shared in_the_way
  lines='' numbers=''
  walk "$root/etc/fstab" last && read_found || return 0
  mount_displaced "$1"
}

mount_displaced() { # TARGET, with $content -> $lines, $numbers
  local line number=0 device target block=''
  lines='' numbers=''
  while IFS= read -r line; do
    number=$((number + 1))
    mark_block "$line"
    if [[ $block ]] || ! split_mount_line || ! is_mount_point "$target" "$1"; then continue; fi
    lines+=$line$'\n' numbers+=" $number"
  done <<<"$content"
}

# As systemd reads them: /var//www/./html/ is /var/www/html.
is_mount_point() { # PATH-OF-A-LINE TARGET
  local path=$1/
  while [[ $path == *//* ]]; do path=${path//\/\///}; done
  while [[ $path == */./* ]]; do path=${path//\/.\///}; done
  [[ ${path%/} == "${2%/}" ]]
}

# ---- mount units beside lines of fstab, and other names of a mount point --------------------------------------------
#
# systemd makes VAR-WWW.mount of a line, after the name of the mount point; a unit and drop-ins of that name count before it.

# A hand's, or a link that masks it: systemd reads it in place of what it makes of fstab.
foreign_mount_unit() { # TARGET -> $unit
  mount_unit_of "$1"
  [[ -e $root/etc/systemd/system/$unit || -L $root/etc/systemd/system/$unit ]] || unit=''
}

mount_unit_of() { # TARGET -> $unit
  unit=${1#/} unit=${unit%/}
  if [[ $unit == *[!A-Za-z0-9:_./-]* || $unit == .* ]]; then
    unit=$(systemd-escape --path -- "$1" 2>/dev/null) || unit=''
  else
    unit=${unit//-/\\x2d} unit=${unit//\//-}
  fi
  unit+=.mount
}

# What mounts it again as soon as somebody looks (x-systemd.automount): else taking it off would have no end.
stop_automount() { # TARGET -> $have, as it is then
  local unit
  [[ ${automounted[$1]:-} ]] || return 0
  mount_unit_of "$1"
  unit=${unit%.mount}.automount
  # systemd makes it of a line of fstab; that of a hand is the hand's.
  if [[ ! -e /etc/systemd/system/$unit ]]; then
    try timeout 90 systemctl stop -- "$unit"
    unset 'loaded[mount]'
    mount_probe "$1"
    [[ ${automounted[$1]:-} ]] || return 0
  fi
  failure="it is mounted again as soon as somebody looks there, by $unit or by autofs"
  failure+=$'\n'"Stop that (systemctl stop $unit; or its line in the maps of /etc/auto.master), and run this again."
  return 1
}

# What nobody but the operator can put right: at boot the share would not be mounted as it is described, whatever fstab says.
mount_misfits() { # TARGET, added to $misfits
  local unit changing='' others='' real shared in_the_way failure
  if walk "$root$1" last && [[ $real != "${1%/}" ]]; then
    misfits+="${misfits:+; }it is to mount at $1, which is another name of $real: systemd mounts nothing at a path with a symbolic link in it"
    misfits+=$'\n'"Describe $real as the target."
    return 0
  fi
  mount_unit_of "$1"
  foreign_dropins "$unit"
  if [[ $changing ]]; then
    misfits+="${misfits:+; }what it mounts at $1 is changed at boot by$changing"
    misfits+=$'\n'"Take those settings out if the mount is meant to be lvsgen's, and systemctl daemon-reload; or take the mount out of the description."
  fi
  lines_by_other_name "$1"
  if [[ $others ]]; then
    misfits+="${misfits:+; }it mounts something at another name of $1: $others"
    misfits+=$'\n'"Take it out if the mount is meant to be lvsgen's, or the mount out of the description."
  fi
}

# Of all that change the unit, those that say what is mounted, and how. One in /etc stands for those of its name elsewhere.
foreign_dropins() { # UNIT -> $changing
  local name=$1 rest=${1%.mount} directory file line
  local -a unit_dirs=("$1")
  local -A dropins=()
  # Those of shorter names too: var-www-html.mount has var-www-.mount.d and var-.mount.d, and all have mount.d.
  while [[ $rest == ?*-* ]]; do
    rest=${rest%-*}
    unit_dirs+=("$rest-.mount")
  done
  unit_dirs+=(mount)
  for name in "${unit_dirs[@]}"; do # never empty
    for directory in etc run usr/local/lib usr/lib lib; do
      for file in "$root/$directory/systemd/system/$name.d"/*.conf; do
        [[ (-e $file || -L $file) && -z ${dropins["$name ${file##*/}"]:-} ]] || continue
        dropins["$name ${file##*/}"]=1
        # A link to /dev/null is there for nothing but that.
        [[ -f $file && ${file##*/} != lvsgen-* ]] || continue
        ! changes_mount "$file" || changing+=" ${file#"$root"}"
      done
    done
  done
}

changes_mount() { # FILE
  local content line section=''
  read_text "$1" || return 1
  while IFS= read -r line; do
    line=${line//[[:blank:]]/}
    case $section$line in
      *'['*']') section=$line ;;
      '[Mount]What='* | '[Mount]Where='* | '[Mount]Type='* | '[Mount]Options='*) return 0 ;;
    esac
  done <<<"$content"
  return 1
}

# Lines whose mount point leads to the same directory by a link.
lines_by_other_name() { # TARGET -> $others
  local content='' real shared in_the_way line number=0 device target block=''
  walk "$root/etc/fstab" last && read_found || return 0
  while IFS= read -r line; do
    number=$((number + 1))
    mark_block "$line"
    if [[ $block ]] || ! split_mount_line || ! leads_to "$target" "$1"; then continue; fi
    others+="${others:+; }line $number: $line"
  done <<<"$content"
}

# What is mounted by its own name is no other. The rest may lie on a share whose server is away.
leads_to() { # PATH TARGET
  local real shared in_the_way
  [[ $1 == /?* ]] && ! is_mount_point "$1" "$2" || return 1
  if [[ $root ]]; then
    walk "$root$1" last && [[ $real == "${2%/}" ]]
  else
    load_mounts
    [[ -z ${mount_of[$1]:-} && $(timeout -s KILL 5 readlink -m -- "$1" 2>/dev/null) == "${2%/}" ]]
  fi
}

# ---- a share whose server does not answer while the watchdog of --confirm puts everything back ---------------------------
#
# What is about to be put back (a route, a firewall) may be why it does not answer, and nobody is there to take the share off. Once
# everything is back, it is mounted again where it was mounted before.

declare -A taken_off=() # targets of shares that this run has taken off

take_off_silent() { # TARGET
  taken_off[$1]=1
  log_open
  complain "the NFS server of $1 does not answer: its share is taken off, so that all the rest can be put back"
  # One of old may be mounted on top of itself.
  while [[ ${mount_of[$1]:-} == nfs* ]]; do
    run timeout -s KILL 60 umount -f -l -- "$1" ||
      die 1 "the share of $1 cannot be taken off: $failure" "The watchdog tries again in a minute. Bring the NFS server back, or take the share off: umount -f -l $1"
    unset 'loaded[mount]'
    load_mounts
  done
}

# A boot may not have come to it yet, and what lies on it is to be put back where it lies.
mount_returning() {
  local i target have unit failure=''
  is_watchdog && [[ -z $root ]] || return 0
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    target=${r_name[i]}
    if [[ ${r_kind[i]} != mount || ${taken_off[$target]:-} ]] || ! goes_back_below "$target" || ! mounts_at_boot "$target"; then continue; fi
    unset 'loaded[mount]'
    mount_probe "$target"
    [[ $have == absent ]] || continue
    mount_unit_of "$target"
    try timeout 60 systemctl start -- "$unit"
    forget_snapshots mount
  done
}

goes_back_below() { # TARGET
  local i
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_name[i]} != "$1"/* ]] || ! has "${u_kind[i]}" path || return 0
  done
  return 1
}

# In a try that comes after one that failed, it is off already. So what counts is fstab, whose line is there again by now.
mount_returned() {
  local i target have failure
  is_watchdog && [[ -z $root ]] || return 0
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    target=${r_name[i]}
    if [[ ${r_kind[i]} != mount ]] || is_put_back "$target" || ! mounts_at_boot "$target"; then continue; fi
    unset 'loaded[mount]'
    mount_probe "$target"
    [[ $have == absent ]] || continue
    failure=''
    if reload_systemd && run timeout 90 mount -- "$target" 9>&-; then
      report changed mount "$target" 'mounted again'
    else
      failure+=$'\n'"Once its server answers: mount $target"
      report_failure mount "$target"
    fi
  done
}

# Has the rollback itself decided what is mounted there?
is_put_back() { # TARGET
  local i kind=mount name=$1 keeper holder carrier
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == mount && ${u_name[i]} == "$1" ]] || continue
    find_keeper "$i"
    [[ $keeper ]] || return 0
  done
  return 1
}

mounts_at_boot() { # TARGET
  local content='' real shared in_the_way line device target
  walk /etc/fstab last && read_found || return 1
  while IFS= read -r line; do
    if split_mount_line && is_mount_point "$target" "$1"; then return 0; fi
  done <<<"$content"
  return 1
}

# ---- what is mounted where a described share goes, and below it ----------------------------------------------------

mount_obstacle() { # TARGET, with $state
  local have what failure='' record='' below=''
  find_clash "$1"
  [[ -z $obstacle ]] || return 0
  mount_probe "$1"
  [[ $have == absent || ${have#* } != "${state#* }" ]] || return 0
  mounts_below "$1"
  if [[ $below ]]; then
    obstacle="mounted below it, and out of reach once the share is: $below"$'\n'
    obstacle+="Take them off before (umount), and mount them again after it, at directories that the share has; or take the mount out of the description."
    return 0
  fi
  if [[ $have == absent ]] || is_lvsgens_mount "$1" "$have"; then return 0; fi
  describe_mount "$1"
  if [[ ${automounted[$1]:-} ]]; then
    obstacle="an automount unit mounts $what there as soon as somebody looks"$'\n'
    obstacle+="Stop and disable that .automount unit, or take x-systemd.automount out of the line in /etc/fstab; or take the mount out of the description."
  elif ! mount_record "$1"; then
    obstacle=$failure
  else
    adoptable=1
    obstacle="something else is mounted there: $what"$'\n'"Take it off if nobody needs it (umount -- $1), or the mount out of the description; --adopt takes it off, and uninstall mounts it again."
  fi
}

# Those of others: what lies below a described share is mounted after it.
mounts_below() { # TARGET -> $below
  local target
  for target in "${!mount_of[@]}"; do
    if [[ $target != "${1%/}"/* ]] || is_lvsgens_mount "$target" "${mount_of[$target]}"; then continue; fi
    below+="${below:+, }$target (${mount_of[$target]})"
  done
}

# By a line of lvsgen's in fstab, of any cluster; or by an apply that was ended when it had written another already.
is_lvsgens_mount() { # TARGET `TYPE SOURCE`
  local content='' real shared in_the_way line device target block='' i
  if walk "$root/etc/fstab" last && read_found; then
    while IFS= read -r line; do
      mark_block "$line"
      if [[ ! $block ]] || ! split_mount_line; then continue; fi
      printf -v device '%b' "${device//\\/\\0}"
      [[ $device != "${2#* }" ]] || ! is_mount_point "$target" "$1" || return 0
    done <<<"$content"
  fi
  is_share "$2" || return 1
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} != mount || ${u_name[i]} != "$1" ]] || return 0
  done
  return 1
}

# ---- what somebody else had mounted there, and how it comes back ---------------------------------------------------
#
# `mount -t TYPE SOURCE` brings back a share, and no bind mount, subvolume or overlay: that would mount the whole file system, or nothing. Those
# come back by the line of fstab that had mounted them, and only where there is one. Their record is
# `line DEVICE TYPE OPTIONS is TYPE ROOT SOURCE`: the words of that line, and what has to be mounted then, as mountinfo has it.

# What a server names, and its kernel or FUSE needs nothing else for.
is_share() { # `TYPE SOURCE`
  case $1 in
    fuse* | ceph* | autofs*) return 1 ;;
    *' '*:/*) return 0 ;;
  esac
  return 1
}

record_by_line() { # TARGET, with $have -> $record
  local type=${have%% *} source=${have#* } part=${mount_root_of[$1]} line_words='' what
  describe_mount "$1"
  if [[ $type == tmpfs || $type == ramfs ]] && ! is_empty_directory "$1"; then
    failure="$what is mounted there, and what lies in it would be lost"$'\n'"Copy that to where it is safe, and take it off: umount -- $1"
    return 1
  fi
  find_own_line "$1"
  if [[ -z $line_words && $part == / && $source == /dev/* && $source != /dev/loop* ]]; then
    case $type in
      # What the kernel shows of these is what they are mounted with.
      ext[234] | xfs) line_words="$source $type ${mount_options_of[$1]:-defaults}" ;;
    esac
  fi
  if [[ -z $line_words ]]; then
    failure="$what is mounted there, and no line of /etc/fstab says how: once taken off, it could not come back"$'\n'
    failure+="Write such a line (--adopt then takes it out, and uninstall mounts it again), or take the mount off: umount -- $1"
    return 1
  fi
  record="line $line_words is $type $part $source"
}

describe_mount() { # TARGET, with $have -> $what
  what="${have%% *} ${have#* }"
  [[ ${mount_root_of[$1]:-/} == / ]] || what+=" (of which it is ${mount_root_of[$1]})"
}

is_empty_directory() { # DIRECTORY
  local entry
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    [[ ! -e $entry && ! -L $entry ]] || return 1
  done
}

# The line of fstab that what is mounted there came by.
find_own_line() { # TARGET, with $type, $part and $source -> $line_words
  local lines='' numbers line device of_type options text_words
  foreign_mount_lines "$1"
  while read -r device _ of_type options _; do
    [[ $device ]] || continue
    options=${options:-defaults} text_words="$device ${of_type:-auto} $options"
    printf -v device '%b' "${device//\\/\\0}"
    if is_bind "$options"; then
      # The very directory.
      [[ -d $device && $device -ef $1 ]] || continue
    else
      [[ ${of_type:-auto} == auto || $of_type == "$type" ]] || continue
      if ! is_device_of "$device" "$source" || ! is_part_of "$options"; then continue; fi
    fi
    line_words=$text_words
    return 0
  done <<<"$lines"
}

is_bind() { # OPTIONS
  [[ ,$1, == *,bind,* || ,$1, == *,rbind,* ]]
}

is_device_of() { # DEVICE-OF-A-LINE SOURCE
  local path=$1 tag value
  [[ $1 != "$2" ]] || return 0
  case $1 in
    UUID=* | LABEL=* | PARTUUID=* | PARTLABEL=*)
      tag=${1%%=*} value=${1#*=}
      value=${value#\"} value=${value%\"}
      path=/dev/disk/by-${tag,,}/${value// /\\x20}
      ;;
  esac
  [[ -b $path && $path -ef $2 ]]
}

# Of btrfs it is a subvolume that is mounted, at its root or at what its options say; of others a file system as a whole.
is_part_of() { # OPTIONS, with $type and $part
  local subvolume
  [[ $type == btrfs ]] || { [[ $part == / ]] && return; }
  [[ ,$1, != *,subvolid=* ]] || return 0
  subvolume=,$1,
  [[ $subvolume == *,subvol=* ]] || return 0 # that of the file system's own choice
  subvolume=${subvolume##*,subvol=} subvolume=/${subvolume%%,*}
  [[ ${subvolume/#\/\//\/} == "$part" ]]
}

# Anything but a share: a line; or what older versions wrote down of it, which says nothing of the directory.
is_way_back() { # RECORD
  local type=${1%% *}
  [[ $1 == 'line '* ]] || { [[ $type == *:* ]] && ! is_share "${type%%:*} ${1#* }"; }
}

mount_back() { # TARGET RECORD
  local text_words='' device type options of_type=${2%% *} source=${2#* }
  reload_systemd || return 1
  if [[ $have != absent ]]; then unmount "$1" lazily || return 1; fi
  if [[ $2 == 'line '* ]]; then
    text_words=${2#line } text_words=${text_words%% is *}
  else
    find_line_of_old "$1" "${of_type%%:*}" "$source" || return 1
  fi
  may_mount "$1" || return 1
  read -r device type options <<<"$text_words"
  printf -v device '%b' "${device//\\/\\0}"
  mount_now "$type" "$options" "$device" "$1" || return 1
  unset 'loaded[mount]'
  mount_probe "$1"
  mount_undone "$1" "$2" && return 0
  failure="its line of fstab mounts something else now: $have"
  unmount "$1" || :
  return 1
}

# -> $text_words: a line that is there now, or that --adopt took out.
find_line_of_old() { # TARGET TYPE SOURCE
  local i content lines='' numbers device of_type options
  foreign_mount_lines "$1"
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == displaced && ${u_name[i]} == "/etc/fstab "*" for mount $1" && ${u_record[i]} == 'saved '* ]] || continue
    ! read_kept "${u_record[i]#saved }" || mount_displaced "$1"
  done
  while read -r device _ of_type options _; do
    [[ $device ]] || continue
    options=${options:-defaults} text_words="$device ${of_type:-auto} $options"
    printf -v device '%b' "${device//\\/\\0}"
    is_bind "$options" || is_device_of "$device" "$3" || continue
    return 0
  done <<<"$lines"
  text_words='' failure="$2 $3 was mounted there, and what is written down of it does not say which directory of it"
  failure+=$'\n'"Mount it by hand as it was, and run this again."
  return 1
}

is_mounted_back() { # TARGET RECORD, with $have
  local text_words=${2#* is }
  [[ $have == "${text_words%% *} ${text_words#* * }" ]] || return 1
  text_words=${text_words#* }
  [[ ${mount_root_of[$1]:-} == "${text_words%% *}" ]]
}

# ---- other clusters' blocks in fstab: one share at a mount point, and one line for it ----------------------------------
#
# Two clusters know nothing of each other, and each has a block of its own. Where both mount the same, the line counts once, in the block
# that stands first: of a second systemd makes no unit, and its generator fails because of it (systemd-fstab-generator(8)). So it stands
# there as a comment, and becomes a line when the first goes.

mounted_above='# mounted above: '

# Each role has its lines in its own block: read so, whichever counts.
mount_each() { # with $content -> $content
  [[ $content != *$'\n'"$mounted_above"* ]] || go_through_blocks each
}

# Of each mount point the first line counts.
mount_once() { # with $content, as mount_each gives it -> $content
  [[ $content != *'# BEGIN lvsgen '*'# BEGIN lvsgen '* ]] || go_through_blocks once
}

# What lies between two marks that are no pair is not known to be lvsgen's.
go_through_blocks() { # each|once, with $content -> $content
  local line device target counted='' as_read='' changed='' end=''
  local -a text_lines
  local -A seen=()
  split_lines "${content%$'\n'}"
  for line in "${text_lines[@]}"; do # never empty
    if [[ $line == '# BEGIN lvsgen '* ]]; then
      counted+=$as_read as_read='' changed='' end="# END lvsgen ${line#'# BEGIN lvsgen '}"
    fi
    as_read+=$line$'\n'
    if [[ ! $end || $line == "$end" ]]; then
      if [[ $end ]]; then counted+=$changed$line$'\n'; else counted+=$as_read; fi
      as_read='' changed='' end=''
    else
      "count_$1"
      changed+=$line$'\n'
    fi
  done
  counted+=$as_read
  [[ $content == *$'\n' ]] || counted=${counted%$'\n'}
  content=$counted
}

count_each() { # with $line -> $line
  line=${line#"$mounted_above"}
}

count_once() { # with $line and $seen -> $line
  split_mount_line || return 0
  target=/${target#/}
  if [[ ${seen[${target%/}/]:-} ]]; then line=$mounted_above$line; fi
  seen[${target%/}/]=1
}

# What one apply mounts, the other would take off, and the next boot mounts that of the first block.
mount_clashes() { # TARGET SOURCE [OPTIONS] -> added to $clashes
  local content='' real shared in_the_way line number=0 owner='' mark='^# BEGIN lvsgen ([a-z0-9-]+) ([a-z]+)$' share target options there
  walk "$root/etc/fstab" last && read_found || return 0
  mount_each
  while IFS= read -r line; do
    number=$((number + 1))
    if [[ $line =~ $mark ]]; then
      owner=${BASH_REMATCH[1]}/${BASH_REMATCH[2]}
    elif [[ $line == '# END lvsgen '* ]]; then
      owner=''
    fi
    # The same cluster's is mended by that role's script, which was built together with this one.
    if [[ ! $owner || $owner == "$cluster"/* ]] || ! split_mount_fields || ! is_mount_point "$target" "$1"; then continue; fi
    there="$owner mounts $share at ${1%/} (/etc/fstab:$number)"
    if [[ $share != "$2" ]]; then
      clashes+="; $there, and described here is $2"
    elif [[ ${3:-$options} != "$options" ]]; then
      clashes+="; $there with $options, and described here is $3"
    fi
  done <<<"$content"
}

split_mount_fields() { # with $line -> $share $target $options
  local device
  split_mount_line || return 1
  read -r share _ _ options _ <<<"$line" || :
  printf -v share '%b' "${share//\\/\\0}"
}

tell_clashes() { # with $clashes -> $obstacle
  obstacle=${clashes#; }$'\n'"A host has one share at a mount point: describe the same in both clusters, or another mount point in one of them. Where it is to change in both, leave it out of one first, and apply that."
}

# Where fstab is left out (--only), its block is not asked.
find_clash() { # TARGET, with $state and its options in $text -> $obstacle
  local clashes=''
  [[ -z ${described['block /etc/fstab']:-} ]] || return 0
  mount_clashes "$1" "${state#* }"
  [[ -z $clashes ]] || tell_clashes
}

# ---- firewall: what a role needs gets through each firewall that is active here ----------------------------------------
#
# A resource is one thing at one place: `firewalld:public 80/tcp`, `nftables 80/tcp`, `ip6tables protocol 41 from 2001:db8::1`. Its state
# is that of now and that of the next boot: `open`, `closed`, `now open, at boot closed`; in place of either there may stand what is
# open of a range. What was open before is in no record, and stays open: whoever needs it too has asked for it himself.
# A firewall is in charge here where it is active, and where the next boot starts it: what is not in force lets everything through now.
# Where none is in charge, the name is the thing alone, and it is open.
#
# A manager of firewalls is a file, `firewall-MANAGER.sh`, with these functions:
#   MANAGER_is_active                      are its rules in force?
#   MANAGER_starts_at_boot                 does the next boot bring them into force?
#   MANAGER_places WHAT DEVICE...          -> ${places[@]}: where WHAT has to be open, so that it gets in by these interfaces
#   MANAGER_probe PLACE WHAT               -> $now and $boot
#   MANAGER_set PLACE WHAT now|boot STATE  makes it so
#   MANAGER_files                          -> ${files[@]}: what it loads at boot, where lvsgen has lines in it
#   MANAGER_prove WHAT                     optional: fails where what it has opened is kept out all the same, with $failure
#   MANAGER_tell                           optional: what there is to say of it besides

kind firewall stale='stat unit firewall'

firewall_managers=(firewalld ufw nftables iptables ip6tables)
firewall_units=(firewalld.service ufw.service nftables.service iptables.service ip6tables.service netfilter-persistent.service)

openings=() openings_by=() # WHAT has to get in, and by which interfaces

firewall_declare() { # WHAT open DEVICE...
  local what=$1
  shift 2
  [[ -z $root ]] || return 0
  openings+=("$what") openings_by+=("$*")
  find_firewalls
  if ((${#firewalls[@]})); then describe_opening "$what" "$@"; else describe firewall "$what" open; fi
}

describe_opening() { # WHAT DEVICE...
  local what=$1 manager place
  local -a places
  shift
  for manager in ${firewalls[@]+"${firewalls[@]}"}; do
    places=()
    "${manager}_places" "$what" "$@"
    for place in ${places[@]+"${places[@]}"}; do
      [[ ${described["firewall $place $what"]:-} ]] || describe firewall "$place $what" open
    done
  done
}

# This apply may have put another in charge: by a unit that is described, or by a package that came along.
firewall_again() {
  local i first=${#r_kind[@]} before=${firewalls[*]+"${firewalls[*]}"}
  local -a words
  ((${#openings[@]})) || return 0
  loaded[firewalls]='' loaded[firewall]=''
  fresh_firewall
  find_firewalls
  [[ ${firewalls[*]+"${firewalls[*]}"} != "$before" ]] || return 0
  loaded[zones]='' loaded[firewall]=''
  for ((i = 0; i < ${#openings[@]}; i++)); do
    split_words "${openings_by[i]}"
    describe_opening "${openings[i]}" ${words[@]+"${words[@]}"}
  done
  ((first < ${#r_kind[@]})) || return 0
  hold_more || return 1
  for ((i = first; i < ${#r_kind[@]}; i++)); do reconcile "$i" || return 1; done
}

# What check cannot show: where it is to be opened is known when the firewall runs. And what no firewall that is known has loaded.
firewall_tell() {
  local unit manager kept_out='' opened_list
  ((${#openings[@]})) || return 0
  fresh_firewall
  if none_is_active; then find_kept_out; else tell_kept_beside; fi
  tell_unread_rules
  if [[ $kept_out ]]; then
    printf -v opened_list '%s, ' "${openings[@]}" # never empty
    complain "no firewall's unit is active, and yet rules keep packets out ($kept_out): nothing was opened in them, for nothing says what loads them. Let in there what this role needs: ${opened_list%, }"
  fi
  for manager in ${firewalls[@]+"${firewalls[@]}"}; do
    ! is_function "${manager}_tell" || "${manager}_tell"
  done
  [[ $command == check ]] || return 0
  for unit in "${firewall_units[@]}"; do # never empty
    [[ ${described["unit $unit"]:-} && ${r_state[described["unit $unit"]]} == *' active' ]] || continue
    ! unit_is_active "$unit" || continue
    say "${dim}note     %s$plain" "$unit: apply starts it, and opens in it what this role needs"
  done
}

is_in_charge() { # MANAGER
  "$1_starts_at_boot" || "$1_is_active"
}

# They are known before anything else is: what is to be opened where depends on them.
find_firewalls() { # -> ${firewalls[@]}
  local manager
  [[ -z ${loaded[firewalls]:-} ]] || return 0
  loaded[firewalls]=1 firewalls=()
  units+=("${firewall_units[@]}") # never empty
  # What only shows the script does not look at the host.
  [[ -z ${command_has["$command shows"]:-} ]] || return 0
  for manager in "${firewall_managers[@]}"; do # never empty
    is_in_charge "$manager" || continue
    firewalls+=("$manager")
  done
}

# `firewalld:public 80/tcp` -> $manager $place $what; without a manager where none was active.
split_opening() { # NAME
  place=${1%% *} what=${1#* } manager=${1%%[: ]*}
  [[ " ${firewall_managers[*]} " == *" $manager "* ]] || { manager='' place='' what=$1; } # never empty
}

none_is_active() {
  local manager
  for manager in ${firewalls[@]+"${firewalls[@]}"}; do
    ! "${manager}_is_active" || return 1
  done
}

# What managers read of the host, until something changes it.
fresh_firewall() {
  [[ -z ${loaded[firewall]:-} ]] || return 0
  loaded[firewall]=1 loaded[nft]='' loaded[rules_in_force]=''
  zone_text=() policy_text=() direct_text=() ufw_added='' nft_chains=() nft_marked=() filter_rules=()
}

firewall_probe() { # NAME
  local manager place what now=open boot=open
  split_opening "$1"
  have=open
  [[ $manager ]] || return 0
  fresh_firewall
  "${manager}_probe" "$place" "$what"
  "${manager}_is_active" || now=open
  have="now $now, at boot $boot"
  [[ $now != "$boot" || $now == *,* ]] || have=$now
}

firewall_record() { # NAME
  local manager place what file
  local -a files=()
  record=$have
  split_opening "$1"
  if [[ $manager ]]; then
    # When this is undone it may have come into force, and lets through what it would have let through then.
    "${manager}_is_active" || record=${have##*, at boot }
    "${manager}_files" "$place"
  fi
  for file in ${files[@]+"${files[@]}"}; do keep_rules_file "$file" || return 1; done
}

# STATE -> $now $boot
split_state() {
  now=$1 boot=$1
  [[ $1 != 'now '* ]] || { boot=${1##*, at boot } && now=${1%", at boot $boot"} && now=${now#now }; }
}

# The next boot first: what was interrupted in between is found, and told from what a hand opened for now.
firewall_set() { # NAME STATE, with $have
  local manager place what now boot now_have
  split_opening "$1"
  [[ $manager ]] || { close_unplaced "$what" "$2" && return 0; } || return 1
  split_state "$have"
  local boot_have=$boot now_have=$now
  split_state "$2"
  fresh_firewall
  [[ $boot == "$boot_have" ]] || "${manager}_set" "$place" "$what" boot "$boot" || return 1
  [[ $now == "$now_have" ]] || ! "${manager}_is_active" || "${manager}_set" "$place" "$what" now "$now"
}

# What a manager that is not in charge any more would let through now, does not matter.
firewall_undone() { # NAME RECORD
  local manager place what now boot
  firewall_probe "$1"
  [[ $have != "$2" ]] || return 0
  split_opening "$1"
  [[ $manager ]] || { [[ $2 == open ]] && return; } || return 1
  ! "${manager}_is_active" || return 1
  split_state "$have"
  local boot_have=$boot
  split_state "$2"
  [[ $boot == "$boot_have" ]]
}

firewall_facts() { # NAME
  units+=("${firewall_units[@]}") # never empty
}

# In journals of lvsgen 0.1 ports have no place: each was opened wherever a firewall was.
close_unplaced() { # PORT/PROTOCOL STATE
  local manager zone
  [[ $2 != open ]] || return 0
  if firewalld_is_active; then
    zone=$(firewall-cmd --get-default-zone 2>/dev/null) || { failure="firewalld does not answer" && return 1; }
    firewalld_set "firewalld:$zone" "$1" boot closed && firewalld_set "firewalld:$zone" "$1" now closed || return 1
  fi
  ! ufw_is_active || ufw_set ufw "$1" boot closed || return 1
  ! nftables_is_active || nftables_close "lvsgen $cluster $role $1"
}

# ---- firewall: does what is open get in? --------------------------------------------------------------------------------

# Open is what lvsgen has opened: whether it gets in, others may decide.
firewall_prove() { # NAME
  local manager place what kept_out who="that no firewall's unit has loaded"
  split_opening "$1"
  fresh_firewall
  [[ $what != @(answers|forwarding)' '* ]] || return 0
  if [[ $manager ]] && "${manager}_is_active"; then
    ! is_function "${manager}_prove" || "${manager}_prove" "$what" || return 1
    who="beside what $manager lets in, or ahead of it,"
  fi
  find_kept_what "$what" "$manager"
  if [[ -z $kept_out && $rules_unread ]]; then
    failure="which rules keep it out is not known: $rules_unread failed"$'\n'"Run it by hand and see why"
    return 1
  fi
  [[ $kept_out ]] || return 0
  failure="rules $who keep it out ($kept_out)"$'\n'"Let it in there, before what refuses the rest."
  return 1
}

# Rules of another program see what comes in as well as those of the firewall in charge: what is open in that has to get through both.
tell_kept_beside() {
  local i manager place what kept_out have where='' list=''
  local -A told=()
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    [[ ${r_kind[i]} == firewall && ${r_name[i]} != *@(answers|forwarding)' from '* ]] || continue
    split_opening "${r_name[i]}"
    [[ -z ${told["$manager $what"]:-} ]] || continue
    told["$manager $what"]=1
    firewall_probe "${r_name[i]}"
    [[ $have == open ]] || continue
    find_kept_what "$what" "$manager"
    [[ $kept_out && ", $list, " != *", $what, "* ]] || continue
    list+="${list:+, }$what" where=$kept_out
  done
  [[ -z $list ]] || complain "rules beside what lvsgen opens, or ahead of it, keep out what this role needs ($where): let in there $list"
}

# ---- firewall: what is to get through, as rules ------------------------------------------------------------------------

# -> $hook: input or forward; $family: 4, 6, or empty for both; ${nft_rules[@]} and ${iptables_rules[@]}, without comments.
rules_of() { # WHAT
  local number address ports protocol=${1##*/} ip=ip
  hook=input family='' nft_rules=() iptables_rules=()
  address=${1##* } number=${1#protocol } number=${number%% *}
  case $1 in
    'protocol '* | 'port '* | 'answers from '* | 'forwarding from '*)
      family=4
      [[ $address != *:* ]] || { family=6 && ip=ip6; }
      ;;
  esac
  case $1 in
    'protocol '*)
      nft_rules=("$ip saddr $address meta l4proto $number accept")
      iptables_rules=("-s $address -p $number -j ACCEPT")
      ;;
    'port '*)
      # `8848/udp`; the address may have a / as well.
      ports=${1#port } protocol=${ports#*/} ports=${ports%%/*} protocol=${protocol%% *}
      nft_rules=("$ip saddr $address $protocol dport $ports accept")
      iptables_rules=("-s $address -p $protocol -m $protocol --dport $ports -j ACCEPT")
      ;;
    'answers from '*)
      hook=forward
      nft_rules=("$ip saddr $address ct state established,related accept")
      iptables_rules=("-s $address -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT")
      ;;
    'forwarding from '*)
      hook=forward
      nft_rules=("$ip saddr $address accept" "$ip daddr $address ct state established,related accept")
      iptables_rules=("-s $address -j ACCEPT" "-d $address -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT")
      ;;
    *)
      ports=${1%/*}
      nft_rules=("$protocol dport $ports accept")
      iptables_rules=("-p $protocol -m $protocol --dport ${ports/-/:} -j ACCEPT")
      ;;
  esac
}

# The comment by which a rule is found again. All roles that need a thing share the rule, and the last of them takes it away.
mark_of() { # WHAT -> $mark
  mark="lvsgen $1"
}

# ---- firewall: the files that firewalls load at boot -------------------------------------------------------------------
#
# Before anything is opened in such a file it is kept, so that the very file comes back, time stamp included, once nothing of
# lvsgen's is in it and nothing else was changed.

kind opened recorded path=part stale='stat'

keep_rules_file() { # FILE
  local blob real shared in_the_way
  ! journaled opened "$1" || return 0
  walk "$root$1" last || return 1
  if [[ -e $root$real || -L $root$real ]]; then
    keep_blob "$root$real" && journal opened "$1" "saved $blob"
  else
    journal opened "$1" absent
  fi
}

# A line is lvsgen's by the comment in it.
without_mark() { # TEXT MARK -> $rest, and $marked: the others
  local line
  local -a text_lines
  rest='' marked=''
  [[ $1 ]] || return 0
  split_lines "${1%$'\n'}"
  for line in "${text_lines[@]}"; do # never empty
    if [[ $line == *"\"$2\""* ]]; then marked+=$line$'\n'; else rest+=$line$'\n'; fi
  done
}

opened_probe() { # PATH
  local content
  have=absent
  walk "$root$1" last || { have=unreachable && return 0; }
  ! read_found || have=$content
}

# What was opened there is closed by the records of what was opened, and what a hand has changed stays. Where that has led to the
# rules of before, there is something left to do: the very text, its time stamp, its owner.
opened_undone() { # PATH RECORD
  if [[ $2 == absent ]]; then
    opened_probe "$1"
    [[ $have == absent ]] || ! has_rules_of_before "$1" absent
    return
  fi
  ! is_kept_copy "$1" "${2#saved }" || return 0
  opened_probe "$1"
  [[ $have != absent ]] && ! has_rules_of_before "$1" "${2#saved }"
}

opened_set() { # PATH RECORD
  walk "$root$1" last || return 1
  if [[ $2 == absent ]]; then remove_file "$root$real"; else restore_blob "$root$real" "${2#saved }"; fi
}

has_rules_of_before() { # PATH BLOB|absent, with the text in $have
  local content='' elements_of shipped=/usr/lib/firewalld/${1#/etc/firewalld/}
  case $1 in
    # The copy that firewalld makes before it writes, of a file that is back.
    /etc/firewalld/*.xml.old) main_is_back "${1%.old}" ;;
    /etc/firewalld/*.xml)
      if [[ $2 != absent ]]; then
        read_kept "$2" || return 1
      elif ! read_text "$shipped"; then
        # Of its own, with nothing in it.
        [[ $have != *'<rule'* && $have != *'<port '* ]]
        return
      fi
      rules_in_xml "$content"
      content=$elements_of
      rules_in_xml "$have"
      [[ $elements_of == "$content" ]]
      ;;
    # A last line without an end got one when others followed it.
    *) [[ $2 != absent ]] && read_kept "$2" && [[ ${have%$'\n'} == "${content%$'\n'}" ]] ;;
  esac
}

main_is_back() { # PATH
  local i
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == opened && ${u_name[i]} == "$1" ]] || continue
    if [[ ${u_record[i]} == absent ]]; then [[ ! -e $1 ]]; else is_kept_copy "$1" "${u_record[i]#saved }"; fi
    return
  done
  return 1
}

# firewalld writes a file anew, without comments and in an order of its own: its elements, each with its attributes, sorted.
rules_in_xml() { # TEXT -> $elements_of
  local text=$1
  while [[ $text == *'<!--'*'-->'* ]]; do text=${text%%<!--*}${text#*-->}; done
  elements_of=$(awk '
    BEGIN { RS = "<" }
    index($0, ">") && !/^[?\/]/ {
      element = substr($0, 1, index($0, ">") - 1)
      sub(/\/$/, "", element)
      count = split(element, words)
      for (i = 2; i <= count; i++)
        for (j = i; j > 1 && words[j] "" < words[j - 1] ""; j--) { word = words[j]; words[j] = words[j - 1]; words[j - 1] = word }
      element = words[1]
      for (i = 2; i <= count; i++) element = element " " words[i]
      print element
    }' <<<"$text" | sort) || cannot_read 'a rules file of the firewall' awk
}

# ---- firewall: firewalld ------------------------------------------------------------------------------------------------
#
# Places are the zones of interfaces (firewalld:public), and those with sources that refuse only what they do not list: whoever comes from
# there meets that zone, by whatever interface (firewalld.zones(5)). What is forwarded, and what is not tracked, belongs to no zone: that
# is firewalld alone, and a matter of its policies or direct rules.

declare -A zone_text=() policy_text=() direct_text=()

firewalld_is_active() {
  unit_is_active firewalld.service
}

firewalld_starts_at_boot() {
  unit_is_enabled firewalld.service
}

firewalld_files() { # PLACE
  local stem
  local -a stems=(direct policies/lvsgen-forward)
  [[ $1 == firewalld ]] || stems=("zones/${1#firewalld:}")
  for stem in "${stems[@]}"; do files+=("/etc/firewalld/$stem.xml.old" "/etc/firewalld/$stem.xml"); done # never empty
}

# Zones of interfaces are those of now, which NetworkManager may have chosen, and those of the next boot.
firewalld_places() { # WHAT DEVICE...
  local what=$1 device zone
  shift
  case $what in
    # All zones let answers through.
    'answers from '*) ;;
    # Zones of nftables take what is not tracked for what is new.
    'untracked '*) ! firewalld_uses_iptables || places=(firewalld) ;;
    'forwarding from '*) places=(firewalld) ;;
    *)
      load_zones
      for device in "$@"; do
        zone_at_boot "$device"
        places+=("firewalld:${zone_of["$device now"]:-$zone}" "firewalld:$zone")
      done
      for zone in ${source_zones[@]+"${source_zones[@]}"}; do
        ! lets_in_by_list "$zone" || places+=("firewalld:$zone")
      done
      ;;
  esac
}

firewalld_probe() { # PLACE WHAT
  now=closed boot=closed
  if firewalld_is_active; then firewalld_state "$1" "$2" now && now=$state_there; fi
  firewalld_state "$1" "$2" boot && boot=$state_there
}

firewalld_state() { # PLACE WHAT now|boot -> $state_there
  state_there=closed
  case $2 in
    'untracked '*) direct_state "$2" "$3" ;;
    'forwarding from '*) if firewalld_uses_iptables; then direct_state "$2" "$3"; else policy_state "$2" "$3"; fi ;;
    *) zone_state "${1#firewalld:}" "$2" "$3" ;;
  esac
}

firewalld_set() { # PLACE WHAT now|boot STATE
  case $2 in
    'untracked '*) direct_set "$2" "$3" "$4" ;;
    'forwarding from '*) if firewalld_uses_iptables; then direct_set "$2" "$3" "$4"; else policy_set "$2" "$3" "$4"; fi ;;
    *) zone_set "${1#firewalld:}" "$2" "$3" "$4" ;;
  esac
}

# firewall-cmd asks the daemon; what it loads at boot is in files, which can be changed while it does not run.
firewalld_command() { # now|boot -> ${firewalld_command[@]}
  if [[ $1 == now ]]; then
    firewalld_command=(firewall-cmd)
  elif firewalld_is_active; then
    firewalld_command=(firewall-cmd --permanent)
  else
    firewalld_command=(firewall-offline-cmd)
  fi
}

ask_firewalld() { # now|boot ARGUMENT...
  local -a firewalld_command
  firewalld_command "$1"
  shift
  "${firewalld_command[@]}" "$@" 2>/dev/null # never empty
}

# What does not answer must not pass for what is closed: that would be written down as the state before. A reload may keep firewalld busy.
answer_of_firewalld() { # now|boot ARGUMENT... -> $answer, empty where it has no such zone or policy, or is not here
  local tries=0 status
  local -a firewalld_command
  firewalld_command "$1"
  while :; do
    if answer=$(ask_firewalld "$@"); then return 0; else status=$?; fi
    answer=''
    case $status in
      # INVALID_ZONE, INVALID_POLICY; no such option, in an older one; not installed
      112 | 140 | 2 | 127) return 0 ;;
    esac
    ((++tries < 4)) || cannot_read 'the rules of the firewall' "${firewalld_command[*]} ${*:2}" # never empty
    sleep "$tries"
  done
}

tell_firewalld() { # now|boot ARGUMENT...
  local -a firewalld_command
  firewalld_command "$1"
  shift
  run "${firewalld_command[@]}" "$@" # never empty
}

# ---- firewall: which zones of firewalld packets meet -------------------------------------------------------------------
#
# An interface may be in one zone now, by a hand or by NetworkManager, and in another from the next boot on. Whoever comes from a source of
# a zone meets that one, by whatever interface.

source_zones=()
declare -A zone_of=() sources_of=() # by `DEVICE now`, `DEVICE boot`; by zone

load_zones() { # -> $zone_of $source_zones $sources_of $default_zone
  local setting
  [[ -z ${loaded[zones]:-} ]] || return 0
  loaded[zones]=1 zone_of=() source_zones=() sources_of=()
  firewalld_setting DefaultZone
  default_zone=$setting
  [[ $default_zone ]] || default_zone=$(ask_firewalld boot --get-default-zone) || default_zone=$(ask_firewalld now --get-default-zone) ||
    cannot_read 'the zones of the firewall' 'firewall-cmd --get-default-zone'
  ! firewalld_is_active || read_zones now --get-active-zones
  read_zones boot --list-all-zones
}

# Of the next boot NetworkManager's are in firewall-cmd's list as well.
read_zones() { # now|boot OPTION
  local line zone='' device text source
  local -a words
  text=$(ask_firewalld "$1" "$2") || cannot_read 'the zones of the firewall' "firewall-cmd $2"
  while IFS= read -r line; do
    case $line in
      [![:space:]]*) zone=${line%% *} ;;
      *' interfaces:'*)
        split_words "${line#*interfaces:}"
        for device in ${words[@]+"${words[@]}"}; do zone_of["$device $1"]=$zone; done
        ;;
      *' sources:'*[![:space:]]*)
        split_words "${line#*sources:}"
        [[ ${sources_of[$zone]+x} ]] || source_zones+=("$zone")
        for source in "${words[@]}"; do # never empty
          [[ " ${sources_of[$zone]:-} " == *" $source "* ]] || sources_of[$zone]+=${sources_of[$zone]:+ }$source
        done
        ;;
    esac
  done <<<"$text"
}

# An interface that is in no zone is in the default one. Without NetworkManager its ifcfg file may name one.
zone_at_boot() { # DEVICE -> $zone
  local content='' line
  zone=${zone_of["$1 boot"]:-}
  [[ -z $zone ]] || return 0
  zone=$default_zone
  ! read_text "/etc/sysconfig/network-scripts/ifcfg-$1" || while IFS= read -r line; do
    [[ ! $line =~ ^ZONE=[\"\']?([^\"\'[:space:]]+) ]] || zone=${BASH_REMATCH[1]}
  done <<<"$content"
}

zone_now_or_at_boot() { # ZONE -> $text
  if firewalld_is_active; then
    load_zone "$1" now
    text=${zone_text["$1 now"]}
    [[ $text == none ]] || return 0
  fi
  load_zone "$1" boot
  text=${zone_text["$1 boot"]}
}

# Not one that takes everything, or keeps its sources out on purpose (trusted; drop, block).
lets_in_by_list() { # ZONE
  local text
  zone_now_or_at_boot "$1"
  [[ $text != *' target: '[!d]* ]]
}

# A zone that refuses what it does not list, and lists something, may be meant for this role's clients too.
firewalld_tell() {
  local zone text line opened='' listed target
  tell_firewalld_refusals
  load_zones
  for line in "${openings[@]}"; do [[ $line != [0-9]* ]] || opened+=${opened:+, }$line; done # never empty
  for zone in ${source_zones[@]+"${source_zones[@]}"}; do
    zone_now_or_at_boot "$zone"
    target='' listed=''
    while IFS= read -r line; do
      case $line in
        '  target: '*) target=${line#*: } ;;
        '  services: '* | '  ports: '* | '  protocols: '*) listed+=${line#*:} ;;
        *'rule '*accept*) listed+=' rules' ;;
      esac
    done <<<"$text"
    [[ $target == *@(DROP|REJECT)* && ${listed//[[:space:]]/} && $opened ]] || continue
    complain "firewalld: zone $zone (target ${target//%/}) takes what comes from ${sources_of[$zone]}, and is left as it is: it does not let in what this role needs ($opened). Where it is to: firewall-cmd --permanent --zone=$zone --add-port=PORT/PROTOCOL, and firewall-cmd --reload"
  done
}

# ---- firewall: what firewalld refuses before it comes to what lets in --------------------------------------------------
#
# Of rules those of the lower priority come first, and of one priority those that refuse; ports have priority 0. Policies towards this host
# come before any zone where their priority is negative (firewalld.richlanguage(5), firewalld.policies(5)).

firewalld_prove() { # WHAT, with $place
  local refusal
  find_firewalld_refusal "$1" "${place#firewalld:}"
  [[ $refusal ]] || return 0
  failure="firewalld: $refusal comes before what lets it in, and keeps it out"$'\n'"Take it out, or have it refuse fewer (by a source, say)."
  return 1
}

tell_firewalld_refusals() {
  local i place what manager refusal
  local -A told=()
  firewalld_is_active || return 0
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    [[ ${r_kind[i]} == firewall && ${r_name[i]} == 'firewalld:'* ]] || continue
    split_opening "${r_name[i]}"
    find_firewalld_refusal "$what" "${place#firewalld:}"
    [[ $refusal && -z ${told["$what $refusal"]:-} ]] || continue
    told["$what $refusal"]=1
    complain "firewalld: $refusal comes before what lets in $what, and keeps it out: take it out, or have it refuse fewer (by a source, say)"
  done
}

# Of any source, and of any address: what is about some of them may be meant so.
find_firewalld_refusal() { # WHAT ZONE -> $refusal
  local text refuses accepts=0
  refusal=''
  [[ $1 == [0-9]*/* ]] || return 0
  firewalld_policy_refuses "$1" "$2"
  [[ -z $refusal ]] || return 0
  load_zone "$2" now
  read_rich_rules "$1" "${zone_text["$2 now"]}"
  [[ -z $refuses ]] || ((refuses > accepts)) || refusal="'$text' of zone $2"
}

# The first of them that says anything about it has the last word.
firewalld_policy_refuses() { # WHAT ZONE -> $refusal
  local line policy='' answer priority first='' refused=''
  local -A block=()
  if [[ -z ${policy_text['all now']:-} ]]; then
    # Firewalld before 0.9 has none.
    answer_of_firewalld now --list-all-policies
    policy_text['all now']=${answer:-none}
  fi
  while IFS= read -r line; do
    if [[ $line == [![:space:]]* ]]; then policy=${line%% *}; else block[$policy]+=$line$'\n'; fi
  done <<<"${policy_text['all now']}"
  for policy in "${!block[@]}"; do
    [[ ${block[$policy]} =~ priority:\ (-[0-9]+) ]] || continue
    priority=${BASH_REMATCH[1]}
    [[ ${block[$policy]} =~ egress-zones:[^$'\n']*\ HOST && ${block[$policy]} =~ ingress-zones:[^$'\n']*\ (ANY|$2)($'\n'|\ ) ]] || continue
    policy_says "$1" "${block[$policy]}"
    [[ $said && (-z $first || $priority -lt $first) ]] || continue
    first=$priority refused=''
    [[ $said != refuses ]] || refused="policy $policy (priority $priority)"
  done
  refusal=$refused
}

policy_says() { # WHAT TEXT -> $said: refuses, accepts, or nothing
  local text refuses accepts=none line state_there=closed
  while IFS= read -r line; do
    [[ $line != '  ports: '* ]] || ports_within "$1" "${line#  ports: }"
  done <<<"$2"
  [[ $state_there != open ]] || accepts=0
  read_rich_rules "$1" "$2"
  said=''
  if [[ $refuses && ($accepts == none || $refuses -le $accepts) ]]; then
    said=refuses
  elif [[ $accepts != none || $2 == *'target: ACCEPT'* ]]; then
    said=accepts
  elif [[ $2 =~ target:\ [%]*(DROP|REJECT) ]]; then
    said=refuses
  fi
}

# The lowest priorities with which they refuse it, or accept it.
read_rich_rules() { # WHAT TEXT, with $accepts: a priority or none -> $refuses, with the rule in $text, and $accepts
  local line priority pattern=' port port="([0-9-]+)" protocol="([a-z]+)"'
  refuses='' text=''
  while IFS= read -r line; do
    line=${line#"${line%%[![:space:]]*}"}
    [[ $line == 'rule '*@(accept|reject|drop)* && $line != *' '@(source|destination|limit|mark|invert)[' =']* ]] || continue
    [[ $line != *' family="ipv6"'* ]] || describes_ipv6 || continue
    if [[ $line =~ $pattern ]]; then
      if [[ ${BASH_REMATCH[2]} != "${1#*/}" ]] || ! share_a_port "${BASH_REMATCH[1]}" "$1"; then continue; fi
    elif [[ $line == *' protocol value='* ]]; then
      [[ $line == *" protocol value=\"${1#*/}\""* ]] || continue
    elif [[ $line == *' '@(service|icmp-type|icmp-block|masquerade|forward-port|source-port|tcp-mss-clamp)* ]]; then
      continue
    fi
    priority=0
    [[ ! $line =~ \ priority=\"(-?[0-9]+)\" ]] || priority=${BASH_REMATCH[1]}
    case $line in
      *' accept'*) [[ $accepts != none && $accepts -le $priority ]] || accepts=$priority ;;
      *) [[ $refuses && $refuses -le $priority ]] || refuses=$priority text=$line ;;
    esac
  done <<<"$2"
}

# ---- firewall: a zone of firewalld, its ports and rich rules -----------------------------------------------------------

load_zone() { # ZONE now|boot
  local answer
  [[ -z ${zone_text["$1 $2"]:-} ]] || return 0
  answer_of_firewalld "$2" --zone="$1" --list-all
  zone_text["$1 $2"]=${answer:-none}
}

zone_state() { # ZONE WHAT now|boot -> $state_there
  local text line rule ports=''
  load_zone "$1" "$3"
  text=${zone_text["$1 $3"]}
  if [[ $2 == *' from '* ]]; then
    rich_rule "$2"
    while IFS= read -r line; do
      [[ ${line#"${line%%[![:space:]]*}"} != "$rule" ]] || state_there=open
    done <<<"$text"
  else
    while IFS= read -r line; do
      [[ $line != '  ports: '* ]] || ports=${line#  ports: }
    done <<<"$text"
    ports_within "$2" "$ports"
  fi
}

# As firewall-cmd prints it.
rich_rule() { # `protocol NUMBER from ADDRESS`, `port NUMBER/PROTOCOL from ADDRESS` -> $rule
  local ip=ipv4 what=${1% from *}
  [[ $1 != *:* ]] || ip=ipv6
  rule="rule family=\"$ip\" source address=\"${1##* }\""
  case $what in
    'port '*) what=${what#port } && rule+=" port port=\"${what%/*}\" protocol=\"${what#*/}\" accept" ;;
    *) rule+=" protocol value=\"${what#protocol }\" accept" ;;
  esac
}

# open, where one of the listed ports or ranges holds all of it; else what of it is listed, with commas, or closed.
# (firewalld puts neighbours together and takes ranges apart.)
ports_within() { # `80-90/tcp` LIST -> $state_there
  local first=${1%%[-/]*} last=${1%/*} one low high found=''
  local -a words
  last=${last#*-}
  split_words "$2"
  for one in ${words[@]+"${words[@]}"}; do
    [[ $one =~ ^([0-9]+)(-([0-9]+))?/([a-z]+)$ && ${BASH_REMATCH[4]} == "${1#*/}" ]] || continue
    low=${BASH_REMATCH[1]} high=${BASH_REMATCH[3]:-${BASH_REMATCH[1]}}
    if ((low <= first && last <= high)); then
      state_there=open
      return 0
    fi
    ((low > last || high < first)) || found+=${found:+ }$one
  done
  state_there=${found:-closed}
}

zone_set() { # ZONE WHAT now|boot STATE
  local rule port
  local -a words
  if [[ $2 == *' from '* ]]; then
    rich_rule "$2"
    case $4 in
      open) tell_firewalld "$3" --zone="$1" --add-rich-rule="$rule" ;;
      *) tell_firewalld "$3" --zone="$1" --remove-rich-rule="$rule" ;;
    esac
    return
  fi
  if [[ $4 == open ]]; then
    tell_firewalld "$3" --zone="$1" --add-port="$2"
    return
  fi
  tell_firewalld "$3" --zone="$1" --remove-port="$2" && reopen_needed "$1" "$2" "$3" || return 1
  [[ $4 != closed ]] || return 0
  # What of it was open before.
  split_words "$4"
  for port in ${words[@]+"${words[@]}"}; do tell_firewalld "$3" --zone="$1" --add-port="$port" || return 1; done
}

# What of it is described by another name, a part of a range say, or is held by another role: what is described no longer is closed after
# the rest was opened.
reopen_needed() { # ZONE PORTS now|boot
  local file line port state_there text=''
  [[ $command != apply ]] || printf -v text '%s\n' "${!described[@]}" # never empty
  for file in "$state_home"/*/*/holds; do
    [[ -f $file && $file != "$state_dir/holds" ]] || continue
    while IFS= read -r line; do text+=$line$'\n'; done <"$file"
  done
  while IFS= read -r line; do
    [[ $line == "firewall firewalld:$1 "[0-9]* ]] || continue
    port=${line#"firewall firewalld:$1 "}
    ports_within "$port" "$2"
    [[ $state_there == closed ]] || tell_firewalld "$3" --zone="$1" --add-port="$port" || return 1
  done <<<"$text"
}

# ---- firewall: direct rules of firewalld, where it uses iptables -------------------------------------------------------
#
# firewalld loads them again whenever it loads its own. It flushes everything then: rules that were loaded beside it are gone.

# `untracked 10.0.0.9 80/tcp`: zones of EL7 take only what is NEW, so that it is accepted before them.
direct_rules() { # WHAT -> ${wanted_rules[@]}
  local ip=ipv4 address=${1##* } ports match
  [[ $1 != *:* ]] || ip=ipv6
  case $1 in
    'untracked '*)
      ports=$address address=${1#untracked } address=${address%% *}
      match=${ports%/*}
      match="-d $address -p ${ports#*/} --dport ${match/-/:}"
      wanted_rules=("$ip raw PREROUTING 0 $match -j CT --notrack" "$ip filter INPUT 0 $match -j ACCEPT")
      ;;
    *) wanted_rules=("$ip filter FORWARD 0 -s $address -j ACCEPT") ;;
  esac
}

# The numbers of those that are there, with blanks; open where all are, closed where none is.
direct_state() { # WHAT now|boot -> $state_there
  local i found='' answer
  local -a wanted_rules
  direct_rules "$1"
  if [[ -z ${direct_text[$2]:-} ]]; then
    answer_of_firewalld "$2" --direct --get-all-rules
    direct_text[$2]=$'\n'$answer$'\n'
  fi
  for ((i = 0; i < ${#wanted_rules[@]}; i++)); do
    [[ ${direct_text[$2]} != *$'\n'"${wanted_rules[i]}"$'\n'* ]] || found+=${found:+ }$i
  done
  state_there=closed
  [[ -z $found ]] || state_there="part $found"
  [[ $found != "${!wanted_rules[*]}" ]] || state_there=open
}

direct_set() { # WHAT now|boot STATE
  local i change
  local -a wanted_rules words
  direct_rules "$1"
  for ((i = 0; i < ${#wanted_rules[@]}; i++)); do
    change=--remove-rule
    [[ $3 != open && " ${3#part } " != *" $i "* ]] || change=--add-rule
    split_words "${wanted_rules[i]}"
    [[ $change == --add-rule || ${direct_text[$2]:-} == *$'\n'"${wanted_rules[i]}"$'\n'* ]] || continue
    tell_firewalld "$2" --direct "$change" "${words[@]}" || return 1 # never empty
  done
}

# ---- firewall: what is forwarded, where firewalld uses nftables --------------------------------------------------------
#
# One policy between all zones has a rule for each network. A policy comes into being in files alone, and into force by a reload.

forward_policy=lvsgen-forward

forward_rule() { # `forwarding from NETWORK` -> $rule
  local ip=ipv4
  [[ $1 != *:* ]] || ip=ipv6
  rule="rule family=\"$ip\" source address=\"${1##* }\" accept"
}

policy_text() { # now|boot -> $text, empty where there is no such policy
  local answer
  if [[ -z ${policy_text[$1]:-} ]]; then
    answer_of_firewalld "$1" --info-policy="$forward_policy"
    policy_text[$1]=${answer:-none}
  fi
  text=${policy_text[$1]}
  [[ $text != none ]] || text=''
}

policy_state() { # WHAT now|boot -> $state_there
  local text rule line
  policy_text "$2"
  forward_rule "$1"
  while IFS= read -r line; do
    [[ ${line#"${line%%[![:space:]]*}"} != "$rule" ]] || state_there=open
  done <<<"$text"
}

policy_set() { # WHAT now|boot STATE
  local text rule
  forward_rule "$1"
  policy_text "$2"
  if [[ $3 != open ]]; then
    # In force it may have gone with the last of its rules.
    [[ $text ]] || return 0
    tell_firewalld "$2" --policy="$forward_policy" --remove-rich-rule="$rule" || return 1
    [[ $2 == now ]] || drop_empty_policy
    return
  fi
  if [[ -z $text && $2 == now ]]; then
    reload_firewalld
    return
  fi
  if [[ -z $text ]]; then
    if ! tell_firewalld boot --new-policy="$forward_policy"; then
      failure+=$'\n'"firewalld forwards between zones by policies, which it has since version 0.9. With an older one: \"firewall\": \"keep\", and rules of your own that forward $1."
      return 1
    fi
    tell_firewalld boot --policy="$forward_policy" --add-ingress-zone=ANY && tell_firewalld boot --policy="$forward_policy" --add-egress-zone=ANY || return 1
  fi
  tell_firewalld "$2" --policy="$forward_policy" --add-rich-rule="$rule"
}

# In force it stays without a rule, and lets nothing through, until firewalld loads its files the next time.
drop_empty_policy() {
  local text
  text=$(ask_firewalld boot --policy="$forward_policy" --list-rich-rules) || { failure="cannot read the policy $forward_policy of firewalld" && return 1; }
  [[ -z $text ]] || return 0
  tell_firewalld boot --delete-policy="$forward_policy" || return 1
  if firewalld_is_active && loses_nothing; then
    run firewall-cmd --reload || return 1
    policy_text=()
  fi
}

# A reload forgets what was set for now alone.
reload_firewalld() {
  if ! loses_nothing; then
    failure="the policy $forward_policy comes into force by a reload of firewalld, which would forget what was set there for now alone"
    failure+=$'\n'"Keep that: firewall-cmd --runtime-to-permanent; or let it go: firewall-cmd --reload. Then run this again."
    return 1
  fi
  run firewall-cmd --reload
}

# Which interface is in which zone outlives a reload.
loses_nothing() {
  local now boot
  now=$(kept_by_reload now) boot=$(kept_by_reload boot)
  [[ $now && $now == "$boot" ]]
}

kept_by_reload() { # now|boot
  local line set own=''
  local -a words=()
  split_words "$(ask_firewalld "$1" --get-ipsets)"
  {
    ask_firewalld "$1" --list-all-zones
    ask_firewalld "$1" --list-all-policies # since version 0.9
    ask_firewalld "$1" --direct --get-all-chains
    ask_firewalld "$1" --direct --get-all-rules
    ask_firewalld "$1" --direct --get-all-passthroughs
    for set in ${words[@]+"${words[@]}"}; do ask_firewalld "$1" --info-ipset="$set"; done
  } | while IFS= read -r line; do
    case $line in
      '') ;;
      # The policy that is about to come into force, or to go, is lvsgen's own.
      "$forward_policy" | "$forward_policy "*) own=1 ;;
      [![:space:]]*) own='' && printf '%s\n' "${line%% *}" ;;
      '  interfaces:'*) ;;
      *) [[ $own ]] || printf '%s\n' "$line" ;;
    esac
  done
}

# ---- firewall: ufw ------------------------------------------------------------------------------------------------------
#
# Its rules are in force and in its files at once. What its commands have no word for (IPIP, SCTP) stands in before.rules, where it
# puts rules of the system's own, and in the chain that comes of that.

ufw_is_active() {
  ufw_is_enabled && { unit_is_active ufw.service || ufw_is_loaded; }
}

ufw_starts_at_boot() {
  ufw_is_enabled && unit_is_enabled ufw.service
}

ufw_files() { # PLACE
  local file
  ufw_file user.rules
  files=("$file")
  ufw_file user6.rules
  files+=("$file" /etc/ufw/before.rules /etc/ufw/before6.rules)
}

# What is not tracked, and what answers, it lets through.
ufw_places() { # WHAT DEVICE...
  case $1 in
    'untracked '* | 'answers from '*) ;;
    'protocol '*:* | 'port '*:*) ! ufw_has_ipv6 || places=(ufw) ;;
    *) places=(ufw) ;;
  esac
}

# As ufw sees it.
ufw_has_ipv6() {
  local content
  [[ -e /proc/sys/net/ipv6 ]] && read_text /etc/default/ufw && [[ $'\n'${content//[\"\']/}$'\n' == *$'\nIPV6='[Yy][Ee][Ss]*([[:blank:]])$'\n'* ]]
}

# Has it a word for that?
ufw_has_word() { # WHAT
  [[ $1 == [0-9]*/@(tcp|udp) || $1 == 'forwarding from '* ]]
}

ufw_probe() { # ufw WHAT
  local -a standing=()
  if ! ufw_has_word "$2"; then
    now=open boot=open
    each_before_rules "$2" before_rules_state
    return
  fi
  # Its package may have gone since it was in charge.
  command -v ufw >/dev/null || { now=closed boot=closed && return 0; }
  [[ $ufw_added ]] || ufw_load || cannot_read 'the rules of ufw' 'ufw show added'
  ufw_standing "$2"
  ufw_state "$2"
  boot=$now
}

# What both families have alike is said, and made, by one word for both.
ufw_set() { # ufw WHAT now|boot STATE
  local family state alike=1
  local -a standing=() ufw_wants=() differing=()
  if ! ufw_has_word "$2"; then
    if [[ $3 == now ]]; then each_before_rules "$2" before_rules_set_now "$4"; else each_before_rules "$2" before_rules_set_boot "$4"; fi
    return
  fi
  # Once is for both.
  [[ $3 == boot ]] || return 0
  ufw_load || { failure="cannot read the rules of ufw: 'ufw show added' says why" && return 1; }
  ufw_standing "$2"
  ufw_wanted "$4"
  for family in "${!standing[@]}"; do
    ufw_state_of "${standing[family]}"
    [[ $state != "${ufw_wants[family]}" ]] || continue
    # What a hand has put there meanwhile, stays.
    [[ ${ufw_wants[family]} != closed || $state == open ]] || continue
    differing+=("$family")
  done
  [[ ${#differing[@]} -eq ${#standing[@]} && ${ufw_wants[4]} == "${ufw_wants[6]}" && (${ufw_wants[4]} != closed || ${standing[4]:-} == "${standing[6]:-}") ]] || alike=''
  if [[ $alike || ${#standing[@]} -eq 1 ]]; then
    family=${differing[0]:-}
    [[ -z $family ]] || tell_ufw "$2" "$family" both
    return
  fi
  for family in ${differing[@]+"${differing[@]}"}; do
    tell_ufw "$2" "$family" "$family" || return 1
  done
}

# What FAMILY is to have, with ${ufw_wants[@]} in place of ${standing[@]}, as one command for 4, 6 or both.
tell_ufw() { # WHAT FAMILY 4|6|both
  local rule verb any=0.0.0.0/0 ports=${1%/*}
  local -a words=()
  [[ $1 != 'forwarding from '* ]] || words=(route)
  rule=${ufw_wants[$2]}
  case $rule in
    open) rule=allow ;;
    closed) rule=${standing[$2]} && words+=(delete) ;;
  esac
  verb=${rule%% *}
  words+=("$verb")
  case $rule in
    "$verb log "*) words+=(log) ;;
    "$verb log-all "*) words+=(log-all) ;;
  esac
  [[ $3 != 6 ]] || any=::/0
  case "$3 $1" in
    *' forwarding from '*) words+=(from "${1##* }") ;;
    both*) words+=("${ports/-/:}/${1#*/}") ;;
    *) words+=(proto "${1#*/}" from "$any" to "$any" port "${ports/-/:}") ;;
  esac
  if [[ ${ufw_wants[$2]} == *" comment '"* ]]; then
    rule=${rule#*" comment '"}
    words+=(comment "${rule%\'}")
  fi
  run_ufw "$1" "$3" "${words[@]}" # never empty
}

# While its rules are not in force, and it is to be on at boot, ufw writes its files and then misses its chains: one family at a call.
run_ufw() { # WHAT 4|6|both ARGUMENT...
  local what=$1 which=$2 family state
  shift 2
  ! run ufw "$@" || return 0
  ! ufw_is_active || return 1
  run ufw "$@" || :
  ufw_load || return 1
  ufw_standing "$what"
  for family in "${!standing[@]}"; do
    [[ $which == @(both|"$family") ]] || continue
    ufw_state_of "${standing[family]}"
    [[ $state == "${ufw_wants[family]}" ]] || return 1
  done
  failure=''
}

# For the families of WHAT: FUNCTION with the tool, the chain and the file of each.
each_before_rules() { # WHAT FUNCTION ARGUMENT...
  local what=$1 function=$2 hook family
  local -a nft_rules iptables_rules
  shift 2
  rules_of "$what"
  [[ $family == 6 ]] || "$function" iptables "ufw-before-$hook" /etc/ufw/before.rules "$@" || return 1
  [[ $family == 4 ]] || ! ufw_has_ipv6 || "$function" ip6tables "ufw6-before-$hook" /etc/ufw/before6.rules "$@"
}

before_rules_state() { # TOOL CHAIN FILE
  is_open_in_chain "$1" "$2" "$what" || now=closed
  is_open_in_file "$3" "$2" "$what" || boot=closed
}

before_rules_set_now() { # TOOL CHAIN FILE STATE
  chain_set "$1" "$2" "$what" "$4"
}

before_rules_set_boot() { # TOOL CHAIN FILE STATE
  saved_rules_set "$1" "$3" "$2" "$what" "$4"
}

# ---- firewall: ufw's own rules ------------------------------------------------------------------------------------------
#
# They are read where it reads them itself, in its files: a comment (`### tuple ###`) for each, by family. `ufw show added` has the same
# words for a rule of one family and for one of both.

ufw_added='' # its rules, a line each: FAMILY ACTION[_LOG] PROTOCOL PORTS TO PORTS-FROM FROM [PROFILE PROFILE-FROM] [DIRECTION] [comment=HEX]

# Up to version 0.34 they lay where packages have what is theirs.
ufw_file() { # NAME -> $file
  file=/etc/ufw/$1
  [[ -e $file || ! -e /lib/ufw/$1 ]] || file=/lib/ufw/$1
}

ufw_load() { # -> $ufw_added
  ufw_added=$'\n'
  ufw_load_family 4 user.rules || { ufw_added='' && return 1; }
  ! ufw_has_ipv6 || ufw_load_family 6 user6.rules || { ufw_added='' && return 1; }
}

ufw_load_family() { # FAMILY NAME
  local file content line
  ufw_file "$2"
  read_text "$file" || return 1
  while IFS= read -r line; do
    [[ $line != '### tuple ###'* ]] || ufw_added+="$1 ${line#'### tuple ### '}"$'\n'
  done <<<"$content"
}

# The rule of the very words of WHAT, which a new one takes the place of: what lets it in, a limit, a refusal, logged or not.
ufw_standing() { # WHAT -> ${standing[FAMILY]}: as its command, `closed` without one
  local family action fields hex route='' ports=${1%/*} rest name
  local -a anywhere=([4]=0.0.0.0/0 [6]=::/0)
  name=${ports/-/:}/${1#*/}
  standing=([4]=closed)
  case $1 in
    'forwarding from '*:*) standing=([6]=closed) ;;
    'forwarding from '*) ;;
    *) ! ufw_has_ipv6 || standing[6]=closed ;;
  esac
  while read -r family action fields; do
    [[ $family && ${standing[family]:-} == closed ]] || continue
    if [[ $1 == 'forwarding from '* ]]; then
      route=route: name="from ${1##* }" rest="any any ${anywhere[family]} any ${1##* }"
    else
      rest="${1#*/} ${ports/-/:} ${anywhere[family]} any ${anywhere[family]}"
    fi
    hex=${fields#* comment=} fields=${fields% comment=*}
    # Very old ones do not say that it is about what comes in.
    [[ ${fields% in} == "$rest" && $action == "$route"[!:]* && ($route || $action != *:*) ]] || continue
    action=${action#"$route"}
    standing[family]="${action/_/ } $name"
    [[ $hex == *' '* ]] || ufw_comment "$hex"
  done <<<"$ufw_added"
}

ufw_comment() { # HEX, for ${standing[family]}
  local escaped='' hex=$1 comment
  while [[ $hex == [[:xdigit:]][[:xdigit:]]* ]]; do
    escaped+="\\x${hex:0:2}"
    hex=${hex:2}
  done
  printf -v comment '%b' "$escaped."
  standing[family]+=" comment '${comment%.}'"
}

# A limit, or a refusal, gives way as long as this is described.
ufw_state_of() { # RULE -> $state
  state=$1
  [[ $state != 'allow '* ]] || state=open
}

# `open`, `closed`, or the words of what stands there; of two families that differ both. Words without IPv6 are those of IPv4 alone:
# ufw may be given it later.
ufw_state() { # WHAT, with ${standing[@]} -> $now
  local state state6
  ufw_state_of "${standing[4]:-${standing[6]:-}}"
  now=$state
  if [[ ${standing[4]:-} && ${standing[6]:-} ]]; then
    ufw_state_of "${standing[6]}"
    state6=$state
    [[ $now == "$state6" ]] || now="IPv4 $now; IPv6 $state6"
  elif [[ $1 != 'forwarding from '* && $now != @(open|closed) ]]; then
    now="IPv4 $now"
  fi
}

# What names no family is of both; older journals name none.
ufw_wanted() { # STATE -> ${ufw_wants[4]} ${ufw_wants[6]}
  local both="^IPv4 ([^']*('[^']*')?); IPv6 (.*)\$"
  ufw_wants=([4]="$1" [6]="$1")
  if [[ $1 =~ $both ]]; then
    ufw_wants=([4]="${BASH_REMATCH[1]}" [6]="${BASH_REMATCH[3]}")
  elif [[ $1 == 'IPv4 '* ]]; then
    ufw_wants=([4]="${1#IPv4 }" [6]=closed)
  fi
}

# ---- firewall: what ufw refuses before it comes to what lets in --------------------------------------------------------
#
# The first of its rules that is about a packet decides, and a new one is the last.

ufw_tell() {
  local key what i does
  local -a refusals
  command -v ufw >/dev/null || return 0
  ufw_load || return 0
  for key in "${!described[@]}"; do
    [[ $key == 'firewall ufw '[0-9]* ]] || continue
    what=${key#firewall ufw }
    find_ufw_refusals "$what" both
    for ((i = 0; i < ${#refusals[@]}; i += 2)); do
      refusal_does "${refusals[i]}"
      complain "ufw: \"${refusals[i]}\"${refusals[i + 1]} stands before what lets in $what, and $does: ufw delete ${refusals[i]}, or a narrower rule in its place"
    done
  done
}

# What comes in by IPv6 is no matter where no address of it is described.
ufw_prove() { # WHAT
  local i family=4 said='' mends='' does=''
  local -a refusals
  [[ $1 == [0-9]* ]] && command -v ufw >/dev/null && ufw_load || return 0
  ! describes_ipv6 || family=both
  find_ufw_refusals "$1" "$family"
  ((${#refusals[@]})) || return 0
  for ((i = 0; i < ${#refusals[@]}; i += 2)); do
    [[ $does == 'keeps it out' ]] || refusal_does "${refusals[i]}"
    said+="${said:+, }\"${refusals[i]}\"${refusals[i + 1]}"
    mends+="ufw delete ${refusals[i]}, "
  done
  failure="ufw: $said stands before what lets it in, and $does"$'\n'"${mends}or a narrower rule in its place"
  return 1
}

refusal_does() { # WORDS -> $does
  does='keeps it out'
  [[ $1 != limit* ]] || does='keeps out whoever begins six connections within 30 seconds'
}

find_ufw_refusals() { # PORTS/PROTOCOL 4|both -> ${refusals[@]}: the words of each, and ` (IPv4 alone)` or the like
  local line='' line6='' only=''
  refusals=()
  # The others stand in before.rules, ahead of all these.
  ufw_has_word "$1" || return 0
  if ufw_has_ipv6; then
    ufw_refusal_before "$1" 6
    line6=$line
  fi
  ufw_refusal_before "$1" 4
  [[ $line == "$line6" ]] || ! ufw_has_ipv6 || only=' (IPv4 alone)'
  [[ -z $line ]] || refusals=("$line" "$only")
  [[ -z $line6 || $line == "$line6" || $2 == 4 ]] || refusals+=("$line6" ' (IPv6 alone)')
}

# A refusal of any source and to any address, of more than the very same words (which gives way).
ufw_refusal_before() { # PORTS/PROTOCOL FAMILY -> $line: its words, empty where there is none
  local tuple verb log device profile covers any='0.0.0.0/0 any 0.0.0.0/0'
  local -a words
  [[ $2 == 4 ]] || any='::/0 any ::/0'
  line=''
  while IFS= read -r tuple; do
    [[ $tuple == "$2 "* ]] || continue
    split_words "${tuple%% comment=*}"
    [[ ${words[2]-} == @(any|"${1#*/}") && "${words[4]-} ${words[5]-} ${words[6]-}" == "$any" ]] || continue
    ufw_comes_in || continue
    ufw_covers "$1" "${words[3]}" || continue
    if [[ -z $device ]]; then
      # Here stands what lets it in, or will; and what has been let in does not come to what stands behind.
      [[ $covers != alike || ${words[2]} == any || $profile ]] || return 0
      [[ $verb != allow || $covers == part ]] || return 0
    fi
    if [[ $verb == @(deny|reject|limit) ]] && ufw_is_of "$1" "$device"; then
      ufw_refusal_words
      return 0
    fi
  done <<<"$ufw_added"
}

# Is a rule about what comes in?
ufw_comes_in() { # with ${words[@]} -> $verb $log $device $profile
  local direction=in
  profile=''
  # One without a direction is.
  case ${#words[@]} in
    8) direction=${words[7]} ;;
    9) profile=${words[7]} ;;
    10) profile=${words[7]} direction=${words[9]} ;;
  esac
  verb=${words[1]%%_*} device=${direction#in}
  log=${words[1]#"$verb"}
  log=${log/_/ } device=${device#_} profile=${profile#-}
  profile=${profile//%20/ }
  [[ $verb != *:* && $direction == @(in|in_*) ]]
}

ufw_covers() { # PORTS/PROTOCOL PORTS -> $covers: alike, all or part; fails where none is among them
  local one ports=${1%/*}
  local first=${ports%-*} last=${ports#*-}
  local -a ranges
  covers=''
  IFS=, read -r -a ranges <<<"${2/any/0:65535}"
  for one in "${ranges[@]}"; do # never empty
    ((${one%:*} <= last && ${one#*:} >= first)) || continue
    covers=${covers:-part}
    ((${one%:*} > first || ${one#*:} < last)) || covers=all
  done
  [[ $2 != "${ports/-/:}" ]] || covers=alike
  [[ $covers ]]
}

# Does it come in there? ufw takes `ens+` for all that begin so.
ufw_is_of() { # PORTS/PROTOCOL DEVICE, empty for any
  local i device
  local -a words
  for ((i = 0; i < ${#openings[@]}; i++)); do
    [[ ${openings[i]} == "$1" ]] || continue
    [[ $2 && ${openings_by[i]} ]] || return 0
    split_words "${openings_by[i]}"
    for device in "${words[@]}"; do # never empty
      [[ $device != "$2" && ("$2" != *+ || $device != "${2%+}"*) ]] || return 0
    done
  done
  return 1
}

# As `ufw show added` says it, and `ufw delete` takes it.
ufw_refusal_words() { # -> $line
  local ports=${words[3]}
  line=$verb
  [[ $profile != *' '* ]] || profile="'$profile'"
  if [[ $device ]]; then
    line+=" in on $device$log"
    [[ $ports == any && ${words[2]} == any ]] || line+=' to any'
    if [[ $profile ]]; then line+=" app $profile"; elif [[ $ports != any ]]; then line+=" port $ports"; fi
  elif [[ $profile || $ports != any ]]; then
    line+="$log ${profile:-$ports}"
    [[ $profile || ${words[2]} == any ]] || line+=/${words[2]}
    return
  else
    line+="$log to any"
  fi
  [[ $profile || ${words[2]} == any ]] || line+=" proto ${words[2]}"
}

# ---- firewall: nftables -------------------------------------------------------------------------------------------------
#
# An accept in a table of one's own does not overrule another table's drop: rules go to the head of each chain at the hook, live, and
# as a line into the file. Chains of arp, bridge and netdev have no IP rules in them.

nft_chains=() nft_marked=() # `FAMILY TABLE CHAIN HOOK` of each chain that filters; `FAMILY TABLE CHAIN MARK` of lvsgen's rules

# Its file may have been loaded by a hand.
nftables_is_active() {
  ! unit_is_active nftables.service || return 0
  nftables_starts_at_boot || return 1
  load_nft
  ((${#nft_chains[@]}))
}

nftables_starts_at_boot() {
  unit_is_enabled nftables.service
}

# A rule for its port lets through what is not tracked.
nftables_places() { # WHAT DEVICE...
  [[ $1 == 'untracked '* ]] || places=(nftables)
}

# What `nft list ruleset` prints, as chains and marks. Tables that are another program's own are left to that; of what is in force, those
# of iptables-nft too: its commands refuse a table in which there is a rule that is not theirs. And chains that do nothing but ban sources
# (fail2ban, CrowdSec): whoever is banned stays so, for what is open too.
read_nft() { # RULESET [WARNINGS BOOT-FILE-TEXT, of the one in force] -> ${nft_chains[@]} ${nft_marked[@]}
  local line table='' chain='' foreign='' entry='' bans='' refuses=''
  while read -r line; do
    case $line in
      'table '*)
        table=${line#table } table=${table% \{*} foreign=''
        [[ $table == @(ip|ip6|inet)' '* && $table != 'inet firewalld' ]] || foreign=1
        [[ ${2:-} != *"table $table is managed by iptables-nft"* ]] || foreign=1
        ;;
      'flags '*owner*) foreign=1 ;;
      'chain '*) chain=${line#chain } chain=${chain% \{*} entry='' bans='' refuses='' ;;
      '}')
        # Of what is in force, a chain that refuses nothing keeps nothing out.
        [[ -z $entry || ! $refuses && ($bans || $# -gt 1) ]] || nft_chains+=("$entry")
        entry=''
        ;;
      'type filter hook input '* | 'type filter hook forward '*)
        line=${line#type filter hook }
        [[ $line != *'policy drop;'* ]] || refuses=1
        # Versions before 1.0.6 do not warn: a chain of its names that no file of nftables makes is one of its own.
        if (($# > 1)) && [[ $table == @(ip|ip6)' filter' && $chain == @(INPUT|FORWARD) && ${3:-} != *"table $table"* ]]; then continue; fi
        [[ $foreign ]] || entry="$table $chain ${line%% *}"
        ;;
      # In a file's text: it names its chain itself.
      'insert rule '*) ;;
      *' comment "lvsgen '*)
        line=${line#* comment \"}
        [[ $foreign ]] || nft_marked+=("$table $chain ${line%%\"*}")
        ;;
      *drop* | *reject* | *jump* | *goto* | *vmap* | *queue*)
        if [[ $line =~ (^|\ )ip6?\ saddr\ [^!=].*(drop|reject) ]]; then bans=1; else refuses=1; fi
        ;;
    esac
  done <<<"$1"
}

load_nft() {
  local ruleset warnings file content=''
  [[ -z ${loaded[nft]:-} ]] || return 0
  loaded[nft]=1 loaded[nft_file]='' loaded[nft_unit]='' nft_chains=() nft_marked=()
  # Its package may have gone since it was in charge.
  command -v nft >/dev/null || return 0
  # On standard error it says which tables are iptables-nft's.
  { warnings=$(nft list ruleset 2>&1 >/dev/null) && ruleset=$(nft list ruleset 2>/dev/null); } ||
    cannot_read 'the rules of the firewall' 'nft list ruleset'
  find_nft_file
  [[ -z $file ]] || read_text "$file" || content=''
  read_nft "$ruleset" "$warnings" "$content"
}

# Of the chains at the hook, those that see the family.
chains_for() { # HOOK FAMILY -> ${chains[@]}
  local one family table chain hook
  chains=()
  for one in ${nft_chains[@]+"${nft_chains[@]}"}; do
    read -r family table chain hook <<<"$one"
    case $2:$family in 4:ip6 | 6:ip) continue ;; esac
    [[ $hook != "$1" ]] || chains+=("$family $table $chain")
  done
}

nftables_probe() { # PLACE WHAT
  local hook family mark
  local -a nft_rules iptables_rules unmarked
  rules_of "$2"
  mark_of "$2"
  load_nft
  now=open boot=open
  find_unmarked
  ((${#unmarked[@]} == 0)) || now=closed
  nft_file_is_open || boot=closed
}

# Each of the chains has to let it through: any of them may drop it.
find_unmarked() { # with $hook, $family and $mark -> ${unmarked[@]}
  local chain one
  local -a chains
  unmarked=()
  chains_for "$hook" "$family"
  for chain in ${chains[@]+"${chains[@]}"}; do
    for one in ${nft_marked[@]+"${nft_marked[@]}"}; do [[ $one != "$chain $mark" ]] || continue 2; done
    unmarked+=("$chain")
  done
}

nftables_set() { # PLACE WHAT now|boot STATE
  local hook family mark
  local -a nft_rules iptables_rules chains
  rules_of "$2"
  mark_of "$2"
  if [[ $3 == boot ]]; then
    nft_file_set "$4"
  elif [[ $4 == open ]]; then
    nft_open
  else
    nft_delete "$mark"
  fi
}

nft_lines() { # CHAIN -> $lines: a command for each rule
  local rule
  for rule in "${nft_rules[@]}"; do lines+="insert rule $1 ${rule% accept} accept comment \"$mark\""$'\n'; done # never empty
}

nft_open() {
  local chain lines=''
  local -a unmarked
  load_nft
  find_unmarked
  for chain in ${unmarked[@]+"${unmarked[@]}"}; do nft_lines "$chain"; done
  [[ -z $lines ]] || run_as "nft ${lines%$'\n'}" load_nft_text "$lines"
}

load_nft_text() { # TEXT, all of it or nothing
  nft -f /dev/stdin <<<"$1"
}

nft_delete() { # MARK
  local line table='' chain='' number lines=''
  while read -r line; do
    case $line in
      'table '*) table=${line#table } table=${table% \{*} ;;
      'chain '*) chain=${line#chain } chain=${chain% \{*} ;;
      *" comment \"$1\""*' handle '*)
        number=${line##* handle }
        lines+="delete rule $table $chain handle ${number%% *}"$'\n'
        ;;
    esac
  done < <(nft -a list ruleset 2>/dev/null || :)
  [[ -z $lines ]] || run_as "nft ${lines%$'\n'}" load_nft_text "$lines"
}

# As lvsgen 0.1 opened a port: under a mark of the role, in each of its places.
nftables_close() { # MARK
  local file path content='' mode=- owner=- group=- rest marked
  nft_delete "$1" || return 1
  find_nft_file
  [[ $file ]] || return 0
  read_for_change "$file" || return 1
  without_mark "$content" "$1"
  [[ -z $marked ]] || replace_file "$path" "$mode" "$rest" "$owner" "$group"
}

# ---- firewall: the file that the unit of nftables loads at boot ------------------------------------------------------------

nftables_files() { # PLACE
  local file
  find_nft_file
  files=(${file:+"$file"})
}

# By what comes of it: its words may be those of a comment, of another family, of one chain among several. What cannot be loaded by
# itself is judged by them.
nft_file_is_open() { # with $hook, $family and $mark
  local file content alone
  local -a unmarked
  find_nft_file
  [[ $file ]] && read_text "$file" || return 0
  load_nft_file "$file"
  if [[ $alone == none ]]; then
    nft_text_is_open "$content"
    return
  fi
  local -a nft_chains=() nft_marked=()
  read_nft "$alone"
  find_unmarked
  ((${#unmarked[@]} == 0))
}

# Those of its chains, each with a line that lvsgen wrote or with the rule in it, as a saved ruleset has it.
nft_text_is_open() { # TEXT
  local line text='' lines='' marked
  while IFS= read -r line; do
    [[ $line =~ ^[[:space:]]*# ]] || text+=$line$'\n'
  done <<<"$1"
  [[ $text != *"\"$mark\""* ]] || marked=1
  local -a unmarked in_force=(${nft_chains[@]+"${nft_chains[@]}"})
  local -a nft_chains=(${in_force[@]+"${in_force[@]}"}) nft_marked=()
  read_nft_text "$text"
  find_unmarked
  nft_tried_lines "$text" ${unmarked[@]+"${unmarked[@]}"}
  [[ -z $lines && (${marked:-} || $text != *"hook $hook"*) ]]
}

# Of a file's text: its chains, of which none is in force before the unit is started; rules that stand in them, and those that are put
# into one by a line.
read_nft_text() { # TEXT -> ${nft_chains[@]} ${nft_marked[@]}, besides what they have
  local line
  local -a words
  read_nft "$1"
  while IFS= read -r line; do
    [[ $line == 'insert rule '*" comment \"$mark\"" ]] || continue
    split_words "$line"
    nft_marked+=("${words[2]} ${words[3]} ${words[4]} $mark")
  done <<<"$1"
}

# A line for a chain that the file does not make would keep all of it from being loaded. So the chains are those that the file makes
# of nothing; where it cannot be loaded so (it names interfaces, say), those in force and of its text that it is found to have.
nft_file_set() { # STATE
  local file path content='' mode=- owner=- group=- rest marked lines='' chain alone
  local -a chains
  find_nft_file
  [[ $file ]] || return 0
  read_for_change "$file" || return 1
  without_mark "$content" "$mark"
  if [[ $1 == open ]]; then
    if alone=$(alone_ruleset "$path"); then
      local -a nft_chains=() nft_marked=()
      read_nft "$alone"
      chains_for "$hook" "$family"
      for chain in ${chains[@]+"${chains[@]}"}; do nft_lines "$chain"; done
    else
      load_nft
      local -a in_force=(${nft_chains[@]+"${nft_chains[@]}"})
      local -a nft_chains=(${in_force[@]+"${in_force[@]}"}) nft_marked=()
      read_nft_text "$rest"
      chains_for "$hook" "$family"
      nft_tried_lines "$rest" ${chains[@]+"${chains[@]}"}
    fi
    if [[ -z $lines ]]; then
      failure="$file has no chain that a rule for '${mark#lvsgen }' can be put into, though it seems to filter"
      failure+=$'\n'"Look at it: nft -c -f $file. If others load the rules of this host, \"firewall\": \"keep\" leaves them alone."
      return 1
    fi
  fi
  [[ $rest$lines == "$content" ]] || replace_file "$path" "$mode" "$rest$lines" "$owner" "$group"
}

# Of the lines for chains those with which the file can still be loaded.
nft_tried_lines() { # TEXT CHAIN... -> $lines
  local text=$1 chain tried=''
  shift
  for chain; do
    [[ $tried != *"insert rule $chain "* ]] || continue
    lines=$tried
    nft_lines "$chain"
    if nft -c -f /dev/stdin <<<"$text$lines" 2>/dev/null; then tried=$lines; fi
  done
  lines=$tried
}

# ---- firewall: iptables and ip6tables, with the file that a service of theirs loads at boot ---------------------------------
#
# iptables.service and ip6tables.service of EL, netfilter-persistent.service of Debian.

declare -A filter_rules=() # tool -> its table `filter`, as `-S` prints it

iptables_is_active() { rules_are_active iptables; }
ip6tables_is_active() { rules_are_active ip6tables; }

iptables_starts_at_boot() { rules_start_at_boot iptables; }
ip6tables_starts_at_boot() { rules_start_at_boot ip6tables; }

rules_start_at_boot() { # TOOL
  unit_is_enabled netfilter-persistent.service || unit_is_enabled "$1.service"
}

# Of netfilter-persistent they stay when it is stopped.
rules_are_active() { # TOOL
  ! { unit_is_active netfilter-persistent.service || unit_is_active "$1.service"; } || return 0
  rules_start_at_boot "$1" || return 1
  load_filter "$1"
  [[ $'\n'${filter_rules[$1]} == *$'\n-'@(A|"P "@(INPUT|FORWARD)" "[!A])* ]]
}

iptables_files() { rules_files iptables; }
ip6tables_files() { rules_files ip6tables; }

rules_files() { # TOOL
  local file
  find_saved_rules "$1"
  files=(${file:+"$file"})
}

iptables_places() { rules_places iptables 6 "$1"; }
ip6tables_places() { rules_places ip6tables 4 "$1"; }

iptables_probe() { tool_probe iptables "$2"; }
ip6tables_probe() { tool_probe ip6tables "$2"; }

iptables_set() { tool_set iptables "$2" "$3" "$4"; }
ip6tables_set() { tool_set ip6tables "$2" "$3" "$4"; }

rules_places() { # TOOL OTHER-FAMILY WHAT
  local hook family
  local -a nft_rules iptables_rules
  # A rule for its port lets through what is not tracked.
  [[ $3 != 'untracked '* ]] || return 0
  rules_of "$3"
  [[ $family == "$2" ]] || places=("$1")
}

tool_probe() { # TOOL WHAT
  local hook family chain file
  local -a nft_rules iptables_rules
  rules_of "$2"
  now=open boot=open chain=${hook^^}
  is_open_in_chain "$1" "$chain" "$2" || now=closed
  find_saved_rules "$1"
  is_open_in_file "$file" "$chain" "$2" || boot=closed
}

tool_set() { # TOOL WHAT now|boot STATE
  local hook family file
  local -a nft_rules iptables_rules
  rules_of "$2"
  find_saved_rules "$1"
  # A service without a file loads nothing.
  [[ $3 == now || $file ]] || return 0
  if [[ $3 == now ]]; then chain_set "$1" "${hook^^}" "$2" "$4"; else saved_rules_set "$1" "$file" "${hook^^}" "$2" "$4"; fi
}

# ---- firewall: rules in a chain of iptables, in force and in a file for iptables-restore ---------------------------------

load_filter() { # TOOL
  local rules
  [[ -z ${filter_rules[$1]:-} ]] || return 0
  read_filter "$1"
  filter_rules[$1]=${rules:-none}
}

# Is there a rule for it, or nothing that filters?
is_open_in_chain() { # TOOL CHAIN WHAT
  local mark
  load_filter "$1"
  mark_of "$3"
  [[ ${filter_rules[$1]} != none ]] || return 0
  lets_through "${filter_rules[$1]}" "$2" "$mark"
}

is_open_in_file() { # FILE CHAIN WHAT
  local content mark section
  read_text "$1" || return 0
  mark_of "$3"
  filter_section "$content"
  [[ $section ]] || return 0
  lets_through "$section" "$2" "$mark"
}

lets_through() { # RULES CHAIN MARK, with ${iptables_rules[@]}
  local line filters='' found=0
  while IFS= read -r line; do
    case $line in
      -[AI]" $2 "*"\"$3\""*) filters=1 found=$((found + 1)) ;;
      -[AI]" $2 "* | "-P $2 "[!A]* | ":$2 "[!A]*) filters=1 ;;
    esac
  done <<<"$1"
  # A run that was killed in between may have left some of them.
  ((found < ${#iptables_rules[@]})) || return 0
  # A chain that is no hook of the kernel's is one of a firewall that is in charge.
  [[ -z $filters && $2 == [[:upper:]]* ]]
}

# RULE with the comment MARK, as iptables-restore takes it.
marked_rule() { # RULE MARK -> $rule
  rule="${1% -j *} -m comment --comment \"$2\" -j ${1##* -j }"
}

# At the head, but behind those that ban: behind a rule that refuses everything it would be of no use.
chain_set() { # TOOL CHAIN WHAT STATE
  local hook family rule mark line number
  local -a nft_rules iptables_rules words
  rules_of "$3"
  mark_of "$3"
  for rule in "${iptables_rules[@]}"; do # never empty
    split_words "${rule% -j *}"
    words+=(-m comment --comment "$mark" -j "${rule##* }")
    if [[ $4 == open ]]; then
      find_place_behind_bans "$1" "$2"
      "$1" -w -C "$2" "${words[@]}" 2>/dev/null || run "$1" -w -I "$2" "$number" "${words[@]}" || return 1 # never empty
    else
      while "$1" -w -C "$2" "${words[@]}" 2>/dev/null; do # never empty
        run "$1" -w -D "$2" "${words[@]}" || return 1 # never empty
      done
    fi
  done
}

# Whoever fail2ban or CrowdSec has banned stays so. They put theirs at the head, by a chain of their own or by a set of addresses.
find_place_behind_bans() { # TOOL CHAIN -> $number
  local line
  number=1
  while IFS= read -r line; do
    [[ $line == "-A $2 "* ]] || continue
    [[ $line =~ \ -j\ (f2b-|fail2ban-|crowdsec|CROWDSEC) || ($line =~ \ --match-set\ [^\ ]+\ src.*\ -j\ (DROP|REJECT) && $line != *'! --match-set'*) ]] || break
    number=$((number + 1))
  done < <("$1" -w -S "$2" 2>/dev/null || :)
}

saved_rules_set() { # TOOL FILE CHAIN WHAT STATE
  local hook family rule mark file path content='' text mode=- owner=- group=- rest marked before after lines=''
  local -a nft_rules iptables_rules
  rules_of "$4"
  mark_of "$4"
  read_for_change "$2" || return 1
  without_mark "$content" "$mark"
  text=$rest
  if [[ $5 == open ]]; then
    for rule in "${iptables_rules[@]}"; do # never empty
      marked_rule "$rule" "$mark"
      lines+="-I $3 $rule"$'\n'
    done
    before=$'\n'$text
    after=${before#*$'\n*filter'}
    before=${before%"$after"} after=$'\n'${after#*$'\n'}
    before=${before#$'\n'}
    before+=${after%%$'\nCOMMIT'*}$'\n' after=COMMIT${after#*$'\nCOMMIT'}
    text=$before$lines$after
    if ! run_as "$1-restore --test, of $2" await_xtables test_rules "$1" "$2" "$text"; then
      failure+=$'\n'"The rules in $2 would not be loaded at the next boot any more. Mend them first; if they are right as they are, say what you see here."
      return 1
    fi
  fi
  [[ $text == "$content" ]] || replace_file "$path" "$mode" "$text" "$owner" "$group"
}

# As it is loaded: ufw puts its own beside what is there; a service replaces the tables, chains of the same name too.
test_rules() { # TOOL FILE TEXT
  local -a how=(--test)
  [[ $2 != /etc/ufw/* ]] || how+=(--noflush)
  "$1-restore" "${how[@]}" <<<"$3" # never empty
}

# ---- filtering: rules that stay in force when the unit that loaded them is stopped -------------------------------------
#
# netfilter-persistent leaves them, and what flushes them would take those of others (containers) along. So the chains of the table
# `filter` at the kernel's hooks let everything through, without the rules that the file has; what is in other chains, and what
# others put there, stays. `ufw enable` loads rules beside its unit: those are ufw's own to take away (filtering-ufw.sh).

kind filtering

filtering_declare() { # TOOL off
  units+=(netfilter-persistent.service)
  describe filtering "$1" "$2"
}

# The rules of the file that are in force, a line each, with the number that each has in its chain: `INPUT 3 -p tcp … -j ACCEPT`, and
# `INPUT policy DROP`.
filtering_probe() { # TOOL
  local file content section line rules live chain number file_rules found=''
  have=off
  if [[ $1 == ufw ]]; then
    ! ufw_is_loaded || have=on
    return
  fi
  find_saved_rules "$1"
  [[ $file ]] && read_text "$file" && command -v "$1" >/dev/null || return 0
  filter_section "$content"
  read_filter "$1"
  live=$rules
  [[ $section && $'\n'$live == *$'\n'@(-A|"-P "@(INPUT|FORWARD|OUTPUT)" "[!A])* ]] || return 0
  # As the kernel has them, in a network namespace of its own, where loading them does no harm.
  # shellcheck disable=SC2016 # the other bash expands it
  file_rules=$'\n'$(await_xtables unshare --net -- bash -c '"$1-restore" <"$2" && "$1" -w -S' - "$1" "$file" 2>/dev/null)$'\n' || file_rules=''
  # What they refer to (sets) may not be there: then as the file has them.
  [[ $file_rules == *$'\n-P '* ]] || file_rules=$'\n'$section$'\n'
  for chain in INPUT FORWARD OUTPUT; do
    number=0
    while IFS= read -r line; do
      case $line in
        "-P $chain "[!A]*) [[ $file_rules != *$'\n'@("$line"$'\n'|":$chain ${line##* } ")* ]] || found+="$chain policy ${line##* }"$'\n' ;;
        "-A $chain "*)
          number=$((number + 1))
          [[ $file_rules != *$'\n'"$line"$'\n'* ]] || found+="$chain $number ${line#"-A $chain "}"$'\n'
          ;;
      esac
    done <<<"$live"
  done
  have=${found%$'\n'}
  have=${have:-off}
}

# One step for all of them.
filtering_set() { # TOOL off|RULES
  local line chain number rule text=$'*filter\n' rules live last
  local -A length=()
  if [[ $1 == ufw ]]; then
    ufw_set_loaded "$2"
    return
  fi
  if [[ $2 == off ]]; then
    while read -r chain number rule; do
      if [[ $number == policy ]]; then text+=":$chain ACCEPT [0:0]"$'\n'; else text+="-D $chain $rule"$'\n'; fi
    done <<<"$have"
  else
    read_filter "$1"
    live=$'\n'$rules$'\n'
    while read -r line chain _; do
      [[ $line != -A ]] || length[$chain]=$((${length[$chain]:-0} + 1))
    done <<<"$rules"
    while read -r chain number rule; do
      if [[ $number == policy ]]; then
        text+=":$chain $rule [0:0]"$'\n'
      elif [[ $live != *$'\n'"-A $chain $rule"$'\n'* ]]; then
        # Those that stood before it may have gone: what is longer than the chain is refused, with all the others.
        last=$((${length[$chain]:-0} + 1))
        length[$chain]=$last
        ((number <= last)) || number=$last
        text+="-I $chain $number $rule"$'\n'
      fi
    done <<<"$2"
  fi
  run_as "$1-restore --noflush, of ${text//$'\n'/; }" await_xtables load_filtering "$1" "$text"$'COMMIT\n'
}

load_filtering() { # TOOL TEXT
  "$1-restore" --noflush <<<"$2"
}

# ---- filtering: the rules of ufw, in force while its unit is not active ---------------------------------------------------
#
# What `ufw disable` and `ufw enable` run, and its unit; its files stay as they are.

find_ufw_init() { # -> $ufw_init
  for ufw_init in /lib/ufw/ufw-init /usr/lib/ufw/ufw-init /usr/libexec/ufw/ufw-init; do
    [[ ! -x $ufw_init ]] || return 0
  done
  failure='the rules of ufw are in force, and there is no ufw-init that takes them away; is the package ufw whole?'
  return 1
}

# It loads nothing that ufw.conf does not turn on.
filtering_record() { # TOOL
  record=$have
  [[ $1 != ufw || $have != on ]] || ufw_is_enabled || {
    failure="the rules of ufw are in force, though /etc/ufw/ufw.conf does not say ENABLED=yes: they would not come back by a rollback"
    failure+=$'\n'"Let ufw be what it is meant to be, and run this again: ufw disable, or ufw enable."
    return 1
  }
}

ufw_set_loaded() { # on|off
  local ufw_init
  find_ufw_init || return 1
  if [[ $1 == off ]]; then run "$ufw_init" force-stop; else run "$ufw_init" start; fi
}

# ---- unfiltered: where the firewall is described as off, nothing keeps packets out -------------------------------------------

kind unfiltered expected

to_reach=() # what this role needs, such as 80/tcp

unfiltered_declare() { # input WHAT...
  describe unfiltered "$1" open
  shift
  to_reach=("$@")
}

unfiltered_probe() { # input
  local kept_out
  find_what_is_kept
  have=${kept_out:-${rules_unread:+unknown}}
  have=${have:-open}
}

# Everything, or what is needed for itself.
find_what_is_kept() { # -> $kept_out
  local what
  find_kept_out
  [[ -z $kept_out ]] || return 0
  for what in ${to_reach[@]+"${to_reach[@]}"}; do
    find_kept_what "$what"
    [[ $kept_out ]] || continue
    kept_out="$what: $kept_out"
    return 0
  done
}

unfiltered_differs() {
  if [[ $have == unknown ]]; then
    printf 'which rules keep packets out is not known: %s failed' "$rules_unread"
    return
  fi
  printf 'rules keep packets out, and no unit of a firewall has loaded them: %s' "$have"
}

# What is about to be turned off is no matter yet, and verify has said it.
unfiltered_tell() {
  local i kept_out kind name state text have
  [[ ${described['unfiltered input']:-} && $command != verify ]] || return 0
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]} have=''
    [[ $kind == filtering || ($kind == unit && " ${firewall_units[*]} " == *" $name "*) ]] || continue # never empty
    is_same "$kind" "$name" || return 0
  done
  find_what_is_kept
  tell_unread_rules
  [[ -z $kept_out ]] || complain "the firewall is off, as described, and yet rules keep packets out ($kept_out): no unit of a firewall has loaded them. Take them away where they are made, or have them let in what this role needs"
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

# ---- commands ------------------------------------------------------------------------------------------------

lacking=1

each_resource() {
  local run i kind end
  for ((run = 0; run < ${#run_at[@]}; run++)); do
    i=${run_at[run]} end=${run_at[run + 1]:-${#r_kind[@]}}
    kind=${r_kind[i]}
    if has "$kind" expected; then
      continue
    elif is_function "${kind}_together"; then
      "${kind}_together" "$i" $((end - 1)) || return 1
    else
      for (( ; i < end; i++)); do reconcile "$i" || return 1; done
    fi
  done
}

# What later resources, and what went, have made of earlier ones.
look_again() {
  local i kind name state text have
  local -a picked words
  ((count[changed])) || return 0
  pick again
  for i in ${picked[@]+"${picked[@]}"}; do
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]} have=''
    is_same "$kind" "$name" || reconcile "$i" || return 1
  done
  split_words "$all_kinds"
  for kind in ${words[@]+"${words[@]}"}; do
    ! is_function "${kind}_again" || "${kind}_again" || return 1
  done
}

# Nearly all of it runs within the condition of an `if`, where `set -e` and the trap of ERR do nothing (bash(1)), however deep the functions
# are: each of them has to return the failure of what it calls (`|| return 1`), and say in $failure what it was.
offer apply 'bring this host to the described state; changes only what differs (default)' --only --root --confirm --adopt --secrets

apply_command() {
  local again
  refuse_while_put_back
  load_leftovers
  refuse_contradictions
  refuse_unsafe_paths
  refuse_on_share
  refuse_obstacles
  read_holds
  resume_interrupted || die 1 "$failure" "Nothing was changed."
  if adopt_obstacles && leave_carriers && clear_the_way && each_resource && drop_leftovers && look_again && reload_systemd && claim_described && end_changes; then
    tell_on_share
    tell_kinds
    restart_confirm
    tell_way_back
    closing ok changed failed
    return 0
  fi
  [[ -z $failure || ${count[failed]} != 0 ]] || complain "$failure"
  complain "stopped at the first failure; what came after it was not tried"
  if has_records; then
    name_again
    complain "generation $generation holds how it was before: mend the cause and apply again, or go back to that: bash $again rollback --to $((10#$generation - 1))"
    [[ $root ]] || ! confirm_is_pending ||
      complain "Unless it is confirmed, all of it goes back by itself once the time is over, or after a reboot: bash $again confirm"
  elif [[ $generation ]]; then
    complain "nothing was changed: mend the cause and apply again"
  fi
  closing ok changed failed
  exit "$lacking"
}

# By the number, for `rollback` alone undoes one apply more each time that it is typed.
tell_way_back() {
  local again
  [[ $begun ]] || return 0
  name_again
  say "${bold}to go back:$plain sudo bash %s rollback --to %s" "$again" "$((10#$generation - 1))"
  log "to go back: rollback --to $((10#$generation - 1))"
}

offer check 'say what apply would change; change nothing (exit code 2: changes are pending)' reads --only --root --adopt --secrets

check_command() {
  load_leftovers
  refuse_contradictions
  refuse_unsafe_paths
  refuse_on_share
  refuse_obstacles
  if ! adopt_obstacles || ! clear_the_way || ! each_resource || ! drop_leftovers; then exit "$lacking"; fi
  tell_unclaimed
  tell_on_share
  tell_kinds
  closing ok pending failed
  ((count[pending] == 0)) || exit 2
}

# What a kind has to tell besides its resources.
tell_kinds() {
  local kind
  local -a words
  split_words "$all_kinds"
  for kind in ${words[@]+"${words[@]}"}; do
    ! is_function "${kind}_tell" || "${kind}_tell"
  done
}

# What verify proves and status shows: files and packages are apply's matter.
is_live() { # KIND
  ! has "$1" path && ! has "$1" kept
}

offer verify 'prove the live state: addresses, ARP settings, routes, table, mounts, units, ports' reads --only

verify_command() {
  local i kind name state text have
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]}
    if ! is_live "$kind"; then
      report_rivals "$i"
      continue
    fi
    if is_same "$kind" "$name"; then
      failure=''
      if ! is_function "${kind}_prove" || "${kind}_prove" "$name"; then
        report ok "$kind" "$name"
      else
        report_failure "$kind" "$name"
      fi
    elif is_function "${kind}_differs"; then
      report failed "$kind" "$name" "$("${kind}_differs")"
    else
      have=${have:-empty}
      report failed "$kind" "$name" "is ${have//$'\n'/, }, described: ${state//$'\n'/, }"
    fi
  done
  tell_kinds
  closing ok failed
  ((count[failed] == 0)) || exit 1
}

# Unified diffs of what changes, where diff is there.
show_diff() { # KIND NAME, with $have, $state and $text
  [[ $diff ]] && is_function "$1_diff" || return 0
  if ! command -v diff >/dev/null; then
    complain "--diff: this host has no diff (package diffutils)"
    return 0
  fi
  "$1_diff" "$2"
}

show_texts() { # LABEL NOW DESCRIBED
  local out
  out=$(diff -u --label "$1 (now)" --label "$1 (described)" <(printf '%s' "$2" 2>/dev/null) <(printf '%s' "$3" 2>/dev/null)) || :
  print_diff "$out"
}

print_diff() { # TEXT
  local line color
  [[ $1 && -z $quiet ]] || return 0
  event diff text "$1"
  [[ -z $json ]] || return 0
  while IFS= read -r line; do
    case $line in
      +*) color=$green ;;
      -*) color=$red ;;
      *) color='' ;;
    esac
    tell_line "$line" "$color"
  done <<<"$1"
}

offer status 'one screen of live state' reads --only

status_command() {
  local i kind name state text have mark last started='' by made_with made_from made_for interrupted='' shown_state
  last_generation
  say "${bold}%s$plain  %s" "$role $host" "cluster $cluster, platform $platform"
  if [[ $last ]]; then
    read_head "$last"
    [[ -z $started ]] || printf -v started ', %(%Y-%m-%d %H:%M:%S)T' "$started"
    if generation_is_closed "$last"; then :; elif another_is_at_work; then interrupted=' (a run is at work)'; else interrupted=' (interrupted: apply again, or rollback)'; fi
    say "last change: generation $((10#$last))$started$interrupted"
  else
    say "last change: none by this script"
  fi
  if confirm_is_pending; then say "${yellow}%s$plain" "waiting for: $script confirm"; fi
  say ''
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]}
    is_live "$kind" || continue
    if is_same "$kind" "$name"; then mark="${green}ok$plain      "; else mark="${red}differs$plain "; fi
    if has "$kind" brief; then
      say "$mark  %s %s" "$kind" "$name"
    else
      # It may have several lines.
      shown_state=${have:-empty}
      say "$mark  %s %s  ${dim}%s$plain" "$kind" "$name" "${shown_state//$'\n'/, }"
    fi
    event status kind "$kind" name "$name" have "$have" described "$state"
  done
  tell_kinds
}

# ---- undo: is it as it was already? -----------------------------------------------------------------------------

# Is the resource in the state that the record names already?
undo_is_done() { # KIND NAME RECORD -> $have
  local in_the_way=''
  have='' # a kind that asks nobody leaves none
  if is_function "$1_undone"; then
    ! "$1_undone" "$2" "$3" || return 0
  else
    "$1_probe" "$2"
    [[ $have != "$3" ]] || return 0
  fi
  # Below what is no directory there is nothing.
  [[ $3 == absent && $have == unreachable && $in_the_way ]] && has "$1" path
}

# diff and cmp need not be there. (A file with a NUL byte counts as different and is put back.)
same_content() { # PATH of a kept copy, that of what walk found
  local content first
  read_text "$1" || return 1
  first=$content
  read_found $((${#first} + 1)) && [[ $content == "$first" ]]
}

# ---- undo: in which order ---------------------------------------------------------------------------------------------------

# What is put back into files that lvsgen had its part of, or is loaded from them.
comes_last() { # INDEX
  has "${u_kind[$1]}" last && [[ ${u_record[$1]} != absent ]]
}

# Where something has its place apart from the others, whichever of them is older: -> $turn, `first`, `late`, `last` or nothing
find_turn() { # INDEX
  local kind=${u_kind[$1]}
  turn=''
  if comes_last "$1"; then
    turn=last
  elif is_function "${kind}_turn"; then
    "${kind}_turn" "${u_name[$1]}" "${u_record[$1]}"
  fi
}

# What the others need first; these, the newest first; then what must not go before them (`KIND_turn`); at the end what is loaded from files
# that come back. A directory that is older and goes, as one that was handed over, makes room first for what comes back in its place.
order_undo() { # -> ${order[@]} ${last[@]}
  local i path turn
  local -A goes=() after=()
  local -a words first=() late=()
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} != "${traits[parent]}" || ${u_record[i]} != absent ]] || goes[${u_name[i]}]=$i
  done
  for ((i = ${#u_kind[@]} - 1; i >= 0; i--)); do
    find_turn "$i"
    case $turn in
      first) first+=("$i") && continue ;;
      late) late+=("$i") && continue ;;
      last) last+=("$i") && continue ;;
    esac
    if [[ ${u_record[i]} != absent ]] && has "${u_kind[i]}" path; then
      path_of "${u_kind[i]}" "${u_name[i]}"
      if [[ ${goes[$path]:-} ]] && ((${goes[$path]} < i)) && [[ -d $root$path && ! -L $root$path ]]; then
        after[${goes[$path]}]+=" $i"
        continue
      fi
    fi
    split_words "$i${after[$i]:-}"
    order+=("${words[@]}") # never empty
  done
  order=(${first[@]+"${first[@]}"} ${order[@]+"${order[@]}"} ${late[@]+"${late[@]}"})
}

# The same for what is described no longer. What makes room there has gone before (clear_the_way).
order_leftovers() { # -> ${order[@]}
  local left turn
  local -A by_turn=()
  local -a words
  for ((left = ${#going[@]} - 1; left >= 0; left--)); do
    find_turn "${going[left]}"
    by_turn[${turn:-then}]+=" ${going[left]}"
  done
  split_words "${by_turn[first]:-}${by_turn[then]:-}${by_turn[late]:-}${by_turn[last]:-}"
  order=(${words[@]+"${words[@]}"})
}


# ---- undo: what was changed, back as it was --------------------------------------------------------------------

# What needs time to go (a real server's connections) is told before anything goes. What another role needs does not go.
let_leave() { # INDEX... of records
  local i kind holder
  local -a words
  local -A of_kind=()
  for i in "$@"; do
    kind=${u_kind[i]}
    is_function "${kind}_leave" || continue
    stays_as_described "$kind" "${u_name[i]}" || held_elsewhere "$kind ${u_name[i]}" || of_kind[$kind]+=" $i"
  done
  for kind in ${of_kind[@]+"${!of_kind[@]}"}; do
    split_words "${of_kind[$kind]}"
    "${kind}_leave" ${words[@]+"${words[@]}"} || return 1
  done
}

goes_on='' # why what an undo is to stop goes on, by the kind's set
declare -A went_along=() # `KIND NAME` of what KIND_set has put back with another of its kind, and is to be told yet

# Sets a resource back, and looks whether it is, where the command that did it does not say.
put_back() { # KIND NAME RECORD
  "$1_set" "$2" "$3" || return 1
  forget_snapshots "$1"
  [[ $goes_on ]] || ! has "$1" look || undo_is_done "$1" "$2" "$3" || { failure=${failure:-it was put back, but is still: $have} && return 1; }
}

putting_back='' # while, and after, an undo puts back what is loaded
undoes_all='' # while all in u_* is put back, whatever is described

# What is loaded at the end may change what was put back before.
put_back_again() { # INDEX...
  local i kind name record have='' text='' state='' failed=0
  for i in "$@"; do
    kind=${u_kind[i]} name=${u_name[i]} record=${u_record[i]}
    forget_snapshots "$kind"
    ! undo_is_done "$kind" "$name" "$record" || continue
    failure=''
    if put_back "$kind" "$name" "$record"; then
      report changed "$kind" "$name" 'as before, once more'
    else
      report_failure "$kind" "$name"
      failed=1
    fi
  done
  return "$failed"
}

# Everything in u_*, in that order.
undo_loaded() {
  local i kind name record have text='' state failed=0 keeper holder heir became carrier drain_seconds=$drain_seconds stuck path
  local -a not_back=() order=() last=() again=() not_empty=()
  # shellcheck disable=SC2034 # kinds ask for it
  undoes_all=1
  undo_paths
  load_stats
  putting_back=1
  [[ $root ]] || let_leave ${u_kind[@]+"${!u_kind[@]}"} || { untold_failure && failed=1; }
  drain_seconds=0
  order_undo
  for i in ${order[@]+"${order[@]}"} ${last[@]+"${last[@]}"}; do
    kind=${u_kind[i]} name=${u_name[i]} record=${u_record[i]} text='' state=''
    [[ $kind ]] || continue
    [[ -z $root ]] || has "$kind" path || has "$kind" page || continue
    find_keeper "$i"
    if [[ $keeper == purge ]]; then
      tell_keeper
      continue
    fi
    if [[ ${unwritten["$kind $name"]:-} ]]; then
      failure=${unwritten["$kind $name"]}
      report_failure "$kind" "$name"
      failed=1
      continue
    fi
    if ! pass_on "$kind" "$name" "$record" "$holder"; then
      report_failure "$kind" "$name"
      failed=1
      continue
    fi
    if [[ $keeper == role ]]; then
      failure=''
      ! has "$kind" parent || "${kind}_probe" "$name"
      if ! become_theirs "$kind" "$name"; then
        report_failure "$kind" "$name"
        failed=1
      elif [[ $became ]]; then
        report changed "$kind" "$name" "as ${became#"$state_home"/} describes it, which needs it still"
      elif ! has "$kind" parent || [[ $have != "$kind "* ]] || make_plain "$name" "$record"; then
        tell_keeper
      else
        report_failure "$kind" "$name"
        failed=1
      fi
      continue
    fi
    if [[ $keeper == share ]]; then
      tell_keeper
      continue
    fi
    if [[ -z $root ]] && is_cut_off "$i"; then
      report_failure "$kind" "$name"
      not_back+=("$name")
      failed=1
      continue
    fi
    if has "$kind" path; then
      path_of "$kind" "$name"
      remove_temporary "$root$path"
      # Done by a run that was ended before systemd read it, perhaps.
      note_systemd_file "$path"
    fi
    if undo_is_done "$kind" "$name" "$record"; then
      # A run that was ended before may have put it back, and handed nothing over.
      if is_function "${kind}_rest" && ! hand_over_rest "$kind" "$name" "$record"; then
        report_failure "$kind" "$name"
        failed=1
        continue
      fi
      if [[ ${went_along["$kind $name"]:-} ]]; then
        report changed "$kind" "$name" 'as before'
      elif ! has "$kind" page; then
        report ok "$kind" "$name"
      fi
      ! has "$kind" look again || again+=("$i")
      continue
    fi
    if has "$kind" carrier && stuck_below "$name"; then
      report failed "$kind" "$name" "it stays, since $stuck on it was not put back"
      failed=1
      continue
    fi
    failure='' goes_on=''
    if is_taken "$kind" "$name" "$record" && [[ $holder ]]; then
      if hand_over "$kind" "$name" "$record"; then
        tell_taken
      else
        report_failure "$kind" "$name"
        failed=1
      fi
      continue
    fi
    if can_reach "$kind" "$name" && keep_hand_made "$kind" "$name" && adopt_parents "$kind" "$name" "$record" &&
      put_back "$kind" "$name" "$record" && hand_over_rest "$kind" "$name" "$record"; then
      if has "$kind" parent && [[ $record == absent && -d $root$name && ! -L $root$name ]]; then
        if [[ $holder ]]; then report kept "$kind" "$name" "still needed: ${holder#"$state_home"/}"; else not_empty+=("$name"); fi
      elif [[ $goes_on ]]; then
        report kept "$kind" "$name" "$goes_on"
      elif ! has "$kind" page; then
        ! waits "$kind" "$name" "$record" || goes_on_waiting "$kind" "$name"
        report changed "$kind" "$name" 'as before'
      fi
      ! has "$kind" look again || again+=("$i")
    else
      report_failure "$kind" "$name"
      not_back+=("$name")
      failed=1
    fi
  done
  if ((${#last[@]})); then put_back_again ${again[@]+"${again[@]}"} || failed=1; fi
  remove_emptied || failed=1
  reload_systemd || { untold_failure && failed=1; }
  return "$failed"
}

# Directories in which something lay that went later, by name in ${not_empty[@]}.
remove_emptied() {
  local name progress=1
  local -a left
  while [[ $progress ]]; do
    progress='' left=()
    for name in ${not_empty[@]+"${not_empty[@]}"}; do
      put_back "${traits[parent]}" "$name" absent || { report_failure "${traits[parent]}" "$name" && return 1; }
      if [[ -d $root$name ]]; then
        left+=("$name")
      else
        report changed "${traits[parent]}" "$name" 'as before'
        progress=1
      fi
    done
    not_empty=(${left[@]+"${left[@]}"})
  done
  for name in ${not_empty[@]+"${not_empty[@]}"}; do report kept "${traits[parent]}" "$name" 'it is not empty'; done
}

# Of no resource, but it counts.
untold_failure() {
  complain "$failure"
  count[failed]=$((count[failed] + 1))
}

# ---- undo: the ways to what it puts back, and what lies on something that has gone ---------------------------------

# What could not be put back has to be found by the next try: its share stays mounted.
stuck_below() { # CARRIER -> $stuck, of $not_back
  for stuck in ${not_back[@]+"${not_back[@]}"}; do [[ $stuck != "$1"/* ]] || return 0; done
  return 1
}

# What keeps a resource where it is, whatever its record says: `purge`, that it goes with --purge alone; `role`, that others need it
# ($holder: the state directory of one); `share`, that it lies on one that is not mounted any more ($carrier).
find_keeper() { # INDEX, with $kind and $name -> $keeper
  keeper='' holder=''
  if has "$kind" kept && [[ -z $purge ]]; then
    keeper=purge
  elif ! has "$kind" page && ! stays_as_described "$kind" "$name" && { held_elsewhere "$kind $name" || needed_elsewhere "$kind"; }; then
    keeper=role
  elif [[ $root ]]; then
    ! was_on_share "$1" || keeper=share
  elif was_carried "$1"; then
    keeper=share
  fi
}

tell_keeper() { # with $keeper, $kind, $name and $record, and $holder or $carrier
  case $keeper in
    purge)
      if [[ $command == uninstall ]]; then
        report kept "$kind" "$name" 'it stays without --purge'
      elif is_still_there "$kind" "$name" "$record"; then
        report kept "$kind" "$name" 'it stays; uninstall --purge takes it away'
      fi
      ;;
    role) report kept "$kind" "$name" "still needed: ${holder#"$state_home"/}" ;;
    share)
      if [[ $root ]]; then
        report kept "$kind" "$name" "it lies on the share of $carrier, which an image does not have"
      else
        report kept "$kind" "$name" "it lies on the share of $carrier, which is not mounted any more"
      fi
      ;;
  esac
}

# Asked in order to tell alone.
is_still_there() { # KIND NAME RECORD
  if is_function "$1_stays"; then
    "$1_stays" "$2" "$3"
    return
  fi
  ! undo_is_done "$1" "$2" "$3" || return 1
}

tell_taken() { # with $kind, $name and $holder
  report kept "$kind" "$name" "something else is there now, still needed: ${holder#"$state_home"/}"
}

# What lies on a share is put back while it is mounted: by a run that ended after it had unmounted it, or not at all where
# the share cannot be mounted again. What lies below the mount point then is something else.
was_carried() { # INDEX -> $carrier
  local i carries
  has "${u_kind[$1]}" path || return 1
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    if ! has "${u_kind[i]}" carrier || [[ ${u_name[$1]} != "${u_name[i]}"/* ]]; then continue; fi
    carrier=${u_name[i]}
    # What changed before the carrier did is reached when that is as before again; what changed after it, as long as it is not.
    "${u_kind[i]}_carries" "$carrier" "${u_record[i]}"
    if [[ $carries == before ]] && ((i > $1)); then continue; fi
    if [[ $carries == since ]] && ((i < $1)); then continue; fi
    return 0
  done
  return 1
}

# Does it lie on a share that a rollback leaves as it is, for that is older, and that is not mounted now? What lies below the mount point
# is something else.
is_cut_off() { # INDEX -> $carrier, $failure
  local i key path have
  has "${u_kind[$1]}" path || return 1
  path_of "${u_kind[$1]}" "${u_name[$1]}"
  for key in ${stays_owned[@]+"${!stays_owned[@]}"}; do
    carrier=${key#* }
    if ! has "${key%% *}" carrier || [[ $path != "$carrier"/* ]]; then continue; fi
    for ((i = 0; i < ${#u_kind[@]}; i++)); do [[ "${u_kind[i]} ${u_name[i]}" != "$key" ]] || continue 2; done
    "${key%% *}_probe" "$carrier"
    if [[ $have == absent ]]; then
      failure="it lies on the share of $carrier, which is not mounted"$'\n'"Mount it, and run this again."
      return 0
    fi
  done
  return 1
}

# Their state is asked for in one process.
undo_paths() {
  local i kind path
  local -A knows=() # by kind
  mounted_before=()
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    kind=${u_kind[i]}
    [[ $kind ]] || continue
    [[ ${knows[$kind]:-} ]] || knows_kind "$kind"
    case ${knows[$kind]} in
      path)
        path_of "$kind" "${u_name[i]}"
        paths+=("$root$path")
        ;;
      facts) "${kind}_facts" "${u_name[i]}" ;;
    esac
    [[ ${u_record[i]} != 'saved '* ]] || paths+=("$state_dir/blobs/${u_record[i]#saved }")
  done
}

knows_kind() { # KIND -> ${knows[KIND]}: what there is to be read for it, path, facts or nothing
  is_function "$1_set" ||
    die 69 "the journal in $state_dir has a $1, which this script does not know" "A script of another version wrote it: use that one."
  knows[$1]=nothing
  if has "$1" path; then knows[$1]=path; elif is_function "$1_facts"; then knows[$1]=facts; fi
}

# ---- what a hand changed after lvsgen wrote it: kept aside before it goes ------------------------------------------

# What was changed by hand after lvsgen wrote it is kept aside before it goes: the file, also where the hand was in lvsgen's part of it.
keep_hand_made() { # KIND NAME
  local aside number=1 sum='' have key path sums name
  is_function "$1_written" || return 0
  "$1_written" "$2"
  sums=${written[$key]:-}
  # What another role wrote there, as that of a cluster that is renamed, is no hand's; and what a hand made of it is kept, for its record
  # may be handed over to this role, and then leads to before the hand.
  if ! has "$1" own; then
    load_roles
    sums+=${written_elsewhere[$key]:-}
  fi
  [[ $sums ]] || return 0
  "$1_found" "$2" || return 1
  [[ $sum && $sums != *" $sum "* ]] || return 0
  ! is_written_by_another_way "$2" || return 0
  # A run that was ended before it wrote left what was there before: that is in the journal.
  for ((number = 0; number < ${#u_kind[@]}; number++)); do
    [[ ${u_kind[number]} == "$1" && ${u_name[number]} == "$2" && ${u_record[number]} == 'saved '* ]] || continue
    ! same_content "$state_dir/blobs/${u_record[number]#saved }" || return 0
  done
  aside=$state_home/kept-by-hand
  (umask 077 && mkdir -p -- "$aside") || { failure="cannot make $aside" && return 1; }
  path_of "$1" "$2"
  name=${path//\//_} number=1
  ((${#name} <= 200)) || name=${name:0:180}~${sum:0:16}
  aside+=/$name
  while [[ -e $aside.$number ]]; do
    ! same_content "$aside.$number" || return 0
    number=$((number + 1))
  done
  keep_copy "$root$real" "$aside.$number" || return 1
  complain "$path was changed by hand; that version is kept as $aside.$number"
}

# Did lvsgen write that to the same share where it was mounted at another path? Then the name is the same, and nothing else is at that path now.
is_written_by_another_way() { # NAME, with $sum
  local other
  for other in ${written[@]+"${!written[@]}"}; do
    [[ ${other##*/} == "${1##*/}" && ${written[$other]} == *" $sum "* ]] || continue
    [[ -e $root/${other#*/} && ! $root/${other#*/} -ef $root$1 ]] || return 0
  done
  return 1
}

# ---- what a rollback or an uninstall would do: --dry-run -----------------------------------------------------------------

declare -A will_go=() # paths at which nothing is left: `surely`, or `perhaps`, where more than lvsgen's part may be in a file

# What undo_loaded would say of each, for everything in u_*.
foretell_undo() {
  local i kind name record have text state keeper holder carrier path first
  local -A told=()
  local -a order=() last=() may_go=()
  undo_paths
  load_stats
  order_undo
  for i in ${order[@]+"${order[@]}"} ${last[@]+"${last[@]}"}; do
    kind=${u_kind[i]} name=${u_name[i]} record=${u_record[i]} text='' state=''
    if [[ -z $kind ]] || has "$kind" page; then continue; fi
    [[ -z $root ]] || has "$kind" path || continue
    find_keeper "$i"
    if [[ $keeper == role ]] && differs_from_theirs "$kind" "$name"; then
      report pending "$kind" "$name" "as ${first#"$state_home"/} describes it, which needs it still"
    elif [[ $keeper ]]; then
      tell_keeper
    elif [[ -z $root ]] && is_cut_off "$i"; then
      report_failure "$kind" "$name"
    elif undo_is_done "$kind" "$name" "$record" || is_told "$kind" "$name"; then
      report ok "$kind" "$name"
    elif is_taken "$kind" "$name" "$record" && [[ $holder ]]; then
      tell_taken
    elif has "$kind" parent && [[ $record == absent ]]; then
      may_go+=("$name")
    else
      foretell_return "$kind" "$name" "$record"
      if [[ $record != absent ]] || ! has "$kind" path; then continue; fi
      path_of "$kind" "$name"
      if has "$kind" path whole; then will_go[$path]=surely; else will_go[$path]=perhaps; fi
    fi
  done
  foretell_directories ${may_go[@]+"${may_go[@]}"}
}

# A part of a file that a link leads to may be known by both names: it goes back once.
is_told() { # KIND NAME, with $told
  local real shared
  has "$1" path && ! has "$1" path whole && [[ $2 == /* ]] && can_reach "$1" "$2" || return 1
  [[ -z ${told["$1 $real"]:-} ]] || return 0
  told["$1 $real"]=1
  return 1
}

# Those go in which nothing is left.
foretell_directories() { # NAME...
  local name progress=1 sure holder
  local -a left=("$@")
  while [[ $progress ]]; do
    progress=''
    set -- ${left[@]+"${left[@]}"}
    left=()
    for name in "$@"; do
      if is_left_empty "$name"; then
        will_go[$name]=$sure progress=1
        if [[ $sure == surely ]]; then
          foretell_return "${traits[parent]}" "$name" absent
        else
          report pending "${traits[parent]}" "$name" 'it goes, if nothing is left in it'
        fi
      else
        left+=("$name")
      fi
    done
  done
  for name in ${left[@]+"${left[@]}"}; do
    if held_below "$name"; then
      report kept "${traits[parent]}" "$name" "still needed: ${holder#"$state_home"/}"
    else
      report kept "${traits[parent]}" "$name" 'it is not empty'
    fi
  done
}

is_left_empty() { # DIRECTORY -> $sure
  local entry
  sure=surely
  for entry in "$root$1"/* "$root$1"/.[!.]* "$root$1"/..?*; do
    [[ -e $entry || -L $entry ]] || continue
    # A temporary file that a run of this role left which was killed, goes along.
    [[ ${entry##*/} != .lvsgen.* ]] || held_below "$1" || continue
    case ${will_go[${entry#"$root"}]:-} in
      surely) ;;
      perhaps) sure=perhaps ;;
      *) return 1 ;;
    esac
  done
}

foretell_return() { # KIND NAME RECORD
  local detail="back to $3"
  case $3 in
    absent) detail='it goes' ;;
    'saved '*) detail='as it was before' ;;
    *$'\n'*) detail='as it was before' ;;
  esac
  ((${#detail} <= 200)) || detail='as it was before'
  report pending "$1" "$2" "$detail"
}

end_foretelling() {
  closing ok pending kept failed
  ((count[failed] == 0)) || exit 1
  ((count[pending] == 0)) || exit 2
  exit 0
}

# ---- the command rollback ------------------------------------------------------------------------------------------

offer rollback 'undo the last apply that changed something (--to N: all later than generation N)' --root --to --dry-run

rollback_command() {
  local target last folded i undone='' outcome
  local -a generations
  list_generations
  last_folded
  if ((${#generations[@]} == 0)); then
    nothing_to_roll_back
    return
  fi
  last=$((10#${generations[${#generations[@]} - 1]}))
  target=$last
  for ((i = ${#generations[@]} - 1; i >= 0; i--)); do
    target=$((10#${generations[i]} - 1))
    is_aside "${generations[i]}" || break
  done
  if [[ $to_generation ]]; then
    target=$to_generation
    # A way back that stopped half way has made one open generation of what it was to undo.
    if ((target >= last)) && is_watchdog; then
      target=$last
      generation_is_closed "${generations[${#generations[@]} - 1]}" || target=$((last - 1))
    fi
    ((target <= last)) || die 64 "there is no generation $target; the last is $last"
    ((target == last)) || ((target >= 10#${generations[0]} - 1)) ||
      die 64 "generation $target is no longer kept; the oldest way back is --to $((10#${generations[0]} - 1))" "uninstall undoes everything"
  fi
  [[ $dry_run ]] || log_open
  read_previous_holds
  load_records "$target"
  tell_undone "$target"
  if [[ $dry_run ]]; then
    note_owned "$target"
    load_records "$target"
    foretell_undo
    end_foretelling
  fi
  begin_undo "$target"
  note_owned "$target"
  load_records "$target"
  before_return
  undone=1
  undo_loaded || undone=''
  # Whatever else failed: who is out of rotation stays so.
  settle || undone=''
  after_return
  if [[ $undone ]]; then
    sync_all
    forget_generations "$target" || die 1 "$failure"
    putting_back=''
    settle_confirm "$target" || die 1 "everything is put back, but the watchdog is still there: $failure"
    sync_all
    name_state "$target"
    ((count[kept] == 0)) || outcome+=", but for what is kept, as said above"
    say "$outcome"
  fi
  if ((count[kept] == 0)); then closing ok changed failed; else closing ok changed kept failed; fi
  ((count[failed] == 0)) || exit 1
}

# A generation that is not kept is known by the one after it; where another role gave this one something before it changed anything, there
# was none of that number (begin_base).
name_state() { # TARGET -> $outcome
  local file
  printf -v file '%s/generations/%04d' "$state_dir" "$1"
  if (($1 == 0)); then
    outcome='this host is as before the first apply'
  elif [[ -f $file ]]; then
    outcome="generation $1 is in force again"
  else
    outcome="this host is as before generation $(($1 + 1))"
  fi
}

# What is to be put back has to be within reach.
before_return() {
  local kind
  local -a words
  split_words "$all_kinds"
  for kind in ${words[@]+"${words[@]}"}; do
    ! is_function "${kind}_returning" || "${kind}_returning"
  done
  [[ -z ${traits[settles]:-} ]] || "${traits[settles]}_returning"
}

# What others have to hear of what came back.
after_return() {
  local kind
  local -a words
  split_words "$all_kinds"
  for kind in ${words[@]+"${words[@]}"}; do
    ! is_function "${kind}_returned" || "${kind}_returned"
  done
}

# What is the operator's own, and no apply's, outlives a rollback.
settle() {
  [[ -z ${traits[settles]:-} ]] || "${traits[settles]}_settle" || { untold_failure && return 1; }
}

# What a rollback is about to undo, in words.
tell_undone() { # TARGET, with ${generations[@]} and the loaded records
  local i number things=0 what='' started by made_with made_from made_for
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ -z ${u_kind[i]} ]] || has "${u_kind[i]}" page || has "${u_kind[i]}" kept || things=$((things + 1))
  done
  for number in "${generations[@]}"; do # never empty
    ((10#$number > 10#$1)) || continue
    [[ -f $state_dir/generations/$number ]] || continue
    read_head "$number"
    [[ -z $started ]] || printf -v started ' of %(%Y-%m-%d %H:%M:%S)T' "$started"
    what+="${what:+, }generation $((10#$number))$started"
  done
  if [[ $dry_run ]]; then
    say "undoing ${what:-nothing} would put $things thing(s) back to what they were"
  else
    say "undoing ${what:-nothing}: $things thing(s) go back to what they were"
  fi
}

nothing_to_roll_back() { # with $folded
  local message='nothing to roll back: no apply has changed anything here'
  ((folded == 0)) || message="nothing to roll back: the way to before generation $folded is not kept any more; uninstall undoes everything"
  [[ -z $to_generation || $to_generation == "$folded" ]] || die 64 "there is no generation $to_generation" "$message"
  if [[ $dry_run ]]; then
    say "$message"
    end_foretelling
  fi
  [[ -e $state_dir/base ]] || hold_nothing
  disarm_confirm || die 1 "everything is put back, but the watchdog is still there: $failure"
  say "$message"
  closing ok changed failed
}

declare -A unwritten=() # `KIND NAME` of what would be nobody's where it was put back -> why that cannot be written down

# A way back that is ended in the middle leaves a state between two generations. So what the generations later than TARGET changed
# becomes one open generation first: the same again ends it, or an apply goes on in it. What they had given up, and what this way
# back puts there again, is lvsgen's again with its first state. (Where this cannot be written, the rest goes back all the same.)
begin_undo() { # TARGET
  local text='' content number lines='' key
  local -a later=() given_up_again=()
  for number in "${generations[@]}"; do # never empty
    ((10#$number <= 10#$1)) || later+=("$number")
  done
  ((${#later[@]})) || return 0
  given_up_since "$1"
  for number in "${later[@]}"; do # never empty
    read_text "$state_dir/generations/$number" || return 0
    text+=$content
    [[ $content == *$'\n' ]] || text+=$'\n'
  done
  if ! replace_file "$state_dir/generations/${later[0]}" 0600 "$text${lines}undo"$'\n'; then
    log "$failure"
    for key in ${given_up_again[@]+"${given_up_again[@]}"}; do unwritten[$key]=$failure; done
    return 0
  fi
  for ((number = ${#later[@]} - 1; number > 0; number--)); do
    run rm -f -- "$state_dir/generations/${later[number]}" || return 0
  done
}

# ---- rollback: whose what is put back is from then on, and which generations are over ------------------------------

# What was lvsgen's in generation TARGET and was given up later.
given_up_since() { # TARGET, with ${later[@]} -> ${given_up_again[@]}; $lines: its records
  local i line number kind name record stop
  local -A released=()
  for number in "${later[@]}"; do # never empty
    while IFS=$'\t' read -r kind name record stop; do
      [[ $stop != . || $kind != -* ]] || released["${kind#-}"$'\t'"$name"]=1
    done <"$state_dir/generations/$number"
  done
  load_owned "$1"
  # The oldest first, as everywhere: what was written to a share comes after the share.
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} ]] || continue
    record_line "${u_kind[i]}" "${u_name[i]}" "${u_record[i]}"
    [[ ${released["${line%%$'\t='*}"]:-} ]] || continue
    given_up_again+=("${u_kind[i]} ${u_name[i]}")
    lines+=$line$'\n'
    record_line rank "${u_kind[i]} ${u_name[i]}" "${rank_of["${u_kind[i]} ${u_name[i]}"]:-0}"
    lines+=$line$'\n'
    lines_along "${u_kind[i]}" "${u_name[i]}"
  done
}

# What was written there, by which a hand's changes are told, and the rights that it was given.
lines_along() { # KIND NAME, added to $lines
  local line key
  if is_function "$1_written"; then
    "$1_written" "$2"
    [[ -z ${written[$key]:-} ]] || { wrote_line "$key" && lines+=$line$'\n'; }
  fi
  [[ -z ${rights_of["$1 $2"]:-} ]] || { record_line rights "$1 $2" "${rights_of["$1 $2"]}" && lines+=$line$'\n'; }
}

# Reads into u_* what was lvsgen's in generation TARGET, as it was before lvsgen; what was handed over meanwhile counts.
load_owned() { # TARGET, with ${generations[@]}
  local number
  local -A seen
  forget_loaded
  load_base
  for number in "${generations[@]}"; do # never empty
    take_over_handed "$number"
    ((10#$number > 10#$1)) || load_record_file "$state_dir/generations/$number"
  done
  take_over_handed 1000000
}

undo_target=0 # the generation that a rollback leads to

note_owned() { # TARGET, with ${generations[@]} -> $stays_owned
  local i escaped
  (($1 > 0)) || return 0
  undo_target=$1
  load_owned "$1"
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} ]] || continue
    escape "${u_name[i]}"
    [[ ${leads_past["${u_kind[i]} $escaped"]:-} ]] || stays_owned["${u_kind[i]} ${u_name[i]}"]=1
  done
}

# Directories that a rollback has to make again are lvsgen's: a role that made them, or had them handed over, left meanwhile and took
# them away.
adopt_parents() { # KIND PATH RECORD
  local parent lines='' line escaped rank path
  [[ $undo_target != 0 && $3 != absent ]] || return 0
  has "$1" parent || is_function "$1_written" || return 0
  path_of "$1" "$2"
  walk "$root$path" || return 1
  parent=${real%/*}
  while [[ $parent && ! -d $root$parent ]]; do
    if [[ -z ${stays_owned["${traits[parent]} $parent"]:-} ]]; then
      next_rank "${traits[parent]}" "$parent"
      record_line handed "$undo_target $rank ${traits[parent]} $parent" absent
      lines=$line$'\n'$lines
    fi
    parent=${parent%/*}
  done
  [[ -z $lines ]] || append_to_base "$state_dir" "${lines%$'\n'}"
}

# The newest first: what is left at any moment leads from a state that was to the one before it.
forget_generations() { # TARGET, with the records that were undone in u_*
  local i line kept=''
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    has "${u_kind[i]}" kept || continue
    record_line "${u_kind[i]}" "${u_name[i]}" "${u_record[i]}"
    kept+=$line$'\n'
  done
  hand_over_earlier "$1" || return 1
  # What stays without --purge, stays with the knowledge of whose it is.
  if (($1 > 0)); then
    [[ -z $kept ]] || append_to_base "$state_dir" "${kept%$'\n'}" || return 1
  elif [[ $kept ]]; then
    replace_file "$state_dir/base" 0600 "base 0"$'\n'"$kept" || return 1
  else
    run rm -f -- "$state_dir/base" || return 1
  fi
  list_generations
  for ((i = ${#generations[@]} - 1; i >= 0; i--)); do
    ((10#${generations[i]} <= $1)) || run rm -f -- "$state_dir/generations/${generations[i]}" || return 1
  done
  (($1 > 0)) || hold_nothing
  drop_unused_blobs
}

# ---- the command uninstall -----------------------------------------------------------------------------------------

# It leads past all generations: where it is ended, an apply goes on in the last one.
begin_uninstall() {
  local last
  last_generation
  [[ $last ]] && generation_is_closed "$last" || return 0
  append_durably "$state_dir/generations/$last" undo || log "$failure"
}

hold_nothing() {
  run rm -f -- "$state_dir/holds" "$state_dir/.lvsgen.holds" || log "$failure"
}

offer uninstall 'undo everything; the host is as before the first apply (--purge: packages and log too)' --root --purge --dry-run undescribed

uninstall_command() {
  local gone=${state_dir%/*}/.gone-$role
  if [[ $dry_run ]]; then
    read_previous_holds
    load_records all
    foretell_undo
    end_foretelling
  fi
  log_open
  read_previous_holds
  begin_uninstall
  load_records all
  if undo_loaded; then
    sync_all
    disarm_confirm || die 1 "everything is put back, but the watchdog is still there: $failure"
    # At once: half of the records would lead back to a state in between.
    run rm -rf -- "$gone" || die 1 "everything is put back, but $gone cannot be removed: $failure"
    if [[ -d $state_dir ]]; then
      hold_nothing
      if ! run mv -T -- "$state_dir" "$gone" || ! run rm -rf -- "$gone"; then
        die 1 "everything is put back, but $state_dir cannot be removed: $failure"
      fi
    fi
    rmdir -- "${state_dir%/*}" "${state_dir%/*/*}" 2>/dev/null || :
    if [[ $purge ]]; then
      remove_log
    fi
    sync_all
  fi
  closing ok changed kept failed
  ((count[failed] == 0)) || exit 1
}

# ---- a host that has left the description: the way back is in its own journal --------------------------------------------

# Is this none of the described hosts, and has this role's script been applied here?
has_left() {
  local found last='' started by made_with made_from made_for=''
  look_for_host
  [[ -z $found ]] || return 1
  state_paths
  [[ -e $state_dir/base || -e $state_dir/generations ]] || return 1
  # A name that is mistyped is none of those that have left.
  [[ $host ]] || return 0
  last_generation
  [[ -z $last ]] || read_head "$last"
  [[ -z $made_for || $made_for == "$host" ]]
}

undescribed='' # 1 where it has left

# Nothing is described of it, not its name either: that of its last apply counts. What was is taken off as it was put on, by the manager that is there.
take_as_undescribed() {
  local manager last='' started by made_with made_from made_for=''
  if [[ -z $host ]]; then
    last_generation
    [[ -z $last ]] || read_head "$last"
    host=${made_for:-$HOSTNAME}
  fi
  undescribed=1 platform='' platform_releases='' package_manager=''
  for manager in apt-get dnf yum; do
    ! command -v "$manager" >/dev/null || { package_manager=${manager%-get} && break; }
  done
  say "$host is not described any more: what ${role}.sh of $cluster did here is undone by its own journal"
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

# ---- one run at a time ---------------------------------------------------------------------------------------

# One run at a time on a host, whatever its role. Commands that this run starts hold it too: where only
# this run is killed, the next one waits for its package manager.
take_lock() {
  local holder holder_parent ended='a process that has just ended'
  (umask 077 && : >>"$lock_file") 2>/dev/null || die 1 "cannot write the lock file $lock_file"
  exec 9>>"$lock_file"
  flock -n 9 && return 0
  lock_holder
  # What a run had started may end behind it, on a busy host: a part of one that a signal has just ended, too.
  [[ $holder && $holder_parent != 1 ]] || ! flock -w 5 9 || return 0
  if ((wait_seconds > 0)); then
    complain "waiting up to $wait_seconds s for ${holder:-$ended}"
    ! flock -w "$wait_seconds" 9 || return 0
  fi
  lock_holder
  [[ $command != confirm || $holder != *" $state_home/$cluster/$role/script "* ]] ||
    die 75 "too late to confirm: the time is over, and everything is being put back ($holder)" "Let it end, then see: bash $script status"
  die 75 "another run holds the lock: ${holder:-$ended}" "Let it end, or wait for it: --wait SECONDS"
}

# Has another run the lock for itself? What only reads asks, and keeps nobody waiting by that.
another_is_at_work() {
  local status=0
  [[ -z $mutating && -e $lock_file ]] || return 1
  flock -n -s "$lock_file" true 2>/dev/null || status=$?
  ((status == 1))
}

# ---- the watchdog of --confirm -------------------------------------------------------------------------------

watchdog='' watchdog_unit='' watchdog_link=''
watchdog_after='network.target remote-fs.target' # what a boot has to have behind it

watchdog_name() {
  watchdog=lvsgen-confirm-$cluster-$role
  watchdog_unit=/etc/systemd/system/$watchdog.service
  watchdog_link=/etc/systemd/system/multi-user.target.wants/$watchdog.service
}

# Set before the first change: it survives the session, this process, and a reboot. The timer first, then
# what a reboot would start: where this is killed in between, nothing lies in wait for a reboot months later.
# Nor where the rollback fails (another run holds the lock, firewalld does not answer): it is tried again each minute until it comes
# through and removes all this. (Before systemd 244 no Type=oneshot is started again.)
arm_confirm() {
  local last target=0 folded drain='' was_armed='' confirm_target
  [[ $confirm_seconds && -z $root ]] || return 0
  watchdog_name
  if [[ ! -d /run/systemd/system ]]; then
    failure='--confirm needs systemd, which outlives the session'
    return 1
  fi
  last_generation
  last_folded
  target=$((10#${last:-$folded}))
  [[ -z $last ]] || generation_is_closed "$last" || target=$((target - 1))
  # What an earlier --confirm put in force is not confirmed either.
  if confirm_is_pending; then
    was_armed=1
    find_confirm_target
    ((confirm_target >= target)) || target=$confirm_target
  fi
  if ! failure=$(umask 077 && mkdir -p -- "$state_dir" 2>&1); then
    failure="cannot make $state_dir: $failure"
    return 1
  fi
  [[ -z ${option_text[--drain]:-} ]] || drain=' --drain 0'
  keep_script || return 1
  replace_file "$watchdog_unit" 0644 "# Puts back what was applied unless it is confirmed in time: bash $state_dir/script confirm. It removes itself.
[Unit]
Description=lvsgen: put back what was not confirmed ($cluster $role)
After=$watchdog_after

[Service]
Restart=on-failure
RestartSec=60
ExecStart=/bin/bash $state_dir/script rollback --to $target --host $host --wait 600$drain${force_platform:+ --force-platform}

[Install]
WantedBy=multi-user.target
" || return 1
  arm_watchdog || return 1
  sync_paths "$state_dir/script" "$state_dir" "${watchdog_link%/*}"
}

# The generation that the watchdog goes back to.
find_confirm_target() { # -> $confirm_target
  local line
  confirm_target=0
  while IFS= read -r line; do
    [[ ! $line =~ ' --to '([0-9]+)' ' ]] || confirm_target=$((10#${BASH_REMATCH[1]}))
  done <"$watchdog_unit"
}

# After a rollback to TARGET: all that was not confirmed is gone, or what is older than what went stays pending.
settle_confirm() { # TARGET
  local confirm_target
  if [[ -z $root ]] && confirm_is_pending; then
    find_confirm_target
    if ((confirm_target < $1)); then
      say_unconfirmed
      return 0
    fi
  fi
  disarm_confirm
}

# Is this the watchdog's own run, which puts back what nobody has confirmed?
is_watchdog() {
  [[ $script_path == "$state_dir/script" ]]
}

# The watchdog runs the script that runs now, which whoever owns its directory may have replaced meanwhile: the copy is read once, is within
# nobody else's reach, and has to be what this script found itself to be when it began.
keep_script() { # -> $state_dir/script
  local copy=$state_dir/.script.new
  run rm -f -- "$copy" &&
    run dd if="$script_path" of="$copy" bs=1M count="$((lvsgen_size / 1048576 + 1))" iflag=nonblock,fullblock conv=excl,fsync &&
    run chmod 0700 -- "$copy" || return 1
  if [[ $(sed "3s/$lvsgen_sum//" <"$copy" | sha256sum) != "$lvsgen_sum  -" ]]; then
    rm -f -- "$copy"
    failure="$script_path is not the script that runs: it was replaced meanwhile"$'\n'"Nothing was changed. Keep it where only root can write, and run it again."
    return 1
  fi
  run mv -fT -- "$copy" "$state_dir/script"
}

# This run holds the lock, so where the watchdog has begun, it waits for it and has done nothing yet.
stop_watchdog() {
  try systemctl stop "$watchdog.timer" "$watchdog.service"
  try systemctl reset-failed "$watchdog.service"
}

# A signal between two of these would leave no timer, or one that nobody knows of; so would a failure.
arm_watchdog() { # with $was_armed
  local why
  trap '' INT TERM HUP
  if run systemctl daemon-reload && set_timer && run systemctl enable "$watchdog.service"; then
    end_on_signals
    return 0
  fi
  why=$failure
  # What is pending from an earlier apply stays so.
  if [[ $was_armed ]]; then set_timer || log "$failure"; else disarm_confirm || log "$failure"; fi
  failure=$why
  end_on_signals
  return 1
}

start_timer() {
  local status=0
  trap '' INT TERM HUP
  set_timer || status=1
  end_on_signals
  return "$status"
}

set_timer() {
  stop_watchdog
  run systemd-run --on-active="$confirm_seconds" --timer-property=AccuracySec=1s --unit="$watchdog.service"
}

# An apply that comes while what was not confirmed is put back, or is tried again in a minute, would be undone as soon as it has ended.
refuse_while_put_back() {
  [[ -z $root && -z $confirm_seconds ]] && confirm_is_pending && is_putting_back || return 0
  die 75 'what an apply with --confirm made was not confirmed: it is being put back, and that is tried again every minute until it succeeds' \
    "Nothing was changed. Let it end: bash $script status" "Or keep what was made, and apply then: bash $script confirm"
}

# The watchdog is at work, waits for this run to end, or for its next try.
is_putting_back() {
  local state
  state=$(systemctl is-active "$watchdog.service" 2>/dev/null) || :
  [[ $state == active || $state == activating ]]
}

# The time counts from the end of the apply, so that a person has all of it.
restart_confirm() {
  local what=nothing again
  if [[ -z $confirm_seconds || -z $begun ]]; then
    tell_unconfirmed
    # What this role holds from now on is a page of its own.
    ((count[changed] == 0)) || what='nothing of this host'
    [[ -z $confirm_seconds ]] || confirm_is_pending || say "$what was changed, so there is nothing to confirm"
    return
  fi
  name_again
  start_timer || die 1 "the timer of --confirm cannot be set anew: $failure" \
    "Everything is applied. Keep it: bash $again confirm. Or put it back: bash $again rollback"
  say "$bold%s$plain sudo bash %s confirm   %s" "$confirm_seconds s to confirm:" "$again" '(else everything is put back, after a reboot too)'
}

confirm_is_pending() {
  watchdog_name
  [[ -e $watchdog_unit ]] || return 1
  # A run that was killed before it came to the link has set the timer already.
  [[ -L $watchdog_link ]] || systemctl --quiet is-active "$watchdog.timer" 2>/dev/null
}

tell_unconfirmed() {
  [[ -z $root ]] && confirm_is_pending || return 0
  ! is_putting_back || die 75 'an earlier apply with --confirm was not confirmed in time: all of it is put back now, and with it what this one has made' \
    "Let it end, then apply again: bash $script status"
  say_unconfirmed
}

say_unconfirmed() {
  complain "an earlier apply --confirm is not confirmed yet: keep what it made: bash $script confirm"
}

disarm_confirm() {
  watchdog_name
  [[ -z $root && (-e $watchdog_unit || -L $watchdog_link) ]] || return 0
  # The watchdog itself ends by ending; it must not stop its own unit.
  if is_watchdog; then
    try systemctl stop "$watchdog.timer"
  else
    stop_watchdog
  fi
  run rm -f -- "$watchdog_link" "$watchdog_unit" && remove_temporary "$watchdog_unit" || return 1
  sync_paths "${watchdog_link%/*}" "${watchdog_unit%/*}"
  run systemctl daemon-reload || log 'systemd was not reloaded'
}

# Somebody may have a minute for it, and it changes nothing but what would take back what a signed script has made.
offer confirm 'keep what an apply with --confirm made' unsigned

confirm_command() {
  local last again
  if ! confirm_is_pending; then
    disarm_confirm || die 1 "$failure"
    complain 'nothing to confirm: no apply with --confirm is pending, or its time is over and everything was put back' \
      "See: bash $script status"
    exit 1
  fi
  disarm_confirm || die 1 "the watchdog is still there: $failure"
  last_generation
  if [[ $last ]] && ! generation_is_closed "$last"; then
    say "confirmed: what was changed stays"
    name_again
    complain "the apply stopped half way: mend the cause and apply again, or go back to what was before: bash $again rollback"
    return 0
  fi
  say "confirmed: what was applied stays"
}

# ---- what this script holds ---------------------------------------------------------------------------------

# A name that nobody has ends the run before anything is said or made.
named_host() {
  [[ -z $host ]] || find_host
}

# Each described host, or the one that --host names.
for_each_host() { # FUNCTION
  local i wanted=$host
  for ((i = 0; i < ${#host_names[@]}; i++)); do
    [[ -z $wanted || ${host_names[i]} == "$wanted" ]] || continue
    host=${host_names[i]} platform=${host_platforms[i]}
    forget_described
    paths=() units=() packages=() secret_texts=()
    resources
    "$1"
  done
}

offer list 'what this script holds: hosts, resources, files' shows --only

list_command() {
  named_host
  ((${#host_names[@]})) || hosts
  say "cluster $cluster, role $role"
  for_each_host list_host
}

list_host() {
  local i
  say ''
  say "$bold%s$plain (%s)" "$host" "$platform"
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    event resource host "$host" kind "${r_kind[i]}" name "${r_name[i]}"
    say "  ${r_kind[i]} ${r_name[i]}"
  done
}

# The text of a file as it would be written; of a file in part, that part.
embedded_text() { # INDEX -> $path and $embedded; fails where a resource has none, or it is a secret
  local kind=${r_kind[$1]} name=${r_name[$1]} state=${r_state[$1]} text=${r_text[$1]}
  is_function "${kind}_text" && [[ -z ${secret_texts[$name]:-} ]] || return 1
  path_of "$kind" "$name"
  "${kind}_text" "$name"
}

offer 'show PATH' 'print one file as it would be written' shows plain

# To a file or a pipe byte for byte; to a terminal as a person can see it.
show_command() { # PATH
  local i path embedded found='' line
  find_host
  resources
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    if ! embedded_text "$i" || [[ $path != "$1" ]]; then continue; fi
    if [[ -t 1 ]]; then
      while IFS= read -r line; do tell_line "$line"; done < <(printf '%s' "$embedded" 2>/dev/null)
    else
      printf '%s' "$embedded"
    fi
    found=1
  done
  [[ -z ${secret_texts[$1]:-} ]] || die 64 "$1 is a secret: its text is not in this script" "It travels in secrets-$host, which lvsgen secrets writes."
  [[ $found ]] || die 64 "$host gets no file $1" "The files it gets: bash $script list --host $host"
}

offer 'extract DIR' 'write the files of every host to DIR, which is made, or empty and your own' shows

# What lies there already could be a link that leads elsewhere, or belong to someone else: only a new directory is written to, or an
# empty one of one's own, and only while it lies where its path leads.
extract_command() { # DIR
  local mode uid entry
  named_host
  extract_dir=$1
  [[ $1 == /* ]] || extract_dir=$(pwd -P)/$1
  extract_dir=${extract_dir%%+(/)}
  open_extract_dir || {
    ((lacking == 69)) || failure="cannot make or open the directory $extract_dir: $failure"
    die "$lacking" "${failure%%$'\n'*}" "Name a directory that is not there yet, in one that only you can change."
  }
  # From here on it is this very directory, whatever its name comes to mean.
  extract_into=/proc/self/fd/$handle
  IFS=: read -r mode uid < <(stat --printf '%a:%u\n' -- "$extract_into/." 2>/dev/null || :) || die 1 "cannot read the owner and mode of $extract_dir"
  if [[ $uid != "$EUID" ]] || (((8#0${mode//[!0-7]/} & 8#022) != 0)); then
    die 69 "$extract_dir is not a directory of your own that only you can write to" "Name one that is not there yet."
  fi
  for entry in "$extract_into"/* "$extract_into"/.[!.]* "$extract_into"/..?*; do
    [[ ! -e $entry && ! -L $entry ]] || die 69 "$extract_dir is not empty: ${entry##*/}" "Name a directory that is empty, or not there yet."
  done
  ((${#host_names[@]})) || hosts
  for_each_host extract_host
}

open_extract_dir() { # -> $handle
  local root='' making='' at='' leaf='' own_uid=$EUID parent=${extract_dir%/*}
  lacking=1
  [[ -d ${parent:-/} ]] || { failure="there is no directory $parent" && return 1; }
  reach "$extract_dir" last || return 1
  if [[ $handle ]]; then
    making=1
    descend "$leaf"
  else
    [[ -d $at/$leaf ]] || failure=$(mkdir -- "$at/$leaf" 2>&1) || return 1
    open_directory "$at/$leaf/."
  fi
}

extract_host() {
  local i path embedded target
  local -A begun=()
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    embedded_text "$i" || continue
    target=$extract_into/$host$path
    mkdir -p -- "${target%/*}" || die 1 "cannot make $extract_dir/$host${path%/*}"
    [[ ${begun[$path]:-} ]] || : >"$target" || die 1 "cannot write $extract_dir/$host$path"
    begun[$path]=1
    printf '%s' "$embedded" >>"$target" || die 1 "cannot write $extract_dir/$host$path"
    say "$extract_dir/$host$path"
  done
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

# ---- what a role's script knows of the words behind its commands and options, for `completion` --------------------------

option_host_words() { # -> ${candidates[@]}
  ((${#host_names[@]})) || hosts
  candidates=("${host_names[@]}") # never empty
}

option_only_words() {
  local -a words=()
  split_words "$all_kinds"
  candidates=(${words[@]+"${words[@]}"})
}

# Those of the host on which it is asked, and when it is asked: nobody but root sees them.
option_to_words() { # -> $code
  printf -v code '_lvsgen_generations %q' "$state_home/$cluster/$role/generations"
}

# Of the interactive shell: what a rollback can lead to is the state before each generation.
_lvsgen_generations() { # DIRECTORY -> ${candidates[@]}
  local file
  candidates=()
  while IFS= read -r file; do
    file=${file##*/}
    [[ ! $file =~ ^[0-9]{4,6}$ ]] || candidates+=("$((10#$file - 1))")
  done < <(compgen -f -- "$1/" || :)
}

command_show_words() { # -> ${candidates[@]}
  local host=$host platform=''
  local -A seen=()
  ((${#host_names[@]})) || hosts
  for_each_host show_words
}

show_words() {
  local i path embedded
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    if ! embedded_text "$i" || [[ ${seen[$path]:-} ]]; then continue; fi
    seen[$path]=1
    candidates+=("$path")
  done
}

# ---- main: how a role's script runs a command -------------------------------------------------------------------

after_error='What was changed is in the journal: apply again, or rollback.'

# (Who is drained is no apply: a rollback would undo the one before it.)
ended() { # WHAT
  if [[ $putting_back ]]; then
    complain "$1; part of it may have been put back: the same command again goes on with the rest"
  elif [[ $generation && $closed_as && $command == drain ]]; then
    complain "$1; what was drained stays so: the same command again goes on, undrain goes back"
  elif [[ $generation && $closed_as ]]; then
    complain "$1; what was put back into rotation stays there: the same command again goes on, drain goes back"
  else
    complain "$1${generation:+; generation $generation holds what was changed: apply again, or rollback}"
  fi
}

unread=end_unread

end_unread() { # WHAT COMMAND
  local remedy='Nothing was changed.'
  [[ -z $putting_back ]] || remedy='Part of it may have been put back: the same command again goes on with the rest.'
  [[ -z $generation ]] || remedy="generation $generation holds what was changed: apply again, or undo it: bash $script rollback"
  die 1 "cannot read $1: '$2' failed" "$remedy"
}

program() { # OPERAND...
  local -a generations
  check_options
  if [[ ${command_has["$command shows"]:-} ]]; then
    begin_reported_run
    "${command}_command" "$@"
    return
  fi
  ((EUID == 0)) || die 77 "$command needs root" "Run: sudo bash $script ${command}"
  # Before anything is read that another run may be changing.
  if [[ -z ${command_has["$command reads"]:-} && -z $dry_run ]]; then
    mutating=yes
    refuse_unsigned
    end_on_signals
    take_lock
  fi
  read -r kernel_release </proc/sys/kernel/osrelease
  if [[ ${command_has["$command undescribed"]:-} ]] && has_left; then
    take_as_undescribed
  else
    find_host
    check_platform
    state_paths
  fi
  # Bash keeps what stands in a script, or in a variable, in a file while it is read (up to 5.0 always): a loop over one that cannot be written is
  # passed over.
  { true <<<'room?'; } 2>/dev/null || die_without_room
  # What runs is a copy of the function, which is as long as the table that it has.
  declares_once=1
  resources
  declares_once=''
  [[ -z $root ]] || leave_out_on_share
  begin_reported_run
  guard_described
  paths+=("$state_dir/generations" "$state_dir/blobs")
  refuse_foreign_state
  refuse_newer_state
  [[ -z $mutating ]] || remove_torn_state
  "${command}_command" "$@"
  exit
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

# ---- what a network back end is asked before an apply, and what cannot be asked below --root ---------------------------

# Asked before anything changes, and nothing is written where it is not so.
backend_obstacle() { # NAME, with $state
  local have failure='' lacking
  backend_probe "$1"
  [[ $have != "$state" ]] || return 0
  backend_set "$1" "$state" || obstacle=$failure
}

# Below --root nothing can be asked of it, but whether it is there.
backend_tell() {
  [[ $root && ${described['block /etc/network/interfaces']:-} ]] || return 0
  [[ -e $root/sbin/ifup || -e $root/usr/sbin/ifup ]] ||
    complain "below $root there is no ifup (package ifupdown): until it is installed nobody reads /etc/network/interfaces, and the addresses do not come up"
}

# -> $network_file: what networkd configures the device by; empty where it does not.
find_network_file() { # DEVICE
  local line
  network_file=''
  while IFS= read -r line; do
    [[ $line != *'Network File: /'* ]] || network_file=/${line#*'Network File: /'}
  done < <(networkctl --no-pager --lines=0 status "$1" 2>/dev/null || :)
}

# ---- systemd-networkd: a drop-in of the .network file that configures a device -----------------------

kind networkd own

networkd_dir=/etc/systemd/network

networkd_declare() { # DEVICE
  describe networkd "$1" linked
}

networkd_probe() { # DEVICE
  local link own=lvsgen-$cluster-$role-$1.conf network_file
  have=absent
  for link in "$networkd_dir"/*.network.d/"$own"; do
    [[ -L $link ]] || continue
    led_to+=("$link")
    find_network_file "$1"
    if [[ -z $network_file || $link == "$networkd_dir/${network_file##*/}.d/$own" ]]; then
      have=linked
    else
      have='linked elsewhere'
      return 0
    fi
  done
}

networkd_record() { # DEVICE
  local network_file
  find_network_file "$1"
  [[ -z $network_file ]] || journal_parents "$networkd_dir/${network_file##*/}.d/lvsgen" || return 1
  record=absent
  [[ $have == absent ]] || record=linked
}

networkd_set() { # DEVICE STATE
  local link own=lvsgen-$cluster-$role-$1.conf dir='' network_file
  if [[ $2 == linked ]]; then
    find_network_file "$1"
    [[ $network_file ]] || { failure="systemd-networkd does not configure $1 any more" && return 1; }
    dir=$networkd_dir/${network_file##*/}.d
    make_parents "$dir/$own" && reach "$dir/$own" || return 1
    if ! run ln -sfn -- "../$own" "$at/$leaf" || ! sync_paths "$at/."; then
      leave
      return 1
    fi
    leave
  fi
  for link in "$networkd_dir"/*.network.d/"$own"; do
    [[ -L $link && ${link%/*} != "$dir" ]] || continue
    remove_file "$link" || return 1
  done
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

# ---- who claims an address of IPv6 that this host has: the kernel asks the segment, and its log tells ------------------------

unasked=''

# Of addresses of IPv6 that this host has the kernel takes no answer for a neighbour's: it writes who claims them to its log (ndisc_recv_na
# in net/ipv6/ndisc.c). An entry among the neighbours, which nothing here goes by, has it ask the segment now: by packets for the group of the
# address, which do not come back to this host.
ask_claims() { # "ADDRESS DEVICE"... -> $unasked, why nothing can be said
  local entry now full
  local -A address_in_full=()
  for entry in "$@"; do answered_by[$entry]=''; done
  unasked=''
  for entry in "$@"; do can_solicit "${entry#* }" || unasked="${entry#* } has no link-local address to ask from"; done
  printf -v now '%(%s)T' -1
  for entry in "$@"; do
    in_full "${entry% *}"
    address_in_full["$full ${entry#* }"]=$entry
    ip -6 neigh replace "${entry% *}" lladdr "33:33:ff:${full:32:2}:${full:35:2}:${full:37:2}" dev "${entry#* }" nud probe 2>/dev/null || :
  done
  sleep 1
  for entry in "$@"; do ip -6 neigh del "${entry% *}" dev "${entry#* }" 2>/dev/null || :; done
  read_claims "$now"
}

# Linux up to 4.19 or so does not say who: `?`.
read_claims() { # SECONDS-OF-THE-EPOCH, with $address_in_full
  local line mac entry full said
  said=$(timeout 10 journalctl -k -b -o cat --since="@$1" 2>/dev/null) || unasked='journalctl has no messages of the kernel'
  while IFS= read -r line; do
    if [[ $line =~ NA:\ ([0-9a-f:]{17})\ advertised\ our\ address\ ([0-9a-f:]+)\ on\ ([^ ]+)! ]]; then
      mac=${BASH_REMATCH[1]}
    elif [[ $line =~ NA:\ (someone)\ advertises\ our\ address\ ([0-9a-f:]+)\ on\ ([^ ]+)! ]]; then
      mac='?'
    else
      continue
    fi
    in_full "${BASH_REMATCH[2]}"
    entry=${address_in_full["$full ${BASH_REMATCH[3]}"]:-}
    [[ ! $entry || " ${answered_by[$entry]}" == *" $mac "* ]] || answered_by[$entry]+="$mac "
  done <<<"$said"
}

# The kernel asks from the link-local address, and not while that is on trial: a second after the link came up.
can_solicit() { # DEVICE
  local scope flags device _
  for _ in 1 2 3; do
    while read -r _ _ _ scope flags device; do
      [[ $device != "$1" || $scope != 20 ]] || ((0x$flags & 0x40)) || return 0
    done </proc/net/if_inet6
    sleep 1
  done
  return 1
}

# fd00::1 -> fd00:0000:0000:0000:0000:0000:0000:0001
in_full() { # ADDRESS -> $full
  local head=$1 rest='' part
  local -a before=() behind=()
  if [[ $1 == *::* ]]; then head=${1%%::*} rest=${1#*::}; fi
  IFS=: read -r -a before <<<"$head"
  IFS=: read -r -a behind <<<"$rest"
  full=''
  for part in ${before[@]+"${before[@]}"}; do printf -v full '%s:%04x' "$full" "0x$part"; done
  for ((part = ${#before[@]} + ${#behind[@]}; part < 8; part++)); do full+=:0000; done
  for part in ${behind[@]+"${behind[@]}"}; do printf -v full '%s:%04x' "$full" "0x$part"; done
  full=${full#:}
}

# ---- a default route that an IPv6 router announced: a host that forwards hears such routers no more, unless told to -----

kind advertised

# As soon as forwarding is written, the kernel drops what it learned where accept_ra is 1 (addrconf.c, rt6_purge_dflt_routers).

advertised_declare() { # DEVICE FILE
  local key=net/ipv6/conf/$1/accept_ra value=0 text
  [[ -z $root ]] || return 0
  if [[ ! -e $2 ]]; then
    read -r value 2>/dev/null <"/proc/sys/$key" || return 0
    # 2 without a file: a run that was killed in between, or who else has set it.
    [[ $value == [12] ]] && is_advertised "$1" || return 0
  fi
  paths+=("$2")
  text="# The default route of this host comes from a router that announces it; with 1 a host that forwards would not hear it."$'\n'"$key = 2"$'\n'
  # First the file: by it the next run knows the setting as lvsgen's.
  describe file "$2" 'file 0644 root root' "$text"
  describe sysctl "$key" 2
}

is_advertised() { # DEVICE
  local line
  load_routes
  while IFS= read -r line; do
    [[ "$line " != default*" dev $1 "*'proto ra '* ]] || return 0
  done <<<"${route_of['6 default']:-}"
  return 1
}

# ---- addresses, live; the files of the network back end make them last ------------------

kind address boot look stale='address route'

declare -A taken_along=() # `ADDRESS DEVICE` of those that keepalived has from now on

# The name of an address is `ADDRESS DEVICE`, its state `PREFIX` or `PREFIX LABEL`; `PREFIX moves` where keepalived puts it on one director
# and takes it off another.
address_declare() { # CIDR DEVICE [LABEL | moves]
  describe address "${1%/*} $2" "${1#*/}${3:+ $3}"
}

address_probe() { # `ADDRESS DEVICE`
  load_addresses
  have=${address_of[$1]:-absent}
  have=${have% }
}

address_same() { # `ADDRESS DEVICE`
  local strays
  if [[ $state == *' moves' ]]; then
    # What is here before keepalived runs is written down: keepalived takes it off when it starts, and another length nobody does.
    [[ $have == absent || ${taken_along[$1]:-} ]] || { [[ $have == "${state%% *}" ]] && health_decides; }
    return
  fi
  [[ $have == "${state%% *}" ]] || return 1
  find_strays "$1"
  [[ -z $strays ]]
}

address_differs() { # with $name, $have and $state
  local strays
  find_strays "$name"
  if [[ $strays ]]; then
    printf 'it is on %s as well, which answers ARP for it' "${strays// /, }"
  else
    printf 'is %s, described: %s' "${have:-empty}" "$state"
  fi
}

# Broadcast, scope, label and flags come back with it. Where one of a wrong length has to go, the order of its network does too.
address_record() { # `ADDRESS DEVICE`
  record=${words_of[$1]:-absent}
  [[ $have == absent || $1 == *:* ]] || journal_order "$1" "$have"
}

# STATE: what is described, or a line for each of what was recorded: `PREFIX WORDS...`, as ip takes them.
address_set() { # `ADDRESS DEVICE` STATE
  local address=${1% *} device=${1##* } prefix old=$have recorded=${words_of[$1]:-} lines line present remedy wanted=' '
  local -a words=()
  if [[ $2 == *' moves' ]]; then
    taken_along[$1]=1
    return 0
  fi
  if [[ $2 == absent ]]; then
    split_words "$old"
    for prefix in ${words[@]+"${words[@]}"}; do
      [[ $prefix == absent ]] || take_off "$address" "$prefix" "$device" || return 1
    done
    return 0
  fi
  if [[ ! -d /sys/class/net/$device ]]; then
    absent_interface "$device"
    failure="no interface $device on this host; its interfaces: $present"$'\n'$remedy
    return 1
  fi
  if [[ $old == absent && $2 == *' scope '* ]] && is_function address_is_elsewhere && address_is_elsewhere "$1" "$2"; then return 0; fi
  note_come_up "$address" "$device"
  lines=$2
  [[ $lines == *' scope '* ]] || described_address "$address" "$device" "$2"
  while IFS= read -r line; do
    prefix=${line%% *}
    wanted+="$prefix "
    if [[ " $old " == *" $prefix "* ]]; then
      [[ $2 == *' scope '* && $'\n'$recorded$'\n' != *$'\n'"$line"$'\n'* ]] || continue
      take_off "$address" "$prefix" "$device" || return 1
    fi
    split_words "${line#"$prefix"}"
    run ip address add "$address/$prefix" dev "$device" ${words[@]+"${words[@]}"} || address_is_by_now on "$address" "$prefix" "$device" || return 1
  done <<<"$lines"
  # A wrong mask goes only once the right one is there.
  split_words "$old"
  for prefix in ${words[@]+"${words[@]}"}; do
    [[ $prefix == absent || $wanted == *" $prefix "* ]] || take_off "$address" "$prefix" "$device" || return 1
  done
  if [[ $device == tunl* || $device == sit* || $device == gre* || $device == ip6tnl* ]]; then run ip link set dev "$device" up || return 1; fi
}

# With another length than keepalived's it would stay here when another director takes over. It goes once keepalived runs.
address_again() {
  local entry index length prefix
  local -a words=()
  ((${#taken_along[@]})) && [[ -z $root ]] && health_decides || return 0
  unset 'loaded[address]'
  for entry in ${taken_along[@]+"${!taken_along[@]}"}; do
    index=${described["address $entry"]}
    length=${r_state[index]%% *}
    load_addresses
    split_words "${address_of[$entry]:-}"
    for prefix in ${words[@]+"${words[@]}"}; do
      [[ $prefix == "$length" ]] || take_off "${entry% *}" "$prefix" "${entry##* }" || return 1
    done
  done
}

described_address() { # ADDRESS DEVICE STATE -> $lines
  lines=${3%% *}
  if [[ $1 == *:* ]]; then
    # A VIP is no source of the host's own connections, and nobody asks the wire whether it is taken.
    lines+=' nodad preferred_lft 0'
    return
  fi
  [[ $3 != *' '* ]] || lines+=" label ${3##* }"
  # On lo the address is this host's alone: it never becomes the source of what the host sends itself.
  [[ $2 != lo ]] || lines+=' scope host'
}

address_undone() { # `ADDRESS DEVICE` RECORD
  local record
  address_probe "$1"
  address_record "$1"
  [[ $record == "$2" ]] || return 1
  [[ $2 == absent ]] || note_brought "${1% *}" "${1##* }"
}

# ---- other addresses of the same interface: none goes along with one that lvsgen takes off -------------------------
#
# The kernel takes an IPv4 address's secondaries along with it: those of the same network that came to the interface later, of which one
# may be the host's own. With promote_secondaries the first of them takes its place (ip-sysctl.rst).

take_off() { # ADDRESS PREFIX DEVICE
  local address=$1 prefix=$2 device=$3 setting='' promotes=1 noted='' failed='' others routes
  may_take_off "$address" "$device" || return 1
  note_others "$address" "$prefix" "$device"
  if [[ $address != *:* && $others ]]; then
    setting=/proc/sys/net/ipv4/conf/$device/promote_secondaries
    read -r promotes <"$setting" || promotes=1
    if [[ $promotes == 0 ]]; then
      # A run that is killed in between leaves it on: the next one, or a rollback, turns it off again.
      if [[ $generation ]] && ! journaled sysctl "$(promote_key "$device")"; then
        journal sysctl "$(promote_key "$device")" 0 || return 1
        is_recorded sysctl "$(promote_key "$device")" || noted=1
      fi
      run_as "sysctl $(promote_key "$device") = 1" write_sysctl "$setting" 1 || return 1
    fi
  fi
  run ip address del "$address/$prefix" dev "$device" || address_is_by_now off "$address" "$prefix" "$device" || failed=1
  [[ $promotes != 0 ]] || run_as "sysctl $(promote_key "$device") = 0" write_sysctl "$setting" 0 || failed=1
  [[ -z $failed ]] && keep_others "$device" || return 1
  # It is as it was: what a boot makes of it later is no change of lvsgen's that would have to go back.
  [[ -z $noted ]] || release sysctl "$(promote_key "$device")"
}

# keepalived gives and takes addresses as well, a moment after its reload too.
address_is_by_now() { # on|off ADDRESS PREFIX DEVICE
  local now=off
  unset 'loaded[address]'
  load_addresses
  [[ " ${address_of["$2 $4"]:-}" != *" $3 "* ]] || now=on
  [[ $now == "$1" ]] && failure=''
}

# Has an earlier generation a record of it?
is_recorded() { # KIND NAME
  local i
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} != "$1" || ${u_name[i]} != "$2" ]] || return 0
  done
  return 1
}

promote_key() { # DEVICE
  printf 'net/ipv4/conf/%s/promote_secondaries' "$1"
}

# What this host is known by stays, and what the session of whoever runs this came to.
may_take_off() { # ADDRESS DEVICE
  local i session_local='' session_peer=''
  unset 'loaded[address]'
  load_addresses
  for ((i = 0; i < ${#host_names[@]}; i++)); do
    if [[ ${host_names[i]} == "$host" && " ${host_addresses[i]} " == *" $1 "* && ${address_of[$1]:-} == "$2 " ]] && is_last_of "$1" "$2"; then
      failure="$1 is the address by which $host is known: it stays on $2"$'\n'"Give $host another address in the description, and on the host, first."
      return 1
    fi
  done
  find_session
  [[ $session_local == "$1" ]] && is_last_of "$1" "$2" || return 0
  failure="this session has come to $1: it would end in the middle"$'\n'"Come to another address of this host, or run it on the console."
  return 1
}

# Has the address one length only, so that nothing of it stays?
is_last_of() { # ADDRESS DEVICE
  local prefixes=${address_of["$1 $2"]:-}
  [[ ${prefixes% } != *' '* ]]
}

# -> $others, in the kernel's order, of those on the device in the network of the one that goes; $routes over the device.
note_others() { # ADDRESS PREFIX DEVICE
  local line net
  others='' routes=''
  unset 'loaded[address]' 'loaded[route]'
  load_addresses
  load_routes
  if [[ $1 != *:* ]]; then
    network_of "$1" "$2"
    net=$network
    while IFS= read -r line; do
      [[ $line && $line != "$1/$2 "* && ${line%% *} == */"$2" ]] || continue
      network_of "${line%%/*}" "$2"
      [[ $network != "$net" ]] || others+=$line$'\n'
    done <<<"${order_of[$3]:-}"
  fi
  routes_over "$3"
  routes=$over
}

# Routes over a device without what changes when another address becomes the primary one; -> $over
routes_over() { # DEVICE
  local key line
  over=''
  for key in ${route_of[@]+"${!route_of[@]}"}; do
    while IFS= read -r line; do
      [[ " $line " == *" dev $1 "* ]] || continue
      over+="${key%% *} $line"$'\n'
    done <<<"${route_of[$key]}"
  done
}

# Everything that was there is there still, or comes back; with $others and $routes of before.
keep_others() { # DEVICE
  local line over missing=''
  local -a words
  unset 'loaded[address]' 'loaded[route]'
  load_addresses
  while IFS= read -r line; do
    [[ $line && $'\n'${order_of[$1]:-} != *$'\n'"${line%% *} "* ]] || continue
    log "address ${line%% *} of $1 went along: it comes back"
    split_words "$line"
    run ip address add "${words[0]}" dev "$1" "${words[@]:1}" || missing+=" ${words[0]}" # never empty
  done <<<"$others"
  load_routes
  routes_over "$1"
  while IFS= read -r line; do
    [[ $line ]] || continue
    ! has_route "${line#* }" "$over" || continue
    # The route to the network of the address itself, where no other is in it.
    [[ $line != *' proto kernel '* || $others ]] || continue
    log "route ${line#* } went along: it comes back"
    split_words "${line#* }"
    run ip "-${line%% *}" route replace "${words[@]}" || missing+=" ${line#* }" # never empty
  done <<<"$routes"
  unset 'loaded[address]' 'loaded[route]'
  [[ -z $missing ]] || { failure="went along with it, and does not come back:$missing" && return 1; }
}

has_route() { # LINE ROUTES: but for the address that it begins with, which is another where that has become the primary one
  local line wanted=$1 sourceless
  [[ $wanted != *' proto kernel '* ]] || wanted=${wanted%% src *}
  while IFS= read -r line; do
    sourceless=${line#* }
    [[ $wanted == *' src '* ]] || sourceless=${sourceless%% src *}
    [[ ${sourceless% } != "${wanted% }" ]] || return 0
  done <<<"$2"
  return 1
}

network_of() { # ADDRESS PREFIX -> $network, as a number
  local a b c d
  IFS=. read -r a b c d <<<"$1"
  network=$((((a << 24) | (b << 16) | (c << 8) | d) >> (32 - $2)))
}

# An interface that a description turns it on for gets that first. (ip-sysctl.rst: disable_ipv6)
takes_no_ipv6() { # `ADDRESS DEVICE`, with $have
  local device value=0
  [[ $1 == *:* && $have == absent ]] || return 1
  # Keys are as they were written, with dots or with slashes.
  for device in "${1##* }" all; do
    [[ -z ${described["sysctl net.ipv6.conf.$device.disable_ipv6"]:-}${described["sysctl net/ipv6/conf/$device/disable_ipv6"]:-} ]] || return 1
  done
  [[ -e /proc/sys/net/ipv6/conf/${1##* } ]] && read -r value <"/proc/sys/net/ipv6/conf/${1##* }/disable_ipv6" && [[ $value == 1 ]]
}

# Without the interface it cannot be. The only address in its network: with /32 in its place the host would have no route to its neighbours.
address_obstacle() { # `ADDRESS DEVICE`, with $state
  local prefix network others routes strays present remedy setting
  local -a words=()
  if [[ ! -e /sys/class/net/${1##* } && ${1##* } != @(tunl*|sit*|gre*|ip6tnl*) ]]; then
    absent_interface "${1##* }"
    obstacle="no interface ${1##* } on this host; its interfaces: $present"
    obstacle+=$'\n'$remedy
    return 0
  fi
  address_probe "$1"
  if [[ $have == absent ]] && answers_without "$1"; then
    obstacle="this host would answer ARP for it: $setting is not in force, and --only leaves it out"
    obstacle+=$'\n'"Take it along (--only address,sysctl), or run it without --only."
    return 0
  fi
  if takes_no_ipv6 "$1"; then
    obstacle="IPv6 is turned off on ${1##* }, which takes no such address: net.ipv6.conf.${1##* }.disable_ipv6 is 1"
    obstacle+=$'\n'"Turn it on, and take out what turns it off at boot: sysctl -w net.ipv6.conf.${1##* }.disable_ipv6=0; grep -rs disable_ipv6 /etc/sysctl.conf /etc/sysctl.d"
    return 0
  fi
  find_strays "$1"
  if [[ $strays ]]; then
    adoptable=1
    obstacle="it is on ${strays// /, } already, where this host answers ARP for it: the director alone may"
    obstacle+=$'\n'"Take it off there, with what brings it up at boot; --adopt takes it off, and uninstall puts it back."
    return 0
  fi
  [[ $have != absent && $1 != *:* && $1 != *' lo' ]] && ! address_same "$1" || return 0
  split_words "$have"
  for prefix in ${words[@]+"${words[@]}"}; do
    [[ $prefix != 32 && $prefix != "${state%% *}" ]] || continue
    note_others "${1% *}" "$prefix" "${1##* }"
    [[ "${routes//$'\n'/ } " == *' proto kernel '*" src ${1% *} "* && -z $others ]] || continue
    obstacle="it is there as ${1% *}/$prefix, the only address of ${1##* } in that network: as a /32 it would take the route to the neighbours along"
    obstacle+=$'\n'"Give ${1##* } an address of its own in that network first."
  done
}

# ---- addresses that a real server has, and says nothing of ------------------------------------------------------------------

# What keeps such an address quiet, where this run leaves it out and it is not in force: the host would answer ARP for it, and draw all
# clients to itself.
answers_without() { # `ADDRESS DEVICE` -> $setting
  local i kind name state text='' have
  [[ $1 != *:* && ($1 == *' lo' || $1 == *' tunl'*) ]] || return 1
  for ((i = 0; i < ${#left_out[@]}; i += 3)); do
    kind=${left_out[i]} name=${left_out[i + 1]} state=${left_out[i + 2]} have=''
    [[ ${name//\//.} == net.ipv4.conf.*.@(arp_ignore|arp_announce) ]] || continue
    is_same "$kind" "$name" || { setting="$name = $state" && return 0; }
  done
  return 1
}


# ---- the order of the IPv4 addresses of a network on an interface: the first is the one that the kernel sends from ------

kind order recorded stale='address route'

# Written down before an address goes that others of its network stand behind, or before.
journal_order() { # `ADDRESS DEVICE` PREFIXES [NAME of the record]
  local address=${1% *} device=${1##* } prefix line kept='' network net
  local -a words=()
  split_words "$2"
  for prefix in "${words[@]}"; do # never empty
    ((prefix < 32)) || continue
    network_of "$address" "$prefix"
    net=$network
    while IFS= read -r line; do
      [[ $line && ${line%% *} == */"$prefix" ]] || continue
      network_of "${line%%/*}" "$prefix"
      [[ $network != "$net" ]] || kept+=$line$'\n'
    done <<<"${order_of[$device]:-}"
  done
  [[ $kept == *$'\n'?* ]] || return 0
  journaled order "${3:-$device}" || journal order "${3:-$device}" "${kept%$'\n'}"
}

# That of a stray comes back with it: its name is `DEVICE ADDRESS`.
order_away_for() { # NAME -> $key; fails where it is no stray's
  key="order $1"
  [[ $1 == *' '* ]] && key="quiet ${1#* }"
}

order_record() { # NAME
  load_addresses
  record=${order_of[${1%% *}]:-absent}
}

# -> $have: those of RECORD that are there, in the kernel's order; $wanted: in that of RECORD; $others: what is there besides
order_now() { # DEVICE RECORD
  local line
  load_addresses
  have='' wanted='' others=''
  while IFS= read -r line; do
    [[ $line ]] || continue
    if [[ $'\n'$2$'\n' == *$'\n'"$line"$'\n'* ]]; then have+=${have:+$'\n'}$line; else others+=$line$'\n'; fi
  done <<<"${order_of[$1]:-}"
  while IFS= read -r line; do
    [[ $'\n'$have$'\n' != *$'\n'"$line"$'\n'* ]] || wanted+=${wanted:+$'\n'}$line
  done <<<"$2"
}

order_probe() { # NAME
  load_addresses
  have=${order_of[${1%% *}]:-}
}

order_undone() { # NAME RECORD
  local wanted others
  order_now "${1%% *}" "$2"
  [[ $have == "$wanted" ]]
}

# None of them is missing meanwhile: each is there as a /32 as well while it goes and comes again, all in one process.
order_set() { # NAME RECORD
  local device=${1%% *} line batch='' cidr wanted others over routes
  order_now "$device" "$2"
  [[ $wanted ]] || return 0
  while IFS= read -r line; do batch+="address add ${line%%/*}/32 dev $device"$'\n'; done <<<"$wanted"
  while IFS= read -r line; do batch+="address del ${line%% *} dev $device"$'\n'; done <<<"$wanted"
  while IFS= read -r line; do
    cidr=${line%% *}
    batch+="address add $cidr dev $device${line#"$cidr"}"$'\n'
  done <<<"$wanted"
  while IFS= read -r line; do
    # One that is described as a /32 keeps it.
    [[ ${line%% *} == */32 || ${address_of["${line%%/*} $device"]:-} == *'32 '* ]] || batch+="address del ${line%%/*}/32 dev $device"$'\n'
  done <<<"$wanted"
  unset 'loaded[route]'
  load_routes
  routes_over "$device"
  routes=$over
  # What is not there, or is there already, is no failure: what comes of it is looked at.
  try_batch "$batch"
  keep_others "$device"
}

try_batch() { # LINES for ip -batch
  local line
  while IFS= read -r line; do log "run: ip $line"; done <<<"${1%$'\n'}"
  ip -force -batch - <<<"$1" >/dev/null 2>&1 || :
}

# ---- a VIP on an interface of a real server that answers ARP for it: an old director's, or by hand ---------------------

# Known from journals alone: where it was goes to the journal when --adopt takes it off, and no apply puts it back there.
kind stray recorded stale='address route'

# Interfaces besides those described that have the address, where a quiet one is to carry it: lo, or the end of a tunnel. -> $strays
find_strays() { # `ADDRESS DEVICE`
  local device holder
  local -a words=()
  strays=''
  is_quiet "${1##* }" || return 0
  load_addresses
  [[ ${address_of[${1% *}]:-} != "${1##* } " ]] || return 0
  split_words "${address_of[${1% *}]:-}"
  for device in ${words[@]+"${words[@]}"}; do
    # This host may be a director too, which has it there while it is the master.
    ! held_elsewhere "address ${1% *} $device" || continue
    [[ $device == @(lo|tunl*|sit*|gre*|ip6tnl*|dummy*|kube-ipvs*) || " $strays " == *" $device "* ]] || strays+=${strays:+ }$device
  done
}

is_quiet() { # DEVICE
  [[ $1 == @(lo|tunl*|sit*|gre*|ip6tnl*) ]]
}

# Other roles have to know for which addresses nothing else may answer.
address_holds() { # INDEX, added to $keys
  ! is_quiet "${r_name[$1]##* }" || keys+="quiet ${r_name[$1]% *}"$'\n'
}

stray_away_for() { # `ADDRESS DEVICE` -> $key
  key="quiet ${1% *}"
}

address_adopt() { # `ADDRESS DEVICE`
  local strays device prefix address=${1% *}
  local -a devices=() words=()
  find_strays "$1"
  split_words "$strays"
  devices=(${words[@]+"${words[@]}"})
  for device in ${devices[@]+"${devices[@]}"}; do
    begin_changes || return 1
    have=${address_of["$address $device"]}
    [[ $address == *:* ]] || journal_order "$address $device" "$have" "$device $address" || return 1
    journaled stray "$address $device" || journal stray "$address $device" "${words_of["$address $device"]}" || return 1
    split_words "$have"
    for prefix in "${words[@]}"; do take_off "$address" "$prefix" "$device" || return 1; done # never empty
  done
  forget_snapshots stray
}

stray_probe() { # `ADDRESS DEVICE`
  address_probe "$1"
}

stray_undone() { # `ADDRESS DEVICE` RECORD
  address_undone "$1" "$2"
}

stray_record() { # `ADDRESS DEVICE`
  record=${words_of[$1]:-absent}
}

stray_set() { # `ADDRESS DEVICE` RECORD
  address_set "$1" "$2"
}

# ---- a VIP that has come up: the neighbours hear of it, all at once at the end -----------------------------------------

come_up=() # DEVICE ADDRESS of those that were not there before

note_come_up() { # ADDRESS DEVICE, with $have before
  [[ $have == absent && $role == director && $2 != @(lo|tunl*|sit*|gre*|ip6tnl*) ]] || return 0
  come_up+=("$2" "$1")
  # It answers from now on, also where what comes later fails, or a signal ends this run.
  finally tell_neighbours
}

# What a rollback finds as it is to be, one that was killed may have brought, without a word of it.
note_brought() { # ADDRESS DEVICE
  local have=absent
  [[ $command != rollback || " ${come_up[*]+"${come_up[*]}"} " == *" $2 $1 "* ]] || note_come_up "$1" "$2"
}

# What a run brought that was killed before it could tell: the generation that goes on says that it was not here before.
note_unheard() {
  local i name line content='' have=absent
  [[ $resumed ]] && read_text "$state_dir/generations/$generation" || return 0
  load_addresses
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    name=${r_name[i]}
    [[ ${r_kind[i]} == address && ${r_state[i]} != *' moves' && ${address_of[$name]:-} ]] || continue
    record_line address "$name" absent
    [[ $content == *$'\n'"$line"$'\n'* && " ${come_up[*]+"${come_up[*]}"} " != *" ${name##* } ${name% *} "* ]] || continue
    note_come_up "${name% *}" "${name##* }"
  done
}

address_tell() {
  note_unheard
  tell_neighbours
}

tell_neighbours() {
  local announcer=/etc/lvsgen/$cluster/announce
  # lvsgen's own unit has told them all.
  [[ $started_steps != *"=-$announcer"$'\n'* ]] || come_up=()
  ((${#come_up[@]})) && [[ -z $root && -x $announcer && -O $announcer ]] || return 0
  try timeout 30 "$announcer" "${come_up[@]}" # never empty
  come_up=()
}

address_returned() {
  tell_neighbours
}

# ---- a VIP is on one machine at a time: verify asks the segment who has it ------------------------------------------------

unheld='' # why nothing can be said of IPv4

# Asked of what is as described: here, or not here. With $state; fails with $failure.
address_prove() { # `ADDRESS DEVICE`
  local address=${1% *} device=${1##* } mac name others='' strangers=''
  local -a words=()
  [[ $device != @(lo|tunl*|sit*|gre*|ip6tnl*) ]] || return 0
  [[ $state == *' moves' ]] || stands_here "$1" "$state" || return 0
  find_holders
  split_words "${holders_of[$1]:-}"
  for mac in ${words[@]+"${words[@]}"}; do
    if [[ $mac == '?' ]]; then name='another machine'; else name_of_mac "$mac" "$device"; fi
    others+=${others:+ and }${name:-$mac}
    [[ $name ]] || strangers+=${strangers:+, }$mac
  done
  if [[ $strangers ]]; then
    failure="$strangers answers for it on $device, and is no director"
    failure+=$'\n'"Two machines with one address: clients reach the one or the other by chance. The switch's table tells where that is; a real server without its ARP settings does it too (bash realserver.sh verify)."
  elif [[ ${address_of[$1]:-} && $others ]]; then
    failure="it is here, and $others has it as well"
    failure+=$'\n'"Directors that do not hear each other both take it: has VRRP (protocol 112) its way on $device, through every firewall? Do both run this description (bash $script check on both)?"
    failure+=$'\n'"What keepalived says: journalctl -u keepalived.service -b on both. One that is stopped gives it up: systemctl stop keepalived.service"
  elif [[ -z ${address_of[$1]:-} && ${#words[@]} -gt 1 ]]; then
    failure="$others have it at once"$'\n'"They do not hear each other: bash $script verify on each of them"
  elif [[ -z ${address_of[$1]:-} && -z $others ]]; then
    failure="no director has it"
    failure+=$'\n'"Does keepalived run here and on the others, and is $device up? journalctl -u keepalived.service -b tells its state: BACKUP hears a master, FAULT misses its interface or address."
  else
    return 0
  fi
  return 1
}

# One of IPv4 that does not move, and is here. (For one of IPv6 the kernel asks as it comes.)
stands_here() { # `ADDRESS DEVICE` STATE
  [[ $2 != absent && $1 != *:* && ${address_of[$1]:-} ]]
}

declare -A holders_of=() # "ADDRESS DEVICE" -> hardware addresses of others that answer for it
declare -A name_of=()    # MAC -> director

# A start and a failover take a moment: what looks wrong is asked again.
find_holders() {
  local i round entry wrong
  local -a to_ask=()
  [[ -z ${loaded[holder]:-} ]] || return 0
  loaded[holder]=1
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    [[ ${r_kind[i]} == address ]] || continue
    [[ ${r_state[i]} == *' moves' ]] || stands_here "${r_name[i]}" "${r_state[i]}" || continue
    [[ ! -e /sys/class/net/${r_name[i]##* } || ${r_name[i]##* } == @(lo|tunl*|sit*|gre*|ip6tnl*) ]] || to_ask+=("${r_name[i]}")
  done
  ((${#to_ask[@]})) || return 0
  is_arping || unheld='there is no arping of iputils here'
  for round in 1 2 3; do
    ask_holders "${to_ask[@]}" # never empty
    wrong=''
    for entry in "${to_ask[@]}"; do # never empty
      if [[ ${address_of[$entry]:-} ]]; then
        [[ -z ${holders_of[$entry]} ]] || wrong=1
      elif [[ -z ${holders_of[$entry]} || ${holders_of[$entry]% } == *' '* ]]; then
        wrong=1
      fi
    done
    [[ $wrong && $round != 3 ]] || break
    sleep 1
    unset 'loaded[address]'
  done
}

ask_holders() { # "ADDRESS DEVICE"...
  local entry peer mac device address
  local -a questions=() claims=() words=()
  load_addresses
  for entry in "$@"; do
    if [[ $entry != *:* ]]; then
      questions+=("$entry")
    elif [[ ${address_of[$entry]:-} ]]; then
      claims+=("$entry")
    fi
  done
  if [[ -z $unheld ]] && ((${#questions[@]})); then
    if ((${#name_of[@]} == 0)); then ask_names "$@"; fi
    ask_wire "${questions[@]}" # never empty
  fi
  if ((${#claims[@]})); then ask_claims "${claims[@]}"; fi # never empty
  for entry in "$@"; do
    if [[ $entry == *:* && ${address_of[$entry]:-} || $entry != *:* && (-z $unheld || ${address_of[$entry]:-}) ]]; then
      without_own "${answered_by[$entry]:-}"
      holders_of[$entry]=$others_macs
    else
      neighbour_of "${entry% *}" "${entry##* }"
      holders_of[$entry]=${mac:+$mac }
    fi
  done
}

# A loop on the segment brings one's own answer back, and another card of this host on it answers as well.
without_own() { # MACS -> $others_macs
  local file mac own=' '
  local -a words=()
  others_macs=''
  for file in /sys/class/net/*/address; do
    { read -r mac <"$file"; } 2>/dev/null || continue
    own+="$mac "
  done
  split_words "$1"
  for mac in ${words[@]+"${words[@]}"}; do [[ $own == *" $mac "* ]] || others_macs+="$mac "; done
}

# The hardware addresses that the other directors have on these devices.
ask_names() { # "ADDRESS DEVICE"...
  local entry peer address mac wires=' '
  local -a words=() questions=() asked_names=()
  for entry in "$@"; do
    [[ $wires == *" ${entry##* } "* ]] || wires+="${entry##* } "
  done
  for peer in ${peers[@]+"${peers[@]}"}; do
    split_words "${peer#* }"
    for address in ${words[@]+"${words[@]}"}; do
      [[ $address != *:* ]] || continue
      asked_names+=("${peer%% *} $address")
    done
  done
  split_words "$wires"
  for entry in ${asked_names[@]+"${asked_names[@]}"}; do
    for address in ${words[@]+"${words[@]}"}; do questions+=("${entry#* } $address"); done
  done
  ((${#questions[@]})) || return 0
  ask_wire "${questions[@]}" # never empty
  for entry in "${asked_names[@]}"; do # never empty
    for peer in "${questions[@]}"; do # never empty
      [[ ${peer% *} == "${entry#* }" ]] || continue
      split_words "${answered_by[$peer]}"
      for mac in ${words[@]+"${words[@]}"}; do name_of[$mac]=${entry%% *}; done
    done
  done
}

# By what ARP has said of the directors' own addresses, else by what the kernel finds out of them.
name_of_mac() { # MAC DEVICE -> $name
  local peer address mac
  local -a words=()
  name=${name_of[$1]:-}
  [[ -z $name ]] || return 0
  for peer in ${peers[@]+"${peers[@]}"}; do
    split_words "${peer#* }"
    for address in ${words[@]+"${words[@]}"}; do
      # ARP has been asked of the others.
      [[ $address == *:* || $unheld ]] || continue
      neighbour_of "$address" "$2"
      [[ -z $mac ]] || name_of[$mac]=${peer%% *}
    done
  done
  name=${name_of[$1]:-}
}

# ---- an address that would come back, and that another director has by now ------------------------------------------------
#
# What was here before keepalived had it is written down. By the time that it is put back the address may have moved, or moves because
# keepalived is stopped here: on two hosts it would break the connections of both.

declare -A elsewhere=() # `ADDRESS DEVICE` of what would come back -> who has it

# Is it better left off? Sets $goes_on.
address_is_elsewhere() { # `ADDRESS DEVICE`
  [[ $watched && -z $root ]] || return 1
  find_elsewhere
  [[ ${elsewhere[$1]:-} ]] || return 1
  goes_on="it stays off: ${elsewhere[$1]} has it by now"
  complain "${1% *} is with ${elsewhere[$1]} by now, and would be on two hosts here" \
    "To have it here stop keepalived there first: systemctl disable --now keepalived.service; then: ip address add ${1% *}/${2%% *} dev ${1##* }" \
    "Where files of this host name it, it comes back at the next boot, whoever has it: take it out of them if it is to stay there."
}

# All at once, and only of what is gone from here: -> ${elsewhere[@]}
find_elsewhere() {
  local i entry mac name device
  local -a coming=() words=()
  [[ -z ${loaded[elsewhere]:-} ]] || return 0
  loaded[elsewhere]=1
  unset 'loaded[address]'
  load_addresses
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    device=${u_name[i]##* }
    [[ ${u_kind[i]} == address && ${u_record[i]} == *' scope '* && -z ${address_of[${u_name[i]}]:-} ]] || continue
    [[ ! -e /sys/class/net/$device || $device == @(lo|tunl*|sit*|gre*|ip6tnl*) ]] || coming+=("${u_name[i]}")
  done
  ((${#coming[@]})) || return 0
  is_arping || unheld='there is no arping of iputils here'
  # A keepalived that was stopped a moment ago has told the next one, which takes it by now.
  sleep 1
  ask_holders "${coming[@]}" # never empty
  for entry in "${coming[@]}"; do # never empty
    split_words "${holders_of[$entry]:-}"
    for mac in ${words[@]+"${words[@]}"}; do
      name_of_mac "$mac" "${entry##* }"
      # Where the directors are known, another machine is a real server that answers for what it should not: no reason to leave clients alone.
      [[ -z $name && ${#peers[@]} -gt 0 ]] || elsewhere[$entry]=${name:-$mac}
    done
  done
}

# ---- another director on the segment, which takes over from this one: verify proves that it is there ----------------------

kind peer expected

peers=() # `NAME ADDRESS...` of the other directors

peer_declare() { # NAME DEVICE ADDRESS [ADDRESS...]: the one that it speaks VRRP by, and its others
  peers+=("$1 ${*:3}")
  describe peer "$1 $3 $2" answers
}

peer_probe() { # `NAME ADDRESS DEVICE`
  local name address device mac=''
  read -r name address device <<<"$1"
  have='does not answer'
  load_addresses
  if [[ $address != *:* ]] && is_arping; then
    [[ ${answered_by["$address $device"]:-} ]] || ask_wire "$address $device"
    mac=${answered_by["$address $device"]}
  else
    neighbour_of "$address" "$device"
  fi
  [[ -z $mac ]] || have=answers
}

peer_differs() { # with $name
  local peer address device
  read -r peer address device <<<"$name"
  printf '%s does not answer on %s: nobody would take over from this director. Is it up, is its cable in, are both in one VLAN?' "$address" "$device"
}

# verify says what it could not ask.
peer_tell() {
  [[ $command == verify ]] || return 0
  [[ -z $unasked ]] || say "${yellow}unproved${plain}  %s" "whether another machine has the virtual addresses of IPv6 that are here: $unasked"
  [[ $unheld ]] || return 0
  say "${yellow}unproved${plain}  %s" "whether another machine has the virtual addresses that are here: $unheld (Debian, Ubuntu: iputils-arping; else iputils)"
}

# ---- the session of whoever runs this: by which address it has come ---------------------------------------------------

# -> $session_peer and $session_local, empty where it has not come over the network. sudo and su take SSH_CONNECTION out of the
# environment: those of the processes above have it still.
find_session() {
  local pid=$$ entry key value parent
  session_peer='' session_local=${SSH_CONNECTION:-}
  while [[ -z $session_local && $pid -gt 1 && -r /proc/$pid/environ ]]; do
    while IFS= read -r -d '' entry; do
      [[ $entry != SSH_CONNECTION=* ]] || session_local=${entry#*=}
    done <"/proc/$pid/environ"
    parent=1
    while read -r key value _; do
      [[ $key != PPid: ]] || parent=$value
    done <"/proc/$pid/status"
    pid=$parent
  done 2>/dev/null
  [[ $session_local ]] || return 0
  read -r session_peer _ session_local _ <<<"$session_local"
  session_peer=${session_peer%%%*} session_local=${session_local%%%*}
}

# ---- a mode alone: rc.local runs only if it is executable

kind mode path=part stale='stat mount unit'

declare -A mode_found=() # by path, before this run

mode_declare() { # PATH MODE
  paths+=("$root$1")
  describe mode "$1" "$2"
}

mode_probe() { # PATH
  local stat
  walk "$root$1" last || { have=unreachable && return 0; }
  stat_path "$root$real"
  have=${stat%% *}
  have=${have:-absent}
  [[ ${mode_found[$1]:-} ]] || mode_found[$1]=$have
}

mode_same() { # PATH
  [[ $have == 0* && $((8#0${have//[!0-7]/})) == $((8#0${state//[!0-7]/})) ]]
}

mode_set() { # PATH STATE
  local changeable
  walk "$root$1" last || return 1
  if [[ $shared ]]; then
    owner_of_shared
    unsafe "its mode is not changed where it may be another file by then: $changeable"
    is_shared_by_all || failure+=$'\n'"Let nobody but root change $root$shared: chown root $root$shared; chmod go-w $root$shared"
    return 1
  fi
  [[ $2 == absent || ! -e $root$real ]] || run chmod -- "$2" "$root$real" || return 1
  # systemd-rc-local-generator(8) makes a unit of rc.local where it is executable.
  reload_needed=1
}

# What stood in it and never ran, runs from the next boot on.
mode_tell() {
  local i path content line found inside
  local -a picked text_lines
  pick mode
  for i in ${picked[@]+"${picked[@]}"}; do
    path=${r_name[i]} found='' inside=''
    [[ ${mode_found[$path]:-} =~ ^0*[0246][0246][0246]$ && ${r_state[i]} =~ [1357] ]] || continue
    if ! walk "$root$path" last || ! read_found; then continue; fi
    split_lines "$content"
    for line in "${text_lines[@]}"; do # never empty
      line=${line%$'\r'}
      case $line in
        '# BEGIN lvsgen '*) inside=1 ;;
        '# END lvsgen '*) inside='' ;;
        'touch /var/lock/subsys/local' | exit | 'exit 0') ;;
        *) [[ $inside || $line =~ ^[[:space:]]*(#|$) ]] || { found=$line && break; } ;;
      esac
    done
    [[ -z $found ]] ||
      complain "$path was not executable, so no boot ran what stands in it; from the next one on that runs too: $found" "Where it is not meant to: take it out."
  done
}

# ---- rules of nftables or iptables, live; lvsgen's own unit brings them back at boot ------------------------

kind netfilter boot look last again

# The name is the loader, a file of the bundle; the state the comments of its rules, a line each.
netfilter_declare() { # LOADER ID...
  local loader=$1
  shift
  printf -v state '%s\n' "$@"
  describe netfilter "$loader" "${state%$'\n'}"
}

netfilter_probe() { # LOADER
  have=absent
  [[ ! -x $1 ]] || have=$("$1" list 2>/dev/null) || :
  have=${have:-absent}
}

# The order is that of the loader: IPv4 and IPv6 one after the other, where iptables has them.
netfilter_same() { # with $have and $state
  local line
  local -a text_lines=()
  local -A rules_found=()
  ((${#have} == ${#state})) || return 1
  split_lines "$have"
  for line in "${text_lines[@]}"; do rules_found["line $line"]=1; done # never empty
  split_lines "$state"
  for line in "${text_lines[@]}"; do [[ ${rules_found["line $line"]:-} ]] || return 1; done # never empty
}

netfilter_set() { # LOADER STATE
  if [[ $2 == absent ]]; then
    [[ ! -x $1 ]] || run "$1" remove
  elif [[ ! -x $1 ]]; then
    failure='the rules of an earlier apply are gone; apply puts them back'
    return 1
  elif ! run "$1" load; then
    failure+=$'\n'"Neither nftables nor iptables can take these rules here: is one of the packages nftables and iptables installed?"
    return 1
  fi
}

# ---- lines of the IPVS table, as ipvsadm takes and prints them -------------------------------------------------

# The address of an -a line: `192.168.80.12` of `-r 192.168.80.12:80`, `fd00::12` of `-r [fd00::12]:80`.
real_address() { # LINE -> $address
  address=${1#* -r }
  address=${address%% *}
  address=${address%:*}
  address=${address#\[} address=${address%\]}
}

with_weight() { # LINE WEIGHT -> $weighted, the line with that weight
  local rest=${1#* -w }
  weighted="${1%% -w *} -w $2"
  [[ $rest != *' '* ]] || weighted+=" ${rest#* }"
}

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

# ---- the live table of IPVS: service_of[NAME], a line for the service and one for each real server -----------------

declare -A service_of=()
live_services=()
declare -A live_weights=() # "SERVICE SERVER", where they were asked for

ipvs_is_loaded() {
  [[ -d /proc/sys/net/ipv4/vs || -e /proc/net/ip_vs ]]
}

# ipvsadm, however it is called, loads the module: without the table there is nothing to ask.
load_services() {
  local i key state answer complete
  local -a services=()
  [[ -z ${loaded[service]:-} ]] || return 0
  loaded[service]=1 service_of=() live_services=() live_weights=()
  ipvs_is_loaded && command -v ipvsadm >/dev/null || return 0
  # ipvsadm-save leaves the thresholds out: they come from the listing.
  answer=$({
    ipvsadm -L -n --thresholds && printf 'complete thresholds\n' 2>/dev/null
    ipvsadm -S -n && printf 'complete rules\n' 2>/dev/null
  } | lines_by_service) || :
  split_services
  [[ $complete == complete* ]] || cannot_read 'the IPVS table' awk
  [[ $complete == complete*' rules' ]] || cannot_read 'the IPVS table' 'ipvsadm -S -n'
  [[ $complete == 'complete thresholds'* ]] || cannot_read 'the thresholds of the IPVS table' 'ipvsadm -L -n --thresholds'
  for ((i = 0; i < ${#services[@]}; i++)); do
    take_service "$i"
    live_services+=("$key") service_of[$key]=$state
  done
}

live_weight() { # KEY SERVER -> $live, empty where it has no entry
  ((${#live_weights[@]})) || weigh_live
  live=${live_weights["$1 $2"]:-}
}

weigh_live() { # -> ${live_weights[@]}
  local service line server weight
  local -a text_lines=()
  for service in ${service_of[@]+"${service_of[@]}"}; do
    split_lines "$service"
    ((${#text_lines[@]} > 1)) || continue
    for line in "${text_lines[@]:1}"; do # never empty
      server=${line#* -r } server=${server%% *} weight=${line#* -w }
      line=${line#-a }
      live_weights["${line%% -r *} $server"]=${weight%% *}
    done
  done
}

# ---- what keepalived decides of the live table: whether an entry has its weight, or 0 ------------------------------------

watched='' # the unit that decides, where health checks are described
declare -A is_sorry=() # "SERVICE SERVER" of those that are needed when no real server is left
declare -A may_be_missing=() # SERVICE whose dead real servers are taken out

# Only while it runs: else the table is what it was.
health_decides() {
  [[ $watched ]] || return 1
  load_units
  [[ ${unit_of[$watched]:-} == *' active' ]]
}

# A service as it may be by now: a real server that does not answer has weight 0, or is out; a sorry server in use has weight 1. What is at
# 0 is never raised here: keepalived would go on to believe that it is dead. `former` is for a state of old, in which 0 was the health of that time.
with_health() { # SERVICE now|former, with $have and $state -> $state
  local line server live weight weighted wanted exchanged serves
  local -a only_had=() only_wanted=()
  local -A live_line=() instead=()
  [[ $have != absent && $state != absent && $have != "$state" ]] && health_decides || return 0
  set_apart "$have" "$state"
  for line in ${only_had[@]+"${only_had[@]}"}; do
    server=${line#* -r } server=${server%% *}
    [[ $line != '-a '* ]] || live_line[$server]=$line
  done
  for line in ${only_wanted[@]+"${only_wanted[@]}"}; do
    [[ $line == '-a '* ]] || continue
    server=${line#* -r } server=${server%% *}
    live=${live_line[$server]:-}
    live_line[$server]=''
    weight=${live#* -w } weight=${weight%% *}
    wanted=${line#* -w } wanted=${wanted%% *}
    if [[ -z $live ]]; then
      [[ -z ${may_be_missing[$1]:-} && -z ${is_sorry["$1 $server"]:-} ]] || instead[$line]=''
    elif [[ $weight == 0 || ($2 == former && $wanted == 0) || ($weight == 1 && ${is_sorry["$1 $server"]:-}) ]]; then
      with_weight "$line" "$weight"
      instead[$line]=$weighted
    fi
  done
  exchange_lines "$state"$'\n'
  state=${exchanged%$'\n'}
  # keepalived 1.3.5 brings a sorry server in when it is needed.
  for server in ${live_line[@]+"${!live_line[@]}"}; do
    [[ -z ${live_line[$server]} || -z ${is_sorry["$1 $server"]:-} ]] || state+=$'\n'${live_line[$server]}
  done
}

# ---- what keepalived asks real servers, by its file; and the same question asked by this script ---------------------------
#
# check_of["SERVICE SERVER"]="TYPE PORT TIMEOUT INTERVAL STATUS HOST PATH", as the table names service and server; `-` where the file has
# none. TYPE is keepalived's: TCP_CHECK, HTTP_GET, SSL_GET, UDP_CHECK.

declare -A check_of=() text_of_check=() # what an answer has to hold, where it has to
checked=()                              # the keys of check_of, in the file's order

load_checks() { # with $watched_text
  local line first second third server='' type='' port timeout interval='' status host path
  local frontend='' protocol='' family='' service='' vhost=''
  local -a text_lines=()
  [[ -z ${loaded[check]:-} ]] || return 0
  loaded[check]=1 check_of=() text_of_check=() checked=()
  split_lines "$watched_text"
  for line in "${text_lines[@]}"; do # never empty
    [[ $line =~ ^[[:blank:]]*([^[:blank:]]*)[[:blank:]]*([^[:blank:]]*)[[:blank:]]*([^[:blank:]]*) ]]
    first=${BASH_REMATCH[1]} second=${BASH_REMATCH[2]} third=${BASH_REMATCH[3]}
    case $first in
      virtual_server) frontend="$second $third" protocol='' family='' interval=1 vhost=- server='' type='' ;;
      delay_loop) interval=$second ;;
      protocol) protocol=$second ;;
      ip_family) family=$second ;;
      virtualhost) [[ $type ]] && host=$second || vhost=$second ;;
      real_server)
        frontend_key
        server_key "$second" "$third"
        type=''
        ;;
      TCP_CHECK | HTTP_GET | SSL_GET | UDP_CHECK)
        type=$first port=${server##*:} timeout=5 status=- host=$vhost path=-
        ;;
      path) path=$second ;;
      status_code) status=$second ;;
      regex) pattern_text "${line#*regex }" && text_of_check["$service $server"]=$text_found ;;
      connect_port) port=$second ;;
      connect_timeout) timeout=$second ;;
      warmup)
        checked+=("$service $server")
        check_of["$service $server"]="$type $port $timeout $interval $status $host $path"
        ;;
    esac
  done
}

# `-t 192.168.80.188:80`, `-f 7 -6`: as the table names it.
frontend_key() { # with $frontend, $protocol and $family -> $service
  local address=${frontend% *}
  if [[ $address == fwmark ]]; then
    service="-f ${frontend#* }"
    [[ $family != inet6 ]] || service+=' -6'
    return 0
  fi
  [[ $address != *:* ]] || address="[$address]"
  case $protocol in
    UDP) service=-u ;;
    SCTP) service=--sctp-service ;;
    *) service=-t ;;
  esac
  service+=" $address:${frontend#* }"
}

server_key() { # ADDRESS PORT -> $server
  server=$1
  [[ $1 != *:* ]] || server="[$1]"
  server+=":$2"
}

# A pattern of lvsgen's is a text with `\\x2e` for what means something to PCRE.
pattern_text() { # "PATTERN" -> $text_found
  local pattern=${1#\"}
  pattern=${pattern%\"}
  printf -v text_found %b "${pattern//\\\\/\\}"
}

# The question that keepalived asks, from the host that it asks from. 0: it answers as it has to; 1: it does not; 2: it cannot be asked here.
ask_check() { # "SERVICE SERVER"
  local type port timeout interval status host path address=${1##* } code=0 seconds
  read -r type port timeout interval status host path <<<"${check_of[$1]}"
  address=${address%:*} address=${address#\[} address=${address%\]} seconds=${timeout%.*}
  case $type in
    TCP_CHECK | HTTP_GET)
      [[ $type == HTTP_GET ]] || path=-
      ask_plainly "$address" "$port" "$((seconds + 1))" "$path" "$status" "$host" "${text_of_check[$1]:-}" || code=1
      ;;
    SSL_GET)
      command -v curl >/dev/null || return 2
      ask_with_tls "$address" "$port" "$((seconds + 1))" "$path" "$status" "$host" "${text_of_check[$1]:-}" || code=1
      ;;
    *) return 2 ;;
  esac
  return "$code"
}

# As keepalived does: HTTP/1.0, no redirection followed, a status that is one or from-to.
ask_plainly() { # ADDRESS PORT SECONDS PATH|- STATUS HOST TEXT
  # By SIGTERM: of a command that ends by SIGKILL, as timeout would itself, this shell prints the whole text.
  # shellcheck disable=SC2016 # the inner bash expands it
  timeout -k 1 "$3" "$BASH" -c '
    export LC_ALL=C
    exec 3<>"/dev/tcp/$1/$2" || exit 1
    [[ $4 != - ]] || exit 0
    name=$6
    [[ $name != - || $1 != *:* ]] || name="[$1]:$2"
    [[ $name != - ]] || name=$1:$2
    printf "GET %s HTTP/1.0\r\nUser-Agent: lvsgen\r\nHost: %s\r\n\r\n" "$4" "$name" >&3
    IFS=" " read -r _ code _ <&3 || exit 1
    code=${code%%[!0-9]*}
    [[ $code ]] && ((code >= ${5%-*} && code <= ${5#*-})) || exit 1
    [[ $7 ]] || exit 0
    body=$(head -c 1048576 <&3 | tr -d "\0")
    [[ $body == *"$7"* ]]' bash "$1" "$2" "$3" "$4" "$5" "$6" "$7" 2>/dev/null
}

# keepalived verifies no certificate.
ask_with_tls() { # ADDRESS PORT SECONDS PATH STATUS HOST TEXT
  local name=$6 address=$1 code body
  [[ $1 != *:* ]] || address="[$1]"
  [[ $name != - ]] || name=$address
  body=$(curl -q -s -k -g -m "$3" --noproxy '*' --resolve "$name:$2:$1" -w '\n%{http_code}' "https://$name:$2$4" 2>/dev/null | tr -d '\0') || return 1
  code=${body##*$'\n'}
  [[ $code =~ ^[0-9]+$ ]] && ((10#$code >= ${5%-*} && 10#$code <= ${5#*-})) && [[ -z $7 || $body == *"$7"* ]]
}

most_asked_together=32

# -> $answering, a line each, without those that cannot be asked from here
ask_together() { # ENTRIES
  local entry code
  answering=''
  while read -r code entry; do
    [[ $code != 0 ]] || answering+=$entry$'\n'
  done < <(answers_together "$1" || :)
}

answers_together() { # ENTRIES: prints the code of ask_check and the entry, a line each
  local entry running=0
  while IFS= read -r entry; do
    [[ $entry ]] || continue
    answer_of "$entry" &
    running=$((running + 1))
    ((running % most_asked_together)) || wait
  done <<<"$1"
  wait
}

answer_of() { # ENTRY
  local code=0
  ask_check "$1" || code=$?
  printf '%s %s\n' "$code" "$1"
}

# ---- what keepalived has said, from the journal: who was master since when, and which real server failed, when and why ----
#
# Its own dumps go to /tmp under names that anybody knows beforehand, and so are not asked for.

declare -A vrrp_state=() vrrp_since=() # INSTANCE -> MASTER, BACKUP or FAULT, and the time
declare -A failed_at=() back_at=()     # "SERVICE SERVER" -> the time; SERVICE as keepalived has it: 192.168.80.188:80, or FWM 7
declare -A failed_why=()               # SERVER -> the last thing that was said of it

load_history() { # of this boot
  local line time said
  local -a text_lines=()
  [[ -z ${loaded[history]:-} ]] || return 0
  loaded[history]=1
  # Years of a real server that is down are a line every few seconds: the last ones say why.
  said=$(timeout 20 journalctl -u keepalived.service -b -o short-iso --no-pager -q 2>/dev/null | awk '
    / Entering .* STATE/ || /ing service .* VS / { print; next }
    / failed|rror |imeout/ { last[n++ % 2000] = $0 }
    END { for (i = n > 2000 ? n - 2000 : 0; i < n; i++) print last[i % 2000] }') || :
  split_lines "$said"
  for line in "${text_lines[@]}"; do # never empty
    time=${line%% *} said=${line#*: }
    time=${time%[+-]????} time=${time/T/ }
    case $said in
      *' Entering '*' STATE'*) note_state "$time" "$said" ;;
      *'ing service '*' VS '*) note_service "$time" "$said" ;;
      *' failed'* | *'rror '* | *imeout*) note_failure "$said" ;;
    esac
  done
}

# `(pair-v4) Entering MASTER STATE`; 1.3.5 has VRRP_Instance before it.
note_state() { # TIME TEXT
  [[ $2 =~ \(([A-Za-z0-9_.-]+)\)\ Entering\ (MASTER|BACKUP|FAULT)\ STATE ]] || return 0
  [[ ${vrrp_state[${BASH_REMATCH[1]}]:-} != "${BASH_REMATCH[2]}" ]] || return 0
  vrrp_state[${BASH_REMATCH[1]}]=${BASH_REMATCH[2]} vrrp_since[${BASH_REMATCH[1]}]=$1
}

# `Disabling service [192.168.80.12]:tcp:80 from VS [192.168.80.188]:tcp:80`; 1.3.5 has no protocol in it.
note_service() { # TIME TEXT
  local key verb
  local entry='(\[[0-9A-Fa-f.:]+\]):(tcp:|udp:|sctp:)?([0-9]+)'
  [[ $2 =~ (Disabl|Remov|Enabl|Add)ing\ service\ $entry\ [a-z]+\ VS\ ($entry|FWM\ [0-9]+) ]] || return 0
  verb=${BASH_REMATCH[1]} key="${BASH_REMATCH[5]} ${BASH_REMATCH[2]}:${BASH_REMATCH[4]}"
  key=${key//tcp:/} key=${key//udp:/} key=${key//sctp:/}
  plain_brackets "$key"
  case $verb in
    Disabl | Remov) failed_at[$plain_key]=$1 ;;
    *) back_at[$plain_key]=$1 ;;
  esac
}

# [192.168.80.12] -> 192.168.80.12: IPv6 alone has them in the table.
plain_brackets() { # TEXT -> $plain_key
  local rest=$1
  plain_key=''
  while [[ $rest =~ ^([^[]*)\[([0-9.]+)\](.*)$ ]]; do
    plain_key+=${BASH_REMATCH[1]}${BASH_REMATCH[2]} rest=${BASH_REMATCH[3]}
  done
  plain_key+=$rest
}

note_failure() { # TEXT
  [[ $1 =~ (\[[0-9A-Fa-f.:]+\]):(tcp:|udp:|sctp:)?([0-9]+) ]] || return 0
  # How often says less than why.
  [[ $1 != *'_CHECK on service '* || -z ${failed_why["${BASH_REMATCH[1]}:${BASH_REMATCH[3]}"]:-} ]] || return 0
  failed_why["${BASH_REMATCH[1]}:${BASH_REMATCH[3]}"]=$1
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

# ---- the rules file: lvsgen's services stand in it beside those of others -------------------------------------------
#
# The system loads one file. Services that are not described stay in it line by line, behind lvsgen's: a line that ipvsadm cannot take
# ends the loading. Where there are none, the file is what `ipvsadm-save -n` prints.

kind rules path=part own brief stale='stat'

rules_declare() { # FILE, with $text
  local state=services
  paths+=("$root$1") table_files+=("$1")
  describe rules "$1"
}

rules_probe() { # FILE, with $text
  probe_rules "$1" standing
}

probe_rules() { # FILE SET, with $text -> $have
  local content own own_before others other_services stat
  have=absent
  walk "$root$1" last || { have=unreachable && return 0; }
  read_found || { [[ ! -e $root$real && ! -L $root$real ]] || have='no file of rules' && return 0; }
  if [[ $text ]] && is_content_described; then
    # Nobody else's services are in it: then it is root's alone.
    stat_path "$root$real"
    have=$text
    [[ $stat == '0600 0 0 '* ]] || have="rights ${stat%% *}"
    return 0
  fi
  split_rules "$content" "$2"
  have=${own:-none}
}

rules_same() { # FILE
  [[ ! $have < $text && ! $have > $text ]] && is_taken_over "$1"
}

rules_record() { # FILE
  record_part "$1"
}

rules_set() { # FILE STATE, with $text
  local path content='' own='' own_before='' others='' other_services='' mode=- owner=- group=- now set=leaving
  local -A own_keys=() held_keys=()
  [[ $2 != services ]] || set=standing
  read_for_change "$1" || return 1
  split_rules "$content" "$set"
  now=$others
  case $2 in
    absent | saved\ *)
      if leads_nowhere "$1"; then return 0; fi
      undo_rules "$path" "$2"
      ;;
    *)
      load_own_keys standing
      give_back_rules "$1" || return 1
      if [[ -z $other_services ]]; then now='' mode=0600 owner=root group=root; fi
      journal_ruled && make_parents "$path" && replace_file "$path" "$mode" "$text$now" "$owner" "$group"
      ;;
  esac
}

# Services that stood there before lvsgen, were described, and are described no longer: they are others' again, in the file as it was.
give_back_rules() { # FILE, with ${own_keys[@]} -> $now $other_services, and $mode $owner $group of then
  local i line key blob='' gone='' had=$other_services kept='' content own own_before others
  local -a text_lines=() line_keys=() kept_lines=()
  local -A before_keys=() then_there=()
  for key in ${own_keys[@]+"${!own_keys[@]}"}; do before_keys[$key]=1; done
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} != rules || ${u_name[i]} != "$1" || ${u_record[i]} != 'saved '* ]] || blob=${u_record[i]#saved }
  done
  [[ $blob ]] || return 0
  read_kept "$blob" || { failure="the kept copy of $1 is missing or damaged" && return 1; }
  split_rules "$content" described
  rule_keys "$others"
  for key in "${line_keys[@]}"; do # never empty
    # What another cluster wrote by that name is gone with it.
    [[ -z $key || -z ${before_keys[$key]:-} || ${held_keys[$key]:-} ]] || gone=1 given_back[$key]=1
  done
  other_services=$had
  [[ $gone ]] || return 0
  split_lines "$others"
  for line in "${text_lines[@]}"; do then_there["line $line"]=1; done # never empty
  split_lines "$now"
  for line in "${text_lines[@]}"; do # never empty
    [[ ! $line || ${then_there["line $line"]:-} ]] || kept_lines+=("$line")
  done
  ((${#kept_lines[@]} == 0)) || printf -v kept '%s\n' "${kept_lines[@]}" # never empty
  now=$others$kept other_services=1
  [[ $had ]] || read -r mode owner group < <(stat -c '%04a %u %g' -- "$state_dir/blobs/$blob" || :) || :
}

# Back to the kept file where nothing but lvsgen's services differs; else these alone go back to what they were.
undo_rules() { # PATH STATE, with $now and $other_services as the file is
  local had_services=$other_services
  own='' others='' other_services=''
  if [[ $2 != absent ]]; then
    read_kept "${2#saved }" || { failure="the kept copy of $1 is missing or damaged" && return 1; }
    split_rules "$content" copied
    if [[ $own == "$own_before" ]] && [[ ! -e $1 || $others == "$now" || ${content%$'\n'} == "${now%$'\n'}" || -z $had_services$other_services ]]; then
      restore_blob "$1" "${2#saved }"
      return
    fi
    without_rules_of "$now" "$own_before"
  elif [[ -z $had_services ]]; then
    remove_file "$1"
    return
  fi
  # Lvsgen's own rights go with the last of its services.
  if [[ $2 != absent ]] && has_own_rights "$1"; then read -r mode owner group < <(stat -c '%04a %u %g' -- "$state_dir/blobs/${2#saved }" || :) || :; fi
  if [[ $own$now ]]; then replace_file "$1" "$mode" "$own$now" "$owner" "$group"; else remove_file "$1"; fi
}

has_own_rights() { # FILE
  local -A ruled_elsewhere=()
  load_ruled_elsewhere
  ((${#ruled_elsewhere[@]} == 0)) && [[ $(stat -c '%a %u %g' -- "$1" 2>/dev/null || :) == '600 0 0' ]]
}

# What is of others by now stays as they have it.
without_rules_of() { # TEXT RULES -> $own: those rules whose services have none in the text
  local i key
  local -a text_lines=() line_keys=() kept_lines=()
  local -A theirs=()
  own=''
  rule_keys "$1"
  for key in "${line_keys[@]}"; do theirs["key $key"]=1; done # never empty
  rule_keys "$2"
  split_lines "$2"
  for i in "${!text_lines[@]}"; do # never empty
    [[ -z ${text_lines[i]} || (${line_keys[i]} && ${theirs["key ${line_keys[i]}"]:-}) ]] || kept_lines+=("${text_lines[i]}")
  done
  ((${#kept_lines[@]} == 0)) || printf -v own '%s\n' "${kept_lines[@]}" # never empty
}

rules_undone() { # FILE RECORD
  local content own own_before others other_services
  if [[ $2 == 'saved '* ]]; then
    is_kept_copy "$1" "${2#saved }" || return 1
    # A copy that another cluster handed over may have what this one wrote there before.
    walk "$root$1" last && read_found || return 0
    split_rules "$content" copied
    [[ $own == "$own_before" ]]
    return
  fi
  walk "$root$1" last && read_found || return 0
  split_rules "$content" leaving
  [[ -z $own && $other_services ]]
}

# -> $own, $others and whether those have $other_services; $own_before: $own without what another cluster wrote by that name
split_rules() { # TEXT SET
  local answer sizes
  local -A own_keys=() held_keys=()
  own='' own_before='' others='' other_services=''
  [[ $1 ]] || return 0
  load_own_keys "$2"
  whole_answer "$(part_rules "$1" || :)"
  read -r -a sizes <<<"${answer%%$'\n'*}"
  answer=${answer#*$'\n'}
  own=${answer:0:sizes[0]} own_before=${answer:sizes[0]:sizes[1]} others=${answer:sizes[0] + sizes[1]:sizes[2]}
  ((sizes[3] == 0)) || other_services=1
}

rules_text() { # FILE, with $text -> $embedded
  embedded=$text
}

rules_written() { # FILE -> $key
  key="rules $1"
}

# An interrupted run may have given a service back already, which is in the table still: it counts what the last one described.
rules_found() { # FILE -> $sum
  local text='' have
  probe_rules "$1" written
  [[ $have == absent || $have == unreachable || $have == none ]] || sum_of_text "$have"
}

rules_diff() { # FILE, with $text
  local have
  rules_probe "$1"
  [[ $have == -* ]] || have=''
  show_texts "$1" "$have" "$text"
}

# ---- lines of a rules file, by the service that they belong to -----------------------------------------------------------
#
# It may have whatever ipvsadm takes, for others write it too.

# Prints how long three texts are in bytes, and how many services the last one has; the texts; and a point.
part_rules() { # TEXT, with ${own_keys[@]} and ${held_keys[@]}
  local key
  {
    for key in ${own_keys[@]+"${!own_keys[@]}"}; do printf '%s %s\n' "${held_keys[$key]:+held}" "$key"; done
    printf '\n%s\n' "${1%$'\n'}"
  } | awk "$rule_awk"'
    !text && $0 == "" { text = 1; next }
    !text { key = $0; sub(/^(held)? /, "", key); own[key] = 1; if (/^held/) held[key] = 1; next }
    {
      key = rule_key()
      if (key != "" && key in own) {
        sizes["own"] += length($0) + 1; lines["own", ++count["own"]] = $0
        if (!(key in held)) { sizes["before"] += length($0) + 1; lines["before", ++count["before"]] = $0 }
      } else {
        sizes["others"] += length($0) + 1; lines["others", ++count["others"]] = $0
        if (key != "") services++
      }
    }
    function part(name,   i) { for (i = 1; i <= count[name]; i++) print lines[name, i] }
    END {
      printf "%d %d %d %d\n", sizes["own"], sizes["before"], sizes["others"], services
      part("own"); part("before"); part("others")
      print "\001"
    }'
}

# By whatever name its options are called: `-t 192.168.80.188:80`, `-f 7 -6`; empty for what is no rule. (It takes what $1 to $NF are.)
# shellcheck disable=SC2016 # awk expands it
rule_awk='
  function rule_key(   service, number, i) {
    if ($1 != "-A" && $1 != "-a" && $1 != "--add-service" && $1 != "--add-server") return ""
    service = $3
    if ($2 == "-t" || $2 == "--tcp-service") return "-t " service
    if ($2 == "-u" || $2 == "--udp-service") return "-u " service
    if ($2 == "--sctp-service") return "--sctp-service " service
    if ($2 != "-f" && $2 != "--fwmark-service") return $2
    number = service
    sub(/^-/, "", number)
    if (number !~ /^[0-9]+$/ || length(number) > 10) return "-f " service
    if (service ~ /^-/) service = sprintf("%.0f", 4294967296 + service)
    for (i = 4; i <= NF; i++) if ($i == "-6" || $i == "--ipv6") return "-f " service " -6"
    return "-f " service
  }
'

rule_keys() { # TEXT -> ${line_keys[@]}: of each line
  local answer
  local -a text_lines=()
  whole_answer "$(awk "$rule_awk"'{ print rule_key() } END { print "\001" }' <<<"$1" || :)"
  split_lines "${answer%$'\n'}"
  line_keys=("${text_lines[@]}") # never empty
}

# ---- whose services stand in the rules file ------------------------------------------------------------------------
#
# The journal names each service that an apply wrote there: so lvsgen's are told from those of others, also below --root and where the
# description has them no longer; and those of one cluster from another's. `held` says that another cluster's stood there by that name.

kind ruled recorded page

ruled_probe() { # SERVICE
  have=''
}

ruled_undone() { # SERVICE RECORD
  return 0
}

ruled_set() { # SERVICE RECORD
  return 0
}

declare -A given_back=() # services that this run has left to others again, as they stood there before lvsgen

# Which services are this cluster's depends on what is asked:
#   described  what this script describes
#   standing   what stands in the file as lvsgen's: that, and what earlier runs brought
#   written    what the last run wrote there, so that a hand's change of it shows
#   leaving    what an undo takes out: not what another cluster describes too
#   copied     the same in a kept copy, which may have whatever earlier runs had
load_own_keys() { # SET -> ${own_keys[@]}; ${held_keys[@]}: of these, what was another cluster's before
  local key
  local -A described_keys=() ruled_elsewhere=()
  if [[ $1 == written ]]; then
    own_as_held
    return
  fi
  load_described_keys
  load_ruled_elsewhere
  for key in ${described_keys[@]+"${!described_keys[@]}"}; do
    [[ ($1 == leaving || $1 == copied) && ${ruled_elsewhere[$key]:-} ]] || own_keys[$key]=1
  done
  [[ $1 == described ]] || own_by_records "$1"
}

described_services='' # once they were asked for

load_described_keys() { # -> ${described_keys[@]}
  local key
  local -a text_lines=()
  if [[ -z $described_services ]]; then
    load_described_table
    services_in "$described_table"
    printf -v described_services '%s\n' ${text_lines[@]+"${text_lines[@]}"}
  fi
  split_lines "${described_services%$'\n'}"
  for key in "${text_lines[@]}"; do [[ -z $key ]] || described_keys[$key]=1; done # never empty
}

own_as_held() { # -> ${own_keys[@]}
  local line unescaped
  while IFS= read -r line; do
    [[ $line == 'ruled '* ]] || continue
    unescape "${line#ruled }"
    [[ ${given_back[$unescaped]:-} ]] || own_keys[$unescaped]=1
  done <<<"$last_holds"
}

own_by_records() { # SET, with ${described_keys[@]} and ${ruled_elsewhere[@]} -> ${own_keys[@]} ${held_keys[@]}
  local i key is_described
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == service || ${u_kind[i]} == ruled ]] || continue
    key=${u_name[i]} is_described=${described_keys[${u_name[i]}]:-}
    case $1 in
      standing)
        [[ -z ${given_back[$key]:-} && ($is_described || -z ${ruled_elsewhere[$key]:-}) ]] || continue
        [[ $is_described || ${u_kind[i]} == service ]] || was_held_before "$key" || continue
        ;;
      *)
        [[ -z ${ruled_elsewhere[$key]:-} ]] || continue
        # A rollback leads to where the runs before were.
        [[ $1 == copied || $is_described || ${u_kind[i]} == service || $command != uninstall ]] || was_held_before "$key" || continue
        ;;
    esac
    own_keys[$key]=1
    [[ ${u_kind[i]} != ruled || ${u_record[i]} != held ]] || is_oldest_copy || held_keys[$key]=1
  done
}

# What the runs before still had goes with this one; a line by that name that comes later is of others.
was_held_before() { # SERVICE
  local escaped
  escape "$1"
  [[ $held_before == *$'\n'"ruled $escaped"$'\n'* ]]
}

# Before the first cluster there was none, whose lines could stand in the kept copy: it may have been handed over by that one.
is_oldest_copy() {
  local file
  for file in ${table_files[@]+"${table_files[@]}"}; do
    ((10#${rank_of["rules $file"]:-0} == 0)) || return 1
  done
}

# The pages of other directors say what they describe.
load_ruled_elsewhere() { # -> ${ruled_elsewhere[@]}
  local key
  load_claimants
  for key in ${claimants[@]+"${!claimants[@]}"}; do ruled_elsewhere[$key]=1; done
}

rules_holds() { # INDEX, added to $keys
  local key escaped
  local -a text_lines=()
  services_in "${r_text[$1]}"
  for key in ${text_lines[@]+"${text_lines[@]}"}; do
    escape "$key"
    keys+="ruled $escaped"$'\n'
  done
}

# What another cluster wrote there just so is taken over as well: that one may go first.
is_taken_over() { # FILE, with $text
  local key escaped
  local -a text_lines=()
  local -A ruled_elsewhere=()
  load_ruled_elsewhere
  ((${#ruled_elsewhere[@]})) || return 0
  load_roles
  escape "$1"
  [[ ${roles_with["rules $escaped"]:-} != *" $cluster/$role "* ]] || return 0
  services_in "$text"
  for key in ${text_lines[@]+"${text_lines[@]}"}; do [[ -z ${ruled_elsewhere[$key]:-} ]] || return 1; done
}

# Before they are written.
journal_ruled() { # with ${own_keys[@]}
  local key record
  local -a records=()
  local -A ruled_elsewhere=()
  load_ruled_elsewhere
  for key in ${own_keys[@]+"${!own_keys[@]}"}; do
    record=''
    [[ -z ${ruled_elsewhere[$key]:-} ]] || record=held
    journaled ruled "$key" || records+=(ruled "$key" "$record")
  done
  ((${#records[@]} == 0)) || journal "${records[@]}" # never empty
}

# The file as it was before the first cluster is the next one's to give back.
rules_rest() { # FILE RECORD
  local escaped other holder='' next='' theirs
  local -a words
  load_roles
  escape "$1"
  split_words "${roles_with["rules $escaped"]:-}"
  for other in ${words[@]+"${words[@]}"}; do
    theirs=${rank_with["rules $escaped $other"]}
    if [[ $other == "$cluster/$role" ]] || { [[ $next ]] && ((10#$theirs >= 10#$next)); }; then continue; fi
    next=$theirs holder=$state_home/$other
  done
  [[ $holder ]] || find_claimant "$1"
  [[ -z $holder ]] || hand_over rules "$1" "$2"
}

# An apply that was ended early has said which services are its own, and has no record of what it was to write: they stay for it, and so
# it is the one that takes them out.
find_claimant() { # FILE -> $holder
  local content key
  local -a line_keys=()
  walk "$root$1" last && read_found || return 0
  load_claimants
  rule_keys "$content"
  for key in "${line_keys[@]}"; do # never empty
    [[ -z $key || -z ${claimants[$key]:-} ]] || { holder=${claimants[$key]} && return 0; }
  done
}

# The pages of other directors say which services are their own.
declare -A claimants=() # SERVICE -> state directory of a director that says so
claimants_are_read=''

load_claimants() {
  local file line unescaped
  [[ -z $claimants_are_read ]] || return 0
  claimants_are_read=1
  for file in "$state_home"/*/"$role"/holds; do
    [[ -f $file && $file != "$state_dir/holds" ]] || continue
    while IFS= read -r line; do
      [[ $line == 'ruled '* ]] || continue
      unescape "${line#ruled }"
      claimants[$unescaped]=${file%/holds}
    done <"$file"
  done
}

ruled_rest() { # SERVICE RECORD -> $holder
  load_claimants
  [[ ${claimants[$1]:-} ]] && ! has_one "${claimants[$1]}" ruled "$1" || return 0
  holder=${claimants[$1]}
  hand_over ruled "$1" "$2"
}

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

# ---- who is out of rotation ----------------------------------------------------------------------------------------

# The page that says so is state like any other.
kind drained recorded page settles

real_servers=() # `NAME ADDRESS...` of the real servers that drain knows by name
drained=' '     # addresses out of rotation, between spaces
drained_names='' drained_are_read=''

real_server() { # NAME ADDRESS...
  real_servers+=("$*")
}

# Not by what only shows what this script holds.
read_drained() {
  local content='' entry name
  local -a words=()
  [[ $state_dir && -z $drained_are_read ]] || return 0
  drained_are_read=1
  named_real_servers
  read_text "$state_dir/drained" || return 0
  split_words "$content"
  for name in ${words[@]+"${words[@]}"}; do
    drained_names+=${drained_names:+ }$name
    for entry in ${real_servers[@]+"${real_servers[@]}"} "$name $name"; do
      [[ $entry != "$name "* ]] || drained+="${entry#* } "
    done
  done
}

# Weight 0 for real servers.
weigh_lines() { # TEXT "ADDRESS..." -> $exchanged
  local line weighted
  local -a text_lines=()
  local -A instead=()
  lines_at "$2" "$1"
  for line in ${text_lines[@]+"${text_lines[@]}"}; do
    with_weight "$line" 0
    instead[$line]=$weighted
  done
  exchange_lines "$1"
}

drained_probe() {
  local content=''
  read_text "$state_dir/drained" || :
  have=$content
}

drained_set() { # NAME TEXT
  if [[ $2 ]]; then replace_file "$state_dir/drained" 0600 "$2"; else run rm -f -- "$state_dir/drained"; fi
}

table_stands() {
  local have
  drained_probe
  have=${have//$'\n'/ }
  event drained servers "${have% }"
}

# ---- what else changes the table at a boot, or again and again ------------------------------------------------------------
#
# A host that was a director by hand has it in a script: `ipvsadm -C`, and then the rules. rc.local runs it, or a unit, or cron, after what
# brings lvsgen's table back. What clears the table is refused, and what sets a described service; services of others are their matter.

table_rivals() { # FILE that brings the table about
  local changers='' starters='' called='' is_kept=$1 first
  local -a services=() text_lines=()
  local -A calls=() orders=() started=()
  [[ $described_table ]] || is_kept=''
  load_described_table
  services_in "$described_table"
  services=(${text_lines[@]+"${text_lines[@]}"})
  # Of a long table each copy counts.
  [[ $is_kept ]] || described_table=''
  find_boot_scripts
  find_units
  find_cron
  first=${#starters}
  look_into "$starters"
  # What those start by name.
  look_into "${starters:first}"
  # Where keepalived is described its file is lvsgen's, or is taken over.
  [[ $watched_file ]] || look_into_daemon keepalived /etc/keepalived/keepalived.conf
  look_into_daemon ldirectord /etc/ha.d/ldirectord.cf /etc/ldirectord.cf
  read_called
  look_into "$called"
  [[ $changers ]] || return 0
  obstacle="the table is changed by others as well: ${changers%; }"
  obstacle+=$'\n'"Take it out there: a boot brings this table back without it. What starts services of others may stay, where it clears nothing."
  obstacle+=$'\n'"A line that is meant, or never runs, is left alone with the comment '# lvsgen: meant' behind it or on the line before."
}

table_lasting() { # -> ${lasting[@]}: nothing is taken away for it
  lasting=()
}

# rc.local, where systemd runs it; scripts of SysV that no unit stands for; what ifupdown and NetworkManager do for their interfaces.
find_boot_scripts() { # added to $starters
  local file link name script
  if ! is_masked_at_boot rc-local.service; then
    for file in /etc/rc.d/rc.local /etc/rc.local; do
      [[ ! -x $root$file ]] || { starts "$file" '' && break; }
    done
  fi
  for link in "$root"/etc/rc[2-5].d/S* "$root"/etc/rc.d/rc[2-5].d/S*; do
    name=${link##*/S??} script=/etc/init.d/${link##*/S??}
    [[ $name != @(ipvsadm|keepalived|ldirectord) && -x $root$script ]] || continue
    find_unit_file "$name.service" || starts "$script" ''
  done
  if ! is_masked_at_boot NetworkManager.service && ! is_masked_at_boot NetworkManager-dispatcher.service; then
    for file in "$root"/etc/NetworkManager/dispatcher.d/* "$root"/etc/NetworkManager/dispatcher.d/pre-up.d/*; do
      if [[ -x $file && $file != *@(/50-lvsgen-*|~|.bak|.rpmnew|.rpmorig|.rpmsave|.swp) ]]; then starts "${file#"$root"}" dispatcher; fi
    done
  fi
  runs_ifupdown || return 0
  # run-parts(8) takes no name with a point.
  for file in "$root"/etc/network/if-pre-up.d/* "$root"/etc/network/if-up.d/*; do
    if [[ -x $file && ${file##*/} != *.* ]]; then starts "${file#"$root"}" ''; fi
  done
  for file in "$root"/etc/network/interfaces "$root"/etc/network/interfaces.d/*; do
    starts "${file#"$root"}" interfaces
  done
}

# Its file stays where another program has taken the network over.
runs_ifupdown() {
  ! is_masked_at_boot networking.service && [[ ! -d $root/usr/sbin || -x $root/usr/sbin/ifup || -x $root/sbin/ifup ]]
}

# Cron passes over what editors and packages leave in its directories, and Debian's over every name with a point (cron(8)).
find_cron() { # added to $starters
  local file
  for file in "$root"/etc/cron.d/* "$root"/etc/cron.hourly/* "$root"/etc/cron.daily/* "$root"/etc/cron.weekly/* "$root"/etc/cron.monthly/*; do
    [[ $file != *@(~|.bak|.disabled|.dpkg-*|.rpmnew|.rpmorig|.rpmsave|.swp) ]] || continue
    [[ ! -e $root/etc/debian_version || ${file##*/} != *.* ]] || continue
    if [[ $file == */cron.d/* ]]; then starts "${file#"$root"}" cron; elif [[ -x $file ]]; then starts "${file#"$root"}" ''; fi
  done
  for file in /etc/crontab /var/spool/cron/root /var/spool/cron/crontabs/root; do starts "$file" cron; done
  starts /etc/anacrontab anacron
}

starts() { # FILE unit|cron|anacron|interfaces|dispatcher|'', added to $starters
  local content name=$1
  [[ -z $2 ]] || name+=$'\1'$2
  # What the kernel makes as it is read, and may keep whoever reads waiting, has no size.
  [[ -f $root$1 && -s $root$1 && -z ${started[$1]:-} ]] || return 0
  started[$1]=1
  if ! read_text "$root$1"; then
    # A shell passes over a NUL.
    [[ $content == '#!'* ]] || return 0
    content=$(tr -d '\0' <"$root$1" || :)
  fi
  starters+=$'\1'$name$'\n'$content$'\n'
}

# Scripts among the files that those name: what has `#!` and may be run, or stands behind the name of a shell; and rules that are loaded. No
# script of lvsgen's own, which says what it looks for; and none of a share, whose server may not answer.
read_called() { # with ${calls[@]} and ${orders[@]} -> $called
  local path how head mounted type
  local -a shares=()
  if [[ -z $root ]]; then
    while read -r _ mounted type _; do
      [[ $type != @(nfs*|cifs|smb*|ceph|glusterfs|fuse*|9p|autofs|lustre|gpfs|beegfs|ocfs2|gfs2) ]] || shares+=("$mounted")
    done </proc/self/mounts
  fi
  for path in ${calls[@]+"${!calls[@]}"}; do
    how=${calls[$path]%% *}
    [[ $path != @(/proc|/sys|/dev|/run)/* && $path != */@(ipvsadm|ipvsadm-save|ipvsadm-restore) ]] || continue
    [[ -z ${started[$path]:-} && " ${table_files[*]+"${table_files[*]}"} " != *" $path "* ]] || continue
    if lies_on_share "$path" || [[ ! -f $root$path || ! -r $root$path || ! -s $root$path ]]; then continue; fi
    [[ $how != word || -x $root$path ]] || continue
    head=''
    { IFS= read -r -d '' -n 1048576 head <"$root$path"; } 2>/dev/null || :
    [[ $how != word || $head == '#!'* ]] || continue
    [[ $head != *$'\nlvsgen_runtime='* ]] || continue
    called+=$'\1'"$path (${calls[$path]#* })"
    if [[ $how == rules ]]; then called+=$'\1'rules; elif [[ ${orders[$path]:-} ]]; then called+=$'\1'told${orders[$path]}; fi
    called+=$'\n'$head$'\n'
  done
}

lies_on_share() { # PATH, with ${shares[@]}
  local mounted
  for mounted in ${shares[@]+"${shares[@]}"}; do [[ $1 != "$mounted"/* ]] || return 0; done
  return 1
}

# -> added to $changers, with the first line of each file that changes the table; ${calls[PATH]}: `word|shell|rules FILE`, which names it, and
# ${orders[PATH]} what it is told to do
look_into() { # TEXTS, each behind U+0001 and its file's name
  local line path how answer
  local -a text_lines=()
  [[ $1 ]] || return 0
  whole_answer "$(table_changes "$1" || :)"
  split_lines "${answer%$'\n'}"
  for line in "${text_lines[@]}"; do # never empty
    case $line in
      'calls '*)
        line=${line#calls } path=${line%% *} line=${line#* } how=${line%% *}
        [[ $how != *,* ]] || orders[$path]+=" ${how#*,}"
        [[ ${calls[$path]:-word} != 'word'* ]] || calls[$path]="${how%,*} ${line#* }"
        ;;
      'starts '*)
        line=${line#starts } path=${line%% *}
        if find_unit_file "$path.service"; then unit_starts "$path"; elif [[ $path != @(ipvsadm|keepalived|ldirectord) ]]; then starts "/etc/init.d/$path" ''; fi
        ;;
      *' '*) changers+="$line; " ;;
    esac
  done
}

# What writes described services by a file of its own, where a boot starts it: the one takes back what the other sets.
look_into_daemon() { # NAME FILE...
  local link file content line name=$1 included head
  local -a text_lines=()
  for link in "$root"/etc/systemd/system/*.wants/"$1.service" "$root"/etc/systemd/system/*.requires/"$1.service"; do
    [[ ! -L $link ]] || break
  done
  if [[ ! -L $link ]] || ! find_unit_file "$1.service" || [[ ! -s $root$file ]]; then return 0; fi
  shift
  for file in "$@"; do
    # What lvsgen wrote goes with the apply that describes no health checks any more.
    if ! read_text "$root$file" || [[ $content == '# lvsgen-'* ]]; then continue; fi
    look_into_file "$file"
    [[ $name == keepalived ]] || continue
    split_lines "$content"
    for line in "${text_lines[@]}"; do # never empty
      [[ $line =~ ^[[:blank:]]*include[[:blank:]]+([^[:blank:]]+) ]] || continue
      line=${BASH_REMATCH[1]}
      [[ $line == /* ]] || line=/etc/keepalived/$line
      while IFS= read -r included; do
        [[ -f $included ]] || continue
        head=''
        { IFS= read -r -d '' -n 1048576 head <"$included"; } 2>/dev/null || :
        content=$head
        look_into_file "${included#"$root"}"
      done < <(compgen -G "$root$line" || :)
    done
  done
}

look_into_file() { # FILE, with its $content and its daemon's $name, added to $changers
  local answer
  whole_answer "$(described_by_daemon || :)"
  [[ -z $answer ]] || changers+="$1: ${answer%$'\n'}; "
  [[ $name != keepalived ]] || look_into $'\1'"$1"$'\1'"keepalived"$'\n'"$content"$'\n'
}

# ---- units that a boot starts, and may change the table ----------------------------------------------------------------------

# Units that a boot starts, by themselves or by a timer.
find_units() { # added to $starters
  local link name file content
  for link in "$root"/etc/systemd/system/*.wants/* "$root"/etc/systemd/system/*.requires/*; do
    name=${link##*/}
    [[ $name == *.@(service|timer) && $name != lvsgen-* ]] || continue
    # What these pull in, no boot does.
    [[ $link != */@(shutdown|reboot|halt|poweroff|kexec|*sleep|suspend|*hibernate|rescue|emergency|final).target.* ]] || continue
    if [[ $name == *.timer ]]; then
      ! is_masked_at_boot "$name" || continue
      if find_unit_file "$name" && read_text "$root$file" && [[ $'\n'$content =~ $'\n'[[:blank:]]*Unit[[:blank:]]*=[[:blank:]]*([^[:space:]]+[.]service) ]]; then
        name=${BASH_REMATCH[1]}
      fi
    fi
    name=${name%.*}
    [[ $name != *@* ]] || name=${name%%@*}@
    unit_starts "$name"
  done
}

# What a package brings for the table's own programs loads lvsgen's file, or is looked at by itself.
unit_starts() { # NAME, added to $starters
  local file dropped content resets=''
  local -a drops=()
  if [[ $1 == @(*/*|lvsgen-*) ]] || ! find_unit_file "$1.service" || is_masked_at_boot "$1.service"; then return 0; fi
  for dropped in "$root/etc/systemd/system/$1.service.d"/*.conf; do
    [[ ${dropped##*/} == lvsgen-* ]] || drops=("${dropped#"$root"}" ${drops[@]+"${drops[@]}"})
  done
  # An empty one takes back what stands before it: what comes last is read first.
  for dropped in ${drops[@]+"${drops[@]}"}; do
    starts "$dropped" "unit$resets"
    read_text "$root$dropped" || continue
    note_resets "$content"
  done
  [[ $1 == @(ipvsadm|keepalived|ldirectord) && $file != /etc/* ]] || starts "$file" "unit$resets"
}

note_resets() { # TEXT, added to $resets
  local key
  for key in ExecStart ExecStartPre ExecStartPost; do
    [[ ! $'\n'$1$'\n' =~ $'\n'[[:blank:]]*${key}[[:blank:]]*=[[:blank:]]*$'\n' ]] || resets+=" $key"
  done
}

# The one that counts; an empty one, or a link to /dev/null, is that of a unit that is masked.
find_unit_file() { # UNIT -> $file
  for file in etc/systemd/system usr/local/lib/systemd/system usr/lib/systemd/system lib/systemd/system; do
    file=/$file/$1
    [[ ! -e $root$file && ! -L $root$file ]] || return 0
  done
  return 1
}

# ---- scripts of others, as a shell reads them -----------------------------------------------------------------------------
#
# What counts is which words are a command: in quotes, comments and here-documents they are none, and behind `sh -c` they are again. The lines
# of a file are lines[1] to lines[last], and `at` is the one that is read; words of a command lie on a stack up to `top`: W as the shell has
# them, R with the names of variables, Q where they were quoted, L their lines.

# shellcheck disable=SC2016 # awk expands it
shell_awk='
  # Where that ends which begins there: a quote, `(`, `{` or a backtick; 0 where it does not, or lies deeper than anybody writes.
  function within(text, i,   e) { e = ++deep > 40 ? 0 : closing(text, i); deep--; return e }
  function closing(text, i,   opened, c, n, e, closed, has_heres) {
    opened = substr(text, i, 1)
    has_heres = opened == "(" && substr(text, i - 1, 1) != "("
    if (opened == "\047") return (n = index(substr(text, i + 1), "\047")) ? i + n : 0
    closed = opened == "(" ? ")" : opened == "{" ? "}" : opened
    n = length(text)
    for (i++; i <= n; i++) {
      c = substr(text, i, 1)
      if (c == "\\") i++
      else if (c == closed) return i
      else if (c == "<" && substr(text, i, 3) == "<<<") i += 2
      else if (c == "<" && has_heres && substr(text, i + 1, 1) == "<" && (e = here_end(text, i))) i = e
      else if (opened != "`" && (c == "`" || (c == "\"" || c == "\047") && opened != "\"" || (c == "(" || c == "{") && (c == opened || substr(text, i - 1, 1) == "$")) && !(i = within(text, i))) return 0
    }
    return 0
  }

  # The same of a quote with perhaps a `$` before it, in which a backslash counts.
  function end_of(text, i, has_dollar,   c, n) {
    if (!has_dollar || substr(text, i + 1, 1) != "\047") return closing(text, i + has_dollar)
    n = length(text)
    for (i += 2; i <= n; i++) {
      c = substr(text, i, 1)
      if (c == "\\") i++
      else if (c == "\047") return i
    }
    return 0
  }

  # What stands for a `$` that is there, as got_w and got_r. Returns where it ends.
  function dollar(text, i, line,   c, e, name, rest) {
    c = substr(text, i + 1, 1)
    if (c == "(" || c == "{") {
      if (!(e = closing(text, i + 1))) e = length(text) + 1
      rest = substr(text, i + 2, e - i - 2)
      if (c == "(") {
        if (rest !~ /^\(/) nested(rest, line)
        got_w = got_r = "$(" rest ")"
        return e
      }
      name = rest
      sub(/[^A-Za-z0-9_].*/, "", name)
      rest = substr(rest, length(name) + 1)
      got_w = got_r = "${" name rest "}"
      if (name != "" && (rest == "" || rest ~ /^:?[-=]/)) {
        if (name in value) got_w = value[name]
        else if (rest != "" && rest !~ /[$`"\047\\]/) { got_w = rest; sub(/^:?[-=]/, "", got_w) }
      }
      return e
    }
    if (!match(substr(text, i + 1, 99), /^([A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])/)) { got_w = got_r = "$"; return i }
    name = substr(text, i + 1, RLENGTH)
    e = i + RLENGTH
    got_r = "$" name
    got_w = name in value ? value[name] : got_r
    return e
  }

  # What stands in double quotes, as got_w and got_r; what it runs is run.
  function quoted(text, line,   w, r, i, e, c) {
    w = r = ""
    while (match(text, /[\\$`]/)) {
      w = w substr(text, 1, RSTART - 1)
      r = r substr(text, 1, RSTART - 1)
      i = RSTART
      c = substr(text, i, 1)
      if (c == "\\") {
        e = i + 1
        c = substr(text, e, 1)
        # The end of a line stays, so that lines of what is read again are counted.
        if (c !~ /[\\$`"]/) c = "\\" c
        w = w c
        r = r c
      } else if (c == "$") {
        e = dollar(text, i, line)
        w = w got_w
        r = r got_r
      } else {
        if (!(e = closing(text, i))) e = length(text)
        nested(substr(text, i + 1, e - i - 1), line)
      }
      text = substr(text, e + 1)
    }
    got_w = w text
    got_r = r text
  }

  # Reads a text that begins at a line; one of a file goes on in its next ones, where a quote does.
  function shell(text, line, is_file,   i, n, c, d, e, w, r, has, is_quoted, base, before, from, redirected, is_test, word_line, closed, tried, more_text) {
    base = top
    n = length(text)
    for (i = 1; i <= n + 1 && !ended; i++) {
      c = i > n ? "\n" : substr(text, i, 1)
      if (!has) word_line = line
      if (c !~ /[ \t\r\n\\"\047`$;&|()<>#]/ || (c == "#" && has)) {
        match(substr(text, i, 200), /^.[^ \t\r\n\\"\047`$;&|()<>]*/)
        w = w substr(text, i, RLENGTH)
        r = r substr(text, i, RLENGTH)
        has = 1
        i += RLENGTH - 1
        continue
      }
      if (c == "\\" && i < n && substr(text, i + 1, 1) != "\n") {
        w = w substr(text, ++i, 1)
        r = r substr(text, i, 1)
        has = is_quoted = 1
        continue
      }
      if (c == "\\") {
        if (i == n && is_file && at < last) { text = text "\n" lines[++at]; n = length(text) }
        i++
        line++
        continue
      }
      if (c ~ /["\047`]/ || (c == "$" && substr(text, i + 1, 1) ~ /[({"\047]/)) {
        d = c == "$"
        before = text
        from = at
        closed = substr(text, i + d, 1)
        closed = closed == "(" ? ")" : closed == "{" ? "}" : closed
        for (tried = 0; !(e = end_of(text, i, d)) && is_file && tried < 100 && vain < 200 && (more_text = grown(text, closed, d)) != ""; tried++) text = more_text
        # One that is never closed is none.
        if (!e) { vain += tried; text = before; at = from; e = length(text) + 1 }
        n = length(text)
        before = substr(text, i + 1 + d, e - i - 1 - d)
        c = substr(text, i + d, 1)
        if (c == "(" || c == "{") dollar(text, i, line)
        else if (c == "\"") { quoted(before, line); is_quoted = 1 }
        else { got_w = got_r = before; is_quoted = 1 }
        if (c == "`") { is_quoted = 0; nested(before, line); got_w = got_r = "$(" before ")" }
        w = w got_w
        r = r got_r
        has = 1
        line += gsub(/\n/, "\n", before)
        i = e
        continue
      }
      if (c == "$") {
        i = dollar(text, i, line)
        w = w got_w
        r = r got_r
        has = 1
        continue
      }
      d = substr(text, i + 1, 1)
      if ((c == "<" || c == ">") && has && r ~ /^[0-9]$/ && !is_quoted) has = 0
      if (c == "(" && has && (r ~ /=$/ || (d != ")" && r ~ /[@?*+!]$/))) {
        if (!(i = closing(text, i))) i = n
        continue
      }
      if (has) {
        if (redirected != "") { if (redirected == "<") input = w }
        else { top++; W[top] = w; R[top] = r; Q[top] = is_quoted; L[top] = word_line }
        if (w ~ /^(\[\[|\]\])$/) is_test = w == "[["
        redirected = ""
      }
      w = r = ""
      has = is_quoted = 0
      if (c == " " || c == "\t" || c == "\r") continue
      if (c == "#") {
        if (!(e = index(substr(text, i), "\n"))) e = n - i + 2
        i += e - 2
        continue
      }
      if (is_test && c != "\n" && c != ";") {
        if (c == d && c ~ /[|&]/) { i++; top++; W[top] = R[top] = c == "|" ? "-o" : "-a"; Q[top] = 0; L[top] = line }
        continue
      }
      if (c == "<" || c == ">" || (c == "&" && d == ">")) {
        if (d == "(" && c != "&") {
          if (!(e = closing(text, i + 1))) e = n + 1
          nested(substr(text, i + 2, e - i - 2), line)
          i = e
          continue
        }
        if (c == "<" && d == "<" && substr(text, i + 2, 1) != "<") { i += begin_here(substr(text, i + 2)) + 1; continue }
        redirected = c == "<" && d !~ /[<&]/ ? "<" : ">"
        while (substr(text, i + 1, 1) ~ /[<>&|]/) i++
        continue
      }
      if (c == "(") {
        if (d == "(") { if (!(i = closing(text, i))) i = n; continue }
        if (match(substr(text, i, 20), /^\([ \t]*\)/) && top > base) {
          awaited = R[top--]
          if (top > base && R[top] == "function") top--
          i += RLENGTH - 1
          continue
        }
        finish(base, c)
        if (kind[depth] != "case" || state[depth] != "pattern") push("(")
        continue
      }
      if (c == ";" && (d == ";" || d == "&")) { c = ";;"; i++ }
      if (c == "&" && d == "&" || c == "|" && d == "|") { c = c d; i++ }
      finish(base, c)
      if (c == ")" && kind[depth] == "(") depth--
      if (c == "\n") {
        if (is_file && i > n) { read_here(); feeds = "" }
        else if (!is_file && heres > heres_from) {
          e = skip_here(text, i, line)
          before = substr(text, i + 1, e - i)
          line += gsub(/\n/, "\n", before)
          i = e
        }
        line++
      }
    }
    top = base
  }
'

# ---- here-documents of scripts, and quotes of several lines ------------------------------------------------------------------
#
# What has been begun lies in here[1] to here[heres], with whether tabs before its end count for nothing; where a text is read within another,
# its own come behind heres_from.

# shellcheck disable=SC2016 # awk expands it
here_awk='
  # A text of the file, which has a quote that is still open, with the lines up to the next that may end it; empty where none may. How long it
  # may become is limited, but for a single quote, whose end is found at once.
  function grown(text, closed, has_dollar,   to, part) {
    if (length(text) > 65536 && (closed != "\047" || has_dollar)) return ""
    for (to = at + 1; to <= last && !index(lines[to], closed); to++) { }
    if (to > last) return ""
    while (at < to) {
      part = part "\n" lines[++at]
      if (length(part) > 4096) { text = text part; part = "" }
    }
    return text part
  }

  # The word behind `<<`. Returns how long it is.
  function begin_here(text,   word, long) {
    if (!match(text, /^-?[ \t]*(\\?[A-Za-z0-9_!%.][A-Za-z0-9_!%.-]*|"[A-Za-z0-9_!%. -]+"|\047[A-Za-z0-9_!%. -]+\047)/)) return 0
    word = substr(text, 1, RLENGTH)
    long = RLENGTH
    here_tabs[++heres] = sub(/^-/, "", word)
    sub(/^[ \t]*[\\"\047]?/, "", word)
    sub(/["\047]$/, "", word)
    here[heres] = word
    return long
  }

  # Where the body ends of one that begins there: behind the text where its end is to come yet, and 0 where none begins.
  function here_end(text, i,   ending) {
    if (!begin_here(substr(text, i + 2, 99))) return 0
    ending = here[heres]
    gsub(/[^A-Za-z0-9_]/, "[&]", ending)
    ending = "\n" (here_tabs[heres--] ? "\t*" : "") ending "\n"
    return match(substr(text, i) "\n", ending) ? i + RSTART + RLENGTH - 3 : length(text) + 1
  }

  # Bodies of here-documents: nobody runs them, but for what is given to a shell, or to ipvsadm as rules.
  function read_here(   k, i, j, line, body) {
    for (k = 1; k <= heres; k++) {
      for (j = at + 1; j <= last; j++) {
        line = lines[j]
        if (here_tabs[k]) sub(/^\t+/, "", line)
        if (line == here[k]) break
      }
      if (j > last) continue
      body = ""
      for (i = at + 1; i < j; i++) {
        if (feeds == "rules") rule_line(lines[i], i)
        body = body lines[i] "\n"
      }
      if (feeds == "shell") nested(body, at + 1)
      at = j
    }
    heres = 0
  }

  # The same within a text that is no file: from the end of the line that begins them. Returns where the last body ends.
  function skip_here(text, i, line,   k, j, e, one, body, has_end, rules, n) {
    for (k = heres_from + 1; k <= heres; k++) {
      body = ""
      has_end = 0
      for (j = i; j < length(text); ) {
        e = index(substr(text, j + 1), "\n")
        one = e ? substr(text, j + 1, e - 1) : substr(text, j + 1)
        j = e ? j + e : length(text) + 1
        if (here_tabs[k]) sub(/^\t+/, "", one)
        if (one == here[k]) { has_end = 1; break }
        body = body one "\n"
      }
      if (!has_end) continue
      if (feeds == "rules") { n = split(body, rules, "\n"); for (e = 1; e <= n; e++) rule_line(rules[e], line + e) }
      if (feeds == "shell") nested(body, line + 1)
      i = j
    }
    heres = heres_from
    feeds = ""
    return i
  }
'

# ---- blocks of a script: which of them a start does not take -----------------------------------------------------------------
#
# A boot does not take the branch `stop` of a script, nor its functions of such names, nor those that only these call.

# shellcheck disable=SC2016 # awk expands it
sections_awk='
  function push(what) {
    depth++
    kind[depth] = what
    off[depth] = guard
    of_function[depth] = what == "{" || what == "(" ? awaited : ""
    made[of_function[depth]] = 1
    again[depth] = tolower(of_function[depth]) ~ /restart|reload/ && orders !~ /restart|reload/
    state[depth] = asked[depth] = joined[depth] = pattern[depth] = subject[depth] = ""
    if (what == "{" || what == "(") awaited = ""
  }

  # To the nearest of that kind; what was left open within it ends as well.
  function pop(what,   d) {
    for (d = depth; d > 0; d--) if (kind[d] == what) { depth = d - 1; return }
  }

  function is_off(   d) {
    for (d = depth; d >= 0; d--) if (off[d]) return 1
    return guard
  }
  # The function that this stands in.
  function this_function(   d) {
    for (d = depth; d > 0; d--) if (of_function[d] != "") return of_function[d]
    return ""
  }
  function is_again(   d) {
    for (d = depth; d > 0; d--) if (again[d]) return 1
    return 0
  }
  function names_stop(name) {
    name = tolower(name)
    return name ~ /stop|down/ && name !~ /start/
  }

  # `stop` of whatever is asked; `down` and the like of what the script was told to do.
  function is_stop(word, of) {
    word = tolower(word)
    while (match(word, /\[[a-z]+\]/)) word = substr(word, 1, RSTART - 1) substr(word, RSTART + 1, 1) substr(word, RSTART + RLENGTH)
    gsub(/[*"\047]/, "", word)
    if (word ~ /start/ || (is_order(of) && index(orders, " " word " "))) return 0
    if (word ~ /(^|[_-])stop([_-]|$)/) return 1
    return is_order(of) && word ~ /(^|[_-])(clear|clean|cleanup|flush|reset|down|shutdown|teardown|del|delete|rm|remove|destroy|off|kill|disable|unload|uninstall)([_-]|$)/
  }
  function is_order(of) {
    gsub(/["\047{}]/, "", of)
    sub(/^[xX]?[$]/, "", of)
    sub(/(:?-|,,|\^\^).*/, "", of)
    return of == order_at "" || (of in ordered) || tolower(of) ~ /^(action|act|cmd|command|op|opt|operation|mode|method|arg|arg1|verb|todo|what)$/
  }

  # What a command asks: `stop` where it holds for a stop alone, `unless` where it fails for a stop alone, or `no`.
  function condition(i,   j, one, all, any) {
    if (W[i] !~ /^(\[|\[\[|test)$/) return "no"
    for (j = i + 1; j <= top; j++) {
      if (R[j] == "(") return "no"
      if (R[j] == "-a" || R[j] == "-o" || R[j] ~ /^\]\]?$/) {
        all = both(all, one)
        one = ""
        if (R[j] == "-o") { any = either(any, all); all = "" }
      } else if (R[j] ~ /^(=|==|!=|=~)$/ && j > i + 1 && j < top) one = R[j - 2] == "!" ? contrary(compared(j)) : compared(j)
      else if (one == "") one = "no"
    }
    return either(any, both(all, one))
  }
  function compared(j,   a, b, answer) {
    a = R[j - 1]
    b = R[j + 1]
    if (b ~ /[$]/) { a = R[j + 1]; b = R[j - 1] }
    sub(/^\^/, "", b)
    sub(/[$]$/, "", b)
    if (a ~ /^[xX.][$]/) { a = substr(a, 2); b = substr(b, 2) }
    if (a !~ /[$]/) return "no"
    answer = is_stop(b, a) ? "stop" : orders == "" && is_order(a) && tolower(b) == "start" ? "unless" : "no"
    return R[j] == "!=" ? contrary(answer) : answer
  }
  function contrary(answer) {
    return answer == "stop" ? "unless" : answer == "unless" ? "stop" : answer
  }
  function both(a, b) {
    if (a == "" || b == "") return a b
    return a == "stop" || b == "stop" ? "stop" : a == b ? a : "no"
  }
  function either(a, b) {
    if (a == "" || b == "") return a b
    return a == "unless" || b == "unless" ? "unless" : a == b ? a : "no"
  }

  # The patterns of a branch.
  function begin_branch(   words, n, i, has_stop, others) {
    n = split(pattern[depth], words, " ")
    for (i = 1; i <= n; i++) {
      if (is_stop(words[i], subject[depth])) has_stop = 1
      else if (words[i] ~ /^[*]$/ || tolower(words[i]) ~ /start/) others = 1
    }
    off[depth] = has_stop && !others
    again[depth] = pattern[depth] ~ /restart|reload/ && orders !~ /restart|reload/ && (" " pattern[depth]) !~ /[ "\047](start|[*])/
    pattern[depth] = ""
    state[depth] = "body"
  }

  # A command is whole: its words are those behind a place on the stack, and op is what ends it.
  function finish(base, op,   i, j, word, answer, is_not) {
    i = base + 1
    while (i <= top) {
      word = Q[i] ? "" : R[i]
      if (kind[depth] == "case" && state[depth] == "pattern") {
        if (word == "esac") { pop("case"); i++; continue }
        for (; i <= top; i++) pattern[depth] = pattern[depth] R[i] " "
      } else if (word == "if") { push("if"); state[depth] = "asks"; i++ }
      else if (word == "elif") { off[depth] = 0; state[depth] = "asks"; asked[depth] = joined[depth] = ""; i++ }
      else if (word == "then") { state[depth] = "then"; off[depth] = off[depth] || asked[depth] == "stop"; i++ }
      else if (word == "else") { off[depth] = asked[depth] == "unless"; i++ }
      else if (word == "fi") { pop("if"); i++ }
      else if (word == "do") { push("do"); i++ }
      else if (word == "done") { pop("do"); i++ }
      else if (word == "{") { push("{"); i++ }
      else if (word == "}") { pop("{"); i++ }
      else if (word == "esac") { pop("case"); i++ }
      else if (word == "while" || word == "until" || word == "time") i++
      else if (word == "!") { is_not = !is_not; i++ }
      else if (word == "function") { awaited = R[i + 1]; i += 2 }
      else if (word == "case" && R[i + 2] == "in") {
        push("case")
        subject[depth] = R[i + 1]
        state[depth] = "pattern"
        i += 3
      } else break
    }
    if (kind[depth] == "case" && state[depth] == "pattern") {
      if (op == ")" && pattern[depth] != "") begin_branch()
      top = base
      guard = 0
      return
    }
    if (i > top && op == "\n") { top = base; return }
    answer = "no"
    if (i <= top) {
      answer = condition(i)
      if (is_not) answer = contrary(answer)
      run(i, op)
    }
    if (kind[depth] == "if" && state[depth] == "asks") {
      if (i <= top) join_condition(answer)
      joined[depth] = op
    } else if (op == "&&") guard = guard || answer == "stop"
    else if (op == "||") guard = answer == "unless"
    else if (op != "|" && op != "(") guard = 0
    last_op = op
    last_answer = answer
    input = ""
    if (op == ";;" && kind[depth] == "case") { state[depth] = "pattern"; off[depth] = again[depth] = 0 }
    top = base
  }

  function join_condition(answer) {
    asked[depth] = joined[depth] == "&&" ? both(asked[depth], answer) : joined[depth] == "||" ? either(asked[depth], answer) : answer
  }

  # What is behind an `exit` of all but a stop is for a stop alone; where no block holds it, nothing is.
  function leave(i, op) {
    if (is_off() || nesting) return
    if (last_op == "||" && last_answer == "stop" || last_op == "&&" && last_answer == "unless") off[depth] = 1
    else if (kind[depth] == "if" && state[depth] == "then" && asked[depth] == "unless") off[depth - 1] = 1
    else if (W[i] == "exit" && only == "" && !depth && last_op ~ /^[\n;]$/ && op !~ /[&|]/ && lines[L[i]] ~ /^exit/) ended = 1
  }

  # A text within another: its blocks are its own.
  function nested(text, line,   at_depth, at_guard, at_op, at_name, at_input, at_feeds, from) {
    if (nesting > 8) return
    at_depth = depth; at_guard = guard; at_op = last_op; at_name = awaited; at_input = input; at_feeds = feeds
    # Here-documents that are begun within have their bodies there.
    from = heres_from
    heres_from = heres
    feeds = ""
    nesting++
    last_op = "\n"
    shell(text, line, 0)
    nesting--
    depth = at_depth; guard = at_guard; last_op = at_op; awaited = at_name; input = at_input; feeds = at_feeds
    heres = heres_from
    heres_from = from
  }
'

# ---- what a command of a script does to the table ----------------------------------------------------------------------------

# shellcheck disable=SC2016 # awk expands it
commands_awk='
  BEGIN {
    # Options with a value, of what runs the command behind it; and how many words more it takes.
    takes["sudo"] = "[ugpCDhrtTRU]"; takes["doas"] = "[uC]"; takes["nice"] = "n"; takes["ionice"] = "[cn]"; takes["timeout"] = "[ks]"
    takes["env"] = "[uC]"; takes["flock"] = "[wE]"; takes["exec"] = "a"; takes["stdbuf"] = "[ioe]"; takes["systemd-run"] = "[pEu]"
    takes["nohup"] = takes["setsid"] = takes["command"] = takes["builtin"] = takes["chronic"] = takes["daemon"] = takes["time"] = takes["busybox"] = ""
    takes["action"] = takes["chrt"] = takes["taskset"] = ""
    # What these have in hand, nothing runs here.
    n = split("tar cp mv rsync scp pscp rm rmdir mkdir touch ln chmod chown chgrp chattr setfacl restorecon cat tac less more head tail grep egrep fgrep sed awk gawk sort wc cut tr diff cmp dos2unix sha1sum sha224sum sha256sum sha384sum sha512sum md5sum cksum test [ [[ ls stat file vi vim echo printf logger find install dd gzip gunzip zip basename dirname readlink which true false : return ssh sshpass pssh docker podman nerdctl kubectl crictl nsenter lxc-attach machinectl ansible chroot ip pkill pgrep killall wget curl git", names, " ")
    for (i = 1; i <= n; i++) keeps[names[i]] = 1
    more["action"] = more["chrt"] = more["taskset"] = more["timeout"] = more["flock"] = 1
  }

  # What is said of a command, by the function that it stands in: it waits until it is known who calls that. What stands in none is "".
  function emit(what,   name) {
    if (is_off()) return
    name = this_function()
    if (name == "") print what
    else held[name] = held[name] what "\n"
  }
  function tell(what, line) {
    if (!is_off() && !(this_function() in guilty)) guilty[this_function()] = line " " what
  }
  function call(name,   from) {
    from = this_function()
    if (from != name) has_caller[name] = 1
    if (is_off() || (names_stop(name) && is_again())) return
    if (from == "") live[name] = 1
    else if (!index(" " calls_of[from], " " name " ")) calls_of[from] = calls_of[from] name " "
  }
  # Those that a start calls, and what these call. One that nobody calls may be called by another file, unless it is a stop.
  function settle(   name, names, n, i, has_more) {
    live[""] = 1
    for (name in made) if (!names_stop(name) && !(name in has_caller)) live[name] = 1
    do {
      has_more = 0
      for (name in live) {
        if (name in settled) continue
        settled[name] = 1
        if (name in held) printf "%s", held[name]
        n = split(calls_of[name], names, " ")
        for (i = 1; i <= n; i++) if (!(names[i] in live)) { live[names[i]] = 1; has_more = 1 }
      }
    } while (has_more)
  }
  # The first line that a list has of those.
  function earliest(list,   name, found) {
    for (name in live) if (name in list && (found == "" || list[name] + 0 < found + 0)) found = list[name]
    return found
  }

  function assign(word, raw,   name) {
    name = word
    sub(/[+]?=.*/, "", name)
    raw = substr(raw, index(raw, "=") + 1)
    word = substr(word, index(word, "=") + 1)
    if (raw ~ ("^[$][{]?[" order_at "@*]")) ordered[name] = 1
    if (raw ~ /(which|command[ \t]+-v|type[ \t]+-p)[ \t]+ipvsadm/) word = "ipvsadm"
    # One that is set in several ways is any of them.
    delete choices[name]
    if (word ~ /[$`]/ || ((depth > 0 || last_op == "&&" || last_op == "||") && name in value && value[name] != word)) delete value[name]
    else value[name] = word
  }

  function forget(i, end) {
    for (; i <= end; i++) { delete value[W[i]]; delete choices[W[i]] }
  }
  # The words of a loop, as they are written.
  function choose(i,   text) {
    forget(i + 1, i + 1)
    text = words_from(i + 3)
    if (R[i + 2] == "in" && text ~ /^[][A-Za-z0-9_.: -]+$/) choices[W[i + 1]] = text
  }

  # Where what a command runs begins.
  function behind(name, i) {
    while (i <= top) {
      if (W[i] ~ /^-/) {
        if (takes[name] != "" && W[i] ~ ("^-[A-Za-z]*" takes[name] "$")) i++
      } else if (name !~ /^(env|sudo|doas)$/ || W[i] !~ /^[A-Za-z_][A-Za-z0-9_]*=/) break
      i++
    }
    return i + more[name]
  }

  # What a command left behind on the stack is none of its words.
  function word_at(i) {
    return i > top ? "" : W[i]
  }
  function words_from(i,   text) {
    for (text = W[i++]; i <= top; i++) text = text " " W[i]
    return text
  }

  # What a name stands for as words of their own; a shell reads no quotes and no `;` in it.
  function spread(i,   parts, n, j) {
    sub(/^[ \t\n]+/, "", W[i])
    sub(/[ \t\n]+$/, "", W[i])
    if (!(n = split(W[i], parts, /[ \t\n]+/))) return
    for (j = top; j > i; j--) { W[j + n - 1] = W[j]; R[j + n - 1] = R[j]; Q[j + n - 1] = Q[j]; L[j + n - 1] = L[j] }
    top += n - 1
    for (j = n; j > 0; j--) { W[i + j - 1] = R[i + j - 1] = parts[j]; Q[i + j - 1] = 0; L[i + j - 1] = L[i] }
  }

  # The path of a word; empty where it is none.
  function path_of(word) {
    sub(/^--?[A-Za-z-]+=/, "", word)
    sub(/^~\//, "/root/", word)
    if (directory != "") sub(/^[.]\//, directory "/", word)
    return word ~ /^\/[^ \t\n$*?<>|&;(){}]+$/ ? word : ""
  }
  # With what it is told to do, where a start does something else; `-` where it is told nothing.
  function called(word, how, order) {
    if (how == "shell" && directory != "" && word ~ /^[A-Za-z0-9_]/) word = directory "/" word
    if (order ~ /^(restart|stop|reload|clear)$/) how = how "," order
    else if (order == "") how = how ",-"
    if ((word = path_of(word)) != "") emit("calls " word " " how " " file)
  }

  function run(i, op,   j, name, word) {
    if (L[i] in meant) return
    if (Q[i] == 0 && R[i] ~ /^(export|local|readonly|declare|typeset)$/) while (i < top && W[++i] ~ /^-/) { }
    while (i <= top && R[i] ~ /^[A-Za-z_][A-Za-z0-9_]*[+]?=/) { assign(W[i], R[i]); i++ }
    while (i <= top) {
      # A name for several words, or for none.
      if (W[i] ~ /[ \t\n]/ && R[i] ~ /^[$][{A-Za-z_]/ && W[i] !~ /[$`]/) spread(i)
      if (W[i] == "" && !Q[i]) { i++; continue }
      name = W[i]
      sub(/.*\//, "", name)
      if (!(name in takes)) break
      j = behind(name, i + 1)
      if (name == "exec" && j > top) return
      if (name == "command" && W[i + 1] ~ /^-[vV]/) return
      if (name == "flock" && W[j] == "-c") { nested(W[j + 1], L[j]); return }
      i = j
    }
    if (i > top) return
    if (name == "eval") { if (i < top) nested(words_from(i + 1), L[i]) }
    else if (name == "trap") { if (words_from(i) ~ / (EXIT|0)( |$)/) nested(W[i + 1], L[i]) }
    else if (name ~ /^((ba|da|a|k|z)?sh|su|runuser)$/) run_shell(i, name)
    else if (name == "." || name == "source") called(W[i + 1], "shell", word_at(i + 2))
    else if (name == "cd") { if (W[i + 1] ~ /^\//) directory = W[i + 1] }
    else if (name == "exit" || name == "return") leave(i, op)
    else if (name == "for" || name == "select") { choose(i); run_other(i, name) }
    else if (name == "read") { forget(i + 1, top); run_other(i, name) }
    else if (name == "ipvsadm-restore" || (tolower(name) == "ipvsadm" || tolower(R[i]) ~ /^[$][{]?ipvsadm[}]?$/)) run_ipvsadm(i, name)
    else if (name == "service" || name == "invoke-rc.d" || name == "systemctl") run_service(i, name)
    else run_other(i, name)
    piped = op == "|" && name == "cat" ? W[i + 1] : ""
  }

  function run_shell(i, name,   j) {
    for (j = i + 1; j <= top && W[j] ~ /^[-+]/; j++) {
      if (W[j] ~ /^-[a-z]*c$/ && name !~ /^(su|runuser)$/) { nested(W[j + 1], L[j + 1]); return }
      if (W[j] ~ /^[-+][a-z]*o$/) j++
    }
    if (name ~ /^(su|runuser)$/) {
      for (j = i + 1; j < top; j++) if (W[j] == "-c" || W[j] == "--command") nested(W[j + 1], L[j + 1])
    } else if (j <= top) called(W[j], "shell", word_at(j + 1))
    else if (input != "") called(input, "shell")
    else feeds = "shell"
  }

  function run_other(i, name) {
    if (R[i] ~ /^[A-Za-z_][A-Za-z0-9_.-]*$/) call(R[i])
    called(W[i], "word", word_at(i + 1))
    if (name in keeps) return
    for (i++; i <= top; i++) called(W[i], "word", word_at(i + 1))
  }

  function run_service(i, name,   j, verb) {
    for (j = i + 1; j <= top && W[j] ~ /^-/; j++) if (W[j] ~ /^(-[HMtpn]|--host|--machine)$/) return
    if (name == "systemctl") {
      verb = W[j]
      if (verb !~ /^((re)?start|reload-or-restart)$/) return
      for (j++; j <= top; j++) if (W[j] !~ /^-/) started(W[j])
    } else if (W[j + 1] ~ /^(re)?start$/) started(W[j])
  }
  function started(name) {
    sub(/[.]service$/, "", name)
    if (name ~ /^[A-Za-z0-9_.@-]+$/) emit("starts " name " " file)
  }

  function run_ipvsadm(i, name,   j, action, line) {
    line = L[i]
    if (name == "ipvsadm-restore" || W[i + 1] ~ /^(-R|--restore)$/) {
      feeds = "rules"
      if (input != "") called(input, "rules")
      else if (piped != "") called(piped, "rules")
      return
    }
    for (j = i + 1; j <= top; j++) if (W[j] ~ /^(-C|--clear)$/) { tell("ipvsadm -C", line); return }
    action = W[i + 1]
    if (action !~ /^(-[AEDaed][tuf]?|--(add|edit|delete)-(service|server))$/) return
    rule(i + 1, action, line)
  }
'

# ---- what a text of others does to the table ---------------------------------------------------------------------------------

# Prints `FILE:NUMBER WHAT` for the first line of each that clears the table or changes a described service, `calls PATH word|shell|rules[,ORDER] FILE`
# for each path in what is run, and `starts SERVICE FILE`. A name in place of an address is what the text sets it to, or else that of a
# described service where the same text has the service's address and port.
table_changes() { # TEXTS, each behind U+0001 and its file's name, with ${services[@]}
  {
    ((${#services[@]} == 0)) || printf '%s\n' "${services[@]}" # never empty
    printf '\n%s' "$1"
  } | awk "$rule_awk$shell_awk$here_awk$sections_awk$commands_awk"'
    !text && $0 == "" { text = 1; next }
    !text {
      own[$0] = 1
      address = $2
      if (match(address, /:[0-9]+$/)) { ports[$1 substr(address, RSTART)] = 1; sub(/:[0-9]+$/, "", address) }
      gsub(/^\[|\]$/, "", address)
      if ($1 == "-f") has_mark = 1
      else addresses[address] = 1
      next
    }
    /^\001/ { head = $0; read_file(); file = head; next }
    { lines[++last] = $0 }
    END { read_file(); print "\001" }

    function read_file(   found) {
      if (file != "") {
        begin_file()
        if (only == "rules") for (at = 1; at <= last; at++) rule_line(lines[at], at)
        else if (only != "" || is_script(lines[1])) for (at = 1; at <= last && !ended; at++) read_line(lines[at])
        settle()
        if ((found = earliest(guilty)) == "" && (found = earliest(perhaps)) != "" && !is_known()) found = ""
        if (found != "") print file ":" found by
      }
      last = 0
    }
    function begin_file() {
      file = substr(file, 2)
      only = by = resets = directory = awaited = input = piped = feeds = ""
      if (match(file, /\001/)) { only = substr(file, RSTART + 1); file = substr(file, 1, RSTART - 1) }
      if (match(only, / /)) { resets = substr(only, RSTART) " "; only = substr(only, 1, RSTART - 1) }
      orders = only == "told" ? resets : ""
      # NetworkManager says first of which interface.
      order_at = only == "dispatcher" ? 2 : 1
      if (only ~ /^(dispatcher|told)$/) only = ""
      if (match(file, / \(/)) { by = substr(file, RSTART); file = substr(file, 1, RSTART - 1) }
      ended = vain = deep = top = depth = guard = nesting = heres = heres_from = off[0] = 0
      last_op = "\n"
      split("", meant); split("", value); split("", ordered); split("", since)
      split("", made); split("", has_caller); split("", calls_of); split("", live); split("", settled); split("", held); split("", guilty); split("", perhaps); split("", choices)
      find_meant()
      # An empty one takes back what stands before it.
      if (only == "unit") for (at = 1; at <= last; at++) if (lines[at] ~ /^[ \t]*Exec[A-Za-z]+[ \t]*=[ \t]*$/) since[exec_key(lines[at])] = at
    }

    # What somebody wants as it is: a line with that comment behind it, or right before it.
    function find_meant(   i) {
      for (i = 1; i <= last; i++) {
        if (lines[i] ~ /(^|[ \t;])#[ \t]*lvsgen:[ \t]*meant/) {
          meant[i] = 1
          if (lines[i] ~ /^[ \t]*#/) meant[i + 1] = 1
        }
        if (i in meant && lines[i] ~ /\\$/) meant[i + 1] = 1
      }
    }

    # Of the languages of scripts that of a shell alone.
    function is_script(line) {
      return line !~ /^#!/ || line ~ /[\/ \t](ba|da|a|k|z)?sh([ \t\r]|$)/
    }

    function read_line(line,   key) {
      if (line ~ /^[ \t]*(#|$)/ || (length(line) > 16384 && !index(line, "ipvsadm"))) return
      if (only == "unit") {
        if (line ~ /^[ \t]*;/ || line !~ /^[ \t]*Exec(Start|StartPre|StartPost)[ \t]*=/) { skip_on(line); return }
        key = exec_key(line)
        sub(/^[ \t]*Exec[A-Za-z]*[ \t]*=[-@:+! \t]*/, "", line)
        if (index(resets, " " key " ") || at < since[key]) { skip_on(line); return }
      }
      if (only == "interfaces" && !sub(/^[ \t]*(pre-up|up|post-up)[ \t]+/, "", line)) { skip_on(line); return }
      # What keepalived runs is a line for a shell, in quotes or not.
      if (only == "keepalived") {
        if (line ~ /^[ \t]*notify_stop/ || !sub(/^[ \t]*(notify[a-z_]*|script|misc_path|quorum_up|quorum_down)[ \t]+/, "", line)) return
        line = "eval " line
      }
      if (only == "anacron" && !sub(/^[ \t]*(@[a-z]+|[0-9]+)[ \t]+[0-9]+[ \t]+[^ \t]+[ \t]+/, "", line)) return
      if (only == "cron") {
        if ((sub(/^[ \t]*@[a-z]+[ \t]+/, "", line) || sub(/^[ \t]*[0-9*][^ \t]*[ \t]+[^ \t]+[ \t]+[^ \t]+[ \t]+[^ \t]+[ \t]+[^ \t]+[ \t]+/, "", line)) &&
          file !~ /^\/var\//) sub(/^[a-z_][a-z0-9_-]*[ \t]+/, "", line)
      }
      shell(line, at, 1)
    }
    function exec_key(line) {
      sub(/[ \t]*=.*/, "", line)
      sub(/^[ \t]+/, "", line)
      return line
    }
    # The lines that a line goes on in.
    function skip_on(line) {
      while (line ~ /\\$/ && at < last) line = lines[++at]
    }

    function is_known(   i) {
      for (i = 1; i <= last; i++) if (lines[i] !~ /^[ \t]*#/ && names_address(lines[i])) return 1
      return 0
    }
    function names_address(line,   address, at, around) {
      if (line !~ /[0-9a-f][.:][0-9a-f]/) return 0
      for (address in addresses) {
        if (!(at = index(line, address))) continue
        around = substr(" " line, at, 1)
        if (around ~ /[0-9a-f.:]/) continue
        around = substr(line, at + length(address), 1)
        if (around !~ /[0-9a-f.:]/ || (around == ":" && address !~ /:/)) return 1
      }
      return 0
    }

    # A line of rules that are loaded.
    function rule_line(line, number,   key) {
      $0 = line
      if (/^-[Aa] / && (key = rule_key()) in own) tell("ipvsadm -a " key, number)
    }

    # The service of a rule whose words begin there; with the names of variables as it is shown.
    function rule(i, action, number,   shown, key, address, j, chosen) {
      $0 = joined_rule(R, i, action)
      shown = rule_key()
      $0 = joined_rule(W, i, action)
      key = rule_key()
      if (key == "") return
      action = "ipvsadm " substr(action, 1, action ~ /^--/ ? length(action) : 2) " "
      chosen = of_choice(key)
      if (chosen > 0) tell(action shown, number)
      if (chosen || key !~ /[$]/ || is_off() || this_function() in perhaps) return
      $0 = key
      address = $2
      if ($1 == "-f") { if (!has_mark) return }
      else {
        if (match(address, /:[0-9]+$/) && !(($1 substr(address, RSTART)) in ports)) return
        sub(/:[^:]*$/, "", address)
        gsub(/^\[|\]$/, "", address)
        if (address !~ /[$]/ && !(address in addresses)) return
      }
      perhaps[this_function()] = number " " action shown
    }
    # In a loop over words that are written there: 1 where one of them makes a described service, -1 where none does.
    function of_choice(key,   from, long, name, words, n, i, one, answer) {
      if (!match(key, /[$][{]?[A-Za-z_][A-Za-z0-9_]*[}]?/)) return key in own ? 1 : -1
      from = RSTART
      long = RLENGTH
      name = substr(key, from, long)
      gsub(/[${}]/, "", name)
      if (!(name in choices)) return 0
      n = split(choices[name], words, " ")
      answer = -1
      for (i = 1; i <= n; i++) {
        one = of_choice(substr(key, 1, from - 1) words[i] substr(key, from + long))
        if (one > 0) return 1
        if (!one) answer = 0
      }
      return answer
    }
    function joined_rule(words, i, action,   text) {
      text = action ~ /^-[A-Za-z][tuf]$/ ? "-A -" substr(action, 3) : "-A"
      for (i++; i <= top; i++) text = text " " words[i]
      return text
    }'
}

# Prints the first described service that a file of keepalived or ldirectord has, or what flushes the table at its start. (keepalived.conf(5),
# ldirectord(8))
described_by_daemon() { # with $content and ${services[@]}
  {
    ((${#services[@]} == 0)) || printf '%s\n' "${services[@]}" # never empty
    printf '\n%s\n' "$content"
  } | awk '
    !text && $0 == "" { text = 1; next }
    !text { own[$0] = 1; next }
    $1 == "lvs_flush" && !told { print $1; told = 1 }
    $1 == "virtual_server" {
      sub(/[{].*/, "")
      if ($2 == "fwmark") tell("virtual_server ", "-f " $3)
      else if ($2 != "group") tell("virtual_server ", ($2 ~ /:/ ? "[" $2 "]:" : $2 ":") $3)
    }
    $1 == "virtual_server_group" { group = 1 }
    group && $1 == "fwmark" { tell("virtual_server_group ", "-f " $2) }
    group && $1 ~ /^[0-9a-f.:]+$/ { tell("virtual_server_group ", ($1 ~ /:/ ? "[" $1 "]:" : $1 ":") $2) }
    /\}/ { group = 0 }
    /^[ \t]*virtual[ \t]*=/ {
      key = $0
      sub(/^[^=]*=[ \t]*/, "", key)
      sub(/[ \t#].*/, "", key)
      tell("virtual=", key ~ /^[0-9]+$/ ? "-f " key : key)
    }
    END { print "\001" }

    function tell(word, key) {
      if (told || !(key in own || key " -6" in own || "-t " key in own || "-u " key in own || "--sctp-service " key in own)) return
      print word key
      told = 1
    }'
}

# ---- keepalived: that it runs, and by the file that is described -----------------------------------------------------
#
# The state is the mark of that file: `lvsgen-` and what its first line has behind it. A process of keepalived's has the mark for its name as
# soon as the file was read; releases that cannot name it are known by what was last started or reloaded. A file that was written since
# then is not in force, whatever its mark: a hand leaves the first line as it is.

kind keepalived last stale='unit service address'

watched_file='' watched_text='' # keepalived's file, and what is described of it, drains aside
checks_named='' checks_tested='' zero_weight=''
mark_page=/run/lvsgen-keepalived

keepalived_declare() { # FILE named|unnamed tested|untested keeps|raises [`sorry SERVICE SERVER` | `removes SERVICE`]..., the file from standard input
  local path=$1 text word weighed mark
  IFS= read -r -d '' text || :
  watched=keepalived.service watched_file=$path watched_text=$text
  checks_named=$2 checks_tested=$3 zero_weight=$4
  shift 4
  for word in "$@"; do
    case $word in
      'sorry '*) is_sorry[${word#sorry }]=1 ;;
      'removes '*) may_be_missing[${word#removes }]=1 ;;
    esac
  done
  read_drained
  if [[ $drained != ' ' ]]; then
    weigh_checks "$text" "$drained" ' '
    text=$weighed
  fi
  mark_of_checks "$text"
  paths+=("$root$path") units+=(keepalived.service)
  describe file "$path" 'file 0644 root root' "$text"
  describe unit keepalived.service 'enabled active'
  describe keepalived keepalived.service "$mark" "$text"
  describe_sync "$text"
}

# Directors alone tell each other of connections.
describe_sync() { # TEXT of keepalived's file
  local line interface='' id='' multicast=''
  [[ $1 == *$'\nvrrp_instance '* ]] || return 0
  while IFS= read -r line; do
    [[ $line != *' lvs_sync_daemon '* ]] || read -r _ interface _ _ id _ multicast <<<"$line"
  done <<<"$1"
  if [[ $interface ]]; then describe synced connections "$interface $id${multicast:+ $multicast}"; else describe synced connections off; fi
}

keepalived_probe() { # UNIT
  local name
  have=inactive
  health_decides || return 0
  have='another file'
  if [[ $checks_named == unnamed ]]; then
    ! { read -r name <"$mark_page"; } 2>/dev/null || [[ $name != lvsgen-* ]] || have=$name
  else
    name_of_process
  fi
  ! was_written_since || have='another file'
}

was_written_since() {
  [[ -e $mark_page && $watched_file -nt $mark_page ]]
}

name_of_process() { # with $state -> $have, where it has a mark
  local comm name
  for comm in /proc/[0-9]*/comm; do
    { read -r name <"$comm"; } 2>/dev/null || continue
    [[ $name == lvsgen-???????? ]] || continue
    have=$name
    [[ $name != "$state" ]] || return 0
  done
}

# By which file it ran before the new one was written.
keepalived_record() {
  local name have=$have
  if [[ $have == 'another file' && $checks_named == unnamed ]]; then
    ! { read -r name <"$mark_page"; } 2>/dev/null || [[ $name != lvsgen-* ]] || have=$name
  elif [[ $have == 'another file' ]]; then
    name_of_process
  fi
  record=$have
}

# What does not run reads its file when it starts; what runs is reloaded and never restarted, for it keeps its table and its role.
keepalived_set() { # UNIT STATE
  local state=$2 had record
  unset 'loaded[unit]'
  [[ $2 == lvsgen-* ]] || run rm -f -- "$mark_page" || return 1
  health_decides || return 0
  # It may have been started a moment ago.
  [[ $have != 'another file' || $2 != lvsgen-* || $checks_named == unnamed ]] || was_written_since || ! await_mark 3 || return 0
  keepalived_record
  had=$record
  # A service that is described no longer it takes out of the table itself, whoever is connected.
  [[ $command != apply ]] || let_leftovers_leave || return 1
  run systemctl reload -- "$1" || { failure+=$'\n'"See: journalctl -u $1 -b" && return 1; }
  if [[ $2 == lvsgen-* ]]; then write_mark "$2" || return 1; fi
  # Where the mark stays the same, or nobody but this run has written it, nothing tells when the file was read: it has a moment.
  if [[ $checks_named == unnamed || $had == "$2" ]]; then sleep 1; fi
  reload_limit
  await_mark "$limit" ||
    { failure="it did not take its file over within $limit s"$'\n'"See: journalctl -u $1 -b" && return 1; }
  await_still_table
}

write_mark() { # MARK
  replace_file "$mark_page" 0644 "$1"$'\n' || return 1
  # Where the clock was set back.
  [[ ! $watched_file -nt $mark_page ]] || run touch -r "$watched_file" -- "$mark_page"
}

# Whether it runs at all is the matter of its unit. What its start wrote down would be taken for that of another one's start.
keepalived_undone() { # UNIT RECORD
  local state=$2
  [[ $2 == lvsgen-* || ! -e $mark_page ]] || { have=$mark_page && return 1; }
  keepalived_probe "$1"
  [[ $have == inactive || $2 == inactive || $have == "$2" ]]
}

# An undo on a host that is described no longer knows it by the journal alone.
keepalived_facts() { # UNIT
  units+=("$1") watched=${watched:-$1}
}

keepalived_differs() { # with $have and $state
  case $have in
    inactive) printf 'does not run: the table is frozen, and nothing takes out who dies' ;;
    *) printf 'runs by %s, described: %s; systemctl reload keepalived' "$have" "$state" ;;
  esac
}

# Up to 2.2 a reload takes longer by the square of the number of real servers.
reload_limit() { # -> $limit, in seconds
  local line servers=0
  while IFS= read -r line; do
    [[ $line != '    real_server '* ]] || servers=$((servers + 1))
  done <<<"$watched_text"
  limit=$((10 + servers * servers / 2000000))
}

await_mark() { # SECONDS, with $state
  local have tenths
  for ((tenths = 0; tenths < $1 * 10; tenths++)); do
    keepalived_probe keepalived.service
    [[ $have != "$state" ]] || return 0
    sleep 0.1
  done
  return 1
}

# The mark is there before the kernel has everything; a busy machine may pause in between.
await_still_table() {
  local before now tries still=0
  before=$(ipvsadm -S -n 2>/dev/null) || return 0
  for ((tries = 0; tries < limit * 5 && still < 3; tries++)); do
    sleep 0.2
    now=$(ipvsadm -S -n 2>/dev/null) || return 0
    if [[ $now == "$before" ]]; then still=$((still + 1)); else still=0 before=$now; fi
  done
  unset 'loaded[service]'
}

# ---- keepalived's file: who is drained, the mark, and whether keepalived takes it -------------------------------------------

# Up to 2.1.5 weight 0 becomes 1: a check that always fails keeps it.
always_failing='        # Out of rotation: up to 2.1.5 keepalived makes weight 1 of 0.
        MISC_CHECK {
            misc_path /bin/false
        }'

# Weight 0 for those that are out, the described one for those that come back.
weigh_checks() { # TEXT OUT BACK, addresses between spaces -> $weighed, with its mark
  local line service='' server='' address='' dropped=0 sum plain mark
  local -a text_lines=() changed=()
  local -A weight_of_check=()
  weights_described
  split_lines "${1%$'\n'}"
  for line in "${text_lines[@]}"; do # never empty
    if ((dropped > 0)); then
      dropped=$((dropped - 1))
      continue
    fi
    case $line in
      'virtual_server '*) service=$line ;;
      '    real_server '*)
        server=${line#    real_server }
        address=${server%% *}
        ;;
      '        weight '*)
        if [[ $2 == *" $address "* && $line != '        weight 0' ]]; then
          line='        weight 0'
          [[ $zero_weight == keeps ]] || line+=$'\n'$always_failing
        elif [[ $3 == *" $address "* && ${weight_of_check["$service $server"]:-0} != 0 ]]; then
          [[ $line != '        weight 0' || $zero_weight == keeps ]] || dropped=4
          line="        weight ${weight_of_check["$service $server"]}"
        fi
        ;;
    esac
    changed+=("$line")
  done
  printf -v weighed '%s\n' "${changed[@]}" # never empty
  mark_of_checks "$weighed"
  plain=${weighed//"$mark"/lvsgen-00000000}
  sum_of_text "$plain" || return 1
  weighed=${plain//lvsgen-00000000/"lvsgen-${sum:0:8}"}
}

weights_described() { # -> $weight_of_check
  local line service='' server=''
  local -a text_lines=()
  split_lines "$watched_text"
  for line in "${text_lines[@]}"; do # never empty
    case $line in
      'virtual_server '*) service=$line ;;
      '    real_server '*) server=${line#    real_server } ;;
      '        weight '*) weight_of_check["$service $server"]=${line##* } ;;
    esac
  done
}

mark_of_checks() { # TEXT -> $mark
  mark=${1%%$'\n'*}
  mark=${mark#'# '}
}

# keepalived is asked before anything changes, where it is there already: at a reload a file that it does not take would end it.
keepalived_obstacle() { # UNIT, with $text
  local content=''
  [[ $mutating == yes && -z $root ]] || return 0
  ! read_text "$watched_file" || [[ $content != "$text" ]] || return 0
  test_file
  [[ $obstacle ]] || find_fatal_checks
}

test_file() { # with $text; sets $obstacle
  local said status=0 place=/run/lvsgen-keepalived-$$.conf
  [[ $checks_tested == tested ]] && command -v keepalived >/dev/null || return 0
  (umask 077 && printf '%s' "$text" >"$place") || { obstacle="$place cannot be written" && return 0; }
  said=$(keepalived --config-test --log-console --use-file="$place" 2>&1) || status=$?
  run rm -f -- "$place" || :
  # 2.1.5 says of a word that it does not know, and gives 0.
  [[ $status != 0 || $said == *'Unknown keyword'* ]] || return 0
  obstacle="keepalived does not take its file: ${said%%$'\n'*}"$'\n'"Is its release the one of the described platform? keepalived --version; bash $script show $watched_file"
}

# ---- a check that would take out all: asked before it is in force --------------------------------------------------------
#
# Every real server that fails its check is taken out, and a check that is wrong fails them all. Where clients are served now, and real
# servers take connections while none answers the described check, it is the check: the apply stops before anything is changed.

most_sampled=8 # of each service

# With $text; sets $obstacle.
find_fatal_checks() {
  local watched_text=$text key samples='' answering='' connecting='' one
  local -A asked_of=() former=()
  read_former_checks
  unset 'loaded[check]'
  load_checks
  load_services
  list_samples
  if [[ $samples ]]; then
    ask_together "$samples"
    for key in "${!asked_of[@]}"; do # never empty
      while IFS= read -r one; do
        [[ ! $one || $'\n'$answering != *$'\n'"$one"$'\n'* ]] || asked_of[$key]=''
      done <<<"${asked_of[$key]}"
      [[ ${asked_of[$key]} ]] || continue
      connect_together "${asked_of[$key]}"
      [[ -z $connecting || $obstacle ]] || say_fatal "$key"
    done
  fi
  unset 'loaded[check]'
}

# -> $former: what is asked now, by the file that is there
read_former_checks() {
  local content='' watched_text entry
  health_decides && read_text "$root$watched_file" || return 0
  watched_text=$content
  unset 'loaded[check]'
  load_checks
  for entry in ${checked[@]+"${checked[@]}"}; do former[$entry]="${check_of[$entry]} ${text_of_check[$entry]:-}"; done
}

# Of services that serve clients now and get another check. -> $samples, ${asked_of[@]} by service
list_samples() {
  local entry key count
  local -A count_of=()
  for entry in ${checked[@]+"${checked[@]}"}; do
    key=${entry% *}
    [[ ${service_of[$key]:-} == *' -w '[1-9]* && ${former[$entry]:-} != "${check_of[$entry]} ${text_of_check[$entry]:-}" ]] || continue
    # What cannot be asked from here may be right.
    [[ ${check_of[$entry]} == @(TCP_CHECK|HTTP_GET)' '* || (${check_of[$entry]} == 'SSL_GET '* && -x $(type -P curl)) ]] || continue
    live_weight "$key" "${entry##* }"
    [[ ${live:-0} != 0 ]] || continue
    count=$((${count_of[$key]:-0} + 1))
    count_of[$key]=$count
    ((count <= most_sampled)) || continue
    samples+=$entry$'\n' asked_of[$key]+=$entry$'\n'
  done
}

# Who takes a connection where clients go. -> $connecting
connect_together() { # ENTRIES
  local entry port answering=''
  local -A check_of_then=()
  while IFS= read -r entry; do
    [[ $entry ]] || continue
    port=${entry##*:} check_of_then[$entry]=${check_of[$entry]}
    # Behind a mark an entry has no port: that of the check.
    [[ $port != 0 ]] || { read -r _ port _ <<<"${check_of[$entry]}"; }
    check_of[$entry]="TCP_CHECK $port 2 1 - - -"
  done <<<"$1"
  ask_together "$1"
  connecting=$answering
  for entry in ${check_of_then[@]+"${!check_of_then[@]}"}; do check_of[$entry]=${check_of_then[$entry]}; done
}

say_fatal() { # KEY, with $connecting
  local entry type port status host path
  entry=${connecting%%$'\n'*}
  read -r type port _ _ status host path <<<"${check_of[$entry]}"
  obstacle="no real server of $1 answers its described check, though ${entry##* } takes connections: all would be out, and clients refused"
  if [[ $path == - ]]; then
    obstacle+=$'\n'"The check connects to port $port. Is that the right one? Mend \"check\" in the description, or the real servers."
  else
    [[ $host != - ]] || host=${entry##* }
    obstacle+=$'\n'"It asks port $port for $path of $host and wants $status${text_of_check[$entry]:+ with a text}. Ask it by hand from here; mend \"check\" in the description, or the real servers."
  fi
}

# ---- what verify proves of keepalived: the file on the disk is the one that runs, nobody of its processes is missing, and nobody else
# speaks with its router id

# Asked of what runs by the described file. With $text; fails with $failure.
keepalived_prove() { # UNIT
  local content='' tries missing strangers=''
  if ! read_text "$watched_file" || [[ $content != "$text" ]]; then
    failure="it runs by the described file, and $watched_file is another one by now: the next start or reload would take that"
    failure+=$'\n'"What was changed: bash $script check --diff. Apply writes the described one."
    return 1
  fi
  # One that has ended is started again at once.
  for tries in 1 2 3; do
    find_missing
    [[ $missing ]] || break
    sleep 1
  done
  if [[ $missing ]]; then
    failure="its unit is active, and $missing is not there"$'\n'"Why it ends: journalctl -u $1 -b. A start that reads everything anew: systemctl restart $1"
    return 1
  fi
  find_strangers
  [[ $strangers ]] || return 0
  failure="$strangers speaks VRRP with the router id of this cluster, and is no director of it"
  failure+=$'\n'"Two clusters with one number take the addresses from each other. Whose is it? Give one of them another routerId, and stop keepalived on all of its directors but one while it changes."
  return 1
}

# keepalived has a main process, which systemd has started, and a child for each of its tasks.
find_missing() { # -> $missing
  local file line pid name parent main='' checks='' children=0
  local -a found=()
  for file in /proc/[0-9]*/stat; do
    { IFS= read -r line <"$file"; } 2>/dev/null || continue
    [[ $line == *' (keepalived) '* || $line == *' (lvsgen-'????????') '* ]] || continue
    pid=${line%% *} name=${line#*\(} name=${name%\)*}
    read -r _ parent _ <<<"${line##*\) }"
    if [[ $parent == 1 ]]; then main=$pid; else found+=("$parent $name"); fi
  done
  for line in ${found[@]+"${found[@]}"}; do
    [[ ${line%% *} == "$main" ]] || continue
    children=$((children + 1))
    [[ $line != *' lvsgen-'* ]] || checks=1
  done
  missing=''
  if [[ -z $main ]]; then
    missing='its main process'
  elif [[ $checks_named == named && -z $checks ]]; then
    missing='the process of the health checks'
  elif [[ $checks_named == unnamed ]]; then
    ((children >= 2)) || missing='the process of the health checks, or that of VRRP,'
  elif [[ $text == *$'\nvrrp_instance '* ]]; then
    ((children >= 2)) || missing='the process of VRRP'
  fi
}

# In the last minutes: what is over is over.
find_strangers() { # -> $strangers
  local sender
  local -a words=()
  [[ $text == *$'\nvrrp_instance '* ]] || return 0
  load_senders -10min
  load_addresses
  split_words "$heard_from"
  for sender in ${words[@]+"${words[@]}"}; do
    [[ " ${peers[*]+"${peers[*]}"} " == *" $sender "* || ${address_of[$sender]:-} || $sender == fe80:* ]] || strangers+=${strangers:+, }$sender
  done
}

# ---- what keepalived knows and the table does not say: who is master since when, who is out, since when and why -----------

keepalived_tell() {
  [[ $watched && -z $root ]] && health_decides || return 0
  load_services
  if [[ $command == status ]]; then
    load_history
    tell_master
    tell_health every
  else
    tell_health down
  fi
}

tell_master() {
  local line instance='' state since address
  while IFS= read -r line; do
    case $line in
      'vrrp_instance '*)
        instance=${line#vrrp_instance } instance=${instance%% *}
        state=${vrrp_state[$instance]:-} since=${vrrp_since[$instance]:-}
        ;;
      '        '*' dev '*)
        [[ $instance ]] || continue
        # Where the journal does not go back so far the address tells.
        address=${line#"${line%%[! ]*}"} address=${address%%/*}
        [[ $state ]] || { [[ ${address_of[$address]:-} ]] && state=MASTER || state=BACKUP; }
        say "${bold}%s$plain  %s%s" "$(word_of_state "$state")" "$instance" "${since:+ since $since}"
        [[ -z $events ]] || event director instance "$instance" state "$(word_of_state "$state")" since "${since:-}"
        instance=''
        ;;
    esac
  done <<<"$watched_text"
}

word_of_state() { # STATE
  case $1 in
    MASTER) printf master ;;
    BACKUP) printf backup ;;
    *) printf fault ;;
  esac
}

# Who is out by a check is told, and is no difference.
tell_health() { # every|down
  local i line server wanted live health since why key history name in_brackets
  local -a text_lines
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    [[ ${r_kind[i]} == service ]] || continue
    key=${r_name[i]}
    name_in_journal "$key"
    split_lines "${r_state[i]}"
    for line in "${text_lines[@]}"; do # never empty
      [[ $line == '-a '* ]] || continue
      server=${line#* -r } server=${server%% *}
      wanted=${line#* -w } wanted=${wanted%%[!0-9]*}
      live_weight "$key" "$server"
      health_of
      [[ $1 == every || $health == @(down|sorry) ]] || continue
      history="$name $server"
      bracketed "$server"
      since=${failed_at[$history]:-} why=${failed_why[$in_brackets]:-}
      [[ $health == down || $since ]] || why=''
      tell_server
    done
  done
}

# -> $health, with $key, $server, $wanted and $live
health_of() {
  if [[ ${is_sorry["$key $server"]:-} ]]; then
    [[ ${live:-0} == 0 ]] && health=spare || health=sorry
  elif [[ $wanted == 0 ]]; then
    health=drained
  elif [[ ${live:-0} == 0 ]]; then
    health=down
  else
    health=up
  fi
}

tell_server() { # with what tell_health knows
  event health service "$key" server "$server" state "$health" weight "${live:-0}" failed "${since:-}" back "${back_at[$history]:-}" why "${why:-}"
  case $health in
    down) say "${yellow}down${plain}  %s" "$server of $key: it does not answer, and gets no clients${since:+; since $since}${why:+: $why}" ;;
    sorry) say "${yellow}sorry${plain}  %s" "$server of $key: it stands in, for no real server answers" ;;
    *) say "${dim}%s$plain  %s%s%s" "$health" "$server of $key" "${since:+; last failed $since}" "${back_at[$history]:+, back ${back_at[$history]}}" ;;
  esac
}

# `-t 192.168.80.188:80` is 192.168.80.188:80 there, `-f 7 -6` is FWM 7.
name_in_journal() { # KEY -> $name
  local rest=${1#-? }
  case $1 in
    '-f '*) name="FWM ${rest% -6}" ;;
    *) name=${1##* } ;;
  esac
}

bracketed() { # SERVER -> $in_brackets
  in_brackets=$1
  [[ $1 == \[* ]] || in_brackets="[${1%:*}]:${1##*:}"
}

# ---- the kernel's own thread that tells the other directors of connections ---------------------------------------------------
#
# keepalived starts and stops it when it starts, stops, or changes its role. A reload from 2.1 on leaves it as it is where the file has none any more,
# starts none where the file has one now, and only stops it where its interface or number changed (reload_vrrp_thread in vrrp_daemon.c):
# that is done here. The state is `INTERFACE ID`, `INTERFACE ID GROUP` where the group is none of IPv4, or `off`; its role is keepalived's.

kind synced look=again

sync_roles=() # of the threads that run

synced_probe() {
  local tries
  have=off
  ipvs_is_loaded && command -v ipvsadm >/dev/null || return 0
  # At a change of role one is stopped before the other is started.
  for tries in 1 2 3; do
    read_sync
    if [[ $have != off || $state == off ]] || ! health_decides; then break; fi
    sleep 0.2
  done
}

read_sync() { # -> $have, ${sync_roles[@]}
  local line said one=''
  sync_roles=() have=off
  said=$(ipvsadm -L --daemon) || cannot_read 'the sync of connections' 'ipvsadm -L --daemon'
  while IFS= read -r line; do
    [[ $line =~ ^(master|backup)\ sync\ daemon\ \(mcast=([^,]+),\ syncid=([0-9]+) ]] || continue
    one="${BASH_REMATCH[2]} ${BASH_REMATCH[3]}"
    sync_roles+=("${BASH_REMATCH[1]}")
    [[ ! $line =~ \ group=([0-9a-f:]*:[0-9a-f:]*) ]] || one+=" ${BASH_REMATCH[1]}"
    if [[ $have == off ]]; then have=$one; elif [[ $have != "$one" ]]; then have+=", $one"; fi
  done <<<"$said"
}

# It ends with keepalived: that keepalived does not run is the matter of its unit.
synced_same() {
  [[ $have == "$state" ]] || ! health_decides
}

synced_set() { # NAME STATE
  local state=$2 sync_role one tenths limit=50 interface id multicast
  local -a words
  unset 'loaded[unit]'
  # keepalived may be about to do it itself: started or reloaded a moment ago, it comes to that after its checks.
  for ((tenths = 0; tenths < limit; tenths++)); do
    read_sync
    [[ $have != "$state" ]] || return 0
    [[ $have == off ]] || limit=20
    sleep 0.1
  done
  which_role
  for one in ${sync_roles[@]+"${sync_roles[@]}"}; do
    run ipvsadm --stop-daemon "$one" || is_by_now off || return 1
  done
  [[ $state != off ]] || return 0
  read -r interface id multicast <<<"$state"
  words=(--mcast-interface "$interface" --syncid "$id")
  [[ -z $multicast ]] || words+=(--mcast-group "$multicast")
  run ipvsadm --start-daemon "$sync_role" "${words[@]}" || is_by_now "$state" || # never empty
    { failure+=$'\n'"A restart of keepalived does it too: systemctl restart keepalived.service" && return 1; }
}

# keepalived may have done it in the same moment.
is_by_now() { # STATE
  read_sync
  [[ $have == "$1" ]] && failure=''
}

# That of the thread there is, else that of the addresses. -> $sync_role
which_role() {
  local i
  sync_role=backup
  if ((${#sync_roles[@]})); then
    sync_role=${sync_roles[0]}
    return
  fi
  load_addresses
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    [[ ${r_kind[i]} != address || ${r_state[i]} != *' moves' || ! ${address_of[${r_name[i]}]:-} ]] || sync_role=master
  done
}

synced_undone() { # NAME RECORD
  local state=$2
  synced_probe
  [[ $have == "$state" ]]
}

synced_differs() { # with $have and $state
  printf 'is: %s; described: %s. A reload of keepalived leaves it so, apply does not' "$have" "$state"
}

# ---- timeouts of connections, for the whole host: `TCP TCPFIN UDP` in seconds, 0 leaves one as it is

kind timeouts boot

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

# ---- a service of the IPVS table: what a kind needs; service-edits.sh has what leads from one state to another

# Put back, it is looked at again after keepalived's last reload, which takes out what the file before it had, a service of a hand as well.
kind service brief look=again stale=service

service_probe() { # KEY
  load_services
  have=${service_of[$1]:-absent}
}

# Equal as sets where the order differs: ipvsadm's is none for addresses that lie far apart.
service_same() { # KEY
  local serves
  local -a only_had=() only_wanted=()
  if is_state_live; then return 0; fi
  local state=$state
  with_health "$1" now
  if is_state_live; then return 0; fi
  [[ ${#have} == "${#state}" && ${have%%$'\n'*} == "${state%%$'\n'*}" ]] || return 1
  set_apart "$have" "$state"
  ((${#only_had[@]} + ${#only_wanted[@]} == 0))
}

# Of a long text `==` needs seven copies, and this three.
is_state_live() { # with $have and $state
  [[ ! $have < $state && ! $have > $state ]]
}

declare -A leaves=() # by name: the index of its record

# An undo alone comes here: health is that of now, not that of then. Those that were written down one after the other go back with the
# first of them, in one ipvsadm: each alone, a table of a thousand would be read a thousand times.
service_set() { # KEY STATE
  local edits='' removals='' exchanges='' pauses='' paused='' state=$2 name
  local -a along=()
  with_health "$1" former
  service_edits "$1" "$have" "$state"
  leave_along "$1"
  edit_table || return 1
  for name in ${along[@]+"${along[@]}"}; do went_along["service $name"]=1; done
}

# Those that leave too, and lie next to it among the records. -> $edits and what goes with them; ${along[@]}: their names
leave_along() { # KEY
  local i at=${leaves[$1]:-} name have state
  [[ $at ]] || return 0
  for ((i = at - 1; i >= 0; i--)); do
    # (What was put back already has no kind any more.)
    [[ ${u_kind[i]} ]] || continue
    [[ ${u_kind[i]} == service ]] || break
    name=${u_name[i]} state=${u_record[i]}
    [[ ${leaves[$name]:-} && -z ${unwritten["service $name"]:-} ]] || continue
    leaves[$name]=''
    if service_undone "$name" "$state"; then continue; fi
    with_health "$name" former
    service_edits "$name" "$have" "$state"
    along+=("$name")
  done
}

service_undone() { # KEY RECORD
  local state=$2
  service_probe "$1"
  with_health "$1" former
  service_same "$1"
}

# ---- from one table to another: edits, drains, removals ----------------------------------------------

# What leads from one state of a service to another: appends lines for `ipvsadm -R` to $edits, and to
# $removals those that wait until the real server is drained; to $exchanges entries that have to go before they come
# (service-exchanges.sh). What is equal is not touched.
service_edits() { # KEY HAVE WANT
  local key=$1 line server head='' serves changing='' resting=''
  local -A old=()
  local -a order=() text_lines=() only_had=() only_wanted=()
  if [[ $3 == absent ]]; then
    [[ $2 != absent ]] || return 0
    split_lines "$2"
    for line in "${text_lines[@]}"; do [[ $line != '-a '* ]] || quiesce "$line"; done # never empty
    removals+="-D $key"$'\n'
    return 0
  fi
  if [[ $2 == absent ]]; then
    edits+=$3$'\n'
    return 0
  fi
  set_apart "$2" "$3"
  for line in ${only_had[@]+"${only_had[@]}"}; do
    if [[ $line == '-A '* ]]; then
      head=$line
    else
      server=${line#* -r } server=${server%% *}
      old[$server]=$line
      order+=("$server")
    fi
  done
  for line in ${only_wanted[@]+"${only_wanted[@]}"}; do
    if [[ $line == '-A '* ]]; then
      [[ $line == "$head" ]] || edits+="-E${line#-A}"$'\n'
      continue
    fi
    server=${line#* -r } server=${server%% *}
    if [[ ${old[$server]:-} ]] && needs_exchange "${old[$server]}" "$line"; then
      if [[ $line == *' -w 0'* ]]; then resting+=${old[$server]}$'\n'; else changing+=${old[$server]}$'\n'; fi
      exchanges+=$line$'\n' old[$server]=
      continue
    fi
    [[ $line == *' -w 0'* ]] || serves=1
    if [[ -z ${old[$server]:-} ]]; then
      edits+=$line$'\n'
    else
      [[ ${old[$server]} == "$line" ]] || edits+="-e${line#-a}"$'\n'
      old[$server]=
    fi
  done
  [[ -z $changing ]] || leave_to_others "$changing" "$serves"
  [[ -z $resting ]] || leave_to_others "$resting" 1
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

# What leaves gets no new connections, and time for those it has. Nothing is removed yet.
drain_first() {
  [[ $removals ]] && ((drain_seconds > 0)) || return 0
  [[ -z $edits ]] || restore_rules "$edits" || return 1
  await_drained "$removals" "end with the real server's removal"
}

# One ipvsadm carries all of it; where connections are waited for, a second one carries the removals. What is exchanged comes last.
edit_table() {
  if ((drain_seconds == 0)); then edits+=$removals removals=''; else edits+=$pauses; fi
  if [[ $edits ]]; then restore_rules "$edits" || return 1; fi
  if ((drain_seconds > 0)) && [[ $removals$paused ]]; then await_drained "$removals$paused" 'end by what comes now'; fi
  if [[ $removals ]]; then restore_rules "$removals" || return 1; fi
  [[ -z $exchanges ]] || exchange_entries "$exchanges"
}

# ipvsadm -R goes on after a line that the kernel refuses and tells only of the last: the caller reads
# the table again and compares.
restore_rules() { # LINES
  local said line
  local -a text_lines=()
  split_lines "${1%$'\n'}"
  for line in "${text_lines[@]}"; do log "run: ipvsadm -R: $line"; done # never empty
  said=$(printf '%s' "$1" | ipvsadm -R 2>&1) || failure="ipvsadm -R: ${said:-failed}"
  [[ -z $said ]] || log "ipvsadm: $said"
  unset 'loaded[service]'
  ipvs_is_loaded || { failure=${failure:-the kernel has no IPVS} && return 1; }
}

# Waits until no connection is left on them, for --drain seconds at most.
await_drained() { # LINES, and what becomes of connections that last longer
  local remaining=$drain_seconds active ending shown='' filled
  while ((remaining > 0)); do
    count_active "$1"
    ((active > 0)) || break
    if [[ -t 2 && -z $quiet && -z $json ]]; then
      { fill "draining: $active connection(s) left, $remaining s to wait" && printf '\r%s ' "$filled"; } >&2 || :
      shown=1
    elif ((remaining == drain_seconds || remaining % 10 == 0)); then
      [[ $quiet || $json ]] || complain "draining: $active connection(s) left, $remaining s to wait"
    fi
    event draining connections "$active" seconds_left "$remaining"
    sleep 1
    remaining=$((remaining - 1))
  done
  [[ -z $shown ]] || printf '\n' >&2 || :
  ((drain_seconds == 0 || remaining > 0)) || complain "$drain_seconds s are over: $active connection(s) ${2:-are left}"
}

# Active connections of the entries that `-d SERVICE -r SERVER` and `-D SERVICE` lines name.
count_active() { # LINES -> $active, and $ending: those that were closed a moment ago
  local answer
  whole_answer "$({
    printf '%s\n' "$1"
    ipvsadm -L -n 2>/dev/null || :
  } | awk "$table_awk"'
    /^-[dD] / { wanted[$0] = 1; next }
    listed_name() != "" { listed = listed_name() }
    $1 == "->" && ($5 $6) ~ /^[0-9]+$/ {
      if (("-D " listed) in wanted || ("-d " listed " -r " $2) in wanted) { active += $5; ending += $6 }
    }
    END { printf "%.0f %.0f\n\001\n", active, ending }' || :)"
  answer=${answer%$'\n'} active=${answer% *} ending=${answer#* }
}

# Described services that lie together are brought to their state together.
service_together() { # FIRST LAST
  local i have state servers edits='' removals='' exchanges='' pauses='' paused='' failed=0
  local -a changed=() records=()
  for ((i = $1; i <= $2; i++)); do
    state=${r_state[i]}
    if is_same service "${r_name[i]}"; then
      servers_of
      report ok service "${r_name[i]}" "$servers"
    elif [[ $mutating != yes ]]; then
      report pending service "${r_name[i]}" "$(change_of service "$have" "$state")"
      show_diff service "${r_name[i]}"
    else
      show_diff service "${r_name[i]}"
      changed+=("$i")
      with_health "${r_name[i]}" now
      with_answers "${r_name[i]}"
      service_edits "${r_name[i]}" "$have" "$state"
    fi
  done
  ((${#changed[@]})) || return 0
  failure='' lacking=1
  if begin_changes; then
    for i in "${changed[@]}"; do # never empty
      journaled service "${r_name[i]}" && continue
      service_probe "${r_name[i]}"
      records+=(service "${r_name[i]}" "$have")
    done
    if ((${#records[@]} == 0)) || journal "${records[@]}"; then edit_table || :; fi # never empty
  fi
  unset 'loaded[service]'
  for i in "${changed[@]}"; do # never empty
    state=${r_state[i]}
    if is_same service "${r_name[i]}"; then
      servers_of
      report changed service "${r_name[i]}" "$servers"
    else
      report failed service "${r_name[i]}" "${failure:-the kernel refused it: $(first_difference "$have" "$state")}"
      failed=1
    fi
  done
  return "$failed"
}

servers_of() { # with $state -> $servers, how many it has in words
  local one_line
  if ((${#state} < small_table)); then
    one_line=${state//$'\n'/}
    servers=$((${#state} - ${#one_line}))
  else
    servers=$(printf '%s\n' "$state" | wc -l) || cannot_read 'a table' wc
    servers=$((servers - 1))
  fi
  servers+=' real server(s)'
}

# Does the unit go that decides of health? (The journal of a host that is described no longer knows it too.) With services that are
# described no longer it does not, as long as it is described itself.
stops_deciding() {
  local i holder
  [[ $undoes_all ]] || is_leftover unit keepalived.service || return 1
  ! held_elsewhere 'unit keepalived.service' || return 1
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} != unit || ${u_name[i]} != keepalived.service || ${u_record[i]} != *' inactive'?(' '*) ]] || return 0
  done
  return 1
}

# Connections of real servers that go end while their address is still here. Where another director has it as soon as keepalived is
# stopped, that comes first: nobody is left at a table that takes no new connections.
service_leave() { # INDEX... of records
  local i have state edits='' removals='' exchanges='' pauses='' paused=''
  if stops_deciding; then
    run systemctl stop -- keepalived.service || return 1
    unset 'loaded[unit]' 'loaded[service]' 'loaded[address]'
  fi
  for i in "$@"; do
    state=${u_record[i]} leaves[${u_name[i]}]=$i
    service_probe "${u_name[i]}"
    with_health "${u_name[i]}" former
    [[ $have == "$state" ]] || service_edits "${u_name[i]}" "$have" "$state"
  done
  drain_first
}

# ---- an entry that goes over to dr: it is taken out and put in again ------------------------------------------------------
#
# A connection keeps the method that it began with, and shares with its real server's entry the route that the kernel has found
# (dest_dst in ip_vs_xmit.c). One of tun or nat that goes on finds a route without the next hop that those of dr need: the director then
# asks the segment who has the virtual address, and gives up. Edited in place, or found anew (ip route flush cache), it is a matter of
# who sends first. Out of the table, an entry lets go of its connections (expire_nodest_conn); put in again at once it is the same, with
# the connections that are left.

needs_exchange() { # HAD WANTED
  [[ $2 == *' -g '* && $1 != *' -g '* ]]
}

# Where others take new connections meanwhile, those that are there have the time of a drain. Else they make way at once: who keeps them
# keeps the new ones out. Appends to $pauses, and to $paused as count_active takes them.
leave_to_others() { # LINES, as they are; whether others serve
  local line server edits='' weight
  while IFS= read -r line; do
    weight=${line#* -w } weight=${weight%%[!0-9]*}
    [[ $2 || $weight == 0 ]] || continue
    quiesce "$line"
    server=${line#* -r }
    line=${line#-a } paused+="-d ${line%% -r *} -r ${server%% *}"$'\n'
  done <<<"${1%$'\n'}"
  pauses+=$edits
}

out_for_now='' # while entries are out of the table, or in it with weight 0: what brings them in as they are to be

# However the run ends: a service without real servers refuses its clients.
enter_again() {
  [[ -z $out_for_now ]] || restore_rules "$out_for_now"
}

exchange_entries() { # LINES, as they are to be
  local line key server pause weighted out='' back='' edits='' active ending
  while IFS= read -r line; do
    key=${line#-a } key=${key%% -r *}
    server=${line#* -r } server=${server%% *}
    out+="-d $key -r $server"$'\n'
    with_weight "$line" 0
    back+=$weighted$'\n'
    edits+="-e${line#-a}"$'\n'
  done <<<"${1%$'\n'}"
  finally enter_again
  # (An entry that is there is refused, and given its weight by the second.)
  out_for_now=${1%$'\n'}$'\n'$edits
  # From Linux 5.9 on they end at once, before that with their next packet.
  for pause in 0.2 1 2; do
    restore_rules "$out" || return 1
    sleep "$pause"
    restore_rules "$back" || return 1
    count_active "$out"
    ((active + ending > 0)) || break
  done
  ((active + ending == 0)) ||
    complain "$((active + ending)) connection(s) of the former way of forwarding are left; where clients get \"no route to host\": ip route flush cache"
  # keepalived may have put them in meanwhile, as they were.
  restore_rules "$edits" || return 1
  out_for_now=''
}

# ---- what is said of the table: differences, and all of it ---------------------------------------------------------

# The first entry that is not as described, both ways.
service_differs() { # with $have and $state
  local line wanted serves
  local -a only_had=() only_wanted=()
  if [[ $have == absent ]]; then
    printf 'is not in the table'
    return
  fi
  set_apart "$have" "$state"
  wanted=${only_wanted[0]:-an entry more than described}
  for line in ${only_had[@]+"${only_had[@]}"}; do
    [[ $line != "${wanted%% -w *} -w "* && ($line != '-A '* || $wanted != '-A '*) ]] || printf 'is: %s; ' "$line"
  done
  printf 'described: %s' "$wanted"
}

first_difference() { # HAVE WANT
  local serves
  local -a only_had=() only_wanted=()
  set_apart "$1" "$2"
  printf '%s' "${only_wanted[0]:-an entry more than described}"
}

# What is in the table and not lvsgen's is left alone, and told. What an apply takes out was told before.
service_tell() {
  local key i
  local -a others=()
  local -A leftovers=()
  if [[ $command == status ]]; then
    show_table
    return
  fi
  [[ -z $only && -z $root ]] || return 0
  load_services
  for key in ${live_services[@]+"${live_services[@]}"}; do
    [[ ${described["service $key"]:-} ]] || others+=("$key")
  done
  ((${#others[@]})) || return 0
  for ((i = 0; i < ${#u_kind[@]}; i++)); do [[ ${u_kind[i]} != service ]] || leftovers[${u_name[i]}]=1; done
  for key in "${others[@]}"; do # never empty
    [[ ${leftovers[$key]:-} ]] || report kept service "$key" 'not described: left alone'
  done
}

show_table() {
  local line listing
  local -a text_lines=()
  [[ -z $json ]] && ipvs_is_loaded || return 0
  say ''
  listing=$(ipvsadm -L -n 2>&1 || :)
  split_lines "$listing"
  if [[ $quiet || $listing == *[^\ -~$'\n']* ]]; then
    for line in "${text_lines[@]}"; do say "$line"; done # never empty
  else
    # Nothing in it has to be made visible.
    printf '%s\n' "${text_lines[@]}" 2>/dev/null || : # never empty
  fi
}

service_diff() { # KEY, with $have and $state
  local old=$have
  [[ $old != absent ]] || old=''
  show_texts table "$old"$'\n' "$state"$'\n'
}

# ---- who is out of the table by a health check, and should not be: what verify proves of a service ------------------------
#
# keepalived writes a weight when its own mind changes, and never looks at the table. A real server that answers comes back with the next
# check; one that answers and does not come back is at 0 for another reason: a hand, or a keepalived that was killed.

stuck=$'\n' # "SERVICE SERVER" of those, a line each

service_prove() { # KEY, with $state
  local line server weight sorry='' down=0 up=0 names=''
  health_decides || return 0
  load_checks
  find_stuck
  while IFS= read -r line; do
    [[ $line == '-a '* ]] || continue
    server=${line#* -r } server=${server%% *}
    weight=${line#* -w } weight=${weight%% *}
    live_weight "$1" "$server"
    if [[ ${is_sorry["$1 $server"]:-} ]]; then
      [[ ${live:-0} == 0 ]] || sorry=$server
    elif [[ $weight == 0 ]]; then
      continue
    elif [[ ${live:-0} == 0 ]]; then
      down=$((down + 1))
      [[ $stuck != *$'\n'"$1 $server"$'\n'* ]] || names+=${names:+, }$server
    else
      up=$((up + 1))
    fi
  done <<<"$state"
  if [[ $names ]]; then
    failure="$names gets no clients, and answers its check: keepalived takes it for dead, or a hand wrote the 0"
    failure+=$'\n'"Its next start makes the table anew, and the connections stay: systemctl restart keepalived.service"
    [[ ${#peers[@]} == 0 ]] || failure+=$'\n'"(Where this director has the virtual addresses, another one takes over and keeps them.)"
    return 1
  fi
  ((down > 0 && up == 0)) && [[ -z $sorry ]] || return 0
  failure="no real server answers, and no sorry server stands in: clients are refused"
  failure+=$'\n'"Do they run? bash realserver.sh verify on each. Is the check right? What it asks: bash $script show $watched_file"
  return 1
}

# All suspects of all services at once: each is asked until the time is over in which keepalived would have let it in again.
find_stuck() {
  local entry seconds longest=0 end suspects answering
  [[ -z ${loaded[stuck]:-} ]] || return 0
  loaded[stuck]=1
  list_suspects
  [[ $suspects ]] || return 0
  ask_together "$suspects"
  suspects=$answering
  while IFS= read -r entry; do
    [[ $entry ]] || continue
    check_seconds "$entry"
    ((seconds <= longest)) || longest=$seconds
  done <<<"$suspects"
  end=$((SECONDS + longest))
  while [[ $suspects ]] && ((SECONDS < end)); do
    sleep 1
    unset 'loaded[service]'
    still_out
    ask_together "$suspects"
    suspects=$answering
  done
  unset 'loaded[service]'
  still_out
  stuck+=$suspects
}

# An interval until it is asked, the time of the answer, and a second of grace.
check_seconds() { # "SERVICE SERVER" -> $seconds
  local timeout interval
  read -r _ _ timeout interval _ <<<"${check_of[$1]}"
  seconds=$((${timeout%.*} + ${interval%.*} + 2))
}

# Described with a weight, and at 0 or gone. -> $suspects, a line each
list_suspects() {
  local i entry key server weight rest
  local -A described_weight=()
  suspects=''
  load_services
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    [[ ${r_kind[i]} == service ]] || continue
    while IFS= read -r rest; do
      [[ $rest == '-a '* ]] || continue
      server=${rest#* -r } server=${server%% *}
      weight=${rest#* -w } described_weight["${r_name[i]} $server"]=${weight%% *}
    done <<<"${r_state[i]}"
  done
  for entry in ${checked[@]+"${checked[@]}"}; do
    [[ ${described_weight[$entry]:-0} != 0 ]] || continue
    key=${entry% *}
    live_weight "$key" "${entry##* }"
    [[ ${service_of[$key]:-} && ${live:-0} == 0 ]] && suspects+=$entry$'\n'
  done
  return 0
}

still_out() { # with $suspects -> $suspects
  local entry rest=''
  load_services
  while IFS= read -r entry; do
    [[ $entry ]] || continue
    live_weight "${entry% *}" "${entry##* }"
    [[ ${live:-0} != 0 ]] || rest+=$entry$'\n'
  done <<<"$suspects"
  suspects=$rest
}

# ---- the weight that a real server is put back with, where keepalived will not say it again -------------------------------
#
# keepalived writes a weight when its mind changes. An entry that a hand took out, or gave another weight, is put right here: with its
# described weight where it answers, with 0 where it does not. One that keepalived does not know yet it takes for up itself.

# With $have and $state -> $state
with_answers() { # KEY
  local line server weight entries='' answering='' weighted exchanged serves
  local -a only_had=() only_wanted=()
  local -A live_line=() instead=()
  health_decides && [[ $have != absent && $state != absent ]] || return 0
  set_apart "$have" "$state"
  for line in ${only_had[@]+"${only_had[@]}"}; do
    server=${line#* -r } live_line[${server%% *}]=$line
  done
  for line in ${only_wanted[@]+"${only_wanted[@]}"}; do
    is_put_right "$1" "$line" && entries+="$1 $server"$'\n'
  done
  [[ $entries ]] || return 0
  ask_as_the_daemon "$entries"
  [[ $entries ]] || return 0
  for line in ${only_wanted[@]+"${only_wanted[@]}"}; do
    server=${line#* -r } server=${server%% *}
    if [[ $line == '-a '* && $'\n'$entries == *$'\n'"$1 $server"$'\n'* && $'\n'$answering != *$'\n'"$1 $server"$'\n'* ]]; then
      with_weight "$line" 0
      instead[$line]=$weighted
    fi
  done
  exchange_lines "$state"$'\n'
  state=${exchanged%$'\n'}
}

# Is it missing, or has a weight that neither keepalived nor the description gives? -> $server
is_put_right() { # KEY LINE, with ${live_line[@]}
  local weight live
  [[ $2 == '-a '* ]] || return 1
  server=${2#* -r } server=${server%% *} weight=${2#* -w } weight=${weight%%[!0-9]*}
  [[ $weight != 0 && -z ${is_sorry["$1 $server"]:-} ]] || return 1
  live=${live_line[$server]:-} live=${live#* -w } live=${live%%[!0-9]*}
  [[ $live != "$weight" ]]
}

# By the file that it runs by: -> $entries that are in it, and $answering of them
ask_as_the_daemon() { # ENTRIES
  local content='' watched_text entry tries known=''
  read_text "$root$watched_file" || return 0
  watched_text=$content
  unset 'loaded[check]'
  load_checks
  while IFS= read -r entry; do
    [[ -z $entry || -z ${check_of[$entry]:-} ]] || known+=$entry$'\n'
  done <<<"$1"
  entries=$known
  # One that misses a single question is not dead yet.
  for tries in 1 2 3; do
    [[ $entries ]] || break
    ask_together "$entries"
    [[ $answering != "$entries" && $tries != 3 ]] || break
    sleep 1
  done
  unset 'loaded[check]'
}

# After the last resource: what a reload has made of the table besides (up to 2.0 keepalived takes a service out and in again).
service_again() {
  local i have state text=''
  [[ -z $root ]] && health_decides || return 0
  unset 'loaded[service]'
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    [[ ${r_kind[i]} == service ]] || continue
    state=${r_state[i]}
    is_same service "${r_name[i]}" || service_together "$i" "$i" || return 1
  done
}

# ---- drain and undrain ----------------------------------------------------------------------------------------

offer 'drain NAME' 'take a real server out of rotation; its connections go on'
offer 'undrain NAME' 'put it back'

accept '--drain SECONDS' drain_seconds:seconds 'wait so long for connections of a removed real server (default 30)'

# For `completion`: by name, and by address those that have none.
command_drain_words() { # -> ${candidates[@]}
  local entry address host=$host platform=''
  local -a words=()
  local -A seen=()
  real_servers=()
  named_real_servers
  for entry in ${real_servers[@]+"${real_servers[@]}"}; do
    candidates+=("${entry%% *}")
    split_words "${entry#* }"
    for address in "${words[@]}"; do seen[$address]=1; done # never empty
  done
  for_each_host unnamed_words
}

unnamed_words() {
  local line address
  local -a text_lines=()
  described_table=''
  load_described_table
  split_lines "$described_table"
  for line in "${text_lines[@]}"; do # never empty
    [[ $line == '-a '* ]] || continue
    real_address "$line"
    [[ ${seen[$address]:-} ]] || candidates+=("$address")
    seen[$address]=1
  done
}

command_undrain_words() { # -> ${candidates[@]}
  command_drain_words
}

undrain_command() { # NAME
  drain_command "$1"
}

# Only the weights of this real server change; whatever else the description says waits for an apply.
drain_command() { # NAME
  local entry addresses='' before='' names='' name line i
  local -a words=()
  read_drained
  for entry in ${real_servers[@]+"${real_servers[@]}"}; do
    [[ $entry != "$1 "* && " ${entry#* } " != *" $1 "* ]] || addresses="${entry#* }" name=${entry%% *}
  done
  if [[ -z $addresses ]]; then
    line=''
    for i in "${!r_kind[@]}"; do [[ ${r_kind[i]} != service || ${r_state[i]} != *" -r $1:"* && ${r_state[i]} != *" -r [$1]:"* ]] || line=1; done
    # One that is described no longer is still remembered, and would have weight 0 when it is described again.
    [[ $command != undrain || " $drained_names " != *" $1 "* ]] || line=1
    [[ $line ]] || die 64 "no real server $1; described are: ${real_servers[*]+"${real_servers[*]%% *}"}"
    addresses=$1 name=$1
  fi
  read_previous_holds
  if [[ $command == drain && -z $previous_holds ]]; then
    die 69 "no table of $cluster stands on this host: there is nothing to take $name out of" "Nothing was changed. Apply it first: bash $script apply"
  fi
  keys_held=$previous_holds # as before
  load_records all
  drained_probe
  before=$have
  split_words "$before"
  for entry in ${words[@]+"${words[@]}"}; do [[ $entry == "$name" ]] || names+=$entry$'\n'; done
  [[ $command == undrain ]] || names+=$name$'\n'
  if [[ $names == "$before" ]]; then
    say "$name is ${command}ed already"
  else
    if ! begin_changes || ! journal drained - "$before" || ! drained_set - "$names"; then die 1 "$failure"; fi
  fi
  closed_as=aside
  weigh_again "$addresses"
  if each_resource && end_changes; then
    if [[ $command == drain ]]; then
      tell_refused "$addresses"
      wait_for_drained "$addresses"
    fi
    closing ok changed failed
    return 0
  fi
  ((count[failed])) || untold_failure
  closing ok changed failed
  exit 1
}

# With a scheduler that hashes a client keeps its place in the kernel's table. Where a real server with weight 0 has that, the client is refused, unless
# a flag lets the kernel look for another one (ip_vs_sh.c, ip_vs_mh.c; dh has no such flag).
tell_refused() { # ADDRESSES
  local i head scheduler
  local -a text_lines=()
  for i in "${!r_kind[@]}"; do
    head=${r_state[i]%%$'\n'*}
    [[ ${r_kind[i]} == service && $head =~ \ -s\ (sh|dh|mh)(\ |$) && $head != *-fallback* ]] || continue
    scheduler=${BASH_REMATCH[1]}
    lines_at "$1" "${r_state[i]}"
    ((${#text_lines[@]})) || continue
    complain "${r_name[i]}: clients that $scheduler sends there are refused, until it is back or out of the table"
    [[ $scheduler == dh ]] || complain "The flag $scheduler-fallback in the description lets the kernel look for another one."
  done
}

# Replaces what is to be reconciled: the live services and the files of the table, with other weights for these
# addresses: 0, or what is described.
weigh_again() { # ADDRESSES
  local file i content='' key state text reweighed own others other_services weighed='' mark=''
  local -a services=()
  local -A weight_of=()
  drained=" $1 "
  # What is described is forgotten here.
  load_described_table
  described_weights "$drained"
  load_services
  forget_described
  # What keepalived starts from comes before the table: in between, whoever is drained stays so.
  ! checks_stand || weigh_checks_again || die 1 "$failure"
  for file in ${table_files[@]+"${table_files[@]}"}; do
    read_text "$root$file" || continue
    if [[ $file == */thresholds.rules ]]; then
      reweigh "$content"
      describe file "$file" 'file - - -' "$reweighed"
    else
      split_rules "$content" standing
      reweigh "$own"
      describe rules "$file" services "$reweighed"
    fi
  done
  own_services
  reweigh "$text"
  text=$reweighed
  split_table
  for ((i = 0; i < ${#services[@]}; i++)); do
    take_service "$i"
    describe service "$key"
  done
  [[ -z $mark ]] || describe keepalived keepalived.service "$mark" "$weighed"
}

# What is not described is somebody else's, whichever real servers it has.
own_services() { # -> $text: those of lvsgen's in the live table, with a line end each
  local key
  local -a states=()
  local -A own_keys=()
  text=''
  load_own_keys standing
  for key in ${live_services[@]+"${live_services[@]}"}; do
    [[ -z ${own_keys[$key]:-} ]] || states+=("${service_of[$key]}")
  done
  ((${#states[@]} == 0)) || printf -v text '%s\n' "${states[@]}" # never empty
}

# Is keepalived's file there, and lvsgen's? -> $content
checks_stand() {
  [[ $watched_file ]] && read_text "$root$watched_file" && [[ $content == '# lvsgen-'* ]]
}

weigh_checks_again() { # with $content -> $weighed $mark
  if [[ $command == drain ]]; then weigh_checks "$content" "$drained" ' '; else weigh_checks "$content" ' ' "$drained"; fi || return 1
  mark_of_checks "$weighed"
  describe file "$watched_file" 'file - - -' "$weighed"
}

# weight_of["SERVICE SERVER"] as described, drains aside, of real servers.
described_weights() { # "ADDRESS..."
  local line server weight
  local -a text_lines=()
  load_described_table
  lines_at "$1" "$described_table"
  for line in ${text_lines[@]+"${text_lines[@]}"}; do
    server=${line#* -r } server=${server%% *} weight=${line#* -w }
    line=${line#-a }
    weight_of["${line%% -r *} $server"]=${weight%% *}
  done
}

reweigh() { # RULES -> $reweighed
  local line server_key server weight weighted exchanged
  local -a text_lines=()
  local -A instead=()
  lines_at "$drained" "$1"
  for line in ${text_lines[@]+"${text_lines[@]}"}; do
    server=${line#* -r } server=${server%% *} server_key=${line#-? }
    server_key="${server_key%% -r *} $server" weight=0
    [[ $command == drain ]] || weight=${weight_of[$server_key]:-}
    [[ $weight ]] || continue
    with_weight "$line" "$weight"
    instead[$line]=$weighted
  done
  exchange_lines "$1"
  reweighed=$exchanged
}

wait_for_drained() { # ADDRESSES
  local line server text='' wanted=''
  local -a text_lines=()
  load_services
  ((${#service_of[@]} == 0)) || printf -v text '%s\n' "${service_of[@]}" # never empty
  lines_at "$1" "$text"
  for line in ${text_lines[@]+"${text_lines[@]}"}; do
    server=${line#* -r } server=${server%% *}
    line=${line#-a }
    wanted+="-d ${line%% -r *} -r $server"$'\n'
  done
  [[ $wanted ]] || return 0
  count_active "$wanted"
  if ((active > 0 && drain_seconds > 0)); then
    await_drained "$wanted"
    count_active "$wanted"
  fi
  say "$active active connection(s) left"
}

# ---- who is out of rotation outlives a rollback, which undoes applies ---------------------------------------------------

drained_then='' drained_changed='' # the page as the state has it that a rollback leads to

# The page stays as it is: it is the operator's own.
drained_undone() { # NAME RECORD
  drained_then=$2 drained_changed=1
}

# What is put back has the weights of now from the beginning: a real server that is being rebuilt gets no client in between.
drained_returning() {
  local i line settled exchanged
  local -A own_keys=() weight_of=() instead=()
  local -a text_lines=()
  local were_drained=''
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} != drained ]] || were_drained=":${u_record[i]}"
    [[ ${u_kind[i]} != service ]] || own_keys[${u_name[i]}]=1
  done
  [[ $were_drained && -z $root ]] || return 0
  find_drained_then "${were_drained#:}"
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == service && ${u_record[i]} != absent ]] || continue
    has_one_of "$were_drained $drained" "${u_record[i]}" || continue
    instead=()
    lines_at "$were_drained $drained" "${u_record[i]}"
    for line in ${text_lines[@]+"${text_lines[@]}"}; do
      settle_line "$line"
      [[ $settled == "$line" ]] || instead[$line]=$settled
    done
    ((${#instead[@]})) || continue
    exchange_lines "${u_record[i]}"$'\n'
    u_record[i]=${exchanged%$'\n'}
  done
}

has_one_of() { # ADDRESSES RULES
  local address
  local -a words=()
  split_words "$1"
  for address in ${words[@]+"${words[@]}"}; do [[ $2 != *" -r $address:"* && $2 != *" -r [$address]:"* ]] || return 0; done
  return 1
}

# What was put back has the weights of then: those of who was drained, or put back into rotation, since.
drained_settle() {
  local -A own_keys=() weight_of=()
  local were_drained failed=''
  [[ $drained_changed && -z $root ]] || return 0
  find_drained_then "$drained_then"
  unset 'loaded[service]'
  load_services
  load_own_keys standing
  settle_services || failed=1
  settle_files && settle_checks || return 1
  [[ -z $failed ]] || return 1
  [[ -z $drained_names ]] || say "out of rotation as before: $drained_names"
}

find_drained_then() { # NAMES -> $were_drained, the addresses between spaces; and ${weight_of[@]} of them
  local addresses
  addresses_named "$1"
  were_drained=$addresses
  described_weights "$were_drained"
}

addresses_named() { # NAMES -> $addresses, between spaces
  local name entry
  local -a words=()
  addresses=' '
  split_words "$1"
  for name in ${words[@]+"${words[@]}"}; do
    for entry in ${real_servers[@]+"${real_servers[@]}"} "$name $name"; do
      [[ $entry != "$name "* ]] || addresses+="${entry#* } "
    done
  done
}

settle_services() { # with $were_drained and ${own_keys[@]}
  local line text settled edits=''
  local -a text_lines=()
  own_services
  lines_at "$were_drained $drained" "$text"
  for line in ${text_lines[@]+"${text_lines[@]}"}; do
    settle_line "$line"
    [[ $settled == "$line" ]] || edits+="-e${settled#-a}"$'\n'
  done
  [[ -z $edits ]] || restore_rules "$edits" || return 1
  # ipvsadm tells only of the last line that the kernel refuses.
  [[ ! $edits ]] || are_settled
}

are_settled() { # with $were_drained and ${own_keys[@]}
  local line text settled
  local -a text_lines=()
  load_services
  own_services
  lines_at "$were_drained $drained" "$text"
  for line in ${text_lines[@]+"${text_lines[@]}"}; do
    settle_line "$line"
    [[ $settled != "$line" ]] || continue
    failure="a real server has not the weight that it is to have: ${line#-a }"
    return 1
  done
}

settle_files() { # with $were_drained and ${own_keys[@]}
  local file path content='' line settled text exchanged mode owner group
  local -a text_lines=()
  local -A instead=()
  for file in ${table_files[@]+"${table_files[@]}"}; do
    mode=- owner=- group=- instead=()
    read_for_change "$file" || return 1
    [[ $content ]] || continue
    lines_at "$were_drained $drained" "$content"
    for line in ${text_lines[@]+"${text_lines[@]}"}; do
      settle_line "$line"
      [[ $settled == "$line" ]] || instead[$line]=$settled
    done
    ((${#instead[@]})) || continue
    exchange_lines "${content%$'\n'}"$'\n'
    text=$exchanged
    replace_file "$path" "$mode" "$text" "$owner" "$group" && note_settled "$file" || return 1
  done
}

# keepalived's file with those of now, in force.
settle_checks() { # with $were_drained
  local content='' weighed='' mark='' state have failure_before=$failure address back=' '
  local -a words=()
  checks_stand || return 0
  split_words "$were_drained"
  for address in ${words[@]+"${words[@]}"}; do [[ $drained == *" $address "* ]] || back+="$address "; done
  weigh_checks "$content" "$drained" "$back" || return 1
  [[ $weighed != "$content" ]] || return 0
  mark_of_checks "$weighed"
  state=$mark have=lvsgen-
  replace_file "$root$watched_file" 0644 "$weighed" root root && note_settled "$watched_file" && keepalived_set "$watched" "$mark" || return 1
  failure=$failure_before
}

# Else the next run would take it for what a hand wrote.
note_settled() { # FILE
  local kind='file' key sum='' line
  ((undo_target > 0)) || return 0
  [[ -z ${described["rules $1"]:-} ]] || kind='rules'
  # Of the state that it led to.
  read_previous_holds
  forget_snapshots "$kind"
  "${kind}_written" "$1" && "${kind}_found" "$1" || return 1
  [[ -z $sum ]] || { record_line wrote "$key" "$sum" && append_to_base "$state_dir" "$line"; }
}

# -> $settled: a real server of lvsgen's services with the weight that it has now
settle_line() { # LINE, with $were_drained and ${own_keys[@]}
  local address key server weight
  settled=$1
  [[ $1 == '-'[ae]' '* ]] || return 0
  key=${1#-? } key=${key%% -r *}
  [[ ${own_keys[$key]:-} ]] || return 0
  real_address "$1"
  if [[ $drained == *" $address "* ]]; then
    weight=0
  elif [[ $were_drained == *" $address "* && "$1 " == *' -w 0 '* ]]; then
    server=${1#* -r } server=${server%% *}
    earlier_weight "$key" "$server"
  else
    return 0
  fi
  with_weight "$1" "$weight"
  settled=$weighted
}

# The weight before it was drained, as the generation that drained it has it. -> $weight
earlier_weight() { # SERVICE SERVER, with its $address
  local i kind name record stop unescaped line
  local -a generations text_lines
  weight=${weight_of["$1 $2"]:-1}
  list_generations
  for ((i = ${#generations[@]} - 1; i >= 0; i--)); do
    ((10#${generations[i]} <= undo_target)) || continue
    while IFS=$'\t' read -r kind name record stop; do
      [[ $stop == . && $kind == service ]] || continue
      unescape "$name"
      [[ $unescaped == "$1" ]] || continue
      unescape "${record#=}"
      lines_at "$address" "$unescaped"
      for line in ${text_lines[@]+"${text_lines[@]}"}; do
        [[ $line == "-a $1 -r $2 "* ]] || continue
        line=${line#* -w } line=${line%% *}
        [[ $line != 0 ]] || continue
        weight=$line
        return 0
      done
    done <"$state_dir/generations/${generations[i]}"
  done
}

main "$@"
