# ---- the system that runs here: os-release(5) ------------------------------------------------------

read_release() { # -> $release_id $release_version $release_name
  local file name line failure lacking
  release_id='' release_version='' release_name=''
  for name in /etc/os-release /usr/lib/os-release; do
    file=$name
    # Below --root a link leads to what lies below it too.
    [[ -z $root ]] || { walk "$root$name" last && file=$root$real; } || continue
    [[ ! -f $file || ! -r $file ]] || break
  done
  if [[ -f $file && -r $file ]]; then
    while IFS= read -r line; do
      line=${line//[\"\']/}
      case $line in
        ID=*) release_id=${line#*=} ;;
        VERSION_ID=*) release_version=${line#*=} ;;
        PRETTY_NAME=*) release_name=${line#*=} ;;
      esac
    done <"$file"
  fi
  release_name=${release_name:-${release_id:-an unknown system} $release_version}
}

# Is that the system of a platform?
is_release() { # PATTERNS, as ID:VERSION_ID, with blanks between
  local pattern
  local -a words=()
  split_words "$1"
  for pattern in ${words[@]+"${words[@]}"}; do
    # shellcheck disable=SC2053 # a pattern: centos:7*
    [[ $release_id:$release_version != $pattern ]] || return 0
  done
  return 1
}
