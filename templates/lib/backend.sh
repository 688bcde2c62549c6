# ---- network back ends: the described one has to be the one that configures this host ---------------

# Proven before anything is written for it.
backend_declare() { # `ifupdown`, or `netplan` TYPE DEVICE
  describe backend "$*" 'in charge'
}

backend_probe() { # `ifupdown`, `netplan TYPE DEVICE`
  local name type device defined=''
  read -r name type device <<<"$1"
  have=absent
  case $name in
    ifupdown) ! command -v ifup >/dev/null || have='in charge' ;;
    netplan)
      # What netplan generates for networkd carries its name of the interface.
      [[ -e /run/systemd/network/10-netplan-$device.network ]] || return 0
      # With lvsgen's file there, netplan was asked before that was written.
      if [[ ! -e /etc/netplan/90-lvsgen-$cluster-$role.yaml ]]; then
        defined=$(netplan get "$type.${device//./\\.}" 2>/dev/null) || return 0
        [[ $defined && $defined != null ]] || return 0
      fi
      have='in charge'
      ;;
  esac
}

backend_set() { # NAME STATE
  [[ $2 != absent ]] || return 0
  lacking=69
  case $1 in
    ifupdown) failure='this host has no ifup' ;;
    *) failure="netplan has no interface ${1##* } among its ${1:8:${#1}-9-${#1##* }}s, or does not hand it over to systemd-networkd" ;;
  esac
  failure+=$'\n'"Say in the description what configures this host's interfaces: \"network\": \"ifupdown\", \"netplan\", \"networkd\" or \"networkmanager\"."
  return 1
}

# ---- systemd-networkd: a drop-in of the .network file that configures a device -----------------------

networkd_dir=/etc/systemd/network

networkd_declare() { # DEVICE
  describe networkd "$1" linked
}

# -> $network_file: what networkd configures the device by; empty where it does not.
find_network_file() { # DEVICE
  local line
  network_file=''
  while IFS= read -r line; do
    [[ $line != *'Network File: /'* ]] || network_file=/${line#*'Network File: /'}
  done < <(networkctl --no-pager --lines=0 status "$1" 2>/dev/null || :)
}

networkd_probe() { # DEVICE
  local link own=lvsgen-$cluster-$role-$1.conf network_file
  have=absent
  for link in "$networkd_dir"/*.network.d/"$own"; do
    [[ -L $link ]] || continue
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
}

networkd_set() { # DEVICE STATE
  local link own=lvsgen-$cluster-$role-$1.conf dir='' network_file
  if [[ $2 == linked ]]; then
    find_network_file "$1"
    if [[ -z $network_file ]]; then
      lacking=69
      failure="systemd-networkd does not configure $1"$'\n'"Say in the description what does: \"network\": \"ifupdown\" or \"networkmanager\"."
      return 1
    fi
    dir=$networkd_dir/${network_file##*/}.d
    make_parents "$dir/$own" && run ln -sfn -- "../$own" "$dir/$own" && sync_paths "$dir" || return 1
  fi
  for link in "$networkd_dir"/*.network.d/"$own"; do
    [[ -L $link && ${link%/*} != "$dir" ]] || continue
    run rm -f -- "$link" && sync_paths "${link%/*}" || return 1
  done
}
