declare -A export_of=()

# The live exports: export_of["CLIENT PATH"]=OPTIONS, the path without links. exportfs keeps them here, rmtab-like escapes and all. What it
# reads in files stands there by where it leads; what it is told (exportfs -o), as it was told.
load_exports() {
  local path spec i
  local -a live_paths=() live_specs=() real_paths=()
  [[ -z ${loaded[export]:-} ]] || return 0
  loaded[export]=1 export_of=()
  [[ -r /var/lib/nfs/etab ]] || return 0
  while IFS=$'\t' read -r path spec; do
    printf -v path '%b' "${path//\\/\\0}"
    live_paths+=("$path") live_specs+=("${spec%")"}")
  done </var/lib/nfs/etab
  ((${#live_paths[@]})) || return 0
  mapfile -t real_paths < <(realpath -m -- "${live_paths[@]}" || :) # never empty
  # A line end in a path: they are as they stand there.
  ((${#real_paths[@]} == ${#live_paths[@]})) || real_paths=("${live_paths[@]}") # never empty
  for ((i = 0; i < ${#live_paths[@]}; i++)); do
    spec=${live_specs[i]}
    # Quoted: with extglob on, *( begins another pattern.
    export_of["${spec%%"("*} ${real_paths[i]}"]=${spec#*"("}
  done
}
