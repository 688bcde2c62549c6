import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/clients.ts`. */
export const clientsCodes = {
  CLIENT_IS_REAL_SERVER: {
    severity: "error",
    title: "A client is a real server of the service it tests",
    why: "A real server carries the VIP itself: its connections to the VIP never leave it.",
    symptom: "The test always gets its own page and passes while the director is down.",
    fix: "Run the test on a host that is no real server.",
  },
  CLIENT_IS_DIRECTOR: {
    severity: "warning",
    title: "A client is a director",
    why: "The director carries the VIP itself: its own connections do not take the way of a client's, and the ARP test cannot see anything.",
    symptom: "The test hangs, or passes without having tested the network.",
    fix: "Run the test on a host of its own.",
  },
  CLIENT_ON_NAT_SUBNET: {
    severity: "warning",
    title: "A client is on the segment of NAT real servers",
    why: "The real server answers a neighbour directly and not through the director, which would have to rewrite the reply.",
    symptom: "The client gets SYN-ACKs from the address of the real server and resets them.",
    fix: "Run the test from another segment.",
  },
  CLIENT_WITH_RESOURCES: {
    severity: "error",
    title: "A host that is only a client has packages, units or files",
    why: "`client-test.sh` changes nothing; no script of this host would install them.",
    symptom: "Files that are described and never written.",
    fix: "Take them out, or give the host a role.",
  },
} as const satisfies Record<string, CatalogueEntry>;
