import type { Cluster, Host } from "../model.ts";
import { namesOf } from "./names.ts";
import type { Rule } from "./rule.ts";

/** To open every port would be to have no firewall. */
export const portZeroOpensNothing: Rule = (cluster, report) => {
  for (const { frontend, persistence, realServers, pointer } of cluster.services) {
    if (frontend.kind !== "address" || frontend.port !== 0 || persistence === null) continue;
    const serving = new Set(realServers.map(({ host }) => host));
    const closed = cluster.hosts.filter(
      (host) => host.firewall === "open" && (cluster.directors.includes(host) || serving.has(host)),
    );
    const [first] = closed;
    if (first === undefined) continue;
    report("PORT_ZERO_OPENS_NOTHING", {
      pointer: `${pointer}/port`,
      message: `port 0, every port, opens none in the firewall of ${namesOf(closed)}`,
      hint: `write "fwmark" with a "match" for each port or range that is served, which opens them; or let the rules of those hosts be yours: "firewall": "keep"`,
      related: firewallPlace(cluster, first),
    });
  }
};

function firewallPlace({ directors }: Cluster, host: Host): { pointer: string; part?: "key"; message: string }[] {
  const role = directors.includes(host) ? "a director" : "a real server";
  return [{ pointer: host.pointer, part: "key", message: `${role} whose firewall is "open"` }];
}
