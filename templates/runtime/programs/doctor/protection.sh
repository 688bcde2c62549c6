# ---- firewall, SELinux, and whoever else means to be in charge here -----------------------------------------

check_firewall() {
  local running='' starting='' who kept_out joined from_then_on=''
  [[ $firewall_policy ]] || return 0
  find_running_firewalls
  who=${running:+active: $running}${starting:+${running:+; }enabled, and not active: $starting}
  if [[ -z $running ]]; then
    from_then_on=', from the next boot on'
    find_kept_out
    [[ -z $rules_unread ]] || finding skip firewall 'which rules keep packets out is not known' "'$rules_unread' failed." 'Run it by hand and see why'
    # These may have been loaded by hand, or stay in force when their unit is stopped: they are opened there too.
    if [[ $kept_out && $starting != *@(nftables|iptables|ip6tables|netfilter-persistent)* ]]; then
      finding warn firewall "no firewall's unit is active, and yet rules keep packets out: $kept_out" "Nothing is opened in them, for nothing says what loads them. What they do not let in, this role does not serve." \
        "Let it in there (a script below /etc/network, /etc/rc.local), or have them loaded by a service: nftables, netfilter-persistent"
      [[ $starting ]] || return 0
    fi
  fi
  case ${who:+some}:$firewall_policy in
    :*) finding ok firewall 'none is active' ;;
    *:disable) finding ok firewall "$who; apply turns that off, as described, or says whose rules would go with it" ;;
    *:open)
      joined_openings
      finding ok firewall "$who; apply opens ${joined:-nothing}"
      ;;
    *:keep)
      finding warn firewall "$who, and described is that it stays as it is" "What it does not let in, this role does not serve$from_then_on." \
        "See that it lets in what this host serves (its VIPs' ports; NFS: 2049/tcp, 111)"
      ;;
  esac
}

# By their units; ufw also by what it says of itself, for `ufw enable` does not start its unit.
find_running_firewalls() { # -> $running; $starting: those that the next boot starts
  local unit
  load_units
  for unit in firewalld ufw nftables netfilter-persistent iptables ip6tables; do
    # Debian's netfilter-persistent has the last two for names of its own.
    [[ ${unit_id[$unit.service]:-$unit.service} == "$unit.service" ]] || continue
    [[ $unit != ufw ]] || ufw_is_enabled || continue
    if unit_is_active "$unit.service" || { [[ $unit == ufw ]] && ufw_is_loaded; }; then
      running+=${running:+, }$unit
    elif unit_is_enabled "$unit.service"; then
      starting+=${starting:+, }$unit
    fi
  done
}

joined_openings() { # -> $joined
  local one
  joined=''
  for one in ${openings[@]+"${openings[@]}"}; do joined+=${joined:+, }$one; done
}

check_selinux() {
  local enforcing=0 name unknown=''
  [[ $selinux_policy ]] || return 0
  if [[ ! -r /sys/fs/selinux/enforce ]]; then
    finding ok selinux 'not on this host'
    return
  fi
  read -r enforcing </sys/fs/selinux/enforce || :
  if ((enforcing == 0)); then
    finding ok selinux 'permissive'
  elif [[ $selinux_policy == permissive ]]; then
    finding ok selinux 'enforcing; apply makes it permissive, as described'
  else
    for name in ${booleans[@]+"${booleans[@]}"}; do
      [[ -e /sys/fs/selinux/booleans/$name ]] || unknown+=" $name"
    done
    if [[ ${booleans[*]+x} ]] && ! command -v setsebool >/dev/null; then
      finding stop selinux "enforcing, and there is no setsebool to set ${booleans[*]}" "Without it a web server may not read an NFS share." "Install policycoreutils" # never empty
    elif [[ $unknown ]]; then
      finding warn selinux "enforcing, and its policy knows no$unknown" "What the role does may be denied." "Look for denials after the apply: ausearch -m avc -ts recent"
    else
      finding ok selinux "enforcing${booleans[*]:+; apply sets ${booleans[*]}}" # never empty
    fi
  fi
}

# Others that write the table, and other clusters of lvsgen.
check_others() {
  local unit dir others='' open='' line last file
  if [[ " $roles " == *' director '* ]]; then
    for unit in keepalived ldirectord; do
      # Where health checks are described, keepalived is lvsgen's own means.
      [[ ${unit_of[$unit.service]:-} != *' active' || ($unit == keepalived && $keepalived_file) ]] ||
        finding warn others "$unit is active" "It writes the same IPVS table; what one sets the other takes back." "Stop and disable $unit, or leave this host to it"
    done
    # (kubernetes/kube-proxy#6)
    [[ ! -e /sys/class/net/kube-ipvs0 ]] ||
      finding warn others "kube-ipvs0 is here: kube-proxy writes the same IPVS table" "It takes out services that it does not know." \
        "Name the virtual addresses in its ipvs.excludeCIDRs, or give it another mode; where it is gone, take off what it left: ip link del kube-ipvs0"
  fi
  ((EUID == 0)) || return 0
  for dir in /var/lib/lvsgen/*/*/; do
    [[ -d $dir ]] || continue
    dir=${dir%/} last=''
    [[ $dir == "/var/lib/lvsgen/$cluster/"* ]] || others+=" ${dir#/var/lib/lvsgen/}"
    for file in "$dir"/generations/[0-9][0-9][0-9][0-9]; do
      [[ -f $file ]] || continue
      last=$file
    done
    [[ $last ]] || continue
    line=$(tail -n 1 -- "$last")
    [[ $line == end* ]] || open+=" ${dir#/var/lib/lvsgen/}"
  done
  [[ -z $open ]] || finding warn state "an apply was interrupted:$open" "Its generation is open." "The next apply of that role finishes it; rollback undoes it"
  if [[ $others ]]; then
    finding warn state "lvsgen has put another cluster on this host:$others" "What both need stays until the last of them leaves. A kernel setting, an export or a mount point that they describe differently is refused (69); a service is as the last apply had it." "Describe such things alike in both; where one is over, uninstall it with that cluster's script"
  else
    finding ok state 'no other cluster of lvsgen is on this host'
  fi
}

# rc.local brings up again what alias files of lo do not: it has to be one that systemd runs.
check_rc_local() {
  local file
  for file in ${files[@]+"${files[@]}"}; do
    [[ $file == */rc.local ]] || continue
    if [[ ${unit_of[rc-local.service]:-} == *masked* ]]; then
      finding warn rc.local 'rc-local.service is masked' 'The virtual address on lo may be missing after a reboot.' 'systemctl unmask rc-local.service'
    elif [[ -e /etc/rc.local && ! /etc/rc.local -ef $file ]]; then
      finding warn rc.local "/etc/rc.local is not $file" 'systemd runs one of them.' "Make it a link again: ln -sfn ${file#/etc/} /etc/rc.local"
    elif [[ -e $file && ! -x $file ]]; then
      finding ok rc.local "$file is not executable; apply makes it so"
    else
      finding ok rc.local "$file"
    fi
  done
}
