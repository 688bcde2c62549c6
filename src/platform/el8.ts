import { enterprise } from "./enterprise.ts";
import { keepalived215 } from "./keepalived.ts";
import type { Platform } from "./platform.ts";

/** RHEL 8 and its rebuilds. */
export const el8: Platform = {
  ...enterprise,
  name: "el8",
  title: "RHEL 8 and its rebuilds",
  releases: ["rhel:8*", "centos:8*", "rocky:8*", "almalinux:8*", "ol:8*"],
  // OpenSSH 8.0p1.
  verifiesSshSignatures: false,
  verifier: "openssl",
  // NetworkManager 1.14 to 1.40, whose ifcfg-rh reader takes alias files; network-scripts is an extra package, deprecated
  // (initscripts.spec: "Mark network-scripts as deprecated").
  network: { default: "networkmanager", possible: ["networkmanager", "ifcfg"] },
  keepalived: keepalived215,
  limits: {
    kernel: [4, 18],
    // ipvsadm-1.31-1.el8
    ipvsadm: [1, 31],
    // twos is younger than the kernel (5.12).
    missingSchedulers: ["twos"],
    sctpServices: true,
    // GUE is in mainline since 5.2, GRE since 5.3 (IPVS_DEST_ATTR_TUN_TYPE, linux/ip_vs.h).
    tunnelTypes: ["ipip"],
    mixedFamilies: true,
    printsTunnelType: true,
  },
};
