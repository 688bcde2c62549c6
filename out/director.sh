#!/bin/bash
# Part 1 of 3: does nothing unless every byte below the line of "=" arrived as it was written.
# (Each line here ends in a comment, so that it works even where an editor or a mail gateway made CRLF of it.)
lvsgen_sum=e99aa609fb8c838dae3c9da90ac76fab3195d4be235f06900569c7bfb6afc648 #
lvsgen_size=146379 #
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
# DR and TUN: replies go from the real servers straight to the clients, so this is no router.
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

  title 'SELinux: permissive, now and after a reboot, as described'
  want setting '/etc/selinux/config SELINUX' permissive
  want selinux mode permissive

  title 'IPVS table, live and at boot'
  want file /etc/systemd/system/ipvsadm.service.d/lvsgen-kgc-director.conf 0644 root root <<'END'
# Stopping this unit must not save the live table over /etc/sysconfig/ipvsadm, nor clear it under
# the clients' connections. To clear it on purpose: ipvsadm -C
[Service]
ExecStop=
END
  want table /etc/sysconfig/ipvsadm <<'END'
-A -t 192.168.80.188:80 -s rr
-a -t 192.168.80.188:80 -r 192.168.80.12:80 -g -w 1
-a -t 192.168.80.188:80 -r 192.168.80.13:80 -g -w 1
END
  want unit ipvsadm.service enabled -

  title 'Virtual addresses'
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
}

# Part 3 of 3: the runtime, the same in every script.

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

command=apply host='' root='' only='' json='' quiet='' no_color='' diff='' wait_seconds=0 confirm_seconds=''
drain_seconds=30 to_generation='' purge='' packages_dir='' force_platform='' log_file='' mutating=''
operands=()

usage() {
  local drain_usage=''
  [[ $role != director ]] || drain_usage=$'  drain NAME       take a real server out of rotation; its connections go on\n  undrain NAME     put it back\n'
  cat <<EOF
$script: ${role_title} of the LVS cluster $cluster

Usage: sudo bash $script [COMMAND] [OPTIONS]

Commands
  apply            bring this host to the described state; changes only what differs (default)
  check            say what apply would change; change nothing (exit code 2: changes are pending)
  verify           prove the live state: addresses, ARP settings, routes, table, mounts, units, ports
  status           one screen of live state
  rollback         undo the last apply that changed something (--to N: all later than generation N)
  uninstall        undo everything; the host is as before the first apply (--purge: packages and log too)
  confirm          keep what an apply with --confirm made
$drain_usage  list             what this script holds: hosts, resources, files
  show PATH        print one file as it would be written
  extract DIR      write the files of every host below DIR

Options
  --host NAME          act as this host of the description (default: found by its addresses)
  --only KIND,...      only resources of these kinds (list names them)
  --root DIR           write files only, below DIR (an image, a chroot); needs --host
  --diff               show what changes in files, as unified diffs
  --json               one JSON object per line
  --quiet              only failures
  --no-color           no colours (as the NO_COLOR variable)
  --wait SECONDS       wait so long for another run to end (default 0)
  --confirm SECONDS    apply: put everything back unless '$script confirm' comes in time
  --drain SECONDS      wait so long for connections of a removed real server (default 30)
  --to N               rollback: return to generation N
  --purge              uninstall: remove the packages that apply installed, and the log
  --packages DIR       install packages from this folder
  --force-platform     act although this system is not the described platform
  --help, --version

Exit codes: 0 as described; 1 failed (nothing is lost: apply again, or rollback); 2 check: changes are
pending; 64 usage; 69 something the host lacks; 75 another run holds the lock; 77 not root; 78 not a
described host or platform.
EOF
}

bad_usage() { # MESSAGE
  complain "$1" "See: bash $script --help"
  exit 64
}

# An option's value: `--to 3` or `--to=3`.
option_value() { # OPTION INLINE HAS-INLINE NEXT...
  if [[ $3 ]]; then
    value=$2
  elif (($# > 3)); then
    value=$4 took_next=1
  else
    bad_usage "$1 needs a value"
  fi
  [[ $value ]] || bad_usage "$1 needs a value that is not empty"
}

seconds_value() { # OPTION
  [[ $value =~ ^[0-9]{1,6}$ ]] || bad_usage "$1 takes a whole number from 0 to 999999, not '$value'"
  value=$((10#$value))
}

parse_options() {
  local argument name inline has value took_next rest='' named=''
  while (($#)); do
    argument=$1 took_next=0 inline='' has=''
    shift
    if [[ $rest || $argument != -* ]]; then
      if [[ $named ]]; then operands+=("$argument"); else command=$argument named=1; fi
      continue
    fi
    name=${argument%%=*}
    if [[ $argument == *=* ]]; then inline=${argument#*=} has=1; fi
    case $name in
      --host | --only | --root | --wait | --confirm | --drain | --to | --packages)
        option_value "$name" "$inline" "$has" "$@"
        ;;
      *) [[ -z $has ]] || bad_usage "$name takes no value" ;;
    esac
    case $name in
      --host) host=$value ;;
      --only) only=$value ;;
      --root) root=$value ;;
      --wait) seconds_value "$name" && wait_seconds=$value ;;
      --confirm) seconds_value "$name" && confirm_seconds=$value ;;
      --drain) seconds_value "$name" && drain_seconds=$value ;;
      --to) seconds_value "$name" && to_generation=$value ;;
      --packages) packages_dir=$value ;;
      --diff) diff=1 ;;
      --json) json=1 ;;
      --quiet | -q) quiet=1 ;;
      --no-color | --no-colour) no_color=1 ;;
      --purge) purge=1 ;;
      --force-platform) force_platform=1 ;;
      --help | -h) usage && exit 0 ;;
      --version | -V) printf '%s: cluster %s, role %s, lvsgen format %s, sha256 %s\n' \
        "$script" "$cluster" "$role" "$lvsgen_format" "$lvsgen_sum" && exit 0 ;;
      --) rest=1 ;;
      *) bad_usage "unknown option $name" ;;
    esac
    ((took_next == 0)) || shift
  done
  check_options
}

