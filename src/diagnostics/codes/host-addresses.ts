import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/host-addresses.ts`. */
export const hostAddressesCodes = {
  DUPLICATE_ADDRESS: {
    severity: "error",
    title: "Two interfaces have the same address",
    why: "An address belongs to one machine; two that have it answer ARP for each other.",
    symptom: 'Connections reach now one machine, now the other ("duplicate address detected").',
    fix: "Give the second its own address.",
  },
  OVERLAPPING_NETWORKS: {
    severity: "error",
    title: "Two networks overlap",
    why: "Hosts of one segment have the same prefix length, and two interfaces of one host are in different networks. Otherwise a host takes a neighbour for a machine behind a router, or picks the wrong interface.",
    symptom:
      "Some pairs of hosts cannot reach each other; replies leave through the wrong interface; ARP is answered on both.",
    fix: "Write the same prefix length for all hosts of the segment, and separate networks for separate interfaces.",
  },
  NETWORK_OR_BROADCAST_ADDRESS: {
    severity: "error",
    title: "The first or last address of a network is used for a machine",
    why: "The first address names the network, the last one reaches all of its hosts.",
    symptom: "The kernel refuses connections to it, or every host of the segment gets the packets.",
    fix: "Use an address between the two.",
  },
  UNUSABLE_ADDRESS: {
    severity: "error",
    title: "An address that no machine on a network can have",
    why: "Loopback, multicast, link-local, unspecified and reserved addresses do not reach a machine through a network.",
    symptom: "Packets never leave the host, or reach no one.",
    fix: "Use an address of the network that clients and servers share.",
  },
  RIP_NOT_OF_HOST: {
    severity: "error",
    title: "A real server's address in the table is not one of its own",
    why: '"rip" says which of a host\'s addresses the director forwards to. Packets for another one reach another machine, or none.',
    symptom: "Connections that are given to this real server time out.",
    fix: 'Write one of its addresses; further ones stand in "addresses" of the host or of an interface.',
  },
} as const satisfies Record<string, CatalogueEntry>;
