# ---- mounts of this host, read once -------------------------------------------------------------------

declare -A mount_of=() mount_options_of=() mount_root_of=() automounted=()

# The mounts of this host: mount_of[TARGET]="TYPE SOURCE", the topmost of each target, its options, and which directory of its file
# system it is, in the words of mountinfo; automounted[TARGET] where one is mounted as soon as somebody looks there.
load_mounts() {
  local _ target options rest source type part
  [[ -z ${loaded[mount]:-} ]] || return 0
  loaded[mount]=1 mount_of=() mount_options_of=() mount_root_of=() automounted=()
  while read -r _ _ _ part target options rest; do
    rest=${rest#*- }
    type=${rest%% *} rest=${rest#* }
    source=${rest%% *}
    if [[ $type == nfs* ]]; then
      options_of_nfs "${rest#* }"
    elif [[ $type == ext[234] || $type == xfs ]]; then
      rest=,${rest#* },
      rest=${rest/#,rw,/,} rest=${rest//,attr2,/,} # what newer kernels show, and take no more
      rest=${rest#,}
      options+=${rest:+,${rest%,}}
    elif [[ ",${rest#* }," == *,ro,* && ",$options," != *,ro,* ]]; then
      options+=,ro # the file system itself, whatever this mount of it says
    fi
    printf -v target '%b' "${target//\\/\\0}"
    printf -v source '%b' "${source//\\/\\0}"
    mount_of[$target]="$type $source" mount_options_of[$target]=$options mount_root_of[$target]=$part
    [[ $type != autofs ]] || automounted[$target]=1
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
