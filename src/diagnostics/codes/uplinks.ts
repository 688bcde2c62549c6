import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/uplinks.ts`. */
export const uplinksCodes = {
  UPLINK_MISMATCH: {
    severity: "error",
    title: "An uplink that no reply can leave by",
    why: "In DR and TUN real servers answer clients themselves, with the VIP as the source. A provider drops packets whose source is another provider's address: so each VIP's replies leave by the router that the VIP is routed to, which has to be a neighbour on one of the host's interfaces.",
    symptom: "Clients of one VIP time out although the real server answers, or the route cannot be set.",
    fix: "Name an interface of the host, a router in its network, and VIPs that the host serves in DR or TUN.",
  },
} as const satisfies Record<string, CatalogueEntry>;
