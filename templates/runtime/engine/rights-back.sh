# ---- rights that are described no longer: back to what they were ------------------------------------------------------

declare -A described_rights=() # `KIND PATH` -> mode, owner and group as they are described, where another state is to be reached

# A mode, an owner or a group that is not described any more becomes what it was before, where it is still what lvsgen made it.
take_back_rights() {
  local i key rights before
  local -A record_of=()
  ((${#rights_of[@]})) || return 0
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    key="${u_kind[i]} ${u_name[i]}"
    [[ -z ${rights_of[$key]:-} ]] || record_of[$key]=${u_record[i]}
  done
  for key in "${!rights_of[@]}"; do
    i=${described[$key]:-}
    [[ $i && ${rights_of[$key]} && ${record_of[$key]:-} ]] || continue
    rights=${r_state[i]#* }
    [[ " $rights " == *' - '* ]] || continue
    rights_before "${r_kind[i]}" "${record_of[$key]}" || continue
    described_rights[$key]=$rights
    rights_to_reach "${r_name[i]}" "$rights" "${rights_of[$key]}" "$before"
    r_state[i]="${r_kind[i]} $rights"
  done
}

rights_before() { # KIND RECORD -> $before: mode, owner and group; fails where they are not known
  local stat mode uid gid _
  case $2 in
    absent) before="${traits["$1 rights"]} 0 0" ;;
    "$1 "*) before=${2#* } ;;
    saved\ *)
      stat_path "$state_dir/blobs/${2#saved }"
      read -r mode uid gid _ <<<"$stat"
      before="$mode $uid $gid"
      [[ $stat ]]
      ;;
    *) return 1 ;;
  esac
}

rights_to_reach() { # PATH DESCRIBED DESCRIBED-LAST BEFORE -> $rights
  local stat mode uid gid user group _ now part
  local -a described_words last_words before_words now_names
  stat_path "$root$1"
  [[ $stat ]] || return 0
  read -r mode uid gid user group _ <<<"$stat"
  read -r -a described_words <<<"$2"
  read -r -a last_words <<<"$3"
  read -r -a before_words <<<"$4"
  now_names=("$mode 0$mode ${mode#0}" "$uid $user" "$gid $group")
  for part in 0 1 2; do
    [[ ${described_words[part]} == - && ${last_words[part]} != - && " ${now_names[part]} " == *" ${last_words[part]} "* ]] || continue
    [[ " ${now_names[part]} " != *" ${before_words[part]} "* ]] || continue
    described_words[part]=${before_words[part]}
  done
  rights="${described_words[*]}" # never empty
}

# What is only the parent of something else, or another role's, has not the rights that this role alone once described for it, but
# those that others describe.
plain_rights() { # DIRECTORY RECORD -> $rights: mode, owner and group to reach; - what stays
  local before elsewhere part key="${traits[parent]} $1"
  local -a elsewhere_words before_words
  rights='- - -'
  [[ ${rights_of[$key]:-} ]] && rights_before "${traits[parent]}" "$2" || return 0
  rights_elsewhere "$1"
  read -r -a elsewhere_words <<<"$elsewhere"
  read -r -a before_words <<<"$before"
  for part in 0 1 2; do
    [[ ${elsewhere_words[part]} == - ]] || before_words[part]=${elsewhere_words[part]}
  done
  rights_to_reach "$1" "$rights" "${rights_of[$key]}" "${before_words[*]}" # never empty
}

make_plain() { # DIRECTORY RECORD
  local rights
  plain_rights "$1" "$2"
  [[ $rights == '- - -' ]] && return 0
  "${traits[parent]}_set" "$1" "${traits[parent]} $rights" && forget_snapshots "${traits[parent]}"
}

# Before anything is made in it.
plain_parents() {
  local i last=${#r_kind[@]} kind name rights holder
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ ${rights_of["${u_kind[i]} ${u_name[i]}"]:-} && -z ${described["${u_kind[i]} ${u_name[i]}"]:-} ]] || continue
    kind=${u_kind[i]} name=${u_name[i]}
    has "$kind" parent || continue
    still_described "$kind" "$name" || held_elsewhere "$kind $name" || continue
    plain_rights "$name" "${u_record[i]}"
    [[ $rights != '- - -' ]] || continue
    described_rights["$kind $name"]='- - -'
    r_kind+=("$kind") r_name+=("$name") r_state+=("$kind $rights") r_text+=('')
    reconcile "$last" || return 1
    r_kind=("${r_kind[@]:0:last}") r_name=("${r_name[@]:0:last}") r_state=("${r_state[@]:0:last}") r_text=("${r_text[@]:0:last}") # never empty
  done
}
