import { debian } from "./debian.ts";
import { debian12 } from "./debian12.ts";
import { keepalived215 } from "./keepalived.ts";
import type { Platform } from "./platform.ts";

/** Debian 11 "bullseye". Its netplan is 0.101, which has `netplan get`; its NetworkManager 1.30. */
export const debian11: Platform = {
  ...debian,
  name: "debian11",
  title: "Debian 11",
  releases: ["debian:11*"],
  network: debian12.network,
  keepalived: { ...keepalived215, bodies: true },
  limits: {
    // ipvsadm 1:1.31-1+b1; linux-image-5.10.0-32-amd64, /boot/config: twos is younger than the kernel (5.12), every other one is a module.
    ...debian12.limits,
    kernel: [5, 10],
  },
};
