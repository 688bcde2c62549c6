import type { CatalogueEntry } from "../entry.ts";

/** Codes of rules about hosts, their addresses and gateways. */
export const addressCodes = {
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
  GATEWAY_OUTSIDE_SUBNET: {
    severity: "error",
    title: "A gateway lies in none of the networks of the host",
    why: "A gateway is reached without a router, so it has to be a neighbour.",
    symptom: 'ip route: "Nexthop has invalid gateway"; the host has no default route.',
    fix: "Write the address of the router on the host's own segment.",
  },
  GATEWAY_IS_SELF: {
    severity: "error",
    title: "A host is its own gateway",
    why: "Packets for other networks would never leave the host.",
    symptom: '"Network is unreachable" for everything but the own segment.',
    fix: "Write the address of the router.",
  },
  GATEWAY_IS_DIRECTOR: {
    severity: "error",
    title: "The gateway of a DR or TUN real server is a director",
    why: "In DR and TUN replies go straight to the client with the VIP as their source. A director drops packets from outside that come from its own address (the VIP).",
    symptom: "Connections hang in SYN_RECV; the director counts martian sources.",
    fix: "Let the gateway be the router. Only NAT needs the director as gateway.",
  },
  GATEWAY_NOT_DIRECTOR: {
    severity: "error",
    title: "The gateway of a NAT real server is not the director",
    why: "In NAT the director rewrote the destination and has to rewrite the source of the reply: replies have to pass through it.",
    symptom: "The client gets replies from the address of the real server and resets the connection.",
    fix: 'Let "gateway" of the real server be an address of the director.',
  },
  SOURCE_NAT_OVERLAP: {
    severity: "error",
    title: "Two networks of the source NAT overlap",
    why: "An address belongs to one network behind the directors; one of the two has another prefix length than was meant.",
    symptom: "Machines keep their inner address towards a network outside, and get no replies from there.",
    fix: "Keep the larger of the two, or correct a prefix length.",
  },
  SOURCE_NAT_UNUSED: {
    severity: "warning",
    title: "The source NAT is for a network without a real server in NAT",
    why: "Only real servers in NAT have the director as their gateway; what others begin leaves past it.",
    symptom: "No packet ever meets the rule, and the real servers that it was meant for get no replies from outside.",
    fix: "Write the network of the real servers in NAT.",
  },
  ALIAS_LABEL_TOO_LONG: {
    severity: "error",
    title: "An interface name leaves no room for the alias label",
    why: "ifcfg brings up a VIP as an alias such as ens33:0, and the kernel limits such a label to 15 characters.",
    symptom: "ifup fails, and the VIP is missing after a reboot.",
    fix: 'Rename the interface, or let another one carry the VIP with "vipInterface".',
  },
  FIREWALL_OFF: {
    severity: "warning",
    title: "The firewall is turned off",
    why: '"disable" opens every port of the host, now and after a reboot.',
    symptom: "Services that were meant to be local can be reached from the network.",
    fix: 'Use "open", which opens just what the role needs.',
  },
  SELINUX_OFF: {
    severity: "warning",
    title: "SELinux is made permissive",
    why: '"permissive" turns off enforcement for the whole host, now and after a reboot.',
    symptom: "A break-in through the web server is no longer confined.",
    fix: 'Use "keep", which sets the booleans and contexts that the role needs.',
  },
} as const satisfies Record<string, CatalogueEntry>;
