# Type, mode, owner, group and modification time of every path that will be asked for, and of all directories above it, in
# one process. Of a pipe bash reads a byte a call: the answer is read as a whole, a line a path, where no path has a line end. (A / behind it,
# since `read` takes a | at the end of a line for the end of a field.)
load_stats() {
  local mode uid gid user group mtime type path line answer several_lines=''
  local -a text_lines=()
  local -A asked=(["${root:-/}"]=1)
  [[ -z ${loaded[stat]:-} ]] || return 0
  loaded[stat]=1 stat_of=()
  ((${#paths[@]})) || return 0
  for path in "${paths[@]}"; do # never empty
    [[ $path != *$'\n'* ]] || several_lines=1
    while [[ $path && -z ${asked[$path]:-} ]]; do
      asked[$path]=1
      path=${path%/*}
    done
  done
  if [[ -z $several_lines ]]; then
    answer=$(stat --printf '0%a %u %g %U %G %y %F|%n/\n' -- "${!asked[@]}" 2>/dev/null || :) # never empty
    split_lines "$answer"
    for line in "${text_lines[@]}"; do # never empty
      path=${line#*|}
      [[ ! $path ]] || stat_of[${path%/}]=${line%%|*}
    done
    return 0
  fi
  while IFS='|' read -r -d '' mode uid gid user group mtime type path; do
    stat_of[${path%/}]="0${mode} $uid $gid $user $group $mtime $type"
  done < <(stat --printf '%a|%u|%g|%U|%G|%y|%F|%n/\0' -- "${!asked[@]}" 2>/dev/null || :) # never empty
}

# What is found out only now to be asked for, in one process more, and none where it was asked for already.
also_stat() { # PATH below $root...
  local path
  for path in "$@"; do
    [[ -z ${stat_of[$root$path]:-} ]] || continue
    paths+=("$root$path")
    loaded[stat]=''
  done
}

stat_path() { # PATH -> $stat: mode uid gid user group time type; empty where there is nothing
  load_stats
  local again=0
  # Where others than root can change it, it may come and go, on purpose too: so often in a row only a `stat` that does not work fails.
  while [[ -z ${stat_of[$1]:-} && (-e $1 || -L $1) ]]; do
    ((again++ < 40)) || cannot_read "the state of $1" stat
    paths+=("$1")
    unset 'loaded[stat]'
    load_stats
  done
  stat=${stat_of[$1]:-}
}
