# ---- mounts of this host, read once -------------------------------------------------------------------

declare -A mount_of=() mount_options_of=() mount_root_of=() automounted=()
declare -A hidden_by=() # TARGET of one that cannot be seen -> what hides it

# The mounts of this host: mount_of[TARGET]="TYPE SOURCE", the topmost of each target, its options, and which directory of its file
# system it is, in the words of mountinfo; automounted[TARGET] where one is mounted as soon as somebody looks there.
load_mounts() {
  local id _ target options rest source type part content
  local -A hides=()
  [[ -z ${loaded[mount]:-} ]] || return 0
  loaded[mount]=1 mount_of=() mount_options_of=() mount_root_of=() automounted=() hidden_by=()
  content=$(</proc/self/mountinfo)
  find_hidden
  while read -r id _ _ part target options rest; do
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
    if [[ ${hides[$id]:-} ]]; then
      hidden_by[$target]=${hides[$id]}
      continue
    fi
    mount_of[$target]="$type $source" mount_options_of[$target]=$options mount_root_of[$target]=$part
    [[ $type != autofs ]] || automounted[$target]=1
  done <<<"$content"
}

# A mount lies upon another one, its parent. What lies upon that at a directory above hides it: it is there still, and no path leads to it.
find_hidden() { # with $content of mountinfo -> $hides: by the number of a mount, what hides it
  local id _ above target rest at hider
  local -a ids=()
  local -A parents=() place_of=() covers=() # by number; by `PARENT TARGET`, what lies there
  while read -r id above _ _ target _ rest; do
    hider=${rest#*- } rest=${hider#* }
    hider="$target (${hider%% *} ${rest%% *})"
    printf -v hider '%b' "${hider//\\/\\0}"
    ids+=("$id") parents[$id]=$above place_of[$id]=$target covers["$above $target"]=$hider
  done <<<"$content"
  for id in ${ids[@]+"${ids[@]}"}; do
    above=$id
    # Where the parent is hidden, so is all that lies upon it.
    while [[ ${parents[$above]:-$above} != "$above" && -z ${hides[$id]:-} ]]; do
      at=${place_of[$above]} above=${parents[$above]}
      # (What lies upon / at / hides nothing: whoever has / as his root begins below it.)
      while at=${at%/*} && [[ $at && -z ${hides[$id]:-} ]]; do hides[$id]=${covers["$above $at"]:-}; done
    done
  done
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
