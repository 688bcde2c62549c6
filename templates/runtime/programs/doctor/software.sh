# ---- packages: there, or to be had; and what else keeps the package manager from working -------------------

# Only root may ask yum or dnf, which changes nothing by it.
can_resolve() {
  [[ $package_manager == apt ]] || ((EUID == 0))
}

check_packages() {
  local folder
  local -a missing=()
  ((${#packages[@]})) || return 0
  missing_packages
  if ((${#missing[@]} == 0)); then
    finding ok packages "installed: ${packages[*]}" # never empty
    return
  fi
  find_carried
  failure="not installed: ${missing[*]}" # never empty
  case $package_source:${carried:+folder} in
    installed:*)
      finding stop packages "$failure" "The description says that packages are installed beforehand (packages.source is 'installed')." "Install them"
      ;;
    *:folder)
      folder=$carried
      if ! secure_carried || ! check_carried || { can_resolve && ! resolve_carried "${missing[@]}"; }; then # never empty
        drop_scratch
        finding_failure stop packages "Packages come from the carried folder alone, and not one is installed while it is wrong."
      else
        finding ok packages "to be installed from $folder, whose sums are right: ${missing[*]}" # never empty
        can_resolve || finding skip packages "whether they need more than the folder has: only root may ask $package_manager" '' "sudo bash $script"
      fi
      drop_scratch
      ;;
    carried:)
      ways_out
      finding_failure stop packages "The description says that packages are carried along; there is no folder packages/$platform/$architecture here."
      ;;
    repository:) check_repositories "${missing[@]}" ;; # never empty
  esac
}

# A package manager at work, or one that was interrupted.
check_package_manager() {
  local file update='' holder=''
  for file in /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock /var/lib/rpm/.rpm.lock; do
    record_lock_holder "$file"
    [[ -z $holder ]] ||
      finding warn lock "the package manager is at work: $holder" "It has the lock that an installation needs." "Let it end first; an automatic upgrade may take minutes"
  done
  [[ $package_manager == apt ]] || return 0
  for file in /var/lib/dpkg/updates/*; do
    [[ ! -e $file ]] || update=1
  done
  [[ -z $update && -z $(dpkg --audit 2>/dev/null) ]] ||
    finding warn lock 'a transaction of dpkg was interrupted' 'Packages are half installed.' 'Apply repairs it when it installs packages; by hand: dpkg --configure -a'
}

# Another run of the scripts; asked without taking the lock, not even to try.
check_lock() {
  local holder=''
  [[ ! -e $lock_file ]] || lock_holder
  [[ -z $holder ]] ||
    finding warn lock "another run of lvsgen is at work: $holder" "One at a time changes a host; the next ends with 75." "Let it end, or use --wait SECONDS"
}

# Whoever has a record lock on the file, by the kernel's list of them, which names no other kind's holder for sure.
record_lock_holder() { # FILE -> $holder
  local _ inode pid place name=''
  holder=''
  [[ -e $1 && -r /proc/locks ]] || return 0
  inode=$(stat -c %i -- "$1")
  while read -r _ _ _ _ pid place _; do
    [[ ${place##*:} == "$inode" ]] || continue
    if [[ -r /proc/$pid/comm ]]; then read -r name <"/proc/$pid/comm" || :; fi
    holder="process $pid${name:+ ($name)}"
  done </proc/locks
}

# A unit that someone masked is off on purpose: apply does not turn it on.
check_units() {
  local name masked='' load file active
  ((${#wanted_units[@]})) || return 0
  [[ -d /run/systemd/system ]] || return 0
  load_units
  for name in "${wanted_units[@]}"; do # never empty
    read -r load file active <<<"${unit_of[$name]:-not-found none inactive}"
    [[ $file != masked* && $load != masked ]] || masked+=" $name"
  done
  if [[ $masked ]]; then
    finding stop units "masked:$masked" "Someone keeps them off on purpose; apply does not overrule that." "If that is over: systemctl unmask$masked"
  else
    finding ok units "none is masked: ${wanted_units[*]}" # never empty
  fi
}
