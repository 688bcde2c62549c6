import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/vip-interfaces.ts`. */
export const vipInterfacesCodes = {
  UNKNOWN_VIP_INTERFACE: {
    severity: "error",
    title: "The director has no such interface",
    why: "The VIP is carried by an interface of the director, by lo, or in TUN by tunl0.",
    symptom: "The VIP could not be placed.",
    fix: "Write the name of one of the interfaces of the director.",
  },
  VIP_INTERFACE_CONFLICT: {
    severity: "error",
    title: "Two services put one VIP on different interfaces",
    why: "An address is on one interface.",
    symptom: "ARP for the VIP is answered on one segment only.",
    fix: 'Write the same "vipInterface" for every service of the VIP.',
  },
  ALIAS_LABEL_TOO_LONG: {
    severity: "error",
    title: "An interface name leaves no room for the alias label",
    why: "ifcfg brings up a VIP as an alias such as ens33:kgc, named after the cluster, or with a number where that has no room; the kernel limits such a label to 15 characters.",
    symptom: "ifup fails, and the VIP is missing after a reboot.",
    fix: 'Rename the interface, or let another one carry the VIP with "vipInterface".',
  },
} as const satisfies Record<string, CatalogueEntry>;
