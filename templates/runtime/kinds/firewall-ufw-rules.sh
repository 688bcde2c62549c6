# ---- firewall: ufw's own rules ------------------------------------------------------------------------------------------
#
# They are read where it reads them itself, in its files: a comment (`### tuple ###`) for each, by family. `ufw show added` has the same
# words for a rule of one family and for one of both.

ufw_added='' # its rules, a line each: FAMILY ACTION[_LOG] PROTOCOL PORTS TO PORTS-FROM FROM [PROFILE PROFILE-FROM] [DIRECTION] [comment=HEX]

# Up to version 0.34 they lay where packages have what is theirs.
ufw_file() { # NAME -> $file
  file=/etc/ufw/$1
  [[ -e $file || ! -e /lib/ufw/$1 ]] || file=/lib/ufw/$1
}

ufw_load() { # -> $ufw_added
  ufw_added=$'\n'
  ufw_load_family 4 user.rules || { ufw_added='' && return 1; }
  ! ufw_has_ipv6 || ufw_load_family 6 user6.rules || { ufw_added='' && return 1; }
}

ufw_load_family() { # FAMILY NAME
  local file content line
  ufw_file "$2"
  read_text "$file" || return 1
  while IFS= read -r line; do
    [[ $line != '### tuple ###'* ]] || ufw_added+="$1 ${line#'### tuple ### '}"$'\n'
  done <<<"$content"
}

# The rule of the very words of WHAT, which a new one takes the place of: what lets it in, a limit, a refusal, logged or not.
ufw_standing() { # WHAT -> ${standing[FAMILY]}: as its command, `closed` without one
  local family action fields hex route='' ports=${1%/*} rest name
  local -a anywhere=([4]=0.0.0.0/0 [6]=::/0)
  name=${ports/-/:}/${1#*/}
  standing=([4]=closed)
  case $1 in
    'forwarding from '*:*) standing=([6]=closed) ;;
    'forwarding from '*) ;;
    *) ! ufw_has_ipv6 || standing[6]=closed ;;
  esac
  while read -r family action fields; do
    [[ $family && ${standing[family]:-} == closed ]] || continue
    if [[ $1 == 'forwarding from '* ]]; then
      route=route: name="from ${1##* }" rest="any any ${anywhere[family]} any ${1##* }"
    else
      rest="${1#*/} ${ports/-/:} ${anywhere[family]} any ${anywhere[family]}"
    fi
    hex=${fields#* comment=} fields=${fields% comment=*}
    # Very old ones do not say that it is about what comes in.
    [[ ${fields% in} == "$rest" && $action == "$route"[!:]* && ($route || $action != *:*) ]] || continue
    action=${action#"$route"}
    standing[family]="${action/_/ } $name"
    [[ $hex == *' '* ]] || ufw_comment "$hex"
  done <<<"$ufw_added"
}

ufw_comment() { # HEX, for ${standing[family]}
  local escaped='' hex=$1 comment
  while [[ $hex == [[:xdigit:]][[:xdigit:]]* ]]; do
    escaped+="\\x${hex:0:2}"
    hex=${hex:2}
  done
  printf -v comment '%b' "$escaped."
  standing[family]+=" comment '${comment%.}'"
}

# A limit, or a refusal, gives way as long as this is described.
ufw_state_of() { # RULE -> $state
  state=$1
  [[ $state != 'allow '* ]] || state=open
}

# `open`, `closed`, or the words of what stands there; of two families that differ both. Words without IPv6 are those of IPv4 alone:
# ufw may be given it later.
ufw_state() { # WHAT, with ${standing[@]} -> $now
  local state state6
  ufw_state_of "${standing[4]:-${standing[6]:-}}"
  now=$state
  if [[ ${standing[4]:-} && ${standing[6]:-} ]]; then
    ufw_state_of "${standing[6]}"
    state6=$state
    [[ $now == "$state6" ]] || now="IPv4 $now; IPv6 $state6"
  elif [[ $1 != 'forwarding from '* && $now != @(open|closed) ]]; then
    now="IPv4 $now"
  fi
}

# What names no family is of both; older journals name none.
ufw_wanted() { # STATE -> ${ufw_wants[4]} ${ufw_wants[6]}
  local both="^IPv4 ([^']*('[^']*')?); IPv6 (.*)\$"
  ufw_wants=([4]="$1" [6]="$1")
  if [[ $1 =~ $both ]]; then
    ufw_wants=([4]="${BASH_REMATCH[1]}" [6]="${BASH_REMATCH[3]}")
  elif [[ $1 == 'IPv4 '* ]]; then
    ufw_wants=([4]="${1#IPv4 }" [6]=closed)
  fi
}
