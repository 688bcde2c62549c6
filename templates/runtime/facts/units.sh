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
