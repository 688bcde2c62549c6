import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/source-nat.ts`. */
export const sourceNatCodes = {
  SOURCE_NAT_OVERLAP: {
    severity: "error",
    title: "Two networks of the source NAT overlap",
    why: "An address belongs to one network behind the directors; one of the two has another prefix length than was meant.",
    symptom: "Machines keep their inner address towards a network outside, and get no replies from there.",
    fix: "Keep the larger of the two, or correct a prefix length.",
  },
  SOURCE_NAT_UNUSED: {
    severity: "warning",
    title: "The source NAT is for a network without a real server in NAT",
    why: "Only real servers in NAT have the director as their gateway; what others begin leaves past it.",
    symptom: "No packet ever meets the rule, and the real servers that it was meant for get no replies from outside.",
    fix: "Write the network of the real servers in NAT.",
  },
} as const satisfies Record<string, CatalogueEntry>;
