#!/bin/bash
# Part 1 of 3: does nothing unless every byte below the line of "=" arrived as it was written.
# (Each line here ends in a comment, so that it works even where an editor or a mail gateway made CRLF of it.)
lvsgen_sum=6d757ff7bb2efda3d445c8739511e9625e32f27f401d4efd16f177d124903b5f #
lvsgen_size=73214 #
lvsgen_refuse() { printf '%s: %s\n%s\n' "${BASH_SOURCE[0]}" "$1" "Nothing was done. Copy it again from the bundle, and compare: sha256sum -c SHA256SUMS" >&2; exit 1; } #
if [ -z "${BASH_VERSION:-}" ] || [ "${BASH_VERSINFO[0]}" -lt 4 ] || { [ "${BASH_VERSINFO[0]}" = 4 ] && [ "${BASH_VERSINFO[1]}" -lt 2 ]; }; then echo "This script needs bash 4.2 or newer: bash $0" >&2; exit 69; fi #
set +o posix # sh director.sh, where sh is bash
if [ ! -f "${BASH_SOURCE[0]:-}" ]; then BASH_SOURCE=(lvsgen) && lvsgen_refuse "this script checks itself, so it must be run as a file, not from a pipe"; fi #
if [ "$(sed '1,/^# ====/d' "${BASH_SOURCE[0]}" | sha256sum)" != "$lvsgen_sum  -" ]; then #
  if grep -q "$(printf '\r')" "${BASH_SOURCE[0]}"; then lvsgen_refuse "its line ends were converted to CRLF on the way here"; fi #
  lvsgen_here=$(sed '1,/^# ====/d' "${BASH_SOURCE[0]}" | wc -c) #
  if [ "$lvsgen_here" -lt "$lvsgen_size" ]; then lvsgen_refuse "it is cut short: $lvsgen_here of $lvsgen_size bytes are here"; fi #
  lvsgen_refuse "it is not what lvsgen wrote: it was altered or damaged" #
fi #
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
    el7) package_manager=yum platform_releases='centos:7* rhel:7* ol:7* scientific:7*' kernel_released=3.10 ipvsadm_released=1.27 ;;
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
      need file /etc/modules-load.d/lvsgen-kgc-director.conf
      need sysctl net.ipv4.ip_forward 0
      need sysctl net.ipv4.conf.all.send_redirects 0
      need sysctl net.ipv4.conf.default.send_redirects 0
      need sysctl net.ipv4.conf.ens33.send_redirects 0
      need sysctl net.ipv4.vs.expire_nodest_conn 1
      need file /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf
      need file /etc/selinux/config
      need file /etc/systemd/system/ipvsadm.service.d/lvsgen-kgc-director.conf
      need file /etc/sysconfig/ipvsadm
      need vip 192.168.80.188 ens33
      need file /etc/sysconfig/network-scripts/ifcfg-ens33:0
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
      need file /etc/exports.d/lvsgen-kgc-nfs.exports
      ;;
    pc)
      need roles client
      need tool curl
      ;;
  esac
}

# Part 3 of 3: the runtime, the same in every such script.

# ---- output: everything a person or a tool reads ---------------------------------------------

bold='' red='' green='' yellow='' dim='' plain=''

