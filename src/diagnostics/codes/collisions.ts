import type { CatalogueEntry } from "../entry.ts";

/** Codes of what only the planned scripts show: two owners of one thing of a host. */
export const collisionCodes = {
  PATH_OWNED_BY_LVSGEN: {
    severity: "error",
    title: "A file belongs to lvsgen",
    why: "lvsgen writes this file on this host itself, whole or in part, because of another part of the description.",
    symptom:
      "Each apply changes back what the one before has done, and what lvsgen needs of the file may be lost at the next reboot.",
    fix: "Take the file out and describe what it is meant to do; the finding shows what lvsgen writes it for.",
  },
  SYSCTL_OWNED_BY_LVSGEN: {
    severity: "error",
    title: "A kernel setting of the description is one that lvsgen makes itself",
    why: "A director's forwarding and redirects, a real server's ARP and reverse path settings follow from the services: they are written with the reason beside them, in the order that the kernel needs.",
    symptom: "Two values for one setting, of which the later one in the file would win at boot.",
    fix: "Take the setting out; the finding shows what lvsgen makes it for.",
  },
  RESOURCE_CONFLICT: {
    severity: "error",
    title: "Two parts of the description want one thing in two ways",
    why: "A unit, an address, a route or a kernel setting of a host has one state: two entries that want different ones cannot both have it.",
    symptom:
      "Each apply changes back what the one before has done, such as a firewall that is turned off and started again.",
    fix: "Keep one of the two entries.",
  },
} as const satisfies Record<string, CatalogueEntry>;
