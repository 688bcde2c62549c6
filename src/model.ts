/**
 * The resolved cluster: what `resolve` makes of a valid description and what every later stage reads.
 * Nothing here is optional and no name is left to look up; a value that the description may leave out is
 * either filled from its default or is `null` with a meaning that its comment gives.
 *
 * `pointer` is always an RFC 6901 JSON pointer into the expanded description, for diagnostics.
 */

import type { Failover } from "./failover.ts";
import type { Host, Monitoring, Trust } from "./host.ts";
import type { Mode, Protocol, Scheduler, SchedulerFlag, Tunnel } from "./ipvs.ts";
import type { LanguageName } from "./language/index.ts";
import type { Address, Cidr, Family } from "./net.ts";

export type * from "./failover.ts";
export type * from "./host.ts";
export type { Mode, Protocol, Scheduler, SchedulerFlag, Tunnel } from "./ipvs.ts";
export type { Address, Cidr, Family } from "./net.ts";
export type { NetworkBackend, PlatformName } from "./platform/platform.ts";

/** What clients connect to: an address and port, or a firewall mark with the traffic that gets it. */
export type Frontend =
  | { readonly kind: "address"; readonly vip: Address; readonly protocol: Protocol; readonly port: number }
  | { readonly kind: "fwmark"; readonly mark: number; readonly matches: readonly MarkMatch[] };

/** Traffic that gets a mark: what fits all of it. */
export interface MarkMatch {
  readonly pointer: string;
  readonly vip: Address;
  /** Null, and only on every port: whatever the protocol is. */
  readonly protocol: Protocol | null;
  /** First and last port; equal for a single port. Null: every port. */
  readonly ports: readonly [number, number] | null;
  /** The network from which alone it comes; null: from anywhere. */
  readonly source: Cidr | null;
  /** The director's interface by which alone it comes in; null: by any. */
  readonly interface: string | null;
}

/**
 * One entry of a service's `realservers`. Entries that say the same share one object, and services with the same
 * entries one list, whatever the ports of the services, since a description may have a million of them: where an entry
 * stands follows from its index (`realServerPointer`).
 */
export interface RealServer {
  /** Null: given by address alone, managed by someone else. */
  readonly host: Host | null;
  /** The address that goes into the table, of the service's family (any family in TUN). */
  readonly address: Address;
  /** Null: that of the service (`portOf` of `lvs/port.ts`), be it because the entry says the same. */
  readonly port: number | null;
  readonly weight: number;
  /** 0: no threshold (what IPVS itself means by 0). */
  readonly upperThreshold: number;
  readonly lowerThreshold: number;
  readonly mode: Mode;
}

/** How a real server is asked whether it serves. */
export interface HealthCheck {
  readonly type: "tcp" | "http" | "https" | "udp" | "none";
  readonly path: string;
  /** Null: any 2xx or 3xx. */
  readonly status: number | null;
  /** Null: any body. */
  readonly body: string | null;
  /** The name that requests are for (Host, SNI, certificate); null: the address. */
  readonly name: string | null;
  /** Certificates in PEM of the authorities that are trusted for https, ending in a line feed; null: those of the machine that asks. */
  readonly ca: string | null;
  /** Whether the certificate of https is verified; null: it is, though the description does not say so. */
  readonly verify: boolean | null;
  /** Null: the service's port. */
  readonly port: number | null;
  /** Seconds. */
  readonly interval: number;
  /** Seconds. */
  readonly timeout: number;
  readonly retries: number;
  /** What becomes of a real server that does not answer: weight 0, so that its connections go on, or no entry at all. */
  readonly onFailure: "quiesce" | "remove";
}

export interface Persistence {
  /** Seconds. */
  readonly timeout: number;
  /** Length of the client mask; 32 or 128 is one client. */
  readonly prefix: number;
}

export interface Service {
  readonly pointer: string;
  readonly name: string;
  /** The pool that its real servers are from; null: they are its own. */
  readonly pool: string | null;
  readonly frontend: Frontend;
  /** What the table has it under: the family of the VIP, or of a mark's first match. */
  readonly family: Family;
  /** Every VIP of the service: one for an address, those of `match` (without repeats) for a mark. */
  readonly vips: readonly Address[];
  readonly mode: Mode;
  readonly scheduler: Scheduler;
  readonly schedulerFlags: readonly SchedulerFlag[];
  readonly persistence: Persistence | null;
  readonly persistenceEngine: "sip" | null;
  readonly onePacket: boolean;
  /** IP in IP unless the description says otherwise. */
  readonly tunnel: Tunnel;
  /** The largest TCP segment in bytes that real servers in TUN let clients send, or what computes it; null: whatever the client's own network takes. */
  readonly mss: number | "auto" | null;
  /** As written; null: the director's NIC whose subnet holds the VIP, else its default interface. */
  readonly vipInterface: string | null;
  readonly realServers: readonly RealServer[];
  /** Where the entries stand in the description when some of them could not be resolved; null: at their index. */
  readonly realServerIndexes: readonly number[] | null;
  /** Who answers when no real server is left, with the weight that it has then; null: nobody. */
  readonly sorryServer: RealServer | null;
  readonly check: HealthCheck;
}

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
  /** Of what people read in the bundle. */
  readonly language: LanguageName;
  readonly packageSource: "repository" | "carried" | "installed";
  readonly timeouts: Timeouts | null;
  readonly sourceNat: readonly SourceNatNetwork[];
  /** Null: no host is asked on a schedule. */
  readonly monitoring: Monitoring | null;
  /** Null: a host runs the scripts of whoever is root there. */
  readonly trust: Trust | null;
  /** Null: nothing takes a real server out that has died, and there is one director. */
  readonly failover: Failover | null;
}

/** Pointer to the entry of the description that became `service.realServers[index]`; null: the sorry server. */
export function realServerPointer(service: Service, index: number | null): string {
  if (index === null) return `${service.pointer}/sorryServer`;
  return `${service.pointer}/realservers/${service.realServerIndexes?.[index] ?? index}`;
}

/** Where a VIP of a service is written. */
export function vipPointer({ pointer, frontend }: Service, vip: Address): string {
  if (frontend.kind === "address") return `${pointer}/vip`;
  const match = frontend.matches.find((one) => one.vip === vip) ?? frontend.matches[0];
  return `${match?.pointer ?? pointer}/vip`;
}
