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
  if [[ $plain ]]; then obstacle+='; --adopt takes it out, and uninstall puts it back.'; else obstacle+=' (it is in a line with others, or goes on over several, which is left to you).'; fi
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
  local line path word
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
  local line number=0 first=1 entry='' text=''
  lines='' entries=''
  while IFS= read -r line; do
    number=$((number + 1)) text+=$line$'\n'
    # A comment goes on over no line end; what is no comment does, and each becomes a blank (xio.c of nfs-utils).
    if [[ $line == '#'* || $line == *[[:blank:]]'#'* ]]; then
      [[ $line != '#'* ]] || line=''
      entry+=${line%%[[:blank:]]'#'*}
    elif [[ $line == *\\ ]]; then
      entry+="${line%?} "
      continue
    else
      entry+=$line
    fi
    pick_entry "$1:$first" "$2" "$entry" "$text"
    entry='' text='' first=$((number + 1))
  done <<<"$content"
  [[ -z $text ]] || pick_entry "$1:$first" "$2" "$entry" "$text"
}

pick_entry() { # FILE:NUMBER `CLIENT PATH` ENTRY LINES-of-it
  local line=$3 path word client='' others=''
  local -a words=()
  split_entry && same_place "$path" "${2#* }" || return 0
  for word in ${words[@]+"${words[@]}"}; do
    if [[ ${word%%'('*} == "${2%% *}" ]]; then client=1; else others=1; fi
  done
  [[ $client ]] || return 0
  # Of several lines, one may stand elsewhere too.
  [[ -z $others && $4 == "${4%%$'\n'*}"$'\n' ]] || plain=''
  line=${4//$'\n'/ }
  lines+=$4 entries+="$1: ${line% }; "
}

# Both lead to one place: exportfs exports what the links in a file's paths lead to.
same_place() { # PATH PATH
  local real shared in_the_way failure='' first
  [[ ${1%/} != "${2%/}" ]] || return 0
  if [[ $root ]]; then
    walk "$root$1" last && first=$real && walk "$root$2" last && [[ $first == "$real" ]]
  elif [[ -e $1 && -e $2 ]]; then
    # (What is bound to two places is one file, and two exports.)
    [[ $1 -ef $2 && $(realpath -- "$1") == "$(realpath -- "$2")" ]]
  else
    [[ $(realpath -m -- "$1") == "$(realpath -m -- "$2")" ]]
  fi
}

# With $line -> $path, and its clients with their options in ${words[@]}: nobody named is everybody.
split_entry() {
  local word rest token='^[[:blank:]]*(("[^"]*"|[^[:blank:]"])+)(.*)$'
  path='' words=()
  [[ $line != *([[:blank:]])'#'* && $line =~ $token ]] || return 1
  rest=${BASH_REMATCH[3]} path=${BASH_REMATCH[1]//\"/}
  printf -v path '%b' "${path//\\/\\0}"
  while [[ $rest =~ $token ]]; do
    rest=${BASH_REMATCH[3]} word=${BASH_REMATCH[1]//\"/}
    # Options for all of them.
    [[ $word != -* ]] || continue
    [[ $word != '('* ]] || word="*$word"
    words+=("$word")
  done
  ((${#words[@]})) || words=('*')
  [[ $path ]]
}