use_colors() {
  [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb && -z $no_color && -z $json ]] || return 0
  bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' yellow=$'\e[33m' dim=$'\e[2m' plain=$'\e[0m'
}

# Control characters of a name must not reach the terminal.
visible() { # TEXT -> $shown
  shown=${1//[[:cntrl:]]/?}
}

# A reader that went away (a closed pipe, a dropped session) must not stop a change half way.
say() { # LINE
  [[ $quiet || $json ]] || printf '%s\n' "$1" 2>/dev/null || :
}

complain() { # LINE...
  local line
  for line in "$@"; do
    printf '%s: %s\n' "$script" "$line" >&2 2>/dev/null || :
  done
}

# Ends the run: what is wrong, and what to do about it.
die() { # EXIT-CODE MESSAGE [REMEDY...]
  local code=$1
  shift
  complain "$@"
  log "exit $code: $1"
  [[ -z $json ]] || event error code "$code" message "$1"
  exit "$code"
}

json_string() { # TEXT -> $quoted, a JSON string
  local text=$1 out='' c i
  text=${text//\\/\\\\} text=${text//\"/\\\"} text=${text//$'\n'/\\n} text=${text//$'\t'/\\t} text=${text//$'\r'/\\r}
  if [[ $text == *[[:cntrl:]]* ]]; then
    for ((i = 0; i < ${#text}; i++)); do
      c=${text:i:1}
      [[ $c != [[:cntrl:]] ]] || printf -v c '\\u%04x' "'$c"
      out+=$c
    done
    text=$out
  fi
  quoted=\"$text\"
}

# One JSON object on a line of its own: event NAME KEY VALUE...
event() {
  local line quoted
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
  printf '%s}\n' "$line" 2>/dev/null || :
}

declare -A count=([ok]=0 [changed]=0 [pending]=0 [failed]=0 [kept]=0)

# The one line of a resource.
report() { # RESULT KIND NAME [DETAIL]
  local result=$1 kind=$2 name=$3 detail=${4:-} color=$dim shown
  count[$result]=$((${count[$result]:-0} + 1))
  [[ $result == ok || $mutating != yes ]] || log "$result $kind $name${detail:+ ($detail)}"
  if [[ $json ]]; then
    event resource result "$result" kind "$kind" name "$name" detail "$detail"
    return
  fi
  case $result in
    changed | pending | kept) color=$yellow ;;
    failed) color=$red ;;
  esac
  visible "$name${detail:+  ($detail)}"
  printf -v result '%-8s' "$result"
  if [[ $result == failed* ]]; then
    printf '%s\n' "$color$result$plain $kind $shown" >&2 2>/dev/null || :
  else
    say "$color$result$plain $kind $shown"
  fi
}

# The closing line: `director lvs1: ok=12 changed=3 failed=0`.
closing() { # COUNTER...
  local line="$role $host:" name
  local -a pairs=()
  for name in "$@"; do
    line+=" $name=${count[$name]}"
    pairs+=("$name" "${count[$name]}")
  done
  log "$line"
  if [[ $json ]]; then
    event summary command "$command" cluster "$cluster" role "$role" host "$host" "${pairs[@]}" # never empty
  else
    [[ $quiet ]] || printf '%s\n' "$bold$line$plain" 2>/dev/null || :
  fi
}

# The log of what changed, beside the system's others. A run that changes nothing leaves it alone.
log() { # LINE
  local now
  [[ $log_file ]] || return 0
  printf -v now '%(%Y-%m-%dT%H:%M:%S%z)T' -1
  printf '%s %s[%s] %s\n' "$now" "$role" "$$" "$1" >>"$log_file" 2>/dev/null || :
}

log_open() {
  local dir=$root/var/log/lvsgen
  [[ -z $log_file ]] || return 0
  [[ -d $dir ]] || (umask 027 && mkdir -p -- "$dir") 2>/dev/null || return 0
  [[ ! -f $dir/$cluster.log || $(stat -c %s -- "$dir/$cluster.log") -lt 1048576 ]] ||
    mv -f -- "$dir/$cluster.log" "$dir/$cluster.log.1" 2>/dev/null || :
  log_file=$dir/$cluster.log
  log "$command on $host begins"
}

# The one door to a command that changes something. Its output is kept for the message of a failure.
run() { # COMMAND...
  output=''
  log "run: $*"
  if output=$("$@" 2>&1 </dev/null); then
    return 0
  else
    failure="$* (exit code $?)"
    [[ -z $output ]] || failure+=$'\n'$output
    return 1
  fi
}

# ---- options: the command line ---------------------------------------------------------------

command=doctor host='' root='' json='' quiet='' no_color='' packages_dir='' log_file='' mutating=''

usage() {
  cat <<EOF
$script: what would stop an apply of the LVS cluster $cluster on this host, before it is tried

Usage: sudo bash $script [OPTIONS]

Looks at the system, its packages, its network, its disks, and asks the wire who has the virtual
addresses. It changes nothing. Without root it leaves out what only root may see, and says so.

Options
  --host NAME          act as this host of the description (default: found by its addresses)
  --packages DIR       the folder of carried packages, as the scripts take it
  --json               one JSON object per line
  --quiet              only what would stop an apply
  --no-color           no colours (as the NO_COLOR variable)
  --help, --version

Each finding is ok, warn (an apply goes through, but look at it), stop (an apply would fail) or skip (it
could not be found out), with why it matters and what to do.

Exit codes: 0 nothing would stop an apply; 1 something would; 64 usage; 78 not a described host.
EOF
}

bad_usage() { # MESSAGE
  complain "$1" "See: bash $script --help"
  exit 64
}

parse_options() {
  local argument name value
  while (($#)); do
    argument=$1 name=${1%%=*}
    shift
    case $name in
      --host | --packages)
        if [[ $argument == *=* ]]; then
          value=${argument#*=}
        else
          (($#)) || bad_usage "$name needs a value"
          value=$1
          shift
        fi
        [[ $value ]] || bad_usage "$name needs a value that is not empty"
        ;;
      *) [[ $argument != -*=* ]] || bad_usage "$name takes no value" ;;
    esac
    case $name in
      --host) host=$value ;;
      --packages)
        [[ -d $value ]] || bad_usage "--packages: no directory $value"
        packages_dir=$value
        ;;
      --json) json=1 ;;
      --quiet | -q) quiet=1 ;;
      --no-color | --no-colour) no_color=1 ;;
      --help | -h) usage && exit 0 ;;
      --version | -V) printf '%s: cluster %s, lvsgen format %s, sha256 %s\n' \
        "$script" "$cluster" "$lvsgen_format" "$lvsgen_sum" && exit 0 ;;
      -*) bad_usage "unknown option $name" ;;
      *) bad_usage "no arguments are taken, such as '$argument'" ;;
    esac
  done
}

# ---- findings: what was seen, why it matters, what to do ---------------------------------------------

count+=([warn]=0 [stop]=0 [skip]=0)

