# ---- snapshots: what this host is like, read once for all resources -----------------------------

declare -A loaded=() stat_of=() address_of=() route_of=() unit_of=() mount_of=() package_of=() export_of=()
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
    unit | firewall) unset 'loaded[unit]' 'loaded[firewall]' 'loaded[ports]' ;;
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
  done < <(stat --printf '%a|%u|%g|%U|%G|%y|%F|%n\n' -- "${paths[@]}" 2>/dev/null || :)
}

stat_path() { # PATH -> $stat: mode uid gid user group time type; empty where there is nothing
  load_stats
  if [[ -z ${stat_of[$1]:-} && (-e $1 || -L $1) ]]; then
    paths+=("$1")
    unset 'loaded[stat]'
    load_stats
  fi
  stat=${stat_of[$1]:-}
}

load_addresses() {
  local _ interface family cidr
  [[ -z ${loaded[address]:-} ]] || return 0
  loaded[address]=1 address_of=()
  while read -r _ interface family cidr _; do
    [[ $family == inet || $family == inet6 ]] || continue
    interface=${interface%%@*}
    address_of["${cidr%/*} ${interface}"]+="${cidr#*/} "
    address_of[${cidr%/*}]+="${interface} "
  done < <(ip -o address show)
}

load_routes() {
  local line family
  [[ -z ${loaded[route]:-} ]] || return 0
  loaded[route]=1 route_of=()
  for family in 4 6; do
    while read -r line; do
      route_of["$family ${line%% *}"]+="$line"$'\n'
    done < <(ip "-$family" route show table main 2>/dev/null || :)
  done
}

# Every unit that will be asked for, in one process.
load_units() {
  local line id='' names='' load='' file='' active='' name
  [[ -z ${loaded[unit]:-} ]] || return 0
  loaded[unit]=1 unit_of=()
  ((${#units[@]})) || return 0
  while IFS= read -r line || [[ $line ]]; do
    case $line in
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
  done < <(systemctl show --property=Id,Names,LoadState,UnitFileState,ActiveState -- "${units[@]}" 2>/dev/null; printf '\n')
}

# The mounts of this host: mount_of[TARGET]="SOURCE TYPE", the topmost of each target.
load_mounts() {
  local _ target rest source type
  [[ -z ${loaded[mount]:-} ]] || return 0
  loaded[mount]=1 mount_of=()
  while read -r _ _ _ _ target _ rest; do
    rest=${rest#*- }
    type=${rest%% *} rest=${rest#* }
    source=${rest%% *}
    printf -v target '%b' "${target//\\/\\0}"
    printf -v source '%b' "${source//\\/\\0}"
    mount_of[$target]="$type $source"
  done </proc/self/mountinfo
}

load_packages() {
  local name status
  [[ -z ${loaded[package]:-} ]] || return 0
  loaded[package]=1 package_of=()
  ((${#packages[@]})) || return 0
  while read -r name status; do
    [[ $status != installed ]] || package_of[${name%%:*}]=installed
  done < <(query_packages "${packages[@]}")
}

# The live exports: export_of["CLIENT PATH"]=OPTIONS. exportfs keeps them here, rmtab-like escapes and all.
load_exports() {
  local path spec
  [[ -z ${loaded[export]:-} ]] || return 0
  loaded[export]=1 export_of=()
  [[ -r /var/lib/nfs/etab ]] || return 0
  while IFS=$'\t' read -r path spec; do
    printf -v path '%b' "${path//\\/\\0}"
    spec=${spec%)}
    export_of["${spec%%(*} $path"]=${spec#*(}
  done </var/lib/nfs/etab
}
