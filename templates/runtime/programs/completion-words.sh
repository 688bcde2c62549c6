# ---- what a role's script knows of the words behind its commands and options, for `completion` --------------------------

option_host_words() { # -> ${candidates[@]}
  ((${#host_names[@]})) || hosts
  candidates=("${host_names[@]}") # never empty
}

option_only_words() {
  local -a words=()
  split_words "$all_kinds"
  candidates=(${words[@]+"${words[@]}"})
}

# Those of the host on which it is asked, and when it is asked: nobody but root sees them.
option_to_words() { # -> $code
  printf -v code '_lvsgen_generations %q' "$state_home/$cluster/$role/generations"
}

# Of the interactive shell: what a rollback can lead to is the state before each generation.
_lvsgen_generations() { # DIRECTORY -> ${candidates[@]}
  local file
  candidates=()
  while IFS= read -r file; do
    file=${file##*/}
    [[ ! $file =~ ^[0-9]{4,6}$ ]] || candidates+=("$((10#$file - 1))")
  done < <(compgen -f -- "$1/" || :)
}

command_show_words() { # -> ${candidates[@]}
  local host=$host platform=''
  local -A seen=()
  ((${#host_names[@]})) || hosts
  for_each_host show_words
}

show_words() {
  local i path embedded
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    if ! embedded_text "$i" || [[ ${seen[$path]:-} ]]; then continue; fi
    seen[$path]=1
    candidates+=("$path")
  done
}
