#!/usr/bin/env bash
# NetworkManager, netplan and systemd-networkd beside ifupdown; ifupdown2, which would replace that, as a package for later.
set -euo pipefail

printf 'deb http://deb.debian.org/debian bookworm main\ndeb http://deb.debian.org/debian-security bookworm-security main\n' > /etc/apt/sources.list.d/debian.list
apt-get update -q
DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends network-manager netplan.io ifupdown dbus python3
mkdir -p /debs
(cd /debs && apt-get download -q ifupdown2)
rm -rf /etc/apt/sources.list.d/debian.list /var/lib/apt/lists/* /etc/netplan/* /build
apt-get clean
systemctl disable NetworkManager.service NetworkManager-wait-online.service systemd-networkd.service systemd-networkd-wait-online.service >/dev/null 2>&1 || :
# There is no udev here and /sys is read-only: netplan's `udevadm trigger` has nothing to do.
ln -sf /bin/true /usr/bin/udevadm
