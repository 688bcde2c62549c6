# ---- uplinks: what comes from a virtual address is routed by a table of its own (ip-rule(8)) ----------------------------
#
# The state is `table NUMBER via GATEWAY dev X`. The kernel asks the rule before the main table, for it gives it a lower number.

kind uplink boot stale=rule

declare -A rule_of=() # `FROM TABLE` -> 1

uplink_declare() { # VIP TABLE WORDS...
  local vip=$1
  shift
  describe uplink "$vip" "table $*"
}

load_rules() {
  local family line complete
  [[ -z ${loaded[rule]:-} ]] || return 0
  loaded[rule]=1 rule_of=()
  for family in 4 6; do
    [[ $family == 4 || -e /proc/net/if_inet6 ]] || continue
    complete=''
    while read -r line; do
      [[ $line != complete ]] || complete=1
      [[ ! $line =~ from\ ([^ ]+)\ lookup\ ([0-9]+)$ ]] || rule_of["${BASH_REMATCH[1]} ${BASH_REMATCH[2]}"]=1
    done <<<"$(ip "-$family" rule show && printf 'complete\n')"
    [[ $complete ]] || cannot_read 'the routing rules of this host' "ip -$family rule show"
  done
}

# -> $way: the default route of a table, as words; empty where it has none
default_of() { # TABLE FAMILY
  local line
  way=''
  while read -r line; do
    [[ $line == 'default '* ]] || continue
    way=${line#default } way=${way/ metric 1024/} way=${way/ pref medium/} way=${way/ linkdown/}
    way=${way% }
    return 0
  done <<<"$(ip "-$2" route show table "$1" 2>/dev/null || :)"
}

# The table of a VIP has its own number (src/plan/features/uplinks.ts): by it lvsgen's rule and table are told from those of others.
own_table() { # VIP -> $table
  local high low a b c d
  if [[ $1 == *:* ]]; then
    low=${1##*:} high=${1%:*} high=${high##*:}
    table=$(((16#${high:-0} << 16) | 16#${low:-0}))
  else
    IFS=. read -r a b c d <<<"$1"
    table=$(((a << 24) | (b << 16) | (c << 8) | d))
  fi
  ((table >= 256)) || table=$((table + 256))
}

uplink_probe() { # VIP
  local family table way
  family_of "$1"
  own_table "$1"
  load_rules
  have=absent
  [[ ${rule_of["$1 $table"]:-} ]] || return 0
  default_of "$table" "$family"
  have="table $table${way:+ $way}"
}

# Rules of others for the same address stay: lvsgen's comes later, and so is asked first (ip-rule(8)).
uplink_set() { # VIP STATE
  local family table way
  local -a words=()
  family_of "$1"
  own_table "$1"
  if [[ $2 == absent ]]; then
    [[ $have != absent ]] || return 0
    run ip "-$family" rule del from "$1" lookup "$table" && run ip "-$family" route flush table "$table"
    return
  fi
  way=${2#"table $table"} way=${way# }
  if [[ $way ]]; then
    split_words "$way"
    run ip "-$family" route replace default "${words[@]}" table "$table" || return 1 # never empty
  fi
  [[ ${rule_of["$1 $table"]:-} ]] || run ip "-$family" rule add from "$1" lookup "$table"
}
