/**
 * The resolved cluster: what `resolve` makes of a valid description and what every later stage reads.
 * Nothing here is optional and no name is left to look up; a value that the description may leave out is
 * either filled from its default or is `null` with a meaning that its comment gives.
 *
 * `pointer` is always an RFC 6901 JSON pointer into the description, for diagnostics.
 */

import type { Host } from "./host.ts";
import type { Mode } from "./ipvs.ts";
import type { Failover } from "./model/failover.ts";
import type { Service } from "./model/service.ts";
import type { Address, Cidr } from "./net.ts";

export type * from "./host.ts";
export type { Mode, Protocol, Scheduler, SchedulerFlag, Tunnel } from "./ipvs.ts";
export type * from "./model/failover.ts";
export * from "./model/service.ts";
export type { Address, Cidr, Family } from "./net.ts";
export type { NetworkBackend, PlatformName } from "./platform/platform.ts";

export interface ExportClient {
  /** `*`, a host name, an address or a network, as exports(5) takes it. */
  readonly client: string;
  readonly options: readonly string[];
}

export interface NfsExport {
  readonly pointer: string;
  readonly path: string;
  readonly mode: string | null;
  readonly owner: string | null;
  readonly group: string | null;
  readonly clients: readonly ExportClient[];
}

export interface Nfs {
  readonly pointer: string;
  readonly server: Host;
  readonly exports: readonly NfsExport[];
}

/** A VIP on an interface of a host that takes packets for it. */
export interface Placement {
  readonly vip: Address;
  readonly device: string;
  /** What ifconfig shows (`ens33:kgc`, `ens33:0`); null for IPv6, which has no labels, on tunnel devices, and where it would be too long. */
  readonly label: string | null;
  /** The first service that brings it there. */
  readonly service: Service;
}

/** What a host does for one service as its real server. */
export interface Served {
  readonly service: Service;
  readonly ports: readonly number[];
  readonly modes: readonly Mode[];
  /** Where the director's packets go. */
  readonly addresses: readonly Address[];
}

/** Seconds, what `ipvsadm --set` takes; 0 leaves the kernel's value. */
export interface Timeouts {
  readonly tcp: number;
  readonly tcpfin: number;
  readonly udp: number;
}

/** A network behind the directors: what its machines begin themselves leaves with a director's address. */
export interface SourceNatNetwork {
  readonly pointer: string;
  readonly network: Cidr;
}

export interface Cluster {
  readonly name: string;
  readonly hosts: readonly Host[];
  readonly directors: readonly Host[];
  /** Hosts that some service names as a real server, each once, in the order of `hosts`. */
  readonly realServers: readonly Host[];
  readonly clients: readonly Host[];
  readonly services: readonly Service[];
  /**
   * Where each director and each real server carries VIPs for good, in the order of the services; hosts that carry none are
   * missing. What moves from one director to another is in `failover.vrrp.carried`.
   */
  readonly placements: ReadonlyMap<Host, readonly Placement[]>;
  /** What each of `realServers` serves, in the order of the services. */
  readonly served: ReadonlyMap<Host, readonly Served[]>;
  readonly nfs: Nfs | null;
  readonly packageSource: "repository" | "carried" | "installed";
  readonly timeouts: Timeouts | null;
  readonly sourceNat: readonly SourceNatNetwork[];
  /** Null: nothing takes a real server out that has died, and there is one director. */
  readonly failover: Failover | null;
}
