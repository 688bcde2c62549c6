# ---- packages: installed by the system's own package manager ---------------------------------------
#
# From a carried folder alone where there is one, else from the repositories that the host has configured; `$package_source`
# of the description narrows that down to one of them, or to none.

kind package kept stale=all

packages=() journaled_packages=() # what is described; what an undo would ask about, which is not installed for that

package_declare() { # NAME
  packages+=("$1")
  describe package "$1" installed
}

package_probe() { # NAME
  load_packages
  have=${package_of[$1]:-absent}
}

package_facts() { # NAME
  journaled_packages+=("$1")
}
