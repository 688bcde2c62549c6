import { enterprise } from "./enterprise.ts";
import { keepalived135 } from "./keepalived.ts";
import type { Platform } from "./platform.ts";

/** CentOS 7, RHEL 7 and their rebuilds: the system of the procedure that this project replaces. */
export const el7: Platform = {
  name: "el7",
  title: "CentOS 7 / RHEL 7",
  releases: ["centos:7*", "rhel:7*", "ol:7*", "scientific:7*"],
  ...enterprise,
  // OpenSSH 7.4p1.
  verifiesSshSignatures: false,
  verifier: "openssl",
  packageManager: "yum",
  // nftables is there since 7.6, and rc.local is still run.
  paths: { ...enterprise.paths, rcLocal: "/etc/rc.d/rc.local" },
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
