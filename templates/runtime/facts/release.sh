# ---- the system that runs here: os-release(5) ------------------------------------------------------

read_release() { # FILE...: the first that can be read -> $release_id $release_version $release_name
  local file='' line
  release_id='' release_version='' release_name=''
  for file; do
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
  release_name=${release_name:-${release_id:-an unknown system}${release_version:+ $release_version}}
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
