# ---- heirs: what a role has to do with no longer, another gives back --------------------------------------------

#
# Say net.ipv4.ip_forward was 0. Cluster a sets it (its record: 0, rank 0), then b describes it too and finds 1 (its record: 1, rank 1).
#   - b leaves first: a knows an older state than b, so nothing is handed over, and a goes on giving back 0.
#   - a leaves first: the 0 must not leave with it. b is handed a's record with a's rank (`handed N 0 sysctl ...` in b's base, N: the last
#     generation of b's own), and gives back 0 in place of 1 when it leaves, or goes back to before N.
#   - b had found it as described and has no record at all: as it needs it (its page `holds`), it is handed the same.
# pass_on decides to whom; hand_over gives it where that one has nothing older; hand_rights_over is that for the mode and owner of a directory,
# hand_needed for what is away for a file's sake; hand_to writes it down.

heir='' # the state directory of the role that gives back what this one has to do with no longer
declare -A stays_owned=() # `KIND NAME` of what is this role's in the generation that a rollback leads to: none of it is passed on

# What this role has to do with no longer, the next one gives back, as it was before the first of them: that with the next record,
# or, where none has one, that which needs it; and whoever could get it back by a rollback. An older record needs nothing of this one.
pass_on() { # KIND NAME RECORD [STATE-DIRECTORY of a role that needs it] -> $heir: the state directory of the one that gives it back
  local holder=${4:-} escaped key other theirs next='' i rank=${rank_of["$1 $2"]:-0} rights=''
  local -a words
  heir=$holder
  if has "$1" page || has "$1" own; then return 0; fi
  if older_is_known "$1" "$2" "$rank"; then
    if is_function "$1_away_for"; then
      [[ -z ${4:-} ]] || has_one "$4" "$1" "$2" || hand_needed "$4" "$1" "$2" "$3"
      return
    fi
    [[ ${stays_owned["$1 $2"]:-} ]] || ! is_heir_of_rights "$1" "$2" || hand_rights_over "$1" "$2" "$3"
    return
  fi
  escape "$2"
  key="$1 $escaped"
  split_words "${roles_with[$key]:-}"
  for other in ${words[@]+"${words[@]}"}; do
    theirs=${rank_with["$key $other"]}
    if [[ $other == "$cluster/$role" ]] || { [[ $next ]] && ((10#$theirs >= 10#$next)); }; then continue; fi
    next=$theirs holder=$state_home/$other
  done
  # The next one last: a run that is ended before has passed nothing on, and the run after it begins anew.
  split_words "${given_up_by["$1 $2"]:-}"
  for ((i = 0; i < ${#words[@]}; i += 3)); do
    ((10#${words[i + 2]} <= 10#$rank)) || hand_to "$state_home/${words[i]}" "$((10#${words[i + 1]} - 1))" "$1" "$2" "$3" || return 1
  done
  if is_heir_of_rights "$1" "$2"; then
    heir=$holder
    hand_rights_over "$1" "$2" "$3"
  elif [[ $holder ]]; then
    hand_over "$1" "$2" "$3"
  fi
}

# Of what is away for something, an older record may be one that waits for its file alone: who needs it away has one too.
hand_needed() { # STATE-DIRECTORY KIND NAME RECORD
  local holder=$1 last escaped
  last_of_holder
  hand_to "$1" "$last" "$2" "$3" "$4" || return 1
  escape "$3"
  has_record "${1#"$state_home"/}" "$2 $escaped" "${rank_of["$2 $3"]:-0}"
  heir=$1
}

has_one() { # STATE-DIRECTORY KIND NAME
  local escaped
  load_roles
  escape "$3"
  [[ ${roles_with["$2 $escaped"]:-} == *" ${1#"$state_home"/} "* ]]
}

# What rights a directory had before them, knows the role that gave it these; another that describes them too found them there,
# and has no record of its own. It is the one that takes them back, once nobody else describes any.
is_heir_of_rights() { # KIND NAME -> $holder, $rights
  local file line mode owner group key escaped heir
  has "$1" parent && [[ ${rights_of["$1 $2"]:-} ]] || return 1
  escape "$2"
  for file in "$state_home"/*/*/holds; do
    heir=${file%/holds}
    [[ -f $file && $heir != "$state_dir" && ${roles_with["$1 $escaped"]:-} != *" ${heir#"$state_home"/} "* ]] || continue
    while IFS= read -r line; do
      [[ $line == "rights "*" $1 $escaped" ]] || continue
      read -r _ mode owner group key <<<"$line"
      [[ $key != "$1 $escaped" ]] || { holder=$heir rights="$mode $owner $group" && return 0; }
    done <"$file"
  done
  return 1
}

hand_rights_over() { # KIND NAME RECORD, to $holder with $rights
  local last escaped
  last_of_holder && hand_to "$holder" "$last" "$1" "$2" "$3" "$rights" || return 1
  escape "$2"
  has_record "${holder#"$state_home"/}" "$1 $escaped" "${rank_of["$1 $2"]:-0}"
}

# The other role becomes the one that gives it back, but where another has an older record of it.
hand_over() { # KIND NAME RECORD, to $holder -> $heir
  local last escaped rank=${rank_of["$1 $2"]:-0}
  heir=$holder
  if older_is_known "$1" "$2" "$rank"; then return 0; fi
  last_of_holder && hand_to "$holder" "$last" "$@" || return 1
  escape "$2"
  has_record "${holder#"$state_home"/}" "$1 $escaped" "$rank"
}

hand_to() { # STATE-DIRECTORY NUMBER of its generation KIND NAME RECORD [RIGHTS that it describes]
  local line lines record=$5 blob='' number=0 key
  if [[ $record == 'saved '* ]]; then
    blob=$cluster.$role.${record#saved }
    # The giver's numbers begin anew after an uninstall: what was given then keeps its name.
    while [[ -e $1/blobs/$blob || -L $1/blobs/$blob ]]; do
      number=$((number + 1)) blob=$cluster.$role.${record#saved }.$number
    done
    if ! failure=$(umask 077 && mkdir -p -- "$1/blobs" 2>&1 && cp -a --remove-destination --no-target-directory -- "$state_dir/blobs/${record#saved }" "$1/blobs/$blob" 2>&1); then
      failure="cannot hand $4 over to ${1#"$state_home"/}: $failure"
      return 1
    fi
    sync_paths "$1/blobs/$blob" "$1/blobs"
    record="saved $blob"
  fi
  record_line handed "$2 ${rank_of["$3 $4"]:-0} $3 $4" "$record"
  lines=$line
  # Of what is each role's own, the other one has written something else; and what it wrote itself, it knows.
  if is_function "$3_written" && ! has "$3" own; then
    "$3_written" "$4"
    load_roles
    [[ -z ${written[$key]:-} || ${written_by["${1#"$state_home"/} $key"]:-} ]] || { wrote_line "$key" && lines+=$'\n'$line; }
  fi
  if [[ ${6:-} ]]; then
    record_line rights "$3 $4" "$6"
    lines+=$'\n'$line
  fi
  append_to_base "$1" "$lines"
}

last_of_holder() { # -> $last: the number of its last generation
  local state_dir=$holder folded
  last_generation
  last_folded
  last=$((10#${last:-$folded}))
  ((last > 0)) || begin_base || return 1
}

# A role that needs something and has changed nothing yet has no generation. What it is given now stands when it changes something the
# first time, so the way back from there leads to a generation too, and not to the host as it was before lvsgen: `base 1` counts a first
# generation that never was, and its own first one is then number 2. (`base 0`, or no base: nothing is folded, and its first one is 1.)
begin_base() { # with $state_dir -> $last
  local content=''
  ! read_text "$state_dir/base" || content=${content#*$'\n'}
  replace_file "$state_dir/base" 0600 "base 1"$'\n'"$content" && last=1
}
