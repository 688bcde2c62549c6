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
