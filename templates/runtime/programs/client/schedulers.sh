# ---- schedulers: whether answers are shared out as each of them does ---------------------------
#
# Within report_distribution: $shares has each server's part, $sum all of them, $total how many answers are known; what
# comes out is $verdict, $remark, and by server $expected and $wrong.

judge() { # KIND MORE
  case $1 in
    rounds) judge_rounds "$2" ;;
    shares) judge_shares "$2" ;;
    one) judge_one ;;
    few) judge_few ;;
    highest) judge_highest ;;
    overflow) judge_overflow ;;
  esac
}

# The rotation is exact whoever begins it: in full rounds everyone has his part, in a part of a round at most that. A
# missing answer may have been anybody's, but all of one server's missing is no turn of his.
# Requests of other clients take turns too; then the counts only have to be those of a fair lot.
judge_rounds() { # ROUND
  local k unit low high missing=$((failed + unknown)) rounds begun
  rounds=$(((total + missing) / $1)) begun=$(((total + missing + $1 - 1) / $1))
  for ((k = first_server; k < end_server; k++)); do
    expected_part "$k"
    unit=$((shares[k] * $1 / sum))
    low=$((rounds * unit - missing)) high=$((begun * unit))
    ((low > 0 || rounds * unit == 0)) || low=1
    ((${got[k]:-0} >= low && ${got[k]:-0} <= high)) || wrong[k]=1
  done
  count_breaks "$1"
  if ((${#wrong[@]} == 0)); then
    ((total > $1)) || return 0
    remark="strictly in turn: the same order in every round of $1"
    ((breaks == 0)) || remark="$breaks of $total answers out of the order, as where other clients take turns too; the counts are right"
    return 0
  fi
  if fair_lot 9; then
    wrong=()
    remark="not exactly in turn ($breaks of $total answers out of order): do other clients use the service now? Repeat it in a quiet hour, or with more --requests"
  else
    verdict=failed
  fi
}

# Answers that are not by whom the rotation has next.
count_breaks() { # ROUND -> $breaks
  local n
  breaks=0
  for ((n = $1; n < ${#sequence[@]}; n++)); do
    [[ ${sequence[n]#*:} == "${sequence[n - $1]#*:}" ]] || breaks=$((breaks + 1))
  done
}

judge_shares() { # HOLD
  local k
  for ((k = first_server; k < end_server; k++)); do expected_part "$k"; done
  fair_lot 16 mark || verdict=failed
  [[ $1 == hold ]] || return 0
  for ((k = first_server; k < end_server; k++)); do
    # Who counts connections leaves nobody out.
    ((${got[k]:-0} > 0 || shares[k] == 0 || total * shares[k] < 2 * sum)) || wrong[k]=1 verdict=failed
  done
}

# Whether every count lies within so many standard deviations (squared) of its part, as that of a fair lot does; of a
# part below five, within one answer more. In thousandths.
fair_lot() { # SQUARE [mark]
  local k mean off fair=0 mark=${2:-}
  for ((k = first_server; k < end_server; k++)); do
    mean=$((total * shares[k] * 1000 / sum))
    off=$((${got[k]:-0} * 1000 - mean))
    ((off >= 0)) || off=$((-off))
    ((mean >= 5000)) || off=$((off > 1000 ? off - 1000 : 0))
    ((off * off > $1 * mean * (1000 - shares[k] * 1000 / sum))) || continue
    fair=1
    [[ -z $mark ]] || wrong[k]=1
  done
  return "$fair"
}

# Its part of all that was asked.
expected_part() { # SERVER
  local tenths=$((((total + failed + unknown) * ${shares[$1]} * 10 + sum / 2) / sum))
  expected[$1]=$((tenths / 10))
  ((tenths % 10 == 0)) || expected[$1]+=.$((tenths % 10))
}

# All answers of a target by the same real server: where the source or the destination decides.
judge_one() {
  local entry k
  local -A server_of=()
  for entry in ${sequence[@]+"${sequence[@]}"}; do
    [[ ${server_of[${entry%:*}]:=${entry#*:}} == "${entry#*:}" ]] || verdict=failed
  done
  for ((k = first_server; k < end_server; k++)); do
    ((shares[k] == 0)) || expected[k]='all or 0'
    [[ $verdict == ok ]] || ((${got[k]:-0} == 0)) || wrong[k]=1
  done
}

judge_few() {
  local n moves=0 k
  for ((n = 1; n < ${#sequence[@]}; n++)); do
    [[ ${sequence[n]} == "${sequence[n - 1]}" ]] || moves=$((moves + 1))
  done
  for ((k = first_server; k < end_server; k++)); do
    ((shares[k] == 0)) || expected[k]='most or 0'
  done
  ((moves <= total / 4)) || verdict=failed
  ((moves == 0)) || remark="the real server changed $moves times: a loaded one is left for another"
}

highest_weight() { # -> $highest
  local k
  highest=0
  for ((k = first_server; k < end_server; k++)); do
    ((shares[k] <= highest)) || highest=${shares[k]}
  done
}

judge_highest() {
  local k highest
  judge_one
  highest_weight
  for ((k = first_server; k < end_server; k++)); do
    ((shares[k] < highest)) || continue
    expected[k]=0
    ((${got[k]:-0} == 0)) || wrong[k]=1 verdict=failed
  done
}

judge_overflow() {
  local k highest first=0
  highest_weight
  for ((k = first_server; k < end_server; k++)); do
    if ((shares[k] == highest)); then
      first=$((first + ${got[k]:-0})) expected[k]='until full'
    elif ((shares[k] > 0)); then
      expected[k]='then'
    fi
  done
  ((first > 0)) || verdict=failed
  ((first == total)) || remark="$((total - first)) of $total answers by others than the first: it has more open connections than its weight, $highest"
}
