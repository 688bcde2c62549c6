# ---- what a network back end is asked before an apply, and what cannot be asked below --root ---------------------------

# Asked before anything changes, and nothing is written where it is not so.
backend_obstacle() { # NAME, with $state
  local have failure='' lacking
  backend_probe "$1"
  [[ $have != "$state" ]] || return 0
  backend_set "$1" "$state" || obstacle=$failure
}

# Below --root nothing can be asked of it, but whether it is there.
backend_tell() {
  [[ $root && ${described['block /etc/network/interfaces']:-} ]] || return 0
  [[ -e $root/sbin/ifup || -e $root/usr/sbin/ifup ]] ||
    complain "below $root there is no ifup (package ifupdown): until it is installed nobody reads /etc/network/interfaces, and the addresses do not come up"
}