check_options() {
  local operand_count=0 kind
  case $command in
    apply | check | verify | status | rollback | uninstall | confirm | list) ;;
    show | extract) operand_count=1 ;;
    drain | undrain)
      [[ $role == director ]] || bad_usage "$command is a command of director.sh"
      operand_count=1
      ;;
    help) usage && exit 0 ;;
    *) bad_usage "unknown command '$command'" ;;
  esac
  ((${#operands[@]} == operand_count)) ||
    bad_usage "$command takes $operand_count argument(s), not ${#operands[@]}"
  [[ -z $to_generation || $command == rollback ]] || bad_usage "--to belongs to rollback"
  [[ -z $purge || $command == uninstall ]] || bad_usage "--purge belongs to uninstall"
  [[ -z $only || " apply check verify status list " == *" $command "* ]] || bad_usage "--only goes with apply, check, verify and status"
  [[ -z $confirm_seconds || $command == apply ]] || bad_usage "--confirm belongs to apply"
  [[ -z $confirm_seconds || $confirm_seconds -gt 0 ]] || bad_usage "--confirm takes at least 1 second"
  if [[ $root ]]; then
    [[ $host ]] || bad_usage "--root needs --host: an image has no addresses to be found by"
    [[ -d $root ]] || bad_usage "--root: no directory $root"
    case $command in
      apply | check | rollback | uninstall) ;;
      *) bad_usage "--root goes with apply, check, rollback and uninstall" ;;
    esac
    [[ -z $confirm_seconds ]] || bad_usage "--confirm and --root exclude each other"
    root=$(cd -- "$root" && pwd -P)
    [[ $root != / ]] || root=''
    [[ $root ]] || bad_usage "--root / is this host itself: leave --root out"
  fi
  [[ -z $packages_dir || -d $packages_dir ]] || bad_usage "--packages: no directory $packages_dir"
  for kind in ${only//,/ }; do
    [[ " $all_kinds " == *" $kind "* ]] || bad_usage "--only: no kind '$kind'; there are: $all_kinds"
  done
}

# ---- engine: described resources, and the one way to bring one to its state -------------------
#
# A kind of resource is four functions:
#   KIND_declare NAME ARGUMENT...   sets $state (and $text) to what is described
#   KIND_probe NAME                 sets $have to the state on this host, in the same words
#   KIND_record NAME                sets $record to what KIND_set needs to get back here ($have if missing)
#   KIND_set NAME STATE             makes it so, through run; fails with $failure set
# and KIND_same NAME, where $have and $state may differ in words but not in meaning.

r_kind=() r_name=() r_state=() r_text=()
declare -A described=() # "KIND NAME" -> index
all_kinds='package module sysctl file directory block setting mode backend networkd address route mount export unit service timeouts netfilter fou selinux boolean firewall listener gateway'
file_kinds='file directory block setting mode'

# A line of the declarative part.
want() { # KIND NAME [ARGUMENT...]
  local kind=$1 name=$2 state='' text=''
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

describe() { # KIND NAME STATE [TEXT]
  local kind=$1 name=$2
  [[ -z $only || ",$only," == *",$kind,"* ]] || return 0
  [[ -z $root || " $file_kinds " == *" $kind "* ]] || return 0
  described["$kind $name"]=${#r_kind[@]}
  r_kind+=("$kind") r_name+=("$name") r_state+=("$3") r_text+=("${4:-}")
}

is_function() { # NAME
  declare -F "$1" >/dev/null
}

# Is the resource as described? Sets $have.
is_same() { # KIND NAME, with $state and $text set
  "$1_probe" "$2"
  if is_function "$1_same"; then "$1_same" "$2"; else [[ $have == "$state" ]]; fi
}

# Writes down how to get back, durably, before anything changes.
journal_resource() { # KIND NAME
  local record=$have sum
  local -a records=()
  [[ " $file_kinds " != *" $1 "* ]] || stays_below_root "$root${2%/*}/" || return 1
  if ! journaled "$1" "$2"; then
    if is_function "$1_record"; then "$1_record" "$2" || return 1; fi
    records=("$1" "$2" "$record")
  fi
  if [[ $1 == file && $state == 'file '* ]]; then
    sum_of_text "$text" || return 1
    records+=(wrote "$2" "$sum")
  fi
  ((${#records[@]} == 0)) || journal "${records[@]}" # never empty
}

failure=''

# The beats of every resource: probe; equal: ok; else journal, change, probe again.
reconcile() { # INDEX
  local kind=${r_kind[$1]} name=${r_name[$1]} state=${r_state[$1]} text=${r_text[$1]} have='' before
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
  failure=''
  if begin_changes && journal_resource "$kind" "$name" && "${kind}_set" "$name" "$state"; then
    forget_snapshots "$kind"
    if is_same "$kind" "$name"; then
      report changed "$kind" "$name" "$(change_of "$kind" "$before" "$state")"
      return 0
    fi
    failure="it was set, but is still: ${have:-absent}"
  fi
  report failed "$kind" "$name" "${failure%%$'\n'*}"
  [[ $failure != *$'\n'* ]] || complain_lines "${failure#*$'\n'}"
  return 1
}

complain_lines() { # TEXT
  local line
  while IFS= read -r line; do
    complain "  ${line//[[:cntrl:]]/?}"
  done <<<"$1"
}

# "0644 -> 0755" for short states; long ones speak for themselves in --diff.
change_of() { # KIND BEFORE AFTER
  local before=${2:-absent} after=$3
  case $1 in
    service | file | block) [[ $before != absent ]] && printf 'differs' || printf 'absent' ;;
    *) ((${#before} + ${#after} > 100)) || printf '%s -> %s' "$before" "$after" ;;
  esac
}

# ---- leftovers: what an earlier apply put here and the description no longer has ----------------------------

# It goes back to what it was, and is not lvsgen's any more.
load_leftovers() {
  local i
  [[ -z $only ]] || return 0
  load_records 0
  undo_paths
  [[ -z $root ]] || return 0
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} != mount ]] || ! is_leftover mount "${u_name[i]}" || refuse_dead_mount "${u_name[i]}"
  done
}

# Below a mount point lies something else when another share is mounted there, or none. What was written there goes back while it
# is reached, also where the description has the same again: for there it is another file.
leave_mount_points() {
  local i j state text target
  local -a targets=() leaving=()
  [[ -z $root ]] || return 0
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} != mount ]] || ! is_leftover mount "${u_name[i]}" || { targets+=("${u_name[i]}") && leaving+=("$i"); }
  done
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    state=${r_state[i]} text=${r_text[i]}
    [[ ${r_kind[i]} != mount ]] || is_same mount "${r_name[i]}" || targets+=("${r_name[i]}")
  done
  for ((i = ${#u_kind[@]} - 1; i >= 0; i--)); do
    [[ ${u_kind[i]} && " $file_kinds " == *" ${u_kind[i]} "* ]] || continue
    for target in ${targets[@]+"${targets[@]}"}; do
      [[ ${u_name[i]} != "$target"/* ]] || drop_record "$i" 'something else is mounted here now: as it was before' || return 1
    done
  done
  # What is described below a share that goes would be written to it.
  for i in ${leaving[@]+"${leaving[@]}"}; do
    for ((j = 0; j < ${#r_kind[@]}; j++)); do
      [[ " $file_kinds " == *" ${r_kind[j]} "* && ${r_name[j]} == "${u_name[i]}"/* ]] || continue
      drop_leftover "$i" || return 1
    done
  done
}

drop_leftovers() {
  local i drain_seconds=$drain_seconds
  if [[ $mutating == yes ]]; then
    drain_leftovers || return 1
    drain_seconds=0
  fi
  for ((i = ${#u_kind[@]} - 1; i >= 0; i--)); do
    drop_leftover "$i" || return 1
  done
}

drop_leftover() { # INDEX
  ! is_leftover "${u_kind[$1]}" "${u_name[$1]}" || drop_record "$1" 'no longer described: as it was before'
}

declare -A unreached=() # mount points of shares that are not mounted, with something on them that was not put back

drop_record() { # INDEX NOTE
  local kind=${u_kind[$1]} name=${u_name[$1]} record=${u_record[$1]} have state='' text='' mount_point
  [[ $kind ]] || return 0
  if [[ -z $root ]] && was_on_mount "$1"; then
    unreached[$mount_point]=1
    return 0
  fi
  if undo_is_done "$kind" "$name" "$record"; then
    [[ -z ${unreached[$name]:-} ]] || return 0
    [[ -z $generation ]] || release "$kind" "$name" || return 1
    u_kind[$1]=''
    return 0
  fi
  if [[ $mutating != yes ]]; then
    report pending "$kind" "$name" 'no longer described'
    return 0
  fi
  failure=''
  if begin_changes && journal_resource "$kind" "$name" && keep_hand_made "$kind" "$name" && put_back "$kind" "$name" "$record" &&
    release "$kind" "$name"; then
    u_kind[$1]=''
    report changed "$kind" "$name" "$2"
  else
    report failed "$kind" "$name" "${failure%%$'\n'*}"
    [[ $failure != *$'\n'* ]] || complain_lines "${failure#*$'\n'}"
    return 1
  fi
}

is_leftover() { # KIND NAME
  local key="$1 $2" holder
  [[ $1 && -z ${described[$key]:-} && " package holds drained pulled " != *" $1 "* ]] || return 1
  [[ -z $root || " $file_kinds " == *" $1 "* ]] || return 1
  ! still_described "$1" "$2" && ! held_elsewhere "$key"
}

# Connections of services that go end while their address is still here.
drain_leftovers() {
  local i have edits='' removals=''
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == service ]] || continue
    is_leftover service "${u_name[i]}" || continue
    service_probe "${u_name[i]}"
    [[ $have != "${u_record[i]}" ]] || continue
    if ! begin_changes || ! journal_resource service "${u_name[i]}"; then return 1; fi
    service_edits "${u_name[i]}" "$have" "${u_record[i]}"
  done
  drain_first
}

# What was written down along with something that is described still: a directory above a described file,
# what ip_forward takes along.
still_described() { # KIND NAME
  local key
  case $1 in
    directory)
      for key in "${!described[@]}"; do
        [[ $key != *" $2/"* ]] || return 0
        [[ $key != 'networkd '* || $2 != "$networkd_dir"/*.network.d ]] || return 0
      done
      ;;
    sysctl) [[ $2 == */* && ${described['sysctl net.ipv4.ip_forward']:-} ]] && return 0 ;;
  esac
  return 1
}

# ---- journal: how to get back, on disk before each change --------------------------------------
#
# /var/lib/lvsgen/CLUSTER/ROLE, readable by root alone:
#   generations/N   one apply that changed something: a record a line, `end` when it came through
#   base            the records of generations that were pruned
#   blobs/          the files that records name
#   holds           what this role describes on this host, so that another role leaves it alone
#   drained         real servers that an operator took out of rotation
# A record is KIND, NAME, STATE BEFORE and a full stop, between tabs. A torn last line was never
# followed by its change, so it is skipped. A record `wrote` has the SHA-256 sum of a text that lvsgen was about to
# write into the file: whatever else an undo finds there, a hand wrote.

state_dir='' generation='' begun='' resumed='' keep_generations=10
previous_holds='' keys_held=''
declare -A journal_keys=()
u_kind=() u_name=() u_record=() # records loaded for an undo, oldest first, one a resource

state_paths() {
  state_dir=$root/var/lib/lvsgen/$cluster/$role
}

escape() { # TEXT -> $escaped
  escaped=${1//\\/\\\\}
  escaped=${escaped//$'\t'/\\t}
  escaped=${escaped//$'\n'/\\n}
}

unescape() { # TEXT -> $unescaped
  printf -v unescaped '%b' "$1."
  unescaped=${unescaped%.}
}

list_generations() { # -> ${generations[@]}, oldest first
  local file
  generations=()
  for file in "$state_dir"/generations/[0-9][0-9][0-9][0-9]; do
    [[ -f $file ]] && generations+=("${file##*/}")
  done
  return 0
}

generation_is_closed() { # NUMBER
  local line last=''
  while IFS= read -r line; do last=$line; done <"$state_dir/generations/$1"
  [[ $last == end* ]]
}

read_boot_id() {
  boot_id=unknown
  [[ ! -r /proc/sys/kernel/random/boot_id ]] || IFS= read -r boot_id </proc/sys/kernel/random/boot_id
}

# Appends to a file and has it on the disk before it returns.
append_durably() { # FILE TEXT
  local failed
  failed=$(printf '%s\n' "$2" | dd of="$1" bs=64k oflag=append conv=notrunc,fsync status=none 2>&1) && return 0
  failure="cannot write $1: $failed"
  return 1
}

# A directory's entries on the disk. EL7's sync takes no operand and then syncs everything.
sync_paths() { # PATH...
  sync -- "$@" 2>/dev/null || sync
}

# Before the first change: the watchdog, and the generation that this run writes to.
begin_changes() {
  [[ -z $begun ]] || return 0
  log_open
  arm_confirm && open_generation || return 1
  begun=1
}

last_generation() { # -> $last, empty where there is none
  local -a generations
  list_generations
  last=''
  ((${#generations[@]} == 0)) || last=${generations[${#generations[@]} - 1]}
}

# An interrupted run left its generation open: an apply brings it to its end, even where nothing is left to change.
resume_interrupted() {
  local last
  last_generation
  [[ -z $last ]] || generation_is_closed "$last" || begin_changes
}

# A new generation, or the one that was left open, so that rollback reaches the state before the first run of it.
open_generation() {
  local last file now boot_id failed
  last_generation
  if ! failed=$(umask 077 && mkdir -p -- "$state_dir/generations" "$state_dir/blobs" 2>&1); then
    failure="cannot make $state_dir: $failed" generation=''
    return 1
  fi
  if [[ $last ]] && ! generation_is_closed "$last"; then
    generation=$last resumed=1
    load_journal_keys
    repair_torn_line "$state_dir/generations/$generation" || return 1
    remove_temporaries
    # Files that systemd reads may be new to it.
    reload_needed=1
    log "generation $generation goes on: an earlier run was interrupted"
    journal_holds
    return
  fi
  printf -v generation '%04d' $((10#${last:-0} + 1))
  file=$state_dir/generations/$generation
  printf -v now '%(%s)T' -1
  read_boot_id
  if ! (umask 077 && append_durably "$file" "generation $generation boot=$boot_id started=$now sha256=$lvsgen_sum"); then
    failure="cannot write $file (is the file system full or read-only?)"
    rm -f -- "$file" 2>/dev/null || :
    generation=''
    return 1
  fi
  sync_paths "$state_dir/generations" "$state_dir" "${state_dir%/*}" "${state_dir%/*/*}"
  journal_keys=()
  journal_holds
}

journal_holds() {
  [[ $previous_holds == "$keys_held" ]] || journaled holds - || journal holds - "$previous_holds"
}

# What a run that was killed had begun to write beside the files it changed.
remove_temporaries() {
  local key unescaped real
  for key in "${!journal_keys[@]}"; do
    case $key in
      'setting '*) key=${key% *} ;;
      'file '* | 'block '*) ;;
      *) continue ;;
    esac
    unescape "${key#* }"
    remove_temporary "$root$unescaped"
  done
}

repair_torn_line() { # FILE: a record that a power cut tore gets a line end, so that the next starts anew
  local line=''
  while IFS= read -r line; do line=''; done <"$1"
  [[ -z $line ]] || append_durably "$1" ''
}

load_journal_keys() {
  local kind name record stop
  journal_keys=()
  while IFS=$'\t' read -r kind name record stop; do
    [[ $stop == . ]] || continue
    if [[ $kind == -* ]]; then journal_keys["${kind#-} $name"]=''; else journal_keys["$kind $name"]=1; fi
  done <"$state_dir/generations/$generation"
}

journaled() { # KIND NAME
  local escaped
  escape "$2"
  [[ ${journal_keys["$1 $escaped"]:-} ]]
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
    shift 3
  done
  append_durably "$state_dir/generations/$generation" "$lines" || return 1
  for line in ${added[@]+"${added[@]}"}; do journal_keys[$line]=1; done
}

# The resource is as before the first apply and not lvsgen's any more; what it is when it is described again, is written down anew.
release() { # KIND NAME
  local escaped
  journal "-$1" "$2" '' || return 1
  escape "$2"
  journal_keys["$1 $escaped"]=''
}

# A copy of a file with everything that belongs to it, on the disk; sets $blob to its name.
keep_blob() { # PATH
  local n=1 failed
  while [[ -e $state_dir/blobs/$generation.$n || -L $state_dir/blobs/$generation.$n ]]; do n=$((n + 1)); done
  blob=$generation.$n
  if ! failed=$(cp -a --no-target-directory -- "$1" "$state_dir/blobs/$blob" 2>&1); then
    failure="cannot keep a copy of $1: $failed"
    rm -f -- "$state_dir/blobs/$blob" 2>/dev/null || :
    return 1
  fi
  [[ -L $1 ]] || sync_paths "$state_dir/blobs/$blob"
  sync_paths "$state_dir/blobs"
}

# Closes the generation: everything it wrote is on the disk. What an apply left open, an apply closes.
end_changes() {
  [[ $generation && (-z $resumed || $command == apply) ]] || return 0
  sync
  append_durably "$state_dir/generations/$generation" end || return 1
  prune_generations
}

# ---- records: read back for an undo, and folded when they are old --------------------------------------

declare -A written=() # path -> sums of the texts that lvsgen wrote there, between spaces, the newest first

# Reads records into u_*: of the generations later than N, oldest first; the oldest of a resource counts.
load_records() { # N
  local number
  local -a generations
  local -A seen=()
  u_kind=() u_name=() u_record=() written=()
  [[ $1 != 0 || ! -f $state_dir/base ]] || load_record_file "$state_dir/base"
  list_generations
  for number in ${generations[@]+"${generations[@]}"}; do
    ((10#$number > 10#$1)) || continue
    load_record_file "$state_dir/generations/$number" "$1"
  done
}

load_record_file() { # FILE [N]: with N above 0 a release forgets nothing, the way back leads past it
  local kind name record stop unescaped key
  while IFS=$'\t' read -r kind name record stop; do
    [[ $stop == . ]] || continue
    if [[ $kind == -* ]]; then
      key="${kind#-} $name"
      [[ ${2:-0} != 0 || -z ${seen[$key]:-} ]] || u_kind[${seen[$key]} - 1]=''
      seen[$key]=''
      continue
    fi
    if [[ $kind == wrote ]]; then
      unescape "$name"
      written[$unescaped]=" ${record#=}${written[$unescaped]:- }"
      continue
    fi
    [[ -z ${seen["$kind $name"]:-} ]] || continue
    unescape "$name"
    u_name+=("$unescaped")
    unescape "${record#=}"
    u_record+=("$unescaped")
    u_kind+=("$kind")
    seen["$kind $name"]=${#u_kind[@]}
  done <"$1"
}

wrote_line() { # PATH -> $line: what was written there last
  record_line wrote "$1" "${written[$1]:1:64}"
}

# Folds the oldest generations into the base, so that the state stays bounded.
prune_generations() {
  local i line text path
  local -a generations
  local -A seen
  list_generations
  ((${#generations[@]} > keep_generations)) || return 0
  while ((${#generations[@]} > keep_generations)); do
    seen=() u_kind=() u_name=() u_record=() written=()
    [[ ! -f $state_dir/base ]] || load_record_file "$state_dir/base"
    load_record_file "$state_dir/generations/${generations[0]}"
    text=''
    for ((i = 0; i < ${#u_kind[@]}; i++)); do
      [[ -n ${u_kind[i]} && ${u_kind[i]} != holds ]] || continue
      record_line "${u_kind[i]}" "${u_name[i]}" "${u_record[i]}"
      text+=$line$'\n'
    done
    for path in "${!written[@]}"; do
      wrote_line "$path"
      text+=$line$'\n'
    done
    replace_file "$state_dir/base" 0600 "$text" || return 1
    rm -f -- "$state_dir/generations/${generations[0]}"
    list_generations
  done
  drop_unused_blobs
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
    [[ ${used[${file##*/}]:-} ]] || rm -f -- "$file"
  done
}

# ---- holds: what several roles on one host need is given back by the last of them ---------------

# The keys that this run describes, a line each.
described_keys() { # -> $keys
  local i escaped
  keys=''
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    escape "${r_name[i]}"
    keys+="${r_kind[i]} $escaped"$'\n'
  done
}

# Before the first change, so that a script that leaves meanwhile finds them held.
hold_described() {
  local keys='' content
  [[ -z $only ]] || return 0
  described_keys
  keys_held=$keys previous_holds=''
  if read_text "$state_dir/holds"; then previous_holds=$content; fi
  [[ $keys != "$previous_holds" ]] || return 0
  if ! failure=$(umask 077 && mkdir -p -- "$state_dir" 2>&1); then
    failure="cannot make $state_dir: $failure"
    return 1
  fi
  replace_file "$state_dir/holds" 0600 "$keys"
}

# Does another role's script on this host hold this resource? (Each has a block, and a link, of its own.)
held_elsewhere() { # KEY -> $holder
  local file line escaped
  [[ $1 != block\ * && $1 != networkd\ * ]] || return 1
  escape "$1"
  for file in "$root"/var/lib/lvsgen/*/*/holds; do
    [[ -f $file && $file != "$state_dir/holds" ]] || continue
    while IFS= read -r line; do
      if [[ $line == "$escaped" ]]; then
        holder=${file%/holds}
        return 0
      fi
    done <"$file"
  done
  return 1
}

# What a start brought along may serve another role's units too: the last role on the host stops it.
needed_elsewhere() { # KIND -> $holder
  local file
  [[ $1 == pulled ]] || return 1
  for file in "$root"/var/lib/lvsgen/*/*/holds; do
    [[ -s $file && $file != "$state_dir/holds" ]] || continue
    holder=${file%/holds}
    return 0
  done
  return 1
}

# The other role becomes the one that gives it back, unless it knows an older state itself.
hand_over() { # KIND NAME RECORD
  local line lines record=$3 blob='' file kind name old stop escaped
  escape "$2"
  for file in "$holder/base" "$holder"/generations/[0-9]*; do
    [[ -f $file ]] || continue
    while IFS=$'\t' read -r kind name old stop; do
      [[ $stop != . || $kind != "$1" || $name != "$escaped" ]] || return 0
    done <"$file"
  done
  if [[ $record == 'saved '* ]]; then
    blob=$role.${record#saved }
    mkdir -p -- "$holder/blobs" && cp -a --remove-destination -- "$state_dir/blobs/${record#saved }" "$holder/blobs/$blob" || return 1
    sync_paths "$holder/blobs/$blob" "$holder/blobs"
    record="saved $blob"
  fi
  record_line "$1" "$2" "$record"
  lines=$line
  if [[ $1 == file && ${written[$2]:-} ]]; then
    wrote_line "$2"
    lines+=$'\n'$line
  fi
  (umask 077 && append_durably "$holder/base" "$lines")
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

# ---- mounts and exports of this host, read once -------------------------------------------------------

declare -A mount_of=() mount_options_of=() export_of=()

# The mounts of this host: mount_of[TARGET]="TYPE SOURCE", the topmost of each target, and its options.
load_mounts() {
  local _ target options rest source type
  [[ -z ${loaded[mount]:-} ]] || return 0
  loaded[mount]=1 mount_of=() mount_options_of=()
  while read -r _ _ _ _ target options rest; do
    rest=${rest#*- }
    type=${rest%% *} rest=${rest#* }
    source=${rest%% *}
    [[ $type != nfs* ]] || options_of_nfs "${rest#* }"
    printf -v target '%b' "${target//\\/\\0}"
    printf -v source '%b' "${source//\\/\\0}"
    mount_of[$target]="$type $source" mount_options_of[$target]=$options
  done </proc/self/mountinfo
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

# The live exports: export_of["CLIENT PATH"]=OPTIONS. exportfs keeps them here, rmtab-like escapes and all.
load_exports() {
  local path spec
  [[ -z ${loaded[export]:-} ]] || return 0
  loaded[export]=1 export_of=()
  [[ -r /var/lib/nfs/etab ]] || return 0
  while IFS=$'\t' read -r path spec; do
    printf -v path '%b' "${path//\\/\\0}"
    spec=${spec%")"}
    # Quoted: with extglob on, *( begins another pattern.
    export_of["${spec%%"("*} $path"]=${spec#*"("}
  done </var/lib/nfs/etab
}

# ---- files: written whole or not at all, and brought back ---------------------------------------------------------

# The file itself behind a link; below --root a link's target lies there too.
real_path() { # PATH -> $real
  local target hops
  real=$1
  for ((hops = 0; hops < 40; hops++)); do
    [[ -L $real ]] || return 0
    target=$(readlink -- "$real")
    if [[ $target == /* ]]; then real=$root$target; else real=${real%/*}/$target; fi
  done
}

# Writes a file whole or not at all: beside it, synced, renamed. An editor's or ifup's pattern for
# backups never matches the temporary name (ifup reads every ifcfg-lo:*).
replace_file() { # PATH MODE TEXT [OWNER GROUP]
  local path=$1 dir=${1%/*} temporary failed
  temporary=$dir/.lvsgen.${path##*/}
  remove_temporary "$path"
  # Exclusively: in a directory that others may write to, a link of that name leads elsewhere.
  if ! failed=$(umask 077 && printf '%s' "$3" | dd of="$temporary" bs=64k conv=excl,fsync status=none 2>&1) ||
    ! failed=$(finish_file "$temporary" "$path" "$2" "${4:-}" "${5:-}" 2>&1); then
    failure="cannot write $path: $failed"
    rm -f -- "$temporary" 2>/dev/null || :
    return 1
  fi
}

finish_file() { # TEMPORARY PATH MODE OWNER GROUP
  if [[ $4 || $5 ]]; then chown -h -- "$4${5:+:$5}" "$1" || return 1; fi
  chmod -- "$3" "$1" || return 1
  [[ ! -e /sys/fs/selinux/enforce || $root ]] || chcon --reference="$2" -- "$1" 2>/dev/null || :
  mv -fT -- "$1" "$2" || return 1
  [[ ! -e /sys/fs/selinux/enforce || $root ]] || restorecon -- "$2" 2>/dev/null || :
  sync_paths "${2%/*}"
}

remove_temporary() { # PATH of the file it was to become
  local temporary=${1%/*}/.lvsgen.${1##*/}
  [[ ! -e $temporary && ! -L $temporary ]] || rm -f -- "$temporary"
}

# Brings a kept copy back, with everything that belongs to it.
restore_blob() { # PATH BLOB
  local temporary=${1%/*}/.lvsgen.${1##*/}
  [[ -e $state_dir/blobs/$2 || -L $state_dir/blobs/$2 ]] || { failure="the kept copy $state_dir/blobs/$2 is missing" && return 1; }
  [[ -d ${1%/*} ]] || run mkdir -p -- "${1%/*}" || return 1
  run cp -a --remove-destination --no-target-directory -- "$state_dir/blobs/$2" "$temporary" || return 1
  [[ -L $temporary ]] || sync_paths "$temporary"
  run mv -fT -- "$temporary" "$1" || return 1
  sync_paths "${1%/*}"
}

remove_file() { # PATH
  run rm -f -- "$1" "${1%/*}/.lvsgen.${1##*/}" && { [[ ! -d ${1%/*} ]] || sync_paths "${1%/*}"; }
}

# Missing parents of a path are written down before it, so that an undo takes them away after it.
journal_parents() { # PATH
  local parent=${1%/*} i
  local -a missing=() records=()
  while [[ $parent && ! -d $parent ]]; do
    missing=("$parent" ${missing[@]+"${missing[@]}"})
    parent=${parent%/*}
  done
  for ((i = 0; i < ${#missing[@]}; i++)); do
    journaled directory "${missing[i]#"$root"}" || records+=(directory "${missing[i]#"$root"}" absent)
  done
  ((${#records[@]} == 0)) || journal "${records[@]}" # never empty
}

# Below --root no link may lead out of it, onto this very host.
stays_below_root() { # PATH
  local directory=${1%/*} physical
  [[ $root ]] || return 0
  while [[ ! -d $directory ]]; do directory=${directory%/*}; done
  physical=$(cd -- "$directory" && pwd -P) || return 1
  [[ $physical/ == "$root/"* ]] && return 0
  failure="a symbolic link leads out of $root: $directory is $physical"
  return 1
}

make_parents() { # PATH
  [[ -d ${1%/*} ]] || run mkdir -p -- "${1%/*}"
}

sum_of_text() { # TEXT -> $sum
  sum=$(printf '%s' "$1" | sha256sum) || { failure='sha256sum failed' && return 1; }
  sum=${sum%% *}
}

sum_of_file() { # PATH -> $sum
  sum=$(sha256sum <"$1") || { failure="cannot read $1" && return 1; }
  sum=${sum%% *}
}

# ---- a file of lvsgen's own

file_declare() { # PATH MODE OWNER GROUP [TEXT], the text from standard input unless given; - leaves one alone
  if (($# > 4)); then text=$5; else IFS= read -r -d '' text || :; fi
  paths+=("$root$1")
  describe file "$1" "file $2 $3 $4" "$text"
}

file_probe() { # PATH
  local stat
  stat_path "$root$1"
  case ${stat##* } in
    '') have=absent ;;
    file) [[ $stat == *' regular '* ]] && have="file $stat" || have=other ;;
    *) have="other $stat" ;;
  esac
  [[ ! -L $root$1 ]] || have='a symbolic link'
}

# Equal in text, and in mode and owner where those are described.
file_same() { # PATH
  local content
  [[ $have == 'file '* ]] && read_text "$root$1" && [[ $content == "$text" ]] && same_rights
}

# Of $have and $state, each KIND MODE ... OWNER GROUP; - in the described one leaves it open.
same_rights() {
  local mode uid gid user group _ want_mode want_owner want_group
  read -r _ mode uid gid user group _ <<<"$have"
  read -r _ want_mode want_owner want_group <<<"$state"
  [[ $want_mode == - || $((8#$mode)) == $((8#$want_mode)) ]] || return 1
  [[ $want_owner == - || $want_owner == "$user" || $want_owner == "$uid" ]] || return 1
  [[ $want_group == - || $want_group == "$group" || $want_group == "$gid" ]]
}

file_record() { # PATH
  local blob
  if [[ $have == absent ]]; then
    journal_parents "$root$1"
    return
  fi
  [[ -f $root$1 || -L $root$1 ]] || { failure='it is there, but not a regular file: move it away first' && return 1; }
  keep_blob "$root$1" || return 1
  record="saved $blob"
}

file_set() { # PATH STATE, with $text
  local path=$root$1 _ mode owner group now now_mode now_owner now_group
  case $2 in
    absent) remove_file "$path" ;;
    saved\ *) restore_blob "$path" "${2#saved }" ;;
    *)
      read -r _ mode owner group <<<"$2"
      [[ ! -d $path ]] || { failure='a directory of that name is there' && return 1; }
      make_parents "$path" || return 1
      # What is not described stays as it is.
      if [[ $mode == - || $owner == - || $group == - ]]; then
        now=0644
        [[ ! -f $path ]] || now=$(stat -c '0%a %u %g' -- "$path") || { failure="cannot read the mode and owner of $path" && return 1; }
        read -r now_mode now_owner now_group <<<"$now"
        [[ $mode != - ]] || mode=$now_mode
        [[ $owner != - ]] || owner=$now_owner
        [[ $group != - ]] || group=$now_group
      fi
      replace_file "$path" "$mode" "$text" "$owner" "$group"
      ;;
  esac && note_unit_files "$1"
}

# ---- directories, and the mode of a file alone ------------------------------------------------------------------

directory_declare() { # PATH MODE OWNER GROUP
  paths+=("$root$1")
  describe directory "$1" "directory $2 $3 $4"
}

directory_probe() { # PATH
  local stat
  stat_path "$root$1"
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
  read -r _ mode uid gid _ <<<"$have"
  record="directory $mode $uid $gid"
}

directory_set() { # PATH STATE
  local path=$root$1 _ mode owner group
  if [[ $2 == absent ]]; then
    [[ ! -d $path ]] || rmdir -- "$path" 2>/dev/null || log "$path is not empty and stays"
    return 0
  fi
  [[ $have != other* ]] || { failure='something else of that name is there' && return 1; }
  read -r _ mode owner group <<<"$2"
  if [[ ! -d $path ]]; then
    make_parents "$path" && run mkdir -m 0755 -- "$path" || return 1
  fi
  if [[ $owner != - ]]; then run chown -- "$owner" "$path" || return 1; fi
  if [[ $group != - ]]; then run chgrp -- "$group" "$path" || return 1; fi
  # With five digits chmod takes set-group-id off a directory as well.
  if [[ $mode != - ]]; then printf -v mode '%05o' "$((8#$mode))" && run chmod -- "$mode" "$path" || return 1; fi
}

# ---- a mode alone: rc.local runs only if it is executable

mode_declare() { # PATH MODE
  paths+=("$root$1")
  describe mode "$1" "$2"
}

mode_probe() { # PATH
  local stat
  stat_path "$root$1"
  have=${stat%% *}
  have=${have:-absent}
}

mode_same() { # PATH
  [[ $have != absent && $((8#$have)) == $((8#$state)) ]]
}

mode_set() { # PATH STATE
  [[ $2 == absent || ! -e $root$1 ]] || run chmod -- "$2" "$root$1" || return 1
  # systemd-rc-local-generator(8) makes a unit of rc.local where it is executable.
  reload_needed=1
}

# ---- a marked block, or one setting, in a file that belongs to the system --------------------------
#
# Everything outside stays bit for bit. Back means: where nothing else changed meanwhile, the very file
# that was there, time stamp included; where something did, only lvsgen's part goes.

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
  read_text "$root$1" || return 0
  split_block "$content"
  have=${block:-absent}
}

block_same() { # PATH
  local framed
  framed "$text"
  [[ $have == "$framed" ]] || { [[ $state == 'block unless-sourced' && $have == absent ]] && is_sourced "$1"; }
}

# Does the file bring in already what the block's `source FILE` names? (interfaces(5))
is_sourced() { # PATH, with $text
  local content word pattern _ file=${text%$'\n'}
  file=${file##*source }
  read_text "$root$1" || return 1
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

block_record() { # PATH
  local blob real
  record=absent
  if [[ ! -e $root$1 ]]; then
    journal_parents "$root$1"
    return
  fi
  real_path "$root$1"
  keep_blob "$real" || return 1
  record="saved $blob"
}

block_set() { # PATH STATE, with $text
  local path content='' before after block mode=0644 owner='' group='' framed='' old='' real
  real_path "$root$1"
  path=$real
  if [[ -e $path ]]; then
    read_text "$path" || { failure="cannot read $1 (or it holds a NUL byte)" && return 1; }
    read -r mode owner group < <(stat -c '0%a %u %g' -- "$path")
  fi
  split_block "$content"
  case $2 in
    absent | saved\ *)
      if [[ $2 != absent ]]; then
        read_text "$state_dir/blobs/${2#saved }" || { failure="the kept copy of $1 is missing" && return 1; }
        old=$content
      fi
      undo_block "$path" "$2"
      ;;
    'block before-exit')
      framed "$text"
      [[ -e $path ]] || before=$'#!/bin/bash\n'
      [[ $block ]] || split_before_exit "$before"
      make_parents "$path" && replace_file "$path" "$mode" "$before$framed$after" "$owner" "$group"
      ;;
    *)
      framed "$text"
      [[ -z $before || $before == *$'\n' ]] || before+=$'\n'
      make_parents "$path" && replace_file "$path" "$mode" "$before$framed$after" "$owner" "$group"
      ;;
  esac && note_unit_files "$1"
}

# Nothing runs after an `exit` in rc.local. One that is indented belongs to an `if` or a function.
split_before_exit() { # TEXT -> $before $after
  local line
  before='' after=''
  while IFS= read -r line || [[ $line ]]; do
    case $line in
      exit | exit[[:space:]\;\#]*)
        after=${1:${#before}}
        return
        ;;
    esac
    before+=$line$'\n'
  done < <(printf '%s' "$1")
}

# Back to the kept file where only the block differs; else only the block goes back to what it was.
undo_block() { # PATH STATE, with $old, and $before and $after as the file is now
  local now_before=$before now_after=$after rest
  split_block "$old"
  rest=$now_before$now_after
  if [[ $2 != absent && ($rest == "$before$after" || $rest == "$before$after"$'\n') ]]; then
    restore_blob "$1" "${2#saved }"
  elif [[ $2 == absent && (-z $rest || $rest == $'#!/bin/bash\n') ]]; then
    remove_file "$1"
  else
    replace_file "$1" "$mode" "$now_before$block$now_after" "$owner" "$group"
  fi
}

# ---- one KEY=VALUE line of a shell-like configuration file

setting_declare() { # NAME=`PATH KEY` VALUE
  paths+=("$root${1% *}")
  describe setting "$1" "$2"
}

setting_probe() { # `PATH KEY`
  local content value
  have=absent
  read_text "$root${1% *}" || return 0
  setting_value "$content" "${1##* }"
  have=$value
}

setting_record() { # `PATH KEY`
  block_record "${1% *}"
}

setting_set() { # `PATH KEY` STATE
  local path key=${1##* } mode=0644 owner='' group='' content='' now out value=$2 real
  real_path "$root${1% *}"
  path=$real
  if [[ -e $path ]]; then
    read_text "$path" || { failure="cannot read ${1% *} (or it holds a NUL byte)" && return 1; }
    read -r mode owner group < <(stat -c '0%a %u %g' -- "$path")
  fi
  now=$content
  if [[ $2 == 'saved '* ]]; then
    read_text "$state_dir/blobs/${2#saved }" || { failure="the kept copy of ${1% *} is missing" && return 1; }
    # Back to the kept file where only this setting differs.
    setting_value "$now" "$key"
    with_setting "$content" "$key" "$value"
    if [[ $out == "$now" ]]; then
      restore_blob "$path" "${2#saved }"
      return
    fi
    setting_value "$content" "$key"
  fi
  with_setting "$now" "$key" "$value"
  if [[ $out == "$now" ]]; then
    return 0
  elif [[ $2 == absent && -z $out ]]; then
    remove_file "$path"
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
  done < <(printf '%s\n' "$1")
}

# Every line that sets the key sets it to the value: which of several counts, differs by reader.
with_setting() { # TEXT KEY VALUE -> $out
  local line end found=''
  out=''
  while end=$'\n' && IFS= read -r line || { end='' && [[ $line ]]; }; do
    if [[ $line == "$2="* ]]; then
      found=1
      [[ $3 != absent ]] || continue
      line=$2=$3
    fi
    out+=$line$end
  done < <(printf '%s' "$1")
  [[ -z $found && $3 != absent ]] || return 0
  [[ -z $out || $out == *$'\n' ]] || out+=$'\n'
  out+=$2=$3$'\n'
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

# ---- installing and removing: one transaction of the system's package manager ----------------------------

# The first one that is missing brings all that are: one transaction.
package_set() { # NAME STATE
  local name
  local -a missing records=()
  if [[ $2 == absent ]]; then
    remove_packages "$1"
    return
  fi
  missing_packages
  for name in "${missing[@]}"; do # never empty
    journaled package "$name" || records+=(package "$name" absent)
  done
  ((${#records[@]} == 0)) || journal "${records[@]}" || return 1 # never empty
  lacking=69
  install_packages "${missing[@]}" && lacking=1 # never empty
}

install_packages() { # NAME...
  find_carried
  case $package_source:${carried:+folder} in
    installed:*)
      failure="not installed: $*"$'\n'"The description says that packages are installed beforehand (packages.source is 'installed'), so this script installs none. Install them, and run it again."
      return 1
      ;;
    *:folder)
      complain "installing $* from $carried ..."
      from_carried "$@"
      ;;
    carried:)
      failure="not installed: $*"$'\n'"The description says that packages are carried along, and there is no folder packages/$platform/$architecture beside this script."
      ways_out
      return 1
      ;;
    repository:)
      complain "installing $* ..."
      from_repositories "$@" && return 0
      failure="cannot install $*: $failure"
      ways_out
      return 1
      ;;
  esac
}

from_repositories() { # NAME...
  case $package_manager in
    apt) mend_packages; apt_install "${apt_get[@]}" install -- "$@" ;; # never empty
    *) run "$package_manager" -y install -- "$@" ;;
  esac
}

# A dpkg that outlived the run that was killed may end only now, and leave something to mend.
apt_install() { # COMMAND...
  run "$@" && return 0
  [[ $failure == *'dpkg was interrupted'* ]] || return 1
  mend_packages
  run "$@"
}

# An interrupted transaction is repaired before the next: here what needs nothing more, by apt then what does.
mend_packages() {
  local update
  [[ $package_manager == apt ]] || return 0
  for update in /var/lib/dpkg/updates/*; do
    [[ -e $update || $(dpkg --audit 2>/dev/null) ]] || return 0
  done
  run dpkg --configure -a --force-confold || log "dpkg --configure -a left some packages to apt"
}

remove_packages() { # NAME...
  case $package_manager in
    apt) run env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get purge -y -- "$@" ;;
    *) run "$package_manager" -y remove -- "$@" ;;
  esac
}

from_carried() { # NAME...
  local status=0
  check_carried && mend_packages && plan_carried "$@" && install_carried || status=1
  drop_scratch
  return "$status"
}

install_carried() { # with ${carried_plan[@]}
  case $package_manager in
    apt) install_debs ;;
    *) install_rpms ;;
  esac
}

install_debs() { # with ${carried_plan[@]} and $scratch
  apt_install "${apt_command[@]}" install -- "${carried_plan[@]}" # never empty
}

# All repositories off. dnf takes no package of a module (EL8's httpd) without the metadata of its repository; rpm does.
install_rpms() { # with ${carried_plan[@]}
  local -a files=("${carried_plan[@]/#/$carried/}") # never empty
  if [[ "${carried_plan[*]}" == *.module[+_]* ]]; then # never empty
    run rpm -U -- "${files[@]}" # never empty
  else
    run "$package_manager" -y --disablerepo='*' install -- "${files[@]}" # never empty
  fi
}

# ---- modules, sysctls, SELinux ---------------------------------------------------------------------

# ---- kernel modules

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
    modprobe -r -- "$1" 2>/dev/null || log "module $1 is in use and stays loaded"
  elif ! run modprobe -- "$1"; then
    lacking=69
    failure="cannot load the kernel module $1: $failure"$'\n'"This kernel ($kernel_release) has no such module, or may not load it. Boot the distribution's own kernel."
    return 1
  fi
}

# ---- sysctls, live; the file in /etc/sysctl.d makes them last

sysctl_path() { # KEY -> $sysctl_file; with a slash in it dots are part of a name (ens33.100)
  if [[ $1 == */* ]]; then sysctl_file=/proc/sys/$1; else sysctl_file=/proc/sys/${1//.//}; fi
}

sysctl_declare() { # KEY VALUE
  describe sysctl "$1" "$2"
}

sysctl_probe() { # KEY
  local sysctl_file
  sysctl_path "$1"
  have=absent
  [[ -r $sysctl_file ]] || return 0
  read -r have <"$sysctl_file" || :
  have=${have//$'\t'/ }
}

# Writing ip_forward takes per-interface settings along (inet_forward_change in net/ipv4/devinet.c):
# they are kept first, so that they come back after it.
sysctl_record() { # KEY
  local file key before
  local -a records=()
  # Its value now is what it goes back to.
  [[ $have != absent ]] || no_such_sysctl || return 1
  record=$have
  [[ $1 == net.ipv4.ip_forward ]] || return 0
  for file in /proc/sys/net/ipv4/conf/*/{forwarding,accept_redirects,send_redirects}; do
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
  [[ -e $sysctl_file ]] || no_such_sysctl || return 1
  log "run: sysctl $1 = $2"
  printf '%s\n' "$2" 2>/dev/null >"$sysctl_file" || { failure="the kernel refuses the value $2" && return 1; }
}

no_such_sysctl() {
  failure='this kernel has no such setting; is its module loaded, does the interface exist?'
  return 1
}

# ---- SELinux: the mode, and booleans that a role needs

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

# ---- systemd-networkd: a drop-in of the .network file that configures a device -----------------------

networkd_dir=/etc/systemd/network

networkd_declare() { # DEVICE
  describe networkd "$1" linked
}

networkd_probe() { # DEVICE
  local link own=lvsgen-$cluster-$role-$1.conf network_file
  have=absent
  for link in "$networkd_dir"/*.network.d/"$own"; do
    [[ -L $link ]] || continue
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
    make_parents "$dir/$own" && run ln -sfn -- "../$own" "$dir/$own" && sync_paths "$dir" || return 1
  fi
  for link in "$networkd_dir"/*.network.d/"$own"; do
    [[ -L $link && ${link%/*} != "$dir" ]] || continue
    run rm -f -- "$link" && sync_paths "${link%/*}" || return 1
  done
}

# ---- addresses and routes, live; the files of the network back end make them last ------------------

# The name of an address is `ADDRESS DEVICE`, its state `PREFIX` or `PREFIX LABEL`.
address_declare() { # CIDR DEVICE [LABEL]
  describe address "${1%/*} $2" "${1#*/}${3:+ $3}"
}

address_probe() { # `ADDRESS DEVICE`
  load_addresses
  have=${address_of[$1]:-absent}
  have=${have% }
}

address_same() {
  [[ $have == "${state%% *}" ]]
}

# Broadcast, scope, label and flags come back with it.
address_record() { # `ADDRESS DEVICE`
  record=${words_of[$1]:-absent}
}

# STATE: what is described, or a line for each of what was recorded: `PREFIX WORDS...`, as ip takes them.
address_set() { # `ADDRESS DEVICE` STATE
  local address=${1% *} device=${1##* } prefix old=$have recorded=${words_of[$1]:-} lines line wanted=' '
  if [[ $2 == absent ]]; then
    for prefix in $old; do
      [[ $prefix == absent ]] || run ip address del "$address/$prefix" dev "$device" || return 1
    done
    return 0
  fi
  if [[ ! -d /sys/class/net/$device ]]; then
    failure="no interface $device on this host; its interfaces: $(cd /sys/class/net && printf '%s ' *)"
    return 1
  fi
  lines=$2
  [[ $lines == *' scope '* ]] || described_address "$address" "$device" "$2"
  while IFS= read -r line; do
    prefix=${line%% *}
    wanted+="$prefix "
    if [[ " $old " == *" $prefix "* ]]; then
      [[ $2 == *' scope '* && $'\n'$recorded$'\n' != *$'\n'"$line"$'\n'* ]] || continue
      run ip address del "$address/$prefix" dev "$device" || return 1
    fi
    # shellcheck disable=SC2086 # the words of an address, as ip prints and takes them
    run ip address add "$address/$prefix" dev "$device" ${line#"$prefix"} || return 1
  done <<<"$lines"
  # A wrong mask goes only once the right one is there.
  for prefix in $old; do
    [[ $prefix == absent || $wanted == *" $prefix "* ]] || run ip address del "$address/$prefix" dev "$device" || return 1
  done
  if [[ $device == tunl* || $device == sit* || $device == gre* || $device == ip6tnl* ]]; then run ip link set dev "$device" up || return 1; fi
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

# ---- routes: `route DESTINATION dev X` or `via GATEWAY [dev X]`

route_family() { # DESTINATION -> $family
  family=4
  [[ $1 != *:* ]] || family=6
}

route_declare() { # DESTINATION WORDS...
  local name=$1
  shift
  describe route "$name" "$*"
}

# What ip prints for it, without the words that say who set it.
route_probe() { # DESTINATION
  local family line destination
  load_routes
  route_family "$1"
  have=absent
  destination=${1%/32} destination=${destination%/128}
  [[ $1 != ::/0 ]] || destination=default
  while IFS= read -r line; do
    # A route with a metric stands beside this one (that of DHCP, of NetworkManager) and is left alone.
    [[ $line && ($line != *' metric '* || ($family == 6 && $line == *' metric 1024 '*)) ]] || continue
    have=${line#* }
    have=${have% } have=${have% linkdown}
    return 0
  done <<<"${route_of["$family $destination"]:-}"
}

route_same() {
  [[ " $have " == *" $state "* ]]
}

route_set() { # DESTINATION STATE
  local family
  route_family "$1"
  if [[ $2 == absent ]]; then
    # shellcheck disable=SC2086 # the words of a route, as ip prints and takes them
    [[ $have == absent ]] || run ip "-$family" route del "$1" $have
    return
  fi
  # shellcheck disable=SC2086 # likewise
  run ip "-$family" route replace "$1" $2
}

# ---- a UDP port that unwraps GUE: ip-fou(8)

fou_declare() { # PORT gue
  describe fou "$1" "$2"
}

fou_probe() { # PORT
  local line
  have=absent
  while read -r line; do
    [[ "$line " != "port $1 gue "* ]] || have=gue
  done < <(ip fou show 2>/dev/null || :)
}

fou_set() { # PORT STATE
  if [[ $2 == absent ]]; then run ip fou del port "$1"; else run ip fou add port "$1" gue; fi
}

# ---- what verify proves

gateway_declare() { # ADDRESS, or `not` ADDRESS: the default route leads there, or must not
  if [[ $1 == not ]]; then
    describe gateway "not $2" "not $2"
  else
    describe gateway "$1" "$1"
  fi
}

gateway_probe() {
  local line family
  load_routes
  route_family "${1#not }"
  line=${route_of["$family default"]:-}
  have=none
  [[ $line != *' via '* ]] || { have=${line#* via } && have=${have%% *}; }
}

gateway_same() {
  if [[ $state == 'not '* ]]; then [[ $have != "${state#not }" ]]; else [[ $have == "$state" ]]; fi
}

listener_declare() { # PROTOCOL PORT
  describe listener "$1 $2" listening
}

listener_probe() { # `PROTOCOL PORT`
  local netid local_address _
  if [[ -z ${loaded[ports]:-} ]]; then
    loaded[ports]=1 listening=' '
    while read -r netid _ _ _ local_address _; do
      listening+="$netid:${local_address##*:} "
    done < <(ss -ltun 2>/dev/null || :)
  fi
  have=closed
  [[ $listening != *" ${1/ /:} "* ]] || have=listening
}

# ---- systemd units ---------------------------------------------------------------------------------

units=() reload_needed=''

# ENABLED and ACTIVE: `enabled active`, `disabled inactive`, - for what is left alone.
unit_declare() { # NAME ENABLED ACTIVE
  units+=("$1")
  describe unit "$1" "$2 $3"
}

unit_probe() { # NAME
  local load file active link
  load_units
  read -r load file active <<<"${unit_of[$1]:-${unit_of[${1%.service}.service]:-not-found none inactive}}"
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
    enabled | enabled-runtime | linked | linked-runtime | static | indirect | alias) file=enabled ;;
    masked | masked-runtime) file=masked ;;
    *) file=disabled ;;
  esac
  case $active in
    active | reloading | activating) active=active ;;
    *) active=inactive ;;
  esac
  have="$file $active"
}

unit_same() { # NAME
  local enabled=${state% *} active=${state#* }
  if [[ $have == absent ]]; then
    [[ $enabled != enabled && $active != active ]]
    return
  fi
  [[ $enabled == - || ${have% *} == "$enabled" || ($enabled == disabled && ${have% *} == masked) ]] &&
    [[ $active == - || ${have#* } == "$active" ]]
}

note_unit_files() { # PATH: files that systemd reads
  case $1 in
    /etc/systemd/system/* | /etc/fstab | /etc/init.d/*) reload_needed=1 ;;
  esac
}

reload_units() {
  [[ $reload_needed && -z $root ]] || return 0
  [[ -d /run/systemd/system ]] || return 0
  run systemctl daemon-reload || return 1
  reload_needed=''
}

unit_record() { # NAME
  # What it is before lvsgen changes it, is known when it is there.
  [[ $have != absent || ! $state =~ ^enabled|\ active$ ]] || no_such_unit || return 1
  record=$have
  [[ ${state#* } != active || $have != *' inactive' ]] || journal_pulled "$1"
}

# What a start brings along (sockets, mounts, helpers) is written down before it, so that an undo stops that too.
journal_pulled() { # UNIT
  local line id='' active='' needs='' complete level=1
  local -a pulled_units=("$1") shown_units=() mounts=() sockets=() services=()
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
            for line in $needs; do
              [[ $line == *.@(service|socket|mount|target) && -z ${seen[$line]:-} ]] || continue
              seen[$line]=1
              pulled_units+=("$line")
            done
            case $id in
              "$1" | *.target) ;;
              *.mount) mounts+=("$id") ;;
              *.socket) sockets+=("$id") ;;
              *) services+=("$id") ;;
            esac
          fi
          id='' active='' needs=''
          ;;
      esac
    done < <(systemctl show --property=Id,ActiveState,Requires,Wants,BindsTo -- "${shown_units[@]}" && printf '\ncomplete\n') # never empty
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
  [[ ${unit_of[$1]:-} != *' active' ]] || have=active
}

pulled_set() { # UNIT STATE
  [[ $2 != inactive ]] || systemctl stop -- "$1" >/dev/null 2>&1 || log "$1 stays active"
}

no_such_unit() {
  failure='there is no such unit; which package brings it?'
  return 1
}

unit_set() { # NAME STATE
  local enabled=${2% *} active=${2#* }
  [[ $2 != absent ]] || return 0
  reload_units || return 1
  if [[ $have == absent ]]; then
    [[ $enabled != enabled && $active != active ]] || no_such_unit
    return
  fi
  if [[ ${have% *} == masked && $enabled == enabled ]]; then
    failure="it is masked: someone keeps it off on purpose. If that is over: systemctl unmask $1"
    return 1
  fi
  case $enabled in
    enabled) [[ ${have% *} == enabled ]] || run systemctl enable -- "$1" || return 1 ;;
    disabled) [[ ${have% *} != enabled ]] || run systemctl disable -- "$1" || return 1 ;;
    masked) [[ ${have% *} == masked ]] || run systemctl mask -- "$1" || return 1 ;;
  esac
  case $active in
    active)
      [[ ${have#* } == active ]] || run systemctl start -- "$1" ||
        { failure+=$'\n'"See: journalctl -u $1 -b" && return 1; }
      ;;
    inactive) [[ ${have#* } == inactive ]] || run systemctl stop -- "$1" || return 1 ;;
  esac
}

# ---- NFS: mounts and exports --------------------------------------------------------------------------

# A mount's state is `TYPE SOURCE`, in a record `TYPE:OPTIONS SOURCE`; the block in fstab makes it last.
mount_declare() { # TARGET TYPE SOURCE OPTIONS
  describe mount "$1" "$2 $3" "$4"
}

mount_probe() { # TARGET
  load_mounts
  have=${mount_of[$1]:-absent}
}

# A hard mount whose server is away keeps whoever looks below it waiting for ever.
refuse_dead_mounts() {
  local i
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    [[ ${r_kind[i]} != mount ]] || refuse_dead_mount "${r_name[i]}"
  done
}

refuse_dead_mount() { # TARGET
  load_mounts
  [[ ${mount_of[$1]:-} == nfs* ]] || return 0
  timeout -s KILL 20 stat -t -- "$1" >/dev/null 2>&1 && return 0
  report failed mount "$1" "${mount_of[$1]#* } does not answer"
  die 1 "the NFS server of $1 does not answer, and what lies below it cannot be looked at" \
    "Bring the server back; or take the mount off (umount -f -l $1) and run this again"
}

# The source decides: what was asked for as nfs is mounted as nfs4.
mount_same() {
  [[ $have != absent && ${have#* } == "${state#* }" ]]
}

mount_record() { # TARGET
  record=$have
  [[ $have == absent ]] || record="${have%% *}:${mount_options_of[$1]:-defaults} ${have#* }"
}

mount_set() { # TARGET STATE, with the options in $text
  local type=${2%% *} mount_options=$text
  if [[ $type == *:* ]]; then mount_options=${type#*:} type=${type%%:*}; fi
  reload_units || return 1
  if [[ $have != absent ]]; then
    run umount -- "$1" || run umount -l -- "$1" || return 1
  fi
  [[ $2 != absent ]] || return 0
  run timeout 90 mount -t "$type" -o "${mount_options:-defaults}" -- "${2#* }" "$1" ||
    { failure+=$'\n'"Is the NFS server applied and reachable? Run nfs.sh there first; showmount -e tells what it exports." && return 1; }
}

# ---- exports, live; the file in /etc/exports.d makes them last

export_declare() { # CLIENT PATH OPTIONS
  describe export "$1 $2" "$3"
}

export_probe() { # `CLIENT PATH`
  load_exports
  have=${export_of[$1]:-absent}
}

# exportfs adds the options that hold by default; those described have to be among them.
export_same() {
  local option
  [[ $have != absent ]] || return 1
  local IFS=,
  for option in $state; do
    [[ ",$have," == *",$option,"* ]] || return 1
  done
}

export_set() { # `CLIENT PATH` STATE
  local client=${1%% *} path=${1#* }
  [[ $client != *:* ]] || client="[$client]"
  # Alone (-i): without that, exportfs puts everything that files say into force along with it.
  if [[ $2 == absent ]]; then
    run exportfs -u "$client:$path"
  else
    run exportfs -i -o "$2" "$client:$path"
  fi
}

# ---- firewall: a port is open wherever a firewall is active -------------------------------------------------

firewall_declare() { # PORT/PROTOCOL open
  units+=(firewalld.service ufw.service nftables.service)
  describe firewall "$1" "$2"
}

# Which firewall runs here: firewalld, ufw, nftables or none.
find_firewall() {
  local unit content
  load_units
  firewall=none
  for unit in nftables ufw firewalld; do
    [[ ${unit_of[$unit.service]:-} != *' active' ]] || firewall=$unit
  done
  [[ $firewall != ufw ]] || { read_text /etc/ufw/ufw.conf && [[ $'\n'$content == *$'\nENABLED=yes'* ]]; } || firewall=none
}

load_firewall() {
  [[ -z ${loaded[firewall]:-} ]] || return 0
  loaded[firewall]=1
  find_firewall
  open_now='' open_later=''
  case $firewall in
    firewalld)
      open_now=" $(firewall-cmd --list-ports) " || cannot_read 'the open ports of the firewall' 'firewall-cmd --list-ports'
      open_later=" $(firewall-cmd --permanent --list-ports) " || cannot_read 'the open ports of the firewall' 'firewall-cmd --permanent --list-ports'
      ;;
    ufw) open_now=$(ufw status) || cannot_read 'the open ports of the firewall' 'ufw status' ;;
    nftables) open_now=$(nft list ruleset) || cannot_read 'the rules of the firewall' 'nft list ruleset' ;;
  esac
}

firewall_probe() { # PORT/PROTOCOL
  load_firewall
  have=closed
  case $firewall in
    none) have=open ;;
    firewalld) [[ $open_now != *" $1 "* || $open_later != *" $1 "* ]] || have=open ;;
    ufw) ! grep -Eq "^${1/-/:} +ALLOW" <<<"$open_now" || have=open ;;
    nftables) [[ $open_now == *'hook input'* && $open_now != *"\"lvsgen $cluster $role $1\""* ]] || have=open ;;
  esac
}

firewall_set() { # PORT/PROTOCOL STATE
  load_firewall
  case $firewall in
    firewalld)
      if [[ $2 == open ]]; then
        run firewall-cmd --add-port="$1" && run firewall-cmd --permanent --add-port="$1"
      else
        run firewall-cmd --remove-port="$1" && run firewall-cmd --permanent --remove-port="$1"
      fi
      ;;
    ufw)
      if [[ $2 == open ]]; then run ufw allow "${1/-/:}"; else run ufw delete allow "${1/-/:}"; fi
      ;;
    nftables) nftables_set "$1" "$2" ;;
  esac
}

# An accept in a table of one's own does not overrule another table's drop: the rule goes to the head of each
# input chain, and into /etc/nftables.conf, which the unit loads at boot.
nftables_set() { # PORT/PROTOCOL STATE
  local line table='' chain='' mark="lvsgen $cluster $role $1" handle rules=''
  while read -r line; do
    case $line in
      'table '*) table=${line#table } table=${table% \{*} ;;
      'chain '*) chain=${line#chain } chain=${chain% \{*} ;;
      *'hook input'*) rules+="insert rule $table $chain ${1#*/} dport ${1%/*} accept comment \"$mark\""$'\n' ;;
      *"\"$mark\""*' handle '*)
        handle=${line##* handle }
        [[ $2 == open ]] || run nft delete rule "${table% *}" "${table#* }" "$chain" handle "${handle%% *}" || return 1
        ;;
    esac
  done < <(nft -a list ruleset 2>/dev/null)
  [[ $2 != open ]] || while read -r line; do
    [[ -z $line ]] || run nft "$line" || return 1
  done <<<"$rules"
  nftables_keep "$1" "$2" "$rules"
}

nftables_keep() { # PORT/PROTOCOL STATE RULES
  local file=/etc/nftables.conf content line out='' mark="lvsgen $cluster $role $1"
  [[ -f $file ]] || file=/etc/sysconfig/nftables.conf
  [[ -f $file ]] || return 0
  read_text "$file" || return 0
  while IFS= read -r line; do
    [[ $line == *"\"$mark\"" ]] || out+=$line$'\n'
  done <<<"${content%$'\n'}"
  [[ $2 != open ]] || out+=$3
  [[ $out == "$content" ]] || replace_file "$file" "0$(stat -c %a -- "$file")" "$out"
}

# ---- rules of nftables or iptables, live; lvsgen's own unit brings them back at boot ------------------------

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
  drained=' ' drained_names=''
  read_text "$state_dir/drained" || return 0
  for name in $content; do
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
  # shellcheck disable=SC2086 # three numbers
  run ipvsadm --set $2
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

# ---- from one table to another: edits, drains, removals ----------------------------------------------

# What leads from one state of a service to another: appends lines for `ipvsadm -R` to $edits, and to
# $removals those that wait until the real server is drained. What is equal is not touched.
service_edits() { # KEY HAVE WANT
  local key=$1 line server head=''
  local -A old=()
  local -a order=()
  if [[ $3 == absent ]]; then
    [[ $2 != absent ]] || return 0
    while IFS= read -r line; do
      [[ $line == '-a '* ]] || continue
      quiesce "$line"
    done <<<"$2"
    removals+="-D $key"$'\n'
    return 0
  fi
  if [[ $2 == absent ]]; then
    edits+=$3$'\n'
    return 0
  fi
  while IFS= read -r line; do
    if [[ $line == '-A '* ]]; then
      head=$line
    else
      server=${line#* -r } server=${server%% *}
      old[$server]=$line
      order+=("$server")
    fi
  done <<<"$2"
  while IFS= read -r line; do
    if [[ $line == '-A '* ]]; then
      [[ $line == "$head" ]] || edits+="-E${line#-A}"$'\n'
      continue
    fi
    server=${line#* -r } server=${server%% *}
    if [[ -z ${old[$server]:-} ]]; then
      edits+=$line$'\n'
    else
      [[ ${old[$server]} == "$line" ]] || edits+="-e${line#-a}"$'\n'
      old[$server]=
    fi
  done <<<"$3"
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

with_weight() { # LINE WEIGHT -> $weighted, the line with that weight
  local rest=${1#* -w }
  weighted="${1%% -w *} -w $2"
  [[ $rest != *' '* ]] || weighted+=" ${rest#* }"
}

# What leaves gets no new connections, and time for those it has. Nothing is removed yet.
drain_first() {
  [[ $removals ]] && ((drain_seconds > 0)) || return 0
  [[ -z $edits ]] || restore_rules "$edits" || return 1
  await_drained "$removals"
}

# One ipvsadm carries all of it; where connections are waited for, a second one carries the removals.
edit_table() {
  if ((drain_seconds == 0)); then edits+=$removals removals=''; fi
  if [[ $edits ]]; then restore_rules "$edits" || return 1; fi
  [[ $removals ]] || return 0
  await_drained "$removals"
  restore_rules "$removals"
}

# ipvsadm -R goes on after a line that the kernel refuses and tells only of the last: the caller reads
# the table again and compares.
restore_rules() { # LINES
  local said line
  while IFS= read -r line; do log "run: ipvsadm -R: $line"; done <<<"${1%$'\n'}"
  said=$(printf '%s' "$1" | ipvsadm -R 2>&1) || failure="ipvsadm -R: ${said:-failed}"
  [[ -z $said ]] || log "ipvsadm: $said"
  unset 'loaded[service]'
  ipvs_is_loaded || { failure=${failure:-the kernel has no IPVS} && return 1; }
}

# Waits until no connection is left on what goes, for --drain seconds at most.
await_drained() { # LINES
  local left=$drain_seconds active shown=''
  while ((left > 0)); do
    count_active "$1"
    ((active > 0)) || break
    if [[ -t 2 && -z $quiet && -z $json ]]; then
      printf '\rdraining: %d connection(s) left, %d s to wait ' "$active" "$left" >&2 || :
      shown=1
    elif ((left == drain_seconds || left % 10 == 0)); then
      [[ $quiet || $json ]] || complain "draining: $active connection(s) left, $left s to wait"
    fi
    [[ -z $json ]] || event draining connections "$active" seconds_left "$left"
    sleep 1
    left=$((left - 1))
  done
  [[ -z $shown ]] || printf '\n' >&2 || :
  ((drain_seconds == 0 || left > 0)) || complain "$drain_seconds s are over: $active connection(s) end with the real server's removal"
}

# Active connections of the entries that `-d SERVICE -r SERVER` and `-D SERVICE` lines name.
count_active() { # LINES -> $active
  local first second rest key='' connections wanted=$'\n'$1
  active=0
  while read -r first second rest; do
    if [[ $first != '->' ]]; then
      listed_key "$first" "$second" "$rest"
      continue
    fi
    read -r _ _ connections _ <<<"$rest"
    [[ $connections =~ ^[0-9]+$ ]] || continue
    if [[ $wanted == *$'\n'"-D $key"$'\n'* || $wanted == *$'\n'"-d $key -r $second"$'\n'* ]]; then
      active=$((active + connections))
    fi
  done < <(ipvsadm -L -n 2>/dev/null || :)
}

# Described services that lie together are brought to their state together.
reconcile_services() { # FIRST LAST
  local i have state edits='' removals='' failed=0 lines='' line escaped
  local -a changed=()
  for ((i = $1; i <= $2; i++)); do
    state=${r_state[i]}
    if is_same service "${r_name[i]}"; then
      report ok service "${r_name[i]}" "$(servers_of "$state")"
    elif [[ $mutating != yes ]]; then
      report pending service "${r_name[i]}" "$(change_of service "$have" "$state")"
      show_service_diff "$have" "$state"
    else
      show_service_diff "$have" "$state"
      changed+=("$i")
      service_edits "${r_name[i]}" "$have" "$state"
    fi
  done
  ((${#changed[@]})) || return 0
  failure=''
  if begin_changes; then
    for i in "${changed[@]}"; do # never empty
      journaled service "${r_name[i]}" && continue
      service_probe "${r_name[i]}"
      record_line service "${r_name[i]}" "$have"
      lines+=${lines:+$'\n'}$line
    done
    if [[ -z $lines ]] || append_durably "$state_dir/generations/$generation" "$lines"; then
      for i in "${changed[@]}"; do # never empty
        escape "${r_name[i]}"
        journal_keys["service $escaped"]=1
      done
      edit_table || :
    fi
  fi
  unset 'loaded[service]'
  for i in "${changed[@]}"; do # never empty
    state=${r_state[i]}
    if is_same service "${r_name[i]}"; then
      report changed service "${r_name[i]}" "$(servers_of "$state")"
    else
      report failed service "${r_name[i]}" "${failure:-the kernel refused it: $(first_difference "$have" "$state")}"
      failed=1
    fi
  done
  return "$failed"
}

servers_of() { # STATE
  local lines=${1//[!$'\n']/}
  printf '%d real server(s)' "${#lines}"
}

# The first entry that is not as described, both ways.
difference() { # HAVE WANT
  local line wanted
  wanted=$(first_difference "$1" "$2")
  if [[ $1 == absent ]]; then
    printf 'is not in the table'
    return
  fi
  while IFS= read -r line; do
    [[ $line != "${wanted%% -w *} -w "* && ($line != '-A '* || $wanted != '-A '*) ]] || printf 'is: %s; ' "$line"
  done <<<"$1"
  printf 'described: %s' "$wanted"
}

first_difference() { # HAVE WANT
  local line
  while IFS= read -r line; do
    if [[ $'\n'$1$'\n' != *$'\n'"$line"$'\n'* ]]; then
      printf '%s' "$line"
      return
    fi
  done <<<"$2"
  printf 'an entry more than described'
}

# What is in the table and not lvsgen's is left alone, and told.
tell_foreign_services() {
  local key
  [[ $role == director && -z $only && -z $root ]] || return 0
  load_services
  for key in ${live_services[@]+"${live_services[@]}"}; do
    [[ ${described["service $key"]:-} ]] || report kept service "$key" 'not described: left alone'
  done
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

# ---- undo: what was changed, back as it was --------------------------------------------------------------------

# Is the resource in the state that the record names already?
undo_is_done() { # KIND NAME RECORD
  local stat blob before text state='' real record
  case $1 in
    block | setting) ;;
    *) "$1_probe" "$2" ;;
  esac
  case $1:$3 in
    file:saved\ *)
      blob=$state_dir/blobs/${3#saved }
      if [[ -L $blob || -L $root$2 ]]; then
        [[ -L $blob && -L $root$2 && $(readlink -- "$blob") == "$(readlink -- "$root$2")" ]]
        return
      fi
      stat_path "$blob"
      [[ $have == "file $stat" ]] && same_content "$blob" "$root$2"
      ;;
    block:saved\ * | setting:saved\ *)
      real=$root${2% *}
      [[ $1 == setting ]] || real=$root$2
      real_path "$real"
      blob=$state_dir/blobs/${3#saved }
      stat_path "$blob"
      before=$stat
      stat_path "$real"
      [[ $before == "$stat" ]] && same_content "$blob" "$real"
      ;;
    block:absent | setting:absent) "$1_probe" "$2" && [[ $have == absent ]] ;;
    # A setting that went with its interface or module has nothing to put back.
    sysctl:*) [[ $have == "$3" || $have == absent || $3 == absent ]] ;;
    service:*) state=$3 && service_same "$2" ;;
    address:*) address_record "$2" && [[ $record == "$3" ]] ;;
    mount:*:*) state=${3%% *} && [[ $have == "${state%%:*} ${3#* }" ]] ;;
    directory:directory\ *) [[ "$have " == "${3% } "* ]] ;;
    *) [[ $have == "$3" ]] ;;
  esac
}

# diff and cmp need not be there. (A file with a NUL byte counts as different and is put back.)
same_content() { # PATH PATH
  local content first
  read_text "$1" || return 1
  first=$content
  read_text "$2" && [[ $content == "$first" ]]
}

# The pages that record what every role holds, and who is drained, are state like any other.
holds_probe() { have=''; }
holds_set() { # NAME TEXT
  if [[ $2 ]]; then replace_file "$state_dir/holds" 0600 "$2"; else run rm -f -- "$state_dir/holds"; fi
}
drained_probe() {
  local content=''
  read_text "$state_dir/drained" || :
  have=$content
}
drained_set() { # NAME TEXT
  if [[ $2 ]]; then replace_file "$state_dir/drained" 0600 "$2"; else run rm -f -- "$state_dir/drained"; fi
}

# Connections of real servers that the way back takes out of the table end first.
drain_before_undo() {
  local i edits='' removals='' have
  [[ -z $root ]] || return 0
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == service ]] || continue
    service_probe "${u_name[i]}"
    [[ $have == "${u_record[i]}" ]] || service_edits "${u_name[i]}" "$have" "${u_record[i]}"
  done
  drain_first
}

# Sets a resource back, and looks whether it is, where the command that did it does not say.
put_back() { # KIND NAME RECORD
  "$1_set" "$2" "$3" || return 1
  forget_snapshots "$1"
  case $1 in
    service | address | export | mount | sysctl | netfilter)
      undo_is_done "$1" "$2" "$3" && return 0
      failure=${failure:-it was put back, but is still: $have}
      return 1
      ;;
  esac
}

# Everything in u_*, the newest first; rules of netfilter at the end, for they are loaded from files that come back.
undo_loaded() {
  local i kind name record have text='' state failed=0 holder mount_point drain_seconds=$drain_seconds stuck
  local -a not_back=() order=() rules=()
  undo_paths
  load_stats
  drain_before_undo || failed=1
  drain_seconds=0
  for ((i = ${#u_kind[@]} - 1; i >= 0; i--)); do
    if [[ ${u_kind[i]} == netfilter && ${u_record[i]} != absent ]]; then rules+=("$i"); else order+=("$i"); fi
  done
  for i in ${order[@]+"${order[@]}"} ${rules[@]+"${rules[@]}"}; do
    kind=${u_kind[i]} name=${u_name[i]} record=${u_record[i]} text='' state=''
    [[ $kind ]] || continue
    [[ -z $root || " $file_kinds holds " == *" $kind "* ]] || continue
    if [[ $kind == package && -z $purge ]]; then
      [[ $command != uninstall ]] || report kept package "$name" 'packages stay without --purge'
      continue
    fi
    if [[ $kind != holds && $kind != drained ]] && { held_elsewhere "$kind $name" || needed_elsewhere "$kind"; }; then
      hand_over "$kind" "$name" "$record" || failed=1
      report kept "$kind" "$name" "still needed: ${holder#"$root"/var/lib/lvsgen/}"
      continue
    fi
    if [[ -z $root ]] && was_on_mount "$i"; then
      report kept "$kind" "$name" "it lies on the share of $mount_point, which is not mounted any more"
      continue
    fi
    case $kind in
      file | block)
        remove_temporary "$root$name"
        # Done by a run that was ended before systemd read it, perhaps.
        note_unit_files "$name"
        ;;
      setting) remove_temporary "$root${name% *}" ;;
    esac
    if undo_is_done "$kind" "$name" "$record"; then
      [[ $kind == holds || $kind == drained ]] || report ok "$kind" "$name"
      continue
    fi
    if [[ $kind == mount ]] && stuck_below "$name"; then
      report failed mount "$name" "it stays, since $stuck on it was not put back"
      failed=1
      continue
    fi
    failure=''
    if { [[ " $file_kinds " != *" $kind "* ]] || stays_below_root "$root${name%/*}/"; } && keep_hand_made "$kind" "$name" &&
      put_back "$kind" "$name" "$record"; then
      if [[ $kind == directory && $record == absent && -d $root$name ]]; then
        report kept directory "$name" 'it is not empty'
      elif [[ $kind != holds && $kind != drained ]]; then
        report changed "$kind" "$name" 'as before'
      fi
    else
      report failed "$kind" "$name" "${failure%%$'\n'*}"
      [[ $failure != *$'\n'* ]] || complain_lines "${failure#*$'\n'}"
      not_back+=("$name")
      failed=1
    fi
  done
  reload_units || failed=1
  return "$failed"
}

# What could not be put back has to be found by the next try: its share stays mounted.
stuck_below() { # MOUNT-POINT -> $stuck, of $not_back
  for stuck in ${not_back[@]+"${not_back[@]}"}; do [[ $stuck != "$1"/* ]] || return 0; done
  return 1
}

# What lies on a share is put back while it is mounted: by a run that ended after it had unmounted it, or not at all where
# the share cannot be mounted again. What lies below the mount point then is something else.
was_on_mount() { # INDEX -> $mount_point
  local i have state
  [[ " $file_kinds " == *" ${u_kind[$1]} "* ]] || return 1
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == mount && ${u_name[$1]} == "${u_name[i]}"/* ]] || continue
    mount_point=${u_name[i]}
    # What changed before the mount did is reached when that is as before again; what changed after it, as long as it is not.
    if undo_is_done mount "$mount_point" "${u_record[i]}"; then ((i > $1)) || return 0; else ((i < $1)) || return 0; fi
  done
  return 1
}

# Their state is asked for in one process.
undo_paths() {
  local i
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    case ${u_kind[i]} in
      file | directory | block | mode) paths+=("$root${u_name[i]}") ;;
      setting) paths+=("$root${u_name[i]% *}") ;;
      unit | pulled) units+=("${u_name[i]}") ;;
      package) packages+=("${u_name[i]}") ;;
    esac
    [[ ${u_record[i]} != 'saved '* ]] || paths+=("$state_dir/blobs/${u_record[i]#saved }")
  done
}

# A file that was changed by hand after lvsgen wrote it is kept aside before it goes.
keep_hand_made() { # KIND PATH
  local aside number=1 sum
  [[ $1 == file && -f $root$2 && ! -L $root$2 && ${written[$2]:-} ]] || return 0
  sum_of_file "$root$2" || return 1
  [[ ${written[$2]} != *" $sum "* ]] || return 0
  aside=$root/var/lib/lvsgen/kept-by-hand
  (umask 077 && mkdir -p -- "$aside") || { failure="cannot make $aside" && return 1; }
  aside+=/${2//\//_}
  while [[ -e $aside.$number ]] && ! same_content "$aside.$number" "$root$2"; do number=$((number + 1)); done
  run cp -a --no-target-directory -- "$root$2" "$aside.$number" || return 1
  complain "$2 was changed by hand; that version is kept as $aside.$number"
}

# ---- the commands rollback and uninstall -----------------------------------------------------------------------

rollback_command() {
  local target last
  local -a generations
  list_generations
  if ((${#generations[@]} == 0)); then
    [[ -e $state_dir/base ]] || hold_nothing
    disarm_confirm || die 1 "everything is put back, but the watchdog is still there: $failure"
    say "nothing to roll back: no apply has changed anything here"
    closing ok changed failed
    return 0
  fi
  last=$((10#${generations[${#generations[@]} - 1]}))
  target=$((last - 1))
  if [[ $to_generation ]]; then
    target=$to_generation
    ((target <= last)) || die 64 "there is no generation $target; the last is $last"
    ((target == last)) || ((target >= 10#${generations[0]} - 1)) ||
      die 64 "generation $target is no longer kept; the oldest way back is --to $((10#${generations[0]} - 1))"
  fi
  log_open
  load_records "$target"
  if undo_loaded; then
    sync
    forget_generations "$target" || die 1 "$failure"
    disarm_confirm || die 1 "everything is put back, but the watchdog is still there: $failure"
    sync
    say "generation $target is in force again"
  fi
  closing ok changed failed
  ((count[failed] == 0)) || exit 1
}

# The newest first: what is left at any moment leads from a state that was to the one before it.
forget_generations() { # TARGET, with the records that were undone in u_*
  local i line packages_kept=''
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${u_kind[i]} == package ]] || continue
    record_line package "${u_name[i]}" "${u_record[i]}"
    packages_kept+=$line$'\n'
  done
  # Packages stay, and with them the knowledge of whose they are.
  if (($1 > 0)); then
    [[ -z $packages_kept ]] || (umask 077 && append_durably "$state_dir/base" "${packages_kept%$'\n'}") || return 1
  elif [[ $packages_kept ]]; then
    replace_file "$state_dir/base" 0600 "$packages_kept" || return 1
  else
    rm -f -- "$state_dir/base"
  fi
  for ((i = ${#generations[@]} - 1; i >= 0; i--)); do
    ((10#${generations[i]} <= $1)) || rm -f -- "$state_dir/generations/${generations[i]}"
  done
  (($1 > 0)) || hold_nothing
  drop_unused_blobs
}

hold_nothing() {
  rm -f -- "$state_dir/holds" "$state_dir/.lvsgen.holds"
}

uninstall_command() {
  local gone=${state_dir%/*}/.gone-$role
  log_open
  load_records 0
  if undo_loaded; then
    sync
    disarm_confirm || die 1 "everything is put back, but the watchdog is still there: $failure"
    rm -rf -- "$gone"
    if [[ -d $state_dir ]]; then
      # At once: half of the records would lead back to a state in between.
      hold_nothing
      mv -T -- "$state_dir" "$gone" || die 1 "everything is put back, but $state_dir cannot be removed"
      rm -rf -- "$gone"
    fi
    rmdir -- "${state_dir%/*}" "${state_dir%/*/*}" 2>/dev/null || :
    if [[ $purge ]]; then
      rm -f -- "$log_file" "$log_file.1"
      rmdir -- "${log_file%/*}" 2>/dev/null || :
      log_file=''
    fi
    sync
  fi
  closing ok changed kept failed
  ((count[failed] == 0)) || exit 1
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

# ---- one run at a time, and the watchdog of --confirm ------------------------------------------------------

# One run at a time on a host, whatever its role. Commands that this run starts hold it too: where only
# this run is killed, the next one waits for its package manager.
take_lock() {
  local holder ended='a process that has just ended'
  (umask 077 && : >>"$lock_file") 2>/dev/null || die 1 "cannot write the lock file $lock_file"
  exec 9>>"$lock_file"
  flock -n 9 && return 0
  if ((wait_seconds > 0)); then
    lock_holder
    complain "waiting up to $wait_seconds s for ${holder:-$ended}"
    flock -w "$wait_seconds" 9 && return 0
  fi
  lock_holder
  die 75 "another run holds the lock: ${holder:-$ended}" "Let it end, or wait for it: --wait SECONDS"
}

watchdog='' watchdog_unit='' watchdog_link=''

watchdog_name() {
  watchdog=lvsgen-confirm-$cluster-$role
  watchdog_unit=/etc/systemd/system/$watchdog.service
  watchdog_link=/etc/systemd/system/multi-user.target.wants/$watchdog.service
}

# Set before the first change: it survives the session, this process, and a reboot. The timer first, then
# what a reboot would start: where this is killed in between, nothing lies in wait for a reboot months later.
arm_confirm() {
  local last target=0 line
  [[ $confirm_seconds && -z $root ]] || return 0
  watchdog_name
  if [[ ! -d /run/systemd/system ]]; then
    failure='--confirm needs systemd, which outlives the session'
    return 1
  fi
  last_generation
  target=$((10#${last:-0}))
  [[ -z $last ]] || generation_is_closed "$last" || target=$((target - 1))
  # What an earlier --confirm put in force is not confirmed either.
  if confirm_is_pending; then
    while IFS= read -r line; do
      if [[ $line =~ ' --to '([0-9]+)' ' ]] && ((BASH_REMATCH[1] < target)); then target=${BASH_REMATCH[1]}; fi
    done <"$watchdog_unit"
  fi
  if ! failure=$(umask 077 && mkdir -p -- "$state_dir" 2>&1); then
    failure="cannot make $state_dir: $failure"
    return 1
  fi
  run cp --remove-destination --no-target-directory -- "$script_path" "$state_dir/script" && run chmod 0700 -- "$state_dir/script" || return 1
  replace_file "$watchdog_unit" 0644 "# Puts back what was applied unless it is confirmed in time: bash $state_dir/script confirm. It removes itself.
[Unit]
Description=lvsgen: put back what was not confirmed ($cluster $role)
After=network.target remote-fs.target ipvsadm.service

[Service]
Type=oneshot
ExecStart=/bin/bash $state_dir/script rollback --to $target --host $host --wait 600 --drain 0

[Install]
WantedBy=multi-user.target
" || return 1
  run systemctl daemon-reload && start_timer && run systemctl enable "$watchdog.service" || return 1
  sync_paths "$state_dir/script" "$state_dir" "${watchdog_link%/*}"
}

# This run holds the lock, so where the watchdog has begun, it waits for it and has done nothing yet.
stop_watchdog() {
  systemctl stop "$watchdog.timer" "$watchdog.service" >/dev/null 2>&1 || :
  systemctl reset-failed "$watchdog.service" >/dev/null 2>&1 || :
}

start_timer() {
  stop_watchdog
  run systemd-run --on-active="$confirm_seconds" --timer-property=AccuracySec=1s --unit="$watchdog.service"
}

# The time counts from the end of the apply, so that a person has all of it.
restart_confirm() {
  if [[ -z $confirm_seconds || -z $begun ]]; then
    tell_unconfirmed
    return
  fi
  start_timer || { complain "cannot set the timer anew: $failure" && return 1; }
  say "$bold$confirm_seconds s to confirm:$plain sudo bash $script confirm   (else everything is put back, after a reboot too)"
}

confirm_is_pending() {
  watchdog_name
  [[ -e $watchdog_unit && -L $watchdog_link ]]
}

tell_unconfirmed() {
  [[ -z $root ]] && confirm_is_pending || return 0
  complain "an earlier apply --confirm is not confirmed yet: keep what it made: bash $script confirm"
}

disarm_confirm() {
  watchdog_name
  [[ -z $root && (-e $watchdog_unit || -L $watchdog_link) ]] || return 0
  # The watchdog itself ends by ending; it must not stop its own unit.
  if [[ $script_path == "$state_dir/script" ]]; then
    systemctl stop "$watchdog.timer" >/dev/null 2>&1 || :
  else
    stop_watchdog
  fi
  run rm -f -- "$watchdog_link" "$watchdog_unit" && remove_temporary "$watchdog_unit" || return 1
  sync_paths "${watchdog_link%/*}" "${watchdog_unit%/*}"
  run systemctl daemon-reload || log 'systemd was not reloaded'
}

confirm_command() {
  if ! confirm_is_pending; then
    disarm_confirm || die 1 "$failure"
    complain 'nothing to confirm: no apply with --confirm is pending, or its time is over and everything was put back' \
      "See: bash $script status"
    exit 1
  fi
  disarm_confirm || die 1 "the watchdog is still there: $failure"
  say "confirmed: what was applied stays"
}

# ---- commands ------------------------------------------------------------------------------------------------

lacking=1

each_resource() {
  local i last
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    case ${r_kind[i]} in
      gateway | listener) ;;
      service)
        last=$i
        while [[ ${r_kind[last + 1]:-} == service ]]; do last=$((last + 1)); done
        reconcile_services "$i" "$last" || return 1
        i=$last
        ;;
      *) reconcile "$i" || return 1 ;;
    esac
  done
}

apply_command() {
  if ! hold_described || ! resume_interrupted; then die 1 "$failure" "Nothing was changed."; fi
  load_leftovers
  if leave_mount_points && each_resource && drop_leftovers && reload_units && end_changes; then
    tell_foreign_services
    tell_drained
    restart_confirm
    closing ok changed failed
    return 0
  fi
  [[ -z $failure || ${count[failed]} != 0 ]] || complain "$failure"
  complain "stopped at the first failure; what came after it was not tried"
  [[ -z $generation ]] || complain "generation $generation holds what was changed: mend the cause and apply again, or undo it: bash $script rollback"
  closing ok changed failed
  exit "$lacking"
}

check_command() {
  load_leftovers
  if ! each_resource || ! drop_leftovers; then exit 1; fi
  tell_foreign_services
  tell_drained
  closing ok pending failed
  ((count[pending] == 0)) || exit 2
}

tell_drained() {
  [[ -z $drained_names ]] || say "${yellow}drained${plain}  $drained_names  (weight 0 until '$script undrain NAME')"
}

verify_command() {
  local i kind name state text have
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]}
    [[ " $file_kinds package " != *" $kind "* ]] || continue
    if is_same "$kind" "$name"; then
      report ok "$kind" "$name"
    elif [[ $kind == service ]]; then
      report failed service "$name" "$(difference "$have" "$state")"
    else
      report failed "$kind" "$name" "is ${have:-empty}, described: $state"
    fi
  done
  tell_foreign_services
  tell_drained
  closing ok failed
  ((count[failed] == 0)) || exit 1
}

# Unified diffs of what changes, where diff is there.
show_diff() { # KIND NAME, with $text
  local kind=$1 path=$2 new=$text old='' framed content out
  [[ $diff ]] || return 0
  case $kind in
    file) ;;
    block) framed "$new" && new=$framed ;;
    *) return 0 ;;
  esac
  if ! command -v diff >/dev/null; then
    complain "--diff: this host has no diff (package diffutils)"
    return 0
  fi
  if [[ $kind == block ]]; then
    block_probe "$path"
    [[ $have == absent ]] || old=$have
  elif [[ -f $root$path ]]; then
    read_text "$root$path" && old=$content
  fi
  out=$(diff -u --label "$path (now)" --label "$path (described)" <(printf '%s' "$old") <(printf '%s' "$new")) || :
  print_diff "$out"
}

show_service_diff() { # HAVE WANT
  local out old=$1
  [[ $diff ]] && command -v diff >/dev/null || return 0
  [[ $old != absent ]] || old=''
  out=$(diff -u --label 'table (now)' --label 'table (described)' <(printf '%s\n' "$old") <(printf '%s\n' "$2")) || :
  print_diff "$out"
}

print_diff() { # TEXT
  local line
  [[ $1 ]] || return 0
  if [[ $json ]]; then
    event diff text "$1"
    return
  fi
  while IFS= read -r line; do
    line=${line//[$'\001'-$'\010'$'\013'-$'\037'$'\177']/?}
    case $line in
      +*) say "$green$line$plain" ;;
      -*) say "$red$line$plain" ;;
      *) say "$line" ;;
    esac
  done <<<"$1"
}

status_command() {
  local i kind name state text have mark last line='' started='' interrupted=''
  last_generation
  say "${bold}$role $host$plain  cluster $cluster, platform $platform"
  if [[ $last ]]; then
    # A power cut may have left the first line torn.
    IFS= read -r line <"$state_dir/generations/$last" || :
    [[ ! $line =~ ' started='([0-9]+)' ' ]] || printf -v started ', %(%Y-%m-%d %H:%M:%S)T' "${BASH_REMATCH[1]}"
    generation_is_closed "$last" || interrupted=' (interrupted: apply again, or rollback)'
    say "last change: generation $((10#$last))$started$interrupted"
  else
    say "last change: none by this script"
  fi
  if confirm_is_pending; then say "${yellow}waiting for: $script confirm$plain"; fi
  tell_drained
  say ''
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    kind=${r_kind[i]} name=${r_name[i]} state=${r_state[i]} text=${r_text[i]}
    case $kind in package | file | directory | block | setting | mode) continue ;; esac
    if is_same "$kind" "$name"; then mark="${green}ok$plain      "; else mark="${red}differs$plain "; fi
    visible "$name"
    case $kind in
      service) say "$mark  $kind $shown" ;;
      *) say "$mark  $kind $shown  ${dim}${have:-empty}$plain" ;;
    esac
    [[ -z $json ]] || event status kind "$kind" name "$name" have "$have" described "$state"
  done
  if [[ $role == director && -z $json ]] && ipvs_is_loaded; then
    say ''
    while IFS= read -r line; do say "$line"; done < <(ipvsadm -L -n 2>&1)
  fi
}

# ---- what this script holds ---------------------------------------------------------------------------------

for_each_host() { # FUNCTION
  local i
  for ((i = 0; i < ${#host_names[@]}; i++)); do
    host=${host_names[i]} platform=${host_platforms[i]}
    r_kind=() r_name=() r_state=() r_text=() described=() paths=() units=() packages=()
    resources
    "$1"
  done
}

list_command() {
  hosts
  if [[ -z $quiet && -z $json ]]; then printf 'cluster %s, role %s\n' "$cluster" "$role"; fi
  for_each_host list_host
}

list_host() {
  local i shown
  say ''
  say "$bold$host$plain ($platform)"
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    visible "${r_name[i]}"
    if [[ $json ]]; then
      event resource host "$host" kind "${r_kind[i]}" name "${r_name[i]}"
    else
      say "  ${r_kind[i]} $shown"
    fi
  done
}

# The text of a file as it would be written; of a file in part, that part.
embedded_text() { # INDEX -> $embedded
  local framed
  embedded=${r_text[$1]}
  case ${r_kind[$1]} in
    block) framed "$embedded" && embedded=$framed ;;
    setting) embedded=${r_name[$1]##* }=${r_state[$1]}$'\n' ;;
  esac
}

show_command() { # PATH
  local i embedded found=''
  resources
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    [[ ${r_kind[i]} == file && ${r_name[i]} == "$1" || ${r_kind[i]} == block && ${r_name[i]} == "$1" ||
      ${r_kind[i]} == setting && ${r_name[i]% *} == "$1" ]] || continue
    embedded_text "$i"
    printf '%s' "$embedded"
    found=1
  done
  [[ $found ]] || die 64 "$host gets no file $1" "The files it gets: bash $script list --host $host"
}

extract_command() { # DIR
  extract_dir=$1
  mkdir -p -- "$extract_dir" || die 1 "cannot make the directory $extract_dir"
  hosts
  for_each_host extract_host
}

extract_host() {
  local i path embedded
  local -A begun=()
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    case ${r_kind[i]} in
      file | block) path=${r_name[i]} ;;
      setting) path=${r_name[i]% *} ;;
      *) continue ;;
    esac
    embedded_text "$i"
    mkdir -p -- "$extract_dir/$host${path%/*}" || die 1 "cannot make $extract_dir/$host${path%/*}"
    [[ ${begun[$path]:-} ]] || : >"$extract_dir/$host$path"
    begun[$path]=1
    printf '%s' "$embedded" >>"$extract_dir/$host$path" || die 1 "cannot write $extract_dir/$host$path"
    say "$extract_dir/$host$path"
  done
}

# ---- drain and undrain ----------------------------------------------------------------------------------------

# Only the weights of this real server change; whatever else the description says waits for an apply.
drain_command() { # NAME
  local entry addresses='' before='' names='' name line i
  for entry in ${real_servers[@]+"${real_servers[@]}"}; do
    [[ $entry != "$1 "* && " ${entry#* } " != *" $1 "* ]] || addresses="${entry#* }" name=${entry%% *}
  done
  if [[ -z $addresses ]]; then
    line=''
    for i in "${!r_kind[@]}"; do [[ ${r_kind[i]} != service || ${r_state[i]} != *" -r $1:"* && ${r_state[i]} != *" -r [$1]:"* ]] || line=1; done
    [[ $line ]] || die 64 "no real server $1; described are: ${real_servers[*]+"${real_servers[*]%% *}"}"
    addresses=$1 name=$1
  fi
  drained_probe
  before=$have
  for entry in $before; do [[ $entry == "$name" ]] || names+=$entry$'\n'; done
  [[ $command == undrain ]] || names+=$name$'\n'
  if [[ $names == "$before" ]]; then
    say "$name is ${command}ed already"
  else
    if ! begin_changes || ! journal drained - "$before" || ! drained_set - "$names"; then die 1 "$failure"; fi
  fi
  weigh_again "$addresses"
  if each_resource && end_changes; then
    if [[ $command == drain ]]; then wait_for_drained "$addresses"; fi
    closing ok changed failed
    return 0
  fi
  closing ok changed failed
  exit 1
}

# Replaces what is to be reconciled: the live services and the files of the table, with other weights for these
# addresses: 0, or what is described.
weigh_again() { # ADDRESSES
  local file content='' key reweighed
  local -A weight_of=()
  drained=" $1 "
  described_weights
  load_services
  r_kind=() r_name=() r_state=() r_text=() described=()
  for file in ${table_files[@]+"${table_files[@]}"}; do
    read_text "$root$file" || continue
    reweigh "$content"
    describe file "$file" 'file - - -' "$reweighed"
  done
  for key in ${live_services[@]+"${live_services[@]}"}; do
    reweigh "${service_of[$key]}"$'\n'
    describe service "$key" "${reweighed%$'\n'}"
  done
}

# weight_of["SERVICE SERVER"] as described, drains aside.
described_weights() {
  local line key='' server
  while IFS= read -r line; do
    case $line in
      '-A '*) service_key "$line" ;;
      '-a '*)
        server=${line#* -r } server=${server%% *}
        line=${line#* -w }
        weight_of["$key $server"]=${line%% *}
        ;;
    esac
  done < <(described_rules)
}

reweigh() { # RULES -> $reweighed
  local line server_key server address weighted
  reweighed=''
  while IFS= read -r line; do
    if [[ $line == '-'[ae]' '* ]]; then
      real_address "$line"
      server=${line#* -r } server=${server%% *} server_key=${line#-? }
      server_key="${server_key%% -r *} $server"
      if [[ $drained == *" $address "* ]]; then
        if [[ $command == drain ]]; then
          with_weight "$line" 0
          line=$weighted
        elif [[ ${weight_of[$server_key]:-} ]]; then
          with_weight "$line" "${weight_of[$server_key]}"
          line=$weighted
        fi
      fi
    fi
    reweighed+=$line$'\n'
  done <<<"${1%$'\n'}"
}

wait_for_drained() { # ADDRESSES
  local key line server address lines=''
  load_services
  for key in ${live_services[@]+"${live_services[@]}"}; do
    while IFS= read -r line; do
      [[ $line == '-a '* ]] || continue
      real_address "$line"
      server=${line#* -r } server=${server%% *}
      [[ " $1 " != *" $address "* ]] || lines+="-d $key -r $server"$'\n'
    done <<<"${service_of[$key]}"
  done
  [[ $lines ]] || return 0
  count_active "$lines"
  if ((active > 0 && drain_seconds > 0)); then
    await_drained "$lines"
    count_active "$lines"
  fi
  say "$active active connection(s) left"
}

# ---- main ---------------------------------------------------------------------------------------------------------

on_error() { # LINE COMMAND
  trap - ERR
  complain "internal error in line $1: $2" "What was changed is in the journal: apply again, or rollback."
  log "internal error in line $1: $2"
  exit 1
}

on_signal() { # NAME CODE
  trap '' INT TERM HUP
  complain "ended by SIG$1${generation:+; generation $generation holds what was changed: apply again, or rollback}"
  log "ended by SIG$1"
  exit "$2"
}

# What cannot be read must not pass for missing: it would be written down as the state before.
cannot_read() { # WHAT COMMAND
  local remedy='Nothing was changed.'
  [[ -z $generation ]] || remedy="generation $generation holds what was changed: apply again, or undo it: bash $script rollback"
  die 1 "cannot read $1: '$2' failed" "$remedy"
}

main() {
  local -a generations
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
  case $command in
    list)
      list_command
      return
      ;;
    extract)
      extract_command "${operands[0]}"
      return
      ;;
    show)
      find_host
      show_command "${operands[0]}"
      return
      ;;
  esac
  ((EUID == 0)) || die 77 "$command needs root" "Run: sudo bash $script ${command}"
  read -r kernel_release </proc/sys/kernel/osrelease
  find_host
  check_platform
  state_paths
  case $command in
    check | verify | status) ;;
    *)
      mutating=yes
      trap 'on_signal INT 130' INT
      trap 'on_signal TERM 143' TERM
      trap 'on_signal HUP 129' HUP
      take_lock
      ;;
  esac
  named_real_servers
  read_drained
  resources
  refuse_dead_mounts
  case $command in
    drain | undrain) drain_command "${operands[0]}" ;;
    *) "${command}_command" ;;
  esac
  exit
}


main "$@"
