import type { Platform } from "./platform.ts";

/**
 * What EL7 and its successors have in common, openEuler and Kylin (which descends from openEuler 20.03) included. The successors have
 * dnf to install, NetworkManager to configure interfaces, and no rc.local that is run.
 */
export const enterprise = {
  packageManager: "dnf",
  packages: {
    director: ["ipvsadm"],
    keepalived: ["keepalived"],
    nfsServer: ["nfs-utils", "rpcbind"],
    nfsClient: ["nfs-utils", "rpcbind"],
  },
  units: {
    // Restores /etc/sysconfig/ipvsadm (openeuler-mirror/ipvsadm:ipvsadm.service; EL's is the same).
    ipvsadm: "ipvsadm.service",
    nfsServer: ["rpcbind.service", "nfs-server.service"],
    nfsClient: ["rpcbind.service"],
    // The last two are of the package iptables-services.
    firewalls: ["firewalld.service", "nftables.service", "iptables.service", "ip6tables.service"],
    ruleLoaders: [],
  },
  paths: {
    ipvsRules: "/etc/sysconfig/ipvsadm",
    // There, but not executable (openeuler-mirror/systemd:systemd.spec installs it 0644): a unit of lvsgen's own does it.
    rcLocal: null,
    selinuxConfig: "/etc/selinux/config",
    // That of EPEL's and openEuler's unit, and of node_exporter's own example (examples/systemd).
    textfiles: "/var/lib/node_exporter/textfile_collector",
  },
  // initscripts, selinux-policy and filesystem ship them.
  links: {
    "/etc/rc.local": "/etc/rc.d/rc.local",
    "/etc/sysconfig/selinux": "/etc/selinux/config",
    "/var/run": "/run",
  },
  savesTable: true,
  verifiesSshSignatures: true,
  verifier: "openssh",
  keepalivedOptions: { path: "/etc/sysconfig/keepalived", key: "KEEPALIVED_OPTIONS" },
  ipvsSettings: [],
  // rpcbind, and mountd where nfs-utils pins it (rpc.mountd(8), /etc/services: mountd 20048).
  nfsPorts: ["111/tcp", "111/udp", "20048/tcp", "20048/udp"],
  nfsBooleans: ["httpd_use_nfs"],
} as const satisfies Partial<Platform>;
