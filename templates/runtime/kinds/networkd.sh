# ---- systemd-networkd: a drop-in of the .network file that configures a device -----------------------

kind networkd own

networkd_dir=/etc/systemd/network

networkd_declare() { # DEVICE
  describe networkd "$1" linked
}

networkd_probe() { # DEVICE
  local link own=lvsgen-$cluster-$role-$1.conf network_file
  have=absent
  for link in "$networkd_dir"/*.network.d/"$own"; do
    [[ -L $link ]] || continue
    led_to+=("$link")
    find_network_file "$1"
    if [[ -z $network_file || $link == "$networkd_dir/${network_file##*/}.d/$own" ]]; then
      have=linked
    else
      have='linked elsewhere'
      return 0
    fi
  done
}

networkd_record() { # DEVICE
  local network_file
  find_network_file "$1"
  [[ -z $network_file ]] || journal_parents "$networkd_dir/${network_file##*/}.d/lvsgen" || return 1
  record=absent
  [[ $have == absent ]] || record=linked
}

networkd_set() { # DEVICE STATE
  local link own=lvsgen-$cluster-$role-$1.conf dir='' network_file
  if [[ $2 == linked ]]; then
    find_network_file "$1"
    [[ $network_file ]] || { failure="systemd-networkd does not configure $1 any more" && return 1; }
    dir=$networkd_dir/${network_file##*/}.d
    make_parents "$dir/$own" && reach "$dir/$own" || return 1
    if ! run ln -sfn -- "../$own" "$at/$leaf" || ! sync_paths "$at/."; then
      leave
      return 1
    fi
    leave
  fi
  for link in "$networkd_dir"/*.network.d/"$own"; do
    [[ -L $link && ${link%/*} != "$dir" ]] || continue
    remove_file "$link" || return 1
  done
}
