import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/weights.ts`. */
export const weightsCodes = {
  SINGLE_REAL_SERVER: {
    severity: "warning",
    title: "A service has a single real server",
    why: "There is nothing to balance, and no other server when this one fails.",
    symptom: "The service is down when that server is.",
    fix: "Add a second real server.",
  },
  ALL_WEIGHTS_ZERO: {
    severity: "warning",
    title: "Every real server has weight 0",
    why: "Weight 0 takes no new connections.",
    symptom: "New connections to the VIP are refused or dropped.",
    fix: "Give at least one real server a weight.",
  },
  WEIGHTS_IGNORED: {
    severity: "warning",
    title: "The scheduler ignores the weights",
    why: "rr, lc and dh look at no weight but 0.",
    symptom: "Every real server gets the same share.",
    fix: "Use the weighted scheduler (wrr, wlc), or take the weights out.",
  },
} as const satisfies Record<string, CatalogueEntry>;
