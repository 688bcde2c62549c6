/**
 * What a picture of a cluster shows, before it is drawn: the same for every format. Texts are plain here; each format escapes
 * them by its own rules.
 */

/** A host, or several that are equal, or clients of which nothing is known. */
export interface Box {
  readonly title: string;
  /** What it is besides its tier; empty where it is nothing else. */
  readonly roles: string;
  readonly lines: readonly string[];
  /** Indexes into `Picture.segments`. */
  readonly segments: readonly number[];
  readonly kind: BoxKind;
  /** What a change does to it; its title says it too. */
  readonly mark?: Mark | undefined;
}

export type Mark = "new" | "changed";

/** What a change brings, changes and takes away. */
export interface Marks {
  /** By how ipvsadm names them. */
  readonly services: Readonly<Record<string, Mark>>;
  /** By their names, or by their addresses where someone else manages them. */
  readonly hosts: Readonly<Record<string, Mark>>;
  /** In words. */
  readonly gone: readonly string[];
}

/** `spare`: takes part only when others do not. `foreign`: lvsgen writes no script for it. */
export type BoxKind = "host" | "spare" | "foreign";

/** Networks that lie on the same interfaces: whoever is in one reaches the others without a router. */
export interface Segment {
  /** `192.168.80.0/24`, one for each network. */
  readonly networks: readonly string[];
}

/** A service as clients see it. */
export interface ServiceRow {
  /** `tcp 80`, `mark 7`. */
  readonly port: string;
  readonly name: string;
  readonly scheduler: string;
  readonly methods: string;
  readonly servers: string;
  /** What else holds of it, each a few words. */
  readonly notes: readonly string[];
}

/** Virtual addresses with the services behind them. */
export interface VipBlock {
  readonly title: string;
  readonly services: readonly ServiceRow[];
  /** Indexes into `Picture.servers` with the methods by which packets go there. */
  readonly targets: ReadonlyMap<number, string>;
  /** Indexes into `Picture.servers`: who answers when nobody else is left. */
  readonly spares: readonly number[];
}

/** How the replies come back. */
export type ReplyWay = "direct" | "director";

/** One arrow of the way of a packet; `client`, `director` and `server` stand from left to right. */
export interface Hop {
  readonly from: Actor;
  readonly to: Actor;
  readonly isReply: boolean;
  /** Where the packet says it comes from and goes to, and what else stands on the arrow. */
  readonly packet: readonly string[];
  readonly note: string;
}

export type Actor = "client" | "director" | "server";

/** The way of a packet there and back by one forwarding method, with a service of the cluster as the example. */
export interface PacketWay {
  readonly title: string;
  readonly actors: Readonly<Record<Actor, readonly string[] | null>>;
  readonly hops: readonly Hop[];
}

export interface Picture {
  readonly cluster: string;
  /** What the whole is, in a line. */
  readonly summary: string;
  readonly segments: readonly Segment[];
  readonly clients: readonly Box[];
  readonly directors: readonly Box[];
  /** Who has the virtual addresses: one director, or one after the other. */
  readonly holder: string;
  /** Whether the virtual addresses move between the directors. */
  readonly moves: boolean;
  readonly vips: readonly VipBlock[];
  /** Addresses and services that are not drawn one by one; null: all are. */
  readonly moreVips: string | null;
  readonly servers: readonly Box[];
  readonly nfs: readonly Box[];
  /** What a change takes away. */
  readonly gone: readonly Box[];
  /** The real servers that mount the NFS server's shares. */
  readonly mounting: readonly number[];
  /** Which methods' replies take which way; a way that none takes is missing. */
  readonly replies: ReadonlyMap<ReplyWay, string>;
  readonly ways: readonly PacketWay[];
}
