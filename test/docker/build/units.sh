#!/usr/bin/env bash
# Units that a container cannot run are masked; what stands in for the kernel is started first thing at boot. What boots and programs wait for
# without need goes.
set -euo pipefail

masked=(
  dev-hugepages.mount dev-mqueue.mount sys-fs-fuse-connections.mount sys-kernel-config.mount sys-kernel-debug.mount
  sys-kernel-tracing.mount proc-sys-fs-binfmt_misc.automount proc-fs-nfsd.mount run-rpc_pipefs.mount
  systemd-udevd.service systemd-udev-trigger.service systemd-logind.service systemd-remount-fs.service
  systemd-machine-id-commit.service systemd-timesyncd.service systemd-pstore.service
  getty.target console-getty.service
)

# What a boot and every `systemctl daemon-reload` starts and that finds nothing to do here: most of what these cost.
masked+=(
  modprobe@.service systemd-sysusers.service systemd-update-utmp.service systemd-update-utmp-runlevel.service
  e2scrub_reap.service e2scrub_all.timer fstrim.timer apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer
)
generators=(cryptsetup debug getty gpt-auto hibernate-resume integritysetup run system-update veritysetup)
mkdir -p /etc/systemd/system-generators
for generator in "${generators[@]}"; do ln -s /dev/null "/etc/systemd/system-generators/systemd-$generator-generator"; done

# Units of an initial RAM disk, of disks with a password, of terminals and of a first boot: here nobody starts them, and every daemon-reload, of
# which an apply has several, reads each that some other names. The cleaning of old files would be a service that runs between two snapshots.
absent=(
  'initrd*' 'cryptsetup*' 'cryptdisks*' 'remote-cryptsetup*' 'veritysetup*' 'remote-veritysetup*' 'integritysetup*' 'getty-*' 'getty@*'
  'kmod-static-nodes*' 'systemd-ask-password*' 'systemd-binfmt*' 'systemd-firstboot*' 'systemd-initctl*' 'systemd-pcrphase*' 'systemd-random-seed*'
  'systemd-repart*' 'systemd-sysext*' 'systemd-tmpfiles-clean.timer' 'systemd-volatile-root*' syslog.socket
)
for pattern in "${absent[@]}"; do find /lib/systemd/system -depth -name "$pattern" -exec rm -r {} +; done
for unit in "${masked[@]}"; do ln -sf /dev/null "/etc/systemd/system/$unit"; done

bash "$(dirname "$0")/loader.sh" "$(readlink -f /lib64/ld-linux-x86-64.so.2)"

# Only net.* is a container's own; the rest would change the machine the tests run on.
rm -f /usr/lib/sysctl.d/50-pid-max.conf /usr/lib/sysctl.d/99-protect-links.conf

cat > /usr/lib/systemd/system/guest.service <<'UNIT'
[Unit]
Description=Network card, kernel modules and files that the test gives this guest
DefaultDependencies=no
After=local-fs.target
Before=sysinit.target systemd-modules-load.service systemd-sysctl.service network-pre.target
# Firewalls come before network-pre.target as well, and outside the default order: a real machine has its cards and settings before any unit.
Before=ufw.service nftables.service firewalld.service netfilter-persistent.service
Wants=network-pre.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/lib/guest/boot
[Install]
WantedBy=sysinit.target
UNIT
mkdir -p /usr/lib/systemd/system/sysinit.target.wants /usr/lib/systemd/system/systemd-modules-load.service.d
ln -s ../guest.service /usr/lib/systemd/system/sysinit.target.wants/guest.service

# The kernel here loads no modules: the unit asks the stand-in.
cat > /usr/lib/systemd/system/systemd-modules-load.service.d/stand-in.conf <<'UNIT'
[Unit]
ConditionCapability=
[Service]
ExecStart=
ExecStart=/usr/lib/stand-in/modules-load
UNIT

for tool in modprobe rmmod lsmod modinfo; do
  rm -f "/usr/sbin/$tool" "/usr/bin/$tool" "/sbin/$tool" "/bin/$tool"
  ln -s /usr/lib/stand-in/modprobe "/usr/sbin/$tool"
done

# What stands in for NFS shows in the mount table as an overlay, and is mounted again as what it was.
ln -s /usr/lib/stand-in/mount.nfs /usr/sbin/mount.overlay

cat > /usr/lib/systemd/system/guest-up.service <<'UNIT'
[Unit]
Description=Tells the test that the boot is over
# networking.service stands outside the default order, so that the target does not wait for it.
After=multi-user.target network.target networking.service
DefaultDependencies=no
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/touch /run/guest/up
UNIT
mkdir -p /usr/lib/systemd/system/multi-user.target.wants
ln -s ../guest-up.service /usr/lib/systemd/system/multi-user.target.wants/guest-up.service
ln -sf multi-user.target /usr/lib/systemd/system/default.target
