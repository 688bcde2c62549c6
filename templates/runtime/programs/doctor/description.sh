# ---- what is described of this host -----------------------------------------------------------------

roles='' network='' firewall_policy='' selinux_policy=''
packages=() modules=() wanted_units=() units=() tools=() openings=() booleans=() sysctls=() files=() vips=() nfs_servers=() answers=()
keepalived_file='' vrrp=() vrrp_peers=()
backends=() forwarding_nics=() interface_names=() interface_addresses=()
director_names=() director_addresses=()

director() { # NAME ADDRESS...
  director_names+=("$1")
  shift
  director_addresses+=(" $* ")
}

interface() { # HOST INTERFACE ADDRESS/PREFIX...
  [[ $1 == "$host" ]] || return 0
  interface_names+=("$2")
  shift 2
  interface_addresses+=("$*")
}

need() { # KIND WORDS...
  local kind=$1
  shift
  case $kind in
    roles) roles=$* ;;
    network) network=$1 ;;
    backend) backends+=("$*") ;;
    package) packages=("$@") ;;
    tool) tools=("$@") ;;
    offload) forwarding_nics=("$@") ;;
    module) modules=("$@") ;;
    unit) wanted_units=("$@") units=("$@") ;;
    firewall) firewall_policy=$1 openings=("${@:2}") ;;
    selinux) selinux_policy=$1 booleans=("${@:2}") ;;
    sysctl) sysctls+=("$1 $2") ;;
    vip) vips+=("$1 $2") ;;
    keepalived) keepalived_file=$1 ;;
    vrrp) vrrp+=("$1 $2") && vrrp_peers+=("$(printf '%s;' "${@:3}")") ;;
    answer) answers+=("$1 $2 $3") ;;
    nfs) nfs_servers+=("$1") ;;
    file) files+=("$1") ;;
  esac
}
