# Rules of iptables as a file has them, which a service loads at boot.

# -> $file; empty where there is none.
find_saved_rules() { # TOOL
  local version=4
  [[ $1 == iptables ]] || version=6
  for file in "/etc/iptables/rules.v$version" "/etc/sysconfig/$1"; do
    [[ ! -f $file ]] || return 0
  done
  file=''
}

# The part of a file that is about the table filter; a file that does not have it leaves that table alone.
filter_section() { # TEXT -> $section
  section=''
  [[ $'\n'$1 == *$'\n*filter'* ]] || return 0
  section=$'\n'$1
  section=${section#*$'\n*filter'}
  section=${section%%$'\nCOMMIT'*}
}
