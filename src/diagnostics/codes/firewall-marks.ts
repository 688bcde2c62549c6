import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/firewall-marks.ts`. */
export const firewallMarksCodes = {
  OVERLAPPING_MATCHES: {
    severity: "error",
    title: "Two firewall marks claim the same traffic",
    why: "A packet has one mark. Where one match lies within that of another service, by its source, its interface, its protocol or as a port beside every port, the narrower one wins. Of two that are the same, of ranges that overlap, and of two that only meet, neither is the narrower; within one service the narrower says nothing new.",
    symptom:
      "One of the two services would get traffic that is meant for the other, by nothing but the order of the rules.",
    fix: 'Let each port of a VIP be in one "match", or let one of the two lie within the other.',
  },
  MATCH_SHADOWS_SERVICE: {
    severity: "error",
    title: "A firewall mark takes the traffic of another service",
    why: "IPVS looks up the mark before the address and port.",
    symptom: "The service by address never gets a connection.",
    fix: 'Take the port out of the "match", or the other service out; or let that service have a mark too, whose "match" is the narrower one.',
  },
  UNKNOWN_MATCH_INTERFACE: {
    severity: "error",
    title: "The director has no such interface",
    why: '"interface" of a "match" is the one that packets come in by, on every director.',
    symptom: "The rule never fits: the traffic gets no mark, and the service no connection.",
    fix: "Write the name of one of the interfaces of the directors, or describe the interface.",
  },
} as const satisfies Record<string, CatalogueEntry>;
