import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/options.ts`. */
export const optionsCodes = {
  CONTRADICTING_OPTIONS: {
    severity: "error",
    title: "Two options contradict each other",
    why: "Of two such options the last one wins, which one is a matter of the tool.",
    symptom: "A share is writable that was meant to be read-only, or the other way round.",
    fix: "Take one of the two out.",
  },
} as const satisfies Record<string, CatalogueEntry>;
