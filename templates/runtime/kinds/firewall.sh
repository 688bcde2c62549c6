# ---- firewall: what a role needs gets through each firewall that is active here ----------------------------------------
#
# A resource is one thing at one place: `firewalld:public 80/tcp`, `nftables 80/tcp`, `ip6tables protocol 41 from 2001:db8::1`. Its state
# is that of now and that of the next boot: `open`, `closed`, `now open, at boot closed`; in place of either there may stand what is
# open of a range. What was open before is in no record, and stays open: whoever needs it too has asked for it himself.
# A firewall is in charge here where it is active, and where the next boot starts it: what is not in force lets everything through now.
# Where none is in charge, the name is the thing alone, and it is open.
#
# A manager of firewalls is a file, `firewall-MANAGER.sh`, with these functions:
#   MANAGER_is_active                      are its rules in force?
#   MANAGER_starts_at_boot                 does the next boot bring them into force?
#   MANAGER_places WHAT DEVICE...          -> ${places[@]}: where WHAT has to be open, so that it gets in by these interfaces
#   MANAGER_probe PLACE WHAT               -> $now and $boot
#   MANAGER_set PLACE WHAT now|boot STATE  makes it so
#   MANAGER_files                          -> ${files[@]}: what it loads at boot, where lvsgen has lines in it
#   MANAGER_prove WHAT                     optional: fails where what it has opened is kept out all the same, with $failure
#   MANAGER_tell                           optional: what there is to say of it besides

kind firewall stale='stat unit firewall'

firewall_managers=(firewalld ufw nftables iptables ip6tables)
firewall_units=(firewalld.service ufw.service nftables.service iptables.service ip6tables.service netfilter-persistent.service)

openings=() openings_by=() # WHAT has to get in, and by which interfaces

