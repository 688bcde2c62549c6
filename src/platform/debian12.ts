import type { Platform } from "./platform.ts";

/** Debian 12 "bookworm". */
export const debian12: Platform = {
  name: "debian12",
  title: "Debian 12",
  releases: ["debian:12*"],
  packageManager: "apt",
  packages: {
    director: ["ipvsadm"],
    nfsServer: ["nfs-kernel-server", "rpcbind"],
    nfsClient: ["nfs-common", "rpcbind"],
  },
  units: {
    // A SysV init script, made a unit by systemd-sysv-generator(8).
    ipvsadm: "ipvsadm.service",
    nfsServer: ["rpcbind.service", "nfs-server.service"],
    nfsClient: ["rpcbind.service"],
    firewalls: ["ufw.service", "nftables.service", "firewalld.service"],
  },
  paths: {
    ipvsRules: "/etc/ipvsadm.rules",
    rcLocal: null,
    selinuxConfig: null,
  },
  // /etc/init.d/ipvsadm restores the rules only with AUTO="true".
  ipvsSettings: [{ path: "/etc/default/ipvsadm", key: "AUTO", value: '"true"' }],
  // mountd takes any free port unless /etc/nfs.conf says otherwise: version 4 needs 2049 alone.
  nfsPorts: ["111/tcp", "111/udp"],
  nfsBooleans: [],
  network: { default: "ifupdown", possible: ["ifupdown"] },
  limits: { kernel: [6, 1], ipvsadm: [1, 31] },
};
