# ---- addresses that a real server has, and says nothing of ------------------------------------------------------------------

# What keeps such an address quiet, where this run leaves it out and it is not in force: the host would answer ARP for it, and draw all
# clients to itself.
answers_without() { # `ADDRESS DEVICE` -> $setting
  local i kind name state text='' have
  [[ $1 != *:* && ($1 == *' lo' || $1 == *' tunl'*) ]] || return 1
  for ((i = 0; i < ${#left_out[@]}; i += 3)); do
    kind=${left_out[i]} name=${left_out[i + 1]} state=${left_out[i + 2]} have=''
    [[ ${name//\//.} == net.ipv4.conf.*.@(arp_ignore|arp_announce) ]] || continue
    is_same "$kind" "$name" || { setting="$name = $state" && return 0; }
  done
  return 1
}

