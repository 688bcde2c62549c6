# ---- records: read back for an undo, and folded when they are old --------------------------------------

declare -A written=() # path -> sums of the texts that lvsgen wrote there, between spaces, the newest first

# Reads records into u_*: of the generations later than N, oldest first; the oldest of a resource counts.
load_records() { # N
  local number
  local -a generations
  local -A seen=()
  u_kind=() u_name=() u_record=() written=()
  [[ $1 != 0 || ! -f $state_dir/base ]] || load_record_file "$state_dir/base"
  list_generations
  for number in ${generations[@]+"${generations[@]}"}; do
    ((10#$number > 10#$1)) || continue
    load_record_file "$state_dir/generations/$number" "$1"
  done
}

load_record_file() { # FILE [N]: with N above 0 a release forgets nothing, the way back leads past it
  local kind name record stop unescaped key
  while IFS=$'\t' read -r kind name record stop; do
    [[ $stop == . ]] || continue
    if [[ $kind == -* ]]; then
      key="${kind#-} $name"
      [[ ${2:-0} != 0 || -z ${seen[$key]:-} ]] || u_kind[${seen[$key]} - 1]=''
      seen[$key]=''
      continue
    fi
    if [[ $kind == wrote ]]; then
      unescape "$name"
      written[$unescaped]=" ${record#=}${written[$unescaped]:- }"
      continue
    fi
    [[ -z ${seen["$kind $name"]:-} ]] || continue
    unescape "$name"
    u_name+=("$unescaped")
    unescape "${record#=}"
    # The name of a kept copy is no path.
    [[ $unescaped != 'saved '*/* && $unescaped != 'saved .'* ]] || die 69 "$1 is not as lvsgen wrote it: $unescaped" "Somebody changed it. What it says is not done."
    u_record+=("$unescaped")
    u_kind+=("$kind")
    seen["$kind $name"]=${#u_kind[@]}
  done <"$1"
}

wrote_line() { # PATH -> $line: what was written there last
  record_line wrote "$1" "${written[$1]:1:64}"
}

# Folds the oldest generations into the base, so that the state stays bounded.
prune_generations() {
  local i line text path
  local -a generations
  local -A seen
  list_generations
  ((${#generations[@]} > keep_generations)) || return 0
  while ((${#generations[@]} > keep_generations)); do
    seen=() u_kind=() u_name=() u_record=() written=()
    [[ ! -f $state_dir/base ]] || load_record_file "$state_dir/base"
    load_record_file "$state_dir/generations/${generations[0]}"
    text=''
    for ((i = 0; i < ${#u_kind[@]}; i++)); do
      [[ -n ${u_kind[i]} && ${u_kind[i]} != holds ]] || continue
      record_line "${u_kind[i]}" "${u_name[i]}" "${u_record[i]}"
      text+=$line$'\n'
    done
    for path in "${!written[@]}"; do
      wrote_line "$path"
      text+=$line$'\n'
    done
    replace_file "$state_dir/base" 0600 "$text" || return 1
    rm -f -- "$state_dir/generations/${generations[0]}"
    list_generations
  done
  drop_unused_blobs
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
    [[ ${used[${file##*/}]:-} ]] || rm -f -- "$file"
  done
}
