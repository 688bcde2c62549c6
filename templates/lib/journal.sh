# ---- journal: how to get back, on disk before each change --------------------------------------
#
# /var/lib/lvsgen/CLUSTER/ROLE, readable by root alone:
#   generations/N   one apply that changed something: a record a line, `end` when it came through
#   base            the records of generations that were pruned
#   blobs/          the files that records name
#   holds           what this role describes on this host, so that another role leaves it alone
#   drained         real servers that an operator took out of rotation
# A record is KIND, NAME, STATE BEFORE and a full stop, between tabs. A torn last line was never
# followed by its change, so it is skipped.

state_dir='' generation='' begun='' resumed='' keep_generations=10
previous_holds='' keys_held=''
declare -A journal_keys=()
u_kind=() u_name=() u_record=() # records loaded for an undo, oldest first, one a resource

state_paths() {
  state_dir=$root/var/lib/lvsgen/$cluster/$role
}

escape() { # TEXT -> $escaped
  escaped=${1//\\/\\\\}
  escaped=${escaped//$'\t'/\\t}
  escaped=${escaped//$'\n'/\\n}
}

unescape() { # TEXT -> $unescaped
  printf -v unescaped '%b' "$1."
  unescaped=${unescaped%.}
}

list_generations() { # -> ${generations[@]}, oldest first
  local file
  generations=()
  for file in "$state_dir"/generations/[0-9][0-9][0-9][0-9]; do
    [[ -f $file ]] && generations+=("${file##*/}")
  done
  return 0
}

generation_is_closed() { # NUMBER
  local line last=''
  while IFS= read -r line; do last=$line; done <"$state_dir/generations/$1"
  [[ $last == end* ]]
}

read_boot_id() {
  boot_id=unknown
  [[ ! -r /proc/sys/kernel/random/boot_id ]] || IFS= read -r boot_id </proc/sys/kernel/random/boot_id
}

# Appends to a file and has it on the disk before it returns.
append_durably() { # FILE TEXT
  local failed
  failed=$(printf '%s\n' "$2" | dd of="$1" bs=64k oflag=append conv=notrunc,fsync status=none 2>&1) && return 0
  failure="cannot write $1: $failed"
  return 1
}

# A directory's entries on the disk. EL7's sync takes no operand and then syncs everything.
sync_paths() { # PATH...
  sync -- "$@" 2>/dev/null || sync
}

# Before the first change: the watchdog, and the generation that this run writes to.
begin_changes() {
  [[ -z $begun ]] || return 0
  log_open
  arm_confirm && open_generation || return 1
  begun=1
}

last_generation() { # -> $last, empty where there is none
  local -a generations
  list_generations
  last=''
  ((${#generations[@]} == 0)) || last=${generations[${#generations[@]} - 1]}
}

# An interrupted run left its generation open: an apply brings it to its end, even where nothing is left to change.
resume_interrupted() {
  local last
  last_generation
  [[ -z $last ]] || generation_is_closed "$last" || begin_changes
}

# A new generation, or the one that was left open, so that rollback reaches the state before the first run of it.
open_generation() {
  local last file now boot_id failed
  last_generation
  if [[ $last ]] && ! generation_is_closed "$last"; then
    generation=$last resumed=1
    load_journal_keys
    repair_torn_line "$state_dir/generations/$generation" || return 1
    remove_temporaries
    # Files that systemd reads may be new to it.
    reload_needed=1
    log "generation $generation goes on: an earlier run was interrupted"
    journal_holds
    return
  fi
  printf -v generation '%04d' $((10#${last:-0} + 1))
  file=$state_dir/generations/$generation
  if ! failed=$(umask 077 && mkdir -p -- "$state_dir/generations" "$state_dir/blobs" 2>&1); then
    failure="cannot make $state_dir: $failed" generation=''
    return 1
  fi
  printf -v now '%(%s)T' -1
  read_boot_id
  if ! (umask 077 && append_durably "$file" "generation $generation boot=$boot_id started=$now sha256=$lvsgen_sum"); then
    failure="cannot write $file (is the file system full or read-only?)"
    rm -f -- "$file" 2>/dev/null || :
    generation=''
    return 1
  fi
  sync_paths "$state_dir/generations" "$state_dir" "${state_dir%/*}" "${state_dir%/*/*}"
  journal_keys=()
  journal_holds
}

journal_holds() {
  [[ $previous_holds == "$keys_held" ]] || journaled holds - || journal holds - "$previous_holds"
}

# What a run that was killed had begun to write beside the files it changed.
remove_temporaries() {
  local key unescaped real
  for key in "${!journal_keys[@]}"; do
    case $key in
      'setting '*) key=${key% *} ;;
      'file '* | 'block '*) ;;
      *) continue ;;
    esac
    unescape "${key#* }"
    remove_temporary "$root$unescaped"
  done
}

repair_torn_line() { # FILE: a record that a power cut tore gets a line end, so that the next starts anew
  local line=''
  while IFS= read -r line; do line=''; done <"$1"
  [[ -z $line ]] || append_durably "$1" ''
}

load_journal_keys() {
  local kind name record stop
  journal_keys=()
  while IFS=$'\t' read -r kind name record stop; do
    [[ $stop == . ]] && journal_keys["$kind $name"]=1
  done <"$state_dir/generations/$generation"
  return 0
}

journaled() { # KIND NAME
  local escaped
  escape "$2"
  [[ ${journal_keys["$1 $escaped"]:-} ]]
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
    shift 3
  done
  append_durably "$state_dir/generations/$generation" "$lines" || return 1
  for line in ${added[@]+"${added[@]}"}; do journal_keys[$line]=1; done
}

# The resource is as before the first apply and not lvsgen's any more.
release() { # KIND NAME
  journal "-$1" "$2" ''
}

# A copy of a file with everything that belongs to it, on the disk; sets $blob to its name.
keep_blob() { # PATH
  local n=1 failed
  while [[ -e $state_dir/blobs/$generation.$n || -L $state_dir/blobs/$generation.$n ]]; do n=$((n + 1)); done
  blob=$generation.$n
  if ! failed=$(cp -a --no-target-directory -- "$1" "$state_dir/blobs/$blob" 2>&1); then
    failure="cannot keep a copy of $1: $failed"
    rm -f -- "$state_dir/blobs/$blob" 2>/dev/null || :
    return 1
  fi
  [[ -L $1 ]] || sync_paths "$state_dir/blobs/$blob"
  sync_paths "$state_dir/blobs"
}

# Closes the generation: everything it wrote is on the disk. What an apply left open, an apply closes.
end_changes() {
  [[ $generation && (-z $resumed || $command == apply) ]] || return 0
  sync
  append_durably "$state_dir/generations/$generation" end || return 1
  prune_generations
}

# Reads records into u_*: of the generations later than N, oldest first; the oldest of a resource counts.
load_records() { # N
  local number
  local -a generations
  local -A seen=()
  u_kind=() u_name=() u_record=()
  [[ $1 != 0 || ! -f $state_dir/base ]] || load_record_file "$state_dir/base"
  list_generations
  for number in ${generations[@]+"${generations[@]}"}; do
    ((10#$number > 10#$1)) || continue
    load_record_file "$state_dir/generations/$number" "$1"
  done
}

load_record_file() { # FILE [N]: with N above 0 a release does not count, the way back leads past it
  local kind name record stop unescaped key
  while IFS=$'\t' read -r kind name record stop; do
    [[ $stop == . ]] || continue
    if [[ $kind == -* ]]; then
      key="${kind#-} $name"
      [[ ${2:-0} != 0 || -z ${seen[$key]:-} ]] || { u_kind[${seen[$key]} - 1]='' && seen[$key]=''; }
      continue
    fi
    [[ -z ${seen["$kind $name"]:-} ]] || continue
    unescape "$name"
    u_name+=("$unescaped")
    unescape "${record#=}"
    u_record+=("$unescaped")
    u_kind+=("$kind")
    seen["$kind $name"]=${#u_kind[@]}
  done <"$1"
}

# Folds the oldest generations into the base, so that the state stays bounded.
prune_generations() {
  local i line text
  local -a generations
  local -A seen
  list_generations
  ((${#generations[@]} > keep_generations)) || return 0
  while ((${#generations[@]} > keep_generations)); do
    seen=() u_kind=() u_name=() u_record=()
    [[ ! -f $state_dir/base ]] || load_record_file "$state_dir/base"
    load_record_file "$state_dir/generations/${generations[0]}"
    text=''
    for ((i = 0; i < ${#u_kind[@]}; i++)); do
      [[ -n ${u_kind[i]} && ${u_kind[i]} != holds ]] || continue
      record_line "${u_kind[i]}" "${u_name[i]}" "${u_record[i]}"
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

# ---- holds: what several roles on one host need is given back by the last of them ---------------

# The keys that this run describes, a line each.
described_keys() { # -> $keys
  local i escaped
  keys=''
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    escape "${r_name[i]}"
    keys+="${r_kind[i]} $escaped"$'\n'
  done
}

# Before the first change, so that a script that leaves meanwhile finds them held.
hold_described() {
  local keys='' content
  [[ -z $only ]] || return 0
  described_keys
  keys_held=$keys previous_holds=''
  if read_text "$state_dir/holds"; then previous_holds=$content; fi
  [[ $keys != "$previous_holds" ]] || return 0
  if ! failure=$(umask 077 && mkdir -p -- "$state_dir" 2>&1); then
    failure="cannot make $state_dir: $failure"
    return 1
  fi
  replace_file "$state_dir/holds" 0600 "$keys"
}

# Does another role's script on this host hold this resource?
held_elsewhere() { # KEY -> $holder
  local file line escaped
  escape "$1"
  for file in "$root"/var/lib/lvsgen/*/*/holds; do
    [[ -f $file && $file != "$state_dir/holds" ]] || continue
    while IFS= read -r line; do
      if [[ $line == "$escaped" ]]; then
        holder=${file%/holds}
        return 0
      fi
    done <"$file"
  done
  return 1
}

# The other role becomes the one that gives it back, unless it knows an older state itself.
hand_over() { # KIND NAME RECORD
  local line record=$3 blob='' file kind name old stop escaped
  escape "$2"
  for file in "$holder/base" "$holder"/generations/[0-9]*; do
    [[ -f $file ]] || continue
    while IFS=$'\t' read -r kind name old stop; do
      [[ $stop != . || $kind != "$1" || $name != "$escaped" ]] || return 0
    done <"$file"
  done
  if [[ $record == 'saved '* ]]; then
    blob=$role.${record#saved }
    mkdir -p -- "$holder/blobs" && cp -a --remove-destination -- "$state_dir/blobs/${record#saved }" "$holder/blobs/$blob" || return 1
    sync_paths "$holder/blobs/$blob" "$holder/blobs"
    record="saved $blob"
  fi
  record_line "$1" "$2" "$record"
  (umask 077 && append_durably "$holder/base" "$line")
}
