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
  done <<<"$(ip "-$2" route show table "$1" 2>/dev/null)"
}

# Of several rules for one address the described one counts where it is there.
uplink_probe() { # VIP, with $state
  local family key way
  family_of "$1"
  load_rules
  have=absent
  for key in ${rule_of[@]+"${!rule_of[@]}"}; do
    [[ ${key% *} == "$1" ]] || continue
    default_of "${key#* }" "$family"
    have="table ${key#* }${way:+ $way}"
    [[ $have != "${state:-}" ]] || return 0
  done
}

uplink_set() { # VIP STATE
  local family table old way
  local -a words=()
  family_of "$1"
  table=${2#table } way=${table#* } table=${table%% *}
  old=${have#table } old=${old%% *}
  if [[ $have == 'table '* && $old != "$table" ]]; then
    run ip "-$family" rule del from "$1" lookup "$old" || return 1
    run ip "-$family" route flush table "$old" || return 1
  fi
  [[ $2 != absent ]] || return 0
  split_words "$way"
  run ip "-$family" route replace default "${words[@]}" table "$table" || return 1 # never empty
  [[ ${rule_of["$1 $table"]:-} ]] || run ip "-$family" rule add from "$1" lookup "$table"
}
