#!/usr/bin/env bash
# What every guest has before a role is put on it: the tools of a minimal system, systemd as PID 1, and what the tests look with.
set -euo pipefail

apt-get update -q
apt-get install -y -q --no-install-recommends \
  systemd systemd-sysv iproute2 iputils-arping iputils-ping procps kmod curl diffutils ncurses-bin \
  util-linux mount strace apt-utils ca-certificates
