#!/usr/bin/env bash
# firewalld and nftables, off; ufw and iptables-persistent, which exclude each other, as packages for later.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

# The real one lies beside its stand-in, and what it needs is there.
apt-get install -y -q --no-install-recommends keepalived
systemctl disable keepalived.service

printf 'deb http://deb.debian.org/debian bookworm main\ndeb http://deb.debian.org/debian-security bookworm-security main\n' > /etc/apt/sources.list.d/debian.list
apt-get update -q
apt-get install -y -q --no-install-recommends firewalld nftables iptables ipset dbus python3 ucf
mkdir -p /debs
(cd /debs && apt-get download -q ufw iptables-persistent netfilter-persistent)
rm -rf /etc/apt/sources.list.d/debian.list /var/lib/apt/lists/* /build
apt-get clean
systemctl disable firewalld.service nftables.service
