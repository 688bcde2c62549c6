# ---- trust: who could have put something there, or may change it ---------------------------------------------

# Root, who runs this, and who called sudo.
trusted_owners=" 0 $EUID "
[[ ! ${SUDO_UID:-} =~ ^[0-9]+$ ]] || trusted_owners+="$SUDO_UID "

# Is everything from / down to here, and each of these files in it, a trusted owner's, and nobody else's to write?
is_trusted_place() { # DIRECTORY NAME..., as pwd -P gives it -> $untrusted
  local rest=${1#/} place=''
  local -a places=(/)
  while [[ $rest ]]; do
    place+=/${rest%%/*} rest=${rest#"${rest%%/*}"} rest=${rest#/}
    places+=("$place")
  done
  shift
  while (($#)); do
    places+=("${place%/}/$1")
    shift
  done
  are_trusted "$place" "${places[@]}" # never empty
}

# The same for these places alone: each is in the one before it, down to DIRECTORY, in which are all that follow.
are_trusted() { # DIRECTORY PLACE... -> $untrusted, a line for each that is not
  local directory=$1 owner name mode device place sticky='' why left
  local -A owner_of_medium=()
  shift
  left=$# untrusted=''
  read_only_media
  while read -r owner name mode device place; do
    [[ $owner:$mode =~ ^[0-9]+:[0-9a-f]+$ ]] || break
    left=$((left - 1)) why=''
    # Owners and modes on such a medium are those of the machine that wrote it.
    [[ -z ${owner_of_medium[$device]:-} ]] || owner=${owner_of_medium[$device]} name='who mounted it' mode=41ed
    if [[ $trusted_owners != *" $owner "* ]]; then
      why="belongs to $name (uid $owner)"
    elif [[ $sticky && $owner != 0 ]]; then
      why="is where everyone may put something, in $sticky, and root did not make it"
    elif (((16#$mode & 16#f000) == 16#a000)); then
      why='is a link'
    fi
    sticky=''
    if [[ $why != 'is a link' ]] && ((16#$mode & 8#022)); then
      # Others cannot move away what root made there.
      if ((16#$mode & 8#1000)) && [[ $place != "$directory" ]]; then sticky=$place; else why=${why:+$why, and }"may be written to by others than $name"; fi
    fi
    [[ -z $why ]] || untrusted+=$'\n'"  $place $why$(printf ' (mode %04o)' "$((16#$mode & 8#7777))")"
  done < <(stat -c '%u %U %f %d %n' -- "$@" 2>/dev/null || :)
  ((left == 0)) || untrusted+=$'\n'"  $directory cannot be looked at"
  [[ -z $untrusted ]]
}

# Optical media that are mounted read-only: nobody here can write to them, and who mounted them chose them.
read_only_media() { # -> $owner_of_medium, by the device number that stat gives
  local _ device options rest kind
  while read -r _ _ device _ _ options rest; do
    rest=${rest#*- } kind=${rest%% *} options=,$options,${rest##* },
    [[ ($kind == iso9660 || $kind == udf) && $options == *,ro,* && $device =~ ^([0-9]+):([0-9]+)$ ]] || continue
    device=$(((BASH_REMATCH[2] & 255) | (BASH_REMATCH[1] << 8) | ((BASH_REMATCH[2] & ~255) << 12)))
    owner_of_medium[$device]=0
    [[ ! $options =~ ,uid=([0-9]+), ]] || owner_of_medium[$device]=${BASH_REMATCH[1]}
  done </proc/self/mountinfo
}
