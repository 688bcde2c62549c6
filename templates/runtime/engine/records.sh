# ---- records: read back for an undo, and folded when they are old --------------------------------------

declare -A written=()   # path, or `block PATH` -> sums of the texts that lvsgen wrote there, between spaces, the newest first
declare -A rights_of=() # `KIND PATH` -> mode, owner and group as they were described last
declare -A later_than=() # `KIND NAME` -> roles (CLUSTER/ROLE) whose record of it is older, between spaces
declare -A handed_later=() # the same -> roles whose record was older than that of the one who handed it over, between spaces
handed=() # in the first places of u_*: `N KIND NAME` of what another role handed over after generation N and what is not this one's yet

# Reads records into u_*, oldest first; the oldest of a resource counts. For N: those of the generations later than N, which lead
# back to N. For all: what is lvsgen's now, and how it was before lvsgen.
load_records() { # N|all
  local number folded
  local -a generations
  local -A seen
  last_folded
  list_generations
  forget_loaded
  [[ $1 != all && $1$folded != 00 ]] || load_base
  for number in ${generations[@]+"${generations[@]}"}; do
    [[ $1 == all ]] || ((10#$number > 10#$1)) || continue
    take_over_handed "$number"
    load_record_file "$state_dir/generations/$number" "$1"
  done
  take_over_handed 1000000
}

forget_loaded() {
  u_kind=() u_name=() u_record=() handed=() handed_later=() written=() rights_of=() later_than=() seen=()
}

# What other roles handed over is older than all that this one has changed, and what they handed over last is the oldest.
load_base() {
  local i kind name record stop unescaped
  local -a handed_names=() records=()
  local -A place_of=()
  [[ -f $state_dir/base ]] || return 0
  while IFS=$'\t' read -r kind name record stop; do
    if [[ $stop == . && $kind == laterof ]]; then
      unescape "$name"
      handed_later[$unescaped]+=" ${record#=} "
    fi
    [[ $stop == . && $kind == handed ]] || continue
    unescape "$name"
    # Two roles that left between the same generations of this one: the second gave the older record.
    i=${place_of[$unescaped]:--1}
    ((i < 0)) || handed_names[i]=''
    place_of[$unescaped]=${#handed_names[@]} handed_later[$unescaped]=''
    handed_names+=("$unescaped")
    unescape "${record#=}" && records+=("$unescaped")
    # The number is counted with, and arithmetic would run what else it is.
    [[ ${handed_names[${#handed_names[@]} - 1]} =~ ^[0-9]{1,6}\ [a-z]+\ . ]] || refuse_record "$name"
    is_record "$unescaped" || refuse_record "$unescaped"
  done <"$state_dir/base"
  for ((i = ${#handed_names[@]} - 1; i >= 0; i--)); do
    [[ ${handed_names[i]} ]] || continue
    u_kind+=('') handed+=("${handed_names[i]}") u_record+=("${records[i]}")
    name=${handed_names[i]#* }
    u_name+=("${name#* }")
  done
  load_record_file "$state_dir/base"
}

# From the generation on that was the next when a resource was handed over, that record counts.
take_over_handed() { # NUMBER of a generation
  local i kind key escaped
  for ((i = 0; i < ${#handed[@]}; i++)); do
    if [[ -z ${handed[i]} ]] || ((10#${handed[i]%% *} >= 10#$1)); then continue; fi
    kind=${handed[i]#* } kind=${kind%% *}
    escape "${u_name[i]}"
    key=$kind$' '$escaped
    [[ -z ${seen[$key]:-} ]] || u_kind[${seen[$key]} - 1]=''
    later_than["$kind ${u_name[i]}"]=${handed_later[${handed[i]}]:-}
    u_kind[i]=$kind handed[i]='' seen[$key]=$((i + 1))
  done
}

load_record_file() { # FILE [N|all]: on the way back to an N above 0 a release forgets nothing, for that way leads past it
  local kind name record stop unescaped key
  [[ -f $1 ]] || return 0
  while IFS=$'\t' read -r kind name record stop; do
    [[ $stop == . ]] || continue
    key="$kind $name"
    [[ $kind != handed && ($kind == [-wrl]* || -z ${seen[$key]:-}) ]] || continue
    unescape "$name"
    name=$unescaped
    unescape "${record#=}"
    record=$unescaped
    case $kind in
      -*) [[ ${2:-all} != all && ${2:-all} != 0 ]] || forget_record "${kind#-}" "$name" "${key#-}" ;;
      wrote) written[$name]=" $record${written[$name]:- }" ;;
      rights) rights_of[$name]=$record ;;
      later) later_than[$name]+=" $record " ;;
      laterof) ;;
      *)
        [[ -z ${seen[$key]:-} ]] || continue
        is_record "$record" || refuse_record "$record"
        u_kind+=("$kind") u_name+=("$name") u_record+=("$record")
        seen[$key]=${#u_kind[@]}
        ;;
    esac
  done <"$1"
}

# The name of a kept copy is no path.
is_record() { # RECORD
  [[ $1 != 'saved '*/* && $1 != 'saved .'* ]]
}

refuse_record() { # WHAT
  die 69 "the journal in $state_dir is not as lvsgen wrote it: $1" "Somebody changed it. What it says is not done."
}

forget_record() { # KIND NAME KEY
  [[ -z ${seen[$3]:-} ]] || u_kind[${seen[$3]} - 1]=''
  seen[$3]='' rights_of["$1 $2"]='' later_than["$1 $2"]=''
  case $1 in
    file) written[$2]='' ;;
    block) written["block $2"]='' ;;
  esac
}

# Folds the oldest generations into the base, so that the state stays bounded.
prune_generations() {
  local text folded
  local -a generations
  local -A seen
  list_generations
  ((${#generations[@]} > keep_generations)) || return 0
  while ((${#generations[@]} > keep_generations)); do
    forget_loaded
    load_base
    take_over_handed "${generations[0]}"
    load_record_file "$state_dir/generations/${generations[0]}"
    text="base $((10#${generations[0]}))"$'\n'
    loaded_lines
    replace_file "$state_dir/base" 0600 "$text" || return 1
    run rm -f -- "$state_dir/generations/${generations[0]}" || return 1
    list_generations
  done
  drop_unused_blobs
}

# What load_record_file has read, as lines again.
loaded_lines() { # added to $text
  local i line name role_before
  local -a words
  for ((i = ${#handed[@]} - 1; i >= 0; i--)); do
    [[ ${handed[i]} ]] || continue
    record_line handed "${handed[i]}" "${u_record[i]}"
    text+=$line$'\n'
    split_words "${handed_later[${handed[i]}]:-}"
    for role_before in ${words[@]+"${words[@]}"}; do
      record_line laterof "${handed[i]}" "$role_before"
      text+=$line$'\n'
    done
  done
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ -n ${u_kind[i]} && ${u_kind[i]} != holds ]] || continue
    record_line "${u_kind[i]}" "${u_name[i]}" "${u_record[i]}"
    text+=$line$'\n'
  done
  for name in ${written[@]+"${!written[@]}"}; do
    [[ -z ${written[$name]} ]] || { wrote_line "$name" && text+=$line$'\n'; }
  done
  for name in ${rights_of[@]+"${!rights_of[@]}"}; do
    [[ -z ${rights_of[$name]} ]] || { record_line rights "$name" "${rights_of[$name]}" && text+=$line$'\n'; }
  done
  for name in ${later_than[@]+"${!later_than[@]}"}; do
    split_words "${later_than[$name]}"
    for role_before in ${words[@]+"${words[@]}"}; do
      record_line later "$name" "$role_before" && text+=$line$'\n'
    done
  done
}

wrote_line() { # NAME -> $line: what was written there last
  local sum=${written[$1]# }
  record_line wrote "$1" "${sum%% *}"
}

drop_unused_blobs() {
  local file kind name record stop
  local -A used=()
  for file in "$state_dir/base" "$state_dir"/generations/[0-9]*; do
    [[ -f $file ]] || continue
    while IFS=$'\t' read -r kind name record stop; do
      [[ $record != '=saved '* ]] || used[${record#=saved }]=1
    done <"$file"
  done
  for file in "$state_dir"/blobs/*; do
    [[ -e $file || -L $file ]] || continue
    [[ ${used[${file##*/}]:-} ]] || rm -f -- "$file" || log "$file is of no use any more and stays"
  done
}
