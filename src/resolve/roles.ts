import type { RealServer } from "../generated/config.ts";
import type { Role } from "../model.ts";
import { child } from "../pointer.ts";
import type { Context } from "./context.ts";

/** Names of the hosts that have each role; every name is one of a described host, once. */
export type HostsByRole = Readonly<Record<Role, ReadonlySet<string>>>;

const order: readonly Role[] = ["director", "realserver", "nfs", "client"];

/** Looks up every reference to a host and says which host plays which part. */
export function resolveRoles(context: Context): HostsByRole {
  const { directors, services, nfs, clients = [] } = context.config;
  const known = (names: readonly string[], base: string, role: "director" | "client"): Set<string> => {
    const reference = { role, taken: names };
    const found = names.filter((name, index) => context.isHost(name, child(base, index), reference));
    if (found.length < names.length) context.lose(base);
    return new Set(found);
  };
  const realServers = new Set<string>();
  // Services may share one long list: it is read once.
  const lists = new Map<readonly RealServer[], boolean>();
  const addHosts = (entries: readonly RealServer[], base: string): boolean => {
    let areKnown = true;
    // Read for a report alone.
    const reference = {
      role: "realserver",
      taken: { [Symbol.iterator]: () => entries.map(({ host }) => host).values() },
    } as const;
    entries.forEach(({ host }, index) => {
      if (host === undefined) return;
      // The pointer is only worth making for a report.
      if (Object.hasOwn(context.config.hosts, host) || context.isHost(host, `${base}/${index}/host`, reference))
        realServers.add(host);
      else areKnown = false;
    });
    return areKnown;
  };
  services.forEach(({ realservers, sorryServer }, service) => {
    if (sorryServer?.host !== undefined) {
      const reference = { role: "sorry", taken: realservers.map(({ host }) => host) } as const;
      if (context.isHost(sorryServer.host, `/services/${service}/sorryServer/host`, reference))
        realServers.add(sorryServer.host);
      else context.lose(`/services/${service}`);
    }
    const before = lists.get(realservers);
    const isKnown = before ?? addHosts(realservers, `/services/${service}/realservers`);
    lists.set(realservers, isKnown);
    if (!isKnown) context.lose(`/services/${service}`);
  });
  return {
    director: known(directors, "/directors", "director"),
    realserver: realServers,
    nfs: new Set(
      nfs !== undefined && context.isHost(nfs.server, "/nfs/server", { role: "nfs", taken: [] }) ? [nfs.server] : [],
    ),
    client: known(clients, "/clients", "client"),
  };
}

/** The roles of a host in their fixed order. */
export function rolesOf(name: string, hosts: HostsByRole): Role[] {
  return order.filter((role) => hosts[role].has(name));
}
