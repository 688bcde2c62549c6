import { debian } from "./debian.ts";
import { keepalived227 } from "./keepalived.ts";
import type { Platform } from "./platform.ts";

/** Debian 12 "bookworm". */
export const debian12: Platform = {
  ...debian,
  name: "debian12",
  title: "Debian 12",
  releases: ["debian:12*"],
  // The installer's is ifupdown; cloud images come with netplan.
  network: { default: "ifupdown", possible: ["ifupdown", "networkmanager", "netplan", "networkd"] },
  keepalived: { ...keepalived227, bodies: true },
  limits: {
    kernel: [6, 1],
    ipvsadm: [1, 31],
    // linux-image-6.1.0-56-amd64, /boot/config: CONFIG_IP_VS_TWOS is not set, every other one is a module.
    missingSchedulers: ["twos"],
    sctpServices: true,
    tunnelTypes: ["ipip", "gue", "gre"],
    mixedFamilies: true,
    printsTunnelType: true,
  },
};
