# ---- a file that lvsgen's own program writes while no script runs ------------------------------------------------
#
# A role has it to itself. What is in it is the program's: it is as described where it is there. Whoever reads it is not root.

kind output path=whole own stale=stat

output_declare() { # PATH
  paths+=("$root$1")
  describe output "$1" file
}

output_probe() { # PATH
  local stat
  walk "$root$1" || { have=unreachable && return 0; }
  stat_path "$root$real"
  case $stat in
    '') have=absent ;;
    *' regular file' | *' regular empty file') have='file' ;;
    *) have=other ;;
  esac
}

output_record() { # PATH
  [[ $have != other ]] || { failure='something else of that name is there: move it away first' && return 1; }
  [[ $have != absent ]] || journal_parents "$root$1"
}

output_set() { # PATH STATE
  if [[ $2 == absent ]]; then
    # Beside it lies its next text, where the program was ended.
    [[ $have == other ]] || { remove_file "$root$1.new" && remove_file "$root$1"; }
  else
    make_parents "$root$1" && replace_file "$root$1" 0644 '' root root
  fi
}

output_undone() { # PATH RECORD
  output_probe "$1"
  [[ $have == "$2" || ($2 == absent && $have == other) ]]
}
