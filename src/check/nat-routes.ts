import type { Address, Cluster } from "../model.ts";
import { contains } from "../net.ts";
import { distinctEntries, type Entry } from "./entries.ts";
import { addressesOf, cidrText, type HostAddress } from "./places.ts";
import type { Rule } from "./rule.ts";

/** A second interface among the clients is a shorter way to them than that through the director. */
export const realServersBesideClients: Rule = (cluster, report) => {
  const reported = new Set<string>();
  for (const entry of distinctEntries(cluster)) {
    const { host, mode } = entry.realServer;
    if (host === null || mode !== "nat" || cluster.directors.includes(host)) continue;
    for (const own of addressesOf(host)) {
      const met = reported.has(own.pointer) ? undefined : clientsIn(own, entry, cluster);
      if (met === undefined) continue;
      reported.add(own.pointer);
      report("NAT_REPLIES_BYPASS_DIRECTOR", {
        pointer: own.pointer,
        message: `${host.name} is in ${met.what} as well: in NAT its replies to clients there bypass the director`,
        hint: `take ${own.interface} of ${host.name} out of ${cidrText(own.cidr)}, or use "mode": "dr", where replies go that way`,
        related: [{ pointer: met.pointer, message: met.related }],
      });
    }
  }
};

interface Met {
  readonly what: string;
  readonly pointer: string;
  readonly related: string;
}

/** What an address of a real server's has in its network that clients are to be expected beside; not the network of the real server's own. */
function clientsIn({ cidr }: HostAddress, { realServer, service }: Entry, { clients }: Cluster): Met | undefined {
  if (cidr.address.family !== service.family || contains(cidr, realServer.address)) return undefined;
  const holds = (address: Address): boolean => contains(cidr, address);
  if (service.vips.some(holds)) {
    const place = service.frontend.kind === "address" ? `${service.pointer}/vip` : `${service.pointer}/match`;
    return { what: "the network of the VIP", pointer: place, related: "the VIP" };
  }
  const client = clients.flatMap(addressesOf).find((one) => holds(one.cidr.address));
  return client === undefined
    ? undefined
    : { what: `the network of ${client.host.name}`, pointer: client.pointer, related: "a client" };
}
