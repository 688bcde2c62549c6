import { enterprise } from "./enterprise.ts";
import { keepalived2020 } from "./keepalived.ts";
import type { Platform } from "./platform.ts";

/** Kylin Linux Advanced Server V10 (Tercel, Sword, Lance, Halberd), which descends from openEuler 20.03. */
export const kylin10: Platform = {
  ...enterprise,
  name: "kylin10",
  title: "Kylin Linux Advanced Server V10",
  // Every service pack says VERSION_ID="V10"; some builds append theirs ("V10-SP1-2403"). The desktop edition says "v10".
  releases: ["kylin:V10*"],
  // openEuler 20.03: NetworkManager 1.26 (openeuler-mirror/NetworkManager), with its reader of ifcfg files.
  network: { default: "networkmanager", possible: ["networkmanager", "ifcfg"] },
  keepalived: keepalived2020,
  limits: {
    kernel: [4, 19],
    // openEuler 20.03 has 1.31.
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
