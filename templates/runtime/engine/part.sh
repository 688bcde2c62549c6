# ---- a file of the system's that lvsgen owns a part of ---------------------------------------------------------

record_part() { # PATH -> $record
  local blob
  record=absent
  walk "$root$1" last || return 1
  if [[ ! -e $root$real && ! -L $root$real ]]; then
    journal_parents "$root$real"
    return
  fi
  [[ -f $root$real && ! -L $root$real ]] || { failure="$root$real is not a regular file: move it away first" && return 1; }
  keep_blob "$root$real" || return 1
  record="saved $blob"
}

# The file that a part of is lvsgen's: $path, its text in $content, its $mode, $owner and $group.
read_for_change() { # PATH
  walk "$root$1" last || return 1
  path=$root$real
  if [[ -e $path || -L $path ]]; then
    read_found || { failure="cannot read $1: it is no regular file, holds a NUL byte${shared:+, or is longer than 1 MiB}" && return 1; }
  fi
  kept_rights "$path" part
}

# Of a file with a part of lvsgen's in it the copy is never a link; one leads to what is not known.
read_kept() { # BLOB -> $content
  [[ ! -L $state_dir/blobs/$1 ]] && read_text "$state_dir/blobs/$1"
}

# A mode or an owner that a hand gave the file meanwhile stays: the kept copy has the old one. (Set-id bits lvsgen took off itself.)
has_rights_of_blob() { # PATH BLOB
  local mode owners blob_mode blob_owners again=0
  # A `stat` that does not work tells no other rights: as stat_path has it.
  until { read -r mode owners && read -r blob_mode blob_owners; } < <(stat -L -c '%a %u %g' -- "$1" "$state_dir/blobs/$2" 2>/dev/null || :); do
    [[ -e $1 && -e $state_dir/blobs/$2 ]] || return 1
    ((again++ < 40)) || cannot_read "the rights of $1" stat
  done
  [[ $owners == "$blob_owners" ]] && (((8#${mode//[!0-7]/} & 8#777) == (8#${blob_mode//[!0-7]/} & 8#777)))
}

# Is the file the very one that was kept, or is nothing of it there, and a hand's link in its place?
is_kept_copy() { # PATH BLOB
  local stat before
  ! leads_nowhere "$1" || return 0
  walk "$root$1" last || return 1
  stat_path "$state_dir/blobs/$2"
  before=$stat
  stat_path "$root$real"
  [[ $before == "$stat" ]] && same_content "$state_dir/blobs/$2"
}

# Is it nothing, or what lvsgen begins a script with?
is_bare() { # TEXT
  [[ -z $1 || $1 == $'#!/bin/bash\n' ]]
}

# Where the record of this role says that there was no file: did another, whose own copy is younger than that, leave nothing but one?
is_left_bare() { # PATH
  local content
  walk "$root$1" last && read_found && is_bare "$content"
}

# The text of the file is that of others but for what lvsgen has marked.
mark_block() { # LINE -> $block: is it in a part of lvsgen's?
  case $1 in
    '# BEGIN lvsgen '*) block=1 ;;
    '# END lvsgen '*) block='' ;;
  esac
}

# Whose part a line begins. A hand may have written it: no name in it leads out of the journals.
role_of_mark() { # LINE -> $holder: the state directory of a role that was applied here; fails where it is none's
  local mark='^# BEGIN lvsgen ([a-z0-9-]+) ([a-z]+)$'
  [[ $1 =~ $mark && -d $state_home/${BASH_REMATCH[1]}/${BASH_REMATCH[2]} ]] || return 1
  holder=$state_home/${BASH_REMATCH[1]}/${BASH_REMATCH[2]}
}
