# ---- filtering: the rules of ufw, in force while its unit is not active ---------------------------------------------------
#
# What `ufw disable` and `ufw enable` run, and its unit; its files stay as they are.

find_ufw_init() { # -> $ufw_init
  for ufw_init in /lib/ufw/ufw-init /usr/lib/ufw/ufw-init /usr/libexec/ufw/ufw-init; do
    [[ ! -x $ufw_init ]] || return 0
  done
  failure='the rules of ufw are in force, and there is no ufw-init that takes them away; is the package ufw whole?'
  return 1
}

# It loads nothing that ufw.conf does not turn on.
filtering_record() { # TOOL
  record=$have
  [[ $1 != ufw || $have != on ]] || ufw_is_enabled || {
    failure="the rules of ufw are in force, though /etc/ufw/ufw.conf does not say ENABLED=yes: they would not come back by a rollback"
    failure+=$'\n'"Let ufw be what it is meant to be, and run this again: ufw disable, or ufw enable."
    return 1
  }
}

ufw_set_loaded() { # on|off
  local ufw_init
  find_ufw_init || return 1
  if [[ $1 == off ]]; then run "$ufw_init" force-stop; else run "$ufw_init" start; fi
}
