import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/forwarding.ts`. */
export const forwardingCodes = {
  FORWARDING_OFF_IN_NAT: {
    severity: "error",
    title: "A director in NAT is described as forwarding nothing",
    why: "In NAT the real servers' replies come back through the director, which forwards them to the clients; so is what source NAT lets out.",
    symptom: "Requests reach the real servers, and no client ever gets a reply.",
    fix: 'Leave "forwarding" out: NAT turns it on for its family. "keep" leaves it alone in DR and TUN, "off" is for those alone.',
  },
} as const satisfies Record<string, CatalogueEntry>;
