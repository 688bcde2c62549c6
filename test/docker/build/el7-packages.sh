#!/usr/bin/env bash
# What the EL7 look-alike is made with: Debian's rpm and dnf, and the programs that its packages will carry.
set -euo pipefail

apt-get install -y -q --no-install-recommends rpm dnf createrepo-c apache2-bin nfs-kernel-server nfs-common rpcbind ipvsadm gawk
