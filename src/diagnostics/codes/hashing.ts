import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/hashing.ts`. */
export const hashingCodes = {
  HASH_TABLE_TOO_SMALL: {
    severity: "warning",
    title: "The table of a scheduler that hashes has too few places for its weights",
    why: "sh and dh have 256 places for clients. In sh each real server gets as many in a row as its weight, the last of the list first, until all are taken; in dh each gets one in turn.",
    symptom:
      "With weights of 200 and 200 the first real server gets 56 places and the second 200; with 300 and 300 the first gets no client at all.",
    fix: "Use small weights, such as 1 and 3; their sum should be far below 256. Or use mh, which scales weights (Linux 4.18).",
  },
  HASH_TABLE_FULL: {
    severity: "error",
    title: "The table of mh has fewer places than its service has real servers",
    why: "Its table has 4,093 places in the kernels that systems ship, and the kernel refuses a real server more than that.",
    symptom: "ipvsadm ends with an error at one of them, and the others behind it are missing.",
    fix: "Use another scheduler, or several services with fewer real servers each.",
  },
  HASH_WITHOUT_FALLBACK: {
    severity: "warning",
    title: "Clients of a drained real server are refused",
    why: "With sh, mh and dh a client has a place in a table. A real server with weight 0 (drained, or out by a check with onFailure quiesce) keeps places, and the kernel looks for no other one unless sh-fallback or mh-fallback says so.",
    symptom: "While one of two real servers with weight 1 is drained, about half of the clients are refused.",
    fix: 'Add "sh-fallback" or "mh-fallback" to "schedulerFlags".',
  },
} as const satisfies Record<string, CatalogueEntry>;
