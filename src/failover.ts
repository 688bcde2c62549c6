/** Failover in the resolved cluster: how several directors agree on who serves. */

import type { Host } from "./host.ts";
import type { Address, Family } from "./net.ts";

/** How a director takes part in VRRP. */
export interface VrrpMember {
  readonly interface: string;
  /** By which the others know it; of the instance's family. */
  readonly address: Address;
}

/** The virtual addresses of one family: those of all instances of a cluster move together. */
export interface VrrpInstance {
  readonly family: Family;
  readonly routerId: number;
  /** Where the router id is written, or would be. */
  readonly pointer: string;
  /** Each director, in the order of `directors`; with errors, those that share the segment with the first. */
  readonly members: ReadonlyMap<Host, VrrpMember>;
}

/** By which the master tells the other directors of its connections. */
export interface ConnectionSync {
  readonly id: number;
  /** Of the group that it is told to, whatever the connections are of. */
  readonly family: Family;
  /** Of each director that has an address of the family there. */
  readonly interfaces: ReadonlyMap<Host, string>;
}

/** An address of a director while it is the master. */
export interface Carried {
  readonly address: Address;
  readonly device: string;
  /** As that of a placement. */
  readonly label: string | null;
}

/** How several directors agree on who has the virtual addresses (RFC 5798). */
export interface Vrrp {
  readonly version: 2 | 3;
  /** Seconds. */
  readonly advertInterval: number;
  readonly preempt: boolean;
  readonly unicast: boolean;
  /** One for each family that has something to move, IPv4 first. */
  readonly instances: readonly VrrpInstance[];
  /** Null: connections end with their director. */
  readonly sync: ConnectionSync | null;
  /** What real servers in NAT have as their gateway, and where it is written. */
  readonly gateways: readonly { readonly address: Address; readonly pointer: string }[];
  /** 1 to 254 for each director: the highest of those that are there is the next master. */
  readonly priorities: ReadonlyMap<Host, number>;
  /** What each director carries while it is the master: virtual addresses in the order of the services, then the gateways. */
  readonly carried: ReadonlyMap<Host, readonly Carried[]>;
}

/** What keepalived does on the directors: health checks, and between several of them failover. */
export interface Failover {
  readonly pointer: string;
  /** Null: one director. */
  readonly vrrp: Vrrp | null;
}
