import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/keepalived.ts`. */
export const keepalivedCodes = {
  CHECK_NOT_ON_PLATFORM: {
    severity: "error",
    title: "The director's keepalived cannot ask this",
    why: "What a health check can ask depends on the release of keepalived that a system ships, and on how it was built: 1.3.5 (EL7) compares one status and has no UDP check; only Debian and Ubuntu build it to look into the body of an answer.",
    symptom: "keepalived refuses its file, or takes a server for alive whatever it answers.",
    fix: "Ask less, or run the directors on a system whose keepalived can. client-test.sh asks with curl and has no such limits.",
  },
  CHECK_TOO_LONG: {
    severity: "error",
    title: "A health check does not fit into a line of keepalived's file",
    why: "keepalived reads lines of at most 1023 bytes. What means something to it is encoded there, with three bytes for one in a path and five in a text.",
    symptom: "The check asks for something else, and all real servers are taken out.",
    fix: "Ask for a shorter path, or for a shorter part of the answer.",
  },
  CHECK_WITHOUT_SNI: {
    severity: "warning",
    title: "An https check does not name its host when TLS begins",
    why: "keepalived 1.3.5 of EL7 has no SNI (RFC 6066): the name goes into the request alone, when the certificate has been chosen already. It verifies no certificate, so any will do, but there has to be one.",
    symptom: "Servers that insist on a name end the connection, and all of them are taken out.",
    fix: "Let the real servers have a default host, or check by http or tcp.",
  },
  KEEPALIVED_TOO_OLD: {
    severity: "error",
    title: "The director's keepalived does not know what the table is to have",
    why: "With health checks keepalived holds the same services as the table. What its release has no word for it would set to something else at its next reload: 1.3.5 (EL7) has one forwarding method a service and refuses client masks of IPv4; twos is known since 2.2.5.",
    symptom: "The table is as described after an apply, and another one after a reload.",
    fix: "Use what this release knows, or another system for the directors.",
  },
  SLOW_RELOADS: {
    severity: "warning",
    title: "A change of so many real servers takes keepalived long",
    why: "Before 2.3.0 the time of a reload grows by the square of the number of real servers (github.com/acassen/keepalived/issues/2318): 12,000 took 45 seconds.",
    symptom: "An apply waits; meanwhile no server is checked.",
    fix: "Divide the services among several clusters, or run directors on a system with keepalived 2.3.",
  },
} as const satisfies Record<string, CatalogueEntry>;
