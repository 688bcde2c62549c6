# ---- paths: the one way to what stands at a path ---------------------------------------------------
#
# Whoever can change a directory decides what the names in it, and below it, mean. So a path is walked from the top (from DIR,
# with --root DIR, as in a chroot), and each component looked at, after the rule of systemd-tmpfiles ("unsafe path transition"):
#   - Where only root can change anything on the way, names are what root made them. Links of root's are followed
#     (/var/run, EL7's /etc/rc.local), and what is done is done by name.
#   - From the first directory on that others can change too (it is theirs, or they may write to it), no link is followed, and
#     every directory is opened and checked to lie in the one before it. What is done is done in that very directory, by its
#     descriptor: whoever exchanges a directory for a link meanwhile has no say in where it happens.

declare -A link_of=() # `STATE LINK` -> the targets of links that were followed

# PATH, which begins with $root, as it is without links: $root$real. $shared: the first directory on the way that others than
# root can change. $in_the_way: what is no directory, though the path leads through it.
walk() { # PATH [last: a link in the last place is followed too]
  local rest=${1#"$root"}/ name stat uid target sticky='' hops=0
  real='' shared='' in_the_way=''
  go_into ''
  while [[ $rest ]]; do
    name=${rest%%/*} rest=${rest#*/}
    case $name in
      '' | .) continue ;;
      ..)
        real=${real%/*}
        [[ $real/ == "${shared%/}"/* ]] || shared=''
        go_into "$real"
        continue
        ;;
    esac
    stat_path "$root$real/$name"
    uid=${stat#* } uid=${uid%% *}
    # The sticky bit keeps what is root's, a directory, in its place; a name that is free, anyone may take.
    if [[ $sticky ]] && { [[ $stat != *' directory' ]] || ! is_own "$uid"; }; then shared=${shared:-$sticky}; fi
    sticky=''
    if [[ $stat == *' symbolic link' && ($rest || ${2:-}) ]]; then
      may_follow "$root$real/$name" "$stat" || return 1
      ((++hops < 40)) || { unsafe "$root$real/$name is a loop of symbolic links" && return 1; }
      [[ ${link_of["$stat $real/$name"]:-} ]] || link_of["$stat $real/$name"]=$(readlink -- "$root$real/$name")
      target=${link_of["$stat $real/$name"]}
      [[ $target != /* ]] || real=''
      rest=$target/$rest
      go_into "$real"
      continue
    fi
    real+=/$name
    [[ $rest && $stat ]] || continue
    [[ $stat == *' directory' ]] || { in_the_way=$real && unsafe "$root$real is not a directory, and ${1#"$root"} lies below it" && return 1; }
    go_into "$real"
  done
}

own_uid=0 # for whom it is done: root, or whoever runs what needs no root

is_own() { # UID
  [[ $1 == 0 || $1 == "$own_uid" ]]
}

# Can others than root change what names in this directory mean?
go_into() { # DIRECTORY, below $root -> $shared and $sticky of walk
  local stat mode uid
  sticky=''
  [[ -z $shared ]] || return 0
  if [[ $1 ]]; then stat_path "$root$1"; else stat_path "${root:-/}"; fi
  mode=${stat%% *} uid=${stat#* } uid=${uid%% *}
  [[ $stat ]] || return 0
  if ! is_own "$uid"; then
    shared=${1:-/}
  elif ((8#0${mode//[!0-7]/} & 8#022)); then
    if ((8#0${mode//[!0-7]/} & 8#1000)); then sticky=${1:-/}; else shared=${1:-/}; fi
  fi
}

may_follow() { # LINK STATE, with $shared
  local uid user changeable _
  read -r _ uid _ user _ <<<"$2"
  if [[ $shared ]]; then
    owner_of_shared
    unsafe "$1 is a symbolic link of $user's, and is not followed: $changeable"
    failure+=$'\n'"Have a directory or a file in its place; or let nobody but root change $root$shared: chown root $root$shared; chmod go-w $root$shared"
    return 1
  fi
  ! is_own "$uid" || return 0
  unsafe "$1 is a symbolic link of $user's, and only root's are followed"
  failure+=$'\n'"Look where it leads. If that is right: chown -h root $1"
  return 1
}

owner_of_shared() { # -> $changeable
  local stat mode user _
  if [[ $shared == / ]]; then stat_path "${root:-/}"; else stat_path "$root$shared"; fi
  read -r mode _ _ user _ <<<"$stat"
  changeable="others than root can change $root$shared (it is $user's, with mode $mode)"
}

unsafe() { # WHAT
  failure=$1 lacking=69
}

# The directory that PATH lies in, as $at, and its name there, as $leaf: by name where only root can change that, else by an
# open descriptor, until `leave`. With $making, directories that are missing are made.
handle='' making=''
reach() { # PATH [last]
  local rest name
  leave
  walk "$@" || return 1
  leaf=${real##*/} at=$root${real%/*}
  if [[ -z $shared ]]; then
    [[ -z $making || -d ${at:-/} ]] || make_missing "$at"
    return
  fi
  open_directory "$root$shared/." || return 1
  rest=${real%/*} rest=${rest#"${shared%/}"}
  while [[ $rest ]]; do
    rest=${rest#/} name=${rest%%/*} rest=${rest#"${rest%%/*}"}
    descend "$name" || { leave && return 1; }
  done
  at=/proc/self/fd/$handle
}

# Without the set-group-id bit of the directory above, like a described one.
make_missing() { # DIRECTORY
  local above=$1 new_mode
  local -a unmade=()
  while [[ $above && ! -d $above ]]; do
    unmade=("$above" ${unmade[@]+"${unmade[@]}"})
    above=${above%/*}
  done
  mode_of_new
  run mkdir -m "$new_mode" -- "${unmade[@]}" # never empty
}

mode_of_new() { # -> $new_mode; with five digits mkdir and chmod take the set-group-id bit off
  local masked
  masked=$(umask)
  printf -v new_mode '%05o' "$((8#777 & ~8#0${masked//[!0-7]/}))"
}

leave() {
  [[ -z $handle ]] || exec {handle}<&-
  handle=''
}

# With /. at its end the path of anything but a directory is refused: a FIFO keeps nobody waiting.
open_directory() { # DIRECTORY/. -> $handle
  local opened
  { exec {opened}<"$1"; } 2>/dev/null || { failure="cannot open the directory ${1%/.}" && return 1; }
  leave
  handle=$opened
}

# From the open directory into one that lies in it. What was a link by now lies elsewhere.
descend() { # NAME
  local above=$handle into=/proc/self/fd/$handle/$1 changeable new_mode
  if [[ $making && ! -e $into && ! -L $into ]]; then
    mode_of_new
    run_as "mkdir $1 on the way to $root$real" mkdir -m "$new_mode" -- "$into" || { failure="cannot make the directory $1 in ${at#"$root"}" && return 1; }
  fi
  handle=''
  if ! open_directory "$into/."; then
    handle=$above
    owner_of_shared
    failure="cannot open the directory $1 on the way to $root$real: $changeable"
    return 1
  fi
  [[ /proc/self/fd/$handle/.. -ef /proc/self/fd/$above/. ]] && exec {above}<&- && return 0
  exec {above}<&-
  owner_of_shared
  unsafe "$1 on the way to $root$real was exchanged while it was walked: $changeable"
  return 1
}

make_parents() { # PATH
  local making=1
  reach "$1" && leave
}

# The text of what `walk` found. Where others can exchange it meanwhile, nothing that they put there keeps the run waiting.
read_found() { # [BYTES at most]
  content=''
  if [[ -z $shared ]]; then
    read_text "$root$real"
    return
  fi
  [[ -f $root$real && ! -L $root$real ]] || return 1
  # A NUL byte ends the read, and the full stop at the end says that dd came through.
  ! IFS= read -r -d '' content < <({ dd if="$root$real" iflag=nofollow,nonblock,fullblock bs="${1:-1048576}" count=1 status=none && printf .; } 2>/dev/null || :) || return 1
  [[ $content == *. ]] || return 1
  content=${content%.}
}

# A failure as a person reads it: descriptors have names.
named() { # TEXT -> $named
  named=$1
  [[ -z $handle ]] || named=${1//"$at"/"$root${real%/*}"}
}

# A role's own part of a file is written down by the file that its path leads to: a link that leads elsewhere later leads to another.
place_of() { # KIND NAME -> $place
  local real shared in_the_way
  place=$2
  ! is_by_place "$1" || ! can_reach "$1" "$2" || place=$real
}

is_by_place() { # KIND
  has "$1" own && has "$1" path part
}

# A link that leads to nothing, in the place where a file was: a hand took away the one and made the other.
leads_nowhere() { # PATH
  local real shared in_the_way
  walk "$root$1" && [[ -L $root$real ]] && walk "$root$1" last && [[ ! -e $root$real && ! -L $root$real ]]
}

# Is there a safe way to the resource?
can_reach() { # KIND NAME
  local path last=''
  has "$1" path || return 0
  has "$1" path whole || last=last
  path_of "$1" "$2"
  walk "$root$path" "$last"
}
