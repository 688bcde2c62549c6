import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/segments.ts`. */
export const segmentsCodes = {
  REAL_SERVER_OFF_SEGMENT: {
    severity: "error",
    title: "A DR real server shares no segment with the director",
    why: "DR changes the MAC address only: the packet reaches real servers on the same layer 2 segment and no others.",
    symptom:
      "The director shows connections in SYN_RECV and asks by ARP for an address that nobody answers, or sends the packet to its router, which sends it back.",
    fix: "Put the host on a segment of the director (any of their interfaces counts), or use TUN or NAT.",
  },
} as const satisfies Record<string, CatalogueEntry>;
