# ---- records: read back for an undo, and folded when they are old --------------------------------------

declare -A written=()   # path, or `block PATH` -> sums of the texts that lvsgen wrote there, between spaces, the newest first
declare -A rights_of=() # `KIND PATH` -> mode, owner and group as they were described last
declare -A rank_of=()   # `KIND NAME` -> the rank of its record, where it is not 0
declare -A given_up=()  # `KIND NAME` -> the generation that gave it up, and its rank until then: a rollback can lead back to it
handed=() # in the first places of u_*: `N RANK KIND` of what another role handed over after generation N and what is not this one's yet

# Reads records into u_*, oldest first; the oldest of a resource counts. For N: those of the generations later than N, which lead
# back to N. For all: what is lvsgen's now, and how it was before lvsgen.
load_records() { # N|all
  local number folded older
  local -a generations
  local -A seen
  last_folded
  list_generations
  forget_loaded
  if [[ $1 == all || $1$folded == 00 ]]; then load_base; else load_handed_since "$1"; fi
  for number in ${generations[@]+"${generations[@]}"}; do
    [[ $1 == all ]] || ((10#$number > 10#$1)) || continue
    take_over_handed "$number"
    older=${#u_kind[@]}
    load_record_file "$state_dir/generations/$number" "$1"
  done
  take_over_handed 1000000
}

forget_loaded() {
  u_kind=() u_name=() u_record=() handed=() written=() rights_of=() rank_of=() given_up=() seen=()
}

load_base() {
  load_handed
  load_record_file "$state_dir/base"
}

# What other roles handed over is older than all that this one has changed, and what they handed over last is the oldest.
load_handed() {
  local i kind name record stop unescaped when rank
  local -a handed_when=() handed_names=() records=()
  [[ -f $state_dir/base ]] || return 0
  while IFS=$'\t' read -r kind name record stop; do
    if [[ $stop == . && $kind == laterof && ${#handed_when[@]} != 0 ]]; then
      read -r when rank kind <<<"${handed_when[${#handed_when[@]} - 1]}"
      handed_when[${#handed_when[@]} - 1]="$when $((10#$rank + 1)) $kind"
    fi
    [[ $stop == . && $kind == handed ]] || continue
    unescape "$name"
    # The numbers are counted with, and arithmetic would run what else they are.
    [[ $unescaped =~ ^([0-9]{1,6})\ (([0-9]{1,6})\ )?([a-z]+)\ (.+)$ ]] || refuse_record "$name"
    handed_when+=("${BASH_REMATCH[1]} ${BASH_REMATCH[3]:-0} ${BASH_REMATCH[4]}") handed_names+=("${BASH_REMATCH[5]}")
    unescape "${record#=}" && records+=("$unescaped")
    is_record "$unescaped" || refuse_record "$unescaped"
  done <"$state_dir/base"
  for ((i = ${#handed_when[@]} - 1; i >= 0; i--)); do
    u_kind+=('') handed+=("${handed_when[i]}") u_name+=("${handed_names[i]}") u_record+=("${records[i]}")
  done
}

# From the generation on that was the next when a resource was handed over, that record counts.
take_over_handed() { # NUMBER of a generation
  local i after rank kind key escaped
  for ((i = 0; i < ${#handed[@]}; i++)); do
    [[ ${handed[i]} ]] || continue
    read -r after rank kind <<<"${handed[i]}"
    ((10#$after < 10#$1)) || continue
    escape "${u_name[i]}"
    key=$kind$' '$escaped handed[i]=''
    # What stands before it was handed over later.
    [[ -z ${seen[$key]:-} ]] || ((${seen[$key]} > i)) || continue
    [[ -z ${seen[$key]:-} ]] || u_kind[${seen[$key]} - 1]=''
    rank_of["$kind ${u_name[i]}"]=$rank
    u_kind[i]=$kind seen[$key]=$((i + 1))
  done
}

load_record_file() { # FILE [N|all]: on the way back to an N above 0 a release forgets nothing, for that way leads past it
  local kind name record stop unescaped key taken=''
  [[ -f $1 ]] || return 0
  while IFS=$'\t' read -r kind name record stop; do
    [[ $stop == . ]] || continue
    key="$kind $name" record=${record#=}
    [[ $kind != handed && ($kind == [-wr]* || -z ${seen[$key]:-}) ]] || { taken='' && continue; }
    # Most of them have nothing that is escaped.
    if [[ $name$record == *\\* ]]; then
      unescape "$name"
      name=$unescaped
      unescape "$record"
      record=$unescaped
    fi
    case $kind in
      -*) [[ ${2:-all} != all && ${2:-all} != 0 ]] || forget_record "${kind#-}" "$name" "${key#-}" ;;
      wrote) written[$name]=" $record${written[$name]:- }" ;;
      rights) rights_of[$name]=$record ;;
      # It stands behind its record.
      rank) [[ $name != "$taken" || ! $record =~ ^[0-9]{1,6}$ ]] || rank_of[$name]=$record ;;
      later) rank_of[$name]=$((10#${rank_of[$name]:-0} + 1)) ;;
      laterof) ;;
      *)
        [[ -z ${seen[$key]:-} ]] || { taken='' && continue; }
        [[ $record != saved* ]] || is_record "$record" || refuse_record "$record"
        u_kind+=("$kind") u_name+=("$name") u_record+=("$record")
        seen[$key]=${#u_kind[@]} taken="$kind $name"
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
  local key
  if [[ ${seen[$3]:-} ]]; then
    u_kind[${seen[$3]} - 1]=''
    ((${seen[$3]} > ${older:-0})) || given_up["$1 $2"]="${number:-} ${rank_of["$1 $2"]:-0}"
  fi
  seen[$3]='' rights_of["$1 $2"]='' rank_of["$1 $2"]=''
  is_function "$1_written" || return 0
  "$1_written" "$2"
  written[$key]=''
}

# What was handed over counts from an earlier generation on: for one that gives it up is to forget it, and one that is gone has no next. What
# a rollback led past is no more this role's.
hand_over_earlier() { # NUMBER [KIND NAME, else all]
  local kind name record stop text='' escaped='' what changed=''
  [[ -f $state_dir/base ]] || return 0
  escape "${3:-}"
  while IFS=$'\t' read -r kind name record stop; do
    if [[ $kind == handed && $name =~ ^([0-9]{1,6})\ (([0-9]{1,6}\ )?(.*))$ ]] && ((10#${BASH_REMATCH[1]} > 10#$1)); then
      what=${BASH_REMATCH[4]}
      if (($# == 1)) && [[ ${leads_past[$what]:-} ]]; then
        changed=1
        continue
      elif (($# == 1)) || [[ $what == "$2 $escaped" ]]; then
        name="$((10#$1)) ${BASH_REMATCH[2]}" changed=1
      fi
    fi
    text+=$kind${stop:+$'\t'$name$'\t'$record$'\t'$stop}$'\n'
  done <"$state_dir/base"
  [[ -z $changed ]] || replace_file "$state_dir/base" 0600 "$text"
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
  local i line name
  for ((i = ${#handed[@]} - 1; i >= 0; i--)); do
    [[ ${handed[i]} ]] || continue
    record_line handed "${handed[i]} ${u_name[i]}" "${u_record[i]}"
    text+=$line$'\n'
  done
  for ((i = 0; i < ${#u_kind[@]}; i++)); do
    [[ -n ${u_kind[i]} && ${u_kind[i]} != holds ]] || continue
    name="${u_kind[i]} ${u_name[i]}"
    record_line "${u_kind[i]}" "${u_name[i]}" "${u_record[i]}"
    text+=$line$'\n'
    [[ ${rank_of[$name]:-0} == 0 ]] || { record_line rank "$name" "${rank_of[$name]}" && text+=$line$'\n'; }
  done
  for name in ${written[@]+"${!written[@]}"}; do
    [[ -z ${written[$name]} ]] || { wrote_line "$name" && text+=$line$'\n'; }
  done
  for name in ${rights_of[@]+"${!rights_of[@]}"}; do
    [[ -z ${rights_of[$name]} ]] || { record_line rights "$name" "${rights_of[$name]}" && text+=$line$'\n'; }
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
