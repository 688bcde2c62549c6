/** Services of the resolved cluster (`model.ts`): what clients connect to, and who answers them. */
import type { Host } from "../host.ts";
import type { Mode, Protocol, Scheduler, SchedulerFlag, Tunnel } from "../ipvs.ts";
import type { Address, Cidr, Family } from "../net.ts";

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
 * entries one list, since a description may have a million of them: where an entry stands follows from its index
 * (`realServerPointer`).
 */
export interface RealServer {
  /** Null: given by address alone, managed by someone else. */
  readonly host: Host | null;
  /** The address that goes into the table, of the service's family (any family in TUN). */
  readonly address: Address;
  readonly port: number;
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
