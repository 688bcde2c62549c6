import type { Platform } from "./platform.ts";

/** CentOS 7, RHEL 7 and their rebuilds: the system of the procedure that this project replaces. */
export const el7: Platform = {
  name: "el7",
  title: "CentOS 7 / RHEL 7",
  releases: ["centos:7*", "rhel:7*", "ol:7*", "scientific:7*"],
  packageManager: "yum",
  packages: {
    director: ["ipvsadm"],
    nfsServer: ["nfs-utils", "rpcbind"],
    nfsClient: ["nfs-utils", "rpcbind"],
  },
  units: {
    ipvsadm: "ipvsadm.service",
    nfsServer: ["rpcbind.service", "nfs-server.service"],
    nfsClient: ["rpcbind.service"],
    firewalls: ["firewalld.service"],
  },
  paths: {
    ipvsRules: "/etc/sysconfig/ipvsadm",
    // /etc/rc.local is a symbolic link to it (initscripts).
    rcLocal: "/etc/rc.d/rc.local",
    selinuxConfig: "/etc/selinux/config",
  },
  ipvsSettings: [],
  // rpcbind, and mountd where nfs-utils of EL7 pins it (rpc.mountd(8), /etc/services: mountd 20048).
  nfsPorts: ["111/tcp", "111/udp", "20048/tcp", "20048/udp"],
  nfsBooleans: ["httpd_use_nfs"],
  network: { default: "ifcfg", possible: ["ifcfg"] },
  limits: { kernel: [3, 10], ipvsadm: [1, 27] },
};
