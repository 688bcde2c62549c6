# ---- rights: mode, owner and group of what lvsgen writes -----------------------------------------------------

# Of $have and $state, each KIND MODE ... OWNER GROUP; - in the described one leaves it open.
same_rights() {
  local mode uid gid user group _ want_mode want_owner want_group
  read -r _ mode uid gid user group _ <<<"$have"
  read -r _ want_mode want_owner want_group <<<"$state"
  [[ $want_mode == - || $((8#0${mode//[!0-7]/})) == $((8#0${want_mode//[!0-7]/})) ]] || return 1
  [[ $want_owner == - || $want_owner == "$user" || $want_owner == "$uid" ]] || return 1
  [[ $want_group == - || $want_group == "$group" || $want_group == "$gid" ]]
}

# What is not described stays as it is. But in a directory that others can change, a file that is neither root's nor the
# directory's owner's may have been put there to choose owner and mode of what follows it; a mode goes with its owner; and
# set-id bits are never taken over.
owner_kept_at='' # path of the file of which neither owner nor group is described
kept_rights() { # PATH [part: most of the text stays, and is not opened to others] -> $mode $owner $group, where they are -
  local now_mode='' uid='' gid='' user='' type='' above=''
  owner_kept_at=''
  [[ $owner != - || $group != - ]] || owner_kept_at=$1
  [[ $mode == - || $owner == - || $group == - ]] || return 0
  reach "$1" || return 1
  {
    if IFS=: read -r _ above _; then IFS=: read -r now_mode uid gid user type || :; fi
  } < <(stat --printf '%a:%u:%g:%U:%F\n' -- "$at/." "$at/$leaf" 2>/dev/null || :)
  # What cannot be read is not what is not there.
  if [[ (-z $above && -d $at/.) || (-z $type && (-e $at/$leaf || -L $at/$leaf)) ]]; then
    failure="cannot read the mode and owner of $1: 'stat' failed"
    leave
    return 1
  fi
  leave
  if [[ $type != regular* ]]; then
    now_mode=644 uid='' gid=''
  elif [[ $shared && $uid != 0 && $uid != "$above" ]]; then
    if [[ ${2:-} ]]; then now_mode=$((8#0${now_mode//[!0-7]/} & 8#644)) && printf -v now_mode '%o' "$now_mode"; else now_mode=644; fi
    uid='' gid=''
  elif [[ $owner != - && $owner != "$uid" && $owner != "$user" ]]; then
    now_mode=644
  fi
  [[ $mode != - ]] || printf -v mode '%04o' "$((8#0${now_mode//[!0-7]/} & 8#777))"
  [[ $owner != - ]] || owner=$uid
  [[ $group != - ]] || group=$gid
}

# The server of a share may take root for somebody who can give no file away (root_squash, the default of exports). Did that alone keep cp
# from what it was to do?
is_squashed() { # OWNER GROUP that the file was to have -> $squashed_to: whom it takes root for
  local uid='' gid user group
  squashed_to=''
  [[ $shared && $1$2 ]] || return 1
  IFS=: read -r uid gid user group < <(stat --printf '%u:%g:%U:%G\n' -- "$at/$new_leaf" 2>/dev/null || :) || return 1
  [[ $uid != "$EUID" ]] || return 1
  [[ (-n $1 && $1 != "$uid" && $1 != "$user") || (-n $2 && $2 != "$gid" && $2 != "$group") ]] || return 1
  squashed_to=$user
}

# Where no owner is described, whose the file is then is the server's to say.
write_squashed() { # PATH MODE TEXT [OWNER GROUP]
  is_squashed "${4:-}" "${5:-}" && [[ $owner_kept_at == "$1" ]] || return 1
  if run_as "write $1 with the owner that its server gives it" write_reached "$2" "$3" '' ''; then
    tell_squashed "$1"
  else
    squashed_to=''
    return 1
  fi
}

copy_squashed() { # PATH BLOB
  local uid gid
  IFS=: read -r uid gid < <(stat --printf '%u:%g\n' -- "$2" 2>/dev/null || :) || return 1
  is_squashed "$uid" "$gid" && run_as "bring back $1 from $2 with the owner that its server gives it" copy_but_owner "$2" && tell_squashed "$1"
}

# Set-id bits go with an owner.
copy_but_owner() { # BLOB
  local ready=$state_dir/.lvsgen.ready status=0
  rm -f -- "$ready" && cp -a --no-target-directory -- "$1" "$ready" && { [[ -L $ready ]] || chmod u-s,g-s -- "$ready"; } &&
    cp -a --no-preserve=ownership --remove-destination --no-target-directory -- "$ready" "$at/$new_leaf" && sync_copy && put_in_place || status=1
  rm -f -- "$ready" || status=1
  return "$status"
}

tell_squashed() { # PATH
  complain "the server of the share takes root for $squashed_to (root_squash): that is whose $1 is now"
}
