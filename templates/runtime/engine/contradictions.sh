# ---- contradictions: what is a file for one role of this host and a directory for another ------------------------------

# Roles come to their descriptions one after the other, and two clusters know nothing of each other: so a path may be a file here and a
# directory there. Whichever came second would take the place from the first. It is refused before anything is changed.
refuse_contradictions() {
  local i kind name type rival found=''
  local -A type_elsewhere=() needed_by=()
  load_elsewhere
  ((${#type_elsewhere[@]})) || return 0
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    kind=${r_kind[i]} name=${r_name[i]}
    contradicts "$kind" "$name" || continue
    failure="$cluster/$role has it as $type, $rival"
    report_failure "$kind" "$name"
    found=1
  done
  [[ $found ]] || return 0
  die 69 "another role of this host has something else there" \
    "Nothing was changed. Apply that role's script of its newest description first, or uninstall it; if both are the newest, mend the descriptions."
}

# A path with a directory above it is one itself, for whoever describes it.
load_elsewhere() { # -> $type_elsewhere: PATH -> `a file` or `a directory`; $needed_by: PATH -> CLUSTER/ROLE and what that describes there
  local file line holder unescaped path type
  for file in "$state_home"/*/*/holds; do
    [[ -f $file && $file != "$state_dir/holds" ]] || continue
    holder=${file#"$state_home"/} holder=${holder%/holds}
    while IFS= read -r line; do
      type_of "${line%% *}" || continue
      unescape "${line#* }"
      path_of "${line%% *}" "$unescaped"
      line="${line%% *} $path"
      while [[ $path && ${type_elsewhere[$path]:-} != "$type" ]]; do
        type_elsewhere[$path]=$type needed_by[$path]="$holder $line"
        path=${path%/*} type='a directory'
      done
    done <"$file"
  done
}

type_of() { # KIND -> $type; fails where it lies at no path
  type='a file'
  if is_directory "$1" || has "$1" carrier; then type='a directory'; else has "$1" path; fi
}

# Does another role need something else at the path of a resource, or a file above it?
contradicts() { # KIND NAME, with $type_elsewhere and $needed_by -> $type, $rival
  local path wanted
  type_of "$1" || return 1
  path_of "$1" "$2"
  wanted=$type
  while [[ $path ]]; do
    if [[ ${type_elsewhere[$path]:-$wanted} != "$wanted" ]]; then
      rival="${needed_by[$path]%% *} as ${type_elsewhere[$path]}"
      [[ ${needed_by[$path]} == *" $path" ]] || rival+=", with ${needed_by[$path]#* } in it"
      [[ $wanted == "$type" && $path == "$2" ]] || rival="and $path is a file of ${needed_by[$path]%% *}"
      return 0
    fi
    path=${path%/*} wanted='a directory'
  done
  return 1
}

# What a way back would hold again, without what another role needs as something else meanwhile.
without_contradictions() { # TEXT of holds -> $holding
  local line key type rival unescaped
  local -a text_lines
  local -A type_elsewhere=() needed_by=()
  load_elsewhere
  holding=''
  split_lines "$1"
  for line in "${text_lines[@]}"; do # never empty
    [[ $line ]] || continue
    key=$line
    [[ $line != 'rights '* ]] || key=${line#rights * * * }
    unescape "${key#* }"
    contradicts "${key%% *}" "$unescaped" || holding+=$line$'\n'
  done
}
