import type { Cluster, Family, RealServer } from "../model.ts";
import { contains, isSingle, networkText, sameAddress, shareSegment, specialRange } from "../net.ts";
import { distinctEntries, type Entry } from "./entries.ts";
import { addressesOf, cidrText, type HostAddress, machinePointer, networksOf } from "./places.ts";
import type { Rule } from "./rule.ts";

/** DR rewrites the MAC address: director and real server have to be neighbours. Any of their interfaces counts. */
export const realServersOffSegment: Rule = (cluster, report) => {
  const directors = cluster.directors.map((director) => {
    const own = networksOf([director]);
    return { director, near: { 4: ofFamily(own, 4), 6: ofFamily(own, 6) } };
  });
  for (const entry of distinctEntries(cluster)) {
    const { realServer, service, index } = entry;
    if (!needsSegment(entry, cluster)) continue;
    const { family } = realServer.address;
    // One that is off the segment of several directors is so by one mistake.
    const away = directors.find(({ near }) => near[family].length > 0 && !isNear(realServer, near[family]));
    if (away === undefined) continue;
    const { director } = away;
    const reachable = away.near[family];
    const place = hostAddress(realServer);
    const machine = place === null ? realServer.address.text : `${place.host.name} (${cidrText(place.cidr)})`;
    report("REAL_SERVER_OFF_SEGMENT", {
      pointer: place?.pointer ?? machinePointer(service, index),
      message: `${machine} shares no segment with the director ${director.name}, which DR needs`,
      hint: `${remedyFor(place, reachable)}use "mode": "tun" or "nat"`,
      related: [
        ...reachable.map(({ pointer }) => ({ pointer, message: `an address of ${director.name}` })),
        ...(place === null ? [] : [{ pointer: machinePointer(service, index), message: "a real server here" }]),
      ],
    });
  }
};

/** Where it lies in a network of the director already, only its own prefix length says otherwise. A /32 is no network to be in. */
function remedyFor(place: HostAddress | null, reachable: readonly HostAddress[]): string {
  const around = place === null ? undefined : reachable.find(({ cidr }) => contains(cidr, place.cidr.address));
  if (place !== null && around !== undefined)
    return `write "${place.cidr.address.text}/${around.cidr.prefix}", with the prefix length of ${around.host.name}, or `;
  const networks = reachable.filter(({ cidr }) => !isSingle(cidr)).map(({ cidr }) => networkText(cidr));
  return networks.length === 0 ? "" : `give it an address in ${networks.join(" or ")}, or `;
}

function ofFamily(addresses: readonly HostAddress[], family: Family): HostAddress[] {
  return addresses.filter(({ cidr }) => cidr.address.family === family);
}

/** A local node is reached without a network; another family is a finding of its own. */
function needsSegment({ realServer, service }: Entry, { directors }: Cluster): boolean {
  if (realServer.mode !== "dr" || service.family !== realServer.address.family) return false;
  // An address that no machine has on a network is a finding of its own.
  if (realServer.host === null && specialRange(realServer.address) !== null) return false;
  return realServer.host === null || !directors.includes(realServer.host);
}

function isNear({ host, address }: RealServer, near: readonly HostAddress[]): boolean {
  if (host === null) return near.some(({ cidr }) => contains(cidr, address));
  return host.interfaces.some(({ addresses }) =>
    addresses.some((other) => near.some(({ cidr }) => shareSegment(cidr, other))),
  );
}

function hostAddress({ host, address }: RealServer): HostAddress | null {
  if (host === null) return null;
  return addressesOf(host).find(({ cidr }) => sameAddress(cidr.address, address)) ?? null;
}
