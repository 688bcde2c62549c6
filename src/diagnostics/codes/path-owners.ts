import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/path-owners.ts`. */
export const pathOwnersCodes = {
  PATH_CONFLICT: {
    severity: "error",
    title: "A path has two owners",
    why: "Two entries for one path, or a file where another entry needs a directory, cannot both stand.",
    symptom: "Each apply changes back what the one before has done.",
    fix: "Keep one of the two.",
  },
} as const satisfies Record<string, CatalogueEntry>;
