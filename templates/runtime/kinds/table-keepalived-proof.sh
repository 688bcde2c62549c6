# ---- what verify proves of keepalived: the file on the disk is the one that runs, nobody of its processes is missing, and nobody else
# speaks with its router id

# Asked of what runs by the described file. With $text; fails with $failure.
keepalived_prove() { # UNIT
  local content='' tries missing strangers=''
  if ! read_text "$watched_file" || [[ $content != "$text" ]]; then
    failure="it runs by the described file, and $watched_file is another one by now: the next start or reload would take that"
    failure+=$'\n'"What was changed: bash $script check --diff. Apply writes the described one."
    return 1
  fi
  # One that has ended is started again at once.
  for tries in 1 2 3; do
    find_missing
    [[ $missing ]] || break
    sleep 1
  done
  if [[ $missing ]]; then
    failure="its unit is active, and $missing is not there"$'\n'"Why it ends: journalctl -u $1 -b. A start that reads everything anew: systemctl restart $1"
    return 1
  fi
  find_strangers
  [[ $strangers ]] || return 0
  failure="$strangers speaks VRRP with the router id of this cluster, and is no director of it"
  failure+=$'\n'"Two clusters with one number take the addresses from each other. Whose is it? Give one of them another routerId, and stop keepalived on all of its directors but one while it changes."
  return 1
}

# keepalived has a main process, which systemd has started, and a child for each of its tasks.
find_missing() { # -> $missing
  local file line pid name parent main='' checks='' children=0
  local -a found=()
  for file in /proc/[0-9]*/stat; do
    { IFS= read -r line <"$file"; } 2>/dev/null || continue
    [[ $line == *' (keepalived) '* || $line == *' (lvsgen-'????????') '* ]] || continue
    pid=${line%% *} name=${line#*\(} name=${name%\)*}
    read -r _ parent _ <<<"${line##*\) }"
    if [[ $parent == 1 ]]; then main=$pid; else found+=("$parent $name"); fi
  done
  for line in ${found[@]+"${found[@]}"}; do
    [[ ${line%% *} == "$main" ]] || continue
    children=$((children + 1))
    [[ $line != *' lvsgen-'* ]] || checks=1
  done
  missing=''
  if [[ -z $main ]]; then
    missing='its main process'
  elif [[ $checks_named == named && -z $checks ]]; then
    missing='the process of the health checks'
  elif [[ $checks_named == unnamed ]]; then
    ((children >= 2)) || missing='the process of the health checks, or that of VRRP,'
  elif [[ $text == *$'\nvrrp_instance '* ]]; then
    ((children >= 2)) || missing='the process of VRRP'
  fi
}

# In the last minutes: what is over is over.
find_strangers() { # -> $strangers
  local sender
  local -a words=()
  [[ $text == *$'\nvrrp_instance '* ]] || return 0
  load_senders -10min
  load_addresses
  split_words "$heard_from"
  for sender in ${words[@]+"${words[@]}"}; do
    [[ " ${peers[*]+"${peers[*]}"} " == *" $sender "* || ${address_of[$sender]:-} || $sender == fe80:* ]] || strangers+=${strangers:+, }$sender
  done
}
