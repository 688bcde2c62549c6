# ---- the system: release, bash, systemd, tools, kernel, clock ------------------------------------------

check_system() { # fails where the rest would ask the wrong system
  read_release /etc/os-release /usr/lib/os-release
  if is_release "$platform_releases"; then
    finding ok system "$release_name, as described ($platform)"
    return 0
  fi
  finding stop system "this is $release_name ($release_id:$release_version), described is $platform" \
    "Names of packages, units and paths are those of another system; the scripts end with 78." \
    "Mend the platform of $host in the description and build again; --force-platform tries it as it is"
  return 1
}

check_root() {
  ((EUID == 0)) && return 0
  finding skip root "not root: who has the virtual addresses, what lvsgen left here and what stands in the way is not looked at" '' "sudo bash $script"
}

# Who can change these scripts, or put a folder of packages beside them, decides what root runs here.
check_place() {
  local directory=. untrusted
  [[ $script_path != */* ]] || directory=${script_path%/*}
  directory=$(cd -- "${directory:-/}" && pwd -P) || return 0
  if is_trusted_place "$directory" "${script_path##*/}"; then
    finding ok place "only root and who runs this can change what is in $directory"
  else
    finding warn place "another user could have changed what is in $directory" "Root runs the scripts there, and installs packages from there:$untrusted" \
      "As root, copy the folder to where only root can write, such as /root, and compare: sha256sum -c SHA256SUMS"
  fi
}

check_programs() {
  local name absent=''
  local -a basic=(awk cat chmod chown cp cut dd df flock grep ip mkdir modprobe mount mv readlink rm rmdir sed sha256sum sort ss
    stat sync systemctl timeout umount)
  for name in "${basic[@]}"; do # never empty
    command -v "$name" >/dev/null || absent+=" $name"
  done
  if [[ $absent ]]; then
    finding stop programs "not on this host:$absent" "The scripts need what a minimal system has: coreutils, util-linux, procps, kmod, grep, sed, awk, iproute2, systemd." \
      "Install the packages that these belong to"
  else
    finding ok programs "bash ${BASH_VERSION%%(*}, and what a minimal system has"
  fi
  for name in ${tools[@]+"${tools[@]}"}; do
    command -v "$name" >/dev/null ||
      finding stop programs "$name is not on this host" "client-test.sh asks the services with it and ends with 69." "Install the package $name"
  done
}

check_systemd() {
  local word version=unknown
  if [[ ! -d /run/systemd/system ]]; then
    finding stop systemd "systemd does not run here" "Units are to be enabled and started." "Run the scripts on the host itself, not in a chroot or a plain container (--root writes files into an image)"
    return
  fi
  read -r word version _ < <(systemctl --version 2>/dev/null || :) || :
  finding ok systemd "$word $version runs here"
}

# The kernel that runs has its modules on the disk, and is not older than what the compiler counted on.
check_kernel() {
  local newest wanted
  read -r kernel_release </proc/sys/kernel/osrelease
  wanted=$kernel_released
  if older "$kernel_release" "$wanted"; then
    finding warn kernel "Linux $kernel_release is older than $platform's own ($wanted)" "What the compiler let pass for $platform may not be in it." "Boot the distribution's own kernel"
  else
    finding ok kernel "Linux $kernel_release"
  fi
  newest=$(cd /lib/modules 2>/dev/null && printf '%s\n' * | sort -V | tail -n 1) || newest=''
  if [[ $newest && $newest != '*' && $newest != "$kernel_release" && -d /lib/modules/$kernel_release ]]; then
    finding warn reboot "kernel $newest is installed, $kernel_release runs" "After a reboot that one's modules count." "Reboot first, in a quiet hour, and ask again"
  fi
  if [[ -e /run/reboot-required || -e /var/run/reboot-required ]]; then
    finding warn reboot "the system asks for a reboot" "Some update is half in force until then." "Reboot first, in a quiet hour"
  fi
}

older() { # VERSION THAN, by major and minor
  local have=${1%%[!0-9.]*} than=$2 have_minor than_minor
  have_minor=${have#*.} have_minor=${have_minor%%.*} than_minor=${than#*.}
  have=${have%%.*} than=${than%%.*}
  [[ $have && $have_minor ]] || return 1
  ((have < than || (have == than && have_minor < than_minor)))
}

# A clock that is grossly wrong makes certificates and repositories invalid and logs useless.
check_time() {
  local now newest=0 file time state=''
  printf -v now '%(%s)T' -1
  for file in "$script_path" /usr/lib/os-release /var/lib/dpkg/status /var/lib/rpm; do
    [[ -e $file ]] || continue
    time=$(stat -L -c %Y -- "$file")
    ((time <= newest)) || newest=$time
  done
  if ((now + 86400 < newest)); then
    finding warn time "the clock says $(date '+%Y-%m-%d %H:%M'), which is before files of this host were written" \
      "Certificates and repositories seem invalid, and no log can be compared." "Set it: timedatectl set-time, or chronyd with a source that this site has"
    return
  fi
  if command -v chronyc >/dev/null && state=$(timeout 5 chronyc -n tracking 2>/dev/null); then
    case $state in *'Leap status     : Not synchronised'*) state=no ;; *) state=yes ;; esac
  else
    state=$(timeout 5 timedatectl status 2>/dev/null) || state=''
    case $state in *' synchronized: yes'*) state=yes ;; *' synchronized: no'*) state=no ;; *) state='' ;; esac
  fi
  case $state in
    yes) finding ok time 'the clock is synchronized' ;;
    no) finding warn time 'the clock is not synchronized' "Logs of directors and real servers cannot be compared." "Give chronyd or systemd-timesyncd a source that this site has" ;;
    *) finding skip time 'neither chronyc nor timedatectl says whether the clock is synchronized' ;;
  esac
}
