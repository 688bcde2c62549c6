# ---- what stands in the way of an apply: asked of each role's own script, whose `check` finds it, and reads only --------

check_in_the_way() {
  local name output code beside
  local -a words=()
  ((EUID == 0)) || return 0
  split_words "$roles"
  for name in ${words[@]+"${words[@]}"}; do
    [[ $name != client ]] || continue
    is_beside "$name" || continue
    code=0
    # Without its pending changes; what it complains of comes on the standard error.
    output=$(bash "$beside" check --quiet --host "$host" 2>&1 </dev/null) || code=$?
    case $code in
      0 | 2) finding ok in-the-way "nothing that $name.sh would meet" ;;
      *) tell_met "$name.sh" "$code" "$output" ;;
    esac
  done
}

# This bundle's script of a role, in the folder of this one: nothing that another user could have put there is run.
is_beside() { # ROLE -> $beside
  local directory=. untrusted version=''
  [[ $script_path != */* ]] || directory=${script_path%/*}
  directory=$(cd -- "${directory:-/}" && pwd -P) || return 1
  beside=${directory%/}/$1.sh
  if [[ ! -f $beside ]]; then
    finding skip in-the-way "$1.sh is not beside this script: what stands in its way is not looked at" '' "Run $script where the bundle is, or ask that script itself: bash $1.sh check"
    return 1
  fi
  if ! is_trusted_place "$directory" "$1.sh"; then
    finding skip in-the-way "another user could have changed $beside, so it is not asked what stands in its way" '' \
      "As root, copy the folder to where only root can write, such as /root, and compare: sha256sum -c SHA256SUMS"
    return 1
  fi
  version=$(bash "$beside" --version 2>&1 </dev/null) || :
  [[ $version != *": cluster $cluster, role $1, "* ]] || return 0
  finding stop in-the-way "$1.sh beside this script is not that of $cluster: ${version%%$'\n'*}" 'What stands in its way is not looked at.' "Copy the bundle again, and compare: sha256sum -c SHA256SUMS"
  return 1
}

# In the words of `check`: a line for each resource, what to do about it below, and at the end why it goes no further.
tell_met() { # SCRIPT CODE OUTPUT
  local line why='' i last=-1
  local -a what=() remedy=()
  while IFS= read -r line; do
    case $line in
      'failed   '*) last=$((last + 1)) what+=("${line#'failed   '}") remedy+=('') ;;
      "$1:   "*)
        if ((last >= 0)); then remedy[last]+=${line#"$1:   "}$'\n'; else why+=$line$'\n'; fi
        ;;
      *) why+=${line#"$1: "}$'\n' ;;
    esac
  done <<<"$3"
  why="$1 check ends with $2: ${why:-it says no more}"
  for ((i = 0; i <= last; i++)); do
    finding stop in-the-way "${what[i]}" "${why%$'\n'}" "${remedy[i]%$'\n'}"
  done
  ((last >= 0)) || finding stop in-the-way "${why%%$'\n'*}" 'An apply would end so too.' "See all that it says: bash $1 check"
}
