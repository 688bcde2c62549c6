# ---- walk: the one way to what stands at a path -------------------------------------------------------
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
    if [[ $sticky ]] && { [[ $stat != *' directory' ]] || ! is_own "$uid"; } && { [[ -z $foreseen ]] || ! is_foreseen "$real/$name"; }; then shared=${shared:-$sticky}; fi
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
  [[ -z $foreseen ]] || ! is_foreseen "$1" || return 0
  if [[ $1 ]]; then stat_path "$root$1"; else stat_path "${root:-/}"; fi
  mode=${stat%% *} uid=${stat#* } uid=${uid%% *}
  [[ $stat ]] || return 0
  if ! is_own "$uid"; then
    shared=${1:-/}
  elif ((8#0${mode//[!0-7]/} & 8#022)); then
    if ((8#0${mode//[!0-7]/} & 8#1000)); then sticky=${1:-/}; else shared=${1:-/}; fi
  fi
}

foreseen='' # while directories count as they are described

# Will it be a directory that root alone can change?
is_foreseen() { # PATH below $root
  local i stat mode uid described_mode described_owner _
  i=${described["${traits[parent]} $1"]:-}
  [[ $i ]] || return 1
  stat_path "$root$1"
  [[ -z $stat || $stat == *' directory' ]] || return 1
  # One that is made is root's, and nobody else may write to it.
  [[ $stat ]] || stat='0755 0'
  read -r mode uid _ <<<"$stat"
  read -r _ described_mode described_owner _ <<<"${r_state[i]}"
  [[ $described_mode == - ]] || mode=$described_mode
  [[ $described_owner != - || $uid != 0 ]] || described_owner=root
  if ((8#0${mode//[!0-7]/} & 8#022)); then return 1; fi
  [[ $described_owner == root || $described_owner == 0 ]]
}

may_follow() { # LINK STATE, with $shared
  local uid user changeable _
  read -r _ uid _ user _ <<<"$2"
  if [[ $shared ]]; then
    owner_of_shared
    unsafe "$1 is a symbolic link of $user's, and is not followed: $changeable"
    if is_shared_by_all; then
      failure+=$'\n'"Have a directory or a file of root's in its place."
    else
      failure+=$'\n'"Have a directory or a file in its place; or let nobody but root change $root$shared: chown root $root$shared; chmod go-w $root$shared"
    fi
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

# In a directory like /tmp, which nobody is to be told to close: whose names may be taken by anybody, but stay root's where they are.
is_shared_by_all() { # with $shared
  local stat mode uid _
  stat_path "$root$shared"
  read -r mode uid _ <<<"$stat"
  is_own "$uid" && ((8#0${mode//[!0-7]/} & 8#1000))
}

unsafe() { # WHAT
  failure=$1 lacking=69
}
