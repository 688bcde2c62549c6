# ---- copies: what files were, and what a run that was killed left beside them -----------------------------------------

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
  local kind name record stop unescaped path
  [[ -f $1 ]] || return 0
  while IFS=$'\t' read -r kind name record stop; do
    if [[ $stop != . ]] || ! has "${kind#-}" path; then continue; fi
    unescape "$name"
    path_of "${kind#-}" "$unescaped"
    recorded_paths[$path]=1
  done <"$1"
}
