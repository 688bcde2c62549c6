# ---- entries of others for the same path and client as a described export ---------------------------------------------
#
# exportfs reads /etc/exports first and then /etc/exports.d by name; it ignores the later of two, and fails because of it: the NFS server
# does not start at the next boot (exports(5), exportfs(8)).

export_rivals() { # FILE of lvsgen's, with its entries in $text
  local file entries lines key found='' plain=1
  local -a foreign_files=() keys=()
  find_foreign_files
  described_entries
  for key in ${keys[@]+"${keys[@]}"}; do
    for file in ${foreign_files[@]+"${foreign_files[@]}"}; do
      foreign_entries "$file" "$key"
      found+=$entries
    done
  done
  [[ $found ]] || return 0
  adoptable=$plain
  obstacle="it is exported already: ${found%; }"$'\n'"Take it out there, or out of the description"
  if [[ $plain ]]; then obstacle+='; --adopt takes it out, and uninstall puts it back.'; else obstacle+=' (it is in a line with others, which is left to you).'; fi
}

export_oust() { # FILE of lvsgen's, with its entries in $text
  local file entries lines key plain=1
  local -a foreign_files=() keys=()
  find_foreign_files
  described_entries
  for key in ${keys[@]+"${keys[@]}"}; do
    for file in ${foreign_files[@]+"${foreign_files[@]}"}; do
      foreign_entries "$file" "$key"
      [[ -z $lines ]] || displace "$file" "export $key" "$lines" || return 1
    done
  done
}

export_lasting() { # with $text -> ${lasting[@]}
  local -a keys=()
  described_entries
  lasting=(${keys[@]+"${keys[@]}"})
}

described_entries() { # with $text -> ${keys[@]}: `CLIENT PATH`
  local line path client_words word
  local -a words=()
  keys=()
  while IFS= read -r line; do
    split_entry || continue
    # never with options for all of them, or a comment: this is lvsgen's own
    for word in ${words[@]+"${words[@]}"}; do keys+=("${word%%'('*} $path"); done
  done <<<"$text"
}

find_foreign_files() { # -> ${foreign_files[@]}
  local file
  for file in "$root"/etc/exports "$root"/etc/exports.d/*.exports; do
    [[ -f $file ]] || continue
    file=${file#"$root"}
    is_own_export_file "$file" || foreign_files+=("$file")
  done
  also_stat ${foreign_files[@]+"${foreign_files[@]}"}
}

# What this role describes, or has a record of. (Another cluster with the same export has it in the very same file.)
is_own_export_file() { # FILE
  local escaped
  [[ -z ${described["file $1"]:-} ]] || return 0
  [[ $1 == */lvsgen-*.exports ]] || return 1
  load_roles
  escape "$1"
  [[ ${roles_with["file $escaped"]:-} == *" $cluster/$role "* ]]
}

# -> $lines, and $entries as `FILE:NUMBER: LINE; `. An entry that shares its line with other clients empties $plain.
foreign_entries() { # FILE `CLIENT PATH`
  local content='' real shared in_the_way
  lines='' entries=''
  walk "$root$1" last && read_found || return 0
  pick_entries "$1" "$2"
}

export_displaced() { # `CLIENT PATH`, with $content -> $lines
  local entries plain
  pick_entries '' "$1"
}

pick_entries() { # FILE `CLIENT PATH`, with $content
  local line number=0 path client word client_words others
  local -a words=()
  lines='' entries=''
  while IFS= read -r line; do
    number=$((number + 1)) client='' others=''
    split_entry || continue
    [[ ${path%/} == "${2#* }" || $path == "${2#* }" ]] || continue
    for word in ${words[@]+"${words[@]}"}; do
      [[ $word != '#'* ]] || break
      [[ $word != -* ]] || continue
      if [[ ${word%%'('*} == "${2%% *}" ]]; then client=1; else others=1; fi
    done
    [[ $client ]] || continue
    [[ -z $others && $line != *\\ ]] || plain=''
    lines+=$line$'\n' entries+="$1:$number: $line; "
  done <<<"$content"
}

split_entry() { # with $line -> $path, and its clients with their options in ${words[@]}
  [[ $line != *([[:blank:]])'#'* ]] || return 1
  path=${line%%[[:blank:]]*} client_words=${line#"$path"}
  if [[ $line == '"'*'"'* ]]; then path=${line#'"'} client_words=${path#*'"'} path=${path%%'"'*}; fi
  printf -v path '%b' "${path//\\/\\0}"
  split_words "$client_words"
  [[ $path ]]
}
