# ---- findings: what was seen, why it matters, what to do ---------------------------------------------

count+=([warn]=0 [stop]=0 [skip]=0)

finding() { # LEVEL CHECK WHAT [WHY] [REMEDY]
  local level=$1 check=$2 color=$dim shown
  count+=(["$level"]=$((${count["$level"]:-0} + 1)))
  if [[ $json ]]; then
    event finding level "$level" check "$check" what "$3" why "${4:-}" remedy "${5:-}"
    return
  fi
  case $level in
    ok) color=$green ;;
    warn) color=$yellow ;;
    stop) color=$red ;;
  esac
  [[ -z $quiet || $level == stop ]] || return 0
  visible "$3"
  printf '%s%-4s%s  %-10s %s\n' "$color" "$level" "$plain" "$check" "$shown"
  [[ -z ${4:-} ]] || finding_lines 'why' "$4"
  [[ -z ${5:-} ]] || finding_lines 'do' "$5"
}

finding_lines() { # LABEL TEXT
  local line label=$1 shown
  while IFS= read -r line; do
    visible "$line"
    printf '                 %s%-4s%s %s\n' "$dim" "$label" "$plain" "$shown"
    label=''
  done <<<"$2"
}

# A carried folder's or a package manager's own words: the first line is what, the rest the remedy.
finding_failure() { # LEVEL CHECK WHY, with $failure
  local remedy=''
  [[ $failure != *$'\n'* ]] || remedy=${failure#*$'\n'}
  finding "$1" "$2" "${failure%%$'\n'*}" "$3" "$remedy"
}
