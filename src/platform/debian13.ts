import { debian } from "./debian.ts";
import { debian12 } from "./debian12.ts";
import { keepalived233 } from "./keepalived.ts";
import type { Platform } from "./platform.ts";

/**
 * Debian 13 "trixie". ipvsadm has a unit of its own there (1:1.31-5), in the place of the init script; it reads the same
 * /etc/default/ipvsadm and /etc/ipvsadm.rules, and clears the table in `ExecStopPost=`.
 */
export const debian13: Platform = {
  ...debian,
  name: "debian13",
  title: "Debian 13",
  releases: ["debian:13*"],
  network: debian12.network,
  keepalived: { ...keepalived233, bodies: true },
  limits: {
    ...debian12.limits,
    kernel: [6, 12],
    // linux-image-6.12.117+deb13-amd64, /boot/config: CONFIG_IP_VS_TWOS=m, as every other one.
    missingSchedulers: [],
  },
};
