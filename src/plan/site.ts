import type { Carried, Cluster, Host, Placement, Role, Served } from "../model.ts";

/** The roles that have a script which changes a host. */
export type ScriptRole = Exclude<Role, "client">;

/** A host in one of its roles: all that a feature looks at. */
export interface Site {
  readonly cluster: Cluster;
  readonly host: Host;
  readonly role: ScriptRole;
  /** Where the description gives the host this role. */
  readonly pointer: string;
  /** The VIPs that the host carries in this role. */
  readonly placements: readonly Placement[];
  /** What the host carries while it is the master; empty where nothing moves, and in its other roles. */
  readonly carried: readonly Carried[];
  /** What the host serves as a real server; empty in its other roles. */
  readonly served: readonly Served[];
}

/** A host in one of its roles. One that is director and real server carries the VIPs as the director, unless they move. */
export function siteOf(cluster: Cluster, role: ScriptRole, host: Host): Site {
  const isDirector = cluster.directors.includes(host) && !cluster.failover?.vrrp;
  const isCarrier = role === (isDirector ? "director" : "realserver");
  return {
    cluster,
    host,
    role,
    pointer: pointerOf(cluster, role, host),
    placements: isCarrier ? (cluster.placements.get(host) ?? []) : [],
    carried: role === "director" ? (cluster.failover?.vrrp?.carried.get(host) ?? []) : [],
    served: role === "realserver" ? (cluster.served.get(host) ?? []) : [],
  };
}

function pointerOf({ directors }: Cluster, role: ScriptRole, host: Host): string {
  switch (role) {
    case "director":
      return `/directors/${directors.indexOf(host)}`;
    case "realserver":
      return host.pointer;
    case "nfs":
      return "/nfs/server";
  }
}
