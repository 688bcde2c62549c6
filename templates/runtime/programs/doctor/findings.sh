# ---- findings: what was seen, why it matters, what to do ---------------------------------------------

count+=([warn]=0 [stop]=0 [skip]=0)

finding() { # LEVEL CHECK WHAT [WHY] [REMEDY]
  local level=$1 check=$2 color=$dim padded
  count+=(["$level"]=$((${count["$level"]:-0} + 1)))
  event finding level "$level" check "$check" what "$3" why "${4:-}" remedy "${5:-}"
  [[ -z $json ]] || return 0
  case $level in
    ok) color=$green ;;
    warn) color=$yellow ;;
    stop) color=$red ;;
  esac
  [[ -z $quiet || $level == stop ]] || return 0
  printf -v padded '%-4s%s  %-10s' "$level" "$plain" "$check"
  tell "$color$padded %s" "$3"
  [[ -z ${4:-} ]] || finding_lines 'why' "$4"
  [[ -z ${5:-} ]] || finding_lines 'do' "$5"
}

finding_lines() { # LABEL TEXT
  local line label=$1 padded
  while IFS= read -r line; do
    printf -v padded '%-4s' "$label"
    tell "                 $dim%s$plain %s" "$padded" "$line"
    label=''
  done <<<"$2"
}

# A carried folder's or a package manager's own words: the first line is what, the rest the remedy.
finding_failure() { # LEVEL CHECK WHY, with $failure
  local remedy=''
  [[ $failure != *$'\n'* ]] || remedy=${failure#*$'\n'}
  finding "$1" "$2" "${failure%%$'\n'*}" "$3" "$remedy"
}
