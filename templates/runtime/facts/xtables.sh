# What iptables and ip6tables say. Others (Docker, kube-proxy, fail2ban) hold their lock for moments.

# Not every -restore knows -w, and without it they fail at once while the lock is held: with 4, which iptables-nft also says where the
# kernel refuses something.
await_xtables() { # COMMAND...
  local tries code said limit
  for ((tries = 1; ; tries++)); do
    code=0 limit=5
    { said=$("$@" 2>&1 >&3 3>&-); } 3>&1 || code=$?
    [[ $said != *'xtables lock'* ]] || limit=150
    ((code == 4 && tries < limit)) || break
    sleep 0.2
  done
  [[ ! $said ]] || printf '%s\n' "$said" >&2
  return "$code"
}

# The table `filter` as `-S` prints it; empty where there is none, for then nothing is filtered. What cannot be read is not nothing.
read_filter() { # TOOL -> $rules
  rules=''
  # Its package may have gone since it was in charge.
  command -v "$1" >/dev/null || return 0
  ! rules=$(await_xtables timeout 60 "$1" -w -S 2>&1) || return 0
  is_without_filter "$1" "$rules" || cannot_read 'the rules of the firewall' "$1 -w -S"
  rules=''
}

# A kernel without the table, without the family, or without what the tool is for; and the older kind, of whose tables none was loaded.
is_without_filter() { # TOOL WHAT-IT-SAID
  local names
  case $2 in
    *'Table does not exist'* | *'tables who?'* | *'Failed to initialize nft'*) return 0 ;;
    *'not supported'* | *'Protocol not available'*) return 0 ;;
  esac
  names=/proc/net/${1%tables}_tables_names
  [[ $("$1" --version 2>/dev/null) == *nf_tables* ]] && return 1
  [[ ! -e $names ]] || { [[ -r $names ]] && ! grep -qx filter "$names"; }
}
