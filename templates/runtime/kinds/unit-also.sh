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
