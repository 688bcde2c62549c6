# ---- generations: one apply each that changed something, begun before its first change and closed after its last ----------

# Before the first change: the watchdog, and the generation that this run writes to.
begin_changes() {
  [[ -z $begun ]] || return 0
  log_open
  arm_confirm && open_generation || return 1
  begun=1
}

list_generations() { # -> ${generations[@]}, oldest first
  local file
  generations=()
  for file in "$state_dir"/generations/[0-9][0-9][0-9][0-9] "$state_dir"/generations/[1-9][0-9][0-9][0-9][0-9]; do
    [[ ! -f $file ]] || generations+=("${file##*/}")
  done
}

last_generation() { # -> $last, empty where none is kept
  local -a generations
  list_generations
  last=''
  ((${#generations[@]} == 0)) || last=${generations[${#generations[@]} - 1]}
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

is_aside() { # NUMBER
  local line last=''
  while IFS= read -r line; do last=$line; done <"$state_dir/generations/$1"
  [[ $last == 'end aside' ]]
}

generation_is_closed() { # NUMBER
  local line last=''
  while IFS= read -r line; do last=$line; done <"$state_dir/generations/$1"
  [[ $last == end* ]]
}

# An interrupted run left its generation open: an apply brings it to its end, even where nothing is left to change.
resume_interrupted() {
  local last
  last_generation
  [[ -z $last ]] || generation_is_closed "$last" || begin_changes
}

# A new generation, or the one that was left open, so that rollback reaches the state before the first run of it.
open_generation() {
  local last file now boot_id failed folded by
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
    hold_described
    return
  fi
  last_folded
  printf -v generation '%04d' $((10#${last:-$folded} + 1))
  file=$state_dir/generations/$generation
  printf -v now '%(%s)T' -1
  read_boot_id
  who_runs
  if ! (umask 077 && append_durably "$file" "generation $generation boot=$boot_id started=$now sha256=$lvsgen_sum format=$state_format lvsgen=$lvsgen_version by=$by host=$host"); then
    failure="cannot write $file (is the file system full or read-only?)"
    rm -f -- "$file" 2>/dev/null || :
    generation=''
    return 1
  fi
  sync_paths "$state_dir/generations" "$state_dir" "${state_dir%/*}" "${state_dir%/*/*}"
  journal_keys=()
  hold_described
}

read_boot_id() {
  boot_id=unknown
  [[ ! -r /proc/sys/kernel/random/boot_id ]] || IFS= read -r boot_id </proc/sys/kernel/random/boot_id
}

load_journal_keys() {
  local kind name record stop
  journal_keys=()
  while IFS=$'\t' read -r kind name record stop; do
    [[ $stop == . ]] || continue
    if [[ $kind == -* ]]; then journal_keys["${kind#-} $name"]=''; else journal_keys["$kind $name"]=1; fi
  done <"$state_dir/generations/$generation"
}

closed_as='' # `aside` where a rollback of the last apply is to leave it out: who is drained is no apply

# Closes the generation: everything it wrote is on the disk. What an apply left open, an apply closes.
end_changes() {
  hold_described || return 1
  [[ $generation && (-z $resumed || $command == apply) ]] || return 0
  sync_all
  append_durably "$state_dir/generations/$generation" "end${closed_as:+ $closed_as}" || return 1
  prune_generations
}
