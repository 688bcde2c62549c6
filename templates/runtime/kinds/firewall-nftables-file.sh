# ---- firewall: the file that the unit of nftables loads at boot ------------------------------------------------------------

nftables_files() { # PLACE
  local file
  find_nft_file
  files=(${file:+"$file"})
}

# -> $file; empty where the system has none. It is looked for as the unit finds it.
find_nft_file() {
  for file in /etc/nftables.conf /etc/sysconfig/nftables.conf; do
    [[ ! -f $file ]] || return 0
  done
  file=''
}

# What the file makes of nothing, in a network namespace of its own, where it is loaded without harm.
alone_ruleset() { # FILE
  # shellcheck disable=SC2016 # the other bash expands it
  unshare --net -- bash -c 'nft -f "$1" && nft list ruleset' - "$1" 2>/dev/null
}

# By what comes of it; its words may be those of a comment, or of another family. What cannot be loaded by itself is judged by them.
file_has_chains() { # FILE HOOK FAMILY, with its text in $content
  local alone
  local -a nft_chains=() nft_marked=() chains
  if ! alone=$(alone_ruleset "$1"); then
    [[ $content == *"hook $2"* ]]
    return
  fi
  read_nft "$alone"
  chains_for "$2" "$3"
  ((${#chains[@]}))
}

# A line for a chain that the file does not make would keep all of it from being loaded. So the chains are those that the file makes
# of nothing; where it cannot be loaded so (it names interfaces, say), those in force that it is found to have.
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
      # Before it is started none of its own is in force.
      local -a in_force=(${nft_chains[@]+"${nft_chains[@]}"})
      local -a nft_chains=(${in_force[@]+"${in_force[@]}"}) nft_marked=()
      read_nft "$rest"
      chains_for "$hook" "$family"
      nft_tried_lines
    fi
    if [[ -z $lines ]]; then
      failure="$file has no chain that a rule for '${mark#lvsgen }' can be put into, though it seems to filter"
      failure+=$'\n'"Look at it: nft -c -f $file. If others load the rules of this host, \"firewall\": \"keep\" leaves them alone."
      return 1
    fi
  fi
  [[ $rest$lines == "$content" ]] || replace_file "$path" "$mode" "$rest$lines" "$owner" "$group"
}

# Of the lines for chains in force those with which the file can still be loaded.
nft_tried_lines() { # -> $lines
  local chain tried=''
  for chain in ${chains[@]+"${chains[@]}"}; do
    [[ $tried != *"insert rule $chain "* ]] || continue
    lines=$tried
    nft_lines "$chain"
    if nft -c -f /dev/stdin <<<"$rest$lines" 2>/dev/null; then tried=$lines; fi
  done
  lines=$tried
}
