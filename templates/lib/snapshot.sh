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

# Type, mode, owner, group and modification time of every path that will be asked for, and of all directories above it, in
# one process. (A / behind it, since `read` takes a | at the end of a line for the end of a field.)
load_stats() {
  local mode uid gid user group mtime type path
  local -A asked=(["${root:-/}"]=1)
  [[ -z ${loaded[stat]:-} ]] || return 0
  loaded[stat]=1 stat_of=()
  ((${#paths[@]})) || return 0
  for path in "${paths[@]}"; do # never empty
    while [[ $path && -z ${asked[$path]:-} ]]; do
      asked[$path]=1
      path=${path%/*}
    done
  done
  while IFS='|' read -r -d '' mode uid gid user group mtime type path; do
    stat_of[${path%/}]="0${mode} $uid $gid $user $group $mtime $type"
  done < <(stat --printf '%a|%u|%g|%U|%G|%y|%F|%n/\0' -- "${!asked[@]}" 2>/dev/null || :) # never empty
}

stat_path() { # PATH -> $stat: mode uid gid user group time type; empty where there is nothing
  load_stats
  local again=0
  # Where others than root can change it, it may come and go.
  while [[ -z ${stat_of[$1]:-} && (-e $1 || -L $1) ]]; do
    ((again++ < 5)) || cannot_read "the state of $1" stat
    paths+=("$1")
    unset 'loaded[stat]'
    load_stats
  done
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
  local line id='' unit_names='' load='' file='' active='' name complete=''
  local -a words=()
  [[ -z ${loaded[unit]:-} ]] || return 0
  loaded[unit]=1 unit_of=()
  ((${#units[@]})) && [[ -d /run/systemd/system ]] || return 0
  while IFS= read -r line; do
    case $line in
      complete) complete=1 ;;
      Id=*) id=${line#*=} ;;
      Names=*) unit_names=${line#*=} ;;
      LoadState=*) load=${line#*=} ;;
      UnitFileState=*) file=${line#*=} ;;
      ActiveState=*) active=${line#*=} ;;
      '')
        split_words "$id $unit_names"
        for name in ${words[@]+"${words[@]}"}; do unit_of[$name]="$load ${file:-none} $active"; done
        id='' unit_names='' load='' file='' active=''
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
  for name in ${packages[@]+"${packages[@]}"} ${journaled_packages[@]+"${journaled_packages[@]}"}; do asked[$name]=1; done
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
