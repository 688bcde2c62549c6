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
kept_rights() { # PATH [part: most of the text stays, and is not opened to others] -> $mode $owner $group, where they are -
  local now_mode='' uid='' gid='' user='' type='' above=''
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
