/** What is compared: what a bundle says of each host, read from its manifest and from the declarative part of its scripts. */
import type { ScriptRole } from "./change.ts";

/** One `want` or `expect` of a script. */
export interface Declared {
  readonly verb: string;
  readonly kind: string;
  /** What follows the kind. */
  readonly words: readonly string[];
  /** The text that it carries besides. */
  readonly text: string | null;
}

/** A host in one of its roles. */
export interface Part {
  readonly host: string;
  readonly role: ScriptRole;
  readonly declared: readonly Declared[];
}

export interface SnapshotHost {
  readonly name: string;
  readonly platform: string;
  readonly roles: readonly string[];
  /** `ens33 192.168.80.10/24`: every address with its interface. */
  readonly interfaces: readonly string[];
}

/** A script apart from its runtime. */
export interface ScriptText {
  /** What it declares, as it stands there. */
  readonly declaration: string;
  /** SHA-256 of the runtime that it carries. */
  readonly runtime: string;
}

export interface Snapshot {
  readonly cluster: string;
  /** Of lvsgen. */
  readonly version: string;
  /** The one host that the bundle is for; null: for all. */
  readonly host: string | null;
  readonly hosts: readonly SnapshotHost[];
  readonly parts: readonly Part[];
  readonly scripts: ReadonlyMap<string, ScriptText>;
  /** The number that each script finds itself by, by its path in the bundle; those of `hosts/` too. */
  readonly sums: ReadonlyMap<string, string>;
  /** SHA-256 of what else is in the bundle for people, such as the runbook. */
  readonly others: ReadonlyMap<string, string>;
  /** Hosts by their addresses in the table. */
  readonly serverNames: ReadonlyMap<string, string>;
  /** What the description calls its services, by how ipvsadm names them; empty where there is only a bundle. */
  readonly serviceNames: ReadonlyMap<string, string>;
  /** The pools that services have their real servers from, by how ipvsadm names them. */
  readonly servicePools: ReadonlyMap<string, string>;
}

export function partOf({ parts }: Snapshot, host: string, role: ScriptRole): Part | null {
  return parts.find((part) => part.host === host && part.role === role) ?? null;
}

export function hostsOf({ parts }: Snapshot, role: ScriptRole): readonly string[] {
  return parts.filter((part) => part.role === role).map(({ host }) => host);
}
