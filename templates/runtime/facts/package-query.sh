# A database that is locked for ever would keep whoever asks; and rpm may not end by SIGTERM alone.
query_packages() { # NAME... -> lines `NAME STATUS`, or what says that there is no such package
  # shellcheck disable=SC2016 # dpkg-query expands it
  {
    case $package_manager in
      apt) timeout -k 5 60 dpkg-query -W -f '${Package} ${db:Status-Status}\n' -- "$@" 2>&1 || : ;;
      *) timeout -k 5 60 rpm -q --qf '%{NAME} installed\n' -- "$@" 2>&1 || : ;;
    esac
  } 2>/dev/null # where this shell says that it was killed
}
