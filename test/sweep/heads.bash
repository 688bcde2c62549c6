# Says what bash itself makes of the heads of scripts: for each FUNCTIONS HOSTS HEAD of the arguments, every call of the functions that the
# head defines, as NUL-terminated texts: the number of words, the words, what a heredoc gave. No program is within reach.
# shellcheck shell=bash disable=SC2034,SC1090 # set for the heads, which are read by name
PATH=/nonexistent
say() { # WORD…, what stands on standard input
  local body=''
  IFS= read -rd '' body || :
  printf '%s\0' "$#" "$@" "$body"
}
command_not_found_handle() { printf 'ran as a command: %s\n' "$*" >&2; }

evaluate() { # FUNCTIONS HOSTS HEAD
  local word host platform name
  for word in host real_server title want expect director service requests target page host_name authority trust realserver realservers_of \
    answer interface need \
    platform hosts packages; do
    eval "$word() { say $word \"\$@\"; }"
  done
  source "$3" </dev/null
  say variables "${cluster-}" "${role-}" "${role_title-}" "${package_source-}" </dev/null
  for name in $1; do
    case $name in
      platform_facts)
        for platform in el7 el8 el9 anolis8 openeuler20 openeuler22 openeuler24 kylin10 uos20 debian11 debian12 debian13 ubuntu22 ubuntu24; do
          package_manager='' platform_releases=''
          platform_facts </dev/null
          say facts "$platform" "$package_manager" "$platform_releases" </dev/null
        done
        ;;
      resources | needs) for host in $2; do "$name" </dev/null; done ;;
      *) "$name" </dev/null ;;
    esac
  done
}

while (($#)); do
  (evaluate "$1" "$2" "$3")
  printf '%s\0' end
  shift 3
done
