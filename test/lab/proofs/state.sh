# What a host is, in sections that can be compared: "[name]" and sorted lines. Sourced by nobody, run as it is.
set -u
export LC_ALL=C

section() { printf '[%s]\n' "$1"; }

section addresses
ip -o addr show | sed -E 's/^[0-9]+: //; s/ (valid|preferred)_lft [^ ]+//g; s/ tentative//; s/\\//' | sort
section routes
{ ip -4 route show table all; ip -6 route show table all; ip rule; ip -6 rule; } | sed -E 's/ expires [0-9]+sec//' | sort
section sysctls
sysctl -ae 2>/dev/null | grep '^net\.' | grep -Ev 'stable_secret|nf_conntrack_(count|expect)' | sort
section table
[[ ! -e /proc/net/ip_vs ]] || tail -n +4 /proc/net/ip_vs
section timeouts
[[ ! -e /proc/net/ip_vs ]] || ipvsadm -L --timeout
section firewall
for table in filter nat mangle; do iptables-save -t "$table" 2>/dev/null | grep -v '^[#:]'; done
section mounts
findmnt -rno TARGET,SOURCE,FSTYPE | sort
section exports
exportfs -s 2>/dev/null | sort
section enabled
systemctl list-unit-files --no-legend --plain --no-pager --state=enabled,disabled,masked | awk '{ print $1, $2 }' | sort
section active
systemctl list-units --no-legend --plain --no-pager --state=active,failed --type=service,socket,mount,timer |
  awk '{ print $1, $3 }' | sort
section files
# Of a directory not the time and size, which tell only that something came and went.
find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp -o -path /root -o -path /var/tmp \
  -o -path /var/log -o -path /var/cache -o -path /var/lib/systemd -o -path /var/lib/nfs \) -prune \
  -o -type d -printf '%p %M %u:%g\n' -o -printf '%p %M %u:%g %s %TY-%Tm-%Td %TT %l\n' | sort
section contents
find /etc /opt /srv /var/www /usr/local -xdev -type f -exec sha256sum {} + | sort -k 2
