# ---- firewall: the file that the unit of nftables loads at boot ------------------------------------------------------------

nftables_files() { # PLACE
  local file
  find_nft_file
  files=(${file:+"$file"})
}

# By what comes of it: its words may be those of a comment, of another family, of one chain among several. What cannot be loaded by
# itself is judged by them.
nft_file_is_open() { # with $hook, $family and $mark
  local file content alone
  local -a unmarked
  find_nft_file
  [[ $file ]] && read_text "$file" || return 0
  load_nft_file "$file"
  if [[ $alone == none ]]; then
    nft_text_is_open "$content"
    return
  fi
  local -a nft_chains=() nft_marked=()
  read_nft "$alone"
  find_unmarked
  ((${#unmarked[@]} == 0))
}

# Those of its chains, each with a line that lvsgen wrote or with the rule in it, as a saved ruleset has it.
nft_text_is_open() { # TEXT
  local line text='' lines='' marked
  while IFS= read -r line; do
    [[ $line =~ ^[[:space:]]*# ]] || text+=$line$'\n'
  done <<<"$1"
  [[ $text != *"\"$mark\""* ]] || marked=1
  local -a unmarked in_force=(${nft_chains[@]+"${nft_chains[@]}"})
  local -a nft_chains=(${in_force[@]+"${in_force[@]}"}) nft_marked=()
  read_nft_text "$text"
  find_unmarked
  nft_tried_lines "$text" ${unmarked[@]+"${unmarked[@]}"}
  [[ -z $lines && (${marked:-} || $text != *"hook $hook"*) ]]
}

# Of a file's text: its chains, of which none is in force before the unit is started; rules that stand in them, and those that are put
# into one by a line.
read_nft_text() { # TEXT -> ${nft_chains[@]} ${nft_marked[@]}, besides what they have
  local line
  local -a words
  read_nft "$1"
  while IFS= read -r line; do
    [[ $line == 'insert rule '*" comment \"$mark\"" ]] || continue
    split_words "$line"
    nft_marked+=("${words[2]} ${words[3]} ${words[4]} $mark")
  done <<<"$1"
}

# A line for a chain that the file does not make would keep all of it from being loaded. So the chains are those that the file makes
# of nothing; where it cannot be loaded so (it names interfaces, say), those in force and of its text that it is found to have.
nft_file_set() { # STATE
  local file path content='' mode=- owner=- group=- rest marked lines='' chain alone
  local -a chains
  find_nft_file
  [[ $file ]] || return 0
  read_for_change "$file" || return 1
  without_mark "$content" "$mark"
  if [[ $1 == open ]]; then
    if alone=$(alone_ruleset "$path"); then
      local -a nft_chains=() nft_marked=()
      read_nft "$alone"
      chains_for "$hook" "$family"
      for chain in ${chains[@]+"${chains[@]}"}; do nft_lines "$chain"; done
    else
      load_nft
      local -a in_force=(${nft_chains[@]+"${nft_chains[@]}"})
      local -a nft_chains=(${in_force[@]+"${in_force[@]}"}) nft_marked=()
      read_nft_text "$rest"
      chains_for "$hook" "$family"
      nft_tried_lines "$rest" ${chains[@]+"${chains[@]}"}
    fi
    if [[ -z $lines ]]; then
      failure="$file has no chain that a rule for '${mark#lvsgen }' can be put into, though it seems to filter"
      failure+=$'\n'"Look at it: nft -c -f $file. If others load the rules of this host, \"firewall\": \"keep\" leaves them alone."
      return 1
    fi
  fi
  [[ $rest$lines == "$content" ]] || replace_file "$path" "$mode" "$rest$lines" "$owner" "$group"
}

# Of the lines for chains those with which the file can still be loaded.
nft_tried_lines() { # TEXT CHAIN... -> $lines
  local text=$1 chain tried=''
  shift
  for chain; do
    [[ $tried != *"insert rule $chain "* ]] || continue
    lines=$tried
    nft_lines "$chain"
    if nft -c -f /dev/stdin <<<"$text$lines" 2>/dev/null; then tried=$lines; fi
  done
  lines=$tried
}
