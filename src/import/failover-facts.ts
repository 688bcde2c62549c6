/** What directors say of the addresses that they carry, and of each other. */
import type { Family } from "../net.ts";
import type { Place } from "./place.ts";

/** An address that a director carries for clients. */
export interface FoundVip {
  readonly place: Place;
  readonly address: string;
  /** Null: not said, or that of a single address. */
  readonly prefix: number | null;
  readonly device: string | null;
  readonly label?: string;
}

/** What VRRP says, of one director. */
export interface FoundInstance {
  readonly place: Place;
  readonly name: string;
  /** That of its first address; null: it has none. */
  readonly family: Family | null;
  /** Whether it begins as the master; null: not said. */
  readonly isMaster: boolean | null;
  readonly interface: string | null;
  readonly routerId: number | null;
  readonly priority: number | null;
  readonly advertInterval: number | null;
  readonly version: number | null;
  readonly preempt: boolean;
  /** The address that this director speaks by. */
  readonly source: string | null;
  /** Those of the others, where they are told one by one. */
  readonly peers: readonly string[];
  readonly vips: readonly FoundVip[];
  /** `lvs_sync_daemon_interface` */
  readonly sync: string | null;
  /** Where each of its settings stands, by its keyword. */
  readonly settings: ReadonlyMap<string, Place>;
}

/** `lvs_sync_daemon` */
export interface FoundSync {
  readonly place: Place;
  readonly interface: string;
  readonly id: number | null;
  /** Of the group that is told. */
  readonly family: Family;
}

/** The keepalived of one director: what its file says, with all that it includes, beyond services. */
export interface FoundDaemon {
  readonly place: Place;
  /** What it calls its host; null: nothing that a host may be called. */
  readonly name: string | null;
  /** The cluster whose director lvsgen wrote it for; null: somebody else did. */
  readonly cluster: string | null;
  readonly instances: readonly FoundInstance[];
  readonly sync: FoundSync | null;
}
