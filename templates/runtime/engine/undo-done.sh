# ---- undo: what was changed, back as it was --------------------------------------------------------------------

# Is the resource in the state that the record names already?
undo_is_done() { # KIND NAME RECORD
  local stat blob path before text state='' record in_the_way=''
  case $1:$3 in
    block:saved\ * | setting:saved\ *) ;;
    *) "$1_probe" "$2" ;;
  esac
  # Below what is no directory there is nothing.
  [[ -z $in_the_way || " $file_kinds " != *" $1 "* ]] || have=absent
  case $1:$3 in
    file:saved\ *)
      blob=$state_dir/blobs/${3#saved }
      walk "$root$2" || return 1
      if [[ -L $blob || -L $root$real ]]; then
        [[ -L $blob && -L $root$real && $(readlink -- "$blob") == "$(readlink -- "$root$real")" ]]
        return
      fi
      stat_path "$blob"
      [[ $have == "file $stat" ]] && same_content "$blob"
      ;;
    block:saved\ * | setting:saved\ *)
      can_reach "$1" "$2" || return 1
      path=$2
      [[ $1 == block ]] || path=${2% *}
      if leads_nowhere "$path"; then return 0; fi
      blob=$state_dir/blobs/${3#saved }
      stat_path "$blob"
      before=$stat
      stat_path "$root$real"
      [[ $before == "$stat" ]] && same_content "$blob"
      ;;
    # A setting that went with its interface or module has nothing to put back.
    sysctl:*) [[ $have == "$3" || $have == absent || $3 == absent ]] ;;
    service:*) state=$3 && service_same "$2" ;;
    address:*) address_record "$2" && [[ $record == "$3" ]] ;;
    mount:*:*) state=${3%% *} && [[ $have == "${state%%:*} ${3#* }" ]] ;;
    # Of lvsgen 0.1, which wrote it down and then refused.
    directory:other*) ;;
    directory:directory\ *) [[ "$have " == "${3% } "* ]] ;;
    *) [[ $have == "$3" ]] ;;
  esac
}

# diff and cmp need not be there. (A file with a NUL byte counts as different and is put back.)
same_content() { # PATH of a kept copy, that of what walk found
  local content first
  read_text "$1" || return 1
  first=$content
  read_found $((${#first} + 1)) && [[ $content == "$first" ]]
}
