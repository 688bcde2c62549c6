#!/usr/bin/env bash
set -euo pipefail

printf 'deb http://deb.debian.org/debian bookworm main\ndeb http://deb.debian.org/debian-security bookworm-security main\n' > /etc/apt/sources.list.d/debian.list
apt-get update -q
DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends ansible-core
rm -rf /etc/apt/sources.list.d/debian.list /var/lib/apt/lists/* /build
apt-get clean
