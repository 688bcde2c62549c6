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
  DUPLICATE_INTERFACE: {
    severity: "error",
    title: "An interface is described twice",
    why: '"interfaces" holds the further interfaces; the default one has its addresses in the host itself.',
    symptom: "Two files for one interface; the last one read wins.",
    fix: "Give the second interface its own name, or take it out.",
  },
} as const satisfies Record<string, CatalogueEntry>;
