import { debian } from "./debian.ts";
import { keepalived224, keepalived228 } from "./keepalived.ts";
import type { Limits, Platform } from "./platform.ts";

// The server's installer configures by netplan, which hands over to systemd-networkd; ifupdown is in universe.
const network = { default: "netplan", possible: ["netplan", "networkd", "networkmanager", "ifupdown"] } as const;

const limits = {
  // ipvsadm 1:1.31-1 in both (packages.ubuntu.com)
  ipvsadm: [1, 31],
  missingSchedulers: [],
  sctpServices: true,
  tunnelTypes: ["ipip", "gue", "gre"],
  mixedFamilies: true,
  printsTunnelType: true,
} as const satisfies Partial<Limits>;

/** Ubuntu 22.04 LTS "jammy". */
export const ubuntu22: Platform = {
  ...debian,
  name: "ubuntu22",
  title: "Ubuntu 22.04 LTS",
  releases: ["ubuntu:22.04*"],
  network,
  keepalived: { ...keepalived224, bodies: true },
  limits: { ...limits, kernel: [5, 15] },
};

/** Ubuntu 24.04 LTS "noble". */
export const ubuntu24: Platform = {
  ...debian,
  name: "ubuntu24",
  title: "Ubuntu 24.04 LTS",
  releases: ["ubuntu:24.04*"],
  network,
  keepalived: { ...keepalived228, bodies: true },
  limits: { ...limits, kernel: [6, 8] },
};
