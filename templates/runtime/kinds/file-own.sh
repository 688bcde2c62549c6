# ---- a file that lvsgen names itself: nobody else's may stand there -------------------------------------------------

# Named after cluster and role, or the alias of a VIP. (Files of the description are meant to replace what is there.)
is_own_name() { # PATH
  [[ $1 == *"lvsgen-$cluster-$role"* || $1 == /etc/lvsgen/* || $1 == /etc/sysconfig/network-scripts/ifcfg-*:* ]]
}

file_obstacle() { # PATH, with $state and $text
  is_own_name "$1" || return 0
  if file_same_as_described "$1" || [[ $have == absent || $have == unreachable ]]; then return 0; fi
  adoptable=1
  obstacle='it is there, and lvsgen did not write it'$'\n'"Look at it: $root$1. If nobody needs it, move it away, or let --adopt take its place."
  [[ $1 != */ifcfg-* ]] || obstacle+=$'\n'"Another number for the aliases of this host: \"alias\" in the description."
}

file_same_as_described() { # PATH, with $state and $text -> $have
  file_probe "$1"
  file_same "$1"
}
