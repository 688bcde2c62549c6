import type { CatalogueEntry } from "../entry.ts";

/** Codes of `acknowledge.ts`. */
export const acknowledgementCodes = {
  UNKNOWN_CODE: {
    severity: "error",
    title: "An acknowledged warning has a code that no finding has",
    why: '"acknowledge" names warnings by their code; a slip in it acknowledges nothing.',
    symptom: "The warning that was meant would go on being shown, and stop a build with --strict.",
    fix: "Write the code as it stands in brackets in the warning. `lvsgen explain` lists all of them.",
  },
  ERROR_ACKNOWLEDGED: {
    severity: "error",
    title: "What cannot be acknowledged is",
    why: "What is an error cannot work, or would leave the host in a state that nobody can vouch for; a reason does not change that.",
    symptom: "A cluster that does not serve.",
    fix: "Mend what the finding is about and take the entry out.",
  },
  STALE_ACKNOWLEDGEMENT: {
    severity: "warning",
    title: "An acknowledged warning does not occur",
    why: "The description has changed since, the pointer leads elsewhere, or another entry acknowledges the same. What stays there would hide the warning when it comes back for another reason.",
    symptom: "Readers take the reason for what is built today.",
    fix: "Take the entry out, or correct its pointer.",
  },
} as const satisfies Record<string, CatalogueEntry>;
