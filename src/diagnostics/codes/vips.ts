import type { CatalogueEntry } from "../entry.ts";

/** Codes of rules about virtual addresses. */
export const vipCodes = {
  VIP_IS_HOST_ADDRESS: {
    severity: "error",
    title: "A VIP is the address of a host",
    why: "The VIP is an address of its own that directors and real servers carry besides theirs. In DR and TUN it may not be any host's; in NAT it may be the director's.",
    symptom: "The host loses its own connections, or answers ARP for the VIP instead of the director.",
    fix: "Use a free address as VIP.",
  },
  VIP_IS_GATEWAY: {
    severity: "error",
    title: "A VIP is the gateway of a host",
    why: "A router and the director would both answer for the address.",
    symptom: "Hosts lose their default route when the director announces the VIP.",
    fix: "Use a free address as VIP, or correct the gateway.",
  },
  VIP_OUTSIDE_SUBNETS: {
    severity: "warning",
    title: "A VIP lies in none of the networks of the director",
    why: "No one asks by ARP for an address of another network: the router has to have a route to the VIP by way of the director.",
    symptom: 'Clients get "no route to host" or no answer at all.',
    fix: 'Route the VIP to the director and say with "vipInterface" which interface carries it, or use an address of the segment.',
  },
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
  MIXED_FAMILIES: {
    severity: "error",
    title: "IPv4 and IPv6 are mixed",
    why: "DR and NAT forward a packet as it is or with another address of the same family. Only a tunnel carries one family in the other.",
    symptom: "ipvsadm refuses the real server.",
    fix: "Give the host an address of the family of the VIP, or use TUN.",
  },
} as const satisfies Record<string, CatalogueEntry>;
