import type { CatalogueEntry } from "../entry.ts";

/** Codes of `sources/`. */
export const sourcesCodes = {
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
