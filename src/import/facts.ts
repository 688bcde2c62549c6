/** What the readers find in the inputs, before it is known what else there is: the material of a description. */
import type { Mode, Protocol, Tunnel } from "../ipvs.ts";
import type { Family } from "../net.ts";
import type { FoundDaemon, FoundInstance, FoundVip } from "./failover-facts.ts";
import type { Place } from "./place.ts";

export type { FoundDaemon, FoundInstance, FoundSync, FoundVip } from "./failover-facts.ts";

/** Something that has to be said at its place in the description. */
export interface Note {
  readonly place: Place;
  readonly text: string;
}

export type FoundFrontend =
  | { readonly kind: "address"; readonly vip: string; readonly protocol: Protocol; readonly port: number }
  | { readonly kind: "fwmark"; readonly mark: number; readonly family: Family };

export interface FoundServer {
  readonly place: Place;
  /** An address, or a name that nothing resolves. */
  readonly address: string;
  readonly port: number;
  weight: number;
  upperThreshold: number;
  lowerThreshold: number;
  mode: Mode;
  /** What is asked of it, where the input says that of each; empty: nothing is. */
  readonly checks?: readonly FoundCheck[];
  /** Why it stands as a comment alone; null: it does not. */
  off: string | null;
  readonly notes: Note[];
}

export interface FoundCheck {
  readonly place: Place;
  readonly type: "tcp" | "http" | "https" | "udp" | "none";
  readonly path?: string;
  readonly status?: number;
  readonly body?: string;
  readonly name?: string;
  readonly verify?: boolean;
  readonly port?: number;
  readonly interval?: number;
  readonly timeout?: number;
  readonly retries?: number;
}

export interface FoundService {
  readonly place: Place;
  readonly frontend: FoundFrontend;
  /** What the input calls it; null: nothing. */
  label: string | null;
  scheduler: string;
  flags: string[];
  persistence: { timeout: number; prefix: number | null } | null;
  engine: string | null;
  onePacket: boolean;
  /** The forwarding method that the input says for all of its real servers; null: each has its own. */
  mode: Mode | null;
  tunnel: Tunnel;
  servers: FoundServer[];
  check: FoundCheck | null;
  sorry: FoundServer | null;
  /** What happens to a real server whose check fails; null: the input says nothing of it. */
  onFailure: "quiesce" | "remove" | null;
  /** Why it stands as a comment alone; null: it does not. */
  off: string | null;
  readonly notes: Note[];
}

/** Traffic that gets a mark. */
export interface FoundMark {
  readonly place: Place;
  readonly mark: number;
  readonly vip: string;
  /** Null: whatever it is. */
  readonly protocol: Protocol | null;
  /** 0: every port. */
  readonly port: number | string;
  /** The network that it comes from; null: from anywhere. */
  readonly source: string | null;
  /** The interface that it comes in by; null: any. */
  readonly interface: string | null;
  /** Where its rule stands among all of them: of several that fit a packet, the last one says its mark. Null: it is not from a rule. */
  readonly position: number | null;
}

export interface FoundInterface {
  readonly place: Place;
  readonly name: string;
  /** Each with its prefix length. */
  readonly addresses: string[];
  /** Those of a family beyond the first. */
  readonly further: { readonly place: Place; readonly cidr: string }[];
  readonly gateways: string[];
  /** Where each of the addresses and gateways stands. */
  readonly places: Map<string, Place>;
}

export interface FoundMount {
  readonly place: Place;
  readonly source: string;
  readonly target: string;
  readonly options: readonly string[];
}

export interface FoundExport {
  readonly place: Place;
  readonly path: string;
  readonly clients: Map<string, readonly string[]>;
}

/** What a host's own files say of it. */
export interface FoundHost {
  /** The folder that they are from, or the file. */
  readonly origin: string;
  name: string | null;
  platform: string | null;
  network: string | null;
  readonly interfaces: FoundInterface[];
  readonly vips: FoundVip[];
  readonly mounts: FoundMount[];
  readonly exports: FoundExport[];
  readonly sysctls: { readonly place: Place; readonly name: string; readonly value: string }[];
  readonly notes: Note[];
}

export interface FoundTimeouts {
  readonly place: Place;
  readonly tcp: number;
  readonly tcpfin: number;
  readonly udp: number;
}

export interface Facts {
  readonly services: FoundService[];
  /** Services that an earlier input has as well: that one counts, and what these say otherwise is told. */
  readonly repeated: FoundService[];
  readonly marks: FoundMark[];
  /** Carried by the director whose file says so, outside VRRP. */
  readonly vips: FoundVip[];
  readonly instances: FoundInstance[];
  readonly daemons: FoundDaemon[];
  readonly hosts: FoundHost[];
  timeouts: FoundTimeouts | null;
  /** Those of inputs behind the one that counts. */
  readonly repeatedTimeouts: FoundTimeouts[];
  /** What the kind of a file says of the system that it is from. */
  readonly hints: { readonly platform: string; readonly why: string }[];
  readonly notes: Note[];
  /** Whether the ipvsadm that printed the rules names the type of a tunnel; null: none was printed. */
  printsTunnelType: boolean | null;
}

export function noFacts(): Facts {
  return {
    services: [],
    repeated: [],
    marks: [],
    vips: [],
    instances: [],
    daemons: [],
    hosts: [],
    timeouts: null,
    repeatedTimeouts: [],
    hints: [],
    notes: [],
    printsTunnelType: null,
  };
}

export const ipip: Tunnel = { type: "ipip", port: null, checksum: "none" };

export function emptyService(place: Place, frontend: FoundFrontend): FoundService {
  return {
    place,
    frontend,
    label: null,
    scheduler: "wlc",
    flags: [],
    persistence: null,
    engine: null,
    onePacket: false,
    mode: null,
    tunnel: ipip,
    servers: [],
    check: null,
    sorry: null,
    onFailure: null,
    off: null,
    notes: [],
  };
}
