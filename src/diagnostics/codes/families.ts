import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/families.ts`. */
export const familiesCodes = {
  MIXED_FAMILIES: {
    severity: "error",
    title: "IPv4 and IPv6 are mixed",
    why: "DR and NAT forward a packet as it is or with another address of the same family. Only a tunnel carries one family in the other.",
    symptom: "ipvsadm refuses the real server.",
    fix: "Give the host an address of the family of the VIP, or use TUN.",
  },
} as const satisfies Record<string, CatalogueEntry>;
