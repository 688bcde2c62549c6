# ---- journal: how to get back, on disk before each change --------------------------------------
#
# /var/lib/lvsgen/CLUSTER/ROLE, readable by root alone:
#   generations/N   one apply that changed something: who, when and by which script, a record a line, `end` when it came through
#   base            the records of generations that were pruned; `base N` at its head: N was the last of them
#   blobs/          the files that records name
#   holds           what this role describes on this host, so that another role leaves it alone
#   drained         real servers that an operator took out of rotation
# A record is KIND, NAME, STATE BEFORE and a full stop, between tabs. A torn last line was never
# followed by its change, so it is skipped. `-KIND` says that the resource is not lvsgen's any more. These say more of a resource
# that is recorded beside them:
#   wrote PATH         the SHA-256 sum of a text that lvsgen was about to write into a file (`block PATH`: of its block there);
#                      whatever else is found there, a hand wrote
#   rights KIND PATH   mode, owner and group as they were described; - is what was not
#   rank KIND NAME     its place among the records that the roles of this host have of the resource: the lowest is the oldest, and
#                      leads to the state before lvsgen; 0 where nothing is said
#   handed N RANK KIND NAME   in a base: what another role that left gave into the hands of this one, after its generation N
# Journals of lvsgen 0.1 have instead, for each role whose record is older: `later KIND NAME`, and `laterof` behind a `handed N KIND NAME`.

state_home=/var/lib/lvsgen state_dir='' generation='' begun='' resumed='' keep_generations=10
previous_holds='' keys_held='' last_holds='' held_before=''
declare -A journal_keys=()
u_kind=() u_name=() u_record=() # records loaded for an undo, oldest first, one a resource

state_paths() {
  local real=$state_home shared
  paths+=("$root$state_home")
  [[ -z $root ]] || walk "$root$state_home" last || refuse_state "${failure%%$'\n'*}"
  state_home=$root$real
  state_dir=$state_home/$cluster/$role
}

escape() { # TEXT -> $escaped
  local -a text_lines=()
  escaped=$1
  [[ $1 == *[\\$'\t\n']* ]] || return 0
  escaped=${1//\\/\\\\}
  escaped=${escaped//$'\t'/\\t}
  if ((${#escaped} < 16384)); then
    escaped=${escaped//$'\n'/\\n}
  else
    # The time of a replacement grows with the square of how many there are.
    split_lines "$escaped"
    printf -v escaped '%s\\n' "${text_lines[@]}" # never empty
    escaped=${escaped%\\n}
  fi
}

unescape() { # TEXT -> $unescaped
  printf -v unescaped '%b' "$1."
  unescaped=${unescaped%.}
}

journaled() { # KIND NAME
  local escaped
  escape "$2"
  [[ ${journal_keys["$1 $escaped"]:-} ]]
}

# Has this generation anything to get back to? What a role holds are pages of its own, and no change of the host.
has_records() {
  local key
  for key in ${journal_keys[@]+"${!journal_keys[@]}"}; do
    [[ $key == 'holds -' || -z ${journal_keys[$key]} ]] || return 0
  done
  return 1
}

record_line() { # KIND NAME RECORD -> $line
  local escaped
  escape "$2"
  line=$1$'\t'$escaped
  escape "$3"
  line+=$'\t='$escaped$'\t.'
}

journal() { # KIND NAME RECORD..., one write for all
  local line escaped lines=''
  local -a added=()
  while (($#)); do
    record_line "$1" "$2" "$3"
    lines+=${lines:+$'\n'}$line
    escape "$2"
    added+=("$1 $escaped")
    rank_line "$1" "$2"
    shift 3
  done
  append_durably "$state_dir/generations/$generation" "$lines" || return 1
  for line in ${added[@]+"${added[@]}"}; do journal_keys[$line]=1; done
}

# The resource is as before the first apply and not lvsgen's any more; what it is when it is described again, is written down anew.
release() { # KIND NAME
  local escaped
  hand_over_earlier "$((10#$generation - 1))" "$1" "$2" && journal "-$1" "$2" '' || return 1
  escape "$2"
  journal_keys["$1 $escaped"]='' rights_of["$1 $2"]='' rank_of["$1 $2"]=''
  [[ -z ${roles_with["$1 $escaped"]:-} ]] || roles_with["$1 $escaped"]=${roles_with["$1 $escaped"]//" $cluster/$role "/}
}
