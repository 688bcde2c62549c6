# ---- mounts of this host, read once -------------------------------------------------------------------

declare -A mount_of=() mount_options_of=()

# The mounts of this host: mount_of[TARGET]="TYPE SOURCE", the topmost of each target, and its options.
load_mounts() {
  local _ target options rest source type
  [[ -z ${loaded[mount]:-} ]] || return 0
  loaded[mount]=1 mount_of=() mount_options_of=()
  while read -r _ _ _ _ target options rest; do
    rest=${rest#*- }
    type=${rest%% *} rest=${rest#* }
    source=${rest%% *}
    if [[ $type == nfs* ]]; then
      options_of_nfs "${rest#* }"
    elif [[ ",${rest#* }," == *,ro,* && ",$options," != *,ro,* ]]; then
      options+=,ro # the file system itself, whatever this mount of it says
    fi
    printf -v target '%b' "${target//\\/\\0}"
    printf -v source '%b' "${source//\\/\\0}"
    mount_of[$target]="$type $source" mount_options_of[$target]=$options
  done </proc/self/mountinfo
}

# What the share is mounted with, but for what the client found out by itself (nfs(5)).
options_of_nfs() { # OPTIONS-OF-THE-FILE-SYSTEM, added to $options
  local option
  local -a words
  IFS=, read -r -a words <<<"$1"
  for option in ${words[@]+"${words[@]}"}; do
    case $option in
      rw | addr=* | clientaddr=* | mountaddr=* | mountport=*) ;;
      *) options+=,$option ;;
    esac
  done
}
