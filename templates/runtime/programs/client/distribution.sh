# ---- distribution: who answered, and whether the scheduler shares requests out like that ------

most_rows=40

report_distribution() { # SERVICE
  local name=${service_names[$1]} kind by more expectation k share total=0 sum=0 reason='' verdict='' remark=''
  local who_point='every answer is by a described real server with a weight' share_point
  local -a shares=() expected=() wrong=()
  read -r kind by more <<<"${service_expects[$1]}"
  expected_words "$1"
  share_point=$expectation
  for ((k = first_server; k < end_server; k++)); do
    share=${server_weights[k]}
    [[ $by != even || $share == 0 ]] || share=1
    shares[k]=$share sum=$((sum + share)) total=$((total + ${got[k]:-0}))
  done
  if ((total + unknown == 0)); then
    reason='there were no answers to tell by'
  elif [[ -z $mark_kind ]]; then
    reason='the real servers cannot be told apart by their answers'
  fi
  if [[ $reason ]]; then
    point skipped "$name" "$who_point" "$reason"
    point skipped "$name" "$share_point" "$reason"
    [[ $mark_kind ]] || note "$name: give each real server a page of its own at ${page_paths[$1]}, or a header such as X-Served-By"
    return
  fi
  judge_strangers "$1"
  if [[ $kind == any ]]; then
    reason=${service_expects[$1]#any }
  elif ((unknown > 0 && ${#unmarked[@]} > 0)); then
    reason="$unknown answers may be by servers that could not be asked what theirs look like"
  elif ((total == 0)); then
    reason='no answer is by a described real server'
  fi
  if [[ $reason ]]; then
    point skipped "$name" "$share_point" "$reason"
    table "$1"
    return
  fi
  verdict=ok
  judge "$kind" "$more"
  point "$verdict" "$name" "$share_point"
  table "$1"
  [[ -z $remark ]] || note "$remark"
  [[ $verdict == ok ]] || explain_distribution "$1"
}

# Answers by servers that should have none, or by nobody described.
judge_strangers() { # SERVICE
  local k result=ok
  local -a reasons=()
  for ((k = first_server; k < end_server; k++)); do
    ((shares[k] == 0 && ${got[k]:-0} > 0)) || continue
    if [[ $by == persistence ]]; then
      note "${server_names[k]} has weight 0 and still answers clients that it had before (persistence)"
    else
      result=failed
      reasons+=("${server_names[k]} answered ${got[k]} times, but has weight 0: compare the director's table (bash director.sh check --diff)")
    fi
  done
  if ((unknown > 0 && ${#unmarked[@]} == 0)); then
    result=failed
    reasons+=("$unknown answers look like none of the described real servers': is there another one in the director's table (bash director.sh check --diff), or does a page change by itself?")
  fi
  point "$result" "$name" "$who_point"
  because ${reasons[@]+"${reasons[@]}"}
}

# What a person wants to see: expected and got, by real server. It belongs to a failure where there is one.
table() { # SERVICE
  local k shown=0 hidden=0 address_width=7 name_width=11 teller=note
  [[ $verdict != failed ]] || teller=because
  for ((k = first_server; k < end_server; k++)); do
    [[ ${expected[k]:-} ]] || expected[k]=-
    ((shares[k] > 0)) || expected[k]=0
    ((${#server_names[k]} <= name_width)) || name_width=${#server_names[k]}
    ((${#server_addresses[k]} <= address_width)) || address_width=${#server_addresses[k]}
  done
  [[ $json ]] || table_line 'real server' address weight expected got ''
  for ((k = first_server; k < end_server; k++)); do
    event realserver service "${service_names[$1]}" name "${server_names[k]}" address "${server_addresses[k]}" \
      weight "${server_weights[k]}" expected "${expected[k]}" got "${got[k]:-0}"
    if [[ $json ]]; then
      continue
    elif ((shown < most_rows)) || [[ ${wrong[k]:-} ]]; then
      shown=$((shown + 1))
      table_line "${server_names[k]}" "${server_addresses[k]}" "${server_weights[k]}" "${expected[k]}" "${got[k]:-0}" "${wrong[k]:+  <--}"
    else
      hidden=$((hidden + 1))
    fi
  done
  ((hidden == 0)) || note "  and $hidden more as expected"
  ((unknown == 0)) || note "  $unknown answers by nobody known"
}

table_line() { # NAME ADDRESS WEIGHT EXPECTED GOT FLAG
  local line
  printf -v line "%-${name_width}s  %-${address_width}s  %6s  %10s  %5s%s" "$@"
  "$teller" "$line"
}
