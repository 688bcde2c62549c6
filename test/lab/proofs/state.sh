# What a host is, in sections that can be compared: "[name]" and sorted lines. Sourced by nobody, run as it is.
set -u
export LC_ALL=C

section() { printf '[%s]\n' "$1"; }

# Duplicate address detection takes a second after boot.
for _ in {1..50}; do
  [[ $(ip -6 -o addr show tentative) ]] || break
  sleep 0.1
done

section addresses
ip -o addr show | sed -E 's/^[0-9]+: //; s/ (valid|preferred)_lft [^ ]+//g; s/\\//' | sort
section routes
{ ip -4 route show table all; ip -6 route show table all; ip rule; ip -6 rule; } | sed -E 's/ expires [0-9]+sec//' | sort
section sysctls
sysctl -ae 2>/dev/null | grep '^net\.' | grep -Ev 'stable_secret|nf_conntrack_(count|expect)' | sort
section table
[[ ! -e /proc/net/ip_vs ]] || tail -n +4 /proc/net/ip_vs
section timeouts
[[ ! -e /proc/net/ip_vs ]] || ipvsadm -L --timeout
section firewall
# Of the tables that are there: asking for one would load its module.
for family in ip ip6; do
  # A table that came with a module, and has no rule, is none that anyone has made.
  [[ ! -e /proc/net/${family}_tables_names ]] || "${family}tables-save" | awk '/^[*]/ { table = substr($0, 2) } /^-/ { print table, $0 }'
done
section mounts
findmnt -rno TARGET,SOURCE,FSTYPE | sort
section exports
exportfs -s 2>/dev/null | sort
section enabled
# The links that enabling makes. systemctl list-unit-files says the same in 4 s.
find /etc/systemd/system /etc/rc?.d -type l -printf '%p -> %l\n' | sort
section active
systemctl list-units --no-legend --plain --no-pager --state=active,failed --type=service,socket,mount,timer |
  awk '{ print $1, $3 }' | sort
section files
# Not the time of links, nor time and size of directories, which tell only that something came and went.
find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp -o -path /root -o -path /var/tmp \
  -o -path /var/log -o -path /var/cache -o -path /var/lib/systemd -o -path /var/lib/nfs \) -prune \
  -o -type d -printf '%p %M %U:%G\n' -o -type l -printf '%p %U:%G -> %l\n' -o -printf '%p %M %U:%G %s %T@\n' | sort
section contents
find /etc /opt /srv /var/www /usr/local -xdev -type f -exec sha256sum {} + | sort -k 2
