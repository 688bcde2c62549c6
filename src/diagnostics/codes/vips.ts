import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/vips.ts`. */
export const vipsCodes = {
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
} as const satisfies Record<string, CatalogueEntry>;
