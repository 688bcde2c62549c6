import { enterprise } from "./enterprise.ts";
import { keepalived224 } from "./keepalived.ts";
import type { Platform } from "./platform.ts";

/** RHEL 9 and its rebuilds. */
export const el9: Platform = {
  ...enterprise,
  name: "el9",
  title: "RHEL 9 and its rebuilds",
  releases: ["rhel:9*", "centos:9*", "rocky:9*", "almalinux:9*", "ol:9*"],
  // No network-scripts any more. NetworkManager is 1.36 in 9.0, 1.40 in 9.1, 1.42 and newer from 9.2 on.
  network: { default: "networkmanager", possible: ["networkmanager"] },
  keepalived: keepalived224,
  limits: {
    kernel: [5, 14],
    ipvsadm: [1, 31],
    // Red Hat's redhat/configs/common/generic/CONFIG_IP_VS_TWOS: "is not set".
    missingSchedulers: ["twos"],
    sctpServices: true,
    tunnelTypes: ["ipip", "gue", "gre"],
    mixedFamilies: true,
    printsTunnelType: true,
  },
};
