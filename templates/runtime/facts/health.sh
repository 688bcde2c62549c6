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
