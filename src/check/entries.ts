import type { Cluster, RealServer, Service } from "../model.ts";

/** A real server with the first place where it is written. */
export interface Entry {
  readonly realServer: RealServer;
  readonly service: Service;
  readonly index: number;
}

const known = new WeakMap<Cluster, readonly Entry[]>();

/**
 * The entries of all services, each different one once. Entries that say the same for the same port and mode
 * are one object (see `RealServer`), so that a rule about single entries need not look at a million of them.
 */
export function distinctEntries(cluster: Cluster): readonly Entry[] {
  const cached = known.get(cluster);
  if (cached !== undefined) return cached;
  const seen = new Set<RealServer>();
  const entries: Entry[] = [];
  for (const service of cluster.services) {
    const { realServers } = service;
    for (let index = 0; index < realServers.length; index++) {
      const realServer = realServers[index];
      if (realServer === undefined || seen.has(realServer)) continue;
      seen.add(realServer);
      entries.push({ realServer, service, index });
    }
  }
  known.set(cluster, entries);
  return entries;
}