finding() { # LEVEL CHECK WHAT [WHY] [REMEDY]
  local level=$1 check=$2 color=$dim shown
  count+=(["$level"]=$((${count["$level"]:-0} + 1)))
  if [[ $json ]]; then
    event finding level "$level" check "$check" what "$3" why "${4:-}" remedy "${5:-}"
    return
  fi
  case $level in
    ok) color=$green ;;
    warn) color=$yellow ;;
    stop) color=$red ;;
  esac
  [[ -z $quiet || $level == stop ]] || return 0
  visible "$3"
  printf '%s%-4s%s  %-10s %s\n' "$color" "$level" "$plain" "$check" "$shown"
  [[ -z ${4:-} ]] || finding_lines 'why' "$4"
  [[ -z ${5:-} ]] || finding_lines 'do' "$5"
}

finding_lines() { # LABEL TEXT
  local line label=$1 shown
  while IFS= read -r line; do
    visible "$line"
    printf '                 %s%-4s%s %s\n' "$dim" "$label" "$plain" "$shown"
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
packages=() modules=() wanted_units=() units=() tools=() ports=() booleans=() sysctls=() files=() vips=() nfs_servers=()
backends=() interface_names=() interface_addresses=()
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
    module) modules=("$@") ;;
    unit) wanted_units=("$@") units=("$@") ;;
    firewall) firewall_policy=$1 ports=("${@:2}") ;;
    selinux) selinux_policy=$1 booleans=("${@:2}") ;;
    sysctl) sysctls+=("$1 $2") ;;
    vip) vips+=("$1 $2") ;;
    nfs) nfs_servers+=("$1") ;;
    file) files+=("$1") ;;
  esac
}

# ---- the system that runs here: os-release(5) ------------------------------------------------------

read_release() { # -> $release_id $release_version $release_name
  local file=$root/etc/os-release line
  release_id='' release_version='' release_name=''
  [[ -r $file ]] || file=$root/usr/lib/os-release
  if [[ -r $file ]]; then
    while IFS= read -r line; do
      line=${line//[\"\']/}
      case $line in
        ID=*) release_id=${line#*=} ;;
        VERSION_ID=*) release_version=${line#*=} ;;
        PRETTY_NAME=*) release_name=${line#*=} ;;
      esac
    done <"$file"
  fi
  release_name=${release_name:-${release_id:-an unknown system} $release_version}
}

# Is that the system of a platform?
is_release() { # PATTERN..., as ID:VERSION_ID
  local pattern
  for pattern; do
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
  local i address found=''
  hosts
  for ((i = 0; i < ${#host_names[@]}; i++)); do
    if [[ $host ]]; then
      [[ $host != "${host_names[i]}" ]] || found=$i
      continue
    fi
    load_addresses
    for address in ${host_addresses[i]}; do
      [[ ${address_of[$address]:-} ]] || continue
      [[ -z $found || $found == "$i" ]] ||
        die 78 "this host has addresses of both ${host_names[found]} and ${host_names[i]}" "Say which it is: --host NAME"
      found=$i
    done
  done
  if [[ -z $found ]]; then
    if [[ $host ]]; then
      die 78 "no host $host is described here, but ${host_names[*]}" # never empty
    fi
    die 78 "this host is not in the description: none of its addresses is that of $role_title" \
      "Described are: $(for ((i = 0; i < ${#host_names[@]}; i++)); do printf '%s (%s) ' "${host_names[i]}" "${host_addresses[i]}"; done)" \
      "If it is one of them under another address: --host NAME"
  fi
  host=${host_names[found]} platform=${host_platforms[found]}
}

# The system against the description.
check_platform() {
  platform_facts
  read_release
  # shellcheck disable=SC2086 # a list of patterns
  ! is_release $platform_releases || return 0
  if [[ $force_platform || -n $root && -z $release_id ]]; then
    complain "this is $release_name, described is $platform: going on"
    return 0
  fi
  die 78 "this is $release_name ($release_id:$release_version), but $host is described as $platform ($platform_releases)" \
    "Mend the platform in the description and build again, or try with --force-platform"
}

# ---- lock: who has it ------------------------------------------------------------------------------------

# Not in /run/lock, where everyone may write; and nobody else may open it, since who can, can hold it.
lock_file=/run/lvsgen.lock

# Found by its open descriptor, so that a run that changes nothing need not write its name anywhere. Another
# that waits has it open too, without a lock on it (which Linux tells from 4.1 on); so has what a run started.
lock_holder() { # -> $holder, empty where none is seen
  local process word information rank shown best=-1
  holder=''
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
    visible "process ${process#/proc/} (${words[*]})" # never empty
    holder=$shown
  done
}

# ---- snapshots: what this host is like, read once for all resources -----------------------------

declare -A loaded=() stat_of=() address_of=() words_of=() route_of=() unit_of=() package_of=()
paths=() # files and directories whose state is asked for

# A file's text into $content, without a process; fails where there is none, or where it holds a NUL.
read_text() { # PATH
  content=''
  [[ -f $1 && -r $1 ]] || return 1
  ! IFS= read -r -d '' content <"$1" || return 1
}

forget_snapshots() { # KIND: what a change of this kind makes stale
  case $1 in
    package) loaded=() ;;
    file | directory | block | setting | mode | mount) unset 'loaded[stat]' 'loaded[mount]' 'loaded[unit]' ;;
    address) unset 'loaded[address]' 'loaded[route]' ;;
    route | gateway) unset 'loaded[route]' ;;
    unit | pulled | firewall) unset 'loaded[unit]' 'loaded[firewall]' 'loaded[ports]' ;;
    export) unset 'loaded[export]' ;;
    service) unset 'loaded[service]' ;;
  esac
}

