# ---- open ports in the file that the unit of nftables loads at boot ---------------------------------------------------
#
# Before the first of them comes into the file it is kept, so that the way back leads to the very file, time stamp included, where
# nothing but lvsgen's lines came into it since.

kind opened recorded path=part own stale='stat'

# -> $file; empty where the system has none. It is looked for as the unit finds it.
find_rules_file() {
  for file in /etc/nftables.conf /etc/sysconfig/nftables.conf; do
    [[ ! -f $root$file ]] || return 0
  done
  file=''
}

# The lines of this role's open ports, and the others.
split_opened() { # TEXT [MARK of one port] -> $opened $rest
  local line mark="lvsgen $cluster $role "
  mark=${2:-$mark}
  opened='' rest=''
  [[ $1 ]] || return 0
  while IFS= read -r line; do
    if [[ $line == *" comment \"$mark"* ]]; then opened+=$line$'\n'; else rest+=$line$'\n'; fi
  done <<<"${1%$'\n'}"
}

keep_rules_file() {
  local file blob
  find_rules_file
  [[ $file ]] && ! journaled opened "$file" || return 0
  walk "$root$file" last && keep_blob "$root$real" && journal opened "$file" "saved $blob"
}

open_in_file() { # PORT/PROTOCOL RULES, none where it is closed
  local file path content='' mode=- owner=- group=- opened rest
  find_rules_file
  [[ $file ]] || return 0
  read_for_change "$file" || return 1
  split_opened "$content" "lvsgen $cluster $role $1\""
  rest+=$2
  [[ $rest == "$content" ]] || replace_file "$path" "$mode" "$rest" "$owner" "$group"
}

opened_probe() { # PATH
  local content opened rest
  have=absent
  walk "$root$1" last || { have=unreachable && return 0; }
  read_found || return 0
  split_opened "$content"
  have=${opened:-absent}
}

opened_undone() { # PATH RECORD
  is_kept_copy "$1" "${2#saved }"
}

opened_set() { # PATH RECORD
  local path content='' now now_rest mode=- owner=- group=- opened rest
  read_for_change "$1" || return 1
  now=$content
  split_opened "$now"
  now_rest=$rest
  read_kept "${2#saved }" || { failure="the kept copy of $1 is missing or damaged" && return 1; }
  split_opened "$content"
  if [[ ! -e $path ]] || { [[ $rest == "$now_rest" ]] && has_rights_of_blob "$path" "${2#saved }"; }; then
    restore_blob "$path" "${2#saved }"
  elif [[ $now != "$now_rest$opened" ]]; then
    replace_file "$path" "$mode" "$now_rest$opened" "$owner" "$group"
  fi
}
