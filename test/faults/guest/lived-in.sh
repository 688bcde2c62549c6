#!/usr/bin/env bash
# Makes of a fresh guest a host that people have lived on: what a script is about to describe stands there already, in part equal, in part
# different, with owners, modes, times and line ends that have to come back.  lived-in.sh director|realserver|nfs [ha]
set -euo pipefail
export LC_ALL=C

el7() { [[ -e /etc/redhat-release ]]; }
set_sysctl() { printf '%s\n' "$2" > "/proc/sys/$1"; }

packages() {
  if el7 && ! rpm --quiet -q httpd; then yum -y -q install ipvsadm nfs-utils rpcbind httpd > /dev/null; fi
}

director() {
  local rules=/etc/ipvsadm.rules
  modprobe ip_vs
  modprobe ip_vs_rr
  modprobe ip_vs_wlc
  ipvsadm -R << 'END'
-A -t 192.168.80.188:80 -s wlc -p 300
-a -t 192.168.80.188:80 -r 192.168.80.12:80 -g -w 5
-a -t 192.168.80.188:80 -r 192.168.80.99:80 -m -w 1
-A -u 192.168.80.5:53 -s rr
-a -u 192.168.80.5:53 -r 192.168.80.53:53 -m -w 2
END
  set_sysctl net/ipv4/ip_forward 1
  set_sysctl net/ipv4/conf/ens33/forwarding 0
  set_sysctl net/ipv4/conf/ens33/send_redirects 0
  set_sysctl net/ipv4/conf/ens33/accept_redirects 1
  set_sysctl net/ipv4/vs/expire_quiescent_template 1
  ip address add 192.168.80.188/24 brd 192.168.80.255 dev ens33 label ens33:0
  if el7; then
    rules=/etc/sysconfig/ipvsadm
    systemctl enable --now firewalld
  else
    printf '# by hand\nAUTO="false"\nDAEMON="none"\nAUTO=no' > /etc/default/ipvsadm
    systemctl disable -q ipvsadm.service
  fi
  printf '# kept\n-A -t 192.168.80.188:80 -s wlc\n' > "$rules"
  chown root:adm "$rules"
  chmod 0640 "$rules"
  touch -d '2021-03-04 05:06:07.123456789' "$rules"
  mkdir -p /etc/systemd/system/ipvsadm.service.d
  printf '[Unit]\nDocumentation=man:ipvsadm(8)\n' > /etc/systemd/system/ipvsadm.service.d/local.conf
}

# What is behind the director's card: real servers that answer. Of addresses that nobody has, an apply would wait for an answer for seconds.
segment() { # ADDRESS...
  local address
  ip netns add segment
  ip link set fabric0 netns segment
  for address; do ip -netns segment address add "$address/24" dev fabric0; done
  ip -netns segment link set fabric0 up
  systemd-run --quiet --unit=segment ip netns exec segment /root/faults/answer 53 80
}

# keepalived is there, and was never used.
ha() {
  segment 192.168.80.12 192.168.80.13 192.168.80.60 192.168.80.77
  if el7; then
    yum -y -q install keepalived
    printf '# by hand\nKEEPALIVED_OPTIONS=-D' > /etc/sysconfig/keepalived
  else
    apt-get -y -q install keepalived
    printf 'DAEMON_ARGS="--log-detail"\r\n' > /etc/default/keepalived
  fi > /dev/null
  mkdir -p /etc/systemd/system/keepalived.service.d
  printf '[Unit]\nDocumentation=man:keepalived(8)\n' > /etc/systemd/system/keepalived.service.d/local.conf
}

realserver() {
  local web=apache2
  set_sysctl net/ipv4/conf/all/arp_announce 1
  set_sysctl net/ipv4/conf/lo/arp_ignore 1
  ip address add 192.168.80.188/8 brd 192.255.255.255 dev lo label lo:7
  printf '# no line end at the end\nproc /proc proc defaults 0 0' > /etc/fstab
  chmod 0640 /etc/fstab
  touch -d '2020-01-01 00:00:00.5' /etc/fstab
  mkdir -p /var/www/html /opt/.guest-work/shares/192.168.80.13__opt_kgc/lower
  printf 'local\n' > /var/www/html/index.html
  printf 'on the share, no line end' > /opt/.guest-work/shares/192.168.80.13__opt_kgc/lower/index.html
  chown 33:33 /opt/.guest-work/shares/192.168.80.13__opt_kgc/lower/index.html
  # Another share, mounted as someone wanted it.
  mkdir -p /opt/.guest-work/shares/192.168.80.99__srv_old/lower
  printf 'old\n' > /opt/.guest-work/shares/192.168.80.99__srv_old/lower/old.html
  # (The page that a check asks for: where no script mounts its own share there, this one serves.)
  printf 'old\n' > /opt/.guest-work/shares/192.168.80.99__srv_old/lower/index.html
  mount -t nfs -o ro,nosuid,noatime 192.168.80.99:/srv/old /var/www/html
  if el7; then
    web=httpd
    printf '#!/bin/sh\ntouch /var/lock/subsys/local\r\n\nexit 0\n# never run' > /etc/rc.d/rc.local
    chmod 0644 /etc/rc.d/rc.local
    touch -d '2019-09-09 09:09:09' /etc/rc.d/rc.local
  fi
  systemctl disable -q --now "$web"
}

nfs() {
  mkdir -p /opt/kgc /srv/other
  chmod 2750 /opt/kgc
  chown 33:adm /opt/kgc
  printf '/srv/other 10.0.0.0/8(ro)\n' > /etc/exports
  # As after the installation, when no boot has started it yet.
  if el7; then systemctl stop rpcbind.service rpcbind.socket; fi
  # A server that does not run exports nothing, and its start forgets what files do not say.
  systemctl -q is-active nfs-server || return 0
  exportfs -o ro,insecure 192.168.80.0/24:/opt/kgc
  exportfs -o ro 10.0.0.0/8:/srv/other
}

# What Debian's own would make of a service's SysV script, without loading all units twice more: that is most of an enable, and here it
# would be done thousands of times.
sysv_install() {
  el7 || cat > /lib/systemd/systemd-sysv-install << 'END'
#!/bin/bash
case $1 in
  enable) rm -f /etc/rc[2-5].d/K??"$2" && for level in 2 3 4 5; do ln -sf "../init.d/$2" "/etc/rc$level.d/S01$2"; done ;;
  disable) rm -f /etc/rc[2-5].d/S??"$2" && for level in 2 3 4 5; do ln -sf "../init.d/$2" "/etc/rc$level.d/K01$2"; done ;;
  is-enabled) compgen -G "/etc/rc[2-5].d/S??$2" > /dev/null ;;
esac
END
}

packages
sysv_install
"$1"
[[ ! ${2:-} ]] || "$2"
systemctl daemon-reload
