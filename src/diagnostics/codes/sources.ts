import type { CatalogueEntry } from "../entry.ts";

/** Codes of `sources/`. */
export const sourcesCodes = {
  SECRET_IN_DESCRIPTION: {
    severity: "error",
    title: "The text of a secret stands in the description",
    why: "Descriptions are reviewed and committed, and everybody who can read the repository reads them. The text of a secret comes from a file that is not committed, or from an environment variable, and only `lvsgen secrets` reads it.",
    symptom: "None: nothing is built.",
    fix: "Take the text out of the description and give a source. Where it was committed, it is in the history: make a new secret.",
    hidden: true,
  },
  SOURCE_OUTSIDE: {
    severity: "error",
    title: "A source leads out of the directory of the description",
    why: "A build has to be safe in any checkout: a description that could name any file would put a key of whoever builds it into a bundle. Of files only those in the directory of the description and below are read, whatever links say, and none of a directory .git, where a checkout of CI keeps its password.",
    symptom: "None: nothing is built.",
    fix: "Put the file beside the description, and name it from there.",
  },
  SOURCE_UNREADABLE: {
    severity: "error",
    title: "A source cannot be read",
    why: "The content of the file is read where lvsgen runs: from a text in UTF-8 beside the description, or from an environment variable.",
    symptom: "None: nothing is built.",
    fix: "Put the file there, or set the variable for the command.",
  },
} as const satisfies Record<string, CatalogueEntry>;