firewall_declare() { # WHAT open DEVICE...
  local what=$1
  shift 2
  [[ -z $root ]] || return 0
  openings+=("$what") openings_by+=("$*")
  find_firewalls
  if ((${#firewalls[@]})); then describe_opening "$what" "$@"; else describe firewall "$what" open; fi
}

describe_opening() { # WHAT DEVICE...
  local what=$1 manager place
  local -a places
  shift
  for manager in ${firewalls[@]+"${firewalls[@]}"}; do
    places=()
    "${manager}_places" "$what" "$@"
    for place in ${places[@]+"${places[@]}"}; do
      [[ ${described["firewall $place $what"]:-} ]] || describe firewall "$place $what" open
    done
  done
}

# This apply may have put another in charge: by a unit that is described, or by a package that came along.
firewall_again() {
  local i first=${#r_kind[@]} before=${firewalls[*]+"${firewalls[*]}"}
  local -a words
  ((${#openings[@]})) || return 0
  loaded[firewalls]='' loaded[firewall]=''
  fresh_firewall
  find_firewalls
  [[ ${firewalls[*]+"${firewalls[*]}"} != "$before" ]] || return 0
  loaded[zones]='' loaded[firewall]=''
  for ((i = 0; i < ${#openings[@]}; i++)); do
    split_words "${openings_by[i]}"
    describe_opening "${openings[i]}" ${words[@]+"${words[@]}"}
  done
  ((first < ${#r_kind[@]})) || return 0
  hold_more || return 1
  for ((i = first; i < ${#r_kind[@]}; i++)); do reconcile "$i" || return 1; done
}

# What check cannot show: where it is to be opened is known when the firewall runs. And what no firewall that is known has loaded.
firewall_tell() {
  local unit manager kept_out='' opened_list
  ((${#openings[@]})) || return 0
  fresh_firewall
  if none_is_active; then find_kept_out; else tell_kept_beside; fi
  tell_unread_rules
  if [[ $kept_out ]]; then
    printf -v opened_list '%s, ' "${openings[@]}" # never empty
    complain "no firewall's unit is active, and yet rules keep packets out ($kept_out): nothing was opened in them, for nothing says what loads them. Let in there what this role needs: ${opened_list%, }"
  fi
  for manager in ${firewalls[@]+"${firewalls[@]}"}; do
    ! is_function "${manager}_tell" || "${manager}_tell"
  done
  [[ $command == check ]] || return 0
  for unit in "${firewall_units[@]}"; do # never empty
    [[ ${described["unit $unit"]:-} && ${r_state[described["unit $unit"]]} == *' active' ]] || continue
    ! unit_is_active "$unit" || continue
    say "${dim}note     %s$plain" "$unit: apply starts it, and opens in it what this role needs"
  done
}

is_in_charge() { # MANAGER
  "$1_starts_at_boot" || "$1_is_active"
}

# They are known before anything else is: what is to be opened where depends on them.
find_firewalls() { # -> ${firewalls[@]}
  local manager
  [[ -z ${loaded[firewalls]:-} ]] || return 0
  loaded[firewalls]=1 firewalls=()
  units+=("${firewall_units[@]}") # never empty
  # What only shows the script does not look at the host.
  [[ -z ${command_has["$command shows"]:-} ]] || return 0
  for manager in "${firewall_managers[@]}"; do # never empty
    is_in_charge "$manager" || continue
    firewalls+=("$manager")
  done
}

# `firewalld:public 80/tcp` -> $manager $place $what; without a manager where none was active.
split_opening() { # NAME
  place=${1%% *} what=${1#* } manager=${1%%[: ]*}
  [[ " ${firewall_managers[*]} " == *" $manager "* ]] || { manager='' place='' what=$1; } # never empty
}

none_is_active() {
  local manager
  for manager in ${firewalls[@]+"${firewalls[@]}"}; do
    ! "${manager}_is_active" || return 1
  done
}

# What managers read of the host, until something changes it.
fresh_firewall() {
  [[ -z ${loaded[firewall]:-} ]] || return 0
  loaded[firewall]=1 loaded[nft]='' loaded[rules_in_force]=''
  zone_text=() policy_text=() direct_text=() ufw_added='' nft_chains=() nft_marked=() filter_rules=()
}

firewall_probe() { # NAME
  local manager place what now=open boot=open
  split_opening "$1"
  have=open
  [[ $manager ]] || return 0
  fresh_firewall
  "${manager}_probe" "$place" "$what"
  "${manager}_is_active" || now=open
  have="now $now, at boot $boot"
  [[ $now != "$boot" || $now == *,* ]] || have=$now
}

firewall_record() { # NAME
  local manager place what file
  local -a files=()
  record=$have
  split_opening "$1"
  if [[ $manager ]]; then
    # When this is undone it may have come into force, and lets through what it would have let through then.
    "${manager}_is_active" || record=${have##*, at boot }
    "${manager}_files" "$place"
  fi
  for file in ${files[@]+"${files[@]}"}; do keep_rules_file "$file" || return 1; done
}

# STATE -> $now $boot
split_state() {
  now=$1 boot=$1
  [[ $1 != 'now '* ]] || { boot=${1##*, at boot } && now=${1%", at boot $boot"} && now=${now#now }; }
}

# The next boot first: what was interrupted in between is found, and told from what a hand opened for now.
firewall_set() { # NAME STATE, with $have
  local manager place what now boot now_have
  split_opening "$1"
  [[ $manager ]] || { close_unplaced "$what" "$2" && return 0; } || return 1
  split_state "$have"
  local boot_have=$boot now_have=$now
  split_state "$2"
  fresh_firewall
  [[ $boot == "$boot_have" ]] || "${manager}_set" "$place" "$what" boot "$boot" || return 1
  [[ $now == "$now_have" ]] || ! "${manager}_is_active" || "${manager}_set" "$place" "$what" now "$now"
}

# What a manager that is not in charge any more would let through now, does not matter.
firewall_undone() { # NAME RECORD
  local manager place what now boot
  firewall_probe "$1"
  [[ $have != "$2" ]] || return 0
  split_opening "$1"
  [[ $manager ]] || { [[ $2 == open ]] && return; } || return 1
  ! "${manager}_is_active" || return 1
  split_state "$have"
  local boot_have=$boot
  split_state "$2"
  [[ $boot == "$boot_have" ]]
}

firewall_facts() { # NAME
  units+=("${firewall_units[@]}") # never empty
}

# In journals of lvsgen 0.1 ports have no place: each was opened wherever a firewall was.
close_unplaced() { # PORT/PROTOCOL STATE
  local manager zone
  [[ $2 != open ]] || return 0
  if firewalld_is_active; then
    zone=$(firewall-cmd --get-default-zone 2>/dev/null) || { failure="firewalld does not answer" && return 1; }
    firewalld_set "firewalld:$zone" "$1" boot closed && firewalld_set "firewalld:$zone" "$1" now closed || return 1
  fi
  ! ufw_is_active || ufw_set ufw "$1" boot closed || return 1
  ! nftables_is_active || nftables_close "lvsgen $cluster $role $1"
}
