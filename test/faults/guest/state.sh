#!/usr/bin/env bash
# The guest's state as text, quickly: what `snapshot` says, confined to what the scripts under test touch or could.
#   state.sh [own] [times]
# own: with what lvsgen keeps for itself; times: with modification times, which hold where everything is put back.
# Temporary files and units that systemd has not read again always show.
set -uo pipefail
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin

own='' times=''
for word; do
  case $word in own) own=1 ;; times) times=' %T@' ;; esac
done
trees=(/etc /opt /srv /usr/local /root /var/www)
[[ -z $own ]] || trees+=(/var/lib/lvsgen)

files() {
  find "${trees[@]}" -xdev \( -path /etc/machine-id -o -path /etc/resolv.conf -o -path /etc/hosts -o -path /etc/hostname -o -path /opt/.guest-work \
    -o -path /etc/.pwd.lock -o -path /etc/ld.so.cache \) -prune -o -type f -printf "file %m %u:%g$times %p\n" -o -type l -printf 'link %p -> %l\n' \
    -o -printf '%y %m %u:%g %p\n' 2>/dev/null | sort
  find "${trees[@]}" -xdev -type f -not -path '/opt/.guest-work/*' -not -path '/etc/ld.so.cache' -not -path '/var/lib/lvsgen/*/generations/*' \
    -print0 2>/dev/null | sort -z | xargs -0 -r sha256sum
  # What a journal says, but for when it was begun.
  [[ -z $own ]] || grep -rs '' /var/lib/lvsgen/*/*/generations | sed 's/ started=[0-9]*//'
}

addresses() { ip -o address show | sed -E 's/^[0-9]+: //; s/ +valid_lft.*//; s/\\ *$//; /fabric/d' | sort; }
routes() { { ip -4 route show table all; ip -6 route show table all; } | grep -v fabric | sort; }

sysctls() {
  local entry value
  for entry in /proc/sys/net/ipv4/*_forward /proc/sys/net/ipv4/conf/*/{forwarding,accept_redirects,send_redirects,arp_ignore,arp_announce,rp_filter} \
    /proc/sys/net/ipv6/conf/*/{forwarding,accept_ra} /proc/sys/net/ipv4/vs/*; do
    [[ $entry != *fabric* ]] || continue
    { read -r value < "$entry" || continue; } 2>/dev/null
    printf '%s = %s\n' "${entry#/proc/sys/}" "$value"
  done
}

modules() { local module; for module in /sys/module/*; do printf 'module %s\n' "${module##*/}"; done; }

# Never by running ipvsadm when nothing is loaded: that would load it.
table() {
  [[ -d /sys/module/ip_vs || -e /proc/net/ip_vs ]] || return 0
  ipvsadm -Sn
  ipvsadm -Ln --thresholds
}

# Whether var-www-html.mount is mounted, `mounts` says: systemd itself looks at that a few times a second at most.
units() {
  systemctl show --property=Id,ActiveState,UnitFileState,NeedDaemonReload -- apache2.service httpd.service nfs-server.service rpcbind.service rpcbind.socket \
    ipvsadm.service firewalld.service ufw.service nftables.service rc-local.service var-www-html.mount 2>/dev/null |
    sed '/^Id=var-www-html[.]mount$/,/^$/ { /^ActiveState=/d }'
}

# Its unit, and by which file it runs, where it tells.
keepalived() {
  local comm name
  systemctl show --property=Id,ActiveState,UnitFileState,NeedDaemonReload -- keepalived.service 2>/dev/null
  for comm in /proc/[0-9]*/comm; do
    { read -r name < "$comm"; } 2> /dev/null && [[ $name == lvsgen-???????? ]] && printf 'runs by %s\n' "$name"
  done
}

mounts() {
  awk '{ for (i = 7; $i != "-"; i++); if ($5 !~ /^\/(proc|sys|dev|run)(\/|$)/) print $5, $(i + 1), $(i + 2), $6 }' /proc/self/mountinfo | sort
  local target
  while read -r target; do find "$(printf %b "$target")" -xdev -type f -printf 'on-mount %m %p ' -exec sha256sum {} \; ; done < <(awk '/ - overlay [^ ]*:\// { print $5 }' /proc/self/mountinfo | sort)
}

# What the stand-in of an NFS server holds, mounted or not: the upper layer over the lower.
shares() {
  local share file
  for share in /opt/.guest-work/shares/*/; do
    [[ -d $share ]] || continue
    while read -r file; do
      [[ ! -f $share/upper/$file ]] || { printf 'share %s ' "$file" && stat -c "%a %u:%g${times:+ %.19y}" "$share/upper/$file" && sha256sum < "$share/upper/$file"; }
      [[ -e $share/upper/$file ]] || { printf 'share %s ' "$file" && stat -c "%a %u:%g${times:+ %.19y}" "$share/lower/$file" && sha256sum < "$share/lower/$file"; }
    done < <(cd "$share" && find lower upper -type f -printf '%P\n' 2>/dev/null | sort -u)
  done
}

exports() { [[ ! -s /var/lib/nfs/etab ]] || sort /var/lib/nfs/etab; }
selinux() { ! command -v getenforce >/dev/null || getenforce; }

for section in files addresses routes sysctls modules table units keepalived mounts shares exports selinux; do
  printf '== %s\n' "$section"
  "$section"
done
