import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/path-lengths.ts`. */
export const pathLengthsCodes = {
  PATH_TOO_LONG: {
    severity: "error",
    title: "A path is too long",
    why: "A name in a directory has at most 255 bytes on Linux, eight of which lvsgen needs while it replaces a file; NFS takes paths of up to 1023 bytes.",
    symptom: "The script would end at this path: File name too long.",
    fix: "Use shorter names; a letter outside ASCII has two to four bytes.",
  },
} as const satisfies Record<string, CatalogueEntry>;
