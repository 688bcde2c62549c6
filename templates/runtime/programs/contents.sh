# ---- what this script holds ---------------------------------------------------------------------------------

# A name that nobody has ends the run before anything is said or made.
named_host() {
  [[ -z $host ]] || find_host
}

# Each described host, or the one that --host names.
for_each_host() { # FUNCTION
  local i wanted=$host
  for ((i = 0; i < ${#host_names[@]}; i++)); do
    [[ -z $wanted || ${host_names[i]} == "$wanted" ]] || continue
    host=${host_names[i]} platform=${host_platforms[i]}
    forget_described
    paths=() units=() packages=() secret_texts=()
    resources
    "$1"
  done
}

offer list 'what this script holds: hosts, resources, files' shows --only

list_command() {
  named_host
  ((${#host_names[@]})) || hosts
  say "cluster $cluster, role $role"
  for_each_host list_host
}

list_host() {
  local i
  say ''
  say "$bold%s$plain (%s)" "$host" "$platform"
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    event resource host "$host" kind "${r_kind[i]}" name "${r_name[i]}"
    say "  ${r_kind[i]} ${r_name[i]}"
  done
}

# The text of a file as it would be written; of a file in part, that part.
embedded_text() { # INDEX -> $path and $embedded; fails where a resource has none, or it is a secret
  local kind=${r_kind[$1]} name=${r_name[$1]} state=${r_state[$1]} text=${r_text[$1]}
  is_function "${kind}_text" && [[ -z ${secret_texts[$name]:-} ]] || return 1
  path_of "$kind" "$name"
  "${kind}_text" "$name"
}

offer 'show PATH' 'print one file as it would be written' shows plain

# To a file or a pipe byte for byte; to a terminal as a person can see it.
show_command() { # PATH
  local i path embedded found='' line
  find_host
  resources
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    if ! embedded_text "$i" || [[ $path != "$1" ]]; then continue; fi
    if [[ -t 1 ]]; then
      while IFS= read -r line; do tell_line "$line"; done < <(printf '%s' "$embedded" 2>/dev/null)
    else
      printf '%s' "$embedded"
    fi
    found=1
  done
  [[ -z ${secret_texts[$1]:-} ]] || die 64 "$1 is a secret: its text is not in this script" "It travels in secrets-$host, which lvsgen secrets writes."
  [[ $found ]] || die 64 "$host gets no file $1" "The files it gets: bash $script list --host $host"
}

offer 'extract DIR' 'write the files of every host to DIR, which is made, or empty and your own' shows

# What lies there already could be a link that leads elsewhere, or belong to someone else: only a new directory is written to, or an
# empty one of one's own, and only while it lies where its path leads.
extract_command() { # DIR
  local mode uid entry
  named_host
  extract_dir=$1
  [[ $1 == /* ]] || extract_dir=$(pwd -P)/$1
  extract_dir=${extract_dir%%+(/)}
  open_extract_dir || {
    ((lacking == 69)) || failure="cannot make or open the directory $extract_dir: $failure"
    die "$lacking" "${failure%%$'\n'*}" "Name a directory that is not there yet, in one that only you can change."
  }
  # From here on it is this very directory, whatever its name comes to mean.
  extract_into=/proc/self/fd/$handle
  IFS=: read -r mode uid < <(stat --printf '%a:%u\n' -- "$extract_into/." 2>/dev/null || :) || die 1 "cannot read the owner and mode of $extract_dir"
  if [[ $uid != "$EUID" ]] || (((8#0${mode//[!0-7]/} & 8#022) != 0)); then
    die 69 "$extract_dir is not a directory of your own that only you can write to" "Name one that is not there yet."
  fi
  for entry in "$extract_into"/* "$extract_into"/.[!.]* "$extract_into"/..?*; do
    [[ ! -e $entry && ! -L $entry ]] || die 69 "$extract_dir is not empty: ${entry##*/}" "Name a directory that is empty, or not there yet."
  done
  ((${#host_names[@]})) || hosts
  for_each_host extract_host
}

open_extract_dir() { # -> $handle
  local root='' making='' at='' leaf='' own_uid=$EUID parent=${extract_dir%/*}
  lacking=1
  [[ -d ${parent:-/} ]] || { failure="there is no directory $parent" && return 1; }
  reach "$extract_dir" last || return 1
  if [[ $handle ]]; then
    making=1
    descend "$leaf"
  else
    [[ -d $at/$leaf ]] || failure=$(mkdir -- "$at/$leaf" 2>&1) || return 1
    open_directory "$at/$leaf/."
  fi
}

extract_host() {
  local i path embedded target
  local -A begun=()
  for ((i = 0; i < ${#r_kind[@]}; i++)); do
    embedded_text "$i" || continue
    target=$extract_into/$host$path
    mkdir -p -- "${target%/*}" || die 1 "cannot make $extract_dir/$host${path%/*}"
    [[ ${begun[$path]:-} ]] || : >"$target" || die 1 "cannot write $extract_dir/$host$path"
    begun[$path]=1
    printf '%s' "$embedded" >>"$target" || die 1 "cannot write $extract_dir/$host$path"
    say "$extract_dir/$host$path"
  done
}
