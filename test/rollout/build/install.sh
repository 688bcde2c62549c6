#!/usr/bin/env bash
# OpenSSH's server, which is started for each connection, and a service that the tests break and mend.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

printf 'deb http://deb.debian.org/debian bookworm main\ndeb http://deb.debian.org/debian-security bookworm-security main\n' >/etc/apt/sources.list.d/debian.list
apt-get update -q
apt-get install -y -q --no-install-recommends openssh-server
rm -rf /etc/apt/sources.list.d/debian.list /var/lib/apt/lists/* /build
apt-get clean
systemctl disable ssh.service
install -d -m 0700 /root/.ssh
cat >/etc/systemd/system/site.service <<'END'
[Unit]
Description=What a real server serves, in the tests

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/bin/test ! -e /etc/site-is-broken

[Install]
WantedBy=multi-user.target
END
