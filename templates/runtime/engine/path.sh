# ---- paths: the directory that one lies in, what is read there, and what the records call it --------------
#
# What `walk` has found is acted on by name where only root can change the names on the way, and by an open directory elsewhere.

# The directory that PATH lies in, as $at, and its name there, as $leaf: by name where only root can change that, else by an
# open descriptor, until `leave`. With $making, directories that are missing are made. $new_leaf is the name under which what is to
# stand there is made ready: on a share another host may write the same file at that moment, so the name has this host's in it.
handle='' making='' new_leaf=''
reach() { # PATH [last]
  local rest name
  leave
  walk "$@" || return 1
  leaf=${real##*/} at=$root${real%/*} new_leaf=.lvsgen.${real##*/}
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
  at=/proc/self/fd/$handle new_leaf=.lvsgen.$host.$leaf
  # A name has 255 bytes at most.
  new_leaf=${new_leaf:0:255}
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

# Of a long text `==` needs seven copies, and this three.
is_content_described() { # with $content and $text
  [[ ! $content < $text && ! $content > $text ]]
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

# Of what the kernel, or a daemon at the next boot, is told by its name: where others can change a name on the way, it leads where they like.
is_settled() { # PATH WHAT-COULD-HAPPEN [last] -> $real
  local changeable name
  walk "$1" "${3:-}" || return 1
  [[ $shared ]] || return 0
  owner_of_shared
  unsafe "$2: $changeable"
  if is_shared_by_all; then
    name=${real#"${shared%/}/"} name=${shared%/}/${name%%/*}
    failure+=$'\n'"Everybody may put a name into $shared: have a directory of root's at $name (mkdir $name, or chown root $name), or take another place."
  else
    failure+=$'\n'"Let only root change the directories above it: chown root $shared; chmod go-w $shared"
  fi
  return 1
}

# Is it so when the directories stand as they are described?
will_be_settled() { # PATH [last]
  local foreseen=1
  walk "$@" && [[ -z $shared ]]
}
