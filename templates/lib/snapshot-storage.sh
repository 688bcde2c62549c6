# ---- mounts and exports of this host, read once -------------------------------------------------------

declare -A mount_of=() export_of=()

# The mounts of this host: mount_of[TARGET]="SOURCE TYPE", the topmost of each target.
load_mounts() {
  local _ target rest source type
  [[ -z ${loaded[mount]:-} ]] || return 0
  loaded[mount]=1 mount_of=()
  while read -r _ _ _ _ target _ rest; do
    rest=${rest#*- }
    type=${rest%% *} rest=${rest#* }
    source=${rest%% *}
    printf -v target '%b' "${target//\\/\\0}"
    printf -v source '%b' "${source//\\/\\0}"
    mount_of[$target]="$type $source"
  done </proc/self/mountinfo
}

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
