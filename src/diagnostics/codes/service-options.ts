import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/service-options.ts`. */
export const serviceOptionsCodes = {
  ONE_PACKET_WITHOUT_UDP: {
    severity: "error",
    title: "One-packet scheduling without UDP",
    why: "Scheduling each packet for itself tears connections apart; IPVS does it for UDP only.",
    symptom: 'ipvsadm: "One-Packet Scheduling is only for UDP virtual services".',
    fix: 'Take "onePacket" out, or use UDP.',
  },
  PORT_ZERO_WITHOUT_PERSISTENCE: {
    severity: "error",
    title: "A service on every port without persistence",
    why: "Port 0 stands for every port; IPVS accepts it only with persistence, so that connections of one client stay together.",
    symptom: 'ipvsadm: "Zero port specified for non-persistent service".',
    fix: 'Add "persistence", or write the port.',
  },
  SCHEDULER_FLAG_MISMATCH: {
    severity: "error",
    title: "A scheduler flag belongs to another scheduler",
    why: '"sh-…" flags belong to the scheduler sh, "mh-…" flags to mh. They share bits in the kernel, where the flag would mean something else or nothing.',
    symptom: "ipvsadm refuses the flag, or the table shows flag-1.",
    fix: "Use the flags of the scheduler, or the scheduler of the flags.",
  },
  PREFIX_TOO_LONG: {
    severity: "error",
    title: "The persistence prefix is longer than an address",
    why: "A client mask of IPv4 has at most 32 bits.",
    symptom: "ipvsadm refuses the mask.",
    fix: "Write 1 to 32 for IPv4, 1 to 128 for IPv6.",
  },
  ENGINE_WITHOUT_PERSISTENCE: {
    severity: "error",
    title: "A persistence engine without persistence",
    why: "The engine decides what of a packet is remembered; without persistence nothing is.",
    symptom: "The engine has no effect: packets of one call reach different real servers.",
    fix: 'Add "persistence", or take "persistenceEngine" out.',
  },
  SIP_WITHOUT_UDP: {
    severity: "error",
    title: "The SIP engine without UDP",
    why: "The SIP persistence engine reads the Call-ID from UDP packets and passes over all others.",
    symptom: "Calls of one dialogue are spread over real servers.",
    fix: 'Use UDP, or take "persistenceEngine" out.',
  },
  PERSISTENT_HASH: {
    severity: "warning",
    title: "Persistence with a hashing scheduler",
    why: "sh and dh send a client or destination to the same real server anyway; a persistence template on top keeps clients on a server that the hash would no longer choose.",
    symptom: "After a change of real servers the distribution is neither that of the hash nor even.",
    fix: "Keep one of the two.",
  },
} as const satisfies Record<string, CatalogueEntry>;
