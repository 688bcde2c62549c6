import type { Address, Host } from "../../model.ts";
import { bits, contains, networkText } from "../../net.ts";
import type { Contribution } from "../contribution.ts";
import type { Site } from "../site.ts";

/**
 * In NAT the replies of real servers are forwarded by the director. A stateful firewall knows them as answers only where IPVS shows its
 * connections to connection tracking, which it does not by itself (ipvs-sysctl.rst, `conntrack`); a firewall that forwards
 * nothing lets them through, and with source NAT what the machines behind begin themselves.
 *
 * `vs.conntrack` would make DR and TUN worse, whose replies nobody tracks: their traffic is untracked (`untracked`).
 */
export function natReplies({ cluster, host }: Site): Contribution {
  const behind = realServersBehind(cluster.services, host);
  const begun = cluster.sourceNat.map(({ network }) => networkText(network));
  const networks = [...new Set(behind.map((address) => networkOf(host, address)))];
  const isTracked = host.firewall === "open" && behind.length > 0;
  return {
    settings: isTracked
      ? [
          {
            key: "net.ipv4.vs.conntrack",
            value: "1",
            why: "NAT: a stateful firewall knows the real servers' replies as answers only where IPVS tracks its connections.",
          },
        ]
      : [],
    openings: [
      // Whatever those networks send is let through, answers too.
      ...networks
        .filter((network) => !begun.includes(network))
        .map((network) => ({ what: `answers from ${network}`, devices: [] })),
      ...begun.map((network) => ({ what: `forwarding from ${network}`, devices: [] })),
    ],
  };
}

/** Services may share one list of a million entries: each is read once. */
function realServersBehind(services: Site["cluster"]["services"], director: Host): Address[] {
  const lists = [...new Set(services.map(({ realServers }) => realServers))];
  const found = new Set<Address>();
  for (const list of lists)
    for (const { mode, host, address } of list) if (mode === "nat" && host !== director) found.add(address);
  return [...found];
}

/** The network of the director's in which an address lies; one behind a router stands for itself. */
function networkOf({ interfaces }: Host, address: Address): string {
  const networks = interfaces.flatMap(({ addresses }) => addresses);
  const near = networks.find((network) => contains(network, address));
  return near === undefined ? `${address.text}/${bits(address.family)}` : networkText(near);
}