# Type, mode, owner, group and modification time of every path that will be asked for, in one process.
load_stats() {
  local mode uid gid user group mtime type path
  [[ -z ${loaded[stat]:-} ]] || return 0
  loaded[stat]=1 stat_of=()
  ((${#paths[@]})) || return 0
  while IFS='|' read -r mode uid gid user group mtime type path; do
    stat_of[$path]="0${mode} $uid $gid $user $group $mtime $type"
  done < <(stat --printf '%a|%u|%g|%U|%G|%y|%F|%n\n' -- "${paths[@]}" 2>/dev/null || :) # never empty
}

stat_path() { # PATH -> $stat: mode uid gid user group time type; empty where there is nothing
  load_stats
  if [[ -z ${stat_of[$1]:-} && (-e $1 || -L $1) ]]; then
    paths+=("$1")
    unset 'loaded[stat]'
    load_stats
    [[ ${stat_of[$1]:-} || (! -e $1 && ! -L $1) ]] || cannot_read "the state of $1" stat
  fi
  stat=${stat_of[$1]:-}
}

# address_of["ADDRESS DEVICE"]="PREFIX ..."; words_of has a line for each, as `ip address add` takes it back.
load_addresses() {
  local interface family cidr rest line complete=''
  [[ -z ${loaded[address]:-} ]] || return 0
  loaded[address]=1 address_of=() words_of=()
  while read -r line interface family cidr rest; do
    [[ $line != complete ]] || complete=1
    [[ $family == inet || $family == inet6 ]] || continue
    interface=${interface%%@*}
    address_of["${cidr%/*} ${interface}"]+="${cidr#*/} "
    address_of[${cidr%/*}]+="${interface} "
    address_words "$cidr" "$family" "$rest"
    words_of["${cidr%/*} ${interface}"]+=${words_of["${cidr%/*} ${interface}"]:+$'\n'}$line
  done < <(ip -o address show && printf 'complete\n')
  [[ $complete ]] || cannot_read 'the addresses of this host' 'ip -o address show'
}

# What ip prints behind an address, without what the kernel decides: `24 brd 192.168.80.255 scope global label ens33:0`.
address_words() { # CIDR FAMILY WORDS -> $line
  local word before='' label='' lifetimes=''
  line=${1#*/}
  for word in $3; do
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

load_routes() {
  local line family complete
  [[ -z ${loaded[route]:-} ]] || return 0
  loaded[route]=1 route_of=()
  for family in 4 6; do
    complete=''
    # A kernel without IPv6 has no such routes.
    [[ $family == 4 || -e /proc/net/if_inet6 ]] || continue
    while read -r line; do
      if [[ $line == complete ]]; then complete=1; else route_of["$family ${line%% *}"]+="$line"$'\n'; fi
    done < <(ip "-$family" route show table main && printf 'complete\n')
    [[ $complete ]] || cannot_read 'the routes of this host' "ip -$family route show"
  done
}

# Every unit that will be asked for, in one process.
load_units() {
  local line id='' names='' load='' file='' active='' name complete=''
  [[ -z ${loaded[unit]:-} ]] || return 0
  loaded[unit]=1 unit_of=()
  ((${#units[@]})) && [[ -d /run/systemd/system ]] || return 0
  while IFS= read -r line; do
    case $line in
      complete) complete=1 ;;
      Id=*) id=${line#*=} ;;
      Names=*) names=${line#*=} ;;
      LoadState=*) load=${line#*=} ;;
      UnitFileState=*) file=${line#*=} ;;
      ActiveState=*) active=${line#*=} ;;
      '')
        for name in $id $names; do unit_of[$name]="$load ${file:-none} $active"; done
        id='' names='' load='' file='' active=''
        ;;
    esac
  done < <(systemctl show --property=Id,Names,LoadState,UnitFileState,ActiveState -- "${units[@]}" && printf '\ncomplete\n') # never empty
  [[ $complete ]] || cannot_read "the state of units" 'systemctl show'
}

# The package database answers for every name, or has not been asked.
load_packages() {
  local line name answers=0
  local -A asked=()
  [[ -z ${loaded[package]:-} ]] || return 0
  loaded[package]=1 package_of=()
  for name in ${packages[@]+"${packages[@]}"}; do asked[$name]=1; done
  ((${#asked[@]})) || return 0
  while read -r line; do
    case $line in
      *': no packages found matching '* | 'package '*' is not installed') ;;
      *' installed') package_of[${line%% *}]=installed ;;
      *' config-files' | *' not-installed' | *' half-installed' | *' unpacked' | *' half-configured' | *' triggers-'*) ;;
      *) continue ;;
    esac
    answers=$((answers + 1))
  done < <(query_packages "${!asked[@]}")
  ((answers >= ${#asked[@]})) || cannot_read 'which packages are installed' "a query of $package_manager's database"
}

# ---- packages: installed by the system's own package manager ---------------------------------------
#
# From a carried folder alone where there is one, else from the repositories that the host has configured; `$package_source`
# of the description narrows that down to one of them, or to none.

packages=()

package_declare() { # NAME
  packages+=("$1")
  describe package "$1" installed
}

package_probe() { # NAME
  load_packages
  have=${package_of[$1]:-absent}
}

query_packages() { # NAME... -> lines `NAME STATUS`, or what says that there is no such package
  case $package_manager in
    apt) dpkg-query -W -f '${Package} ${db:Status-Status}\n' -- "$@" 2>&1 || : ;;
    *) rpm -q --qf '%{NAME} installed\n' -- "$@" 2>&1 || : ;;
  esac
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

carried_plan=()

# What of the folder, once checked, these packages need beyond what the host has: found out without changing anything.
plan_carried() { # NAME... -> ${carried_plan[@]}
  carried_plan=()
  case $package_manager in
    apt) plan_debs "$@" ;;
    *) plan_rpms "$@" ;;
  esac
}

lacks_packages() { # WHAT...: fails, saying that the folder has no such thing
  failure="the carried packages in $carried are not enough: $1"
  shift
  while (($#)); do
    failure+=$'\n'"  $1"
    shift
  done
  failure+=$'\n'"Nothing was installed. Fetch them again with fetch-packages.sh of this bundle, and carry the whole folder."
  return 1
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
  [[ -z $carried ]] || carried=$(cd -- "$carried" && pwd -P)
}

is_package_file() { # NAME
  case $package_manager in
    apt) [[ $1 == *.deb ]] ;;
    *) [[ $1 == *.rpm ]] ;;
  esac
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
    if [[ ${carried_sums[$name]:-} && -f $file ]]; then seen[$name]=1; else extra+=" $name"; fi
  done
  for name in "${carried_files[@]}"; do # never empty
    [[ ${seen[$name]:-} ]] || absent+=" $name"
  done
  while read -r sum name; do
    [[ ${carried_sums[$name]:-} != "$sum" ]] || unset "seen[$name]"
  done < <(cd -- "$carried" && ((${#seen[@]})) && sha256sum -- "${!seen[@]}" 2>/dev/null)
  for name in "${carried_files[@]}"; do # never empty
    [[ -z ${seen[$name]:-} ]] || changed+=" $name"
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
      ! is_package_file "$name" || failure="$carried has packages but no SHA256SUMS: fetch-packages.sh did not make it, or not all of it was copied"
    done
    failure+=$'\n'"Nothing was installed. Fetch packages with fetch-packages.sh, and copy the whole folder 'packages'."
    return 1
  fi
  while IFS= read -r line || [[ $line ]]; do
    number=$((number + 1))
    name=${line:66}
    if [[ ! $line =~ ^[0-9a-f]{64}\ [\ *][^/]+$ || $name == .* ]] || ! is_package_file "$name"; then
      failure="line $number of $carried/SHA256SUMS is not the sum of a package: it was altered, damaged, or made for another system"
      failure+=$'\n'$told
      return 1
    fi
    carried_sums[$name]=${line:0:64}
    carried_files+=("$name")
  done <"$carried/SHA256SUMS"
  ((${#carried_files[@]})) || { failure="the folder of packages is empty: $carried/SHA256SUMS lists none"$'\n'$told && return 1; }
}

# ---- carried debs: apt resolves them as it always does, with the folder as its only repository ---------------------

scratch='' apt_command=()

# Fix-Broken: an interrupted transaction left packages unpacked whose dependencies never came.
apt_get=(env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -y --no-install-recommends --no-remove
  -o APT::Get::Fix-Broken=true -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=60)

# With the folder alone, apt installs these names. Whatever the host has in a version that satisfies stays as it is.
plan_debs() { # NAME... -> ${carried_plan[@]}, and what apt has to know in $scratch
  local output name lacking_names=''
  local -A carried_names=()
  make_repository || return 1
  for name; do
    if [[ ${carried_names[${name%%:*}]:-} ]]; then carried_plan+=("$name"); else lacking_names+=" $name"; fi
  done
  if [[ $lacking_names ]]; then
    lacks_packages "there is no package$lacking_names in it"
    return
  fi
  if ! output=$("${apt_command[@]}" update 2>&1); then # never empty
    failure="apt cannot read the packages in $carried"$'\n'$output
    return 1
  fi
  while ! output=$("${apt_command[@]}" -s install -- "${carried_plan[@]}" 2>&1); do # never empty
    plan_unmet "$output" || return 1
  done
}

# A flat repository of links to the packages. Their own names are no URIs (`%3a` for an epoch's colon).
make_repository() { # -> $carried_names
  local file number=0 control size line
  make_scratch || return 1
  for file in "${carried_files[@]}"; do # never empty
    number=$((number + 1))
    if ! control=$(dpkg-deb -f "$carried/$file" 2>&1); then
      failure="dpkg cannot read $carried/$file: $control"
      return 1
    fi
    size=$(stat -L -c %s -- "$carried/$file")
    while IFS= read -r line; do
      [[ $line != 'Package: '* ]] || carried_names[${line#Package: }]=1
    done <<<"$control"
    ln -s -- "$carried/$file" "$scratch/repository/$number.deb"
    printf '%s\nFilename: ./%s.deb\nSize: %s\nSHA256: %s\n\n' "$control" "$number" "$size" "${carried_sums[$file]}"
  done >"$scratch/repository/Packages"
}

# What apt keeps for this run alone: the host's lists, repositories, pins and default release stay out of it.
make_scratch() { # -> $scratch ${apt_command[@]}
  # Of a run that installs, a fixed one that only root can make: what a killed run left there goes with the next.
  if [[ $mutating == yes ]]; then
    scratch=/run/lvsgen-packages
    rm -rf -- "$scratch" && mkdir -m 0700 -- "$scratch"
  elif ! scratch=$(mktemp -d "${TMPDIR:-/tmp}/lvsgen-packages.XXXXXX" 2>&1); then
    failure="cannot make a directory for temporary files: $scratch" scratch=''
    return 1
  fi
  mkdir -p -- "$scratch/repository" "$scratch/lists/partial" "$scratch/cache/archives/partial"
  printf 'deb [trusted=yes] file:%s ./\n' "$scratch/repository" >"$scratch/sources.list"
  cat >"$scratch/apt.conf" <<EOT
#clear APT::Default-Release;
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
EOT
  apt_command=("${apt_get[@]}" -c "$scratch/apt.conf") # never empty
}

drop_scratch() {
  [[ -z $scratch ]] || rm -rf -- "$scratch"
  scratch=''
}

# apt names what keeps a package from being installed one step at a time: asks on until it names what is not there.
plan_unmet() { # OUTPUT
  local line by='' need why progress='' unmet_line='^ (([^ ]+) :| ) *(Pre)?Depends: (.+) but (.+)$'
  local -a unmet=()
  while IFS= read -r line; do
    [[ $line =~ $unmet_line ]] || continue
    by=${BASH_REMATCH[2]:-$by} need=${BASH_REMATCH[4]} why=${BASH_REMATCH[5]% or}
    if [[ $why != *'not going to be installed' ]]; then
      unmet+=("$need is needed by $by: $why")
    elif [[ ${carried_names[${need%% *}]:-} && " ${carried_plan[*]} " != *" ${need%% *} "* ]]; then # never empty
      carried_plan+=("${need%% *}") progress=1
    fi
  done <<<"$1"
  if ((${#unmet[@]})); then
    lacks_packages 'something that they depend on is not in it' "${unmet[@]}" # never empty
  elif [[ -z $progress ]]; then
    failure="apt refuses the packages in $carried"$'\n'$1$'\n''Nothing was installed.'
    return 1
  fi
}

# ---- carried rpms: rpm itself says what is lacking, and the folder is asked for that ------------------------------

# With these files an `rpm -U --test` passes. Whatever the host has in a version that satisfies stays as it is.
plan_rpms() { # NAME... -> ${carried_plan[@]}
  local output='' name lacking_names=''
  local -A rpm_of=() rpms_providing=() planned=()
  index_rpms || return 1
  for name; do
    if [[ ${rpm_of[$name]:-} ]]; then plan_rpm "${rpm_of[$name]}"; else lacking_names+=" $name"; fi
  done
  if [[ $lacking_names ]]; then
    lacks_packages "there is no package$lacking_names in it"
    return
  fi
  while ! output=$(cd -- "$carried" && rpm -U --test -- "${carried_plan[@]/#/./}" 2>&1); do # never empty
    plan_needed "$output" || return 1
  done
}

plan_rpm() { # FILE: fails where it is in the plan already
  [[ -z ${planned[$1]:-} ]] || return 1
  planned[$1]=1
  carried_plan+=("$1")
}

# Names, and what each file provides, in one process.
index_rpms() { # -> $rpm_of $rpms_providing
  local line file='' name number=-1
  local -a files=()
  for file in "${carried_files[@]}"; do # never empty
    [[ $file != *.noarch.rpm && $file != *".$architecture.rpm" ]] || files+=("$file")
  done
  if ((${#files[@]} == 0)); then
    lacks_packages "there are none for $architecture in it"
    return
  fi
  while IFS= read -r line; do
    case $line in
      'name '*)
        number=$((number + 1)) file=${files[number]}
        rpm_of[${line#name }]=$file
        ;;
      'provides '*) rpms_providing[${line#provides }]+=" $file" ;;
    esac
  done < <(cd -- "$carried" && rpm -qp --nosignature --qf 'name %{NAME}\n[provides %{PROVIDENAME}\n]' -- "${files[@]/#/./}" 2>/dev/null) # never empty
  ((number + 1 == ${#files[@]})) && return 0
  failure="rpm cannot read the packages in $carried"
  return 1
}

# Takes from what `rpm -U --test` printed what it lacks, and plans a file for each; fails where nothing new helps.
plan_needed() { # OUTPUT
  local line need by progress='' needed_line='^[[:space:]]+(.+) is needed by (\(installed\) )?(.+)$'
  local -a unmet=()
  while IFS= read -r line; do
    [[ $line =~ $needed_line ]] || continue
    need=${BASH_REMATCH[1]} by=${BASH_REMATCH[3]}
    unmet+=("$need is needed by $by")
    # An upgrade that an installed package does not go with brings that one's own upgrade along.
    [[ -z ${BASH_REMATCH[2]} ]] || need=${by%-*-*}
    ! plan_capability "$need" || progress=1
  done <<<"$1"
  [[ -z $progress ]] || return 0
  if ((${#unmet[@]})); then
    lacks_packages 'something that they depend on is not in it' "${unmet[@]}" # never empty
  else
    failure="rpm refuses the packages in $carried"$'\n'$1$'\n''Nothing was installed.'
  fi
  return 1
}

# The first file not planned yet that provides it: a name with a version, a path, or `(one or another)`.
plan_capability() { # NEED
  local capability file
  local -a words=("${1%% *}")
  # shellcheck disable=SC2206 # the words of a rich dependency
  [[ $1 != '('* ]] || words=(${1//[()]/ })
  for capability in "${words[@]}"; do # never empty
    for file in ${rpms_providing[$capability]:-}; do
      ! plan_rpm "$file" || return 0
    done
    [[ $capability == /* ]] || continue
    for file in "${carried_files[@]}"; do # never empty
      rpm -qpl --nosignature -- "$carried/$file" 2>/dev/null | grep -Fqx -e "$capability" || continue
      ! plan_rpm "$file" || return 0
    done
  done
  return 1
}

# ---- network back ends: the described one has to be the one that configures this host ---------------

# Proven before anything is written for it: what another daemon configures would be taken from it, or nothing would last.
backend_declare() { # `ifcfg DEVICE`, `ifupdown [DEVICE...]`, `netplan TYPE DEVICE` or `networkd DEVICE`
  describe backend "$*" 'in charge'
}

backend_probe() { # NAME
  local name device devices file network_file
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
      for device in $devices; do
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
  read_release
  # shellcheck disable=SC2086 # a list of patterns
  if is_release $platform_releases; then
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
  finding skip root "not root: who has the virtual addresses and what lvsgen left here is not looked at" '' "sudo bash $script"
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
  read -r word version _ < <(systemctl --version 2>/dev/null) || :
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

# The last file name wins at boot (sysctl.d(5)); what sorts behind lvsgen's takes back what it sets.
check_sysctls() {
  local entry key value file line content found='' strict=''
  local -A described_value=()
  ((${#sysctls[@]})) || return 0
  for entry in "${sysctls[@]}"; do # never empty
    key=${entry%% *} described_value[${key//\//.}]=${entry#* }
  done
  for file in /etc/sysctl.d/*.conf /run/sysctl.d/*.conf /usr/local/lib/sysctl.d/*.conf /usr/lib/sysctl.d/*.conf; do
    [[ ${file##*/} > 99-zz-lvsgen && ${file##*/} != 99-zz-lvsgen-* ]] || continue
    read_text "$file" || continue
    while IFS= read -r line; do
      [[ $line != [\#\;]* && $line == *=* ]] || continue
      key=${line%%=*} key=${key#-} key=${key//[[:blank:]]/} key=${key//\//.}
      value=${line#*=} value=${value#"${value%%[![:blank:]]*}"} value=${value%"${value##*[![:blank:]]}"}
      [[ -z ${described_value[$key]:-} || ${described_value[$key]} == "$value" ]] || found+=$'\n'"$file: $key = $value"
    done <<<"$content"
  done
  if [[ $found ]]; then
    finding warn sysctl "another file takes back settings at the next boot:${found//$'\n'/ }" "The last file name wins, and its name sorts behind lvsgen's." "Take these lines out${found}"
  else
    finding ok sysctl "no file takes back the ${#sysctls[@]} settings at boot"
  fi
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

# ---- packages: there, or to be had; and what else keeps the package manager from working -------------------

check_packages() {
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
      if check_carried && plan_carried "${missing[@]}"; then # never empty
        finding ok packages "to be installed from $carried, whose sums are right: ${missing[*]}" # never empty
      else
        finding_failure stop packages "Packages come from the carried folder alone, and not one is installed while it is wrong."
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
  local running='' unit
  [[ $firewall_policy ]] || return 0
  for unit in firewalld ufw nftables iptables; do
    [[ ${unit_of[$unit.service]:-} != *' active' ]] || running=$unit
  done
  case ${running:+running}:$firewall_policy in
    :*) finding ok firewall 'none is active' ;;
    *:disable) finding ok firewall "$running is active; apply turns it off, as described" ;;
    *:open)
      if [[ $running == iptables ]]; then
        finding warn firewall "iptables.service has rules of its own, which apply does not change" "Clients, real servers and the NFS server have to get through." \
          "See that it lets in: ${ports[*]:-nothing more}; or describe the firewall as 'disable' or 'keep'" # never empty
      else
        finding ok firewall "$running is active; apply opens ${ports[*]:-nothing}" # never empty
      fi
      ;;
    *:keep)
      finding warn firewall "$running is active, and described is that it stays as it is" "What it does not let in, this role does not serve." \
        "See that it lets in what this host serves (its VIPs' ports; NFS: 2049/tcp, 111)"
      ;;
  esac
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
      [[ ${unit_of[$unit.service]:-} != *' active' ]] ||
        finding warn others "$unit is active" "It writes the same IPVS table; what one sets the other takes back." "Stop and disable $unit, or leave this host to it"
    done
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
    finding warn state "lvsgen has put another cluster on this host:$others" "What both set (kernel settings, the IPVS rules file) the later one decides." "Where that is over: uninstall it with that cluster's script"
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

check_room() {
  local parent _ free inodes
  existing_parent /var/lib/lvsgen
  read -r _ _ _ free _ < <(df -Pk -- "$parent" | tail -n 1)
  read -r _ _ _ inodes _ < <(df -Pi -- "$parent" | tail -n 1)
  if ((free < 16384)) || [[ $inodes =~ ^[0-9]+$ && $inodes -lt 200 ]]; then
    finding stop room "$parent has $((free / 1024)) MiB and $inodes inodes left" "lvsgen writes down there how to get back before it changes anything." "Make room on that file system"
  elif ((free < 262144)); then
    finding warn room "$parent has $((free / 1024)) MiB left" "Packages that are to be installed may not fit." "Make room on that file system"
  else
    finding ok room "$((free / 1024)) MiB where lvsgen keeps its state"
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
  local i name cidr state present all_there
  load_addresses
  present=$(cd /sys/class/net && printf '%s ' *)
  for ((i = 0; i < ${#interface_names[@]}; i++)); do
    name=${interface_names[i]}
    if [[ ! -e /sys/class/net/$name ]]; then
      finding stop interface "no interface $name; this host has ${present% }" "Virtual addresses and kernel settings go to it." \
        "Mend the interface of $host in the description and build again"
      continue
    fi
    state=unknown
    read -r state <"/sys/class/net/$name/operstate" || :
    if [[ $state == down || $state == lowerlayerdown ]]; then
      finding warn interface "$name is $state" "Nobody reaches this host over it." "ip link set $name up; look at the cable or the switch's port"
    fi
    all_there=1
    for cidr in ${interface_addresses[i]}; do check_address "$name" "$cidr" || all_there=''; done
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
  read -r _ _ _ version < <(nmcli --version 2>/dev/null) || version=unknown
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

ask_for() { # ADDRESS DEVICE FILE, which is there afterwards when nobody has the address
  ! arping -D -q -c 2 -w 3 -I "$2" "$1" >/dev/null 2>&1 || : >"$3"
}

# Another program of the same name takes other options.
is_arping() {
  command -v arping >/dev/null && [[ $(arping -V 2>&1) == *iputils* ]]
}

# Somebody has it. A director may; then its own address is at the same hardware address.
judge_answer() { # VIP DEVICE
  local mac i address
  hardware_address "$1" "$2"
  local vip_mac=$mac
  if [[ -z $vip_mac ]]; then
    finding skip arp "$1: nobody could be asked on $2"
    return
  fi
  for ((i = 0; i < ${#director_names[@]}; i++)); do
    for address in ${director_addresses[i]}; do
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

# ---- main ---------------------------------------------------------------------------------------

kernel_release='' failure='' units_known=1

on_error() { # LINE COMMAND
  trap - ERR
  complain "internal error in line $1: $2" "Nothing was changed."
  exit 1
}

on_exit() {
  drop_scratch
}

# Takes the place of the scripts' own, which ends the run: here the other questions are still worth asking.
cannot_read() { # WHAT COMMAND
  [[ $2 != systemctl* ]] || units_known=''
  finding skip reading "cannot read $1" "'$2' failed." 'Run it by hand and see why'
}

main() {
  set -Eeuo pipefail
  shopt -s extglob
  unset -v CDPATH GLOBIGNORE GREP_OPTIONS POSIXLY_CORRECT
  export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin
  umask 022
  script_path=${BASH_SOURCE[0]} script=${BASH_SOURCE[0]##*/}
  parse_options "$@"
  use_colors
  trap 'on_error "$LINENO" "$BASH_COMMAND"' ERR
  trap '' PIPE
  find_host
  platform_facts
  directors
  interfaces
  needs
  units+=(firewalld.service ufw.service nftables.service iptables.service NetworkManager.service network.service keepalived.service ldirectord.service rc-local.service)
  trap on_exit EXIT
  say "${bold}$host$plain  cluster $cluster, ${roles// /, } on $platform"
  if check_system; then
    check_root || :
    check_programs
    check_systemd
    check_kernel
    check_modules
    load_units
    check_packages
    check_ipvsadm
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
  fi
  check_interfaces
  check_vips
  check_time
  closing ok warn stop skip
  ((count[stop] == 0)) || exit 1
}


main "$@"
