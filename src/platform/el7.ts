import { keepalived135 } from "./keepalived.ts";
import type { Platform } from "./platform.ts";

/** CentOS 7, RHEL 7 and their rebuilds: the system of the procedure that this project replaces. */
export const el7: Platform = {
  name: "el7",
  title: "CentOS 7 / RHEL 7",
  releases: ["centos:7*", "rhel:7*", "ol:7*", "scientific:7*"],
  packageManager: "yum",
  packages: {
    director: ["ipvsadm"],
    keepalived: ["keepalived"],
    nfsServer: ["nfs-utils", "rpcbind"],
    nfsClient: ["nfs-utils", "rpcbind"],
  },
  units: {
    ipvsadm: "ipvsadm.service",
    nfsServer: ["rpcbind.service", "nfs-server.service"],
    nfsClient: ["rpcbind.service"],
    // nftables is there since 7.6; the last two are of the package iptables-services.
    firewalls: ["firewalld.service", "nftables.service", "iptables.service", "ip6tables.service"],
    ruleLoaders: [],
  },
  paths: {
    ipvsRules: "/etc/sysconfig/ipvsadm",
    rcLocal: "/etc/rc.d/rc.local",
    selinuxConfig: "/etc/selinux/config",
  },
  // initscripts, selinux-policy and filesystem ship them.
  links: {
    "/etc/rc.local": "/etc/rc.d/rc.local",
    "/etc/sysconfig/selinux": "/etc/selinux/config",
    "/var/run": "/run",
  },
  savesTable: true,
  keepalivedOptions: { path: "/etc/sysconfig/keepalived", key: "KEEPALIVED_OPTIONS" },
  ipvsSettings: [],
  // rpcbind, and mountd where nfs-utils of EL7 pins it (rpc.mountd(8), /etc/services: mountd 20048).
  nfsPorts: ["111/tcp", "111/udp", "20048/tcp", "20048/udp"],
  nfsBooleans: ["httpd_use_nfs"],
  network: { default: "ifcfg", possible: ["ifcfg", "networkmanager"] },
  keepalived: keepalived135,
  limits: {
    kernel: [3, 10],
    // ipvsadm-1.27-8.el7. Its help has neither --sctp-service nor --tun-type: `ipvsadm -A|E -t|u|f service-address`.
    ipvsadm: [1, 27],
    sctpServices: false,
    printsTunnelType: false,
    // In mainline since 3.18 (fo), 4.3 (ovf), 4.18 (mh) and 5.12 (twos): net/netfilter/ipvs/Kconfig.
    missingSchedulers: ["fo", "ovf", "mh", "twos"],
    // GUE is in mainline since 5.2, GRE since 5.3 (IPVS_DEST_ATTR_TUN_TYPE, linux/ip_vs.h).
    tunnelTypes: ["ipip"],
    // The family of a real server is in the kernel's interface since 3.18 (IPVS_DEST_ATTR_ADDR_FAMILY, linux/ip_vs.h).
    mixedFamilies: false,
  },
};
