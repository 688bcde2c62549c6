# Every unit that will be asked for, in one process.
load_units() {
  local line id='' unit_names='' load='' file='' active='' name complete=''
  local -a words=()
  [[ -z ${loaded[unit]:-} ]] || return 0
  loaded[unit]=1 unit_of=() unit_id=()
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
        for name in ${words[@]+"${words[@]}"}; do unit_of[$name]="$load ${file:-none} $active" unit_id[$name]=$id; done
        id='' unit_names='' load='' file='' active=''
        ;;
    esac
  done < <(systemctl show --property=Id,Names,LoadState,UnitFileState,ActiveState -- "${units[@]}" && printf '\ncomplete\n' 2>/dev/null) # never empty
  [[ $complete ]] || cannot_read "the state of units" 'systemctl show'
}
