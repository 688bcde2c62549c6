import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/firewalls.ts`. */
export const firewallsCodes = {
  PORT_ZERO_OPENS_NOTHING: {
    severity: "warning",
    title: "A service or a match of every port opens none in the firewall",
    why: 'With "open" the firewall lets through the ports that are described. To let every port of a host through would be to have no firewall, also for what listens there beside the service.',
    symptom:
      "Connections to the VIP are refused or hang wherever a firewall is active, on the director or on the real server.",
    fix: 'Name what is served: "fwmark" with a "match" for each port or range, in place of every port. Or write rules of your own and "firewall": "keep".',
  },
  TRACKED_WITHOUT_REPLIES: {
    severity: "warning",
    title: "A director tracks connections whose replies it never sees",
    why: "In DR and TUN replies go past the director. With net.ipv4.vs.conntrack, which NAT needs, connection tracking then takes a client's FIN and RST for INVALID. lvsgen keeps tracking away from what clients send to these services, by their ports: with every port, or with rules of your own, it does not. Nor can it in a service that has real servers in NAT as well: there firewalld and ufw drop a client's second packet, before they look at the port.",
    symptom:
      "Real servers are left with connections that are half closed, and a drain has no end. In a service with NAT as well, each new connection to the others hangs.",
    fix: 'Name the ports: "fwmark" with a "match" for each. In a service with NAT as well: a service for each, at virtual addresses or ports of their own. Where nothing is in NAT, leave net.ipv4.vs.conntrack out of "sysctls".',
  },
} as const satisfies Record<string, CatalogueEntry>;
