#!/usr/bin/env bash
# Debian 12 as an installer leaves it: ifupdown brings the network up, packages come from the repository in the image.
set -euo pipefail

bash /build/units.sh
printf 'source /etc/network/interfaces.d/*\n\nauto lo\niface lo inet loopback\n' > /etc/network/interfaces
rm -rf /build /etc/machine-id
: > /etc/machine-id
