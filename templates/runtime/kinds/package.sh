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

packages_unknown='' # 1 once the database has not answered

# A rollback tells what stays, and is not to end for that: what nobody can look for may well be there.
package_stays() { # NAME RECORD
  local have
  [[ -z $packages_unknown ]] || return 0
  if [[ -z ${loaded[package]:-} ]] && ! ask_packages; then
    packages_unknown=1
    log 'which packages are installed is not known: the package manager does not answer'
    return 0
  fi
  package_probe "$1"
  [[ $have != "$2" ]]
}

package_facts() { # NAME
  journaled_packages+=("$1")
}
