import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/firewall-marks.ts`. */
export const firewallMarksCodes = {
  OVERLAPPING_MATCHES: {
    severity: "error",
    title: "Two firewall marks claim the same traffic",
    why: "A packet has one mark; the last rule that sets it wins.",
    symptom: "One of the two services gets no traffic.",
    fix: 'Let each port of a VIP be in one "match".',
  },
  MATCH_SHADOWS_SERVICE: {
    severity: "error",
    title: "A firewall mark takes the traffic of another service",
    why: "IPVS looks up the mark before the address and port.",
    symptom: "The service by address never gets a connection.",
    fix: 'Take the port out of the "match", or the other service out.',
  },
} as const satisfies Record<string, CatalogueEntry>;
