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
} as const satisfies Record<string, CatalogueEntry>;
