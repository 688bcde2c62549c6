# ---- distribution: who answered, and whether the scheduler shares requests out like that ------

# The part of a real server in what is shared out; weight 0 has none.
share_of() { # SERVER BY -> $share
  share=${server_weights[$1]}
  [[ $2 != even || $share == 0 ]] || share=1
}

report_distribution() { # SERVICE
  local i=$1 kind by more total=0 k sum=0 share words verdict='' reason='' strays=0
  local -A expected=() wrong=()
  local -a reasons=()
  read -r kind by more <<<"${service_expects[i]}"
  for ((k = first_server; k < end_server; k++)); do
    share_of "$k" "$by"
    sum=$((sum + share))
    total=$((total + ${got[$k]:-0}))
  done
  if [[ -z $mark_kind ]]; then
    reason='the real servers cannot be told apart by what they answer'
  elif ((total + unknown == 0)); then
    reason='no answer to tell by'
  fi
  if [[ $reason ]]; then
    point skipped "$name_of_service" "only described real servers with a weight answer" "$reason"
    point skipped "$name_of_service" "$distribution_words" "$reason"
    return
  fi
}
