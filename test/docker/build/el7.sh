#!/usr/bin/env bash
# A look-alike of EL7 for the flow of its package manager, its paths and its units; not for its packages' contents.
# EL7's own bash is 4.2, its systemd 219: what they lack is the business of test/lint and of BASH42.
set -euo pipefail

readonly topdir=/build/rpm

bash /build/units.sh

# One small rpm of every package that a role or the base system names: files under el7/packages/NAME/root, header in NAME/package.
build_packages() {
  local directory name
  mkdir -p /repo "$topdir"
  for directory in /build/el7/packages/*/; do
    name=$(basename "$directory")
    build_package "$name" "$directory"
  done
  createrepo_c -q /repo
}

build_package() {
  local name=$1 directory=$2 root=$topdir/root-$1 path
  local version='' requires='' provides='' scripts='' directories='' links='' empty link
  # shellcheck source=/dev/null
  . "$directory/package"
  mkdir -p "$root"
  [[ ! -d $directory/root ]] || cp -a "$directory/root/." "$root/"
  for empty in $directories; do mkdir -p "$root/$empty"; done
  for link in $links; do
    mkdir -p "$(dirname "$root/${link%%=*}")"
    ln -s "${link#*=}" "$root/${link%%=*}"
  done
  {
    printf 'Name: %s\nVersion: %s\nRelease: %s\nSummary: stand-in\nLicense: none\nAutoReqProv: no\n' "$name" "${version%-*}" "${version#*-}"
    [[ -z $requires ]] || printf 'Requires: %s\n' "$requires"
    [[ -z $provides ]] || printf 'Provides: %s\n' "$provides"
    printf '%%description\nstand-in\n%%install\nmkdir -p %%{buildroot}\ncp -a %s/. %%{buildroot}/\n%s\n%%files\n' "$root" "$scripts"
    (cd "$root" && find . -mindepth 1 \( -type f -o -type l \) -printf '/%P\n') | while read -r path; do
      case $path in
        /etc/sysconfig/* | /etc/keepalived/* | /etc/httpd/conf/* | /etc/selinux/config) printf '%%config(noreplace) %s\n' "$path" ;;
        *) printf '%s\n' "$path" ;;
      esac
    done
    for empty in $directories; do printf '%%dir /%s\n' "$empty"; done
  } > "$topdir/$name.spec"
  rpmbuild -bb --quiet --nodebuginfo --target noarch --define "_topdir $topdir" --define "_rpmdir /repo" \
    --define '__spec_install_post %{nil}' --define '_build_id_links none' --define '_binaries_in_noarch_packages_terminate_build 0' "$topdir/$name.spec"
}

# Programs that Debian's packages brought go where EL7's packages put them, inside those packages.
harvest() {
  local packages=/build/el7/packages
  install -D /usr/sbin/ipvsadm "$packages/ipvsadm/root/usr/lib/stand-in-real/ipvsadm"
  install -D /usr/sbin/ipvsadm-save "$packages/ipvsadm/root/usr/sbin/ipvsadm-save"
  install -D /usr/sbin/ipvsadm-restore "$packages/ipvsadm/root/usr/sbin/ipvsadm-restore"
  install -D /usr/sbin/exportfs "$packages/nfs-utils/root/usr/sbin/exportfs"
  install -D /usr/sbin/showmount "$packages/nfs-utils/root/usr/sbin/showmount"
  install -D /usr/sbin/rpcbind "$packages/rpcbind/root/usr/sbin/rpcbind"
  install -D "$(command -v rpcinfo)" "$packages/rpcbind/root/usr/sbin/rpcinfo"
  install -D /usr/sbin/apache2 "$packages/httpd/root/usr/sbin/httpd"
  install -D -m 644 /build/nfs-server.service "$packages/nfs-utils/root/usr/lib/systemd/system/nfs-server.service"
  : > /build/empty
  install -D -m 644 /build/empty "$packages/nfs-utils/root/var/lib/nfs/etab"
  install -D -m 644 /build/empty "$packages/nfs-utils/root/var/lib/nfs/rmtab"
  mkdir -p "$packages/httpd/root/usr/lib64/httpd"
  cp -r /usr/lib/apache2/modules "$packages/httpd/root/usr/lib64/httpd/modules"
}

# What Debian has and EL7 has not, and the traces of the packages whose programs were harvested.
strip_debian() {
  rm -rf /etc/apache2 /etc/init.d /etc/rc?.d /etc/default /etc/ipvsadm.rules /etc/exports /etc/exports.d /etc/apt /var/lib/apt /var/lib/dpkg /etc/dpkg \
    /etc/nfs.conf* /etc/idmapd.conf /etc/network /etc/debian_version /usr/lib/apache2 /var/lib/nfs /var/www
  rm -f /lib/systemd/system/{nfs*,rpc*,apache*,auth-rpcgss*,proc-fs-nfsd*,var-lib-nfs*,run-rpc_pipefs*} /lib/systemd/system-generators/{nfs,rpc}*
  # Without init.d it has nothing to find, and would look for it at every daemon-reload.
  ln -s /dev/null /etc/systemd/system-generators/systemd-sysv-generator
  find /etc/systemd/system /lib/systemd/system -xtype l ! -lname /dev/null -delete
  rm -f /usr/sbin/{ipvsadm*,exportfs,rpc.*,mount.nfs*,umount.nfs*,showmount,rpcbind,rpcinfo,apache2*,nfs*,blkmapd,a2*,invoke-rc.d,update-rc.d,service} \
    /usr/bin/{apt*,dpkg*,deb-systemd*,rpcinfo,rpcgen} /sbin/{ipvsadm*,mount.nfs*,umount.nfs*,rpcbind}
}

# Python is dnf's alone here: a generated script that calls it must not find it.
hide_python() {
  local python
  python=$(readlink -f /usr/bin/python3)
  mkdir -p /usr/libexec/package-manager
  mv "$python" /usr/libexec/package-manager/python3
  rm -f /usr/bin/python3*
  sed -i '1s#.*#\#!/usr/libexec/package-manager/python3#' "$(readlink -f /usr/bin/dnf)"
  ln -sf dnf /usr/bin/yum
}

make_el7() {
  cp -a /build/el7/etc/. /etc/
  mkdir -p /etc/sysconfig/network-scripts /etc/rc.d /etc/yum.repos.d /etc/dnf
  chmod 644 /etc/rc.d/rc.local
  ln -sfn rc.d/rc.local /etc/rc.local
  ln -sfn ../sysctl.conf /etc/sysctl.d/99-sysctl.conf
  printf '[base]\nname=CentOS-7 - Base\nbaseurl=file:///repo/\nenabled=1\ngpgcheck=0\n' > /etc/yum.repos.d/CentOS-Base.repo
  printf '[main]\ngpgcheck=0\ninstallonly_limit=3\nclean_requirements_on_remove=True\nbest=False\nskip_if_unavailable=False\n' > /etc/dnf/dnf.conf
  ln -sf dnf/dnf.conf /etc/yum.conf
  # The base system, in rpm's own eyes.
  local -a base=(centos-release setup bash coreutils util-linux procps-ng kmod grep sed gawk iproute iputils systemd initscripts diffutils curl
    firewalld libselinux-utils policycoreutils ncurses)
  printf '%%_dbpath /var/lib/rpm\n' > /usr/lib/rpm/macros.d/macros.el7
  rpm --initdb
  yum -y -q --setopt=cachedir=/var/cache/dnf install "${base[@]}"
  systemctl enable firewalld.service network.service
  yum -q makecache
}

harvest
build_packages
strip_debian
hide_python
make_el7
rm -rf /build /etc/machine-id
: > /etc/machine-id
