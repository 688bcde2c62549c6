import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/failover.ts`. */
export const failoverCodes = {
  DIRECTORS_OFF_SEGMENT: {
    severity: "error",
    title: "Directors share no segment",
    why: "Directors hear each other by VRRP, which crosses no router (RFC 5798, TTL 255), and the VIPs can only move within a segment.",
    symptom: "Each director takes the other for dead: both have the VIPs, and clients reach now one, now the other.",
    fix: 'Give all directors an address in one network, of each family that their VIPs have; "interface" of "ha" names the NIC on it.',
  },
  GATEWAY_DOES_NOT_MOVE: {
    severity: "error",
    title: "The gateway of NAT real servers stays behind",
    why: "In NAT replies leave by the real servers' gateway, which is the director that has the connection. An address of one director ends with it.",
    symptom: "After a failover requests arrive at the real servers and no reply comes back.",
    fix: 'Let the real servers\' "gateway" be a free address in their network, and write it as "gateway" (or "gateway6") of "ha": it moves with the VIPs.',
  },
  MOVING_GATEWAY_MISPLACED: {
    severity: "error",
    title: "A moving gateway cannot move",
    why: "It is an address that the directors hand from one to the next: free, and in a network that each of them is in.",
    symptom: "Two machines answer ARP for it, or none does after a failover.",
    fix: "Use a free address in the network that the real servers share with every director.",
  },
  MIXED_VRRP_VERSIONS: {
    severity: "error",
    title: "One cluster would speak two versions of VRRP",
    why: "VRRPv2 knows no IPv6: keepalived speaks version 3 in an IPv6 instance whatever is written, and counts the interval in another unit there. The instances of a cluster move together.",
    symptom: "The IPv6 addresses fail over at another time than the IPv4 ones, or keepalived refuses the file.",
    fix: 'Take "version": 2 out. Version 3 (RFC 5798) is what every supported system speaks.',
  },
  BAD_ADVERT_INTERVAL: {
    severity: "error",
    title: "VRRP cannot count the advertisement interval",
    why: "VRRPv3 counts hundredths of a second up to 40.95, VRRPv2 whole seconds. keepalived rounds anything else, and refuses the file in its own test.",
    symptom: "Directors disagree about when the master is dead.",
    fix: "Write at most two decimals; with version 2, whole seconds.",
  },
  SAMPLE_ROUTER_ID: {
    severity: "warning",
    title: "The router id is that of keepalived's sample file",
    why: "Every cluster on a segment needs a router id of its own. 51 stands in the sample that most hand-made clusters were copied from.",
    symptom:
      "Directors of two clusters hear each other: VIPs vanish or are on two machines, and logs fill with addresses that are not present.",
    fix: "Choose another number, and write it down where the segment's addresses are.",
  },
  LOCAL_NODE_WITHOUT_SYNC: {
    severity: "error",
    title: "Directors that are real servers need the sync of connections",
    why: "A packet that the master hands to the backup meets a table there too, which would hand it on: the two send it back and forth. With net.ipv4.vs.backup_only=1 a director whose sync is in backup leaves its table alone (ipvs-sysctl.rst).",
    symptom: "A packet loops between the two until its TTL ends; part of the requests time out.",
    fix: 'Leave "sync" on, with IPv4 addresses of the directors in one network, or keep directors and real servers apart.',
  },
  NOTHING_TO_ROUTE_TO: {
    severity: "warning",
    title: "Routed VIPs have no address that a router could follow",
    why: "A VIP outside the directors' networks is reached by a route, whose next hop is an address of one director. After a failover it still leads to the one that died.",
    symptom: "The VIP moves, and nothing arrives.",
    fix: 'Write a free address of the segment as "gateway" of "ha", which moves along, and let the router send there.',
  },
} as const satisfies Record<string, CatalogueEntry>;
