import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/nat-routes.ts`. */
export const natRoutesCodes = {
  NAT_REPLIES_BYPASS_DIRECTOR: {
    severity: "warning",
    title: "A NAT real server has a way to the clients of its own",
    why: "In NAT the director gives replies the VIP as their source. A real server with an interface in the clients' network sends them there, past the director and with its own address.",
    symptom:
      "Clients of that network get SYN-ACKs from an address that they never called, and reset them; clients elsewhere are served.",
    fix: "Take the interface out of that network, or serve it in DR.",
  },
} as const satisfies Record<string, CatalogueEntry>;
