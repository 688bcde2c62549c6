import type { Cluster, Host, Service } from "../model.ts";
import { namesOf } from "./names.ts";
import type { Rule } from "./rule.ts";

/** To open every port would be to have no firewall. */
export const portZeroOpensNothing: Rule = (cluster, report) => {
  for (const service of cluster.services) {
    const place = everyPort(service);
    if (place === null) continue;
    const { frontend, realServers } = service;
    // Behind NAT with a port of its own a real server opens that one.
    const serving = new Set(
      realServers
        .filter(({ mode, port }) => frontend.kind === "address" || mode !== "nat" || port === 0)
        .map(({ host }) => host),
    );
    const closed = cluster.hosts.filter(
      (host) => host.firewall === "open" && (cluster.directors.includes(host) || serving.has(host)),
    );
    const [first] = closed;
    if (first === undefined) continue;
    report("PORT_ZERO_OPENS_NOTHING", {
      pointer: place,
      message: `${frontend.kind === "address" ? "port 0, every port," : "a match of every port"} opens none in the firewall of ${namesOf(closed)}`,
      hint: `write ${frontend.kind === "address" ? '"fwmark" with ' : ""}a "match" for each port or range that is served, which opens them; or let the rules of those hosts be yours: "firewall": "keep"`,
      related: firewallPlace(cluster, first),
    });
  }
};

/** Where a service says that it is on every port; null: it does not, or what it says is an error of its own. */
function everyPort({ frontend, persistence, pointer }: Service): string | null {
  if (frontend.kind === "address") return frontend.port === 0 && persistence !== null ? `${pointer}/port` : null;
  const match = frontend.matches.find(({ ports }) => ports === null);
  return match === undefined ? null : `${match.pointer}/vip`;
}

function firewallPlace({ directors }: Cluster, host: Host): { pointer: string; part?: "key"; message: string }[] {
  const role = directors.includes(host) ? "a director" : "a real server";
  return [{ pointer: host.pointer, part: "key", message: `${role} whose firewall is "open"` }];
}
