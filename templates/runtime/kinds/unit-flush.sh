# ---- units: the stop of a firewall that takes the rules of others along ------------------------------------------------
#
# A stop of nftables.service, of EL's iptables.service and of firewalld with iptables flushes all there is, not what they loaded alone: the
# networks of containers and the bans of others are gone until those programs are started again (moby#9395, fail2ban#1251).

unit_obstacle() { # UNIT, with $state
  local have foreign_chains
  [[ -z $root && $state == *' inactive' ]] && flushes_all "$1" || return 0
  unit_probe "$1"
  [[ $have == *' active' ]] || return 0
  find_foreign_chains
  [[ $foreign_chains ]] || return 0
  adoptable=1
  obstacle="its stop takes the rules of others along, which nothing here brings back: $foreign_chains"
  obstacle+=$'\n'"Turn it off by hand when that suits (systemctl disable --now $1), and restart what made them; or go on with --adopt, and restart it then."
}

# They go with the stop.
unit_adopt() { # UNIT
  return 0
}

flushes_all() { # UNIT
  case $1 in
    nftables.service) ;;
    # The one of Debian is netfilter-persistent, which leaves them.
    iptables.service | ip6tables.service) ! unit_is_active netfilter-persistent.service ;;
    firewalld.service) firewalld_uses_iptables ;;
    *) return 1 ;;
  esac
}

# Chains and tables that are named as those of Docker, Podman, Kubernetes, libvirt, fail2ban and CrowdSec are.
find_foreign_chains() { # -> $foreign_chains
  local said line name number=0 names='@(DOCKER|KUBE|CNI|NETAVARK|FLANNEL|LIBVIRT|cali|f2b|fail2ban|crowdsec|CROWDSEC)*([A-Za-z0-9_.-])'
  local -a text_lines=()
  local -A seen=()
  foreign_chains=''
  said=$({
    timeout 20 nft list chains
    timeout 20 iptables-save
    timeout 20 ip6tables-save
  } 2>/dev/null) || :
  split_lines "$said"
  for line in ${text_lines[@]+"${text_lines[@]}"}; do
    # `table ip f2b-table {`, `chain DOCKER {`, `:DOCKER - [0:0]`
    line=${line#"${line%%[![:blank:]]*}"}
    case $line in
      'table '*) name=${line#table * } name=${name%% *} ;;
      'chain '*) name=${line#chain } name=${name%% *} ;;
      :*) name=${line#:} name=${name%% *} ;;
      *) continue ;;
    esac
    # shellcheck disable=SC2053 # it is a pattern
    [[ $name == $names && -z ${seen[$name]:-} ]] || continue
    seen[$name]=1 number=$((number + 1))
    ((number <= 6)) || continue
    foreign_chains+=${foreign_chains:+, }$name
  done
  ((number <= 6)) || foreign_chains+=" (+$((number - 6)))"
}
