declare -A export_of=()

# The live exports: export_of["CLIENT PATH"]=OPTIONS. exportfs keeps them here, rmtab-like escapes and all.
load_exports() {
  local path spec
  [[ -z ${loaded[export]:-} ]] || return 0
  loaded[export]=1 export_of=()
  [[ -r /var/lib/nfs/etab ]] || return 0
  while IFS=$'\t' read -r path spec; do
    printf -v path '%b' "${path//\\/\\0}"
    spec=${spec%")"}
    # Quoted: with extglob on, *( begins another pattern.
    export_of["${spec%%"("*} $path"]=${spec#*"("}
  done </var/lib/nfs/etab
}
