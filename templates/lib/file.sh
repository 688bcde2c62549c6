# ---- files: written whole or not at all, and brought back ---------------------------------------------------------

# The file itself behind a link; below --root a link's target lies there too.
real_path() { # PATH -> $real
  local target hops
  real=$1
  for ((hops = 0; hops < 40; hops++)); do
    [[ -L $real ]] || return 0
    target=$(readlink -- "$real")
    if [[ $target == /* ]]; then real=$root$target; else real=${real%/*}/$target; fi
  done
}

# Writes a file whole or not at all: beside it, synced, renamed. An editor's or ifup's pattern for
# backups never matches the temporary name (ifup reads every ifcfg-lo:*).
replace_file() { # PATH MODE TEXT [OWNER GROUP]
  local path=$1 dir=${1%/*} temporary failed
  temporary=$dir/.lvsgen.${path##*/}
  remove_temporary "$path"
  # Exclusively: in a directory that others may write to, a link of that name leads elsewhere.
  if ! failed=$(umask 077 && printf '%s' "$3" | dd of="$temporary" bs=64k conv=excl,fsync status=none 2>&1) ||
    ! failed=$(finish_file "$temporary" "$path" "$2" "${4:-}" "${5:-}" 2>&1); then
    failure="cannot write $path: $failed"
    rm -f -- "$temporary" 2>/dev/null || :
    return 1
  fi
}

finish_file() { # TEMPORARY PATH MODE OWNER GROUP
  if [[ $4 || $5 ]]; then chown -h -- "$4${5:+:$5}" "$1" || return 1; fi
  chmod -- "$3" "$1" || return 1
  [[ ! -e /sys/fs/selinux/enforce || $root ]] || chcon --reference="$2" -- "$1" 2>/dev/null || :
  mv -fT -- "$1" "$2" || return 1
  [[ ! -e /sys/fs/selinux/enforce || $root ]] || restorecon -- "$2" 2>/dev/null || :
  sync_paths "${2%/*}"
}

remove_temporary() { # PATH of the file it was to become
  local temporary=${1%/*}/.lvsgen.${1##*/}
  [[ ! -e $temporary && ! -L $temporary ]] || rm -f -- "$temporary"
}

# Brings a kept copy back, with everything that belongs to it.
restore_blob() { # PATH BLOB
  local temporary=${1%/*}/.lvsgen.${1##*/}
  [[ -e $state_dir/blobs/$2 || -L $state_dir/blobs/$2 ]] || { failure="the kept copy $state_dir/blobs/$2 is missing" && return 1; }
  [[ -d ${1%/*} ]] || run mkdir -p -- "${1%/*}" || return 1
  run cp -a --remove-destination --no-target-directory -- "$state_dir/blobs/$2" "$temporary" || return 1
  [[ -L $temporary ]] || sync_paths "$temporary"
  run mv -fT -- "$temporary" "$1" || return 1
  sync_paths "${1%/*}"
}

remove_file() { # PATH
  run rm -f -- "$1" "${1%/*}/.lvsgen.${1##*/}" && { [[ ! -d ${1%/*} ]] || sync_paths "${1%/*}"; }
}

# Missing parents of a path are written down before it, so that an undo takes them away after it.
journal_parents() { # PATH
  local parent=${1%/*} i
  local -a missing=() records=()
  while [[ $parent && ! -d $parent ]]; do
    missing=("$parent" ${missing[@]+"${missing[@]}"})
    parent=${parent%/*}
  done
  for ((i = 0; i < ${#missing[@]}; i++)); do
    journaled directory "${missing[i]#"$root"}" || records+=(directory "${missing[i]#"$root"}" absent)
  done
  ((${#records[@]} == 0)) || journal "${records[@]}" # never empty
}

# Below --root no link may lead out of it, onto this very host.
stays_below_root() { # PATH
  local directory=${1%/*} physical
  [[ $root ]] || return 0
  while [[ ! -d $directory ]]; do directory=${directory%/*}; done
  physical=$(cd -- "$directory" && pwd -P) || return 1
  [[ $physical/ == "$root/"* ]] && return 0
  failure="a symbolic link leads out of $root: $directory is $physical"
  return 1
}

make_parents() { # PATH
  [[ -d ${1%/*} ]] || run mkdir -p -- "${1%/*}"
}

sum_of_text() { # TEXT -> $sum
  sum=$(printf '%s' "$1" | sha256sum) || { failure='sha256sum failed' && return 1; }
  sum=${sum%% *}
}

sum_of_file() { # PATH -> $sum
  sum=$(sha256sum <"$1") || { failure="cannot read $1" && return 1; }
  sum=${sum%% *}
}

# ---- a file of lvsgen's own

file_declare() { # PATH MODE OWNER GROUP [TEXT], the text from standard input unless given; - leaves one alone
  if (($# > 4)); then text=$5; else IFS= read -r -d '' text || :; fi
  paths+=("$root$1")
  describe file "$1" "file $2 $3 $4" "$text"
}

file_probe() { # PATH
  local stat
  stat_path "$root$1"
  case ${stat##* } in
    '') have=absent ;;
    file) [[ $stat == *' regular '* ]] && have="file $stat" || have=other ;;
    *) have="other $stat" ;;
  esac
  [[ ! -L $root$1 ]] || have='a symbolic link'
}

# Equal in text, and in mode and owner where those are described.
file_same() { # PATH
  local content
  [[ $have == 'file '* ]] && read_text "$root$1" && [[ $content == "$text" ]] && same_rights
}

# Of $have and $state, each KIND MODE ... OWNER GROUP; - in the described one leaves it open.
same_rights() {
  local mode uid gid user group _ want_mode want_owner want_group
  read -r _ mode uid gid user group _ <<<"$have"
  read -r _ want_mode want_owner want_group <<<"$state"
  [[ $want_mode == - || $((8#0${mode//[!0-7]/})) == $((8#0${want_mode//[!0-7]/})) ]] || return 1
  [[ $want_owner == - || $want_owner == "$user" || $want_owner == "$uid" ]] || return 1
  [[ $want_group == - || $want_group == "$group" || $want_group == "$gid" ]]
}

file_record() { # PATH
  local blob
  if [[ $have == absent ]]; then
    journal_parents "$root$1"
    return
  fi
  [[ -f $root$1 || -L $root$1 ]] || { failure='it is there, but not a regular file: move it away first' && return 1; }
  keep_blob "$root$1" || return 1
  record="saved $blob"
}

file_set() { # PATH STATE, with $text
  local path=$root$1 _ mode owner group now now_mode now_owner now_group
  case $2 in
    absent) remove_file "$path" ;;
    saved\ *) restore_blob "$path" "${2#saved }" ;;
    *)
      read -r _ mode owner group <<<"$2"
      [[ ! -d $path ]] || { failure='a directory of that name is there' && return 1; }
      make_parents "$path" || return 1
      # What is not described stays as it is.
      if [[ $mode == - || $owner == - || $group == - ]]; then
        now=0644
        [[ ! -f $path ]] || now=$(stat -c '0%a %u %g' -- "$path") || { failure="cannot read the mode and owner of $path" && return 1; }
        read -r now_mode now_owner now_group <<<"$now"
        [[ $mode != - ]] || mode=$now_mode
        [[ $owner != - ]] || owner=$now_owner
        [[ $group != - ]] || group=$now_group
      fi
      replace_file "$path" "$mode" "$text" "$owner" "$group"
      ;;
  esac && note_unit_files "$1"
}
