query_packages() { # NAME... -> lines `NAME STATUS`, or what says that there is no such package
  case $package_manager in
    apt) dpkg-query -W -f '${Package} ${db:Status-Status}\n' -- "$@" 2>&1 || : ;;
    *) rpm -q --qf '%{NAME} installed\n' -- "$@" 2>&1 || : ;;
  esac
}
