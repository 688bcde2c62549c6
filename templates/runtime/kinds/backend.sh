# ---- network back ends: the described one has to be the one that configures this host ---------------

kind backend

# Proven before anything is written for it: what another daemon configures would be taken from it, or nothing would last.
backend_declare() { # `ifcfg DEVICE`, `ifupdown [DEVICE...]`, `netplan TYPE DEVICE` or `networkd DEVICE`
  describe backend "$*" 'in charge'
}

backend_probe() { # NAME
  local name device devices file network_file
  local -a words=()
  read -r name devices <<<"$1"
  device=${1##* }
  have='not in charge'
  # With lvsgen's file there, the question was asked before that was written.
  case $name in
    ifcfg)
      # An alias comes up with the file of its interface: that of the same name.
      [[ -e /etc/sysconfig/network-scripts/ifcfg-$device ]] || return 0
      ;;
    ifupdown)
      command -v ifup >/dev/null || return 0
      file=/etc/network/interfaces.d/lvsgen-$cluster-$role
      split_words "$devices"
      for device in ${words[@]+"${words[@]}"}; do
        [[ -e $file ]] || ifquery "$device" >/dev/null 2>&1 || return 0
      done
      ;;
    netplan)
      file=/etc/netplan/90-lvsgen-$cluster-$role.yaml
      # What netplan generates for networkd carries its name of the interface.
      [[ -e /run/systemd/network/10-netplan-$device.network ]] || return 0
      [[ -e $file ]] || netplan_defines "${devices% *}" "$device" || return 0
      ;;
    networkd)
      find_network_file "$device"
      [[ $network_file ]] || return 0
      ;;
  esac
  have='in charge'
}

netplan_defines() { # TYPE DEVICE
  local defined
  defined=$(netplan get "$1.${2//./\\.}" 2>/dev/null) && [[ $defined && $defined != null ]]
}

backend_set() { # NAME STATE
  [[ $2 == 'in charge' ]] || return 0
  lacking=69
  case $1 in
    ifcfg\ *) failure="there is no /etc/sysconfig/network-scripts/ifcfg-${1##* }, which an alias would come up with" ;;
    ifupdown\ *) failure="ifupdown does not configure ${1#ifupdown }" ;;
    ifupdown) failure='this host has no ifup' ;;
    networkd\ *) failure="systemd-networkd does not configure ${1##* }" ;;
    *) failure="netplan does not define ${1##* } in the same way: by this name, among the others of its kind, for systemd-networkd" ;;
  esac
  failure+=$'\n'"Say in the description what configures this host's interfaces: \"network\": \"ifcfg\", \"ifupdown\", \"netplan\", \"networkd\" or \"networkmanager\"."
  return 1
}
