# ---- repositories: which there are, by their configuration; none is asked, that is what hosts without a network die of ----

check_repositories() { # NAME..., not installed
  case $package_manager in
    apt) check_apt "$@" ;;
    *) check_rpm_repositories "$@" ;;
  esac
}

# What apt knows from its lists, without a word to anyone.
check_apt() { # NAME...
  local said line from=''
  if ! said=$(apt-get -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o Debug::NoLocking=true -y --no-install-recommends --print-uris install -- "$@" 2>&1); then
    failure="apt knows no way to install $*"
    while IFS= read -r line; do
      [[ $line != E:* ]] || failure+=$'\n'$line
    done <<<"$said"
    ways_out
    finding_failure stop packages 'Apply installs them first, and ends with 69.'
    return
  fi
  while IFS= read -r line; do
    [[ ! $line =~ ^\'([a-z+]+):(//([^/\']+))? ]] || note_place "${BASH_REMATCH[1]}" "${BASH_REMATCH[3]}"
  done <<<"$said"
  judge_places "$@"
}

note_place() { # SCHEME HOST -> $from, each remote place once
  case $1 in
    file | cdrom | copy) ;;
    *) [[ " $from " == *" $2 "* ]] || from+="${from:+ }$2" ;;
  esac
}

judge_places() { # NAME..., with $from
  if [[ $from ]]; then
    finding warn packages "not installed: $*; they would come over the network from $from" \
      "On a host without a network this is where apply stops. It was not asked whether these answer." \
      "Without a network: carry the packages along (fetch-packages.sh of this bundle), or configure a local repository"
  else
    finding ok packages "to be installed from a local repository: $*"
  fi
}

# The enabled sections of /etc/yum.repos.d, and the packages of those that are directories.
check_rpm_repositories() { # NAME...
  local file line name='' enabled='' place='' from='' nowhere='' away=''
  local -a local_places=()
  for file in /etc/yum.repos.d/*.repo; do
    [[ -r $file ]] || continue
    while IFS= read -r line || [[ $line ]]; do
      line=${line//[[:blank:]]/}
      case $line in
        '['*)
          note_repository
          name=${line#[} name=${name%]} enabled=1 place=''
          ;;
        enabled=0 | enabled=[Ff]alse | enabled=[Nn]o) enabled='' ;;
        baseurl=* | mirrorlist=* | metalink=*) place=${place:-${line#*=}} ;;
      esac
    done <"$file"
    note_repository
    name=''
  done
  for name; do
    is_in_local_places "$name" || nowhere+=" $name"
  done
  if [[ -z $nowhere || $from ]]; then
    [[ $nowhere ]] || from=''
    judge_places "$@"
  else
    failure="not installed, and in no repository within reach:$nowhere${away:+ (the repository$away is not there)}"
    ways_out
    finding_failure stop packages 'Apply installs them first, and ends with 69.'
  fi
}

is_in_local_places() { # NAME
  local found
  ((${#local_places[@]})) || return 1
  found=$(find -L "${local_places[@]}" -name "$1-[0-9]*.rpm" -print -quit 2>/dev/null) || : # never empty
  [[ $found ]]
}

# `$releasever` and its like are the package manager's business: what stands before them has to be there.
note_repository() { # with $name $enabled $place
  local path host
  [[ $name && $enabled && $place ]] || return 0
  case $place in
    file:* | /*)
      path=/${place#file:} path=/${path##+(/)} path=${path%%\$*}
      if [[ -d $path ]]; then local_places+=("$path"); else away+=" $name at $path"; fi
      ;;
    *) host=${place#*://} && note_place "${place%%:*}" "${host%%/*}" ;;
  esac
}
