# Rules of iptables and nftables as a file has them, which a service loads at boot.

# -> $file; empty where there is none.
find_saved_rules() { # TOOL
  local version=4
  [[ $1 == iptables ]] || version=6
  file_of_own_unit "$1"
  [[ -z $file ]] || return 0
  local -a places=("/etc/iptables/rules.v$version" "/etc/sysconfig/$1")
  ! is_loaded_as_on_el "$1" || places=("/etc/sysconfig/$1" "/etc/iptables/rules.v$version")
  for file in "${places[@]}"; do # never empty
    [[ ! -f $file ]] || return 0
  done
  file=''
}

# A site's own iptables.service may load any: `ExecStart=/sbin/iptables-restore /etc/iptables.rules`, or `... < FILE` by a shell.
file_of_own_unit() { # TOOL -> $file
  local line pattern="^ExecStart=.*$1(-legacy|-nft)?-restore[[:space:]]+([^/]*[[:space:]<\"'])?(/[^][:space:];\"'<>|&]+)"
  if [[ ! ${loaded["rules of $1"]+x} ]]; then
    loaded["rules of $1"]=''
    while IFS= read -r line; do
      [[ ! $line =~ $pattern ]] || loaded["rules of $1"]=${BASH_REMATCH[3]}
    done < <(systemctl cat -- "$1.service" 2>/dev/null || :)
  fi
  file=${loaded["rules of $1"]}
  [[ -f $file ]] || file=''
}

# By iptables.service, not by netfilter-persistent, which is left of a former life if it is there at all.
is_loaded_as_on_el() { # TOOL
  local persistent own
  load_units
  persistent=${unit_of[netfilter-persistent.service]:-} own=${unit_of[$1.service]:-}
  [[ ($persistent != *' active' && $own == *' active') || ($persistent != 'loaded '* && $own == 'loaded '*) ]]
}

# The part of a file that is about the table filter; a file that does not have it leaves that table alone.
filter_section() { # TEXT -> $section
  section=''
  [[ $'\n'$1 == *$'\n*filter'* ]] || return 0
  section=$'\n'$1
  section=${section#*$'\n*filter'}
  section=${section%%$'\nCOMMIT'*}
}

# -> $file; empty where the system has none. The unit says which one it loads; the other may be left of a former life.
find_nft_file() {
  local -a places=(/etc/nftables.conf /etc/sysconfig/nftables.conf)
  [[ ${loaded[nft_unit]:-} ]] || loaded[nft_unit]=$(file_of_nft_unit)
  file=${loaded[nft_unit]#.}
  if [[ $file ]]; then
    places=("$file")
  elif [[ ${platform:-} && $platform != @(debian|ubuntu)* ]]; then
    # A script loads it: the one of the system.
    places=(/etc/sysconfig/nftables.conf /etc/nftables.conf)
  fi
  for file in "${places[@]}"; do # never empty
    [[ ! -f $file ]] || return 0
  done
  file=''
}

# `nft -f FILE`, or `nft 'flush ruleset; include "FILE"'`; with a drop-in's as well.
file_of_nft_unit() { # prints .FILE
  local line option='argv\[\]=([^;]*[ /])?nft ([^;]* )?(-[a-zA-Z]*f|--file)[ =]?(/[^ ;]+)' include='argv\[\]=.*include "(/[^"]+)"'
  printf .
  while IFS= read -r line; do
    if [[ $line =~ $option ]]; then
      printf '%s' "${BASH_REMATCH[4]}"
    elif [[ $line =~ $include ]]; then
      printf '%s' "${BASH_REMATCH[1]}"
    else
      continue
    fi
    return 0
  done < <(systemctl show --property=ExecStart -- nftables.service 2>/dev/null || :)
}

# What the file makes of nothing, in a network namespace of its own, where it is loaded without harm.
alone_ruleset() { # FILE
  # shellcheck disable=SC2016 # the other bash expands it
  unshare --net -- bash -c 'nft -f "$1" && nft list ruleset' - "$1" 2>/dev/null
}

# Read once.
load_nft_file() { # FILE -> $alone, `none` where it cannot be loaded so
  [[ ${loaded[nft_file]:-} ]] || loaded[nft_file]=$(alone_ruleset "$1" && echo .) || loaded[nft_file]=none
  alone=${loaded[nft_file]}
}
