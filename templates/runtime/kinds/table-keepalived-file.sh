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
