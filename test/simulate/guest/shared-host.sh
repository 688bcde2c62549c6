#!/usr/bin/env bash
# Makes of a fresh guest a host that has something of others' in every file that clusters share, as somebody's editor left it.
set -euo pipefail
export LC_ALL=C

el7() { [[ -e /etc/redhat-release ]]; }

if el7; then
  rpm --quiet -q httpd || yum -y -q install ipvsadm nfs-utils rpcbind httpd > /dev/null
  rules=/etc/sysconfig/ipvsadm
  # What a site has set once stands in a file of its own from then on.
  setsebool -P httpd_use_nfs off
  printf '#!/bin/sh\ntouch /var/lock/subsys/local\n\nexit 0\n# never run' > /etc/rc.d/rc.local
else
  rules=/etc/ipvsadm.rules
fi
# No service of others' in it: lvsgen has the file loaded at boot, so that it would be live from the first boot on alone.
printf '# kept\n' > "$rules"
# What clusters describe as well stands there by a hand: --adopt takes it over.
printf '# no line end at the end\n192.168.80.9:/opt/hand /srv/mnt/x nfs rw,noauto 0 0\nproc /proc proc defaults 0 0' > /etc/fstab
printf '/srv/other 10.0.0.0/8(ro)\n/srv/share 192.168.80.0/24(ro)\n/srv/last 10.0.0.0/8(ro)' > /etc/exports
mkdir -p /srv/other /srv/share /srv/last
for file in "$rules" /etc/fstab /etc/exports; do touch -d '2021-03-04 05:06:07.123456789' "$file"; done
if el7; then web=httpd; else web=apache2; fi
systemctl disable -q --now "$web"
# As after the installation, when no boot has started it yet.
if el7; then systemctl stop rpcbind.service rpcbind.socket; fi
systemctl daemon-reload
