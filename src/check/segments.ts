import type { Cluster, Host } from "../model.ts";
import { contains, sameAddress, shareSegment } from "../net.ts";
import { distinctEntries, type Entry } from "./entries.ts";
import { addressesOf, cidrText, type HostAddress, machinePointer } from "./places.ts";
import type { Rule } from "./rule.ts";

/** DR rewrites the MAC address: director and real server have to be neighbours. Any of their interfaces counts. */
export const realServersOffSegment: Rule = (cluster, report) => {
  for (const director of cluster.directors) {
    const own = addressesOf(director);
    for (const entry of distinctEntries(cluster)) {
      const near = own.filter(({ cidr }) => cidr.address.family === entry.realServer.address.family);
      if (near.length === 0 || !needsSegment(entry, cluster) || isNear(entry, near)) continue;
      const { realServer, service, index } = entry;
      const place = hostAddress(entry);
      const machine = place === null ? realServer.address.text : `${place.host.name} (${cidrText(place.cidr)})`;
      report("REAL_SERVER_OFF_SEGMENT", {
        pointer: place?.pointer ?? machinePointer(service, index),
        message: `${machine} shares no segment with the director ${director.name}, which DR needs`,
        hint: `give it an address in ${near.map(({ cidr }) => cidrText(cidr)).join(" or ")}, or use "mode": "tun" or "nat"`,
        related: [
          ...near.map(({ pointer }) => ({ pointer, message: `an address of ${director.name}` })),
          ...(place === null ? [] : [{ pointer: machinePointer(service, index), message: "a real server here" }]),
        ],
      });
    }
  }
};

/** A local node is reached without a network; another family is a finding of its own. */
function needsSegment({ realServer, service }: Entry, { directors }: Cluster): boolean {
  if (realServer.mode !== "dr" || service.vips[0]?.family !== realServer.address.family) return false;
  return realServer.host === null || !directors.includes(realServer.host);
}

function isNear({ realServer }: Entry, near: readonly HostAddress[]): boolean {
  const { host, address } = realServer;
  if (host === null) return near.some(({ cidr }) => contains(cidr, address));
  return near.some(({ cidr }) => cidrsOf(host).some((other) => shareSegment(cidr, other)));
}

function cidrsOf({ interfaces }: Host): Host["interfaces"][number]["addresses"] {
  return interfaces.length === 1 ? (interfaces[0]?.addresses ?? []) : interfaces.flatMap(({ addresses }) => addresses);
}

function hostAddress({ realServer }: Entry): HostAddress | null {
  if (realServer.host === null) return null;
  return addressesOf(realServer.host).find(({ cidr }) => sameAddress(cidr.address, realServer.address)) ?? null;
}
