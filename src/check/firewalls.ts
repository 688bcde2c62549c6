import type { Finding } from "../diagnostics/index.ts";
import { hangsBesideNat, modesOf } from "../lvs/modes.ts";
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
        .filter(({ mode, port }) => frontend.kind === "address" || mode !== "nat" || port === null)
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

/**
 * With `vs.conntrack` IPVS shows connection tracking its connections. In DR and TUN it sees one direction of them alone, so that a stateful firewall
 * takes clients' FIN and RST for INVALID, unless what they send is not tracked: and that needs their ports (plan/features/untracked.ts).
 */
export const trackedWithoutReplies: Rule = (cluster, report) => {
  for (const director of cluster.directors) {
    const described = director.sysctls.some(
      ({ key, value }) => key.replaceAll("/", ".") === "net.ipv4.vs.conntrack" && value !== "0",
    );
    const isOpen = director.firewall === "open";
    const inNat = isOpen && cluster.services.some((service) => modesOf(service).has("nat"));
    if (director.firewall === "disable" || !(described || inNat)) continue;
    for (const service of cluster.services) {
      if (service.realServers.length === 0) continue;
      if (modesOf(service).has("nat")) {
        if (hangsBesideNat(service)) report("TRACKED_WITHOUT_REPLIES", besideNat(cluster, director, service));
        continue;
      }
      const place = isOpen ? everyPort(service) : `${service.pointer}/name`;
      if (place === null) continue;
      report("TRACKED_WITHOUT_REPLIES", {
        pointer: place,
        message: `${director.name} tracks the connections of ${service.name}, whose replies it never sees`,
        hint: isOpen
          ? `write "fwmark" with a "match" for each port or range that is served: then what clients send there is not tracked`
          : `leave net.ipv4.vs.conntrack out of "sysctls": it is for NAT`,
        related: firewallPlace(cluster, director),
      });
    }
  }
};

/** In NAT the port has to be tracked, and is so for the others too: their clients' second packet is INVALID. UDP has no such thing. */
function besideNat(cluster: Cluster, director: Host, { name, pointer, realServers }: Service): Finding {
  const others = realServers
    .filter(({ mode }) => mode !== "nat")
    .map(({ host, address }) => host?.name ?? address.text);
  const some = `${others.slice(0, 3).join(", ")}${others.length > 3 ? ` and ${others.length - 3} more` : ""}`;
  return {
    pointer: `${pointer}/name`,
    message: `${director.name} tracks the connections of ${name} because of NAT, and never sees the replies of ${some}: behind firewalld or ufw on ${director.name} no connection to them comes about`,
    hint: `give those in NAT and the others a service each, at virtual addresses or ports of their own; or let all real servers of ${name} have one "mode"`,
    related: firewallPlace(cluster, director),
  };
}

/** Where a service says that it is on every port; null: it does not, or what it says is an error of its own. */
function everyPort({ frontend, persistence, pointer }: Service): string | null {
  if (frontend.kind === "address") return frontend.port === 0 && persistence !== null ? `${pointer}/port` : null;
  const match = frontend.matches.find(({ ports }) => ports === null);
  return match === undefined ? null : `${match.pointer}/vip`;
}

function firewallPlace({ directors }: Cluster, host: Host): { pointer: string; part?: "key"; message: string }[] {
  const role = directors.includes(host) ? "a director" : "a real server";
  return [{ pointer: host.pointer, part: "key", message: `${role} whose firewall is "${host.firewall}"` }];
}
