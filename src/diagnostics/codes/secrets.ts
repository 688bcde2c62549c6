import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/secrets.ts`. */
export const secretsCodes = {
  SECRET_FOR_OTHERS: {
    severity: "error",
    title: "A secret that everybody on the host may read",
    why: "The last digit of a file's mode is what everybody on the host may do with it, every service and every user among them. A secret that all of them may read is none.",
    symptom: "None: nothing is built.",
    fix: 'Take a mode that ends in 0: "0600" for root alone, or "0640" with the group of the service that reads it.',
  },
} as const satisfies Record<string, CatalogueEntry>;
