# ---- journal: how to get back, on disk before each change --------------------------------------
#
# /var/lib/lvsgen/CLUSTER/ROLE, readable by root alone:
#   generations/N   one apply that changed something: a record a line, `end` when it came through
#   base            the records of generations that were pruned; `base N` at its head: N was the last of them
#   blobs/          the files that records name
#   holds           what this role describes on this host, so that another role leaves it alone
#   drained         real servers that an operator took out of rotation
# A record is KIND, NAME, STATE BEFORE and a full stop, between tabs. A torn last line was never
# followed by its change, so it is skipped. `-KIND` says that the resource is not lvsgen's any more. Three say more of a resource
# that is recorded beside them:
#   wrote PATH         the SHA-256 sum of a text that lvsgen was about to write into a file (`block PATH`: of its block there);
#                      whatever else is found there, a hand wrote
#   rights KIND PATH   mode, owner and group as they were described; - is what was not
#   later KIND NAME    another role had this resource before, so that its record is the older one
#   handed N KIND NAME in a base: what another role that left gave into the hands of this one, after its generation N
#   laterof N KIND NAME beside it: a role whose record is older than that one

state_home=/var/lib/lvsgen state_dir='' generation='' begun='' resumed='' keep_generations=10
previous_holds='' keys_held=''
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
  for file in "$state_dir"/generations/[0-9][0-9][0-9][0-9] "$state_dir"/generations/[1-9][0-9][0-9][0-9][0-9]; do
    [[ ! -f $file ]] || generations+=("${file##*/}")
  done
}

# The last generation that was folded into the base; 0 where none was, so that the base belongs to the state before the first.
last_folded() { # -> $folded
  local line='' generations
  folded=0
  [[ -f $state_dir/base ]] || return 0
  IFS= read -r line <"$state_dir/base" || :
  if [[ $line =~ ^base\ ([0-9]{1,6})$ ]]; then
    folded=$((10#${BASH_REMATCH[1]}))
    return 0
  fi
  # A base of lvsgen 0.1 has no number.
  list_generations
  folded=1
  ((${#generations[@]} == 0)) || folded=$((10#${generations[0]} - 1))
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

# What another role, or this one when it forgets its generations, has to know of a resource.
append_to_base() { # STATE-DIRECTORY LINES
  local lines=$2
  if [[ -s $1/base ]]; then repair_torn_line "$1/base" || return 1; else lines="base 0"$'\n'$lines; fi
  (umask 077 && append_durably "$1/base" "$lines")
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

last_generation() { # -> $last, empty where none is kept
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
  local last file now boot_id failed folded
  last_generation
  if ! failed=$(umask 077 && mkdir -p -- "$state_dir/generations" "$state_dir/blobs" 2>&1); then
    failure="cannot make $state_dir: ${failed:-mkdir failed}" generation=''
    return 1
  fi
  # What an uninstall that was killed had not removed yet.
  if ! failure=$(rm -rf -- "${state_dir%/*}/.gone-$role" 2>&1); then return 1; fi
  if [[ $last ]] && ! generation_is_closed "$last"; then
    generation=$last resumed=1
    load_journal_keys
    repair_torn_line "$state_dir/generations/$generation" || return 1
    remove_temporaries || return 1
    # Files that systemd reads may be new to it.
    reload_needed=1
    log "generation $generation goes on: an earlier run was interrupted"
    journal_holds
    return
  fi
  last_folded
  printf -v generation '%04d' $((10#${last:-$folded} + 1))
  file=$state_dir/generations/$generation
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

# What a run that was killed had begun to write beside the files that it changed or put back.
remove_temporaries() {
  local file name
  local -a generations
  local -A recorded_paths=()
  rm -f -- "$state_dir/.lvsgen.ready" || return 1
  list_generations
  for file in base ${generations[@]+"${generations[@]/#/generations/}"}; do
    recorded_files "$state_dir/$file"
  done
  for name in ${recorded_paths[@]+"${!recorded_paths[@]}"}; do
    remove_temporary "$root$name"
  done
}

recorded_files() { # FILE of records -> $recorded_paths
  local kind name record stop unescaped
  [[ -f $1 ]] || return 0
  while IFS=$'\t' read -r kind name record stop; do
    case ${kind#-}:$stop in
      setting:.) name=${name% *} ;;
      file:. | block:.) ;;
      *) continue ;;
    esac
    unescape "$name"
    recorded_paths[$unescaped]=1
  done <"$1"
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
    [[ $stop == . ]] || continue
    if [[ $kind == -* ]]; then journal_keys["${kind#-} $name"]=''; else journal_keys["$kind $name"]=1; fi
  done <"$state_dir/generations/$generation"
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
    later_lines "$1" "$2"
    shift 3
  done
  append_durably "$state_dir/generations/$generation" "$lines" || return 1
  for line in ${added[@]+"${added[@]}"}; do journal_keys[$line]=1; done
}

# The resource is as before the first apply and not lvsgen's any more; what it is when it is described again, is written down anew.
release() { # KIND NAME
  local escaped
  journal "-$1" "$2" '' || return 1
  escape "$2"
  journal_keys["$1 $escaped"]='' rights_of["$1 $2"]=''
  [[ -z ${roles_with["$1 $escaped"]:-} ]] || roles_with["$1 $escaped"]=${roles_with["$1 $escaped"]//" $cluster/$role "/}
}

# A copy of a file with everything that belongs to it, on the disk; sets $blob to its name.
keep_blob() { # PATH
  local n=1
  while [[ -e $state_dir/blobs/$generation.$n || -L $state_dir/blobs/$generation.$n ]]; do n=$((n + 1)); done
  blob=$generation.$n
  keep_copy "$1" "$state_dir/blobs/$blob" || return 1
  [[ -L $state_dir/blobs/$blob ]] || sync_paths "$state_dir/blobs/$blob"
  sync_paths "$state_dir/blobs"
}

# Copies a regular file, or a symbolic link as such, to where only root can go.
keep_copy() { # PATH COPY
  local failed named
  local -a within=()
  reach "$1" || return 1
  # A FIFO that takes its place now would keep cp waiting.
  [[ -z $shared ]] || within=(timeout -s KILL 30)
  if ! failed=$(${within[@]+"${within[@]}"} cp -a --no-target-directory -- "$at/$leaf" "$2" 2>&1) || [[ ! -f $2 && ! -L $2 ]]; then
    named "${failed:-it is not a regular file any more}"
    failure="cannot keep a copy of $1: $named"
    # A directory, perhaps, that took its place.
    rm -rf -- "$2" 2>/dev/null || :
    leave
    return 1
  fi
  leave
}

# Closes the generation: everything it wrote is on the disk. What an apply left open, an apply closes.
end_changes() {
  [[ $generation && (-z $resumed || $command == apply) ]] || return 0
  sync_all
  append_durably "$state_dir/generations/$generation" end || return 1
  prune_generations
}
