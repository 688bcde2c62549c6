import { enterprise } from "./enterprise.ts";
import { keepalived224, keepalived228, keepalived2020 } from "./keepalived.ts";
import type { Limits, Platform } from "./platform.ts";

/** openeuler-mirror/kernel: arch/x86/configs/openeuler_defconfig has FO and OVF as modules, MH and TWOS not set. */
const limits = {
  // openeuler-mirror/ipvsadm:ipvsadm.spec
  ipvsadm: [1, 31],
  missingSchedulers: ["mh", "twos"],
  sctpServices: true,
  tunnelTypes: ["ipip", "gue", "gre"],
  mixedFamilies: true,
  printsTunnelType: true,
} as const satisfies Partial<Limits>;

/** openEuler 20.03 LTS. NetworkManager 1.26 reads keyfiles and ifcfg files. */
export const openeuler20: Platform = {
  ...enterprise,
  name: "openeuler20",
  title: "openEuler 20.03 LTS",
  releases: ["openEuler:20.03*"],
  network: { default: "networkmanager", possible: ["networkmanager", "ifcfg"] },
  keepalived: keepalived2020,
  limits: {
    ...limits,
    kernel: [4, 19],
    // twos is younger than the kernel (5.12).
    missingSchedulers: ["twos"],
    // GUE is in mainline since 5.2, GRE since 5.3 (IPVS_DEST_ATTR_TUN_TYPE, linux/ip_vs.h).
    tunnelTypes: ["ipip"],
  },
};

/** openEuler 22.03 LTS. NetworkManager 1.32 reads keyfiles and ifcfg files; network-scripts and networkd are extra packages. */
export const openeuler22: Platform = {
  ...enterprise,
  name: "openeuler22",
  title: "openEuler 22.03 LTS",
  releases: ["openEuler:22.03*"],
  network: { default: "networkmanager", possible: ["networkmanager", "ifcfg", "networkd"] },
  keepalived: keepalived224,
  limits: { ...limits, kernel: [5, 10] },
};

/** openEuler 24.03 LTS. */
export const openeuler24: Platform = {
  ...enterprise,
  name: "openeuler24",
  title: "openEuler 24.03 LTS",
  releases: ["openEuler:24.03*"],
  network: { default: "networkmanager", possible: ["networkmanager", "networkd"] },
  keepalived: keepalived228,
  limits: { ...limits, kernel: [6, 6] },
};
