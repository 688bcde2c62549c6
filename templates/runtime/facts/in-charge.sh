# Which firewalls are this host's: what systemd says of their units, and what ufw says of itself.

unit_is_active() { # UNIT
  load_units
  [[ ${unit_of[$1]:-} == *' active' ]]
}

# The next boot starts it, whether it runs now or not.
unit_is_enabled() { # UNIT
  load_units
  [[ ${unit_of[$1]:-} == 'loaded enabled '* ]]
}

# Its unit loads nothing, and its commands change nothing that is in force, as long as this does not say so.
ufw_is_enabled() {
  local content pattern=$'\n'"[[:blank:]]*ENABLED=[\"']?(yes|YES)[\"']?[[:space:];]"
  read_text "$root/etc/ufw/ufw.conf" && [[ $'\n'$content$'\n' =~ $pattern ]]
}

# `ufw enable` loads its rules beside the unit, which is active from the next boot on. So it is asked for its chain, as ufw-init does.
ufw_is_loaded() {
  local code=0
  timeout 60 iptables -w -n -L ufw-user-input >/dev/null 2>&1 || code=$?
  # The lock of iptables is held all along: that is not to say that there is no such chain.
  ((code != 124)) || cannot_read 'the rules of the firewall' 'iptables -w -n -L ufw-user-input'
  return "$code"
}

# A word of firewalld.conf, which firewall-cmd writes as well.
firewalld_setting() { # KEY -> $setting, empty where it does not say
  local content='' line
  setting=''
  ! read_text /etc/firewalld/firewalld.conf || while IFS= read -r line; do
    [[ $line != "$1"=* ]] || setting=${line#*=}
  done <<<"$content"
}

# By its configuration; without a word there, iptables up to version 0.6 as EL7 has it.
firewalld_uses_iptables() {
  local setting version
  firewalld_setting FirewallBackend
  if [[ -z $setting ]]; then
    # The first of them needs no daemon.
    version=$(firewall-offline-cmd --version 2>/dev/null) || version=$(firewall-cmd --version 2>/dev/null) || return 1
    [[ $version != 0.[0-6].* ]] || setting=iptables
  fi
  [[ $setting == iptables ]]
}
