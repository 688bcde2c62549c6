# ---- a directory in which lvsgen's own program puts reports while no script runs -----------------------------------
#
# A role has it to itself, for root's eyes alone, and it goes with the reports in it.

kind reports path=whole folder own stale=stat

reports_declare() { # PATH
  paths+=("$root$1")
  describe reports "$1" directory
}

reports_probe() { # PATH
  local stat
  walk "$root$1" || { have=unreachable && return 0; }
  stat_path "$root$real"
  case $stat in
    '') have=absent ;;
    *' directory') have=directory ;;
    *) have=other ;;
  esac
}

reports_record() { # PATH
  [[ $have != other ]] || { failure='it is there, but not a directory: move it away first' && return 1; }
  [[ $have != absent ]] || journal_parents "$root$1"
}

reports_set() { # PATH STATE
  if [[ $2 == absent ]]; then
    [[ $have != directory ]] || remove_reports "$1"
  else
    make_parents "$root$1" && make_reports "$1"
  fi
}

make_reports() { # PATH
  local status=0
  reach "$root$1" || return 1
  run_as "mkdir $root$1" mkdir -m 0700 -- "$at/$leaf" || status=1
  leave
  return "$status"
}

# The directory stays where somebody else has something in it.
remove_reports() { # PATH
  local file
  reach "$root$1" || return 1
  for file in "$at/$leaf"/*.jsonl "$at/$leaf"/.*.jsonl.new; do
    [[ ! -f $file || -L $file ]] || run rm -f -- "$file" || { leave && return 1; }
  done
  try rmdir -- "$at/$leaf"
  [[ ! -d $at/$leaf ]] || goes_on='it is not empty'
  leave
}

reports_undone() { # PATH RECORD
  reports_probe "$1"
  [[ $have == "$2" || ($2 == absent && $have == other) ]]
}
