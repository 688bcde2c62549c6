import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/sorry-servers.ts`. */
export const sorryServersCodes = {
  HEALTH_CHECKS_WITHOUT_HA: {
    severity: "error",
    title: "What depends on health checks has none",
    why: 'Without "ha" the director\'s table is what it is: nothing takes a dead real server out of it, and so nothing puts a sorry server in.',
    symptom: "A dead real server keeps its share of the clients; the sorry server never gets one.",
    fix: 'Add "ha": {}: keepalived on the director then asks the real servers.',
  },
  SORRY_IS_REAL_SERVER: {
    severity: "error",
    title: "A sorry server is a real server of the service",
    why: "It answers when no real server is left, which it would be itself. keepalived keeps one entry for both and loses track of it (github.com/acassen/keepalived/issues/490).",
    symptom: "When the last real server dies its entry vanishes, or stays beside the others after they are back.",
    fix: "Use a machine that is no real server of this service.",
  },
  SORRY_NEVER_USED: {
    severity: "error",
    title: "A sorry server can never be used",
    why: "A real server that nobody asks counts as up for ever.",
    symptom: "All real servers are dead, and clients wait for them instead of reaching the sorry server.",
    fix: 'Describe a "check" for the service, on a port that can be asked.',
  },
  NO_SORRY_SERVER: {
    severity: "warning",
    title: "Nobody answers when all real servers are down",
    why: "Health checks take out every server that does not answer them as described: the last one too, and all of them at once where the check itself is wrong.",
    symptom: "Clients get a refused connection the moment that the last check fails.",
    fix: 'Add "sorryServer": a machine that says so.',
  },
  CLIENTS_STAY_WITH_DEAD_SERVER: {
    severity: "warning",
    title: "Clients stay with a real server that is dead",
    why: "A server that fails its check gets weight 0: no new clients, but those that the table knows go on to it: by persistence for its whole time, by UDP as long as they send from the same port.",
    symptom: "Part of the clients gets no answer for minutes, though other servers are up.",
    fix: 'Write "onFailure": "remove" in "check", which takes the entry out. For persistence net.ipv4.vs.expire_quiescent_template=1 does it as well, for the whole host and for drains too (pitfall: a gentle drain is over at once then).',
  },
} as const satisfies Record<string, CatalogueEntry>;
