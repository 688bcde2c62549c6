#!/usr/bin/env bash
# The role packages as a repository inside the image, so that an apply installs packages for real and without a network.
# ipvsadm is repacked: this kernel-less place gets the stand-in (the real program stays beside it, for kernels with IPVS).
set -euo pipefail

readonly packages=(ipvsadm nfs-kernel-server nfs-common rpcbind apache2 nftables iptables keepalived)

apt-get install -y -q --no-install-recommends ifupdown
mkdir -p /repo/partial
for package in "${packages[@]}"; do
  apt-get install -y -q --no-install-recommends --download-only -o Dir::Cache::archives=/repo "$package"
done
rm -rf /repo/partial /repo/lock

cd /repo
dpkg-deb -R ipvsadm_*.deb /build/ipvsadm
rm ipvsadm_*.deb
mkdir -p /build/ipvsadm/usr/lib/stand-in-real
mv /build/ipvsadm/sbin/ipvsadm /build/ipvsadm/usr/lib/stand-in-real/ipvsadm
ln -s /usr/lib/stand-in/ipvsadm /build/ipvsadm/sbin/ipvsadm
dpkg-deb -b /build/ipvsadm /repo >/dev/null

# mount.nfs cannot work without an NFS client in the kernel, nor nfs-server without the kernel's server: the unit keeps its name,
# its ordering and its exports.
dpkg-deb -R nfs-common_*.deb /build/nfs-common
rm nfs-common_*.deb
ln -sf /usr/lib/stand-in/mount.nfs /build/nfs-common/sbin/mount.nfs
ln -sf /usr/lib/stand-in/mount.nfs /build/nfs-common/sbin/mount.nfs4
dpkg-deb -b /build/nfs-common /repo >/dev/null
dpkg-deb -R nfs-kernel-server_*.deb /build/nfs-kernel-server
rm nfs-kernel-server_*.deb
cp /build/nfs-server.service /build/nfs-kernel-server/lib/systemd/system/nfs-server.service
dpkg-deb -b /build/nfs-kernel-server /repo >/dev/null

# Without IPVS in the kernel keepalived ends: the stand-in takes its place, and asks the real one about files.
dpkg-deb -R keepalived_*.deb /build/keepalived
rm keepalived_*.deb
mkdir -p /build/keepalived/usr/lib/stand-in-real
mv /build/keepalived/usr/sbin/keepalived /build/keepalived/usr/lib/stand-in-real/keepalived
ln -s /usr/lib/stand-in/keepalived /build/keepalived/usr/sbin/keepalived
dpkg-deb -b /build/keepalived /repo >/dev/null

apt-ftparchive packages . > Packages
apt-get purge -y -q apt-utils
rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/* /var/lib/apt/lists/*
printf 'deb [trusted=yes] file:/repo ./\n' > /etc/apt/sources.list
apt-get update -q
