# ---- exports, live; the file in /etc/exports.d makes them last

kind export boot look lasts='/etc/exports.d/lvsgen-*' stale=export

export_declare() { # CLIENT PATH OPTIONS
  describe export "$1 $2" "$3"
}

# A host has one set of options for a path and a client.
export_agrees() { # `CLIENT PATH`
  return 0
}

export_probe() { # `CLIENT PATH`
  local real_path
  load_exports
  find_real_path "${1#* }"
  have=${export_of["${1%% *} $real_path"]:-}
  if [[ -z $have && ${1%% *} =~ ^[A-Za-z0-9][A-Za-z0-9.-]*$ && ! ${1%% *} =~ ^[0-9.]+$ ]]; then
    find_canonical "${1%% *}"
    have=${export_of["$canonical $real_path"]:-}
  fi
  have=${have:-absent}
}

declare -A canonical_of=() # names of hosts, as the resolver calls them, once one was asked for

# A host that is described by name stands among the live exports as the resolver calls it (`web1.example.org`).
find_canonical() { # NAME -> $canonical
  local said
  if [[ -z ${canonical_of[$1]:-} ]]; then
    said=$(timeout 20 getent ahosts "$1" 2>/dev/null) || said=''
    said=${said%%$'\n'*}
    canonical_of[$1]=${said##* }
  fi
  canonical=${canonical_of[$1]:-$1}
}

# exportfs takes a name, and the NFS server looks it up anew whenever a client asks for it first.
may_export() { # `CLIENT PATH` -> $real
  is_settled "${1#* }" 'what is exported there could be exchanged for any directory' last
}

export_reach() { # `CLIENT PATH` -> $in_the_way
  local real shared
  may_export "$1" || will_be_settled "${1#* }" last
}

# What is in force may have been exchanged since.
export_prove() { # `CLIENT PATH`
  local real shared in_the_way
  may_export "$1"
}

# Where its links lead: by that name exportfs has it from files, and finds it again.
find_real_path() { # PATH -> $real_path
  real_path=$(realpath -m -- "$1" 2>/dev/null) || real_path=$1
}

# exportfs adds the options that hold by default: those described have to be among them, and nothing else that is no default.
export_same() {
  local option shown allowed=,
  local -a words=()
  [[ $have != absent ]] || return 1
  split_words "${state//,/ }"
  for option in ${words[@]+"${words[@]}"}; do
    shown_option "$option"
    [[ ",$have," == *",$shown,"* ]] || return 1
    allowed+=$shown,
  done
  split_words "${have//,/ }"
  for option in ${words[@]+"${words[@]}"}; do
    is_default_option "$option" || [[ $allowed == *",$option,"* ]] || return 1
  done
}

# Options have several names, and exportfs shows one.
shown_option() { # OPTION -> $shown
  case $1 in
    auth_nlm) shown=secure_locks ;;
    no_auth_nlm) shown=insecure_locks ;;
    mp | mp=*) shown=mountpoint${1#mp} ;;
    fsid=root) shown=fsid=0 ;;
    *) shown=$1 ;;
  esac
}

# By exports(5). What it does not know counts as one: a later nfs-utils may show options that are not described either.
is_default_option() { # OPTION
  case $1 in
    sec=sys | anonuid=65534 | anongid=65534) ;;
    rw | async | no_wdelay | nohide | crossmnt | insecure | no_root_squash | all_squash | subtree_check | insecure_locks | no_acl) return 1 ;;
    security_label | mountpoint | mountpoint=* | fsid=* | refer=* | replicas=* | sec=* | anonuid=* | anongid=*) return 1 ;;
  esac
}

export_set() { # `CLIENT PATH` STATE
  local client=${1%% *} real_path real shared in_the_way
  [[ $client != *:* ]] || client="[$client]"
  # Alone (-i): without that, exportfs puts everything that files say into force along with it.
  find_real_path "${1#* }"
  if [[ $2 == absent ]]; then
    run exportfs -u "$client:$real_path"
  else
    # What others had exported goes back to where it was, whoever can change the way there.
    if [[ $state && ${described["export $1"]:-} ]]; then
      may_export "$1" || return 1
      real_path=${real:-/}
    fi
    run exportfs -i -o "$2" "$client:$real_path"
  fi
}
